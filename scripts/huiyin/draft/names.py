"""Names to codes: 市城管局 → a-city-management, 满意 → satisfied, 答复 → the event of the latest reply."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from huiyin.draft.fields import Field, Kind
from huiyin.findings import Text, did_you_mean
from huiyin.model import Proposal, Registry
from huiyin.rules import Pack
from huiyin.vocabulary import Vocabulary

_FREE = {"proposal_id", "event_id", "ask_id", "commitment_id"}
"""Ids that may be given before anything bears them, or whose absence a check finds with its place."""
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d\d)(\d\d)")
_TODAY = ("今天", "今日", "today")
_MOST = 12
"""Names that a message lists; more would hide what it says."""


class Problem(NamedTuple):
    """Something given that cannot be understood: which field, what was found, what to do."""

    field: Text
    found: Text
    remedy: Text

    def say(self) -> Text:
        """Return the problem as one sentence."""
        return Text(
            f"{self.field.zh}：{self.found.zh}。{self.remedy.zh}",
            f"{self.field.en}: {self.found.en}. {self.remedy.en}",
        )


@dataclass(frozen=True)
class Names:
    """What names can mean here: in the registry, for one proposal under its pack, on the day that counts as today."""

    registry: Registry
    words: Vocabulary
    as_of: date
    proposal: Proposal | None = None
    pack: Pack | None = None

    def code(self, field: Field, text: str) -> str | Problem:
        """Return the code that `text` means for the field; text that needs no code comes back as it is."""
        text = text.strip()
        if field.holds == "day":
            return self._day(text)
        table = self.table(field)
        if not table or text in table:
            return text
        wanted = _plain(text)
        meant = [code for code, names in table.items() if wanted in map(_plain, (code, *names))]
        if len(meant) == 1:
            return meant[0]
        if field.holds in _FREE and not meant:
            return text
        if meant:
            several = "、".join(meant[:_MOST]), ", ".join(meant[:_MOST])
            return Problem(
                field.title,
                Text(f"“{text}”可以指 {several[0]}", f'"{text}" may mean {several[1]}'),
                Text("请写编号", "write the code"),
            )
        return _unknown(field, text, table)

    def table(self, field: Field) -> Mapping[str, tuple[str, ...]]:
        """Return the codes that the field can hold with all names of each; empty where anything goes."""
        if field.kind is Kind.CHOICE:
            local = self.pack.classes if self.pack and field.holds == "class" else {}
            return {
                code: (*words, *(local[code].title if code in local else ()), *_letter(local, code))
                for code, words in field.choices.items()
            }
        registry = self.registry
        agencies = {a.id: (a.short or a.name, a.name, *a.aliases) for a in registry.agencies.values()}
        offices = {office.id: (office.name,) for office in registry.settings.offices.values()}
        proposers = {member.id: (member.name,) for member in registry.members.values()}
        proposers |= {group.id: (group.name,) for group in registry.groups.values()}
        match field.holds, field.key:
            case "agency_id", _:
                return agencies
            case "office_id", _:
                return offices
            case "proposer_id", _:
                return proposers
            case "actor_id", _:
                return {**proposers, **agencies, **offices}
            case "session_id", _:
                return {session.id: tuple(session.title) for session in registry.sessions.values()}
            case "slug", "category":
                return {code: tuple(words) for code, words in registry.categories.items()}
            case "slug", "ground" if self.pack:
                grounds = (*self.pack.refusal_grounds, *self.pack.disclosure_grounds)
                return {ground.id: tuple(ground.title) for ground in grounds}
            case "proposal_id", _:
                return {p.id: (p.title, *((p.number,) if p.number else ())) for p in registry.proposals.values()}
            case "event_id", _ if self.proposal:
                latest = {event.type: event.id for event in self.proposal.events}
                return {identifier: (kind, *self.words.events[kind]) for kind, identifier in latest.items()}
        return {}

    def _day(self, text: str) -> str:
        """The day in the form of files; what is none comes back as it is, for the schema to refuse."""
        if text.lower() in _TODAY:
            return self.as_of.isoformat()
        match = _DAY.fullmatch(text)
        if not match:
            return text
        year, month, day = (part for part in match.groups() if part)
        return f"{year}-{int(month):02}-{int(day):02}"


def _letter(local: Mapping[str, object], code: str) -> tuple[str, ...]:
    letter = getattr(local.get(code), "letter", None)
    return (letter,) if letter else ()


def _plain(name: str) -> str:
    """A name as it is compared: without blanks and capitals."""
    return "".join(name.split()).casefold()


def _unknown(field: Field, text: str, table: Mapping[str, Iterable[str]]) -> Problem:
    near = did_you_mean(text, [name for code, names in table.items() for name in (code, *names)])
    first = [next(iter(names), code) for code, names in table.items()]
    known = (
        Text("请写登记册里的名称或编号", "Write a name or an id that the registry has")
        if len(first) > _MOST
        else Text(f"可以写：{'、'.join(first)}", f"It can be {', '.join(first)}")
    )
    shown = text if len(text) <= 60 else f"{text[:60]}…"
    return Problem(
        field.title,
        Text(f"没有“{shown}”", f'there is no "{shown}"'),
        Text(f"{near.zh}{known.zh}", f"{near.en} {known.en}") if near else known,
    )
