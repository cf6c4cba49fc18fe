"""Invented names of people, and ids made of names."""

from __future__ import annotations

import random
import unicodedata
from collections import Counter

_GIVEN = (
    "Adela Alena Anton Beata Bruno Cecil Dagny Dario Edda Emil Erna Fabio Flora Gerda Hanna Henri "
    "Ida Igor Jana Jarek Jonas Karla Kamil Lena Leon Liv Lukas Magda Marek Mila Nadia Nils Olga "
    "Oskar Petra Pavel Rita Robin Sabina Simon Tamar Teo Ulla Viktor Vera Wanda Yves Zita Zeno Alma"
)

_FRONT = "Bar Bel Cor Dan Der Fal Gar Hal Jor Kal Kor Lam Lin Mar Mol Nor Pal Ran Sol Tar"

_BACK = "den dov ick ina ler lin man mond nay net nik ran sen ska son tes vik wald"


def slug(text: str) -> str:
    """Text as an id: lower case letters and digits with hyphens between."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join("".join(c if c.isalnum() else " " for c in plain).split())


class Names:
    """People's names and ids, each id once."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._times: Counter[str] = Counter()

    def person(self) -> tuple[str, str]:
        """(id, name) of somebody new."""
        given, front, back = (self._rng.choice(part.split()) for part in (_GIVEN, _FRONT, _BACK))
        name = f"{given} {front}{back}"
        self._times[name] += 1
        number = self._times[name]
        return slug(name) + (f"-{number}" if number > 1 else ""), name


FUNCTIONS = (
    "Accounts",
    "Stores",
    "Planning",
    "Dispatch",
    "Customer desk",
    "Quality",
    "Purchasing",
    "Field service",
    "Workshop",
    "Claims",
    "Payroll desk",
    "Goods inward",
    "Tooling",
    "Contracts",
    "Archive",
    "Transport",
)
"""What departments do; with the place, and a number where both come again, their names."""
