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


ROUND = {day: ["00:00-24:00"] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}


def support_over_the_change(hours):
    """Floor support on 27, 28 and 29 March 2027; on the 28th clocks go from 02:00 to 03:00."""
    return problem_from_tree(
        {
            "schema": "rollout/1",
            "name": "Nights",
            "timezone": "Europe/Ljubljana",
            "start": "2027-03-27",
            "end": "2027-03-29",
            "calendars": [{"id": "round", "weekly": ROUND}],
            "skills": [{"id": "desk"}],
            "sites": [{"id": "lj", "calendar": "round"}],
            "departments": [{"id": "ward", "site": "lj", "headcount": 20}],
            "people": [{"id": "ana", "skills": [{"skill": "desk", "level": 2}], "site": "lj"}],
            "projects": [{"id": "emr"}],
            "waves": [
                {"id": "w1", "project": "emr", "departments": ["ward"], "go_live": "2027-03-27"}
            ],
            "support": [
                {
                    "id": "s1",
                    "wave": "w1",
                    "skill": "desk",
                    "hours": hours,
                    "curve": [{"days": "1-3", "users_per_supporter": 20}],
                }
            ],
        }
    )


def test_a_shift_in_the_hour_that_clocks_skip_is_reported_as_that():
    problem = support_over_the_change("02:00-03:00")
    assert [shift.day for shift in problem.shifts] == [0, 2]
    (fault,) = warnings_of(problem)
    assert (fault.path, fault.code) == ("support[0].hours", "skipped_shift")
    assert fault.message == (
        '"s1" has no shift for "ward" on 2027-03-28: clocks skip its hours on that day.'
    )


@pytest.mark.parametrize(
    ("hours", "slots"),
    [
        ("01:00-04:00", 4),  # 01:00 to 02:00, and 03:00 to 04:00
        ("02:30-03:30", 1),  # from 03:00 on, when clocks go forward
        ("01:30-02:30", 1),  # until then
    ],
)
def test_a_shift_across_the_change_is_as_long_as_its_hours_are_there(hours, slots):
    problem = support_over_the_change(hours)
    assert warnings_of(problem) == ()
    (shift,) = [shift for shift in problem.shifts if shift.day == 1]
    assert shift.end - shift.start == slots


def test_support_for_departments_without_heads_is_reported_as_that():
    document = tree()
    document["departments"][0]["headcount"] = 0
    (message,) = [
        it.message for it in warnings_of(problem_from_tree(document)) if it.code == "no_shifts"
    ]
    assert message == '"s1" is for departments without heads: it has no shifts.'


def test_a_limit_below_the_calendar_comes_with_the_way_out():
    document = tree()
    document["people"][0]["limits"] = {"hours_per_day": 7.5}
    (fault,) = warnings_of(problem_from_tree(document))
    assert '"ana" may be booked 7.5 h but is on duty up to 8 h a day' in fault.message
    assert fault.message.endswith("Shorten the calendar instead.")
