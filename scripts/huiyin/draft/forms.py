"""The forms of the git host: one for each kind of act that people send without an account in the registry.

A form is a table of fields of the schema; words, choices and limits come from there and from the registry. What the
host makes of a sent form is Markdown: a heading a field, then what was written. It is split at those headings alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huiyin.draft.fields import Field, Kind, record
from huiyin.draft.names import Problem
from huiyin.findings import Text
from huiyin.model import Registry

LONGEST = 120_000
"""Characters that a sent form may have; hosts allow about half of that."""
EMPTY = ("", "_No response_", "None")
"""What a host writes for a field that was left empty."""
COLUMN = re.compile(r"\s*[|｜]\s*")
"""What stands between the parts of a row where a field holds a list of records."""
PROPOSAL = "proposal"
"""The field of a form that says which proposal an event belongs to."""
_WHICH = Text("受理编号或正式编号", "Id or official number")
_SURE = Text("提交之前", "Before you submit")


@dataclass(frozen=True)
class Ask:
    """One field of a form: its key or path in the schema, and how it is asked for."""

    at: str
    required: bool = False
    columns: tuple[str, ...] = ()
    example: str = ""


@dataclass(frozen=True)
class Form:
    """A form: what it is for, which definition its fields come from (empty for a new proposal), and the fields."""

    id: str
    title: Text
    definition: str
    asks: tuple[Ask, ...]


FORMS = (
    Form(
        "proposal",
        Text("新的建议、议案或提案", "A new proposal"),
        "",
        (
            Ask("kind", True),
            Ask("session", True),
            Ask("occasion"),
            Ask("title", True, example="关于在……增设……的建议"),
            Ask("category", True),
            Ask("proposers", True, example="马立诚、顾晓帆"),
            Ask("origin"),
            Ask("situation", True),
            Ask("analysis"),
            Ask("evidence", columns=("claim", "figure", "comparison", "source")),
            Ask("asks", True, columns=("text", "agency")),
        ),
    ),
    Form(
        "reply",
        Text("承办单位的答复", "An agency's reply"),
        "event_replied",
        (
            Ask(PROPOSAL, True, example="2026-n9e3s"),
            Ask("by", True),
            Ask("on", True, example="2026年11月20日"),
            Ask("document.number", example="望公交函〔2026〕31号"),
            Ask("class", True),
            Ask("text", True),
            Ask("answers", True, columns=("ask", "text", "class")),
            Ask("commitments", columns=("text", "owner", "due", "ask")),
        ),
    ),
    Form(
        "rating",
        Text("提出人的评价", "The proposer's rating"),
        "event_rated",
        (
            Ask(PROPOSAL, True, example="2026-n9e3s"),
            Ask("by", True, example="马立诚"),
            Ask("about", True),
            Ask("attitude", True),
            Ask("result", True),
            Ask("reasons"),
        ),
    ),
)


def field_at(schema: Mapping[str, Any], form: Form, path: str) -> Field:
    """Return the field of the schema at a path such as `document.number`."""
    field = record(schema, form.definition or None)
    for key in path.split("."):
        field = field.part(key)
    return field


def label(schema: Mapping[str, Any], form: Form, ask: Ask) -> str:
    """Return the words above a field, by which a sent form is split."""
    title = _WHICH if ask.at == PROPOSAL else field_at(schema, form, ask.at).title
    return f"{title.zh} / {title.en}"


def labels(schema: Mapping[str, Any], form: Form) -> list[str]:
    """Return all headings of a form in their order."""
    return [*(label(schema, form, ask) for ask in form.asks), f"{_SURE.zh} / {_SURE.en}"]


def template(schema: Mapping[str, Any], form: Form, registry: Registry) -> dict[str, Any]:
    """Return the form as the host reads it; it says at the top how public what is sent will be."""
    notice, sure = _intake(registry)
    body: list[dict[str, Any]] = [{"type": "markdown", "attributes": {"value": f"{notice.zh}\n\n{notice.en}\n"}}]
    body.extend(_element(schema, form, ask, registry) for ask in form.asks)
    checkbox = {"label": f"{sure.zh} / {sure.en}", "required": True}
    body.append(
        {
            "type": "checkboxes",
            "id": "sure",
            "attributes": {"label": f"{_SURE.zh} / {_SURE.en}", "options": [checkbox]},
        }
    )
    return {
        "name": f"{form.title.zh} / {form.title.en}",
        "description": "提交后自动转成一份合并请求，由办事机构审核。 / Becomes a pull request for the office.",
        "title": f"{form.title.zh}：",
        "labels": [f"form-{form.id}"],
        "body": body,
    }


def _intake(registry: Registry) -> tuple[Text, Text]:
    """What is said before anything is sent, and what must be ticked, for the way in which this registry takes in."""
    offices = "、".join(body.office.name for body in registry.settings.bodies)
    if registry.settings.intake == "open":
        return (
            Text(
                "**提交即公开。** 按下提交键，人人都能看到，以后也删不干净。不要写居民姓名、住址、电话、身份证号，"
                f"也不要写不宜公开的内容；那样的内容请直接交给办事机构（{offices}）。",
                "**What you send is public at once**, and cannot be taken back entirely. No names of residents, "
                "addresses, phone or identity numbers, nothing that should not be public.",
            ),
            Text("我知道提交即公开，内容可以公开", "I know that this is public at once, and it may be"),
        )
    return (
        Text(
            f"**内部受理。** 本登记册的来件由办事机构（{offices}）审查，通过以后才公开；而这张表单一提交就人人可见。"
            "没有经过审查的内容不要写在这里，请直接交给办事机构。",
            "**Intake is private here**: the office examines what comes in before it is public. This form is public at "
            "once, so hand in whatever was not examined yet to the office instead.",
        ),
        Text("内容已经办事机构审查，可以公开", "The office has examined this, and it may be public"),
    )


def _element(schema: Mapping[str, Any], form: Form, ask: Ask, registry: Registry) -> dict[str, Any]:
    heading = {"label": label(schema, form, ask)}
    required = {"validations": {"required": ask.required}}
    identifier = ask.at.replace(".", "-").replace("_", "-")
    if ask.at == PROPOSAL:
        return {"type": "input", "id": identifier, "attributes": {**heading, "placeholder": ask.example}, **required}
    field = field_at(schema, form, ask.at)
    options = _options(field, form, registry)
    if options:
        attributes = {**heading, "options": options}
        return {"type": "dropdown", "id": identifier, "attributes": attributes, **required}
    said = _description(field, ask)
    attributes = {**heading, **({"description": said} if said else {})}
    if ask.example:
        attributes["placeholder"] = ask.example
    area = bool(ask.columns) or (field.longest or 0) > 1000
    return {"type": "textarea" if area else "input", "id": identifier, "attributes": attributes, **required}


def _options(field: Field, form: Form, registry: Registry) -> list[str]:
    """What can be chosen from: words of the schema, sessions that still take in, categories, agencies."""
    if field.key == "kind":
        taken = {kind for body in registry.settings.bodies for kind in body.packs}
        return [_both(words) for code, words in field.choices.items() if code in taken]
    if field.kind is Kind.CHOICE:
        return [_both(words) for words in field.choices.values()]
    if field.key == "session":
        latest = {s.body: s for s in sorted(registry.sessions.values(), key=lambda s: (str(s.opened or ""), s.id))}
        return [_both(session.title) for session in latest.values()]
    if field.key == "category":
        return [_both(words) for words in registry.categories.values()]
    if form.id == "reply" and field.key == "by":
        return [agency.short or agency.name for _, agency in sorted(registry.agencies.items())]
    return []


def _both(words: Text) -> str:
    return f"{words.zh} / {words.en}"


def _description(field: Field, ask: Ask) -> str:
    if not ask.columns:
        return f"{field.help.zh} / {field.help.en}" if field.help and not _is_formal(field) else ""
    titles = [field.item.part(column).title for column in ask.columns]
    zh, en = " | ".join(title.zh for title in titles), " | ".join(title.en for title in titles)
    return f"一行一项，各部分用 | 隔开，后面的可以不写：{zh} / One a line, parts divided by |: {en}"


def recognise(schema: Mapping[str, Any], body: str) -> Form:
    """Return the form that a sent text was made of: the one of whose headings it has most."""
    lines = set(body.replace("\r\n", "\n").split("\n"))
    return max(FORMS, key=lambda form: sum(f"### {name}" in lines for name in labels(schema, form)))


def sections(body: str, headings: Sequence[str]) -> dict[str, str] | list[Problem]:
    """Return what was written under each heading, or why that cannot be told for certain.

    Every heading stands once, in order, on a line of its own; a text that holds the line of a heading is refused, for
    nobody could tell which of the two is meant.
    """
    if len(body) > LONGEST:
        return [_torn(Text("内容太长", "it is too long"), Text("请缩短", "make it shorter"))]
    lines = body.replace("\r\n", "\n").split("\n")
    marks = {f"### {name}": name for name in headings}
    found = [(n, marks[line]) for n, line in enumerate(lines) if line in marks]
    problems = list(_misplaced([name for _, name in found], headings))
    if not problems and any(line.strip() for line in lines[: found[0][0]]):
        problems.append(_torn(Text("第一个栏目前面还有文字", "there is text above the first field"), _AGAIN))
    if problems:
        return problems
    ends = [*(n for n, _ in found[1:]), len(lines)]
    return {name: "\n".join(lines[n + 1 : end]).strip("\n") for (n, name), end in zip(found, ends, strict=True)}


_AGAIN = Text("请重新打开表单填写，不要改动各栏目的标题", "open the form again and leave the headings as they are")


def _misplaced(found: Sequence[str], headings: Sequence[str]) -> Iterator[Problem]:
    for name in headings:
        if found.count(name) == 0:
            yield _torn(Text(f"没有“{name}”这一栏", f'the field "{name}" is missing'), _AGAIN)
        elif found.count(name) > 1:
            yield _torn(
                Text(f"内容里有一行和栏目标题一样：### {name}", f"a line of the text is like a heading: ### {name}"),
                Text("请改写那一行，例如去掉 ###", "write that line in another way, without the ###"),
            )
    if sorted(found) == sorted(headings) and list(found) != list(headings):
        yield _torn(Text("各栏的次序变了", "the fields are not in their order"), _AGAIN)


def _torn(found: Text, remedy: Text) -> Problem:
    return Problem(Text("表单", "The form"), found, remedy)


def answers(schema: Mapping[str, Any], form: Form, body: str) -> dict[str, Any] | list[Problem]:
    """Return the data of a sent form, keys as in the schema and `proposal` for the one that it is about."""
    parts = sections(body, labels(schema, form))
    if isinstance(parts, list):
        return parts
    if not re.search(r"^- \[[xX]\] ", parts[labels(schema, form)[-1]], re.MULTILINE):
        return [_torn(Text(f"没有勾选“{_SURE.zh}”", f'"{_SURE.en}" is not ticked'), Text("请看清后勾选", "tick it"))]
    data: dict[str, Any] = {}
    for ask in form.asks:
        text = parts[label(schema, form, ask)]
        if text.strip() in EMPTY:
            continue
        key, _, inner = ask.at.partition(".")
        if ask.columns:
            data[key] = [
                dict(zip(ask.columns, _row(line, ask), strict=False)) for line in text.split("\n") if line.strip()
            ]
            data[key] = [{name: part for name, part in row.items() if part} for row in data[key]]
        else:
            field = None if ask.at == PROPOSAL else field_at(schema, form, ask.at)
            chosen = text.split(" / ")[0] if field and _is_choice(field) else text
            data[key] = {inner: chosen} if inner else chosen.strip()
    return data


def _is_formal(field: Field) -> bool:
    """Whether the help of the schema speaks of the form of files, which forms do not ask for."""
    return field.holds.endswith("_id") or field.holds == "day"


def _row(line: str, ask: Ask) -> list[str]:
    """The parts of a row; what is beyond the last column belongs to it."""
    return COLUMN.split(line.strip(), len(ask.columns) - 1)


def _is_choice(field: Field) -> bool:
    return field.kind is Kind.CHOICE or field.key in ("session", "category")
