"""Marks in texts: what they mean, what stays as it was written, and that nothing else becomes markup."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from huiyin.prose import LARGEST, TAGS, plain, prose

REL = 'rel="nofollow noopener"'
SHOWN = {
    "，**重点。** 后面": "<p>，<strong>重点。</strong> 后面</p>\n",
    "见[办法](https://a.example/x?b=1&c=2)。": f'<p>见<a href="https://a.example/x?b=1&amp;c=2" {REL}>办法</a>。</p>\n',
    "**[甲](https://a.example) 一** 二": f'<p><strong><a href="https://a.example" {REL}>甲</a> 一</strong> 二</p>\n',
    "一\n- 甲\n- 乙\n  - 丙\n二": (
        "<p>一</p>\n<ul>\n<li>甲</li>\n<li>乙\n<ul>\n<li>丙</li>\n</ul>\n</li>\n</ul>\n<p>二</p>\n"
    ),
    "| 甲 | 乙 |\n|---|--:|\n| 1 | **2** |": (
        '<div class="hy-scroll" role="region" aria-label="表格" tabindex="0"><table>\n<thead>\n<tr>\n<th>甲</th>\n'
        "<th>乙</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td><strong>2</strong></td>\n</tr>\n</tbody>\n"
        "</table>\n</div>\n"
    ),
}
UNTOUCHED = (
    "张**和李**，王**、张**",
    "3*4*5 米，2**3**4",
    "1. 甲\n3. 乙",
    "- \n-甲",
    "| 甲 |\n| 乙 |",
    "[甲](http://a.example) [乙](javascript:alert(1)) [丙](data:text/html,x) [丁](//a.example) [戊](../x)",
    "# 甲\n> 乙\n```\n<b>丙</b>\n    丁\n![戊](x.png) `己` _庚_ ~~辛~~ <https://a.example> &amp; \\**",
    "　　段首空两格 \t\n\n尾",
    f"**{'长' * 301}**",
    f"{'**长** ' * LARGEST}",
)
"""Texts in which nothing means anything: each line stays a paragraph as it was written."""
PLAIN = {
    "，**重点。** 后面，见[办法](https://a.example)": "，重点。 后面，见办法",
    "一\n- 甲\n- 乙\n  - 丙\n二": "一\n甲\n乙\n丙\n二",
    "| 甲 | 乙 |\n|---|---|\n| 1 | **2** |": "甲 乙\n1 2",
    "- <b>甲</b> &amp;": "<b>甲</b> &amp;",
}
HOSTILE = (
    '<script>alert(1)</script>**甲** <img src=x onerror=alert(1)>"',
    '[甲](https://a.example"onmouseover=alert(1)) [乙](https://a.example/<script>alert(1)</script>)',
    "![甲](https://a.example/x.png) [![乙](https://a.example/y.png)](https://a.example)",
    "[<img src=x onerror=alert(1)>](https://a.example) [甲](https:javascript:alert(1))",
    "- <iframe src=https://a.example>\n- </li></ul></article><script>alert(1)</script>",
    "| <style>*{display:none}</style> | </table> |\n|---|---|\n| <svg onload=alert(1)> | [甲](https://a' onclick=b) |",
    "**</p></strong><form action=https://a.example><input>**",
)


PARTS = (
    *("**", "*", "- ", "  ", "|", "|---|\n", "\n", "[", "](https://", ")", "]", "(", "甲", "x", "<b ", ">", '"', "'"),
    *("&", "\\", "!", "。", "1. ", "`", "javascript:", "</p>", "\u3000"),
)


def lines(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>\n" for line in text.split("\n") if line.strip())


class _Seen(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str | None]] = set()
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if ("class", "hy-scroll") not in attrs:
            self.tags.add(tag)
            self.attributes.update(attrs)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def harmless(text: str) -> None:
    seen = _Seen(prose(text))
    assert seen.tags <= TAGS
    for name, value in seen.attributes:
        assert name in ("href", "rel")
        assert (value or "").startswith("https://" if name == "href" else "nofollow noopener")
    left: Iterator[str] = iter("".join(text.split()))
    assert [one for one in "".join("".join(seen.words).split()) if one not in left] == [], "nothing is added"


@pytest.mark.parametrize("text", SHOWN)
def test_marks_mean_what_the_guide_says(text: str) -> None:
    assert prose(text) == SHOWN[text]


@pytest.mark.parametrize("text", UNTOUCHED)
def test_everything_else_stays_as_it_was_written(text: str) -> None:
    assert prose(text) == lines(text)
    assert plain(text).split() == text.split()


@pytest.mark.parametrize("text", PLAIN)
def test_words_without_marks_are_left_for_search_and_summaries(text: str) -> None:
    assert plain(text) == PLAIN[text]


def test_nothing_is_nothing() -> None:
    assert (prose(None), prose(""), plain(None)) == ("", "", "")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_markup_comes_through_that_marks_do_not_mean(text: str) -> None:
    harmless(text)


@given(st.lists(st.sampled_from(PARTS), max_size=60))
def test_whatever_is_written_is_harmless(parts: list[str]) -> None:
    harmless("".join(parts))


@given(st.text(st.characters(exclude_characters="*|-[]", exclude_categories=["Cs"]), max_size=80))
def test_a_text_without_marks_is_a_paragraph_a_line(text: str) -> None:
    assert prose(text) == lines(text)
    assert plain(text) == text
