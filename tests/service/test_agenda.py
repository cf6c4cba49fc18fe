"""The agenda of a plan: multi-day work stands on each of its days."""

from allocator.formats.models.plan import PlanDocument
from service.plans.agenda import Names, agenda, names_of
from tests.support.small import person, problem_of, rollout, task

SPAN = {"start": "2027-01-14T08:00", "end": "2027-01-19T12:00"}
"""From Thursday to Tuesday, over a weekend."""

PLAN = PlanDocument.model_validate_json(
    """{"schema": "plan/1", "rollout": {"name": "x", "sha256": ""}, "tasks": [{"task": "t-a",
    "start": "2027-01-14T08:00", "end": "2027-01-19T12:00", "crew": [{"seat": 0, "person": "ana",
    "start": "2027-01-14T08:00", "end": "2027-01-19T12:00"}]}]}"""
)


def days(names):
    return [day[8:] for day in agenda(PLAN, "day", names)]


def test_a_task_of_several_days_stands_on_each_day_on_which_its_crew_works():
    parts = {"people": [person("ana")], "tasks": [task("t-a", hours=28)]}
    assert days(names_of(problem_of(**parts), rollout(**parts))) == ["14", "15", "18", "19"]


def test_without_the_rollout_it_stands_on_every_day():
    assert days(Names()) == ["14", "15", "16", "17", "18", "19"]


def test_under_a_person_it_stands_once():
    (entry,) = agenda(PLAN, "person", Names())["ana"]
    assert (entry.start, entry.end) == (SPAN["start"], SPAN["end"])
