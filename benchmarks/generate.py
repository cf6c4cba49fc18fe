"""Rollout documents of a size."""

SIZES = ("S",)
from pathlib import Path


def write(size: str, seed: int, out: Path) -> None: ...
