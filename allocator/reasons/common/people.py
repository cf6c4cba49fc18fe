"""How reasons speak of people: who has a skill at which level, and short lists of ids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from allocator.problem import Line, Problem
from allocator.reasons.common.situation import Situation
from allocator.wording import hours

LONGEST_LIST = 4
"""So many ids are listed; of more, the first ones and the number of the others."""


def those_with(situation: Situation, skill: int, level: int) -> list[int]:
    """People who have a skill at a level or above: by the document, or by a class in the plan."""
    problem = situation.problem
    found = {
        index
        for index, person in enumerate(problem.people)
        if any(mine.skill == skill and mine.level >= level for mine in person.skills)
    }
    for (person, earned), grants in situation.by_class.items():
        if earned == skill and any(reached >= level for reached, _ in grants):
            found.add(person)
    return sorted(found)


def still_to_earn(situation: Situation, skill: int, level: int) -> list[tuple[int, int]]:
    """(person, course) where a class that is not planned for the person would grant the skill."""
    problem = situation.problem
    have = set(those_with(situation, skill, level))
    return [
        (person, course)
        for audience in problem.audiences
        for course in audience.courses
        for person in audience.members
        if (grants := problem.courses[course].grants) is not None
        and grants[0] == skill
        and grants[1] >= level
        and person not in have
    ]


def skill_at(problem: Problem, skill: int, level: int) -> str:
    """`sap level 3`."""
    return f"{problem.skills[skill]} level {level}"


def counted(number: int, one: str, several: str | None = None) -> str:
    """`1 person`, `3 people`."""
    return f"{number} {one if number == 1 else several or one + 's'}"


def listed(ids: Iterable[str]) -> str:
    """`ana, bor and cene`; `ana, bor, cene, dan and 5 others`."""
    names = list(ids)
    if len(names) > LONGEST_LIST + 1:
        others = len(names) - LONGEST_LIST
        return f"{', '.join(names[:LONGEST_LIST])} and {others} others"
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def listed_people(problem: Problem, people: Iterable[int]) -> str:
    """The ids of people as a short list."""
    return listed(problem.people[person].id for person in people)


def too_few(situation: Situation, line: Line) -> str | None:
    """The sentence that too few people have a line's skill at its level; None if enough have."""
    problem = situation.problem
    have = those_with(situation, line.skill, line.level)
    if len(have) >= line.people:
        return None
    who = skill_at(problem, line.skill, line.level)
    lower = [person for person in those_with(situation, line.skill, 1) if person not in have]
    below = f"; {len(lower)} have it at a lower level ({listed_people(problem, lower)})"
    below = below.replace(" have it", " has it", 1) if len(lower) == 1 else below
    earning = still_to_earn(situation, line.skill, line.level)
    later = ""
    if earning:
        course = problem.courses[earning[0][1]].id
        people = listed_people(problem, sorted({person for person, _ in earning}))
        later = f"; {people} would have it after {course}, which is not planned for them"
    if not have:
        start = f"nobody has {who}"
    else:
        verb = "has" if len(have) == 1 else "have"
        start = (
            f"{line.people} people with {who} are needed, only {len(have)} {verb} it "
            f"({listed_people(problem, have)})"
        )
    return start + (below if lower else "") + later


def duty_list(problem: Problem, people: Sequence[int], opens: int, closes: int) -> str:
    """`ana 24 h, bor 16 h`: hours on duty in [opens, closes), most first."""
    duty = [(problem.people[it].working.on_duty(opens, closes), it) for it in people]
    duty.sort(key=lambda pair: (-pair[0], pair[1]))
    shown = [f"{problem.people[it].id} {hours(problem, slots)}" for slots, it in duty]
    rest = len(shown) - LONGEST_LIST
    if rest > 0:
        shown[LONGEST_LIST:] = [f"{counted(rest, 'other')} no more than that"]
    return ", ".join(shown)
