"""Personal data of citizens: what is found, what is not, and that no report repeats it."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from re import _parser  # type: ignore[attr-defined]

import pytest
from hypothesis import given
from hypothesis import strategies as st

import huiyin.personal
from huiyin.findings import Source
from huiyin.load.personal import look
from huiyin.personal import cover, find, redacted
from tests.project import Project

IDENTITY = "11010519491231002X"
"""The specimen of GB 11643-1999."""
MOBILE = "13800138000"
CARD = "6222021234567890128"
MAIL = "zhang.san@example.com"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (IDENTITY, "身份证号码"),
        (f"身份证{IDENTITY.lower()}。", "身份证号码"),
        ("１１０１０５１９４９１２３１００２Ｘ", "身份证号码"),
        (MOBILE, "手机号码"),
        ("138 0013 8000", "手机号码"),
        ("138-0013-8000", "手机号码"),
        ("+8613800138000", "手机号码"),
        ("电话１３８００１３８０００", "手机号码"),
        (CARD, "银行卡号"),
        ("6222 0212 3456 7890 128", "银行卡号"),
        ("138.0013.8000", "手机号码"),
        ("0571-87654321", "固定电话号码"),
        (MAIL, "电子邮箱"),
        ("邮箱zhang.san＠example．com", "电子邮箱"),
    ],
)
def test_personal_data_is_found_however_it_is_written(text: str, kind: str) -> None:
    assert [piece.kind.words.zh for piece in find(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "110105194912310021",  # the check digit is another
        "11010519491331002X",  # there is no thirteenth month
        "00010519491231002X",  # there is no such province
        "6222021234567890123",  # the check digit is another
        "12800138000",  # no mobile number begins so
        "138001380001",  # one digit too many
        "x13800138000",  # part of a code
        "12345",
        "办公电话0571-87654321",  # the words say that it is an office's
        "2026-03-05",
        "投诉613件，其中402件占65.6%",
        "澄交函〔2026〕8号",
        "@everyone",
        "user@localhost",
        "https://huiyin.example/p/2026-k7f2q/",
    ],
)
def test_numbers_that_are_nobodys_are_not_found(text: str) -> None:
    assert find(text) == []


def test_a_piece_is_found_once_under_its_surest_name() -> None:
    text = f"{IDENTITY} {MOBILE} {MAIL}"
    assert [text[start:end] for start, end, _ in find(text)] == [IDENTITY, MOBILE, MAIL]


def test_a_number_within_a_longer_one_is_not_one() -> None:
    for text in (f"2026-{MOBILE[:3]}-{MOBILE[3:7]}-{MOBILE[7:]}-01", f"{IDENTITY[:17]}0{MOBILE}", f"{CARD}{CARD}"):
        assert find(text) == []


def test_two_numbers_side_by_side_are_two() -> None:
    spaced = "138 0013 8000 139 0013 9000"
    assert [spaced[start:end] for start, end, _ in find(spaced)] == ["138 0013 8000", "139 0013 9000"]


def test_covering_keeps_the_length_and_leaves_nothing() -> None:
    text = f"请联系{MOBILE}或{MAIL}，{MOBILE}也可。"
    covered = cover(text, find(text))
    assert len(covered) == len(text)
    assert not find(covered)
    assert covered == "请联系" + "＊" * 11 + "或" + "＊" * 21 + "，" + "＊" * 11 + "也可。"


def test_covering_keeps_lines_and_their_indentation() -> None:
    text = "note: 手机138\n  0013\n  8000\n"
    assert cover(text, find(text)) == "note: 手机＊＊＊\n  ＊＊＊＊\n  ＊＊＊＊\n"


def test_each_piece_has_its_place_in_the_order_of_the_file() -> None:
    source = Source("x.yaml", f"# {MAIL}\nnote: {MOBILE} {IDENTITY}\n")
    assert [(f.place.line, f.place.column, f.place.length) for f in look(source).findings()] == [
        (1, 3, 21),
        (2, 7, 11),
        (2, 19, 18),
    ]


def test_a_piece_with_hidden_characters_has_its_place_as_it_is_written() -> None:
    text = "甲\u200b13\u200b8\\u0030013８000乙"
    (piece,) = find(text)
    assert text[piece.start : piece.end] == "13\u200b8\\u0030013８000"


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        (MOBILE, "138****8000"),
        ("+86 138 0013 8000", "138 **** 8000"),
        (IDENTITY, "11****************"),
        ("6222 0212 3456 7890 128", "**** **** **** **** ***"),
        (MAIL, "***@example.com"),
        ("wang at mail.example.com 邮箱 wang7 at mail.example.com", "*** at mail.example.com"),
        ("(0601)23456789", "(0601)********"),
        ("0601-2345678-801", "0601-********"),
        ("浙X·12T45", "浙X*****"),
        ("幸福小区3号楼2单元501室", "*号楼*单元***室"),
        ("渔头村第三村民小组12号", "第*村民小组**号"),
        ("护照E12340678", "E********"),
        ("投诉人：王建业，", "王某某"),
    ],
)
def test_what_may_be_written_instead_names_nobody_and_passes(text: str, instead: str) -> None:
    (piece,) = find(text)
    assert redacted(text, piece) == instead
    assert not find(text[: piece.start] + instead + text[piece.end :])


@given(
    st.lists(
        st.sampled_from([*"0123456789８一幺Xx@.-转京A·号楼单元室组村家 \n\u200b：", "138", "0571", "护照", "\\u0031"])
    )
)
def test_pieces_are_within_the_text_apart_and_can_all_be_written_otherwise(parts: list[str]) -> None:
    text = "".join(parts)
    done = 0
    for piece in find(text):
        assert done <= piece.start < piece.end <= len(text)
        done = piece.end
        assert text[piece.start : piece.end] not in redacted(text, piece)


HOSTILE = {
    "one number": "1",
    "groups": "1 ",
    "dashes": "13-",
    "lines": "1\n" + " " * 80,
    "numbers": "13800138000 ",
    "mails": "a@",
    "blanks": "a at ",
    "buildings": "1号楼1单元",
    "groups of a village": "村1组1组",
    "rooms": "1-1-111室",
    "hidden": "1\u200b",
    "escapes": "\\u0031",
    "plates": "京A1",
    "names": "姓名：",
    "passports": "护照(",
    "telephones": "010 ",
    "Chinese digits": "一",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_takes_more_than_its_share_of_steps(text: str) -> None:
    def steps(size: int) -> int:
        count = 0

        def step(*_: object) -> None:
            nonlocal count
            count += 1

        sys.setprofile(step)
        try:
            find(text * (size // len(text)))
        finally:
            sys.setprofile(None)
        return count

    few, many = steps(10_000), steps(40_000)
    assert many <= 4.5 * few


def unbounded(parsed: object) -> Iterator[object]:
    """Yield the repeats of a parsed pattern that may go on for ever and be tried again shorter."""
    if isinstance(parsed, _parser.SubPattern):
        for operation, argument in parsed:
            if str(operation) in ("MAX_REPEAT", "MIN_REPEAT") and argument[1] == _parser.MAXREPEAT:
                yield argument
            yield from unbounded(argument)
    elif isinstance(parsed, tuple | list):
        for part in parsed:
            yield from unbounded(part)


def test_no_pattern_goes_on_for_ever_and_back() -> None:
    patterns = set()
    for part in pkgutil.iter_modules(huiyin.personal.__path__, "huiyin.personal."):
        values = [*vars(importlib.import_module(part.name)).values()]
        while values:
            value = values.pop()
            values += value if isinstance(value, tuple) else ()
            patterns |= {value.pattern} if isinstance(value, re.Pattern) else set()
    assert len(patterns) > 30
    assert [pattern for pattern in patterns if list(unbounded(_parser.parse(pattern)))] == []
    assert list(unbounded(_parser.parse("a(b+c)*"))), "such a one would be seen"


LEAKS = {
    "two on one line": f"note: {MOBILE} {MAIL}",
    "a number where text belongs": f"name: {MOBILE}",
    "a text in another form": f"body: {MAIL}",
    "a key that is not one": f"{MAIL}: x",
    "a key that stands twice": f"{MAIL}: x\n{MAIL}: y",
    "a value that is not allowed": f"level: {MAIL}",
    "a list in a list": f"aliases: [[{MOBILE}]]",
    "the same thing twice in a list": f"aliases: ['{MOBILE}', '{MOBILE}']",
    "a syntax error": f"note: {MAIL}: x",
    "an alias": f"note: &a {MOBILE}",
    "the first line": f"# {MAIL}",
    "a comment": f"note: x # {MOBILE}",
    "a file of another encoding in part": f"note: {MOBILE}\u200b",
}


@pytest.mark.parametrize("where", LEAKS)
@pytest.mark.parametrize("style", ["text", "json", "github"])
def test_no_report_repeats_what_it_found(where: str, style: str, project: Project) -> None:
    project.with_base().write("registry/agencies/a-x.yaml", f"{LEAKS[where]}\nid: a-x\n")
    said = project.huiyin("check", "--format", style)
    assert said.code == 1
    assert "personal-data" in said.out
    for secret in (MOBILE, MAIL, IDENTITY):
        assert secret not in said.out


def test_checks_do_not_repeat_it_either(project: Project) -> None:
    path = project.with_base().registry / "proposals" / "npc-9-2" / "2026-m4t7k.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("夜间公交的建议", f"夜间公交的建议（{MOBILE}）").replace("    source: 公交线路公示牌\n", "")
    path.write_text(text.replace("lead: a-transport", f"lead: a-nobody # {MAIL}"), encoding="utf-8")
    said = project.huiyin("check")
    assert "[no-source]" in said.out
    assert "[reference-unknown]" in said.out
    assert MOBILE not in said.out
    assert MAIL not in said.out
