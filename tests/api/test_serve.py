"""`allocator serve` as people run it: one command, killed and started again, nothing lost."""

import os
import signal
import socket
import subprocess
import sys

import httpx2
import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from service.cli import serve as module
from service.cli.app import app
from service.queue import set_up
from service.store.database import Database
from tests.cli.commands import COMMAND, ROOT, allocator
from tests.service.jobs.processes import children, until
from tests.support.small import rollout, task

TREE = rollout(tasks=[task("t-a")])


@pytest.fixture
def serve(tmp_path):
    """A function that starts the service, and gives its process and its URL."""
    started = []

    def starting():
        port = free_port()
        words = ["serve", "--port", str(port), "--database", f"sqlite:///{tmp_path}/kept.db"]
        started.append(subprocess.Popen([*COMMAND, *words], cwd=ROOT))
        url = f"http://127.0.0.1:{port}"
        until(lambda: get(f"{url}/readyz").get("status") == "ok")
        return started[-1], url

    yield starting
    for process in started:
        process.terminate()
        process.wait()


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def get(url):
    """What a GET is answered with; nothing if nobody answers."""
    try:
        return httpx2.get(url, verify=False).json()  # plain HTTP: no certificates to load
    except httpx2.TransportError:
        return {}


def test_a_port_in_use_is_reported_at_once_and_nothing_is_started_or_set_up(tmp_path):
    database = f"sqlite:///{tmp_path}/kept.db"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = allocator("serve", "--port", port, "--database", database)
    assert ended.code == 3
    assert f"port {port} of 127.0.0.1" in ended.err
    assert len(ended.err.strip().splitlines()) <= 2  # a sentence, broken by the width of a terminal
    assert not (tmp_path / "kept.db").exists()


@pytest.mark.parametrize("command", [["serve", "--port", "0"], ["worker"]])
@pytest.mark.parametrize("state", ["damaged", "newer"])
def test_a_database_that_cannot_be_used_is_reported_with_a_code_and_without_a_defect(
    tmp_path, command, state
):
    url = f"sqlite:///{tmp_path}/kept.db"
    made = Database(url)
    set_up(made)
    with made.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    made.close()
    content = (tmp_path / "kept.db").read_bytes()
    damage = {"newer": lambda it: it, "damaged": lambda it: b"x" * 100 + it[100:]}[state]
    (tmp_path / "kept.db").write_bytes(damage(content))
    for beside in tmp_path.glob("kept.db-*"):
        beside.unlink()
    ended = allocator(*command, "--database", url)
    assert ended.code == 3
    assert {"newer": "newer", "damaged": "damaged"}[state] in ended.err
    assert "defect" not in ended.err
    assert "Traceback" not in ended.err


def test_a_process_that_says_that_it_cannot_go_on_ends_the_service_with_its_code():
    says = ["-c", "import sys; sys.exit(3)"]
    waits = ["-c", "import signal; signal.pause()"]
    here = "import sys; from service.runtime.processes import Command, Supervisor; sys.exit("
    here += f"Supervisor([Command({says!r}), Command({waits!r})], {{}}).run())"
    ended = subprocess.run([sys.executable, "-c", here], cwd=ROOT, timeout=60)
    assert ended.returncode == 3


def test_the_service_plans_and_goes_on_after_its_api_was_killed(serve):
    process, url = serve()
    kept = httpx2.post(f"{url}/v1/rollouts", json=TREE).json()["id"]
    asked = {"rollout": kept, "seconds": 2, "workers": 1}
    plan = httpx2.post(f"{url}/v1/plans", json=asked).json()["id"]
    api = next(pid for words, pid in children(process.pid).items() if "-m api" in words)
    os.kill(api, signal.SIGKILL)
    until(lambda: get(f"{url}/v1/plans/{plan}").get("state") == "done")
    assert get(f"{url}/v1/plans/{plan}/result")["outcome"] == "optimal"
    process.terminate()
    assert process.wait() == 0
    _, url = serve()
    assert get(f"{url}/v1/plans/{plan}")["state"] == "done"


def test_others_than_this_machine_are_not_listened_to_before_an_admin_is_set_up(tmp_path):
    url = f"sqlite:///{tmp_path}/kept.db"
    ended = allocator("serve", "--host", "0.0.0.0", "--database", url)
    assert ended.code == 3
    assert "account add" in ended.err


@pytest.mark.parametrize(("solves", "modules"), [(0, ["api"]), (1, ["api", "service.jobs"])])
def test_without_solves_the_work_is_left_to_workers_elsewhere(
    tmp_path, monkeypatch, solves, modules
):
    started = []

    class Started:
        def __init__(self, commands, _environment):
            started.extend(command.words[1] for command in commands)

        def run(self):
            return 0

    monkeypatch.setattr(module, "Supervisor", Started)
    monkeypatch.setattr(module.logs, "configure", lambda: None)
    url = f"sqlite:///{tmp_path}/kept.db"
    words = ["serve", "--port", "0", "--solves", str(solves), "--database", url]
    assert CliRunner().invoke(app, words).exit_code == 0
    assert started == modules


def test_a_token_made_at_the_command_line_lets_a_program_in(tmp_path):
    url = f"sqlite:///{tmp_path}/kept.db"
    allocator("database", "upgrade", "--database", url)
    made = allocator("account", "token", "nightly", "--role", "coordinator", "--database", url)
    assert made.code == 0, made.err
    assert made.out.startswith("alc_")
