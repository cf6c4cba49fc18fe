"""Messages on their way: with a real mail server, which fails, refuses, or is there and says OK."""

import json

import icalendar
import pytest
import vobject
from sqlalchemy import update

from allocator.formats.icalendar import Owner
from service.jobs.notice_sender import NoticeSender
from service.store import directory, notice_settings, tables, webhooks
from service.store.directory import Recipient
from service.store.notice_settings import NoticeSettings
from service.store.outbox import PAUSES
from tests.service.notices.conftest import booking, session
from tests.service.receiver import HERE, receiving

ANA = "ana@north.example"


@pytest.fixture
def only_ana(database, ada):
    """Nobody else has an address; bookings come to her as invitations."""
    with database.write() as connection:
        entry = Recipient(Owner("person", "ana"), ANA, "en", "invitation")
        directory.keep(connection, ada, [entry])


@pytest.fixture
def send(database, mailbox):
    """A function that sends what is due, all of it."""
    sender = NoticeSender(database, mailbox.settings(), HERE)

    def sending():
        while sender.go_round():
            pass

    return sending


def let_time_pass(database):
    """The next attempt is due."""
    table = tables.notices
    with database.write() as connection:
        connection.execute(update(table).where(table.c.next_at.is_not(None)).values(next_at=1))


def calendars(mail):
    """The iCalendar objects of a mail, with what each asks for."""
    parts = [it for it in mail.walk() if it.get_content_type() == "text/calendar"]
    return [(it.get_param("method"), it.get_content()) for it in parts]


def read_by_two(content):
    """What two libraries read of the only event of an object; they agree."""
    (one,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    other = vobject.readOne(content).vevent
    first = (
        str(one["UID"]),
        int(one["SEQUENCE"]),
        str(one["STATUS"]),
        str(one["SUMMARY"]),
        one["DTSTART"].dt.replace(tzinfo=None),
        str(one["ATTENDEE"]),
    )
    assert first == (
        other.uid.value,
        int(other.sequence.value),
        other.status.value,
        other.summary.value,
        other.dtstart.value.replace(tzinfo=None),
        other.attendee.value,
    )
    return dict(zip(("uid", "sequence", "status", "summary", "start", "to"), first, strict=True))


@pytest.mark.usefixtures("only_ana")
def test_an_invitation_comes_moves_and_goes_under_one_name(publish, send, mailbox):
    for plan in ((session(13),), (session(14),), ()):
        publish(*plan, tasks=[booking(20)])
        send()
    read = []
    for mail, method in zip(mailbox.received, ("REQUEST", "REQUEST", "CANCEL"), strict=True):
        ((asked, content),) = calendars(mail)
        assert asked == method
        assert icalendar.Calendar.from_ical(content)["METHOD"] == method
        read.append(read_by_two(content))
    assert len({it["uid"] for it in read}) == 1
    assert [it["sequence"] for it in read] == [0, 1, 2]
    assert [it["status"] for it in read] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [it["start"].day for it in read] == [13, 14, 14]
    assert {it["to"] for it in read} == {f"mailto:{ANA}"}


@pytest.mark.usefixtures("only_ana")
def test_several_bookings_come_in_one_mail_each_as_an_object_of_its_own(publish, send, mailbox):
    publish(session(13), tasks=[booking(14, who="ana")])
    send()
    (mail,) = mailbox.received
    uids = {read_by_two(content)["uid"] for _, content in calendars(mail)}
    assert len(uids) == 2


@pytest.mark.usefixtures("addresses")
def test_without_invitations_the_mail_leads_to_the_calendar(publish, send, mailbox, messages):
    publish(session(13))
    send()
    mail = mailbox.received[mailbox.recipients.index("person-ana@north.example")]
    assert calendars(mail) == []
    for form in ("plain", "html"):
        text = mail.get_body((form,)).get_content()
        assert "https://plan.example/agenda/" in text
        assert "Basic" in text or "c-basic" in text
    assert mail["Auto-Submitted"] == "auto-generated"
    assert set(messages("state", "in_flight")) == {("sent", False)}


@pytest.mark.usefixtures("only_ana")
def test_a_server_that_is_busy_is_tried_again_with_the_same_mail(
    database, publish, send, mailbox, messages
):
    mailbox.answers = ["451 4.3.0 come back later"]
    publish(session(13))
    send()
    assert messages("state", "answer", "attempts") == [
        ("due", "Refused with 451: 4.3.0 come back later", 1)
    ]
    let_time_pass(database)
    send()
    ((id_, state, attempts),) = messages("id", "state", "attempts")
    assert (state, attempts) == ("sent", 2)
    assert mailbox.ids() == [f"<{id_}@plan.example>"]


@pytest.mark.usefixtures("only_ana")
def test_an_address_that_is_refused_bounces_and_the_next_message_says_all(
    publish, send, mailbox, messages
):
    mailbox.unknown = {ANA}
    publish(session(13))
    send()
    ((state, answer),) = messages("state", "answer")
    assert state == "bounced"
    assert answer.startswith("Refused with 550: 5.1.1")
    assert "@" not in answer
    mailbox.unknown = set()
    publish(session(13), tasks=[booking(14, who="ana")])
    send()
    assert [it[0] for it in messages("new") if it[0] == 2] == [2]
    assert len(mailbox.received) == 1


@pytest.mark.usefixtures("only_ana")
def test_after_all_attempts_a_message_is_given_up(database, publish, send, mailbox, messages):
    mailbox.answers = ["451 no"] * (len(PAUSES) + 1)
    publish(session(13))
    for _ in range(len(PAUSES)):
        send()
        let_time_pass(database)
    send()
    assert messages("state", "attempts", "next_at") == [("given up", len(PAUSES) + 1, None)]


@pytest.mark.usefixtures("only_ana")
def test_no_address_stands_in_the_log(publish, send, mailbox, caplog):
    caplog.set_level("DEBUG")
    mailbox.unknown = {ANA}
    publish(session(13))
    send()
    ours = [it.getMessage() for it in caplog.records if it.name != "mail.log"]
    assert any(it.startswith("notice ") for it in ours)
    assert not any(ANA in it for it in ours)


@pytest.mark.usefixtures("only_ana")
def test_a_webhook_gets_what_a_mail_would_have_said(database, ada, kept, publish, send, messages):
    with receiving() as receiver:
        with database.write() as connection:
            webhooks.new_secret(connection, ada)
            notice_settings.keep(connection, ada, kept, NoticeSettings(webhook=receiver.url))
        publish(session(13))
        send()
        (came,) = receiver.received
    tree = json.loads(came.body)
    ((id_, state),) = messages("id", "state")
    assert (came.headers["webhook-id"], state) == (id_, "sent")
    assert came.headers["webhook-signature"].startswith("v1,")
    assert tree["data"]["to"] == {"address": ANA, "name": "Ana"}
    (invitation,) = tree["data"]["invitations"]
    assert read_by_two(invitation["content"])["status"] == "CONFIRMED"
    assert tree["data"]["html"].startswith("<!doctype html>")
