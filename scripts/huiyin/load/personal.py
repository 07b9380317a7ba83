"""Personal data of citizens enters nothing: identity, mobile and bank-card numbers and e-mails in any file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from huiyin.findings import Finding, Severity, Source, Text, rule

_WIDE = str.maketrans("０１２３４５６７８９＠．－Ｘｘ", "0123456789@.-Xx")
_EDGE, _END = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_IDENTITY = re.compile(rf"{_EDGE}[1-9]\d{{16}}[\dXx]{_END}")
_MOBILE = re.compile(rf"{_EDGE}(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{{4}}[- ]?\d{{4}}{_END}")
_CARD = re.compile(rf"{_EDGE}(?:[3-6]\d{{3}})(?:[- ]?\d{{4}}){{3}}(?:[- ]?\d{{1,3}})?{_END}")
_MAIL = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}")
_HINT = re.compile(r"[@＠]|\d[\d －-]{9}")
"""What every one of them has in it: most texts have nothing like it and need no closer look."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


def _is_identity(text: str) -> bool:
    """Whether it is an identity-card number: a real day of birth and the check digit of GB 11643-1999."""
    try:
        date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    return _CHECK[sum(int(d) * w for d, w in zip(text, _WEIGHTS, strict=False)) % 11] == text[17].upper()


def _is_card(text: str) -> bool:
    """Whether it is a card number: 16 to 19 digits with the check digit of ISO/IEC 7812-1 (Luhn)."""
    digits = [int(char) for char in text if char.isdigit()]
    total = sum(d if n % 2 == 0 else (d * 2 - 9 if d > 4 else d * 2) for n, d in enumerate(reversed(digits)))
    return 16 <= len(digits) <= 19 and total % 10 == 0


def personal_data(text: str) -> Iterator[tuple[int, int, Text]]:
    """Yield start, end and kind of each piece of personal data in `text`, the more certain kinds first."""
    if not _HINT.search(text):
        return
    plain = text.translate(_WIDE)
    taken = bytearray(len(plain))
    for pattern, sure, kind in (
        (_IDENTITY, _is_identity, Text("身份证号码", "identity-card number")),
        (_CARD, _is_card, Text("银行卡号", "bank-card number")),
        (_MOBILE, None, Text("手机号码", "mobile number")),
        (_MAIL, None, Text("电子邮箱", "e-mail address")),
    ):
        for match in pattern.finditer(plain):
            start, end = match.span()
            if not any(taken[start:end]) and (sure is None or sure(match[0])):
                taken[start:end] = b"x" * (end - start)
                yield start, end, kind


PERSONAL = rule(
    "personal-data",
    Severity.ERROR,
    """个人信息 / Personal data

    登记册文件里不能有公民的身份证号码、手机号码、银行卡号和电子邮箱。git 会永远记得：提交之前就删去。

    No registry file holds identity-card, mobile or bank-card numbers or e-mail addresses. Git never forgets: remove
    them before they are committed.""",
)


def cover(text: str) -> str:
    """Return `text` with every character of personal data covered; its length stays."""
    parts, done = [], 0
    for start, end, _ in sorted(personal_data(text)):
        parts += [text[done:start], "＊" * (end - start)]
        done = end
    return "".join([*parts, text[done:]])


def masked(source: Source) -> Source:
    """Return the source with its personal data covered: what reports show of it."""
    return Source(source.file, cover(source.text))


def quoted(finding: Finding) -> Finding:
    """Return the finding with personal data covered in its words, which may quote the file."""

    def say(said: Text) -> Text:
        return Text(cover(said.zh), cover(said.en))

    allowed = say(finding.allowed) if finding.allowed else None
    return replace(finding, found=say(finding.found), allowed=allowed, remedy=say(finding.remedy))


def findings(source: Source) -> Iterator[Finding]:
    """Yield a finding for each piece of personal data in a file, comments included; all of it is masked."""
    shown = masked(source)
    line, counted = 1, 0
    for start, end, kind in sorted(personal_data(source.text)):
        line, counted = line + source.text.count("\n", counted, start), start
        column = start - source.text.rfind("\n", 0, start)
        yield PERSONAL.finding(
            shown.at(line, column, end - start),
            Text(f"这里有{kind.zh}（已遮盖）", f"here is a {kind.en} (masked)"),
            Text("删去，或改写为不能认出个人的说法", "remove it, or say it so that nobody can be recognised"),
        )
