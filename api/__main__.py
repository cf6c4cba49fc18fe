"""The process of the API: `python -m api`; `allocator serve` starts it."""

from __future__ import annotations

import argparse
import gc
import logging
import os
import signal
import socket
import sys
from pathlib import Path

import uvicorn

from api.app import create_app
from api.middleware import proxy
from api.middleware.wire import Wire
from service.access import people, sso_settings
from service.access.oidc import Provider
from service.cli.database import VARIABLE
from service.notify import mail_settings
from service.reading import reader
from service.runtime import forks, logs
from service.runtime.processes import CANNOT_GO_ON, end_with_parent
from service.store import migrate
from service.store.database import Database
from service.store.errors import StoreUnusable


def main() -> None:
    """Serve until asked to end; requests that have begun are answered first."""
    parser = argparse.ArgumentParser(prog="python -m api")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument(
        "--socket", type=int, action="append", required=True, help="one that listens, by its number"
    )
    parser.add_argument("--name", action="append", default=[], help="a host name to answer to")
    parser.add_argument("--prefix", default="", help="the path that a proxy shows it under")
    parser.add_argument("--sso", type=Path, help="what is known of a provider that signs people in")
    parser.add_argument("--mail", type=Path, help="what is known of the mail server")
    asked = parser.parse_args()
    end_with_parent(signal.SIGTERM)
    logs.configure()
    forks.start(reader.MODULE)
    try:
        _serve(asked)
    except StoreUnusable as error:
        logging.getLogger(__name__).error("%s", error)
        sys.exit(CANNOT_GO_ON)


def _serve(asked: argparse.Namespace) -> None:
    database = Database(os.environ[VARIABLE])  # in the environment: it may hold a password
    migrate.require_latest(database)
    with database.read() as connection:
        people.refuse_open_door(connection, asked.host)
    names = ["localhost", "127.0.0.1", "[::1]", asked.host, *asked.name]
    hosts = ["*"] if "*" in asked.name else names
    provider = None
    if asked.sso is not None:
        provider = Provider(sso_settings.read(asked.sso, os.environ.get(sso_settings.SECRET)))
    mail = None
    if asked.mail is not None:
        mail = mail_settings.read(asked.mail, os.environ.get(mail_settings.PASSWORD))
    app = create_app(
        database,
        hosts=hosts,
        prefix=asked.prefix.rstrip("/"),
        proxies=os.environ.get(proxy.VARIABLE, proxy.USUAL),
        provider=provider,
        mail=mail,
    )
    # What is there for good, OR-Tools and numpy among it, need not be gone through each time that
    # a request makes garbage: reading documents took a third of its time for that.
    gc.freeze()
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        http=Wire,
        proxy_headers=False,  # ours (`proxy`) stands in the app
        server_header=False,
        timeout_graceful_shutdown=10,
    )
    uvicorn.Server(config).run([socket.socket(fileno=it) for it in asked.socket])


if __name__ == "__main__":
    main()
