"""Personal data of citizens: what is found, what is not, and that no report repeats it."""

from __future__ import annotations

import pytest

from huiyin.findings import Source
from huiyin.load.personal import cover, findings, personal_data
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
        (MAIL, "电子邮箱"),
        ("邮箱zhang.san＠example．com", "电子邮箱"),
    ],
)
def test_personal_data_is_found_however_it_is_written(text: str, kind: str) -> None:
    assert [said.zh for _, _, said in personal_data(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "110105194912310021",  # the check digit is another
        "11010519491331002X",  # there is no thirteenth month
        "6222021234567890123",  # the check digit is another
        "12800138000",  # no mobile number begins so
        "138001380001",  # one digit too many
        "x13800138000",  # part of a code
        "12345",
        "0571-87654321",  # an office's telephone
        "2026-03-05",
        "投诉613件，其中402件占65.6%",
        "澄交函〔2026〕8号",
        "@everyone",
        "user@localhost",
        "https://huiyin.example/p/2026-k7f2q/",
    ],
)
def test_numbers_that_are_nobodys_are_not_found(text: str) -> None:
    assert list(personal_data(text)) == []


def test_a_piece_is_found_once_under_its_surest_name() -> None:
    text = f"{IDENTITY} {MOBILE} {MAIL}"
    found = sorted(personal_data(text))
    assert [text[start:end] for start, end, _ in found] == [IDENTITY, MOBILE, MAIL]


def test_covering_keeps_the_length_and_leaves_nothing() -> None:
    text = f"请联系{MOBILE}或{MAIL}，{MOBILE}也可。"
    covered = cover(text)
    assert len(covered) == len(text)
    assert not list(personal_data(covered))
    assert covered == "请联系" + "＊" * 11 + "或" + "＊" * 21 + "，" + "＊" * 11 + "也可。"


def test_each_piece_has_its_place_in_the_order_of_the_file() -> None:
    source = Source("x.yaml", f"# {MAIL}\nnote: {MOBILE} {IDENTITY}\n")
    assert [(f.place.line, f.place.column, f.place.length) for f in findings(source)] == [
        (1, 3, 21),
        (2, 7, 11),
        (2, 19, 18),
    ]


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
