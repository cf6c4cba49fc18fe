"""The log learns no secret, neither from paths nor from statements that failed."""

import io
import logging
import secrets
import sqlite3

import psycopg
import pytest
import structlog
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, InternalError, OperationalError

from api.middleware.paths import HIDDEN, shown, words_of
from service.runtime import logs
from service.store.database import Database
from service.store.error_text import is_away, sentence, whole
from service.store.errors import StoreUnusable
from tests.api.conftest import PASSWORD
from tests.service.databases import created, dropped, url_of

SECRET = f"{secrets.token_hex(8)}_{secrets.token_urlsafe(32)}"


@pytest.fixture(scope="module")
def words():
    return words_of(["/v1/calendars/{secret}.ics", "/v1/plans/{plan}/events", "/agenda"])


@pytest.mark.parametrize(
    "path",
    [
        "/v1/calendars/{}.ics",
        "/v1/calendars/{}.ics/",
        "//v1/calendars/{}.ics",
        "/planning/v1/calendars/{}",
        "/agenda/{}",
        "/agenda/{}/",
        "/{}",
        "/v1/plans/{}/events",
        "/v1/plans;{}",
        "/x/../{}",
        "/alc_{}",
    ],
)
def test_a_secret_in_a_path_is_hidden_wherever_it_stands(words, path):
    assert SECRET not in shown(path.format(SECRET), words)
    assert HIDDEN in shown(path.format(SECRET), words)


def test_words_of_our_routes_and_ids_are_shown(words):
    path = f"/v1/plans/{secrets.token_hex(12)}/events"
    assert shown(path, words) == path
    assert shown("/", words) == "/"


@pytest.fixture
def logged():
    """What is logged, as the service writes it."""
    logs.configure()
    (handler,) = logging.getLogger().handlers
    written = io.StringIO()
    handler.setStream(written)
    yield written
    logging.getLogger().handlers.clear()
    structlog.reset_defaults()


def statement_that_fails(database):
    with database.write() as connection:
        connection.execute(
            text("INSERT INTO service_keys (name, secret, created_at) VALUES (:n, :s, NULL)"),
            {"n": "x", "s": SECRET},
        )


def test_a_statement_that_fails_is_reported_without_its_values(database, logged):
    with pytest.raises(IntegrityError) as failed:
        statement_that_fails(database)
    try:
        raise RuntimeError("what came of it") from failed.value
    except RuntimeError:
        logging.getLogger("here").exception("this broke off")
        structlog.get_logger("here").error("defect", exc_info=True)
    assert logged.getvalue().count("RuntimeError: what came of it") == 2
    for reported in (logged.getvalue(), sentence(failed.value), whole(failed.value)):
        assert SECRET not in reported


def refuse_writes(database):
    """Let a database take no writes any more: as a replica, or a disk that is full."""
    match database.is_sqlite:
        case True:
            for table in ("webhook_secrets", "users", "tokens", "rollouts"):
                with sqlite3.connect(str(database.url.database)) as held:
                    held.execute(
                        f"CREATE TRIGGER full_{table} BEFORE INSERT ON {table} "
                        "BEGIN SELECT RAISE(ABORT, 'disk full'); END"
                    )
                held.close()
        case False:
            name = database.url.database
            with database.engine.connect() as connection:
                read_only = f"ALTER DATABASE {name} SET default_transaction_read_only = on"
                connection.execute(text(read_only))
                connection.commit()
            database.engine.dispose()


def test_a_database_that_takes_no_writes_is_a_503_and_reading_goes_on(guarded, database, logged):
    admin = guarded("admin")
    refuse_writes(database)
    new = {"name": "zoe", "role": "viewer", "password": PASSWORD}
    for answer in (
        admin.post("/v1/webhook-secret"),
        admin.post("/v1/people", json=new),
        admin.post("/v1/tokens", json={"name": "x", "role": "viewer"}),
        admin.post("/v1/session", json={"name": "boss-north", "password": PASSWORD}),
    ):
        assert answer.status_code == 503, answer.text
        assert answer.headers["Retry-After"] == "5"
    assert admin.get("/v1/people").status_code == 200
    for hidden in ("whsec_", "argon2", PASSWORD):
        assert hidden not in logged.getvalue()
    assert "the database cannot be used" in logged.getvalue()


def test_a_replica_is_not_ready(template):
    name = created(template)
    opened = Database(url_of(name))
    opened.require_writable()
    refuse_writes(opened)
    with pytest.raises(StoreUnusable, match="takes no writes"):
        opened.require_writable()
    opened.close()
    dropped(name)


def test_what_the_database_could_not_do_is_distinguished_from_a_defect_of_ours():
    away = InternalError("x", {}, psycopg.errors.ReadOnlySqlTransaction("read-only"))
    assert is_away(away)
    assert is_away(OperationalError("x", {}, sqlite3.OperationalError("disk full")))
    assert not is_away(ValueError("x"))
