"""The priced terms: name, unit and price in each preset, in the order in which plans list them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

Preset = Literal["balanced", "on-time", "cheapest", "calm", "fair"]

PRESETS: tuple[Preset, ...] = get_args(Preset)
"""Prices that belong together, by the name that a document gives them."""


@dataclass(frozen=True, slots=True)
class Term:
    """Something that makes a plan worse."""

    name: str
    unit: str | None
    """None for the currency of the rollout."""
    prices: tuple[str, ...]
    """What one unit costs, in the order of `PRESETS`."""

    def price(self, preset: str) -> Fraction:
        """What one unit costs in a preset."""
        return Fraction(self.prices[PRESETS.index(preset)])


CATALOGUE = (
    # balanced, on-time, cheapest, calm, fair
    Term("open_work", "h x priority", ("1000", "1000", "1000", "1000", "1000")),
    Term("lateness", "h x priority", ("10", "100", "5", "10", "10")),
    Term("change", "people notified x weight", ("25", "10", "5", "250", "25")),
    Term("cost", None, ("1", "0.5", "5", "0.5", "0.5")),
    Term("wishes", "weight", ("20", "5", "5", "20", "100")),
    Term("unfairness", "h", ("5", "1", "0", "5", "50")),
    Term("finish", "h", ("0.1", "5", "0", "0", "0")),
)

TERMS = tuple(term.name for term in CATALOGUE)

UNITS = {term.name: term.unit for term in CATALOGUE if term.unit is not None}
"""Units by term, without that of cost."""


def preset_price(preset: str, term: str) -> float:
    """What one unit of a term costs in a preset."""
    return float(CATALOGUE[TERMS.index(term)].price(preset))
