"""Many who wait for events: one look at the database for all of them, and each is notified."""

import asyncio

import pytest

from api.http import watch as module
from api.http.watch import Watch
from service.store import events, rollouts, runs
from service.store.runs import Limits
from tests.support.small import rollout

WAITERS = 600


@pytest.fixture
def run(database, ada):
    with database.write() as connection:
        kept = rollouts.create(connection, ada, rollout())
        return ada.tenant, runs.add(connection, ada, kept.id, 1, Limits(), priority=5).id


@pytest.fixture
def looks(monkeypatch):
    """The looks at the database, each with how many runs it was about."""
    counted, numbers = [], events.numbers

    def look(connection, wanted):
        counted.append(len(wanted))
        return numbers(connection, wanted)

    monkeypatch.setattr(module, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(events, "numbers", look)
    return counted


def test_all_who_wait_are_notified_by_one_look(database, run, looks):
    async def crowd():
        watch = Watch(database)
        waiting = [asyncio.create_task(watch.happens(run, 1, 60)) for _ in range(WAITERS)]
        late = asyncio.create_task(watch.happens(run, 2, 60))
        while not looks:
            await asyncio.sleep(0.01)
        assert not any(it.done() for it in waiting)  # event 1, queued, is known
        with database.write() as connection:
            events.tell(connection, *run, "progress")
        assert all(await asyncio.gather(*waiting))
        assert not late.done()
        late.cancel()

    asyncio.run(crowd())
    assert set(looks) == {1}


def test_whoever_has_waited_long_enough_goes_on_and_is_forgotten(database, run, looks):
    async def alone():
        watch = Watch(database)
        assert await watch.happens(run, 1, 0.2) is False
        assert watch._waiting == {}
        assert await watch.happens(run, 0, 60) is True  # it has happened already

    asyncio.run(alone())
    assert looks
