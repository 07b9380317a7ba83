"""The events of one row: which of them there are, on which day, by whom, and what they carry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from huiyin import edit
from huiyin.ledger import names
from huiyin.ledger.dates import Letter, find_day, find_letter, parse_day
from huiyin.ledger.handlers import Handlers, handlers
from huiyin.ledger.ids import short
from huiyin.ledger.line import Line
from huiyin.ledger.mapping import (
    ENTRY,
    BodySpec,
    Choice,
    CommitmentSpec,
    DocumentSpec,
    EventSpec,
    LedgerMap,
    Setting,
)
from huiyin.ledger.outcomes import Noun, shown, unfit
from huiyin.ledger.turns import in_turn

GOVERNMENT = "o-gov"
"""The id of the government office in a registry that an import writes."""
CHANNEL = "import"
AGENCIES = ("agency", "lead")
"""Keys of events that hold the id of an agency."""
_DAYS = ("due", "proposer_told_on")
"""Keys of events that hold a day."""
_BY = {
    "proposer": ("submitted", "withdrawn", "rated", "objected", "followed_up"),
    "lead": ("replied", "contacted", "progressed", "extension_requested", "return_requested", "signed_for"),
    "agency": ("co_opinion",),
}
"""Whose act a type of event is where the mapping does not say so; all others are the body office's."""
_TEXTS = {
    "reason": (
        *("refused", "return_requested", "return_refused", "objected", "extension_requested", "extended"),
        *("extension_refused", "rehandling_ordered", "reopened"),
    ),
    "text": ("co_opinion", "progressed", "followed_up", "looked_back", "evaluated"),
}
"""Texts that a type of event has to have (`schema/proposal.schema.json`)."""
UNSAID = "台账没有写"
"""What stands for a text that the ledger does not have."""
_ROLE = {kind: role for role, kinds in _BY.items() for kind in kinds}

Event = dict[str, Any]


@dataclass(frozen=True)
class Scene:
    """What the events of a row have in common: the line, the mapping, the body, the first proposer, and today."""

    line: Line
    mapping: LedgerMap
    body: BodySpec
    proposer: str
    note: str
    today: date
    lead: str = ""
    agencies: dict[str, Noun] = field(default_factory=dict)
    """The agencies that the row's events name, in the order in which they do."""

    def agency(self, written: str) -> str:
        """Return the id of the agency that a cell names, and remember it."""
        noun = agency(written, self.body, self.mapping)
        return self.agencies.setdefault(noun.id, noun).id


def events_of(scene: Scene) -> tuple[list[Event], list[Noun]]:
    """Return the events of the row in the order of their days, and the agencies they name; raises UnfitError."""
    assigned = next((spec for spec in scene.mapping.events if spec.type == "assigned"), None)
    named = Handlers()
    if assigned is not None and (assigned.when is None or scene.line.holds(assigned.when)):
        named = handlers(scene.line, assigned)
        ids = [scene.agency(written) for written in named.written]
        scene = replace(scene, lead=ids[0] if named.lead else "")
    found: list[Event] = []
    for spec, is_step in in_turn(scene.mapping):
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
        yield _event(here, spec, _actor(here, spec), {**_unsaid(spec.type, carried), **carried})


def _unsaid(kind: str, carried: Mapping[str, Any]) -> dict[str, str]:
    """Words for a text that the law wants of an event and the ledger does not have: no row is lost for that."""
    wanted = [key for key, kinds in _TEXTS.items() if kind in kinds and key not in carried]
    if kind == "rated" and "dissatisfied" in carried.values() and "reasons" not in carried:
        wanted.append("reasons")
    return dict.fromkeys(wanted, UNSAID)


def _actor(scene: Scene, spec: EventSpec) -> str:
    """Whose act a step is; raises UnfitError where the row names nobody."""
    role = spec.by or ("agency" if spec.agency else _ROLE.get(spec.type, "body_office"))
    if role == "proposer":
        return scene.proposer
    if role in ("body_office", "government_office"):
        return GOVERNMENT if role == "government_office" else scene.body.office
    if role == "agency" and scene.line.text(spec.agency):
        return scene.agency(scene.line.text(spec.agency))
    if role == "lead" and scene.lead:
        return scene.lead
    raise unfit(
        "actor-missing",
        f"有节点而不知道是谁的行为：{spec.type}",
        f"an event without an actor: {spec.type}",
        "补上单位，或在 steps 中写 by 和 agency",
        "add the agency, or say by and agency in steps",
    )


def _value(scene: Scene, key: str, setting: Setting) -> Any:
    """What an event carries under a key; nothing where the row's cell is empty and no default stands for it."""
    line = scene.line
    if setting.always is not None or setting.text is not None:
        text = setting.always if setting.text is None else setting.text.fill(line.values).strip()
    elif setting.table is not None:
        text = line.choose(setting.table) if line.text(setting.column) or setting.default else ""
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
    by = scene.agency(line.text(spec.by)) if spec.by and line.text(spec.by) else scene.lead
    if not by:
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
    if spec.commitment is not None and line.text(spec.commitment.text):
        carried["commitments"] = [_commitment(line, spec.commitment, by)]
    yield _event(scene, spec, by, carried)


def _commitment(line: Line, spec: CommitmentSpec, owner: str) -> dict[str, str]:
    text, due = line.text(spec.text), line.text(spec.due)
    day = parse_day(due, spec.form)
    if due and day is None:
        text = f"{text}（期限原文：{due}）"
    return {"id": "c1", "text": text, "owner": owner, **({"due": day.isoformat()} if day else {})}


def _rated(scene: Scene, spec: EventSpec) -> Iterator[Event]:
    attitude, result = spec.attitude, spec.result
    if attitude is None or result is None:
        return
    if scene.line.text(attitude.column) and scene.line.text(result.column):
        carried = {"attitude": scene.line.choose(attitude), "result": scene.line.choose(result)}
        reasons = scene.line.text(spec.reasons)
        carried |= {"reasons": reasons} if reasons else {}
        yield _event(scene, spec, scene.proposer, {**carried, **_unsaid("rated", carried)})


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
