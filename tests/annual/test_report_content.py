"""What reports say: numbers that are figures, parts that the data support, in every session and on every day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from huiyin.annual.compose import compose, sessions
from huiyin.annual.document import Paragraph, Report, Table, table_of
from huiyin.annual.prose import clause, paragraph, verbatim
from huiyin.charts import Chart
from huiyin.export.rows import Scope
from huiyin.figures import BY_ID, Counted, Estimate, Figure, converted_into, figures
from huiyin.load import Law
from tests.annual.conftest import report_on
from tests.figures.conftest import scope_of


def paragraphs(report: Report) -> Iterator[Paragraph]:
    yield from (block for part in report.parts for block in part.blocks if isinstance(block, Paragraph))
    yield from report.english


def tables(report: Report) -> Iterator[Table]:
    yield from (block for part in report.parts for block in part.blocks if isinstance(block, Table))


@pytest.mark.parametrize("which", ["scope", "rough"])
def test_every_session_has_a_report_whose_numbers_are_its_figures(which: str, request: pytest.FixtureRequest) -> None:
    scope: Scope = request.getfixturevalue(which)
    everything = scope.cases.values()
    seen = 0
    for session in sessions(everything):
        rows = [case for case in everything if case.proposal.session == session]
        found = {
            figure.definition.id: figure for figure in figures(rows, scope.as_of, converted=converted_into(everything))
        }
        for block in paragraphs(report_on(scope, session)):
            assert "{" not in block.text
            assert not re.search(r"。。|，，|；。|^[，。；]", block.text), block.text
            for span in block.spans:
                if span.figure:
                    figure = found[span.figure]
                    n, d = figure.counted.numerator, figure.counted.denominator or 0
                    allowed = {n, d, d - n, figure.counted.excluded, figure.total}
                    if figure.estimate:
                        allowed |= {figure.estimate.median, figure.estimate.p90} - {None}
                    plain = re.sub(r"[\d.]+%", "", span.text.replace(",", ""))
                    assert {int(number) for number in re.findall(r"\d+", plain)} <= allowed, span
                    seen += 1
    assert seen > 200


def test_reports_are_called_as_offices_call_them(scope: Scope) -> None:
    titles = {name: report_on(scope, name).title for name in ("npc-17-4", "npc-17-5", "cppcc-15-4")}
    assert titles == {
        "npc-17-4": "关于市十七届人大四次会议代表建议、批评和意见办理情况的报告",
        "npc-17-5": "关于市十七届人大五次会议代表议案和建议、批评和意见办理情况的报告",
        "cppcc-15-4": "关于市政协十五届四次会议提案办理情况的报告",
    }


def test_parts_are_numbered_and_only_those_that_data_support(scope: Scope, law: Law) -> None:
    headings = [part.heading for part in report_on(scope, "npc-17-4").parts]
    assert headings == [
        "一、基本情况",
        "二、办理进度和按期答复",
        "三、办理结果",
        "四、提出人评价",
        "五、承诺落实",
        "六、公开情况",
        "七、登记情况和双方责任",
        "附表",
    ]
    early = scope_of(scope.registry, law, date(2025, 1, 14))
    assert [part.heading for part in report_on(early, "npc-17-4").parts] == [
        "一、基本情况",
        "二、登记情况和双方责任",
        "附表",
    ]


def test_the_law_on_publishing_is_cited_for_a_congress_alone(scope: Scope) -> None:
    congress, conference = (report_on(scope, name).parts[0].blocks[0] for name in ("npc-17-4", "cppcc-15-4"))
    assert isinstance(congress, Paragraph)
    assert isinstance(conference, Paragraph)
    assert "第五十一条第三款" in congress.text
    assert "第五十一条" not in conference.text


def test_a_session_of_imported_records_states_counts_and_no_rate(rough: Scope) -> None:
    imported = {name: case for name, case in rough.cases.items() if case.proposal.imported}
    session = next(iter(imported.values())).proposal.session
    only = {name: case for name, case in imported.items() if case.proposal.session == session}
    found = compose(rough.registry, rough.words, only, rough.registry.sessions[session], rough.as_of)
    text = "".join(block.text for block in paragraphs(found))
    assert f"导入的记录{len(only)}件" in text
    assert "%" not in text


def test_tables_have_a_cell_for_each_head_and_their_rows_stand_by_name(scope: Scope) -> None:
    for table in tables(report_on(scope, "npc-17-5")):
        assert table.rows
        assert {len(row) for row in table.rows} == {len(table.head)}
        assert {span.figure for span in table.head if span.figure} <= set(BY_ID)
    agencies = next(table for table in tables(report_on(scope, "npc-17-5")) if "承办单位办理" in table.caption)
    names = [row[0] for row in agencies.rows]
    assert names == sorted(names, key=lambda name: name.encode("gb18030"))


def test_a_chart_says_in_words_and_as_a_table_what_it_shows(scope: Scope) -> None:
    charts = [block for part in report_on(scope, "npc-17-4").parts for block in part.blocks if isinstance(block, Chart)]
    assert [chart.id for chart in charts] == [
        "chart-category",
        "chart-class",
        "chart-rating-attitude",
        "chart-rating-result",
    ]
    for chart in charts:
        bars = [(row.label, *row.numbers) for row in chart.rows]
        assert [(label, int(value)) for label, value in table_of(chart).rows] == bars
        assert all(f"{label} {value}" in chart.description for label, value in bars)


def rate(numerator: int, denominator: int) -> Figure:
    return Figure(BY_ID["on_time"], Counted(numerator, denominator), Counted(0, 0))


def test_a_clause_says_why_there_is_no_rate() -> None:
    assert clause(rate(9, 12)).zh == "按期答复率75.0%（9/12）"
    assert clause(rate(1, 3)).zh == "按期答复率因只有3件不作统计"
    assert clause(rate(0, 0)) == ("按期答复率没有可统计的件", "On-time reply rate: none")
    time = Figure(BY_ID["time_to_reply"], Counted(4, 9), Counted(0, 0), Estimate(90, None))
    assert clause(time).zh == "交办到答复中位数90天、九成数尚未达到（9件，其中未完结5件）"


def test_a_mark_that_is_no_figure_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        paragraph("zh", {}, "{nothing}")
    found = {"on_time": rate(9, 12)}
    said = paragraph("zh", found, "其中{on_time.n}件按期，", "{on_time.rest}件逾期。")
    assert said.text == "其中9件按期，3件逾期。"
    assert [span.figure for span in said.spans] == [None, "on_time", None, "on_time", None]


def test_reports_do_not_depend_on_the_order_of_records(scope: Scope) -> None:
    session = scope.registry.sessions["npc-17-5"]
    turned = dict(reversed(scope.cases.items()))
    again = compose(scope.registry, scope.words, turned, session, scope.as_of)
    assert again == report_on(scope, "npc-17-5")


def test_words_of_a_record_are_no_marks() -> None:
    said = paragraph("en", {}, verbatim("Session ${1} {{ 7*7 }} {on_time}"), "as of today.")
    assert said.text == "Session ${1} {{ 7*7 }} {on_time} as of today."
