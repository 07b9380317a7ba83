"""The cache of a large registry: the same result with and without it, whatever was done to its file."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path

import pytest

from huiyin.load import Law, Loaded, load_registry
from huiyin.load import ready as fast
from huiyin.load.cache import Cache
from tests.project import BASE, ROOT, lay

BROKEN = "2026-m4t7k"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(fast, "WORTH", 1)
    lay(BASE, tmp_path / "registry")
    return tmp_path


def load(folder: Path, law: Law, kept: bool = True) -> Loaded:
    return load_registry(folder / "registry", law, ROOT, kept=folder / "cache" / "records" if kept else None)


def same(one: Loaded, other: Loaded) -> bool:
    return one.registry == other.registry and one.findings == other.findings and one.entries == other.entries


def test_with_the_cache_or_without_it_everything_is_the_same(folder: Path, law: Law) -> None:
    path = next((folder / "registry" / "proposals").rglob(f"{BROKEN}.yaml"))
    path.write_text(path.read_text(encoding="utf-8").replace("kind: ", "kinds: ", 1), encoding="utf-8")
    plain = load(folder, law, kept=False)
    assert plain.findings
    assert same(load(folder, law), plain)
    assert same(load(folder, law), plain)


def test_a_file_that_is_right_is_read_once(folder: Path, law: Law, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load(folder, law)
    monkeypatch.setattr(fast, "read_yaml", lambda _: pytest.fail("read again"))
    assert same(load(folder, law), first)


@pytest.mark.parametrize("harm", ["cut", "no table", "row", "shape", "folder"])
def test_a_cache_that_was_harmed_is_made_again(folder: Path, law: Law, harm: str) -> None:
    plain = load(folder, law)
    path = folder / "cache" / "records"
    if harm == "cut":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    elif harm == "no table":
        path.write_bytes(b"not a table" * 1000)
    elif harm == "folder":
        path.unlink()
        path.mkdir()
    else:
        with sqlite3.connect(path) as table:
            for key, text, check in table.execute("SELECT * FROM kept").fetchall():
                changed = text.replace("关于", "终于") if harm == "row" else text
                table.execute("UPDATE kept SET text = ?, digest = ? WHERE key = ?", (changed, check, key))
                if harm == "shape":
                    wrong = json.dumps({**json.loads(text), "id": 7})
                    table.execute("UPDATE kept SET text = ? WHERE key = ?", (wrong, key))
        table.close()
    assert same(load(folder, law), plain)
    assert same(load(folder, law), plain)


def test_data_under_the_right_key_that_no_schema_allows_are_not_taken(folder: Path, law: Law) -> None:
    plain = load(folder, law)
    cache = Cache(folder / "cache" / "records")
    with sqlite3.connect(cache.path) as table:
        keys = [key for (key,) in table.execute("SELECT key FROM kept")]
    table.close()
    cache.put({key: {"id": 7} for key in keys}, len(keys))
    assert same(load(folder, law), plain)


def test_half_a_character_is_simply_not_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "records")
    cache.put({"a": "\ud800", "b": "乙"}, 2)
    assert cache.get(["a", "b"]) == {"b": "乙"}


def test_guard_landing_and_audit_never_ask_the_cache() -> None:
    package = ROOT / "scripts" / "huiyin"
    for room in ("guard", "landing", "audit"):
        for path in (package / room).glob("*.py"):
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"kept=|load\.cache|load\.ready|load_registry", text), path
