"""The events of one row: which of them there are, on which day, by whom, and what they carry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from huiyin import edit
from huiyin.ledger.dates import Letter, find_day, find_letter, parse_day
from huiyin.ledger.handlers import Handlers, handlers
from huiyin.ledger.line import Line
from huiyin.ledger.mapping import (
    ENTRY,
    Choice,
    CommitmentSpec,
    DocumentSpec,
    EventSpec,
    Setting,
)
from huiyin.ledger.outcomes import Noun, shown, unfit
from huiyin.ledger.scene import GOVERNMENT, Scene, actors
from huiyin.ledger.turns import in_turn

CHANNEL = "import"
AGENCIES = ("agency", "lead")
"""Keys of events that hold the id of an agency."""
_DAYS = ("due", "proposer_told_on")
"""Keys of events that hold a day."""
_TEXTS = {
    "reason": (
        *("refused", "return_requested", "return_refused", "objected", "extension_requested", "extended"),
        *("extension_refused", "rehandling_ordered", "reopened"),
    ),
    "text": ("co_opinion", "progressed", "followed_up", "looked_back", "evaluated"),
}
"""Texts that a type of event has to have (`schema/proposal.schema.json`)."""
GROUND = "as-stated"
"""The one ground for refusing that the pack of imported records has; the ledger's own words are the reason."""
UNSAID = "台账没有写"
"""What stands for a text that the ledger does not have."""

Event = dict[str, Any]


def events_of(scene: Scene) -> tuple[list[Event], list[Noun]]:
    """Return the events of the row in the order of their days, and the agencies they name; raises UnfitError."""
    assigned = next((spec for spec in scene.mapping.events if spec.type == "assigned"), None)
    named = Handlers()
    if assigned is not None and (assigned.when is None or scene.line.holds(assigned.when)):
        named = handlers(scene.line, assigned)
        ids = [scene.agency(written) for written in named.written]
        apart = () if named.lead else tuple(dict.fromkeys(ids[: len(named.separate)]))
        scene = replace(scene, lead=ids[0] if named.lead else "", separate=apart)
    found: list[Event] = []
    for spec, is_step in in_turn(scene.mapping, found):
        found.extend(_step(scene, spec) if is_step else _main(scene, spec, named))
    ordered = edit.by_day(found)
    return [{"id": f"e{n}", **event} for n, event in enumerate(ordered, start=1)], list(scene.agencies.values())


def _main(scene: Scene, spec: EventSpec, named: Handlers) -> Iterator[Event]:
    """The event of one of the types that have a section of their own, where the row has it."""
    if spec.when is not None and not scene.line.holds(spec.when):
        return
    line, office = scene.line, scene.body.office
    match spec.type:
        case "accepted":
            if spec.number is not None and all(line.text(hole) for hole in spec.number.holes):
                number = " ".join(spec.number.fill(line.values).split())
                yield _event(scene, spec, office, {"number": number})
        case "assigned":
            if named.written:
                by = GOVERNMENT if spec.by == "government_office" else office
                yield _event(scene, spec, by, _assignment(scene, named))
        case "replied":
            yield from _replied(scene, spec)
        case "rated":
            yield from _rated(scene, spec)
        case "closed":
            yield _event(scene, spec, office, {})
        case _:
            yield _event(scene, spec, scene.proposer, {}, scene.note if spec.type == "submitted" else "")


def _step(scene: Scene, spec: EventSpec) -> Iterator[Event]:
    """The events that one of the mapping's other steps gives: one, or one for each entry of a cell."""
    if spec.when is not None and not scene.line.holds(spec.when):
        return
    lines = [scene.line]
    if spec.each is not None:
        cell = scene.line.text(spec.each.column)
        pieces = re.split("|".join(map(re.escape, spec.each.separators)), cell)
        lines = [replace(scene.line, cells={**scene.line.cells, ENTRY: (p.strip(),)}) for p in pieces if p.strip()]
    for line in lines:
        here = replace(scene, line=line)
        carried = {key: value for key, setting in (spec.carried or {}).items() if (value := _value(here, key, setting))}
        for actor in actors(here, spec):
            yield _event(here, spec, actor, {**_unsaid(spec.type, carried), **carried})


def _unsaid(kind: str, carried: Mapping[str, Any]) -> dict[str, str]:
    """Words for a text that the law wants of an event and the ledger does not have: no row is lost for that."""
    wanted = [key for key, kinds in _TEXTS.items() if kind in kinds and key not in carried]
    if kind == "rated" and "dissatisfied" in carried.values() and "reasons" not in carried:
        wanted.append("reasons")
    ground = {"ground": GROUND} if kind == "refused" else {}
    return {**ground, **dict.fromkeys(wanted, UNSAID)}


def _value(scene: Scene, key: str, setting: Setting) -> Any:
    """What an event carries under a key; nothing where the row's cell is empty and no default stands for it."""
    line = scene.line
    if setting.always is not None or setting.text is not None:
        text = setting.always if setting.text is None else setting.text.fill(line.values).strip()
    elif setting.table is not None:
        text = line.choose(setting.table) if line.text(setting.column) or setting.default else ""
        scene.defaulted.extend(line.untabled(setting.table))
    else:
        text = line.text(setting.column) or setting.default or ""
    if not text:
        return None
    if key in AGENCIES:
        return scene.agency(text)
    if key in _DAYS:
        day = parse_day(text, setting.form or ("iso", "western"))
        if day is None:
            raise _no_day(setting.column, text, None)
        return day.isoformat()
    return int(text) if key == "round" and text.isdecimal() else text


def _event(scene: Scene, spec: EventSpec, by: str, carried: Mapping[str, Any], note: str = "") -> Event:
    """One event with its keys in the order of the schema, but for its id."""
    letter = _letter(scene.line, spec.document)
    event: Event = {"type": spec.type, **_day(scene, spec, letter), "by": by}
    if spec.type == "rated":
        event["recorded_by"] = scene.body.office
    event["channel"] = CHANNEL
    number = letter.number if letter else scene.line.text(spec.document.column if spec.document else None)
    if number:
        event["document"] = {"number": number}
    if note:
        event["note"] = note
    return {**event, **carried}


def _day(scene: Scene, spec: EventSpec, letter: Letter | None) -> dict[str, str]:
    """The day of an event, or why it has none; raises UnfitError where the mapping says that there must be one."""
    where, line = spec.day, scene.line
    if where.unknown is not None:
        return {"undated": where.unknown.fill(line.values)}
    cell = line.text(where.column)
    year = where.year.fill(line.values) if where.year else ""
    if where.letter:
        day = letter.day if letter else None
    elif where.inside:
        day = find_day(cell, where.form, where.inside, year)
    else:
        day = parse_day(cell, where.form, year)
    if day is not None and day <= scene.today:
        return {"on": day.isoformat()}
    if where.otherwise is None:
        raise _no_day(where.column or "", cell, day)
    reason = where.otherwise.fill(line.values)
    return {"undated": f"{reason}（原文：{shown(cell)}）" if cell else reason}


def _no_day(column: str, cell: str, day: date | None) -> Exception:
    detail = (f"“{shown(cell)}”", f'"{shown(cell)}"')
    if day:
        detail = (f"“{shown(cell)}”还没有到", f'"{shown(cell)}" is still to come')
    if not cell:
        detail = ("这一格是空的", "the cell is empty")
    return unfit(
        "day-unreadable", f"必须有日期而读不出：{column}", f"no day where there must be one: {column}", *detail
    )


def _letter(line: Line, document: DocumentSpec | None) -> Letter | None:
    if document is None or document.letter_in is None:
        return None
    text = line.text(document.letter_in)
    return find_letter(text, document.form, document.preceded_by, document.followed_by)


def _assignment(scene: Scene, named: Handlers) -> dict[str, Any]:
    carried: dict[str, Any] = {"lead": scene.lead} if scene.lead else {}
    for key, written in (("co", named.co), ("separate", named.separate)):
        identifiers = list(dict.fromkeys(map(scene.agency, written)))
        identifiers = [identifier for identifier in identifiers if identifier != scene.lead]
        if identifiers:
            carried[key] = identifiers
    return carried


def _replied(scene: Scene, spec: EventSpec) -> Iterator[Event]:
    line = scene.line
    document = spec.document.column if spec.document else None
    told = [spec.text, spec.letter, document, spec.day.column, spec.reply_class.column if spec.reply_class else None]
    if spec.when is None and not any(line.text(column) for column in told):
        return
    named = scene.agency(line.text(spec.by)) if spec.by and line.text(spec.by) else scene.lead
    answering = (named,) if named else scene.separate if spec.by_handlers else ()
    if not answering:
        raise unfit(
            "reply-without-agency",
            "有答复而没有主办单位",
            "a reply, but no lead agency",
            "补上主办单位，或在映射中写 lead.always；分办的写 replied.by",
            "add the agency, or say lead.always in the mapping; replied.by where agencies answer separately",
        )
    carried: dict[str, Any] = {"class": line.choose(spec.reply_class or Choice(always="not_stated"))}
    for key, column in (("letter", spec.letter), ("text", spec.text)):
        if line.text(column):
            carried[key] = line.text(column)
    for n, by in enumerate(answering, start=1):
        if spec.commitment is not None and line.text(spec.commitment.text):
            carried["commitments"] = [_commitment(line, spec.commitment, by, n)]
        yield _event(scene, spec, by, carried)


def _commitment(line: Line, spec: CommitmentSpec, owner: str, number: int) -> dict[str, str]:
    text, due = line.text(spec.text), line.text(spec.due)
    day = parse_day(due, spec.form)
    if due and day is None:
        text = f"{text}（期限原文：{due}）"
    return {"id": f"c{number}", "text": text, "owner": owner, **({"due": day.isoformat()} if day else {})}


def _rated(scene: Scene, spec: EventSpec) -> Iterator[Event]:
    attitude, result = spec.attitude, spec.result
    if attitude is None or result is None:
        return
    if scene.line.text(attitude.column) and scene.line.text(result.column):
        carried = {"attitude": scene.line.choose(attitude), "result": scene.line.choose(result)}
        reasons = scene.line.text(spec.reasons)
        carried |= {"reasons": reasons} if reasons else {}
        yield _event(scene, spec, scene.proposer, {**carried, **_unsaid("rated", carried)})
