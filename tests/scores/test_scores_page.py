"""Public scores on the page of a proposal: by channel, from ten people on, voided batches as voided."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from huiyin.cases import cases
from huiyin.model import Batch
from huiyin.publish import Site, drafts
from huiyin.publish.page import Draft
from tests.project import ROOT
from tests.publish.conftest import DAY, make

SCORED = "2025-1d6rw"


def draft(site: Site, identifier: str = SCORED) -> Draft:
    return next(one for one in drafts(site) if one.path == f"p/{identifier}/")


def section(site: Site) -> str:
    article = draft(site).make().article
    return article[article.index('id="scores"') : article.index('id="text"')]


def with_batches(site: Site, *batches: Batch) -> Site:
    name = f"{SCORED}-site"
    changed = replace(site.registry.scores[name], batches=batches)
    registry = replace(site.registry, scores={**site.registry.scores, name: changed})
    return replace(site, registry=registry, cases=cases(registry, site.as_of))


def test_each_channel_has_its_own_histogram_and_none_is_joined() -> None:
    told = section(make(ROOT / "registry"))
    assert "不代表全体市民" in told
    assert [re.findall(r'<td class="hy-figure">(\d+)</td>', part) for part in told.split("<section")[1:]] == [
        ["3", "2", "8", "21", "40"],
        ["0", "1", "2", "9", "14"],
    ]
    assert "100 人" not in told  # 74 and 26 are not added up
    assert told.count("<rect") == 10


def test_a_voided_batch_is_shown_as_voided_with_its_reason_and_does_not_count() -> None:
    told = section(make(ROOT / "registry"))
    assert "作废" in told
    assert "393 人，市人大常委会代表工委2026年9月18日作废：9月12日凌晨两小时内" in told
    assert "391" not in told
    assert "467" not in told


def test_evaluations_and_look_backs_stand_beside_them() -> None:
    told = section(make(ROOT / "registry"))
    beside = told[told.index('id="other-views"') :]
    assert "第三方评估" in beside
    assert "回头看" in beside
    site = make(ROOT / "registry")
    for event in re.findall(r'href="#(e\d+)"', beside):
        assert any(one.id == event for one in site.cases[SCORED].events)


def test_few_are_not_shown_and_what_is_all_voided_has_no_bars() -> None:
    site = make(ROOT / "registry")
    first = site.registry.scores[f"{SCORED}-site"].batches[0]
    told = section(with_batches(site, replace(first, counts=(0, 0, 0, 4, 5))))
    assert "不足 10 人，不显示" in told
    assert told.count("<rect") == 5
    voided = site.registry.scores[f"{SCORED}-site"].batches[1]
    assert "没有有效的评分" in section(with_batches(site, voided))


def test_before_the_first_batch_ended_the_page_says_nothing_of_scores() -> None:
    page = draft(make(ROOT / "registry", date(2026, 7, 20))).make()
    assert 'id="scores"' not in page.article


def test_a_page_is_made_again_when_its_scores_change_and_others_are_not() -> None:
    site = make(ROOT / "registry", DAY)
    first = site.registry.scores[f"{SCORED}-site"].batches[0]
    changed = with_batches(site, replace(first, counts=(3, 2, 8, 21, 41)))
    assert draft(site).also != draft(changed).also
    assert draft(site, "2026-k7f2q").also == draft(changed, "2026-k7f2q").also
