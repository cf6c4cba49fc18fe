"""Who compiles the search: one process at a time, and another one if that was killed."""

import subprocess
import sys

import pytest

from solver.compiled import readiness

HOLD = """
import fcntl, sys, time
claim = open(sys.argv[1], "w")
fcntl.flock(claim, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(600)
"""


@pytest.fixture(autouse=True)
def marker(tmp_path, monkeypatch):
    place = tmp_path / "ready"
    monkeypatch.setattr(readiness, "_marker", lambda: place)
    return place


@pytest.fixture
def started(monkeypatch):
    """The commands that were started, none of which runs."""
    commands = []

    class Started:
        def __init__(self, command, **_):
            commands.append(command[1:])

        def wait(self):
            return 0

    monkeypatch.setattr(readiness.subprocess, "Popen", Started)
    return commands


@pytest.fixture
def other(marker):
    """Another process that is at it."""
    command = [sys.executable, "-c", HOLD, str(marker.with_suffix(".claim"))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_the_search_is_compiled_by_a_process_of_its_own(started):
    readiness.get_ready()
    assert started == [["-m", "solver.compiled"]]


def test_nothing_is_started_where_the_machine_code_is_there(marker, started):
    marker.touch()
    readiness.get_ready()
    assert started == []


def test_nothing_is_done_where_nothing_can_be_written(tmp_path, monkeypatch, started):
    monkeypatch.setattr(readiness, "_marker", lambda: tmp_path / "gone" / "ready")
    readiness.get_ready()
    readiness.make_ready()
    assert started == []


def test_nothing_is_started_while_a_process_is_at_it_and_again_once_it_was_killed(other, request):
    started = request.getfixturevalue("started")  # the other process has to run in earnest
    readiness.get_ready()
    assert started == []
    other.kill()
    other.wait()
    readiness.get_ready()
    assert started == [["-m", "solver.compiled"]]
