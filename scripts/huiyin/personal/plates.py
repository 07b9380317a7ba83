"""Plates of motor vehicles (GA 36-2018)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from huiyin.personal.kinds import Kind, Piece

_PLACES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(
    rf"(?<![{_PLACES}])(?<![创最更高革翻全](?=新))[{_PLACES}][A-HJ-NP-Z]"
    r"[ \u00a0\u3000·•・.．‧－-]{0,2}(?:\n[ \t]{0,80})?"
    r"(?:[A-HJK][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[A-HJK]|"
    r"(?P<usual>[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]))(?![0-9A-Za-z])"
)
_NO_CAR = re.compile(r"号?(?:地块|标段|项目|文件|工程|许可|文)")


def find(text: str) -> Iterator[Piece]:
    """Yield the plates in `text`: five characters with at most two letters, or six of new-energy vehicles."""
    for match in _PLATE.finditer(text):
        usual = match["usual"]
        if usual and sum(char.isascii() and char.isalpha() for char in usual) > 2:
            continue
        if not _NO_CAR.match(text, match.end()):
            yield Piece(*match.span(), Kind.PLATE)
