"""Whole imports: the excerpts of real ledgers, the example of the guide, and the real ledgers themselves."""

from __future__ import annotations

import csv
import os
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from huiyin.yamltext import read
from tests.ledger.conftest import Run
from tests.project import ROOT

EXCERPTS = ROOT / "tests" / "ledger" / "excerpts"
MAPPINGS = ROOT / "tests" / "mappings"
REAL = os.environ.get("HUIYIN_REAL_DATA")


def proposals(folder: Path) -> dict[int, dict[str, Any]]:
    """The proposals of a registry by the rows they came from."""
    found = [read(path.read_text(encoding="utf-8")).data for path in (folder / "proposals").rglob("*.yaml")]
    return {data["source"]["row"]: data for data in found}


def fates(folder: Path) -> Counter[tuple[str, str]]:
    with folder.with_name(f"{folder.name}.report.csv").open(encoding="utf-8-sig", newline="") as file:
        return Counter((row["outcome"], row["reason"]) for row in csv.DictReader(file))


@pytest.fixture
def imported(huiyin: Run, tmp_path: Path) -> Any:
    def run(ledger: Path, mapping: Path) -> Path:
        said = huiyin("import", ledger, "--mapping", mapping, "--into", tmp_path / "out")
        assert said.code == 0, said.out + said.err
        return tmp_path / "out"

    return run


def test_the_excerpt_of_hualien(imported: Any, assert_sound: Any):
    folder = imported(EXCERPTS / "hlcc.jsonl", MAPPINGS / "hlcc.yaml")
    assert fates(folder) == {("proposal", ""): 14, ("out-of-scope", "out-of-scope"): 2, ("rejected", "number-taken"): 1}
    by_row = proposals(folder)
    names = {path.stem: read(path.read_text("utf-8")).data["name"] for path in (folder / "members").iterdir()}

    forwarded = by_row[3]["events"][-1]
    assert (forwarded["type"], "on" in forwarded, "document" in forwarded) == ("replied", False, False)
    cut_off = by_row[4]
    assert [names[member] for member in cut_off["proposers"]][:3] == ["陳凱莉", "李旭寧", "趙世源"]
    assert "陳凱莉、李旭寧、趙世" in cut_off["events"][0]["note"]
    letters = [data["events"][-1] for data in by_row.values() if "on" in data["events"][-1]]
    assert {(event["on"], event["document"]["number"]) for event in letters} >= {
        ("2013-10-02", "府農工字第1020181424號"),
        ("2012-06-01", "府建土字第1010099723號"),
    }
    assert {data["events"][-1].get("class", "not_stated") for data in by_row.values()} == {"not_stated"}
    assert sum(name.startswith("笛布斯") for name in names.values()) == 1
    assert not [name for name in names.values() if re.search(r"[\s?？、等]", name)]
    assert {data["status"] for data in by_row.values()} == {"replied", "accepted"}
    assert_sound(folder)


def test_the_excerpt_of_three_cities(imported: Any, assert_sound: Any):
    folder = imported(EXCERPTS / "suggestions.jsonl", MAPPINGS / "suggestions.yaml")
    by_row = proposals(folder)
    assert fates(folder) == {("proposal", ""): 14}
    assert len(by_row) == 14
    agencies = {read(path.read_text("utf-8")).data["name"] for path in (folder / "agencies").iterdir()}
    assert {"高雄市社會局", "臺北市社會局"} <= agencies
    assert "臺北市衛工處" not in agencies
    without = [data for data in by_row.values() if data["status"] == "submitted"]
    assert len(without) == 1
    assert all("年" in data["events"][0]["undated"] for data in by_row.values())
    assert_sound(folder)


def test_the_excerpt_of_taipei(imported: Any, assert_sound: Any):
    folder = imported(EXCERPTS / "tcc.jsonl", MAPPINGS / "tcc.yaml")
    assert fates(folder) == {("proposal", ""): 13, ("out-of-scope", "out-of-scope"): 2}
    by_row = proposals(folder)
    without = [data for data in by_row.values() if data["session"] == "tcc-not-stated"]
    assert without
    assert all(event["type"] != "accepted" for data in without for event in data["events"])
    dated = [event for data in by_row.values() for event in data["events"] if "on" in event]
    assert Counter(event["type"] for event in dated) == {"submitted": 13, "accepted": 10, "assigned": 7}
    letters = [event["document"]["number"] for event in dated if event["type"] == "assigned"]
    assert all(re.fullmatch(r"議.字第[0-9]+號", number) for number in letters)
    replies = [event for data in by_row.values() for event in data["events"] if event["type"] == "replied"]
    assert Counter(event["class"] for event in replies) == {"resolved": 4, "scheduled": 2}
    assert all("on" not in event for event in replies)
    assert_sound(folder)


def test_the_excerpt_of_taichung(imported: Any, assert_sound: Any):
    folder = imported(EXCERPTS / "tccc.jsonl", MAPPINGS / "tccc.yaml")
    assert fates(folder) == {("proposal", ""): 13, ("out-of-scope", "out-of-scope"): 1}
    by_row = proposals(folder)
    clashes = [data for data in by_row.values() if data["status"] == "submitted"]
    assert len(clashes) == 3
    assert all(data["events"][0]["note"].startswith("台账写的编号 議字 第") for data in clashes)
    names = {path.stem: read(path.read_text("utf-8")).data["name"] for path in (folder / "members").iterdir()}
    spread = [names[member] for member in by_row[11]["proposers"]]
    assert spread == ["楊永昌", "陳詩哲", "李麗華", "蕭隆澤", "羅永珍"]
    assert "李中" in [names[member] for member in by_row[12]["proposers"]]
    assert "asks" not in by_row[1], "如案由 says nothing"
    assert_sound(folder)


def test_the_example_of_the_guide_does_what_the_guide_says(huiyin: Run, tmp_path: Path, assert_sound: Any):
    guide = (ROOT / "site" / "guide" / "import.md").read_text(encoding="utf-8")
    blocks = dict(re.findall(r"```(csv|yaml|text)\n(.*?)```", guide, re.DOTALL)[:3])
    (tmp_path / "ledger.csv").write_text(blocks["csv"], encoding="utf-8")
    (tmp_path / "map.yaml").write_text(blocks["yaml"], encoding="utf-8")
    said = huiyin("import", tmp_path / "ledger.csv", "--mapping", tmp_path / "map.yaml", "--into", tmp_path / "out")
    assert said.code == 0, said.err
    assert said.out.startswith(blocks["text"])
    assert_sound(tmp_path / "out")


def test_the_guide_names_every_key_of_a_mapping_and_every_reason(law: Any):
    guide = "".join(
        (ROOT / "site" / "guide" / name).read_text(encoding="utf-8") for name in ("import.md", "mapping.md")
    )
    waiting, keys = [law.shapes.schemas["mapping"]], set()
    while waiting:
        node = waiting.pop()
        keys |= set(node.get("properties", {}))
        waiting.extend(child for group in ("properties", "$defs") for child in node.get(group, {}).values())
        waiting.extend(node[key] for key in ("items",) if isinstance(node.get(key), dict))
    assert sorted(key for key in keys if not re.search(rf"\b{key}\b", guide)) == []
    code = "".join(path.read_text("utf-8") for path in (ROOT / "scripts" / "huiyin" / "ledger").rglob("*.py"))
    reasons = set(re.findall(r'(?:unfit|Reason)\(\s*"([a-z-]+)"', code)) - {"out-of-scope"}
    assert len(reasons) > 12
    assert sorted(reason for reason in reasons if f"`{reason}`" not in guide) == []


@pytest.mark.parametrize("name", ["hlcc", "suggestions", "tcc", "tccc"])
def test_the_excerpts_are_short_and_name_their_source(name: str):
    assert len((EXCERPTS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()) <= 20
    assert "台湾地区县市议会公开议案（CC0）" in (EXCERPTS / "README.md").read_text(encoding="utf-8")


real = pytest.mark.skipif(REAL is None, reason="HUIYIN_REAL_DATA does not name the folder of real data")


@pytest.mark.real
@real
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "hlcc",
            {("proposal", ""): 2114, ("out-of-scope", "out-of-scope"): 1285, ("rejected", "number-taken"): 4},
        ),
        ("suggestions", {("proposal", ""): 5889}),
        ("tcc", {("proposal", ""): 135, ("out-of-scope", "out-of-scope"): 937}),
        ("tccc", {("proposal", ""): 1851, ("out-of-scope", "out-of-scope"): 296}),
    ],
)
def test_the_real_ledgers_come_in_and_are_sound(name: str, expected: Any, imported: Any, huiyin: Run):
    folder = imported(Path(str(REAL)) / "tw_council_bills" / f"{name}.jsonl", MAPPINGS / f"{name}.yaml")
    assert fates(folder) == expected
    said = huiyin("check", "--quiet", "--registry", folder)
    assert said.code == 0, said.out
    assert max(Counter(path.parent for path in folder.rglob("*.yaml")).values()) < 1000
