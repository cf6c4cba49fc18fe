"""What is sent of a notice: made from what its recipient was notified of before and is to know now.

It is made when it is sent, not when it is published, so that publishing takes no longer with many
recipients. Until it has arrived nothing that it is made from changes: so each attempt is the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from service.access import answer_links, links, signing
from service.notify.mail_settings import MailSettings
from service.notify.notices.changes import Change, changes
from service.notify.notices.language import language
from service.notify.notices.letters import Letter, invitations
from service.notify.notices.writing import Links, one_line, write
from service.store import directory, notice_settings, tables
from service.store.database import Database
from service.store.directory import Recipient
from service.store.notice_settings import NoticeSettings
from service.store.outbox import Claimed


@dataclass(frozen=True, slots=True)
class Made:
    """A message, and the webhook that sends it, if the mail server does not."""

    claimed: Claimed
    letter: Letter
    webhook: str | None


@dataclass(frozen=True, slots=True)
class Keys:
    """What links are made with that messages lead to."""

    links: bytes
    answers: bytes

    @classmethod
    def of(cls, database: Database) -> Keys:
        """Those of the service."""
        return cls(signing.key(database, links.KEY), signing.key(database, answer_links.KEY))


def made(connection: Connection, claimed: Claimed, mail: MailSettings, keys: Keys) -> Made | None:
    """The message of a notice; None if its recipient has no address any more."""
    recipient = directory.get(connection, claimed.tenant, claimed.owner)
    if recipient is None:
        return None
    settings = notice_settings.get(connection, claimed.tenant, claimed.rollout)
    rollouts = tables.rollouts
    rollout = connection.execute(
        select(rollouts.c.name).where(
            rollouts.c.tenant == claimed.tenant, rollouts.c.id == claimed.rollout
        )
    ).scalar_one()
    found = changes(
        claimed.owner.kind, claimed.notified, claimed.events, datetime.fromisoformat(claimed.as_of)
    )
    secret = links.of_messages(
        connection,
        claimed.tenant,
        claimed.rollout,
        claimed.owner,
        f"{claimed.name}: {rollout}",
        keys.links,
    )
    answer = None
    if claimed.owner.kind == "person":
        signed = answer_links.made(
            keys.answers, claimed.tenant, claimed.rollout, claimed.owner.id, claimed.created_at
        )
        answer = f"{mail.address}/answer/{signed}"
    ways = Links(
        answer=answer,
        agenda=f"{mail.address}/agenda/{secret}",
        calendar=f"{mail.address}/v1/calendars/{secret}.ics",
    )
    letter = letter_of(
        claimed.id,
        rollout,
        recipient,
        claimed.name,
        found,
        settings,
        mail,
        ways,
        is_first=not claimed.notified,
        at=claimed.created_at,
    )
    return Made(claimed, letter, settings.webhook)


def letter_of(
    id_: str,
    rollout: str,
    recipient: Recipient,
    name: str,
    found: Sequence[Change],
    settings: NoticeSettings,
    mail: MailSettings,
    ways: Links,
    *,
    is_first: bool,
    at: int,
) -> Letter:
    """What a recipient reads, in their language and in the form that they wish."""
    name = one_line(name)
    words = language(recipient.language or settings.language)
    is_attached = (recipient.form or settings.form) == "invitation"
    owner = recipient.owner
    return Letter(
        id_,
        mail.from_,
        recipient.address,
        name,
        at,
        words.code,
        write(
            rollout,
            owner.kind,
            name,
            found,
            words,
            ways,
            is_first=is_first,
            is_attached=is_attached,
        ),
        invitations(found, mail.from_, recipient.address, name, words) if is_attached else (),
    )
