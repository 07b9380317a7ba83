"""The report as a Word document: real headings, Chinese fonts, repeated table heads, page numbers, described charts.

Each number leads to its definition in the last appendix. The same report gives the same bytes: properties carry the
day of the report, and the archive no time of its own.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from huiyin.annual.document import Paragraph, Report, Span, Table
from huiyin.charts import Chart
from huiyin.charts.drawing import png
from huiyin.figures import DEFINITIONS, RULES_OF_COUNTING

BODY, HEADING, LATIN = "仿宋", "黑体", "Times New Roman"
"""Typefaces of official documents: text, headings, and what is not Chinese."""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time that every part of the archive carries."""
LINK = RGBColor(0x0B, 0x5C, 0x6B)


def word(report: Report, as_of: date) -> bytes:
    """Return the document as bytes."""
    document = docx.Document()
    _styles(document)
    _page(document)
    _properties(document, report, as_of)
    document.add_paragraph(report.title, style="Title")
    _centred(document, f"{report.office}　{report.issued}")
    if report.note:
        _centred(document, report.note)
    for part in report.parts:
        document.add_heading(part.heading, level=1)
        for block in part.blocks:
            if isinstance(block, Paragraph):
                _spans(document.add_paragraph(style="Body Text"), block.spans)
            elif isinstance(block, Chart):
                _chart(document, block)
            else:
                _table(document, block)
    _definitions(document)
    return _fixed(document)


def _styles(document: Document) -> None:
    """Chinese faces for every style that is used; Word asks for them apart from the Latin ones."""
    small: Any = document.styles.add_style("Definition", WD_STYLE_TYPE.PARAGRAPH)
    small.base_style = document.styles["Normal"]
    small.paragraph_format.space_after = Pt(3)
    for name, face, size, bold in (
        ("Normal", BODY, 12, False),
        ("Body Text", BODY, 12, False),
        ("Title", HEADING, 20, False),
        ("Heading 1", HEADING, 15, False),
        ("Caption", HEADING, 10.5, False),
        ("Definition", BODY, 10.5, False),
    ):
        style: Any = document.styles[name]
        style.font.name = LATIN
        style.font.size = Pt(size)
        style.font.bold = bold
        style.font.italic = False
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
        fonts.set(qn("w:eastAsia"), face)
        fonts.set(qn("w:hAnsi"), LATIN)
    body: Any = document.styles["Body Text"]
    body.paragraph_format.first_line_indent = Pt(24)
    body.paragraph_format.line_spacing = 1.5
    title: Any = document.styles["Title"]
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for border in title.element.pPr.findall(qn("w:pBdr")):
        title.element.pPr.remove(border)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def _page(document: Document) -> None:
    """A4 with the page number in the middle of the foot."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.6)
    section.top_margin = section.bottom_margin = Cm(2.8)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = _element("w:fldSimple", {"w:instr": "PAGE"})
    run = _element("w:r", {})
    text = _element("w:t", {})
    text.text = "1"
    run.append(text)
    field.append(run)
    foot._p.append(field)


def _properties(document: Document, report: Report, as_of: date) -> None:
    day = datetime(as_of.year, as_of.month, as_of.day)
    core = document.core_properties
    core.title, core.author, core.last_modified_by = report.title, report.office, report.office
    core.subject, core.language, core.comments = report.session, "zh-CN", report.note or ""
    core.created = core.modified = day
    core.revision = 1


def _element(name: str, attributes: dict[str, str]) -> Any:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(key), value)
    return made


def _centred(document: Document, text: str) -> None:
    document.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.CENTER


def _spans(paragraph: WordParagraph, spans: Iterable[Span]) -> None:
    """Text with each number as a link to its definition."""
    for span in spans:
        if span.figure is None:
            paragraph.add_run(span.text)
            continue
        link = _element("w:hyperlink", {"w:anchor": _anchor(span.figure), "w:history": "1"})
        run = paragraph.add_run(span.text)
        run.font.color.rgb = LINK
        link.append(run._r)
        paragraph._p.append(link)


def _anchor(figure: str) -> str:
    return f"figure_{figure}"


def _caption(document: Document, text: str) -> None:
    caption = document.add_paragraph(text, style="Caption")
    caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before = Pt(8)


def _chart(document: Document, chart: Chart) -> None:
    """The picture, whose bars carry their numbers, with a description for those who cannot see it."""
    _caption(document, chart.title)
    holder = document.add_paragraph()
    holder.alignment = WD_ALIGN_PARAGRAPH.CENTER
    picture = holder.add_run().add_picture(io.BytesIO(png(chart)), width=Cm(13))
    about: Any = picture._inline.docPr
    about.set("descr", chart.description)
    about.set("title", chart.title)


def _table(document: Document, table: Table) -> None:
    """A table whose head is repeated on each page and whose rows are not torn apart."""
    _caption(document, table.caption)
    made = document.add_table(rows=1 + len(table.rows), cols=len(table.head), style="Table Grid")
    head = made.rows[0]
    head._tr.get_or_add_trPr().append(_element("w:tblHeader", {"w:val": "true"}))
    for cell, span in zip(head.cells, table.head, strict=True):
        cell._tc.get_or_add_tcPr().append(_element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": "E3F0F2"}))
        _spans(_small(cell.paragraphs[0]), (span,))
    for row, values in zip(list(made.rows)[1:], table.rows, strict=True):
        row._tr.get_or_add_trPr().append(_element("w:cantSplit", {"w:val": "true"}))
        for place, (cell, value) in enumerate(zip(row.cells, values, strict=True)):
            paragraph = _small(cell.paragraphs[0])
            paragraph.add_run(value)
            if place and value[:1].isdigit():
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for row in made.rows:
        for run in (run for cell in row.cells for run in _runs(cell.paragraphs[0])):
            run.font.size = Pt(10)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _small(paragraph: WordParagraph) -> WordParagraph:
    paragraph.paragraph_format.space_after = Pt(0)
    return paragraph


def _runs(paragraph: WordParagraph) -> Iterable[Any]:
    """All runs, those inside links too."""
    yield from paragraph.runs
    for link in paragraph.hyperlinks:
        yield from link.runs


def _definitions(document: Document) -> None:
    """The last appendix: what each figure means, each with a mark that the numbers lead to."""
    document.add_heading("指标口径", level=1)
    for rule in RULES_OF_COUNTING:
        document.add_paragraph(rule.zh, style="Definition")
    for number, definition in enumerate(DEFINITIONS):
        paragraph = document.add_paragraph(style="Definition")
        paragraph._p.append(_element("w:bookmarkStart", {"w:id": str(number), "w:name": _anchor(definition.id)}))
        paragraph.add_run(definition.title.zh).bold = True
        paragraph._p.append(_element("w:bookmarkEnd", {"w:id": str(number)}))
        paragraph.add_run(f"：{definition.words.zh}数据出处：{definition.columns}。")


def _fixed(document: Document) -> bytes:
    """Return the document as an archive without the time at which it was packed."""
    packed, fixed = io.BytesIO(), io.BytesIO()
    document.save(packed)
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            target.writestr(entry, source.read(name))
    return fixed.getvalue()
