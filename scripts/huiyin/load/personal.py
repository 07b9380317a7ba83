"""Personal data of citizens enters nothing: what is found in a file, each with a way to write it instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from huiyin.findings import Finding, Severity, Source, Text, rule
from huiyin.personal import Kind, Piece, cover, find, redacted

PERSONAL = rule(
    "personal-data",
    Severity.ERROR,
    """个人信息 / Personal data

    登记册文件里不能有公民的身份证号码、手机号码、银行卡号、电子邮箱、护照和通行证号码、机动车号牌和住宅门牌，不论怎样拆写。
    删去它们不影响读者看懂建议和答复。git 会永远记得：提交之前就删去。

    No registry file holds numbers of identity cards, mobiles, bank cards, passports or permits, e-mail addresses,
    vehicle plates or addresses of dwellings, however they are split. Readers understand a suggestion and its reply
    without them. Git never forgets: remove them before they are committed.""",
)
POSSIBLE = rule(
    "personal-possible",
    Severity.WARNING,
    """可能是个人信息 / Possibly personal data

    带区号的固定电话可能是住宅电话，也可能是单位对外公布的电话；写在“投诉人”“户主”等字样后面的姓名，可能没有经本人同意公开。程序分不清，请人看一眼。
    “服务电话”“值班电话”等字样后面的号码和 12345 一类热线不提示。

    A landline number may be that of a home or one that an office made public; a name behind "complainant" or the like
    may be there without consent. A program cannot tell, so a person has to look. Numbers behind words such as "service
    line" and hotlines such as 12345 are left alone.""",
)

_REMEDIES = {
    Kind.LANDLINE: Text(
        "单位对外公布的电话可以保留，最好写明是什么电话；个人的删去，或者改成允许的写法",
        "a number that an office made public may stay, best with words that say so; remove a person's, or write it as "
        "allowed",
    ),
    Kind.NAME: Text(
        "本人同意公开的可以保留；其他的删去，或者改成允许的写法",
        "it may stay if the person agreed; otherwise remove it, or write it as allowed",
    ),
}
_REMEDY = Text("删去，或者改成允许的写法", "remove it, or write it as allowed")


@dataclass(frozen=True)
class Private:
    """The personal data of one file: where they stand, and the file as reports may show it."""

    source: Source
    pieces: tuple[Piece, ...]

    @property
    def masked(self) -> Source:
        """The file with its personal data covered: what reports show of it."""
        return Source(self.source.file, cover(self.source.text, self.pieces)) if self.pieces else self.source

    def quoted(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return the findings with the personal data of the file covered in their words, which may quote it."""
        findings = list(findings)
        if not self.pieces:
            return findings
        secrets = sorted({self.source.text[piece.start : piece.end] for piece in self.pieces}, key=len, reverse=True)

        def say(said: str) -> str:
            for secret in secrets:
                said = said.replace(secret, "＊" * len(secret))
            return cover(said, find(said))

        def both(said: Text) -> Text:
            return Text(say(said.zh), say(said.en))

        return [
            replace(one, found=both(one.found), allowed=one.allowed and both(one.allowed), remedy=both(one.remedy))
            for one in findings
        ]

    def findings(self) -> Iterator[Finding]:
        """Yield a finding for each piece, with its class and how it may be written instead; it never shows the piece.

        Classes that are never needed are errors; those that may be meant for the public are hints.
        """
        shown, text = self.masked, self.source.text
        line, counted = 1, 0
        for piece in self.pieces:
            line, counted = line + text.count("\n", counted, piece.start), piece.start
            column = piece.start - text.rfind("\n", 0, piece.start)
            first_line = text[piece.start : piece.end].split("\n", 1)[0]
            words, instead = piece.kind.words, redacted(text, piece)
            yield (PERSONAL if piece.kind.sure else POSSIBLE).finding(
                shown.at(line, column, len(first_line)),
                Text(
                    f"这里有{words.zh}（类别 {piece.kind.value}，已遮盖）",
                    f"personal data: {words.en} (class {piece.kind.value}, masked)",
                ),
                _REMEDIES.get(piece.kind, _REMEDY),
                Text(instead, instead),
            )


def look(source: Source) -> Private:
    """Return the personal data in a file, in comments and keys as well."""
    return Private(source, tuple(find(source.text)))
