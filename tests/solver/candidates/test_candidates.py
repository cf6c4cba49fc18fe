"""Who and when at all: masks agree with each other, however they were computed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from allocator.problem import Problem
from allocator.timeline import NEVER
from solver.candidates import bits
from solver.candidates.candidates import Candidates
from solver.candidates.earliest import crew_ends, earliest_spans
from solver.first_plan.build import first_plan
from solver.insertion.offers import Offers
from tests.support.drawn import draw, with_published


def later(seed: int) -> Candidates:
    """A drawn rollout of which a plan was published, seen a week after its start."""
    problem = draw(seed)
    published = with_published(problem, first_plan(Candidates(problem), seed), days=9)
    return Candidates(replace(published, as_of=7 * 24 * problem.axis.slots_per_hour))


def quickest_crew(candidates: Candidates, task: int) -> list[int]:
    """For each slot the earliest end of a task that starts there or later, person by person."""
    problem, never = candidates.problem, 2 * candidates.problem.horizon
    crew = np.zeros(problem.horizon, dtype=np.int64)
    for index, line in enumerate(problem.tasks[task].crew):
        people = candidates.people_with(line.skill, line.level)
        ends = np.array([candidates.ends(task, index, person) for person in people])
        ends = np.sort(np.where(ends == NEVER, never, ends), axis=0)
        crew = np.maximum(crew, ends[line.people - 1] if len(people) >= line.people else never)
    return [int(crew[slot:].min()) for slot in range(problem.horizon)] + [never]


@pytest.mark.parametrize("seed", range(12))
def test_the_earliest_ends_are_those_of_the_quickest_people(seed: int) -> None:
    candidates = Candidates(draw(seed))
    offers = Offers(candidates)
    for task in candidates.open_tasks:
        assert offers.first_ends(task).tolist() == quickest_crew(candidates, task)


@pytest.mark.parametrize("seed", range(12))
def test_the_earliest_spans_are_those_of_the_quickest_people(seed: int) -> None:
    candidates = Candidates(draw(seed))
    spans = earliest_spans(candidates)
    for task in candidates.open_tasks:
        if not candidates.problem.tasks[task].after:
            ends = crew_ends(candidates, task)[0]
            starts = np.flatnonzero(ends != NEVER)
            assert spans.get(task) == (
                (int(starts[0]), int(ends[starts].min())) if len(starts) else None
            )
    assert earliest_spans(candidates) is spans


@pytest.mark.parametrize("seed", range(12))
def test_starts_that_are_published_count_before_now_too(seed: int) -> None:
    candidates = later(seed)
    offers = Offers(candidates)
    for task in candidates.open_tasks:
        # Of several people one published may be early alone: no later than the crew, then.
        ends = offers.first_ends(task).tolist()
        assert all(a <= b for a, b in zip(ends, quickest_crew(candidates, task), strict=True))


def keeps_the_limits(problem: Problem, person: int, start: int, end: int) -> bool:
    """Whether one booking inside one day is within somebody's hours of a day and of a week."""
    who = problem.people[person]
    limits = [it for it in (who.hours_per_day, who.hours_per_week) if it is not None]
    slots = who.working.on_duty(start, end)
    return end <= problem.as_of or all(slots <= limit for limit in limits)


@pytest.mark.parametrize("seed", range(12))
def test_supporters_are_there_for_the_whole_shift_with_the_skill(seed: int) -> None:
    candidates = later(seed)
    problem = candidates.problem
    for index, need in enumerate(problem.shifts):
        support = problem.supports[need.support]
        able = tuple(
            person
            for person in candidates.people_with(support.skill, support.level)
            if candidates.sitting(problem.people[person].working, need.end - need.start)[need.start]
            and (
                need.start >= candidates.opens(person)
                or index in candidates.published_shifts.get(person, ())
            )
            and (
                index in candidates.published_shifts.get(person, ())
                or keeps_the_limits(problem, person, need.start, need.end)
            )
            and (
                candidates.has_throughout(
                    person, support.skill, support.level, need.start, need.end
                )
                or candidates.may_earn(person, support.skill, support.level)
            )
        )
        assert candidates.supporters(index) == able


def test_a_set_of_slots_is_the_same_as_bits_and_as_a_mask() -> None:
    mask = np.array([False, True, True, False, False, False, False, False, True, False])
    assert bits.from_mask(mask) == 0b0100000110
    assert bits.to_mask(0b0100000110, 10).tolist() == mask.tolist()
