"""The assessment a second way: from the published tables alone, by someone who has nothing but those and the weights.

Only which replies make a commitment with an owner and a day is read from the files themselves: no table says it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from huiyin import yamltext
from huiyin.export.rows import Scope
from huiyin.export.tables import TABLES
from huiyin.rubric import says_comparison, says_figure

Row = Mapping[str, Any]
Found = dict[tuple[str, str, str], list[tuple[str, bool]]]
"""By session, actor and id of the weight: the proposal of each thing that was counted, and whether it earned."""
OFFICES = {"o-gov": "government_office"}
FACE_TO_FACE = ("visit", "meeting", "round_table")


def recount(scope: Scope, weights: list[Row]) -> Found:
    tables = {
        table.name: [dict(zip([c.name for c in table.columns], row, strict=True)) for row in table.rows(scope)]
        for table in TABLES
    }
    own = {item["id"]: item for item in tables["proposals"] if item["source"] is None}
    by_proposal: dict[str, dict[str, list[Row]]] = {name: defaultdict(list) for name in own}
    for name, rows in tables.items():
        for row in rows:
            if row.get("proposal") in own:
                by_proposal[row["proposal"]][name].append(row)
    found: Found = defaultdict(list)
    for name, item in own.items():
        whole = {"item": [item], **by_proposal[name]}
        for weight in weights:
            for actor, earned in _count(weight, scope, item, defaultdict(list, whole)):
                found[item["session"], actor, weight["id"]].append((name, earned))
    return dict(found)


def duty(actor: str) -> str:
    return {"a": "agency", "m": "proposer", "g": "proposer"}.get(actor[0]) or OFFICES.get(actor, "body_office")


def _count(weight: Row, scope: Scope, item: Row, parts: Mapping[str, list[Row]]) -> Iterator[tuple[str, bool]]:
    made = globals()[f"_{weight['measure']}"](weight, item, parts, scope)
    return (row for row in made if duty(row[0]) == weight["of"])


def _clocks(weight: Row, _: Row, parts: Mapping[str, list[Row]], __: Scope) -> Iterator[tuple[str, bool]]:
    for clock in parts["deadlines"]:
        if clock["clock"] in weight["clocks"] and clock["state"] in ("met", "late", "overdue"):
            holders = clock["held_by"].split("|")
            for actor in holders[:1] if weight["of"] == "proposer" else holders:
                yield actor, clock["state"] == "met"


def _entries(_: Row, __: Row, parts: Mapping[str, list[Row]], ___: Scope) -> Iterator[tuple[str, bool]]:
    for event in parts["events"]:
        if event["on"] and event["channel"] != "import":
            yield event["by"], not event["late_entry"]


def _contacted(_: Row, __: Row, parts: Mapping[str, list[Row]], ___: Scope) -> Iterator[tuple[str, bool]]:
    events = parts["events"]
    for agency in dict.fromkeys(event["by"] for event in events if event["type"] == "replied"):
        reply = next(event for event in events if event["type"] == "replied" and event["by"] == agency)
        met = [e for e in events if e["type"] == "contacted" and e["by"] == agency and e["how"] in FACE_TO_FACE]
        if reply["on"] and (not met or any(event["on"] for event in met)):
            yield agency, bool(met)


def _repliers(item: Row) -> list[str]:
    return [item["lead"]] if item["lead"] else (item["separate"] or "").split(";") if item["separate"] else []


def _asks(_: Row, item: Row, parts: Mapping[str, list[Row]], __: Scope) -> Iterator[tuple[str, bool]]:
    if item["reply_complete"] and item["itemised"]:
        for ask in parts["asks"]:
            if not ask["answered"]:
                yield from ((agency, False) for agency in _repliers(item))
            elif ask["answered_on"]:
                yield ask["answered_by"], True


def _commitments(_: Row, item: Row, __: Mapping[str, list[Row]], scope: Scope) -> Iterator[tuple[str, bool]]:
    data = yamltext.read(scope.registry.proposals[item["id"]].source.text).data
    for event in data["events"]:
        if event["type"] == "replied" and event.get("on", "9") <= scope.as_of.isoformat():
            needs = event.get("class") in ("in_progress", "scheduled")
            if needs:
                yield event["by"], any("owner" in row and "due" in row for row in event.get("commitments", ()))


def _fulfilled(_: Row, __: Row, parts: Mapping[str, list[Row]], scope: Scope) -> Iterator[tuple[str, bool]]:
    for promise in parts["commitments"]:
        settled = promise["status"] == "open" or promise["settled_on"]
        if promise["due"] and promise["due"] < scope.as_of and promise["made_on"] and settled:
            yield promise["owner"], promise["status"] == "fulfilled"


def _graded(axis: str, parts: Mapping[str, list[Row]]) -> Iterator[tuple[str, bool]]:
    ratings = [e for e in parts["events"] if e["type"] == "rated" and e["about"] != "fulfilment"]
    if ratings and ratings[-1]["on"]:
        replies = [e for e in parts["events"] if e["type"] == "replied"]
        about = ratings[-1]["refers_to"]
        for agency in sorted({e["by"] for e in replies if about in (None, e["event"])}):
            yield agency, ratings[-1][axis] in ("satisfied", "basically_satisfied")


def _attitude(_: Row, __: Row, parts: Mapping[str, list[Row]], ___: Scope) -> Iterator[tuple[str, bool]]:
    return _graded("attitude", parts)


def _result(_: Row, __: Row, parts: Mapping[str, list[Row]], ___: Scope) -> Iterator[tuple[str, bool]]:
    return _graded("result", parts)


def _look_back(_: Row, item: Row, __: Mapping[str, list[Row]], scope: Scope) -> Iterator[tuple[str, bool]]:
    data = yamltext.read(scope.registry.proposals[item["id"]].source.text).data
    for event in data["events"]:
        if event["type"] == "looked_back" and "verdict" in event and event["on"] <= scope.as_of.isoformat():
            yield from ((agency, event["verdict"] in ("holds", "partly")) for agency in _repliers(item))


def _grounds(item: Row, evidence: list[Row]) -> str:
    told = [item["situation"], item["analysis"]]
    told += [row[key] for row in evidence for key in ("claim", "figure", "comparison")]
    return " ".join(text or "" for text in told)


def _facts(_: Row, item: Row, parts: Mapping[str, list[Row]], __: Scope) -> Iterator[tuple[str, bool]]:
    evidence, lead = parts["evidence"], parts["proposers"][0]["proposer"]
    if evidence:
        yield lead, all(row["figure"] or says_figure(row["claim"]) for row in evidence)
    else:
        yield lead, says_figure(_grounds(item, evidence))
    yield lead, bool(evidence) and all(row["source"] for row in evidence)


def _comparison(_: Row, item: Row, parts: Mapping[str, list[Row]], __: Scope) -> Iterator[tuple[str, bool]]:
    evidence = parts["evidence"]
    compared = any(row["comparison"] for row in evidence) or says_comparison(_grounds(item, evidence))
    yield parts["proposers"][0]["proposer"], compared


def _path(_: Row, __: Row, parts: Mapping[str, list[Row]], ___: Scope) -> Iterator[tuple[str, bool]]:
    asks, lead = parts["asks"], parts["proposers"][0]["proposer"]
    yield lead, bool(asks) and all(ask["agency"] for ask in asks)
    yield lead, bool(asks) and all(says_figure(ask["text"]) for ask in asks)


def points(weight: Row, rows: list[tuple[str, bool]]) -> float | None:
    """The points of a criterion with one decimal, half up; None for fewer than five things."""
    if len(rows) < 5:
        return None
    share = weight["points"] * sum(earned for _, earned in rows) / len(rows)
    return int(share * 10 + 0.5 + 1e-9) / 10


def day(text: str) -> date:
    return date.fromisoformat(text)
