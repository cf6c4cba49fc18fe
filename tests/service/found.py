"""Results of solves, made by hand."""

from __future__ import annotations

from service.store.plans import Found


def found(total: float = 100, defects: int = 0) -> Found:
    """A plan without bookings at a total; nothing below 50 is possible."""
    return Found(
        {
            "schema": "plan/1",
            "solver": {"version": "0.1.0", "defects": defects},
            "outcome": "feasible",
            "score": {"total": total, "bound": 50, "gap": (total - 50) / total, "terms": []},
        },
        {"late": []},
    )
