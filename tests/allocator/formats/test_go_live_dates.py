"""Dates counted from go-live, and moments in the place of dates."""

from __future__ import annotations

import numpy as np

from allocator.formats.document import problem_from_tree
from allocator.formats.rollout.relative import absolute
from tests.support.small import DAY, W1, at, department, problem_of, rollout, task

GO_LIVE = 14
"""2027-01-25, two weeks after the first day; clocks do not change in between."""


def read(**dates):
    """A task of finance with such dates."""
    return problem_of(waves=[W1], tasks=[task("t", department="finance", **dates)]).tasks[0]


def test_a_date_begins_at_its_midnight_and_lasts_to_the_next_and_a_moment_is_itself():
    by_day = read(earliest="2027-01-13", due="2027-01-14", deadline="2027-01-15")
    assert (by_day.earliest, by_day.due, by_day.deadline) == (at(2, 0), at(4, 0), at(5, 0))
    hour = read(earliest="2027-01-13T11:00", due="2027-01-14T12:00", deadline="2027-01-15T13:00")
    assert (hour.earliest, hour.due, hour.deadline) == (at(2, 11), at(3, 12), at(4, 13))


def test_days_are_counted_from_go_live_in_both_directions():
    reported = read(earliest="go-live-2", due="go-live", deadline="go-live+1")
    expected = (at(GO_LIVE - 2, 0), at(GO_LIVE + 1, 0), at(GO_LIVE + 2, 0))
    assert (reported.earliest, reported.due, reported.deadline) == expected


def test_with_a_time_of_day_it_is_a_moment():
    reported = read(deadline="go-live-2T18:00", pin={"start": "go-live-3T08:00"})
    assert (reported.deadline, reported.pin_start) == (at(GO_LIVE - 2, 18), at(GO_LIVE - 3, 8))


def test_the_tasks_wave_comes_before_the_waves_of_its_department():
    waves = [
        W1,
        W1 | {"id": "w0", "go_live": "2027-01-20"},
        W1 | {"id": "aside", "go_live": "2027-01-12", "project": "aside"},
    ]
    projects = [{"id": "erp"}, {"id": "aside"}]

    def earliest(**of):
        entry = task("t", earliest="go-live", **of)
        return problem_of(waves=waves, projects=projects, tasks=[entry]).tasks[0].earliest

    assert earliest(wave="w1") == at(14, 0)
    assert earliest(department="finance") == at(9, 0)  # 2027-01-20; w-aside is another project's
    assert earliest(wave="aside", department="finance") == at(1, 0)


def blocked(**parts):
    """First and last blocked hour of finance and of sales."""
    both = [department(**parts.pop("finance", {})), department("sales")]
    problem = problem_of(departments=both, waves=[W1], **parts)
    hours = [np.flatnonzero(it.blocked) for it in problem.departments]
    return [(int(it[0]), int(it[-1]), len(it)) if len(it) else None for it in hours]


def test_a_freeze_of_a_wave_is_distinguished_from_its_go_live_and_holds_its_departments():
    freeze = {"from": "go-live-1", "to": "go-live", "wave": "w1"}
    days = (at(GO_LIVE - 1, 0), at(GO_LIVE, 23), 2 * DAY)
    assert blocked(freezes=[freeze]) == [days, None]
    assert blocked(freezes=[freeze | {"departments": ["sales"]}]) == [None, days]
    calendar = {"from": "2027-01-24", "to": "2027-01-25"}
    assert blocked(freezes=[calendar]) == [days, days]
    assert blocked(freezes=[calendar | {"wave": "w1"}]) == [days, None]


def test_a_freeze_and_a_closed_time_may_be_of_hours():
    hours = {"from": "go-live-1T18:00", "to": "go-live+1T06:00"}
    span = (at(GO_LIVE - 1, 18), at(GO_LIVE + 1, 5), 6 + DAY + 6)
    assert blocked(freezes=[hours | {"wave": "w1"}]) == [span, None]
    assert blocked(finance={"closed": [hours]}) == [span, None]


def test_dates_move_with_the_wave_and_the_document_says_the_same():
    entry = task("t", department="finance", deadline="go-live-2T18:00")
    tree = rollout(waves=[W1], tasks=[entry])
    before = problem_from_tree(tree)
    tree["waves"] = [W1 | {"go_live": "2027-01-27"}]
    assert problem_from_tree(tree).tasks[0].deadline == before.tasks[0].deadline + 2 * DAY
    assert absolute(tree)["tasks"][0]["deadline"] == "2027-01-25T18:00"
    assert tree["tasks"][0]["deadline"] == "go-live-2T18:00"


def test_what_is_not_distinguished_from_go_live_is_left_alone():
    for odd in (
        None,
        [],
        {"tasks": 3, "freezes": [1]},
        {"tasks": [{"due": "go-live"}], "waves": {}},
    ):
        assert absolute(odd) == odd
    tree = rollout(waves=[W1 | {"go_live": "soon"}], tasks=[task("t", wave="w1", due="go-live")])
    assert absolute(tree) == tree
