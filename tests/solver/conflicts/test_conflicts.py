"""What rules work out is named in full: each kind of fact, in the smallest document that has it."""

from __future__ import annotations

from typing import Any

import pytest

from allocator.facts.wording import SENTENCES, sentence
from allocator.formats.document import problem_from_tree
from allocator.outcome import Feasible, Infeasible, Optimal
from allocator.plan import OpenWork, Plan
from allocator.problem import Problem
from allocator.reasons.common.situation import Situation
from allocator.reasons.late import Late, late_tasks
from allocator.reasons.open_work import open_work
from service.planning import within_budget
from solver.conflicts.entries import prove_late, prove_open
from solver.conflicts.whole import infeasible_because
from solver.settings import Settings
from solver.solve import solve
from tests.support.small import audience, course, department, person, rollout, support, task

MONDAY = "2027-01-11"
FULL_DAY = 8
"""On-duty hours of an office day."""

SAP = [{"skill": "sap", "level": 3}]
ONE_DAY: dict[str, Any] = {"earliest": MONDAY, "deadline": MONDAY}
SETTINGS = Settings(seconds=20, workers=1, deterministic_limit=2)


def for_a_minute() -> float:
    return 60.0


def planned(tree: dict[str, Any], most_people: int | None = None) -> tuple[Problem, Plan]:
    problem = within_budget(problem_from_tree(tree), most_people)
    outcome = solve(problem, SETTINGS)
    assert isinstance(outcome, (Optimal, Feasible))
    return problem, outcome.plan


def opened(tree: dict[str, Any], most_people: int | None = None) -> dict[str, OpenWork]:
    """The open work of the best plan after proving, by id and seat."""
    problem, plan = planned(tree, most_people)
    found = prove_open(tree, problem, plan, open_work(problem, plan), for_a_minute)
    return {it.id if it.seat in (None, 0) else f"{it.id}/{it.seat}": it for it in found}


def stated(entry: OpenWork | Late, number: int = 0) -> set[str]:
    """The facts of a conflict, in words; it has been shown to be minimal."""
    assert entry.conflicts[number].minimal
    return {sentence(it) for it in entry.conflicts[number].facts}


def test_a_chain_through_another_task_is_named_to_its_end() -> None:
    """Ana alone does hr; bor could take her other task, but is away on the only day of both."""
    tree = rollout(
        skills=[{"id": "sap"}, {"id": "hr"}],
        people=[
            person("ana", skills=[*SAP, {"skill": "hr", "level": 3}]),
            person("bor", skills=SAP, absences=[{"from": MONDAY, "to": MONDAY}]),
        ],
        tasks=[
            task("first", FULL_DAY, priority=5, **ONE_DAY),
            task("second", crew=[{"skill": "hr", "level": 3, "hours": FULL_DAY}], **ONE_DAY),
        ],
    )
    assert stated(opened(tree)["second"]) == {
        "first is planned",
        "bor is away from 2027-01-11 to 2027-01-11",
        "first has to end by 2027-01-11",
        "second has to end by 2027-01-11",
        "only ana has hr level 3",
        "only ana and bor have sap level 3",
    }


def test_work_that_would_come_first_is_named_too() -> None:
    """One day of Ana, three tasks of a day: with `high` gone the next in the queue has her."""
    tree = rollout(
        people=[person("ana")],
        tasks=[
            task("low", FULL_DAY, priority=1, **ONE_DAY),
            task("high", FULL_DAY, priority=5, **ONE_DAY),
            task("middle", FULL_DAY, priority=3, **ONE_DAY),
        ],
    )
    found = opened(tree)
    assert [{it.code for it in one.facts} for one in found["low"].conflicts] == [
        {"work", "deadline", "skill"},
        {"rival", "deadline", "skill"},
    ]
    assert "middle is open too and counts no less" in stated(found["low"], 1)
    assert len(found["middle"].conflicts) == 1


def test_two_pins_are_named_both() -> None:
    """Each of the two who are needed is pinned elsewhere; one pin less is not enough."""
    tree = rollout(
        people=[person("ana"), person("bor"), person("cene")],
        tasks=[
            task("one", FULL_DAY, priority=5, pin={"people": ["ana"]}, **ONE_DAY),
            task("other", FULL_DAY, priority=5, pin={"people": ["bor"]}, **ONE_DAY),
            task("both", FULL_DAY, 2, priority=1, **ONE_DAY),
        ],
    )
    assert stated(opened(tree)["both"]) >= {
        "one is planned",
        "other is planned",
        "only ana, bor and cene have sap level 3",
    }


def test_one_person_cannot_take_two_seats() -> None:
    crew = [{"skill": "sap", "level": 3, "hours": 2}, {"skill": "teach", "level": 3, "hours": 2}]
    tree = rollout(people=[person("ana")], tasks=[task("t", crew=crew)])
    facts = {"only ana has sap level 3", "only ana has teach level 3"}
    assert stated(opened(tree)["t"]) == facts
    assert opened(tree)["t"].reason.startswith("it cannot be done: ")


def test_each_seat_has_its_own_reason_first() -> None:
    """Ana is away throughout; and hr, of the other seat, has nobody."""
    crew = [{"skill": "sap", "level": 3, "hours": 2}, {"skill": "hr", "level": 3, "hours": 2}]
    away = [{"from": MONDAY, "to": "2027-02-07"}]
    tree = rollout(
        skills=[{"id": "sap"}, {"id": "hr"}],
        people=[person("ana", skills=SAP, absences=away)],
        tasks=[task("t", crew=crew)],
    )
    found = opened(tree)
    assert stated(found["t"]) == {
        "only ana has sap level 3",
        "ana is away from 2027-01-11 to 2027-02-07",
        "the rollout ends on 2027-02-07",
    }
    assert stated(found["t/1"]) == {"nobody has hr level 3"}
    assert stated(found["t"], 1) == {"nobody has hr level 3"}


def frozen() -> dict[str, Any]:
    """What is published of Ana for Monday is frozen until Tuesday."""
    tree = rollout(people=[person("ana")], tasks=[task("known", FULL_DAY)])
    booking = {"task": "known", "start": "2027-01-11T08:00", "end": "2027-01-11T17:00"}
    crew = [{"seat": 0, "person": "ana", "start": booking["start"], "end": booking["end"]}]
    plan = {"schema": "plan/1", "tasks": [booking | {"crew": crew}]}
    tree["tasks"].append(task("urgent", FULL_DAY, priority=1, **ONE_DAY))
    tree["published"] = {"frozen_until": "2027-01-12", "plan": plan}
    return tree


def test_a_frozen_booking_is_named() -> None:
    assert stated(opened(frozen())["urgent"]) == {
        "known is planned",
        "what starts before 2027-01-12 stays as published",
        "urgent has to end by 2027-01-11",
        "only ana has sap level 3",
    }


def test_the_change_budget_is_named() -> None:
    """Nothing is frozen, but nobody may be notified anything new."""
    tree = frozen()
    del tree["published"]["frozen_until"]
    assert "the change budget is 0" in stated(opened(tree, most_people=0)["urgent"])


def test_a_limit_behind_other_work_is_named() -> None:
    """Ana may work 8 h a week, and has them on Monday; on the other days she would be free."""
    week: dict[str, Any] = {"earliest": MONDAY, "deadline": "2027-01-15"}
    tree = rollout(
        people=[person("ana", limits={"hours_per_week": FULL_DAY})],
        tasks=[task("first", FULL_DAY, priority=5, **week), task("second", FULL_DAY, **week)],
    )
    assert stated(opened(tree)["second"]) == {
        "first is planned",
        "first has to end by 2027-01-15",
        "second has to end by 2027-01-15",
        "ana works at most 8 h a week",
        "only ana has sap level 3",
    }


def test_the_budget_is_short_by_those_who_are_there() -> None:
    """Cheap Cene, at 10 an hour, is away; with Ana at 60 the task costs 120, beyond 100."""
    cheap = person("cene", cost_per_hour=10, absences=[{"from": MONDAY, "to": "2027-02-07"}])
    tree = rollout(
        people=[person("ana"), cheap],
        projects=[{"id": "erp", "budget": 100}],
        tasks=[task("t", 2)],
    )
    assert stated(opened(tree)["t"]) == {
        "the budget of erp is 100",
        "cene is away from 2027-01-11 to 2027-02-07",
        "only ana and cene have sap level 3",
        "the rollout ends on 2027-02-07",
    }


def test_what_comes_after_work_that_cannot_be_done_cannot_either() -> None:
    hard = task("hard", crew=[{"skill": "sap", "level": 5, "hours": 2}])
    tree = rollout(tasks=[hard, task("then", after=["hard"])])
    assert stated(opened(tree)["then"]) == {
        "then comes after hard",
        "nobody has sap level 5 (ana and bor at a lower level)",
    }


def test_learners_without_a_teacher_of_their_language() -> None:
    tree = rollout(courses=[course()], audiences=[audience(language="hu")])
    assert stated(opened(tree)["c-basic"]) == {
        "clerks learn in hu",
        "only ana and bor have teach level 3",
    }


def test_a_shift_without_people() -> None:
    tree = rollout(
        departments=[department(headcount=10)],
        people=[person("ana", skills=[{"skill": "sap", "level": 2}])],
        waves=[{"id": "w1", "project": "erp", "departments": ["finance"], "go_live": MONDAY}],
        support=[support()],
    )
    facts = {"nobody has sap level 3 (ana at a lower level)"}
    assert stated(opened(tree)["s-w1"]) == facts


def test_work_that_fits_beside_all_else_is_said_to_be_possible() -> None:
    """It would cost 120 to save nothing: open work has no price."""
    tree = rollout(goals={"prices": {"open_work": 0}}, tasks=[task("t", 2)])
    found = opened(tree)["t"]
    assert found.conflicts == ()
    assert found.reason.startswith("it can be done beside all that is planned")


def test_a_late_task_names_those_who_hold_others() -> None:
    away = [{"from": MONDAY, "to": "2027-01-15"}]
    tree = rollout(
        people=[person("ana", absences=away, cost_per_hour=40), person("bor")],
        tasks=[
            task("late", FULL_DAY, due=MONDAY),
            task("in-time", FULL_DAY, due=MONDAY, priority=5),
        ],
    )
    problem, plan = planned(tree)
    late = late_tasks(Situation(problem, plan))
    (found,) = prove_late(tree, problem, plan, late, for_a_minute)
    assert stated(found) == {
        "in-time is in time",
        "late is due on 2027-01-11",
        "in-time is due on 2027-01-11",
        "ana is away from 2027-01-11 to 2027-01-15",
        "only ana and bor have sap level 3",
    }


def test_an_infeasible_document_names_what_excludes_each_other() -> None:
    away = [{"from": MONDAY, "to": "2027-01-14"}]
    tree = rollout(
        people=[person("ana", absences=away)],
        goals={"prices": {"open_work": "forbidden"}},
        tasks=[task("t", FULL_DAY, deadline="2027-01-14"), task("other", FULL_DAY)],
    )
    problem = problem_from_tree(tree)
    assert isinstance(solve(problem, SETTINGS), Infeasible)
    found = infeasible_because(tree, problem, for_a_minute)
    assert found is not None
    assert found.minimal
    assert {sentence(it) for it in found.facts} == {
        "t is planned",
        "t has to end by 2027-01-14",
        "ana is away from 2027-01-11 to 2027-01-14",
        "only ana has sap level 3",
    }


def test_without_time_nothing_is_claimed() -> None:
    tree = rollout(tasks=[task("t", crew=[{"skill": "sap", "level": 5, "hours": 2}])])
    problem, plan = planned(tree)
    entries = open_work(problem, plan)
    assert prove_open(tree, problem, plan, entries, lambda: 0.0) == entries


@pytest.mark.parametrize("code", ["skill", "absence", "deadline"])
def test_paths_lead_to_the_place_in_the_document(code: str) -> None:
    away = [{"from": MONDAY, "to": MONDAY}]
    tree = rollout(
        people=[person("ana", absences=away)],
        tasks=[task("other"), task("t", 2, deadline=MONDAY)],
    )
    paths = {it.code: it.path for it in opened(tree)["t"].conflicts[0].facts}
    wanted = {
        "skill": "people",
        "absence": "people[0].absences[0]",
        "deadline": "tasks[1].deadline",
    }
    assert paths[code] == wanted[code]
    assert code in SENTENCES


def test_work_that_no_working_day_is_long_enough_for_says_so() -> None:
    """Eleven hours in one sitting, in days of eight: there is no other fact to take away."""
    found = opened(rollout(tasks=[task("t-a", hours=11, splittable=False)]))
    (entry,) = found.values()
    assert entry.reason == "it cannot be done: working hours leave no time for t-a"
    assert [it.code for it in entry.conflicts[0].facts] == ["hours"]
