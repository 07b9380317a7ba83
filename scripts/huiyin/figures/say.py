"""How figures are said: percentages, and why there is none. Pure."""

from __future__ import annotations

from huiyin.figures.definition import Figure
from huiyin.findings import Text


def percent(numerator: int, denominator: int) -> str:
    """Return a share with one decimal, half up; 100.0% only for all, and 0.0% only for none."""
    tenths = (2000 * numerator + denominator) // (2 * denominator)
    if numerator:
        tenths = max(tenths, 1)
    if numerator < denominator:
        tenths = min(tenths, 999)
    return f"{tenths // 10}.{tenths % 10}%"


def why_none(figure: Figure) -> Text | None:
    """Return why a rate or time is not stated: nothing to count, or too little of it; None where it is."""
    if figure.counted.denominator is None or figure.enough:
        return None
    return Text("件数太少", "too few") if figure.counted.denominator else Text("无", "none")


def say(figure: Figure) -> Text:
    """Return the value of a figure as people read it, without its numerator and denominator."""
    counted = figure.counted
    if counted.denominator is None:
        return Text(f"{figure.total:,}", f"{figure.total:,}")
    if none := why_none(figure):
        return none
    if figure.estimate is None:
        rate = percent(counted.numerator, counted.denominator)
        return Text(rate, rate)
    half, most = figure.estimate.median, figure.estimate.p90
    return Text(
        f"{_days(half).zh}（九成 {_days(most).zh}）",
        f"{_days(half).en} (nine in ten: {_days(most).en})",
    )


def _days(days: int | None) -> Text:
    return Text("尚未达到", "not reached yet") if days is None else Text(f"{days} 天", f"{days} days")
