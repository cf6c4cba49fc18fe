"""What ways out change: dates, absences, skills, rooms, rules and work, each alone."""

import pytest
from pydantic import TypeAdapter

from allocator.errors import InvalidDocument
from service.edits.apply import applied, clashes
from service.edits.changes import Change
from tests.support.small import W1, audience, course, department, person, rollout, room, task

WINDOW = {"open_days_before_go_live": 10, "close_days_before_go_live": 2}
TREE = rollout(
    tasks=[task("t-a", deadline="2027-01-15"), task("t-b", after=["t-a"])],
    waves=[W1],
    courses=[course(window=WINDOW, materials="t-a")],
    audiences=[audience()],
    departments=[department(closed=[{"from": "2027-01-12", "to": "2027-01-14"}])],
    freezes=[{"from": "2027-01-18", "to": "2027-01-22", "reason": "year end"}],
    vendors=[{"id": "acme", "lead_days": 3}],
    rooms=[room(), room("r2")],
)
EDIT = TypeAdapter(Change)


def after(*trees, of=TREE):
    return applied(of, [EDIT.validate_python(it) for it in trees])


def entry(tree, name, id_):
    return next(it for it in tree[name] if it["id"] == id_)


@pytest.mark.parametrize(
    ("edit", "place", "field", "value"),
    [
        (
            {"edit": "deadline", "task": "t-a", "deadline": "2027-01-18"},
            ("tasks", "t-a"),
            "deadline",
            "2027-01-18",
        ),
        (
            {"edit": "earliest", "task": "t-a", "earliest": "2027-01-12"},
            ("tasks", "t-a"),
            "earliest",
            "2027-01-12",
        ),
        (
            {
                "edit": "window",
                "course": "c-basic",
                "open_days_before_go_live": 12,
                "close_days_before_go_live": 1,
            },
            ("courses", "c-basic"),
            "window",
            {"open_days_before_go_live": 12, "close_days_before_go_live": 1},
        ),
        (
            {
                "edit": "open",
                "department": "finance",
                "from": "2027-01-13",
                "to": "2027-01-13",
            },
            ("departments", "finance"),
            "closed",
            [
                {"from": "2027-01-12", "to": "2027-01-12"},
                {"from": "2027-01-14", "to": "2027-01-14"},
            ],
        ),
        (
            {"edit": "green_light", "department": "finance", "date": "2027-01-12"},
            ("departments", "finance"),
            "green_light",
            {"status": "granted", "date": "2027-01-12"},
        ),
        (
            {"edit": "skill", "person": "ana", "skill": "sap", "level": 5},
            ("people", "ana"),
            "skills",
            [{"skill": "teach", "level": 3}, {"skill": "sap", "level": 5}],
        ),
        (
            {"edit": "limit", "person": "ana", "limit": "hours_per_week", "hours": 20},
            ("people", "ana"),
            "limits",
            {"hours_per_week": 20},
        ),
        (
            {"edit": "speaks", "person": "ana", "language": "hu"},
            ("people", "ana"),
            "languages",
            ["sl", "hu"],
        ),
        (
            {"edit": "vendor_terms", "vendor": "acme", "lead_days": 1},
            ("vendors", "acme"),
            "lead_days",
            1,
        ),
        (
            {"edit": "changeover", "room": "r1", "minutes": 15},
            ("rooms", "r1"),
            "changeover_minutes",
            15,
        ),
        ({"edit": "seats", "room": "r1", "seats": 14}, ("rooms", "r1"), "seats", 14),
        (
            {"edit": "equipment", "room": "r1", "equipment": "pc"},
            ("rooms", "r1"),
            "equipment",
            ["pc"],
        ),
        (
            {"edit": "class_size", "course": "c-basic", "max": 14},
            ("courses", "c-basic"),
            "class_size",
            {"min": 2, "max": 14},
        ),
        (
            {"edit": "release_limit", "department": "finance", "share": 0.5},
            ("departments", "finance"),
            "release_limit",
            0.5,
        ),
        (
            {"edit": "crew", "task": "t-a", "line": 1, "people": 2, "hours": 1.0},
            ("tasks", "t-a"),
            "crew",
            [{"skill": "sap", "level": 3, "people": 2, "hours": 1.0}],
        ),
        ({"edit": "loose", "task": "t-b", "other": "t-a"}, ("tasks", "t-b"), "after", []),
    ],
)
def test_an_edit_changes_the_field_that_it_means_and_nothing_else(edit, place, field, value):
    changed = after(edit)
    assert entry(changed, *place)[field] == value
    entry(changed, *place).pop(field)
    before = applied(TREE, ())
    entry(before, *place).pop(field, None)
    assert changed == before


def test_a_freeze_is_cut_around_the_days_that_are_lifted():
    changed = after({"edit": "unfreeze", "from": "2027-01-16", "to": "2027-01-19"})
    kept = {"from": "2027-01-20", "to": "2027-01-22", "reason": "year end"}
    assert changed == TREE | {"freezes": [kept]}
    assert after({"edit": "unfreeze", "from": "2027-01-18", "to": "2027-01-22"})["freezes"] == []


def test_days_are_cut_out_of_ranges_counted_from_go_live_and_the_rest_stays_as_it_is():
    """Go-live is on 25 January; the freeze of the wave is 23 to 26 January."""
    ranges = [
        {"wave": "w1", "from": "go-live-2", "to": "go-live+1"},
        {"wave": "w1", "from": "go-live+3", "to": "go-live+4"},
    ]
    changed = after(
        {"edit": "unfreeze", "from": "2027-01-20", "to": "2027-01-24"},
        of=TREE | {"freezes": ranges},
    )
    cut = {"wave": "w1", "from": "2027-01-25", "to": "2027-01-26", "departments": ["finance"]}
    assert changed["freezes"] == [cut, ranges[1]]


@pytest.mark.parametrize(
    ("away", "left"),
    [
        (("2027-01-12", "2027-01-13"), [("2027-01-12", "2027-01-12")]),
        (("2027-01-13", "2027-01-13"), []),
        (
            ("2027-01-12T08:00", "2027-01-14T12:00"),
            [("2027-01-12T08:00", "2027-01-13T00:00"), ("2027-01-14T00:00", "2027-01-14T12:00")],
        ),
        (("2027-01-13", "2027-01-14T12:00"), [("2027-01-14T00:00", "2027-01-14T12:00")]),
        (("2027-01-14", "2027-01-14"), [("2027-01-14", "2027-01-14")]),
    ],
)
def test_who_is_there_after_all_is_away_before_and_after_as_they_were(away, left):
    tree = TREE | {"people": [person("ana", absences=[{"from": away[0], "to": away[1]}])]}
    there = {"edit": "present", "person": "ana", "from": "2027-01-13", "to": "2027-01-13"}
    found = after(there, of=tree)["people"][0]["absences"]
    assert [(it["from"], it["to"]) for it in found] == left


def test_one_more_room_is_like_another_and_the_end_moves():
    changed = after(
        {"edit": "one_more_room", "room": "r1", "id": "r3"}, {"edit": "end", "end": "2027-02-14"}
    )
    assert entry(changed, "rooms", "r3") == {**room("r3"), "name": "r3"}
    assert changed["end"] == "2027-02-14"


def test_a_task_that_is_left_out_is_waited_for_no_more():
    changed = after({"edit": "leave_out", "task": "t-a"})
    assert [(it["id"], it["after"]) for it in changed["tasks"]] == [("t-b", [])]
    assert "materials" not in entry(changed, "courses", "c-basic")


def test_what_is_not_there_is_reported_at_the_edit():
    with pytest.raises(InvalidDocument) as error:
        after(
            {"edit": "one_more_room", "room": "r1", "id": "r2"},
            {"edit": "crew", "task": "t-a", "line": 2, "hours": 1.0},
            {"edit": "leave_out", "task": "t-z"},
            {"edit": "frozen_until", "until": None},
        )
    assert [fault.path for fault in error.value.faults] == [
        "edits[0].id",
        "edits[1]",
        "edits[2].task",
        "edits[3]",
    ]


def test_what_an_edit_makes_of_the_end_is_reported_at_the_edit():
    with pytest.raises(InvalidDocument) as error:
        after({"edit": "end", "end": "2026-01-01"})
    assert "edits[0].end" in [fault.path for fault in error.value.faults]


def test_an_edit_of_the_document_itself_clashes_where_the_same_was_changed():
    edits = [EDIT.validate_python({"edit": "unfreeze", "from": "2027-01-18", "to": "2027-01-18"})]
    found = clashes(TREE, TREE | {"freezes": []}, edits)
    assert [it.message for it in found] == ["freezes was changed in the rollout meanwhile."]
    assert clashes(TREE, TREE | {"name": "Other"}, edits) == []
