"""Days as ledgers write them, and the letter that a reply begins with. A day is read or it is None, never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

_REPUBLIC = 1911
"""The year before the first of the Republic of China (民國)."""
_ERA = "(?:(?:中[華华])?民[國国])?"
_TIME = r"(?:[ T](?:上午|下午)?\s?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
_WORDS = r"\s?年\s?(?P<month>[0-9]{1,2})\s?月\s?(?P<day>[0-9]{1,2})\s?日"
_MARKS = r"\s?(?P<mark>[./-])\s?(?P<month>[0-9]{1,2})\s?(?P=mark)\s?(?P<day>[0-9]{1,2})"
DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
"""Chinese digits as others write them."""
_HAN_NUMBERS = {
    tens + ones: 10 * n + m
    for n, tens in enumerate(("", "十", "二十", "三十"))
    for m, ones in enumerate(("", *"一二三四五六七八九"))
}
_HAN_DAY = "[一二三四五六七八九十]{1,3}"
_FORMS = {
    "iso": [r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"],
    "western": [rf"(?P<year>[0-9]{{4}}){rest}" for rest in (_WORDS, _MARKS)],
    "roc": [rf"{_ERA}\s?(?P<year>[0-9]{{2,3}}){rest}" for rest in (_WORDS, _MARKS)],
    "compact": ["(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"],
    "serial": [r"(?P<serial>[0-9]{5})(?:\.[0-9]+)?"],
    "chinese": [rf"(?P<year>[〇○零一二三四五六七八九]{{4}})年(?P<month>{_HAN_DAY})月(?P<day>{_HAN_DAY})日"],
    "month_day": [r"(?P<month>[0-9]{1,2})(?:\s?月\s?|[./-])(?P<day>[0-9]{1,2})\s?[日号]?"],
}
"""How each form is written, after full-width characters became narrow."""
_WHOLE = {form: [re.compile(f"{text}{_TIME}") for text in texts] for form, texts in _FORMS.items()}
# 1130305 is a day where the whole cell says it; within a text seven digits may be anything.
_WHOLE["roc"].append(re.compile("(?P<year>[0-9]{3})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"))
_WITHIN = {form: [re.compile(rf"(?<![0-9〇○零年]){text}(?![0-9])") for text in texts] for form, texts in _FORMS.items()}
_SERIAL_ZERO = date(1899, 12, 30)
"""Day 0 of spreadsheets, counting from 1 March 1900 on (ECMA-376 part 1, 18.17.4.1, date base 1900)."""
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


def parse_day(text: str, forms: Sequence[str], year: str = "") -> date | None:
    """Return the day that `text` says in one of `forms`, or None when it says no such day.

    Forms are iso, western, roc, compact, serial, chinese, and month_day, which takes its year from `year`. The whole
    text has to be a day; a time of day behind it is passed over. Months without a day are no day.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    matches = (pattern.fullmatch(plain) for form in forms for pattern in _WHOLE[form])
    return next((_read(match, year) for match in matches if match), None)


def find_day(text: str, forms: Sequence[str], which: str, year: str = "") -> date | None:
    """Return the `first` or the `last` day that stands inside `text` in one of `forms`; None when there is none."""
    plain = unicodedata.normalize("NFKC", text)
    found = [(match.start(), match) for form in forms for pattern in _WITHIN[form] for match in pattern.finditer(plain)]
    days = [day for _, match in sorted(found, key=lambda pair: pair[0]) if (day := _read(match, year))]
    return (days[0] if which == "first" else days[-1]) if days else None


def _read(match: re.Match[str], year: str) -> date | None:
    parts = match.groupdict()
    if parts.get("serial"):
        return _SERIAL_ZERO + timedelta(days=int(parts["serial"]))
    written = parts.get("year") or unicodedata.normalize("NFKC", year).strip().removesuffix("年")
    month, day = _number(parts["month"]), _number(parts["day"])
    written = written.translate(DIGITS)
    if not written.isdecimal():
        return None
    republic = len(written) < 4
    return _day(int(written) + (_REPUBLIC if republic else 0), month, day)


def _number(text: str) -> int:
    """A number in digits, or a Chinese one; 0, which is no month and no day, for anything else."""
    return int(text) if text.isdecimal() else _HAN_NUMBERS.get(text, 0)


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
