"""Canaries: words that stand nowhere else, one in every text of a registry, and the search for them in everything.

What may be public is decided here a second time, as plainly as the guide tells it, so that the proof does not lean on
the code that it is about.
"""

from __future__ import annotations

import base64
import contextlib
import gzip
import html
import io
import json
import random
import re
import sqlite3
import subprocess
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import duckdb

ALPHABET = "abcdefghjkmnpqrstvwxyz0123456789"
LENGTH = 14
CANARY = re.compile(r"(?=(zq[a-z0-9]{12}))")
"""Twelve characters behind `zq`: they survive folding, and no word cutter knows them.

Looked for at every place, so that no chance find, in a digest say, swallows the beginning of a real one.
"""

SHOWN = {"disclosed.text", "withheld.reason", "withheld.fields"}
"""Texts of events that say to everybody what is public and why something is not."""
NEVER = {
    "note", "co_opinion.text", "co_opinion_rejected.reason", "return_requested.reason", "return_requested.rule",
    "return_granted.reason", "return_refused.reason",
}  # fmt: skip
"""Texts of events that only agencies read."""
RECORD = ("title", "situation", "analysis", "evidence", "asks")
"""Fields of a proposal that hold its text; `particulars` and `source` are never public."""
CODES = {"type", "id", "by", "on", "recorded_by", "channel", "agency", "lead", "co", "separate", "class", "level",
         "ground", "event", "commitment", "owner", "ask", "due", "who", "how", "phase", "attitude", "result", "about",
         "verdict", "taken_up", "to", "to_kind", "into", "with", "from", "complexity", "number", "letter", "fields",
         "proposer_told_on", "approved_by", "status"}  # fmt: skip


class Nest:
    """Hands out canaries and remembers where each one sits: (record, event or None, name of the field)."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 (a proof that can be repeated)
        self.places: dict[str, tuple[str, str | None, str]] = {}

    def new(self, record: str, event: str | None, field: str) -> str:
        """Return a new canary for a place."""
        word = "zq" + "".join(self.random.choices(ALPHABET, k=LENGTH - 2))
        self.places[word] = (record, event, field)
        return word

    def planted(self, found: set[str]) -> set[str]:
        """Return those found that were handed out: a digest, or a font, looks like one now and then."""
        return found & set(self.places)

    def fill(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return a proposal with a canary in each of its texts."""
        identifier = data["id"]
        filled: dict[str, Any] = {}
        for key, value in data.items():
            if key == "events":
                filled[key] = [self._event(identifier, event) for event in value]
            elif key in (*RECORD, "particulars"):
                filled[key] = self._texts(value, identifier, None, key)
            elif key == "source":
                filled[key] = {**value, "name": self.new(identifier, None, "source")}
            elif key == "disclosure" and "reason" in value:
                filled[key] = {**value, "reason": self.new(identifier, None, "disclosure")}
            else:
                filled[key] = value
        return filled

    def _event(self, record: str, event: Mapping[str, Any]) -> dict[str, Any]:
        kind, identifier = event["type"], event["id"]
        filled: dict[str, Any] = {"id": identifier, "type": kind}
        for key, value in event.items():
            if key in ("answers", "co_opinions", "commitments", "inputs", "participants"):
                filled[key] = self._texts(value, record, identifier, key)
            elif key in ("document", "late_entry"):
                filled[key] = {
                    k: v if k in ("approved_by",) else self.new(record, identifier, key) for k, v in value.items()
                }
            elif key == "disclosure":
                filled[key] = {
                    k: v if k != "reason" else self.new(record, identifier, "disclosure") for k, v in value.items()
                }
            elif isinstance(value, str) and key not in CODES:
                filled[key] = self.new(record, identifier, key)
            else:
                filled[key] = value
        return filled

    def _texts(self, value: Any, record: str, event: str | None, field: str) -> Any:
        if isinstance(value, str):
            return self.new(record, event, field)
        if isinstance(value, list):
            return [self._texts(one, record, event, field) for one in value]
        if isinstance(value, dict):
            codes = ("id", "agency", "ask", "owner", "due", "class", "taken_up", "who", "count")
            return {k: v if k in codes else self._texts(v, record, event, field) for k, v in value.items()}
        return value


def seen_now(data: Mapping[str, Any], event: str | None, field: str, audience: str = "public") -> bool:
    """Whether an audience may read a text of a proposal as it stands: the rules of the guide, one after the other."""
    events = {row["id"]: row for row in data["events"]}
    row = events.get(event or "")
    kind = f"{row['type']}.{field}" if row else field
    if kind in SHOWN or field == "disclosure":
        return True
    if field in ("particulars", "source") or (audience != "agency" and {field, kind} & NEVER):
        return False
    level = data.get("disclosure", {}).get("level")
    order = [one["type"] for one in data["events"]]
    if level == "withheld" or not {"accepted", "disclosed"} & set(order):
        return False
    named = _named(data)
    mine = {field, "*"} | ({f"{event}.{field}", event} if event else set())
    if row and row["type"] == "corrected":
        target = row["event"]
        mine |= {target} | {name for name in named if name.startswith(f"{target}.")}
    if mine & named:
        return False
    if audience != "public":
        return row is None or row["type"] != "replied" or _reply(data, row) != "withheld"
    steps = ["withheld", "on_request", "summary", "full"]
    reached = [level or "withheld"] + [
        e["level"] for e in data["events"] if e["type"] == "disclosed" and "event" not in e
    ]
    best = max(reached, key=steps.index)
    if row and row["type"] == "replied":
        return best != "withheld" and _reply(data, row) == "full"
    return best == "full" or (event is None and field == "title" and best != "withheld")


def _named(data: Mapping[str, Any]) -> set[str]:
    named: set[str] = set()
    for event in data["events"]:
        if event["type"] == "withheld":
            named |= set(event.get("fields", ["*"]))
        elif event["type"] == "disclosed" and event["level"] == "full":
            one = event.get("event")
            named = {name for name in named if one and name.split(".")[0] != one}
    return named


def _reply(data: Mapping[str, Any], reply: Mapping[str, Any]) -> str | None:
    level = reply.get("disclosure", {}).get("level")
    passed = False
    for event in data["events"]:
        passed = passed or event["id"] == reply["id"]
        meant = event.get("event") == reply["id"] or ("event" not in event and level != "withheld")
        if passed and meant and event["type"] == "disclosed" and event["level"] == "full":
            level = "full"
    return str(level) if level else None


# ------------------------------------------------------------------------------------------ searching


def found_in(raw: bytes) -> set[str]:
    """The canaries in some bytes: as they are, folded, spread out or marked up, in other encodings, packed."""
    seen: set[str] = set()
    for form in _forms(raw):
        seen.update(CANARY.findall(form))
    return seen


def _forms(raw: bytes) -> Iterator[str]:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        text = raw.decode(encoding, "ignore")
        yield text
        if encoding != "utf-8" and "zq" not in text.casefold():
            continue
        folded = unicodedata.normalize("NFKC", text).casefold()
        yield folded
        yield re.sub(r"<[^>]{0,60}>|[\s\u200b-\u200f\u2060\ufeff\u00ad,，、|/]", "", folded)
        if "&#" in folded:
            yield html.unescape(folded)
        if "\\u" in folded:
            yield re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), folded)
    if b"%" in raw:
        yield unquote_to_bytes(raw).decode("utf-8", "ignore").casefold()
    for match in re.finditer(rb"[A-Za-z0-9+/_-]{16,}={0,2}", raw):
        word = match[0].rstrip(b"=")
        for start in range(4):
            cut = word[start:]
            cut = cut[:-1] if len(cut) % 4 == 1 else cut
            if len(cut) <= 4096:
                packed = cut.translate(bytes.maketrans(b"-_", b"+/")) + b"=" * (-len(cut) % 4)
                yield base64.b64decode(packed).decode("utf-8", "ignore").casefold()
        if re.fullmatch(rb"[0-9a-fA-F]+", word):
            yield bytes.fromhex(word[: len(word) // 2 * 2].decode()).decode("utf-8", "ignore").casefold()
    if raw[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for name in archive.namelist():
                yield name.casefold()
                yield from _forms(archive.read(name))
    elif raw[:2] == b"\x1f\x8b":
        yield from _forms(gzip.decompress(raw))
    elif raw[:4] == b"PAR1":
        yield from _forms(_rows(raw))
    elif raw[:6] == b"SQLite":
        yield from _forms(_cells(raw))


def _rows(raw: bytes) -> bytes:
    """The rows of a file of Parquet, whose columns are packed."""
    with tempfile.NamedTemporaryFile(suffix=".parquet") as file:
        file.write(raw)
        file.flush()
        rows = duckdb.sql(f"select * from read_parquet('{file.name}')").fetchall()
    return json.dumps(rows, default=str, ensure_ascii=False).encode()


def _cells(raw: bytes) -> bytes:
    """The rows of all tables of a database, where long texts go on in other pages of the file."""
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(raw)
        names = [name for (name,) in database.execute("select name from sqlite_master where type = 'table'")]
        rows = {name: database.execute(f'select * from "{name}"').fetchall() for name in names}
    return json.dumps(rows, default=str, ensure_ascii=False).encode()


def in_folder(folder: Path) -> set[str]:
    """The canaries in the names and contents of all files of a folder, tables and git objects opened."""
    seen: set[str] = set()
    for path in sorted(folder.rglob("*")):
        seen |= found_in(str(path.relative_to(folder)).encode())
        if not path.is_file():
            continue
        raw = path.read_bytes()
        seen |= found_in(raw)
        if raw[:1] == b"\x78" and "objects" in path.parts:
            seen |= found_in(zlib.decompress(raw))
    return seen


def in_repository(repository: Path) -> set[str]:
    """The canaries in a repository: in every file of its folder, and in every object, reachable or not."""
    git = ("git", "--git-dir", str(repository))
    listed = subprocess.run(
        [*git, "cat-file", "--batch-all-objects", "--batch-check"], capture_output=True, check=True
    ).stdout.decode()
    assert listed, "a repository without objects proves nothing"
    objects = subprocess.run([*git, "cat-file", "--batch-all-objects", "--batch"], capture_output=True, check=True)
    return in_folder(repository) | found_in(objects.stdout)
