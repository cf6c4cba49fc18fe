"""What each rule means: one module a rule, one ordered list of all of them."""

from __future__ import annotations

from collections.abc import Callable

from allocator.plan import Plan, Violation
from allocator.problem import Problem
from allocator.rules import (
    budget,
    class_fit,
    course_order,
    crew_together,
    days_off,
    green_light,
    no_freeze,
    one_at_a_time,
    people_pairing,
    pinned,
    precedence,
    qualified,
    release_limit,
    rest,
    support_shift,
    time_window,
    training_window,
    travel,
    vendor_terms,
    work_limits,
    working_time,
)

Rule = Callable[[Problem, Plan], list[Violation]]

RULES: dict[str, Rule] = {
    "one_at_a_time": one_at_a_time.violations,
    "working_time": working_time.violations,
    "qualified": qualified.violations,
    "crew_together": crew_together.violations,
    "precedence": precedence.violations,
    "time_window": time_window.violations,
    "green_light": green_light.violations,
    "no_freeze": no_freeze.violations,
    "training_window": training_window.violations,
    "course_order": course_order.violations,
    "class_fit": class_fit.violations,
    "release_limit": release_limit.violations,
    "work_limits": work_limits.violations,
    "rest": rest.violations,
    "days_off": days_off.violations,
    "travel": travel.violations,
    "vendor_terms": vendor_terms.violations,
    "budget": budget.violations,
    "people_pairing": people_pairing.violations,
    "pinned": pinned.violations,
    "support_shift": support_shift.violations,
}
"""Every rule by its name, in the order in which breaches are listed."""
