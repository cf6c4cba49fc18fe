"""When a room could take another class, with its changeover."""

import pytest

from solver.candidates import bits
from solver.ledger.rooms import RoomBook


def free(book, length, until=14):
    return [start for start in range(until) if not book.blocked(length) >> start & 1]


def booked(changeover, now=0):
    """A room with a class in the slots 5 and 6."""
    book = RoomBook(changeover, now)
    book.add(1, 5, 7)
    return book


def test_a_class_of_two_slots_fits_before_and_after_another():
    assert free(booked(0), 2) == [0, 1, 2, 3, 7, 8, 9, 10, 11, 12, 13]


def test_the_changeover_is_kept_on_both_sides():
    # It ends at 4 at the latest, as 5 - 1, and begins at 8 at the earliest, as 7 + 1.
    assert free(booked(1), 2) == [0, 1, 2, 8, 9, 10, 11, 12, 13]


@pytest.mark.parametrize(("now", "before", "after"), [(5, 2, 8), (6, 3, 8), (7, 3, 8), (8, 3, 7)])
def test_a_class_before_now_is_not_asked_for_it(now, before, after):
    """The last start before the class, and the first one after it: 7 is before now from 8 on."""
    starts = free(booked(1, now), 2)
    assert (max(it for it in starts if it < 5), min(it for it in starts if it > 5)) == (
        before,
        after,
    )


def test_what_is_given_back_blocks_nothing():
    book = booked(3)
    book.remove(1)
    assert book.blocked(2) == bits.span(0, 0)
