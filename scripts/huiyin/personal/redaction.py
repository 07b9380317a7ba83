"""How a piece of personal data may be written instead, so that nobody can be recognised."""

from __future__ import annotations

import re

from huiyin.personal.kinds import Kind

_DIGIT = re.compile(r"[0-9A-Za-z〇零一幺二三四五六七八九十壹贰叁肆伍陆柒捌玖]")
_LINES = re.compile(r"\s{0,3}\n[ \t]{0,80}")


def redact(text: str, kind: Kind) -> str:
    """Return the text of a piece with what identifies replaced by stars; what is left tells no more than its class."""
    text = _LINES.sub(" ", text)
    if kind is Kind.NAME:
        return text[:1] + "某某"
    if kind is Kind.MAIL:
        return re.sub(r"^.{1,70}?(?=@|[\[(（【{<#] ?[aA][tT]| [aA][tT] )", "***", text, count=1)
    if kind is Kind.PLATE:
        return text[:2] + "*****"
    keep_first, keep_last = {Kind.MOBILE: (3, 4), Kind.IDENTITY: (2, 0), Kind.TRAVEL: (1, 0)}.get(kind, (0, 0))
    if kind is Kind.MOBILE:
        text = re.sub(r"^[(（]?\+?(?:00)?86[)）]?[ \-－]{0,3}(?=.{11})", "", text)
    if kind is Kind.LANDLINE and (area := re.match(r"[(（+]?[0-9]{2,4}(?:[)）] ?|[ \-－—.])", text)):
        return area[0] + "********"
    marks = list(_DIGIT.finditer(text))
    hidden = marks[keep_first : len(marks) - keep_last]
    covered = {match.start() for match in hidden}
    return "".join("*" if n in covered else char for n, char in enumerate(text))
