"""The earliest end of all tasks: critical path and energy of pools, joined.

What a pool has to do that cannot begin before a head nor end later than a tail before the finish
takes at least its work divided by the people of the pool (after Carlier, 1982, and the energetic
reasoning of cumulative scheduling).
"""

from __future__ import annotations

from collections.abc import Sequence

from solver.candidates.candidates import Candidates
from solver.candidates.earliest import earliest_spans, tails
from solver.relaxation.pools import Pool
from solver.settings import Stop
from solver.stopping import never, until


def earliest_finish(candidates: Candidates, pools: Sequence[Pool], stop: Stop = never) -> int:
    """A slot by which not every task that can be planned has ended, if all of them are planned."""
    spans, after = earliest_spans(candidates, stop), tails(candidates)
    done = [task.finished for task in candidates.problem.tasks if task.finished is not None]
    finish = max(done, default=0)
    finish = max([finish, *(spans[task][1] + after[task] for task in spans if task in after)])
    for pool in until(stop, pools):
        finish = max(finish, _energy(candidates, pool, spans, after))
    return finish


def _energy(
    candidates: Candidates, pool: Pool, spans: dict[int, tuple[int, int]], after: dict[int, int]
) -> int:
    tasks, finish = candidates.problem.tasks, 0
    work = {
        task: sum(tasks[task].crew[line].people * tasks[task].crew[line].work for line in lines)
        for task, lines in pool.lines.items()
        if task in spans
    }
    by_tail = sorted(work, key=lambda task: -after[task])
    for head in sorted({spans[task][0] for task in work}):
        slots = 0
        for task in by_tail:
            if spans[task][0] >= head:
                slots += work[task]
                finish = max(finish, head + after[task] - (-slots // len(pool.people)))
    return finish
