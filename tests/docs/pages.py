"""The pages as they are in the repository: their tables, their code blocks, their links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def page(name: str) -> str:
    """The text of a page, by its path from the top of the repository."""
    return (ROOT / name).read_text()


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one of its level or above."""
    found = re.search(rf"^(#+) {re.escape(heading)}$", text, re.MULTILINE)
    assert found, f"no heading {heading!r}"
    rest = text[found.end() :]
    following = re.search(rf"^#{{1,{len(found[1])}}} ", rest, re.MULTILINE)
    return rest[: following.start()] if following else rest


def headings(text: str) -> list[str]:
    """The headings of a page outside its code blocks."""
    bare = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"^#+ (.+)$", bare, re.MULTILINE)


def rows(text: str) -> list[list[str]]:
    """The cells of all table rows in a text, without heads."""
    found = []
    for table in re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE):
        _, rule, *body = table.splitlines()
        assert set(rule) <= set("| -:"), rule
        found += [[cell.strip() for cell in line.strip("|").split(" |")] for line in body]
    return found


def codes(cell: str) -> list[str]:
    """Everything in backticks."""
    return re.findall(r"`([^`]+)`", cell)


@dataclass(frozen=True)
class Block:
    """A code block: its language and its text."""

    language: str
    text: str


def blocks(text: str, language: str) -> list[Block]:
    """The code blocks of a language."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [Block(*each) for each in found if each[0] == language]
