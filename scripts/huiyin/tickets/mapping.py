"""The mapping of an export: which columns it has, and which categories and areas its words mean."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from huiyin.findings import Finding, Path, Source, Text, did_you_mean, hinted, one_of
from huiyin.load import Law, faults, personal
from huiyin.load.files import Entry, read, shown
from huiyin.load.shape_words import VALUE
from huiyin.yamltext import read as read_yaml

LEAST = 5
"""How many people stand at least behind a number, unless the mapping asks for more."""


@dataclass(frozen=True)
class Columns:
    """The names of the columns that are read."""

    ticket: str
    received: str
    category: str
    area: str
    complainant: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names in a fixed order; without a key of complainants there are four."""
        return tuple(filter(None, (self.ticket, self.received, self.category, self.area, self.complainant)))


@dataclass(frozen=True)
class ExportMap:
    """What the mapping of an export says; words are mapped to codes as they stand in the export."""

    feed: str
    title: Mapping[str, str]
    channel: str
    k: int
    columns: Columns
    categories: Mapping[str, str]
    areas: tuple[Mapping[str, Any], ...]
    """Code and title of each, as the released files have them."""
    written: Mapping[str, str]
    """Which area a word means."""
    encoding: str = ""
    sheet: str = ""

    @property
    def keyed(self) -> bool:
        """Whether the export tells complainants apart."""
        return self.columns.complainant is not None


def read_mapping(path: pathlib.Path, law: Law, base: pathlib.Path) -> tuple[ExportMap | None, list[Finding]]:
    """Return the mapping at `path`, None where it cannot be used, and what is wrong with it."""
    source, encoding, unreadable = read(Entry(path, shown(path, base), "signal-mapping"))
    document = read_yaml(source.text)
    private = personal.look(source)
    source = private.masked
    broken = [faults.finding(fault, source) for fault in [*encoding, *document.faults]]
    never = [one for one in private.findings() if one.rule is personal.PERSONAL]
    found = [*unreadable, *private.quoted(broken), *never]
    found = found or law.shapes.findings("signal-mapping", document.data, source)
    found = found or list(_misfits(document.data, law, source))
    return (None if found else _typed(document.data)), found


def _misfits(raw: Mapping[str, Any], law: Law, source: Source) -> Iterator[Finding]:
    """What the shape cannot say: codes that exist, and words that mean one thing."""
    for written, category in raw["categories"].items():
        if category not in law.categories:
            hint = did_you_mean(category, law.categories)
            yield VALUE.finding(
                source.place("categories", written),
                Text(f"没有类别 {category}", f"there is no category {category}"),
                hinted(hint, Text("写 schema/categories.yaml 里的代号", "write a code of schema/categories.yaml")),
                one_of(law.categories, most=40),
            )
    seen: dict[str, str] = {}
    for n, area in enumerate(raw["areas"]):
        at: Path = ("areas", n, "id")
        for word in ("\n" + area["id"], *_words(area)):
            if word in seen:
                yield VALUE.finding(
                    source.place(*at),
                    Text(f"和 {seen[word]} 的代号或写法相同", f"it shares its code or a word with {seen[word]}"),
                    Text("每个代号、每种写法只属于一个区域", "give each code and each word to one area"),
                )
            seen.setdefault(word, area["id"])
    columns = list(raw["columns"].values())
    for key, column in raw["columns"].items():
        if columns.count(column) > 1:
            yield VALUE.finding(
                source.place("columns", key),
                Text("这一栏用了两次", "this column is used twice"),
                Text("每一项写各自的栏", "name a column of its own for each"),
            )


def _words(area: Mapping[str, Any]) -> list[str]:
    return [word.strip() for word in area.get("written", (area["title"]["zh"],))]


def _typed(raw: Mapping[str, Any]) -> ExportMap:
    form = raw.get("format", {})
    return ExportMap(
        feed=raw["feed"],
        title=raw["title"],
        channel=raw["channel"],
        k=raw.get("k", LEAST),
        columns=Columns(**raw["columns"]),
        categories={written.strip(): category for written, category in raw["categories"].items()},
        areas=tuple({"id": area["id"], "title": area["title"]} for area in raw["areas"]),
        written={word: area["id"] for area in raw["areas"] for word in _words(area)},
        encoding=form.get("encoding", ""),
        sheet=form.get("sheet", ""),
    )
