"""A sender that is killed at any moment loses no message, and none counts twice."""

import random
import subprocess
import sys
import time

import pytest

from allocator.formats.icalendar import Owner
from service.lifecycle import replanning
from service.store import attempts, directory, rollouts, runs
from service.store.directory import Recipient
from service.store.plans import Found
from service.store.runs import Limits
from tests.service.jobs.processes import until
from tests.service.notices.conftest import SOLVED, TREE, session

LEARNERS = [f"n{number:03}" for number in range(120)]
KILLS = 10

SENDER = """
import sys, threading
from service.jobs.notice_sender import NoticeSender
from service.notify.mail_settings import MailSettings
from service.store.database import Database
settings = MailSettings.model_validate_json(sys.argv[2])
NoticeSender(Database(sys.argv[1]), settings, (), 1.0).work(threading.Event())
"""


@pytest.fixture
def published(database, ada):
    """A class of many learners, each of whom has an address."""
    classes = [
        session(13, hour) | {"groups": [{"audience": "clerks", "members": LEARNERS[first::12]}]}
        for first, hour in enumerate([8, 10, 13, 15] * 3)
    ]
    for number, it in enumerate(classes):
        day = 13 + number // 4
        for end in ("start", "end"):
            it[end] = it[end].replace("-13T", f"-{day}T")
    people = [*TREE["people"], *({"id": it, "site": "lj"} for it in LEARNERS)]
    (clerks,) = TREE["audiences"]
    tree = TREE | {"people": people, "audiences": [clerks | {"members": LEARNERS}]}
    plan = {"schema": "plan/1", "outcome": "feasible", "sessions": classes}
    with database.write() as connection:
        kept = rollouts.create(connection, ada, tree).id
        directory.keep(
            connection,
            ada,
            [Recipient(Owner("person", it), f"{it}@north.example") for it in LEARNERS],
        )
        run = runs.add(connection, ada, kept, 1, Limits(), priority=1)
        taken = attempts.take(connection, "north", run.id, "test")
        attempts.finish(connection, taken.fence, Found(plan | SOLVED, {}))
        replanning.publish(
            connection, ada, run.id, frozen_until=None, approved=False, notify="at once"
        )
    return kept


def test_ten_times_killed_it_sends_each_message_and_none_as_two(
    database, published, mailbox, messages_of
):
    chance = random.Random(7)
    for kill in range(KILLS + 1):
        command = [sys.executable, "-c", SENDER, database.plain_url]
        sender = subprocess.Popen([*command, mailbox.settings().model_dump_json(by_alias=True)])
        if kill < KILLS:
            before = len(mailbox.received)
            until(lambda seen=before: len(mailbox.received) > seen)
            time.sleep(chance.random() * 0.05)
        else:
            until(lambda: {it for (it,) in messages_of(published, "state")} == {"sent"})
        sender.kill()
        sender.wait()
    ids = mailbox.ids()
    assert len(set(ids)) == len(LEARNERS)
    assert set(mailbox.recipients) == {f"{it}@north.example" for it in LEARNERS}
    contents = {it.as_bytes() for it in mailbox.received}
    assert len(contents) == len(LEARNERS)  # a second copy is the same to the letter
    assert len(ids) <= len(LEARNERS) + KILLS  # one at most for each kill between OK and the record
