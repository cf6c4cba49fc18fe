"""What requests and answers about people, sessions and tokens hold."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.http.paging import Page
from api.schemas.plans_and_rollouts import Id, Strict
from service.access.people import Person
from service.access.roles import Right, Role
from service.access.tokens import Token
from service.store.clock import moment

EXAMPLE = "three blue boats on a lake"

Department = Annotated[
    str,
    Field(
        min_length=1,
        max_length=300,
        description="By its id; `id@rollout` for that of one rollout alone.",
    ),
]

NAME = r"^[A-Za-z0-9][A-Za-z0-9._@+-]*$"


class SignIn(Strict):
    """A name and a password."""

    name: str = Field(max_length=100)
    password: str = Field(max_length=200)


class WhoAmI(BaseModel):
    """Who the caller is taken for."""

    tenant: str
    name: str
    role: Role
    departments: list[str]
    rollouts: list[str] = Field(description="The only ones that a token opens; none for all.")
    rights: list[Right] = Field(description="What the role may do.")
    account: str | None = Field(description="The account that a session or a token is of.")


class PasswordWanted(Strict):
    """The present password, and the one that is to take its place."""

    current: str = Field(max_length=200)
    password: str = Field(min_length=12, max_length=200)


class SessionShown(BaseModel):
    """Where somebody is signed in."""

    id: str
    agent: str | None = Field(description="What the browser calls itself.")
    created_at: str
    seen_at: str = Field(description="When it was used last, to the minute.")
    expires_at: str
    present: bool = Field(description="Whether it is the one that asks.")

    @classmethod
    def of(cls, it: Token, present: str | None) -> SessionShown:
        """As it is shown."""
        return cls(
            id=it.id,
            agent=it.agent,
            created_at=moment(it.created_at),
            seen_at=moment(it.seen_at or it.created_at),
            expires_at=moment(it.expires_at),
            present=it.id == present,
        )


class SessionPage(Page[SessionShown]):
    """Sessions of somebody, used latest first."""


class TokenWanted(Strict):
    """A request for a token."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"name": "nightly", "role": "coordinator", "days": 90}]},
    )

    name: Id
    role: Role
    departments: list[Department] = Field([], max_length=200)
    rollouts: list[Id] = Field(
        [], max_length=200, description="The only ones that it opens; none for all."
    )
    days: int = Field(90, ge=1, le=366)


class TokenShown(BaseModel):
    """A token without its secret."""

    id: str
    name: str
    role: Role
    departments: list[str]
    rollouts: list[str]
    created_at: str
    created_by: str
    expires_at: str

    @classmethod
    def of(cls, it: Token, **more: str) -> TokenShown:
        """As it is shown."""
        return cls(
            id=it.id,
            name=it.name,
            role=it.role,
            departments=list(it.departments),
            rollouts=list(it.rollouts),
            created_at=moment(it.created_at),
            created_by=it.created_by,
            expires_at=moment(it.expires_at),
            **more,
        )


class TokenPage(Page[TokenShown]):
    """Some tokens, made latest first."""


class TokenMade(TokenShown):
    """A new token; its text is shown only this once."""

    token: str


class PersonWanted(Strict):
    """A request to let somebody sign in."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"name": "eva", "role": "viewer", "password": EXAMPLE}]},
    )

    name: str = Field(min_length=1, max_length=100, pattern=NAME)
    role: Role
    departments: list[Department] = Field([], max_length=200)
    password: str = Field(min_length=12, max_length=200)


class PersonChanged(Strict):
    """What is to be different about somebody: another password, or another role, or both."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"role": "viewer"}]})

    password: str | None = Field(None, min_length=12, max_length=200)
    role: Role | None = None
    departments: list[Department] | None = Field(
        None, max_length=200, description="Only together with a role."
    )


class PersonShown(BaseModel):
    """Somebody who can sign in."""

    name: str
    role: Role
    departments: list[str]
    provider: str | None = Field(None, description="Who vouches for them, if not a password.")

    @classmethod
    def of(cls, it: Person) -> PersonShown:
        """As it is shown."""
        return cls(name=it.name, role=it.role, departments=list(it.departments), provider=it.issuer)


class PersonPage(Page[PersonShown]):
    """Some people, by name."""
