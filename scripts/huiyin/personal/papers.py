"""Numbers of passports and permits, and names of persons concerned: found only behind the word that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from huiyin.personal.checks import is_hong_kong
from huiyin.personal.context import before
from huiyin.personal.kinds import Kind, Piece

_TO = r"(?:\([^()\n]{0,8}\)|[^0-9A-Za-z\n。；]){0,10}?"
_PASSPORT = r"(?:[EGDSPHK][0-9]{8}|[EDSP][A-Z][0-9]{7})"
_PERMIT = r"(?:[HM][0-9]{8}(?:[0-9]{2})?|[CTWL][A-Z0-9][0-9]{7})"
_END = r"(?![0-9A-Za-z])"
_SEARCHES = (
    (("护照",), re.compile(rf"护照{_TO}(?P<number>{_PASSPORT}){_END}")),
    (("护照",), re.compile(rf"(?<![0-9A-Za-z])(?P<number>{_PASSPORT})(?:号|的)?护照")),
    (("通行证", "回乡证"), re.compile(rf"(?:通行证|回乡证){_TO}(?P<number>{_PERMIT}){_END}")),
    (
        ("台胞证", "台湾居民"),
        re.compile(
            rf"(?:台胞证|台湾居民(?:来往大陆)?通行证){_TO}(?P<number>[0-9]{{8}}(?:[0-9]{{2}})?){_END}(?![件人张])"
        ),
    ),
)
_HONG_KONG = re.compile(r"(?<![0-9A-Za-z])([A-Z]{1,2})([0-9]{6})[(（]([0-9A])[)）]")

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石"
    "金韦贾夏付傅方邹熊白孟秦邱侯江尹薛闫雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文施洪季庄柯翁"
)
_NAME = re.compile(
    r"[人主者名][ \u3000]?[:：][ \u3000]?"
    rf"(?P<name>(?:欧阳|司马|上官|诸葛|皇甫|令狐|慕容|司徒|[{_SURNAMES}])(?!女士|先生|某|同志|老师|师傅|阿姨|大[爷妈])"
    r"[\u4e00-\u9fff]{1,2})(?=[，。；、,;（(\s]|$)"
)
_CONCERNED = re.compile(r"(?:(?:投诉|信访|来信|来访|反映|举报|当事|申请)人|户主|患者|业主|姓名)$")


def find(text: str) -> Iterator[Piece]:
    """Yield the numbers of passports and permits in `text`, and the names."""
    for words, pattern in _SEARCHES:
        if any(word in text for word in words):
            yield from (Piece(*match.span("number"), Kind.TRAVEL) for match in pattern.finditer(text))
    if "(" in text or "（" in text:
        for match in _HONG_KONG.finditer(text):
            if is_hong_kong(match[1], match[2], match[3]):
                yield Piece(*match.span(), Kind.TRAVEL)
    for match in _NAME.finditer(text):
        if _CONCERNED.search(before(text, match.start() + 1, 4)):
            yield Piece(*match.span("name"), Kind.NAME)
