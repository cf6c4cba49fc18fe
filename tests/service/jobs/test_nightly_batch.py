"""A night for many rollouts: over all workers, and each once, whoever is killed meanwhile."""

import pytest

from service.store.nights import Nightly
from tests.service.jobs.processes import until
from tests.service.nights import (
    Night,
    digests,
    let_night_fall,
    nights_of,
    publish_for_tonight,
)
from tests.support.small import rollout, task

NIGHTS = 8


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_each_night_of_a_batch_has_one_result_although_a_worker_is_killed(database, ada, worker):
    trees = [rollout(name=f"Number {it}", tasks=[task("t-a")]) for it in range(NIGHTS)]
    kept = publish_for_tonight(database, ada, trees, Nightly("02:00", seconds=5, workers=1))
    first, _ = worker(lease=10), worker(lease=10)
    let_night_fall(database)
    until(lambda: digests(database) >= NIGHTS // 2)
    first.kill()
    until(lambda: digests(database) >= NIGHTS)
    assert nights_of(database, ada, kept) == [Night(runs=1, plans=1, digests=1)] * NIGHTS
