"""Measure a figure of the service and print its table: `python -m benchmarks.service NAME`."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.service import accepted, latency, nightly, overhead, takeover, whatif

FIGURES = {
    "accepted": accepted.measure,
    "latency": latency.measure,
    "nightly": nightly.measure,
    "overhead": overhead.measure,
    "takeover": takeover.measure,
    "whatif": whatif.measure,
}


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.service")
    parser.add_argument("figure", choices=FIGURES)
    parser.add_argument("--rollout", type=Path, help="a document instead of a generated one")
    parser.add_argument("--postgresql", action="store_true", help="instead of SQLite")
    parser.add_argument("--requests", type=int, default=1000)
    parser.add_argument("--nights", type=int, default=100)
    parser.add_argument("--turns", type=int, default=1, help="measure so often")
    parser.add_argument(
        "--beside", type=Path, action="append", default=[], help="another checkout, in turns"
    )
    asked = parser.parse_args()
    FIGURES[asked.figure](asked)


if __name__ == "__main__":
    main()
