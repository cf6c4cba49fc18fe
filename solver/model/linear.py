"""Linear expressions with exact fractions: what the terms hand to the objective."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from solver.model.model import Expression


@dataclass(slots=True)
class Linear:
    """constant + sum of factor x variable, in the unit of a term."""

    constant: Fraction = Fraction(0)
    parts: list[tuple[Expression, Fraction]] = field(default_factory=list)

    def add(self, variable: Expression, factor: Fraction | int) -> None:
        """Count a variable `factor` times."""
        if factor:
            self.parts.append((variable, Fraction(factor)))
