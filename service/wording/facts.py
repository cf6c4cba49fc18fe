"""Facts and conflicts in a sentence of a language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from allocator.facts.wording import WORK
from service.wording.language import Language

Tree = Mapping[str, Any]
"""A fact or a conflict as plan documents have it."""

WORKS = ("work", "in_time")
"""Codes of facts that are other work that is planned."""

LONGEST = 1900
"""Letters of a reason; of longer ones the end is left out."""


def fact_sentence(say: Language, fact: Tree) -> str:
    """A fact in words."""
    code, values = fact["code"], dict(fact.get("values") or {})
    match code:
        case "skill":
            said = say.t("facts", f"skill-{_number(values['people'])}", **values)
            lower = values.get("lower") or ()
            return f"{said} {say.t('facts', 'lower', people=lower)}" if lower else said
        case "rooms":
            return say.t("facts", f"rooms-{_number(values['rooms'])}", **values)
        case "green_light":
            day = "-day" if "day" in values and values["status"] != "refused" else ""
            return say.t("facts", f"green_light-{values['status']}{day}", **values)
        case "work" | "rival" | "in_time":
            return say.t("facts", code, work=work_name(say, values))
        case "forbidden":
            return say.t("facts", code, term=say.t("terms", values["term"]))
    return say.t("facts", code, **values)


def work_name(say: Language, values: Tree) -> str:
    """A task by its id, a course with whom it is for, support with where and when."""
    if values["kind"] == "task":
        return str(values["id"])
    return say.t("facts", f"work-{values['kind']}", **values)


def conflict_sentences(
    say: Language, conflicts: Sequence[Tree], of: Literal["open", "late", "all"] = "open"
) -> str:
    """What rules a piece of work out, that it is in time, or (`all`) that there is any plan."""
    said = []
    for conflict in conflicts:
        because = list(conflict.get("because") or ())
        works = [it for it in because if it["code"] in WORKS]
        rivals = [it for it in because if it["code"] == "rival"]
        rest = [it for it in because if it["code"] not in WORK]
        facts = "; ".join(fact_sentence(say, it) for it in (*rest, *rivals))
        counted = bool(because) and because[0]["code"].startswith("seats_")
        if not conflict.get("minimal", True) and not counted:
            facts = f"{facts} {say.t('facts', 'not-minimal')}"
        if works:
            names = [work_name(say, it["values"]) for it in works]
            key = "cannot-all" if of == "all" else f"beside-{of}"
            said.append(say.t("facts", key, work=names, facts=facts))
        else:
            key = "cannot-open" if of == "all" else f"cannot-{of}"
            said.append(say.t("facts", key, facts=facts))
    return ". ".join(said)[:LONGEST]


def _number(names: Sequence[str]) -> str:
    return "none" if not names else "one" if len(names) == 1 else "several"
