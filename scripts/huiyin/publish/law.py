"""Pages about the rules themselves: checks with failing examples, rule packs with sources, tables of exports."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.export.rows import JOINED
from huiyin.export.tables import TABLES
from huiyin.findings import RULES
from huiyin.publish.page import Page, Site

ORDER = {"national": -2, "cppcc": -1, "elsewhere": 1, "practice": 2}
"""Where a place stands on the coverage page; all others between them, by id."""


def rules(site: Site) -> Iterator[Page]:
    """Yield the list of checks and a page for each."""
    article = site.render("rules.html", "rules/", rules=RULES.values())
    yield Page("rules/", "检查规则", "登记册文件会检查什么，每条规则附一个出错的例子。", article)
    for identifier, rule in RULES.items():
        path = f"rules/{identifier}/"
        article = site.render("rule.html", path, rule=rule, example=site.examples.get(identifier))
        yield Page(path, rule.title.zh, rule.explanation.zh, article)


def packs(site: Site) -> Iterator[Page]:
    """Yield the list of rule packs and a page for each that can be in force."""
    usable = [pack for _, pack in sorted(site.registry.packs.items()) if not pack.abstract]
    usable.sort(key=lambda pack: (pack.jurisdiction != "全国", pack.jurisdiction is None))  # national ones first
    article = site.render("packs.html", "packs/", packs=usable)
    yield Page("packs/", "办理规则", "每种建议、提案按什么规则办理，期限出自哪一条。", article)
    for pack in usable:
        path = f"packs/{pack.id}/"
        covered = [place for place in site.coverage if any(row.pack == pack.id for row in place.rows)]
        article = site.render("pack.html", path, pack=pack, covered=covered, checks=RULES)
        yield Page(path, pack.title.zh, f"{pack.title.zh}：状态、节点、期限和出处。", article)


def coverage(site: Site) -> Page:
    """Return the page that says of every rule that was read what carries it out, or why nothing does."""
    places = sorted(site.coverage, key=lambda place: ORDER.get(place.id, 0))
    article = site.render("coverage.html", "coverage/", coverage=places, packs=site.registry.packs, checks=RULES)
    return Page("coverage/", "规则覆盖", "读到的每一条办理规定由哪个规则包执行，或者为什么不能执行。", article)


def tables(site: Site) -> Page:
    """Return the page that says what each column of an export means; its source is the export itself."""
    article = site.render("tables.html", "tables/", tables=TABLES, joined=JOINED)
    return Page("tables/", "导出的表格", "导出的每张表、每一栏的含义和类型。", article)
