"""`huiyin similar`: one proposal, a new file, the work list, and the measure with its bad inputs."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.golden import kept
from tests.project import EXAMPLES, ROOT, Project

REAL = os.environ.get("HUIYIN_REAL_DATA")
BILLS = [
    ("c:1", "建請於平和村興建排水溝", ""),
    ("c:2", "请在平和村增建排水沟", "建请县政府办理。"),
    ("c:3", "请市长专案报告", ""),
    ("c:4", "关于延长夜班公交的建议", ""),
    ("d:1", "提高女厕位比例", ""),
]
PAIRS = "uid_a,uid_b,kind\nc:1,c:2,merged\nc:3,c:4,procedural\n"


def bills(project: Project, rows: list[tuple[str, str, str]] = BILLS) -> str:
    lines = [
        json.dumps({"uid": uid, "council": uid[0], "title": title, "method": method, "execution": "併c:4"})
        for uid, title, method in rows
    ]
    return str(project.write("bills.jsonl", "\n".join(lines)))


def test_one_proposal_and_a_new_file(project: Project) -> None:
    project.with_demonstration()
    said = project.huiyin("similar", "2026-t6y1g", "--format", "json")
    near = json.loads(said.out)[0]["candidates"]
    assert (said.code, len(near)) == (0, 5)
    toilets = next(one for one in near if one["proposal"] == "2023-2e8kz")
    assert any("公共厕所" in term for term in toilets["terms"])
    assert toilets["agencies"] == ["a-city-management", "a-finance"]
    text = (ROOT / "registry" / "proposals" / "npc-17-2" / "2023-1e7ty.yaml").read_text(encoding="utf-8")
    new = project.write("2026-z9x3c.yaml", text.replace("id: 2023-1e7ty", "id: 2026-z9x3c"))
    said = project.huiyin("similar", "--new", str(new), "--format", "json")
    first = json.loads(said.out)[0]["candidates"][0]
    assert (first["proposal"], first["similarity"]) == ("2023-1e7ty", 1.0)
    assert first["asks"] == [["q1", "q1"], ["q2", "q2"], ["q3", "q3"]]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_work_list(project: Project, lang: str) -> None:
    said = project.with_demonstration().huiyin("similar", "--all", "--lang", lang)
    assert (said.code, said.err) == (0, "")
    assert said.out == kept(EXAMPLES / "commands" / f"similar-all-{lang}.txt", said.out)


def test_what_cannot_be_asked(project: Project) -> None:
    project.with_base()
    broken = project.write("2026-z9x3c.yaml", "title: x\n")
    for argv in ((), ("2026-m4t7k", "--all"), ("evaluate",), ("2026-m4t7k", "--bills", "x"), ("--new", "nowhere.yaml")):
        said = project.huiyin("similar", *argv)
        assert (said.code, said.out) == (2, "")
        assert said.err.startswith("huiyin similar: ")
    said = project.huiyin("similar", "--new", str(broken))
    assert said.code == 2
    assert "shape-missing" in said.err


def test_the_measure_counts_by_council_and_uses_nothing_later_than_submission(project: Project) -> None:
    pairs = str(project.write("pairs.csv", PAIRS))
    said = project.huiyin("similar", "evaluate", "--bills", bills(project), "--pairs", pairs, "--format", "json")
    rows = {(row["kind"], row["council"]): row for row in json.loads(said.out)}
    assert said.code == 0
    assert set(rows) == {("merged", "c"), ("merged", None), ("procedural", "c"), ("procedural", None)}
    assert (rows["merged", "c"]["first"], rows["merged", "c"]["pairs"]) == (1, 1)
    assert rows["procedural", "c"]["ranks"][0]["rank"] is None
    text = project.huiyin("similar", "evaluate", "--bills", bills(project), "--pairs", pairs, "--lang", "en").out
    assert "merged  c  n = 1" in text
    assert "c:3 c:4: not a candidate" in text


@pytest.mark.parametrize(
    ("lines", "pairs", "told"),
    [
        ("not json", PAIRS, "bills.jsonl, line 1"),
        ("[1]", PAIRS, "bills.jsonl, line 1"),
        ('{"uid": "c:1", "council": "c", "title": 3}', PAIRS, "bills.jsonl, line 1"),
        ('{"uid": "c:1", "council": "c", "title": "a"}\n' * 2, PAIRS, "bills.jsonl, line 2: the uid c:1"),
        ('{"uid": "c:1", "council": "c", "title": "a"}', PAIRS, "pairs.csv, line 2: c:1 and c:2"),
        (
            '{"uid": "c:1", "council": "c", "title": "a"}',
            "uid_a,uid_b,kind\nc:1,c:1,alike\n",
            "pairs.csv, line 2: kind",
        ),
    ],
)
def test_files_that_cannot_be_measured(project: Project, lines: str, pairs: str, told: str) -> None:
    given = project.write("bills.jsonl", lines), project.write("pairs.csv", pairs)
    said = project.huiyin(
        "similar", "evaluate", "--bills", str(given[0]), "--pairs", str(given[1]), "--lang", "en"
    )  # fmt: skip
    assert (said.code, said.out) == (2, "")
    assert told in said.err


@pytest.mark.skipif(REAL is None, reason="HUIYIN_REAL_DATA does not name the folder of real data")
def test_pairs_that_councils_merged(project: Project) -> None:
    folder = Path(REAL or "") / "tw_council_bills"
    files = [str(folder / name) for name in ("hlcc.jsonl", "tcc.jsonl", "duplicate_pairs.csv")]
    said = project.huiyin(
        "similar", "evaluate", "--bills", files[0], "--bills", files[1], "--pairs", files[2], "--format", "json"
    )
    rows = {(row["kind"], row["council"]): row for row in json.loads(said.out)}
    assert rows["merged", None]["first"] >= 14
    assert all(one["rank"] is None for one in rows["procedural", None]["ranks"])
    assert rows["same_title", None]["first"] == 103
