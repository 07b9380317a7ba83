"""Texts from people we do not know, made harmless for a comment: nothing mentions, embeds or leads elsewhere. Pure."""

from __future__ import annotations

import re

from huiyin.report import visible

LONGEST = 60_000
"""Characters of a comment; hosts refuse more than 65,536."""
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\(([^\s()<>]{1,600})\)")
_REFERENCE = re.compile(r"(?i)(@)(?=\w)|(#)(?=\d)|(GH-)(?=\d)|(https?|ftp|mailto|xmpp)(?=:)|(www)(?=\.)")
_UPWARD = re.compile(r"\.\.|%|\\\\")
"""What leads out of the address that a link begins with, or might once it is decoded."""
_ESCAPED = re.compile(r"(\\[!-/:-@\[-`{-~])")
"""A sign of punctuation behind a backslash: Markdown shows it and does nothing."""
_HELD = str.maketrans("[]", "\ue000\ue001")
_BRACKETS = str.maketrans({"\ue000": "&#91;", "\ue001": "&#93;"})
"""Brackets go by way of two characters that no visible text has, so that their numbers are not taken for references."""
_CUT = "<!-- -->"
"""What splits a word so that the host makes no link or mention of it, and that nobody sees."""


def tame(text: str, own: str) -> str:
    """Return Markdown of which only emphasis, lists, headings, tables and links below the address `own` are left."""
    cut = text[:LONGEST] + ("\n…" if len(text) > LONGEST else "")
    lines = (visible(line) for line in cut.replace("\r\n", "\n").split("\n"))
    return "\n".join(_tame(line, own) for line in lines)


def _tame(line: str, own: str) -> str:
    parts, done = [], 0
    for match in _LINK.finditer(line):
        if own and match[2].startswith(own) and not _UPWARD.search(match[2]):
            parts += [_plain(line[done : match.start()]), f"[{_plain(match[1])}]({match[2]})"]
            done = match.end()
    return "".join([*parts, _plain(line[done:])])


def _plain(text: str) -> str:
    """The text with its HTML, brackets and addresses disarmed; what a backslash disarmed already stays so."""
    parts = [part if n % 2 else _disarmed(part) for n, part in enumerate(_ESCAPED.split(text))]
    return _REFERENCE.sub(lambda match: f"{match[0]}{_CUT}", "".join(parts)).translate(_BRACKETS)


def _disarmed(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").translate(_HELD)
