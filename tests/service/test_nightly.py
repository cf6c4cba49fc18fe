"""Every night: begun once, concluded once, kept or changed for a reason that the digest gives."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import available_timezones

import pytest

from allocator.formats.clock import Clock
from allocator.formats.faults import Faults
from allocator.formats.models.fields import Moment
from allocator.formats.zone_database import zone
from allocator.timeline import Axis
from service.edits.actuals import Finished
from service.edits.changes import Absent
from service.lifecycle import digest, nightly, replanning
from service.queue import Queue
from service.store import nights, rollouts, runs
from service.store.nights import Nightly
from service.store.runs import Limits
from tests.service.jobs.processes import until
from tests.service.plans import ended, planned
from tests.support.small import rollout, task

TREE = rollout(tasks=[task("t-a", hours=8), task("t-b", hours=8)])
NEAR = 3
"""What one person counts who is notified of a change within seven days."""

EVENING = int(datetime(2027, 1, 11, 22, 10, tzinfo=UTC).timestamp() * 1000)
"""23:10 in Ljubljana on the first day."""

DAY = 24 * 60 * 60 * 1000


@pytest.fixture
def queue(database):
    opened = Queue(database)
    yield opened
    opened.close()


@pytest.fixture
def published(database, ada):
    """A rollout whose plan has been published as it begins on its second day."""
    early = TREE | {"as_of": "2027-01-12T00:00"}
    with database.write() as connection:
        kept = rollouts.create(connection, ada, early).id
    plan = planned(database, ada, kept)
    with database.write() as connection:
        replanning.publish(connection, ada, plan, frozen_until=None, approved=False)
    return kept


def every_night(database, actor, kept, **more):
    with database.write() as connection:
        nights.keep(connection, actor, kept, Nightly("23:00", workers=1, **more))


def the_night(database, queue, actor, kept, evening=EVENING):
    """Begin the night now, let it be solved, conclude it; its digest."""
    with database.write() as connection:
        run = nightly.begin(connection, queue, "north", kept, evening)
        _, tree = rollouts.document(connection, "north", kept, run.revision)
    ended(database, actor, run.id, tree)
    digest.conclude_ended(database)
    with database.read() as connection:
        return digest.listed(connection, "north", kept)[0]


def away(database, actor, kept, person, day):
    absence = Absent.model_validate(
        {"edit": "absent", "person": person, "from": day, "to": day, "reason": "ill"}
    )
    with database.write() as connection:
        replanning.record(connection, actor, kept, [absence])


def test_a_night_in_which_nothing_has_happened_keeps_the_published_plan(
    database, queue, ada, published
):
    every_night(database, ada, published, publish=True, frozen_days=0)
    reported = the_night(database, queue, ada, published)
    assert (reported.outcome, reported.body["changed"], reported.body["affected"]) == (
        "kept",
        [],
        [],
    )
    with database.read() as connection:
        _, tree = rollouts.document(connection, "north", published)
    assert tree["as_of"] == "2027-01-12T00:00"  # 23:10 is rounded up to the next slot of an hour


def test_who_has_fallen_ill_is_replanned_published_and_named(database, queue, ada, published):
    every_night(database, ada, published, publish=True, frozen_days=0)
    away(database, ada, published, "ana", "2027-01-12")
    reported = the_night(database, queue, ada, published)
    assert reported.outcome == "published"
    assert "ana cannot begin" in reported.body["broken"][0]
    assert "ana" in reported.body["affected"]
    assert [it["person"] for it in reported.body["since"]] == ["ana"]
    with database.read() as connection:
        assert rollouts.get(connection, "north", published).published == reported.run


def test_a_night_names_work_whose_time_has_passed_without_a_report(database, queue, ada, published):
    every_night(database, ada, published, frozen_days=0)
    finished = Finished.model_validate({"edit": "finished", "task": "t-b", "on": "2027-01-12"})
    with database.write() as connection:
        replanning.record(connection, ada, published, [finished])
    reported = the_night(database, queue, ada, published, EVENING + DAY)
    # Both were published for Tuesday; of t-b it is known that it is finished.
    assert reported.body["unreported"] == [{"kind": "task", "id": "t-a", "end": "2027-01-12T17:00"}]
    assert (reported.outcome, reported.body["broken"]) == ("kept", [])


@pytest.mark.parametrize("limits", [{"publish": False}, {"publish": True, "most_people": 0}])
def test_beyond_its_limits_a_night_only_proposes(database, queue, ada, published, limits):
    every_night(database, ada, published, frozen_days=0, **limits)
    away(database, ada, published, "ana", "2027-01-12")
    reported = the_night(database, queue, ada, published)
    assert reported.outcome == "proposed"
    with database.read() as connection:
        assert rollouts.get(connection, "north", published).published != reported.run


@pytest.mark.parametrize(("most", "outcome"), [(NEAR, "published"), (NEAR - 1, "proposed")])
def test_a_night_keeps_within_its_change_budget_where_that_is_possible(
    database, queue, ada, published, most, outcome
):
    # Ana's task of the first day cannot stay with her then: one person is notified, and nobody else
    # has to be.
    every_night(database, ada, published, publish=True, frozen_days=0, most_people=most)
    away(database, ada, published, "ana", "2027-01-12")
    reported = the_night(database, queue, ada, published)
    assert (reported.outcome, reported.body["notified"]) == (outcome, NEAR)


def test_each_night_is_begun_once_and_one_that_fails_holds_up_no_other(
    database, queue, ada, published
):
    every_night(database, ada, published)
    with database.write() as connection:
        bare = rollouts.create(connection, ada, rollout(name="Nothing published")).id
    every_night(database, ada, bare)
    with database.read() as connection:
        _, following = nights.get(connection, "north", published)
    assert nightly.begin_due(database, queue, following - 1) == []
    assert sorted(nightly.begin_due(database, queue, following)) == sorted([bare, published])
    assert nightly.begin_due(database, queue, following) == []
    with database.read() as connection:
        (failed,) = digest.listed(connection, "north", bare)
        (night,) = runs.listed(connection, "north", rollout=published, states=["queued"])
        _, after = nights.get(connection, "north", published)
    assert (failed.outcome, failed.run) == ("failed", None)
    assert (night.kind, night.created_by) == ("nightly", digest.NIGHT)
    assert after - following in (23 * 3_600_000, 24 * 3_600_000, 25 * 3_600_000)


def test_a_night_whose_worker_dies_while_it_begins_is_begun_by_another_one(
    database, queue, ada, published, monkeypatch
):
    every_night(database, ada, published)
    with database.read() as connection:
        _, following = nights.get(connection, "north", published)

    def dies(*_, **__):
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(nightly, "replan", dies)
        with pytest.raises(SystemExit):
            nightly.begin_due(database, queue, following)
    assert nightly.begin_due(database, queue, following) == [published]


def test_a_night_that_cannot_be_concluded_holds_up_no_other(
    database, queue, ada, published, monkeypatch
):
    every_night(database, ada, published, frozen_days=0)
    with database.write() as connection:
        run = nightly.begin(connection, queue, "north", published, EVENING)
        _, tree = rollouts.document(connection, "north", published, run.revision)
        other = runs.add(
            connection, ada, published, run.revision, Limits(), priority=1, kind="nightly"
        )
    for each in (run, other):
        ended(database, ada, each.id, tree)
    concluded = digest.conclude

    def breaks(connection, tenant, id_):
        if id_ == run.id:
            raise KeyError("something unforeseen")
        return concluded(connection, tenant, id_)

    monkeypatch.setattr(digest, "conclude", breaks)
    digest.conclude_ended(database)
    with database.read() as connection:
        reported = {it.run: it for it in digest.listed(connection, "north", published)}
    assert reported[run.id].outcome == "failed"
    assert "something unforeseen" in reported[run.id].body["reason"]
    assert reported[other.id].outcome == "kept"
    assert digest.conclude_ended(database) == 0


def test_a_night_is_concluded_once(database, queue, ada, published):
    every_night(database, ada, published, frozen_days=0)
    the_night(database, queue, ada, published)
    assert digest.conclude_ended(database) == 0


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_worker_carries_out_the_nights_that_are_due(database, queue, ada, published, worker):
    every_night(database, ada, published, seconds=2)
    with database.write() as connection:
        nightly.begin(connection, queue, "north", published, EVENING)

    def reported():
        with database.read() as connection:
            return digest.listed(connection, "north", published)

    worker()
    (found,) = until(reported)
    assert found.outcome in ("kept", "proposed")


def test_a_night_is_as_of_the_next_slot_in_every_zone_whose_clocks_change():
    # Around each change of 2027: not before now, not a slot after it, on the grid, and a moment
    # that the document can name.
    tried = 0
    for name in sorted(available_timezones()):
        changes = zone(name).changes(2027)
        axis = Axis(date(2027, 1, 1), 30, (name,), 48 * 365)
        clock = Clock(axis, Faults())
        tree = {"timezone": name, "start": "2027-01-01", "slot_minutes": 30}
        for change in changes:
            for minutes in range(-150, 151, 10):
                now = change.at.replace(tzinfo=UTC) + timedelta(minutes=minutes)
                slot = nightly.next_slot(tree, int(now.timestamp() * 1000))
                begins = axis.origin + timedelta(minutes=30 * slot)
                assert timedelta(0) <= begins - now < timedelta(minutes=30), (name, now)
                (text,) = {axis.moment(slot, 0)}
                moment = Moment(*read_back(text), text)
                assert clock.slot(moment, 0, "as_of") == slot, (name, now)
                tried += 1
        assert clock.faults.found == [], name
    assert tried > 1000


def read_back(text):
    read = datetime.fromisoformat(text)
    return read.replace(tzinfo=None), read.utcoffset()


@pytest.mark.parametrize(
    ("now", "as_of"),
    [
        # Clocks go from 02:00 to 03:00 on 28 March 2027, which is 01:00 in UTC.
        ("2027-03-28T00:31", "2027-03-28T03:00"),
        ("2027-03-28T00:29", "2027-03-28T01:30"),
        # And from 03:00 back to 02:00 on 31 October, at 01:00 in UTC again.
        ("2027-10-31T00:20", "2027-10-31T02:30"),
        ("2027-10-31T01:20", "2027-10-31T02:30+01:00"),
    ],
)
def test_a_night_as_clocks_change_is_planned_as_of_now(database, queue, ada, now, as_of):
    year = TREE | {"end": "2027-12-31", "slot_minutes": 30}
    with database.write() as connection:
        kept = rollouts.create(connection, ada, year).id
    plan = planned(database, ada, kept)
    with database.write() as connection:
        replanning.publish(connection, ada, plan, frozen_until=None, approved=False)
        nights.keep(connection, ada, kept, Nightly("23:00", workers=1))
        moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
        run = nightly.begin(connection, queue, "north", kept, int(moment.timestamp() * 1000))
        _, tree = rollouts.document(connection, "north", kept, run.revision)
    assert tree["as_of"] == as_of
