"""The two reports of an import, beside the registry folder and never in it: every row as CSV, and a text to read.

Rows are written as they come, so that no ledger is too long; both files are put in place whole, at the end.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from types import TracebackType

from huiyin.ledger import summary
from huiyin.ledger.outcomes import LedgerError, Outcome, Refusal

_ENDS = (".report.csv", ".report.txt")
_HEADINGS = (summary.line(list(summary.COLUMNS)).encode("utf-8-sig"), "导入报告 / import report\n".encode())
"""How each report begins: by this an import knows its own. The CSV has the mark that tells spreadsheets UTF-8."""


def beside(into: Path) -> tuple[Path, Path]:
    """Return the paths of the table and of the text for a registry folder."""
    table, text = (into.with_name(into.name + end) for end in _ENDS)
    return table, text


def check_reports(into: Path) -> None:
    """Raise LedgerError where a file of that name is not such a report."""
    for path, heading in zip(beside(into), _HEADINGS, strict=True):
        if path.exists() and not _begins(path, heading):
            raise LedgerError(
                f"{path} 不是 huiyin import 写的，不能覆盖。请移走它，或换一个文件夹",
                f"no import of ours wrote {path}: move it away, or choose another folder",
            )


def _begins(path: Path, heading: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(heading)) == heading


class Reports:
    """The reports while they are being written; without `finish` nothing of them stays."""

    def __init__(self, into: Path) -> None:
        self._places = beside(into)
        self._folder = into.with_name(f".{into.name}.reports")

    def __enter__(self) -> Reports:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._table = (self._folder / "table").open("wb")
        self._table.write(_HEADINGS[0])
        self._refused = (self._folder / "refused").open("w+", encoding="utf-8", newline="\n", errors="replace")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._table.close()
        self._refused.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def add(self, outcome: Outcome) -> None:
        """Write one row."""
        self._table.write(summary.line(summary.row(outcome)).encode("utf-8", "replace"))
        if isinstance(outcome, Refusal):
            self._refused.writelines(f"{line}\n" for line in summary.told(outcome, "zh"))

    def finish(self, totals: str) -> None:
        """Put both reports in place: the table, and the totals followed by the rows that did not come in."""
        text = self._folder / "text"
        self._refused.seek(0)
        with text.open("w", encoding="utf-8", newline="\n") as file:
            file.write(f"{_HEADINGS[1].decode()}\n{totals}\n\n")
            shutil.copyfileobj(self._refused, file)
        self._table.close()
        (self._folder / "table").replace(self._places[0])
        text.replace(self._places[1])
