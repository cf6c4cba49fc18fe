"""Two versions beside each other, and clocks that are wrong: neither does harm to what is kept."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import insert, text, update

from api.app import create_app
from service.access import tokens
from service.access.roles import Caller
from service.lifecycle import nightly
from service.queue import Queue
from service.runtime.processes import CANNOT_GO_ON
from service.store import attempts, clock, leases, migrate, rollouts, runs, tables, versions
from service.store.clock import DatabaseNow, now
from service.store.errors import StoreUnusable
from service.store.runs import Limits
from tests.service.found import found
from tests.service.jobs.processes import start, until
from tests.support.small import rollout

YEAR = 366 * 24 * 3_600_000


@pytest.fixture
def newer(database):
    """A function that brings the database on to a version that this package does not know."""

    def upgrade(*compatible):
        with database.write(fenced=False) as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
            connection.execute(text("ALTER TABLE runs ADD COLUMN novel INTEGER"))
            for version in compatible:
                connection.execute(insert(tables.compatible).values(version=version))

    return upgrade


def planned(database, ada):
    """A run from being asked for to its end."""
    with database.write() as connection:
        kept = rollouts.create(connection, ada, rollout())
        run = runs.add(connection, ada, kept.id, 1, Limits(), priority=5)
        taken = attempts.take(connection, ada.tenant, run.id, "w1")
        attempts.finish(connection, taken.fence, found(total=100))
        return runs.get(connection, ada.tenant, run.id)


def test_where_the_newer_version_allows_it_an_older_one_works_beside_it(database, ada, newer):
    newer(versions.latest())
    migrate.require_latest(database)
    assert planned(database, ada).state == "done"


@pytest.mark.parametrize("compatible", [[], ["0001"]])
def test_else_an_older_version_writes_nothing_more_but_may_still_read(
    database, ada, newer, compatible
):
    kept = planned(database, ada)
    newer(*compatible)
    with pytest.raises(StoreUnusable, match="newer one has been at work"):
        migrate.require_latest(database)
    with pytest.raises(StoreUnusable, match="at version 9999"):
        planned(database, ada)
    with database.read() as connection:
        assert runs.get(connection, ada.tenant, kept.id).plan == kept.plan


def test_the_api_of_an_older_version_answers_503_to_changes(database, newer):
    app = create_app(database)
    with TestClient(app) as client:
        kept = client.post("/v1/rollouts", json=rollout()).json()["id"]
        newer()
        assert client.get(f"/v1/rollouts/{kept}").status_code == 200
        assert client.post("/v1/rollouts", json=rollout()).status_code == 503
        assert client.get("/readyz").status_code == 503
        assert len(client.get("/v1/rollouts").json()["items"]) == 1
    app.state.service.queue.close()


def test_the_worker_of_an_older_version_ends_and_leaves_its_runs_to_others(database, newer):
    worker = start(database)
    until(lambda: alive(database))
    newer()
    assert worker.wait() == CANNOT_GO_ON


def alive(database):
    with database.read() as connection:
        return leases.alive(connection)


@pytest.fixture
def queue(database):
    opened = Queue(database)
    yield opened
    opened.close()


@pytest.fixture
def wrong_clock(monkeypatch, database):
    """A function that sets this machine's clock ahead; the database's stays right."""
    real = clock.time.time_ns

    def ahead(milliseconds):
        monkeypatch.setattr(clock.time, "time_ns", lambda: real() + milliseconds * 1_000_000)
        with database.write():
            pass  # whoever writes learns what time it is

    yield ahead
    monkeypatch.undo()
    with database.write():
        pass


@pytest.mark.parametrize("ahead", [YEAR, -YEAR, 60_000])
def test_moments_are_those_of_the_database_whatever_this_machine_thinks(
    database, ada, wrong_clock, ahead
):
    wrong_clock(ahead)
    with database.read() as connection:
        right = connection.execute(DatabaseNow().select()).scalar_one()
    assert abs(now() - right) < 60_000 / 2
    run = planned(database, ada)
    assert abs(run.ended_at - right) < 60_000 / 2


def test_a_clock_that_is_nearly_right_is_left_alone(wrong_clock):
    wrong_clock(200)
    assert now() == pytest.approx(clock.local(), abs=100)


def test_a_worker_of_next_year_neither_ends_sessions_nor_begins_nights(
    database, queue, ada, wrong_clock
):
    caller = Caller("north", "ada", "admin")
    with database.write() as connection:
        _, token = tokens.make(connection, ada, caller, lasts=tokens.DAY)
        kept = rollouts.create(connection, ada, rollout())
        connection.execute(
            insert(tables.nightly).values(
                tenant="north", rollout=kept.id, settings="{}", next_at=now() + tokens.DAY
            )
        )
    wrong_clock(YEAR)
    with database.read() as connection:
        assert tokens.caller_of(connection, token).name == "ada"
    nightly.begin_due(database, queue, now())
    with database.read() as connection:
        assert runs.listed(connection, "north") == []


def test_a_worker_of_last_year_lets_nobody_in_for_longer(database, ada, wrong_clock):
    caller = Caller("north", "ada", "admin")
    with database.write() as connection:
        made, token = tokens.make(connection, ada, caller, lasts=tokens.DAY)
        ended = update(tables.tokens).where(tables.tokens.c.id == made.id)
        connection.execute(ended.values(expires_at=now() - 1))
    wrong_clock(-YEAR)
    with database.read() as connection, pytest.raises(Exception, match="expired"):
        tokens.caller_of(connection, token)
