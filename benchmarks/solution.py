"""A plan in the numbers of the file that the instance was read from."""

from __future__ import annotations

from allocator.plan import Plan, TaskBooking
from benchmarks.checkers.bookings import Solution, SolutionTask
from benchmarks.instance import Instance


def solution_of(instance: Instance, plan: Plan) -> Solution:
    """`{instance, makespan, tasks}`, for fixed times with the number of `workers` as well."""
    problem = instance.problem
    times = {booking.task: _times(instance, booking) for booking in plan.tasks}
    tasks: list[SolutionTask] = [
        {
            "task": int(problem.tasks[booking.task].id),
            "start": times[booking.task][0],
            "people": [
                int(problem.people[seat.person].id)
                for seat in booking.crew
                if seat.person < instance.workers
            ],
        }
        for booking in plan.tasks
    ]
    tasks += [
        {
            "task": milestone.number,
            "start": max((times[task][1] for task in milestone.after), default=0),
            "people": list(milestone.people),
        }
        for milestone in instance.milestones
    ]
    tasks.sort(key=lambda entry: entry["task"])
    solution: Solution = {
        "instance": instance.name,
        "makespan": max((end for _, end in times.values()), default=0),
        "tasks": tasks,
    }
    if instance.given_times is not None:
        solution["workers"] = len({person for entry in tasks for person in entry["people"]})
    return solution


def _times(instance: Instance, booking: TaskBooking) -> tuple[int, int]:
    if instance.given_times is None:
        return booking.start, booking.end
    return instance.given_times[booking.task]
