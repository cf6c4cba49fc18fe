"""The hospital of the examples is planned around the clock, and every rule of it holds."""

from __future__ import annotations

from collections import Counter

import pytest

from allocator.check import check
from allocator.formats.document import read_problem, warnings_of
from allocator.views.bookings import person_bookings
from allocator.views.spells import spells
from solver.settings import Settings
from solver.solve import solve
from tests.docs.pages import ROOT

HOSPITAL = read_problem((ROOT / "examples/hospital.yaml").read_bytes())


@pytest.fixture(scope="module")
def plan():
    return solve(HOSPITAL, Settings(seconds=60, workers=1, deterministic_limit=2)).plan


def test_the_document_has_no_warnings():
    assert warnings_of(HOSPITAL) == ()


def test_each_ward_has_a_helper_in_each_shift_but_where_nobody_is_on_duty():
    # Ten days of three shifts in two wards, less the night of the one Sunday: no group of 6 to 8
    # heads is there then, and each other one needs a single helper.
    assert Counter(need.people for need in HOSPITAL.shifts) == {1: 10 * 3 * 2 - 2}


def test_all_is_planned_and_every_rule_is_kept(plan):
    checked = check(HOSPITAL, plan)
    assert checked.violations == ()
    assert checked.score.amount("open_work") == 0
    assert sum(len(shift.people) for shift in plan.shifts) == 58


def test_the_cutover_is_in_the_night_before_go_live(plan):
    (cutover,) = [it for it in plan.tasks if HOSPITAL.tasks[it.task].id == "t-cutover"]
    begins, ends = (HOSPITAL.axis.moment(slot, 0) for slot in (cutover.start, cutover.end))
    assert begins >= "2027-04-11T20:00"
    assert ends <= "2027-04-12T04:00"


def test_helpers_stand_by_night_too_and_have_their_rest(plan):
    nights = [it for it in plan.shifts if HOSPITAL.supports[it.support].id == "s-night"]
    assert len(nights) == 2 * 9
    eleven = 11 * HOSPITAL.axis.slots_per_hour
    for index, bookings in person_bookings(HOSPITAL, plan).items():
        person = HOSPITAL.people[index]
        for spell in spells(person, bookings, eleven):
            assert HOSPITAL.axis.hours(spell.end - spell.start) <= 13
