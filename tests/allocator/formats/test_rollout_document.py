"""What a rollout document means, field by field, in slots, cents and heads."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from allocator.formats.document import problem_from_tree, read_problem
from allocator.formats.text.tree import canonical_json, dump_json, sha256
from allocator.problem import Line, Link, Mastery, ShiftNeed, Wish
from allocator.terms import TERMS
from tests.support.everything import ROLLOUT, after_change, at, tree


@pytest.fixture(scope="module")
def problem():
    return problem_from_tree(tree())


def test_the_rollout_spans_its_days_less_the_hour_that_the_clocks_skip(problem):
    assert problem.horizon == 21 * 48 - 2


def test_as_of_is_a_slot_and_the_start_by_default(problem):
    later = tree()
    del later["as_of"]
    assert problem.as_of == at(0, 8)
    assert problem_from_tree(later).as_of == 0


def test_yaml_and_json_are_the_same_document_with_the_same_fingerprint(problem):
    from_json = read_problem(dump_json(tree()).encode())
    assert from_json.sha256 == problem.sha256 == sha256(tree())
    assert from_json.tasks == problem.tasks


def test_canonical_json_has_sorted_keys_no_blanks_and_plain_utf8():
    assert canonical_json({"b": "č", "a": [1, 0.5, None]}) == '{"a":[1,0.5,null],"b":"č"}'.encode()


def test_a_calendar_works_its_stretches_and_pauses_between_them(problem):
    office = problem.sites[0].working
    assert np.flatnonzero(office.duty[: at(1, 0)]).tolist() == [
        *range(at(0, 8), at(0, 12)),
        *range(at(0, 12.5), at(0, 16.5)),
    ]
    assert np.flatnonzero(office.pause[: at(1, 0)]).tolist() == [at(0, 12)]


def test_a_gap_of_60_minutes_is_a_pause_and_a_longer_one_is_not():
    spoiled = tree()
    weekly = {"mon": ["08:00-10:00", "11:00-12:00", "13:30-15:00"]}
    spoiled["calendars"][0]["weekly"] = weekly
    office = problem_from_tree(spoiled).sites[0].working
    assert np.flatnonzero(office.pause[: at(1, 0)]).tolist() == [at(0, 10), at(0, 10.5)]


def test_nobody_works_on_a_holiday(problem):
    monday = slice(after_change(7, 0), after_change(8, 0))
    assert not problem.sites[0].working.duty[monday].any()
    assert not problem.sites[0].working.pause[monday].any()


def test_a_night_before_the_clocks_change_loses_the_hour_that_does_not_exist():
    document = tree()
    document["people"][2]["calendar"] = "floor"
    working = problem_from_tree(document).people[2].working
    saturday, sunday = (at(5, 20), at(6, 0)), (at(6, 0), at(6, 6) - 2)
    assert working.on_duty(*saturday) == 4 * 2
    assert working.on_duty(*sunday) == (6 - 1) * 2
    assert working.on_duty(at(6, 0), after_change(7, 0)) == (6 - 1) * 2


def test_a_site_with_its_own_zone_keeps_its_own_hours(problem):
    there = problem.sites[1]
    assert problem.axis.zones == ("Europe/Ljubljana", "Europe/London")
    assert there.zone == 1
    assert np.flatnonzero(there.working.duty)[0] == at(0, 8 + 1)  # London is an hour behind


def test_those_with_the_same_calendar_and_zone_share_their_working_time(problem):
    assert problem.people[1].working is problem.people[2].working
    assert problem.people[1].working is problem.rooms[0].working
    assert problem.people[3].working is problem.sites[1].working


def test_absences_by_date_take_whole_days_and_by_moment_just_their_span(problem):
    ana = problem.people[0]
    assert ana.absences == (
        (at(3, 0), at(5, 0), ""),
        (after_change(10, 8), after_change(10, 10), ""),
    )
    assert ana.working.on_duty(at(3, 0), at(5, 0)) == 0
    assert ana.working.on_duty(after_change(10, 0), after_change(11, 0)) == (8 - 2) * 2


def test_a_person_has_skills_limits_cost_and_wishes(problem):
    ana, bor = problem.people[:2]
    assert ana.skills == (Mastery(0, 4, after_change(12, 0)), Mastery(1, 3, None))
    assert (ana.hours_per_day, ana.hours_per_week, ana.class_hours_per_day) == (16, 80, 12)
    assert ana.cents_per_hour == 6250
    assert bor.cents_per_hour == 29
    assert ana.wishes == (Wish(after_change(15, 0), after_change(17, 0), 2),)
    assert (ana.vendor, problem.people[3].vendor) == (None, 0)
    assert ana.languages == {"sl", "en"}
    assert bor.hours_per_day is None


def test_lead_days_run_from_midnight_of_the_day_of_as_of(problem):
    acme = problem.vendors[0]
    assert (acme.available_from, acme.minimum_per_day) == (at(2, 0), 8)


def test_travel_holds_in_both_directions_and_is_rounded_up_to_slots(problem):
    assert problem.travel == ((0, 4), (4, 0))  # 100 minutes are 3.3 slots


def test_travel_given_in_both_directions_may_differ():
    document = tree()
    document["travel"].append({"from": "ld", "to": "lj", "minutes": 30})
    assert problem_from_tree(document).travel == ((0, 4), (1, 0))


@pytest.mark.parametrize(
    ("share", "headcount", "heads"), [(0.29, 100, 29), (0.29, 40, 11), (0.01, 40, 1), (1, 7, 7)]
)
def test_a_release_limit_is_an_exact_share_and_at_least_one_head(share, headcount, heads):
    document = tree()
    document["departments"][1] |= {"release_limit": share, "headcount": headcount}
    assert problem_from_tree(document).departments[1].release_heads == heads


def test_blocked_are_closed_days_and_the_freezes_of_the_department_or_of_all(problem):
    shop, depot = problem.departments

    def blocked(department):
        days = problem.days[department.zone]
        return {
            day for day in range(21) if department.blocked[slice(*days.bounds(day))].all()
        }, int(department.blocked.sum())

    assert blocked(shop) == ({9, 17}, 2 * 48)
    assert blocked(depot) == ({14, 15, 17}, 3 * 48)


def test_a_green_light_opens_at_the_midnight_of_its_day_in_the_departments_zone(problem):
    granted, pending = (department.green_light for department in problem.departments)
    assert (granted.status, granted.day, granted.opens) == ("granted", 2, at(2, 0))
    assert (pending.status, pending.day, pending.opens) == ("pending", 10, after_change(10, 1))


def test_a_refused_green_light_never_opens_and_one_without_a_date_is_open():
    document = tree()
    document["departments"][0]["green_light"] = {"status": "refused"}
    document["departments"][1]["green_light"] = {"status": "granted"}
    problem = problem_from_tree(document)
    refused, granted = (department.green_light for department in problem.departments)
    assert (refused.day, refused.opens) == (None, problem.horizon)
    assert (granted.day, granted.opens) == (None, 0)


def test_named_members_who_have_all_held_a_course_need_not_be_listed():
    document = tree()
    held = {"course": "c-basic", "heads": 2, "on": "2027-03-23"}
    document["audiences"][1]["trained"] = [held]
    problem = problem_from_tree(document)
    assert problem.audiences[1].trained[0].members == (1, 2)
    assert problem.untrained(1, 1) == 0


def test_projects_have_budgets_in_cents_and_a_priority_of_3_by_default(problem):
    assert [(project.priority, project.budget) for project in problem.projects] == [
        (5, 1200050),
        (3, None),
    ]


def test_a_task_takes_its_priority_from_its_project_unless_it_has_its_own(problem):
    assert [task.priority for task in problem.tasks] == [5, 5, 3, 1]


def test_done_hours_shorten_every_line_of_the_crew(problem):
    assert problem.tasks[0].crew == (Line(0, 2, 2, (16 - 6) * 2), Line(0, 3, 1, (8 - 6) * 2))


def test_a_task_has_links_windows_pairing_pins_and_a_finish(problem):
    install, config, old, meet = problem.tasks
    assert install.splittable
    assert (install.earliest, install.due, install.zone) == (0, None, 0)
    assert config.after == (Link(0, "FS", 0), Link(2, "SS", 8 * 2))
    assert not config.splittable
    assert (config.earliest, config.due, config.deadline) == (
        at(2, 0),
        at(5, 0),
        after_change(12, 0),
    )
    assert config.crew == (Line(0, 1, 1, 9),)
    assert (config.same_people_as, meet.different_people_from) == (0, 2)
    assert old.finished == at(-1, 0)
    assert (meet.pin_start, meet.pin_people) == (after_change(8, 10 + 1), (0,))


def test_a_course_has_a_length_trainers_a_size_and_a_window(problem):
    intro, basic = problem.courses
    assert (intro.virtual, intro.smallest, intro.largest, intro.trainers) == (True, 1, 20, ())
    assert (basic.length, basic.trainers) == (8, (Line(1, 3, 1, 8),))
    assert (basic.after, basic.materials, basic.grants) == ((0,), 1, (2, 1))
    assert basic.equipment == {"pc"}
    assert problem.training_days(1, 0) == (7 - 7, 7 - 2)
    assert problem.training_days(0, 0) is None


def test_an_audience_of_named_people_has_as_many_heads_as_names(problem):
    clerks, seniors, _ = problem.audiences
    assert (clerks.headcount, clerks.members) == (30, ())
    assert (seniors.headcount, seniors.members) == (2, (1, 2))
    assert clerks.working is problem.sites[0].working


def test_trained_heads_have_ended_the_course_when_their_day_ends(problem):
    held = problem.audiences[0].trained[0]
    assert (held.course, held.heads, held.members, held.at, held.day) == (0, 12, (), at(-1, 0), -2)


def test_day_1_of_support_is_the_first_working_day_from_go_live_on(problem):
    # Go-live is on the holiday of day 7, so the working days are 8, 9, 10 and 11; the third has
    # no place in the curve. 40 users need ceil(40 / 15) = 3 and ceil(40 / 40) = 1 supporters.
    def shift(day, people):
        return ShiftNeed(0, 0, day, after_change(day, 8), after_change(day, 16), people)

    assert problem.shifts == (shift(8, 3), shift(9, 3), shift(11, 1))


def test_support_ends_with_the_rollout():
    document = tree()
    document["end"] = "2027-03-31"
    assert [shift.day for shift in problem_from_tree(document).shifts] == [8, 9]


def test_prices_are_the_presets_with_single_ones_overridden(problem):
    assert problem.goals.preset == "calm"
    assert dict(zip(TERMS, problem.goals.prices, strict=True)) == {
        "open_work": 1000,
        "lateness": 40,
        "change": 250,
        "cost": Fraction(1, 2),
        "wishes": 20,
        "unfairness": 5,
        "finish": None,
    }


def test_the_default_preset_is_balanced_with_a_tenth_for_an_hour_of_finish():
    document = tree()
    del document["goals"]
    goals = problem_from_tree(document).goals
    assert (goals.preset, goals.price("finish")) == ("balanced", Fraction(1, 10))


def test_another_preset_leaves_single_prices_and_the_fingerprint(problem):
    other = problem_from_tree(tree(), preset="fair")
    assert (other.goals.price("wishes"), other.goals.price("lateness")) == (100, 40)
    assert other.sha256 == problem.sha256


def test_reading_text_finds_the_same_problem_as_reading_its_tree(problem):
    read = read_problem(ROLLOUT.encode())
    assert replace(read.goals) == problem.goals
    assert read.courses == problem.courses
