"""What an import finds in its folder: the files of earlier imports, and which row of the ledger each belongs to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from huiyin.ledger import seal
from huiyin.ledger.outcomes import Draft, LedgerError
from huiyin.load.shapes import Shapes
from huiyin.yamltext import read

SETTINGS = "registry.yaml"
"""The file of the registry's settings."""
FOLDERS = {"session": "sessions", "member": "members", "agency": "agencies"}
"""Where the files of each kind of noun lie."""


@dataclass(frozen=True)
class KnownProposal:
    """A proposal that an earlier import wrote: its file, its row, and what it can be known by."""

    id: str
    path: str
    row: int
    digest: str
    number: tuple[str, str, str] | None
    like: tuple[str, str, str]


@dataclass
class Known:
    """The folder of an import as it was found: proposals by id, and the paths of nouns by kind and id."""

    folder: Path
    proposals: dict[str, KnownProposal] = field(default_factory=dict)
    nouns: dict[tuple[str, str], str] = field(default_factory=dict)

    def text(self, path: str) -> str | None:
        """Return the text of a file, None where there is none; raises LedgerError where it is not to be read."""
        try:
            return (self.folder / path).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError):
            raise LedgerError(
                f"无法读取 {self.folder / path}：先运行 huiyin check 改正它",
                f"cannot read {self.folder / path}: run huiyin check and correct it first",
            ) from None


def look(folder: Path, shapes: Shapes) -> Known:
    """Return what lies in `folder`; raises LedgerError for a file that is not whole, so that others need not ask."""
    known = Known(folder)
    if (folder / SETTINGS).exists():
        _whole(known, SETTINGS, "registry", shapes)
    for kind, below in FOLDERS.items():
        for path in sorted((folder / below).rglob("*.yaml")):
            known.nouns[kind, path.stem] = path.relative_to(folder).as_posix()
            _whole(known, known.nouns[kind, path.stem], kind, shapes)
    for path in sorted((folder / "proposals").rglob("*.yaml")):
        shown = path.relative_to(folder).as_posix()
        text, data = _whole(known, shown, "proposal", shapes)
        source = data.get("source")
        if isinstance(source, dict) and seal.owner(text):
            known.proposals[path.stem] = _proposal(path.stem, shown, data, source)
    return known


def _whole(known: Known, path: str, kind: str, shapes: Shapes) -> tuple[str, Mapping[str, Any]]:
    """Return the text and the data of a file; raises LedgerError when it is not what its schema allows."""
    text = known.text(path) or ""
    document = read(text)
    if document.faults or not shapes.allows(kind, document.data):
        raise LedgerError(
            f"{known.folder / path} 不是完整的登记文件：先运行 huiyin check 改正它",
            f"{known.folder / path} is not a whole registry file: run huiyin check and correct it first",
        )
    return text, document.data


def _proposal(identifier: str, path: str, data: Mapping[str, Any], source: Mapping[str, Any]) -> KnownProposal:
    row = source.get("row")
    return KnownProposal(
        identifier, path, row if isinstance(row, int) else 0, str(source.get("digest")), number_of(data), _like(data)
    )


def number_of(data: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """Return session, kind and official number of a proposal's data; None while it has no number."""
    given = next((event["number"] for event in data["events"] if isinstance(event, dict) and "number" in event), None)
    return None if given is None else (str(data.get("session")), str(data.get("kind")), str(given))


def _like(data: Mapping[str, Any]) -> tuple[str, str, str]:
    proposers = data.get("proposers") or [""]
    return str(data.get("session")), str(data.get("title")), str(proposers[0])


class Matcher:
    """Which known proposal a row belongs to. Each known proposal goes to one row at most.

    A row that stands in the ledger as it did belongs to the proposal that it became. One that changed belongs to the
    proposal with its number, or else to the only one with its session, title and first proposer, unless another row
    of the ledger has that proposal's old content.
    """

    def __init__(self, known: Known, digests: Iterable[str]) -> None:
        self._known = known.proposals
        self._by_digest: dict[str, list[KnownProposal]] = defaultdict(list)
        self._by_number: dict[tuple[str, str, str], KnownProposal] = {}
        self._by_like: dict[tuple[str, str, str], list[KnownProposal]] = defaultdict(list)
        standing = Counter(digest for digest in digests)
        for proposal in sorted(known.proposals.values(), key=lambda one: (one.row, one.id)):
            same = self._by_digest[proposal.digest]
            same.append(proposal)
            if len(same) > standing[proposal.digest]:
                self._by_like[proposal.like].append(proposal)
                if proposal.number:
                    self._by_number.setdefault(proposal.number, proposal)
        self.missing = dict(known.proposals)
        """The known proposals that no row has been found for, by id."""

    def find(self, draft: Draft, keyed: str | None) -> KnownProposal | None:
        """Return the known proposal of a row, and keep it from other rows; `keyed` is the id that a key gives."""
        found = self._known.get(keyed) if keyed is not None else self._alike(draft)
        return self.missing.pop(found.id, None) if found is not None else None

    def _alike(self, draft: Draft) -> KnownProposal | None:
        same = self._by_digest.get(draft.digest, [])
        if draft.occurrence <= len(same):
            return same[draft.occurrence - 1]
        number = number_of(draft.data)
        if number is not None and number in self._by_number:
            return self._by_number[number]
        alike = [one for one in self._by_like.get(_like(draft.data), ()) if one.id in self.missing]
        unnumbered = [one for one in alike if number is None or one.number is None]
        return unnumbered[0] if len(unnumbered) == 1 else None
