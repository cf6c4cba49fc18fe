"""Reads the goals: what one unit of each term costs, by preset and by single price."""

from __future__ import annotations

from fractions import Fraction

from allocator.formats.faults import Faults, nearest
from allocator.formats.models.rollout import GoalsEntry
from allocator.problem import TERMS, Goals

_PRICES = {
    #            open_work lateness change   cost wishes unfairness finish
    "balanced": ("1000", "10", "25", "1", "20", "5", "0.1"),
    "on-time": ("1000", "100", "10", "0.5", "5", "1", "5"),
    "cheapest": ("1000", "5", "5", "5", "5", "0", "0"),
    "calm": ("1000", "10", "250", "0.5", "20", "5", "0"),
    "fair": ("1000", "10", "25", "0.5", "100", "50", "0"),
}

PRESETS = tuple(_PRICES)
"""The names of the presets, as a document gives them."""


def preset_price(preset: str, term: str) -> float:
    """What one unit of a term costs in a preset."""
    return float(_PRICES[preset][TERMS.index(term)])


def read_goals(entry: GoalsEntry, preset: str | None, faults: Faults) -> Goals:
    """The price of each term; `preset` takes the place of the document's.

    Single prices of the document stay, whatever the preset.
    """
    chosen = preset or entry.preset
    if chosen not in _PRICES:
        message = f'There is no preset "{chosen}", only {", ".join(PRESETS)}.'
        faults.add("goals.preset", "unknown_preset", message + nearest(chosen, PRESETS))
        chosen = entry.preset
    prices = []
    for term, base in zip(TERMS, _PRICES[chosen], strict=True):
        price = getattr(entry.prices, term)
        if price is None:
            price = Fraction(base)
        prices.append(None if price == "forbidden" else price)
    return Goals(chosen, tuple(prices))
