"""Who wants to know that a run has ended is notified: signed, at least once, with the same id."""

import base64
import hashlib
import hmac
import json

import pytest
from sqlalchemy import update

from service.jobs.webhook_sender import WebhookSender
from service.store import attempts, deliveries, rollouts, runs, tables, webhooks
from service.store.audit import Actor
from service.store.deliveries import PAUSES
from service.store.runs import Limits
from tests.service.found import found
from tests.service.jobs.processes import until
from tests.service.receiver import HERE, receiving
from tests.support.small import rollout


@pytest.fixture
def receiver():
    with receiving() as opened:
        yield opened


@pytest.fixture
def secret(database, ada):
    with database.write() as connection:
        return webhooks.new_secret(connection, ada)


@pytest.fixture
def notified(database, ada, secret, receiver):
    """A run that has ended with a plan, of which the receiver is to be notified."""
    assert secret.startswith("whsec_")
    with database.write() as connection:
        kept = rollouts.create(connection, ada, rollout())
        run = runs.add(connection, ada, kept.id, 1, Limits(), priority=5)
        deliveries.want(connection, "north", run.id, receiver.url)
    assert WebhookSender(database, HERE).go_round() == 0  # it has not ended yet
    with database.write() as connection:
        taken = attempts.take(connection, "north", run.id, "w1")
        attempts.finish(connection, taken.fence, found(total=100))
    return run.id


def the_delivery(database, run):
    with database.read() as connection:
        (only,) = deliveries.listed(connection, "north", run)
    return only


def let_time_pass(database):
    """The next attempt is due."""
    table = tables.deliveries
    with database.write() as connection:
        connection.execute(update(table).where(table.c.next_at.is_not(None)).values(next_at=1))


def test_the_end_of_a_run_is_reported_with_its_score_and_signed(
    database, notified, secret, receiver
):
    assert WebhookSender(database, HERE).go_round() == 1
    (came,) = receiver.received
    tree = json.loads(came.body)
    assert tree["type"] == "plan.ended"
    data = tree["data"]
    assert (data["plan"], data["state"], data["outcome"]) == (notified, "done", "feasible")
    assert data["score"] == {"total": 100, "bound": 50, "gap": 0.5}
    id_, timestamp = came.headers["webhook-id"], came.headers["webhook-timestamp"]
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{id_}.{timestamp}.".encode() + came.body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert came.headers["webhook-signature"] == f"v1,{expected}"
    delivery = the_delivery(database, notified)
    assert (delivery.state, delivery.id, delivery.attempts) == ("delivered", id_, 1)
    assert WebhookSender(database, HERE).go_round() == 0


def test_who_fails_is_tried_again_later_with_the_same_id(database, notified, receiver):
    sender = WebhookSender(database, HERE)
    receiver.statuses = [500]
    sender.go_round()
    delivery = the_delivery(database, notified)
    assert (delivery.state, delivery.answer) == ("due", "Answered with 500.")
    assert sender.go_round() == 0  # its time has not come
    let_time_pass(database)
    sender.go_round()
    assert the_delivery(database, notified).state == "delivered"
    first, second = receiver.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body


def test_after_all_attempts_it_is_given_up(database, notified, receiver):
    sender = WebhookSender(database, HERE)
    receiver.statuses = [500] * (len(PAUSES) + 1)
    for _ in range(len(PAUSES)):
        sender.go_round()
        assert the_delivery(database, notified).state == "due"
        let_time_pass(database)
    sender.go_round()
    delivery = the_delivery(database, notified)
    assert (delivery.state, delivery.attempts) == ("given up", len(PAUSES) + 1)
    assert delivery.next_at is None


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_who_is_gone_is_not_tried_again(database, notified, receiver):
    receiver.statuses = [410]
    WebhookSender(database, HERE).go_round()
    assert the_delivery(database, notified).state == "given up"


def test_a_delivery_is_claimed_by_one_at_a_time(database, notified):
    with database.write() as connection:
        assert [it.run for it in deliveries.claim(connection, 30, 10)] == [notified]
    with database.write() as connection:
        assert deliveries.claim(connection, 30, 10) == []


def test_a_late_word_of_an_attempt_that_was_taken_over_changes_nothing(database, notified):
    with database.write() as connection:
        (late,) = deliveries.claim(connection, 30, 10)
    let_time_pass(database)
    with database.write() as connection:
        (second,) = deliveries.claim(connection, 30, 10)
        deliveries.arrived(connection, second, "Answered with 204.")
        deliveries.failed(connection, late, "No answer.", final=True)
    assert the_delivery(database, notified).state == "delivered"


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_worker_that_is_killed_on_the_way_is_stood_in_for(database, notified, receiver, worker):
    receiver.statuses = [0]  # the first one gets no answer
    first = worker(webhooks_to=["127.0.0.0/8"])
    until(lambda: receiver.received)
    first.kill()
    first.wait()
    let_time_pass(database)
    worker(webhooks_to=["127.0.0.0/8"])
    until(lambda: the_delivery(database, notified).state == "delivered")
    assert the_delivery(database, notified).attempts >= 2
    assert len({it.headers["webhook-id"] for it in receiver.received}) == 1


@pytest.fixture
def due(database):
    """A function that lets so many deliveries of a tenant be due, from a moment on."""

    def wanted(tenant, number, moment):
        actor = Actor(tenant, "ada")
        with database.write() as connection:
            kept = rollouts.create(connection, actor, rollout())
            for each in range(number):
                run = runs.add(connection, actor, kept.id, 1, Limits(seed=each), priority=5)
                deliveries.want(connection, tenant, run.id, f"https://{tenant}.example/")
            connection.execute(
                update(tables.deliveries)
                .where(tables.deliveries.c.tenant == tenant)
                .values(state="due", next_at=moment)
            )

    return wanted


def test_a_tenant_with_many_deliveries_holds_up_no_other(database, due):
    due("north", 12, 1)
    due("south", 1, 1000)  # later than all of the others
    with database.write() as connection:
        claimed = deliveries.claim(connection, 30, 8)
    assert [it.tenant for it in claimed] == ["north", "south", "north"]


def test_deliveries_that_are_still_to_come_are_counted_for_who_asked(database, due):
    due("north", 3, 1)
    with database.write() as connection:
        (first, *_) = deliveries.claim(connection, 30, 8)
        deliveries.arrived(connection, first, "Answered with 204.")
    with database.read() as connection:
        assert deliveries.undelivered(connection, Actor("north", "ada")) == 2
        assert deliveries.undelivered(connection, Actor("north", "bor")) == 0
        assert deliveries.undelivered(connection, Actor("south", "ada")) == 0
