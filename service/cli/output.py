"""Where words go: results to stdout, progress and complaints to stderr, neither interpreted."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from fractions import Fraction
from importlib.metadata import version
from typing import Any, NoReturn

from rich.console import Console
from rich.table import Table
from rich.text import Text

from allocator.formats.text.plain import printable
from allocator.formats.text.tree import dump_json

WIDTH = 120
"""Columns where no terminal says how many there are."""

SHOWN = 12
"""Entries of a list that are named; the others are counted."""


class ResultsClosed(Exception):
    """Whoever reads stdout (`head`, a pager) has had enough."""


class _Results(Console):
    def on_broken_pipe(self) -> NoReturn:
        raise ResultsClosed


def package_version() -> str:
    """The version of this package."""
    return version("allocator")


def results() -> Console:
    """The console for results."""
    # Names may hold square brackets and numbers: nothing in them is markup.
    width = None if sys.stdout.isatty() else WIDTH
    return _Results(markup=False, highlight=False, emoji=False, width=width)


def problems() -> Console:
    """The console for progress and complaints."""
    return Console(
        stderr=True,
        markup=False,
        highlight=False,
        emoji=False,
        soft_wrap=not sys.stderr.isatty(),
    )


def say(console: Console, sentence: str, style: str = "") -> None:
    """A sentence: wrapped on a terminal, on one line in a file or a pipe."""
    console.print(Text(printable(sentence)), style=style, soft_wrap=not console.is_terminal)


def write_json(tree: object) -> None:
    """One JSON document on stdout, and nothing else."""
    write_text(dump_json(tree) + "\n")


def write_text(text: str) -> None:
    """Text as it is on stdout."""
    try:
        sys.stdout.write(printable(text) if sys.stdout.isatty() else text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise ResultsClosed from None


class _Table(Table):
    def add_row(self, *cells: Any, **more: Any) -> None:
        """A row of texts, none of which a terminal obeys."""
        super().add_row(*(printable(it) if isinstance(it, str) else it for it in cells), **more)


def table(title: str, *columns: str) -> Table:
    """A plain table; a column whose name begins with `>` is aligned right."""
    made = _Table(
        title=printable(title), title_justify="left", title_style="bold", box=None, padding=(0, 1)
    )
    for column in columns:
        made.add_column(column.removeprefix(">"), justify="right" if column[0] == ">" else "left")
    return made


def say_rows(entries: Sequence[Mapping[str, Any]], *fields: str) -> None:
    """A line for each entry, with these of its fields."""
    made = table("", *(name.replace("_", " ") for name in fields))
    made.title = None
    for entry in entries:
        made.add_row(*(_cell(entry[name]) for name in fields))
    results().print(made if entries else "There are none.")


def say_or_write(entries: Sequence[Mapping[str, Any]], as_json: bool, *fields: str) -> None:
    """The entries as JSON, or a line for each with these of its fields."""
    if as_json:
        write_json(entries)
    else:
        say_rows(entries, *fields)


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            return number(value)
        case list():
            return ", ".join(str(it) for it in value)
        case _:
            return str(value)


def number(value: Fraction | float) -> str:
    """`48,210`, `12.5`: at most two decimals."""
    text = f"{float(value):,.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: Fraction | float) -> str:
    """`2.5 %`; what is not zero is not shown as zero."""
    value = 100 * float(share)
    return "< 0.1 %" if 0 < value < 0.1 else f"{value:.1f} %"


def say_replacement(changes: Mapping[str, Any]) -> None:
    """What another document of a rollout would change, list by list."""
    made = table("What changes", "what", ">new", ">gone", ">changed", "which")
    if changes["fields"]:
        made.add_row("rollout", "", "", str(len(changes["fields"])), ", ".join(changes["fields"]))
    for it in changes["lists"]:
        if not (it["added"] or it["removed"] or it["changed"]):
            made.add_row(it["name"], "", "", "", f"{it['before']} before, {it['after']} after")
            continue
        which = [
            *(f"+{one['id']}" for one in it["added"]),
            *(f"-{one['id']}{' (booked)' if one['booked'] else ''}" for one in it["removed"]),
            *(f"{one['id']}: {', '.join(one['fields'])}" for one in it["changed"]),
        ]
        shown = [*which[:SHOWN], f"and {len(which) - SHOWN} more"] if len(which) > SHOWN else which
        counts = (str(len(it[name])) for name in ("added", "removed", "changed"))
        made.add_row(it["name"], *counts, "; ".join(shown))
    if made.row_count:
        results().print(made)
    else:
        say(results(), "Nothing changes.")
    if changes["keeps_published"]:
        say(results(), "The published plan stays.")
