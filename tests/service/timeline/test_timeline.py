"""The timeline of a plan says what the plan document says, in numbers."""

from service.plans.timeline.clock import DAY
from service.plans.timeline.document import CHANGE, FROZEN, PINNED, timeline_document
from tests.support.small import W1, audience, course, department, person, rollout, support, task

MORNING = 8 * 60
"""Minute of the day at which the office opens."""


def seat(person, start, end, hours, number=0):
    return {"seat": number, "person": person, "start": start, "end": end, "hours": hours}


def plan(**parts):
    return {"schema": "plan/1", "outcome": "feasible", "score": {"total": 1}} | parts


def test_the_bookings_of_a_task_stand_in_its_order_with_day_minute_and_length():
    tree = rollout(
        tasks=[task("t-later", due="2027-01-13"), task("t-crew", people=2, change=True)],
    )
    crew = [
        seat("bor", "2027-01-12T08:00", "2027-01-12T10:00", 2),
        seat("ana", "2027-01-12T08:00", "2027-01-13T09:00", 9),
    ]
    first = seat("ana", "2027-01-11T09:00", "2027-01-11T11:00", 2)
    reported = timeline_document(
        tree,
        plan(tasks=[{"task": "t-crew", "crew": crew}, {"task": "t-later", "crew": [first]}]),
        {},
    )
    assert reported["days"] == 28
    assert reported["people"]["id"] == ["ana", "bor"]
    assert reported["tasks"]["seats"] == [1, 2]
    assert reported["seats"]["person"] == [0, 0, 1]
    assert reported["seats"]["day"] == [0, 1, 1]
    assert reported["seats"]["minute"] == [9 * 60, MORNING, MORNING]
    assert reported["seats"]["length"] == [120, DAY + 60, 120]
    assert reported["seats"]["hours"] == [2, 9, 2]
    assert reported["tasks"]["due"] == [3 * DAY, -1]  # the end of Wednesday, day 2
    assert reported["tasks"]["flags"] == [0, CHANGE]


def test_what_is_published_and_frozen_is_marked_and_what_is_pinned_too():
    booked = {
        "task": "t-a",
        "start": "2027-01-11T08:00",
        "end": "2027-01-11T10:00",
        "crew": [seat("ana", "2027-01-11T08:00", "2027-01-11T10:00", 2)],
    }
    later = {
        "task": "t-b",
        "start": "2027-01-13T08:00",
        "end": "2027-01-13T10:00",
        "crew": [seat("ana", "2027-01-13T08:00", "2027-01-13T10:00", 2)],
    }
    reported = timeline_document(
        rollout(
            tasks=[task("t-a"), task("t-b", pin={"people": ["ana"]})],
            published={"plan": plan(tasks=[booked, later]), "frozen_until": "2027-01-12"},
        ),
        plan(tasks=[booked, later]),
        {},
    )
    assert reported["frozen_until"] == DAY
    assert reported["seats"]["flags"] == [FROZEN, 0]
    assert reported["tasks"]["flags"] == [0, PINNED]


def test_what_is_pinned_of_a_task_is_reported_as_its_start_and_its_people():
    reported = timeline_document(
        rollout(
            people=[person("ana"), person("bor")],
            tasks=[
                task("t-a", pin={"people": ["bor"]}),
                task("t-b"),
                task("t-c", pin={"start": "2027-01-12T08:00"}),
            ],
        ),
        plan(),
        {},
    )
    assert reported["pins"] == [[0, -1, [1]], [2, 1440 + 8 * 60, []]]


def test_classes_shifts_go_lives_closed_days_and_green_lights_are_reported():
    tree = rollout(
        departments=[
            department(
                closed=[{"from": "2027-01-29", "to": "2027-01-31", "reason": "month-end"}],
                release_limit=0.29,
                headcount=100,
                green_light={"status": "pending", "date": "2027-01-14"},
            )
        ],
        waves=[W1],
        courses=[course()],
        audiences=[audience(), audience("named", members=["ana"])],
        support=[support()],
        freezes=[{"from": "2027-01-18", "to": "2027-01-18", "departments": ["finance"]}],
    )
    session = {
        "id": "c-basic/1",
        "course": "c-basic",
        "room": "r1",
        "start": "2027-01-20T08:00",
        "end": "2027-01-20T10:00",
        "trainers": ["bor"],
        "groups": [
            {"audience": "clerks", "heads": 11},
            {"audience": "named", "members": ["ana"]},
        ],
    }
    shift = {
        "support": "s-w1",
        "department": "finance",
        "day": "2027-01-25",
        "start": "2027-01-25T08:00",
        "end": "2027-01-25T16:00",
        "people": ["bor", "ana"],
    }
    reported = timeline_document(tree, plan(sessions=[session], support=[shift]), {})
    assert reported["sessions"] == {
        "id": ["c-basic/1"],
        "course": [0],
        "room": [0],
        "day": [9],
        "minute": [MORNING],
        "length": [120],
        "trainers": [[1]],
        "groups": [[[0, 11], [1, 1, [0]]]],
    }
    assert (reported["shifts"]["day"], reported["shifts"]["people"]) == ([14], [[1, 0]])
    assert reported["waves"]["go_live"] == [14]
    (finance,) = reported["departments"]
    assert finance["release"] == 29  # floor(0.29 x 100), exactly
    assert finance["light"] == ["pending", 3]
    assert finance["closed"] == [[18 * DAY, 21 * DAY, "month-end"]]
    assert reported["freezes"] == [[7 * DAY, 8 * DAY, "", [0]]]


def test_absences_are_ranges_of_days_or_of_moments():
    away = [
        {"from": "2027-01-12", "to": "2027-01-13", "reason": "leave"},
        {"from": "2027-01-14T08:00", "to": "2027-01-14T12:00"},
    ]
    tree = rollout(people=[person("ana"), person("bor", absences=away)])
    assert timeline_document(tree, plan(), {})["absences"] == [
        [1, DAY, 3 * DAY, "leave"],
        [1, 3 * DAY + MORNING, 3 * DAY + 12 * 60, ""],
    ]


def test_open_work_is_reported_with_the_time_in_which_it_could_have_been():
    tree = rollout(
        tasks=[task("t-x", earliest="2027-01-13", due="2027-01-15")],
        waves=[W1],
        courses=[course(window={"open_days_before_go_live": 7, "close_days_before_go_live": 2})],
        audiences=[audience()],
        support=[support()],
    )
    left = [
        {"kind": "task", "id": "t-x", "seat": 0, "hours": 2, "reason": "nobody"},
        {"kind": "course", "id": "c-basic", "audience": "clerks", "heads": 3, "reason": "full"},
        {
            "kind": "support",
            "id": "s-w1",
            "department": "finance",
            "day": "2027-01-26",
            "people": 1,
            "reason": "busy",
        },
    ]
    reported = timeline_document(tree, plan(open=left), {})["open"]
    assert [(it["from"], it["to"]) for it in reported] == [
        (2 * DAY, 5 * DAY),  # Wednesday to the end of Friday
        (7 * DAY, 13 * DAY),  # go-live is day 14: from day 7 to the end of day 12
        (15 * DAY + MORNING, 15 * DAY + 16 * 60),
    ]
    assert [it["reason"] for it in reported] == ["nobody", "full", "busy"]


def test_open_work_of_the_night_and_by_the_hour_stands_where_it_could_have_been():
    entry = task("t-x", wave="w1", earliest="go-live-2T18:00", deadline="go-live-1T06:00")
    night = support(hours="22:00-06:00")
    tree = rollout(tasks=[entry], waves=[W1], support=[night])
    left = [
        {"kind": "task", "id": "t-x", "seat": 0, "hours": 2, "reason": "nobody"},
        {"kind": "support", "id": "s-w1", "department": "finance", "day": "2027-01-26"}
        | {"people": 1, "reason": "busy"},
    ]
    reported = timeline_document(tree, plan(open=left), {})["open"]
    assert [(it["from"], it["to"]) for it in reported] == [
        (12 * DAY + 18 * 60, 13 * DAY + 6 * 60),  # go-live is day 14
        (15 * DAY + 22 * 60, 16 * DAY + 6 * 60),
    ]


def test_a_freeze_of_a_wave_holds_its_departments_from_its_go_live():
    tree = rollout(waves=[W1], freezes=[{"from": "go-live", "to": "go-live+1", "wave": "w1"}])
    assert timeline_document(tree, plan(), {})["freezes"] == [[14 * DAY, 16 * DAY, "", [0]]]


def test_late_tasks_come_with_their_hours_and_cause():
    late = {"task": "t-b", "hours": 5.0, "cause": "busy", "end": "2027-01-12T17:00"}
    proof = {"because": [{"path": "tasks[1].due", "code": "due"}]}
    report = {"late": [late | {"working_days": 1, "proved": True} | proof, late]}
    tree = rollout(tasks=[task("t-a"), task("t-b")])
    assert timeline_document(tree, plan(), report)["late"] == [
        [1, 5.0, "busy", 1, True, proof],
        [1, 5.0, "busy", None, False, {}],  # written by an earlier version
    ]
