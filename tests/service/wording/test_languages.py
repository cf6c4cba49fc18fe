"""Facts, edits and ways out are worded in every language, and in no other one."""

from __future__ import annotations

import re
from typing import Any

import pytest

from allocator.facts.wording import SENTENCES, sentence
from allocator.plan import Fact
from service.edits.changes import Change
from service.wording.edits import edit_sentence
from service.wording.facts import conflict_sentences, fact_sentence
from service.wording.language import language
from service.wording.repairs import repair_lines
from web.messages import LANGUAGES

OTHERS = [it for it in LANGUAGES if it != "en"]

VALUES: dict[str, Any] = {
    "person": "p1",
    "from": "2027-01-20",
    "to": "2027-01-21",
    "task": "q1",
    "other": "q2",
    "project": "j1",
    "amount": 500,
    "skill": "k1",
    "level": 3,
    "until": "2027-01-22",
    "most": 4,
    "hours": 6,
    "department": "d1",
    "course": "c1",
    "day": "2027-01-23",
    "equipment": ("e1", "e2"),
    "term": "cost",
    "status": "pending",
    "audience": "a1",
    "language": "l1",
    "heads": 12,
    "vendor": "v1",
    "number": 3,
    "people": ("p1", "p2"),
    "lower": ("p3",),
    "start": "2027-01-20T08:00",
    "share": 0.25,
    "kind": "course",
    "id": "c1",
    "site": "s1",
    "rooms": ("r1", "r2"),
    "minutes": 40,
    "asked": 2650,
    "classes": 20,
    "seats": 240,
    "planned": 240,
    "needed": 12,
    "weeks": 23,
    "room": "r1",
    "opens": 10,
    "closes": 2,
}

ALIKE = {"all", "to", "rollout", "in", "die", "plan", "budget", "was", "person", "per", "so"}
"""Words that are English and another language's alike."""


def fact(code: str, **values: Any) -> dict[str, Any]:
    return {"path": "", "code": code, "values": VALUES | values}


def variants() -> list[dict[str, Any]]:
    """Every code, and each of its forms."""
    alone = [
        fact("skill", people=(), lower=()),
        fact("skill", people=("p1",)),
        fact("rooms", rooms=()),
        fact("rooms", rooms=("r1",)),
        fact("green_light", status="granted"),
        {"code": "green_light", "values": {"department": "d1", "status": "refused"}},
        *(fact("work", kind=it) for it in ("task", "support")),
    ]
    return [*(fact(code) for code in SENTENCES), *alone]


def words(text: str) -> set[str]:
    return {it.lower() for it in re.findall(r"[^\W\d_]{2,}", text)} - ALIKE


def typed(it: dict[str, Any]) -> Fact:
    return Fact("", it["code"], tuple(it["values"].items()))


@pytest.mark.parametrize("it", variants(), ids=lambda it: it["code"])
def test_english_says_the_same_in_documents_and_elsewhere(it: dict[str, Any]) -> None:
    if it["code"] == "forbidden":
        it = fact("forbidden", term="cost")
        assert fact_sentence(language("en"), it).lower() == sentence(typed(it))
        return
    assert fact_sentence(language("en"), it) == sentence(typed(it)).replace("T08:00", " 08:00")


@pytest.mark.parametrize("code", OTHERS)
def test_no_english_word_stands_in_a_fact_of_another_language(code: str) -> None:
    for it in variants():
        english, other = (words(fact_sentence(language(each), it)) for each in ("en", code))
        assert not english & other, it["code"]


def edits() -> list[dict[str, Any]]:
    """Every edit of a scenario with all its fields, as its schema has them."""
    kinds = Change.__origin__.__args__  # type: ignore[attr-defined]
    found = []
    for kind in kinds:
        name = kind.model_fields["edit"].annotation.__args__[0]
        fields = [field.alias or at for at, field in kind.model_fields.items() if at != "edit"]
        values = VALUES | {
            "limit": "hours_per_day",
            "preset": "calm",
            "price": 3,
            "like": "p1",
            "name": "p9",
            "id": "p9",
            "wave": "w1",
            "line": 1,
            "min": 2,
            "max": 14,
            "seats": 14,
            "lead_days": 2,
            "reason": "x1",
            "minimum_hours_per_day": 3,
            "budget": 500,
            "open_days_before_go_live": 10,
            "close_days_before_go_live": 2,
        }
        days = ("due", "deadline", "earliest", "end", "date", "go_live")
        values |= dict.fromkeys(days, "2027-01-20")
        found.append({"edit": name} | {it: values[it] for it in fields})
    return found


@pytest.mark.parametrize("it", edits(), ids=lambda it: it["edit"])
def test_every_edit_is_said_in_every_language_without_english(it: dict[str, Any]) -> None:
    english = words(edit_sentence(language("en"), it))
    for code in OTHERS:
        said = edit_sentence(language(code), it)
        assert said
        assert not english & words(said), f"{code}: {said}"


@pytest.mark.parametrize("code", OTHERS)
def test_no_english_word_stands_in_ways_out_of_another_language(code: str) -> None:
    conflict = {"because": [fact("work"), fact("skill")], "minimal": False}
    after = {
        "done": True,
        "open": 1,
        "late": 0,
        "people": ["p1"],
        "against_control": {"open": -1, "late": 0, "cost": 12.5, "total": -100.0},
    }
    kinds = ["time", "people", "skill", "room", "money", "rule", "scope"]
    roles = ["project", "person", "manager", "department", "vendor", "site", "planner"]
    found = {
        "of": "open",
        "state": "proved",
        "proved": True,
        **conflict,
        "also": [conflict],
        "control": after,
        "seconds": 2.0,
        "repairs": [
            {
                "kinds": kinds,
                "edits": [{"edit": "leave_out", "task": "q1"}],
                "ask": [{"role": role, "id": "p1"} for role in roles],
                "least": True,
                "after": after,
            },
            {"kinds": [], "edits": [], "ask": [], "least": True, "after": after | {"done": False}},
            {"kinds": [], "edits": [], "ask": [], "least": True, "after": None},
        ],
    }
    english, other = ("\n".join(repair_lines(language(each), found)) for each in ("en", code))
    assert len(english.splitlines()) == len(other.splitlines())
    assert not words(english) & words(other)


def test_a_conflict_of_a_document_is_said_as_what_no_plan_has() -> None:
    conflict = {"because": [fact("work", kind="task", id="t-a"), fact("deadline")]}
    said = conflict_sentences(language("de"), [conflict], "all")
    assert said == "kein Plan hat t-a: q1 muss bis 23.01.2027 enden"


def test_numbers_days_and_lists_are_written_by_the_language() -> None:
    assert language("de").number(1234.5) == "1234,5"
    assert language("en").number(20.0) == "20"
    assert language("sl").day("2027-01-20T08:00") == "20. 01. 2027 ob 08:00"
    assert language("hu").listed(["a", "b", "c", "d", "e", "f"]) == "a, b, c, d és még 2"
    assert language("xx").code == "en"
