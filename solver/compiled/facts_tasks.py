"""Tasks, who could do them and what their ends are worth, as the block has them."""

from __future__ import annotations

from itertools import accumulate

import numpy as np

from allocator.problem import Link
from allocator.timeline import IntArray
from solver.compiled import block as b
from solver.compiled.facts_people import Asked
from solver.compiled.layout import Layout
from solver.compiled.order import FF, FS, SF, SS
from solver.insertion.inserter import Inserter
from solver.insertion.offers import Offer
from solver.ledger.ledger import Ledger

KINDS = {"FS": FS, "SS": SS, "FF": FF, "SF": SF}


def lay_tasks(layout: Layout, inserter: Inserter, ledger: Ledger, asked: Asked) -> None:
    """Tasks with their lines, offers, links, pairs and prices, none of them planned."""
    problem, order, running = inserter.problem, ledger.order, ledger.running
    tasks, numbers = problem.tasks, range(len(problem.tasks))
    layout.number(b.TASKS, len(tasks))
    layout.table(b.POSSIBLE, [int(task in order.possible) for task in numbers])
    frozen = inserter.candidates.frozen_seats
    layout.table(
        b.MOVABLE,
        [
            int(n in order.possible and tasks[n].pin_start is None and n not in frozen)
            for n in numbers
        ],
    )
    layout.table(b.DUE, [problem.horizon if it.due is None else it.due for it in tasks])
    layout.table(b.COUNTS_LATE, [int(task.due is not None) for task in tasks])
    layout.table(b.PRIORITY, [task.priority for task in tasks])
    layout.table(b.TASK_SITE, [-1 if task.site is None else task.site for task in tasks])
    layout.table(b.SPLITTABLE, [int(task.splittable) for task in tasks])
    layout.table(b.PROJECT, [task.project for task in tasks])
    layout.table(b.TASK_OPEN, running.task_open)
    layout.table(b.END_FROM, order.end_from)
    _lay_prices(layout, inserter)
    links: list[list[tuple[int, int, int]]] = [
        [_link(link.task, link) for link in order.predecessors[n]] for n in numbers
    ]
    layout.lists(b.BEFORE_AT, links, b.BEFORE_TASK, b.BEFORE_TYPE, b.BEFORE_LAG)
    links = [[_link(later, link) for later, link in order.successors[n]] for n in numbers]
    layout.lists(b.AFTER_AT, links, b.AFTER_TASK, b.AFTER_TYPE, b.AFTER_LAG)
    layout.lists(b.MAKES_AT, [order.courses.get(n, []) for n in numbers], b.MAKES_COURSE)
    layout.lists(b.SAME_AT, order.same, b.SAME_TASK)
    layout.lists(b.DIFFERENT_AT, order.different, b.DIFFERENT_TASK)
    worked = [sorted(problem.worked_on.get(n, ())) for n in numbers]
    layout.lists(b.WORKED_AT, worked, b.WORKED_PERSON)
    published = [
        [(*seat, weight) for seat, weight in running.published_seats.get(n, {}).items()]
        for n in numbers
    ]
    layout.lists(
        b.PUBLISHED_SEAT_AT,
        published,
        b.PUBLISHED_SEAT_PERSON,
        b.PUBLISHED_SEAT_START,
        b.PUBLISHED_SEAT_WEIGHT,
    )
    pins = []
    for n in numbers:
        lines = {person: line for line, person, _ in reversed(frozen.get(n, ()))}
        pins.append([(it, lines.get(it, -1)) for it in inserter.tasks.pinned[n]])
    layout.lists(b.PINNED_AT, pins, b.PINNED_PERSON, b.PINNED_LINE)
    _lay_offers(layout, inserter, asked)
    seats = [sum(line.people for line in task.crew) for task in tasks]
    layout.table(b.SEAT_AT, list(accumulate(seats, initial=0)))
    for table in (b.SEAT_LINE, b.SEAT_PERSON, b.SEAT_END):
        layout.room(table, sum(seats))
    layout.room(b.START, len(tasks), fill=-1)
    layout.room(b.END, len(tasks))


def _link(task: int, link: Link) -> tuple[int, int, int]:
    return task, KINDS[link.type], link.lag


def _lay_prices(layout: Layout, inserter: Inserter) -> None:
    """What ends of tasks are worth, and the earliest of them."""
    tasks, delay = inserter.problem.tasks, inserter.delay_cost
    numbers = range(len(tasks))
    late = inserter.ledger.running.prices.late
    layout.decimals(
        b.LATE_PRICE, [0.0 if task.due is None else late * task.priority for task in tasks]
    )
    layout.number(b.DELAY_STEP, delay.step)
    layout.table(b.LENGTH, [delay.length.get(n, 0) for n in numbers])
    layout.decimals(b.SLACK, [inserter.slack.get(n, 0.0) for n in numbers])
    layout.table(b.EARLIEST, [delay.earliest.get(n, (-1, -1))[0] for n in numbers])
    prices: list[float] = [0.0, 0.0]
    places = []
    for n in numbers:
        found = delay.after_prices.get(n)
        places.append(-1 if found is None else len(prices))
        prices += found or ()
    layout.table(b.DELAY_AT, places)
    layout.decimals(b.DELAY_PRICES, prices)
    ends: dict[int, int] = {}
    parts: list[IntArray] = []
    places = []
    for n in numbers:
        place = 0
        if n in inserter.ledger.order.possible:
            found_ends = inserter.offers.first_ends(n)
            if id(found_ends) not in ends:
                ends[id(found_ends)] = sum(len(part) for part in parts)
                parts.append(found_ends)
            place = ends[id(found_ends)]
        places.append(place)
    layout.table(b.FIRST_ENDS_AT, places)
    layout.table(b.FIRST_ENDS, np.concatenate(parts) if parts else [0])


def _lay_offers(layout: Layout, inserter: Inserter, asked: Asked) -> None:
    """Crew lines, and who could fill them from when on: those that are alike share their offers."""
    tasks, possible = inserter.problem.tasks, inserter.ledger.order.possible
    lines: list[list[tuple[int, ...]]] = []
    offers: list[Offer] = []
    known: dict[int, tuple[int, int]] = {}
    for n, task in enumerate(tasks):
        seats = inserter.offers.seats(n) if n in possible else ((),) * len(task.crew)
        own: list[tuple[int, ...]] = []
        for line, offered in zip(task.crew, seats, strict=True):
            if id(offered) not in known:
                known[id(offered)] = (len(offers), len(offers) + len(offered))
                offers += offered
            own.append((line.people, line.work, asked[line.skill, line.level], *known[id(offered)]))
        lines.append(own)
    layout.lists(
        b.LINE_AT, lines, b.LINE_PEOPLE, b.LINE_WORK, b.LINE_ASKED, b.OFFER_FROM, b.OFFER_TO
    )
    layout.table(b.OFFER_PERSON, [offer.person for offer in offers])
    layout.sets(b.OFFER_STARTS, [offer.starts for offer in offers])
    layout.table(b.OFFER_EARNS, [int(offer.earns) for offer in offers])
