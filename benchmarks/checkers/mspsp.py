"""Check of a solution of a `.dzn` file of MSPSP."""

from __future__ import annotations

from benchmarks.checkers.bookings import Solution, by_task, staffed, time_faults


def faults(text: str, solution: Solution) -> list[str]:
    """All that is wrong in a solution, in words; nothing if it is one."""
    field = _fields(text)
    columns = int(field["nSkills"])
    length = {n + 1: int(value) for n, value in enumerate(_cells(field["dur"]))}
    required = _cells(field["sreq"])
    mastery = _cells(field["mastery"])
    able = [
        {p // columns + 1 for p, has in enumerate(mastery) if p % columns == k and has == "true"}
        for k in range(columns)
    ]
    order = list(zip(map(int, _cells(field["pred"])), map(int, _cells(field["succ"])), strict=True))
    found, wrong = by_task(solution, length)
    for number, entry in found.items():
        row = required[(number - 1) * columns : number * columns]
        seats = [able[k] for k, wanted in enumerate(row) for _ in range(int(wanted))]
        if not staffed(seats, entry["people"]):
            wrong.append(f"people {entry['people']} cannot do task {number}, which needs {row}")
    return wrong + time_faults(found, length, order, solution["makespan"])


def _fields(text: str) -> dict[str, str]:
    """`name = value;` without comments, as text."""
    plain = " ".join(line.partition("%")[0] for line in text.split("\n"))
    parts = [part.split("=", 1) for part in plain.split(";") if "=" in part]
    return {name.strip(): value.strip() for name, value in parts}


def _cells(array: str) -> list[str]:
    inner = array.replace("[", " ").replace("]", " ").replace("|", " ").replace(",", " ")
    return inner.split()
