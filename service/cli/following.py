"""A plan that a service makes: asked for, followed to its end, and read as one made here."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

from allocator.check import score
from allocator.formats.document import problem_from_tree
from allocator.formats.plan.write import plan_from_tree
from allocator.outcome import Feasible, Infeasible, NoPlan, Optimal, Outcome, Run
from allocator.problem import Problem
from allocator.report import report
from service.cli.client import Client, NotPlanned, Refused
from service.planning import Planned, within_budget
from solver.settings import OnProgress, Progress, Stop

LOOK_SECONDS = 0.2


def follow(client: Client, plan: str, on_progress: OnProgress, stop: Stop) -> Planned:
    """Wait for the end of a plan, telling how far it is; a stop keeps its best plan so far."""
    with _stopping(client, plan, stop):
        for kind, body in client.events(plan):
            if kind == "progress":
                on_progress(_progress(body))
    return fetched(client, plan)


def fetched(client: Client, plan: str) -> Planned:
    """The result of a plan that has ended, explained; NotPlanned if there is none."""
    run = client.get("plans", plan)
    if run["result"] is None:
        raise NotPlanned(run["failure"] or f"Plan {plan} has no result: it is {run['state']}.")
    document = client.get("plans", plan, "result")["plan"]
    tree = client.get("rollouts", run["rollout"], "revisions", str(run["revision"]))
    problem = within_budget(problem_from_tree(tree, run["preset"]), run["most_people"])
    outcome = _outcome(problem, document)
    explained = None
    if isinstance(outcome, (Optimal, Feasible)):
        explained = report(problem, outcome.plan)
    return Planned(problem, outcome, document, explained)


@contextmanager
def _stopping(client: Client, plan: str, stop: Stop) -> Iterator[None]:
    """Hand a stop on to the service as soon as it is wanted."""
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(LOOK_SECONDS):
            if stop():
                try:
                    client.send("DELETE", "plans", plan)
                except Refused:
                    return  # it has ended meanwhile
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()


def _progress(body: dict[str, Any]) -> Progress:
    return Progress(
        body["phase"],
        body["seconds"],
        None if body["best"] is None else Fraction(body["best"]),
        Fraction(body["bound"] or 0),
        None if body["gap"] is None else Fraction(body["gap"]),
    )


def _outcome(problem: Problem, document: dict[str, Any]) -> Outcome:
    """What a plan document claims; amounts are recomputed, as documents round them."""
    solver, stated = document["solver"], document["score"]
    run = Run(solver["seed"], solver["workers"], solver["seconds"], None, None, 0.0)
    bound = Fraction(stated["bound"] or 0)
    match document["outcome"]:
        case "infeasible":
            return Infeasible(document["reason"], run)
        case "no_plan":
            return NoPlan(document["reason"], bound, run)
    plan = plan_from_tree(document, problem)
    if document["outcome"] == "optimal":
        return Optimal(plan, score(problem, plan), run)
    return Feasible(plan, score(problem, plan), bound, run)
