"""Pages of assessment: the weights, everybody by name, and for each actor what earned and cost every point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from huiyin.assessment import BY_ID, Assessment, Counts, Tally, by_actor, together
from huiyin.assessment.say import NOTE, criterion, points, total
from huiyin.figures import MINIMUM, by_sound
from huiyin.findings import Text
from huiyin.publish.page import Draft, Page, Site
from huiyin.publish.paging import PAGED, Part, parts
from huiyin.rubric import RUBRIC
from huiyin.rules import DUTIES, Pack

BASE = ("考核", "assessment/")
LISTS = {
    "agencies": ("承办单位", DUTIES[:1]),
    "proposers": ("提出人", DUTIES[1:2]),
    "offices": ("办事机构", DUTIES[2:]),
}
"""The lists of those assessed: their address, title, and whose duties."""
Row = tuple[Tally, Counts]


def assessed(site: Site) -> Iterator[Draft]:
    """Yield the page of the weights, the lists, the pages of everybody who is assessed, and the rubric of quality."""
    yield Draft("quality/", partial(_quality, site))
    weights = _weights(site)
    everybody = {actor: together(rows) for actor, rows in by_actor(site.assessed).items()}
    numbers = {name: sum(one.duty in duties for one in everybody.values()) for name, (_, duties) in LISTS.items()}
    yield Draft(BASE[1], partial(_entrance, site, weights, numbers), also=repr(numbers))
    for name in LISTS:
        yield from _list(site, name, everybody)
    for actor, rows in by_actor(site.assessed).items():
        yield from _actor(site, everybody[actor], rows)


def _weights(site: Site) -> list[Pack]:
    """The packs whose weights are in use, each once."""
    packs = {
        pack.id: pack for session in site.registry.sessions.values() if (pack := site.registry.weights_of(session))
    }
    return [pack for _, pack in sorted(packs.items())]


def _entrance(site: Site, weights: list[Pack], numbers: dict[str, int]) -> Page:
    clocks = {clock.id: clock.title.zh for case in site.cases.values() for clock in case.pack.clocks.values()}
    article = site.render(
        "assessment.html", BASE[1], weights=weights, numbers=numbers, lists=LISTS, measures=BY_ID, duties=DUTIES,
        few=MINIMUM, note=NOTE, clocks=clocks,
    )  # fmt: skip
    return Page(BASE[1], BASE[0], "承办单位、提出人和办事机构各按什么考核，每一分从哪里来。", article)


def _list(site: Site, name: str, everybody: dict[str, Assessment]) -> Iterator[Draft]:
    """Everybody with a kind of duty, by name."""
    title, duties = LISTS[name]
    own = [one for one in everybody.values() if one.duty in duties]
    own.sort(key=lambda one: (by_sound(site.registry.name_of(one.actor)), one.actor))
    for part in parts(f"{BASE[1]}{name}/", own):
        rows = [(one.actor, total(one)) for one in part.rows]
        make = partial(_names, site, name, part, len(own))
        also = repr((title, part.number, part.of, len(own), rows))
        yield Draft(part.path, make, also=also, kind="assessment", indexed=False)


def _names(site: Site, name: str, part: Part[Assessment], number: int) -> Page:
    base, title = f"{BASE[1]}{name}/", LISTS[name][0]
    article = site.render(
        "assessment_names.html", part.path, title=title, rows=part.rows, total=total, number=number, note=NOTE,
        page_number=part.number, page_count=part.of, base=base,
    )  # fmt: skip
    about = f"{title}的考核，按名称排列，不作排名。"
    return Page(part.path, f"考核：{title}", about, article, (BASE, (title, None)), part.links(base))


def _actor(site: Site, one: Assessment, sessions: Sequence[Assessment]) -> Iterator[Draft]:
    """What earned and cost the points of one actor, what cost them first, on as many pages as it takes."""
    base = f"{BASE[1]}{one.actor}/"
    rows = sorted(one.rows, key=lambda row: row[1].earned)
    made = partial(_of_actor, site, one, len(rows))
    by_session = [(row.sessions[0], total(row)) for row in sessions]
    numbers = [(tally.weight.id, tally.earned, tally.counted) for tally in one.tallies]
    for part in parts(base, rows, PAGED):
        shows = tuple(sorted({counts.proposal for _, counts in part.rows}))
        also = repr((part.number, part.of, numbers, by_session, [(t.weight.id, c.at) for t, c in part.rows]))
        yield Draft(part.path, partial(made, part, by_session), shows, also, kind="assessment", indexed=False)


def _of_actor(site: Site, one: Assessment, number: int, part: Part[Row], by_session: list[tuple[str, Text]]) -> Page:
    base, name = f"{BASE[1]}{one.actor}/", site.registry.name_of(one.actor)
    article = site.render(
        "assessment_of.html", part.path, one=one, name=name, rows=part.rows, number=number, by_session=by_session,
        total=total, criterion=criterion, points=points, measures=BY_ID, note=NOTE, page_number=part.number,
        page_count=part.of, base=base,
    )  # fmt: skip
    list_of = next(name for name, (_, duties) in LISTS.items() if one.duty in duties)
    crumbs = (BASE, (LISTS[list_of][0], f"{BASE[1]}{list_of}/"), (name, None))
    return Page(part.path, f"考核：{name}", f"{name}的考核：每一分从哪一件来。", article, crumbs, part.links(base))


def _quality(site: Site) -> Page:
    article = site.render("quality.html", "quality/", rubric=RUBRIC)
    about = "建议、提案写得怎样，按事实、比较、路径五分看，失分指到句子。"
    return Page("quality/", "写得怎样：评分标准", about, article)
