"""Numbers of identity cards, bank cards and telephones: stretches of digits, however they are split.

A stretch is all digits with what may stand between them. It is cut into groups, and a number is a run of whole groups,
so that a number inside a longer one is never taken for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from huiyin.personal.checks import has_birthday, is_card, is_identity, is_old_identity
from huiyin.personal.context import after, before
from huiyin.personal.kinds import Kind, Piece
from huiyin.personal.landlines import landlines
from huiyin.personal.stretch import Stretch, stretches

_PHONE = re.compile(r"电话|手机|联系|座机|微信|短信|拨打|致电|号码|(?i:tel|mobile|phone|sms)")
_PAPER = re.compile(r"身份|证件|证号")
_CARD = re.compile(r"卡|账[号户]|帐[号户]")
_COUNTED = re.compile(r"单号|流水号|序列号|批次号|代码|发票号码?|字第|第|[¥￥$]|合计|统一社会信用|IMEI")
"""Words behind which a number counts things."""
_MEASURE = re.compile(r" ?(?:元|[万亿千]|吨|立方|平方|米|公里|人次|美元|件|户|公斤|升|度)")

_MOBILE = {(11,), (3, 4, 4), (3, 8), (7, 4), (4, 4, 3), (4, 3, 4), (3, 3, 5), (5, 6), (6, 5), (1,) * 11}
"""How the eleven digits are usually grouped."""
_OLD = {(15,), (6, 6, 3), (6, 9), (8, 7), (1,) * 15}
_USUAL_CARD = {(4, 4, 4, 4, n) for n in (1, 2, 3)} | {(4, 4, 4, n) for n in (4, 5, 6, 7)} | {(4, 6, 5)}


def find(text: str) -> Iterator[Piece]:
    """Yield the numbers in `text`, the surer first within each stretch."""
    for stretch in stretches(text):
        if len(stretch.groups) == 1 and len(stretch.digits) > 19:
            continue
        yield from _identities(text, stretch)
        yield from _cards(text, stretch)
        yield from _mobiles(text, stretch)
        yield from landlines(text, stretch)
    yield from landlines(text, None)


def _identities(text: str, stretch: Stretch) -> Iterator[Piece]:
    for first, last, digits in stretch.windows(18):
        if has_birthday(digits) and stretch.stands_alone(first, last):
            start, end = stretch.span(first, last)
            if is_identity(digits) or (_PAPER.search(before(text, start)) and stretch.begins(first, "GJL")):
                yield stretch.take(first, last, Piece(start, end, Kind.IDENTITY))
    for first, last, digits in stretch.windows(15):
        if is_old_identity(digits) and stretch.stands_alone(first, last) and stretch.begins(first):
            start, end = stretch.span(first, last)
            ahead = before(text, start)
            if (stretch.shape(first, last) in _OLD and not _COUNTED.search(ahead)) or _PAPER.search(ahead):
                yield stretch.take(first, last, Piece(start, end, Kind.IDENTITY))


def _cards(text: str, stretch: Stretch) -> Iterator[Piece]:
    for length in (19, 18, 17, 16, 15):
        for first, last, digits in stretch.windows(length):
            if not is_card(digits) or not stretch.stands_alone(first, last) or not stretch.begins(first):
                continue
            start, end = stretch.span(first, last)
            named = _CARD.search(before(text, start))
            usual = last - first <= 1 or stretch.shape(first, last) in _USUAL_CARD
            if named or (usual and not _COUNTED.search(before(text, start, 6)) and not _MEASURE.match(text, end)):
                yield stretch.take(first, last, Piece(start, end, Kind.CARD))


def _mobiles(text: str, stretch: Stretch) -> Iterator[Piece]:
    for prefix in ("0086", "86", ""):
        for first, last, digits in stretch.windows(11 + len(prefix)):
            own = digits[len(prefix) :]
            if not digits.startswith(prefix) or own[0] != "1" or own[1] < "3" or not stretch.begins(first):
                continue
            start, end = stretch.span(first, last)
            if _MEASURE.match(text, end) or after(text, end, 1) == "%":
                continue
            named = _PHONE.search(before(text, start, 10))
            shape = stretch.shape(first, last, skip=len(prefix))
            alone = stretch.stands_alone(first, last, beside=11 + len(prefix))
            if named and alone:
                fits = True
            else:
                fits = shape in _MOBILE and stretch.joined_plainly(first, last, shape == (3, 4, 4))
                fits = fits and not _COUNTED.search(before(text, start, 5))
            if alone and fits:
                yield stretch.take(first, last, _with_plus(text, Piece(start, end, Kind.MOBILE)))


def _with_plus(text: str, piece: Piece) -> Piece:
    """Return the piece with the "+" or "(+" that stands before the country's code."""
    start = piece.start
    while start and text[start - 1] in "+(（" and piece.start - start < 2 and text[piece.start] in "80":
        start -= 1
    return piece._replace(start=start)
