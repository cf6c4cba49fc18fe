"""The account of somebody whom a provider vouches for: made at the first time, and kept in step."""

from __future__ import annotations

from sqlalchemy import Connection

from service.access import accounts, people
from service.access.errors import NotAllowed
from service.access.oidc import Vouched
from service.access.people import Person
from service.access.roles import Caller
from service.access.sso_settings import Settings
from service.store.audit import Actor, note
from service.store.doors import NO_PASSWORD


def account(connection: Connection, settings: Settings, vouched: Vouched) -> Person | None:
    """The account of somebody, with the role of their groups; None if no group has one.

    Then their sessions and tokens end, if they had any: the transaction is to be kept. Conflict if
    their name is that of an account with a password: who that is, only an admin can say.
    """
    actor = Actor(settings.tenant, settings.name)
    known = people.issued(connection, vouched.issuer, vouched.subject)
    role = settings.role_of(vouched.groups)
    if role is None:
        if known is not None:
            ended = accounts.end_all(connection, known.tenant, known.name)
            note(connection, actor, "sign-in refused", "person", known.name, **ended)
        return None
    if known is None:
        wanted = Caller(settings.tenant, vouched.name, role.role, tuple(role.departments))
        people.add(connection, actor, wanted, NO_PASSWORD, issued=(vouched.issuer, vouched.subject))
        return people.get(connection, settings.tenant, vouched.name)
    if known.tenant != settings.tenant:
        raise NotAllowed("This account is of another tenant.")
    if (known.role, known.departments) != (role.role, tuple(role.departments)):
        people.change_role(connection, actor, known.name, role.role, role.departments)
        return people.get(connection, known.tenant, known.name)
    return known
