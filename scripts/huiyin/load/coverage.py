"""Reading `schema/coverage/`: one file a place, held against the packs that it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from huiyin.coverage import Coverage, Document, Row, has
from huiyin.findings import RULES, Finding, Source
from huiyin.load.clock_tables import text
from huiyin.load.law import Law, LawError, table
from huiyin.load.packs import wrong


def load_coverage(folder: Path, law: Law, base: Path) -> tuple[Coverage, ...]:
    """Return the coverage of every place, by file name; raises LawError when a table is wrong."""
    findings: list[Finding] = []
    found = []
    for path in sorted((folder / "coverage").glob("*.yaml")):
        data, source = table(path, "coverage", law.shapes, base, findings)
        if data is None:
            continue
        misfits = list(_misfits(data, source, path.stem, law))
        findings.extend(misfits)
        if not misfits:
            found.append(_coverage(data))
    if findings:
        raise LawError(findings)
    return tuple(found)


def _misfits(data: Mapping[str, Any], source: Source, name: str, law: Law) -> Iterator[Finding]:
    if data["id"] != name:
        yield wrong(source, ("id",), f"id 应为 {name}", f"the id should be {name}")
    documents = data["documents"]
    seen: set[str] = set()
    for n, row in enumerate(data["rows"]):
        if row["id"] in seen:
            yield wrong(source, ("rows", n, "id"), f"{row['id']} 写了两次", f"{row['id']} stands twice")
        seen.add(row["id"])
        document = row["source"]["document"]
        if document not in documents:
            where = ("rows", n, "source", "document")
            yield wrong(source, where, f"没有文件 {document}", f"no document {document}", documents)
        yield from _carried_out(row, n, source, law)
    for unused in sorted(set(documents) - {row["source"]["document"] for row in data["rows"]}):
        yield wrong(source, ("documents", unused), f"没有规定引用文件 {unused}", f"no rule cites {unused}")


def _carried_out(row: Mapping[str, Any], n: int, source: Source, law: Law) -> Iterable[Finding]:
    """What is wrong with the place that a row says carries it out."""
    if "check" in row and row["check"] not in RULES:
        yield wrong(source, ("rows", n, "check"), f"没有检查 {row['check']}", f"no check {row['check']}", RULES)
    if "pack" not in row:
        return
    if row["pack"] not in law.packs:
        yield wrong(source, ("rows", n, "pack"), f"没有规则包 {row['pack']}", f"no pack {row['pack']}", law.packs)
    elif not has(law.packs[row["pack"]], row["key"]):
        where = f"规则包 {row['pack']} 里没有 {row['key']}"
        yield wrong(source, ("rows", n, "key"), where, f"pack {row['pack']} has no {row['key']}")


def _coverage(data: Mapping[str, Any]) -> Coverage:
    documents = {
        key: Document(row["title"], row.get("date"), row.get("described", False))
        for key, row in data["documents"].items()
    }
    return Coverage(
        id=data["id"],
        title=text(data["title"]),
        as_of=date.fromisoformat(data["as_of"]),
        rows=tuple(
            Row(
                id=row["id"],
                what=text(row["what"]),
                document=documents[row["source"]["document"]],
                article=row["source"].get("article"),
                pack=row.get("pack"),
                key=row.get("key"),
                check=row.get("check"),
                table=row.get("table"),
                reason=row.get("not_executed"),
                note=text(row["note"]) if "note" in row else None,
            )
            for row in data["rows"]
        ),
    )
