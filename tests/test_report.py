"""How findings look: text for people, JSON for programs, annotations for a git host."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import huiyin.checks
import huiyin.load  # noqa: F401 (rules declare themselves when their modules are imported)
from huiyin.findings import RULES, Finding, Place, Severity, Source, Text
from huiyin.report import FORMATS, report

ANYTHING = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=30)
LINE = st.text(alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\n"), min_size=1, max_size=300)
OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Characters that a terminal, an editor or a browser obeys instead of showing."""


def finding(
    place: Place, found: str = "发现", remedy: str = "处理", rule: str = "shape-value", allowed: str | None = None
) -> Finding:
    said = Text(allowed, allowed) if allowed is not None else None
    return RULES[rule].finding(place, Text(found, found), Text(remedy, remedy), said)


def marked(line: str, start: int, end: int) -> Finding:
    return finding(Place("x.yaml", 7, start + 1, end - start, line))


def text_of(*findings: Finding, lang: str = "zh") -> str:
    return report(findings, "text", lang, 3)


def columns(text: str) -> int:
    """The columns that a terminal gives to text: two to wide characters."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


# ------------------------------------------------------------------------------------------ text


def test_a_text_report_says_rule_place_line_finding_allowed_and_remedy() -> None:
    source = Source("registry/a.yaml", "id: a\nlevel: contry\n")
    error = RULES["shape-value"].finding(
        source.place("level"),
        Text("“contry”不在允许的取值之内", '"contry" is not allowed here'),
        Text("是不是想写“county”？", 'Did you mean "county"?'),
        Text("只能是：city、county", "one of city, county"),
    )
    warning = RULES["no-source"].finding(
        Place("registry/b.yaml"), Text("没有出处", "no source"), Text("补上", "add one")
    )
    assert text_of(warning, error) == (
        "错误[shape-value] 不在允许的取值之内\n"
        "  --> registry/a.yaml:2:8\n"
        "    2 | level: contry\n"
        "      |        ^^^^^^\n"
        "  发现: “contry”不在允许的取值之内\n"
        "  允许: 只能是：city、county\n"
        "  处理: 是不是想写“county”？\n"
        "\n"
        "提示[no-source] 没有出处\n"
        "  --> registry/b.yaml:1:1\n"
        "  发现: 没有出处\n"
        "  处理: 补上\n"
        "\n"
        "检查了 3 个文件：错误 1 处，提示 1 处"
    )
    assert text_of(warning, error, lang="en").splitlines()[:7] == [
        "error[shape-value] Value not allowed",
        "  --> registry/a.yaml:2:8",
        "    2 | level: contry",
        "      |        ^^^^^^",
        '  found: "contry" is not allowed here',
        "  allowed: one of city, county",
        '  to do: Did you mean "county"?',
    ]
    assert text_of(warning, error, lang="en").endswith("\n3 files checked: 1 error, 1 warning")


def test_findings_stand_in_the_order_of_file_line_column_and_rule() -> None:
    places = [("b.yaml", 1, 1), ("a.yaml", 10, 1), ("a.yaml", 9, 2), ("a.yaml", 9, 1)]
    findings = [finding(Place(*place), rule=rule) for place in places for rule in ("shape-value", "shape-type")]
    rows = json.loads(report(findings, "json", "zh", 2))["findings"]
    assert [(row["file"], row["line"], row["column"], row["rule"]) for row in rows] == [
        (*place, rule) for place in sorted(places) for rule in ("shape-type", "shape-value")
    ]


def test_no_finding_is_one_line() -> None:
    assert report([], "text", "zh", 0) == "检查了 0 个文件：错误 0 处，提示 0 处"
    assert report([], "github", "zh", 0) == ""
    assert json.loads(report([], "json", "zh", 0)) == {"files": 0, "findings": []}


def test_a_severity_that_a_pack_sharpens_is_shown_as_sharpened() -> None:
    rule = RULES["ask-unanswered"]
    sharp = rule.finding(Place("a.yaml"), Text("x", "x"), Text("y", "y"), severity=Severity.ERROR)
    assert text_of(sharp).startswith("错误[ask-unanswered]")
    assert report([sharp], "github", "zh", 1).startswith("::error ")


# ------------------------------------------------------------------------------------------ the mark below the line


@pytest.mark.parametrize(
    ("line", "part", "before", "below"),
    [
        ("level: contry", "contry", "level: ", "^^^^^^"),
        ("title: 关于修路的建议", "修路", "title: 关于", "^^^^"),
        ("title: ＡＢ", "Ｂ", "title: Ａ", "^^"),
        ("note: a\tb", "b", "note: a\\u0009", "^"),
        ("name: 县\u200b局", "局", "name: 县\\u200b", "^^"),
        ("name: 县\u200b局", "\u200b", "name: 县", "^^^^^^"),
        ("公交🚌站", "站", "公交🚌", "^^"),
    ],
)
def test_the_mark_stands_below_its_part_among_wide_characters(line: str, part: str, before: str, below: str) -> None:
    start = line.index(part)
    shown, mark = text_of(marked(line, start, start + len(part))).splitlines()[2:4]
    assert shown.startswith(f"    7 | {before}")
    assert mark == f"      | {' ' * columns(before)}{below}"


@given(LINE, st.data())
def test_the_mark_is_never_beside_its_part(line: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line) - 1))
    end = data.draw(st.integers(start + 1, len(line)))
    shown, mark = text_of(marked(line, start, end)).split("\n")[2:4]
    body, below = shown.removeprefix("    7 | "), mark.removeprefix("      | ")
    at = len(below) - len(below.lstrip(" "))
    width = 0
    rest = body
    while width < at:
        width += columns(rest[0])
        rest = rest[1:]
    assert width == at, "the mark begins in the middle of a character"
    first = text_of(marked(line[start], 0, 1)).split("\n")[2].removeprefix("    7 | ")
    assert rest.startswith(first), "another character stands above the mark"
    assert len(body.replace("…", "")) <= 6 * 100 + 12, "a line stays readable"
    assert set(below.lstrip(" ")) == {"^"}
    assert at + len(below.lstrip(" ")) <= max(columns(body), at + 1)


@pytest.mark.parametrize("start", [0, 39, 40, 41, 100, 2990, 2999])
def test_a_long_line_is_cut_around_its_place(start: int) -> None:
    line = "".join(chr(ord("a") + n % 26) for n in range(3000))
    shown, mark = text_of(marked(line, start, min(start + 5, 3000))).splitlines()[2:4]
    body = shown.removeprefix("    7 | ")
    assert len(body) <= 102
    assert body.startswith("…") == (start > 40)
    at = mark.removeprefix("      | ").index("^")
    assert body[at] == line[start]


def test_a_mark_is_not_longer_than_what_is_shown() -> None:
    shown, mark = text_of(marked("x" * 3000, 100, 3000)).splitlines()[2:4]
    assert len(mark) <= len(shown)


def test_a_place_behind_the_end_of_its_line_is_marked_there() -> None:
    shown, mark = text_of(finding(Place("x.yaml", 7, 9, 1, "id: 路"))).splitlines()[2:4]
    assert shown == "    7 | id: 路"
    assert mark.lstrip(" |") == "^"


# ------------------------------------------------------------------------------------------ nothing is obeyed

TRICKS = {
    "a colour": "\x1b[31mred",
    "a cursor that goes up": "\x1b[1A",
    "an eight-bit escape": "\x9b31m",
    "a carriage return": "fine\rbad",
    "a backspace": "a\x08b",
    "a text that runs from right to left": "abc\u202ecba",
    "an isolate": "\u2067abc\u2069",
    "a zero-width space": "a\u200bb",
    "a byte order mark": "\ufeffa",
    "a line separator": "a\u2028b",
    "a tag character": "a\U000e0041",
    "a NUL": "a\x00b",
    "a lone surrogate, from a name that is not UTF-8": "a\udcff",
}


@pytest.mark.parametrize("trick", TRICKS)
@pytest.mark.parametrize("style", ["text", "github"])
def test_what_a_terminal_would_obey_is_made_visible(trick: str, style: str) -> None:
    bad = TRICKS[trick]
    said = report([finding(Place(bad, 1, 1, 1, bad), bad, bad, allowed=bad)], style, "zh", 1)
    assert bad not in said
    assert not OBEYED.search(said)
    assert "\\u" in said


@given(ANYTHING, ANYTHING, ANYTHING, ANYTHING)
def test_text_never_gains_a_line_or_an_escape(file: str, found: str, remedy: str, excerpt: str) -> None:
    excerpt = excerpt.replace("\n", "")
    said = text_of(finding(Place(file, 1, 1, 1, excerpt), found, remedy, allowed=found))
    assert not OBEYED.search(said)
    assert len(said.split("\n")) == 7 + 2 * bool(excerpt)


@given(ANYTHING, ANYTHING, ANYTHING)
def test_nothing_can_smuggle_in_a_workflow_command(file: str, found: str, remedy: str) -> None:
    """Properties and message come back whole when they are decoded as the host does it."""
    said = report([finding(Place(file, 3, 5), found, remedy)] * 2, "github", "en", 1)
    lines = said.split("\n")
    assert len(lines) == 2
    for line in lines:
        match = re.fullmatch(r"::error file=([^:,]*),line=3,col=5,title=([^:,]*)::(.*)", line)
        assert match
        assert "\r" not in line
        decoded = decode(match[3])
        assert decoded.split("\n") == [visible(found), visible(remedy)]
        assert decode(match[1]) == visible(file)


@pytest.mark.parametrize(
    "trick",
    [
        "x\n::set-output name=a::b",
        "x%0A::error::y",
        "a,line=1::warning file=b",
        "::stop-commands::token",
        "x\r\n##[command]y",
        "%25%0D%3A%2C",
    ],
)
def test_known_ways_to_forge_a_command_stay_text(trick: str) -> None:
    said = report([finding(Place(trick, 3, 5), trick, trick)], "github", "zh", 1)
    assert said.count("\n") == 0
    assert said.startswith("::error file=")
    assert len(re.findall(r"(?:^|\n)::", said)) == 1
    assert decode(said.split("::", 2)[2]) == f"{visible(trick)}\n{visible(trick)}"


def decode(text: str) -> str:
    """As the host reads a command."""
    for code, char in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, char)
    return text


def visible(text: str) -> str:
    """What a text report prints of a text, taken from one."""
    return text_of(finding(Place("x"), text)).split("\n")[2].removeprefix("  发现: ")


# ------------------------------------------------------------------------------------------ JSON


@given(ANYTHING, ANYTHING)
def test_json_gives_back_exactly_what_was_found(file: str, found: str) -> None:
    (row,) = json.loads(report([finding(Place(file, 3, 5), found, "y", allowed=None)], "json", "en", 1))["findings"]
    assert row == {
        "rule": "shape-value",
        "severity": "error",
        "file": file,
        "line": 3,
        "column": 5,
        "found": {"zh": found, "en": found},
        "allowed": None,
        "remedy": {"zh": "y", "en": "y"},
    }


def test_every_format_is_offered_by_check() -> None:
    assert FORMATS == ("text", "json", "github")
