"""The command line run as people run it: a process with its own stdout, stderr and exit code."""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from allocator.formats.text.tree import dump_yaml, read_tree
from service.cli import main

ROOT = Path(__file__).parents[2]
CLINIC = ROOT / "examples" / "clinic.yaml"
COMMAND = [sys.executable, "-m", "service.cli"]
TIMEOUT = 120
WRITTEN = os.O_WRONLY | os.O_CREAT


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


LOADED = multiprocessing.get_context("forkserver")
"""Processes that have the command loaded, which takes longer than most commands run."""

LOADED.set_forkserver_preload(["service.cli.app"])


def allocator(*arguments: object) -> Ended:
    """Run the command to its end."""
    with TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        words = [str(word) for word in arguments]
        process = LOADED.Process(target=_run, args=(words, dict(os.environ), out, err))
        process.start()
        process.join(TIMEOUT)
        assert process.exitcode is not None, f"{words} did not end in {TIMEOUT} s"
        ended = Ended(process.exitcode, out.read_text(), err.read_text())
    assert "Traceback" not in ended.out + ended.err
    return ended


def _run(words: list[str], environment: dict[str, str], out: Path, err: Path) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    for number, path, flags in ((0, os.devnull, os.O_RDONLY), (1, out, WRITTEN), (2, err, WRITTEN)):
        os.dup2(os.open(path, flags, 0o600), number)
    sys.argv = ["allocator", *words]
    main()


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
