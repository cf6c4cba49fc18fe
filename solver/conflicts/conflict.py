"""Why one piece of work cannot be done: grow the work asked for until it is proved, then shrink.

The work alone is tried first, then together with whatever else a plan does with the same people
and rooms at the same time. As soon as the exact model of just that has no solution, nothing has:
it is a relaxation of the whole. Of the work and the facts in it a minimal set is left that still
has none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from allocator.check import check
from allocator.facts.removable import Removable, fact, removable
from allocator.facts.work import Asked, Tree, Work, planned_work, restricted
from allocator.plan import Conflict, Fact, Plan
from allocator.problem import Problem
from solver.conflicts.decide import Answer, Impossible, Limits, Possible, Unknown, decide
from solver.conflicts.merged import Key, beside, keys_of, sharing
from solver.conflicts.shrink import shrink

MOST_ROUNDS = 12
"""So often more work is asked for, until a proof is given up."""

MOST_CONFLICTS = 4
"""So many reasons of one piece of work are looked for."""


@dataclass(frozen=True)
class Fits:
    """The work can be done beside all that a plan does: this plan does, and keeps every rule."""

    plan: Plan


@dataclass(frozen=True)
class Proved:
    """The work cannot be done, beside what work is among the facts; each conflict rules it out."""

    conflicts: tuple[Conflict, ...]


Finding = Fits | Proved | Unknown


@dataclass(frozen=True)
class Case:
    """One document with a plan of it, of which questions are asked."""

    tree: Tree
    problem: Problem
    plan: Plan
    left: Callable[[], float]
    """Seconds that are left for it."""
    by_due: bool = False
    """Whether work that is in time is to stay so."""
    known: set[Fact] = field(default_factory=set)
    """Facts of conflicts that have been found: those of the next work are often among them."""

    def ask(self, asked: Asked, gone: Sequence[Removable] = (), *, budget: bool = True) -> Answer:
        """Whether the work can be done without some of the facts."""
        tree = restricted(self.tree, asked)
        for it in gone:
            it.take(tree)
        most = self.problem.goals.most_people if budget else None
        return decide(tree, asked, Limits(most, self.left))

    def planned(self, target: Work) -> dict[Key, Work]:
        """What else the plan does."""
        works = planned_work(self.problem, self.plan, by_due=self.by_due)
        return {work.key: work for work in works if work.key != target.key}


def conflict_of(case: Case, target: Work, *, alone: bool = False) -> Finding:
    """Why a piece of work is not in the plan, as far as it can be proved.

    `alone`: only whether it cannot be done at all, whatever else is planned.
    """
    if alone and not isinstance(case.ask(frozenset({target})), Impossible):
        return Unknown()
    grown = grow(case, target)
    if not isinstance(grown, frozenset):
        return grown
    return _conflicts(Question(case, frozenset({target}), grown))


def conflict_with(case: Case, target: Work, also: Asked) -> Finding:
    """Why a piece of work cannot be as it is wanted, beside what is asked for also."""
    grown = grow(case, target, also)
    if not isinstance(grown, frozenset):
        return grown
    question = Question(case, frozenset({target}) | also, grown)
    return Proved((question.conflict(question.shrunk(question.members())),))


def rival_of(case: Case, target: Work, rival: Work) -> Conflict | None:
    """Why two pieces of open work cannot both be done, where each can."""
    if not isinstance(case.ask(frozenset({rival})), Possible):
        return None
    both = frozenset({target, rival})
    if not isinstance(case.ask(both), Impossible):
        return None
    question = Question(case, both, both)
    found = question.conflict(question.shrunk(question.members()))
    reported = _reported(case.tree, rival, case.problem)
    return Conflict((Fact(reported.path, "rival", reported.values), *found.facts), found.minimal)


def line_conflict(case: Case, id_: str, line: int) -> Conflict | None:
    """Why one line of a crew cannot be staffed, whatever the others; None if that is not so."""
    target = frozenset({Work("task", id_, line=line)})
    question = Question(case, target, target)
    members = question.members()
    if not question.rules_out(members):
        return None
    return question.conflict(question.shrunk(members))


def document_conflict(case: Case, works: Asked) -> Conflict | None:
    """Work and facts that rule each other out in a document that has no plan at all."""
    question = Question(case, frozenset(), works)
    members = question.members()
    if not question.rules_out(members):
        return None
    return question.conflict(question.shrunk(members))


# Growing --------------------------------------------------------------------------------------


def grow(case: Case, target: Work, also: Asked = frozenset()) -> Asked | Fits | Unknown:
    """Work that cannot be done together with the target, or a plan of all of it with the target.

    It begins with the target and what is asked for `also`.
    """
    planned = case.planned(target)
    asked: Asked = frozenset({target}) | also
    for _ in range(MOST_ROUNDS):
        answer = case.ask(asked)
        if isinstance(answer, Impossible):
            return asked
        if isinstance(answer, Unknown):
            return answer
        merged = beside(case.problem, case.plan, answer, asked)
        more = _planned(planned, sharing(case.problem, merged, asked), asked)
        if not more:
            violations = check(case.problem, merged.plan).violations
            if not violations and not merged.lost:
                return Fits(merged.plan)
            concerned = {work for violation in violations for work in violation.work}
            keys = {key for it in concerned for key in keys_of(case.problem, merged.plan, *it)}
            more = _planned(planned, keys, asked) or _planned(planned, set(planned), asked)
        if not more:
            return Unknown()
        asked |= more
    return Unknown()


def _planned(planned: dict[Key, Work], keys: set[Key] | frozenset[Key], asked: Asked) -> Asked:
    taken = {work.key for work in asked}
    return frozenset(planned[key] for key in keys if key in planned and key not in taken)


# Shrinking ------------------------------------------------------------------------------------

Member = Work | Removable | None
"""Other work that is done, a fact, or (None) the change budget."""


class Question:
    """Whether the target can be done beside more work and with some facts."""

    def __init__(self, case: Case, target: Asked, asked: Asked) -> None:
        self._case, self._target = case, target
        small = restricted(case.tree, asked)
        self._facts = removable(case.tree, small, asked)
        self._works = sorted(asked - target)
        self._answers: dict[frozenset[int], Answer] = {}

    def members(self) -> list[Member]:
        """All that could be taken away, what tells least first."""
        limited = self._case.problem.goals.most_people is not None
        budget: list[Member] = [None] if limited else []
        return [*budget, *self._works, *self._facts]

    def _is_needed(self, kept: list[Member], member: Member) -> bool:
        """Whether the target can be done without it: best with all else there, which says most."""
        others = ([it for it in these if it is not member] for these in (self.members(), kept))
        return any(isinstance(self.answer(it), Possible) for it in others)

    def answer(self, kept: Sequence[Member]) -> Answer:
        """What holds with these members alone."""
        key = frozenset(id(it) for it in kept)
        if key not in self._answers:
            self._answers[key] = self._answered(kept)
        return self._answers[key]

    def _answered(self, kept: Sequence[Member]) -> Answer:
        works = frozenset(it for it in kept if isinstance(it, Work))
        here = {id(it) for it in kept}
        gone = [it for it in self._facts if id(it) not in here]
        return self._case.ask(self._target | works, gone, budget=None in kept)

    def rules_out(self, kept: Sequence[Member]) -> bool:
        """Whether it is proved that the target cannot be done."""
        return isinstance(self.answer(kept), Impossible)

    def shrunk(self, members: Sequence[Member]) -> list[Member]:
        """A minimal part of the members that still rules the target out.

        What is known of other work is tried first, with the order of tasks: it is soon shrunk.
        """
        likely = [it for it in members if self._is_likely(it)]
        if likely and len(likely) < len(members) and self.rules_out(likely):
            members = likely
        return shrink(members, self.rules_out, lambda: self._case.left() <= 0)

    def _is_likely(self, member: Member) -> bool:
        if not isinstance(member, Removable):
            return False
        return member.fact in self._case.known or member.fact.code == "after"

    def conflict(self, kept: list[Member]) -> Conflict:
        """The members as facts; minimal if each of them has been shown to be needed."""
        needed = (self._is_needed(kept, member) for member in kept)
        works = [it for it in kept if isinstance(it, Work)]
        reported = [*works, *(it for it in reversed(kept) if not isinstance(it, Work))]
        facts = tuple(_reported(self._case.tree, it, self._case.problem) for it in reported)
        facts = facts or (self._calendars(),)
        self._case.known.update(facts)
        return Conflict(facts, all(needed))

    def _calendars(self) -> Fact:
        """Stands where nothing is left that could be taken away: no working hours allow it."""
        return fact("calendars", "hours", id=min(self._target).id if self._target else "")


def _conflicts(question: Question) -> Finding:
    """The first conflict, and those that are left when one of its members is gone."""
    every = question.members()
    first = question.shrunk(every)
    found = [first]
    for member in first:
        rest = [it for it in every if it is not member]
        if len(found) < MOST_CONFLICTS and question.rules_out(rest):
            other = question.shrunk(rest)
            if other not in found:
                found.append(other)
    return Proved(tuple(question.conflict(it) for it in found))


def _reported(tree: Tree, member: Member, problem: Problem) -> Fact:
    if member is None:
        return fact("", "change_budget", most=problem.goals.most_people)
    if isinstance(member, Removable):
        return member.fact
    kinds = {"task": "tasks", "course": "audiences", "support": "support"}
    kind = kinds[member.kind]
    id_ = member.audience or member.id
    place = next(at for at, it in enumerate(tree[kind]) if it["id"] == id_)
    values: dict[str, object] = {"kind": member.kind, "id": member.id}
    for name in ("audience", "department", "day"):
        if getattr(member, name):
            values[name] = getattr(member, name)
    return fact(f"{kind}[{place}]", "in_time" if member.by_due else "work", **values)
