"""`allocator show --calendar`: a person's or a room's part of a plan for a calendar program."""

import pytest
from icalendar import Calendar

from tests.cli.commands import allocator, read


def test_the_calendar_of_a_person_holds_their_work(small, plan, tmp_path):
    (booking,) = read(plan)["tasks"]
    who, out = booking["crew"][0]["person"], tmp_path / "one.ics"
    asked = ["show", plan, "--rollout", small, "--by", "person", "--only", who]
    ended = allocator(*asked, "--calendar", out)
    assert ended.code == 0, ended.err
    events = Calendar.from_ical(out.read_bytes()).walk("VEVENT")
    (task,) = [it for it in events if it["summary"] == "t-a"]
    assert f"{task['dtstart'].dt:%Y-%m-%dT%H:%M}" == booking["start"]
    again = tmp_path / "two.ics"
    assert allocator(*asked, "--calendar", again, "--json").tree == {"calendar": str(again)}
    names = [
        [it["uid"] for it in Calendar.from_ical(path.read_bytes()).walk("VEVENT")]
        for path in (out, again)
    ]
    assert names[0] == names[1]


@pytest.mark.parametrize(
    "words",
    [
        ["--by", "person", "--only", "nobody"],
        ["--by", "day", "--only", "2027-01-11"],
        ["--by", "person"],
    ],
)
def test_without_saying_whose_there_is_no_calendar(small, plan, tmp_path, words):
    out = tmp_path / "one.ics"
    ended = allocator("show", plan, "--rollout", small, *words, "--calendar", out)
    assert ended.code == 2
    assert not out.exists()


def test_a_calendar_needs_its_rollout_and_its_ending(small, plan, tmp_path):
    words = ["--by", "person", "--only", "ana"]
    assert allocator("show", plan, *words, "--calendar", tmp_path / "one.ics").code == 2
    ended = allocator("show", plan, "--rollout", small, *words, "--calendar", tmp_path / "one.txt")
    assert ended.code == 2
