"""The domain: what a rollout and a plan are, and what each rule and priced term means."""

from allocator.check import check
from allocator.errors import InvalidDocument
from allocator.formats.document import read_problem as read_rollout
from allocator.formats.plan.write import plan_document, read_plan
from allocator.formats.text.tree import dump_yaml
from allocator.outcome import Feasible, Infeasible, NoPlan, Optimal, Outcome
from allocator.report import report

__all__ = [
    "Feasible",
    "Infeasible",
    "InvalidDocument",
    "NoPlan",
    "Optimal",
    "Outcome",
    "check",
    "dump_yaml",
    "plan_document",
    "read_plan",
    "read_rollout",
    "report",
]
