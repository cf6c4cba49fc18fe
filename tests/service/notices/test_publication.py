"""What is published concerns some people: each gets one message, and others get none."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from allocator.formats.icalendar import Owner
from service.jobs.notice_sender import NoticeSender
from service.lifecycle import notice_preview
from service.notify.notices import publication
from service.store import directory, mailings, notice_settings, notices, outbox, tables
from service.store.directory import Recipient
from service.store.errors import Conflict
from service.store.notice_settings import NoticeSettings
from tests.service.notices.conftest import booking, session

PERSONS = {"ana", "l1", "l2", "l3"}
OF_THE_CLASS = {
    *(("person", it) for it in PERSONS),
    ("audience", "clerks"),
    ("department", "finance"),
    ("room", "r1"),
}

pytestmark = pytest.mark.usefixtures("addresses")


@pytest.fixture
def send(database, mailbox):
    """A function that sends all that is due."""
    sender = NoticeSender(database, mailbox.settings(), ())

    def sending():
        while sender.go_round():
            pass

    return sending


def latest(database, kept):
    with database.read() as connection:
        return mailings.listed(connection, "north", kept)[0]


def test_everybody_whom_a_publication_concerns_has_one_message_and_others_none(publish, messages):
    publish(session(13))
    found = messages("kind", "whose", "new", "moved", "cancelled", "state")
    assert {it[:2] for it in found} == OF_THE_CLASS
    assert len(found) == len(OF_THE_CLASS)
    assert {it[2:] for it in found} == {(1, 0, 0, "due")}


def test_a_vendor_hears_of_its_people_and_nobody_of_what_stays(publish, messages, send):
    publish(session(13))
    send()
    publish(session(13), tasks=[booking(14)])
    found = messages("kind", "whose", "new", "state")
    assert {it[:3] for it in found if it[3] == "due"} == {
        ("person", "bor", 1),
        ("vendor", "acme", 1),
        ("department", "finance", 1),
    }


def test_the_same_plan_published_again_is_no_news(publish, messages, send):
    publish(session(13))
    send()
    publish(session(13))
    assert {it for (it,) in messages("state")} == {"sent"}


def test_another_trainer_is_news_for_the_two_of_them_alone(publish, messages, send):
    publish(session(13))
    send()
    publish(session(13, trainer="bor"))
    found = messages("kind", "whose", "new", "moved", "cancelled", "state")
    # The head of the department answers for people, and hears who comes.
    assert {it[:5] for it in found if it[5] == "due"} == {
        ("person", "ana", 0, 0, 1),
        ("person", "bor", 1, 0, 0),
        ("vendor", "acme", 1, 0, 0),
        ("department", "finance", 0, 1, 0),
    }


def test_what_moves_there_and_back_before_anybody_is_notified_is_no_news(publish, messages, send):
    publish(session(13))
    send()
    publish(session(14), notify="ask")
    publish(session(13))
    states = [it for (it,) in messages("state")]
    assert states.count("sent") == states.count("replaced") == len(OF_THE_CLASS)
    assert len(states) == 2 * len(OF_THE_CLASS)


def test_a_later_publication_says_all_that_an_unsent_one_would_have_said(
    publish, messages, send, mailbox
):
    publish(session(13), notify="ask")
    publish(session(13), tasks=[booking(14, who="ana")])
    found = messages("whose", "new", "state")
    assert ("ana", 1, "replaced") in found
    assert ("ana", 2, "due") in found
    send()
    assert len(set(mailbox.ids())) == len(mailbox.ids()) == len(OF_THE_CLASS)


def test_what_is_never_sent_of_one_publication_is_said_by_the_next(publish, messages):
    publish(session(13), notify="never")
    assert messages("id") == []
    publish(session(13), tasks=[booking(14, who="ana")])
    assert ("ana", 2) in messages("whose", "new")


def test_nobody_is_notified_before_somebody_has_decided(
    database, ada, kept, publish, messages, send
):
    publish(session(13), notify="ask")
    send()
    assert {it for (it,) in messages("state")} == {"held"}
    with database.write() as connection:
        publication.decide(connection, ada, kept, latest(database, kept).id, "at once")
    send()
    assert {it for (it,) in messages("state")} == {"sent"}
    decided = latest(database, kept)
    assert (decided.decision, decided.decided_by) == ("send", "ada")
    with pytest.raises(Conflict), database.write() as connection:
        publication.decide(connection, ada, kept, decided.id, "never")


def test_what_is_dropped_is_not_sent(database, ada, kept, publish, messages, send, mailbox):
    publish(session(13), notify="ask")
    with database.write() as connection:
        publication.decide(connection, ada, kept, latest(database, kept).id, "never")
    send()
    assert {it for (it,) in messages("state")} == {"dropped"}
    assert mailbox.received == []


def test_a_mailing_waits_for_its_moment(database, ada, kept, publish, messages, send):
    publish(session(13), notify="ask")
    later = int(datetime(2099, 1, 1, tzinfo=UTC).timestamp() * 1000)
    with database.write() as connection:
        publication.decide(connection, ada, kept, latest(database, kept).id, "at", later)
    send()
    assert set(messages("state", "next_at")) == {("due", later)}


def test_who_has_no_address_is_counted_and_hears_all_once_there_is_one(
    database, ada, kept, publish, messages
):
    with database.write() as connection:
        directory.remove(connection, ada, Owner("person", "ana"))
    publish(session(13))
    assert latest(database, kept).without_address == 1
    assert "ana" not in {it for (it,) in messages("whose")}
    with database.write() as connection:
        directory.keep(connection, ada, [Recipient(Owner("person", "ana"), "a@north.example")])
    publish(session(13))
    assert ("ana", "due", 1) in messages("whose", "state", "new")


def test_the_preview_counts_what_publishing_then_sends(database, kept, publish, messages, send):
    publish(session(13))
    send()
    plan = publish(session(14), tasks=[booking(14)], notify="never")
    with database.write() as connection:  # as if it were to be published still
        notice_settings.get(connection, "north", kept)
        shown = notice_preview.preview(connection, "north", plan, None)
    publish(session(14), tasks=[booking(14)])
    due = [it for it in messages("state", "new", "moved", "cancelled") if it[0] == "due"]
    assert sum(shown.recipients.values()) == len(due)
    assert shown.what == {"new": sum(it[1] for it in due), "moved": sum(it[2] for it in due)}
    assert len(shown.samples) == 3
    assert shown.without_address == ()


def test_quiet_hours_and_a_wish_for_one_message_a_day_put_it_off(
    database, ada, kept, publish, messages
):
    wish = Recipient(Owner("person", "ana"), "ana@north.example", daily_at="06:30")
    quiet = NoticeSettings(quiet_from="00:00", quiet_until="23:59")
    with database.write() as connection:
        directory.keep(connection, ada, [wish])
        notice_settings.keep(connection, ada, kept, quiet)
    publish(session(13))
    at = dict(messages("whose", "next_at"))
    clock = lambda it: datetime.fromtimestamp(it / 1000, UTC).strftime("%H:%M")  # noqa: E731
    assert clock(at["ana"]) in ("05:30", "04:30")  # 06:30 in Ljubljana
    assert clock(at["l1"]) in ("22:59", "21:59")


def test_a_second_message_waits_while_it_is_not_known_what_became_of_the_first(
    database, publish, messages
):
    publish(session(13))
    with database.write() as connection:
        first = {it.owner for it in outbox.claim(connection, 60, 100)}
    assert len(first) == len(OF_THE_CLASS)
    publish(session(14))
    with database.write() as connection:
        assert outbox.claim(connection, 60, 100) == []
        connection.execute(
            update(tables.notices).where(tables.notices.c.in_flight).values(next_at=1)
        )
        again = outbox.claim(connection, 60, 100)
        assert {it.owner for it in again} == first
        for it in again:
            outbox.arrived(connection, it, "Taken.")
        second = outbox.claim(connection, 60, 100)
    assert {it.owner for it in second} == first
    assert {it.notified[0].entry.start for it in second} == {"2027-01-13T08:00"}
    assert {it for (it,) in messages("moved")} == {0, 1}


def test_what_has_become_of_messages_is_forgotten_and_what_people_know_is_not(
    database, publish, messages, send
):
    publish(session(13))
    send()
    with database.write() as connection:
        notices.forget_old(connection, 2**62)
        assert connection.execute(tables.mailings.select()).all() == []
    publish(session(13))
    assert messages("id") == []
