"""The tables. Each row belongs to a tenant; moments are milliseconds since 1970 UTC.

Documents are kept as compressed canonical JSON. A change here needs a migration: a test compares.
"""

from service.store.tables.access import answers, audit, service_keys, tokens, users
from service.store.tables.base import compatible, metadata
from service.store.tables.documents import actuals, approvals, revisions, rollouts, scenarios
from service.store.tables.nights import digests, nightly
from service.store.tables.notices import (
    directory,
    mailings,
    notice_settings,
    notices,
    notified,
    replies,
)
from service.store.tables.solves import events, findings, plans, runs, workers
from service.store.tables.telling import (
    calendar_links,
    calendars,
    deliveries,
    webhook_secrets,
    webhooks,
)

__all__ = [
    "actuals",
    "answers",
    "approvals",
    "audit",
    "calendar_links",
    "calendars",
    "compatible",
    "deliveries",
    "digests",
    "directory",
    "events",
    "findings",
    "mailings",
    "metadata",
    "nightly",
    "notice_settings",
    "notices",
    "notified",
    "plans",
    "replies",
    "revisions",
    "rollouts",
    "runs",
    "scenarios",
    "service_keys",
    "tokens",
    "users",
    "webhook_secrets",
    "webhooks",
    "workers",
]
