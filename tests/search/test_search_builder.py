"""The index as files: the same bytes for the same documents, only changed segments written, nothing half-written."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.cases import cases
from huiyin.load import load_law, load_registry
from huiyin.search import Card, Document, Facet, documents, facets, write, written
from huiyin.search import segment as segments
from huiyin.search.bits import golomb, pack
from huiyin.search.files import UNFINISHED
from huiyin.search.plan import LARGEST, TOGETHER, plan
from huiyin.search.scripts import thin
from tests.generate import documents as generated
from tests.generate import record
from tests.project import ROOT
from tests.search.node import MODULES, NODE

FACETS = tuple(Facet(name, name, {}) for name in ("kind", "session", "state", "category", "agency"))


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def document(session: str, number: int) -> Document:
    return Document(f"{session}-{number}", session, f"p/{number}/", "", "题", "", "文", None, {})


def test_the_order_of_documents_does_not_matter_and_the_bytes_are_the_same(tmp_path: Path) -> None:
    held = list(generated(60))
    write(held, FACETS, tmp_path / "one")
    held.reverse()
    write(held, FACETS, tmp_path / "other")
    assert tree(tmp_path / "one") == tree(tmp_path / "other")


def test_only_the_segment_of_a_change_is_made_again_and_the_result_is_that_of_a_clean_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huiyin.search.plan.TOGETHER", 20)
    held = list(generated(100))
    write(held, FACETS, tmp_path / "index")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "index").iterdir() if path.is_dir()}
    assert len(before) == 10
    changed = [replace(held[0], text=held[0].text + "改了一处。"), *held[1:]]
    write(changed, FACETS, tmp_path / "index")
    after = {path: path.stat().st_mtime_ns for path in (tmp_path / "index").iterdir() if path.is_dir()}
    assert len(set(before.items()) & set(after.items())) == 9
    write(changed, FACETS, tmp_path / "clean")
    assert tree(tmp_path / "index") == tree(tmp_path / "clean")


def test_a_new_day_makes_what_is_shown_anew_and_leaves_the_texts(tmp_path: Path) -> None:
    held = list(generated(40))
    write(held, FACETS, tmp_path)
    before = {path.name for path in tmp_path.iterdir() if path.is_dir()}
    write([replace(one, card=Card(turn="轮到别人")) for one in held], FACETS, tmp_path)
    after = {path.name for path in tmp_path.iterdir() if path.is_dir()}
    [texts] = before & after
    assert (tmp_path / texts / "segment.json").is_file()
    assert len(after) == len(before) == 2


def test_a_file_that_stays_the_same_in_a_changed_segment_is_not_written_again(tmp_path: Path) -> None:
    held = list(generated(40))
    write(held, FACETS, tmp_path)
    before = {path.name: path.stat().st_ino for path in tmp_path.glob("*/*")}
    write([replace(held[0], text=held[0].text + "改了一处。"), *held[1:]], FACETS, tmp_path)
    after = {path.name: path.stat().st_ino for path in tmp_path.glob("*/*")}
    same = [name for name in after if before.get(name) == after[name]]
    assert len(same) > 20
    assert len(same) < len(after)


def test_nothing_is_written_when_nothing_changed(tmp_path: Path) -> None:
    held = list(generated(30))
    write(held, FACETS, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    write(held, FACETS, tmp_path)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_a_build_that_was_killed_is_completed_by_the_next_one(tmp_path: Path) -> None:
    held = list(generated(30))
    write(held, FACETS, tmp_path / "clean")
    write(held[:10], FACETS, tmp_path / "index")
    for called in [path.name for path in (tmp_path / "clean").iterdir() if path.is_dir()]:
        half = tmp_path / "index" / f"{called}{UNFINISHED}"
        half.mkdir()
        (half / "0.bin").write_bytes(b"half")
    (tmp_path / "index" / f"index.json{UNFINISHED}").write_text("{")
    write(held, FACETS, tmp_path / "index")
    assert tree(tmp_path / "index") == tree(tmp_path / "clean")


def test_many_changed_documents_are_made_by_processes_with_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huiyin.search.plan.TOGETHER", 20)
    held = list(generated(60))
    write(held, FACETS, tmp_path / "one")
    monkeypatch.setattr("huiyin.search.files.WORTH_PROCESSES", 10)
    write(held, FACETS, tmp_path / "many")
    assert tree(tmp_path / "one") == tree(tmp_path / "many")


def test_small_sessions_share_a_segment_and_a_huge_one_is_divided() -> None:
    held = [document("a", number) for number in range(TOGETHER - 1)]
    held += [document("b", 0), document("c", 0)]
    held += [document("d", number) for number in range(LARGEST + 5)]
    assert [len(one) for one in plan(held)] == [TOGETHER, 1, LARGEST, 5]
    assert plan([]) == []


def test_an_index_of_nothing_can_be_written(tmp_path: Path) -> None:
    write([], FACETS, tmp_path)
    assert json.loads((tmp_path / "index.json").read_bytes())["documents"] == 0


def _full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_full_disk_leaves_the_index_that_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(list(generated(10)), FACETS, tmp_path)
    before = tree(tmp_path)
    monkeypatch.setattr(Path, "rename", _full)
    with pytest.raises(OSError, match="No space"):
        write(list(generated(12)), FACETS, tmp_path)
    assert {name: content for name, content in tree(tmp_path).items() if name in before} == before


def test_a_text_of_200_kilobytes_takes_several_slots_and_all_others_keep_small_ones() -> None:
    held = [
        replace(one, text="很长的一段话，" * 10_000 if one.id.endswith("00005") else one.text) for one in generated(50)
    ]
    _, row = segments.segment(held)
    assert row["slot_bits"] <= 11
    assert len(row["long"]) == 2
    assert row["slots"] == 3 * len(held) + row["long"][1]


@given(st.lists(st.lists(st.tuples(st.integers(0, 2**40), st.integers(0, 20)), min_size=1, max_size=50), min_size=1))
def test_numbers_are_packed_as_bits_and_each_part_begins_with_a_byte(parts: list[list[tuple[int, int]]]) -> None:
    flat = [one for part in parts for one in part]
    firsts = np.cumsum([0, *(len(part) for part in parts[:-1])])
    values = np.array([value for value, _ in flat], dtype=np.int64)
    code, length = golomb(values, np.array([order for _, order in flat], dtype=np.int64))
    if length.max() > 64:
        return
    packed, ends = pack(code, length, firsts)
    expected = b""
    for part in parts:
        bits = "".join(_plain(value, order) for value, order in part)
        expected += int(bits + "0" * (-len(bits) % 8), 2).to_bytes(-(-len(bits) // 8), "big")
    assert packed == expected
    assert ends[-1] == len(packed)


def _plain(value: int, order: int) -> str:
    code = f"{value + (1 << order):b}"
    return "0" * (len(code) - 1 - order) + code


def test_a_record_is_found_by_title_numbers_people_agencies_texts_and_documents() -> None:
    law = load_law(ROOT / "schema", ROOT)
    registry = load_registry(ROOT / "registry", law, ROOT).registry
    assert registry is not None
    day = date(2026, 11, 20)
    scope = (registry, cases(registry, day), law.vocabulary)
    held = {one.id: one for one in documents(*scope)}
    found = held["2021-1c4nw"]
    assert (found.url, found.date, found.session) == ("p/2021-1c4nw/", date(2021, 1, 18), "npc-16-5")
    for name in ("0023", "，23，", "蒋玉兰", "2021-1c4nw"):
        assert name in found.names, name
    for said in (
        "东干渠从石门水库下来",
        "渠系水利用系数0.46",
        "分两年修复",
        "望水函〔2021〕14号",
        "落实专职管护员6名",
        "手写稿由南浦",
    ):
        assert said in found.text, said
    assert held["a-housing"].names.split("\n")[:2] == ["市住建局", "住建局"]
    for facet in facets(*scope):
        used = {value for one in held.values() for value in one.facets.get(facet.id, ())}
        assert used, facet.id
        assert used <= set(facet.values), facet.id
    early = {one.id: one for one in documents(registry, cases(registry, date(2021, 2, 1)), law.vocabulary)}
    assert "望水函〔2021〕14号" not in early["2021-1c4nw"].text
    before = {one.id: one for one in documents(registry, cases(registry, date(2025, 1, 15)), law.vocabulary)}
    assert "0061" not in before["2025-1d6rw"].names


@pytest.mark.parametrize("path", sorted(MODULES.glob("*.js")), ids=lambda path: path.name)
def test_scripts_can_be_thinned_line_by_line_and_use_nothing_new_or_dangerous(path: Path, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "/*" not in text.replace("/** ", ""), "comments of several lines"
    assert all(line.count("`") % 2 == 0 for line in text.splitlines()), "texts of several lines"
    for bad in ("eval(", "Function(", "innerHTML", "insertAdjacentHTML", "document.write", "http://", "https://"):
        assert bad not in text, bad
    for new in (".at(", "replaceAll", "??=", "||=", "&&=", "structuredClone", ".findLast", "Object.hasOwn", "static {"):
        assert new not in text, f"{new} is newer than 2020"
    (tmp_path / "thin.mjs").write_text(thin(text), encoding="utf-8")
    assert (tmp_path / "thin.mjs").stat().st_size < path.stat().st_size * 0.95
    subprocess.run([str(NODE), "--check", str(tmp_path / "thin.mjs")], check=True)


def test_generated_proposals_are_the_same_on_every_run_and_of_the_size_they_should_be() -> None:
    assert record(3, 500) == record(3, 500)
    held = list(generated(300))
    assert 900 < sum(len(one.text) for one in held) / len(held) < 1300
    assert len({one.id for one in held}) == 300
    assert {len(record(number, 300)["events"]) for number in range(300)} == set(range(4, 13))


def test_a_page_written_by_hand_becomes_its_heading_and_the_words_of_its_article() -> None:
    html = """<nav><a href="/">菜单</a></nav>
    <article><h1>期限<em>怎样</em>算<a class="headerlink" href="#a">#</a></h1>
    <p>从交办之日<br>起算&lt;三个月&gt;</p><script>let hidden</script><nav>目录</nav><ul><li>一</li><li>二</li></ul>
    </article><footer>页脚</footer>"""
    found = written("guide/deadlines/", html)
    assert found is not None
    assert (found.title, found.url) == ("期限怎样算", "guide/deadlines/")
    assert found.text.split("\n") == ["从交办之日", "起算<三个月>", "一", "二"]
    assert found.facets == {"kind": ("page",)}
    assert written("x/", "<p>no article</p>") is None
