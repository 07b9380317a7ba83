"""Which encoding a text is in, among the few that Chinese offices write: found out, or refused with what it looks like.

UTF-8 is told by its form. GB 18030 and Big5 accept each other's bytes, but only in the right one are the characters
those that every Chinese text is full of.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from huiyin.ledger.outcomes import LedgerError, shown
from huiyin.ledger.reading.decoding import blocks, head, lines
from huiyin.ledger.reading.layout import lost, visible

ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16")
"""Encodings that a mapping may name."""
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多"
    "定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因"
    "由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解"
    "问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少"
    "案议市区县镇街委局办府答复提交编号届届名称单位主协会人大代表满意类别城乡教育卫生医院校交通农村环保财日期姓内容"
    "這個為時來們於會發動過說產種經進著電裡實應開還從業當點體機關對長與後無樣間線數並題黨條結問頭邊級總員處設議縣鎮"
    "區鄉辦覆復號屆稱單協滿類別衛醫農環財標請審查決辦理情形提案人連署主席質詢建設道路臺灣府函送送請見意照通過"
    "，。、；：（）“”《》　〔〕「」"
)
"""Characters of which every running text is full, in either script."""
_MARKS = (b"\xff\xfe", b"\xfe\xff")
"""What UTF-16 begins with where it says so."""
_PENALTY = 10
"""Common characters that a byte out of place weighs as much as."""
_TELLING = 16
"""Pieces of a million characters that tell an encoding; of a larger file what follows need not be looked at."""
_SURE = 20
"""Common characters from which on a text contradicts the encoding that the mapping names."""


@dataclass(frozen=True)
class Score:
    """How well a text fits an encoding: bytes out of place, characters beyond ASCII, and common ones among them."""

    bad: int
    beyond_ascii: int
    common: int

    @property
    def weight(self) -> int:
        """How much speaks for the encoding."""
        return max(0, self.common - _PENALTY * self.bad)


def settle(path: Path, named: str) -> str:
    """Return the encoding of the file: the one that is `named`, or the one that is found where none is.

    Raises LedgerError where the named one is wrong, or where two fit equally well.
    """
    if named == "utf-16":
        _check_utf16(path)
        return named
    if named and head(path, 2) in _MARKS:
        raise LedgerError(
            f"映射写的编码是 {named}，可是文件是 utf-16。请改映射文件的 format.encoding，或者删去它",
            f"the mapping says {named}, but the file is utf-16: correct or remove format.encoding",
        )
    found = named or _found(path)
    if found in ("gb18030", "big5") and named:
        other = _contradiction(path, named)
        if other:
            raise LedgerError(
                f"映射写的编码是 {named}，可是文件是 {other}。请改映射文件的 format.encoding，或者删去它",
                f"the mapping says {named}, but the file is {other}: correct or remove format.encoding",
            )
    if found != "utf-16":
        _check_lines(path, found)
    return found


def _found(path: Path) -> str:
    start = head(path)
    if start[:2] in _MARKS or b"\0" in start:
        _check_utf16(path)
        return "utf-16"
    utf8 = _score(path, "utf-8")
    # Bytes that form UTF-8 by accident are rare: where most fit, the others are damage.
    if utf8.bad == 0 or utf8.beyond_ascii - utf8.bad > 4 * utf8.bad:
        return "utf-8"
    scores = {name: _score(path, name) for name in ("gb18030", "big5")}
    first, second = sorted(scores, key=lambda name: scores[name].weight, reverse=True)
    if scores[first].weight > 2 * scores[second].weight:
        return first
    sound = [name for name, score in scores.items() if not score.bad]
    if len(sound) == 1:
        return sound[0]
    if not sound:
        return "utf-8"
    samples = {name: _sample(path, name) for name in scores}
    raise LedgerError(
        "看不出文件是什么编码，请在映射文件的 format.encoding 中写明。"
        + "".join(f"\n  按 {name}：{sample}" for name, sample in samples.items()),
        "the encoding cannot be told: say in format.encoding which it is."
        + "".join(f"\n  as {name}: {sample}" for name, sample in samples.items()),
    )


def _score(path: Path, encoding: str) -> Score:
    bad = beyond = common = 0
    telling = (text for text in blocks(path, encoding) if not text.isascii())
    for text in islice(telling, _TELLING):
        bad += lost(text)
        beyond += len(text) - len(text.encode("ascii", "ignore"))
        common += sum(map(_COMMON.__contains__, text))
    return Score(bad, beyond, common)


def _contradiction(path: Path, named: str) -> str:
    """The encoding that the file is in beyond doubt and that is not the named one; empty where there is none."""
    utf8 = _score(path, "utf-8")
    if utf8.bad == 0 and utf8.common >= _SURE:
        return "utf-8"
    other = "big5" if named == "gb18030" else "gb18030"
    here, there = _score(path, named), _score(path, other)
    return other if there.weight >= _SURE and there.weight > 2 * here.weight else ""


def _check_utf16(path: Path) -> None:
    start = head(path)
    # The end of a line alone has a zero byte in UTF-16, and a text in another encoding has none.
    if not (start[:2] in _MARKS or b"\0" in start):
        raise LedgerError(
            "文件不是 UTF-16。请改映射文件的 format.encoding，或者删去它",
            "the file is not UTF-16: correct or remove format.encoding",
        )
    # Behind a byte that is missing no character is what it was.
    if path.stat().st_size % 2:
        raise LedgerError(
            "文件是 UTF-16，字节数却是单数：有字节丢失，文件不完整。请重新导出",
            "the file is UTF-16 with an odd number of bytes: one is missing. Export it again",
        )
    _check_lines(path, "utf-16")


def _check_lines(path: Path, encoding: str) -> None:
    """Raise LedgerError where more lines are out of the encoding than in it."""
    bad = good = first = 0
    for number, line in enumerate(lines(path, encoding), start=1):
        if lost(line):
            bad += 1
            first = first or number
        elif line.strip():
            good += 1
    if bad <= good:
        return
    other = next((name for name in ENCODINGS[:3] if name != encoding and not _score(path, name).bad), None)
    line = shown(visible(next(islice(lines(path, encoding), first - 1, None))))
    raise LedgerError(
        f"{bad} 行不是 {encoding} 编码，先是文件第 {first} 行：{line}；"
        + (f"像是 {other}，请改映射文件的 format.encoding" if other else "请核对映射文件的 format.encoding"),
        f"{bad} lines are not {encoding}, first line {first} of the file: {line}; "
        + (f"it may be {other}: correct format.encoding" if other else "correct format.encoding"),
    )


def _sample(path: Path, encoding: str) -> str:
    """The first line that is not all ASCII, as it reads in an encoding."""
    found = next((line for line in lines(path, encoding) if not line.isascii()), "")
    return shown(visible(found))
