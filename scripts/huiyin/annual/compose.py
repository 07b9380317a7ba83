"""What a report says: the parts that the data of one session support, no more. Pure.

The order is that of such reports (代表建议、批评和意见办理情况的报告). There is no part on measures taken (主要做法),
because records hold no figures of them, and no praise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from huiyin.annual import parts
from huiyin.annual.document import Paragraph, Part, Report
from huiyin.annual.parts import Material
from huiyin.annual.prose import paragraph, verbatim
from huiyin.cases import Case
from huiyin.figures import GROUPINGS, converted_into, figures, grouped_by
from huiyin.findings import Text
from huiyin.model import Registry, Session
from huiyin.vocabulary import Vocabulary
from huiyin.wording import long_day

NUMERALS = "一二三四五六七八九十"
TABLES_BY = ("agency", "category", "delegation", "origin", "kind")
"""The groupings that a report tells of."""
_TITLES = {
    "congress": Text("代表建议、批评和意见办理情况的报告", "suggestions of deputies"),
    "conference": Text("提案办理情况的报告", "proposals"),
}
_BOTH = Text("代表议案和建议、批评和意见办理情况的报告", "motions and suggestions of deputies")
_ANY = Text("议案、建议、提案办理情况的报告", "proposals")


def sessions(cases: Iterable[Case]) -> tuple[str, ...]:
    """Return the sessions that there is something to report on, in order."""
    return tuple(sorted({case.proposal.session for case in cases}))


def compose(
    registry: Registry,
    words: Vocabulary,
    cases: Mapping[str, Case],
    session: Session,
    as_of: date,
    converted: frozenset[str] | None = None,
) -> Report:
    """Return the report on a session as everything stands on `as_of`.

    `converted` are the ids that came of converting other items of the registry, where they are known already.
    """
    everything = cases.values()
    rows = tuple(case for case in everything if case.proposal.session == session.id)
    converted = converted_into(everything) if converted is None else converted
    by = grouped_by(rows, as_of, {name: GROUPINGS[name] for name in TABLES_BY}, registry, words, converted=converted)
    found = {figure.definition.id: figure for figure in figures(rows, as_of, converted=converted)}
    material = Material(found, by, as_of)
    body = registry.settings.body(session.body)
    subject = _subject(registry, rows, session)
    return Report(
        session=session.id,
        title=f"关于{session.title.zh}{subject.zh}",
        issued=long_day(as_of),
        office=body.office.name if body else registry.settings.government_office.name,
        note=registry.settings.demonstration.zh if registry.settings.demonstration else None,
        parts=(*_numbered(_parts(material, body.kind if body else "")), parts.appendix(material)),
        english=_english(material, session, subject),
    )


def title(registry: Registry, cases: Mapping[str, Case], session: Session) -> str:
    """Return the Chinese title of the report on a session."""
    rows = tuple(case for case in cases.values() if case.proposal.session == session.id)
    return f"关于{session.title.zh}{_subject(registry, rows, session).zh}"


def _subject(registry: Registry, rows: Iterable[Case], session: Session) -> Text:
    body = registry.settings.body(session.body)
    kind, kinds = body.kind if body else "", {case.proposal.kind for case in rows}
    return _BOTH if kind == "congress" and "motion" in kinds else _TITLES.get(kind, _ANY)


def _parts(material: Material, body: str) -> Iterable[Part]:
    yield parts.intake(material, body)
    if material.has("assigned"):
        yield parts.handling(material)
    if material.has("answered"):
        yield parts.results(material)
        yield parts.ratings(material)
    if material.counts("fulfilled"):
        yield parts.promises(material)
    if material.counts("disclosed_content") or material.counts("disclosed_reply"):
        yield parts.disclosure(material)
    yield parts.entries(material)


def _numbered(composed: Iterable[Part]) -> Iterable[Part]:
    for numeral, part in zip(NUMERALS, composed, strict=False):
        yield Part(f"{numeral}、{part.heading}", part.blocks)


def _english(material: Material, session: Session, title: Text) -> tuple[Paragraph, ...]:
    found = material.figures
    return (
        paragraph(
            "en",
            found,
            f"Report on the handling of {title.en}, {verbatim(session.title.en)}, as of {material.as_of}.",
            "{submitted.value} submitted; {accepted}; assigned: {assigned.value}.",
        ),
        paragraph("en", found, "{replied}; {on_time}; {on_time_original}; {contacted}; {time_to_reply}."),
        paragraph("en", found, "{resolved}; {asks_answered}; {satisfied_attitude}; {satisfied_result}; {rated}."),
        paragraph("en", found, "{fulfilled}; {disclosed_content}; {disclosed_reply}; {late_entries}."),
    )
