"""Rows of a grid under their header as lines of the ledger: what follows the table and what repeats is passed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from huiyin.findings import Text
from huiyin.ledger.outcomes import Reason
from huiyin.ledger.reading.header import Header, trimmed
from huiyin.ledger.reading.layout import SHEET, Cells, Layout, Line, Record, raw


def lines(records: Iterable[Record], header: Header, layout: Layout) -> Iterator[Line]:
    """Yield the rows below the header, to the end of the table."""
    for record in records:
        if record.number <= header.last:
            continue
        if record.reason is None or record.texts:
            texts = trimmed(record.texts)
            if not any(texts) and record.reason is None:
                continue
            if layout.stop and next(filter(None, texts), "").startswith(layout.stop):
                return
            if texts in header.repeats:
                continue
        said = record.reason or _cells(record, header)
        if isinstance(said, Reason):
            yield Line(record.number, said, record.sheet, record.raw or raw("\t".join(record.texts)))
        else:
            yield Line(record.number, said, record.sheet)


def _cells(record: Record, header: Header) -> Cells | Reason:
    if len(record.texts) != header.width:
        found, due = len(record.texts), header.width
        return Reason(
            "row-columns",
            Text("栏数不对", "wrong number of columns"),
            Text(f"有 {found} 栏，应有 {due} 栏", f"{found} columns instead of {due}"),
        )
    cells: Cells = {
        name: (cell,) if cell else () for name, cell in zip(header.names, record.texts, strict=True) if name
    }
    if record.sheet:
        cells[SHEET] = (record.sheet,)
    return cells
