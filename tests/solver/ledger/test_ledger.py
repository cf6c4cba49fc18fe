"""The ledger: what is added and removed leaves no trace, and its total is the check's."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.check import score
from solver.candidates.candidates import Candidates
from solver.first_plan.build import build
from solver.insertion.inserter import Inserter, usual_policy
from solver.insertion.repair import repair
from solver.ledger.frozen_violations import Faults
from solver.ledger.ledger import Ledger
from solver.ruin_recreate.operators import RUINS
from tests.support.drawn import draw, with_published

SEEDS = st.integers(min_value=0, max_value=400)


def full_inserter(seed: int) -> Inserter:
    """An inserter with a first plan of a drawn rollout in its ledger."""
    inserter = Inserter(Candidates(draw(seed)))
    build(inserter, random.Random(seed))
    return inserter


def accounts(ledger: Ledger) -> dict[str, Any]:
    """Everything that the accounts of a ledger hold, in a form that can be compared."""
    running, classes = ledger.running, ledger.classes
    return {
        "plan": ledger.plan(),
        "total": ledger.total,
        "open": running.open,
        "late": running.late,
        "slot_cents": list(running.slot_cents),
        "wishes": running.wishes,
        "change": running.change,
        "ends": dict(running.ends),
        "diaries": [
            (
                list(diary.entries),
                diary.load,
                dict(diary.day_slots),
                dict(diary.paid_day_slots),
                dict(diary.week_slots),
                dict(diary.class_slots),
            )
            for diary in ledger.diaries
        ],
        "need": dict(classes.need),
        "sessions": dict(classes.sessions),
        "cells": {cell: dict(held) for cell, held in classes.of_cell.items() if held},
        "attended": {cell: dict(who) for cell, who in classes.attended.items() if who},
        "earned": {who: sorted(what) for who, what in classes.earned.items() if what},
        "release": [
            [classes.room_in_department(number, slot, slot + 1) for slot in range(0, 400, 7)]
            for number in range(len(ledger.problem.departments))
        ],
        "rooms": [room.blocked(3) for room in ledger.rooms],
    }


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS, kind=st.integers(min_value=0, max_value=len(RUINS) - 1))
def test_rollback_restores_every_account(seed: int, kind: int) -> None:
    inserter = full_inserter(seed)
    before = accounts(inserter.ledger)
    mark = inserter.ledger.mark()
    work = RUINS[kind](inserter, random.Random(seed))
    repair(inserter)
    inserter.place_shifts(work.shifts, usual_policy(inserter, random.Random(seed)))
    inserter.ledger.rollback(mark)
    assert accounts(inserter.ledger) == before


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS)
def test_emptied_ledger_is_as_new(seed: int) -> None:
    inserter = full_inserter(seed)
    inserter.ledger.clear()
    assert accounts(inserter.ledger) == accounts(Ledger(inserter.candidates))


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS)
def test_loaded_plan_comes_back_the_same(seed: int) -> None:
    inserter = full_inserter(seed)
    plan = inserter.ledger.plan()
    again = Ledger(inserter.candidates)
    again.load(plan)
    assert again.plan() == plan
    assert again.total == pytest.approx(inserter.ledger.total)


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS)
def test_total_is_that_of_the_check(seed: int) -> None:
    inserter = full_inserter(seed)
    assert inserter.ledger.total == pytest.approx(
        float(score(inserter.problem, inserter.ledger.plan()).total)
    )


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS)
def test_change_against_what_was_published_is_that_of_the_check(seed: int) -> None:
    published = with_published(draw(seed), full_inserter(seed).ledger.plan(), days=6)
    ledger = Ledger(Candidates(published))
    assert ledger.total == pytest.approx(float(score(published, ledger.plan()).total))


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS)
def test_faults_counted_on_the_way_are_those_counted_anew(seed: int) -> None:
    problem = draw(seed)
    published = with_published(problem, full_inserter(seed).ledger.plan(), days=12)
    inserter = Inserter(Candidates(published))
    ledger, rng = inserter.ledger, random.Random(seed)
    build(inserter, rng)
    for _ in range(12):
        # What must stay is not settled, so that classes and short days may be in the way.
        rng.choice(RUINS)(inserter, rng)
        anew = Faults(published, ledger.classes, ledger.tasks, ledger.diaries)
        fixed = (ledger.fixed_sessions, ledger.fixed_supporters)
        assert ledger.faults() == anew.count(*fixed)
        if rng.random() < 0.5:
            ledger.rollback(0)
