"""A rollout with a class, a task and support, whose plan is published as tests want it."""

from functools import partial

import pytest

from allocator.formats.icalendar import Owner
from service.lifecycle import replanning
from service.store import attempts, directory, rollouts, runs, tables
from service.store.directory import Recipient
from service.store.plans import Found
from service.store.runs import Limits
from tests.service.mailbox import mailing
from tests.support.small import LJ, OFFICE, W1, audience, course, department, person, rollout, task

LEARNERS = ("l1", "l2", "l3")

TREE = rollout(
    name="Clinic",
    sites=[LJ],
    calendars=[OFFICE],
    vendors=[{"id": "acme", "name": "Acme"}],
    people=[
        person("ana"),
        person("bor", vendor="acme"),
        *({"id": it, "name": it.title(), "site": "lj"} for it in LEARNERS),
    ],
    rooms=[{"id": "r1", "name": "Room 1", "site": "lj", "seats": 12}],
    departments=[department()],
    waves=[W1],
    courses=[course(class_size={"min": 1, "max": 12})],
    audiences=[audience(members=list(LEARNERS))],
    tasks=[task("t-a", department="finance")],
)


def session(day, hour=8, trainer="ana"):
    """The class of all learners on a day of January 2027."""
    return {
        "course": "c-basic",
        "room": "r1",
        "start": f"2027-01-{day}T{hour:02}:00",
        "end": f"2027-01-{day}T{hour + 2:02}:00",
        "trainers": [trainer],
        "groups": [{"audience": "clerks", "members": list(LEARNERS)}],
    }


def booking(day, hour=8, who="bor"):
    """The task on a day of January 2027."""
    span = {"start": f"2027-01-{day}T{hour:02}:00", "end": f"2027-01-{day}T{hour + 2:02}:00"}
    return {"task": "t-a", **span, "crew": [{"seat": 0, "person": who, "hours": 2, **span}]}


@pytest.fixture
def mailbox():
    with mailing() as opened:
        yield opened


@pytest.fixture
def kept(database, ada):
    """The rollout, of which nothing is published."""
    with database.write() as connection:
        return rollouts.create(connection, ada, TREE).id


@pytest.fixture
def publish(database, ada, kept):
    """A function that publishes a plan of some classes and tasks."""

    def publishing(*sessions, tasks=(), notify="at once"):
        plan = {
            "schema": "plan/1",
            "outcome": "feasible",
            "tasks": list(tasks),
            "sessions": list(sessions),
            "support": [],
            "open": [],
        }
        with database.write() as connection:
            revision = rollouts.get(connection, "north", kept).revision
            run = runs.add(connection, ada, kept, revision, Limits(), priority=1)
            taken = attempts.take(connection, "north", run.id, "test")
            attempts.finish(connection, taken.fence, Found(plan | SOLVED, {}))
            replanning.publish(
                connection, ada, run.id, frozen_until=None, approved=False, notify=notify
            )
        return run.id

    return publishing


@pytest.fixture
def addresses(database, ada):
    """Everybody has one, named after them."""
    everybody = [
        *(Owner("person", it) for it in ("ana", "bor", *LEARNERS)),
        Owner("audience", "clerks"),
        Owner("department", "finance"),
        Owner("vendor", "acme"),
        Owner("room", "r1"),
    ]
    with database.write() as connection:
        entries = [Recipient(it, f"{it.kind}-{it.id}@north.example") for it in everybody]
        directory.keep(connection, ada, entries)


@pytest.fixture
def messages_of(database):
    """A function that tells the messages of a rollout: whose, and their state."""

    def telling(rollout_, *columns):
        table = tables.notices
        with database.read() as connection:
            found = connection.execute(
                table.select().where(table.c.rollout == rollout_).order_by(table.c.created_at)
            ).all()
        return [tuple(getattr(it, name) for name in columns) for it in found]

    return telling


@pytest.fixture
def messages(kept, messages_of):
    """The same of the rollout of these tests."""
    return partial(messages_of, kept)


SOLVED = {
    "score": {"total": 0, "bound": 0, "gap": 0, "terms": []},
    "solver": {"version": "test", "seconds": 0, "defects": 0},
}
