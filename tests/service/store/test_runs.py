"""A run goes from queued to one result; a late result of an earlier attempt is refused."""

import pytest

from service.store import attempts, events, plans, rollouts, runs
from service.store.attempts import Fence, Step, Superseded
from service.store.errors import Conflict, NotFound
from service.store.runs import Limits
from tests.service.found import found
from tests.support.small import rollout


@pytest.fixture
def queued(database, ada):
    """A run that waits."""
    with database.write() as connection:
        kept = rollouts.create(connection, ada, rollout())
        return runs.add(connection, ada, kept.id, 1, Limits(seconds=5), priority=5)


def take(database, run, worker="w1"):
    with database.write() as connection:
        taken = attempts.take(connection, "north", run.id, worker)
    assert taken is not None
    return taken


def now(database, run):
    with database.read() as connection:
        return runs.get(connection, "north", run.id)


def ask(database, actor, run, asked):
    with database.write() as connection:
        return runs.ask_to_end(connection, actor, run.id, asked)


def finish(database, fence, total=100):
    with database.write() as connection:
        return attempts.finish(connection, fence, found(total))


def kinds(database, run, since=0):
    with database.read() as connection:
        return [it.kind for it in events.since(connection, "north", run.id, since)]


def test_a_finished_run_has_its_plan_and_the_plan_says_where_it_came_from(database, queued):
    assert (queued.state, queued.limits, queued.attempt) == ("queued", Limits(seconds=5), 0)
    kept = finish(database, take(database, queued).fence)
    ended = now(database, queued)
    assert (ended.state, ended.plan, ended.best) == ("done", kept.id, 100)
    with database.read() as connection:
        plan, document = plans.get(connection, "north", kept.id)
        assert plans.listed(connection, "north", queued.rollout) == [plan]
    assert (plan.run, plan.revision, plan.outcome) == (queued.id, 1, "feasible")
    assert document == found(100)


def test_the_result_of_a_worker_that_was_replaced_is_refused(database, queued):
    frozen = take(database, queued, "w1").fence
    kept = finish(database, take(database, queued, "w2").fence, total=90)
    with pytest.raises(Superseded):
        finish(database, frozen, total=80)
    assert now(database, queued).plan == kept.id


def test_a_worker_that_was_replaced_writes_nothing_while_its_successor_works(database, queued):
    frozen = take(database, queued, "w1").fence
    take(database, queued, "w2")
    for write in (
        lambda connection: attempts.finish(connection, frozen, found(80)),
        lambda connection: attempts.fail(connection, frozen, "late"),
        lambda connection: attempts.give_up(connection, frozen),
        lambda connection: attempts.hand_back(connection, frozen, 1.0, None),
        lambda connection: attempts.advance(connection, frozen, Step("x", 1.0, 1.0, 0.0, 1.0)),
    ):
        with pytest.raises(Superseded), database.write() as connection:
            write(connection)
    assert now(database, queued).worker == "w2"
    assert now(database, queued).state == "running"


def test_a_run_that_has_ended_is_not_taken_up_again(database, queued):
    finish(database, take(database, queued).fence)
    with database.write() as connection:
        assert attempts.take(connection, "north", queued.id, "w2") is None


def test_a_run_that_is_asked_to_stop_keeps_its_plan_as_stopped(database, ada, queued):
    fence = take(database, queued).fence
    assert ask(database, ada, queued, "stop").asked == "stop"
    with database.read() as connection:
        assert attempts.asked_of(connection, [fence, Fence("north", "gone", 1)]) == {fence: "stop"}
    finish(database, fence)
    assert now(database, queued).state == "stopped"


def test_a_run_that_waits_is_given_up_at_once(database, ada, queued):
    assert ask(database, ada, queued, "stop").state == "cancelled"
    with database.write() as connection:
        assert attempts.take(connection, "north", queued.id, "w1") is None


def test_who_wants_to_stop_may_still_cancel_but_not_the_other_way_round(database, ada, queued):
    fence = take(database, queued).fence
    ask(database, ada, queued, "stop")
    assert ask(database, ada, queued, "cancel").asked == "cancel"
    assert ask(database, ada, queued, "stop").asked == "cancel"
    with database.write() as connection:
        attempts.give_up(connection, fence)
    assert (now(database, queued).state, now(database, queued).plan) == ("cancelled", None)


def test_a_run_that_has_ended_cannot_be_stopped(database, ada, queued):
    finish(database, take(database, queued).fence)
    with pytest.raises(Conflict, match="done"):
        ask(database, ada, queued, "stop")


def test_a_run_that_is_handed_back_keeps_the_best_plan_and_the_time_spent(database, queued):
    fence = take(database, queued).fence
    with database.write() as connection:
        attempts.hand_back(connection, fence, 2.0, found(70))
    assert now(database, queued).state == "queued"
    taken = take(database, queued, "w2")
    assert (taken.spent, taken.kept) == (2.0, found(70))


def test_a_failed_run_says_why(database, queued):
    fence = take(database, queued).fence
    with database.write() as connection:
        attempts.fail(connection, fence, "The solver broke off.")
    ended = now(database, queued)
    assert (ended.state, ended.failure) == ("failed", "The solver broke off.")


def test_the_same_work_is_found_as_long_as_it_has_not_ended(database, ada, queued):
    with database.write() as connection:
        run = runs.add(
            connection, ada, queued.rollout, 1, Limits(), priority=5, same_as="fingerprint"
        )
        assert runs.same_unfinished(connection, "north", "fingerprint") == run
        assert runs.same_unfinished(connection, "south", "fingerprint") is None
    finish(database, take(database, run).fence)
    with database.read() as connection:
        assert runs.same_unfinished(connection, "north", "fingerprint") is None


def test_events_are_numbered_so_that_a_listener_goes_on_where_it_left_off(database, ada, queued):
    fence = take(database, queued).fence
    with database.write() as connection:
        attempts.advance(connection, fence, Step("improving", 1.5, 120.0, 90.0, 0.25))
    assert (now(database, queued).phase, now(database, queued).best) == ("improving", 120.0)
    ask(database, ada, queued, "stop")
    finish(database, fence)
    assert kinds(database, queued) == ["queued", "started", "progress", "asked", "ended"]
    assert kinds(database, queued, since=3) == ["asked", "ended"]


def test_a_run_of_another_tenant_is_not_there(database, queued):
    with database.write() as connection:
        assert attempts.take(connection, "south", queued.id, "w1") is None
        assert runs.listed(connection, "south") == []
        with pytest.raises(NotFound):
            runs.get(connection, "south", queued.id)


def test_runs_are_listed_by_rollout_and_state(database, ada, queued):
    with database.write() as connection:
        other = runs.add(connection, ada, queued.rollout, 1, Limits(), priority=5)
    take(database, other)
    with database.read() as connection:
        waiting = runs.listed(connection, "north", rollout=queued.rollout, states=["queued"])
        assert [run.id for run in waiting] == [queued.id]
        assert len(runs.listed(connection, "north")) == 2


def test_a_run_that_was_handed_back_and_is_stopped_keeps_the_plan_it_waits_with(
    database, ada, queued
):
    taken = take(database, queued)
    with database.write() as connection:
        attempts.hand_back(connection, taken.fence, 3, found(80))
    stopped = ask(database, ada, queued, "stop")
    assert (stopped.state, stopped.best) == ("stopped", 80)
    with database.read() as connection:
        _, kept = plans.get(connection, "north", stopped.plan)
    assert kept == found(80)


def test_a_run_that_was_handed_back_and_is_cancelled_keeps_nothing(database, ada, queued):
    taken = take(database, queued)
    with database.write() as connection:
        attempts.hand_back(connection, taken.fence, 3, found(80))
    cancelled = ask(database, ada, queued, "cancel")
    assert (cancelled.state, cancelled.plan) == ("cancelled", None)
