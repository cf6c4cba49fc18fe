"""A message in the language of its recipient: subject, plain text, and the same as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape

from allocator.formats.icalendar import Entry, Whose, description, instant, summary
from allocator.formats.text.yaml_tree import UNPRINTABLE
from service.notify.notices.changes import WHATS, Change
from service.notify.notices.language import Language

MOST = 200
"""Bookings in one message; the calendar has the others."""


@dataclass(frozen=True, slots=True)
class Links:
    """Where a message leads; None where there is no way there."""

    agenda: str | None = None
    calendar: str | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What a message says."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class _Item:
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Section:
    what: str
    heading: str
    items: tuple[_Item, ...]


@dataclass(frozen=True, slots=True)
class _Way:
    text: str
    address: str


def write(
    rollout: str,
    kind: Whose,
    name: str,
    changes: Sequence[Change],
    language: Language,
    links: Links,
    *,
    is_first: bool,
    is_attached: bool,
) -> Written:
    """What a recipient of a kind reads about a rollout, both by their names."""
    counts = {what: sum(it.what == what for it in changes) for what in WHATS}
    counted = ", ".join(
        language.say("count", what=language.say(what), number=number)
        for what, number in counts.items()
        if number
    )
    is_own = kind == "person"
    which = ("first" if is_first else "again") + ("-own" if is_own else "-of")
    sections = tuple(
        _Section(
            what,
            language.say(what),
            tuple(_item(it, language) for it in changes[:MOST] if it.what == what),
        )
        for what in WHATS
        if counts[what]
    )
    ways = [
        (language.say("answer"), links.answer),
        (language.say("subscribe" if is_own else "subscribe-of"), links.agenda),
        (language.say("calendar"), links.calendar),
    ]
    said = {
        "language": language.code,
        "subject": language.say("subject", rollout=rollout, counts=counted),
        "hello": language.say("hello", name=name) if is_own else language.say("hello-anybody"),
        "lead": language.say(which, rollout=rollout, name=name),
        "sections": sections,
        "more": language.say("more", number=len(changes) - MOST) if len(changes) > MOST else "",
        "attached": language.say("attached") if is_attached else "",
        "ways": [_Way(text, address) for text, address in ways if address is not None],
        "automatic": language.say("automatic"),
    }
    text = _template("message.txt").render(said)
    return Written(one_line(str(said["subject"])), text, _template("message.html").render(said))


def _item(change: Change, language: Language) -> _Item:
    entry, words = change.event.entry, language.events
    when = _when(entry, language)
    if change.before is None:
        lines = [when, *description(entry, words)]
    else:
        before = _when(change.before, language)
        lines = [
            language.say("now", text=when),
            *([] if before == when else [language.say("before", text=before)]),
            *description(entry, words),
        ]
    title = one_line(summary(entry, words))
    return _Item(
        title, tuple(one_line(it) for it in lines if change.what != "cancelled" or it == when)
    )


def _when(entry: Entry, language: Language) -> str:
    span = language.span(instant(entry.start, entry.zone), instant(entry.end, entry.zone))
    return "; ".join((span, ", ".join(entry.place))) if entry.place else span


def one_line(text: str) -> str:
    """A text in one line, without characters that nobody can print."""
    return UNPRINTABLE.sub("", " ".join(text.split()))


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(name)
