"""Which files an import consists of, and their text. Pure: nothing here looks at the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from huiyin import edit
from huiyin.ledger.assemble import PACK
from huiyin.ledger.events import GOVERNMENT
from huiyin.ledger.mapping import Choice, LedgerMap
from huiyin.ledger.outcomes import Noun, Record

FULL = 1000
"""Files that a folder stays under."""
SETTINGS = "registry.yaml"
FirstLine = Callable[[str, str], str]
"""The schema line of a file, from its path in the registry and its kind."""
_FOLDERS = {"session": "sessions", "member": "members", "agency": "agencies"}
_LATE_ENTRY_DAYS, _NEAR_DAYS = 5, 20
_MOST_SPELLINGS = 12
_KINDS = ("suggestion", "motion", "cppcc_proposal", "opinion_report")
"""In the order in which the schema has them."""


@dataclass(frozen=True)
class PlannedFile:
    """A file to be written: its path in the registry folder, its kind, and its whole text."""

    path: str
    kind: str
    text: str


def comment(mapping: LedgerMap) -> str:
    """Return the second line of every file: where it comes from, under which licence, and that an import wrote it."""
    source = mapping.source
    where = f"，{source.address}" if source.address else ""
    return (
        f"# 来源：{source.name}（{source.licence}{where}）。 / "
        f"Source: {source.name}, written by huiyin import ({source.code})."
    )


def files(records: Sequence[Record], mapping: LedgerMap, first_line: FirstLine) -> list[PlannedFile]:
    """Return every file of the registry, registry.yaml last."""
    found: list[PlannedFile] = []
    merged = _merged(noun for record in records for noun in record.draft.nouns)
    for kind, folder in _FOLDERS.items():
        rows = {noun.id: noun for noun in merged if noun.kind == kind}
        for path, identifier in _shelved(folder, sorted(rows)):
            text = edit.compose(rows[identifier].data, first_line(path, kind), comment(mapping))
            found.append(PlannedFile(path, kind, text))
    by_session: dict[str, dict[str, Record]] = {}
    for record in records:
        by_session.setdefault(record.draft.data["session"], {})[record.id] = record
    for session, rows_of in sorted(by_session.items()):
        for path, identifier in _shelved(f"proposals/{session}", sorted(rows_of)):
            found.append(PlannedFile(path, "proposal", first_line(path, "proposal") + rows_of[identifier].text))
    text = edit.compose(settings(mapping), first_line(SETTINGS, "registry"), comment(mapping))
    return [*found, PlannedFile(SETTINGS, "registry", text)]


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


def _shelved(folder: str, identifiers: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the path of each file; where there are many they go into sub-folders by the first letters of the hash."""
    letters = 0
    while len(identifiers) >= FULL * 32**letters // (2 if letters else 1):
        letters += 1
    for identifier in identifiers:
        hashed = identifier.rsplit("-", 1)[-1]
        inner = f"{hashed[:letters]}/" if letters else ""
        yield f"{folder}/{inner}{identifier}.yaml", identifier


def _merged(nouns: Iterable[Noun]) -> list[Noun]:
    """Each noun once, with the terms and the spellings of all rows that name it."""
    first: dict[tuple[str, str], Noun] = {}
    written: dict[tuple[str, str], set[str]] = {}
    terms: dict[tuple[str, str], set[int]] = {}
    for noun in nouns:
        key = (noun.kind, noun.id)
        first.setdefault(key, noun)
        written.setdefault(key, set()).add(noun.written)
        if noun.term:
            terms.setdefault(key, set()).add(noun.term)
    return [
        replace(noun, data=_with_history(noun, sorted(written[key]), sorted(terms.get(key, ()))))
        for key, noun in first.items()
    ]


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
