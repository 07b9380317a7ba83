"""Loading a registry folder: every file read, judged by its schema, and made a noun."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Any

from huiyin import yamltext
from huiyin.collector import paused
from huiyin.findings import Finding, Place, Severity, Source, Text, rule
from huiyin.load import faults, knowledge, nouns, personal
from huiyin.load.files import FOLDERS, SCHEMA_LINE, Entry, gather, loose, read, same, unexpected
from huiyin.load.law import Law
from huiyin.load.ready import Sound, sound
from huiyin.model import Registry, Settings
from huiyin.yamltext import read as read_yaml

NO_REGISTRY = rule(
    "registry-missing",
    Severity.ERROR,
    """没有 registry.yaml / No registry.yaml

    登记册文件夹里必须有 registry.yaml，写明名称、机构、时区和网址。

    A registry folder has a registry.yaml with the names, bodies, time zone and address.""",
)
WRONG_NAME = rule(
    "id-file-name",
    Severity.ERROR,
    """编号与文件名不一致 / Id and file name differ

    文件名就是编号，网址也由它而来。

    A file is named after the id in it, and so is its web address.""",
)
TWICE = rule(
    "id-duplicate",
    Severity.ERROR,
    """编号重复 / Id used twice

    同一编号出现在两个文件里。

    The same id stands in two files.""",
)
NO_SCHEMA_LINE = rule(
    "schema-line",
    Severity.ERROR,
    """第一行没有指向数据格式 / First line does not name the schema

    每个文件的第一行写明数据格式的位置，编辑器靠它提示和检查。

    The first line of each file says where its schema is; editors need it to complete and check.""",
)

_MAKE: dict[str, Callable[[Any, Source], Any]] = {
    "session": nouns.session,
    "member": nouns.member,
    "group": nouns.group,
    "agency": nouns.agency,
    "proposal": nouns.proposal,
    "signals": nouns.signals,
    "topic": nouns.topic,
    "score": nouns.score,
    "research": knowledge.research,
    "policy": knowledge.policy,
    "exemplar": nouns.exemplar,
}


@dataclass(frozen=True)
class Loaded:
    """What a folder held: the registry (None without sound settings), the findings, and the files that were read."""

    registry: Registry | None
    findings: tuple[Finding, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class _Record:
    entry: Entry
    data: Any
    source: Source


@paused
def load_registry(root: Path, law: Law, base: Path, also: Iterable[Path] = (), kept: Path | None = None) -> Loaded:
    """Read the registry folder `root`, and the files or folders `also` as if they stood in it.

    Findings carry file names relative to `base`. Nothing in the files makes this raise. `kept` is the file of the
    cache of a large registry; without it everything is read anew.
    """
    entries, findings = gather(root, base)
    also = list(also)
    more, found = loose(also, base)
    entries, findings = [*entries, *more], [*findings, *found]
    loaded = from_entries(entries, law, ready=sound(entries, law, kept) if kept else repeat(None))
    findings.extend(loaded.findings)
    if not any(entry.kind == "registry" for entry in entries):
        findings.append(_no_registry(root, base))
    return Loaded(loaded.registry, tuple(findings), tuple(entries))


def from_entries(
    entries: Iterable[Entry], law: Law, beside: Registry | None = None, ready: Iterable[Sound | None] = repeat(None)
) -> Loaded:
    """Read these files into a registry, beside all that is in `beside` and not in them.

    Without settings among them, and nothing beside, there is no registry. Files of which the data are `ready`, in the
    order of the files, are not read again.
    """
    nouns_by_kind: dict[str, dict[str, Any]] = {kind: {} for kind in _MAKE}
    files: dict[tuple[str, str], str] = {}
    findings: list[Finding] = []
    unreadable: set[str] = set()
    settings: Settings | None = None
    entries = list(entries)
    for entry, at_hand in zip(entries, ready, strict=False):
        record, found = _taken(entry, at_hand, law) if at_hand else _read(entry, law)
        findings.extend(found)
        if record is None:
            unreadable.add(entry.path.stem)
            continue
        if entry.kind == "registry":
            settings = settings or nouns.settings(record.data, record.source)
            continue
        identifier = record.data["id"]
        first = files.setdefault((entry.kind, identifier), entry.name)
        if first != entry.name:
            findings.append(_twice(record, first))
            continue
        nouns_by_kind[entry.kind][identifier] = _MAKE[entry.kind](record.data, record.source)
    settings = settings or (beside.settings if beside else None)
    if settings is None:
        return Loaded(None, tuple(findings), tuple(entries))
    registry = Registry(
        settings=settings,
        **{
            folder: {**(getattr(beside, folder) if beside else {}), **nouns_by_kind[kind]}
            for folder, kind in FOLDERS.items()
        },
        categories=law.categories,
        packs=law.packs,
        calendar=law.calendar,
        unreadable=frozenset(unreadable) | (beside.unreadable if beside else frozenset()),
    )
    return Loaded(registry, tuple(findings), tuple(entries))


def with_text(loaded: Loaded, entry: Entry, text: str, law: Law) -> Loaded:
    """Return `loaded` as if a file of it held `text`; a file that is not there yet joins the others.

    What other files say of themselves stays. Raises ValueError without sound settings.
    """
    if loaded.registry is None:
        raise ValueError("a registry without settings holds no records")
    faults_of_text = yamltext.decode(text.encode("utf-8", "surrogatepass"))[1]
    record, found = _judge(entry, Source(entry.name, text), faults_of_text, law)
    others = [entry.path for entry in loaded.entries]
    folder = next(folder for folder, kind in FOLDERS.items() if kind == entry.kind)
    held = dict(getattr(loaded.registry, folder))
    if record is None:
        held.pop(entry.path.stem, None)
    else:
        held[record.data["id"]] = _MAKE[entry.kind](record.data, record.source)
    kept = [finding for finding in loaded.findings if finding.place.file != entry.name]
    entries = loaded.entries if entry.path in others else (*loaded.entries, entry)
    changed: dict[str, Any] = {folder: held}
    return Loaded(replace(loaded.registry, **changed), (*kept, *found), entries)


def _read(entry: Entry, law: Law) -> tuple[_Record | None, list[Finding]]:
    """Return the data of one file if they are sound, and all that is wrong with it.

    Schemas of an earlier day lack kinds of today: to them such a file does not belong there.
    """
    if entry.kind not in law.shapes.schemas:
        return None, [unexpected(entry.name)]
    source, encoding, findings = read(entry)
    return (None, findings) if findings else _judge(entry, source, encoding, law)


def _taken(entry: Entry, ready: Sound, law: Law) -> tuple[_Record, list[Finding]]:
    """Return what is at hand of a file, and what is wrong with where it stands."""
    findings = list(_schema_line(entry, ready.source, ready.first, law.shapes.path(entry.kind)))
    if entry.kind != "registry" and ready.data["id"] != entry.path.stem:
        findings.append(_wrong_name(entry, ready.source, ready.data["id"]))
    return _Record(entry, ready.data, ready.source), findings


def _judge(
    entry: Entry, source: Source, encoding: list[yamltext.Fault], law: Law
) -> tuple[_Record | None, list[Finding]]:
    document = read_yaml(source.text)
    private = personal.look(source)
    source = private.masked
    findings = [faults.finding(fault, source) for fault in [*encoding, *document.faults]]
    sound = not findings
    if document.data is not None or sound:
        aliases = {finding.place for finding in findings if finding.rule.id == "yaml-alias"}  # they have no value
        wrong = [f for f in law.shapes.findings(entry.kind, document.data, source) if f.place not in aliases]
        findings.extend(wrong)
        sound = sound and not wrong
    findings = [*private.quoted(findings), *private.findings()]
    if source.text:
        first = source.text.split("\n", 1)[0]
        findings.extend(_schema_line(entry, source, first, law.shapes.path(entry.kind)))
    if not sound:
        return None, findings
    if entry.kind != "registry" and document.data["id"] != entry.path.stem:
        findings.append(_wrong_name(entry, source, document.data["id"]))
    return _Record(entry, document.data, source), findings


def schema_line(path: Path, schema: Path) -> str:
    """Return the first line that the file at `path` should have, pointing to its schema by a relative path."""
    relative = Path(os.path.relpath(schema.resolve(), path.parent.resolve())).as_posix()
    return f"# yaml-language-server: $schema={relative}"


def _schema_line(entry: Entry, source: Source, first: str, schema: Path) -> Iterable[Finding]:
    first = first.rstrip("\r")
    match = SCHEMA_LINE.fullmatch(first)
    if match and _leads_to(os.path.dirname(entry.path), match[1], str(schema)):  # noqa: PTH120 (for each file)
        return
    wanted = schema_line(entry.path, schema)
    yield NO_SCHEMA_LINE.finding(
        source.at(1, 1, max(1, len(first))),
        Text(
            "第一行没有指向这种文件的数据格式",
            "the first line does not point to the schema of this kind of file",
        ),
        Text("运行 huiyin fmt，或者把第一行改成允许的写法", "run huiyin fmt, or make that the first line"),
        Text(wanted, wanted),
    )


def _leads_to(folder: str, written: str, schema: str) -> bool:
    try:
        if _joined(folder, written) == schema:
            return True  # without asking the disk; links are what the next line is for
        return Path(folder, written).resolve() == Path(schema).resolve() or same(_joined(folder, written), Path(schema))
    except (OSError, RuntimeError, ValueError):  # a NUL in it, a loop of links: it leads nowhere
        return False


@cache
def _joined(folder: str, written: str) -> str:
    """Where a relative path leads to; the files of a folder write the same one."""
    return os.path.normpath(f"{folder}/{written}")


def _wrong_name(entry: Entry, source: Source, identifier: str) -> Finding:
    return WRONG_NAME.finding(
        source.place("id"),
        Text(
            f"编号是 {identifier}，文件名是 {entry.path.name}",
            f"the id is {identifier}, the file is {entry.path.name}",
        ),
        Text(
            f"把文件改名为 {identifier}.yaml，或改正编号",
            f"rename the file to {identifier}.yaml, or correct the id",
        ),
        Text(f"编号 {entry.path.stem}", f"the id {entry.path.stem}"),
    )


def _twice(record: _Record, first: str) -> Finding:
    identifier = record.data["id"]
    return TWICE.finding(
        record.source.place("id"),
        Text(f"编号 {identifier} 已在 {first} 中使用", f"the id {identifier} is used in {first}"),
        Text("换一个新编号；重复的文件则删去", "take a new id, or remove the file if it is a copy"),
    )


def _no_registry(root: Path, base: Path) -> Finding:
    return NO_REGISTRY.finding(
        Place((root / "registry.yaml").relative_to(base).as_posix() if root.is_relative_to(base) else str(root)),
        Text("没有 registry.yaml，或者文件夹不对", "there is no registry.yaml, or this is another folder"),
        Text(
            "在登记册文件夹里建 registry.yaml，可以照演示登记册写",
            "make one; the demonstration registry shows how",
        ),
    )
