"""Writing a calendar in iCalendar (RFC 5545): days that are due, with alarms. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

MEDIA = "text/calendar"
HOUR = 9
"""The hour of the morning at which alarms ring."""
_WIDTH = 75
"""Bytes of a line, its end not counted (RFC 5545, 3.1)."""


@dataclass(frozen=True)
class Due:
    """A day that is due: its name for ever, what it is, and how often it has changed.

    `alarms` are days before it; one that is `done` or `void` has none.
    """

    uid: str
    day: date
    changed: date
    sequence: int
    title: str
    about: str
    address: str
    alarms: Sequence[int] = ()
    done: bool = False
    void: bool = False
    open_day: bool = False
    """The day may still move, because a year's holidays are not announced."""


def calendar(name: str, about: str, rows: Iterable[Due]) -> bytes:
    """Return the calendar of that name."""
    return "".join(_folded(line) for line in _lines(name, about, rows)).encode()


def _lines(name: str, about: str, rows: Iterable[Due]) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//huiyin//huiyin 1//ZH", "CALSCALE:GREGORIAN")
    yield from (f"NAME:{_text(name)}", f"X-WR-CALNAME:{_text(name)}", f"X-WR-CALDESC:{_text(about)}")
    yield from ("REFRESH-INTERVAL;VALUE=DURATION:P1D", "X-PUBLISHED-TTL:P1D")
    for due in rows:
        yield from _event(due)
    yield "END:VCALENDAR"


def _event(due: Due) -> Iterator[str]:
    moment = f"{due.changed:%Y%m%d}T000000Z"
    yield from ("BEGIN:VEVENT", f"UID:{due.uid}", f"DTSTAMP:{moment}", f"LAST-MODIFIED:{moment}")
    yield f"SEQUENCE:{due.sequence}"
    yield f"DTSTART;VALUE=DATE:{due.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{due.day + timedelta(days=1):%Y%m%d}"
    yield from (f"SUMMARY:{_text(due.title)}", f"DESCRIPTION:{_text(due.about)}", f"URL:{due.address}")
    yield f"STATUS:{'CANCELLED' if due.void else 'TENTATIVE' if due.open_day else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    for days in () if due.done or due.void else due.alarms:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(due.title)}", _trigger(days), "END:VALARM")
    yield "END:VEVENT"


def _trigger(days: int) -> str:
    """At HOUR so many days before; an event that lasts a day begins at midnight."""
    hours = 24 * days - HOUR
    whole, rest = divmod(abs(hours), 24)
    return f"TRIGGER:{'-' if hours > 0 else ''}P{f'{whole}D' if whole else ''}T{rest}H"


def _text(text: str) -> str:
    plain = "".join(char for char in text if char == "\n" or char >= " ")
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line with its end, broken where it is too long, never inside a character."""
    raw = line.encode()
    if len(raw) <= _WIDTH:
        return f"{line}\r\n"
    parts, length, start = [], 0, 0
    for place, char in enumerate(line):
        size = len(char.encode())
        if length + size > _WIDTH:
            parts.append(line[start:place])
            start, length = place, 1
        length += size
    return "\r\n ".join([*parts, line[start:]]) + "\r\n"
