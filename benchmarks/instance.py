"""An instance of a benchmark: a problem with the numbers of its file and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass

from allocator.problem import Problem


class BadInstance(ValueError):
    """A file that is not what its ending says; the message names what is wrong in it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the literature says of an instance; None = no value known."""

    lower_bound: int | None = None
    best: int | None = None
    status: str = ""
    subset: str = ""


@dataclass(frozen=True, slots=True)
class Milestone:
    """An activity without duration: it is no work in the problem, but is listed in solutions."""

    number: int
    after: tuple[int, ...]
    """Tasks of the problem, all of which end before it."""
    people: tuple[int, ...]
    """Numbers in the file of people who could be there, where the file asks for any."""


@dataclass(frozen=True)
class Instance:
    """A problem and the way back to the file it was read from.

    The ids of tasks and people are their numbers in the file.
    """

    name: str
    family: str
    sha256: str
    problem: Problem
    known: Known = Known()
    milestones: tuple[Milestone, ...] = ()
    workers: int = 0
    """People of the file; those of the problem after them stand in where a file asks for none."""
    given_times: tuple[tuple[int, int], ...] | None = None
    """Start and end of each task in the file's units, where the file fixes them."""
