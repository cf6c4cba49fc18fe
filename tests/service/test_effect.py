"""What a change does: measured against a control, undecided within the noise, proved by bounds."""

import random
from fractions import Fraction

import pytest

from allocator.formats.document import problem_from_tree
from allocator.formats.plan.write import plan_tree
from service.edits.apply import applied
from service.edits.changes import Absent, Due, Leave, OneMore, PriceOf
from service.plans.effect import Solved, measure
from solver.candidates.candidates import Candidates
from solver.first_plan.build import first_plan
from tests.support.drawn import tree
from tests.support.small import at, booked, person, plan_of, rollout, task

COST = {"cost": 1, "open_work": 1000, "lateness": 10, "finish": 0, "unfairness": 0}


def tree_of(**parts):
    """A task of eight hours that cheap Ana can do for 10 an hour and Bor for 60."""
    people = [person("ana", cost_per_hour=10), person("bor")]
    return rollout(
        **({"people": people, "tasks": [task("t-a", hours=8)], "goals": {"prices": COST}} | parts)
    )


def solved(tree, *work, bound=0):
    problem = problem_from_tree(tree)
    return Solved(
        problem, plan_tree(problem, plan_of(*(make(problem) for make in work))), Fraction(bound)
    )


def by(who, day=0):
    return lambda problem: booked(problem, "t-a", (who, at(day, 8), at(day, 17)))


def document(tree, *work):
    return solved(tree, *work).plan


TREE = tree_of()
# Ana's eight hours cost 80, Bor's 480; left open they weigh 8 h x priority 3 x 1000.
ANA, BOR, OPEN = 80, 480, 24_000


@pytest.mark.parametrize("lucky", ["the control", "the plan with the change"])
def test_a_change_of_nothing_has_no_effect_whichever_search_was_luckier(lucky):
    plans = [solved(TREE, by("ana")), solved(TREE, by("bor"))]
    base, changed = plans if lucky == "the control" else plans[::-1]
    effect = measure(base, changed, document(TREE, by("bor")), alike=True)
    assert (effect.total.before, effect.total.after, effect.total.verdict) == (ANA, ANA, "none")
    assert {it.verdict for it in effect.terms.values()} == {"none"}
    assert effect.before.own != effect.after.own  # the same plan stands for both sides


def test_one_person_more_never_looks_worse_as_the_plan_may_stay_as_it_is():
    more = applied(TREE, [OneMore(edit="one_more", like="bor", id="cyn")])
    effect = measure(
        solved(TREE, by("ana")), solved(more, by("cyn")), document(TREE, by("ana")), alike=True
    )
    assert (effect.total.after, effect.total.verdict, effect.after.own) == (ANA, "none", False)


def test_unfairness_among_other_people_is_no_effect_of_one_person_more():
    prices = COST | {"unfairness": 5}
    tree = tree_of(goals={"prices": prices})
    more = applied(tree, [OneMore(edit="one_more", like="bor", id="cyn")])
    base = solved(tree, by("ana"))
    effect = measure(base, solved(more, by("ana")), base.plan, alike=True)
    # Ana has 8 h more than nobody else: above 110 % of the mean of two (4.4) by 3.6 h, of three by
    # 8 - 1.1 x 8 / 3 = 5.0667 h.
    assert effect.before.score.amount("unfairness") == Fraction(36, 10)
    assert effect.after.score.amount("unfairness") == 8 - Fraction(11, 10) * Fraction(8, 3)
    assert effect.total.verdict == effect.terms["unfairness"].verdict == "none"


def test_taking_the_sole_holder_of_a_skill_away_is_worse_and_never_better():
    tree = tree_of(people=[person("ana", cost_per_hour=10), person("bor", skills=[])])
    gone = applied(
        tree, [Absent(edit="absent", person="ana", **{"from": "2027-01-11"}, to="2027-02-07")]
    )
    base, changed = solved(tree, by("ana")), solved(gone)
    effect = measure(base, changed, base.plan, alike=True)
    assert (effect.total.before, effect.total.after, effect.total.verdict) == (ANA, OPEN, "worse")
    # The control has found nothing, the other search neither: what is left open is open without
    # the change as well.
    nothing = measure(solved(tree), changed, base.plan, alike=True)
    assert nothing.total.verdict == "none"


def test_an_effect_within_the_noise_is_undecided_and_beyond_it_is_reported():
    later = applied(
        TREE, [Absent(edit="absent", person="ana", **{"from": "2027-01-11"}, to="2027-02-07")]
    )
    base, changed = solved(TREE, by("ana")), solved(later, by("bor"))
    effect = BOR - ANA
    # Both began with a plan of Bor's: the same effort, with nothing changed, has saved as much.
    within = measure(base, changed, document(TREE, by("bor")), alike=True)
    assert (within.total.noise, within.total.verdict) == (effect, "undecided")
    assert within.terms["cost"].verdict == "undecided"
    beyond = measure(base, changed, document(TREE, by("ana")), alike=True)
    assert (beyond.total.noise, beyond.total.verdict) == (0, "worse")
    assert beyond.terms["cost"].verdict == "worse"


def test_without_equal_effort_or_a_plan_to_begin_with_only_a_proof_decides():
    later = applied(
        TREE, [Absent(edit="absent", person="ana", **{"from": "2027-01-11"}, to="2027-02-07")]
    )
    base = solved(TREE, by("ana"))
    start = document(TREE, by("ana"))
    unproved = solved(later, by("bor"), bound=ANA)
    assert measure(base, unproved, start, alike=False).total.verdict == "undecided"
    assert measure(base, unproved, None, alike=True).total.verdict == "undecided"
    proved = solved(later, by("bor"), bound=BOR)
    assert measure(base, proved, None, alike=False).total.verdict == "proved worse"
    back = measure(solved(later, by("bor"), bound=BOR), base, None, alike=False)
    assert back.total.verdict == "proved better"


def test_totals_at_different_prices_are_not_compared_but_their_terms_are():
    dearer = applied(TREE, [PriceOf(edit="price", term="cost", price=2)])
    effect = measure(
        solved(TREE, by("ana")), solved(dearer, by("ana")), document(TREE, by("ana")), alike=True
    )
    assert effect.total is None
    assert effect.terms["cost"].verdict == "none"


def test_an_earlier_due_day_is_worse_although_the_plan_holds():
    tree = tree_of(tasks=[task("t-a", hours=8, due="2027-01-13")])
    earlier = applied(tree, [Due(edit="due", task="t-a", due="2027-01-11")])
    base = solved(tree, by("ana", day=1))
    effect = measure(base, solved(earlier, by("ana", day=1)), base.plan, alike=True)
    # Due to the end of Monday, done on Tuesday at 17:00: 17 h late at 10 an hour x priority 3.
    assert effect.terms["lateness"].verdict == "worse"
    assert effect.total.verdict == "worse"
    assert effect.total.after - effect.total.before == 10 * effect.after.score.amount("lateness")


def first(tree, seed):
    """A side with the first plan that a search has: quick, and another one for each seed."""
    problem = problem_from_tree(tree)
    return Solved(problem, plan_tree(problem, first_plan(Candidates(problem), seed)), Fraction(0))


@pytest.mark.parametrize("seed", range(5))
def test_whatever_the_searches_find_who_leaves_is_no_gain_who_comes_no_loss_and_nothing_nothing(
    seed,
):
    base = tree(random.Random(seed))
    somebody = random.Random(seed).choice(base["people"])["id"]
    leaves = Leave.model_validate({"edit": "leave", "person": somebody, "from": base["start"]})
    comes = OneMore(edit="one_more", like=somebody, id="one-more")
    control, start = first(base, seed), first(base, seed + 1).plan

    def effect_of(*edits):
        changed = first(applied(base, edits), seed + 2)
        return measure(control, changed, start, alike=True).total

    without, more, same = effect_of(leaves), effect_of(comes), effect_of()
    assert without.after >= without.before
    assert more.after <= more.before
    assert same.verdict == "none"
