"""The numbers of the charts, counted a second time in SQL over the exported tables, and how they are drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb
import pytest

from huiyin.charts import Chart, Column, Kind, Row, charts
from huiyin.charts.drawing import SHADE, TONES, png, svg
from huiyin.charts.results import CLASSES
from huiyin.charts.times import month, month_name, quarter, quarter_name
from huiyin.export.files import write
from huiyin.export.rows import Scope
from huiyin.figures import figures
from huiyin.figures.entries import STAGES
from tests.built import ROOT
from tests.figures import sql

NAME = "{http://www.w3.org/2000/svg}"
HOSTILE = '"><script>alert(1)</script> {{ 7*7 }} fill="red" \\\' | &amp;'

ORDER = ", ".join(f"WHEN '{name}' THEN {n}" for n, name in enumerate(STAGES))
MARKS = """CASE WHEN type IN ('evaluated', 'rated', 'looked_back', 'closed') THEN 6 WHEN type = 'replied' THEN 5
    WHEN type IN ('contacted', 'consulted') THEN 3 WHEN type = 'assigned' THEN 2
    WHEN type IN ('accepted', 'refused', 'converted') THEN 1 ELSE 0 END"""

MONTHS = """
SELECT strftime(e."on", '%Y-%m') AS m, 0 AS n, count(*) FROM first_of e JOIN item i ON i.id = e.proposal
WHERE e.type = 'submitted' AND NOT i.again AND e."on" IS NOT NULL GROUP BY m
UNION ALL
SELECT strftime("on", '%Y-%m'), 1, count(*) FROM first_of WHERE type = 'replied' AND "on" IS NOT NULL GROUP BY 1
"""
NOW = "SELECT stage, count(*) FROM stays WHERE \"end\" = 'open' GROUP BY stage"
ON_TIME = """
SELECT year(d.due_latest) * 4 + quarter(d.due_latest) - 1, CASE d.state WHEN 'met' THEN 0 ELSE 1 END, count(*)
FROM deadlines d JOIN item i ON i.id = d.proposal WHERE d.clock = 'reply' AND decisive
AND d.state IN ('met', 'late', 'overdue') AND has_assigned AND NOT imported GROUP BY ALL
"""
CLASS = """
SELECT i.session, coalesce(r."class", 'not_stated'), count(*)
FROM (SELECT * FROM last_of WHERE type = 'replied') r JOIN item i ON i.id = r.proposal GROUP BY ALL
"""
RATED = """
SELECT i.session, coalesce(r.result, ''), count(*) FROM item i LEFT JOIN rating r ON r.proposal = i.id
WHERE has_replied GROUP BY ALL
"""
PROMISES = """
SELECT year(due) * 4 + quarter(due) - 1, CASE WHEN overdue THEN 'overdue' ELSE status END, count(*)
FROM commitments GROUP BY ALL
"""
SPANS = """
SELECT stage, CASE WHEN days <= 7 THEN 0 WHEN days <= 30 THEN 1 WHEN days <= 90 THEN 2 ELSE 3 END, count(*)
FROM stays WHERE "end" = 'left' AND days IS NOT NULL AND proposal IN (SELECT id FROM proposals WHERE source IS NULL)
GROUP BY ALL
"""
IN_HAND = """
SELECT a.short, s.stage, count(*) FROM stays s JOIN handlers h ON h.proposal = s.proposal AND h.role <> 'co'
JOIN agencies a ON a.id = h.agency WHERE s."end" = 'open' AND s.stage NOT IN ('submission', 'acceptance')
AND s.proposal IN (SELECT id FROM proposals WHERE source IS NULL) GROUP BY ALL
"""


@pytest.fixture(params=["scope", "rough"])
def counted(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Scope, Any, dict[str, Chart]]]:
    """What was counted by the program, beside a database over the export of the same."""
    scope: Scope = request.getfixturevalue(request.param)
    write(scope, "parquet", tmp_path / "tables")
    database = sql.opened(tmp_path / "tables", scope.as_of.isoformat())
    made = charts(scope.registry, scope.cases.values(), scope.as_of)
    yield scope, database, {chart.id: chart for chart in made}
    database.close()


def rows(database: duckdb.DuckDBPyConnection, query: str) -> dict[tuple[Any, ...], int]:
    return {tuple(row[:-1]): row[-1] for row in database.execute(query).fetchall()}


def drawn(chart: Chart) -> dict[tuple[str, int], int]:
    """Every number that is not 0, by its row and column."""
    return {(row.label, n): number for row in chart.rows for n, number in enumerate(row.numbers) if number}


Counted = tuple[Scope, Any, dict[str, Chart]]


def test_every_chart_has_something_to_show(counted: Counted) -> None:
    shown = ["months", "stages", "on-time", "classes", "satisfaction", "commitments", "time", "agencies"]
    assert list(counted[2]) == shown


def test_months(counted: Counted) -> None:
    _, database, made = counted
    first = made["months"].rows[0].label
    found = rows(database, MONTHS)
    assert drawn(made["months"]) == {key: number for key, number in found.items() if key[0] >= first}
    assert len(made["months"].rows) == 24
    assert any(key[0] < first for key in found), "older ones are in the table by month only"


def test_stages(counted: Counted) -> None:
    scope, database, made = counted
    reached = [0] * len(STAGES)
    stays = f"SELECT proposal, max(CASE stage {ORDER.replace(', ', ' ')} END) AS far FROM stays GROUP BY proposal"
    marks = f"SELECT proposal, max({MARKS}) AS far FROM events GROUP BY proposal"
    query = (
        f"SELECT greatest(coalesce(s.far, 0), m.far), count(*) FROM ({marks}) m LEFT JOIN ({stays}) s USING (proposal)"
    )
    for (far,), number in rows(database, f"{query} GROUP BY ALL").items():
        for n in range(far + 1):
            reached[n] += number
    if not any(case.proposal.imported for case in scope.cases.values()):  # of those no stays are exported
        assert [row.numbers[0] for row in made["stages"].rows] == reached
    assert made["stages"].rows[0].numbers[0] == len(scope.cases)
    now = rows(database, NOW)
    assert [int(row.beside[0]) for row in made["stages"].rows] == [now.get((name,), 0) for name in STAGES]


def test_on_time(counted: Counted) -> None:
    scope, database, made = counted
    found = {(quarter_name(at), n): number for (at, n), number in rows(database, ON_TIME).items()}
    labels = [row.label for row in made["on-time"].rows]
    assert drawn(made["on-time"]) == {key: number for key, number in found.items() if key[0] in labels}
    figure = next(one for one in figures(scope.cases.values(), scope.as_of) if one.definition.id == "on_time")
    assert sum(number for (_, n), number in found.items() if n == 0) == figure.counted.numerator
    for row in made["on-time"].rows:
        assert row.beside[0].endswith("%") == (sum(row.numbers) >= 5)


def test_classes_and_satisfaction(counted: Counted) -> None:
    scope, database, made = counted
    titles = {name: session.title.zh for name, session in scope.registry.sessions.items()}
    words = {name: column.title for name, column in CLASSES.items()}
    shown = [column.title for column in made["classes"].columns]
    found = {(titles[name], shown.index(words[kind])): n for (name, kind), n in rows(database, CLASS).items()}
    assert drawn(made["classes"]) == found
    grades = ["satisfied", "basically_satisfied", "dissatisfied", ""]
    rated = {(titles[name], grades.index(grade)): n for (name, grade), n in rows(database, RATED).items()}
    assert drawn(made["satisfaction"]) == rated


def test_commitments(counted: Counted) -> None:
    scope, database, made = counted
    outcomes = ["overdue", "open", "fulfilled", "dropped"]
    now, found = quarter(scope.as_of), dict[tuple[str, int], int]()
    for (at, status), number in rows(database, PROMISES).items():
        label = "未写" if at is None else "更早" if at < now - 7 else "更晚" if at > now + 4 else quarter_name(at)
        key = (label, outcomes.index(status))
        found[key] = found.get(key, 0) + number
    assert drawn(made["commitments"]) == found
    assert "更早" in {label for label, _ in found}


def test_time_in_stages(counted: Counted) -> None:
    _, database, made = counted
    found = {(STAGES[stage].zh, n): number for (stage, n), number in rows(database, SPANS).items()}
    assert drawn(made["time"]) == found
    times = {key[0].removeprefix("time_"): row for key, row in _times(database).items() if key[1] == "all"}
    for (name, title), row in zip(STAGES.items(), made["time"].rows, strict=True):
        done, of, median, most = times[name]
        assert row.label == title.zh
        assert (sum(row.numbers), int(row.beside[0])) == (done, of - done)
        assert row.beside[1:] == tuple("尚未达到" if days is None else f"{days} 天" for days in (median, most))


def _times(database: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], tuple[Any, ...]]:
    return {(row[0], row[1]): (row[3], row[4], row[6], row[7]) for row in database.execute(sql.TIME).fetchall()}


def test_agencies(counted: Counted) -> None:
    _, database, made = counted
    order = list(STAGES)[2:]
    found = {(name, order.index(stage)): number for (name, stage), number in rows(database, IN_HAND).items()}
    assert drawn(made["agencies"]) == found
    names = [row.label for row in made["agencies"].rows]
    assert names == sorted(names, key=lambda name: name.encode("gb18030"))


def test_months_and_quarters_have_their_names() -> None:
    assert month_name(month(date(2026, 12, 31))) == "2026-12"
    assert month(date(2027, 1, 1)) == month(date(2026, 12, 31)) + 1
    assert quarter_name(quarter(date(2026, 12, 31))) == "2026年第四季度"
    assert quarter(date(2027, 1, 1)) == quarter(date(2026, 12, 31)) + 1


def test_nothing_is_drawn_of_a_registry_without_proposals(scope: Scope) -> None:
    assert charts(scope.registry, (), scope.as_of) == ()


# ------------------------------------------------------------------------------------------ drawing


def chart(kind: Kind) -> Chart:
    columns = (Column("一", "ok"),) if kind is Kind.BARS else (Column("一", "ok"), Column("二", "late"))
    numbers = ((3, 40), (0, 1200), (0, 0))
    made = tuple(Row(label, of[: len(columns)]) for label, of in zip(("城乡建设", HOSTILE, "空"), numbers, strict=True))
    return Chart("x", kind, f"标题{HOSTILE}", f"说明{HOSTILE}", "", "行", "件", columns, made)


@pytest.mark.parametrize("kind", Kind)
def test_a_drawing_says_what_it_shows_in_text_of_the_page(kind: Kind) -> None:
    made = chart(kind)
    root = ElementTree.fromstring(svg(made))  # noqa: S314 (our own)
    assert [child.tag for child in root[:2]] == [f"{NAME}title", f"{NAME}desc"]
    assert [child.text for child in root[:2]] == [made.title, made.description]
    texts = ["".join(text.itertext()) for text in root.iter(f"{NAME}text")]
    assert "城乡建设" in texts
    assert "空" in texts
    largest = max(number for row in made.rows for number in row.numbers)
    assert f"{largest:,}" in texts
    assert {text.get("fill") for text in root.iter(f"{NAME}text")} <= {"currentColor", "#ffffff"}
    known = {fill for fill, _ in TONES.values()} | {"currentColor", "#ffffff", "none", "transparent", None}
    assert {element.get("fill") for element in root.iter()} <= known, "the style sheet knows no other colour"
    assert {element.tag.removeprefix(NAME) for element in root.iter()} <= {
        *("svg", "title", "desc", "g", "path", "rect", "text", "tspan")
    }
    assert not [name for element in root.iter() for name in element.attrib if name in ("id", "style")][2:]


@pytest.mark.parametrize("kind", Kind)
def test_a_drawing_is_the_same_bytes_each_time(kind: Kind) -> None:
    assert svg(chart(kind)) == svg(chart(kind))
    assert png(chart(kind)).startswith(b"\x89PNG")


def test_every_tone_stands_in_the_style_sheet_with_as_much_of_it() -> None:
    css = (ROOT / "site" / "assets" / "huiyin.css").read_text(encoding="utf-8")
    for name, (fill, share) in TONES.items():
        assert f'.hy-chart svg [fill="{fill}"]' in css
        assert f".hy-tone-{name}" in css
        assert share == 1 or f"{{ opacity: {share:.2f}".rstrip("0").replace("0.", ".") in css, name


def _scheme(css: str, name: str) -> dict[str, tuple[float, ...]]:
    """The colours of a scheme of the style sheet, by variable."""
    block = css.split(f'[data-md-color-scheme="{name}"] {{')[1].split("}")[0]
    found = re.findall(r"--hy-(\w+): #([0-9a-f]{3,6});", block)
    return {key: tuple(int((v * 2 if len(v) == 3 else v)[n : n + 2], 16) for n in (0, 2, 4)) for key, v in found}


def _light(colour: tuple[float, ...]) -> float:
    parts = [c / 255 for c in colour]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_numbers_can_be_read_on_every_tone(scheme: str) -> None:
    """What axe cannot see: text in a drawing has its colour from `fill`, and what is behind it is not all there."""
    colours = _scheme((ROOT / "site" / "assets" / "huiyin.css").read_text(encoding="utf-8"), scheme)
    tones = {**{name: share for name, (_, share) in TONES.items()}, "accent-darkest cell": SHADE[1]}
    for name, share in tones.items():
        tone, paper = colours[name.split("-")[0]], colours["paper"]
        behind = tuple(share * t + (1 - share) * p for t, p in zip(tone, paper, strict=True))
        assert _contrast(paper if share > 0.5 else colours["ink"], behind) >= 4.5, name
