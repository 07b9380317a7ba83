"""Addresses of dwellings. What makes an address private is the dwelling in it: a road and a number are public."""

from __future__ import annotations

import re
from collections.abc import Iterator

from huiyin.personal.context import after, before
from huiyin.personal.kinds import Kind, Piece

_SIGN = re.compile(
    r"[0-9A-Z〇零一二三四五六七八九十东西南北](?:单元|[室房]|户|门[0-9]|[组社队][0-9一二三四五六七八九十]|村民小组"
    r"|[-－][0-9]{1,2}[-－][0-9]{3,4}|(?:号?楼|[幢栋座]|弄[0-9]{1,3}号)[ \-－]?[0-9]{3})"
)
"""What every such address has in it; the address is looked for around it."""
_REACH = 24
_N = r"(?:[0-9]{1,4}[A-Za-z]?|[A-Za-z]|[一二三四五六七八九十]{1,3})"
_BUILDING = rf"(?:{_N}期)?(?:{_N}号院)?{_N}(?:号楼|[#＃]楼|幢|栋|座|弄)"
_UNIT = rf"{_N}(?:单元|门)"
_FLOOR = rf"(?:{_N}[楼层]|[底顶阁]楼)"
_ROOM = r"(?:[0-9]{1,5}[A-Za-z]?|[0-9〇零一二三四五六七八九]{2,5})"
_GAP = r"[ \-－，、]?"
_EDGE = r"(?<![0-9A-Za-z一二三四五六七八九十])"
_WITH_UNIT = re.compile(
    rf"{_EDGE}(?:{_BUILDING}{_GAP})?{_UNIT}{_GAP}(?:{_FLOOR}{_GAP})?"
    rf"(?:{_ROOM}(?:室|房|号室?)|[东西南北中]户|[0-9]{{3,4}}(?![0-9户个题元页米人]))"
    rf"|{_EDGE}{_BUILDING}{_GAP}(?:{_UNIT}{_GAP})?{_FLOOR}{_GAP}(?:[0-9]{{3,4}}户|[东西南北中]户)"
    rf"|{_EDGE}{_BUILDING}-[0-9]{{1,2}}-[0-9]{{3,4}}"
)
_WITH_ROOM = re.compile(rf"{_EDGE}{_BUILDING}{_GAP}(?:{_N}号)?{_GAP}(?:{_FLOOR}{_GAP})?{_ROOM}[室房](?!屋)")
_BARE = re.compile(rf"{_EDGE}{_BUILDING}(?:{_N}号)?[ \-－]?[0-9]{{3,4}}(?=[\s，。；、,;：:）)”」的]|$)")
"""A room of which only the number is written: where the words before it say that people live there."""
_DASHED = re.compile(r"(?<![0-9A-Za-z\-.])[0-9]{1,3}[-－][0-9]{1,2}[-－][0-9]{3,4}室?(?![0-9A-Za-z\-])")
_VILLAGE = re.compile(rf"(?<=[村屯寨庄])第?{_N}(?:村民小组|[组社队]){_N}号")
_LIVES = re.compile(r"(?:小区|[苑园村里区坊寓院舍庭居]|住|址[:：]?|楼)[ ]?$")
_HOMES = re.compile(r"小区|花园|家园|公寓|新村|[花]?苑|宿舍|家属院|住")
_PUBLIC = re.compile(
    r"大厦|中心|机关|政府|委员会|人大|政协|法院|医院|学校|[中小大]学|学院|图书馆|办公|办事处|[一-鿿]局|广场|大院|写字楼|会议|宾馆|酒店|商务|车站"
)


def find(text: str) -> Iterator[Piece]:
    """Yield the dwellings in `text`, from the building to the room; rooms of public bodies are none."""
    for first, last in _neighbourhoods(text):
        for pattern in (_WITH_UNIT, _WITH_ROOM, _BARE, _DASHED, _VILLAGE):
            for match in pattern.finditer(text, first, last):
                if _is_home(text, match, pattern):
                    yield Piece(*match.span(), Kind.ADDRESS)


def _neighbourhoods(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches around the signs, those that touch as one, so that nothing is looked at twice."""
    first = last = 0
    for sign in _SIGN.finditer(text):
        if sign.start() - _REACH > last:
            if last:
                yield first, last
            first = sign.start() - _REACH
        last = sign.end() + _REACH
    if last:
        yield max(0, first), last


def _is_home(text: str, match: re.Match[str], pattern: re.Pattern[str]) -> bool:
    ahead = before(text, match.start())
    if pattern is _DASHED:
        return bool(_LIVES.search(ahead)) or match[0].endswith("室")
    if pattern in (_WITH_ROOM, _BARE):
        public = [found.end() for found in _PUBLIC.finditer(ahead)]
        homes = [found.end() for found in _HOMES.finditer(ahead)]
        if pattern is _BARE and not homes:
            return False
        return max(homes, default=0) >= max(public, default=0) and not _PUBLIC.search(after(text, match.end()))
    return True
