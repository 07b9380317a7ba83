"""Pages about the rules themselves: checks with failing examples, rule packs with sources, tables of exports."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from huiyin.coverage import Coverage, Row
from huiyin.export.rows import JOINED
from huiyin.export.tables import TABLES
from huiyin.findings import RULES, Rule
from huiyin.publish.page import Draft, Page, Site
from huiyin.publish.paging import Part, parts
from huiyin.rules import Pack

ORDER = {"national": -2, "cppcc": -1, "elsewhere": 1, "practice": 2}
"""Where a place stands on the coverage page; all others between them, by id."""


def law(site: Site) -> Iterator[Draft]:
    """Yield the list of checks and a page for each, the same of rule packs, the coverage, and the tables."""
    yield Draft("rules/", partial(_rules, site))
    for rule in RULES.values():
        yield Draft(f"rules/{rule.id}/", partial(_rule, site, rule), kind="rule")
    usable = [pack for _, pack in sorted(site.registry.packs.items()) if not pack.abstract]
    usable.sort(key=lambda pack: (pack.jurisdiction != "全国", pack.jurisdiction is None))  # national ones first
    yield Draft("packs/", partial(_packs, site, usable))
    for pack in usable:
        yield Draft(f"packs/{pack.id}/", partial(_pack, site, pack), kind="pack")
    places = sorted(site.coverage, key=lambda place: ORDER.get(place.id, 0))
    yield Draft("coverage/", partial(_coverage, site, places))
    for place in places:
        for part in parts(f"coverage/{place.id}/", place.rows):
            yield Draft(part.path, partial(_covered, site, place, part), kind="pack")
    yield Draft("tables/", partial(_tables, site))


def _rules(site: Site) -> Page:
    article = site.render("rules.html", "rules/", rules=RULES.values())
    return Page("rules/", "检查规则", "登记册文件会检查什么，每条规则附一个出错的例子。", article)


def _rule(site: Site, rule: Rule) -> Page:
    path = f"rules/{rule.id}/"
    article = site.render("rule.html", path, rule=rule, example=site.examples.get(rule.id))
    return Page(path, rule.title.zh, rule.explanation.zh, article, (("检查规则", "rules/"), (rule.id, None)))


def _packs(site: Site, usable: list[Pack]) -> Page:
    article = site.render("packs.html", "packs/", packs=usable)
    return Page("packs/", "办理规则", "每种建议、提案按什么规则办理，期限出自哪一条。", article)


def _pack(site: Site, pack: Pack) -> Page:
    path = f"packs/{pack.id}/"
    covered = [place for place in site.coverage if any(row.pack == pack.id for row in place.rows)]
    article = site.render("pack.html", path, pack=pack, covered=covered, checks=RULES)
    crumbs = (("办理规则", "packs/"), (pack.id, None))
    return Page(path, pack.title.zh, f"{pack.title.zh}：状态、节点、期限和出处。", article, crumbs)


def _coverage(site: Site, places: list[Coverage]) -> Page:
    """Return the page that counts the rules that were read, by place, and says why some are not carried out."""
    article = site.render("coverage.html", "coverage/", coverage=places)
    return Page("coverage/", "规则覆盖", "读到的每一条办理规定由哪个规则包执行，或者为什么不能执行。", article)


def _covered(site: Site, place: Coverage, part: Part[Row]) -> Page:
    """Return a page that says of every rule of a place what carries it out, or why nothing does."""
    base, title = f"coverage/{place.id}/", f"规则覆盖：{place.title.zh}"
    article = site.render(
        "coverage_of.html", part.path, place=place, part=part, base=base, packs=site.registry.packs, checks=RULES
    )
    description = f"{place.title.zh}的办理规定由哪个规则包执行，或者为什么不能执行。"
    crumbs = (("规则覆盖", "coverage/"), (place.title.zh, None))
    return Page(part.path, title, description, article, crumbs, part.links(base))


def _tables(site: Site) -> Page:
    """Return the page that says what each column of an export means; its source is the export itself."""
    article = site.render("tables.html", "tables/", tables=TABLES, joined=JOINED)
    return Page("tables/", "导出的表格", "导出的每张表、每一栏的含义和类型。", article)
