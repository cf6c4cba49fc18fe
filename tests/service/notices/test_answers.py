"""People answer by the link in their message: it becomes known, and there is a way out at once."""

import re
from datetime import datetime

import pytest

from allocator.formats.icalendar import Owner
from service.access import answer_links, signing
from service.access.answer_links import DAY, DAYS, Answerer
from service.jobs.notice_sender import NoticeSender
from service.lifecycle import answering, repairs, replanning
from service.store import calendars, replies, retention, rollouts, tables
from service.store.clock import now
from service.store.errors import Conflict, NotFound
from tests.service.notices.conftest import booking, session

pytestmark = pytest.mark.usefixtures("addresses")

AHEAD = 2**60


@pytest.fixture
def who(kept):
    """A function that gives somebody who answers."""
    return lambda person: Answerer("north", kept, person, AHEAD)


@pytest.fixture
def say(database, who):
    """A function that answers for somebody to their only booking, or to one of a kind."""

    def saying(person, word, kind=None, wish=None, **more):
        with database.write() as connection:
            found = answering.sheet(connection, who(person)).bookings
            (asked,) = [it for it in found if kind in (None, it.event.entry.kind)]
            said = {"reason": None, "private": False} | more
            return answering.answer(
                connection,
                who(person),
                asked.event.uid,
                word,
                sequence=asked.event.sequence,
                wish=wish,
                **said,
            )

    return saying


def ways_out(database, reply):
    with database.read() as connection:
        return repairs.repairs(connection, "north", reply)


def accept(database, ada, reply, person, start=None):
    with database.write() as connection:
        return repairs.accept(connection, ada, reply, person, start)


def test_the_link_of_a_message_is_for_its_recipient_and_ends(database, kept, publish, mailbox):
    publish(session(13))
    sender = NoticeSender(database, mailbox.settings(), ())
    while sender.go_round():
        pass
    at = mailbox.recipients.index("person-ana@north.example")
    text = mailbox.received[at].get_body(("plain",)).get_content()
    (signed,) = re.findall(r"https://plan\.example/answer/(\S+)", text)
    key = signing.key(database, answer_links.KEY)
    found = answer_links.read(key, signed)
    assert (found.tenant, found.rollout, found.person) == ("north", kept, "ana")
    assert found.until - now() <= DAYS * DAY
    for wrong in (signed[:-1], "x" + signed, signed.replace(".", "x."), ""):
        with pytest.raises(NotFound):
            answer_links.read(key, wrong)
    over = answer_links.made(key, "north", kept, "ana", now() - (DAYS + 1) * DAY)
    with pytest.raises(NotFound):
        answer_links.read(key, over)


def test_who_confirms_changes_nothing_of_the_rollout(database, kept, publish, say):
    publish(session(13))
    with database.read() as connection:
        before = rollouts.get(connection, "north", kept).revision
    assert say("l1", "confirm").revision is None
    with database.read() as connection:
        assert rollouts.get(connection, "north", kept).revision == before
        assert replies.listed(connection, "north", kept, is_open=True) == []


def test_who_cannot_come_is_away_for_that_time_and_why_is_in_no_document(
    database, kept, publish, say
):
    publish(session(13))
    said = say("ana", "decline", reason="my child is ill", private=True)
    with database.read() as connection:
        _, tree = rollouts.document(connection, "north", kept)
        (happened,) = replanning.recorded(connection, "north", kept)
    (ana,) = [it for it in tree["people"] if it["id"] == "ana"]
    assert ana["absences"] == [
        {"from": "2027-01-13T08:00", "to": "2027-01-13T10:00", "reason": "declined"}
    ]
    assert (happened.who, happened.revision) == (answering.ANSWERS, said.revision)
    assert "child" not in str(tree)
    with pytest.raises(Conflict):
        say("ana", "confirm")


def test_what_has_changed_meanwhile_is_not_answered_to(database, who, publish):
    publish(session(13))
    with database.read() as connection:
        (asked,) = answering.sheet(connection, who("ana")).bookings
    publish(session(14))
    with pytest.raises(Conflict), database.write() as connection:
        answering.answer(
            connection,
            who("ana"),
            asked.event.uid,
            "decline",
            sequence=asked.event.sequence,
            reason=None,
            private=False,
            wish=None,
        )


@pytest.mark.parametrize(
    ("who_declines", "plan"),
    [("ana", {"sessions": [session(13)]}), ("bor", {"tasks": [booking(14)]})],
)
def test_a_way_out_is_published_with_a_click_and_who_it_concerns_is_notified(
    database, ada, kept, publish, say, messages, mailbox, who_declines, plan
):
    publish(*plan.get("sessions", ()), tasks=plan.get("tasks", ()))
    sender = NoticeSender(database, mailbox.settings(), ())
    while sender.go_round():
        pass
    reply = say(who_declines, "decline")
    other = {"ana": "bor", "bor": "ana"}[who_declines]
    (way,) = [it for it in ways_out(database, reply) if not it.candidate.breaks]
    assert (way.candidate.person, way.concerned) == (other, ("ana", "bor"))
    accept(database, ada, reply, other)
    found = {it[:3] for it in messages("kind", "whose", "state") if it[2] == "held"}
    assert {it[1] for it in found if it[0] == "person"} == {"ana", "bor"}
    with database.read() as connection:
        assert replies.get(connection, "north", kept, reply.id).settled_by == "ada"
        events = calendars.get(connection, "north", kept, Owner("person", other)).events
    assert [it.cancelled for it in events] == [False]
    with pytest.raises(Conflict):
        accept(database, ada, reply, other)


def test_a_learner_goes_to_another_class_of_the_course(database, ada, kept, publish, say):
    first = session(13) | {"groups": [{"audience": "clerks", "members": ["l1", "l2"]}]}
    second = session(14) | {"groups": [{"audience": "clerks", "members": ["l3"]}]}
    publish(first, second)
    reply = say("l1", "swap", wish={"start": "2027-01-14T08:00"})
    (way,) = ways_out(database, reply)
    assert (way.is_wished, way.candidate.starts) == (True, "2027-01-14T08:00")
    assert (way.candidate.breaks, way.concerned) == ((), ("l1",))
    accept(database, ada, reply, "l1", "2027-01-14T08:00")
    with database.read() as connection:
        _, tree = rollouts.document(connection, "north", kept)
    there = {
        it["start"]: it["groups"][0]["members"] for it in tree["published"]["plan"]["sessions"]
    }
    assert there == {"2027-01-13T08:00": ["l2"], "2027-01-14T08:00": ["l3", "l1"]}


def test_only_what_is_offered_can_be_wished_for(publish, say):
    some = [{"groups": [{"audience": "clerks", "members": its}]} for its in (["l1", "l2"], ["l3"])]
    publish(session(13) | some[0], session(14, trainer="bor") | some[1])
    with pytest.raises(Conflict):
        say("ana", "swap", wish={"with": "l1"})
    assert say("ana", "swap", wish={"with": "bor"}).wish == {"with": "bor"}


def test_reasons_are_forgotten_and_answers_are_not(database, publish, say, kept):
    publish(session(13))
    say("ana", "decline", reason="private", private=True)
    later = now() + 1
    with database.write() as connection:
        replies.forget_reasons(connection, later)
        (left,) = replies.listed(connection, "north", kept)
    assert (left.reason, left.answer) == (None, "decline")
    assert retention.DAY * replies.REASON_DAYS > 0
    assert datetime.fromisoformat(left.booking["start"]).year == 2027
    with database.read() as connection:
        assert connection.execute(tables.replies.select()).all() != []
