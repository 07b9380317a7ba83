"""A mapping as far as headers and values tell it. What they cannot tell stands there as a blank to fill in.

It is a mapping that can be tried at once with --dry-run: every guess is a line that people see and correct.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from huiyin.ledger import headers
from huiyin.ledger.columns import Column, plain, roles
from huiyin.ledger.dates import DIGITS
from huiyin.ledger.reading.layout import SHEET

_MOST_VALUES = 60
"""Different values that a column of codes has at most."""
_LETTER = 4
"""Characters that a local letter has at most."""
_NUMERALS = "[〇零一二三四五六七八九十0-9]{1,4}"
_SESSION = re.compile(rf"(.*?)({_NUMERALS})(\s*[届屆].*?)({_NUMERALS})(\s*次.*)", re.DOTALL)
_YEAR = re.compile("20[0-9]{2}(?=年|[0-9]{2}(?![0-9]))|20[0-9]{2}(?=[^0-9])")
_SITTING = re.compile(rf"\S*?第?{_NUMERALS}[届屆]\S*?第?{_NUMERALS}次(?:会议|會議|全会|大会)?")
_SEPARATE = re.compile("分[办辦别別](?:单位|單位|办理单位|部门)?[0-9一二三四五六]?")
_AGENCY = re.compile(r"\S+[局委办院厅處处所會会]|\S+(?:公司|政府|中心|部门?)")
YEAR = "年度"
"""What the constant with the year of a title is called."""

Part = dict[str, Any]


class Guess:
    """A mapping in the making: sections in their order, each with the words of advice that stand above it."""

    def __init__(
        self, columns: Mapping[str, Column], layout: Part, titles: Sequence[str] = (), sheets: Collection[str] = ()
    ) -> None:
        self.columns, self.layout, self.titles, self.sheets = columns, layout, titles, sheets
        self.role = roles(list(columns))
        names = "".join(columns)
        self.body_kind = "conference" if "提案" in names or "委员" in names else "congress"
        if "委员" not in names and len(set(headers.COUNCIL.findall(names))) > 1:
            self.body_kind = "council"
        years = [found[0] for title in titles if (found := _YEAR.search(title))]
        self.year = "" if "year" in self.role or not years else years[0]
        """The year that a title has; it is that of days like 3月5日 where no column has one."""
        reply = self.role.get("reply")
        if reply and columns[reply].forms(self.year):
            self.role["replied_on"] = self.role.pop("reply")
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
            part = [
                (value.index(word), -len(word), code) for code, said in words.items() for word in said if word in value
            ]
            code = next(same, None) or (min(part)[2] if part else None)
            if code and len(found) < _MOST_VALUES:
                found[value] = code
        return found

    def day(self, role: str, what: str) -> Part:
        """Return where the day of an event comes from."""
        name = self.role.get(role)
        column = self.role.get("year")
        year = self.year or (next(iter(self.columns[column].values), "") if column else "")
        forms = self.columns[name].forms(year) if name else []
        if name is None or not forms:
            # A column that is no day stays among the particulars.
            return {"unknown": f"台账没有写{what}日期"}
        self.used.add(name)
        told = {"year": f"{{{column or YEAR}}}"} if "month_day" in forms else {}
        return {"column": name, "form": forms, **told, "otherwise": f"台账没有写{what}日期"}

    def constants(self) -> Part:
        """Return the year of the title, where a day needs it."""
        return {YEAR: self.year} if self.year else {}

    def source(self) -> Part:
        """Return the section on the ledger itself."""
        part: Part = {"code": "ledger", "name": "（台账名称）", "licence": "（许可或提供单位）"}
        ignored = self.column("ignore")
        return {**part, **({"ignore": [ignored]} if ignored else {})}

    def registry(self) -> Part:
        """Return the section on the registry and its body."""
        name, office = {
            "congress": ("某市人民代表大会", "代表工委"),
            "conference": ("某市政协", "提案委"),
            "council": ("某市議會", "議事組"),
        }[self.body_kind]
        named = {"id": "body", "kind": self.body_kind, "name": {"zh": name}}
        body = {**named, "level": "city", "office": office, "place": "某市"}
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
            kinds = {"congress": "suggestion", "conference": "cppcc_proposal", "council": "motion"}
            return {"always": kinds[self.body_kind]}, []
        self.used.add(name)
        scope = [{"column": name, "one_of": list(values), "reason": f"不是建议或提案，而是{{{name}}}"}]
        return {"column": name, "values": values}, scope if len(values) < len(self.columns[name].values) else []

    def session(self) -> Part:
        """Return how a row's session is told, from the way in which most cells are written."""
        name = self.column("session")
        if name is None:
            year = self.column("year")
            told = next((found[0] for title in self.titles if (found := _SITTING.search(title))), None)
            if told:
                return {"title": {"zh": told}}
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
            # Answers in columns of their own are steps; else one cell is the answer of all.
            shared: Part = {"by_handlers": True} if "handlers" in assigned or "separate" in assigned else {}
            own = replied.get("text", day.get("column"))
            if own and any(map(self._answer, self._separate())):
                shared = {"when": {"column": own}}
            found["replied"] = {**replied, **shared, "day": day}
        if rated:
            found["rated"] = {**rated, "day": self.day("rated_on", "评价")}
        status = self.role.get("status")
        for kind, words, what in (("closed", headers.CLOSED, "办结"), ("withdrawn", headers.WITHDRAWN, "撤回")):
            said = [value for value in sorted(self.columns[status].values) if value in words] if status else []
            if said:
                found[kind] = {"when": {"column": status, "one_of": said}, "day": {"unknown": f"台账没有写{what}日期"}}
        return found

    def steps(self) -> list[Part]:
        """Return the further events: a refusal, the contact with the proposer, and answers in columns of their own."""
        found: list[Part] = []
        refused = self.column("refused_reason")
        if refused:
            reason = {"reason": {"column": refused}}
            unknown = {"unknown": "台账没有写不予立案的日期"}
            found.append({"type": "refused", "when": {"column": refused}, "set": reason, "day": unknown})
        day = self.day("contacted_on", "沟通")
        if "column" in day:
            how = {"how": {"always": "meeting"}}
            when = {"when": {"column": day["column"]}}
            found.append({"type": "contacted", **when, "by": "handlers", "set": how, "day": day})
        return [*found, *filter(None, map(self._answer, self._separate()))]

    def _separate(self) -> list[str]:
        """The columns of agencies that handle separately: 分办单位, or 分办单位1 and so on."""
        return [name for name in self.columns if _SEPARATE.fullmatch(plain(name))]

    def _answer(self, agency: str) -> Part:
        """The answer of one agency, where columns begin with the name of its column."""
        own = [name for name in self.columns if name.startswith(agency) and name not in (agency, *self._separate())]
        days = [name for name in own if self.columns[name].forms()]
        texts = [name for name in own if name not in days]
        if not texts:
            return {}
        self.used.update((texts[0], *days[:1]))
        said = {"class": {"always": "not_stated"}, "text": {"column": texts[0]}}
        day: Part = {"unknown": "台账没有写答复日期"}
        if days:
            forms = self.columns[days[0]].forms()
            day = {"column": days[0], "form": forms, "otherwise": "台账没有写答复日期"}
        step = {"type": "replied", "when": {"column": texts[0]}, "by": "agency", "agency": agency}
        return {**step, "set": said, "day": day}

    def _assigned(self) -> Part:
        handlers, lead, separate = self.column("handlers"), self.column("lead_agency"), self._separate()
        self.used.update(separate)
        co, document = self.column("co_agencies"), self.column("assigned_document")
        if not (lead or handlers or separate) and self.sheets and all(map(_AGENCY.fullmatch, self.sheets)):
            lead = SHEET
        if lead is None and handlers is not None and co is None:
            part: Part = {"handlers": {"column": handlers}}
        else:
            part = {"lead": {"column": lead or handlers}} if lead or handlers else {}
            part |= {"co": [co]} if co and part else {}
        part |= {"separate": separate} if separate else {}
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
    """The number of a word such as 12, 十二, 二十 or 二〇."""
    tens, ten, ones = word.translate(DIGITS).rpartition("十")
    return (int(tens) if tens.isdecimal() else 1) * 10 + int(ones or "0") if ten else int(ones)
