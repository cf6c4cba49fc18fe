"""Meaning and posting agree: the model accepts a plan just where the check finds no violation."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from allocator.check import check
from allocator.plan import Plan
from allocator.problem import Problem, Published
from solver.model.decode import decode
from tests.agreement.fixing import any_plan, compiled, model_total, solved
from tests.agreement.plans import mutants, plans
from tests.agreement.settings import EXAMPLES
from tests.agreement.under_way import under_way
from tests.support.strategies import problems


@st.composite
def with_published(draw: st.DrawFn, problem: Problem) -> Problem:
    """The same rollout after some plan of it was published, part of it frozen."""
    if draw(st.integers(0, 9)) < 6:
        return problem
    seed = draw(st.integers(0, 99))
    plan = any_plan(replace(problem, as_of=0), seed) if draw(st.booleans()) else None
    if plan is None:
        plan = draw(plans(problem))
    frozen_until = draw(st.sampled_from((0, 10, 24, 34, 58)))
    return replace(problem, published=Published(plan, frozen_until))


@st.composite
def rollouts(draw: st.DrawFn, *, tiny: bool = False) -> Problem:
    """A drawn problem, some of them with something published, and some of it done."""
    if draw(st.integers(0, 9)) < 4:
        return draw(under_way(tiny=tiny))
    return draw(with_published(draw(problems(tiny=tiny))))


def agrees(problem: Problem, plan: Plan) -> bool:
    """Whether model and check say the same of a plan; True also says that the totals are equal."""
    checked = check(problem, plan)
    forbidden = any(term.price is None and term.amount > 0 for term in checked.score.terms)
    good = not checked.violations and not forbidden
    total = model_total(problem, plan)
    assert (total is not None) == good, (total, checked)
    assert total is None or total == checked.score.total, (total, checked.score)
    return good


@EXAMPLES
@given(st.data())
def test_the_model_accepts_a_plan_drawn_by_the_meaning_just_where_the_check_does(
    data: st.DataObject,
) -> None:
    problem = data.draw(rollouts())
    base = (
        Plan()
        if problem.published is None
        else data.draw(st.sampled_from((Plan(), problem.published.plan)))
    )
    agrees(problem, data.draw(plans(problem, base)))


@EXAMPLES
@given(rollouts(), st.integers(0, 99))
def test_every_plan_of_the_model_breaks_no_rule_and_costs_what_the_model_says(
    problem: Problem, seed: int
) -> None:
    plan = any_plan(problem, seed)
    assert plan is None or agrees(problem, plan)


@EXAMPLES
@given(rollouts())
def test_the_best_plan_of_the_model_breaks_no_rule_and_costs_what_the_model_says(
    problem: Problem,
) -> None:
    whole = compiled(problem)
    solver = solved(whole.model.cp)
    found = [] if solver is None else [decode(whole.model, solver.value)]
    for plan in found:
        checked = check(problem, plan)
        assert checked.violations == ()
        assert checked.score.total == whole.total(solver.objective_value)


@EXAMPLES
@given(st.data())
def test_the_model_accepts_a_changed_plan_just_where_the_check_does(data: st.DataObject) -> None:
    problem = data.draw(rollouts())
    plan = any_plan(problem, data.draw(st.integers(0, 99)))
    agrees(problem, data.draw(mutants(problem, Plan() if plan is None else plan)))
