"""Warm start: a plan from before, as far as it still stands, with places for the rest."""

from __future__ import annotations

import random

from allocator.check import check
from allocator.plan import Plan
from solver.candidates.candidates import Candidates
from solver.first_plan.build import place_fixed
from solver.insertion.inserter import Inserter, Work, usual_policy
from solver.insertion.repair import repair
from solver.insertion.replay import published_plan, replay
from solver.ruin_recreate.search import RuinAndRecreate
from solver.settings import Stop
from solver.stopping import never

REPAIRS = 150
"""Steps of ruin and recreate while work is open, so that a single loss does not spoil the base."""


def warm_plan(candidates: Candidates, base: Plan, seed: int, stop: Stop = never) -> Plan:
    """A plan that the check has nothing against, as near to `base` as the rollout now allows.

    First what must stay, then what still stands of the base and of what is published.
    Everything else goes where there is room between, and pushes work away only where there is none.
    """
    inserter = Inserter(candidates)
    if names_what_is_there(base) and not check(candidates.problem, base).violations:
        inserter.ledger.load(base)
    else:
        _book_again(inserter, base, seed)
    search = RuinAndRecreate(inserter, seed)
    for _ in range(REPAIRS):
        if stop() or not (inserter.ledger.running.open or inserter.ledger.faults()):
            break
        search.step()
    return search.best


def _book_again(inserter: Inserter, base: Plan, seed: int) -> None:
    """Book what still stands of a base, then what is missing where there is room or it is made."""
    ledger, policy = inserter.ledger, usual_policy(inserter, random.Random(seed))
    place_fixed(inserter, policy)
    replay(inserter, base, policy, ahead=True)
    replay(inserter, published_plan(inserter), policy, ahead=True)
    waiting = {task for task in ledger.order.possible if ledger.tasks[task] is None}
    work = Work(waiting, set(inserter.classes.sites), set(range(len(ledger.shifts))))
    work.add(repair(inserter, waiting))
    starts = {booking.task: float(booking.start) for booking in base.tasks}
    RuinAndRecreate(inserter, seed).put_back(work, starts, policy)
    ledger.commit()


def names_what_is_there(plan: Plan) -> bool:
    """Whether a plan names nothing that is gone from the rollout."""
    return (
        all(
            booking.task >= 0 and all(seat.seat >= 0 and seat.person >= 0 for seat in booking.crew)
            for booking in plan.tasks
        )
        and all(
            session.course >= 0
            and -1 not in (session.room, *session.trainers)
            and all(group.audience >= 0 and -1 not in group.members for group in session.groups)
            for session in plan.sessions
        )
        and all(
            shift.support >= 0 and shift.department >= 0 and -1 not in shift.people
            for shift in plan.shifts
        )
    )
