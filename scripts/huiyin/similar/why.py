"""Why two proposals may be about the same thing: shared words, places, agencies and asks. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from huiyin.model import Proposal
from huiyin.similar.asks import ALIKE_ASKS, alike
from huiyin.similar.index import Index, Match
from huiyin.similar.text import Document, document

LIKELY = 0.25
"""The plain similarity from which a candidate is shown where nobody asked for it."""
TERMS = 5
"""How many shared words are told."""


@dataclass(frozen=True)
class Reasons:
    """What two proposals share; agencies are ids, asks are ids of both sides."""

    terms: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    asks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Candidate:
    """A proposal that may be about the same thing as another."""

    proposal: Proposal
    similarity: float
    margin: float
    reasons: Reasons

    @property
    def likely(self) -> bool:
        """Whether it is near enough to be shown unasked: near, and nearer than both are used to."""
        return self.similarity >= LIKELY and self.margin > 0


def candidates(
    one: Proposal, proposals: Mapping[str, Proposal], index: Index, matches: Sequence[Match] | None = None
) -> list[Candidate]:
    """Return what is nearest to a proposal, the best first, with reasons; `matches` where they are known already."""
    own = document(one)
    found = index.nearest(own) if matches is None else matches
    return [
        Candidate(other, match.similarity, match.margin, _reasons(one, other, index, own, index.documents[match.place]))
        for match in found
        if (other := proposals[index.documents[match.place].id]).id != one.id
    ]


def pairs(proposals: Mapping[str, Proposal], most: int) -> Iterator[tuple[Proposal, list[Candidate]]]:
    """Yield every proposal with the at most `most` likely candidates of it, the best first."""
    index = Index([document(proposal) for _, proposal in sorted(proposals.items())])
    for own, matches in zip(index.documents, index.all_nearest(), strict=True):
        near = [match for match in matches if match.similarity >= LIKELY and match.margin > 0][:most]
        yield proposals[own.id], candidates(proposals[own.id], proposals, index, near)


def linked(one: Proposal, other: Proposal) -> bool:
    """Whether the registry itself says already that the two belong together."""
    return other.id in _links(one) or one.id in _links(other)


def _links(one: Proposal) -> set[str]:
    named = set(one.follows)
    for event in one.events:
        named.update(name for name in (event.joins, event.to, event.split_from) if name)
        named.update((*event.joined_by, *event.split_into))
    return named


def _reasons(one: Proposal, other: Proposal, index: Index, own: Document, its: Document) -> Reasons:
    places = (own.places.fine & its.places.fine) or (own.places.coarse & its.places.coarse)
    return Reasons(
        terms=_terms(own, its, index),
        places=tuple(sorted(places)),
        agencies=tuple(sorted(_agencies(one) & _agencies(other))),
        asks=tuple(
            (mine.id, theirs.id)
            for mine in one.asks
            for theirs in other.asks
            if alike(mine.text, theirs.text) >= ALIKE_ASKS
        ),
    )


def _agencies(one: Proposal) -> set[str]:
    found = {ask.agency for ask in one.asks if ask.agency}
    for event in one.events:
        if event.type in ("assigned", "reassigned"):
            found.update((*([event.lead] if event.lead else []), *event.separate))
    return found


def _terms(own: Document, its: Document, index: Index) -> tuple[str, ...]:
    """The rarest stretches of whole words that stand in both, the rarest first."""
    theirs = "\0".join(word for run in its.words for word in ("", *run, ""))
    found: set[str] = set()
    for run in own.words:
        begin = 0
        while begin < len(run):
            end = begin
            while end < len(run) and "\0" + "\0".join(run[begin : end + 1]) + "\0" in theirs:
                end += 1
            found.add("".join(run[begin:end]))
            begin = max(end, begin + 1)
    rare = {term: index.rarity(term) for term in found if len(term) > 1 and not term.isdigit()}
    kept: list[str] = []
    for term in sorted(rare, key=lambda term: (-rare[term], term)):
        if rare[term] > 0 and not any(term in longer for longer in kept):
            kept.append(term)
    return tuple(kept[:TERMS])
