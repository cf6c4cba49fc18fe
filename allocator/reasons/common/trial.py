"""The last word on work for which nothing stands in the way: put it in the plan and check it."""

from __future__ import annotations

from fractions import Fraction

from allocator.plan import Plan, TermScore
from allocator.reasons.common.situation import Situation


def fits(situation: Situation, extended: Plan) -> bool:
    """Whether the check has nothing new against a plan."""
    known = {violation.message for violation in situation.checked.violations}
    checked = situation.check(extended)
    return all(violation.message in known for violation in checked.violations)


def verdict(situation: Situation, extended: Plan, how: str) -> str:
    """What the check says of the plan with the work in it; `how` names people and times."""
    known = {violation.message for violation in situation.checked.violations}
    checked = situation.check(extended)
    broken = [it for it in checked.violations if it.message not in known]
    if broken:
        rule, said = broken[0].rule, broken[0].message.rstrip(".")
        return f"it is not planned {how}, for that would break {rule}: {said}"
    most, published = situation.problem.goals.most_people, checked.score.amount("change")
    if most is not None and published > most:
        return (
            f"it would fit {how}, but {_plain(published)} people notified x weight would be beyond "
            f"the change budget of {most}"
        )
    saved = situation.checked.score.total - checked.score.total
    if saved > 0:
        return f"nothing stands in its way {how}; a longer run may plan it"
    dearer = max(zip(checked.score.terms, situation.checked.score.terms, strict=True), key=_raised)
    return (
        f"it would fit {how}, but the total would not go down: "
        f"{dearer[0].term} would rise from {_number(dearer[1])} to {_number(dearer[0])}"
    )


def _raised(pair: tuple[TermScore, TermScore]) -> float:
    return float(pair[0].total - pair[1].total)


def _plain(amount: Fraction) -> str:
    return f"{float(amount):g}"


def _number(term: TermScore) -> str:
    return f"{float(term.total):.2f}"
