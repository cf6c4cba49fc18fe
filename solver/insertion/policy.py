"""How an insertion weighs what the ledger offers."""

from __future__ import annotations

import random
from dataclasses import dataclass, field


@dataclass
class InsertionPolicy:
    """How an insertion departs from the least price: noise on prices, people overlooked."""

    rng: random.Random
    noise: float = 0.0
    blink: float = 0.0
    scarce: float = 0.0
    """Price of a slot of somebody with scarce skills, for each unit of scarcity."""
    scarcity: list[float] = field(default_factory=list)
    """Per person: how much the skills are asked for, beyond what the task needs."""
    events: int = 12
    """Starts of a task that are looked at before the cheapest so far is taken."""
    patience: float = 0.15
    """Share of its price by which a class is dearer for each day of waiting."""
    finish: float = 0.0
    """Price of a slot on the way to the end of the last work."""
