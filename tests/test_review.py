"""Review: a change in words, as kept beside; and nothing that people wrote acts in a comment."""

from __future__ import annotations

import json
import re

import pytest

from huiyin.review.written import safe
from tests.bare import CIVIL, CONSULTING, MEMBER, NEW, PROPOSAL, RATED, TRANSPORT, Bare, event
from tests.golden import kept
from tests.project import EXAMPLES, Project
from tests.test_attacks import write

HOSTILE = (
    "@team ![x](https://evil.example/a.png) <img src=x onerror=alert(1)> www.evil.example # h `a` | b - [l](x) &lt;"
)


@pytest.fixture
def bare(project: Project) -> Bare:
    return Bare(project)


def reviewed(bare: Bare, head: str, actor: int, *more: str) -> str:
    said = bare.project.huiyin(
        "review", "--base", bare.tip(), "--head", head, "--actor", str(actor), "--as-of", "2026-06-30", *more
    )
    assert (said.code, said.err) == (0, "")
    return said.out


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_reply_in_words(bare: Bare, lang: str) -> None:
    replied = event(
        "e5", "replied", "2026-06-29", "a-civil-affairs", answers=[{"ask": "q1", "text": "年内增设2处。"}],
        commitments=[{"id": "c1", "text": "增设助餐点", "owner": "a-civil-affairs", "due": "2026-12-31", "ask": "q1"}],
        **{"class": "scheduled"},
    )  # fmt: skip
    told = reviewed(bare, bare.append(CONSULTING, replied), CIVIL, "--lang", lang)
    assert told == kept(EXAMPLES / "commands" / f"review-reply-{lang}.md", told)


def test_a_new_proposal_and_a_change_that_may_not_land(bare: Bare) -> None:
    new = reviewed(
        bare, bare.submit(write(NEW, PROPOSAL.format(id="2026-z9x3c", on="2026-06-29"))), MEMBER, "--lang", "en"
    )
    assert "new → Submitted" in new
    assert "## may land" in new
    assert "5 of 5 points, a help and no bar" in new
    bad = reviewed(bare, bare.replace(RATED, "约900人", "约90人"), TRANSPORT, "--lang", "en")
    assert "rubric" not in bad
    assert "## may not land" in bad
    assert "[proposal-changed](https://chengting.example/rules/proposal-changed/)" in bad


def test_a_new_proposal_is_told_which_sentence_cost_which_point(bare: Bare) -> None:
    poor = PROPOSAL.format(id="2026-z9x3c", on="2026-06-29").replace("    source: 南堤社区走访记录\n", "")
    poor = poor.replace("    agency: a-transport\n", "")
    told = reviewed(bare, bare.submit(write(NEW, poor)), MEMBER)
    lines = [line for line in told.splitlines() if "失一分" in line or "写得怎样" in line]
    assert "5 分得 3 分，供修改，不影响受理" in lines[0]
    assert [("停靠处不够。" in line, "在校门东侧划停靠位3处。" in line) for line in lines[1:]] == [
        (True, False),
        (False, True),
    ]


def test_a_new_proposal_like_an_earlier_one_says_so_and_an_event_does_not(bare: Bare) -> None:
    text = (bare.project.root / RATED).read_text(encoding="utf-8")
    title, asks = (re.search(rf"^{key}:.*$", text, re.MULTILINE)[0] for key in ("title", "situation"))  # type: ignore[index]
    again = PROPOSAL.format(id="2026-z9x3c", on="2026-06-29")
    again = re.sub(r"^title:.*$", title, again, flags=re.MULTILINE)
    told = reviewed(bare, bare.submit(write(NEW, re.sub(r"^situation:.*$", asks, again, flags=re.MULTILINE))), MEMBER)
    line = next(line for line in told.splitlines() if "可能与前案是同一件事" in line)
    assert "2026\\-m4t7k" in line or "2026-m4t7k" in line
    assert "都提到" in line
    other = reviewed(bare, bare.submit(write(NEW, PROPOSAL.format(id="2026-z9x3c", on="2026-06-29"))), MEMBER)
    assert "同一件事" not in other


def test_what_people_wrote_does_nothing_in_a_comment(bare: Bare) -> None:
    text = PROPOSAL.format(id="2026-z9x3c", on="2026-06-29").replace("关于在南堤学校门前", json.dumps(HOSTILE)[1:-1])
    text = text.replace("title: ", "title: '").replace("停靠位的建议\n", "停靠位的建议'\n")
    told = reviewed(bare, bare.submit(write(NEW, text)), MEMBER)
    title = next(line for line in told.splitlines() if "team" in line)
    for active in ("@team", "![", "](http", "<img", "www.evil", "`a`", " # h", " | "):
        assert active not in title
    data = json.loads(reviewed(bare, bare.submit(write(NEW, text)), MEMBER, "--format", "json"))
    assert HOSTILE in data["proposals"][0]["name"]["zh"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("- x", r"\- x"),
        ("a\nb", "a b"),
        ("a\u202eb", r"a\\u202eb"),
        ("x" * 600, "x" * 500 + "…"),
        ("1. x", r"1\. x"),
        ("2026-03-05", "2026-03-05"),
    ],
)
def test_safe_text_is_one_line_that_shows_what_was_written(text: str, shown: str) -> None:
    assert safe(text) == shown
