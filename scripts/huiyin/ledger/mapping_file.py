"""Reading a mapping file: judged by its schema, then by what its names must agree with, then by the ledger's columns.

Whatever is wrong becomes a finding with its place in the file. The rules of findings are those of `load.shapes`: a
mapping is judged like any other file.
"""

from __future__ import annotations

import pathlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from huiyin.findings import Finding, Path, Source, Text, did_you_mean, hinted, one_of
from huiyin.ledger.mapping import (
    ENTRY,
    LIFE,
    BodySpec,
    Choice,
    CommitmentSpec,
    Condition,
    DaySpec,
    DocumentSpec,
    EachSpec,
    EventSpec,
    HandlersSpec,
    LedgerMap,
    Particular,
    ProposerSpec,
    Raw,
    SessionSpec,
    Setting,
    SourceSpec,
    Template,
    When,
)
from huiyin.ledger.mapping_checks import marked, misfits, session_forms, session_templates
from huiyin.ledger.names import SEPARATORS
from huiyin.ledger.rows import Layout
from huiyin.load import Law, faults, personal
from huiyin.load.files import Entry, read, shown
from huiyin.load.shape_words import VALUE
from huiyin.yamltext import read as read_yaml


@dataclass(frozen=True)
class MappingFile:
    """A mapping that was read: what it says, None when it cannot be used, and what is wrong with it."""

    mapping: LedgerMap | None
    findings: tuple[Finding, ...]
    raw: Raw
    source: Source


@dataclass(frozen=True)
class Use:
    """A place in the mapping that names a column."""

    at: Path
    column: str
    key: bool = False


def read_mapping(path: pathlib.Path, law: Law, base: pathlib.Path) -> MappingFile:
    """Return the mapping file at `path`, named relative to `base` in findings. Nothing in it makes this raise."""
    source, encoding, unreadable = read(Entry(path, shown(path, base), "mapping"))
    document = read_yaml(source.text)
    private = personal.look(source)
    source = private.masked
    broken = [faults.finding(fault, source) for fault in [*encoding, *document.faults]]
    never = [one for one in private.findings() if one.rule is personal.PERSONAL]  # a hint stops no import
    found = [*unreadable, *private.quoted(broken), *never]
    if not found:
        found = law.shapes.findings("mapping", document.data, source)
    if found:
        return MappingFile(None, tuple(found), {}, source)
    raw: Raw = document.data
    found = list(misfits(raw, law, source))
    columns = frozenset(use.column for use in uses(raw, law))
    return MappingFile(None if found else typed(raw, columns), tuple(found), raw, source)


def unknown_columns(file: MappingFile, law: Law, columns: Collection[str]) -> list[Finding]:
    """Return a finding for each column that the mapping names and no row of the ledger has, where it stands first."""
    excused = {*file.raw["format"].get("may_lack", ()), *file.raw.get("constants", ()), ENTRY}
    found = []
    first: dict[str, Use] = {}
    for use in sorted(uses(file.raw, law), key=lambda use: file.source.place(*use.at)):
        first.setdefault(use.column, use)
    for use in first.values():
        if use.column in columns or use.column in excused:
            continue
        hint = did_you_mean(use.column, columns)
        remedy = Text(
            "照台账改正栏名；有时没有的栏写进 format.may_lack",
            "write it as the ledger does; a column that is absent at times belongs into format.may_lack",
        )
        found.append(
            VALUE.finding(
                file.source.place(*use.at, key=use.key),
                Text(f"台账里没有“{use.column}”这一栏", f'the ledger has no column "{use.column}"'),
                hinted(hint, remedy),
                one_of(columns, most=40),
            )
        )
    return found


def uses(raw: Raw, law: Law) -> Iterator[Use]:
    """Yield every place that names a column: where the schema says so, and the holes of templates."""
    for mark in marked(raw, law):
        if mark.kind == "column":
            yield Use(mark.at, mark.text, mark.key)
        elif mark.kind == "template":
            yield from (Use(mark.at, hole) for hole in Template(mark.text).holes)
    parts = {"body", *(name for form in session_forms(raw["session"]) for name in form.names)}
    for at, template in session_templates(raw):
        yield from (Use(at, hole) for hole in template.holes if hole not in parts)


def typed(raw: Raw, columns: frozenset[str]) -> LedgerMap:
    """Return the mapping of data that its schema allows and whose names fit together."""
    layout = {key: value for key, value in raw["format"].items() if key not in ("may_lack", "blanks")}
    source = raw["source"]
    fields = raw["fields"]
    return LedgerMap(
        source=SourceSpec(**{key: value for key, value in source.items() if key not in ("ignore", "key")}),
        layout=Layout(**_tuples(layout), ignore=tuple(source.get("ignore", ()))),
        registry=raw["registry"],
        bodies={
            row["id"]: BodySpec(row["id"], row["level"], row.get("place", "")) for row in raw["registry"]["bodies"]
        },
        corrections=raw.get("corrections", {}),
        constants=raw.get("constants", {}),
        scope=tuple(_condition(row) for row in raw.get("scope", ())),
        body=Choice(**raw["body"]),
        kind=Choice(**raw["kind"]),
        session=_session(raw["session"]),
        proposers=ProposerSpec(**_tuples(raw["proposers"])),
        agencies={
            body: {written: name for name, others in table.items() for written in (name, *others)}
            for body, table in raw.get("agencies", {}).items()
        },
        title=fields["title"],
        category=Choice(**fields["category"]),
        occasion=_choice(fields.get("occasion")),
        origin=_choice(fields.get("origin")),
        situation=tuple(fields.get("situation", ())),
        analysis=tuple(fields.get("analysis", ())),
        asks=tuple(fields.get("asks", ())),
        asks_numbered=fields.get("asks_numbered", False),
        particulars=tuple(Particular(**row) for row in fields.get("particulars", ())),
        events=tuple(_event(kind, raw["events"][kind]) for kind in LIFE if kind in raw["events"]),
        steps=tuple(_event(row["type"], row) for row in raw.get("steps", ())),
        key=tuple(source.get("key", ())),
        blanks=frozenset(raw["format"].get("blanks", ())),
        columns=columns,
    )


def _session(raw: Raw) -> SessionSpec:
    return SessionSpec(
        title=Template(raw["title"]["zh"]),
        title_en=_template(raw["title"].get("en")),
        column=raw.get("column"),
        forms=session_forms(raw),
        words=raw.get("words"),
        id=_template(raw.get("id")),
        otherwise=raw.get("otherwise"),
    )


def _event(kind: str, raw: Raw) -> EventSpec:
    keys = ("text", "letter", "reasons", "by", "agency", "if_taken", "by_handlers")
    plain = {key: raw[key] for key in keys if key in raw}
    return EventSpec(
        type=kind,
        day=DaySpec(
            unknown=_template(raw["day"].get("unknown")),
            column=raw["day"].get("column"),
            form=tuple(raw["day"].get("form", ())),
            year=_template(raw["day"].get("year")),
            inside=raw["day"].get("inside"),
            letter=raw["day"].get("letter", False),
            otherwise=_template(raw["day"].get("otherwise")),
        ),
        when=_when(raw["when"]) if "when" in raw else None,
        document=DocumentSpec(**_tuples(raw["document"])) if "document" in raw else None,
        number=_template(raw.get("number")),
        lead=raw.get("lead", {}).get("always"),
        lead_column=raw.get("lead", {}).get("column"),
        co=tuple(raw.get("co", ())),
        separate=tuple(raw.get("separate", ())),
        handlers=HandlersSpec(**_tuples(raw["handlers"])) if "handlers" in raw else None,
        separators=tuple(raw.get("separators", SEPARATORS)),
        reply_class=Choice(**{"default": "not_stated", **raw["class"]}) if "class" in raw else None,
        commitment=CommitmentSpec(**_tuples(raw["commitment"])) if "commitment" in raw else None,
        attitude=_choice(raw.get("attitude")),
        result=_choice(raw.get("result")),
        each=EachSpec(**_tuples(raw["each"])) if "each" in raw else None,
        carried={key: _setting(value) for key, value in raw.get("set", {}).items()},
        **plain,
    )


def _setting(raw: Raw) -> Setting:
    return Setting(
        always=raw.get("always"),
        text=_template(raw.get("text")),
        column=raw.get("column", ""),
        table=Choice(**{key: raw[key] for key in ("column", "values", "default", "within") if key in raw})
        if "values" in raw
        else None,
        default=raw.get("default"),
        form=tuple(raw.get("form", ())),
    )


def _choice(raw: Raw | None) -> Choice | None:
    return Choice(**raw) if raw is not None else None


def _condition(raw: Raw) -> Condition:
    """A condition of the scope; none_of lets empty cells in, unlike that of an event."""
    unless = "none_of" in raw
    cells = {"one_of": tuple(raw["none_of"])} if unless else {k: tuple(raw[k]) for k in _SAYS if k in raw}
    return Condition(When(raw["column"], **cells), unless, Template(raw["reason"]))


_SAYS = ("one_of", "starts_with")


def _when(raw: Raw) -> When:
    if "any" in raw:
        return When(any=tuple(map(_when, raw["any"])))
    return When(**_tuples(raw))


def _template(raw: str | None) -> Template | None:
    return Template(raw) if raw is not None else None


def _tuples(raw: Raw) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}
