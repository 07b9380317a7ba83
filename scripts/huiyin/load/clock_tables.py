"""The clocks of a rule pack out of their tables, and what cannot be right about one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import Any

from huiyin.findings import Text
from huiyin.rules import ANYTHING, Cap, Citation, Clock, Consequence, End, Start, Term, When

Table = Mapping[str, Any]
Misfit = tuple[tuple[str | int, ...], str, str, Text]
"""Where in the clock, what is wrong in Chinese and in English, and what to do."""


def text(raw: Mapping[str, str]) -> Text:
    """Return a bilingual text; where English is missing the Chinese stands for it."""
    return Text(raw["zh"], raw.get("en", raw["zh"]))


def citation(raw: Table) -> Citation:
    """Return where a rule stands."""
    return Citation(raw["document"], date.fromisoformat(raw["date"]), raw.get("article"))


def clock(name: str, raw: Table, counting: Table | None) -> Clock:
    """Return a clock; `counting` is how the pack counts where the clock does not say it."""
    counting = counting or {"rollover": False}
    own = raw if "rollover" in raw else counting
    alike = own["rollover"] == counting["rollover"]
    source = raw.get("rollover_source") or (counting.get("source") if alike else None)
    start, end = raw["start"], raw["end"]
    return Clock(
        id=name,
        title=text(raw["title"]),
        duty=raw["duty"],
        per=raw["per"],
        start=Start(
            start["law"],
            tuple(start.get("on", ())),
            start.get("otherwise"),
            _when(start),
            start.get("occasion"),
        ),
        end=End(tuple(end["on"]), _when(end), end.get("refers", False)),
        terms=tuple(map(_term, raw.get("terms", ()))),
        rollover=own["rollover"],
        rollover_source=citation(source) if source else None,
        void_on=tuple(raw.get("void_on", ())),
        restarts_on=tuple(raw.get("restarts_on", ())),
        restarts_source=citation(raw["restarts_source"]) if "restarts_source" in raw else None,
        window=raw.get("window", False),
        extendable=raw.get("extendable", False),
        near_days=raw.get("near_days"),
    )


def _when(raw: Table) -> When:
    return When(**raw["when"]) if "when" in raw else ANYTHING


def _term(raw: Table) -> Term:
    cap, after = raw.get("cap"), raw.get("consequence")
    return Term(
        value=raw["value"],
        unit=raw["unit"],
        start=date.fromisoformat(raw["from"]),
        source=citation(raw["source"]),
        case=raw.get("case"),
        occasion=raw.get("occasion"),
        until=date.fromisoformat(raw["until"]) if "until" in raw else None,
        cap=Cap(
            cap["value"],
            cap["unit"],
            cap["counted"],
            cap["consent"],
            citation(cap["source"]),
            text(cap["of"]) if "of" in cap else None,
        )
        if cap
        else None,
        consequence=Consequence(text(after), citation(after["source"])) if after else None,
    )


def clock_misfits(name: str, raw: Table, events: Table, counting: Table | None) -> Iterator[Misfit]:
    """Yield what cannot be right about a clock of a pack with these events."""
    start, end, terms = raw["start"], raw["end"], raw.get("terms", [])
    for key, kinds in (
        (("start", "on"), start.get("on", ())),
        (("start", "otherwise"), [start["otherwise"]] if "otherwise" in start else ()),
        (("end", "on"), end["on"]),
        (("void_on",), raw.get("void_on", ())),
        (("restarts_on",), raw.get("restarts_on", ())),
    ):
        for kind in kinds:
            if kind not in events:
                remedy = Text("改用规则包里有的节点", "name a type of event that the pack has")
                yield key, f"规则包没有节点 {kind}", f"the pack has no event {kind}", remedy
    yield from _starts(name, raw)
    for n, row in enumerate(terms):
        term = _term(row)
        if term.until and term.until < term.start:
            remedy = Text("until 不能早于 from", "until cannot be before from")
            yield ("terms", n, "until"), f"{name} 的期限止于生效之前", f"a term of {name} ends before it begins", remedy
        if term.cap and not raw.get("extendable"):
            remedy = Text("写 extendable: true，或删去 cap", "write extendable: true, or remove cap")
            yield (
                ("terms", n, "cap"),
                f"{name} 写了最长，却不能延期",
                f"{name} has a cap and cannot be extended",
                remedy,
            )
    for (n, one), (m, other) in combinations(enumerate(map(_term, terms)), 2):
        if one.overlaps(other):
            remedy = Text(
                "给旧的一条写 until，或者写明各自适用的 case、occasion",
                "give the older one an until, or say for which case or occasion each is",
            )
            words = f"terms {n + 1} and {m + 1} of {name} hold on the same day"
            yield ("terms", m), f"{name} 的第 {n + 1} 条和第 {m + 1} 条期限同时有效", words, remedy
    rolls = raw.get("rollover", bool(counting and counting["rollover"]))
    if rolls and "rollover_source" not in raw and not (counting and counting["rollover"]):
        remedy = Text("写 rollover_source", "write rollover_source")
        yield ("rollover",), f"{name} 的顺延没有出处", f"the roll-over of {name} has no source", remedy
    if raw.get("restarts_on") and "restarts_source" not in raw:
        remedy = Text("写 restarts_source", "write restarts_source")
        yield ("restarts_on",), f"{name} 的重新起算没有出处", f"the new start of {name} has no source", remedy


def _starts(name: str, raw: Table) -> Iterator[Misfit]:
    start = raw["start"]
    promised = raw["per"] == "commitment"
    if promised == bool(raw.get("terms")):
        remedy = Text(
            "承诺的期限写在答复里，不写 terms；其他时限写 terms",
            "the day of a commitment stands in the reply, without terms; every other clock has terms",
        )
        yield (), f"{name} 的 per 和 terms 不相配", f"per and terms of {name} do not go together", remedy
    if promised != (start["law"] == "promise"):
        remedy = Text("per: commitment 配 law: promise", "per: commitment goes with law: promise")
        yield ("start", "law"), f"{name} 的 per 和 law 不相配", f"per and law of {name} do not go together", remedy
    if not promised and start["law"] != "session_close" and "on" not in start:
        remedy = Text("写 on；条文没有写明的，写明所取的节点", "write on: where the article is silent, the one taken")
        yield ("start",), f"{name} 没有起算节点", f"nothing starts {name}", remedy
