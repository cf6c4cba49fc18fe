"""Notice that people and their vendors need, and how it is said."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from allocator.problem import Problem
from allocator.reasons.common.people import counted


def opens(problem: Problem, person: int) -> int:
    """First slot at which a person may get something new."""
    who = problem.people[person]
    lead = 0 if who.vendor is None else problem.vendors[who.vendor].available_from
    return max(lead, who.notice_until)


def said(problem: Problem, people: Iterable[int], moment: Callable[[int], str]) -> str:
    """`acme needs 10 days of notice (until ...) and ana needs notice (until ...)`."""
    known = [problem.people[person] for person in people]
    vendors = sorted({who.vendor for who in known if who.vendor is not None})
    parts = [
        f"{problem.vendors[it].id} needs {counted(problem.vendors[it].lead_days, 'day')} of notice "
        f"(until {moment(problem.vendors[it].available_from)})"
        for it in vendors
    ]
    own = [who for who in known if who.notice_until > 0][:3]
    parts += [f"{who.id} needs notice (until {moment(who.notice_until)})" for who in own]
    return " and ".join(parts)
