"""Pages of a projection: which texts are not public, in words, why, and that reason where a part was taken out."""

from __future__ import annotations

import re
import subprocess

import pytest

from huiyin.publish import pages
from tests.projection.sides import Sides
from tests.projection.test_agreement import site_of
from tests.projection.test_project import FULL, WITHHELD


def article(sides: Sides, path: str, name: str = "clone") -> str:
    """The words of a page of the site that is made from a clone of the projection, without markup."""
    made = next(page for page in pages(site_of(sides.clone(name))) if page.path == path)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", made.article))


CONTACTED = {"type": "contacted", "on": "2026-06-19", "by": "a-civil-affairs", "how": "phone", "text": "企业的情况。"}
REASON = "不予公开：商业秘密、个人隐私等可能损害第三方合法权益。涉及第三方。"


def test_what_was_taken_out_in_part_has_its_reason_beside_it(sides: Sides) -> None:
    sides.write({**sides.private(), "status": "handling"})
    sides.add(CONTACTED, FULL, {**WITHHELD, "fields": ["situation", "e5.text"]})
    sides.done()
    shown = article(sides, "p/2026-w8p3d/")
    assert "有文字没有公开，为什么？" in shown
    assert f"情况 （未公开） {REASON}" in shown.replace("情况（", "情况 （").replace("）不予", "） 不予")
    assert shown.count(REASON) == 3, "above, beside the situation, and beside what was said at the event"
    assert "e5" not in shown, "names of fields are said in words"
    assert "situation" not in shown


def test_a_stub_says_once_why_and_for_which_texts(sides: Sides) -> None:
    sides.done()
    shown = article(sides, "p/2026-w8p3d/")
    assert "诉求、依据、情况、标题：还没有审查公开属性" in shown
    assert shown.count("还没有审查公开属性") == 1


@pytest.mark.parametrize(("audience", "words"), [("public", "人人可查"), ("member", "一处可查")])
def test_only_a_site_for_everybody_says_that_everybody_may_look(sides: Sides, audience: str, words: str) -> None:
    target = sides.public.with_name("target.git")
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", str(target)], check=True)
    assert sides.run(audience=audience, to=target).code == 0
    sides.public = target
    assert words in article(sides, "")
