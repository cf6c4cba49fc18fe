"""What a tree from elsewhere may not hold, whichever way it came: one check for every door."""

from __future__ import annotations

from allocator.errors import MAX_FAULTS, Fault, key_shown
from allocator.formats.text.yaml_tree import UNPRINTABLE

CONTROL_CHARACTER = "The text holds a control character."
NOT_FINITE = "The number is not finite."


def unfit(tree: object) -> list[Fault]:
    """Control characters, halves of characters and numbers without end, each with its path.

    More than a thousand are not looked for.
    """
    found: list[Fault] = []
    waiting = [("", tree)]
    while waiting and len(found) < MAX_FAULTS:
        path, value = waiting.pop()
        if isinstance(value, str) and UNPRINTABLE.search(value):
            found.append(Fault(path, "control_character", CONTROL_CHARACTER))
        elif isinstance(value, float) and value - value != 0:
            found.append(Fault(path, "not_a_number", NOT_FINITE))
        elif isinstance(value, dict):
            for key, it in reversed(value.items()):
                place = f"{path}.{_shown(key)}" if path else _shown(key)
                if UNPRINTABLE.search(str(key)):
                    found.append(Fault(place, "control_character", CONTROL_CHARACTER))
                waiting.append((place, it))
        elif isinstance(value, list):
            waiting += [(f"{path}[{at}]", it) for at, it in reversed(list(enumerate(value)))]
    return found


def printable(text: str) -> str:
    """A text as it may be shown: what would be obeyed, or cannot be written, is a sign instead."""
    return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _shown(key: object) -> str:
    return printable(key_shown(str(key)))
