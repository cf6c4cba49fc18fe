"""Check of a solution of a `.dat` file of shift minimisation: `workers` are those it uses."""

from __future__ import annotations

from benchmarks.checkers.bookings import Solution, by_task, clashes


def faults(text: str, solution: Solution) -> list[str]:
    """All that is wrong in a solution, in words; nothing if it is one."""
    words = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    count = int(words[1].split("=")[1])
    spans = [tuple(map(int, row.split())) for row in words[2 : 2 + count]]
    can = [set(map(int, row.split(":")[1].split())) for row in words[3 + count :]]
    found, wrong = by_task(solution, range(count))
    for number, entry in found.items():
        if entry["start"] != spans[number][0]:
            wrong.append(f"task {number} starts at {entry['start']}, not {spans[number][0]}")
        if len(entry["people"]) != 1:
            wrong.append(f"task {number} has {len(entry['people'])} people")
        wrong += [
            f"worker {person} cannot do task {number}"
            for person in entry["people"]
            if not 0 <= person < len(can) or number not in can[person]
        ]
    last = max(end for _, end in spans)
    if solution["makespan"] != last:
        wrong.append(f"the last task ends at {last}, not {solution['makespan']}")
    used = len({person for entry in found.values() for person in entry["people"]})
    if solution.get("workers") != used:
        wrong.append(f"uses {used} workers, not {solution.get('workers')}")
    return wrong + clashes(found, {number: spans[number][1] for number in found})
