"""`huiyin form`: a form that was sent to the git host into a record, and the forms themselves from the schema.

What is printed is Markdown for a comment: what was recorded, or in kind words what is wrong and what to do.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from huiyin import edit
from huiyin.commands import event, new
from huiyin.commands.context import Context, UsageError, add_day, find, gather
from huiyin.commands.writing import Draft, add_done, judge, replace, write
from huiyin.draft import forms
from huiyin.findings import Severity, Text
from huiyin.report import report

SUMMARY = "把网上表单转成登记 / turn a form of the git host into a record"

GENERATED = (
    "# 由 make forms 按数据格式和登记册生成，不要手改。 / Made by `make forms` from schema and registry; do not edit."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("file", nargs="?", metavar="FILE", type=Path, help="表单提交的内容 / the text that was sent")
    parser.add_argument(
        "--templates", metavar="DIR", type=Path, help="生成表单模板，写进这个文件夹 / write the forms here"
    )
    parser.add_argument("--id", metavar="ID", help="新一件的受理编号，默认随机 / the id of a new proposal")
    add_done(parser)
    add_day(parser)


def run(arguments: argparse.Namespace) -> int:
    """Turn one form into a record and say so in Markdown; return 1, with nothing written, when it is wrong."""
    context = gather(arguments)
    if arguments.templates:
        return _write_templates(context, arguments.templates)
    if arguments.file is None:
        raise UsageError("请写表单内容的文件名，或者 --templates", "name the file of the form, or --templates")
    with arguments.file.open("rb") as file:
        body = file.read(4 * forms.LONGEST + 1).decode("utf-8", "replace")
    try:
        draft = _draft(context, body, arguments.id)
    except UsageError as error:
        print(_refusal(f"{error.words.zh}\n\n{error.words.en}"))
        return 1
    found = judge(context, draft)
    errors = [finding for finding in found if finding.severity == Severity.ERROR]
    if errors:
        print(_refusal(f"{report(errors, 'text', 'zh', 1)}\n\n{report(errors, 'text', 'en', 1)}"))
        return 1
    print(_thanks(draft, report(found, "text", context.lang, 1) if found else ""))
    write(context, draft, arguments)
    return 0


def _draft(context: Context, body: str, identifier: str | None) -> Draft:
    schema = context.law.shapes.schemas["proposal"]
    form = forms.recognise(schema, body)
    data = forms.answers(schema, form, body)
    if isinstance(data, list):
        said = [problem.say() for problem in data]
        raise UsageError("\n".join(words.zh for words in said), "\n".join(words.en for words in said))
    data["channel"] = "form"
    if not form.definition:
        return new.draft(context, data, identifier, ask=False)
    case = find(context, str(data.pop(forms.PROPOSAL, "")))
    return event.draft(context, case, form.definition.removeprefix("event_"), data, ask=False)


def _refusal(said: str) -> str:
    intro = Text(
        "谢谢。这份表单还不能登记，没有写入任何内容。请按下面说的改好原来的内容并保存，会自动重新处理；别人的提交不受影响。",
        "Thank you. This cannot be recorded yet, and nothing was written. Edit what you sent as said below and save "
        "it: it is taken up again by itself.",
    )
    return f"{intro.zh}\n\n{intro.en}\n\n{fenced(said)}"


def _thanks(draft: Draft, hints: str) -> str:
    said = Text(f"谢谢，已经转成登记：{draft.said.zh}。", f"Thank you, this became a record: {draft.said.en}.")
    more = f"\n\n可以写得更好的地方 / What would make it better\n\n{fenced(hints)}" if hints else ""
    return f"{said.zh}\n\n{said.en}{more}\n"


def fenced(text: str) -> str:
    """Return a text in a block of code that it cannot leave: nothing in it mentions, links or formats."""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}text\n{text.rstrip()}\n{fence}"


def _write_templates(context: Context, folder: Path) -> int:
    for name, text in templates(context).items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            replace({path: text})
            print(path)
    return 0


def templates(context: Context) -> dict[str, str]:
    """Return the forms by file name, as the schema and the registry make them."""
    schema = context.law.shapes.schemas["proposal"]
    return {
        f"{form.id}.yml": edit.compose(forms.template(schema, form, context.registry), GENERATED)
        for form in forms.FORMS
    }
