"""Pages of what members might look into: one for each member."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from huiyin.follow import own
from huiyin.knowledge import push
from huiyin.knowledge.push import Suggestion, suggestions
from huiyin.model import Member
from huiyin.publish.page import Draft, Page, Site


def suggested(site: Site) -> Iterator[Draft]:
    """Yield the page of each member, where anything was released that it could be made from."""
    ground = site.scope.ground
    if not ground.trends:
        return
    for _, member in sorted(site.registry.members.items()):
        found = suggestions(member, ground)
        shown = tuple(dict.fromkeys(name for one in found for name in one.earlier))
        make = partial(_page, site, member, found)
        yield Draft(path_of(member), make, shown, repr(found), kind="list", indexed=False)


def path_of(member: Member) -> str:
    """Return the path of a member's page."""
    return f"m/{member.id}/suggested/"


def _page(site: Site, member: Member, found: tuple[Suggestion, ...]) -> Page:
    path, registry = path_of(member), site.registry
    topics = [topic for topic in registry.topics.values() if topic.opened <= site.as_of]
    studies = [one for one in registry.research.values() if one.opened <= site.as_of]
    known = [
        (
            one,
            [site.cases[name] for name in one.earlier],
            [topic for topic in topics if topic.category == one.trend.category],
            [study for study in studies if study.category == one.trend.category],
        )
        for one in found
    ]
    article = site.render(
        "suggested.html", path, member=member, known=known, said=push.said, reasons_of=push.REASONS,
        window=push.WINDOW, more=push.MORE, top=push.TOP, following=own(site.scope, path),
    )  # fmt: skip
    about = f"{member.name}所在区域或提过的领域里上升的、多的诉求，和以前提过的建议、提案。"
    crumbs = (("查询", "browse/#members"), (member.name, f"m/{member.id}/"), ("可以调研什么", None))
    return Page(path, f"{member.name}：可以调研什么", about, article, crumbs)
