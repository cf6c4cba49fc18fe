"""Why not otherwise, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from service.wording.facts import WORKS, fact_sentence, work_name
from service.wording.language import Language

Tree = Mapping[str, Any]

AREA = "why_not"

HOW = {
    "person": ("by", "person"),
    "day": ("on", "day"),
    "room": ("in", "room"),
    "before": ("before", "other"),
}
"""What each part of a wish is called in messages."""


def why_not_lines(say: Language, found: Tree) -> Iterator[str]:
    """All that was found, line by line."""
    about = found["about"]
    how = [say.t(AREA, key, **{name: about[it]}) for it, (key, name) in HOW.items() if it in about]
    yield say.t(AREA, "wish", work=about["work"], how=" ".join(how))
    match found["state"]:
        case "broken":
            yield _broken(say, found)
        case "possible":
            yield from _possible(say, found)
        case _:
            yield say.t(AREA, "unknown")


def _broken(say: Language, found: Tree) -> str:
    because = found["because"]
    works = [work_name(say, it["values"]) for it in because if it["code"] in WORKS]
    facts = "; ".join(fact_sentence(say, it) for it in because if it["code"] not in WORKS)
    if not found.get("minimal", True):
        facts = f"{facts} {say.t('facts', 'not-minimal')}"
    if works:
        return say.t(AREA, "broken-beside", work=works, facts=facts)
    return say.t(AREA, "broken", facts=facts)


def _possible(say: Language, found: Tree) -> Iterator[str]:
    more, part = found["more"], found["part"]
    if abs(more) < LEAST:
        yield say.t(AREA, "same")
    elif more < 0:
        yield say.t(AREA, "better", less=say.number(-more))
    else:
        yield say.t(AREA, "costs", more=say.number(more))
    if found["proved"]:
        price = say.number(part["price"]["least"])
        yield say.t(AREA, "part-proved", size=part["size"], price=price)
    elif part["size"]:
        yield say.t(AREA, "part-open", size=part["size"])
    if found["people"]:
        yield say.t(AREA, "moves", count=found["bookings"], people=found["people"])


LEAST = 0.005
"""Half a cent: what differs by less is the same."""
