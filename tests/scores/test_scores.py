"""Public scores: few are not shown, what is voided does not count, and nothing of a voter is kept."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.cases import cases
from huiyin.export import rows
from huiyin.export.rows import Scope
from huiyin.findings import Source
from huiyin.load import Law, load_registry
from huiyin.load.nouns import score
from huiyin.model import Score
from huiyin.scores import ENOUGH, histograms
from huiyin.scores.counting import count
from tests.bare import HOUSING, NPC, Bare
from tests.golden import kept
from tests.project import EXAMPLES, ROOT, Project

DAY = date(2026, 11, 20)
NAME = "registry/scores/2026-m4t7k-site.yaml"
SITE = (EXAMPLES / "schema" / "score" / "valid" / "site.yaml").read_text(encoding="utf-8")
PLACED = SITE.replace("../../../../../schema", "../../schema")
NEW = ("scores", "2026-m4t7k", "--channel", "site", "--first", "2026-06-01", "--last", "2026-06-15")


def made(*batches: dict[str, object]) -> Score:
    """Scores with these batches: counts, and the day of the voiding where there is one."""
    rows = [{"id": f"b{n}", "by": "o-npc", **batch} for n, batch in enumerate(batches, start=1)]
    raw = {"id": "2026-m4t7k-site", "proposal": "2026-m4t7k", "channel": "site", "about": "result", "batches": rows}
    return score(raw, Source("x", ""))


def batch(first: str, last: str, counts: list[int], void: str | None = None) -> dict[str, object]:
    voided = {"void": {"on": void, "by": "o-npc", "reason": "数错了。"}} if void else {}
    return {"from": first, "until": last, "counts": counts, **voided}


@given(st.lists(st.lists(st.integers(0, 9), min_size=5, max_size=5), min_size=1, max_size=4))
def test_fewer_than_enough_are_never_shown(many: list[list[int]]) -> None:
    batches = [batch(f"2026-0{n}-01", f"2026-0{n}-20", counts) for n, counts in enumerate(many, start=1)]
    (found,) = histograms([made(*batches)], DAY)
    people = sum(map(sum, many))
    assert found.people == people
    assert (found.counts is None) == (people < ENOUGH) == (found.mean is None)
    if found.counts:
        assert found.counts == tuple(map(sum, zip(*many, strict=True)))


@pytest.mark.parametrize(
    ("day", "people", "voided"),
    [("2026-06-14", None, 0), ("2026-06-15", 15, 0), ("2026-07-31", 35, 0), ("2026-08-01", 15, 1)],
)
def test_a_day_knows_neither_later_batches_nor_later_voidings(day: str, people: int | None, voided: int) -> None:
    one = made(
        batch("2026-06-01", "2026-06-15", [1, 2, 3, 4, 5]),
        batch("2026-07-01", "2026-07-15", [0, 0, 0, 0, 20], void="2026-08-01"),
    )
    found = histograms([one], date.fromisoformat(day))
    assert [(row.people, len(row.voided)) for row in found] == ([] if people is None else [(people, voided)])


def test_when_all_is_voided_nothing_is_shown_but_why() -> None:
    (found,) = histograms([made(batch("2026-06-01", "2026-06-15", [9] * 5, void="2026-06-16"))], DAY)
    assert (found.people, found.counts, found.start, len(found.voided)) == (0, None, None, 1)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_told(project: Project, lang: str) -> None:
    said = project.with_demonstration().huiyin("scores", "--lang", lang)
    assert (said.code, said.err) == (0, "")
    assert said.out == kept(EXAMPLES / "commands" / f"scores-{lang}.txt", said.out)
    told = json.loads(project.huiyin("scores", "2025-1d6rw", "--format", "json").out)[0]
    assert told["representative"] is False
    assert told["scores"][0]["counts"] == [3, 2, 8, 21, 40]


def test_a_batch_is_added_and_another_voided(project: Project) -> None:
    project.with_base()
    assert project.huiyin(*NEW, "--counts", "1", "0", "2", "5", "9").code == 0
    later = (*NEW[:-3], "2026-06-16", "--last", "2026-06-20")
    for fives, last, rule in (("9", "2026-06-20", "score-few"), ("30", "2026-07-20", "score-days")):
        refused = project.huiyin(*later[:-1], last, "--counts", "0", "0", "0", "0", fives)
        assert refused.code == 1
        assert f"错误[{rule}]" in refused.out + refused.err
        assert "id: b2" not in (project.root / NAME).read_text(encoding="utf-8")
    assert project.huiyin(*later, "--counts", "0", "0", "0", "0", "12").code == 0
    said = project.huiyin("scores", "2026-m4t7k", "--channel", "site", "--void", "b2", "--reason", "重复提交。")
    assert (said.code, said.err) == (0, "")
    assert project.huiyin("check").code == 0
    assert project.huiyin("fmt", "--check").code == 0
    told = project.huiyin("scores").out
    assert "17 人，平均 4.2 分" in told
    assert "b2 作废" in told


VOTES = "score,voter,comment\n5,k1,很好\n1,k1,改主意了\n4,k2,\n3,k3,电话13800138000\n"
MORE = "".join(f"5,k{n},\n" for n in range(11, 20))


def test_votes_are_counted_and_nothing_else_is_kept(project: Project) -> None:
    project.with_base()
    votes = project.write("votes.csv", "\ufeff" + VOTES + MORE)
    assert project.huiyin(*NEW, "--votes", str(votes), "--voter-column", "voter").code == 0
    text = (project.root / NAME).read_text(encoding="utf-8")
    assert "counts:\n      - 1\n      - 0\n      - 1\n      - 1\n      - 9\n" in text
    for secret in ("k1", "k2", "k3", "很好", "13800138000", "voter"):
        assert secret not in text


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (VOTES + "13800138000,k4,\n6,k5,\n,k6,\n", ["第 6 行", "第 7 行", "第 8 行"]),
        (VOTES + "5,,无代号\n", ["第 6 行"]),
        (VOTES + "5,k7,a,b,c\n", ["第 6 行"]),
        ("分数,voter\n5,k\n", ["没有“score”一栏"]),
        ("", ["没有“score”一栏"]),
        ("score,voter\n" + "张三,1\n" * 10_000, ["第 21 行", "还有 9980 行"]),
    ],
)
def test_bad_votes_are_told_by_line_and_never_repeated(project: Project, text: str, lines: list[str]) -> None:
    votes = project.with_base().write("votes.csv", text)
    said = project.huiyin(*NEW, "--votes", str(votes), "--voter-column", "voter")
    assert (said.code, said.out) == (2, "")
    assert all(line in said.err for line in lines)
    assert not any(secret in said.err for secret in ("13800138000", "k4", "张三", "无代号"))
    assert not (project.root / NAME).exists()


def test_figures_and_tables_take_only_what_is_shown(law: Law) -> None:
    loaded = load_registry(ROOT / "registry", law, ROOT).registry
    assert loaded

    def figured(day: date, **change: Score) -> tuple[tuple[int, int], int, int]:
        registry = replace(loaded, scores={**loaded.scores, **change})
        scope = Scope(registry, cases(registry, day), law.vocabulary, day)
        found = {one.definition.id: one.counted for one in scope.figures}
        scored = found["scored"].numerator, found["scored"].denominator or 0
        return scored, found["public_scores"].numerator, len(list(rows.scores(scope)))

    answered = figured(DAY)[0][1]
    assert figured(DAY) == ((1, answered), 74 + 26, 2)  # and not the 393 of a voided batch
    assert figured(date(2026, 7, 20))[1:] == (0, 0)
    few = made(batch("2026-06-01", "2026-06-15", [1, 1, 1, 3, 3]))
    several = {"x": replace(few, proposal="2026-k7f2q"), "2025-1d6rw-visit": replace(few, proposal="2025-1d6rw")}
    assert figured(DAY, **several) == ((1, answered), 74, 1)


@given(st.text(max_size=200))
def test_any_text_is_counted_or_told(text: str) -> None:
    found = count(text, "score", None)
    assert len(found.counts) == 5
    assert sum(found.counts) <= len(text)


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (NEW, "--counts 和 --votes"),
        ((*NEW[:4], "--counts", "1", "1", "1", "1", "1"), "--first 和 --last"),
        (("scores", "--channel", "site"), "受理编号"),
        (("scores", "2026-m4t7k", "--channel", "wechat"), "没有渠道 'wechat'"),
        (("scores", "2026-m4t7k", "--channel", "site", "--void", "b1", "--reason", "x"), "没有可以作废的 b1"),
    ],
)
def test_what_cannot_be_written(project: Project, argv: tuple[str, ...], told: str) -> None:
    said = project.with_base().huiyin(*argv)
    assert (said.code, said.out) == (2, "")
    assert told in said.err


def test_a_batch_may_be_added_and_voided_but_not_changed(project: Project) -> None:
    bare = Bare(project)

    def lay(text: str) -> str:
        def change(root: Path) -> None:
            (root / "registry" / "scores").mkdir(exist_ok=True)
            (root / NAME).write_text(text, encoding="utf-8")

        return bare.submit(change)

    first = lay(PLACED)
    assert bare.guard(first, NPC).code == 0
    assert "error[record-not-theirs]" in bare.guard(first, HOUSING).out
    project.git("push", "--quiet", "origin", f"{first}:refs/heads/main")
    void = "    void: {on: 2026-07-01, by: o-npc, reason: 数错了。}\n"
    more = "  - {id: b2, from: 2026-07-01, until: 2026-07-03, by: o-npc, counts: [0, 0, 0, 0, 19]}\n"
    for text in (PLACED + void, PLACED + more, PLACED + void + more):
        said = bare.guard(lay(text), NPC, "2026-07-05")
        assert said.code == 0, said.out
    for text in (
        PLACED.replace("[1, 0, 4, 9, 12]", "[0, 0, 4, 9, 13]"),
        PLACED.replace("about: reply", "about: result"),
        PLACED.replace("id: b1", "id: b2"),
    ):
        assert "error[score-changed]" in bare.guard(lay(text), NPC, "2026-07-05").out
