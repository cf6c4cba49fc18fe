"""What is published goes on: names stay, versions grow, what is gone is called off."""

from dataclasses import replace

import pytest

from allocator.formats.icalendar import Entry, instant
from service.notify.calendars.events import first_events, updated_events

ZONE = "Europe/Ljubljana"
FIRST, SECOND = 1, 2


def task(start="2027-01-12T08:00", **more):
    return replace(
        Entry(("task", "t-a"), "task", "Set up", start, "2027-02-01T12:00", ZONE), **more
    )


def lesson(day, hour=8, **more):
    span = (f"2027-01-{day}T{hour:02}:00", f"2027-01-{day}T{hour + 4:02}:00")
    return replace(Entry(("class", "c-basic"), "class", "Basics", *span, ZONE), **more)


def again(published, entries, as_of="2027-01-11T08:00", at=SECOND):
    return updated_events("ana", published, entries, at, instant(as_of, ZONE))


def published(*entries):
    return first_events("ana", entries, FIRST)


def test_a_plan_published_again_tells_nothing_new():
    before = published(task(), lesson(13), lesson(14))
    assert again(before, [lesson(14), task(), lesson(13)]) == before


def test_a_task_that_moves_keeps_its_name_in_a_later_version():
    (before,) = published(task())
    (after,) = again([before], [task("2027-01-19T08:00")])
    assert (after.uid, after.sequence, after.created, after.changed) == (before.uid, 1, 1, 2)
    assert after.entry.start == "2027-01-19T08:00"
    (third,) = again([after], [task("2027-01-20T08:00")], at=3)
    assert (third.uid, third.sequence, third.changed) == (before.uid, 2, 3)


def test_who_else_comes_is_a_change_too():
    (before,) = published(task())
    (after,) = again([before], [task(people=("Bor",))])
    assert (after.uid, after.sequence) == (before.uid, 1)


def test_what_is_gone_is_called_off_once():
    before = published(task())
    (after,) = again(before, [])
    assert (after.uid, after.cancelled, after.sequence) == (before[0].uid, True, 1)
    assert again([after], [], at=3) == [after]


def test_a_task_that_comes_back_is_the_same_task():
    (off,) = again(published(task()), [])
    (back,) = again([off], [task()], at=3)
    assert (back.uid, back.cancelled, back.sequence) == (off.uid, False, 2)


def test_of_three_classes_the_one_that_is_elsewhere_has_moved():
    before = published(lesson(12), lesson(13), lesson(14))
    after = again(before, [lesson(12), lesson(14), lesson(15)])
    names = {it.uid: (it.entry.start[:10], it.sequence) for it in after}
    assert names == {
        before[0].uid: ("2027-01-12", 0),
        before[1].uid: ("2027-01-15", 1),
        before[2].uid: ("2027-01-14", 0),
    }


def test_a_class_more_is_new_and_a_class_less_is_called_off():
    before = published(lesson(12), lesson(13))
    more = again(before, [lesson(12), lesson(13), lesson(14)])
    assert [it.sequence for it in more] == [0, 0, 0]
    assert len({it.uid for it in more}) == 3
    less = again(more, [lesson(12), lesson(14)], at=3)
    assert [(it.entry.start[8:10], it.cancelled) for it in less] == [
        ("12", False),
        ("13", True),
        ("14", False),
    ]


@pytest.mark.parametrize(
    ("as_of", "cancelled"), [("2027-01-12T08:00", True), ("2027-01-12T08:30", False)]
)
def test_a_class_that_had_begun_when_the_plan_was_made_stays(as_of, cancelled):
    """Its start is 08:00: at 08:00 it is still to come, at 08:30 it has begun."""
    (after,) = again(published(lesson(12)), [], as_of)
    assert after.cancelled is cancelled


def test_a_class_that_was_held_does_not_become_one_to_come():
    before = published(lesson(12))
    after = again(before, [lesson(19)], "2027-01-13T08:00")
    assert [(it.entry.start[8:10], it.sequence) for it in after] == [("12", 0), ("19", 0)]
    assert after[0].uid != after[1].uid


def test_a_task_under_way_that_takes_longer_is_the_same_task():
    before = published(task())
    (after,) = again(before, [task(end="2027-02-03T12:00")], "2027-01-20T08:00")
    assert (after.uid, after.sequence) == (before[0].uid, 1)


def test_calendars_do_not_share_names():
    (ana,) = first_events("ana", [task()], FIRST)
    (bor,) = first_events("bor", [task()], FIRST)
    assert ana.uid != bor.uid
