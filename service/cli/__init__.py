"""The command `allocator`: plan a rollout, check a plan, look at it, compare two of them."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; ends the process with one of the documented exit codes."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter gets a question mark, not a traceback.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        from service.cli.app import app  # here, so that Ctrl-C while it loads ends well too

        app()
    except KeyboardInterrupt:
        sys.exit(130)
