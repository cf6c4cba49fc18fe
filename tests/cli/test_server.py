"""Commands with `--server`: the same words against a service that runs as people run it."""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import closing

import httpx2
import pytest
from typer.testing import CliRunner

from service.cli.app import app
from service.cli.client import Client
from tests.api.test_serve import free_port, get
from tests.cli.commands import CLINIC, COMMAND, ROOT, Ended, allocator, read, written
from tests.service.jobs.processes import PATIENCE, until
from tests.support.small import department, person, rollout, task

TREE = rollout(
    departments=[department()],
    people=[person("ana"), person("bor")],
    tasks=[task("t-a", hours=8, department="finance"), task("t-b", hours=8)],
)


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """The URL of a running service for which an admin is set up, and a coordinator's token."""
    folder = tmp_path_factory.mktemp("service")
    database = ["--database", f"sqlite:///{folder}/kept.db"]
    port = free_port()
    process = subprocess.Popen([*COMMAND, "serve", "--port", str(port), *database], cwd=ROOT)
    url = f"http://127.0.0.1:{port}"
    try:
        until(lambda: get(f"{url}/readyz").get("status") == "ok")
        boss = [*COMMAND, "account", "add", "boss", "--role", "admin", *database]
        subprocess.run(boss, input=b"three blue boats on a lake\n", cwd=ROOT, check=True)
        made = allocator("account", "token", "command", "--role", "coordinator", *database)
        yield url, made.out.strip()
    finally:
        process.terminate()
        process.wait()


@pytest.fixture
def ask(service, monkeypatch):
    """A function that runs a command against the service in this process."""
    url, token = service
    monkeypatch.setenv("ALLOCATOR_TOKEN", token)

    def asking(*words: object) -> Ended:
        ended = CliRunner().invoke(app, ["--server", url, *map(str, words)])
        assert "Traceback" not in ended.output
        return Ended(ended.exit_code, ended.stdout, ended.stderr)

    return asking


@pytest.fixture
def kept(ask, tmp_path):
    """The id of a rollout that the service keeps."""
    return ask("rollouts", "add", written(tmp_path / "r.yaml", TREE), "--json").tree["id"]


@pytest.fixture
def planned(ask, kept, tmp_path):
    """The id of a plan of it that the service has made."""
    ended = ask("plan", kept, "--out", tmp_path / "plan.yaml", "--seconds", 5, "--workers", 1)
    assert ended.code == 0, ended.err
    return ask("runs", "list", "--rollout", kept, "--json").tree[0]["id"]


def test_a_rollout_is_kept_read_replaced_and_removed(ask, kept, tmp_path):
    file = tmp_path / "mine.yaml"
    assert ask("convert", kept, file).code == 0
    assert read(file) == TREE
    assert ask("validate", kept).out.startswith(f"{kept} is valid")
    written(file, TREE | {"name": "Renamed"})
    assert ask("rollouts", "replace", kept, file, "--revision", 2).code == 2
    assert ask("rollouts", "replace", kept, file, "--revision", 1, "--json").tree["revision"] == 2
    assert "Renamed" in ask("rollouts", "list").out
    actions = [it["action"] for it in ask("rollouts", "history", kept, "--json").tree]
    assert [it for it in actions if it != "read"] == ["save", "create"]
    assert ask("rollouts", "remove", kept).code == 0
    gone = ask("convert", kept, file)
    assert (gone.code, f"There is no rollout '{kept}'" in gone.err) == (3, True)


def test_what_a_replacement_changes_is_shown_before_it_is_saved(ask, kept, tmp_path):
    other = TREE | {"name": "Renamed", "tasks": [*TREE["tasks"][1:], task("t-new")]}
    file = written(tmp_path / "other.yaml", other)
    shown = ask("rollouts", "replace", kept, file, "--dry-run")
    assert shown.code == 0
    assert f"+t-new; -{TREE['tasks'][0]['id']}" in shown.out
    reported = ask("rollouts", "replace", kept, file, "--dry-run", "--json").tree
    assert (reported["fields"], [it["name"] for it in reported["lists"]]) == (["name"], ["tasks"])
    assert ask("rollouts", "history", kept, "--json").tree[0]["action"] == "create"
    assert "at revision 2" in ask("rollouts", "replace", kept, file, "--yes").out
    assert "Nothing changes." in ask("rollouts", "replace", kept, file, "--dry-run").out


def test_an_entry_gets_another_id_with_all_that_refers_to_it(ask, kept, tmp_path):
    first = TREE["tasks"][0]["id"]
    done = ask("rollouts", "rename", kept, "tasks", first, "t-first")
    assert done.out.startswith(f"{first} is t-first now")
    file = tmp_path / "renamed.yaml"
    ask("convert", kept, file)
    assert read(file)["tasks"][0]["id"] == "t-first"
    assert ask("rollouts", "rename", kept, "tasks", first, "t-first").code == 3


def test_faults_of_a_document_are_reported_like_those_of_a_file(ask, tmp_path):
    wrong = TREE | {"start": "2027-13-01", "tasks": [task("t-a"), task("t-a")]}
    file = written(tmp_path / "wrong.yaml", wrong)
    alone, there = allocator("validate", file, "--json"), ask("validate", file, "--json")
    assert len(there.tree["faults"]) == 2
    assert (there.code, there.tree) == (alone.code, alone.tree)
    refused = ask("rollouts", "add", file)
    assert refused.code == 3
    assert "The document has 2 faults:" in refused.err
    assert "line" in refused.err


def test_a_plan_of_the_service_is_written_and_explained_like_one_made_here(
    ask, kept, planned, tmp_path
):
    file = written(tmp_path / "r.yaml", TREE)
    here = allocator("plan", file, "--out", tmp_path / "here.yaml", "--seconds", 5, "--workers", 1)
    there = ask("runs", "fetch", planned, "--out", tmp_path / "there.yaml")
    reported = [line for line in here.out.splitlines() if "plan after" not in line][:-1]
    assert [line for line in there.out.splitlines() if "plan after" not in line][:-1] == reported
    assert read(tmp_path / "there.yaml")["outcome"] == "optimal"
    assert ask("show", planned, "--rollout", kept, "--by", "person").out.startswith("Ana (ana)")
    checked = ask("check", kept, planned)
    assert (checked.code, "The plan keeps every rule." in checked.out) == (0, True)
    assert "Every booking is the same." in ask("compare", planned, tmp_path / "there.yaml").out


def test_a_file_is_not_taken_for_the_id_of_a_rollout(monkeypatch, tmp_path):
    monkeypatch.setenv("ALLOCATOR_SERVER", "http://127.0.0.1:9")
    ended = CliRunner().invoke(app, ["plan", str(CLINIC), "--out", str(tmp_path / "plan.yaml")])
    assert ended.exit_code == 2
    assert "rollouts add" in ended.stderr


def test_an_infeasible_rollout_ends_as_it_does_here(ask, tmp_path):
    tree = TREE | {"goals": {"prices": {"open_work": "forbidden"}}, "people": [person("ana")]}
    tree = tree | {"tasks": [task("t-a", people=2)]}
    kept = ask("rollouts", "add", written(tmp_path / "r.yaml", tree), "--json").tree["id"]
    out = tmp_path / "plan.yaml"
    ended = ask("plan", kept, "--out", out, "--seconds", 10)
    assert (ended.code, read(out)["outcome"]) == (4, "infeasible")


def test_ctrl_c_keeps_the_best_plan_of_the_service(ask, service, tmp_path):
    url, token = service
    kept = ask("rollouts", "add", CLINIC, "--json").tree["id"]
    out = tmp_path / "plan.json"
    words = ["--server", url, "plan", kept, "--out", str(out), "--seconds", "600"]
    with subprocess.Popen(
        [*COMMAND, *words],
        cwd=ROOT,
        env={**os.environ, "ALLOCATOR_TOKEN": token},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        next(line for line in process.stderr if "best" in line and "none yet" not in line)
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
        assert process.wait() == 0, rest
    assert "the best plan so far is kept" in rest
    assert read(out)["outcome"] == "feasible"
    (run,) = ask("runs", "list", "--rollout", kept, "--json").tree
    assert run["state"] == "stopped"


def test_of_a_plan_that_was_cancelled_nothing_is_written(ask, service, tmp_path):
    kept = ask("rollouts", "add", CLINIC, "--json").tree["id"]
    body = {"rollout": kept, "seconds": 600, "workers": 1}
    with closing(Client(*service)) as client:
        plan = client.send("POST", "plans", body=body)["id"]
    assert ask("runs", "cancel", plan).code == 0
    out = tmp_path / "plan.yaml"
    ended = ask("runs", "follow", plan, "--out", out)
    assert (ended.code, out.exists()) == (4, False)
    assert "it is cancelled" in ended.err
    again = ask("runs", "stop", plan)
    assert (again.code, "has ended already" in again.err) == (3, True)


def test_from_green_light_to_planning_again(ask, kept, planned, tmp_path):
    assert ask("approvals", planned, "--json").tree[0]["word"] == "pending"
    early = ask("publish", planned)
    assert (early.code, "Without a green light so far: finance." in early.err) == (3, True)
    assert ask("approve", planned, "nobody").code == 2
    assert "granted" in ask("approve", planned, "finance").out
    assert ask("publish", planned, "--frozen-until", "2027-01-12").code == 0
    happened = [{"edit": "finished", "task": "t-a", "on": "2027-01-11"}]
    reported = ask("actuals", kept, written(tmp_path / "actuals.yaml", happened), "--json")
    assert reported.tree["revision"] == 3
    out = tmp_path / "again.yaml"
    ended = ask("replan", kept, "--as-of", "2027-01-12T00:00", "--out", out, "--seconds", 5)
    assert ended.code == 0, ended.err
    assert [it["task"] for it in read(out)["tasks"]] == ["t-b"]
    (other,) = ask("recommend", planned, "--task", "t-b", "--person", who(out), "--json").tree
    assert {other["person"], who(out)} == {"ana", "bor"}


def test_before_publishing_it_is_reported_what_is_missing_and_what_a_department_gets(ask, planned):
    reported = ask("preview", planned).out
    assert "It keeps every rule" in reported
    assert "Without a green light so far: finance." in reported
    assert "new 2" in reported  # t-a and t-b: nothing is published so far
    assert ask("preview", planned, "--json").tree["published"] is None
    shown = ask("part", planned, "finance")
    assert (shown.code, "t-a" in shown.out, "t-b" in shown.out) == (0, True, False)
    assert ask("part", planned, "nobody").code == 3


def test_a_plan_is_compared_with_an_earlier_one_of_its_rollout(ask, planned):
    assert ask("runs", "compare", planned).code == 3  # nothing is published, and none is named
    ended = ask("runs", "compare", planned, "--base", planned)
    assert (ended.code, "Every booking is the same." in ended.out) == (0, True)


def test_a_calendar_is_handed_out_by_a_link_until_it_is_revoked(ask, kept):
    address = ask("calendar", "add", kept, "person", "ana").out.strip()
    assert httpx2.get(address, timeout=PATIENCE).headers["content-type"].startswith("text/calendar")
    (link,) = ask("calendar", "list", kept, "--json").tree
    assert (link["kind"], link["id"]) == ("person", "ana")
    assert ask("calendar", "revoke", kept, link["link"]).code == 0
    assert httpx2.get(address, timeout=PATIENCE).status_code == 404


def test_a_rollout_to_try_is_kept_by_its_name(ask):
    assert "clinic" in ask("rollouts", "demo").out
    made = ask("rollouts", "demo", "clinic", "--json").tree
    assert made["id"] in ask("rollouts", "list").out
    assert ask("rollouts", "demo", "no-such").code == 3


def who(plan):
    return read(plan)["tasks"][0]["crew"][0]["person"]


def test_a_scenario_is_planned_compared_and_promoted(ask, kept, planned, tmp_path):
    gone = [{"edit": "leave", "person": "ana", "from": "2027-01-11"}]
    file = written(tmp_path / "edits.yaml", gone)
    scenario = ask("scenario", "add", kept, "Ana leaves", file, "--json").tree["id"]
    assert "Ana leaves" in ask("scenario", "list", kept).out
    assert "person: ana" in ask("scenario", "show", scenario).out
    out = tmp_path / "without.yaml"
    assert ask("plan", scenario, "--out", out, "--seconds", 5).code == 0
    (run,) = ask("runs", "list", "--rollout", scenario, "--json").tree
    assert run["base"] == planned
    until(lambda: ask("runs", "show", run["control"], "--json").tree["state"] == "done")
    reported = ask("scenario", "compare", scenario).out
    assert "ffect on the total" in reported
    assert "other people" in reported
    assert "due to edit 0 (leave)" in reported
    ask("scenario", "edit", scenario, written(tmp_path / "e.yaml", [gone[0] | {"person": "bor"}]))
    assert "plan it again" in ask("scenario", "compare", scenario).out
    ask("scenario", "edit", scenario, file)
    ask("rollouts", "replace", kept, written(tmp_path / "r.yaml", TREE | {"name": "Moved on"}))
    early = ask("scenario", "promote", scenario)
    assert (early.code, "rebase it first" in early.err) == (3, True)
    assert ask("scenario", "rebase", scenario).code == 0
    assert ask("scenario", "promote", scenario, "--json").tree["revision"] == 3
    assert ask("scenario", "remove", scenario).code == 0


def test_a_rollout_is_planned_every_night(ask, kept):
    words = ["--at", "02:00", "--seconds", 5, "--publish"]
    assert ask("nightly", "set", kept, *words, "--json").tree["publish"] is True
    assert ask("nightly", "show", kept, "--json").tree["seconds"] == 5
    early = ask("nightly", "run", kept)
    assert (early.code, "Nothing has been published yet" in early.err) == (3, True)
    assert ask("nightly", "digests", kept, "--json").tree == []
    assert ask("nightly", "drop", kept).code == 0
    assert ask("nightly", "show", kept).code == 3


def test_an_admin_sets_up_accounts_and_webhooks(ask, service, kept, monkeypatch):
    url, _ = service
    assert ask("account", "list").code == 3  # a coordinator may not
    assert ask("account", "audit").code == 3
    monkeypatch.setenv("ALLOCATOR_TOKEN", admins_token(url))
    made = ask("account", "token", "program", "--role", "viewer")
    assert made.out.startswith("alc_")
    listed = ask("account", "list", "--json").tree
    assert [it["name"] for it in listed["people"]] == ["boss"]
    (program,) = [it["id"] for it in listed["tokens"] if it["name"] == "program"]
    assert ask("account", "revoke", program).code == 0
    (last,) = ask("account", "audit", "--limit", 1, "--json").tree
    assert (last["who"], last["action"], last["id"]) == ("boss", "revoke", program)
    last = ask("account", "close", "boss")
    assert (last.code, "last admin" in last.err) == (3, True)
    assert ask("account", "token", "x", "--role", "viewer", "--tenant", "other").code == 2
    assert ask("webhook", "secret").out.startswith("whsec_")
    assert ask("webhook", "set", kept, "https://hooks.example.org/x").code == 0
    assert "hooks.example.org" in ask("webhook", "show", kept).out
    assert ask("webhook", "drop", kept).code == 0
    assert ask("webhook", "show", kept).code == 3


def admins_token(url):
    """What the boss is let in with, after signing in."""
    boss = {"name": "boss", "password": "three blue boats on a lake"}
    signed_in = httpx2.post(f"{url}/v1/session", json=boss, timeout=PATIENCE)
    return signed_in.cookies["allocator_session"]


def test_a_token_that_is_wrong_is_refused_and_never_shown(ask, monkeypatch):
    monkeypatch.setenv("ALLOCATOR_TOKEN", "alc_no_such")
    ended = ask("runs", "list", "--json")
    assert (ended.code, ended.tree["error"]) == (3, "refused")
    assert "alc_no_such" not in ended.out + ended.err


def test_where_nobody_answers_that_is_said():
    nobody = f"http://127.0.0.1:{free_port()}"
    ended = CliRunner().invoke(app, ["--server", nobody, "runs", "list"])
    assert ended.exit_code == 3
    assert f"{nobody} does not answer" in ended.stderr


@pytest.mark.parametrize("words", [["runs", "list"], ["publish", "x"], ["nightly", "show", "x"]])
def test_what_works_on_a_service_alone_says_how_to_name_one(words):
    ended = allocator(*words)
    assert (ended.code, "allocator --server URL" in ended.err) == (2, True)
