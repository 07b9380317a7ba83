"""Numbers of landlines. An office's own, by the words before it, is no personal data.

Numbers of hotlines (12345, 95598, 400-…) have neither an area code nor the length, so they are never found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from huiyin.personal.context import before
from huiyin.personal.kinds import Kind, Piece
from huiyin.personal.stretch import Stretch

_GAP = r"[ \u00a0\u3000\-‐‑–—－.．/]{1,3}"
_AREA = r"(?:10|2[0-57-9]|[3-9][0-9]{2})"
_LOCAL = r"[2-8][0-9]{2,3}[ \-－]?[0-9]{4}"
_MORE = r"(?: ?[\-－转#]{1,2} ?[0-9]{1,6}| ?(?:分机|ext\.?) ?[0-9]{1,6})?(?![0-9A-Za-z])"
_WRITTEN = re.compile(
    rf"(?<![0-9A-Za-z.\-])(?:\+?86{_GAP}[(（]?0?{_AREA}[)）]?|[(（]0{_AREA}[)）]|0{_AREA}(?={_GAP}|\s?\n))"
    rf"(?:{_GAP}|\s?\n[ \t]{{0,80}}| ?){_LOCAL}{_MORE}"
)
_RUN = re.compile(rf"(?<![0-9A-Za-z.\-])0{_AREA}[2-8][0-9]{{6,7}}{_MORE}")
_PHONE = re.compile(r"电话|座机|固话|联系|拨打|致电|传真|(?i:tel|phone)")
_PRIVATE = re.compile(r"家|宅|住户|本人|个人|居民|来信人|反映人")
_PUBLIC = re.compile(
    r"热线|服务|咨询|投诉|举报|监督|值班|办公|总机|传真|客服|窗口|受理|公开电话|公布|报修|抢修|急救|应急|便民|中心|公示|前台"
)
_HOME = re.compile(
    r"(?:家(?:里|中|庭)?的?(?:电话|座机|固话)|住?宅电(?:话)?|住户电话)(?:号码?)?[是为]?[:： ]?"
    rf"(?P<number>{_LOCAL})(?![0-9A-Za-z])"
)


def landlines(text: str, stretch: Stretch | None) -> Iterator[Piece]:
    """Yield the numbers with an area code in a stretch, or, without one, those that are said to be of a home."""
    if stretch is None:
        if "家" in text or "宅" in text or "住户" in text:
            yield from (Piece(*match.span("number"), Kind.LANDLINE) for match in _HOME.finditer(text))
        return
    if "0" not in stretch.digits and "86" not in stretch.digits:
        return
    first, last = max(0, stretch.groups[0][0] - 2), stretch.groups[-1][1] + 12
    for match in _WRITTEN.finditer(text, first, last):
        if not _is_public(text, match.start()):
            yield Piece(*match.span(), Kind.LANDLINE)
    for match in _RUN.finditer(text, first, last):
        if _PHONE.search(before(text, match.start(), 8)) and not _is_public(text, match.start()):
            yield Piece(*match.span(), Kind.LANDLINE)


def _is_public(text: str, start: int) -> bool:
    """Whether the words before it say that it is an office's number, and none that it is a person's."""
    ahead = before(text, start, 20)
    return bool(_PUBLIC.search(ahead)) and not _PRIVATE.search(ahead)
