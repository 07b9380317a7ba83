"""Writing a feed in Atom (RFC 4287). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from huiyin.findings import Text

SPACE = "http://www.w3.org/2005/Atom"
MEDIA = "application/atom+xml"
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML cannot hold."""


@dataclass(frozen=True)
class Entry:
    """One thing that happened: its name for ever, title, day, address, whose act it was, and what was said."""

    id: str
    title: str
    day: date
    changed: date
    address: str
    author: str
    lines: Sequence[str]
    category: Text


def feed(identifier: str, title: str, addresses: tuple[str, str], day: date, entries: Iterable[Entry]) -> bytes:
    """Return the feed of that name; `addresses` are its own and that of the page, `day` counts where nothing happened.

    Days are told as midnight in China's time: the registry knows days and no hours.
    """
    own, page = addresses
    rows = list(entries)
    updated = max((entry.changed for entry in rows), default=day)
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        f'<feed xmlns="{SPACE}" xml:lang="zh">\n',
        f"<id>{_text(identifier)}</id>\n<title>{_text(title)}</title>\n<updated>{_moment(updated)}</updated>\n",
        f'<link rel="self" type="{MEDIA}" href={_quoted(own)}/>\n<link rel="alternate" href={_quoted(page)}/>\n',
        "<generator>huiyin</generator>\n",
        *map(_entry, rows),
        "</feed>\n",
    ]
    return "".join(parts).encode()


def _entry(entry: Entry) -> str:
    content = _text("\n".join(entry.lines))
    return (
        f"<entry>\n<id>{_text(entry.id)}</id>\n<title>{_text(entry.title)}</title>\n"
        f"<published>{_moment(entry.day)}</published>\n<updated>{_moment(entry.changed)}</updated>\n"
        f"<author><name>{_text(entry.author)}</name></author>\n"
        f"<category term={_quoted(entry.category.en)} label={_quoted(entry.category.zh)}/>\n"
        f'<link rel="alternate" href={_quoted(entry.address)}/>\n<content type="text">{content}</content>\n</entry>\n'
    )


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00+08:00"


def _text(text: str) -> str:
    return escape(_UNSEEN.sub("", text), quote=False)


def _quoted(text: str) -> str:
    return f'"{escape(_UNSEEN.sub("", text))}"'
