"""What the service knows of the provider that signs people in: a file, and a secret beside it.

issuer: https://login.example
client_id: allocator
roles:
  - {group: planners, role: coordinator}
  - {group: finance-heads, role: department-head, departments: [finance]}
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from service.access.roles import Role
from service.store.errors import StoreUnusable

SECRET = "ALLOCATOR_SSO_SECRET"
"""The environment variable with what the service proves itself to the provider by."""

LOOPBACK = ("localhost", "127.0.0.1", "::1")

Url = Annotated[str, Field(max_length=1000)]


class Mapped(BaseModel):
    """What those in a group of the provider may do here."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    group: str = Field(min_length=1)
    role: Role
    departments: list[str] = []


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    issuer: Url
    client_id: str = Field(min_length=1)
    roles: list[Mapped] = Field(min_length=1)
    name: str = Field("", max_length=60)
    address: Url | None = None
    tenant: str = Field("default", min_length=1, max_length=64)
    name_claim: str = "preferred_username"
    groups_claim: str = "groups"
    scopes: list[str] = ["openid", "profile", "email"]

    @field_validator("issuer", "address")
    @classmethod
    def _is_safe(cls, url: str | None) -> str | None:
        if url is None:
            return None
        parts = urlsplit(url)
        if not parts.hostname or (
            parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK)
        ):
            raise ValueError("an address that begins with https:// is needed")
        return url


@dataclass(frozen=True, slots=True)
class Settings:
    """A provider, what its groups may do, and how it names people and groups."""

    issuer: str
    client_id: str
    secret: str | None
    roles: tuple[Mapped, ...]
    name: str
    """What the page calls it."""
    address: str | None
    """Under which address readers reach the service, if requests do not tell."""
    tenant: str
    name_claim: str
    groups_claim: str
    scopes: tuple[str, ...]

    def role_of(self, groups: Iterable[str]) -> Mapped | None:
        """What somebody in these groups may do: the first line that fits."""
        known = set(groups)
        return next((it for it in self.roles if it.group in known), None)


def read(path: Path, secret: str | None) -> Settings:
    """The settings of a file; StoreUnusable, with a sentence for each fault, if it is not right."""
    try:
        found = _File.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise StoreUnusable(f"{path} cannot be read: {error}") from None
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, it['loc']))}: {it['msg']}" for it in error.errors())
        raise StoreUnusable(f"{path} is not as it should be: {faults}") from None
    return Settings(
        issuer=found.issuer,
        client_id=found.client_id,
        secret=secret,
        roles=tuple(found.roles),
        name=found.name or str(urlsplit(found.issuer).hostname),
        address=found.address,
        tenant=found.tenant,
        name_claim=found.name_claim,
        groups_claim=found.groups_claim,
        scopes=tuple(found.scopes),
    )
