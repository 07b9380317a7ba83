"""Stamping works on any builder's page, keeps all that the builder made, and puts values in as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiyin.stamp import HEADS, SLOTS, ShellError, sentinel, split, way_up
from tests.project import EXAMPLES

FOREIGN = EXAMPLES / "stamp" / "hugo.html"
"""What another builder made of a page that holds sentinels, saved as it was."""
ADDRESS = "https://example.org/shell/p/"
VALUES = {
    "title": "甲 &amp; 乙",
    "description": "说明",
    "canonical": "https://example.org/p/2026-k7f2q/",
    "base": "../..",
    "edit": "https://git.example.org/edit",
    "crumbs": '<nav aria-label="位置">甲</nav>',
    "article": "<h1>甲</h1><p>正文</p>",
    "data": '<script type="application/ld+json">{}</script>',
    "links": '<link rel="next" href="../../x/">',
    "day": "2026-11-20",
}


def test_a_shell_of_another_builder_is_filled_in_every_slot_and_keeps_the_rest() -> None:
    html = FOREIGN.read_text(encoding="utf-8")
    shell = split(html, ADDRESS, 2, SLOTS)
    page = shell.fill(VALUES).decode()
    assert "slotend" not in page
    for slot, value in VALUES.items():
        assert page.count(value) >= 1, slot
    assert "shell/p" not in page
    assert "<p><h1>" not in page
    assert "<p><nav" not in page
    assert "href=../../css/main.css" in page
    assert "<a class=home href=../../>" in page
    for text in shell.texts:
        assert text in page


def test_an_attribute_that_lost_its_quotes_gets_them_back() -> None:
    shell = split(f"<a href={sentinel('edit')}>x</a><a href='?q={sentinel('edit')}'>", "", 2)
    value = {"edit": "https://example.org/a b"}
    assert shell.fill(value).decode() == f"<a href=\"{value['edit']}\">x</a><a href='?q={value['edit']}'>"


def test_a_page_at_another_depth_finds_the_way_up() -> None:
    shell = split('<a href="../..">x</a><img src="../../a.png"><script>{"base":"../.."}</script>', "", 2, ["base"])
    for path, up in (("", "."), ("due/", ".."), ("p/x/", "../.."), ("s/x/2/", "../../..")):
        assert way_up(path) == up
        filled = shell.fill({"base": way_up(path)}).decode()
        assert filled == f'<a href="{up}">x</a><img src="{up}/a.png"><script>{{"base":"{up}"}}</script>'


def test_links_that_lead_less_far_up_or_further_are_left_alone() -> None:
    html = '<a href="../x">1</a> <a href="../../../x">2</a> ../.. a../..b'
    assert split(html, "", 2).slots == ()


@pytest.mark.parametrize("slot", SLOTS)
def test_a_value_that_looks_like_a_sentinel_stays_a_text(slot: str) -> None:
    head = f'<meta content="{sentinel(slot)}">' if slot in HEADS else sentinel(slot)
    html = '"../.."' if slot == "base" else head
    shell = split(f"<x>{html}</x>{sentinel('article')}", "", 2)
    values = dict.fromkeys(SLOTS, sentinel("article"))
    assert shell.fill(values).decode().count(sentinel("article")) == 2


def test_a_shell_without_a_slot_that_every_page_needs_is_refused() -> None:
    with pytest.raises(ShellError) as raised:
        split("<title>x</title>", ADDRESS, 2, ["title", "article"])
    assert raised.value.missing == ("article", "title")


def test_its_own_address_is_the_canonical_one_and_longer_ones_are_not() -> None:
    html = f'<link rel="canonical" href="{ADDRESS}"><a href="{ADDRESS}other/">o</a>'
    assert split(html, ADDRESS, 2).slots == ("canonical",)


def test_the_module_knows_no_builder(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "scripts" / "huiyin" / "stamp.py").read_text(encoding="utf-8").lower()
    assert not [word for word in ("mkdocs", "material", "jinja", "huiyin.publish") if word in text]
