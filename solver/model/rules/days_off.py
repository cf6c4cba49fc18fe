"""Of days or nights in a row, and of the weekends of a month, only so many are worked."""

from __future__ import annotations

from allocator.views.days_off import Cap
from solver.model.hours import Hours
from solver.model.model import Expression, Model
from solver.model.passed import at_most


def post(model: Model, hours: Hours) -> None:
    """Spans in which a person is not on duty are none of the caps'."""
    for person in model.people():
        for cap in model.candidates.caps(person):
            _post(model, hours, person, cap)


def _post(model: Model, hours: Hours, person: int, cap: Cap) -> None:
    """What has passed may be above the cap; then nothing comes on top."""
    before, certain = 0, False
    free: list[Expression] = []
    new: list[Expression] = []
    for span in cap.spans:
        certain |= bool(hours.held(person, *span, learning=True, added=True))
        if hours.in_span(person, *span):
            before += 1
        else:
            booked = hours.booked(person, span)
            if booked is not None:
                free.append(booked)
        new += hours.free(person, *span, learning=True, added=True)
    if before + len(free) <= cap.most or not (free or new):
        return
    if certain or (not before and cap.spans[0][0] >= model.problem.as_of):
        model.cp.add(sum(free) + before <= cap.most)
    else:
        at_most(model, free, before, cap.most, sum(new))
