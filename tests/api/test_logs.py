"""The log of the service as it runs: what each line is about, and nothing that is secret."""

import getpass
import json
import os
import subprocess
import sys

import httpx2
import pytest
from sqlalchemy.engine import make_url

from service.runtime.logs import LEVEL
from tests.api.conftest import PASSWORD
from tests.api.test_serve import free_port, get
from tests.cli.commands import COMMAND, ROOT
from tests.service.databases import created, dropped, url_of
from tests.service.jobs.processes import until
from tests.support.small import rollout, task

TREE = rollout(tasks=[task("t-a")])
DATABASE_PASSWORD = "the-password-of-the-database"
HOOK = "https://127.0.0.1:9/a-path-that-is-hidden?key=a-key-that-is-hidden"


@pytest.fixture
def url():
    """A PostgreSQL database by a URL with a password; this server asks for none."""
    name = created()
    named = make_url(url_of(name)).set(username=getpass.getuser(), password=DATABASE_PASSWORD)
    yield named.render_as_string(hide_password=False)
    dropped(name)


def test_lines_say_which_run_and_request_they_are_about_and_no_secret(url, tmp_path):
    def account(*words):
        return subprocess.run(
            [*COMMAND, *words, "--database", url],
            cwd=ROOT,
            input=PASSWORD.encode(),
            capture_output=True,
            check=True,
        ).stdout.decode()

    subprocess.run([*COMMAND, "database", "upgrade", "--database", url], cwd=ROOT, check=True)
    account("account", "add", "boss", "--role", "admin")
    token = account("account", "token", "program", "--role", "admin").strip()
    port, log = free_port(), tmp_path / "log"
    here = f"http://127.0.0.1:{port}"
    with log.open("wb") as stderr:
        words = ["serve", "--port", str(port), "--database", url]
        process = subprocess.Popen(
            [*COMMAND, *words],
            cwd=ROOT,
            env=os.environ | {LEVEL: "DEBUG"},
            stdout=stderr,
            stderr=stderr,
        )
    try:
        until(lambda: get(f"{here}/readyz").get("status") == "ok")
        with httpx2.Client(base_url=here, headers={"Authorization": f"Bearer {token}"}) as client:
            client.post("/v1/session", json={"name": "boss", "password": PASSWORD})
            session = client.cookies["allocator_session"]
            secret = client.post("/v1/webhook-secret").json()["secret"]
            kept = client.post("/v1/rollouts", json=TREE).json()["id"]
            wanted = {"rollout": kept, "seconds": 5, "workers": 1, "webhook": HOOK}
            asked = client.post("/v1/plans", json=wanted)
            plan, request = asked.json()["id"], asked.headers["x-request-id"]
            place = f"/v1/plans/{plan}"
            until(
                lambda: client.get(f"{place}/deliveries").json()["items"][0]["state"] == "given up"
            )
    finally:
        process.terminate()
        process.wait()

    text = log.read_text()
    for hidden in (PASSWORD, DATABASE_PASSWORD, token, session, secret, "that-is-hidden"):
        assert hidden not in text
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    queued = [it for it in lines if it.get("request") == request]
    assert [it["event"] for it in queued] == ["queued", "request"]
    assert queued[0]["run"] == plan
    of_the_run = {it["logger"] for it in lines if it.get("run") == plan}
    assert {
        "service.jobs.attempt",
        "service.jobs.solve_process",
        "service.jobs.webhook_sender",
    } <= of_the_run


def test_a_level_that_is_none_is_reported_and_lines_are_written_as_usual():
    call = "from service.runtime.logs import *; configure(); logging.getLogger('here').info('said')"
    ended = subprocess.run(
        [sys.executable, "-c", call],
        cwd=ROOT,
        env=os.environ | {LEVEL: "loud"},
        capture_output=True,
        check=True,
    )
    first, second = (json.loads(line) for line in ended.stderr.splitlines())
    assert first["event"].startswith(f"{LEVEL} is not one of CRITICAL")
    assert (second["event"], second["level"]) == ("said", "info")
