"""What each rule means: one module a rule, one ordered list of all of them."""

from __future__ import annotations

from allocator.rule import Rule
from allocator.rules import (
    budget,
    class_fit,
    course_order,
    crew_together,
    days_off,
    green_light,
    no_freeze,
    notice,
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

RULES: dict[str, Rule] = {
    it.RULE.name: it.RULE
    for it in (
        one_at_a_time,
        working_time,
        qualified,
        crew_together,
        precedence,
        time_window,
        green_light,
        no_freeze,
        training_window,
        course_order,
        class_fit,
        release_limit,
        work_limits,
        rest,
        days_off,
        travel,
        vendor_terms,
        notice,
        budget,
        people_pairing,
        pinned,
        support_shift,
    )
}
"""Every rule by its name, in the order in which breaches are listed."""
