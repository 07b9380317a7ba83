"""Whether the registry can be trusted: what the audit found, and who recorded which event."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from huiyin.audit import Recorded
from huiyin.audit.result import LEVELS, Mark
from huiyin.findings import RULES
from huiyin.model import Event
from huiyin.publish.page import Draft, Page, Site

_TITLE = "这份登记册可信吗"


@dataclass(frozen=True)
class Landed:
    """How an event came into the registry, in words, with the address of its request where it has one."""

    words: str
    commit: str
    request: str | None
    address: str | None
    """Where the commit can be looked at on the git host."""


def page(site: Site) -> Draft:
    """Return the page that shows what was audited, as it is to be made."""
    shown = replace(site.audit, recorded={}) if site.audit else None
    return Draft("trust/", partial(_trust, site), also=f"{shown!r} {site.revision}")


def _trust(site: Site) -> Page:
    """Return the page that shows what was audited, from which commit to which, and which level holds."""
    audit = site.audit
    reached = LEVELS.index(audit.level) if audit and audit.level else -1
    marked: dict[str, list[Mark]] = {}  # a step may be a migration and a change of rules at once
    for mark in audit.marks if audit else ():
        marked.setdefault(mark.commit, []).append(mark)
    article = site.render(
        "trust.html",
        "trust/",
        audit=audit,
        marked=list(marked.values()),
        levels=[(level, n <= reached) for n, level in enumerate(LEVELS)],
        titles={identifier: rule.title for identifier, rule in RULES.items()},
    )
    return Page("trust/", _TITLE, "审计了多少步、有没有违规、哪一级成立、网站由哪一次提交生成，怎样自己核对。", article)


def landed(site: Site, proposal: str, event: Event) -> Landed | None:
    """Return how an event was recorded; None where no audit tells, as for what landed before it began."""
    how = site.audit.recorded.get(proposal, {}).get(event.id) if site.audit else None
    if how is None:
        return None
    request = how.request if how.request and how.request.startswith(("https://", "http://")) else None
    repository = site.registry.settings.repository
    address = f"{repository.rstrip('/')}/commit/{how.commit}" if repository else None
    return Landed(_words(event, how), how.commit[:8], request, address)


def _words(event: Event, how: Recorded) -> str:
    days = _days_after(event, how)
    after = f"，事后 {days} 天" if days else ""
    approved = f"，{'、'.join(how.approved)} 批准" if how.approved else ""
    return f"{how.actor} 登记于 {how.day}{after}{approved}"


def _days_after(event: Event, how: Recorded) -> int:
    """Calendar days from what happened to the day of landing."""
    return max(0, (date.fromisoformat(how.day) - event.on).days) if event.on else 0
