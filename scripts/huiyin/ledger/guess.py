"""A mapping as far as headers and values tell it. What they cannot tell stands there as a blank to fill in.

It is a mapping that can be tried at once with --dry-run: every guess is a line that people see and correct.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from huiyin import edit
from huiyin.ledger import headers
from huiyin.ledger.columns import Column, roles
from huiyin.ledger.reading.layout import SHEET

_MOST_VALUES = 60
"""Different values that a column of codes has at most."""
_LETTER = 4
"""Characters that a local letter has at most."""
_NUMERALS = "[〇零一二三四五六七八九十0-9]{1,4}"
_SESSION = re.compile(rf"(.*?)({_NUMERALS})(\s*[届屆].*?)({_NUMERALS})(\s*次.*)", re.DOTALL)

Part = dict[str, Any]


class Guess:
    """A mapping in the making: sections in their order, each with the words of advice that stand above it."""

    def __init__(self, columns: Mapping[str, Column], layout: Part) -> None:
        self.columns, self.layout = columns, layout
        self.role = roles(list(columns))
        self.conference = any("提案" in name or "委员" in name for name in columns)
        self.used = {SHEET}

    def column(self, role: str) -> str | None:
        """Return the column of a role, and remember that it is used."""
        name = self.role.get(role)
        if name is not None:
            self.used.add(name)
        return name

    def table(self, name: str, words: Mapping[str, Sequence[str]]) -> dict[str, str]:
        """Return which code each value of a column plainly says."""
        found: dict[str, str] = {}
        for value in sorted(self.columns[name].values):
            same = (code for code, said in words.items() if value in said)
            part = (code for code, said in words.items() if any(word in value for word in said))
            code = next(same, None) or next(part, None)
            if code and len(found) < _MOST_VALUES:
                found[value] = code
        return found

    def day(self, role: str, what: str) -> Part:
        """Return where the day of an event comes from."""
        name = self.column(role)
        forms = self.columns[name].forms if name else []
        if name is None or not forms:
            return {"unknown": f"台账没有写{what}日期"}
        return {"column": name, "form": forms, "otherwise": f"台账没有写{what}日期"}

    def source(self) -> Part:
        """Return the section on the ledger itself."""
        part: Part = {"code": "ledger", "name": "（台账名称）", "licence": "（许可或提供单位）"}
        ignored = self.column("ignore")
        return {**part, **({"ignore": [ignored]} if ignored else {})}

    def registry(self) -> Part:
        """Return the section on the registry and its body."""
        kind, name, office = "congress", "某市人民代表大会", "代表工委"
        if self.conference:
            kind, name, office = "conference", "某市政协", "提案委"
        body = {"id": "body", "kind": kind, "name": {"zh": name}, "level": "city", "office": office, "place": "某市"}
        return {
            "name": {"zh": "回音·某市"},
            "place": {"zh": "某市"},
            "timezone": "Asia/Shanghai",
            "address": "https://example.org/",
            "government_office": "市政府办公室",
            "bodies": [body],
        }

    def kind(self) -> tuple[Part, list[Part]]:
        """Return the kind of proposals, and the scope where a column tells kinds apart."""
        name = self.role.get("kind")
        values = self.table(name, headers.KINDS) if name else {}
        if not name or not values:
            return {"always": "cppcc_proposal" if self.conference else "suggestion"}, []
        self.used.add(name)
        scope = [{"column": name, "one_of": list(values), "reason": f"不是建议或提案，而是{{{name}}}"}]
        return {"column": name, "values": values}, scope if len(values) < len(self.columns[name].values) else []

    def session(self) -> Part:
        """Return how a row's session is told, from the way in which most cells are written."""
        name = self.column("session")
        if name is None:
            year = self.column("year")
            return {"title": {"zh": f"{{{year}}}年" if year else "（届次名称）"}}
        part: Part = {"column": name}
        matches = [match for value in self.columns[name].values if (match := _SESSION.fullmatch(value))]
        shapes = Counter((match[1], match[3], match[5]) for match in matches if not set("{}") & set(match[0]))
        if shapes:
            shape = shapes.most_common(1)[0][0]
            numerals = {match[n] for match in matches if (match[1], match[3], match[5]) == shape for n in (2, 4)}
            words = {word: str(_number(word)) for word in sorted(numerals) if not word.isascii()}
            part["form"] = f"{shape[0]}{{term}}{shape[1]}{{number}}{shape[2]}"
            part |= {"words": words} if words else {}
            part["id"] = "body-{term}-{number}"
        return {**part, "title": {"zh": f"{{{name}}}"}}

    def proposers(self) -> Part:
        """Return the columns of names."""
        names = [name for role in ("lead_proposer", "co_proposers") if (name := self.column(role))]
        return {"columns": names or ["（提出人在哪一栏）"]}

    def fields(self) -> Part:
        """Return the parts of the text; what has no other place is kept as a particular."""
        part: Part = {"title": self.column("title") or "（标题在哪一栏）"}
        category = self.column("category")
        values = self.table(category, headers.CATEGORIES) if category else {}
        part["category"] = {"column": category, "values": values, "default": "other"} if values else {"always": "other"}
        for key in ("situation", "analysis", "asks"):
            name = self.column(key)
            if name:
                part[key] = [name]
        return part

    def particulars(self) -> list[Part]:
        """Return the columns that nothing else uses, as particulars."""
        rest = [name for name, column in self.columns.items() if name not in self.used and column.filled]
        return [{"label": name[:60], "column": name} for name in rest[:40]]

    def events(self) -> Part:
        """Return the events that the columns tell of."""
        found: Part = {"submitted": {"day": self.day("submitted_on", "提出")}}
        number = self.column("number")
        if number:
            found["accepted"] = {"number": f"{{{number}}}", "day": self.day("accepted_on", "立案")}
        assigned, replied, rated = self._assigned(), self._replied(), self._rated()
        if assigned:
            found["assigned"] = {**assigned, "day": self.day("assigned_on", "交办")}
        day = self.day("replied_on", "答复")
        if assigned and (replied or "column" in day):
            found["replied"] = {**replied, "day": day}
        if rated:
            found["rated"] = {**rated, "day": self.day("rated_on", "评价")}
        status = self.role.get("status")
        for kind, words, what in (("closed", headers.CLOSED, "办结"), ("withdrawn", headers.WITHDRAWN, "撤回")):
            said = [value for value in sorted(self.columns[status].values) if value in words] if status else []
            if said:
                found[kind] = {"when": {"column": status, "one_of": said}, "day": {"unknown": f"台账没有写{what}日期"}}
        return found

    def steps(self) -> list[Part]:
        """Return the further events: the contact with the proposer, where a column has its day."""
        day = self.day("contacted_on", "沟通")
        if "column" not in day:
            return []
        return [
            {"type": "contacted", "when": {"column": day["column"]}, "set": {"how": {"always": "meeting"}}, "day": day}
        ]

    def _assigned(self) -> Part:
        separate, handlers, lead = (self.column(role) for role in ("separate", "handlers", "lead_agency"))
        co, document = self.column("co_agencies"), self.column("assigned_document")
        if lead is None and handlers is not None and co is None:
            part: Part = {"handlers": {"column": handlers}}
        else:
            part = {"lead": {"column": lead or handlers}} if lead or handlers else {}
            part |= {"co": [co]} if co and part else {}
        part |= {"separate": [separate]} if separate else {}
        return {**part, "document": {"column": document}} if part and document else part

    def _replied(self) -> Part:
        part: Part = {}
        text, sort, document = (self.column(role) for role in ("reply", "class", "reply_document"))
        if text:
            part["text"] = text
        if sort:
            values = self.table(sort, headers.CLASSES)
            if values:
                part["class"] = {"column": sort, "values": values}
            elif max(map(len, self.columns[sort].values), default=9) <= _LETTER:
                part["letter"] = sort
            else:
                self.used.discard(sort)
        if document:
            part["document"] = {"column": document}
        commitment, due = self.column("commitment"), self.column("commitment_due")
        if commitment and part:
            part["commitment"] = {"text": commitment, **({"due": due} if due else {})}
        return part

    def _rated(self) -> Part:
        both = self.column("satisfaction")
        attitude, result = self.column("attitude") or both, self.column("result") or both
        if not (attitude and result):
            return {}
        part = {}
        for key, name in (("attitude", attitude), ("result", result)):
            values = self.table(name, headers.SATISFACTION)
            if not values:
                self.used.discard(name)
                return {}
            part[key] = {"column": name, "values": values}
        return part


def _number(word: str) -> int:
    digits = {"〇": 0, "零": 0, **{char: n for n, char in enumerate("一二三四五六七八九", start=1)}}
    if word.isascii():
        return int(word)
    tens, ten, ones = word.rpartition("十")
    if ten:
        return (digits.get(tens, 0) if tens else 1) * 10 + digits.get(ones, 0)
    return int("".join(str(digits[char]) for char in word))


def lines(plan: Guess, path: Path, first_line: str) -> Iterator[str]:
    """Yield the lines of a mapping: its sections, each with advice above it."""
    (kind, scope), steps = plan.kind(), plan.steps()
    sections: list[tuple[str, Part]] = [
        (
            "code 是受理编号的开头（小写字母和数字），定下来就不要改；name、licence 写进每个文件。",
            {"source": plan.source()},
        ),
        ("文件是什么样的；读出来的。", {"format": plan.layout}),
        (
            "登记册和机构：改成你们的名称。place 会加在单位简称前面（住建局 → 某市住建局）。",
            {"registry": plan.registry()},
        ),
        ("哪些行是建议；其余记为“不在范围”。", {"scope": scope}),
        ("", {"body": {"always": "body"}}),
        ("", {"kind": kind}),
        ("届次怎样写；id 不写则自动生成。", {"session": plan.session()}),
        ("提出人，第一位是领衔人。", {"proposers": plan.proposers()}),
        ("标题、类别、正文；对照表是猜的，逐项核对。", {"fields": plan.fields()}),
        ("办理节点；答复类别的字母各地含义不同，没有写 class 的要自己补。", {"events": plan.events()}),
        (
            "其他节点；how 是沟通方式：visit 走访、meeting 面商、round_table 座谈、phone 电话、letter 书信。",
            {"steps": steps},
        ),
    ]
    particulars = plan.particulars()
    if particulars:
        sections[8][1]["fields"]["particulars"] = particulars
    yield first_line
    yield f"# 由 {path.name} 的栏名和内容起草，请逐项核对；先用 --dry-run 试。写法见“导入台账”一页。"
    yield "# Drafted from the headers and values: check every line, try it with --dry-run, see the page on importing."
    for advice, section in sections:
        if not all(section.values()):
            continue
        yield ""
        if advice:
            yield f"# {advice}"
        yield from edit.compose(section, "").strip("\n").split("\n")
