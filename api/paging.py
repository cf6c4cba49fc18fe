"""Pages of long lists: so many entries, and where the next page begins, as an opaque text."""

from __future__ import annotations

import base64
import json
from typing import Annotated

from fastapi import Query

from api.errors import refused

Limit = Annotated[int, Query(ge=1, le=200, description="Entries on a page.")]
After = Annotated[
    str | None, Query(max_length=400, description="`next` of the page before this one.")
]


def position(after: str | None) -> tuple[int, str] | None:
    """Where a page begins; 422 if the text is none of ours."""
    if after is None:
        return None
    try:
        at, id_ = json.loads(base64.urlsafe_b64decode(after.encode()))
        found = int(at), str(id_)
    except (ValueError, TypeError):
        raise refused(422, "`after` is not the `next` of a page.") from None
    if not -(2**62) < found[0] < 2**62 or "\x00" in found[1]:
        raise refused(422, "`after` is not the `next` of a page.")
    return found


def following(at: int, id_: str) -> str:
    """The text that says where the page after an entry begins."""
    return base64.urlsafe_b64encode(json.dumps([at, id_]).encode()).decode()
