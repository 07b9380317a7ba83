"""Writing a workbook of Office Open XML (ECMA-376) as a stream: texts, whole numbers, days, true or false. Pure.

Texts stand in the cells themselves and are never formulas or links. A row takes a tenth of the time that a general
library needs, which counts where there are millions; what only general ones can do is not needed here.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import repeat
from typing import IO, NamedTuple
from xml.sax.saxutils import escape

Value = str | int | bool | date | None
LONGEST_CELL = 32_000
"""Characters that a cell holds; longer texts are cut with a mark."""
MOST_ROWS, MOST_BYTES = 1_000_000, 1_500_000_000
"""Rows and bytes of one sheet: what goes beyond stands in a further one. Programs take 1,048,576 rows."""
CREATED = (1980, 1, 1, 0, 0, 0)
"""The moment that parts of the archive bear: the same workbook is the same bytes."""
STYLES = ("plain", "head", "text", "day", "note", "ok", "near", "late")
"""Names of how a cell can look."""
_NUMBER = {name: place for place, name in enumerate(STYLES)}
_TONES = (("E4F4EC", "14704E"), ("FDF3D7", "7A4D00"), ("FBE9E7", "B3261E"))
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ZERO = date(1899, 12, 30).toordinal()


class Row(NamedTuple):
    """One row: its values from the first column on, their styles where not all are `text`, and how high it is.

    The height is in points; None is as high as usual.
    """

    values: Sequence[Value]
    styles: Sequence[str] = ()
    height: int | None = None


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, how wide columns are, rows above those that move, columns that stay, and its rows.

    The last of the rows `head` is the one with the filters, and printed on every page.
    """

    name: str
    widths: Sequence[int]
    head: Sequence[Row]
    rows: Iterable[Row]
    stay: int = 1


def write_book(file: IO[bytes], title: str, about: str, day: date, sheets: Iterable[Sheet]) -> None:
    """Write a workbook with these properties; a sheet that is too long goes on in further ones."""
    names: list[tuple[str, str, int]] = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for sheet in sheets:
            rest, part = iter(sheet.rows), 1
            while True:
                name = sheet.name if part == 1 else f"{sheet.name} {part}"
                last, more = _sheet(archive, len(names) + 1, sheet, rest)
                names.append(
                    (name, f"'{name}'!$A${len(sheet.head)}:${column(len(sheet.widths))}${last}", len(sheet.head))
                )
                if more is None:
                    break
                rest, part = _before(more, rest), part + 1
        for path, text in _frame(names, title, about, day):
            with archive.open(zipfile.ZipInfo(path, CREATED), "w") as out:
                out.write(f"{_HEAD}{text}".encode())


def column(number: int) -> str:
    """Return the letters of a column, counted from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _before(row: Row, rest: Iterator[Row]) -> Iterator[Row]:
    yield row
    yield from rest


def _sheet(archive: zipfile.ZipFile, number: int, sheet: Sheet, rows: Iterator[Row]) -> tuple[int, Row | None]:
    """Write one part of a sheet and return its last row, and the row that found no room, if there is one."""
    info = zipfile.ZipInfo(f"xl/worksheets/sheet{number}.xml", CREATED)
    info.compress_type = zipfile.ZIP_DEFLATED
    letters = [column(place) for place in range(1, len(sheet.widths) + 1)]
    left, top = sheet.stay, len(sheet.head)
    over = None
    with archive.open(info, "w") as out:
        out.write(_opening(sheet, left, top).encode())
        place, length, lines = 0, 0, []
        for place, row in enumerate(sheet.head, start=1):
            lines.append(_row(place, row, letters))
        for row in rows:
            if place >= MOST_ROWS or length > MOST_BYTES:
                over = row
                break
            place += 1
            lines.append(_row(place, row, letters))
            if len(lines) > 500:
                raw = "".join(lines).encode()
                length += len(raw)
                out.write(raw)
                lines.clear()
        filters = f'<autoFilter ref="A{top}:{letters[-1]}{place}"/>'
        setup = '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
        page = '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        out.write(f"{''.join(lines)}</sheetData>{filters}{setup}{page}</worksheet>".encode())
    return place, over


def _opening(sheet: Sheet, left: int, top: int) -> str:
    pane = f'<pane xSplit="{left}" ySplit="{top}" topLeftCell="{column(left + 1)}{top + 1}" state="frozen"'
    widths = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(sheet.widths, start=1)
    )
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0">{pane} activePane="bottomRight"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols><sheetData>'
    )


def _row(place: int, row: Row, letters: Sequence[str]) -> str:
    """The XML of one row; most of the time of a workbook is spent here."""
    high = f' ht="{row.height}" customHeight="1"' if row.height else ""
    parts = [f'<row r="{place}"{high}>']
    for letter, value, style in zip(letters, row.values, row.styles or repeat("text"), strict=False):
        if value is None:
            continue
        if type(value) is str:
            if len(value) > LONGEST_CELL:
                value = f"{value[:LONGEST_CELL]}…（截断）"
            if _SPECIAL.search(value):
                value = _SPECIAL.sub(_escaped, value)
            kept = ' xml:space="preserve"' if "\n" in value or value != value.strip() else ""
            parts.append(f'<c r="{letter}{place}" s="{_NUMBER[style]}" t="inlineStr"><is><t{kept}>{value}</t></is></c>')
        elif isinstance(value, bool):
            parts.append(f'<c r="{letter}{place}" s="{_NUMBER[style]}" t="b"><v>{int(value)}</v></c>')
        elif isinstance(value, date):
            parts.append(f'<c r="{letter}{place}" s="{_NUMBER["day"]}"><v>{value.toordinal() - _ZERO}</v></c>')
        else:
            parts.append(f'<c r="{letter}{place}" s="{_NUMBER[style]}"><v>{value}</v></c>')
    parts.append("</row>")
    return "".join(parts)


def _escaped(match: re.Match[str]) -> str:
    """What XML needs, and `_x0001_` for what it cannot hold, as ECMA-376 writes it (part 1, 22.9.2.19)."""
    char = match[0]
    return escape(char) if char in "&<>" else f"_x{ord(char):04X}_"


def _frame(names: Sequence[tuple[str, str, int]], title: str, about: str, day: date) -> Iterator[tuple[str, str]]:
    """The parts of the archive beside its sheets: name, text."""
    content = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = [("/xl/workbook.xml", f"{content}.sheet.main+xml"), ("/xl/styles.xml", f"{content}.styles+xml")]
    parts += [(f"/xl/worksheets/sheet{n}.xml", f"{content}.worksheet+xml") for n in range(1, len(names) + 1)]
    parts.append(("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"))
    types = "".join(f'<Override PartName="{path}" ContentType="{kind}"/>' for path, kind in parts)
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    yield "[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types">{rels}{types}</Types>'
    core = f"{_PACKAGE}/relationships/metadata/core-properties"
    yield "_rels/.rels", _links([(f"{_OFFICE}/officeDocument", "xl/workbook.xml"), (core, "docProps/core.xml")])
    sheets = [(f"{_OFFICE}/worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(names) + 1)]
    yield "xl/_rels/workbook.xml.rels", _links([*sheets, (f"{_OFFICE}/styles", "styles.xml")])
    yield "xl/workbook.xml", _workbook(names)
    yield "xl/styles.xml", _styles()
    spaces = (
        f'xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    )
    words = f"<dc:title>{escape(title)}</dc:title><dc:description>{escape(about)}</dc:description>"
    made = f'<dcterms:created xsi:type="dcterms:W3CDTF">{day.isoformat()}T00:00:00Z</dcterms:created>'
    yield "docProps/core.xml", f"<cp:coreProperties {spaces}>{words}{made}</cp:coreProperties>"


def _links(rows: Sequence[tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(rows, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _workbook(names: Sequence[tuple[str, str, int]]) -> str:
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, (name, _, _) in enumerate(names, start=1)
    )
    defined = "".join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{n}" hidden="1">{escape(area)}</definedName>'
        for n, (_, area, _) in enumerate(names)
    ) + "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{n}">\'{escape(name)}\'!$1:${head}</definedName>'
        for n, (name, _, head) in enumerate(names)
    )
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets>'
        f"<definedNames>{defined}</definedNames></workbook>"
    )


def _font(weight: str = "", ink: str = "") -> str:
    color = f'<color rgb="FF{ink}"/>' if ink else ""
    return f'<font>{weight}<sz val="10"/>{color}<name val="Microsoft YaHei"/></font>'


def _styles() -> str:
    """Fonts, papers and forms in the order of STYLES."""
    fonts = [_font(), _font("<b/>"), _font("<i/>", "51606F"), *(_font("<b/>", ink) for _, ink in _TONES)]
    papers = ["E3F0F2", *(paper for paper, _ in _TONES)]
    fills = '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' + "".join(
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{paper}"/><bgColor indexed="64"/></patternFill></fill>'
        for paper in papers
    )
    thin = "".join(f'<{side} style="thin"><color auto="1"/></{side}>' for side in ("left", "right", "top", "bottom"))
    top = '<alignment vertical="top"{}/>'
    wrapped, left = top.format(' horizontal="left" wrapText="1"'), top.format(' horizontal="left"')
    forms = [
        (0, 0, 0, 0, top.format("")),
        (0, 1, 2, 1, top.format(' wrapText="1"')),
        (0, 0, 0, 0, wrapped),
        (164, 0, 0, 0, left),
        (0, 2, 0, 0, top.format("")),
        *((0, n, n, 0, wrapped) for n in (3, 4, 5)),
    ]
    cells = "".join(
        f'<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" applyNumberFormat="1" '
        f'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">{place}</xf>'
        for number, font, fill, border, place in forms
    )
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
        f'<fonts count="{len(fonts)}">{"".join(fonts)}</fonts>'
        f'<fills count="{len(papers) + 2}">{fills}</fills>'
        f'<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
        f"<border>{thin}<diagonal/></border></borders>"
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(forms)}">{cells}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
