"""What calendars with nights, weeks in rotation and single dates mean, hour by hour."""

from __future__ import annotations

import numpy as np

from tests.support.small import DAY, at, person, problem_of


def hours(*days, **calendar):
    """The on-duty hours of somebody with a calendar, seen from some days of the rollout."""
    own = {"id": "own"} | calendar
    problem = problem_of(calendars=[OFFICE, own], people=[person("ana", calendar="own")])
    duty = problem.people[0].working.duty
    return [[int(it) for it in np.flatnonzero(duty[at(day, 0) : at(day + 1, 0)])] for day in days]


OFFICE = {"id": "office", "weekly": {"mon": ["08:00-16:00"]}}
NIGHT = ["22:00-06:00"]
LATE, EARLY = [22, 23], [0, 1, 2, 3, 4, 5]


def test_a_night_runs_into_the_next_day():
    assert hours(0, 1, 2, weekly={"mon": NIGHT}) == [LATE, EARLY, []]


def test_the_night_before_the_rollout_runs_into_its_first_day():
    # Day 0 is a Monday: the night of Sunday the 10th ends on it.
    assert hours(0, 6, 7, weekly={"sun": NIGHT}) == [EARLY, LATE, EARLY]


def test_a_night_that_ends_at_midnight_is_an_evening():
    assert hours(0, 1, weekly={"mon": ["22:00-00:00"]}) == [LATE, []]


def test_the_night_before_a_holiday_is_worked_to_its_end_and_that_of_the_holiday_is_not():
    weekly = {"mon": NIGHT, "tue": NIGHT}
    assert hours(0, 1, 2, weekly=weekly, holidays=["2027-01-12"]) == [LATE, EARLY, []]


def test_a_break_within_a_night_is_a_pause_on_its_own_day_only():
    def pauses(weekly):
        own = {"id": "own", "weekly": weekly}
        problem = problem_of(calendars=[OFFICE, own], people=[person("ana", calendar="own")])
        return np.flatnonzero(problem.people[0].working.pause[: 3 * DAY]).tolist()

    # The night of Monday is worked until 02:00, and goes on at 03:00 of Tuesday: 60 minutes.
    assert pauses({"mon": ["22:00-02:00"], "tue": ["03:00-06:00"]}) == [at(1, 2)]
    assert pauses({"mon": ["22:00-02:00"], "tue": ["04:00-06:00"]}) == []
    # A gap at midnight is between stretches of two days.
    assert pauses({"mon": ["20:00-23:00"], "tue": ["00:00-06:00"]}) == []


def test_weeks_come_round_in_turn_from_the_week_of_their_first_day():
    weeks = [{"tue": ["08:00-10:00"]}, {"tue": ["14:00-15:00"]}, {}]
    tuesdays = (1, 8, 15, 22)
    # Day 1 is 2027-01-12. The first of the weeks is that of Thursday the 14th, as of its Monday.
    rotation = {"from": "2027-01-14", "weeks": weeks}
    assert hours(*tuesdays, rotation=rotation) == [[8, 9], [14], [], [8, 9]]
    # It is a fortnight later: then the weeks before are the second and the third of them.
    rotation = {"from": "2027-01-25", "weeks": weeks}
    assert hours(*tuesdays, rotation=rotation) == [[14], [], [8, 9], [14]]


def test_a_date_of_the_roster_has_its_own_hours_whatever_the_week_or_a_holiday_says():
    weekly = {"mon": ["08:00-10:00"], "tue": ["08:00-10:00"], "wed": ["08:00-10:00"]}
    roster = [
        {"date": "2027-01-11", "hours": NIGHT},
        {"date": "2027-01-12", "hours": ["12:00-13:00"]},
        {"date": "2027-01-13"},
    ]
    reported = {"weekly": weekly, "roster": roster, "holidays": ["2027-01-12"]}
    assert hours(0, 1, 2, 7, **reported) == [LATE, [*EARLY, 12], [], [8, 9]]


def test_a_roster_alone_is_a_calendar():
    roster = [{"date": "2027-01-12", "hours": ["12:00-13:00"]}]
    assert hours(0, 1, 8, roster=roster) == [[], [12], []]
