"""Warnings about what is allowed, but hardly meant."""

from __future__ import annotations

import pytest

from allocator.formats.document import problem_from_tree, warnings_of
from tests.allocator.formats.test_rollout_faults import spoil
from tests.support.everything import tree


def warned(document):
    return {(fault.path, fault.code) for fault in warnings_of(problem_from_tree(document))}


def test_a_sound_document_has_no_warnings():
    assert warned(tree()) == set()


@pytest.mark.parametrize(
    ("field", "value", "path", "code"),
    [
        ("as_of", "2027-04-12T00:00", "as_of", "nothing_to_plan"),
        (
            "people[0].limits.hours_per_day",
            7.5,
            "people[0].limits.hours_per_day",
            "limit_below_calendar",
        ),
        # With the holiday and Ana's absences, her longest week is the last: 5 x 8 = 40 hours.
        (
            "people[0].limits.hours_per_week",
            39.5,
            "people[0].limits.hours_per_week",
            "limit_below_calendar",
        ),
        (
            "people[2].absences",
            [{"from": "2027-03-01", "to": "2027-05-01"}],
            "people[2]",
            "never_works",
        ),
        ("tasks[1].deadline", "2027-03-23", "tasks[1].deadline", "impossible_window"),
        ("tasks[1].due", "2027-04-03", "tasks[1].due", "due_after_deadline"),
        ("tasks[3].pin.people", ["ana", "bor"], "tasks[3].pin.people", "too_many_pinned"),
        ("tasks[0].crew[1].level", 5, "tasks[0].crew[1]", "too_few_qualified"),
        ("tasks[0].crew[0].people", 3, "tasks[0].crew[0]", "too_few_qualified"),
        ("courses[1].trainers[0].level", 4, "courses[1].trainers[0]", "too_few_qualified"),
        ("courses[1].grants", None, "support[0]", "too_few_qualified"),
        ("courses[1].room.equipment", ["printer"], "courses[1].room", "no_room"),
        ("audiences[0].language", "it", "audiences[0].courses[1]", "no_trainer_speaks"),
        ("waves[0].departments", ["depot"], "audiences[0].courses[1]", "no_go_live"),
        (
            "audiences[0].trained[0].heads",
            31,
            "audiences[0].trained[0]",
            "trained_above_headcount",
        ),
        (
            "departments[0].headcount",
            31,  # 30 clerks and 2 seniors
            "departments[0].headcount",
            "audiences_above_headcount",
        ),
        ("waves[0].go_live", "2027-04-12", "support[0]", "no_shifts"),
    ],
)
def test_each_doubt_is_named_where_it_is(field, value, path, code):
    document = tree()
    spoil(document, field, value)
    assert (path, code) in warned(document)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("people[0].limits.hours_per_day", 8),
        ("people[0].limits.hours_per_week", 40),
        ("tasks[1].deadline", "2027-03-24"),
        ("tasks[1].due", "2027-04-02"),
        ("tasks[0].crew[1].level", 4),
        ("tasks[0].crew[0].people", 2),
        ("audiences[0].trained[0].heads", 30),
        ("departments[0].headcount", 32),
    ],
)
def test_what_is_just_right_is_no_doubt(field, value):
    document = tree()
    spoil(document, field, value)
    assert warned(document) - {("tasks[1].due", "due_after_deadline")} == set()


def test_a_limit_below_the_calendar_comes_with_the_way_out():
    document = tree()
    document["people"][0]["limits"] = {"hours_per_day": 7.5}
    (fault,) = warnings_of(problem_from_tree(document))
    assert '"ana" may be booked 7.5 h but is on duty up to 8 h a day' in fault.message
    assert fault.message.endswith("Shorten the calendar instead.")
