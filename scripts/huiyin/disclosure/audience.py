"""What `x-audience` may say at a property of a schema, and whom it lets see the property. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.findings import Text

PUBLIC, MEMBER, AGENCY = AUDIENCES = ("public", "member", "agency")
"""For whom a projection can be made: everybody, deputies and members, handling agencies."""
WHOM = {
    PUBLIC: Text("公众", "the public"),
    MEMBER: Text("代表和委员", "deputies and members"),
    AGENCY: Text("承办单位", "agencies"),
}
"""What people call them."""
DISCLOSED = "disclosed"
"""At texts: everybody sees them, as far as the item, the reply and the events disclose them."""
PRIVATE = "private"
"""Only in the private registry. A property without `x-audience` is private too: nobody has decided."""
WORDS = (PUBLIC, DISCLOSED, MEMBER, AGENCY, PRIVATE)

TAKEN_OUT = "（未公开）"
"""What stands where a text was taken out, so that counts of asks, answers and commitments stay what they are."""
BLANK = "x-blank"
"""At a private property that must be there and is no text: the value that stands in its place."""

Node = Mapping[str, Any]


class DisclosureError(Exception):
    """A projection cannot be made; `words` say why and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.words = Text(zh, en)


def said(node: Node) -> frozenset[str]:
    """Return what a property says in `x-audience`, a word or a list of words; nothing said means private."""
    words = node.get("x-audience", PRIVATE)
    return frozenset([words] if isinstance(words, str) else words)


def seen(node: Node, audience: str) -> bool:
    """Whether an audience sees a property at all, be it without its text."""
    return bool(said(node) & {PUBLIC, DISCLOSED, audience})


def follows_level(node: Node) -> bool:
    """Whether a property, where it is a text, follows the level of disclosure."""
    return PUBLIC not in said(node)
