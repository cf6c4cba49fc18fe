"""Secrets at rest: sealed under a key of the environment, which can be changed on the way."""

import pytest
from sqlalchemy import select

from service.access import devices
from service.store import sealed, tables, webhooks
from service.store.errors import StoreUnusable
from tests.cli.commands import allocator

FIRST, SECOND = sealed.new_key(), sealed.new_key()


@pytest.fixture
def keys(monkeypatch):
    def having(*named):
        monkeypatch.setenv(sealed.VARIABLE, ",".join(named))

    having()
    return having


def kept(database):
    with database.read() as connection:
        return [
            text
            for table, names in (
                (tables.webhook_secrets, ("secret", "previous")),
                (tables.service_keys, ("secret",)),
            )
            for row in connection.execute(select(table)).mappings()
            for name in names
            if (text := row[name]) is not None
        ]


def test_secrets_are_kept_under_the_key_and_read_with_it_alone(database, keys, ada):
    keys(FIRST)
    with database.write() as connection:
        secret = webhooks.new_secret(connection, ada)
        again = webhooks.new_secret(connection, ada)
    proofs = devices.key(database)
    assert len(kept(database)) == 3
    for text in kept(database):
        assert text.startswith(sealed.MARK)
        assert not [it for it in (secret, again, proofs.decode()) if it in text]
    with database.read() as connection:
        assert webhooks.secrets_of(connection, "north") == [again, secret]
    keys()
    with pytest.raises(StoreUnusable, match="has no key"), database.read() as connection:
        webhooks.secrets_of(connection, "north")
    keys(SECOND)
    with pytest.raises(StoreUnusable, match="None of the keys"), database.read() as connection:
        webhooks.secrets_of(connection, "north")


def test_a_new_key_takes_over_while_the_old_one_still_opens(database, keys, ada):
    with database.write() as connection:
        secret = webhooks.new_secret(connection, ada)  # kept in clear: there is no key yet
    assert kept(database) == [secret]
    for named in ([FIRST], [SECOND, FIRST], [SECOND]):
        keys(*named)
        with database.write() as connection:
            assert webhooks.secrets_of(connection, "north") == [secret]
            assert webhooks.seal_again(connection) == 1
            assert webhooks.secrets_of(connection, "north") == [secret]
    assert secret not in kept(database)[0]


def test_a_key_that_is_none_is_reported(keys):
    keys("no key")
    with pytest.raises(StoreUnusable, match=sealed.VARIABLE):
        sealed.seal("x")


def test_the_secret_before_signs_for_a_day_as_well(database, keys, ada, monkeypatch):
    keys()
    begun = webhooks.now()
    with database.write() as connection:
        first, second = (webhooks.new_secret(connection, ada) for _ in range(2))
    for early, secrets in ((60_000, [second, first]), (-60_000, [second])):
        at = begun + webhooks.OVERLAP - early
        monkeypatch.setattr(webhooks, "now", lambda at=at: at)
        with database.read() as connection:
            assert webhooks.secrets_of(connection, "north") == secrets


def test_the_commands_make_a_key_and_seal_what_is_kept(database, ada, keys):
    keys()
    with database.write() as connection:
        secret = webhooks.new_secret(connection, ada)
    made = allocator("database", "key")
    assert made.code == 0
    keys(made.out.strip())
    sealing = allocator("database", "seal", "--database", database.plain_url)
    assert (sealing.code, sealing.out.strip()) == (0, "1 secrets are kept under the present key.")
    assert kept(database) != [secret]
    with database.read() as connection:
        assert webhooks.secrets_of(connection, "north") == [secret]
