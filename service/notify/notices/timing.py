"""When a message may go out: not in the quiet hours, and once a day for whoever wishes it so."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from service.store.directory import Recipient
from service.store.notice_settings import NoticeSettings


def due(settings: NoticeSettings, recipient: Recipient | None, zone: str, wanted: int) -> int:
    """The moment from which on a message may be sent that is to be sent at `wanted`.

    Local times are those of the rollout. The hour of the one message a day is the recipient's own,
    so that it holds in quiet hours too.
    """
    place = ZoneInfo(zone)
    if recipient is not None and recipient.daily_at is not None:
        return _next(place, recipient.daily_at, wanted)
    if settings.quiet_from is None or settings.quiet_until is None:
        return wanted
    shown = datetime.fromtimestamp(wanted / 1000, place).time()
    begins, ends = (time.fromisoformat(it) for it in (settings.quiet_from, settings.quiet_until))
    is_quiet = begins <= shown < ends if begins <= ends else shown >= begins or shown < ends
    return _next(place, settings.quiet_until, wanted) if is_quiet else wanted


def _next(place: ZoneInfo, clock: str, moment: int) -> int:
    """The next moment, from one on, at which clocks in a place show a time."""
    at = datetime.fromtimestamp(moment / 1000, place)
    for days in (0, 1):
        day = at.date() + timedelta(days=days)
        found = datetime.combine(day, time.fromisoformat(clock), place).astimezone(UTC)
        if found >= at.astimezone(UTC):
            break
    return int(found.timestamp() * 1000)
