"""The page of what keeps coming back and is no topic yet: the same rows as the verb tells, with what they rest on."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from huiyin.publish import Page, Site, page
from huiyin.publish.gathered import candidates, topics
from huiyin.topics import Watch, Why, near, no_topic_yet, repeated, standings
from tests.publish.conftest import demonstration as demonstration


def text(one: Page) -> str:
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", one.article).split()))


@pytest.fixture(scope="module")
def shown(demonstration: Site) -> Page:
    (draft,) = candidates(demonstration)
    return draft.make()


def test_it_lists_what_the_verb_lists_in_its_order(demonstration: Site, shown: Page) -> None:
    watch = Watch.over(demonstration.registry, demonstration.as_of)
    rows = no_topic_yet(
        repeated(demonstration.cases, watch, near(demonstration.cases)),
        standings(demonstration.registry, demonstration.cases, watch),
    )
    wanted = [row.newest.proposal.id for row in rows]
    assert wanted == [row.newest.proposal.id for row in demonstration.returning]
    assert re.findall(r'<h2><a href="../../p/([^/]+)/"', shown.article) == wanted
    assert len(wanted) >= 5


def test_it_says_what_each_rests_on(shown: Page) -> None:
    told = text(shown)
    assert "共 6 组，其中答复已解决又出现的 1 组" in told
    assert "建议、提案 1 件，会议 1 次，答复已解决又出现 1 次" in told
    assert "全部区域同类诉求2026年6月、2026年7月有 100、104 件" in told
    assert "建议、提案 2 件，会议 2 次，答复已解决又出现 0 次" in told
    assert "写明的前案" in told
    assert "文字相近，待核对" in told


def test_a_topic_takes_its_proposals_off_the_list(demonstration: Site) -> None:
    topic = demonstration.registry.topics["t-taoxi-underpass"]
    without = replace(demonstration, registry=replace(demonstration.registry, topics={}))
    (again,) = (row for row in without.returning if row.proposals == topic.proposals)
    assert again.sessions == 3
    told = text(next(iter(candidates(without))).make())
    assert "共 7 组，其中答复已解决又出现的 2 组" in told
    assert "建议、提案 3 件，会议 3 次，答复已解决又出现 3 次" in told
    assert "2021-05-18" in told
    assert "2023-01-09" in told


def test_the_list_of_topics_leads_there_with_their_number(demonstration: Site) -> None:
    first = next(iter(topics(demonstration))).make()
    assert 'href="../topics/candidates/"' in first.article
    assert "还没有设立议题的 6" in text(first)


def test_long_lists_are_continued(demonstration: Site) -> None:
    many = replace(demonstration)
    many.__dict__["returning"] = demonstration.returning * 4
    first, *rest = candidates(many)
    assert [draft.path for draft in rest] == ["topics/candidates/2/", "topics/candidates/3/"]
    assert first.make().links == (("next", "topics/candidates/2/"),)
    assert len(first.make().article.encode()) < 60_000


def test_where_there_are_too_many_to_compare_only_what_is_said_counts(
    demonstration: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "COMPARED", 10)
    large = replace(demonstration)
    told = text(next(iter(candidates(large))).make())
    assert "这里没有比对文字" in told
    assert "文字相近，待核对" not in told
    assert "写明的前案" in told
    assert {why for row in large.returning for _, why in row.earlier} == {Why.NAMED}
