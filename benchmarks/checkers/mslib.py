"""Check of a solution of a `.msrcp` file of MSLIB."""

from __future__ import annotations

from benchmarks.checkers.bookings import Solution, by_task, staffed, time_faults


def faults(text: str, solution: Solution) -> list[str]:
    """All that is wrong in a solution, in words; nothing if it is one."""
    part = _parts(text)
    numbers = [[int(word) for word in row] for row in part["Project Module"]]
    count = numbers[0][0]
    project = dict(enumerate(numbers[len(numbers) - count :], 1))
    durations = {n: row[0] for n, row in project.items()}
    order = [(n, successor) for n, row in project.items() for successor in row[2:]]
    mastered = part["Workforce Module with Skill Levels"]
    required = part["Skill Requirements Module"]
    minimum = part["Skill Level Requirements Module"]
    found, wrong = by_task(solution, durations)
    for number, entry in found.items():
        levels = [int(word) for word in minimum[number - 1] if word != "-1"]
        seats: list[set[int]] = []
        for skill, wanted in enumerate(required[number - 1]):
            for _ in range(int(wanted)):
                least = max(1, levels[len(seats)])
                able = {p for p, row in enumerate(mastered, 1) if int(row[skill]) >= least}
                seats.append(able)
        if not staffed(seats, entry["people"]):
            wrong.append(f"people {entry['people']} cannot do task {number}")
    return wrong + time_faults(found, durations, order, solution["makespan"])


def _parts(text: str) -> dict[str, list[list[str]]]:
    """Title -> words of the rows that follow it."""
    parts: dict[str, list[list[str]]] = {}
    title = ""
    for line in text.splitlines():
        if "\\*" in line:
            title = line.replace("\\*", "").replace("*\\", "").strip()
            parts[title] = []
        elif line.split():
            parts[title].append(line.split())
    return parts
