"""What the service knows of the mail server: a file, and a password beside it.

address: https://plan.example
from: {name: Rollouts, address: rollouts@plan.example}
host: mail.example
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from service.store.errors import StoreUnusable

PASSWORD = "ALLOCATOR_MAIL_PASSWORD"
"""The environment variable with what the service proves itself to the mail server by."""

LOOPBACK = ("localhost", "127.0.0.1", "::1")

PORTS = {"starttls": 587, "tls": 465, "none": 25}

Address = Annotated[str, Field(max_length=254, pattern=r"^[!-?A-~]+@[A-Za-z0-9.-]+$")]
"""A mail address without a name, in ASCII."""


class Sender(BaseModel):
    """In whose name messages are sent."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    address: Address
    name: str = Field("", max_length=100)


class MailSettings(BaseModel):
    """How messages get to their recipients, and how these get to the service."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    address: str = Field(max_length=500, description="Under which readers reach the service.")
    from_: Sender = Field(alias="from")
    host: str | None = Field(None, description="The mail server; without one webhooks send.")
    port: int | None = Field(None, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str | None = None
    password: str | None = Field(None, exclude=True, repr=False)

    @field_validator("address")
    @classmethod
    def _is_safe(cls, url: str) -> str:
        parts = urlsplit(url)
        if not parts.hostname or (
            parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK)
        ):
            raise ValueError("an address that begins with https:// is needed")
        return url.rstrip("/")

    @property
    def port_used(self) -> int:
        """The port of the mail server, the usual one if none is named."""
        return self.port or PORTS[self.security]


def read(path: Path, password: str | None) -> MailSettings:
    """The settings of a file; StoreUnusable, with a sentence for each fault, if it is not right."""
    try:
        tree = yaml.safe_load(path.read_text(encoding="utf-8"))
        if isinstance(tree, dict) and "password" in tree:
            raise StoreUnusable(f"{path}: the password belongs into {PASSWORD}, not into a file.")
        found = MailSettings.model_validate(tree)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise StoreUnusable(f"{path} cannot be read: {error}") from None
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, it['loc']))}: {it['msg']}" for it in error.errors())
        raise StoreUnusable(f"{path} is not as it should be: {faults}") from None
    if found.security == "none" and found.host not in (*LOOPBACK, None):
        raise StoreUnusable(f"{path}: a mail server elsewhere is reached by starttls or tls only.")
    return found.model_copy(update={"password": password})
