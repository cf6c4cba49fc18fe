"""A plan goes out as a document and comes back the same."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator.errors import InvalidDocument
from allocator.formats.document import problem_from_tree
from allocator.formats.plan.write import plan_document, plan_from_tree, plan_tree, read_plan
from allocator.formats.text.tree import dump_json, dump_yaml, read_tree
from allocator.outcome import Feasible, Infeasible, NoPlan, Optimal, Run
from allocator.plan import (
    Group,
    OpenWork,
    Plan,
    Score,
    Seat,
    Session,
    Shift,
    TaskBooking,
    TermScore,
    Violation,
)
from tests.support.everything import after_change, at, faults, found, tree

PROBLEM = problem_from_tree(tree())
RUN = Run(7, 2, 31.23456, None, None, 0.0)
CREATED = datetime(2027, 1, 4, 2, 13, tzinfo=UTC)
PLAN = Plan(
    tasks=(
        TaskBooking(
            0,
            at(0, 8),
            at(1, 10),
            (Seat(0, 0, at(0, 8), at(1, 10)), Seat(1, 1, at(0, 8), at(0, 10))),
        ),
        TaskBooking(3, at(1, 9), at(1, 11), (Seat(0, 0, at(1, 9), at(1, 11)),)),
    ),
    sessions=(
        Session(1, 0, at(2, 8), at(2, 12), (3,), (Group(0, 12), Group(1, 2, (1, 2)))),
        Session(0, None, at(1, 8), at(1, 10), (), (Group(0, 18),)),
        Session(1, 0, at(1, 8), at(1, 12), (0,), (Group(0, 6),)),
    ),
    shifts=(Shift(0, 0, 8, after_change(8, 8), after_change(8, 16), (0, 1)),),
)


def score(total):
    return Score((TermScore("lateness", Fraction(total, 40), Fraction(40)),))


def test_bookings_are_written_with_ids_and_local_moments():
    written = plan_tree(PROBLEM, PLAN)
    assert written["rollout"] == {"name": "Till system, spring", "sha256": PROBLEM.sha256}
    assert written["tasks"][0] == {
        "task": "t-install",
        "start": "2027-03-22T08:00",
        "end": "2027-03-23T10:00",
        "crew": [
            {
                "seat": 0,
                "person": "ana",
                "start": "2027-03-22T08:00",
                "end": "2027-03-23T10:00",
                "hours": 10,
            },
            {
                "seat": 1,
                "person": "bor",
                "start": "2027-03-22T08:00",
                "end": "2027-03-22T10:00",
                "hours": 2,
            },
        ],
    }
    assert written["sessions"][0] == {
        "id": "c-basic/2",
        "course": "c-basic",
        "room": "r1",
        "start": "2027-03-24T08:00",
        "end": "2027-03-24T12:00",
        "trainers": ["dan"],
        "groups": [
            {"audience": "clerks", "heads": 12},
            {"audience": "seniors", "heads": 2, "members": ["bor", "cid"]},
        ],
    }
    assert written["support"] == [
        {
            "support": "s1",
            "department": "shop",
            "day": "2027-03-30",
            "start": "2027-03-30T08:00",
            "end": "2027-03-30T16:00",
            "people": ["ana", "bor"],
        }
    ]


def test_a_task_at_a_site_with_its_own_zone_is_written_in_that_zone():
    assert plan_tree(PROBLEM, PLAN)["tasks"][1]["start"] == "2027-03-23T08:00"  # London


def test_sessions_of_a_course_are_numbered_by_start():
    ids = [session["id"] for session in plan_tree(PROBLEM, PLAN)["sessions"]]
    assert ids == ["c-basic/2", "c-intro/1", "c-basic/1"]


def test_a_virtual_session_has_no_room():
    assert "room" not in plan_tree(PROBLEM, PLAN)["sessions"][1]


@pytest.mark.parametrize("dump", [dump_yaml, dump_json])
def test_a_plan_that_is_written_reads_back_the_same(dump):
    assert read_plan(dump(plan_tree(PROBLEM, PLAN)).encode(), PROBLEM) == PLAN


slots = st.integers(-200, PROBLEM.horizon + 200)
spans = st.tuples(slots, st.integers(1, 100)).map(lambda span: (span[0], span[0] + span[1]))
several = st.lists(st.integers(0, len(PROBLEM.people) - 1), max_size=3).map(tuple)


@st.composite
def plans(draw):
    numbers = draw(st.lists(st.integers(0, 3), unique=True))
    tasks = []
    for task in numbers:
        lines = range(len(PROBLEM.tasks[task].crew))
        seats = st.builds(
            lambda seat, person, span: Seat(seat, person, *span),
            st.sampled_from(lines),
            st.integers(0, 3),
            spans,
        )
        tasks.append(TaskBooking(task, *draw(spans), tuple(draw(st.lists(seats, max_size=3)))))
    groups = st.one_of(
        st.builds(Group, st.integers(0, 1), st.integers(1, 40)),
        several.filter(bool).map(lambda members: Group(1, len(members), members)),
    )
    sessions = st.builds(
        lambda course, room, span, trainers, heads: Session(
            course, room, *span, trainers, tuple(heads)
        ),
        st.integers(0, 1),
        st.sampled_from([None, 0]),
        spans,
        several,
        st.lists(groups, max_size=3),
    )
    shifts = st.builds(
        lambda department, day, span, people: Shift(0, department, day, *span, people),
        st.integers(0, 1),
        st.integers(-3, 30),
        spans,
        several,
    )
    return Plan(
        tuple(tasks),
        tuple(draw(st.lists(sessions, max_size=4))),
        tuple(
            draw(
                st.lists(shifts, max_size=4, unique_by=lambda shift: (shift.department, shift.day))
            )
        ),
    )


@given(plans())
def test_every_plan_survives_the_way_out_and_back(plan):
    written = plan_tree(PROBLEM, plan)
    assert plan_from_tree(read_tree(dump_yaml(written).encode()), PROBLEM) == plan


def test_both_passes_of_the_doubled_hour_survive():
    document = tree()
    document |= {"start": "2027-10-25", "end": "2027-11-07", "as_of": "2027-10-25T08:00"}
    document["tasks"][2]["progress"] = {"finished": "2027-10-20"}
    problem = problem_from_tree(document)
    sunday = 6 * 48  # 2027-10-31: 02:00 to 03:00 comes twice
    plan = Plan(
        sessions=tuple(
            Session(0, None, start, start + 2, (), (Group(0, 5),))
            for start in range(sunday, sunday + 12)
        )
    )
    written = plan_tree(problem, plan)
    starts = [session["start"] for session in written["sessions"]]
    assert starts[4:8] == [
        "2027-10-31T02:00",
        "2027-10-31T02:30",
        "2027-10-31T02:00+01:00",
        "2027-10-31T02:30+01:00",
    ]
    assert plan_from_tree(written, problem) == plan


def test_the_whole_document_has_score_gap_assumptions_and_open_work():
    document = tree()
    document["tasks"][1]["department"] = "depot"
    problem = problem_from_tree(document)
    change = TaskBooking(1, at(2, 8), at(2, 13), (Seat(0, 0, at(2, 8), at(2, 13)),))
    open_work = [
        OpenWork("task", "t-meet", "nobody is free", seat=0, hours=Fraction(5, 2)),
        OpenWork("course", "c-basic", "no room", audience="clerks", heads=30),
        OpenWork("support", "s1", "too few", department="shop", day=8, people=2),
    ]
    outcome = Feasible(Plan((change,)), score(480), Fraction(468), RUN)
    written = plan_document(problem, outcome, open_work, [], CREATED)
    assert list(written) == [
        "schema", "rollout", "created", "solver", "outcome", "score", "tasks", "sessions",
        "support", "assumptions", "open", "violations",
    ]  # fmt: skip
    assert written["created"] == "2027-01-04T02:13:00Z"
    assert written["outcome"] == "feasible"
    assert written["solver"] | {"version": "x"} == {
        "version": "x", "seed": 7, "seconds": 31.235, "workers": 2,
    }  # fmt: skip
    assert written["score"] == {
        "total": 480,
        "bound": 468,
        "gap": 0.025,
        "terms": [{"term": "lateness", "amount": 12, "price": 40, "total": 480}],
    }
    assert written["assumptions"] == [{"department": "depot", "green_light": "2027-04-01"}]
    assert written["open"] == [
        {
            "kind": "task",
            "id": "t-meet",
            "seat": 0,
            "hours": 2.5,
            "reason": "nobody is free",
            "proved": False,
        },
        {
            "kind": "course",
            "id": "c-basic",
            "audience": "clerks",
            "heads": 30,
            "reason": "no room",
            "proved": False,
        },
        {
            "kind": "support",
            "id": "s1",
            "department": "shop",
            "day": "2027-03-30",
            "people": 2,
            "reason": "too few",
            "proved": False,
        },
    ]
    assert plan_from_tree(written, problem) == outcome.plan


def test_a_granted_green_light_is_no_assumption():
    change = TaskBooking(1, at(2, 8), at(2, 13), (Seat(0, 0, at(2, 8), at(2, 13)),))
    outcome = Optimal(Plan((change,)), score(0), RUN)
    written = plan_document(PROBLEM, outcome, [], [])
    assert (written["outcome"], written["score"]["gap"]) == ("optimal", 0)
    assert written["assumptions"] == []


def test_a_forbidden_term_says_so():
    terms = Score((TermScore("finish", Fraction(0), None),))
    written = plan_document(PROBLEM, Optimal(Plan(), terms, RUN), [], [])
    assert written["score"]["terms"] == [
        {"term": "finish", "amount": 0, "price": "forbidden", "total": 0}
    ]
    assert plan_from_tree(written, PROBLEM) == Plan()


@pytest.mark.parametrize(
    ("outcome", "name", "bound"),
    [
        (Infeasible("open_work is forbidden and t-x is open", RUN), "infeasible", None),
        (NoPlan("open_work is forbidden and t-x is open", Fraction(3, 2), RUN), "no_plan", 1.5),
    ],
)
def test_an_outcome_without_a_plan_has_the_same_shape_and_a_reason(outcome, name, bound):
    written = plan_document(PROBLEM, outcome, [], [], CREATED)
    assert (written["outcome"], written["reason"]) == (
        name,
        "open_work is forbidden and t-x is open",
    )
    assert written["score"] == {"total": None, "bound": bound, "gap": None, "terms": []}
    assert plan_from_tree(written, PROBLEM) == Plan()


def test_violations_name_the_work_they_are_about():
    violation = Violation("travel", "too far", (("task", 1), ("session", 2), ("shift", 0)))
    written = plan_document(PROBLEM, Optimal(PLAN, score(0), RUN), [], [violation])
    assert written["violations"] == [
        {
            "rule": "travel",
            "message": "too far",
            "work": [
                {"kind": "task", "id": "t-meet"},
                {"kind": "session", "id": "c-basic/1"},
                {"kind": "support", "id": "s1", "department": "shop", "day": "2027-03-30"},
            ],
        }
    ]
    assert plan_from_tree(written, PROBLEM) == PLAN


def booking(**changed):
    seat = {
        "seat": 0,
        "person": "ana",
        "start": "2027-03-22T08:00",
        "end": "2027-03-22T10:00",
    }
    task = {"task": "t-install", "start": seat["start"], "end": seat["end"], "crew": [seat]}
    return {"schema": "plan/1", "tasks": [task | changed]}


def plan_faults(document):
    with pytest.raises(InvalidDocument) as caught:
        plan_from_tree(document, PROBLEM)
    return {(fault.path, fault.code) for fault in caught.value.faults}


@pytest.mark.parametrize(
    ("document", "path", "code"),
    [
        ([], "", "not_a_mapping"),
        ({}, "schema", "missing_field"),
        ({"schema": "plan/1", "task": []}, "task", "unknown_field"),
        (booking(task="t-instal"), "tasks[0].task", "unknown_task"),
        (booking(start="2027-03-22T08:10"), "tasks[0].start", "off_grid"),
        (booking(start="2027-03-28T02:30"), "tasks[0].start", "skipped_by_clocks"),
        (booking(end="2027-03-22T08:00"), "tasks[0].end", "end_before_start"),
        (booking(crew=[{"seat": 0}]), "tasks[0].crew[0].person", "missing_field"),
        (booking(end=None), "tasks[0].end", "not_a_moment"),
        (
            booking(crew=[booking()["tasks"][0]["crew"][0] | {"seat": 2}]),
            "tasks[0].crew[0].seat",
            "unknown_seat",
        ),
        (
            booking(crew=[booking()["tasks"][0]["crew"][0] | {"person": "anna"}]),
            "tasks[0].crew[0].person",
            "unknown_person",
        ),
        (
            {"schema": "plan/1", "tasks": booking()["tasks"] * 2},
            "tasks[1].task",
            "duplicate_id",
        ),
        (
            plan_tree(PROBLEM, PLAN) | {"support": plan_tree(PROBLEM, PLAN)["support"] * 2},
            "support[1]",
            "duplicate_id",
        ),
    ],
)
def test_each_fault_of_a_plan_is_named_where_it_is(document, path, code):
    assert (path, code) in plan_faults(document)


def test_a_group_counts_its_members():
    document = plan_tree(PROBLEM, PLAN)
    document["sessions"][0]["groups"] = [
        {"audience": "seniors", "heads": 3, "members": ["bor", "cid"]},
        {"audience": "clerks"},
        {"audience": "seniors", "members": ["bor"]},
    ]
    assert plan_faults(document) == {
        ("sessions[0].groups[0].heads", "headcount_mismatch"),
        ("sessions[0].groups[1]", "missing_field"),
    }


def test_faults_of_a_plan_in_a_file_have_lines():
    content = dump_yaml(plan_tree(PROBLEM, PLAN)).replace("seat: 1", "seat: 9").encode()
    with pytest.raises(InvalidDocument) as caught:
        read_plan(content, PROBLEM)
    (fault,) = caught.value.faults
    assert b"seat: 9" in content.splitlines()[fault.line - 1]


def test_a_published_plan_is_read_with_the_rollout():
    document = tree()
    document["published"] = {"plan": plan_tree(PROBLEM, PLAN), "frozen_until": "2027-03-24"}
    published = problem_from_tree(document).published
    assert published.plan == PLAN
    assert published.frozen_until == at(2, 0)


def test_published_work_that_the_rollout_no_longer_has_is_gone_not_wrong():
    document = tree()
    document["published"] = {
        "plan": {
            "schema": "plan/1",
            "tasks": [booking(task="t-gone")["tasks"][0], booking()["tasks"][0]],
            "sessions": [
                {
                    "course": "c-gone",
                    "room": "r-gone",
                    "start": "2027-03-22T08:10",
                    "end": "2027-03-22T10:00",
                    "trainers": ["eva"],
                    "groups": [{"audience": "gone", "heads": 3}],
                }
            ],
        }
    }
    document["published"]["plan"]["tasks"][1]["crew"][0] |= {"seat": 5, "person": "eva"}
    published = problem_from_tree(document).published
    assert published.plan == Plan(
        tasks=(
            TaskBooking(-1, at(0, 8), at(0, 10), (Seat(-1, 0, at(0, 8), at(0, 10)),)),
            TaskBooking(0, at(0, 8), at(0, 10), (Seat(-1, -1, at(0, 8), at(0, 10)),)),
        ),
        sessions=(Session(-1, -1, at(0, 8), at(0, 10), (-1,), (Group(-1, 3),)),),
    )


def test_without_frozen_until_nothing_is_frozen():
    document = tree()
    document["published"] = {"plan": booking(start="2026-03-02T08:00")}
    document["tasks"][0].pop("progress")  # what is left of work in progress lies after now
    published = problem_from_tree(document).published
    assert published.frozen_until <= published.plan.tasks[0].start < 0


def test_faults_of_a_published_plan_have_their_place_in_the_rollout():
    document = tree()
    document["published"] = {"plan": booking(start="2027-03-22T08:10"), "frozen_until": "soon"}
    assert found(document) == {("published.frozen_until", "not_a_date")}
    document["published"]["frozen_until"] = "2027-03-22T08:10"
    assert {fault.path for fault in faults(document)} == {
        "published.plan.tasks[0].start",
        "published.frozen_until",
    }
