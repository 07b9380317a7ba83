"""The events of one row: which of them there are, on which day, by whom, and what they carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from huiyin import edit
from huiyin.ledger import names
from huiyin.ledger.dates import Letter, find_letter, parse_day
from huiyin.ledger.ids import short
from huiyin.ledger.line import Line
from huiyin.ledger.mapping import BodySpec, Choice, DaySpec, DocumentSpec, EventSpec, LedgerMap
from huiyin.ledger.outcomes import Noun, shown, unfit

GOVERNMENT = "o-gov"
"""The id of the government office in a registry that an import writes."""
CHANNEL = "import"


@dataclass(frozen=True)
class Scene:
    """What the events of a row have in common: the line, the mapping, the body, the first proposer, and today."""

    line: Line
    mapping: LedgerMap
    body: BodySpec
    proposer: str
    note: str
    today: date


Event = dict[str, Any]


def events_of(scene: Scene) -> tuple[list[Event], list[Noun]]:
    """Return the events of the row in the order of their days, and the agencies they name; raises UnfitError."""
    found: list[Event] = []
    agencies: list[Noun] = []
    lead = ""
    for spec in scene.mapping.events:
        if spec.when is not None and not scene.line.holds(spec.when):
            continue
        letter = _letter(scene.line, spec.document)
        made: Event | None
        match spec.type:
            case "submitted":
                made = _event(scene, spec, scene.proposer, letter, {}, scene.note)
            case "accepted":
                made = _accepted(scene, spec, letter)
            case "assigned":
                nouns = _handlers(scene, spec)
                agencies.extend(nouns)
                lead = nouns[0].id if nouns else ""
                made = _assigned(scene, spec, letter, nouns)
            case "replied":
                made = _replied(scene, spec, letter, lead)
            case "rated":
                made = _rated(scene, spec)
            case "closed":
                made = _event(scene, spec, scene.body.office, None, {})
            case _:
                made = _event(scene, spec, scene.proposer, None, {})
        if made is not None:
            found.append(made)
    ordered = edit.by_day(found)
    return [{"id": f"e{n}", **event} for n, event in enumerate(ordered, start=1)], agencies


def _event(
    scene: Scene, spec: EventSpec, by: str, letter: Letter | None, carried: Mapping[str, Any], note: str = ""
) -> Event:
    """One event with its keys in the order of the schema, but for its id."""
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
    day = letter.day if where.letter and letter else parse_day(cell, where.form)
    if day is not None and day <= scene.today:
        return {"on": day.isoformat()}
    if where.otherwise is None:
        raise _no_day(where, cell, day)
    reason = where.otherwise.fill(line.values)
    return {"undated": f"{reason}（原文：{shown(cell)}）" if cell else reason}


def _no_day(where: DaySpec, cell: str, day: date | None) -> Exception:
    detail = (f"“{shown(cell)}”", f'"{shown(cell)}"')
    if day:
        detail = (f"“{shown(cell)}”还没有到", f'"{shown(cell)}" is still to come')
    if not cell:
        detail = ("这一格是空的", "the cell is empty")
    return unfit(
        "day-unreadable",
        f"必须有日期而读不出：{where.column}",
        f"no day where there must be one: {where.column}",
        *detail,
    )


def _letter(line: Line, document: DocumentSpec | None) -> Letter | None:
    if document is None or document.letter_in is None:
        return None
    text = line.text(document.letter_in)
    return find_letter(text, document.form, document.preceded_by, document.followed_by)


def _accepted(scene: Scene, spec: EventSpec, letter: Letter | None) -> Event | None:
    if spec.number is None or not all(scene.line.text(hole) for hole in spec.number.holes):
        return None
    number = " ".join(spec.number.fill(scene.line.values).split())
    return _event(scene, spec, scene.body.office, letter, {"number": number})


def _handlers(scene: Scene, spec: EventSpec) -> list[Noun]:
    """The lead agency and the co-handlers, each once; none when there is no lead."""
    lead = spec.lead or scene.line.text(spec.lead_column)
    if not lead:
        return []
    found = {noun.id: noun for noun in [agency(lead, scene.body, scene.mapping)]}
    for column in spec.co:
        for cell in scene.line.items(column):
            for part in names.split(cell, spec.separators, {}, "·").found:
                noun = agency(part.written, scene.body, scene.mapping)
                found.setdefault(noun.id, noun)
    return list(found.values())


def _assigned(scene: Scene, spec: EventSpec, letter: Letter | None, handlers: Sequence[Noun]) -> Event | None:
    if not handlers:
        return None
    carried: dict[str, Any] = {"lead": handlers[0].id}
    if handlers[1:]:
        carried["co"] = [noun.id for noun in handlers[1:]]
    by = GOVERNMENT if spec.by == "government_office" else scene.body.office
    return _event(scene, spec, by, letter, carried)


def _replied(scene: Scene, spec: EventSpec, letter: Letter | None, lead: str) -> Event | None:
    line = scene.line
    document = spec.document.column if spec.document else None
    told = [spec.text, spec.letter, document, spec.day.column, spec.reply_class.column if spec.reply_class else None]
    if spec.when is None and not any(line.text(column) for column in told):
        return None
    if not lead:
        raise unfit(
            "reply-without-agency",
            "有答复而没有主办单位",
            "a reply, but no lead agency",
            "补上主办单位，或在映射中写 lead.always",
            "add the agency, or say lead.always in the mapping",
        )
    carried: dict[str, Any] = {"class": line.choose(spec.reply_class or Choice(always="not_stated"))}
    for key, column in (("letter", spec.letter), ("text", spec.text)):
        if line.text(column):
            carried[key] = line.text(column)
    return _event(scene, spec, lead, letter, carried)


def _rated(scene: Scene, spec: EventSpec) -> Event | None:
    attitude, result = spec.attitude, spec.result
    if attitude is None or result is None:
        return None
    if not (scene.line.text(attitude.column) and scene.line.text(result.column)):
        return None
    carried = {"attitude": scene.line.choose(attitude), "result": scene.line.choose(result)}
    reasons = scene.line.text(spec.reasons)
    return _event(scene, spec, scene.proposer, None, {**carried, **({"reasons": reasons} if reasons else {})})


def agency(written: str, body: BodySpec, mapping: LedgerMap) -> Noun:
    """Return the agency that a cell names: its right name, and the body's place before it for the full one."""
    table = mapping.agencies.get(body.id, {})
    plain = names.tidy(written)
    name = table.get(written) or table.get(plain) or plain
    full = name if name.startswith(body.place) else f"{body.place}{name}"
    data: dict[str, Any] = {"id": f"a-{short(body.id, full)}", "name": full}
    if name != full:
        data["short"] = name
    return Noun("agency", data["id"], {**data, "level": body.level}, written)
