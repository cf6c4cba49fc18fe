"""Readers of the public families."""

from __future__ import annotations

from pathlib import Path

import pytest

from allocator.outcome import Optimal
from allocator.plan import Plan, Seat, TaskBooking
from allocator.problem import Problem
from benchmarks.checkers import CHECKERS
from benchmarks.families import READERS, read_instance
from benchmarks.families.makespan import horizon
from benchmarks.families.project import Activity, Need, Worker
from benchmarks.instance import BadInstance, Instance
from benchmarks.solution import solution_of
from solver.settings import Settings
from solver.solve import solve
from tests.benchmarks.files import IMOPSE, MSLIB, MSPSP, OPTIMA, ROLLOUT, SMPTSP, TEXTS


def read(name: str, text: str) -> Instance:
    return READERS[Path(name).suffix](Path(name).stem, text, "")


def crews(problem: Problem) -> dict[str, list[tuple[str, int, int, int]]]:
    return {
        task.id: [
            (problem.skills[line.skill], line.level, line.people, line.work) for line in task.crew
        ]
        for task in problem.tasks
    }


def levels(problem: Problem) -> dict[str, dict[str, int]]:
    return {
        person.id: {problem.skills[m.skill]: m.level for m in person.skills}
        for person in problem.people
    }


def after(problem: Problem) -> dict[str, list[str]]:
    return {t.id: [problem.tasks[link.task].id for link in t.after] for t in problem.tasks}


def test_mspsp_needs_people_per_skill_and_leaves_the_dummies_out() -> None:
    problem = read("tiny.dzn", MSPSP).problem
    assert crews(problem) == {
        "2": [("skill 1", 1, 1, 3)],
        "3": [("skill 2", 1, 1, 2)],
        "4": [("skill 1", 1, 1, 4), ("skill 2", 1, 1, 4)],
    }
    assert levels(problem) == {"1": {"skill 1": 1, "skill 2": 1}, "2": {"skill 1": 1}}
    assert after(problem) == {"2": [], "3": ["2"], "4": []}


def test_imopse_level_0_is_having_the_skill() -> None:
    problem = read("tiny.def", IMOPSE).problem
    assert crews(problem) == {
        "1": [("Q0", 2, 1, 3)],
        "2": [("Q1", 3, 1, 2)],
        "4": [("Q0", 1, 1, 4)],
    }
    assert levels(problem) == {"1": {"Q0": 1, "Q1": 3}, "2": {"Q0": 2}}
    assert after(problem) == {"1": [], "2": ["1"], "4": []}


def test_mslib_has_a_line_for_each_skill_and_level() -> None:
    problem = read("tiny.msrcp", MSLIB).problem
    assert crews(problem) == {
        "2": [("skill 1", 1, 1, 3), ("skill 1", 3, 1, 3)],
        "3": [("skill 1", 2, 1, 4), ("skill 1", 4, 1, 4)],
        "4": [("skill 2", 2, 1, 2)],
    }
    assert levels(problem) == {
        "1": {"skill 1": 5, "skill 2": 2},
        "2": {"skill 1": 3},
        "3": {"skill 1": 1},
    }
    assert after(problem) == {"2": [], "3": [], "4": ["2"]}


def test_smptsp_keeps_which_jobs_overlap() -> None:
    tasks = read("tiny.dat", SMPTSP).problem.tasks
    spans = [(t.pin_start or 0, (t.pin_start or 0) + t.crew[0].work) for t in tasks]
    overlapping = [
        (a, b)
        for a in range(4)
        for b in range(a)
        if max(spans[a][0], spans[b][0]) < min(spans[a][1], spans[b][1])
    ]
    assert overlapping == [(1, 0), (2, 1)]


def test_smptsp_counts_each_worker_used_once() -> None:
    instance = read("tiny.dat", SMPTSP)
    answer = solve(instance.problem, Settings(seconds=10, workers=1))
    assert isinstance(answer, Optimal)
    used = {seat.person for booking in answer.plan.tasks for seat in booking.crew}
    assert answer.score.total == len(used) == 2


@pytest.mark.parametrize("name", TEXTS)
def test_the_optimum_is_found_and_checked_independently(name: str) -> None:
    instance = read(name, TEXTS[name])
    answer = solve(instance.problem, Settings(seconds=10, workers=1))
    assert isinstance(answer, Optimal)
    assert answer.score.total == OPTIMA[name]
    solution = solution_of(instance, answer.plan)
    assert CHECKERS[instance.family](TEXTS[name], solution) == []


def test_everyone_shares_one_working_time() -> None:
    people = read("tiny.msrcp", MSLIB).problem.people
    assert len({id(person.working) for person in people}) == 1


def test_a_milestone_passes_its_predecessors_on() -> None:
    text = (
        MSPSP.replace("dur = [0,3,2,4,0]", "dur = [0,3,0,4,0]")
        .replace("pred = [1,1,2,3,4,2]", "pred = [1,1,2,3,4,3]")
        .replace("succ = [2,4,3,5,5,5]", "succ = [2,4,3,5,5,4]")
    )
    instance = read("tiny.dzn", text)
    assert after(instance.problem) == {"2": [], "4": ["2"]}
    booked = Plan(
        (
            TaskBooking(0, 0, 3, (Seat(0, 1, 0, 3),)),
            TaskBooking(1, 3, 7, (Seat(0, 1, 3, 7), Seat(1, 0, 3, 7))),
        )
    )
    starts = {entry["task"]: entry["start"] for entry in solution_of(instance, booked)["tasks"]}
    assert starts == {1: 0, 2: 0, 3: 3, 4: 3, 5: 7}
    assert CHECKERS["mspsp"](text, solution_of(instance, booked)) == []


def test_an_activity_that_needs_nobody_has_a_stand_in_that_solutions_do_not_show() -> None:
    text = MSPSP.replace("  | 0,1,", "  | 0,0,", 1)
    instance = read("tiny.dzn", text)
    assert len(instance.problem.people) == instance.workers + 1 == 3
    answer = solve(instance.problem, Settings(seconds=10, workers=1))
    assert isinstance(answer, Optimal)
    assert (
        answer.score.total == 7
    )  # two for both, then early: 4 + 3, or early, two with late: 3 + 4
    people = {e["task"]: e["people"] for e in solution_of(instance, answer.plan)["tasks"]}
    assert people[3] == []
    assert CHECKERS["mspsp"](text, solution_of(instance, answer.plan)) == []


def test_the_horizon_is_twice_a_list_schedule_and_never_beyond_one_after_the_other() -> None:
    workers = [Worker(n, {"cook": 1}) for n in range(4)]
    apart = [Activity(n, 5, (Need("cook", 1, 1),), ()) for n in range(8)]
    assert horizon(apart, workers) == 2 * 10  # four at once, twice 5; one after the other is 40
    assert horizon(apart, workers[:1]) == 40
    assert horizon(apart, []) == 40


BROKEN = {
    "fields": ("a.dzn", "dur = [1];", "No field mastery, pred, sreq, succ."),
    "rows": ("a.dzn", MSPSP.replace("[0,3", "[3"), "4 durations, but 5 rows of sreq."),
    "circle": (
        "a.dzn",
        MSPSP.replace("pred = [1,1,2", "pred = [1,2,2").replace("succ = [2,4,3", "succ = [2,1,3"),
        "Activities come after one another: [1, 2, 1].",
    ),
    "no tables": ("a.def", "nothing", "No table of resources and tasks."),
    "not a task": (
        "a.def",
        IMOPSE.replace("1\t 3\t Q0: 1", "1\t three"),
        "Not a task: '1\\t three'.",
    ),
    "unknown": (
        "a.def",
        IMOPSE.replace("Q1: 2\t 1\n", "Q1: 2\t 9\n"),
        "Activity 2 comes after unknown 9.",
    ),
    "level": (
        "a.def",
        IMOPSE.replace("Q0: 1\n2\t", "Q0: 7\n2\t"),
        "Activity 1 needs level 8; 1 to 5 can be read.",
    ),
    "no jobs": ("a.dat", "Type = 1", "No jobs or no qualifications."),
    "field": ("a.dat", "Kind = 1", "Not understood: 'Kind = 1'."),
    "empty job": ("a.dat", SMPTSP.replace("10  20", "20  20"), "A job from 20 to 20."),
    "count": (
        "a.dat",
        SMPTSP.replace("2: 1 3", "2: 1"),
        "Expected 2 whole numbers, found '1'.",
    ),
    "blocks": (
        "a.msrcp",
        MSLIB.replace("Skill Requirements", "Skills"),
        "Nothing under Skill Requirements Module.",
    ),
    "levels": (
        "a.msrcp",
        MSLIB.replace("\n1 3\n", "\n1\n"),
        "Activity 2 needs 2 people, but its levels are [1].",
    ),
    "successors": (
        "a.msrcp",
        MSLIB.replace("2\t2 3", "3\t2 3"),
        "Activity 1 has 2 of 3 successors.",
    ),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_file_is_named_with_what_is_wrong(tmp_path: Path, fault: str) -> None:
    name, text, message = BROKEN[fault]
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(BadInstance) as caught:
        read_instance(path)
    assert str(caught.value) == f"{path}: {message}"


def test_an_unknown_ending_is_named_with_those_that_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("")
    with pytest.raises(BadInstance, match=r"files ending in '.txt', but .dzn, .def, .dat, .msrcp"):
        read_instance(path)


def test_a_rollout_document_is_an_instance_too(tmp_path: Path) -> None:
    path = tmp_path / "tiny.yaml"
    path.write_text(ROLLOUT)
    instance = read_instance(path)
    assert (instance.name, instance.family) == ("tiny", "rollout")
    assert [task.id for task in instance.problem.tasks] == ["t"]


def test_a_faulty_rollout_document_is_refused_with_its_path(tmp_path: Path) -> None:
    path = tmp_path / "tiny.yaml"
    path.write_text(ROLLOUT.replace("skill: cook, people", "skill: bake, people"))
    with pytest.raises(BadInstance, match=r"tiny\.yaml: .*bake"):
        read_instance(path)


def test_what_is_known_is_read_from_the_list_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "inst_tiny.dzn").write_text(MSPSP)
    (tmp_path / "other.dzn").write_text(MSPSP)
    (tmp_path / "best_known.csv").write_text(
        "instance,lower_bound,best_known,source,status,subset\ntiny,7,,me,open,set-0\n"
    )
    known = read_instance(tmp_path / "inst_tiny.dzn").known
    assert (known.lower_bound, known.best, known.status, known.subset) == (7, None, "open", "set-0")
    assert read_instance(tmp_path / "other.dzn").known.lower_bound is None
