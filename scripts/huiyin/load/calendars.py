"""One year's holidays out of its table, and which days in it cannot be right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from huiyin.days import Holiday, Year
from huiyin.findings import Finding, Source, Text
from huiyin.load.packs import TABLE, wrong


def year(raw: Mapping[str, Any], source: Source, findings: list[Finding]) -> Year:
    """Return the year; what is wrong with it is added to `findings`."""
    days: dict[str, dict[date, str]] = {"closed": {}, "worked": {}}
    for key, table in days.items():
        for n, span in enumerate(raw[key]):
            first, last = date.fromisoformat(span["first"]), date.fromisoformat(span["last"])
            length = (last - first).days
            if not 0 <= length <= 31 or not raw["year"] - 1 <= first.year <= last.year <= raw["year"]:
                findings.append(wrong(source, (key, n), f"{first} 至 {last} 有误", f"{first} to {last} cannot be"))
                continue
            for offset in range(length + 1):
                day = first + timedelta(days=offset)
                if day in days["closed"] or day in days["worked"]:
                    findings.append(wrong(source, (key, n), f"{day} 写了两次", f"{day} stands twice"))
                if key == "worked" and day.weekday() < 5:
                    findings.extend(_needless(day, n, raw, source))
                table[day] = span["name"]
    statutory = tuple(
        Holiday(row["name"], *(date.fromisoformat(row[key]) for key in ("day", "first", "last")))
        for row in raw["statutory"]
    )
    corrected = date.fromisoformat(raw["corrected"]) if "corrected" in raw else None
    return Year(raw["year"], bool(raw["notices"]), statutory, days["closed"], days["worked"], corrected)


def _needless(day: date, n: int, raw: Mapping[str, Any], source: Source) -> list[Finding]:
    """A weekday is worked anyway, unless an earlier notice had closed it, which then is named in `undoes`."""
    undone = raw["worked"][n].get("undoes")
    if undone is not None and undone in [notice["title"] for notice in raw["notices"]]:
        return []
    return [
        TABLE.finding(
            source.place("worked", n),
            Text(
                f"{day} 是平日，本来就上班，不是调休上班日",
                f"{day} is a weekday and worked anyway: no make-up day",
            ),
            Text(
                "改正日期，或删去这一行；如果先前的通知把这天定为放假、后来又改为上班，写 undoes 注明先前通知的标题",
                "correct the day or remove the row; if an earlier notice had closed that day, name that notice's title "
                "in undoes",
            ),
            Text("周六或周日", "a Saturday or Sunday"),
        )
    ]
