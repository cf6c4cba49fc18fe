"""The problems that guards solve: drawn projects and generated rollouts, in sizes as wanted."""

from __future__ import annotations

import random
from dataclasses import replace

from allocator.formats.document import problem_from_tree
from allocator.problem import Problem
from benchmarks.families.makespan import instance_of
from benchmarks.families.project import Activity, Need, Worker
from benchmarks.generate import SIZES, rollout

SKILLS = ("cook", "bake", "serve", "wash")


def crews(activities: int, seed: int) -> Problem:
    """Activities for crews of one to four, and half as many people with two skills each."""
    rng = random.Random(seed)
    workers = [
        Worker(n, dict.fromkeys({SKILLS[n % len(SKILLS)], rng.choice(SKILLS)}, 1))
        for n in range(max(8, activities // 2))
    ]
    drawn = [
        Activity(
            n,
            rng.randint(1, 10),
            tuple(Need(skill, 1, rng.randint(1, 2)) for skill in rng.sample(SKILLS, 2)),
            _before(rng, n),
        )
        for n in range(activities)
    ]
    return instance_of("crews", "drawn", "", drawn, workers).problem


def singles(activities: int, seed: int) -> Problem:
    """Activities for one person each at a level, and a tenth as many people."""
    rng = random.Random(seed)
    workers = [
        Worker(n, {SKILLS[n % len(SKILLS)]: 5, rng.choice(SKILLS): rng.randint(1, 5)})
        for n in range(max(4, activities // 10))
    ]
    drawn = [
        Activity(
            n,
            rng.randint(1, 40),
            (Need(rng.choice(SKILLS), rng.randint(1, 4), 1),),
            _before(rng, n),
        )
        for n in range(activities)
    ]
    return instance_of("singles", "drawn", "", drawn, workers).problem


def _before(rng: random.Random, number: int) -> tuple[int, ...]:
    """Up to two of the twenty activities before one."""
    earlier = range(max(0, number - 20), number)
    return tuple(sorted(rng.sample(earlier, min(len(earlier), rng.randint(0, 2)))))


def small_rollout() -> Problem:
    """The generated rollout S."""
    return problem_from_tree(rollout(SIZES["S"], 1))


def departments(count: int) -> Problem:
    """A rollout like M with a number of departments in three waves, all else in proportion."""
    medium = SIZES["M"]
    programme = medium.programmes[0]
    share = count / programme.departments
    size = replace(
        medium,
        programmes=(
            replace(programme, departments=count, learners=round(programme.learners * share)),
        ),
        tasks=0,
        trainers=round(medium.trainers * share),
        superusers=0,
        rooms=max(medium.sites, round(medium.rooms * share)),
        staff={skill: max(2, round(n * share)) for skill, n in medium.staff.items()},
    )
    return problem_from_tree(rollout(size, 1))
