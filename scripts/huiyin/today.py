"""The only place that asks the machine for the day. Commands and the MkDocs plugin call it; all else is told."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo


def today(timezone: str) -> date:
    """Return the day it is now in `timezone`, for example "Asia/Shanghai"."""
    return datetime.now(ZoneInfo(timezone)).date()


def now(timezone: str) -> datetime:
    """Return the moment that it is now, in `timezone`: landings are dated by it."""
    return datetime.now(ZoneInfo(timezone))
