"""A review as Markdown for a comment and as JSON for programs. What others wrote cannot act in either. Pure."""

from __future__ import annotations

import json
import re

from huiyin.findings import Finding, Severity, Text
from huiyin.report import visible
from huiyin.review.summary import Review

MARK = "<!-- huiyin-review -->"
"""The first line of the comment, by which the next run finds it and writes it anew."""
LONGEST = 500
"""Characters of one line; a comment has a limit, and nobody reads more."""
MOST = 50
"""Proposals and findings of each kind that are told; the rest is counted."""
_ACTIVE = re.compile(r"([\\`*_{}\[\]()<>#.!|~&@:]|\A[-+])")
_GO, _STOP = Text("可以合入", "may land"), Text("不能合入", "may not land")


def as_markdown(review: Review, lang: str, site: str = "") -> str:
    """Return the review as Markdown; `site` is the address below which rules have their pages."""
    errors = [finding for finding in review.findings if finding.severity == Severity.ERROR]
    warnings = [finding for finding in review.findings if finding.severity != Severity.ERROR]
    lines = [MARK, f"## {(_STOP if errors else _GO).say(lang)}", ""]
    for told in review.told[:MOST]:
        lines += [f"**{safe(told.name.say(lang))}**: {safe(told.course.say(lang))}", ""]
        lines += [f"- {safe(line.say(lang))}" for line in told.lines]
        lines.append("")
    lines += _more(len(review.told), lang)
    if review.others:
        lines.append(Text("其他文件：", "Other files:").say(lang))
        lines += [f"- {safe(name)}" for name in review.others[:MOST]]
        lines += [*_more(len(review.others), lang), ""]
    for title, findings in ((Text("错误", "Errors"), errors), (Text("提示", "Warnings"), warnings)):
        if findings:
            lines += [f"### {title.say(lang)}", "", *(_finding(one, lang, site) for one in findings[:MOST])]
            lines += [*_more(len(findings), lang), ""]
    if review.approvals:
        lines.append(Text("谁可以批准：", "Who may approve:").say(lang))
        lines += [f"- {safe(words.say(lang))}" for words in review.approvals]
    return "\n".join(lines).rstrip("\n") + "\n"


def _more(count: int, lang: str) -> list[str]:
    left = count - MOST
    return [f"- {Text(f'还有 {left} 项', f'{left} more').say(lang)}"] if left > 0 else []


def _finding(finding: Finding, lang: str, site: str) -> str:
    place = f"{finding.place.file}:{finding.place.line}:{finding.place.column}"
    rule = f"[{finding.rule.id}]({site.rstrip('/')}/rules/{finding.rule.id}/)" if site else f"`{finding.rule.id}`"
    words = f"{finding.found.say(lang)}; {finding.remedy.say(lang)}"
    return f"- {rule} {safe(place)}: {safe(words)}"


def safe(text: str) -> str:
    """Return what others wrote as one line of Markdown that shows it and does nothing.

    No link, image, heading, mention, table or HTML comes of it; characters that nobody sees are written out.
    """
    line = " ".join(visible(text.replace("\n", " ").replace("\t", " ")).split())
    line = line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
    return _ACTIVE.sub(lambda match: f"&#{ord(match[1])};" if match[1] in "<>&@:" else f"\\{match[1]}", line)


def as_json(review: Review) -> str:
    """Return the review as JSON, every sentence in both languages."""
    data = {
        "may_land": not any(finding.severity == Severity.ERROR for finding in review.findings),
        "proposals": [
            {
                "file": told.path,
                "name": told.name._asdict(),
                "course": told.course._asdict(),
                "lines": [line._asdict() for line in told.lines],
            }
            for told in review.told
        ],
        "files": list(review.others),
        "approvals": [words._asdict() for words in review.approvals],
        "findings": [finding.as_data() for finding in review.findings],
    }
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return "\n".join(visible(line) for line in text.split("\n")) + "\n"
