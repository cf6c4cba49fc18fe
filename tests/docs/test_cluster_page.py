"""The page of a cluster and the files in `deploy/` name commands, routes and metrics that exist."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
import yaml
from typer.main import get_command

from api.app import create_app
from service.cli.app import app as commands
from service.cli.database import VARIABLE
from service.queue import set_up
from service.store.database import Database
from tests.docs.pages import ROOT, blocks, codes, page, rows, section

DEPLOY = ROOT / "deploy"
PAGE = page("docs/cluster.md")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]


def words_of_compose() -> list[list[str]]:
    """What the containers run, and what `docker compose run` gives them to run."""
    own = [it["command"] for it in SERVICES.values() if it.get("image") == "allocator"]
    typed = [line.split() for line in typed_lines() if "docker compose run" in line]
    given = [words[words.index("--rm") + 2 :] for words in typed]
    return own + [words for words in given if words]


def typed_lines() -> list[str]:
    lines = [line for block in blocks(PAGE, "console") for line in block.text.splitlines()]
    return [line.removeprefix("$ ") for line in lines]


def words_of_the_page() -> list[list[str]]:
    """Every call of the command on the page: typed, and within sentences."""
    typed = [line.split()[1:] for line in typed_lines() if line.startswith("allocator ")]
    reported = [code.split()[1:] for code in codes(PAGE) if code.startswith("allocator ")]
    return typed + [words for words in reported if len(words) > 1]


@pytest.mark.parametrize("words", [*words_of_compose(), *words_of_the_page()], ids=" ".join)
def test_every_command_line_is_one_that_the_command_takes(words, monkeypatch):
    monkeypatch.delenv("ALLOCATOR_SERVER", raising=False)
    group = get_command(commands)
    context = group.make_context("allocator", list(words))
    while hasattr(group, "commands"):
        rest = [*context._protected_args, *context.args]
        name, group, rest = group.resolve_command(context, rest)
        context = group.make_context(name, rest, parent=context)
    assert context.args == []


def test_the_containers_are_put_together_from_what_there_is():
    assert VARIABLE in COMPOSE["x-allocator"]["environment"]
    for service in SERVICES.values():
        assert set(service.get("depends_on", [])) <= SERVICES.keys()
        for volume in service.get("volumes", []):
            place = volume.split(":")[0]
            assert place in COMPOSE["volumes"] or (DEPLOY / place).is_file()
    build = COMPOSE["x-allocator"]["build"]
    assert (DEPLOY / build["context"] / build["dockerfile"]).is_file()


def test_the_image_has_every_package_and_what_goes_with_them():
    wheel = tomllib.loads(page("pyproject.toml"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    copied = re.findall(r"^COPY (\w+) \1$", (DEPLOY / "Containerfile").read_text(), re.MULTILINE)
    assert sorted(copied) == sorted([*wheel["packages"], *wheel["force-include"]])


def test_the_values_that_the_containers_need_are_on_the_page():
    needed = set(re.findall(r"\$\{(\w+):\?", (DEPLOY / "compose.yaml").read_text()))
    (values,) = (block for block in blocks(PAGE, "text") if "=" in block.text)
    assert {line.split("=")[0] for line in values.text.splitlines()} == needed


def test_the_proxy_and_the_checks_go_where_the_api_listens(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/kept.db")
    set_up(database)
    app = create_app(database)
    app.state.service.queue.close()
    database.close()
    paths = set(app.openapi()["paths"])
    port = "8000"  # what `serve` listens on unless it is instructed otherwise
    (upstream,) = re.findall(r"reverse_proxy (\S+)", (DEPLOY / "Caddyfile").read_text())
    assert upstream == f"api:{port}"
    (looked_at,) = re.findall(
        r"127\.0\.0\.1:(\d+)(/\w+)", SERVICES["api"]["healthcheck"]["test"][-1]
    )
    assert looked_at == (port, "/healthz")
    (job,) = yaml.safe_load((DEPLOY / "prometheus.yml").read_text())["scrape_configs"]
    (asked,) = job["dns_sd_configs"]
    assert (asked["names"], str(asked["port"])) == (["api"], port)
    assert {looked_at[1], job["metrics_path"]} <= paths


def test_each_alert_is_about_metrics_that_there_are_and_is_on_the_page():
    (group,) = yaml.safe_load((DEPLOY / "alerts.yml").read_text())["groups"]
    reported = [codes(row[0])[0] for row in rows(section(PAGE, "Metrics"))]
    assert [rule["alert"] for rule in group["rules"]] == reported
    metrics = {codes(row[0])[0] for row in rows(section(page("docs/service.md"), "Metrics"))}
    for rule in group["rules"]:
        (named,) = re.findall(r"allocator_\w+", rule["expr"])
        assert named.removesuffix("_bucket") in metrics
