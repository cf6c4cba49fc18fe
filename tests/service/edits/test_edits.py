"""Edits change the one entry that they name, tell what is missing, and clash where both changed."""

import pytest
from pydantic import TypeAdapter, ValidationError

from allocator.errors import InvalidDocument
from service.edits.actuals import Actual
from service.edits.apply import Clash, applied, clashes
from service.edits.changes import Change
from tests.support.small import W1, audience, course, rollout, task

TREE = rollout(tasks=[task("t-a")], waves=[W1], courses=[course()], audiences=[audience()])
EDIT = TypeAdapter(Change | Actual)


def edits(*trees):
    return [EDIT.validate_python(tree) for tree in trees]


def after(*trees):
    return applied(TREE, edits(*trees))


def entry(tree, name, id_):
    return next(it for it in tree[name] if it["id"] == id_)


@pytest.mark.parametrize(
    ("edit", "place", "field", "value"),
    [
        (
            {"edit": "leave", "person": "ana", "from": "2027-01-20"},
            ("people", "ana"),
            "absences",
            [{"from": "2027-01-20", "to": "2027-02-07", "reason": "leaves"}],
        ),
        (
            {"edit": "absent", "person": "ana", "from": "2027-01-20", "to": "2027-01-21"},
            ("people", "ana"),
            "absences",
            [{"from": "2027-01-20", "to": "2027-01-21"}],
        ),
        (
            {
                "edit": "declined",
                "person": "ana",
                "from": "2027-01-20T08:00",
                "to": "2027-01-20T10:00",
            },
            ("people", "ana"),
            "absences",
            [{"from": "2027-01-20T08:00", "to": "2027-01-20T10:00", "reason": "declined"}],
        ),
        (
            {"edit": "move_wave", "wave": "w1", "go_live": "2027-02-01"},
            ("waves", "w1"),
            "go_live",
            "2027-02-01",
        ),
        ({"edit": "budget", "project": "erp", "budget": 500}, ("projects", "erp"), "budget", 500),
        (
            {"edit": "due", "task": "t-a", "due": "2027-01-15"},
            ("tasks", "t-a"),
            "due",
            "2027-01-15",
        ),
        (
            {"edit": "pin", "task": "t-a", "people": ["bor"]},
            ("tasks", "t-a"),
            "pin",
            {"people": ["bor"]},
        ),
        (
            {"edit": "progress", "task": "t-a", "done_hours": 1},
            ("tasks", "t-a"),
            "progress",
            {"done_hours": 1},
        ),
        (
            {"edit": "finished", "task": "t-a", "on": "2027-01-12"},
            ("tasks", "t-a"),
            "progress",
            {"finished": "2027-01-12"},
        ),
        (
            {
                "edit": "finished",
                "task": "t-a",
                "on": "2027-01-12",
                "started": "2027-01-11T09:00",
                "worked": [{"person": "ana", "hours": 3}],
            },
            ("tasks", "t-a"),
            "progress",
            {
                "finished": "2027-01-12",
                "started": "2027-01-11T09:00",
                "worked": [{"person": "ana", "hours": 3}],
            },
        ),
        (
            {
                "edit": "attended",
                "audience": "clerks",
                "course": "c-basic",
                "heads": 8,
                "on": "2027-01-12",
            },
            ("audiences", "clerks"),
            "trained",
            [{"course": "c-basic", "heads": 8, "on": "2027-01-12"}],
        ),
    ],
)
def test_an_edit_changes_the_field_that_it_means_and_nothing_else(edit, place, field, value):
    changed = after(edit)
    assert entry(changed, *place)[field] == value
    entry(changed, *place).pop(field)
    before = applied(TREE, ())
    entry(before, *place).pop(field, None)
    assert changed == before


def test_one_more_person_has_the_skills_of_another_and_none_of_their_absences():
    changed = after(
        {"edit": "absent", "person": "ana", "from": "2027-01-20", "to": "2027-01-21"},
        {"edit": "one_more", "like": "ana", "id": "ana-2"},
    )
    assert entry(changed, "people", "ana-2")["skills"] == entry(TREE, "people", "ana")["skills"]
    assert "absences" not in entry(changed, "people", "ana-2")


def test_goals_take_a_preset_and_single_prices():
    changed = after(
        {"edit": "preset", "preset": "calm"},
        {"edit": "price", "term": "lateness", "price": "forbidden"},
    )
    assert changed["goals"] == {"preset": "calm", "prices": {"lateness": "forbidden"}}


def test_no_budget_and_no_due_day_take_the_limit_away():
    limited = after(
        {"edit": "budget", "project": "erp", "budget": 500},
        {"edit": "due", "task": "t-a", "due": "2027-01-15"},
    )
    freed = applied(
        limited,
        edits(
            {"edit": "budget", "project": "erp", "budget": None},
            {"edit": "due", "task": "t-a", "due": None},
        ),
    )
    assert freed == TREE


def test_all_edits_that_name_what_is_not_there_are_reported_and_nothing_is_changed():
    with pytest.raises(InvalidDocument) as error:
        after(
            {"edit": "leave", "person": "zoe", "from": "2027-01-20"},
            {"edit": "preset", "preset": "calm"},
            {"edit": "one_more", "like": "ana", "id": "bor"},
        )
    assert [fault.path for fault in error.value.faults] == ["edits[0].person", "edits[2].id"]
    assert "goals" not in TREE


def test_faults_of_what_edits_have_written_are_reported_at_their_fields():
    with pytest.raises(InvalidDocument) as error:
        after(
            {"edit": "pin", "task": "t-a", "people": ["zoe"]},
            {"edit": "absent", "person": "ana", "from": "2027-01-21", "to": "2027-01-20"},
            {"edit": "move_wave", "wave": "w1", "go_live": "2027-02-30"},
        )
    assert sorted(fault.path for fault in error.value.faults) == [
        "edits[0].people[0]",
        "edits[1]",
        "edits[2].go_live",
    ]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("person", "", "An id is needed, of at most 200 characters."),
        ("person", "x" * 201, "An id is needed, of at most 200 characters."),
        ("from", "", "A day is needed, such as 2027-02-01."),
        ("from", "2027-01-20T08:00", "A day is needed, such as 2027-02-01."),
        ("from", "2027-01-2\u0660", "A day is needed, such as 2027-02-01."),
    ],
)
def test_what_is_written_wrongly_is_reported_in_words_that_planners_know(field, value, sentence):
    wrong = {"edit": "leave", "person": "x" * 200, "from": "2027-01-20"} | {field: value}
    with pytest.raises(ValidationError) as error:
        TypeAdapter(Change).validate_python(wrong)
    assert [it["msg"] for it in error.value.errors()] == [sentence]


def test_of_two_absences_the_fault_is_reported_at_the_one_that_has_it():
    wrong = {"edit": "absent", "person": "ana", "from": "2027-01-21", "to": "2027-01-20"}
    right = wrong | {"to": "2027-01-22"}
    for reported in ([wrong, right], [right, wrong]):
        with pytest.raises(InvalidDocument) as error:
            after(*reported)
        assert [fault.path for fault in error.value.faults] == [f"edits[{reported.index(wrong)}]"]


def test_a_fault_that_an_edit_only_brings_out_stays_at_its_place():
    finished = TREE | {"tasks": [task("t-a", hours=8, progress={"done_hours": 8})]}
    with pytest.raises(InvalidDocument) as error:
        applied(finished, edits({"edit": "due", "task": "t-a", "due": "2027-01-15"}))
    assert [fault.path for fault in error.value.faults] == ["tasks[0].progress.done_hours"]


def test_an_edit_clashes_where_its_entry_is_gone_or_was_changed():
    newer = TREE | {"people": TREE["people"][1:], "tasks": [task("t-a", hours=4)]}
    found = clashes(
        TREE,
        newer,
        edits(
            {"edit": "leave", "person": "ana", "from": "2027-01-20"},
            {"edit": "leave", "person": "bor", "from": "2027-01-20"},
            {"edit": "due", "task": "t-a", "due": "2027-01-15"},
            {"edit": "one_more", "like": "bor", "id": "new"},
        ),
    )
    assert found == [
        Clash(0, "people ana is not in the rollout any more."),
        Clash(2, "tasks t-a was changed in the rollout meanwhile."),
    ]
