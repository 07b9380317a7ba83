"""Reports as files: the same bytes each time, and what Word and those who cannot see need is in them."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import pytest
from docx.oxml.ns import qn

from huiyin.annual.document import Part
from huiyin.annual.word import word
from huiyin.charts import bars
from huiyin.charts.drawing import png, svg
from huiyin.export.rows import Scope
from huiyin.figures import DEFINITIONS
from tests.annual.conftest import report_on
from tests.project import Project

HOSTILE = '"><script>alert(1)</script>&amp;{{ 7*7 }}'
CHART = bars("chart-x", "各类别的件数", "类别", "件", (("城乡建设", 3), (HOSTILE, 12_000)))


@pytest.fixture(scope="module")
def made(scope: Scope) -> bytes:
    return word(report_on(scope, "npc-17-4"), scope.as_of)


@pytest.fixture(scope="module")
def opened(made: bytes) -> Any:
    return docx.Document(io.BytesIO(made))


def test_a_chart_is_the_same_bytes_each_time() -> None:
    assert svg(CHART) == svg(CHART)
    assert png(CHART) == png(CHART)
    assert png(CHART).startswith(b"\x89PNG")


def test_a_chart_on_a_page_has_title_description_and_the_colour_of_the_page() -> None:
    root = ElementTree.fromstring(svg(CHART))  # noqa: S314 (our own)
    name = "{http://www.w3.org/2000/svg}"
    assert [child.tag for child in root[:2]] == [f"{name}title", f"{name}desc"]
    assert [child.text for child in root[:2]] == [CHART.title, CHART.description]
    assert root.get("aria-labelledby") == "chart-x-title chart-x-desc"
    texts = list(root.iter(f"{name}text"))
    assert {text.get("fill") for text in texts} == {"currentColor"}
    assert {"城乡建设", "12,000", "3"} <= {"".join(text.itertext()) for text in texts}
    assert not list(root.iter(f"{name}script"))


def test_the_document_is_the_same_bytes_each_time_and_carries_the_day_of_the_report(scope: Scope, made: bytes) -> None:
    assert word(report_on(scope, "npc-17-4"), scope.as_of) == made
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = docx.Document(io.BytesIO(made)).core_properties
    assert core.created == core.modified == datetime(2026, 11, 20, tzinfo=core.created.tzinfo if core.created else None)
    assert core.title == "关于市十七届人大四次会议代表建议、批评和意见办理情况的报告"
    assert core.author == "市人大常委会代表工委"


def test_headings_are_real_ones(opened: Any) -> None:
    headings = [paragraph.text for paragraph in opened.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings[0] == "一、基本情况"
    assert headings[-2:] == ["附表", "指标口径"]
    assert [paragraph.style.name for paragraph in opened.paragraphs[:1]] == ["Title"]


def test_chinese_faces_are_set_for_every_style_in_use(opened: Any) -> None:
    for name in {paragraph.style.name for paragraph in opened.paragraphs}:
        fonts = opened.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) in ("仿宋", "黑体"), name
        assert fonts.get(qn("w:eastAsiaTheme")) is None


def test_heads_of_tables_are_repeated_and_rows_stay_whole(opened: Any) -> None:
    assert len(opened.tables) >= 5
    for table in opened.tables:
        head, *rows = [row._tr for row in table.rows]
        assert head.find(f".//{qn('w:tblHeader')}") is not None
        assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)


def test_every_picture_is_described_and_every_page_numbered(opened: Any) -> None:
    described = [shape._inline.docPr.get("descr") for shape in opened.inline_shapes]
    assert len(described) == 4
    assert described[0].startswith("各类别提出的件数：城乡建设 3 件")
    fields = opened.sections[0].footer._element.findall(f".//{qn('w:fldSimple')}")
    assert [field.get(qn("w:instr")) for field in fields] == ["PAGE"]


def test_every_number_leads_to_its_definition(opened: Any) -> None:
    body = opened.element.body
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    links = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    assert marks == {f"figure_{definition.id}" for definition in DEFINITIONS}
    assert len(links) > 20
    assert links <= marks


def test_a_document_takes_any_text(scope: Scope) -> None:
    report = report_on(scope, "npc-17-4")
    made = word(replace(report, title=HOSTILE, parts=(Part("x", (CHART,)),)), scope.as_of)
    assert docx.Document(io.BytesIO(made)).paragraphs[0].text == HOSTILE


def test_the_command_writes_both_files_and_says_where(project: Project, tmp_path: Path) -> None:
    project.with_demonstration().with_templates()
    said = project.huiyin("report", "--session", "npc-17-4", "--to", str(tmp_path / "out"))
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        f"{tmp_path / 'out' / f'npc-17-4.{kind}'}，截至 2026-11-20" for kind in ("docx", "html")
    ]
    page = (tmp_path / "out" / "npc-17-4.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    links = set(re.findall(r'href="([^"]+)"', page))
    assert links
    assert {link.partition("#")[0] for link in links} == {"https://huiyin.example/figures/definitions/"}
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["npc-17-4.docx", "npc-17-4.html"]


def test_the_command_refuses_in_words(project: Project, tmp_path: Path) -> None:
    project.with_demonstration().with_templates()
    wrong = project.huiyin("report", "--session", "npc-17-9")
    assert wrong.code == 2
    assert "没有届次 'npc-17-9'" in wrong.err
    (tmp_path / "file").write_text("x")
    blocked = project.huiyin("report", "--session", "npc-17-4", "--to", str(tmp_path / "file"))
    assert blocked.code == 2
    assert "写不到" in blocked.err
    assert (tmp_path / "file").read_text() == "x"
