"""What a proposal says at its submission, folded so that Simplified and Traditional are alike, and weighed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import rjieba

from huiyin.folding import simplified
from huiyin.model import Proposal
from huiyin.similar.formulas import FORMULA

LONGEST = 20_000
"""Characters of a text that are compared; nobody writes more, and a broken file might hold anything."""
FORMULA_WEIGHT = 0.25
"""How much a character of a formula counts beside one of the matter itself."""
OWN = 3
"""Characters outside formulas that a text needs to say what it is about."""
_RUN = re.compile(r"\w+")
_WIDE = r"[㐀-鿿]"
_COARSE = re.compile(rf"{_WIDE}{{1,3}}?(?:县|市|区|乡|镇)")
_FINE = re.compile(rf"{_WIDE}{{1,3}}?(?:村|里|溪|河|江|部落|社区|街道|大道|[路街桥])")
_BEFORE = "在是由到从至和与及于向对各把被给沿经将按"
"""Characters that stand before a name and belong to none."""
_NO_PLACES = frozenset(
    re.findall(
        r"\S+",
        "小区 社区 市区 全市 我市 本市 城市 都市 县市 城区 全区 各区 本区 辖区 园区 学区 山区 地区 乡村 农村 村里 "
        "道路 公路 马路 街道 大道 产业道路 农路 本县 全县 乡镇 城镇",
    )
)
"""Words that end like a place and name none."""


class Names(NamedTuple):
    """Places that a text names: towns and districts, and what is smaller."""

    coarse: frozenset[str]
    fine: frozenset[str]


@dataclass(frozen=True)
class Document:
    """One text to compare: its title, and all the rest of what was submitted, both folded."""

    id: str
    title: str
    body: str = ""

    @cached_property
    def whole(self) -> str:
        """Title and body in one."""
        return f"{self.title}\n{self.body}" if self.body else self.title

    @cached_property
    def own(self) -> tuple[str, ...]:
        """The runs of the text that no formula covers."""
        runs = " ".join(FORMULA.sub(" ", line) for line in self.whole.split("\n"))
        return tuple(_RUN.findall(runs))

    @cached_property
    def says_something(self) -> bool:
        """Whether anything is left of it without formulas; "please report" alone is about nothing."""
        return sum(map(len, self.own)) >= OWN

    @cached_property
    def places(self) -> Names:
        """The places that it names, by their endings."""
        coarse: set[str] = set()
        fine: set[str] = set()
        for run in self.own:
            coarse.update(map(_name, _COARSE.findall(run)))
            fine.update(map(_name, _FINE.findall(_COARSE.sub(" ", run))))
        return Names(frozenset(coarse - _NO_PLACES), frozenset(fine - _NO_PLACES))

    @cached_property
    def words(self) -> tuple[tuple[str, ...], ...]:
        """The words of each of its own runs."""
        return tuple(tuple(rjieba.cut(run)) for run in self.own)


def _name(found: str) -> str:
    return found.lstrip(_BEFORE)


def fold(text: str) -> str:
    """Return `text` in Simplified characters, full and half width alike, small letters, without white space."""
    lines = simplified(text[:LONGEST].encode("utf-8", "replace").decode("utf-8")).split("\n")
    folded = ("".join(unicodedata.normalize("NFKC", line).lower().split()) for line in lines)
    return "\n".join(line for line in folded if line)


def document(proposal: Proposal) -> Document:
    """Return what a proposal says at its submission: no event, so no reply and no merger, is in it."""
    parts = [proposal.situation, proposal.analysis]
    parts += [f"{one.claim}{one.figure or ''}" for one in proposal.evidence]
    parts += [ask.text for ask in proposal.asks]
    return Document(proposal.id, fold(proposal.title), fold("\n".join(part for part in parts if part)))
