"""The check as a whole: rules in order, terms at their prices."""

from dataclasses import replace

from allocator.check import check, score
from allocator.rules import RULES
from tests.support.small import (
    at,
    audience,
    booked,
    class_problem,
    held,
    plan_of,
    published,
    task,
)


def rollout_of_everything():
    return class_problem(tasks=[task("t-a")], audiences=[audience(headcount=5)])


def test_a_good_plan_has_no_violations_and_the_sum_of_its_terms_as_total() -> None:
    problem = rollout_of_everything()
    work = booked(problem, "t-a", ("bor", at(0, 8), at(0, 10)))
    checked = check(problem, plan_of(work, held(problem, at(0, 8), {"clerks": 5})))
    assert checked.violations == ()
    assert checked.score.total == sum(term.amount * term.price for term in checked.score.terms)
    assert checked.score.amount("open_work") == 0
    assert checked.score.amount("finish") == 10


def test_an_empty_plan_breaks_no_rule() -> None:
    problem = rollout_of_everything()
    assert check(problem, plan_of()).violations == ()


def test_violations_come_in_the_order_of_the_rules() -> None:
    problem = rollout_of_everything()
    work = booked(problem, "t-a", ("ana", at(0, 7), at(0, 9)))
    twice = held(problem, at(0, 8), {"clerks": 5})
    found = [violation.rule for violation in check(problem, plan_of(work, twice, twice)).violations]
    assert found == sorted(found, key=list(RULES).index)
    assert {"one_at_a_time", "working_time", "class_fit"} <= set(found)


def test_a_term_is_priced_by_the_goals() -> None:
    problem = class_problem(
        goals={"preset": "balanced", "prices": {"finish": 7, "cost": "forbidden"}}
    )
    terms = {term.term: term for term in score(problem, plan_of()).terms}
    assert terms["finish"].price == 7
    assert terms["cost"].price is None
    assert terms["open_work"].total == 1000 * terms["open_work"].amount


def test_times_that_make_no_sense_are_reported_and_never_raise() -> None:
    problem = rollout_of_everything()
    work = booked(problem, "t-a", ("bor", at(0, 8), at(0, 10)))
    session = held(problem, at(0, 8), {"clerks": 5})
    as_published = published(problem, plan_of(work, session), at(5, 0))
    for start, end in [(-500, -400), (10, 8), (5, 5), (-5, 10**4), (10**5, 10**5 + 2)]:
        seat = replace(work.crew[0], start=start, end=end)
        nonsense = plan_of(
            replace(work, start=start, end=end, crew=(seat,)),
            replace(session, start=start, end=end),
        )
        assert check(problem, nonsense).violations
        assert check(as_published, nonsense).violations
