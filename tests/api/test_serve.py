"""`allocator serve` as people run it: one command, killed and started again, nothing lost."""

import os
import signal
import socket
import subprocess

import httpx2
import pytest
from typer.testing import CliRunner

from service.cli import serve as module
from service.cli.app import app
from tests.cli.commands import COMMAND, ROOT, allocator
from tests.service.jobs.processes import until
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


def children(process):
    listed = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(process.pid)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return {line.split(maxsplit=1)[1]: int(line.split()[0]) for line in listed}


def test_the_service_plans_and_goes_on_after_its_api_was_killed(serve):
    process, url = serve()
    kept = httpx2.post(f"{url}/v1/rollouts", json=TREE).json()["id"]
    asked = {"rollout": kept, "seconds": 2, "workers": 1}
    plan = httpx2.post(f"{url}/v1/plans", json=asked).json()["id"]
    api = next(pid for words, pid in children(process).items() if "-m api" in words)
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
        def __init__(self, commands, _):
            started.extend(words[1] for words in commands)

        def run(self):
            return 0

    monkeypatch.setattr(module, "Supervisor", Started)
    monkeypatch.setattr(module.logs, "configure", lambda: None)
    words = ["serve", "--solves", str(solves), "--database", f"sqlite:///{tmp_path}/kept.db"]
    assert CliRunner().invoke(app, words).exit_code == 0
    assert started == modules


def test_a_token_made_at_the_command_line_lets_a_program_in(tmp_path):
    url = f"sqlite:///{tmp_path}/kept.db"
    allocator("database", "upgrade", "--database", url)
    made = allocator("account", "token", "nightly", "--role", "coordinator", "--database", url)
    assert made.code == 0, made.err
    assert made.out.startswith("alc_")
