"""What is wrong with the rows of an export: how many rows, and the numbers of the first. Never what a cell says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from huiyin.findings import Text

FIRST = 20
"""Row numbers that are kept of each kind of trouble."""


@dataclass(frozen=True)
class Kind:
    """A kind of trouble: what it is, what to do, and whether such a row can be counted all the same."""

    words: Text
    remedy: Text
    counted: bool = False


KINDS: Mapping[str, Kind] = {
    "columns": Kind(
        Text("栏数不对，可能错位", "wrong number of columns, perhaps shifted"),
        Text(
            "格子里的分隔符要加引号；重新导出这几行", "put cells with separators into quotes; export these rows again"
        ),
    ),
    "encoding": Kind(
        Text("有字节不是文件的编码", "bytes that are not in the file's encoding"),
        Text("用原来的系统重新导出这几行", "export these rows again"),
    ),
    "broken": Kind(
        Text("这一行读不懂", "the row cannot be read"),
        Text("检查引号和单元格，重新导出这几行", "look at its quotes and cells, and export it again"),
    ),
    "ticket": Kind(
        Text("没有工单编号", "no ticket number"),
        Text("补上编号，或确认栏没有错位", "give it a number, or see whether its columns are shifted"),
    ),
    "received": Kind(
        Text("受理时间不是日期，或晚于今天", "what should be its date is none, or lies after today"),
        Text(
            "写成 2026-03-05 或 2026-03-05 10:00；确认栏没有错位",
            "write 2026-03-05 or 2026-03-05 10:00; see whether its columns are shifted",
        ),
    ),
    "category": Kind(
        Text("类别不在对照表里", "a category that the table lacks"),
        Text(
            "在映射文件的 categories 里补上；确认栏没有错位",
            "add it to categories of the mapping, unless columns are shifted",
        ),
    ),
    "area": Kind(
        Text("区域不在对照表里", "an area that the table lacks"),
        Text("在映射文件的 areas 里补上；确认栏没有错位", "add it to areas of the mapping, unless columns are shifted"),
    ),
    "duplicate": Kind(
        Text("工单编号在前面已经出现", "a ticket number that stands above already"),
        Text("只计第一次出现的；确认不是导出时重复", "only the first is counted; see whether the export repeats rows"),
        counted=True,
    ),
    "complainant": Kind(
        Text("没有来电人代号", "no key of the complainant"),
        Text("计件数，但不当作又一个人", "the ticket counts, but not as another person"),
        counted=True,
    ),
    "ticket-number": Kind(
        Text("工单编号像电话或身份证号码", "the ticket number looks like a phone or identity number"),
        Text(
            "确认这一栏是工单编号；不会出现在任何结果里", "see whether that is the right column; it comes out nowhere"
        ),
        counted=True,
    ),
    "complainant-number": Kind(
        Text("来电人代号像电话或身份证号码", "the key of the complainant looks like a phone or identity number"),
        Text(
            "请在导出前换成代号：这样的号码不应离开热线系统",
            "replace it by a key before it is exported: such numbers should not leave the hotline's system",
        ),
        counted=True,
    ),
}
"""Every kind of trouble, in the order in which they are told."""


@dataclass(frozen=True)
class Trouble:
    """One kind of trouble: in how many rows, and the numbers of the first of them."""

    kind: str
    count: int
    rows: tuple[int, ...]

    def say(self, lang: str) -> str:
        """Return the two lines that tell it, with the numbers of rows and nothing that stands in them."""
        kind = KINDS[self.kind]
        shown = [str(row) for row in self.rows]
        more = self.count > len(shown)
        zh = "、".join(shown) + ("……" if more else "")
        en = ", ".join(shown) + (", …" if more else "")
        fate = Text("照计", "counted all the same") if kind.counted else Text("不计", "left out")
        return Text(
            f"{kind.words.zh}：{self.count:,} 行（{fate.zh}），第 {zh} 行\n  处理: {kind.remedy.zh}",
            f"{kind.words.en}: {self.count:,} rows ({fate.en}), rows {en}\n  do: {kind.remedy.en}",
        ).say(lang)


class Refused:
    """Rows that cannot be read at all, by kind of trouble; of each kind their count and the first are kept."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._first: dict[str, list[int]] = {}

    def add(self, kind: str, row: int) -> None:
        """Add the row of that number."""
        self._counts[kind] += 1
        if self._counts[kind] <= FIRST:
            self._first.setdefault(kind, []).append(row)

    def of(self, kind: str) -> Trouble | None:
        """Return the trouble of that kind, if any row has it."""
        return Trouble(kind, self._counts[kind], tuple(self._first[kind])) if kind in self._first else None

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return self._counts.total()


def blocking(troubles: Iterable[Trouble]) -> list[Trouble]:
    """Return those for which rows are left out: what is released then lacks them for good."""
    return [trouble for trouble in troubles if not KINDS[trouble.kind].counted]
