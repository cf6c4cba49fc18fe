"""What is made of an upload: each function runs in a process of its own (`process`).

What they answer is small and plain: the tree of a stranger's document stays in that process.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allocator.errors import Fault, InvalidDocument
from allocator.formats.detect import open_document
from allocator.formats.document import problem_from_tree, problem_of
from allocator.formats.text.tree import dump_json, read_tree
from service.checking import CheckedPlan, check_trees, validate_document
from service.edits import replacement
from service.edits.merge_patch import merged
from service.edits.renaming import Rename, renamed
from service.edits.replacement import Replacement
from service.store.documents import Document, unpacked


@dataclass(frozen=True, slots=True)
class Judged:
    """A rollout document: its faults, or what a planner should look at in it."""

    valid: bool
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """A plan held against its rollout: (rule, sentence) of each breach, and the score by term."""

    violations: tuple[tuple[str, str], ...]
    total: float
    terms: tuple[tuple[str, float, float | None, float], ...]
    """(term, amount, price, total)."""
    other_rollout: bool


def rollout(content: bytes) -> Document:
    """The valid rollout document in a body; InvalidDocument with all faults and their lines."""
    return Document.of(_read(content))


def patched(before: bytes, patch: bytes) -> Document:
    """A kept document with the JSON Merge Patch in a body (RFC 7396)."""
    tree = merged(unpacked(before), _mapping(read_tree(patch)))
    problem_from_tree(tree)
    return Document.of(tree)


def carried_over(before: bytes, content: bytes) -> Document:
    """The valid document in a body, with the published plan of a kept one if it has none."""
    tree = replacement.carried_over(unpacked(before), _read(content))
    problem_from_tree(tree)
    return Document.of(tree)


def compared(before: bytes, content: bytes) -> Replacement:
    """What changes in a kept document if that in a body replaces it, which would be valid."""
    old, new = unpacked(before), _read(content)
    problem_from_tree(replacement.carried_over(old, new))
    return replacement.replacement(old, new)


def renamed_draft(content: bytes) -> bytes:
    """A document with another id for an entry, as JSON: `{"document": ..., "places": ...}`.

    The body names `document`, `list`, `id` and `to`; the document may have faults.
    """
    tree = _mapping(read_tree(content))
    faults = [
        Fault(name, "missing_field", f'The field "{name}" is missing, or of another kind.')
        for name, kind in (("document", dict), ("list", str), ("id", str), ("to", str))
        if not isinstance(tree.get(name), kind)
    ]
    if faults:
        raise InvalidDocument(faults)
    document, places = renamed(tree["document"], Rename(tree["list"], tree["id"], tree["to"]))
    return dump_json({"document": document, "places": places}, indent=None).encode()


def judged(content: bytes) -> Judged:
    """All that is wrong in a body, or what a planner should look at in it."""
    found = validate_document(content)
    return Judged(found.problem is not None, found.faults, found.warnings)


def scored(content: bytes) -> Scored:
    """The plan in a body against the rollout in it: `{"rollout": ..., "plan": ...}`."""
    tree = _mapping(read_tree(content))
    faults = [
        Fault(name, "missing_field", f'The field "{name}" is missing.')
        for name in ("rollout", "plan")
        if name not in tree
    ]
    faults += [
        Fault(name, "unknown_field", f'There is no field "{name}" here.')
        for name in tree
        if name not in ("rollout", "plan")
    ]
    if faults:
        raise InvalidDocument(faults)
    return _scored(check_trees(tree["rollout"], tree["plan"]))


def _scored(found: CheckedPlan) -> Scored:
    score = found.checked.score
    return Scored(
        violations=tuple((it.rule, it.message) for it in found.checked.violations),
        total=float(score.total),
        terms=tuple(
            (
                it.term,
                float(it.amount),
                None if it.price is None else float(it.price),
                float(it.total),
            )
            for it in score.terms
        ),
        other_rollout=found.other_rollout,
    )


def _read(content: bytes) -> dict[str, Any]:
    opened = open_document(content)
    problem_of(opened)
    return _mapping(opened.tree)


def _mapping(tree: object) -> dict[str, Any]:
    if not isinstance(tree, dict):
        raise InvalidDocument([Fault("", "not_a_mapping", "The document is no mapping.")])
    return tree
