"""Small exports of complaints, all invented, and what must never come out of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

COLUMNS = ("工单编号", "受理时间", "类别", "区域", "来电人", "内容", "地址", "联系电话")
CANARIES = ("张三丰", "13812345678", "幸福路88号", "漏水两年", "key-")
"""Parts of cells of `text`: names, phones, addresses, words of the complaint, keys of complainants."""

MAPPING = """\
feed: hotline
title:
  zh: 望澜市热线（虚构）
channel: hotline
columns:
  ticket: 工单编号
  received: 受理时间
  category: 类别
  area: 区域
  complainant: 来电人
categories:
  停车: transport
  公交: transport
  内涝: water
areas:
  - id: dongwan
    title:
      zh: 东湾区
  - id: nanpu
    title:
      zh: 南浦区
    written:
      - 南浦区
      - 南浦
  - id: xiling
    title:
      zh: 西岭区
"""
UNKEYED = MAPPING.replace("  complainant: 来电人\n", "")

Ticket = tuple[str, str, str, str, str]
"""Number, moment, category, area, key of the complainant, as an export writes them."""


def tickets(
    n: int, month: str = "2026-05", kind: str = "停车", area: str = "东湾区", people: int = 10**6, start: int = 0
) -> list[Ticket]:
    """`n` tickets of `people` complainants."""
    return [
        (f"WL-{month}-{kind}-{area}-{start + i}", f"{month}-{1 + i % 28:02} 10:00", kind, area, f"key-{i % people}")
        for i in range(n)
    ]


def table(rows: Iterable[Ticket]) -> list[tuple[str, ...]]:
    """The rows with their names above them, and with columns that nobody may read."""
    return [
        COLUMNS,
        *((*row, f'张三丰说："漏水两年"，{n}\n请处理', "幸福路88号", "13812345678") for n, row in enumerate(rows)),
    ]


def text(rows: Iterable[Ticket]) -> str:
    """The export as CSV."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(table(rows))
    return out.getvalue()
