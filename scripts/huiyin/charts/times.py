"""Months and quarters in a row, and their names. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date


def months(last: int, count: int) -> range:
    """Return `count` months up to `last`, each as a number that grows by one a month (see `month`)."""
    return range(last - count + 1, last + 1)


def month(day: date) -> int:
    """Return the month of a day, as the number of months since year 0."""
    return day.year * 12 + day.month - 1


def month_name(number: int) -> str:
    """Return a month as it is printed in tables, 2026-03."""
    return f"{number // 12}-{number % 12 + 1:02}"


def quarter(day: date) -> int:
    """Return the quarter of a day, as the number of quarters since year 0."""
    return day.year * 4 + (day.month - 1) // 3


def quarter_name(number: int) -> str:
    """Return a quarter in words."""
    return f"{number // 4}年第{'一二三四'[number % 4]}季度"


def quarter_short(number: int) -> str:
    """Return a quarter as it stands below a bar, in two lines."""
    return f"{'一二三四'[number % 4]}季|{number // 4}"


def last_of(wanted: int, found: Iterable[int]) -> int:
    """Return where a row of months or quarters ends: at `wanted`, or earlier where nothing was found any more."""
    return min(wanted, max(found, default=wanted))
