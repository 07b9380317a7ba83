"""Which files an import consists of, and their text. Pure: nothing here looks at the disk.

Each file has one fate: written because it is new or its seal still holds and its text differs, left because nothing
changed, or left because people changed it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from huiyin import edit
from huiyin.ledger import seal
from huiyin.ledger.assemble import PACK
from huiyin.ledger.known import FOLDERS, SETTINGS, Known
from huiyin.ledger.mapping import Choice, LedgerMap
from huiyin.ledger.outcomes import LedgerError, Noun, Record
from huiyin.ledger.scene import GOVERNMENT
from huiyin.yamltext import read

FULL = 1000
"""Files that a folder stays under."""
FirstLine = Callable[[str, str], str]
"""The schema line of a file, from its path in the registry and its kind."""
Schemas = Mapping[str, Mapping[str, Any]]
_LATE_ENTRY_DAYS, _NEAR_DAYS = 5, 20
_MOST_SPELLINGS = 12
_KINDS = ("suggestion", "motion", "cppcc_proposal", "opinion_report")
"""In the order in which the schema has them."""


@dataclass(frozen=True)
class PlannedFile:
    """A file to be written: its path in the registry folder, its kind, its whole text, and whether it is new."""

    path: str
    kind: str
    text: str
    new: bool = True


@dataclass
class NounBook:
    """The sessions, members and agencies that rows name, each once, with the terms and spellings of all rows."""

    first: dict[tuple[str, str], Noun] = field(default_factory=dict)
    written: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    terms: dict[tuple[str, str], set[int]] = field(default_factory=lambda: defaultdict(set))

    def add(self, nouns: Iterable[Noun]) -> None:
        """Take in the nouns of one row."""
        for noun in nouns:
            key = (noun.kind, noun.id)
            self.first.setdefault(key, noun)
            self.written[key].add(noun.written)
            if noun.term:
                self.terms[key].add(noun.term)

    def merged(self) -> list[Noun]:
        """Return each noun with what all rows say of it."""
        return [
            replace(noun, data=_with_history(noun, sorted(self.written[key]), sorted(self.terms[key])))
            for key, noun in self.first.items()
        ]


@dataclass(frozen=True)
class Plan:
    """The files to write, registry.yaml last, how many stay as they are, and those that people changed."""

    files: tuple[PlannedFile, ...]
    same: int
    kept: tuple[str, ...]


def plan(
    records: Sequence[Record], book: NounBook, mapping: LedgerMap, known: Known, schemas: Schemas, first_line: FirstLine
) -> Plan:
    """Return what is to be written for the records; raises LedgerError where registry.yaml lacks a body."""
    candidates = [*_nouns(book, mapping, known, schemas), _settings(mapping, known)]
    files = [candidate for candidate in candidates if isinstance(candidate, PlannedFile)]
    kept = [candidate for candidate in candidates if isinstance(candidate, str)]
    proposals = list(_proposals(records, known))
    same = candidates.count(None) + sum(1 for record in records if not record.text)
    whole = [replace(file, text=first_line(file.path, file.kind) + file.text) for file in [*proposals, *files]]
    return Plan(tuple(sorted(whole, key=lambda file: file.path == SETTINGS)), same, tuple(kept))


def _proposals(records: Sequence[Record], known: Known) -> Iterator[PlannedFile]:
    there: dict[str, int] = defaultdict(int)
    for proposal in known.proposals.values():
        there[proposal.path.split("/")[1]] += 1
    new: dict[str, dict[str, Record]] = defaultdict(dict)
    for record in records:
        if record.text and record.path:
            yield PlannedFile(record.path, "proposal", record.text, new=False)
        elif record.text:
            new[record.session][record.id] = record
    for session, rows_of in sorted(new.items()):
        for path, identifier in _shelved(f"proposals/{session}", sorted(rows_of), there[session]):
            yield PlannedFile(path, "proposal", rows_of[identifier].text)


def _nouns(book: NounBook, mapping: LedgerMap, known: Known, schemas: Schemas) -> Iterator[PlannedFile | str | None]:
    """Each noun's file; its path where people changed it and it lacks something; None where it stays."""
    merged = book.merged()
    for kind, folder in FOLDERS.items():
        rows = {noun.id: noun for noun in merged if noun.kind == kind}
        there = sum(1 for of, _ in known.nouns if of == kind)
        fresh = sorted(identifier for identifier in rows if (kind, identifier) not in known.nouns)
        for path, identifier in _shelved(folder, fresh, there):
            text = seal.sealed(edit.compose(rows[identifier].data, "", seal.comment(mapping.source)))
            yield PlannedFile(path, kind, text)
        for identifier in sorted(set(rows) - set(fresh)):
            yield _again(known.nouns[kind, identifier], rows[identifier], mapping, known, schemas[kind])


def _again(
    path: str, noun: Noun, mapping: LedgerMap, known: Known, schema: Mapping[str, Any]
) -> PlannedFile | str | None:
    """A file that an earlier import wrote: with what both ledgers say, unless people changed it."""
    before = known.text(path) or ""
    there, data = read(before).data, noun.data
    both = {**data, **{key: _both(there, data, key) for key in ("terms", "aliases") if key in there or key in data}}
    if "note" in there:
        notes = [there["note"], data["note"]] if data.get("note", "") not in there["note"] else [there["note"]]
        both["note"] = "；".join(notes)
    text = seal.sealed(edit.compose(edit.arranged(both, schema), "", seal.comment(mapping.source)))
    if text == "\n" + before.split("\n", 1)[1]:
        return None
    if seal.holds(before):
        return PlannedFile(path, noun.kind, text, new=False)
    return path if any(there.get(key) != value for key, value in both.items()) else None


def _both(there: Mapping[str, Any], data: Mapping[str, Any], key: str) -> list[Any]:
    return sorted({*there.get(key, ()), *data.get(key, ())})


def _settings(mapping: LedgerMap, known: Known) -> PlannedFile | str | None:
    data = settings(mapping)
    text = seal.sealed(edit.compose(data, "", seal.comment(mapping.source)))
    before = known.text(SETTINGS)
    if before is None:
        return PlannedFile(SETTINGS, "registry", text)
    if text == "\n" + before.split("\n", 1)[1]:
        return None
    if seal.holds(before):
        return PlannedFile(SETTINGS, "registry", text, new=False)
    there = read(before).data
    bodies = {body.get("id") for body in there.get("bodies", ()) if isinstance(body, dict)}
    lacking = [body["id"] for body in data["bodies"] if body["id"] not in bodies]
    if lacking:
        raise LedgerError(
            f"registry.yaml 有人改过，里面没有机构 {lacking[0]}；请在里面补上，或改映射",
            f"people changed registry.yaml, and it lacks the body {lacking[0]}: add it there, or change the mapping",
        )
    return SETTINGS


def settings(mapping: LedgerMap) -> dict[str, Any]:
    """Return the data of registry.yaml: the bodies, all under the pack of imported records."""
    raw = mapping.registry
    packs = dict.fromkeys(_kinds(mapping.kind), PACK)
    bodies = []
    for body in raw["bodies"]:
        office = {"id": mapping.bodies[body["id"]].office, "name": body["office"]}
        keys = ("id", "kind", "name", "short", "level")
        bodies.append({**{key: body[key] for key in keys if key in body}, "office": office, "packs": packs})
    return {
        "name": raw["name"],
        "place": raw["place"],
        "locale": raw.get("locale", "zh"),
        "timezone": raw["timezone"],
        "bodies": bodies,
        "government_office": {"id": GOVERNMENT, "name": raw["government_office"]},
        "intake": raw.get("intake", "private"),
        "late_entry_days": _LATE_ENTRY_DAYS,
        "near_days": _NEAR_DAYS,
        "site": {"address": raw["address"]},
    }


def _kinds(choice: Choice) -> list[str]:
    used = {choice.always, choice.default, *(choice.values or {}).values()}
    return [kind for kind in _KINDS if kind in used]


def _shelved(folder: str, identifiers: Sequence[str], there: int = 0) -> Iterator[tuple[str, str]]:
    """Yield the path of each new file beside `there` old ones; many go into sub-folders by the hash's first letters."""
    letters = 0
    while len(identifiers) + there >= FULL * 32**letters // (2 if letters else 1):
        letters += 1
    for identifier in identifiers:
        hashed = identifier.rsplit("-", 1)[-1]
        inner = f"{hashed[:letters]}/" if letters else ""
        yield f"{folder}/{inner}{identifier}.yaml", identifier


def _with_history(noun: Noun, written: Sequence[str], terms: Sequence[int]) -> Mapping[str, Any]:
    data = dict(noun.data)
    if noun.kind == "session":
        return data
    spellings = [spelling for spelling in written if spelling and spelling not in (data["name"], data.get("short"))][
        :_MOST_SPELLINGS
    ]
    if noun.kind == "agency":
        level = data.pop("level")
        return {**data, **({"aliases": spellings} if spellings else {}), "level": level}
    if terms:
        data["terms"] = list(terms)
    if spellings:
        data["note"] = f"台账中也写作：{'、'.join(spellings)}"
    return data
