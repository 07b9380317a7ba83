"""One row to one draft of a proposal, or to the reason why it is none. Pure: nothing here sees another row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from huiyin.findings import Text
from huiyin.ledger import names
from huiyin.ledger.events import events_of
from huiyin.ledger.ids import short
from huiyin.ledger.line import Line, prepare
from huiyin.ledger.mapping import BodySpec, Choice, LedgerMap, Particular
from huiyin.ledger.outcomes import Draft, Fate, Noun, Reason, Refusal, UnfitError, raw_text, shown, unfit
from huiyin.ledger.rows import Row
from huiyin.ledger.scene import Scene

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_AMOUNT = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
_NUMBERED = re.compile(
    r"(?:^|(?<=[。；;\n]))\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十0-9]{1,3}[）)]、?|[0-9]{1,2}[、.．](?![0-9])|[①-⑳])"
)
"""The number that an ask begins with."""
_LONGEST_SESSION = 200


def convert(row: Row, mapping: LedgerMap, today: date) -> Draft | Refusal:
    """Return the draft of a row, or why it is none; a day after `today` is no day."""
    line = prepare(row, mapping)
    for condition in mapping.scope:
        if line.holds(condition.when) == condition.unless:
            words = condition.reason.fill({column: shown(text) for column, text in line.values.items()})
            zh, _, en = words.partition(" / ")
            return _refused(row, Fate.OUT_OF_SCOPE, Reason("out-of-scope", Text(zh, en or zh)))
    try:
        return _draft(row, line, mapping, today)
    except UnfitError as error:
        return _refused(row, Fate.REJECTED, error.reason)


def _refused(row: Row, fate: Fate, reason: Reason) -> Refusal:
    return Refusal(row.number, fate, reason, raw_text(row.cells), row.sheet)


def _draft(row: Row, line: Line, mapping: LedgerMap, today: date) -> Draft:
    title = " ".join(line.text(mapping.title).split())
    if not title:
        raise unfit(
            "title-empty", "标题是空的", "the title is empty", f"{mapping.title} 一栏", f"column {mapping.title}"
        )
    body = mapping.bodies[line.choose(mapping.body)]
    session = _session(line, mapping, body)
    proposers, note = _proposers(line, mapping, body, session.term)
    scene = Scene(line, mapping, body, proposers[0].id, note, today)
    events, agencies = events_of(scene)
    data: dict[str, Any] = {
        "id": "",
        "kind": line.choose(mapping.kind),
        "session": session.id,
        "title": title,
        "category": line.choose(mapping.category),
        "occasion": line.choose(mapping.occasion) if mapping.occasion else "",
        "origin": line.choose(mapping.origin) if mapping.origin else "",
        "proposers": [noun.id for noun in proposers],
        "status": "",
        "situation": _joined(line, mapping.situation),
        "analysis": _joined(line, mapping.analysis),
        "asks": [{"id": f"q{n}", "text": text} for n, text in enumerate(_asks(line, mapping), start=1)],
        "particulars": [
            {"label": particular.label, "text": text}
            for particular in mapping.particulars
            if (text := _particular(line, particular))
        ],
        "source": {
            "name": mapping.source.name,
            **({"sheet": row.sheet} if row.sheet else {}),
            "row": row.number,
            "digest": row.digest,
        },
        "events": events,
    }
    tables = _tables(mapping, {event["type"] for event in events})
    untabled = (cell for choice in tables for cell in line.untabled(choice))
    return Draft(
        row=row.number,
        digest=row.digest,
        occurrence=row.occurrence,
        key=_key(line, mapping),
        sheet=row.sheet,
        raw=raw_text(row.cells),
        data={key: value for key, value in data.items() if value or key in ("id", "status")},
        nouns=(session, *proposers, *agencies),
        care=line.care,
        defaulted=(*untabled, *scene.defaulted),
    )


def _tables(mapping: LedgerMap, types: Collection[str]) -> list[Choice]:
    """The tables that spoke for a row with events of these types."""
    classes = [spec.reply_class for spec in mapping.events if spec.type in types]
    tables = [mapping.body, mapping.kind, mapping.category, mapping.occasion, mapping.origin, *classes]
    return [table for table in tables if table is not None]


def _key(line: Line, mapping: LedgerMap) -> tuple[str, ...]:
    """What identifies the row; raises UnfitError where a column of it is empty."""
    for column in mapping.key:
        if not line.text(column):
            raise unfit(
                "key-empty",
                f"认行的栏是空的：{column}",
                f"a column that identifies the row is empty: {column}",
                "补上，或改 source.key",
                "fill it, or change source.key",
            )
    return tuple(line.text(column) for column in mapping.key)


def _asks(line: Line, mapping: LedgerMap) -> list[str]:
    """The asks of the row: one a column, or one a number where the mapping says that cells are numbered."""
    cells = [line.text(column) for column in mapping.asks if line.text(column)]
    if not mapping.asks_numbered:
        return cells
    return [piece.strip() for cell in cells for piece in _NUMBERED.split(cell) if piece.strip()]


def _joined(line: Line, columns: Sequence[str]) -> str:
    return "\n".join(filter(None, map(line.text, columns)))


def _particular(line: Line, particular: Particular) -> str:
    text = line.text(particular.column)
    if not particular.unit or not _AMOUNT.fullmatch(text):
        return text
    amount = Decimal(text)
    whole = amount == amount.to_integral_value()
    return f"{int(amount) if whole else amount.normalize():,} {particular.unit}"


def _session(line: Line, mapping: LedgerMap, body: BodySpec) -> Noun:
    """The session that the row belongs to, from its cell or from several columns."""
    spec = mapping.session
    data: dict[str, Any]
    cell = line.text(spec.column)
    if spec.otherwise is not None and not cell:
        data = {"id": spec.otherwise["id"], "body": body.id, "title": spec.otherwise["title"]}
        return Noun("session", spec.otherwise["id"], data)
    parts: dict[str, str] = {}
    if spec.forms and cell:
        matches = [form.pattern.fullmatch(cell) for form in spec.forms] if len(cell) <= _LONGEST_SESSION else []
        match = next(filter(None, matches), None)
        if match is None:
            allowed = "”或“".join(form.text for form in spec.forms)
            raise unfit(
                "session-unreadable",
                "届次的写法不对",
                "the session is not written in the form",
                f"“{shown(cell)}”，应为“{allowed}”",
                f'"{shown(cell)}" instead of "{allowed}"',
            )
        parts = {name: unicodedata.normalize("NFKC", text).strip() for name, text in match.groupdict().items()}
    values = {**line.values, **parts, "body": body.id}
    needed = {*spec.title.holes, *(spec.id.holes if spec.id else ())}
    if (spec.column and not cell) or not all(values.get(name) for name in needed):
        raise unfit("session-missing", "没有届次", "no session", "届次用到的栏是空的", "a column for it is empty")
    title = spec.title.fill(values)
    named = {name: (spec.words or {}).get(text.strip(), text) for name, text in values.items()}
    identifier = f"{mapping.source.code}-s-{short(body.id, title)}"
    if spec.id is not None:
        identifier = spec.id.fill(named)
    if not _SLUG.fullmatch(identifier):
        raise unfit(
            "session-id",
            "届次编号不是小写字母、数字和连字符",
            "the id of the session is not lower-case letters, digits and hyphens",
            f"{shown(identifier)}；在 session.words 中补上写法",
            f"{shown(identifier)}: add the word to session.words",
        )
    data = {"id": identifier, "body": body.id}
    numbers = {key: int(named[key]) for key in ("term", "number") if key in parts and named[key].isdecimal()}
    data.update({key: number for key, number in numbers.items() if 1 <= number <= 99})
    data["title"] = {"zh": title, **({"en": spec.title_en.fill(values)} if spec.title_en else {})}
    return Noun("session", identifier, data, term=data.get("term"))


def _proposers(line: Line, mapping: LedgerMap, body: BodySpec, term: int | None) -> tuple[list[Noun], str]:
    """The proposers, each once and the first one leading, and a note of cells that had to be respelt."""
    spec = mapping.proposers
    found: dict[str, Noun] = {}
    respelt: list[str] = []
    for column in spec.columns:
        for cell in line.items(column):
            read = names.split(cell, spec.separators, spec.spellings or {}, spec.middle_dot)
            if read.respelt:
                respelt.append(f"{column}“{shown(cell)}”")
            for name, written in read.found:
                if names.is_odd(name):
                    raise unfit(
                        "name-odd",
                        f"姓名读不懂：{column}",
                        f"cannot be read as a name: {column}",
                        f"“{shown(name)}”；在 proposers.spellings 中写明",
                        f'"{shown(name)}": say in proposers.spellings who that is',
                    )
                identifier = f"m-{short(body.id, name)}"
                data = {"id": identifier, "name": name, "body": body.id}
                found.setdefault(identifier, Noun("member", identifier, data, written, term))
    if not found:
        raise unfit(
            "proposer-missing", "没有提出人", "no proposer", f"{'、'.join(spec.columns)} 是空的", "the cells are empty"
        )
    return list(found.values()), f"台账原文：{'；'.join(respelt)}" if respelt else ""
