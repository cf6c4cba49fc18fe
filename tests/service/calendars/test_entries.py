"""What a plan has for each person, room, audience and department."""

from dataclasses import replace
from datetime import UTC, datetime

from allocator.formats.icalendar import Owner
from service.notify.calendars.entries import entries_of, names_of
from service.notify.calendars.events import first_events, updated_events
from tests.support.small import (
    LJ,
    MB,
    audience,
    course,
    department,
    person,
    rollout,
    room,
    support,
    task,
)

TREE = rollout(
    sites=[LJ, {**MB, "timezone": "Europe/London"}],
    departments=[department(), department("sales", site="mb")],
    people=[person("ana") | {"name": "Ana Novak"}, person("bor"), person("eva")],
    rooms=[room() | {"name": "Room 1"}, room("r2", site="mb")],
    tasks=[
        task("t-a", department="finance", site="mb") | {"name": "Set up"},
        task("t-m") | {"name": "Write exercises"},
    ],
    courses=[
        course(materials="t-m") | {"name": "Basics"},
        course("c-far", room=None, virtual=True),
    ],
    audiences=[
        audience() | {"name": "Clerks"},
        audience("sellers", department="sales", members=["eva"]),
    ],
    waves=[{"id": "w1", "project": "erp", "departments": ["finance"], "go_live": "2027-01-25"}],
    support=[support(name="Desk")],
)


def when(day, first, last):
    return {"start": f"2027-01-{day}T{first:02}:00", "end": f"2027-01-{day}T{last:02}:00"}


def plan(**parts):
    return {"schema": "plan/1"} | parts


def entries_for(owner_kind, owner_id, **parts):
    return entries_of(TREE, plan(**parts)).get(Owner(owner_kind, owner_id), [])


SESSION = {
    "id": "c-basic/1",
    "course": "c-basic",
    "room": "r1",
    **when(13, 8, 10),
    "trainers": ["ana", "bor"],
    "groups": [{"audience": "clerks", "heads": 12}, {"audience": "sellers", "members": ["eva"]}],
}


def test_a_task_is_in_the_calendars_of_its_crew_and_of_its_department():
    crew = [
        {"seat": 0, "person": "ana", **when(12, 8, 12), "hours": 4},
        {"seat": 0, "person": "bor", **when(12, 8, 17), "hours": 8},
    ]
    booking = {"task": "t-a", **when(12, 8, 17), "crew": crew}
    (ana,) = entries_for("person", "ana", tasks=[booking])
    assert (ana.title, ana.people, ana.end, ana.hours) == (
        "Set up",
        ("Bor",),
        "2027-01-12T12:00",
        4,
    )
    (theirs,) = entries_for("department", "finance", tasks=[booking])
    assert (theirs.people, theirs.end) == (("Ana Novak", "Bor"), "2027-01-12T17:00")
    # The clocks are those of the task's site.
    assert ana.zone == theirs.zone == "Europe/London"
    assert ana.place == ("Maribor",)


def test_a_class_is_announced_to_each_in_their_own_way():
    (trainer,) = entries_for("person", "ana", sessions=[SESSION])
    assert (trainer.part, trainer.people) == ("teaches", ("Bor",))
    assert trainer.groups == ((12, "Clerks"), (1, "sellers"))
    (learner,) = entries_for("person", "eva", sessions=[SESSION])
    assert (learner.part, learner.people) == ("attends", ("Ana Novak", "Bor"))
    (in_room,) = entries_for("room", "r1", sessions=[SESSION])
    assert (in_room.place, in_room.part) == (("Ljubljana",), "")
    (clerks,) = entries_for("audience", "clerks", sessions=[SESSION])
    assert clerks.place == ("Room 1", "Ljubljana")
    (finance,) = entries_for("department", "finance", sessions=[SESSION])
    assert finance.groups == ((12, "Clerks"),)
    (sales,) = entries_for("department", "sales", sessions=[SESSION])
    assert sales.groups == ((1, "sellers"),)
    assert trainer.materials == learner.materials == "Write exercises"


def test_a_virtual_class_has_no_place_and_the_clocks_of_the_rollout():
    session = {**SESSION, "course": "c-far", "room": None}
    (ana_learns,) = entries_for("person", "ana", sessions=[session])
    assert (ana_learns.place, ana_learns.zone) == ((), "Europe/Ljubljana")
    assert entries_for("room", "r1", sessions=[session]) == []


def test_a_shift_is_announced_to_those_on_it_and_to_the_department():
    shift = {
        "support": "s-w1",
        "department": "finance",
        "day": "2027-01-25",
        **when(25, 8, 16),
        "people": ["ana", "bor"],
    }
    (ana,) = entries_for("person", "ana", support=[shift])
    assert (ana.title, ana.department, ana.people) == ("Desk", "finance", ("Bor",))
    (theirs,) = entries_for("department", "finance", support=[shift])
    assert theirs.people == ("Ana Novak", "Bor")


def test_entries_are_in_order_of_time():
    early = {**SESSION, **when(12, 8, 10)}
    found = entries_for("person", "ana", sessions=[SESSION, early])
    assert [it.start[8:10] for it in found] == ["12", "13"]


def test_owners_are_known_by_name_or_id():
    assert names_of(TREE, "person") == {"ana": "Ana Novak", "bor": "Bor", "eva": "Eva"}
    assert names_of(TREE, "room") == {"r1": "Room 1", "r2": "r2"}


def test_a_task_of_several_days_names_the_days_on_which_its_people_work():
    # From Thursday 14 January to Tuesday the 19th: not at the weekend, and ana is away on Monday.
    tree = TREE | {
        "people": [
            person("ana", absences=[{"from": "2027-01-18", "to": "2027-01-18"}]),
            person("bor"),
        ]
    }
    span = {"start": "2027-01-14T08:00", "end": "2027-01-19T12:00"}
    short = {"start": "2027-01-14T08:00", "end": "2027-01-15T12:00"}
    crew = [{"seat": 0, "person": "ana", **span}, {"seat": 0, "person": "bor", **short}]
    booking = {"task": "t-a", **span, "crew": crew}
    found = entries_of(tree, plan(tasks=[booking]))
    (ana,) = found[Owner("person", "ana")]
    assert ana.days == ("2027-01-14", "2027-01-15", "2027-01-19")
    (bor,) = found[Owner("person", "bor")]
    assert bor.days == ("2027-01-14", "2027-01-15")
    (finance,) = found[Owner("department", "finance")]
    assert finance.days == ("2027-01-14", "2027-01-15", "2027-01-18", "2027-01-19")


def test_a_task_of_one_day_needs_no_days_and_midnight_does_not_reach_the_next():
    span = {"start": "2027-01-14T22:00", "end": "2027-01-15T00:00"}
    booking = {"task": "t-a", **span, "crew": [{"seat": 0, "person": "ana", **span}]}
    (ana,) = entries_for("person", "ana", tasks=[booking])
    assert ana.days == ()


def test_days_alone_are_no_change_of_what_is_published():
    before = replace(entries_for("person", "ana", sessions=[SESSION])[0], days=())
    after = replace(before, days=("2027-01-13", "2027-01-14"))
    (event,) = first_events("c", [before], 1)
    (again,) = updated_events("c", [event], [after], 2, datetime(2027, 1, 1, tzinfo=UTC))
    assert again.sequence == 0
