"""What the block cannot express yet: such rollouts are searched in Python."""

from __future__ import annotations

from solver.ledger.ledger import Ledger


def expresses(ledger: Ledger) -> bool:
    """Whether the block has an account for every rule that binds in a rollout.

    It has none for days, nights and weekends off, nor for hours on any seven days.
    """
    return not any(diary.days_off or diary.per_7_days is not None for diary in ledger.diaries)
