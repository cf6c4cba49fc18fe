"""The command line run as people run it: a process with its own stdout, stderr and exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from allocator.formats.text.tree import dump_yaml, read_tree

ROOT = Path(__file__).parents[2]
CLINIC = ROOT / "examples" / "clinic.yaml"
COMMAND = [sys.executable, "-m", "service.cli"]
TIMEOUT = 120


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def tree(self) -> Any:
        """Stdout as the one JSON document that it is."""
        return json.loads(self.out)


def allocator(*arguments: object) -> Ended:
    """Run the command to its end."""
    ended = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        timeout=TIMEOUT,
        check=False,
    )
    out, err = ended.stdout.decode(), ended.stderr.decode()
    assert "Traceback" not in out + err
    return Ended(ended.returncode, out, err)


def started(*arguments: object) -> subprocess.Popen[bytes]:
    """Start the command, to be ended by the test."""
    return subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def written(path: Path, tree: object) -> Path:
    """A document in a file."""
    path.write_text(dump_yaml(tree))
    return path


def read(path: Path) -> Any:
    """The tree of a document in a file."""
    return read_tree(path.read_bytes())
