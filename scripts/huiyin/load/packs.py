"""Rule packs out of their tables: what is inherited, what does not fit together, and the typed record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from huiyin.findings import Finding, Severity, Source, Text, did_you_mean, one_of, rule
from huiyin.load.clock_tables import citation, clock, clock_misfits, text
from huiyin.rules import (
    ANY,
    MEASURES,
    NONE,
    SAME,
    Demand,
    EventRule,
    Ground,
    Listed,
    Move,
    Pack,
    ReplyClass,
    Stage,
    State,
    Weight,
)

Table = Mapping[str, Any]
MERGED = ("states", "events", "classes", "clocks")
"""Tables of a pack that are laid over those of the pack it extends, row by row; everything else replaces."""

UNCLASSED = "not_stated"
"""The class of a reply that states none: no scheme of letters takes it away."""

TABLE = rule(
    "law-table",
    Severity.ERROR,
    """规则表有误 / Rule table

    办理规则或日历引用了不存在的状态、阶段或规则包，或者期限、日期有误。这是我们自己的表，命令以代码 2 结束。

    A rule pack or calendar names a state, stage or pack that does not exist, or a wrong term or day. These are our own
    tables: commands end with exit code 2.""",
)


def inherit(name: str, raw: Mapping[str, tuple[Table, Source]], findings: list[Finding]) -> dict[str, Any] | None:
    """Return the pack laid over all that it extends, the farthest first; None, with a finding, where it cannot be."""
    chain: list[str] = []
    while name not in chain:
        chain.append(name)
        data, source = raw[name]
        if "extends" not in data:
            break
        name = data["extends"]
        if name not in raw:
            findings.append(wrong(source, ("extends",), f"没有规则包 {name}", f"no pack {name}", raw))
            return None
    else:
        findings.append(wrong(raw[chain[0]][1], ("extends",), "继承成环", "packs extend one another in a circle"))
        return None
    merged: dict[str, Any] = {}
    for step in reversed(chain):
        data, source = raw[step]
        merged = {**merged, **_without(merged, data, source, findings)}
        merged = {**merged, **_scheme(merged, data, source, raw, findings)}
        tables = {key: {**merged.get(key, {}), **data[key]} for key in MERGED if key in data}
        merged = {**merged, **data, **tables}
    merged["abstract"] = raw[chain[0]][0].get("abstract", False)
    return merged


def _without(merged: Table, data: Table, source: Source, findings: list[Finding]) -> dict[str, Any]:
    """Return the inherited tables without the rows that the pack does not take over."""
    left: dict[str, Any] = {}
    for key, names in data.get("without", {}).items():
        rows = merged.get(key, {})
        for n, name in enumerate(names):
            if name not in rows:
                where = ("without", key, n)
                findings.append(
                    wrong(source, where, f"所继承的没有 {name}", f"nothing inherited is called {name}", rows)
                )
        left[key] = {name: row for name, row in rows.items() if name not in names}
    return left


def _scheme(
    merged: Table,
    data: Table,
    source: Source,
    raw: Mapping[str, tuple[Table, Source]],
    findings: list[Finding],
) -> dict[str, Any]:
    """Return the classes of the scheme that the pack names, in place of those that it inherits."""
    if "class_scheme" not in data:
        return {}
    name = data["class_scheme"]
    schemes = {other: table["classes"] for other, (table, _) in raw.items() if table.get("classes")}
    if name not in schemes:
        findings.append(wrong(source, ("class_scheme",), f"没有类别方案 {name}", f"no class scheme {name}", schemes))
        return {}
    kept = {code: row for code, row in merged.get("classes", {}).items() if code == UNCLASSED}
    return {"classes": {**schemes[name], **kept}}


def misfits(data: Table, source: Source) -> Iterator[Finding]:
    """Yield what does not fit together in a pack with everything that it inherits."""
    stages = {stage["id"] for stage in data.get("stages", [])}
    states = data.get("states", {})
    for name, state in states.items():
        if state["stage"] not in stages:
            where = ("states", name, "stage")
            yield wrong(source, where, f"没有阶段 {state['stage']}", f"no stage {state['stage']}", stages)
    events = data.get("events", {})
    unknown = False
    for kind, row in events.items():
        for n, move in enumerate(row["moves"]):
            for state in [*move["from"], move["to"], *([move["until_all"]] if "until_all" in move else [])]:
                if state not in states and state not in (ANY, NONE, SAME):
                    unknown = True
                    yield wrong(source, ("events", kind, "moves", n), f"没有状态 {state}", f"no state {state}", states)
    if events and not unknown:
        yield from _walk(states, events, source)
    for name, row in data.get("clocks", {}).items():
        for path, zh, en, remedy in clock_misfits(name, row, events, data.get("counting")):
            yield TABLE.finding(source.place("clocks", name, *path), Text(zh, en), remedy)
    yield from _weight_misfits(data.get("assessment", ()), source)


def _weight_misfits(rows: Iterable[Table], source: Source) -> Iterator[Finding]:
    """Yield the items of assessment that cannot be counted as they stand, and ids that stand twice."""
    seen: set[str] = set()
    for n, row in enumerate(rows):
        measure, of = row.get("measure"), row.get("of")
        if row["id"] in seen:
            remedy = Text("换一个代号", "take another id")
            words = Text(f"项目 {row['id']} 重复", f"the item {row['id']} stands twice")
            yield TABLE.finding(source.place("assessment", n, "id"), words, remedy)
        seen.add(row["id"])
        if (measure is None) != (of is None) or (measure == "clocks") != ("clocks" in row):
            remedy = Text(
                "measure 和 of 一起写；measure 是 clocks 的再写 clocks，别的不写",
                "write measure and of together, and clocks with the measure clocks alone",
            )
            words = Text(f"项目 {row['id']} 没有写全", f"the item {row['id']} is not complete")
            yield TABLE.finding(source.place("assessment", n), words, remedy)
        elif measure and of not in MEASURES[measure]:
            yield wrong(
                source, ("assessment", n, "of"), f"{measure} 不考核 {of}", f"{measure} is no duty of {of}",
                MEASURES[measure],
            )  # fmt: skip


def _walk(states: Table, events: Table, source: Source) -> Iterator[Finding]:
    """Yield the states that no event leads to, and those that none leads out of though they are not final."""
    ways: dict[str, set[str]] = {}
    for row in events.values():
        for move in row["moves"]:
            for state in states if ANY in move["from"] else move["from"]:
                ways.setdefault(state, set()).update({move["to"], move.get("until_all", SAME)} - {SAME, state})
    reached, ahead = set[str](), [NONE]
    while ahead:
        state = ahead.pop()
        if state not in reached:
            reached.add(state)
            ahead.extend(ways.get(state, ()))
    for name, state in states.items():
        if name not in reached:
            remedy = Text("补一个通向它的节点，或删去它", "add an event that leads to it, or remove it")
            words = Text(f"状态 {name} 到不了", f"the state {name} is never reached")
            yield TABLE.finding(source.place("states", name), words, remedy)
        elif not ways.get(name) and not state.get("final"):
            remedy = Text("补一个离开它的节点，或写 final: true", "add an event that leaves it, or write final: true")
            words = Text(f"状态 {name} 出不去，又不是终结状态", f"no event leaves the state {name}, which is not final")
            yield TABLE.finding(source.place("states", name), words, remedy)


def wrong(source: Source, path: tuple[str | int, ...], zh: str, en: str, known: Iterable[str] = ()) -> Finding:
    """Return the finding that the table has something wrong at `path`; `known` are the names that would do."""
    names = list(known)
    name = zh.rsplit(" ", 1)[-1]
    hint = did_you_mean(name, names) or Text("改正这一处", "correct it")
    return TABLE.finding(source.place(*path), Text(zh, en), hint, one_of(names, most=50) if names else None)


def _grounds(rows: Iterable[Table]) -> tuple[Ground, ...]:
    return tuple(Ground(row["id"], text(row["title"]), citation(row["source"])) for row in rows)


def _listed(rows: Iterable[Table]) -> tuple[Listed, ...]:
    return tuple(
        Listed(row["id"], text(row["title"]), citation(row["source"]) if "source" in row else None) for row in rows
    )


def _weights(rows: Iterable[Table]) -> tuple[Weight, ...]:
    return tuple(
        Weight(
            id=row["id"],
            title=text(row["title"]),
            points=row["points"],
            source=citation(row["source"]),
            of=row.get("of"),
            measure=row.get("measure"),
            clocks=tuple(row.get("clocks", ())),
        )
        for row in rows
    )


def _event_rule(row: Table) -> EventRule:
    return EventRule(
        by=tuple(row["by"]),
        recorded_by=tuple(row["recorded_by"]) if "recorded_by" in row else None,
        requires=tuple(Demand(demand["field"], citation(demand["source"])) for demand in row.get("requires", ())),
        moves=tuple(Move(tuple(m["from"]), m["to"], m.get("until_all")) for m in row["moves"]),
    )


def pack(raw: Table) -> Pack:
    """Return the record of a pack that has nothing wrong; `raw` holds everything that it inherits."""
    return Pack(
        id=raw["id"],
        title=text(raw["title"]),
        as_of=date.fromisoformat(raw["as_of"]),
        jurisdiction=raw.get("jurisdiction"),
        level=raw.get("level"),
        kinds=tuple(raw.get("kinds", ())),
        note=text(raw["note"]) if "note" in raw else None,
        abstract=raw["abstract"],
        stages=tuple(
            Stage(row["id"], text(row["title"]), tuple(row.get("marked_by", ()))) for row in raw.get("stages", ())
        ),
        states={
            name: State(
                id=name,
                title=text(row["title"]),
                stage=row["stage"],
                final=row.get("final", False),
                turn=row.get("turn"),
                expects=tuple(row.get("expects", ())),
            )
            for name, row in raw.get("states", {}).items()
        },
        events={kind: _event_rule(row) for kind, row in raw.get("events", {}).items()},
        classes={
            name: ReplyClass(
                name,
                text(row["title"]),
                row["mark"],
                row["tone"],
                row.get("letter"),
                row.get("needs_commitment", False),
            )
            for name, row in raw.get("classes", {}).items()
        },
        clocks={name: clock(name, row, raw.get("counting")) for name, row in raw.get("clocks", {}).items()},
        refusal_grounds=_grounds(raw.get("refusal_grounds", ())),
        disclosure_grounds=_grounds(raw.get("disclosure_grounds", ())),
        errors={row["rule"]: citation(row["source"]) for row in raw.get("gaps", ())},
        checks_off=frozenset(raw.get("checks_off", ())),
        handling_forms=_listed(raw.get("handling_forms", ())),
        satisfaction_axes=_listed(raw.get("satisfaction_axes", ())),
        assessment=_weights(raw.get("assessment", ())),
    )
