"""Reads the goals: what one unit of each term costs, by preset and by single price."""

from __future__ import annotations

from allocator.formats.faults import Faults, nearest
from allocator.formats.models.rollout import GoalsEntry
from allocator.problem import Goals
from allocator.terms import CATALOGUE, PRESETS


def read_goals(entry: GoalsEntry, preset: str | None, faults: Faults) -> Goals:
    """The price of each term; `preset` takes the place of the document's.

    Single prices of the document stay, whatever the preset.
    """
    chosen = preset or entry.preset
    if chosen not in PRESETS:
        message = f'There is no preset "{chosen}", only {", ".join(PRESETS)}.'
        faults.add("goals.preset", "unknown_preset", message + nearest(chosen, PRESETS))
        chosen = entry.preset
    prices = []
    for term in CATALOGUE:
        price = getattr(entry.prices, term.name)
        if price is None:
            price = term.price(chosen)
        prices.append(None if price == "forbidden" else price)
    return Goals(chosen, tuple(prices))
