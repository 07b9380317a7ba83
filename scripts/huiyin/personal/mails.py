"""E-mail addresses, also with "at" and "dot" written out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from huiyin.personal.context import before
from huiyin.personal.kinds import Kind, Piece

_LOCAL = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._%+-")
_SIGN = re.compile("@")
_AT = re.compile(r"[\[(（【{<# ] ?[aA][tT](?: ?[\])）】}>#]| )")
_DOT = r"(?: ?[.．。] ?| ?[\[(]dot[\])] ?| dot )"
_DOMAIN = re.compile(rf"[ \t]?(?:\n[ \t]{{0,80}})?[A-Za-z0-9-]{{1,63}}(?:{_DOT}[A-Za-z0-9-]{{1,63}}){{1,4}}")
_MAIL = re.compile(r"邮|信箱|(?i:mail)")


def find(text: str) -> Iterator[Piece]:
    """Yield the e-mail addresses in `text`."""
    signs = chain(_SIGN.finditer(text) if "@" in text else (), _AT.finditer(text))
    for sign in signs:
        end = sign.start() - (text[sign.start() - 1 : sign.start()] == " ")
        start = end
        while start and end - start < 64 and text[start - 1] in _LOCAL:
            start -= 1
        domain = _DOMAIN.match(text, sign.end())
        if start == end or not domain or not text[start:end].strip("."):
            continue
        local = text[start:end]
        if sign[0].startswith(" ") and not _MAIL.search(before(text, start)) and local.isalpha():
            continue  # "look at example.com"
        yield Piece(start, domain.end(), Kind.MAIL)
