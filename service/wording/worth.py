"""What more of something is worth, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from service.wording.edits import edit_sentence
from service.wording.language import Language

AREA = "worth"


def worth_lines(say: Language, found: Mapping[str, Any]) -> Iterator[str]:
    """The ranking, line by line."""
    if not found["resources"]:
        yield say.t(AREA, "nothing-tried")
        return
    for number, it in enumerate(found["resources"], 1):
        edits = "; ".join(edit_sentence(say, edit) for edit in it["edits"])
        values = {name: say.number(it[name]) for name in ("value", "low", "high")}
        yield f"{number}. {say.t(AREA, it['kind'], id=it['id'])}: {edits}"
        known = say.t(AREA, f"known-{it['known']}", **values)
        hour = ""
        if it["hour"] is not None:
            hour = f" {say.t(AREA, 'hour', price=say.number(it['hour']))}"
        yield f"   {known}{hour}"
    yield say.t(AREA, "against", seconds=found["seconds"])
