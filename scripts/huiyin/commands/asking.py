"""Asking on a terminal for what the schema needs, one field after the other; an answer that is wrong is asked again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huiyin.commands.context import UsageError
from huiyin.draft.fields import Field, Kind
from huiyin.draft.given import typed
from huiyin.draft.names import Names
from huiyin.findings import Text
from huiyin.load.shapes import Shapes
from huiyin.report import visible

LONG = 1000
"""Texts that may have more characters than this are asked for with several lines."""
MOST = 12
"""Choices that are listed with numbers; of more only names are asked for."""


def interactive() -> bool:
    """Whether somebody sits at a terminal who can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


@dataclass(frozen=True)
class Questions:
    """Asks for fields of the file of a proposal, in one language."""

    shapes: Shapes
    names: Names
    lang: str

    def complete(
        self,
        field: Field,
        node: Mapping[str, Any],
        data: dict[str, Any],
        usual: Mapping[str, Sequence[str]],
        skip: Sequence[str],
    ) -> dict[str, Any]:
        """Return `data` with everything that a `node` of the schema still needs.

        Of `usual` answers a single one needs only Enter, several are listed. Keys in `skip` are not asked for. Raises
        UsageError when the terminal is closed before the end.
        """
        while wanted := [k for k in self.shapes.lacking("proposal", node, data) if not set(k) & set(skip)]:
            keys = wanted[0]
            key = keys[0] if len(keys) == 1 or keys[0] in usual else self._which(field, keys)
            data[key] = self._ask(field.part(key), usual.get(key, ()))
        return data

    def more(self, field: Field, data: dict[str, Any], offered: Sequence[str]) -> dict[str, Any]:
        """Offer the other fields by name, and ask for those that are wanted."""
        left = [field.part(key) for key in offered if key not in {*data, *field.either}]
        while left:
            names = "、".join(f"{part.title.say(self.lang)} {part.key}" for part in left)
            self._say(Text(f"还可以填：{names}", f"You may add: {names}"))
            name = self._line(Text("填哪一栏（回车结束）", "Which one (Enter to finish)"))
            if not name:
                break
            part = next((part for part in left if name in (part.key, *part.title)), None)
            if part is None:
                self._say(Text(f"没有 {name} 这一栏", f"there is no field {name}"))
                continue
            data[part.key] = self._ask(part, ())
            left.remove(part)
        return data

    def choose(self, title: Text, choices: Mapping[str, Text]) -> str:
        """Return the code that is chosen by its number, its code or its name."""
        for number, words in enumerate(choices.values(), start=1):
            self._say(Text(f"  {number}. {words.zh}", f"  {number}. {words.en}"))
        while True:
            said = self._line(title)
            for number, (code, words) in enumerate(choices.items(), start=1):
                if said in (str(number), code, *words):
                    return code

    def _which(self, field: Field, keys: Sequence[str]) -> str:
        title = Text("写哪一种", "Which of these")
        return self.choose(title, {key: field.part(key).title for key in keys})

    def _ask(self, field: Field, usual: Sequence[str]) -> Any:
        if field.kind is Kind.LIST and field.item.kind is Kind.RECORD:
            return self._rows(field)
        if field.kind is Kind.RECORD:
            node = {"$ref": f"#/$defs/{field.holds}"}
            return self.complete(field, node, {}, {}, ())
        table = self.names.table(field.item if field.kind is Kind.LIST else field)
        if field.help and not table:
            self._say(field.help)
        choices = {code: field.choices.get(code, Text(*(names[0],) * 2)) for code, names in table.items() if names}
        if field.kind is Kind.CHOICE:
            return self.choose(field.title, choices)
        listed = usual if len(usual) > 1 else list(choices) if len(choices) <= MOST else ()
        if listed:
            known = "、".join(choices[code].say(self.lang) for code in listed)
            self._say(Text(f"  可以写：{known}", f"  It can be: {known}"))
        read = self._lines if (field.longest or 0) > LONG else self._line
        return self._until_sound(field, read, usual[0] if len(usual) == 1 else None)

    def _until_sound(self, field: Field, read: Callable[[Text], str], usual: str | None) -> Any:
        title = Text(f"{field.title.zh} [{usual}]", f"{field.title.en} [{usual}]") if usual else field.title
        while True:
            said = read(title).strip() or usual or ""
            if not said:
                continue
            value, problems = typed(field, said, self.names)
            if not problems:
                return value
            for problem in problems:
                self._say(problem.say())

    def _rows(self, field: Field) -> list[dict[str, Any]]:
        """The rows of a list, until no more are wanted; ids are given out later."""
        node = _item_node(self.shapes.schemas["proposal"], field)
        rows: list[dict[str, Any]] = []
        again = "y"
        while again.lower() in ("y", "是"):
            number = len(rows) + 1
            self._say(Text(f"{field.title.zh}，第 {number} 条：", f"{field.title.en}, no. {number}:"))
            row = self.complete(field.item, node, {}, {}, ("id",))
            rows.append(self.more(field.item, row, [part.key for part in field.item.parts if part.key != "id"]))
            again = self._line(Text("再加一条吗（y 是，回车否）", "One more (y for yes, Enter for no)"))
        return rows

    def _line(self, title: Text) -> str:
        try:
            said = input(f"{title.say(self.lang)}: ")
        except EOFError:
            raise UsageError("没有写完，什么也没有写入", "it was not finished; nothing was written") from None
        return said.encode("utf-8", "replace").decode().strip()

    def _lines(self, title: Text) -> str:
        self._say(Text(f"{title.zh}（可以几行，写完单独一行写 .）", f"{title.en} (lines, then one with only a dot)"))
        lines: list[str] = []
        while (line := self._line(Text("", ""))) != ".":
            lines.append(line)
        return "\n".join(lines)

    def _say(self, words: Text) -> None:
        print(visible(words.say(self.lang)))


def _item_node(schema: Mapping[str, Any], field: Field) -> Mapping[str, Any]:
    """The part of the schema that the items of a list follow, wherever in it that list is described."""
    if field.item.holds:
        return {"$ref": f"#/$defs/{field.item.holds}"}
    homes = (schema, *schema["$defs"].values())
    return next(
        home["properties"][field.key]["items"]
        for home in homes
        if "items" in home.get("properties", {}).get(field.key, {})
    )
