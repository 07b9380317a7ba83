"""The pages of assessment: everybody by name, each point a link, and made again only when something of it changes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from huiyin.assessment import together
from huiyin.assessment.say import points
from huiyin.cases import cases
from huiyin.figures import by_sound
from huiyin.publish import Page, Site, drafts
from huiyin.publish.page import Draft
from tests.project import ROOT
from tests.publish.conftest import DAY, make


@pytest.fixture(scope="module")
def site() -> Site:
    return make(ROOT / "registry", DAY)


def made(site: Site) -> dict[str, Draft]:
    return {draft.path: draft for draft in drafts(site)}


def page(site: Site, path: str) -> Page:
    return made(site)[path].make()


def test_lists_stand_by_name_and_never_by_points(site: Site) -> None:
    for name in ("agencies", "proposers", "offices"):
        article = page(site, f"assessment/{name}/").article
        names = re.findall(r'<a href="../../assessment/[amgo]-[^"]+">([^<]+)</a>', article)
        assert names == sorted(names, key=by_sound)
        assert len(names) > 1
        assert "不作排名" in article
    assert "件数太少，不评总分" in page(site, "assessment/agencies/").article


def test_each_point_is_a_row_that_leads_to_its_proposal(site: Site) -> None:
    rows = [found["a-water"] for found in site.assessed.values() if "a-water" in found]
    one = together(rows)
    articles = [draft.make().article for path, draft in made(site).items() if path.startswith("assessment/a-water/")]
    links = re.findall(r'href="(?:\.\./)+p/([^/]+)/#([^"]*)"', "".join(articles))
    assert sorted(links) == sorted((counts.proposal, counts.at) for _, counts in one.rows)
    assert sum(article.count("失分") for article in articles) == sum(not counts.earned for _, counts in one.rows)
    assert f"{points(one.tenths or 0)} / {one.of} 分" in articles[0]
    for proposal, at in links[:20]:
        assert f'id="{at}"' in page(site, f"p/{proposal}/").article


def test_the_sentence_that_cost_a_point_stands_beside_it(site: Site) -> None:
    article = page(site, "assessment/m-gu-xiaofan/").article
    assert "<blockquote>两区分别明确建成后的管理单位、开放时间和照明费用。</blockquote>" in article
    assert "每项诉求写明建议由谁办" in article


def test_those_assessed_have_a_link_on_their_own_page(site: Site) -> None:
    for path in ("a/a-water/", "m/m-gu-xiaofan/", "g/g-minmeng/"):
        assert f"assessment/{path.split('/')[1]}/" in page(site, path).article
    bodies = tuple(replace(body, assessment=None) for body in site.registry.settings.bodies)
    nobody = replace(site, registry=replace(site.registry, settings=replace(site.registry.settings, bodies=bodies)))
    assert not any(path.startswith("assessment/") and len(path) > 11 for path in set(made(nobody)) - {
        "assessment/agencies/", "assessment/proposers/", "assessment/offices/"
    })  # fmt: skip
    assert "没有写明考核权重" in page(nobody, "assessment/").article
    assert "assessment/a-water" not in page(nobody, "a/a-water/").article


def test_the_weights_stand_with_what_they_count_and_their_source(site: Site) -> None:
    article = page(site, "assessment/").article
    for weight in site.registry.packs["demo-assessment"].assessment:
        assert weight.title.zh in article
    assert article.count("望澜市建议提案办理工作考核办法（虚构，仅供演示）") == 19
    assert "件数太少" in page(site, "assessment/agencies/").article


def test_weights_that_nothing_is_counted_for_are_named(site: Site) -> None:
    pack = site.registry.packs["demo-assessment"]
    apart = replace(pack.assessment[0], of=None, measure=None, clocks=())
    packs = {**site.registry.packs, pack.id: replace(pack, assessment=(apart, *pack.assessment[1:]))}
    assert "登记册里没有可以数的" not in page(site, "assessment/").article
    article = page(replace(site, registry=replace(site.registry, packs=packs)), "assessment/").article
    said = article.partition("登记册里没有可以数的")[2]
    assert apart.title.zh in said
    assert article.count(apart.title.zh) == 1


def test_only_the_pages_of_those_concerned_are_made_again(site: Site) -> None:
    before = made(site)
    name = "2025-1k8bm"
    proposal = site.registry.proposals[name]
    reply = next(event for event in proposal.events if event.type == "replied")
    later = replace(reply, on=date(2026, 11, 19))
    events = tuple(later if event is reply else event for event in proposal.events)
    changed = replace(site.registry, proposals={**site.registry.proposals, name: replace(proposal, events=events)})
    after = made(replace(site, registry=changed, cases=cases(changed, DAY)))
    differ = {
        path
        for path, draft in after.items()
        if path.startswith("assessment/") and (draft.also != before[path].also or name in (draft.shows or ()))
    }
    assert f"assessment/{reply.by}/" in differ
    assert "assessment/a-dongwan/" not in differ
    assert "assessment/m-tang-xiuzhi/" not in differ


def test_the_rubric_is_published(site: Site) -> None:
    article = page(site, "quality/").article
    for words in ("事实", "比较", "路径", "每条依据都有出处", "不是门槛"):
        assert words in article
