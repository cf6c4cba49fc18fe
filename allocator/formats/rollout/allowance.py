"""What reading a document may make: a small file can ask for very much working time."""

from __future__ import annotations

from dataclasses import dataclass

from allocator.errors import Fault, InvalidDocument
from allocator.formats.faults import Faults

MAX_SLOTS = 200_000_000
"""Slots that are kept one by one, of all people, places and departments with hours of their own."""


@dataclass(slots=True)
class Allowance:
    """What is left of it; when it is used up, nothing more of the document is read."""

    faults: Faults
    left: int = MAX_SLOTS

    def take(self, slots: int, path: str) -> None:
        """Use some of it; InvalidDocument with the faults so far if there is not so much."""
        self.left -= slots
        if self.left < 0:
            message = (
                f"With this one, more than {MAX_SLOTS:,} slots would have to be kept one by one: "
                "those of each calendar, absent person and department, over all days. "
                "Take longer slots or a shorter rollout."
            )
            raise InvalidDocument(
                [*self.faults.found, Fault(path, "too_large", message)], self.faults.more
            )
