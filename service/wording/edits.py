"""Edits of a scenario in a sentence of a language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.wording.language import Language

Tree = Mapping[str, Any]

ALSO = {
    "class_size": ("min", "max"),
    "crew": ("people", "hours"),
    "vendor_terms": ("lead_days", "minimum_hours_per_day"),
}
"""Edits of which each field that is given has a sentence of its own."""

CALLED = {
    "go_live": "day",
    "due": "day",
    "deadline": "day",
    "earliest": "day",
    "end": "day",
    "date": "day",
    "open_days_before_go_live": "opens",
    "close_days_before_go_live": "closes",
    "lead_days": "days",
    "minimum_hours_per_day": "hours",
}
"""What messages call a field of an edit, where it is another word."""

OFF = {"rest_hours": "rest", "weekends_off": "weekends"}
"""Limits that say how much somebody is off at least."""

GONE = {
    "budget": "budget",
    "due": "due",
    "deadline": "deadline",
    "earliest": "earliest",
    "limit": "hours",
    "frozen_until": "until",
    "release_limit": "share",
}
"""The field of which `null` says that there is none any more."""


def edit_sentence(say: Language, edit: Tree) -> str:
    """An edit in words, people and work by their ids."""
    kind = edit["edit"]
    values = {CALLED.get(name, name): it for name, it in edit.items() if name != "edit"}
    if kind in ALSO:
        given = [name for name in ALSO[kind] if edit.get(name) is not None]
        return ", ".join(_part(say, kind, name, edit, values) for name in given)
    match kind:
        case "one_more":
            values["name"] = edit.get("name") or edit["id"]
        case "preset":
            values["preset"] = say.t("changes", f"preset-{edit['preset']}")
        case "price":
            values["term"] = say.t("terms", edit["term"])
            if edit["price"] == "forbidden":
                return say.t("changes", "says-price-forbidden", **values)
        case "pin":
            return _pin(say, edit)
        case "limit":
            values["limit"] = say.t("changes", f"limit-{edit['limit']}")
            if edit["limit"] in OFF and edit["hours"] is not None:
                return say.t("changes", f"says-limit-{OFF[edit['limit']]}", **values)
        case "skill":
            values.setdefault("level", 1)
        case "release_limit" if edit["share"] is not None:
            values["share"] = f"{say.number(100 * float(edit['share']))} %"
    none = kind in GONE and edit.get(GONE[kind]) is None
    return say.t("changes", f"says-{kind}{'-none' if none else ''}", **values)


def _part(say: Language, kind: str, name: str, edit: Tree, values: dict[str, Any]) -> str:
    key = name.removesuffix("_per_day")
    more = {"heads": edit[name]} if kind == "class_size" else {}
    line = {"line": edit.get("line", 1)} if kind == "crew" else {}
    return say.t("changes", f"says-{kind}-{key}", **{**values, **more, **line})


def _pin(say: Language, edit: Tree) -> str:
    to = [say.written(it) for it in (edit.get("start"), edit.get("people")) if it]
    if not to:
        return say.t("changes", "says-pin-none", task=edit["task"])
    return say.t("changes", "says-pin", task=edit["task"], to=", ".join(to))
