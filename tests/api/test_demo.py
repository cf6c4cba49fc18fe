"""Rollouts to try: each one is kept like any other, by those who may edit."""

import tomllib

import pytest

from allocator.formats.document import problem_from_tree
from service import demo
from tests.cli.commands import ROOT

EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


def test_all_examples_are_listed_with_what_there_is_to_plan(client):
    listed = client.get("/v1/demo").json()
    assert [it["name"] for it in listed] == [path.stem for path in EXAMPLES]
    clinic = next(it for it in listed if it["name"] == "clinic")
    assert (clinic["people"], clinic["tasks"], clinic["courses"]) == (12, 11, 3)


@pytest.mark.parametrize("name", [path.stem for path in EXAMPLES])
def test_each_one_is_valid(name):
    problem_from_tree(demo.document(name))


def test_one_is_kept_as_a_rollout_that_can_be_planned(client):
    kept = client.post("/v1/demo/clinic")
    assert kept.status_code == 201
    assert client.get(kept.headers["Location"]).json() == demo.document("clinic")
    asked = {"rollout": kept.json()["id"], "seconds": 1, "workers": 1}
    assert client.post("/v1/plans", json=asked).status_code == 202
    assert client.post("/v1/demo/clinic").json()["id"] != kept.json()["id"]


def test_the_same_key_keeps_it_once(client):
    key = {"Idempotency-Key": "try"}
    first, again = (client.post("/v1/demo/clinic", headers=key).json() for _ in range(2))
    assert again == first


def test_what_is_not_there_cannot_be_kept(client):
    assert client.post("/v1/demo/nothing").status_code == 404


def test_who_looks_sees_the_list_and_who_edits_keeps_one(guarded):
    viewer = guarded("viewer")
    assert viewer.get("/v1/demo").status_code == 200
    assert viewer.post("/v1/demo/clinic").status_code == 403
    assert guarded("coordinator").post("/v1/demo/clinic").status_code == 201


def test_the_package_brings_them_along():
    built = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]
    assert built["targets"]["wheel"]["force-include"] == {"examples": "service/examples"}
    assert demo.INSTALLED == ROOT / "service" / "examples"
