"""Which instances a run takes: files, folders, patterns within the folder of instances, samples."""

from __future__ import annotations

import os
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.families import DOCUMENTS, READERS
from benchmarks.instance import BadInstance
from benchmarks.known import known_of

VARIABLE = "ALLOCATOR_INSTANCES"
"""Environment variable that names the folder of instances, one folder in it per family."""


def paths_of(
    names: Sequence[str], folder: Path | None, status: str | None, subset: str | None
) -> list[Path]:
    """The files of some names, in order and each once, of a status and subset if asked for.

    A name is a file, a folder, or a pattern such as `mspsp` or `imopse/500_*` in the folder of
    instances.
    """
    found = dict.fromkeys(path for name in names for path in _named(name, folder))
    return [path for path in found if _wanted(path, status, subset)]


def sampled(paths: Sequence[Path], size: int | None, seed: int) -> list[Path]:
    """A random sample of a size; the same for the same paths and seed."""
    if size is None or size >= len(paths):
        return list(paths)
    chosen = random.Random(seed).sample(sorted(paths, key=lambda path: path.name), size)
    return [path for path in paths if path in set(chosen)]


def _named(name: str, folder: Path | None) -> list[Path]:
    path = Path(name)
    if path.is_file():
        return [path]
    if path.is_dir():
        return _instances(path.rglob("*"))
    root = folder or _from_environment(name)
    if not root.is_dir():
        raise BadInstance(f"There is no folder {root}; it should hold the instances.")
    fitting = list(root.glob(name))
    inside = [each for part in fitting if part.is_dir() for each in part.rglob("*")]
    found = _instances([*fitting, *inside])
    if not found:
        raise BadInstance(f"No instance {name!r} in {root}.")
    return found


def _from_environment(name: str) -> Path:
    if VARIABLE not in os.environ:
        message = (
            f"There is no file or folder {name!r}. To run it as a set, name the folder of the "
            f"public instances with --instances or the environment variable {VARIABLE}."
        )
        raise BadInstance(message)
    return Path(os.environ[VARIABLE])


def _instances(paths: Iterable[Path]) -> list[Path]:
    endings = (*READERS, *DOCUMENTS)
    return sorted(path for path in paths if path.suffix in endings and path.is_file())


def _wanted(path: Path, status: str | None, subset: str | None) -> bool:
    known = known_of(path, path.stem.removeprefix("inst_"))
    return status in (None, known.status) and subset in (None, known.subset)
