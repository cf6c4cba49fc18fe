"""`allocator compare`: two plans side by side, by what they cost and by who does what when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal, NamedTuple, SupportsFloat, cast

import typer

from allocator.check import score
from allocator.formats.detect import open_document
from allocator.formats.document import problem_of
from allocator.formats.plan.write import read_plan
from allocator.problem import Problem
from service.cli.exits import DONE, ending_well
from service.cli.options import AsJson
from service.cli.output import number, results, say, table, write_json
from service.cli.server import plan_document, rollout_document
from service.plans.agenda import Names, names_of, read_plan_document
from service.plans.differences import Booked, Difference, Over, differences, never
from service.plans.over import over_in

Price = float | None
"""None of a forbidden term."""


class Amount(NamedTuple):
    """An amount of a term, and amount x price; of the total both are the total, at all prices."""

    amount: float
    total: float
    price: Price | tuple[Price, ...]


Terms = dict[str, Amount]
"""Term -> amount; `total` is one of them."""


@ending_well
def compare(
    before: Annotated[Path, typer.Argument(help="One plan document; its id with --server.")],
    after: Annotated[Path, typer.Argument(help="The other plan document.")],
    rollout: Annotated[
        Path | None,
        typer.Option("--rollout", help="Their rollout: adds names, and scores are recomputed."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Compare two plans: the terms of their scores, and every booking that differs."""
    contents = [plan_document(before), plan_document(after)]
    documents = [read_plan_document(content) for content in contents]
    names, problem = Names(), None
    over: Over = never
    if rollout is not None:
        opened = open_document(rollout_document(rollout))
        problem = problem_of(opened)
        names, over = names_of(problem), over_in(cast(dict[str, Any], opened.tree))
    terms = [_terms(content, problem) for content in contents]
    found = differences(documents[0], documents[1], over)
    if as_json:
        write_json(_tree(terms, found))
    else:
        _print(terms, found, names)
    return DONE


def _terms(content: bytes, problem: Problem | None) -> Terms:
    """The score as stated, or recomputed where there is a rollout."""
    if problem is None:
        stated = read_plan_document(content).score
        if stated is None:
            return {}
        found = {
            term.term: Amount(term.amount, term.total, _price(term.price)) for term in stated.terms
        }
        return found if stated.total is None else _with_total(found, stated.total)
    recomputed = score(problem, read_plan(content, problem))
    terms = {
        term.term: Amount(
            float(term.amount),
            float(term.total),
            None if term.price is None else float(term.price),
        )
        for term in recomputed.terms
    }
    return _with_total(terms, float(recomputed.total))


def _price(price: SupportsFloat | str | None) -> Price:
    return None if price is None or isinstance(price, str) else float(price)


def _with_total(terms: Terms, total: float) -> Terms:
    prices = tuple(cast(Price, it.price) for it in terms.values())
    return terms | {"total": Amount(total, total, prices)}


def print_comparison(found: dict[str, Any], edits: list[dict[str, Any]]) -> None:
    """What a service says of two plans, and which of the edits each difference is due to."""
    terms = [
        _with_total(
            {
                it["term"]: Amount(it[side], it[f"total_{side}"], _price(it[f"price_{side}"]))
                for it in found["terms"]
            },
            found["total"][side],
        )
        for side in ("before", "after")
    ]
    if found.get("outdated"):
        say(results(), OLD, "yellow")
    if found.get("effect"):
        say(results(), _effect(found["effect"]), "bold")
    causes = [
        ", ".join(f"{number} ({edits[number]['edit']})" for number in it["edits"])
        for it in found["bookings"]
    ]
    reported = (found.get("effect") or {}).get("terms") or {}
    verdicts = {term: it["verdict"] for term, it in reported.items()}
    _print(terms, _differing(found["bookings"]), Names(), causes, verdicts)


OLD = "This plan was made before the edits, or what they are made on, changed: plan it again."

WHY = {
    "prices": "Totals at different prices are not compared, only their terms.",
    "equal": "No effect on the total.",
    "noise": "undecided: within what the search alone makes differ ({noise:,.2f})",
    "cold": "undecided: without a plan to begin with, what the search makes differ is not known",
    "stopped": "undecided: the two searches did not have the same effort",
    "pending": "Undecided: the rollout is still being solved alike without the edits.",
    "no control": "Undecided: the rollout was not solved alike without the edits; plan it again.",
}


def _effect(effect: dict[str, Any]) -> str:
    """What the edits do, in a sentence."""
    said, total = WHY.get(effect["why"]), effect["total"]
    if total is None or effect["why"] == "equal":
        return str(said)
    by = f"{total['after'] - total['before']:+,.2f}"
    if said is None:
        noise = "" if total["noise"] is None else f" (the search alone: {total['noise']:,.2f})"
        proved = effect["why"] == "bounds"
        return f"Effect on the total: {by}, {effect['verdict']}{'' if proved else noise}."
    return f"Effect on the total: {by}, {said.format(**total)}."


def print_differences(bookings: list[dict[str, Any]]) -> None:
    """What a service says of bookings that differ, without any cause."""
    _print_bookings(_differing(bookings), Names())


def _differing(bookings: list[dict[str, Any]]) -> list[Difference]:
    return [
        Difference(tuple(it["what"]), _booked(it["before"]), _booked(it["after"]))
        for it in bookings
    ]


def _booked(side: dict[str, Any] | None) -> Booked | None:
    if side is None:
        return None
    learners = [
        (it["audience"], it["heads"], tuple(it["members"])) for it in side.get("learners", [])
    ]
    return Booked(
        side["kind"],
        side["id"],
        side["start"],
        side["end"],
        tuple(side["people"]),
        side.get("room"),
        tuple(learners),
    )


def _print(
    terms: list[Terms],
    found: list[Difference],
    names: Names,
    causes: Sequence[str] = (),
    verdicts: Mapping[str, str] = MappingProxyType({}),
) -> None:
    console = results()
    heads = ["term", ">before", ">after", ">total before", ">total after", ">change"]
    made = table("Score", *heads, *(["effect"] if verdicts else []))
    for term in dict.fromkeys([*terms[0], *terms[1]]):
        old, new = (side.get(term) for side in terms)
        amounts = ["", ""] if term == "total" else [_shown(old, 0), _shown(new, 0)]
        change = ""
        if old is not None and new is not None:
            alike = old.price == new.price
            change = f"{new.total - old.total:+,.2f}" if alike else "other prices"
        verdict = [verdicts.get(term, "")] if verdicts else []
        made.add_row(term, *amounts, _shown(old, 1), _shown(new, 1), change, *verdict)
    console.print(made)
    console.print()
    _print_bookings(found, names, causes)


def _print_bookings(found: list[Difference], names: Names, causes: Sequence[str] = ()) -> None:
    console = results()
    if not found:
        say(console, "Every booking is the same.")
        return
    say(console, f"Bookings that differ ({len(found)})", "bold")
    for difference, cause in zip_longest(found, causes):
        due = f", due to edit {cause}" if cause else ""
        say(console, f" - {_sentence(difference, names)}{due}")


def _shown(found: Amount | None, at: Literal[0, 1]) -> str:
    return "not stated" if found is None else number(found[at])


def _sentence(difference: Difference, names: Names) -> str:
    """`t-config moved from .. to ..; other people: ana, before bor`."""
    before, after, booked = difference.before, difference.after, difference.booked
    work = f"{booked.kind} {names.of(booked.id)}"
    if before is None or after is None:
        people = ", ".join(names.of(person) for person in booked.people)
        return f"{difference.what[0]}: {work} from {booked.start} to {booked.end}, {people}"
    parts = []
    if "moved" in difference.what:
        parts.append(f"moved from {_span(before)} to {_span(after)}")
    if "other people" in difference.what:
        parts.append(f"other people: {_people(after, names)} instead of {_people(before, names)}")
    if "other room" in difference.what:
        parts.append(f"other room: {after.room or 'none'} instead of {before.room or 'none'}")
    if "other learners" in difference.what:
        parts.append(f"other learners: {_learners(after)} instead of {_learners(before)}")
    when = "" if "moved" in difference.what else f" on {booked.start}"
    return f"{work}{when} {'; '.join(parts)}"


def _span(booked: Booked) -> str:
    return f"{booked.start} - {booked.end}"


def _people(booked: Booked, names: Names) -> str:
    return ", ".join(names.of(person) for person in booked.people) or "nobody"


def _learners(booked: Booked) -> str:
    return ", ".join(f"{heads} of {audience}" for audience, heads, _ in booked.learners) or "nobody"


def _tree(terms: list[Terms], found: list[Difference]) -> dict[str, object]:
    return {
        "terms": [
            {
                "term": term,
                "before": None if term not in terms[0] else terms[0][term].total,
                "after": None if term not in terms[1] else terms[1][term].total,
                "same_price": all(term in it for it in terms)
                and terms[0][term].price == terms[1][term].price,
            }
            for term in dict.fromkeys([*terms[0], *terms[1]])
        ],
        "differences": [
            {
                "what": list(difference.what),
                "kind": difference.booked.kind,
                "id": difference.booked.id,
                "before": _side(difference.before),
                "after": _side(difference.after),
            }
            for difference in found
        ],
    }


def _side(booked: Booked | None) -> dict[str, object] | None:
    if booked is None:
        return None
    return {
        "start": booked.start,
        "end": booked.end,
        "people": list(booked.people),
        "room": booked.room,
        "learners": [
            {"audience": audience, "heads": heads, "members": list(members)}
            for audience, heads, members in booked.learners
        ],
    }
