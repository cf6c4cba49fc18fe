"""Another id for an entry: every reference follows, in documents, published plans and edits."""

from __future__ import annotations

import copy
import itertools
from typing import Any

import pytest

from allocator.errors import InvalidDocument
from allocator.formats.document import problem_from_tree
from allocator.formats.faults import Faults
from allocator.formats.rollout.references import mentions
from allocator.formats.shape import KINDS, read_sheet
from allocator.formats.text.tree import read_tree
from service.edits.renaming import IN_EDITS, IN_ROLLOUTS, Rename, renamed, renamed_edit
from tests.support.everything import ROLLOUT

TREE: dict[str, Any] = read_tree(ROLLOUT.encode())  # type: ignore[assignment]
TREE["audiences"][1]["trained"] = [{"course": "c-basic", "members": ["cid"], "on": "2027-03-20"}]
TREE["audiences"][1]["trained"][0]["trainers"] = ["ana"]
TREE["support"][0] |= {
    "users": {"audiences": ["clerks"]},
    "worked": [{"department": "shop", "day": "2027-03-30", "people": ["ana"]}],
}
TREE["tasks"][0]["progress"] = {"worked": [{"person": "ana", "hours": 1}]}
ENTRIES = [(name, it["id"]) for name in KINDS for it in TREE[name]]


def texts(node: object) -> list[str]:
    """All texts of a document that are no keys."""
    if isinstance(node, dict):
        return list(itertools.chain.from_iterable(map(texts, node.values())))
    if isinstance(node, list):
        return list(itertools.chain.from_iterable(map(texts, node)))
    return [node] if isinstance(node, str) else []


@pytest.mark.parametrize(("name", "id_"), ENTRIES)
def test_the_rollout_is_the_same_one_but_for_the_id(name: str, id_: str) -> None:
    changed, places = renamed(TREE, Rename(name, id_, "another"))
    problem_from_tree(changed)  # nothing refers to nowhere
    back, again = renamed(changed, Rename(name, "another", id_))
    assert (back, again) == (TREE, places)
    assert texts(changed).count("another") == places + 1


def test_the_places_are_those_at_which_references_are_checked() -> None:
    """In a document that has one of everything, each kind of place is there at least once."""
    sheet = read_sheet(TREE, Faults())
    checked = {
        (name, path) for path, kind, _ in mentions(sheet) for name in KINDS if KINDS[name] == kind
    }
    found = set()
    for name, path in checked:
        steps = "".join("[]" if it.isdigit() else it for it in _steps(path))
        found.add((name, steps))
    known = {(name, path) for name, paths in IN_ROLLOUTS.items() for path in paths}
    assert found <= known
    assert known - found == set()


def _steps(path: str) -> list[str]:
    return path.replace("[", " ").replace("]", " ").split(" ")


def test_a_document_with_faults_is_renamed_too() -> None:
    spoiled = copy.deepcopy(TREE)
    spoiled["people"][0]["skills"][0]["level"] = 99
    spoiled["tasks"] = "no list"
    changed, _ = renamed(spoiled, Rename("skills", "till", "tills"))
    assert changed["people"][0]["skills"][0] == TREE["people"][0]["skills"][0] | {
        "skill": "tills",
        "level": 99,
    }
    assert changed["tasks"] == "no list"


@pytest.mark.parametrize(
    ("rename", "path", "code"),
    [
        (Rename("people", "zoe", "zora"), "id", "unknown_id"),
        (Rename("people", "ana", "bor"), "to", "duplicate_id"),
        (Rename("people", "ana", ""), "to", "bad_value"),
        (Rename("goals", "ana", "bor"), "list", "unknown_field"),
    ],
)
def test_what_cannot_be_renamed_is_reported(rename: Rename, path: str, code: str) -> None:
    with pytest.raises(InvalidDocument) as raised:
        renamed(TREE, rename)
    assert [(it.path, it.code) for it in raised.value.faults] == [(path, code)]


def test_edits_follow_in_every_field_that_names_an_entry() -> None:
    edit = {"edit": "pin", "task": "ana", "people": ["bor", "ana"]}
    assert renamed_edit(edit, Rename("people", "ana", "a")) == edit | {"people": ["bor", "a"]}
    assert renamed_edit(edit, Rename("tasks", "ana", "a")) == edit | {"task": "a"}
    assert set(IN_EDITS) <= KINDS.keys()
