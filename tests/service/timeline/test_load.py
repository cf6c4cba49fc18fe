"""The load of people and skills by week."""

from allocator.plan import Plan, Seat, TaskBooking
from service.plans.timeline.load import load_document
from tests.support.small import at, person, problem_of, task


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
    told = load_document(problem, plan)
    assert told["weeks"] == ["2027-01-11", "2027-01-18", "2027-01-25", "2027-02-01"]
    ana, bor = told["people"]
    assert (ana["id"], ana["weeks"][:2]) == ("ana", [[16, 40], None])  # away all the second week
    assert (bor["id"], bor["weeks"][:2]) == ("bor", [[4, 40], [0, 40]])
    assert [(it["id"], it["people"]) for it in told["skills"]] == [("sap", 1), ("teach", 1)]


AWAY = {"from": "2027-01-18", "to": "2027-01-24"}
