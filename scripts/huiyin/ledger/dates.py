"""Days as ledgers write them, and the letter that a reply begins with. A day is read or it is None, never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

_REPUBLIC = 1911
"""The year before the first of the Republic of China (民國)."""
_ERA = "(?:(?:中[華华])?民[國国])?"
_TIME = r"(?:[ T](?:上午|下午)?\s?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
_WORDS = r"\s?年\s?(?P<month>[0-9]{1,2})\s?月\s?(?P<day>[0-9]{1,2})\s?日"
_MARKS = r"\s?(?P<mark>[./-])\s?(?P<month>[0-9]{1,2})\s?(?P=mark)\s?(?P<day>[0-9]{1,2})"
_FORMS = {
    "iso": [re.compile(rf"(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}}){_TIME}")],
    "western": [re.compile(rf"(?P<year>[0-9]{{4}}){rest}{_TIME}") for rest in (_WORDS, _MARKS)],
    "roc": [re.compile(rf"{_ERA}\s?(?P<year>[0-9]{{2,3}}){rest}") for rest in (_WORDS, _MARKS)],
}
"""How each form is written, after full-width characters became narrow."""
_ANY_DAY = (
    rf"{_ERA}\s?[0-9]{{2,4}}(?:\s?年\s?[0-9]{{1,2}}\s?月\s?[0-9]{{1,2}}\s?日"
    r"|\s?[./-]\s?[0-9]{1,2}\s?[./-]\s?[0-9]{1,2})"
)
_NUMBER = (
    r"[\u4e00-\u9fff]{1,12}(?:字第\s?[0-9][0-9 ]*[號号]"
    r"|[〔\[［(（][0-9]{4}[〕\]］)）]\s?第?\s?[0-9]+\s?[號号])"
)
_NARROW = str.maketrans("０１２３４５６７８９．／－", "0123456789./-")


class Letter(NamedTuple):
    """An official letter named in a text: its number and its day (None when the day does not exist)."""

    number: str
    day: date | None


def parse_day(text: str, forms: Sequence[str]) -> date | None:
    """Return the day that `text` says in one of `forms` (iso, western, roc), or None when it says no such day.

    The whole text has to be a day; a time of day behind it is passed over. Months without a day are no day.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    for form in forms:
        for pattern in _FORMS[form]:
            match = pattern.fullmatch(plain)
            if match:
                year = int(match["year"]) + (_REPUBLIC if form == "roc" else 0)
                return _day(year, int(match["month"]), int(match["day"]))
    return None


def find_letter(
    text: str, forms: Sequence[str], preceded_by: Sequence[str], followed_by: Sequence[str]
) -> Letter | None:
    """Return the letter that `text` begins with: its day, its number, then one of `followed_by`.

    Before the day nothing or one of `preceded_by` may stand. None where the text does not plainly say so: a letter to
    somebody else, or one named farther on, is not the answer.
    """
    match = _letter(tuple(preceded_by), tuple(followed_by)).match(text.translate(_NARROW))
    if match is None:
        return None
    start, end = match.span("number")
    return Letter(re.sub(r"\s", "", text[start:end]), parse_day(match["day"], forms))


@lru_cache(maxsize=32)
def _letter(preceded_by: tuple[str, ...], followed_by: tuple[str, ...]) -> re.Pattern[str]:
    before = "|".join(re.escape(words) for words in sorted(preceded_by, key=len, reverse=True))
    behind = "|".join(re.escape(words) for words in followed_by)
    return re.compile(rf"\s*(?:{before})?\s*(?P<day>{_ANY_DAY})\s*以?\s*(?P<number>{_NUMBER})\s*(?:{behind})")


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1900 <= year <= 2199 else None
    except ValueError:
        return None
