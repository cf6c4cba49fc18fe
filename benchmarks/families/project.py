"""A project of the literature: activities, people with skills at levels, who comes after what."""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from benchmarks.instance import BadInstance


@dataclass(frozen=True, slots=True)
class Need:
    """People with a skill at a level (1 to 5) or above, for the whole activity."""

    skill: str
    level: int
    people: int


@dataclass(frozen=True, slots=True)
class Activity:
    """Work of a fixed duration, without a pause, by the same people throughout."""

    number: int
    duration: int
    needs: tuple[Need, ...]
    after: tuple[int, ...]
    """Numbers of the activities that end before it starts."""


@dataclass(frozen=True, slots=True)
class Worker:
    """Someone who is always there, with the level of each skill mastered."""

    number: int
    levels: dict[str, int]

    def can(self, skill: str, level: int) -> bool:
        """Whether the worker has a skill at a level or above."""
        return self.levels.get(skill, 0) >= level


def in_order(activities: list[Activity]) -> list[Activity]:
    """The activities, each after those it comes after; raises BadInstance for a circle."""
    by_number = {activity.number: activity for activity in activities}
    for activity in activities:
        for number in activity.after:
            if number not in by_number:
                raise BadInstance(f"Activity {activity.number} comes after unknown {number}.")
    graph = {activity.number: activity.after for activity in activities}
    try:
        return [by_number[number] for number in TopologicalSorter(graph).static_order()]
    except CycleError as error:
        raise BadInstance(f"Activities come after one another: {error.args[1]}.") from None
