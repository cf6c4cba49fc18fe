"""What is shipped is what is locked: every package with hashes, a bill, notices, and limits."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib.metadata import metadata, version

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.docs.pages import ROOT

sys.path.insert(0, str(ROOT / "tools"))
import sbom

LOCKS = {name: (ROOT / name).read_text() for name in ("requirements.lock", "requirements-dev.lock")}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
SERVICES = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())["services"]


def versions(name):
    return {package: number for package, number, _ in sbom.locked(LOCKS[name])}


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_of_a_lock_has_the_hashes_of_its_files(name):
    packages = list(sbom.locked(LOCKS[name]))
    assert len(packages) > 50
    assert [package for package, _, hashes in packages if not hashes] == []
    assert "://" not in LOCKS[name]  # wherever the files come from


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("requirements.lock", PROJECT["dependencies"]),
        (
            "requirements-dev.lock",
            PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"],
        ),
    ],
)
def test_a_lock_has_all_that_the_project_asks_for_in_versions_that_fit(name, asked):
    found = versions(name)
    for each in map(Requirement, asked):
        package = canonicalize_name(each.name)
        assert package in found, f"`make lock`: {package} is not in {name}"
        assert each.specifier.contains(found[package]), f"`make lock`: {package}"


def test_what_is_tested_is_what_is_shipped():
    shipped, tested = versions("requirements.lock"), versions("requirements-dev.lock")
    assert shipped.items() <= tested.items()


def test_the_bill_names_every_package_that_is_installed_with_its_licence():
    reported = sbom.bill(LOCKS["requirements.lock"])
    assert (reported["bomFormat"], reported["specVersion"]) == ("CycloneDX", "1.6")
    by_name = {it["name"]: it for it in reported["components"]}
    assert {"fastapi", "ortools", "psycopg", "sqlalchemy"} <= by_name.keys()
    assert by_name["psycopg"]["version"] == version("psycopg")
    assert by_name["psycopg"]["licenses"] == [{"license": {"name": "LGPL-3.0-only"}}]
    assert all(it["licenses"][0]["license"]["name"] for it in reported["components"])


def test_packages_whose_licence_asks_for_a_notice_have_one():
    notice = (ROOT / "deploy/NOTICE").read_text()
    asking = []
    for it in sbom.bill(LOCKS["requirements.lock"])["components"]:
        if re.search(r"GPL|MPL|Mozilla", it["licenses"][0]["license"]["name"]):
            asking.append(it["name"])
    assert "psycopg" in asking
    assert [name for name in asking if name not in notice] == []
    assert metadata("psycopg")["License-Expression"] in notice


@pytest.mark.parametrize("name", SERVICES)
def test_containers_have_limits_and_gain_no_privileges(name):
    base = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())["x-allocator"]
    service = base | SERVICES[name] if SERVICES[name].get("build") else SERVICES[name]
    assert "no-new-privileges:true" in service["security_opt"]
    assert {"mem_limit", "cpus", "pids_limit"} <= service.keys()


def test_the_setup_takes_what_is_locked():
    reported = subprocess.run(
        ["make", "--dry-run", "--always-make", "setup"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "--require-hashes -r requirements-dev.lock" in reported
    recipe = (ROOT / "deploy/Containerfile").read_text()
    assert "--require-hashes" in recipe
    assert "--requirement requirements.lock" in recipe
