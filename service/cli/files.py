"""Documents on disk: read within limits, written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
from pathlib import Path

from allocator.formats.detect import FORMATS, format_of
from allocator.formats.text.tree import MAX_BYTES


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


def check_writable(path: Path, *, workbook: bool = False) -> None:
    """Raise FileProblem now rather than after a long solve if a file cannot be written.

    A plan is YAML or JSON; a rollout may be a `workbook` too.
    """
    endings = [end for it in FORMATS if workbook or it.is_text for end in it.suffixes]
    if path.suffix.lower() not in endings:
        what, listed = "rollout" if workbook else "plan", ", ".join(sorted(endings))
        raise FileProblem(f"{path}: a {what} is written to a file that ends in {listed}.")
    if path.is_dir():
        raise FileProblem(f"{path} cannot be written: it is a directory.")
    if not path.parent.is_dir():
        raise FileProblem(f"{path} cannot be written: there is no directory {path.parent}.")
    if not os.access(path.parent, os.W_OK):
        raise FileProblem(f"{path} cannot be written: the directory may not be changed.")


def write_document(path: Path, tree: object) -> None:
    """Write a document in the format of its ending, in one step: readers see all or nothing."""
    found = format_of(path.suffix)
    assert found is not None  # `check_writable` has looked
    write_whole(path, found.write(tree))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step: readers see all of it or nothing."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", text=False)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
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
