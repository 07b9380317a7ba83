"""Drafts judged together and against the law: ids, numbers that clash, the derived status, and the schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from huiyin import edit, yamltext
from huiyin.findings import Finding, Source, Text
from huiyin.ledger import ids
from huiyin.ledger.outcomes import Draft, Fate, Noun, Outcome, Reason, Record, Refusal, UnfitError, unfit
from huiyin.lifecycle import standing
from huiyin.load import Law, nouns
from huiyin.load.personal import personal_data

PACK = "imported"
"""The rule pack of everything that is imported."""


@dataclass
class Assembly:
    """What is known of the rows so far: ids and numbers that are taken, and nouns that are sound."""

    code: str
    law: Law
    comment: str
    taken: set[str] = field(default_factory=set)
    numbers: dict[tuple[str, str, str], str] = field(default_factory=dict)
    sound: dict[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)

    def outcomes(self, drafts: Iterable[Draft | Refusal]) -> Iterator[Outcome]:
        """Yield what becomes of each row, in order: the first of two rows with one number keeps it."""
        for draft in drafts:
            if isinstance(draft, Refusal):
                yield draft
                continue
            try:
                yield self._record(draft)
            except UnfitError as error:
                yield Refusal(draft.row, Fate.REJECTED, error.reason)

    def _record(self, draft: Draft) -> Record:
        for noun in draft.nouns:
            self._judge_noun(noun)
        identifier = self._free_id(draft)
        data = {**draft.data, "id": identifier, "status": "submitted"}
        data["status"] = self._status(data)
        text = edit.compose(data, "", self.comment)
        self._judge(data, text)
        number = next((event["number"] for event in data["events"] if "number" in event), None)
        if number is not None:
            key = (data["session"], data["kind"], number)
            first = self.numbers.get(key)
            if first is not None:
                raise unfit(
                    "number-taken",
                    "编号重复",
                    "the number is taken",
                    f"{number} 已给了 {first}",
                    f"{number} belongs to {first}",
                )
            self.numbers[key] = identifier
        self.taken.add(identifier)
        return Record(draft, identifier, text)

    def _free_id(self, draft: Draft) -> str:
        """The id that follows from the row; where another row has it, one with more characters of the same hash."""
        for length in range(ids.LENGTH, ids.LONGEST + 1):
            hashed = ids.short(self.code, draft.digest, str(draft.occurrence), length=length)
            identifier = f"{self.code}-{hashed}"
            if identifier not in self.taken:
                return identifier
        raise unfit("id-taken", "编号用尽", "no id is free")

    def _status(self, data: Mapping[str, Any]) -> str:
        stood = standing(nouns.proposal(data, Source("", "")), self.law.packs[PACK])
        if stood.refusals:
            refused = stood.refusals[0]
            raise unfit(
                "events-out-of-order",
                "节点的先后不合办理规则",
                "the events are in an order that the rules do not allow",
                f"{refused.event.type} 不能在 {refused.state} 之后",
                f"no {refused.event.type} after {refused.state}",
            )
        return stood.state

    def _judge_noun(self, noun: Noun) -> None:
        key = (noun.kind, noun.id)
        known = self.sound.get(key)
        if known is None:
            self._judge_shape(noun.kind, noun.data, edit.compose(noun.data, ""))
            self.sound[key] = noun.data
        elif noun.kind == "session" and known["body"] != noun.data["body"]:
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
        if any(personal_data(text)):
            raise unfit("personal-data", "几栏合起来像个人信息", "cells together look like personal data")

    def _judge_shape(self, kind: str, data: Mapping[str, Any], text: str) -> None:
        found = self.law.shapes.findings(kind, data, Source("", text))
        if found:
            raise UnfitError(_unshaped(found[0]))


def _unshaped(finding: Finding) -> Reason:
    """The reason for a row whose proposal the schema does not allow: which key, what is there, what may be."""
    key = finding.place.excerpt.split(":")[0].strip(" -") or "?"
    allowed = finding.allowed or Text("", "")
    return Reason(
        f"schema-{finding.rule.id.removeprefix('shape-')}",
        Text(f"{key}：{finding.rule.title.zh}", f"{key}: {finding.rule.title.en}"),
        Text(f"{finding.found.zh}；{allowed.zh}", f"{finding.found.en}; {allowed.en}"),
    )
