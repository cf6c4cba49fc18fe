"""Who is taken for dead: the silent, and at once those whose process on this machine is gone."""

import subprocess
import sys

import pytest
from sqlalchemy import update

from service.store import leases, tables
from tests.cli.commands import ROOT

LONG = 1000.0
"""Seconds of a lease that does not run out here."""


@pytest.fixture
def of_a_process_that_is_gone(database):
    enters = f"""
from service.store import leases
from service.store.database import Database
with Database({database.plain_url!r}).write() as connection:
    leases.enter(connection, "gone")
"""
    subprocess.run([sys.executable, "-c", enters], cwd=ROOT, check=True)
    return "gone"


def lost(database, lease=LONG):
    with database.write() as connection:
        return leases.lost(connection, lease)


def test_a_worker_whose_process_on_this_machine_is_gone_is_lost_at_once(
    database, of_a_process_that_is_gone
):
    with database.write() as connection:
        leases.enter(connection, "here")
    assert lost(database) == [of_a_process_that_is_gone]


def test_of_a_worker_elsewhere_the_number_of_its_process_says_nothing(
    database, of_a_process_that_is_gone
):
    with database.write() as connection:
        connection.execute(update(tables.workers).values(host="elsewhere"))
    assert lost(database) == []
    assert lost(database, lease=-1) == [of_a_process_that_is_gone]
