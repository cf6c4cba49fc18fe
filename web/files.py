"""The files of the pages as they are sent: whole, compressed, and known by a fingerprint."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

HERE = Path(__file__).parent
STATIC = HERE / "static"

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}

IMPORT = re.compile(r"""^(?:import|export)\b[^;]*?\bfrom\s*"(\.{1,2}/[^"]+)";""", re.MULTILINE)
"""What a module imports before it runs; modules imported later, by `import()`, do not count."""


@dataclass(frozen=True)
class File:
    """One file: its bytes, and what they are."""

    content: bytes
    media_type: str

    @cached_property
    def compressed(self) -> bytes:
        """As it is sent to whoever understands gzip, compressed once."""
        return gzip.compress(self.content, 9, mtime=0)


class Files:
    """All files of the pages under one version, which changes whenever any of them does.

    The version is part of their addresses: browsers keep them for good, and modules that import
    each other are always of one version.
    """

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = {
            name: File(content, MEDIA_TYPES[PurePosixPath(name).suffix])
            for name, content in files.items()
        }
        digest = hashlib.sha256()
        for name in sorted(self._files):
            digest.update(f"{name}\0{len(self._files[name].content)}\0".encode())
            digest.update(self._files[name].content)
        self.version = digest.hexdigest()[:12]

    def get(self, name: str) -> File | None:
        """The file of a name such as `js/main.js`."""
        return self._files.get(name)

    def imported(self, name: str) -> list[str]:
        """A module and all that it imports, directly or not, so that they can be sent at once."""
        found: list[str] = []
        waiting = [name]
        while waiting:
            present = waiting.pop(0)
            if present in found:
                continue
            found.append(present)
            text = self._files[present].content.decode()
            waiting += [_resolved(present, target) for target in IMPORT.findall(text)]
        return found


def read_static() -> dict[str, bytes]:
    """Style sheets, modules and pictures by their names under `static`."""
    return {
        path.relative_to(STATIC).as_posix(): path.read_bytes()
        for path in sorted(STATIC.rglob("*"))
        if path.is_file()
    }


def _resolved(module: str, target: str) -> str:
    steps = list(PurePosixPath(module).parent.parts)
    for step in PurePosixPath(target).parts:
        if step == "..":
            steps.pop()
        else:
            steps.append(step)
    return "/".join(steps)
