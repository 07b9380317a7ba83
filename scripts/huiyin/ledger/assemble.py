"""Drafts judged together and against the law: ids, numbers that clash, what an earlier import wrote, and the schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from itertools import pairwise
from typing import Any

from huiyin import edit, yamltext
from huiyin.findings import Finding, Source, Text
from huiyin.ledger import difference, ids, seal
from huiyin.ledger.known import Known, KnownProposal, Matcher, number_of
from huiyin.ledger.mapping import LedgerMap
from huiyin.ledger.outcomes import (
    Change,
    Draft,
    Fate,
    LedgerError,
    Noun,
    Outcome,
    Reason,
    Record,
    Refusal,
    UnfitError,
    unfit,
)
from huiyin.lifecycle import standing
from huiyin.load import Law, nouns
from huiyin.load.shape_words import REQUIRED
from huiyin.personal import find
from huiyin.yamltext import read

PACK = "imported"
"""The rule pack of everything that is imported."""


def _compact(*parts: str) -> int:
    """A number that stands for `parts`: a million of them take little memory."""
    return int.from_bytes(blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


@dataclass
class Assembly:
    """What is known of the rows so far: ids and numbers that are taken, and nouns that are sound."""

    mapping: LedgerMap
    law: Law
    known: Known
    matcher: Matcher
    taken: set[int] = field(default_factory=set)
    numbers: dict[int, int] = field(default_factory=dict)
    """The row that has a number."""
    sound: dict[tuple[str, str], Any] = field(default_factory=dict)

    def outcomes(self, drafts: Iterable[Draft | Refusal]) -> Iterator[Outcome]:
        """Yield what becomes of each row, in order: the first of two rows with one number keeps it."""
        for draft in drafts:
            if isinstance(draft, Refusal):
                yield draft
                continue
            try:
                yield self._record(draft)
            except UnfitError as error:
                yield Refusal(draft.row, Fate.REJECTED, error.reason, draft.raw, draft.sheet)

    def _record(self, draft: Draft) -> Record:
        for noun in draft.nouns:
            self._judge_noun(noun)
        keyed = self._keyed(draft)
        draft = self._numbered(draft)
        known = self.matcher.find(draft, keyed)
        identifier = known.id if known else keyed or self._free_id(draft)
        data: dict[str, Any] = {**draft.data, "id": identifier, "status": "submitted"}
        record = Record(
            row=draft.row,
            sheet=draft.sheet,
            id=identifier,
            session=data["session"],
            nouns=draft.nouns,
            care=draft.care,
            defaulted=draft.defaulted,
            raw=draft.raw,
            change=Change.NEW,
        )
        record = replace(record, text=self._file(data)) if known is None else self._again(record, data, known)
        number = number_of(data)
        if number is not None:
            self.numbers[_compact(*number)] = draft.row
        self.taken.add(_compact(identifier))
        return record

    def _keyed(self, draft: Draft) -> str | None:
        """The id that follows from the columns that identify a row; raises UnfitError for the second row with them."""
        if not draft.key:
            return None
        code = self.mapping.source.code
        identifier = f"{code}-{ids.short(code, 'key', *draft.key)}"
        if _compact(identifier) in self.taken:
            raise unfit(
                "key-taken",
                "认行的栏与前面的行相同",
                "an earlier row has the same key",
                f"{'、'.join(draft.key)}；核对台账，或改 source.key",
                f"{', '.join(draft.key)}: check the ledger, or change source.key",
            )
        return identifier

    def _numbered(self, draft: Draft) -> Draft:
        """The draft, without its number where an earlier row has it and the mapping lets it come in all the same."""
        number = number_of(draft.data)
        first = self.numbers.get(_compact(*number)) if number else None
        if number is None or first is None:
            return draft
        spec = next(spec for spec in self.mapping.events if spec.type == "accepted")
        if spec.if_taken is None:
            raise unfit(
                "number-taken",
                "编号重复",
                "the number is taken",
                f"{number[2]} 已给了第 {first} 行",
                f"{number[2]} belongs to row {first}",
            )
        return _without_number(draft, f"台账写的编号 {number[2]} 已给了第 {first} 行")

    def _free_id(self, draft: Draft) -> str:
        """The id that follows from the row; where another row has it, one with more characters of the same hash."""
        code = self.mapping.source.code
        for length in range(ids.LENGTH, ids.LONGEST + 1):
            hashed = ids.short(code, draft.digest, str(draft.occurrence), length=length)
            identifier = f"{code}-{hashed}"
            if _compact(identifier) not in self.taken and identifier not in self.known.proposals:
                return identifier
        raise unfit("id-taken", "编号用尽", "no id is free")

    def _file(self, data: dict[str, Any]) -> str:
        """The sealed text of a proposal's file but for its schema line; raises UnfitError where the law forbids it."""
        data = edit.arranged({**data, "status": self._status(data)}, self.law.shapes.schemas["proposal"])
        text = seal.sealed(edit.compose(data, "", seal.comment(self.mapping.source)))
        self._judge(data, text)
        return text

    def _again(self, record: Record, data: dict[str, Any], known: KnownProposal) -> Record:
        """What becomes of a proposal that an earlier import wrote."""
        text = self.known.text(known.path)
        if text is None:
            raise LedgerError(f"{known.path} 不见了", f"{known.path} has gone")
        _, body = text.split("\n", 1)
        before = read(text).data
        moved = known.digest != data["source"]["digest"]
        if not moved:
            data["source"] = before["source"]
        office = self.mapping.bodies[self._body(data)].office
        found = difference.compare(before, data, office, self._title)
        record = replace(record, path=known.path, change=Change.SAME)
        if seal.holds(text):
            corrected = any(event["type"] == "corrected" for event in before["events"])
            added = found.events if moved else ()
            # Where only the mapping changed, what an import wrote is written anew; facts that a row once gave stay.
            if moved or corrected or not (found.events or found.gone):
                data["events"] = difference.joined(before["events"], added)
                record = replace(record, events=tuple(one.event["type"] for one in added), gone=found.gone)
            after = self._file(data)
            if after != f"\n{body}":
                record = replace(record, text=after, change=Change.CHANGED)
            return record
        if not moved:
            return record
        return self._continued(record, found, before, f"\n{body}", known, data)

    def _continued(
        self,
        record: Record,
        found: difference.Difference,
        before: Mapping[str, Any],
        body: str,
        known: KnownProposal,
        data: Mapping[str, Any],
    ) -> Record:
        """A file in which people went on: the row's new events are added, its text stays theirs."""
        record = replace(record, change=Change.KEPT, differing=found.fields, gone=found.gone)
        if not found.events:
            return record
        events = difference.joined(before["events"], found.events)
        status = self._status({**before, "events": events})
        whole = edit.arranged({**before, "events": events}, self.law.shapes.schemas["proposal"])
        text: str | None = body.replace(known.digest, data["source"]["digest"], 1)
        there = {old["id"] for old in before["events"]}
        for earlier, event in pairwise(whole["events"]):
            if text is not None and event["id"] not in there:
                text = edit.with_event(text, event, status, earlier["id"])
        if text is None:
            raise unfit(
                "file-unreadable",
                "文件有人改过，写法特殊，无法添加节点",
                "people changed the file in a way that no event can be added to",
                f"{known.path}；先运行 huiyin fmt",
                f"{known.path}: run huiyin fmt first",
            )
        self._judge(read(text).data, text)
        return replace(record, text=text, events=tuple(one.event["type"] for one in found.events))

    def _body(self, data: Mapping[str, Any]) -> str:
        return str(self.sound["session", data["session"]])

    def _title(self, kind: str, key: str) -> str:
        """The Chinese word for a key of a type of event, as the schema has it."""
        definitions = self.law.shapes.schemas["proposal"]["$defs"]
        part = definitions[f"event_{kind}"]["properties"].get(key, {})
        title = part.get("title") or definitions.get(str(part.get("$ref", "")).rsplit("/", 1)[-1], {}).get("title", key)
        return str(title).partition(" / ")[0]

    def _status(self, data: Mapping[str, Any]) -> str:
        stood = standing(nouns.proposal(data, Source("", "")), self.law.packs[PACK])
        if stood.refusals:
            refused = stood.refusals[0]
            event = self.law.vocabulary.events[refused.event.type]
            before = self.law.packs[PACK].states.get(refused.state)
            state = before.title if before else Text("未提出", "Not submitted")
            raise unfit(
                "events-out-of-order",
                "节点的先后不合办理规则",
                "the events are in an order that the rules do not allow",
                f"状态“{state.zh}”时不能有“{event.zh}”（{refused.event.type}）；核对日期，或改映射的 when",
                f'no "{event.en}" in the state "{state.en}": check the days, or correct when in the mapping',
            )
        return stood.state

    def _judge_noun(self, noun: Noun) -> None:
        key = (noun.kind, noun.id)
        known = self.sound.get(key)
        if known is None:
            self._judge_shape(noun.kind, noun.data, edit.compose(noun.data, ""))
            self.sound[key] = noun.data.get("body", "")
        elif noun.kind == "session" and known != noun.data["body"]:
            raise unfit(
                "session-shared",
                "两个机构的届次编号相同",
                "sessions of two bodies have the same id",
                f"{noun.id}；在 session.id 中加上 {{body}}",
                f"{noun.id}: put {{body}} into session.id",
            )

    def _judge(self, data: Mapping[str, Any], text: str) -> None:
        self._judge_shape("proposal", data, text)
        _, hidden = yamltext.decode(text.encode("utf-8", "replace"))
        if hidden:
            raise unfit("text-unfit", "文件会过大或含有看不见的字符", "the file would be too large or hide characters")
        if any(piece.kind.sure for piece in find(text)):
            raise unfit("personal-data", "几栏合起来像个人信息", "cells together look like personal data")

    def _judge_shape(self, kind: str, data: Mapping[str, Any], text: str) -> None:
        found = self.law.shapes.findings(kind, data, Source("", text))
        if found:
            raise UnfitError(_unshaped(found[0]))


def _without_number(draft: Draft, note: str) -> Draft:
    events: list[dict[str, Any]] = [event for event in draft.data["events"] if event["type"] != "accepted"]
    events = [{**event, **_noted(event, note)} if event["type"] == "submitted" else event for event in events]
    numbered = [{**event, "id": f"e{n}"} for n, event in enumerate(events, start=1)]
    return replace(draft, data={**draft.data, "events": numbered})


def _noted(event: Mapping[str, Any], note: str) -> dict[str, str]:
    return {"note": f"{event['note']}；{note}" if "note" in event else note}


def _unshaped(finding: Finding) -> Reason:
    """The reason for a row whose proposal the schema does not allow: which key, what is there, what may be."""
    code = f"schema-{finding.rule.id.removeprefix('shape-')}"
    if finding.rule is REQUIRED:
        # Its place is what is there; the finding says what is not.
        return Reason(code, finding.found)
    key = finding.place.excerpt.split(":")[0].strip(" -") or "?"
    allowed = finding.allowed or Text("", "")
    return Reason(
        code,
        Text(f"{key}：{finding.rule.title.zh}", f"{key}: {finding.rule.title.en}"),
        Text(f"{finding.found.zh}；{allowed.zh}", f"{finding.found.en}; {allowed.en}"),
    )
