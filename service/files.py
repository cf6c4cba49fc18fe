"""Documents on disk: read within limits, written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
from pathlib import Path

from allocator.formats.text import MAX_BYTES, dump_json, dump_yaml

FORMATS = {".json": "json", ".yaml": "yaml", ".yml": "yaml"}
"""Endings of plan files, and what is written into them."""


class FileProblem(Exception):
    """A file that cannot be read or written; the message is a sentence for its owner."""


def read_document(path: Path) -> bytes:
    """The bytes of a document; a file above the size limit is refused before it is read."""
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            if stat.S_ISREG(status.st_mode) and status.st_size > MAX_BYTES:
                raise FileProblem(_too_large(path))
            # One byte more than allowed: a pipe tells its size only by being read.
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise FileProblem(f"{path} cannot be read: {_reason(error)}.") from None
    except ValueError:
        raise FileProblem("The name of the file holds a character that no file can have.") from None
    if len(content) > MAX_BYTES:
        raise FileProblem(_too_large(path))
    return content


def format_of(path: Path) -> str:
    """`json` or `yaml`, by the ending of the name."""
    try:
        return FORMATS[path.suffix.lower()]
    except KeyError:
        endings = ", ".join(sorted(FORMATS))
        raise FileProblem(f"{path}: a plan is written to a file that ends in {endings}.") from None


def check_writable(path: Path) -> None:
    """Raise FileProblem now rather than after a long solve if a file cannot be written."""
    format_of(path)
    if path.is_dir():
        raise FileProblem(f"{path} cannot be written: it is a directory.")
    if not path.parent.is_dir():
        raise FileProblem(f"{path} cannot be written: there is no directory {path.parent}.")
    if not os.access(path.parent, os.W_OK):
        raise FileProblem(f"{path} cannot be written: the directory may not be changed.")


def write_document(path: Path, tree: object) -> None:
    """Write a document in the format of its ending, in one step: readers see all or nothing."""
    text = dump_json(tree) + "\n" if format_of(path) == "json" else dump_yaml(tree)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", text=False)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
            os.chmod(name, _mode(path))
            os.replace(name, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)
            raise
    except OSError as error:
        raise FileProblem(f"{path} cannot be written: {_reason(error)}.") from None


def _mode(path: Path) -> int:
    """The rights of the file that is replaced, else those that new files get."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _too_large(path: Path) -> str:
    return f"{path} is larger than {MAX_BYTES // 2**20} MB; no document is."


_REASONS = {
    errno.ENOENT: "there is no such file",
    errno.EISDIR: "it is a directory",
    errno.EACCES: "its rights do not allow it",
    errno.ENOSPC: "the disk is full",
}


def _reason(error: OSError) -> str:
    number = error.errno or 0
    return _REASONS.get(number, os.strerror(number).lower())
