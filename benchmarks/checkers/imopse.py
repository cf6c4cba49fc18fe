"""Check of a solution of a `.def` file of iMOPSE."""

from __future__ import annotations

from benchmarks.checkers.bookings import Solution, by_task, time_faults


def faults(text: str, solution: Solution) -> list[str]:
    """All that is wrong in a solution, in words; nothing if it is one."""
    levels: dict[int, dict[str, int]] = {}
    tasks: dict[int, tuple[int, str, int]] = {}
    order: list[tuple[int, int]] = []
    part = text.split("ResourceID", 1)[1]
    staff, work = part.split("TaskID", 1)
    for words in _rows(staff):
        levels[int(words[0])] = {s: int(n) for s, n in zip(words[2::2], words[3::2], strict=True)}
    for words in _rows(work):
        tasks[int(words[0])] = int(words[1]), words[2], int(words[3])
        order += [(int(first), int(words[0])) for first in words[4:]]
    found, wrong = by_task(solution, tasks)
    for number, entry in found.items():
        _, skill, least = tasks[number]
        if len(entry["people"]) != 1:
            wrong.append(f"task {number} has {len(entry['people'])} people")
        wrong += [
            f"resource {person} cannot do task {number}, which needs {skill} at {least}"
            for person in entry["people"]
            if levels.get(person, {}).get(skill, -1) < least
        ]
    durations = {number: task[0] for number, task in tasks.items()}
    return wrong + time_faults(found, durations, order, solution["makespan"])


def _rows(part: str) -> list[list[str]]:
    """Words of the rows after a head line, up to the next line of equals signs."""
    rows = [line.replace(":", " ").split() for line in part.splitlines()[1:]]
    return [words for words in rows if words and words[0].isdigit()]
