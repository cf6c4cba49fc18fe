"""Metrics as Prometheus reads them: those of the whole service, and those of this API process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector
from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import InterfaceError, OperationalError

from service.runtime.metrics import Figures, Operations
from service.store.database import Database
from service.store.runs import UNFINISHED, Kind

REQUEST_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

NO_ROUTE = "none"
"""The route of a request that fits none: its path is not ours, and must not fill our memory."""


class Metrics:
    """What one API process counts itself, and where the rest is read."""

    def __init__(self, database: Database) -> None:
        self.registry = CollectorRegistry()
        self.registry.register(_Service(Operations(database)))
        ProcessCollector(registry=self.registry)
        self._requests = Histogram(
            "allocator_http_request_seconds",
            "Time to answer a request, by this API process.",
            ("method", "route", "status"),
            buckets=REQUEST_SECONDS,
            registry=self.registry,
        )
        self._errors = Counter(
            "allocator_database_errors",
            "Statements that the database did not answer, in this API process.",
            registry=self.registry,
        )
        event.listen(database.engine, "handle_error", self._failed)

    def answered(self, method: str, route: str | None, status: int, seconds: float) -> None:
        """Count a request."""
        known = method if method in METHODS else "other"
        self._requests.labels(known, route or NO_ROUTE, str(status)).observe(seconds)

    def _failed(self, context: ExceptionContext) -> None:
        if isinstance(context.sqlalchemy_exception, OperationalError | InterfaceError):
            self._errors.inc()


class _Service(Collector):
    """The figures of the whole service, read from the database when they are asked for."""

    def __init__(self, operations: Operations) -> None:
        self._operations = operations

    def describe(self) -> list[Metric]:
        """Nothing is read to find out the names."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The metrics of this moment."""
        yield from _families(self._operations.read())


def _families(figures: Figures) -> Iterator[Metric]:
    workers = GaugeMetricFamily("allocator_workers_alive", "Workers whose lease holds.")
    workers.add_metric([], figures.workers)
    yield workers

    unfinished = GaugeMetricFamily(
        "allocator_runs_unfinished", "Runs that wait or run.", labels=("kind", "state")
    )
    waited = GaugeMetricFamily(
        "allocator_queue_oldest_seconds",
        "How long the run that waits longest has waited.",
        labels=("kind",),
    )
    for kind in get_args(Kind):
        for state in UNFINISHED:
            unfinished.add_metric([kind, state], figures.unfinished.get((kind, state), 0))
        waited.add_metric([kind], figures.oldest.get(kind, 0))
    yield unfinished
    yield waited

    ended = CounterMetricFamily(
        "allocator_runs_ended", "Runs that have ended.", labels=("kind", "state")
    )
    for labels, number in sorted(figures.ended.items()):
        ended.add_metric(labels, number)
    yield ended

    for name, reported, spreads in (
        ("solve_seconds", "Time from the first attempt of a run to its end.", figures.seconds),
        ("plan_gap_ratio", "How far plans may be from the best at most.", figures.gaps),
    ):
        histogram = HistogramMetricFamily(f"allocator_{name}", reported, labels=("kind",))
        for kind, spread in sorted(spreads.items()):
            histogram.add_metric([kind], spread.up_to(), spread.total)
        yield histogram

    defects = CounterMetricFamily(
        "allocator_solver_defects",
        "Defects of allocator that solves set aside, or that left them without a plan.",
    )
    defects.add_metric([], figures.defects)
    yield defects

    nights = CounterMetricFamily("allocator_nights", "Nights, by outcome.", labels=("outcome",))
    for outcome, number in sorted(figures.nights.items()):
        nights.add_metric([outcome], number)
    yield nights
