"""What facts say together: ids as they are written, work that is done apart from work in time."""

from __future__ import annotations

from allocator.facts.wording import excluded, ruled_out
from allocator.plan import Conflict, Fact

DEADLINE = Fact("tasks[0].deadline", "deadline", (("task", "T-A"), ("day", "2027-01-14")))


def work(code: str, name: str) -> Fact:
    return Fact(f"tasks.{name}", code, (("kind", "task"), ("id", name)))


def test_work_cannot_be_done_beside_other_work_that_is_done() -> None:
    conflict = Conflict((work("work", "T-B"), DEADLINE))
    assert ruled_out([conflict]) == (
        "it cannot be done as long as T-B is done: T-A has to end by 2027-01-14"
    )


def test_work_cannot_be_in_time_beside_work_that_is_done_and_work_in_time() -> None:
    conflict = Conflict((work("work", "T-B"), work("in_time", "T-C"), DEADLINE))
    assert ruled_out([conflict], in_time=True) == (
        "it cannot be in time as long as T-B is done and T-C is in time: "
        "T-A has to end by 2027-01-14"
    )


def test_a_rollout_without_a_plan_names_the_work_that_no_plan_has() -> None:
    alone = Conflict((work("work", "T-A"), DEADLINE))
    assert excluded(alone) == "no plan has T-A done: T-A has to end by 2027-01-14"
    both = Conflict((work("work", "T-A"), work("work", "T-B"), DEADLINE), minimal=False)
    assert excluded(both) == (
        "no plan has T-A and T-B done together: T-A has to end by 2027-01-14 "
        "(whether all of it is needed is not known)"
    )


def test_facts_alone_may_exclude_every_plan() -> None:
    assert excluded(Conflict((DEADLINE,))) == "there is no plan: T-A has to end by 2027-01-14"
