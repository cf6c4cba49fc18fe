"""`allocator check`, `show` and `compare`: looking at plans."""

from pathlib import Path

import pytest

from tests.cli.commands import allocator, read, written


@pytest.fixture
def moved(plan: Path, tmp_path: Path) -> Path:
    """The plan with its task moved to a night and given to someone else."""
    tree = read(plan)
    (booking,) = tree["tasks"]
    person = {"ana": "bor", "bor": "ana"}[booking["crew"][0]["person"]]
    for part in (booking, booking["crew"][0]):
        part["start"], part["end"] = "2027-01-30T00:00", "2027-01-30T10:00"
    booking["crew"][0]["person"] = person
    return written(tmp_path / "moved.yaml", tree)


def test_a_good_plan_passes_the_check(small: Path, plan: Path) -> None:
    ended = allocator("check", small, plan)
    assert ended.code == 0
    assert "The plan keeps every rule." in ended.out
    assert "The score that the plan states is right." in ended.out


def test_violations_are_listed_by_rule_and_the_score_is_recomputed(
    small: Path, moved: Path
) -> None:
    ended = allocator("check", small, moved)
    assert ended.code == 1
    assert "working_time" in ended.out
    assert "The plan states another score" in ended.out
    tree = allocator("check", small, moved, "--json").tree
    assert "working_time" in {violation["rule"] for violation in tree["violations"]}
    assert "total" in {entry["term"] for entry in tree["stated_differently"]}


def test_forbidden_work_left_open_fails_the_check(small: Path, plan: Path, tmp_path: Path) -> None:
    goals = {"goals": {"prices": {"open_work": "forbidden"}}}
    strict = written(tmp_path / "strict.yaml", read(small) | goals)
    empty = written(tmp_path / "empty.yaml", read(plan) | {"tasks": [], "sessions": []})
    ended = allocator("check", strict, empty)
    assert ended.code == 1
    assert "open_work is forbidden, but amounts to" in ended.out
    assert allocator("check", strict, empty, "--json").tree["forbidden"] == ["open_work"]


def test_a_plan_of_another_version_of_the_rollout_is_noticed(
    small: Path, plan: Path, tmp_path: Path
) -> None:
    renamed = written(tmp_path / "renamed.yaml", read(small) | {"name": "Another"})
    assert "another version of this rollout" in allocator("check", renamed, plan).out
    assert allocator("check", renamed, plan, "--json").tree["other_rollout"] is True


@pytest.mark.parametrize("by", ["person", "room", "day"])
def test_a_plan_is_shown_without_its_rollout(plan: Path, by: str) -> None:
    ended = allocator("show", plan, "--by", by)
    assert ended.code == 0
    assert "c-basic" in ended.out


def test_a_rollout_adds_names_and_projects(small: Path, plan: Path) -> None:
    ended = allocator("show", plan, "--rollout", small, "--by", "project")
    assert "ERP (erp)" in ended.out
    assert "Ana (ana)" in ended.out or "Bor (bor)" in ended.out


def test_projects_need_a_rollout(plan: Path) -> None:
    ended = allocator("show", plan, "--by", "project")
    assert ended.code == 2
    assert "--rollout" in ended.err


def test_one_person_alone(plan: Path) -> None:
    (booking,) = read(plan)["tasks"]
    person = booking["crew"][0]["person"]
    tree = allocator("show", plan, "--by", "person", "--only", person, "--json").tree
    assert list(tree["agenda"]) == [person]
    found = [entry for entry in tree["agenda"][person] if entry["kind"] == "task"]
    assert [(it["id"], it["start"], it["end"]) for it in found] == [
        ("t-a", booking["start"], booking["end"])
    ]
    assert allocator("show", plan, "--by", "person", "--only", "nobody").code == 2


def test_a_plan_is_the_same_as_itself(plan: Path) -> None:
    ended = allocator("compare", plan, plan)
    assert ended.code == 0
    assert "Every booking is the same." in ended.out


def test_moved_work_and_other_people_are_distinguished(
    small: Path, plan: Path, moved: Path
) -> None:
    tree = allocator("compare", plan, moved, "--rollout", small, "--json").tree
    (difference,) = tree["differences"]
    assert (difference["kind"], difference["id"]) == ("task", "t-a")
    assert difference["what"] == ["moved", "other people"]
    assert difference["after"]["start"] == "2027-01-30T00:00"
    totals = {term["term"]: term for term in tree["terms"]}
    assert totals["total"]["before"] == pytest.approx(read(plan)["score"]["total"])
    assert totals["total"]["after"] != totals["total"]["before"]


def test_new_and_gone_work(plan: Path, tmp_path: Path) -> None:
    tree = read(plan)
    fewer = written(tmp_path / "fewer.yaml", tree | {"tasks": [], "sessions": tree["sessions"][1:]})
    gone = allocator("compare", plan, fewer, "--json").tree["differences"]
    assert sorted((it["what"], it["id"]) for it in gone) == [
        (["gone"], "c-basic"),
        (["gone"], "t-a"),
    ]
    new = allocator("compare", fewer, plan).out
    assert "new: task t-a from" in new
    assert "new: class c-basic from" in new


def test_totals_at_other_prices_are_not_compared(plan: Path, tmp_path: Path) -> None:
    tree = read(plan)
    terms = [it | ({"price": 9} if it["term"] == "cost" else {}) for it in tree["score"]["terms"]]
    dearer = written(tmp_path / "dearer.yaml", tree | {"score": tree["score"] | {"terms": terms}})
    assert allocator("compare", plan, dearer).out.count("other prices") == 2
    reported = allocator("compare", plan, dearer, "--json").tree["terms"]
    assert [it["term"] for it in reported if not it["same_price"]] == ["cost", "total"]


def test_finished_work_is_not_gone(small: Path, plan: Path, tmp_path: Path) -> None:
    rollout, tree = read(small), read(plan)
    done = [rollout["tasks"][0] | {"progress": {"finished": "2027-01-12"}}, *rollout["tasks"][1:]]
    later = written(tmp_path / "later.yaml", rollout | {"as_of": "2027-01-13T08:00", "tasks": done})
    fewer = written(tmp_path / "fewer.yaml", tree | {"tasks": []})
    found = allocator("compare", plan, fewer, "--rollout", later, "--json").tree["differences"]
    assert [(it["what"], it["id"]) for it in found] == [(["finished"], "t-a")]
