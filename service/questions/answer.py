"""The answer to a question about a plan, whichever kind it is of; what it says, in words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from typing import Any

from service.questions.why_not import WhyNot, why_not_document
from service.questions.worth import Worth, worth_document
from service.repairs.find import Asking, repairs, repairs_document
from service.store.runs import Limits, Question
from service.wording.language import Language
from service.wording.repairs import repair_lines
from service.wording.why_not import why_not_lines
from service.wording.worth import worth_lines
from solver.settings import Stop

Tree = dict[str, Any]

Tell = Callable[[str], None]
"""Sent on the way: a phase, with numbers after colons: `solve:2:5`."""


def answer(tree: Tree, plan: Mapping[str, Any], limits: Limits, tell: Tell, stop: Stop) -> Tree:
    """What is found of the question of some limits about a plan document of a rollout."""
    assert limits.question is not None  # whoever calls this has looked
    asked = json.loads(limits.question)
    return ANSWERS[asked["question"]](tree, plan, limits, asked, tell, stop)


def _repairs(
    tree: Tree,
    plan: Mapping[str, Any],
    limits: Limits,
    asked: Mapping[str, Any],
    tell: Tell,
    stop: Stop,
) -> Tree:
    named = {it.name for it in fields(Asking)}
    asking = Asking(
        **{name: value for name, value in asked.items() if name in named},
        seconds=limits.seconds,
        seed=limits.seed,
        preset=limits.preset,
        most_people=limits.most_people,
    )

    def say(phase: str, done: int, of: int) -> None:
        tell(f"{phase}:{done}:{of}")

    return repairs_document(repairs(tree, plan, asking, say, stop))


def _why_not(
    tree: Tree,
    plan: Mapping[str, Any],
    limits: Limits,
    asked: Mapping[str, Any],
    tell: Tell,
    stop: Stop,
) -> Tree:
    named = {it.name for it in fields(WhyNot)}
    asking = WhyNot(
        **{name: value for name, value in asked.items() if name in named},
        seconds=limits.seconds,
        preset=limits.preset,
        most_people=limits.most_people,
    )
    tell("conflict:0:0")
    return why_not_document(tree, plan, asking, stop)


def _worth(
    tree: Tree,
    plan: Mapping[str, Any],
    limits: Limits,
    asked: Mapping[str, Any],  # noqa: ARG001 - there is nothing to be said beside the plan
    tell: Tell,
    stop: Stop,
) -> Tree:
    asking = Worth(limits.seconds, limits.seed, limits.preset, limits.most_people)
    return worth_document(tree, plan, asking, tell, stop)


Answer = Callable[[Tree, Mapping[str, Any], Limits, Mapping[str, Any], Tell, Stop], Tree]

ANSWERS: Mapping[Question, Answer] = {"repairs": _repairs, "why-not": _why_not, "worth": _worth}

LINES: Mapping[Question, Callable[[Language, Tree], Iterator[str]]] = {
    "repairs": repair_lines,
    "why-not": why_not_lines,
    "worth": worth_lines,
}
"""What is found in words, line by line."""
