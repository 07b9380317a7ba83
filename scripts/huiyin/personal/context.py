"""The words around a stretch of text, a bounded way."""

from __future__ import annotations

_ENDS = "。；;！!？?"


def before(text: str, start: int, reach: int = 16) -> str:
    """Return up to `reach` characters before `start`, from the same sentence."""
    ahead = text[max(0, start - reach) : start]
    return ahead[max(ahead.rfind(end) for end in _ENDS) + 1 :]


def after(text: str, end: int, reach: int = 8) -> str:
    """Return up to `reach` characters from `end` on."""
    return text[end : end + reach]
