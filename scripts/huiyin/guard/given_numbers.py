"""Official numbers without reading every file: what a session's texts say, found by their looks. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from huiyin.checks import Spotted
from huiyin.findings import Text
from huiyin.guard.change import Change, guarded

_NUMBER = re.compile(rb"\bnumber:[ \t]*(?:\"([^\"\\\n]*)\"|'([^'\n]*)'|([^\s\"',}{#]+))")


def written(raw: bytes) -> set[str]:
    """Return every value of a key `number` that stands plainly in the bytes of a file.

    Numbers of documents are among them: what is found is looked at again, what is not found was not given.
    """
    found = {next(part for part in match.groups(b"") if part or match[0]) for match in _NUMBER.finditer(raw)}
    return {part.decode("utf-8", "replace") for part in found if part}


@guarded("number-written")
def plainly(change: Change) -> Iterator[Spotted]:
    """编号的写法认不出来 / Number not written plainly

    正式编号要照样写在引号里，不用转义：查重靠在文件里找它。

    An official number is written as it is, in quotes, without escapes: looking for doubles relies on finding it.
    """
    for pair in change.pairs:
        for n, event in pair.added:
            if pair.after and event.number and event.number not in written(pair.after.source.text.encode()):
                yield Spotted(
                    pair.after.source.place("events", n, "number"),
                    Text(f"编号 {event.number} 没有照样写", f"the number {event.number} does not stand there as it is"),
                    Text(f'写成 number: "{event.number}"', f'write number: "{event.number}"'),
                )
