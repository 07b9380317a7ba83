"""Raw data that its schema allows → frozen nouns. Nothing here can fail on data that passed its schema."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping
from datetime import date
from functools import cache
from sys import intern
from typing import Any

from huiyin.disclosure import TAKEN_OUT
from huiyin.findings import Source, Text
from huiyin.load.clock_tables import text
from huiyin.model import (
    Agency,
    Answer,
    Ask,
    Batch,
    Body,
    Commitment,
    Disclosure,
    Event,
    Evidence,
    Exemplar,
    Group,
    Happening,
    Input,
    LandingKey,
    LateEntry,
    Licence,
    Member,
    Office,
    Origin,
    Paper,
    Participant,
    Person,
    Proposal,
    Score,
    Session,
    Settings,
    SignalRow,
    Signals,
    TakenOut,
    Topic,
    Void,
)

Raw = Mapping[str, Any]

_RENAMED = {
    "event": "refers_to",
    "class": "reply_class",
    "with": "joined_by",
    "from": "split_from",
}
"""Keys of an event whose record has another name: Python's own words, and names that say more."""
_TEXTS = ("text", "note", "reason", "reasons", "outcome", "evidence", "undated", "place")
"""Keys of an event with words of its own. All others hold codes and ids, of which one copy serves all records."""


def day(raw: Raw, key: str) -> date | None:
    """Return the day under `key`, None when it is absent."""
    return _date(raw[key]) if key in raw else None


@cache
def _date(text: str) -> date:
    """One object for all that happened on a day: a registry has many events and few days."""
    return date.fromisoformat(text)


def proposal(raw: Raw, source: Source) -> Proposal:
    """Return the proposal of a file."""
    imported = raw.get("source")
    return Proposal(
        id=intern(raw["id"]),
        kind=intern(raw["kind"]),
        session=intern(raw["session"]),
        title=raw["title"],
        category=intern(raw["category"]),
        proposers=tuple(map(intern, raw["proposers"])),
        status=intern(raw["status"]),
        events=tuple(event(row) for row in raw["events"]),
        source=source,
        occasion=raw.get("occasion"),
        origin=raw.get("origin"),
        situation=raw.get("situation"),
        analysis=raw.get("analysis"),
        evidence=tuple(Evidence(**row) for row in raw.get("evidence", ())),
        asks=tuple(Ask(**row) for row in raw.get("asks", ())),
        particulars=tuple((row["label"], row["text"]) for row in raw.get("particulars", ())),
        disclosure=Disclosure(**raw["disclosure"]) if "disclosure" in raw else None,
        follows=tuple(raw.get("follows", ())),
        imported=Origin(**imported) if imported else None,
        confidential=tuple(raw.get("confidential", ())),
        taken_out=_taken_out(raw),
    )


def _taken_out(raw: Raw) -> tuple[TakenOut, ...]:
    rows = raw.get("taken_out", ())
    events = {row["id"]: row for row in raw["events"]} if rows else {}

    def marked(name: str) -> bool:
        event, _, key = name.rpartition(".")
        return _holds_mark((events.get(event, {}) if event else raw).get(key))

    return tuple(
        TakenOut(**{**row, "fields": tuple(row["fields"])}, unmarked=tuple(n for n in row["fields"] if not marked(n)))
        for row in rows
    )


def _holds_mark(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(map(_holds_mark, value.values()))
    return any(map(_holds_mark, value)) if isinstance(value, list) else value == TAKEN_OUT


def event(raw: Raw) -> Event:
    """Return one event; what its type does not carry stays empty."""
    fields: dict[str, Any] = {}
    for key, value in raw.items():
        name = _RENAMED.get(key, key)
        if key == "into":
            name = "joins" if isinstance(value, str) else "split_into"
        make = _PARTS.get(key)
        if make:
            fields[name] = make(value)
        elif isinstance(value, str):
            fields[name] = value if key in _TEXTS else intern(value)
        else:
            fields[name] = tuple(map(intern, value)) if isinstance(value, list) else value
    return Event(**fields)


def _commitment(raw: Raw) -> Commitment:
    return Commitment(raw["id"], raw["text"], raw.get("owner"), day(raw, "due"), raw.get("ask"))


def _answer(raw: Raw) -> Answer:
    code = raw.get("class")
    return Answer(intern(raw["ask"]), raw["text"], code and intern(code))


def _input(raw: Raw) -> Input:
    return Input(raw["from"], raw["text"], raw["taken_up"], raw.get("where"), raw.get("reason"))


_PARTS: dict[str, Any] = {
    **dict.fromkeys(("on", "due", "proposer_told_on"), _date),
    "document": lambda raw: Paper(**raw),
    "late_entry": lambda raw: LateEntry(**raw),
    "disclosure": lambda raw: Disclosure(**raw),
    "participants": lambda rows: tuple(Participant(**row) for row in rows),
    "inputs": lambda rows: tuple(_input(row) for row in rows),
    "answers": lambda rows: tuple(map(_answer, rows)),
    "co_opinions": lambda rows: tuple((row["agency"], row["text"]) for row in rows),
    "commitments": lambda rows: tuple(_commitment(row) for row in rows),
}


def member(raw: Raw, source: Source) -> Member:
    """Return the member of a file."""
    lists = {key: tuple(raw.get(key, ())) for key in ("terms", "groups")}
    return Member(**{**raw, **lists, "people": _people(raw)}, source=source)


def group(raw: Raw, source: Source) -> Group:
    """Return the group of a file."""
    return Group(**{**raw, "people": _people(raw)}, source=source)


def agency(raw: Raw, source: Source) -> Agency:
    """Return the agency of a file."""
    return Agency(**{**raw, "aliases": tuple(raw.get("aliases", ())), "people": _people(raw)}, source=source)


def session(raw: Raw, source: Source) -> Session:
    """Return the session of a file."""
    days = {key: day(raw, key) for key in ("opened", "closed")}
    return Session(**{**raw, **days, "title": text(raw["title"])}, source=source)


def signals(raw: Raw, source: Source) -> Signals:
    """Return a month of signals of a file."""
    rows = tuple(
        SignalRow(
            category=row["category"],
            counts=tuple((cell["area"], cell["tickets"]) for cell in row.get("counts", ())),
            suppressed=tuple(row.get("suppressed", ())),
            total=row.get("total"),
        )
        for row in raw.get("rows", ())
    )
    areas = {row["id"]: text(row["title"]) for row in raw["areas"]}
    return Signals(**{**raw, "title": text(raw["title"]), "areas": areas, "rows": rows}, source=source)


def topic(raw: Raw, source: Source) -> Topic:
    """Return the topic of a file."""
    closed = raw.get("closed", {})
    return Topic(
        **{
            **raw,
            "opened": _date(raw["opened"]),
            "due": _date(raw["due"]),
            "proposals": tuple(raw["proposals"]),
            "co": tuple(raw.get("co", ())),
            "changes": tuple(Happening(_date(row["on"]), row["by"], row["text"]) for row in raw.get("changes", ())),
            "closed": day(closed, "on"),
        },
        result=closed.get("result"),
        source=source,
    )


def score(raw: Raw, source: Source) -> Score:
    """Return the public scores of a file."""
    batches = tuple(
        Batch(
            id=row["id"],
            start=_date(row["from"]),
            until=_date(row["until"]),
            by=row["by"],
            counts=tuple(row["counts"]),
            void=_void(row.get("void")),
        )
        for row in raw["batches"]
    )
    return Score(**{**raw, "batches": batches}, source=source)


def exemplar(raw: Raw, source: Source) -> Exemplar:
    """Return the exemplar of a file."""
    return Exemplar(**{**raw, "on": _date(raw["on"]), "withdrawn": _void(raw.get("withdrawn"))}, source=source)


def _void(raw: Raw | None) -> Void | None:
    return Void(**{**raw, "on": _date(raw["on"])}) if raw else None


def settings(raw: Raw, source: Source) -> Settings:
    """Return the settings of `registry.yaml`."""
    site = raw["site"]
    return Settings(
        name=text(raw["name"]),
        place=text(raw["place"]),
        locale=raw["locale"],
        timezone=raw["timezone"],
        bodies=tuple(_body(row) for row in raw["bodies"]),
        government_office=_office(raw["government_office"]),
        intake=raw["intake"],
        late_entry_days=raw["late_entry_days"],
        near_days=raw["near_days"],
        address=site["address"],
        repository=site.get("repository"),
        edit=site.get("edit"),
        demonstration=_optional_text(raw, "demonstration"),
        licence=Licence(**{**raw["licence"], "title": text(raw["licence"]["title"])}) if "licence" in raw else None,
        as_of=day(raw, "as_of"),
        maintainers=_people(raw, "maintainers"),
        projection=raw.get("projection", {}).get("audience"),
        audit_from=raw.get("audit_from"),
        landing_keys=tuple(_landing_key(row) for row in raw.get("landing_keys", ())),
        source=source,
    )


def _landing_key(raw: Raw) -> LandingKey:
    public = b64decode(raw["key"].split()[1])[-32:]
    return LandingKey(public, date.fromisoformat(raw["from"]), day(raw, "until"))


def _body(raw: Raw) -> Body:
    return Body(**{**raw, "name": text(raw["name"]), "office": _office(raw["office"])})


def _office(raw: Raw) -> Office:
    return Office(raw["id"], raw["name"], _people(raw))


def _people(raw: Raw, key: str = "people") -> tuple[Person, ...]:
    return tuple(
        Person(row["host_id"], row["handle"], date.fromisoformat(row["from"]), day(row, "until"))
        for row in raw.get(key, ())
    )


def _optional_text(raw: Raw, key: str) -> Text | None:
    return text(raw[key]) if key in raw else None
