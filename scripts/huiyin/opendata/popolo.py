"""People, organisations and sessions in the terms of Popolo (popoloproject.com/specs). Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from huiyin.export.rows import Scope
from huiyin.model import Agency, Body, Group, Member, Registry, Session

KINDS = ("members", "groups", "agencies", "bodies", "sessions", "categories")
"""The kinds of nouns that have files of their own."""
Data = dict[str, Any]


def nouns(scope: Scope, root: str) -> Mapping[str, list[Data]]:
    """Return every noun by kind, in the order of ids; `root` is the address of the site."""
    registry = scope.registry
    used = {case.proposal.category for case in scope.cases.values()}
    return {
        "members": [_member(registry, member, root) for _, member in sorted(registry.members.items())],
        "groups": [_group(group, root) for _, group in sorted(registry.groups.items())],
        "agencies": [_agency(agency, root) for _, agency in sorted(registry.agencies.items())],
        "bodies": [_body(body) for body in registry.settings.bodies],
        "sessions": [_session(session, root) for _, session in sorted(registry.sessions.items())],
        "categories": [
            {"id": name, "name": title.zh, "name_en": title.en, "url": f"{root}c/{name}/" if name in used else None}
            for name, title in sorted(registry.categories.items())
        ],
    }


def everybody(scope: Scope, root: str) -> Data:
    """Return all of Popolo in one file: persons, organizations, memberships and events."""
    registry, found = scope.registry, nouns(scope, root)
    offices = [
        _organization(office.id, office.name, "office", None) for _, office in sorted(registry.settings.offices.items())
    ]
    memberships = [membership for person in found["members"] for membership in person["memberships"]]
    return {
        "persons": [{key: one for key, one in person.items() if key != "memberships"} for person in found["members"]],
        "organizations": [*found["bodies"], *found["groups"], *found["agencies"], *offices],
        "memberships": memberships,
        "events": [*_terms(registry), *found["sessions"]],
    }


def _member(registry: Registry, member: Member, root: str) -> Data:
    return {
        "id": member.id,
        "name": member.name,
        "summary": member.work,
        "url": f"{root}m/{member.id}/",
        "memberships": list(_memberships(registry, member)),
    }


def _memberships(registry: Registry, member: Member) -> Iterator[Data]:
    """One for each term in the body, and one for each group."""
    body = registry.settings.body(member.body)
    role = "member" if body and body.kind == "conference" else "deputy"
    area = {"name": member.area} if member.area else None
    for term in member.terms or (None,):
        period = f"{member.body}-{term}" if term is not None else None
        yield _membership(member.id, member.body, role, period, area)
    for group in member.groups:
        yield _membership(member.id, group, "member", None, None)


def _membership(person: str, organization: str, role: str, period: str | None, area: Data | None) -> Data:
    return {
        "person_id": person,
        "organization_id": organization,
        "role": role,
        "legislative_period_id": period,
        "area": area,
    }


def _organization(
    identifier: str,
    name: str,
    classification: str,
    url: str | None,
    parent: str | None = None,
    short: str | None = None,
) -> Data:
    return {
        "id": identifier,
        "name": name,
        "classification": classification,
        "parent_id": parent,
        "other_names": [{"name": short, "note": "short"}] if short else [],
        "level": None,
        "url": url,
    }


def _group(group: Group, root: str) -> Data:
    return _organization(group.id, group.name, group.kind, f"{root}g/{group.id}/", group.body)


def _agency(agency: Agency, root: str) -> Data:
    made = _organization(agency.id, agency.name, "agency", f"{root}a/{agency.id}/", agency.parent, agency.short)
    return {**made, "level": agency.level}


def _body(body: Body) -> Data:
    return {**_organization(body.id, body.name.zh, body.kind, None, None, body.short), "level": body.level}


def _session(session: Session, root: str) -> Data:
    term = f"{session.body}-{session.term}" if session.term is not None else None
    return {
        "id": session.id,
        "name": session.title.zh,
        "name_en": session.title.en,
        "classification": "legislative session",
        "organization_id": session.body,
        "parent_id": term,
        "start_date": session.opened.isoformat() if session.opened else None,
        "end_date": session.closed.isoformat() if session.closed else None,
        "url": f"{root}s/{session.id}/",
    }


def _terms(registry: Registry) -> Iterator[Data]:
    """The terms that sessions and members name."""
    named = {(one.body, one.term) for one in registry.sessions.values() if one.term is not None}
    named |= {(one.body, term) for one in registry.members.values() for term in one.terms}
    for body, term in sorted(named):
        yield {
            "id": f"{body}-{term}",
            "name": f"第 {term} 届",
            "name_en": f"Term {term}",
            "classification": "legislative period",
            "organization_id": body,
            "parent_id": None,
            "start_date": None,
            "end_date": None,
            "url": None,
        }
