"""Who has which skill when, and who can still earn it in a class."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from allocator.problem import Problem

BEGINNING = -(10**9)
"""Before every slot of a rollout: a skill that somebody has had since."""

Spans = tuple[tuple[int, int], ...]
"""Half-open intervals of slots, in order and apart from each other."""


@dataclass(frozen=True)
class Skills:
    """Skills by the document and by classes held, and what classes to come can grant."""

    problem: Problem

    @cached_property
    def learners(self) -> dict[int, tuple[tuple[int, int], ...]]:
        """Person -> (audience, course) that the person still attends by name."""
        found: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for index, audience in enumerate(self.problem.audiences):
            for course in audience.courses if audience.members else ():
                for person in self.untrained_members(index, course):
                    found[person].append((index, course))
        return {person: tuple(cells) for person, cells in found.items()}

    def untrained_members(self, audience: int, course: int) -> tuple[int, ...]:
        """Named learners of an audience who still need a course."""
        group = self.problem.audiences[audience]
        held = {p for r in group.trained if r.course == course for p in r.members}
        return tuple(person for person in group.members if person not in held)

    def mastery(self, person: int, skill: int, level: int) -> Spans:
        """Intervals in which a person has the skill at the level without any class to come."""
        return self._masteries.get((person, skill, level), ())

    def has_throughout(self, person: int, skill: int, level: int, start: int, end: int) -> bool:
        """Whether the person has the skill during all of [start, end) without a class to come."""
        spans = self.mastery(person, skill, level)
        return any(opens <= start and end <= closes for opens, closes in spans)

    def may_earn(self, person: int, skill: int, level: int) -> bool:
        """Whether a class that is still to be planned can grant the person the skill."""
        return (person, skill, level) in self._granting

    def granting_cells(self, person: int, skill: int, level: int) -> list[tuple[int, int]]:
        """(audience, course) in which the person can earn the skill at the level."""
        return self._granting.get((person, skill, level), [])

    def people_with(self, skill: int, level: int) -> tuple[int, ...]:
        """Everyone who has, or can still earn, the skill at the level."""
        return self._people_with.get((skill, level), ())

    @cached_property
    def _masteries(self) -> dict[tuple[int, int, int], Spans]:
        """(person, skill, level) -> when: certificates and classes held, merged where they meet."""
        end = self.problem.horizon + 1
        found: defaultdict[tuple[int, int, int], list[tuple[int, int]]] = defaultdict(list)
        for index, person in enumerate(self.problem.people):
            for has in person.skills:
                for level in range(1, has.level + 1):
                    closes = end if has.until is None else has.until
                    found[index, has.skill, level].append((BEGINNING, closes))
        for audience in self.problem.audiences:
            for record in audience.trained:
                granted = self.problem.courses[record.course].grants
                if granted is not None:
                    for who in record.members:
                        for level in range(1, granted[1] + 1):
                            found[who, granted[0], level].append((record.at, end))
        return {key: _merged(spans) for key, spans in found.items()}

    @cached_property
    def _granting(self) -> dict[tuple[int, int, int], list[tuple[int, int]]]:
        found: defaultdict[tuple[int, int, int], list[tuple[int, int]]] = defaultdict(list)
        for person, cells in self.learners.items():
            for audience, course in cells:
                granted = self.problem.courses[course].grants
                if granted is not None:
                    for level in range(1, granted[1] + 1):
                        found[person, granted[0], level].append((audience, course))
        return dict(found)

    @cached_property
    def _people_with(self) -> dict[tuple[int, int], tuple[int, ...]]:
        found: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
        for person, skill, level in (*self._masteries, *self._granting):
            found[skill, level].add(person)
        return {key: tuple(sorted(people)) for key, people in found.items()}


def _merged(spans: list[tuple[int, int]]) -> Spans:
    merged: list[tuple[int, int]] = []
    for opens, closes in sorted(spans):
        if merged and opens <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], closes))
        else:
            merged.append((opens, closes))
    return tuple(merged)
