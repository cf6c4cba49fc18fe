"""What checks of solutions share: reading them, clashes of people, and order in time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NotRequired, TypedDict


class SolutionTask(TypedDict):
    """One task of a solution."""

    task: int
    start: int
    people: list[int]


class Solution(TypedDict):
    """A solution file."""

    instance: str
    makespan: int
    tasks: list[SolutionTask]
    workers: NotRequired[int]
    """Of solutions with given times: the number of people used."""


def by_task(solution: Solution, tasks: Iterable[int]) -> tuple[dict[int, SolutionTask], list[str]]:
    """The entry of each task, and a fault for each that is missing, twice there or unknown."""
    wanted, found, faults = set(tasks), {}, []
    for entry in solution["tasks"]:
        number = entry["task"]
        if number in found:
            faults.append(f"task {number} is there twice")
        elif number not in wanted:
            faults.append(f"task {number} is not in the file")
        else:
            found[number] = entry
        if len(set(entry["people"])) < len(entry["people"]):
            faults.append(f"task {number} has someone twice")
    faults += [f"task {number} is missing" for number in sorted(wanted - set(found))]
    return found, faults


def time_faults(
    found: Mapping[int, SolutionTask],
    durations: Mapping[int, int],
    order: Iterable[tuple[int, int]],
    makespan: int,
) -> list[str]:
    """Starts before 0, tasks before others have ended, people in two places, a wrong makespan."""
    ends = {number: entry["start"] + durations[number] for number, entry in found.items()}
    faults = [f"task {n} starts at {e['start']}" for n, e in found.items() if e["start"] < 0]
    faults += [
        f"task {then} starts at {found[then]['start']}, but {first} ends at {ends[first]}"
        for first, then in order
        if first in found and then in found and found[then]["start"] < ends[first]
    ]
    if max(ends.values(), default=0) != makespan:
        faults.append(f"makespan is {max(ends.values(), default=0)}, not {makespan}")
    return faults + clashes(found, ends)


def clashes(found: Mapping[int, SolutionTask], ends: Mapping[int, int]) -> list[str]:
    """People who are on two tasks at once."""
    busy: dict[int, list[tuple[int, int, int]]] = {}
    for number, entry in found.items():
        if ends[number] > entry["start"]:
            for person in entry["people"]:
                busy.setdefault(person, []).append((entry["start"], ends[number], number))
    faults = []
    for person, spans in busy.items():
        spans.sort()
        reached, last = spans[0][1], spans[0][2]
        for start, end, number in spans[1:]:
            if start < reached:
                faults.append(f"person {person} is on {last} and {number} at {start}")
            if end > reached:
                reached, last = end, number
    return faults


def staffed(seats: Sequence[set[int]], people: Sequence[int]) -> bool:
    """Whether the people can fill the seats, one each, given who is able to fill each seat."""
    holder: dict[int, int] = {}

    def place(seat: int, asked: set[int]) -> bool:
        for person in seats[seat]:
            if person in people and person not in asked:
                asked.add(person)
                if person not in holder or place(holder[person], asked):
                    holder[person] = seat
                    return True
        return False

    return len(seats) == len(people) and all(place(seat, set()) for seat in range(len(seats)))
