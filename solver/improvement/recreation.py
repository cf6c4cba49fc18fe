"""Ruin and recreate as a way of improving: by machine code where it is there, else in Python."""

from __future__ import annotations

from allocator.plan import Plan
from solver.compiled.core import Core
from solver.compiled.readiness import get_ready, is_ready, make_ready
from solver.compiled.scope import expresses
from solver.incumbent import Incumbent
from solver.insertion.inserter import Inserter
from solver.ruin_recreate.search import RuinAndRecreate

TURN_STEPS = 200
"""Steps in one turn in Python."""

STEP_WORK = 0.004
"""Deterministic units that one such step counts as, about its seconds."""

TURN_SLICES = 10
"""So often a turn by machine code looks whether the search is over."""

SLICE_EFFORT = 2_000_000
EFFORT_WORK = 1.4e-8
"""Effort between two looks, and the deterministic units that one of it counts as: its seconds."""


class Recreation:
    """Ruin and recreate that goes on from the best plan, whoever has found it."""

    def __init__(self, inserter: Inserter, incumbent: Incumbent) -> None:
        self._inserter = inserter
        self._incumbent = incumbent
        self._core: Core | None = None
        self._fits = expresses(inserter.ledger)
        """Whether the block can hold the plans of this rollout, and finds real ones."""
        self._search: RuinAndRecreate | None = None
        self._from: Plan | None = None
        """The plan that the search has gone on from, or has found."""
        if incumbent.settings.deterministic_limit is not None:
            make_ready()  # the same plan again, whatever was there before
        else:
            get_ready()

    def turn(self) -> bool:
        """Some steps from the best plan; True if there is a better one then."""
        incumbent = self._incumbent
        known = len(incumbent.defects)
        best = self._better(incumbent.base)
        if best is None:
            return False
        self._from = best
        taken = incumbent.offer(best)
        if len(incumbent.defects) > known:  # it was no plan: on from one that is
            self._fits = self._core is None and self._fits
            self._core, self._search, self._from = None, None, None
        return taken

    def around(self, plan: Plan) -> Plan:
        """The best plan that a turn finds from another plan on."""
        best = self._better(plan) or plan
        self._from = best
        return best

    def _better(self, plan: Plan) -> Plan | None:
        """A better plan than one, by some steps; None if there is none."""
        if self._core is None and self._fits and is_ready():
            self._core = Core(self._inserter, self._incumbent.settings.seed)
            self._from = None
        if self._core is not None:
            try:
                return self._by_machine(self._core, plan)
            except KeyError:  # more in it than there is room for
                self._fits, self._core, self._from = False, None, None
        return self._by_python(plan)

    def _by_machine(self, core: Core, plan: Plan) -> Plan | None:
        if plan is not self._from:
            core.load(plan)
            self._from = plan
        found = False
        for _ in range(TURN_SLICES):
            before = core.effort
            found = core.run(SLICE_EFFORT) or found
            self._incumbent.spend(EFFORT_WORK * (core.effort - before))
            if self._incumbent.ended():
                break
        return core.best() if found else None

    def _by_python(self, plan: Plan) -> Plan | None:
        search = self._search
        if search is None:
            self._inserter.ledger.load(plan)
            search = self._search = RuinAndRecreate(self._inserter, self._incumbent.settings.seed)
        else:
            search.adopt(plan)
        found = False
        for _ in range(TURN_STEPS):
            found = search.step() or found
            self._incumbent.spend(STEP_WORK)
            if self._incumbent.ended():
                break
        return search.best if found else None
