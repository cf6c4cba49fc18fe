"""What requests and answers about replacing a rollout and renaming its entries hold."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pydantic import BaseModel, Field

from api.schemas.plans_and_rollouts import RolloutShown, Strict
from service.edits.renaming import Rename
from service.edits.replacement import Replacement
from service.lifecycle.renaming import Renamed


class RenameWanted(Strict):
    """An entry by its list and id, and the id that it shall have."""

    list: str = Field(max_length=100, description="Such as `people`.")
    id: str = Field(max_length=200)
    to: str = Field(max_length=200)

    def rename(self) -> Rename:
        """As the service knows it."""
        return Rename(self.list, self.id, self.to)


class RenamedShown(BaseModel):
    """The rollout under the new id, and how far it went."""

    rollout: RolloutShown
    places: int = Field(description="Where the document referred to it.")
    scenarios: int = Field(description="Scenarios that were taken along.")

    @classmethod
    def of(cls, it: Renamed) -> RenamedShown:
        """As it is shown."""
        return cls(rollout=RolloutShown.of(it.rollout), places=it.places, scenarios=it.scenarios)


class DraftRename(RenameWanted):
    """A rename in a document that is not kept, and may have faults."""

    document: dict[str, Any]


class DraftRenamed(BaseModel):
    """The document under the new id."""

    document: dict[str, Any]
    places: int


class ChangedShown(BaseModel):
    """An entry that is new, gone, or has other fields."""

    id: str
    name: str
    fields: list[str] = Field(description="Of an entry that both have: what differs.")
    booked: bool = Field(description="Gone, though the published plan has bookings of it.")


class ListChangesShown(BaseModel):
    """What changes in one list; entries of lists without ids are named by their numbers."""

    name: str = Field(description="Of the list, such as `people`.")
    before: int
    after: int
    added: list[ChangedShown]
    removed: list[ChangedShown]
    changed: list[ChangedShown]


class ReplacementShown(BaseModel):
    """What replacing the document would change; nothing is saved."""

    fields: list[str] = Field(description="Of the rollout itself, such as `start`.")
    lists: list[ListChangesShown]
    keeps_published: bool = Field(
        description="Whether the published plan is carried over, for the document has none."
    )

    @classmethod
    def of(cls, it: Replacement) -> ReplacementShown:
        """As it is shown."""
        return cls.model_validate(asdict(it))
