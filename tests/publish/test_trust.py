"""The page about trust and the history on a proposal's page: what an audit found, and nothing where there was none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from huiyin.audit import Audit, Mark, Projected, Recorded, Violation, write
from huiyin.publish import Site, pages
from tests.built import build

COMMIT = "7a1d0f3c5b9e2846ad0c1b2e3f4a5968778695a4"
HOW = Recorded(
    "2026-08-03", "wl-npc-1（70001001）", ("wl-npc-2",), COMMIT, "https://git.huiyin.example/r/7", "2026-08-01"
)
AUDIT = Audit(
    COMMIT, COMMIT[::-1], COMMIT, 12, 9, (Mark(COMMIT, "2026-08-02", "import", "Ledger of <2019>"),),
    recorded={"2026-n9e3s": {"e2": HOW, "e3": replace(HOW, request="javascript:alert(1)")}},
)  # fmt: skip


def page(site: Site, path: str) -> str:
    return next(page.article for page in pages(site) if page.path == path)


def test_without_an_audit_the_page_says_so_and_no_level_holds(demonstration: Site) -> None:
    article = page(demonstration, "trust/")
    assert "还没有审计记录" in article
    assert "● 成立" not in article


def test_an_audit_is_shown_with_its_ends_its_steps_and_the_level_that_holds(demonstration: Site) -> None:
    article = page(replace(demonstration, audit=AUDIT), "trust/")
    assert COMMIT[::-1] in article
    assert "12，其中改动登记册 9 步" in article
    assert article.count("● 成立") == 1
    assert "批量导入：Ledger of &lt;2019&gt;" in article


def test_a_violation_is_shown_with_commit_and_line_and_no_level_holds(demonstration: Site) -> None:
    one = Violation(COMMIT, "2026-08-02", "event-changed", "registry/x.yaml", 7, 1, {"zh": "改了<b>", "en": "c"}, {})
    article = page(replace(demonstration, audit=replace(AUDIT, violations=(one,))), "trust/")
    assert "registry/x.yaml:7" in article
    assert "改了&lt;b&gt;" in article
    assert "● 成立" not in article


def test_a_proposal_tells_who_recorded_what_and_when(demonstration: Site) -> None:
    article = page(replace(demonstration, audit=AUDIT), "p/2026-n9e3s/")
    assert "wl-npc-1（70001001） 登记于 2026-08-03" in article
    assert 'href="https://git.huiyin.example/r/7"' in article
    assert "javascript:" not in article
    assert f'提交 <a href="https://git.huiyin.example/wanglan/huiyin/commit/{COMMIT}" rel="nofollow">' in article
    assert "<code>7a1d0f3c</code></a>" in article
    assert "hy-landed" not in page(demonstration, "p/2026-n9e3s/")


def test_a_site_carries_the_files_of_its_audit(tmp_path: Path) -> None:
    for name, contents in write(AUDIT).items():
        (tmp_path / name).write_bytes(contents)
    done = build(tmp_path / "site", HUIYIN_AUDIT=str(tmp_path))
    assert done.returncode == 0, done.stderr
    for name in write(AUDIT):
        assert (tmp_path / "site" / name).read_bytes() == (tmp_path / name).read_bytes()
    assert (tmp_path / "site" / "trust" / "index.html").is_file()
    (tmp_path / "audit.json").write_text("{")
    assert "HUIYIN_AUDIT" in build(tmp_path / "site", HUIYIN_AUDIT=str(tmp_path)).stderr


def test_a_projection_says_what_is_verified_instead_and_names_no_level(demonstration: Site) -> None:
    found = Projected("public", 12, "ab" * 32, purged="2026-09-01")
    article = page(replace(demonstration, audit=replace(AUDIT, projection=found)), "trust/")
    assert "这是一份投影" in article
    assert "ab" * 32 in article
    assert "2026-09-01；以前的投影只剩摘要" in article
    assert "没有签名" in article
    assert "重放检查一遍" not in article, "what is true of a registry and not of its projection"
    assert "写明提交人" not in article
    assert 'id="levels"' not in article
