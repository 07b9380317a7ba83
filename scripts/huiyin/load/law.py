"""Reading `schema/`: rule packs with what they inherit, calendars, and the list of categories.

These are our own tables. What is wrong with them is not the fault of whoever edits a proposal: it raises LawError,
and commands end with exit code 2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huiyin.days import Calendar
from huiyin.findings import Finding, Source, Text
from huiyin.load import faults
from huiyin.load.calendars import year
from huiyin.load.clock_tables import text
from huiyin.load.files import Entry, read, shown
from huiyin.load.packs import inherit, misfits, pack, wrong
from huiyin.load.shapes import Shapes
from huiyin.rules import Pack
from huiyin.vocabulary import Vocabulary
from huiyin.yamltext import read as read_yaml


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
        data, source = table(path, "rules", shapes, base, findings)
        if data is not None:
            raw_packs[data["id"]] = (data, source)
            if data["id"] != path.stem:
                findings.append(wrong(source, ("id",), f"id 应为 {path.stem}", f"the id should be {path.stem}"))
    packs = {}
    for name, (_, source) in raw_packs.items():
        merged = inherit(name, raw_packs, findings)
        if merged is not None:
            found = list(misfits(merged, source))
            findings.extend(found)
            if not found:
                packs[name] = pack(merged)
    years = {}
    for path in sorted((folder / "calendar").glob("*.yaml")):
        data, source = table(path, "calendar", shapes, base, findings)
        if data is not None:
            one = year(data, source, findings)
            years[one.year] = one
    data, _ = table(folder / "categories.yaml", "categories", shapes, base, findings)
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
        taken_out=shapes.words("proposal", *properties, "taken_out", "items", *properties, "why"),
        verdicts=shapes.words("proposal", "$defs", "event_looked_back", *properties, "verdict"),
        about=shapes.words("proposal", "$defs", "event_rated", *properties, "about"),
        groups=shapes.words("group", *properties, "kind"),
        levels=shapes.words("agency", *properties, "level"),
        roles=shapes.words("rules", "$defs", "role"),
        reach=shapes.words("rules", *properties, "level"),
        not_executed=shapes.words("coverage", "$defs", "row", *properties, "not_executed"),
        starts=shapes.words("rules", "$defs", "clock", *properties, "start", *properties, "law"),
        consents=shapes.words("rules", "$defs", "cap", *properties, "consent"),
        units=shapes.words("rules", "$defs", "unit"),
        feedback=shapes.words("topic", "$defs", "feedback"),
        score_channels=shapes.words("score", "$defs", "score_channel"),
        score_about=shapes.words("score", "$defs", "score_about"),
        signal_channels=shapes.words("signals", "$defs", "channel"),
        policy_stages=shapes.words("policy", "$defs", "stage"),
        given=shapes.words("research", "$defs", "given"),
        duties=shapes.words("rules", *properties, "assessment", "items", *properties, "of"),
    )


def table(
    path: Path, kind: str, shapes: Shapes, base: Path, findings: list[Finding]
) -> tuple[dict[str, Any] | None, Source]:
    """Return what a table of ours holds, None with findings where its shape is wrong, and its source."""
    source, encoding, unreadable = read(Entry(path, shown(path, base), kind))
    document = read_yaml(source.text)
    wrong = [*unreadable, *(faults.finding(fault, source) for fault in [*encoding, *document.faults])]
    if not wrong:
        wrong = shapes.findings(kind, document.data, source)
    findings.extend(wrong)
    return (None if wrong else document.data), source
