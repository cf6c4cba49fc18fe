"""The command `allocator`: plan a rollout, check a plan, look at it, compare two of them."""

from __future__ import annotations

import sys

from service.cli.signals import held_back


def main() -> None:
    """Run the command line; ends the process with one of the documented exit codes."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter gets a question mark, not a traceback.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        with held_back():
            # Native libraries start threads as they are loaded, and these must not take signals
            # from the main thread: they are loaded here, with signals held back.
            from service.cli.app import app
        app()
    except KeyboardInterrupt:
        sys.exit(130)
