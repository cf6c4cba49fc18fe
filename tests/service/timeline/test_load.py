"""The load of people and skills by week."""

from allocator.plan import Plan, Seat, TaskBooking
from service.plans.timeline.load import load_document
from tests.support.small import (
    W1,
    at,
    audience,
    booked,
    course,
    held,
    person,
    plan_of,
    problem_of,
    support,
    task,
)


def test_each_week_has_booked_and_available_hours_and_the_scarcest_skill_is_first():
    people = [
        person("ana", skills=[{"skill": "sap", "level": 3}], absences=[AWAY]),
        person("bor", skills=[{"skill": "teach", "level": 3}]),
    ]
    problem = problem_of(
        people=people,
        tasks=[
            task("t-a", hours=16),
            task("t-b", crew=[{"skill": "teach", "level": 3, "people": 1, "hours": 4}]),
        ],
    )
    plan = Plan(
        tasks=(
            TaskBooking(0, at(0, 8), at(1, 17), (Seat(0, 0, at(0, 8), at(1, 17)),)),
            TaskBooking(1, at(0, 8), at(0, 12), (Seat(0, 1, at(0, 8), at(0, 12)),)),
        )
    )
    reported = load_document(problem, plan)
    assert reported["weeks"] == ["2027-01-11", "2027-01-18", "2027-01-25", "2027-02-01"]
    ana, bor = reported["people"]
    assert (ana["id"], ana["weeks"][:2]) == ("ana", [[16, 40], None])  # away all the second week
    assert (bor["id"], bor["weeks"][:2]) == ("bor", [[4, 40], [0, 40]])
    assert [(it["id"], it["people"]) for it in reported["skills"]] == [("sap", 1), ("teach", 1)]


def test_the_demand_for_a_skill_is_what_asks_for_it_planned_by_week_and_open():
    problem = problem_of(
        tasks=[task("t-a", hours=16), task("t-b", hours=4, people=2)],
        courses=[course(hours=3)],
        audiences=[audience(headcount=20)],
        waves=[W1],
        support=[support()],
    )
    plan = plan_of(
        booked(problem, "t-a", ("ana", at(4, 8), at(7, 17))),  # Friday and Monday
        held(problem, at(0, 8), {"clerks": 6}, trainers=("bor",)),
    )
    sap, teach = sorted(load_document(problem, plan)["skills"], key=lambda it: it["id"])
    assert (sap["demand"][:2], teach["demand"][:2]) == ([8, 8], [3, 0])
    # Two people for four hours; ten users a supporter on two days of eight hours, finance has 20.
    assert sap["open"] == 2 * 4 + 2 * 2 * 8
    # 14 heads without a seat fill two classes of at most 12.
    assert teach["open"] == 2 * 3


AWAY = {"from": "2027-01-18", "to": "2027-01-24"}
