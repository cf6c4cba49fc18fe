"""Roles and what each of them may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from service.store.audit import Actor

Right = Literal["read", "follow", "try", "edit", "approve", "monitor", "administer"]
"""Look at everything of the tenant; look at what plans have for one's own departments; try plans
and changes without touching the rollout; edit rollouts and publish plans; give a department's green
light; read the metrics of the service; set up accounts."""

Role = Literal["admin", "coordinator", "project-manager", "department-head", "viewer", "monitor"]

ROLES: tuple[Role, ...] = get_args(Role)

RIGHTS: dict[Role, frozenset[Right]] = {
    "admin": frozenset(get_args(Right)),
    "coordinator": frozenset({"read", "follow", "try", "edit", "approve"}),
    "project-manager": frozenset({"read", "follow", "try"}),
    "department-head": frozenset({"follow", "approve"}),
    "viewer": frozenset({"read", "follow"}),
    "monitor": frozenset({"monitor"}),
}


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: a person or a program, for one tenant; a department head for some departments."""

    tenant: str
    name: str
    role: Role
    departments: tuple[str, ...] = ()
    """Each as `finance`, in whichever rollout, or as `finance@<rollout>`, in this one alone."""
    account: str | None = None
    """The account that they act for; None for those who need none."""
    rollouts: tuple[str, ...] = ()
    """The only ones that a token opens; none for all."""
    token: str | None = None
    """The id of the token or session that was shown."""
    seen_at: int | None = None
    """When the session was used last, to the minute."""

    @property
    def actor(self) -> Actor:
        """The one in whose name things are written down."""
        return Actor(self.tenant, self.name, self.account)

    def may(self, right: Right) -> bool:
        """Whether the role includes a right."""
        return right in RIGHTS[self.role]

    @property
    def sees_private(self) -> bool:
        """Whether pay, wishes and why somebody is away are for them to look at: they plan."""
        return self.may("try")

    def owns(self, made_by: str) -> bool:
        """Whether what somebody has made is theirs to change or to end."""
        return self.may("edit") or made_by == self.name

    def sees(self, department: str, rollout: str) -> bool:
        """Whether what plans of a rollout have for a department is for them to look at."""
        own = {department, f"{department}@{rollout}"}
        return self.may("read") or (self.may("follow") and not own.isdisjoint(self.departments))

    def answers_for(self, department: str, rollout: str) -> bool:
        """Whether a green light of this department in a rollout is theirs to give."""
        return self.may("approve") and self.sees(department, rollout)
