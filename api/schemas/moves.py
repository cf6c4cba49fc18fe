"""What requests and answers about moving bookings by hand hold."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from api.schemas.approvals import Name
from api.schemas.plans_and_rollouts import Strict, ViolationShown
from service.edits.base import Moment
from service.plans.moves import Move, Possible, Tried


class MoveWanted(Strict):
    """A task of the plan put to another start, to other people, or both."""

    task: Name
    start: Moment | None = Field(None, description="Default: as in the plan.")
    crew: list[Name] = Field(
        [], max_length=1000, description="Who does it, in the order of the plan's crew."
    )

    def move(self) -> Move:
        """As the service knows it."""
        return Move(self.task, self.start, tuple(self.crew))


class PlaceWanted(Strict):
    """A place in the crew of a planned task that is to be filled or moved."""

    task: Name
    seat: int = Field(0, ge=0, le=10_000, description="Which place of the plan's crew, from 0.")
    moves: list[MoveWanted] = Field(
        [], max_length=1000, description="What has been moved before, in this order."
    )


class MovesWanted(Strict):
    """Moves of which the last one is asked about."""

    moves: list[MoveWanted] = Field(min_length=1, max_length=1000)


class PossibleShown(BaseModel):
    """From when somebody could, as far as can be known without trying."""

    person: str
    obstacle: Literal["skill", "time", "work", "frozen"] | None = Field(
        description=(
            "What leaves no start: no such skill; not there, or out of its days; other work; "
            "something else is published."
        )
    )
    starts: list[tuple[int, int]] = Field(
        description=(
            "First and last start of each stretch, in minutes on the wall clock since 00:00 of the "
            "rollout's first day. Outside of them a rule is broken."
        )
    )

    @classmethod
    def of(cls, it: Possible) -> PossibleShown:
        """As it is shown."""
        return cls(person=it.person, obstacle=it.obstacle, starts=list(it.starts))


class TriedShown(BaseModel):
    """What the last move would mean: what the plan would cost more, and the rules it breaks."""

    difference: float | None = Field(description="null where a forbidden term is not zero.")
    terms: dict[str, float]
    breaks: list[ViolationShown]
    starts: str
    ends: str

    @classmethod
    def of(cls, it: Tried) -> TriedShown:
        """As it is shown."""
        return cls(
            difference=it.difference,
            terms=it.terms,
            breaks=[ViolationShown(rule=one.rule, message=one.message) for one in it.breaks],
            starts=it.starts,
            ends=it.ends,
        )
