"""Pages of long lists: so many entries, and where the next page begins, as an opaque text."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from typing import Annotated, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel, Field

from allocator.formats.text.yaml_tree import UNPRINTABLE
from api.errors import refused

T = TypeVar("T")

Place = tuple[int, str]
"""What a list is ordered by, and the id of those that are alike in that."""

Limit = Annotated[int, Query(ge=1, le=200, description="Entries on a page.")]
After = Annotated[
    str | None, Query(max_length=400, description="`next` of the page before this one.")
]


class Page(BaseModel, Generic[T]):
    """Some entries of a list."""

    items: list[T]
    next: str | None = Field(None, description="`after` of the next page, if there is one.")


def position(after: str | None) -> Place | None:
    """Where a page begins; 422 if the text is none of ours."""
    if after is None:
        return None
    try:
        at, id_ = json.loads(base64.urlsafe_b64decode(after.encode()))
        found = int(at), str(id_)
    except (ValueError, TypeError, OverflowError, RecursionError):
        raise refused(422, "`after` is not the `next` of a page.") from None
    if not -(2**62) < found[0] < 2**62 or UNPRINTABLE.search(found[1]):
        raise refused(422, "`after` is not the `next` of a page.")
    return found


def number_before(after: str | None) -> int | None:
    """The number that a page's entries are below, where a list is ordered by numbers alone."""
    place = position(after)
    return None if place is None else place[0]


def cut(
    found: Sequence[T], limit: int, place: Callable[[T], Place]
) -> tuple[Sequence[T], str | None]:
    """The entries of a page, of which one more than `limit` was read, and the page's `next`."""
    page = found[:limit]
    if len(found) <= limit:
        return page, None
    return page, base64.urlsafe_b64encode(json.dumps(place(page[-1])).encode()).decode()
