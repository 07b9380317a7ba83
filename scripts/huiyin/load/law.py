"""Reading `schema/`: rule packs with what they inherit, calendars, and the list of categories.

These are our own tables. What is wrong with them is not the fault of whoever edits a proposal: it raises LawError,
and commands end with exit code 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from huiyin.days import Calendar, Holiday, Year
from huiyin.findings import Finding, Severity, Source, Text, did_you_mean, one_of, rule
from huiyin.load import faults
from huiyin.load.files import Entry, read, shown
from huiyin.load.shapes import Shapes
from huiyin.rules import (
    ANY,
    NONE,
    SAME,
    Citation,
    Clock,
    EventRule,
    Ground,
    Move,
    Pack,
    ReplyClass,
    Stage,
    State,
    Term,
)
from huiyin.vocabulary import Vocabulary
from huiyin.yamltext import read as read_yaml

MERGED = ("states", "events", "classes", "clocks")
"""Tables of a pack that are laid over those of the pack it extends, row by row; everything else replaces."""

TABLE = rule(
    "law-table",
    Severity.ERROR,
    """规则表有误 / Rule table

    办理规则或日历引用了不存在的状态、阶段或规则包，或者日期有误。这是我们自己的表，命令以代码 2 结束。

    A rule pack or calendar names a state, stage or pack that does not exist, or a wrong day. These are our own tables:
    commands end with exit code 2.""",
)


class LawError(Exception):
    """The tables in `schema/` are wrong; `findings` say where."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(f"{len(findings)} findings in schema/")
        self.findings = findings


@dataclass(frozen=True)
class Law:
    """Everything in `schema/`: the shapes, the rule packs by id, the calendar, the categories and other words."""

    shapes: Shapes
    vocabulary: Vocabulary
    packs: Mapping[str, Pack]
    calendar: Calendar
    categories: Mapping[str, Text]


def load_law(folder: Path, base: Path) -> Law:
    """Read the folder `schema/`; raises LawError when a table is wrong and FileNotFoundError when there is none."""
    if not folder.is_dir():
        raise FileNotFoundError(folder)
    shapes = Shapes(folder)
    findings: list[Finding] = []
    raw_packs: dict[str, tuple[dict[str, Any], Source]] = {}
    for path in sorted((folder / "rules").glob("*.yaml")):
        data, source = _table(path, "rules", shapes, base, findings)
        if data is not None:
            raw_packs[data["id"]] = (data, source)
            if data["id"] != path.stem:
                findings.append(_wrong(source, ("id",), f"id 应为 {path.stem}", f"the id should be {path.stem}"))
    packs = {}
    for name, (_, source) in raw_packs.items():
        merged = _inherit(name, raw_packs, findings)
        if merged is not None:
            found = list(_misfits(merged, source))
            findings.extend(found)
            if not found:
                packs[name] = _pack(merged)
    years = {}
    for path in sorted((folder / "calendar").glob("*.yaml")):
        data, source = _table(path, "calendar", shapes, base, findings)
        if data is not None:
            year = _year(data, source, findings)
            years[year.year] = year
    data, _ = _table(folder / "categories.yaml", "categories", shapes, base, findings)
    categories = {row["id"]: text(row["title"]) for row in data["categories"]} if data else {}
    if findings:
        raise LawError(findings)
    return Law(shapes, _vocabulary(shapes), packs, Calendar(years), categories)


def _vocabulary(shapes: Shapes) -> Vocabulary:
    definitions = shapes.schemas["proposal"]["$defs"]
    events = {name.removeprefix("event_"): node for name, node in definitions.items() if name.startswith("event_")}
    properties = ("properties",)
    return Vocabulary(
        events={
            name: Text(*node["title"].split(" / "))
            for name, node in events.items()
            if "type" in node.get("properties", {})
        },
        kinds=shapes.words("proposal", "$defs", "kind"),
        occasions=shapes.words("proposal", *properties, "occasion"),
        origins=shapes.words("proposal", *properties, "origin"),
        channels=shapes.words("proposal", "$defs", "channel"),
        satisfaction=shapes.words("proposal", "$defs", "satisfaction"),
        complexity=shapes.words("proposal", "$defs", "complexity"),
        contact=shapes.words("proposal", "$defs", "contact_method"),
        phases=shapes.words("proposal", "$defs", "event_contacted", *properties, "phase"),
        taken_up=shapes.words("proposal", "$defs", "consult_input", *properties, "taken_up"),
        disclosure=shapes.words("proposal", "$defs", "disclosure_level"),
        verdicts=shapes.words("proposal", "$defs", "event_looked_back", *properties, "verdict"),
        about=shapes.words("proposal", "$defs", "event_rated", *properties, "about"),
        groups=shapes.words("group", *properties, "kind"),
        levels=shapes.words("agency", *properties, "level"),
        roles=shapes.words("rules", "$defs", "role"),
    )


def text(raw: Mapping[str, str]) -> Text:
    """Return a bilingual text; where English is missing the Chinese stands for it."""
    return Text(raw["zh"], raw.get("en", raw["zh"]))


def _table(
    path: Path, kind: str, shapes: Shapes, base: Path, findings: list[Finding]
) -> tuple[dict[str, Any] | None, Source]:
    source, encoding, unreadable = read(Entry(path, shown(path, base), kind))
    document = read_yaml(source.text)
    wrong = [*unreadable, *(faults.finding(fault, source) for fault in [*encoding, *document.faults])]
    if not wrong:
        wrong = shapes.findings(kind, document.data, source)
    findings.extend(wrong)
    return (None if wrong else document.data), source


def _inherit(
    name: str, raw: Mapping[str, tuple[dict[str, Any], Source]], findings: list[Finding]
) -> dict[str, Any] | None:
    """Return the pack laid over all that it extends, the farthest first."""
    chain: list[str] = []
    while name not in chain:
        chain.append(name)
        data, source = raw[name]
        if "extends" not in data:
            break
        name = data["extends"]
        if name not in raw:
            findings.append(_wrong(source, ("extends",), f"没有规则包 {name}", f"no pack {name}", raw))
            return None
    else:
        findings.append(_wrong(raw[chain[0]][1], ("extends",), "继承成环", "packs extend one another in a circle"))
        return None
    merged: dict[str, Any] = {}
    for step in reversed(chain):
        data = raw[step][0]
        tables = {key: {**merged.get(key, {}), **data[key]} for key in MERGED if key in data}
        merged = {**merged, **data, **tables}
    merged["abstract"] = raw[chain[0]][0].get("abstract", False)
    return merged


def _misfits(data: Mapping[str, Any], source: Source) -> Iterable[Finding]:
    stages = {stage["id"] for stage in data.get("stages", [])}
    states = data.get("states", {})
    for name, state in states.items():
        if state["stage"] not in stages:
            where = ("states", name, "stage")
            yield _wrong(source, where, f"没有阶段 {state['stage']}", f"no stage {state['stage']}", stages)
    for kind, row in data.get("events", {}).items():
        for n, move in enumerate(row["moves"]):
            for state in [*move["from"], move["to"], *([move["until_all"]] if "until_all" in move else [])]:
                if state not in states and state not in (ANY, NONE, SAME):
                    yield _wrong(source, ("events", kind, "moves", n), f"没有状态 {state}", f"no state {state}", states)


def _wrong(source: Source, path: tuple[str | int, ...], zh: str, en: str, known: Iterable[str] = ()) -> Finding:
    names = list(known)
    name = zh.rsplit(" ", 1)[-1]
    hint = did_you_mean(name, names) or Text("改正这一处", "correct it")
    return TABLE.finding(source.place(*path), Text(zh, en), hint, one_of(names, most=50) if names else None)


def _citation(raw: Mapping[str, Any]) -> Citation:
    return Citation(raw["document"], date.fromisoformat(raw["date"]), raw.get("article"))


def _grounds(rows: Iterable[Mapping[str, Any]]) -> tuple[Ground, ...]:
    return tuple(Ground(row["id"], text(row["title"]), _citation(row["source"])) for row in rows)


def _clock(name: str, raw: Mapping[str, Any]) -> Clock:
    terms = tuple(
        Term(
            case=row["case"],
            value=row["value"],
            unit=row["unit"],
            start=date.fromisoformat(row["from"]),
            until=date.fromisoformat(row["until"]) if "until" in row else None,
            source=_citation(row["source"]),
        )
        for row in raw["terms"]
    )
    rollover_source = _citation(raw["rollover_source"]) if "rollover_source" in raw else None
    return Clock(name, text(raw["title"]), raw["starts"], raw["ends"], raw["rollover"], terms, rollover_source)


def _pack(raw: Mapping[str, Any]) -> Pack:
    return Pack(
        id=raw["id"],
        title=text(raw["title"]),
        as_of=date.fromisoformat(raw["as_of"]),
        jurisdiction=raw.get("jurisdiction"),
        note=text(raw["note"]) if "note" in raw else None,
        abstract=raw["abstract"],
        stages=tuple(
            Stage(row["id"], text(row["title"]), tuple(row.get("marked_by", ()))) for row in raw.get("stages", ())
        ),
        states={
            name: State(
                id=name,
                title=text(row["title"]),
                stage=row["stage"],
                final=row.get("final", False),
                turn=row.get("turn"),
                expects=tuple(row.get("expects", ())),
            )
            for name, row in raw.get("states", {}).items()
        },
        events={
            kind: EventRule(
                by=tuple(row["by"]),
                recorded_by=tuple(row["recorded_by"]) if "recorded_by" in row else None,
                moves=tuple(Move(tuple(m["from"]), m["to"], m.get("until_all")) for m in row["moves"]),
            )
            for kind, row in raw.get("events", {}).items()
        },
        classes={
            name: ReplyClass(
                name,
                text(row["title"]),
                row["mark"],
                row["tone"],
                row.get("letter"),
                row.get("needs_commitment", False),
            )
            for name, row in raw.get("classes", {}).items()
        },
        clocks={name: _clock(name, row) for name, row in raw.get("clocks", {}).items()},
        refusal_grounds=_grounds(raw.get("refusal_grounds", ())),
        disclosure_grounds=_grounds(raw.get("disclosure_grounds", ())),
        errors={row["rule"]: _citation(row["source"]) for row in raw.get("gaps", ())},
        checks_off=frozenset(raw.get("checks_off", ())),
    )


def _year(raw: Mapping[str, Any], source: Source, findings: list[Finding]) -> Year:
    days: dict[str, dict[date, str]] = {"closed": {}, "worked": {}}
    for key, table in days.items():
        for n, span in enumerate(raw[key]):
            first, last = date.fromisoformat(span["first"]), date.fromisoformat(span["last"])
            length = (last - first).days
            if not 0 <= length <= 31 or not raw["year"] - 1 <= first.year <= last.year <= raw["year"]:
                wrong = _wrong(source, (key, n), f"{first} 至 {last} 有误", f"{first} to {last} cannot be")
                findings.append(wrong)
                continue
            for offset in range(length + 1):
                day = first + timedelta(days=offset)
                if day in days["closed"] or day in days["worked"]:
                    findings.append(_wrong(source, (key, n), f"{day} 写了两次", f"{day} stands twice"))
                table[day] = span["name"]
    statutory = tuple(
        Holiday(row["name"], *(date.fromisoformat(row[key]) for key in ("day", "first", "last")))
        for row in raw["statutory"]
    )
    return Year(raw["year"], bool(raw["notices"]), statutory, days["closed"], days["worked"])
