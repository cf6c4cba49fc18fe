"""Ways out in words: each with what changes, whom to ask, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from service.wording.edits import edit_sentence
from service.wording.facts import conflict_sentences
from service.wording.language import Language

Tree = Mapping[str, Any]

AREA = "ways_out"


def repair_lines(say: Language, found: Tree) -> Iterator[str]:
    """All that was found, line by line."""
    yield say.t(AREA, f"state-{found['state']}")
    if found.get("proved"):
        yield conflict_sentences(say, [found, *found.get("also", ())], found["of"])
    if not found["repairs"]:
        yield say.t(AREA, "nothing")
        return
    for number, repair in enumerate(found["repairs"], 1):
        yield f"{number}. {repair_title(say, repair)}"
        yield from (f"   {it}" for it in _about(say, repair))
    if found["control"] is not None:
        yield say.t(AREA, "against", seconds=found["seconds"])


def repair_title(say: Language, repair: Tree) -> str:
    """`Time: t-a has to end by 2027-01-20`."""
    kinds = [say.t(AREA, f"kind-{it}") for it in repair["kinds"]] or [say.t(AREA, "kind-none")]
    edits = [edit_sentence(say, it) for it in repair["edits"]] or [say.t(AREA, "no-edit")]
    return f"{' + '.join(kinds)}: {'; '.join(edits)}"


def _about(say: Language, repair: Tree) -> Iterator[str]:
    asked = dict.fromkeys((it["role"], it["id"]) for it in repair["ask"])
    if asked:
        whom = [say.t(AREA, f"role-{role}", id=id_) for role, id_ in asked]
        least = say.t(AREA, "least" if repair["least"] else "not-least")
        yield f"{say.t(AREA, 'ask', whom=whom)} ({least})"
    after = repair["after"]
    if after is None:
        yield say.t(AREA, "no-plan")
        return
    done = say.t(AREA, "done" if after["done"] else "not-done")
    by = after.get("against_control")
    if by is None:
        yield done
        return
    figures = {name: _signed(say, by[name]) for name in ("open", "late", "cost", "total")}
    yield f"{done}: {say.t(AREA, 'figures', **figures, people=len(after['people']))}"


def _signed(say: Language, value: float) -> str:
    text = say.number(abs(value), 0)
    return text if text == "0" else f"{'+' if value > 0 else '-'}{text}"
