"""Tables of access: people, tokens, answers that are given once, and who did what."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text, UniqueConstraint

from service.store.tables.base import ID, NAME, metadata

users = Table(
    "users",
    metadata,
    Column("tenant", ID, primary_key=True),
    Column("name", NAME, primary_key=True),
    Column("role", String(32), nullable=False),
    Column("departments", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("closed_at", BigInteger),
    Column("issuer", Text),
    Column("subject", Text),
    UniqueConstraint("name"),
    Index("ix_users_issuer_subject", "issuer", "subject", unique=True),
)
"""People who sign in, with the argon2 hash of their password, or with the provider that vouches for
them and what it calls them. A name is taken once for all."""

tokens = Table(
    "tokens",
    metadata,
    Column("tenant", ID, primary_key=True),
    Column("id", ID, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("name", NAME, nullable=False),
    Column("role", String(32), nullable=False),
    Column("departments", Text, nullable=False),
    Column("secret", String(64), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", NAME, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
    Column("account", NAME),
    Column("rollouts", Text),
    Column("seen_at", BigInteger),
    Column("agent", NAME),
    UniqueConstraint("id"),
    Index("ix_tokens_tenant_account", "tenant", "account"),
    Index("ix_tokens_tenant_name", "tenant", "name"),
)
"""What programs and signed-in browsers show: the hash of a secret, whose it is, and until when. It
ends with the account that it is of; one that names rollouts opens no others."""

service_keys = Table(
    "service_keys",
    metadata,
    Column("name", NAME, primary_key=True),
    Column("secret", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)
"""What the service signs with for itself alone."""

answers = Table(
    "answers",
    metadata,
    Column("tenant", ID, primary_key=True),
    Column("key", NAME, primary_key=True),
    Column("request", String(64), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("answer", Text),
)
"""Answers to requests with an idempotency key, so that the same request again does nothing new."""

audit = Table(
    "audit",
    metadata,
    Column(
        "number",
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=True,
    ),
    Column("tenant", ID, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("who", NAME, nullable=False),
    Column("action", String(64), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("id", ID, nullable=False),
    Column("revision", Integer),
    Column("detail", Text, nullable=False),
    Index(None, "tenant", "number"),
    Index(None, "tenant", "kind", "id", "number"),
)
"""Who did what to which revision of what, and when; only ever added to."""
