"""The commit of a run: always by the same name, at midnight, with the same words, so that it tells nothing else."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

WHO = ("Huiyin", "project@huiyin.invalid")
"""Who commits a run: a program. Who stood behind what is in it is said in the records, as far as it is public."""
_COMMIT = re.compile(
    rb"tree [0-9a-f]+\n(?:parent [0-9a-f]+\n)?author (?P<author>.*)\ncommitter (?P<committer>.*)\n"
    rb"(?:gpgsig(?:-sha256)? -----BEGIN SSH SIGNATURE-----\n(?: .*\n)+)?\n(?P<message>(?:.|\n)*)"
)


def message(day: date) -> str:
    """Return the words of the commit of a run."""
    return f"投影 / Projection {day.isoformat()}\n"


def moment(day: date, timezone: str) -> datetime:
    """Return the moment that a run states, whenever it happened: the midnight at which its day began."""
    return datetime.combine(day, time(), ZoneInfo(timezone))


def is_sealed(raw: bytes, day: date, timezone: str) -> bool:
    """Whether the object of a commit says nothing but what the commit of a run on that day says."""
    match = _COMMIT.fullmatch(raw)
    at = moment(day, timezone)
    who = f"{WHO[0]} <{WHO[1]}> {int(at.timestamp())} {at:%z}".encode()
    if match is None or match["message"] != message(day).encode():
        return False
    return bool(match["author"] == match["committer"] == who)
