"""A late change is repaired from the published plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import generate
from benchmarks.__main__ import main
from benchmarks.late_change import late_change
from solver.settings import Settings


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The generated rollout S."""
    path = tmp_path_factory.mktemp("late") / "S.yaml"
    generate.write("S", 1, path)
    return path


def test_only_what_the_ill_trainer_was_to_do_changes(small: Path) -> None:
    # Without time to improve, so that nothing but the repair is seen.
    repair = late_change(small, Settings(seconds=0, workers=1), publish_seconds=0)
    assert repair.lost > 0
    assert repair.lost <= repair.changed <= 0.03 * repair.bookings
    assert repair.open_after <= repair.open_before


def test_the_command_tells_what_changed(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    limits = ["--seconds", "0", "--publish-seconds", "0", "--workers", "1"]
    assert main(["late-change", str(small), *limits]) == 0
    assert "bookings changed" in capsys.readouterr().out
