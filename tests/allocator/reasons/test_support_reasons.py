"""Why supporters are missing on a shift: for each kind of reason a rollout built to have it."""

from typing import Any

from allocator.reasons.open_work import open_work
from tests.support.small import (
    LJ,
    MB,
    W1,
    at,
    booked,
    person,
    plan_of,
    problem_of,
    stood,
    support,
    task,
)

GO_LIVE = 14
"""Day number of 2027-01-25; the shift lasts from 08:00 to 16:00, lunch included."""

TIMES = "2027-01-25T08:00 to 2027-01-25T16:00"


def support_problem(**parts: Any) -> Any:
    """Two supporters are needed on the day of go-live alone."""
    curve = [{"days": "1", "users_per_supporter": 10}]
    return problem_of(**({"waves": [W1], "support": [support(curve=curve)]} | parts))


def reason(*work: Any, on: Any = None, **parts: Any) -> str:
    problem = support_problem(**parts) if on is None else on
    (entry,) = [it for it in open_work(problem, plan_of(*work)) if it.kind == "support"]
    return entry.reason


def test_an_entry_counts_the_supporters_that_are_missing() -> None:
    problem = support_problem()
    (entry,) = open_work(problem, plan_of(stood(problem, GO_LIVE, "ana")))
    assert (entry.id, entry.department, entry.day, entry.people) == (
        "s-w1",
        "finance",
        GO_LIVE,
        20 // 10 - 1,
    )


def test_too_few_have_the_skill() -> None:
    said = reason(people=[person("ana")])
    assert said == "2 people with sap level 3 are needed, only 1 has it (ana)"


def test_too_few_are_on_duty() -> None:
    away = person("bor", absences=[{"from": "2027-01-25T14:00", "to": "2027-01-25T17:00"}])
    assert reason(people=[person("ana"), away]) == (
        f"2 are needed; with sap level 3: 2; on duty from {TIMES}: 1 (not bor)"
    )


def test_a_vendor_that_needs_notice() -> None:
    said = reason(
        vendors=[{"id": "acme", "lead_days": 30, "minimum_hours_per_day": 0}],
        people=[person("ana"), person("bor", vendor="acme")],
    )
    assert said.endswith("after the notice that they or their vendor need: 1 (not bor)")


def test_a_certificate_that_has_ended() -> None:
    skills = [{"skill": "sap", "level": 3, "until": "2027-01-24"}]
    said = reason(people=[person("ana"), person("bor", skills=skills)])
    assert said.endswith("with the skill on that day, by certificate or by class: 1 (not bor)")


def test_people_who_have_other_work() -> None:
    problem = support_problem(tasks=[task("t-a")])
    work = booked(problem, "t-a", ("bor", at(GO_LIVE, 10), at(GO_LIVE, 12)))
    assert reason(work, on=problem) == (
        "2 are needed; with sap level 3: 2; free then: 1 (bor is on t-a until 2027-01-25T12:00)"
    )


def test_every_step_that_loses_someone_is_reported() -> None:
    away = person("cene", absences=[{"from": "2027-01-25", "to": "2027-01-25"}])
    problem = support_problem(people=[person("ana"), person("bor"), away], tasks=[task("t-a")])
    work = booked(problem, "t-a", ("bor", at(GO_LIVE, 10), at(GO_LIVE, 12)))
    assert reason(work, on=problem) == (
        f"2 are needed; with sap level 3: 3; on duty from {TIMES}: 2 (not cene); "
        "free then: 1 (bor is on t-a until 2027-01-25T12:00)"
    )


def test_travel_from_other_work() -> None:
    problem = support_problem(
        sites=[LJ, MB],
        travel=[{"from": "lj", "to": "mb", "minutes": 120}],
        tasks=[task("t-a", hours=1, site="mb")],
    )
    work = booked(problem, "t-a", ("bor", at(GO_LIVE, 16), at(GO_LIVE, 17)))
    assert reason(work, on=problem).endswith("with time for the way to lj: 1 (not bor)")


def test_hours_a_day_that_do_not_allow_the_shift() -> None:
    limited = person("bor", limits={"hours_per_day": 6})
    assert reason(people=[person("ana"), limited]).endswith(
        "within their hours a day and a week: 1 (not bor)"
    )


def test_a_budget_that_does_not_pay_a_supporter() -> None:
    clock_hours, rate = 8, 60
    cost = clock_hours * rate
    problem = support_problem(projects=[{"id": "erp", "budget": 2 * cost - 1}])
    said = reason(stood(problem, GO_LIVE, "ana"), on=problem)
    assert said == (
        f"a further supporter costs at least {cost}.00 EUR, and {cost - 1}.00 EUR are left of the "
        f"budget of erp ({2 * cost - 1}.00 EUR)"
    )


def test_a_shift_in_the_past() -> None:
    said = reason(as_of="2027-01-25T09:00")
    assert said == f"its hours, {TIMES}, have begun already"


def test_a_supporter_who_could_stand_there() -> None:
    problem = support_problem()
    assert reason(stood(problem, GO_LIVE, "ana"), on=problem) == (
        "nothing stands in its way with bor; a longer run may plan it"
    )
