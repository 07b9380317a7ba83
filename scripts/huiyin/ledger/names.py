"""Names of people and agencies in cells: several in one, blanks inside, kinds of middle dots, misspellings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

SEPARATORS = ("、", "，", ",", "；", ";", "／", "/", "\n")
"""What stands between names where the mapping does not say otherwise."""
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ue000-\uf8ff\U00020000-\U0003ffff"
_DOT = re.compile(rf"(?<=[{_HAN}])\s*[.．﹒‧·•・･⋅∙]\s*(?=[{_HAN}])")
_INNER = re.compile(rf"(?<=[{_HAN}])\s+(?=[{_HAN}])")
_WHOLE_NAME = re.compile(rf"[{_HAN}]{{2,4}}")
_NAME = re.compile(rf"(?:[^\W\d_]|[{_HAN}])+(?:[ '’·‧．・.-]+(?:[^\W\d_]|[{_HAN}])+)*")
_LONGEST = 30
_COUNT = "[0-9０-９〇一二三四五六七八九十百两]{1,4}"
_WHO = "(?:人|名|位)?(?:人大代表|政协委员|代表|委员|委員|议员|議員|同志)?"
_AND_OTHERS = re.compile(
    rf"(?<=..)\s*(?:等\s*(?:共|计)?\s*(?:{_COUNT}\s*[人名位]?|(?=[人代委议議]))\s*{_WHO}"
    rf"|[（(〔\[]\s*(?:共|等|计)?\s*{_COUNT}\s*[人名位]\s*[）)〕\]])\s*\Z"
)
"""What follows a name that stands for several: 等5人, 等12名代表, （3人）."""
_NOBODY = frozenset(
    ["无", "無", "略", "同上", "暂无", "没有", "不详", "未知", "全体代表", "全体委员", "全體議員", "全體委員"]
)
"""Words in a column of names that are nobody's."""


class Found(NamedTuple):
    """A name, and how the cell writes it (empty where the table of spellings made several names of one text)."""

    name: str
    written: str


class Names(NamedTuple):
    """The names in a cell, and whether the table of spellings changed one of them."""

    found: tuple[Found, ...]
    respelt: bool


def split(cell: str, separators: Sequence[str], spellings: Mapping[str, Sequence[str]], dot: str) -> Names:
    """Return the names in `cell`, in order; `spellings` is looked up for the cell, for each part and for each name.

    Of 张三等5人 and 张三（5人） only 张三 is a name; that more was written is told like a spelling, for the note.
    Blanks inside a name go. They divide a part only where each piece is a whole name of two to four characters.
    """
    if cell in spellings:
        return Names(tuple(Found(name, "") for name in spellings[cell]), True)
    found: list[Found] = []
    respelt = False
    for part in re.split("|".join(re.escape(separator) for separator in separators), cell):
        words = _pieces(part)
        known = part.strip() in spellings or tidy(part, dot) in spellings or _first(tidy(part, dot))
        several = not known and len(words) > 1 and all(_WHOLE_NAME.fullmatch(word) for word in words)
        for written in words if several else [part.strip()]:
            key = written if written in spellings else tidy(written, dot)
            first = _first(key)
            if key in spellings:
                respelt = True
                found.extend(Found(name, "") for name in spellings[key])
            elif first:
                respelt = True
                found.append(Found(first, ""))
            elif key:
                found.append(Found(key, written))
    return Names(tuple(found), respelt)


def _first(name: str) -> str:
    """The name before 等5人 or （3人）; empty where nothing of the kind follows a name."""
    match = _AND_OTHERS.search(name)
    found = name[: match.start()].strip() if match else ""
    return "" if is_odd(found) else found


def _pieces(part: str) -> list[str]:
    """The pieces between blanks; two single characters beside each other are one name that was spread (李 中)."""
    found: list[str] = []
    for word in part.split():
        if found and len(word) == len(found[-1]) == 1:
            found[-1] += word
        else:
            found.append(word)
    return found


def tidy(name: str, dot: str = "·") -> str:
    """Return a name in one spelling: no blanks between Chinese characters, one kind of middle dot."""
    plain = _DOT.sub(dot, unicodedata.normalize("NFC", name))
    return " ".join(_INNER.sub("", plain).split())


def is_odd(name: str) -> bool:
    """Whether this can hardly be a person's name: digits, brackets, 等, a question mark, a cut character, 无."""
    return name in _NOBODY or len(name) > _LONGEST or "等" in name or _NAME.fullmatch(name) is None
