"""The published JSON Schemas of both documents; they describe shape, not cross-references."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from allocator.formats.models.plan import PlanDocument
from allocator.formats.models.rollout import RolloutDocument

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def rollout_schema() -> dict[str, Any]:
    """JSON Schema of the rollout document."""
    return _published(RolloutDocument)


def plan_schema() -> dict[str, Any]:
    """JSON Schema of the plan document."""
    return _published(PlanDocument)


def _published(model: type[BaseModel]) -> dict[str, Any]:
    return {"$schema": DIALECT, **model.model_json_schema(by_alias=True)}
