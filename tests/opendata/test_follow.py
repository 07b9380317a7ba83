"""Feeds and calendars are valid to other parsers, and a change is an update of what was there, not a second one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import feedparser
import icalendar
import pytest
import vobject
from lxml import etree

from huiyin.cases import cases
from huiyin.clocks import ClockState
from huiyin.export.rows import Scope
from huiyin.follow import alternates, follow, links
from huiyin.follow.feeds import MOST
from huiyin.follow.ics import Due, calendar
from huiyin.model import Event
from huiyin.opendata import assets
from tests.opendata.conftest import ADDRESS
from tests.opendata.hidden import SECRET

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def followed(scope: Scope) -> Mapping[str, bytes]:
    return {asset.path: asset.make() for asset in follow(scope, ADDRESS)}


def events_of(content: bytes) -> dict[str, Any]:
    return {str(one["UID"]): one for one in icalendar.Calendar.from_ical(content).walk("VEVENT")}


def test_feeds_are_as_the_standard_asks(followed: Mapping[str, bytes]) -> None:
    """RFC 4287, 4.1: what a feed and an entry must have, once each, and names that no two share."""
    moment = re.compile(r"\d{4}-\d\d-\d\dT00:00:00\+08:00")
    names = {}
    for path, content in followed.items():
        if not path.endswith(".atom"):
            continue
        root = etree.fromstring(content)
        own = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
        assert own["self"] == ADDRESS + path
        names.setdefault(root.findtext(f"{ATOM}id"), []).append(path)
        seen = []
        for entry in root.findall(f"{ATOM}entry"):
            for name in ("id", "title", "updated", "published", "content", "author"):
                assert len(entry.findall(ATOM + name)) == 1, (path, name)
            assert moment.fullmatch(entry.findtext(f"{ATOM}updated") or "")
            assert entry.findtext(f"{ATOM}author/{ATOM}name")
            seen.append(entry.findtext(f"{ATOM}id"))
        assert len(set(seen)) == len(seen) <= MOST, path
        assert moment.fullmatch(root.findtext(f"{ATOM}updated") or "")
    assert all(len(paths) == 1 for paths in names.values())


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_second_reader_understands_the_feeds(followed: Mapping[str, bytes], scope: Scope) -> None:
    for path, content in followed.items():
        if path.endswith(".atom"):
            read = feedparser.parse(content)
            assert not read.bozo, (path, read.get("bozo_exception"))
            assert read.version == "atom10"
            days = [entry.updated for entry in read.entries]
            assert days == sorted(days, reverse=True)
    late = {entry.link for entry in feedparser.parse(followed["feeds/overdue.atom"]).entries}
    overdue = {
        f"{ADDRESS}p/{name}/"
        for name, case in scope.cases.items()
        if any(deadline.state == ClockState.OVERDUE for deadline in case.deadlines)
    }
    assert late == overdue != set()


def test_only_open_proposals_have_a_feed(followed: Mapping[str, bytes], scope: Scope) -> None:
    for name, case in scope.cases.items():
        assert (f"feeds/p/{name}.atom" in followed) == bool(case.standing.turns)


def test_two_other_readers_understand_the_calendars(followed: Mapping[str, bytes], scope: Scope) -> None:
    seen = 0
    for path, content in followed.items():
        if not path.endswith(".ics"):
            continue
        assert all(len(line) <= 75 for line in content.split(b"\r\n")), path
        first = events_of(content)
        second = vobject.readOne(content.decode())
        rows = getattr(second, "vevent_list", [])
        assert {row.uid.value: (row.summary.value, row.dtstart.value) for row in rows} == {
            uid: (str(one["SUMMARY"]), one["DTSTART"].dt) for uid, one in first.items()
        }
        assert len(rows) == len(first)
        for one in first.values():
            assert one["DTSTAMP"].dt == one["LAST-MODIFIED"].dt
            done = any(word in str(one["SUMMARY"]) for word in ("已完成", "不再计算"))
            assert bool(one.walk("VALARM")) == (not done)
        seen += len(first)
    assert seen > 20
    for name in scope.registry.agencies:
        mine = events_of(followed[f"calendars/{name}.ics"])
        assert set(mine) <= set(events_of(followed["calendars/all.ics"])) | set(mine)


def changed(scope: Scope, identifier: str, *more: Event, as_of: date | None = None) -> Scope:
    item = scope.registry.proposals[identifier]
    items = {**scope.registry.proposals, identifier: replace(item, events=(*item.events, *more))}
    registry = replace(scope.registry, proposals=items)
    day = as_of or scope.as_of
    return Scope(registry, cases(registry, day), scope.words, day)


def due_of(scope: Scope, agency: str, identifier: str) -> Any:
    (content,) = (a.make() for a in follow(scope, ADDRESS) if a.path == f"calendars/{agency}.ics")
    (one,) = [row for uid, row in events_of(content).items() if uid.startswith(f"{identifier}.reply.{agency}@")]
    return one


def test_a_later_event_updates_the_same_entry(scope: Scope) -> None:
    name, agency = "2026-n9e3s", "a-traffic-police"
    before = due_of(scope, agency, name)
    due = date(2026, 12, 20)
    extended = Event("e99", "extended", "o-npc", date(2026, 11, 18), due=due, reason="x")
    after = due_of(changed(scope, name, extended), agency, name)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["LAST-MODIFIED"].dt >= before["LAST-MODIFIED"].dt
    assert after["DTSTART"].dt != before["DTSTART"].dt
    replied = Event("e99", "replied", agency, date(2026, 11, 19), reply_class="resolved", text="x")
    done = due_of(changed(scope, name, replied), agency, name)
    assert done["UID"] == before["UID"]
    assert done["SEQUENCE"] > before["SEQUENCE"]
    assert "已完成" in str(done["SUMMARY"])
    assert not done.walk("VALARM")


def corrected(scope: Scope, identifier: str, day: date, months: int) -> Scope:
    """The same, as if a later edition of the rule pack stated another term for replies."""
    case = scope.cases[identifier]
    clock = case.pack.clocks["reply"]
    terms = tuple(replace(term, value=months) for term in clock.terms)
    pack = replace(case.pack, as_of=day, clocks={**case.pack.clocks, "reply": replace(clock, terms=terms)})
    registry = replace(scope.registry, packs={**scope.registry.packs, pack.id: pack})
    return Scope(registry, cases(registry, scope.as_of), scope.words, scope.as_of)


def test_a_corrected_edition_of_the_rules_updates_the_same_entry(scope: Scope) -> None:
    name, agency = "2026-n9e3s", "a-traffic-police"
    before = due_of(scope, agency, name)
    edition = scope.cases[name].pack.as_of + timedelta(days=1)
    after = due_of(corrected(scope, name, edition, 4), agency, name)
    assert after["UID"] == before["UID"]
    assert after["DTSTART"].dt > before["DTSTART"].dt
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["LAST-MODIFIED"].dt.date() == edition
    last = Event("e99", "progressed", agency, date(2026, 11, 18), text="x")
    assert due_of(changed(scope, name, last), agency, name)["SEQUENCE"] < after["SEQUENCE"] < 2**31


def test_a_corrected_year_updates_what_was_counted_over_it(scope: Scope) -> None:
    name, agency = "2026-n9e3s", "a-traffic-police"
    calendar = scope.registry.calendar
    before, numbers = due_of(scope, agency, name)["SEQUENCE"], {}
    for year in (2026, 2027):
        years = {**calendar.years, year: replace(calendar.years[year], corrected=date(2027, 3, 1))}
        registry = replace(scope.registry, calendar=replace(calendar, years=years))
        again = Scope(registry, cases(registry, scope.as_of), scope.words, scope.as_of)
        numbers[year] = due_of(again, agency, name)["SEQUENCE"]
    assert numbers[2027] == before < numbers[2026]


def test_each_open_proposal_has_a_calendar_of_its_own(followed: Mapping[str, bytes], scope: Scope) -> None:
    for name, case in scope.cases.items():
        running = [deadline for deadline in case.deadlines if deadline.open and deadline.latest]
        if any(not deadline.clock.window for deadline in running):
            assert all(uid.startswith(f"{name}.") for uid in events_of(followed[f"calendars/p/{name}.ics"]))
    assert sum(path.startswith("calendars/p/") for path in followed) > 20


def test_another_day_changes_nothing_by_itself(scope: Scope) -> None:
    name, agency = "2026-n9e3s", "a-traffic-police"
    later = changed(scope, name, as_of=scope.as_of + timedelta(days=1))
    assert due_of(later, agency, name).to_ical() == due_of(scope, agency, name).to_ical()


def test_texts_and_days_of_a_calendar_are_escaped_and_folded() -> None:
    day = date(2026, 5, 4)
    title = "一，二;三,四\\五\n六" * 12
    due = Due("u@x", day, day, 3, title, "", "https://x.example/", alarms=(20, 1, 0))
    content = calendar("n", "", [due])
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    (one,) = events_of(content).values()
    assert str(one["SUMMARY"]) == title
    assert one["DTEND"].dt - one["DTSTART"].dt == timedelta(days=1)
    rings = [alarm["TRIGGER"].dt for alarm in one.walk("VALARM")]
    assert rings == [timedelta(hours=9 - 24 * days) for days in (20, 1, 0)]
    assert vobject.readOne(content.decode()).vevent.summary.value == title


def test_feeds_and_calendars_hold_nothing_that_not_everybody_may_see(secretive: Scope) -> None:
    for asset in follow(secretive, ADDRESS):
        assert SECRET.encode() not in asset.make().replace(b"\r\n ", b""), asset.path


def test_what_a_head_names_is_there(followed: Mapping[str, bytes], scope: Scope) -> None:
    there = set(followed) | {asset.path for asset in assets(scope, ADDRESS)}
    registry = scope.registry
    pages = ["", "due/", "a/a-transport/2/", *(f"p/{name}/" for name in scope.cases)]
    pages += [f"{noun[0]}/{noun}/" for noun in (*registry.agencies, *registry.members, *registry.groups)]
    pages += [f"s/{name}/" for name in registry.sessions] + [f"c/{c.proposal.category}/" for c in scope.cases.values()]
    for page in pages:
        found = alternates(scope, page)
        assert {one.path for one in found} <= there, page
    assert alternates(scope, "")[0].path == "feeds/all.atom"
    html = links(alternates(scope, "a/a-transport/"), "../..")
    assert html.count('<link rel="alternate feed"') == 6
    assert 'href="../../calendars/a-transport.ics"' in html
