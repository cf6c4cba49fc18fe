"""Why heads have no seat in a course: for each kind of reason a rollout built to have it."""

from typing import Any

from allocator.reasons.open_work import open_work
from tests.support.small import (
    LJ,
    MB,
    OFFICE,
    W1,
    at,
    audience,
    booked,
    class_problem,
    course,
    department,
    held,
    person,
    plan_of,
    room,
    task,
)

LAST_DAY = {"open_days_before_go_live": 14, "close_days_before_go_live": 14}
"""With a go-live on 2027-01-25 (W1) a window of Monday 2027-01-11 alone."""

ON_MONDAY = {"waves": [W1]}


def one_day(**more: Any) -> dict[str, Any]:
    """A course that is held on the first Monday only."""
    return course(window=LAST_DAY, **more)


def reason(*work: Any, on: Any = None, name: str = "c-basic", **parts: Any) -> str:
    problem = class_problem(**parts) if on is None else on
    found = [it for it in open_work(problem, plan_of(*work)) if it.id == name]
    (entry,) = found
    return entry.reason


def test_an_entry_counts_the_heads_without_a_seat() -> None:
    problem = class_problem()
    (entry,) = open_work(problem, plan_of(held(problem, at(0, 8), {"clerks": 12})))
    assert (entry.kind, entry.id, entry.audience, entry.heads) == (
        "course",
        "c-basic",
        "clerks",
        20 - 12,
    )


def test_trained_heads_are_not_open() -> None:
    trained = [{"course": "c-basic", "heads": 15, "on": "2027-01-08"}]
    problem = class_problem(audiences=[audience(trained=trained)])
    assert [it.heads for it in open_work(problem, plan_of())] == [20 - 15]


def test_materials_that_are_left_open() -> None:
    tasks = [
        task("t-root", crew=[{"skill": "sap", "level": 5, "hours": 2}]),
        task("t-m", after=["t-root"]),
    ]
    said = reason(tasks=tasks, courses=[course(materials="t-m")])
    assert said == "its materials t-m are left open, because t-root is"


def test_a_course_that_comes_first() -> None:
    courses = [course("c-intro"), course(after=["c-intro"])]
    said = reason(courses=courses, audiences=[audience(courses=["c-intro", "c-basic"])])
    assert said == "c-intro comes first, and the 20 heads still missing here have no seat in it"


def test_those_who_have_been_in_the_course_before_have_their_seats() -> None:
    courses = [course("c-intro"), course(after=["c-intro"])]
    problem = class_problem(courses=courses, audiences=[audience(courses=["c-intro", "c-basic"])])
    intro = held(problem, at(0, 8), {"clerks": 12}, name="c-intro")
    basic = held(problem, at(0, 13), {"clerks": 12})
    said = reason(intro, basic, on=problem)
    assert said == "c-intro comes first, and the 8 heads still missing here have no seat in it"


def test_nobody_can_teach_it() -> None:
    trainers = [{"skill": "teach", "level": 4, "people": 1}]
    said = reason(courses=[course(trainers=trainers)])
    assert said == "to teach it nobody has teach level 4; 2 have it at a lower level (ana and bor)"


def test_no_trainer_speaks_the_language() -> None:
    said = reason(audiences=[audience(language="hu")])
    assert said == "of the 2 people with teach level 3 (ana and bor) none speaks hu"


def test_a_training_window_that_has_closed() -> None:
    said = reason(
        **ON_MONDAY,
        as_of="2027-01-12T08:00",
        courses=[one_day()],
    )
    assert said == (
        "its training window, 2027-01-11 to 2027-01-11, has no 2 h inside the rollout from "
        "2027-01-12T08:00 on"
    )


def test_a_window_of_closed_days() -> None:
    closed = department(closed=[{"from": "2027-01-11", "to": "2027-01-11"}])
    said = reason(**ON_MONDAY, departments=[closed], courses=[one_day()])
    assert said == (
        "between 2027-01-11T00:00 and 2027-01-12T00:00 the working time of clerks has no one "
        "sitting of 2 h that is clear of closed and frozen days"
    )


def test_no_room_with_the_equipment() -> None:
    said = reason(courses=[course(room={"equipment": ["pc"]})], rooms=[room(equipment=["tv"])])
    assert said == "there is no room at lj with pc"


def test_no_room_that_is_large_enough_for_another_class() -> None:
    problem = class_problem(
        courses=[course(class_size={"min": 5, "max": 12})],
        rooms=[room(seats=4), room("r2", site="mb")],
        sites=[LJ, MB],
    )
    said = reason(held(problem, at(0, 8), {"clerks": 4}), on=problem)
    assert said == (
        "a further class needs at least 5 heads, and the largest room at lj has 4 seats"
    )


def test_a_room_that_is_closed_when_the_learners_can_come() -> None:
    evenings = {"id": "evenings", "weekly": {"mon": ["18:00-21:00"]}}
    said = reason(calendars=[OFFICE, evenings], rooms=[room(calendar="evenings")])
    assert said.startswith("no room at lj (r1) is open for a sitting of 2 h when the learners can")


def test_trainers_off_duty_in_the_window() -> None:
    away = person("ana", absences=[{"from": "2027-01-11", "to": "2027-01-11"}])
    said = reason(**ON_MONDAY, people=[away], courses=[one_day()])
    assert "of those who could teach it (ana) its 1 trainer cannot be on duty" in said
    assert said.endswith("on duty from first to last: ana 0 h)")


def test_a_vendors_notice_that_outlasts_the_window() -> None:
    said = reason(
        **ON_MONDAY,
        vendors=[{"id": "acme", "lead_days": 3, "minimum_hours_per_day": 0}],
        people=[person("ana", vendor="acme")],
        courses=[one_day()],
    )
    assert said.startswith(
        "acme needs 3 days of notice (until 2027-01-14T00:00), and without these"
    )


def test_a_certificate_that_ends_before_the_window_opens() -> None:
    skills = [{"skill": "teach", "level": 3, "until": "2027-01-10"}]
    said = reason(**ON_MONDAY, people=[person("ana", skills=skills)], courses=[one_day()])
    assert said.startswith("too few of those who could teach it (ana) have the skill on a day on")


def test_materials_that_end_after_the_window() -> None:
    problem = class_problem(**ON_MONDAY, tasks=[task("t-m")], courses=[one_day(materials="t-m")])
    materials = booked(problem, "t-m", ("ana", at(1, 8), at(1, 10)))
    assert reason(materials, on=problem).startswith(
        "its materials t-m end at 2027-01-12T10:00, too late for learners, room and trainers"
    )


def test_a_first_course_that_ends_too_late() -> None:
    problem = class_problem(
        **ON_MONDAY,
        courses=[course("c-intro"), one_day(after=["c-intro"])],
        audiences=[audience(headcount=12, courses=["c-intro", "c-basic"])],
    )
    intro = held(problem, at(0, 15), {"clerks": 12}, name="c-intro")
    said = reason(intro, on=problem)
    assert said.startswith("the 12 heads missing here end c-intro too late, or not at all, for")


def test_a_release_limit_that_is_used_up_all_day() -> None:
    problem = class_problem(
        **ON_MONDAY,
        departments=[department(release_limit=0.1)],
        courses=[one_day(), course("c-other", hours=4)],
        audiences=[audience(), audience("others", courses=["c-other"])],
        rooms=[room(), room("r2")],
    )
    limit = 2  # 10 % of 20
    work = [
        held(problem, at(0, hour), {"others": limit}, name="c-other", where="r2")
        for hour in (8, 13)
    ]
    assert reason(*work, on=problem).endswith(
        "the 20 heads missing here cannot come beside the classes and work that they have, or "
        "finance has the 2 heads in class that it releases"
    )


def test_a_release_limit_below_the_smallest_class() -> None:
    problem = class_problem(
        departments=[department(release_limit=0.1)],
        courses=[course(class_size={"min": 5, "max": 12})],
    )
    said = reason(held(problem, at(0, 8), {"clerks": 2}), on=problem)
    assert said == (
        "a further class needs at least 5 heads, and at most 2 of those without a seat could come "
        "together (finance releases at most 2 heads at once)"
    )


def test_too_few_heads_are_left_for_another_class() -> None:
    problem = class_problem(audiences=[audience(headcount=13)])
    said = reason(held(problem, at(0, 8), {"clerks": 12}), on=problem)
    assert said == (
        "a further class needs at least 2 heads, and at most 1 of those without a seat could come "
        "together"
    )


def test_a_free_seat_in_a_planned_class_is_found() -> None:
    problem = class_problem(audiences=[audience(headcount=12)])
    said = reason(held(problem, at(0, 8), {"clerks": 11}), on=problem)
    assert said == (
        "nothing stands in its way where 1 seat is free in c-basic from 2027-01-11T08:00; a longer "
        "run may plan it"
    )


def test_a_budget_that_does_not_pay_a_class() -> None:
    hours, trainer, seats = 2, 60, 15
    cost = hours * (trainer + seats)
    said = reason(projects=[{"id": "erp", "budget": cost - 1}], rooms=[room(cost_per_hour=seats)])
    assert said.startswith(f"a further class costs at least {cost}.00 EUR, and {cost - 1}.00 EUR")


def test_a_room_that_other_classes_have() -> None:
    problem = class_problem(
        **ON_MONDAY,
        courses=[one_day(), course("c-other", hours=4)],
        audiences=[audience(), audience("others", courses=["c-other"])],
    )
    work = [
        held(problem, at(0, hour), {"others": 10}, name="c-other", trainers=["bor"])
        for hour in (8, 13)
    ]
    assert reason(*work, on=problem).startswith(
        "the fitting room is taken by other classes (r1) whenever learners and trainers could meet"
    )


def test_a_trainer_who_has_other_work() -> None:
    problem = class_problem(
        **ON_MONDAY, people=[person("ana")], courses=[one_day()], tasks=[task("t-a", hours=7)]
    )
    work = booked(problem, "t-a", ("ana", at(0, 8), at(0, 16)))
    said = reason(work, on=problem)
    assert said.startswith("other work holds too many of those who could teach it (ana) whenever")
    assert said.endswith(
        "from 2027-01-11T15:00 to 2027-01-11T17:00, for example, ana is on t-a until "
        "2027-01-11T16:00"
    )


def test_class_hours_that_are_used_up() -> None:
    problem = class_problem(
        **ON_MONDAY,
        people=[person("ana", limits={"class_hours_per_day": 3})],
        courses=[one_day()],
    )
    said = reason(held(problem, at(0, 8), {"clerks": 12}), on=problem)
    assert said.endswith(
        "(ana); ana, for example, would have 4 h in class on 2027-01-11, at most 3 h"
    )


def test_named_learners_who_have_other_work() -> None:
    problem = class_problem(
        **ON_MONDAY,
        people=[person("ana"), person("bor")],
        courses=[one_day(class_size={"min": 1, "max": 5})],
        audiences=[audience("key", members=["bor"])],
        tasks=[task("t-a", hours=8)],
    )
    work = booked(problem, "t-a", ("bor", at(0, 8), at(0, 17)))
    said = reason(work, on=problem)
    assert "the 1 learner missing here cannot come beside the classes and work" in said


def test_the_only_trainer_is_the_only_learner() -> None:
    said = reason(
        people=[person("ana")],
        courses=[course(class_size={"min": 1, "max": 5})],
        audiences=[audience("key", members=["ana"])],
    )
    assert said == "ana cannot sit in a class that nobody but ana can teach"


def test_a_class_that_could_be_added_is_said_to_be() -> None:
    assert reason() == (
        "nothing stands in its way as a class by ana on c-basic from 2027-01-11T08:00; a longer "
        "run may plan it"
    )
