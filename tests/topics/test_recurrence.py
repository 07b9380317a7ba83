"""What comes back: asked again, or found again, after a reply that called it resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from huiyin.cases import Case, cases
from huiyin.load import Law, load_registry
from huiyin.model import Registry
from huiyin.topics import Watch, Why, near, repeated, returns, stand
from huiyin.wording.topics import came_back, stands
from tests.project import ROOT

DAY = date(2026, 11, 20)
QUIET = Watch((), DAY)
POND = ("2021-1a7kd", "2023-1b5qs", "2025-1d6rw")


@pytest.fixture(scope="module")
def registry(law: Law) -> Registry:
    found = load_registry(ROOT / "registry", law, ROOT).registry
    assert found
    return found


@pytest.fixture(scope="module")
def known(registry: Registry) -> Mapping[str, Case]:
    return cases(registry, DAY)


def test_what_a_reply_called_resolved_and_came_back_stands_first(known: Mapping[str, Case]) -> None:
    first, *rest = repeated(known, QUIET, near(known))
    assert first.proposals == POND
    assert [(one.claimed.proposal.id, one.again and one.again.proposal.id, str(one.on)) for one in first.returns] == [
        ("2021-1a7kd", None, "2022-07-20"),
        ("2021-1a7kd", "2023-1b5qs", "2023-01-09"),
        ("2021-1a7kd", "2025-1d6rw", "2025-01-13"),
    ]
    assert [why for _, why in first.earlier] == [Why.NAMED, Why.NAMED]
    assert not any(row.returns for row in rest)
    assert came_back(first.returns[1]).en == (
        "2021-1a7kd called resolved on 2021-05-18, asked again on 2023-01-09 by 2023-1b5qs"
    )
    assert came_back(first.returns[0]).zh == "2021-1a7kd 2021年5月18日答复已解决，2022年7月20日回头看又出现"


def test_each_proposal_stands_once_and_earlier_ones_are_of_another_session(known: Mapping[str, Case]) -> None:
    rows = repeated(known, QUIET, near(known))
    listed = [name for row in rows for name in row.proposals]
    assert len(listed) == len(set(listed))
    assert all(
        row.returns or {case.proposal.session for case, _ in row.earlier} != {row.newest.proposal.session}
        for row in rows
    )


@pytest.mark.parametrize(
    ("day", "count"), [(date(2021, 5, 17), 0), (date(2022, 7, 19), 0), (date(2022, 7, 20), 1), (date(2023, 1, 9), 2)]
)
def test_a_day_knows_nothing_later(registry: Registry, day: date, count: int) -> None:
    then = cases(registry, day)
    assert len(returns(((then[name], Why.NAMED) for name in POND if name in then), Watch((), day))) == count


def test_alike_texts_are_marked_as_to_be_looked_at(known: Mapping[str, Case]) -> None:
    group: list[tuple[Case, Why]] = [(known[POND[0]], Why.ALIKE), (known[POND[1]], Why.NAMED)]
    assert came_back(returns(group, QUIET)[1]).zh.endswith("（文字相近，待核对）")


def test_merged_and_earlier_ones_in_one_session_do_not_count(known: Mapping[str, Case]) -> None:
    for row in repeated(known, QUIET, near(known)):
        for case, _ in row.earlier:
            joined = {name for event in case.events for name in (event.joins, *event.joined_by)}
            assert row.newest.proposal.id not in joined


def test_a_topic_gathers_proposals_returns_and_commitments(registry: Registry, known: Mapping[str, Case]) -> None:
    one = stand(registry.topics["t-taoxi-underpass"], known, QUIET)
    assert one
    assert tuple(case.proposal.id for case in one.cases) == POND
    assert (len(one.returns), len(one.promises), one.closed, one.days) == (3, 9, date(2026, 9, 17), 13)
    assert stands(one, registry).en.startswith("市水务局 leads, due 2026-09-30, closed on 2026-09-17; 3 proposals")


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2025, 3, 5), None),
        (date(2026, 9, 16), "还有 14 天"),
        (date(2026, 9, 17), "2026年9月17日办结"),
        (date(2026, 10, 5), "2026年9月17日办结"),
    ],
)
def test_a_topic_on_a_day(registry: Registry, day: date, state: str | None) -> None:
    topic = registry.topics["t-taoxi-underpass"]
    one = stand(topic, cases(registry, day), Watch((), day))
    assert (state in stands(one, registry).zh) if one and state else one is None
    if one:
        assert all(change.on <= day for change in one.changes)


def test_a_topic_past_its_limit_is_overdue(registry: Registry, known: Mapping[str, Case]) -> None:
    topic = replace(registry.topics["t-taoxi-underpass"], closed=None, result=None)
    one = stand(topic, known, Watch((), date(2026, 10, 5)))
    assert one
    assert one.overdue
    assert "超期 5 天" in stands(one, registry).zh
