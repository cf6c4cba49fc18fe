"""Readers of the public families, each recognised by the ending of its files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from allocator.errors import InvalidDocument
from allocator.formats.document import read_problem
from benchmarks.families import imopse, mslib, mspsp, smptsp
from benchmarks.instance import BadInstance, Instance
from benchmarks.known import known_of

ROLLOUT = "rollout"
"""The family of rollout documents."""

READERS: dict[str, Callable[[str, str, str], Instance]] = {
    ".dzn": mspsp.read,
    ".def": imopse.read,
    ".dat": smptsp.read,
    ".msrcp": mslib.read,
}
"""Ending -> reader of (name, text, fingerprint)."""

DOCUMENTS = (".yaml", ".yml", ".json")


def read_instance(path: Path) -> Instance:
    """The instance in a file of any family, or a rollout document.

    Raises BadInstance with a message that begins with the path.
    """
    content = path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        if path.suffix in DOCUMENTS:
            return Instance(path.stem, ROLLOUT, sha256, read_problem(content))
        if path.suffix in READERS:
            text = content.decode("utf-8", errors="replace")
            instance = READERS[path.suffix](path.stem, text, sha256)
            return replace(instance, known=known_of(path, instance.name))
    except (ValueError, InvalidDocument) as error:
        raise BadInstance(f"{path}: {error}") from error
    endings = ", ".join([*READERS, *DOCUMENTS])
    raise BadInstance(f"{path}: no family has files ending in {path.suffix!r}, but {endings}.")
