"""Events as invitations that calendar programs take over from a mail (iTIP, RFC 5546).

One object holds one event, as the standard has it: `REQUEST` puts it into the calendar or moves it
there, `CANCEL` takes it out. What tells the object from an older one is its `SEQUENCE`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from icalendar import Event as Component
from icalendar import vCalAddress

from allocator.formats.icalendar import ENGLISH, Event, Words, empty_calendar, written

Method = Literal["REQUEST", "CANCEL"]


@dataclass(frozen=True, slots=True)
class Parties:
    """Who invites whom, by their addresses and names."""

    organizer: str
    organizer_name: str
    attendee: str
    attendee_name: str


def method_of(event: Event) -> Method:
    """What an event asks of the calendar that it comes to."""
    return "CANCEL" if event.cancelled else "REQUEST"


def invitation(event: Event, parties: Parties, words: Words = ENGLISH) -> bytes:
    """An event as an object of its own: for whoever is invited, or is so no more."""
    calendar = empty_calendar()
    calendar.add("method", method_of(event))

    def with_parties(component: Component) -> None:
        component.add("organizer", _address(parties.organizer, parties.organizer_name))
        attendee = _address(parties.attendee, parties.attendee_name)
        attendee.params["ROLE"] = "REQ-PARTICIPANT"
        attendee.params["PARTSTAT"] = "NEEDS-ACTION"
        attendee.params["RSVP"] = "FALSE"  # nobody reads answers by mail: they come by the link
        component.add("attendee", attendee)

    return written(calendar, [event], words, with_parties)


def _address(address: str, name: str) -> vCalAddress:
    found = vCalAddress(f"mailto:{address}")
    found.params["CN"] = name.replace('"', "'")
    return found
