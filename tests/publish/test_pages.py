"""Pages are pure functions of the registry and the day, and nothing that a record holds becomes markup."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from huiyin.publish import Page, Site, drafts, pages, records
from huiyin.publish.paging import first_day
from huiyin.publish.records import latest
from huiyin.similar import linked
from tests.built import ROOT
from tests.publish.conftest import DAY, make
from tests.publish.hostile import hostile_registry


def by_path(site: Site) -> dict[str, Page]:
    return {page.path: page for page in pages(site)}


def test_every_page_has_an_address_of_its_own_a_title_and_a_description(demonstration: Site) -> None:
    made = list(pages(demonstration))
    assert len({page.path.lower() for page in made}) == len(made)
    for page in made:
        assert page.path == "" or page.path.endswith("/")
        assert page.title.strip()
        assert page.description.strip()
        assert len(page.description) <= 200


def test_a_later_reply_does_not_hide_the_one_that_is_known_on_the_day() -> None:
    case = make(ROOT / "registry", date(2026, 7, 15)).cases["2026-x8h4r"]
    reply = latest(case, "replied")
    assert reply is not None
    assert reply.on == date(2026, 5, 14)


def test_asks_of_merged_proposals_stand_side_by_side(demonstration: Site) -> None:
    group = ("2025-h3v7n", "2025-w8q4d", "2025-r5t9x")
    made = by_path(demonstration)
    for name in group:
        _, _, below = made[f"p/{name}/"].article.partition('<h2 id="merged-asks">')
        table, _, _ = below.partition("</table>")
        for other in group:
            assert (f'href="../../p/{other}/"' in table) == (other != name)
            assert all(escape(ask.text) in table for ask in demonstration.cases[other].proposal.asks)
    assert "merged-asks" not in made["p/2026-t6y1g/"].article


def test_a_merger_of_a_later_day_is_not_compared_yet() -> None:
    made = by_path(make(ROOT / "registry", date(2025, 1, 20)))
    assert all("merged-asks" not in page.article for page in made.values())


def test_each_record_has_a_page(demonstration: Site) -> None:
    made = by_path(demonstration)
    registry = demonstration.registry
    for letter, ids in (
        ("p", registry.proposals),
        ("a", registry.agencies),
        ("m", registry.members),
        ("g", registry.groups),
    ):
        assert {f"{letter}/{identifier}/" for identifier in ids} <= set(made)


def test_the_same_registry_on_the_same_day_gives_the_same_bytes() -> None:
    assert list(pages(make(ROOT / "registry"))) == list(pages(make(ROOT / "registry")))


def test_the_next_day_nothing_was_committed_and_the_page_says_overdue() -> None:
    due = date(2026, 11, 30)
    on_the_day = by_path(make(ROOT / "registry", due))["p/2026-k7f2q/"].article
    the_day_after = by_path(make(ROOT / "registry", due + timedelta(days=1)))["p/2026-k7f2q/"].article
    assert "今天到期" in on_the_day
    assert "逾期 1 天" in the_day_after


def test_an_earlier_day_knows_nothing_of_later_events() -> None:
    early = by_path(make(ROOT / "registry", date(2026, 8, 20)))
    article = early["p/2026-k7f2q/"].article
    assert "已受理" in article
    assert "2026-08-28" not in article
    assert "p/2026-b4z8p/" not in early or "交办" not in early["p/2026-b4z8p/"].description


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes.extend(attrs)


def test_a_day_that_is_not_known_yet_is_not_the_first_day() -> None:
    case = make(ROOT / "registry", date(2026, 7, 15)).cases["2026-x8h4r"]
    assert first_day(case) == f"{case.events[0].on}"
    undated = tuple(replace(event, on=None) for event in case.events)
    assert first_day(case._replace(standing=case.standing._replace(events=undated))) == "0000"


def test_script_and_markup_in_every_text_field_are_inert(tmp_path: Path) -> None:
    folder = tmp_path / "registry"
    assert hostile_registry(folder) > 1000
    for page in pages(make(folder)):
        tags = _Tags()
        tags.feed(page.article)
        assert not tags.seen & {"script", "img", "iframe", "style", "object"}, page.path
        assert not [name for name, _ in tags.attributes if name.startswith("on")], page.path
        links = [value or "" for name, value in tags.attributes if name == "href"]
        assert not [link for link in links if link.lower().startswith("javascript")], page.path
        assert "49" not in page.title


def test_a_proposal_page_without_its_text_stays_small(demonstration: Site) -> None:
    sizes = {p.path: len(p.article.encode()) for p in pages(demonstration) if p.path.startswith("p/")}
    assert max(sizes.values()) < 60_000, sizes


def test_pages_of_the_demonstration_speak_for_the_day_that_is_pinned(demonstration: Site) -> None:
    assert demonstration.registry.settings.as_of == DAY


def test_a_page_shows_what_may_be_the_same_thing_and_why_but_not_what_is_linked(demonstration: Site) -> None:
    page = by_path(demonstration)["p/2026-b4z8p/"]
    section = page.article.split("可能是同一件事")[1].split("</section>")[0]
    assert "p/2026-5b2mk/" in section
    assert "同一单位：市住建局" in section
    for one, near in demonstration.similar.items():
        assert not any(linked(demonstration.cases[one].proposal, other.proposal) for other in near)


def test_a_registry_too_large_to_compare_says_where_to_look_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "COMPARED", 1)
    made = make(ROOT / "registry")
    [draft] = [draft for draft in drafts(made) if draft.path == "p/2026-k7f2q/"]
    article = draft.make().article
    assert "网页上不逐件比较" in article
    assert 'href="../../browse/?f.category=transport&amp;sort=date"' in article
    assert "huiyin similar 2026-k7f2q" in article


def test_home_shows_key_topics_in_hand_and_where_none_is_those_closed_last() -> None:
    in_hand = by_path(make(ROOT / "registry", date(2026, 9, 1)))[""].article
    closed = by_path(make(ROOT / "registry"))[""].article
    for article, state in ((in_hand, "还有"), (closed, "办结")):
        topics = article.partition('id="topics"')[2]
        assert "桃溪路下穿通道反复积水" in topics
        assert state in topics
