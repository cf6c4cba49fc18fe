"""Who is at which post, some posts still waiting, and which wishes may break."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from solver.bounds.unavoidable_wishes import Unit
from solver.improvement.reassignment.seats import WAITING, Post


class Roster:
    """Posts and their holders; only wishes that are `given` up may break."""

    def __init__(self, posts: Sequence[Post], units: Sequence[dict[int, frozenset[Unit]]]) -> None:
        self.posts = posts
        self.slots = [post.slots for post in posts]
        self.units = units
        """By post and person: the wishes that break there."""
        self.given: set[Unit] = set()
        self.holders = [WAITING] * len(posts)

    def able(self, post: int) -> list[int]:
        """Who may fill a post with what is given up."""
        units = self.units[post]
        return [person for person in self.posts[post].people if units[person] <= self.given]

    @property
    def waiting(self) -> list[int]:
        """Posts without a holder."""
        return [post for post, person in enumerate(self.holders) if person == WAITING]

    @property
    def broken(self) -> set[Unit]:
        """The wishes that the holders break."""
        return {
            unit
            for post, person in enumerate(self.holders)
            if person != WAITING
            for unit in self.units[post][person]
        }

    def busy(self, leaving: Collection[int] = ()) -> dict[int, int]:
        """Person -> the slots of their posts, but for those that they leave."""
        found: dict[int, int] = {}
        for post, person in enumerate(self.holders):
            if person != WAITING and post not in leaving:
                found[person] = found.get(person, 0) | self.slots[post]
        return found

    def keep(self, given: set[Unit]) -> None:
        """Give up just these wishes; who breaks others leaves the post."""
        self.given = given
        for post, person in enumerate(self.holders):
            if person != WAITING and not self.units[post][person] <= given:
                self.holders[post] = WAITING

    def fill(self, weights: dict[Unit, int] | None = None) -> bool:
        """Fill waiting posts in order of time with whoever has been free for the shortest time.

        With `weights` of wishes more of them may be given up, as few as possible. True if nobody
        is missing then.
        """
        busy = self.busy()
        for post in sorted(self.waiting, key=lambda it: (self.posts[it].start, self.posts[it].end)):
            people = self.able(post) if weights is None else self.posts[post].people
            start, units = self.posts[post].start, self.units[post]
            before = (1 << start) - 1
            choice = min(
                (
                    (
                        sum(weights[unit] for unit in units[person] - self.given) if weights else 0,
                        start - (busy.get(person, 0) & before).bit_length(),
                        person,
                    )
                    for person in people
                    if not busy.get(person, 0) & self.slots[post]
                ),
                default=None,
            )
            if choice is None:
                continue
            person = choice[2]
            self.holders[post] = person
            self.given |= units[person]
            busy[person] = busy.get(person, 0) | self.slots[post]
        return WAITING not in self.holders

    def copy(self) -> Roster:
        """The same people at the same posts, to try something out on."""
        other = Roster(self.posts, self.units)
        other.given, other.holders = set(self.given), list(self.holders)
        return other
