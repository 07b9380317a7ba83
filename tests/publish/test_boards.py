"""Boards against a second count, made from the files of the registry or by walking events."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from html import unescape

import pytest
import yaml

from huiyin.audit import Audit, Recorded
from huiyin.cases import Case
from huiyin.publish import Draft, Page, Site, drafts
from huiyin.publish.boards import quarter, quarter_title
from huiyin.publish.watching import unanswered
from tests.built import ROOT
from tests.publish.conftest import DAY

Made = Mapping[str, Page]


@pytest.fixture(scope="module")
def plans(demonstration: Site) -> dict[str, Draft]:
    return {draft.path: draft for draft in drafts(demonstration)}


@pytest.fixture(scope="module")
def made(plans: dict[str, Draft]) -> Made:
    wanted = ("due/", "commitments/", "a/", "m/", "g/", "s/", "c/")
    return {path: draft.make() for path, draft in plans.items() if path.startswith(wanted)}


def text(page: Page) -> str:
    return unescape(re.sub(r"<[^>]*>", " ", page.article))


def rows(page: Page) -> list[str]:
    """The rows of the tables of a page, as words."""
    found = re.findall(r"<tr>(?!<th)(.*?)</tr>", page.article, re.DOTALL)
    return [" ".join(unescape(re.sub(r"<[^>]*>", " ", row)).split()) for row in found if "<td" in row]


def written(kind: str) -> list[tuple[str, dict[str, object]]]:
    """The events of one kind as they stand in the files."""
    found = []
    for path in sorted((ROOT / "registry" / "proposals").rglob("*.yaml")):
        for row in yaml.safe_load(path.read_text(encoding="utf-8"))["events"]:
            event = {"on" if key is True else key: value for key, value in row.items()}  # YAML 1.1 takes on for true
            if kind in (event["type"], *event) and date.fromisoformat(str(event.get("on", "0001-01-01"))) <= DAY:
                found.append((path.stem, event))
    return found


def test_each_board_can_be_reached_from_the_one_of_deadlines(made: Made) -> None:
    links = set(re.findall(r'href="\.\./([^"#]*/)"', made["due/"].article))
    assert {path for path in made if path.startswith(("due/", "commitments/")) and path.count("/") < 3} <= (
        links
        | {"commitments/settled/", "commitments/open/"}
        | {p for p in made if re.match("commitments/(2|undated)", p)}
    )


def given_back(case: Case) -> bool:
    """Whether the last act of giving it to somebody was that an agency might give it back."""
    kinds = [event.type for event in case.events if event.type in ("assigned", "reassigned", "return_granted")]
    return kinds[-1:] == ["return_granted"]


def test_by_agency_each_has_as_many_as_its_page_lists(demonstration: Site, made: Made) -> None:
    words = {"overdue": "逾期", "near": "快到期", "running": "期限内"}
    seen = 0
    for identifier, agency in demonstration.registry.agencies.items():
        due = Counter(
            deadline.state.value
            for case in demonstration.cases.values()
            for deadline in case.deadlines
            if deadline.state.value in words and deadline.latest and not deadline.clock.window
            if (identifier == deadline.agency and (deadline.promise or not given_back(case)))
            or (not deadline.agency and identifier in case.standing.assignment.holders.get(deadline.clock.duty, ()))
        )
        line = next((row for row in rows(made["due/agencies/"]) if row.split()[0] == (agency.short or agency.name)), "")
        assert bool(line) == bool(due)
        for state, number in due.items():
            assert f"{words[state]} {number}" in line
        if due:
            assert line.split()[-1] == str(due.total())
            assert f'没完成的时限 <span class="hy-figure">{due.total()}</span>' in made[f"a/{identifier}/"].article
        seen += due.total()
    assert seen > 50


def test_what_was_given_back_is_the_office_s_until_it_is_assigned_anew(demonstration: Site, made: Made) -> None:
    returned = [case for case in demonstration.cases.values() if given_back(case) and case.standing.turns]
    assert returned
    for case in returned:
        assert case.standing.assignment.agencies == ()
        office = demonstration.registry.body_of(case.proposal)
        assert office
        assert case.proposal.id in {row.case.proposal.id for row in demonstration.due_by[office.office.id]}
        titles = [path for path in made if path.startswith("a/") and case.proposal.title in text(made[path])]
        assert titles == []


def test_by_member_each_has_the_deadlines_of_what_they_proposed(demonstration: Site, made: Made) -> None:
    page = " ".join(rows(made["due/members/"]))
    for name in ("邱朝晖", "顾晓帆"):
        member = next(one for one in demonstration.registry.members.values() if one.name == name)
        total = sum(
            deadline.open and not deadline.clock.window
            for case in demonstration.cases.values()
            if member.id in case.proposal.proposers
            for deadline in case.deadlines
        )
        assert re.search(rf"{name} .*? {total}\b", page)
        assert f'没完成的时限 <span class="hy-figure">{total}</span>' in made[f"m/{member.id}/"].article


def test_newly_late_are_those_whose_last_day_was_within_a_week(demonstration: Site, made: Made) -> None:
    week = {DAY - timedelta(days=n) for n in range(1, 8)}
    late = [
        case.proposal.title
        for case in demonstration.cases.values()
        for deadline in case.deadlines
        if deadline.ended_by is None and deadline.voided_by is None and deadline.latest in week
        if deadline.started and not deadline.clock.window
    ]
    assert late
    assert len(rows(made["due/new/"])) == len(late)
    assert all(title in text(made["due/new/"]) for title in late)


def owing(case: Case) -> set[str]:
    """Who owes a reply, by walking the events."""
    owed: set[str] = set()
    repliers: set[str] = set()
    for event in case.events:
        if event.type in ("assigned", "reassigned"):
            repliers = {event.lead} if event.lead else set(event.separate)
            owed = set(repliers)
        elif event.type in ("rehandling_ordered", "reopened"):
            owed = set(repliers)
        elif event.type == "replied":
            owed.discard(event.by)
        elif event.type in ("closed", "withdrawn", "refused", "converted", "return_granted"):
            owed = set()
    return owed


def test_unanswered_are_all_that_owe_a_reply(demonstration: Site, made: Made) -> None:
    cases = demonstration.cases.values()
    owed = {case.proposal.id: owing(case) for case in cases if owing(case) and not case.proposal.imported}
    assert {case.proposal.id for case in cases if unanswered(case)} == set(owed)
    listed = re.findall(r'href="\.\./\.\./p/([^/]+)/"', made["due/unanswered/"].article)
    assert sorted(listed) == sorted(owed)
    for row, identifier in zip(rows(made["due/unanswered/"]), listed, strict=True):
        assert all(demonstration.registry.name_of(agency) in row for agency in owed[identifier])


def test_asks_without_an_answer_are_those_that_no_complete_reply_names(made: Made) -> None:
    missing = []
    for path in sorted((ROOT / "registry" / "proposals").rglob("*.yaml")):
        item = yaml.safe_load(path.read_text(encoding="utf-8"))
        replies = [event for event in item["events"] if event["type"] == "replied"]
        answered = {answer["ask"] for reply in replies for answer in reply.get("answers", ())}
        if replies and item["status"] in ("replied", "rated", "closed") and answered:
            missing += [ask["text"] for ask in item["asks"] if ask["id"] not in answered]
    assert len(rows(made["due/asks/"])) == len(missing) > 0
    assert all(ask in text(made["due/asks/"]) for ask in missing)


@pytest.mark.parametrize(("path", "kind"), [("due/look-back/", "looked_back"), ("due/late-entries/", "late_entry")])
def test_look_backs_and_late_entries_are_those_in_the_files_the_latest_first(path: str, kind: str, made: Made) -> None:
    events = written(kind)
    page = made[path].article
    listed = rows(made[path])[-len(events) :]
    assert f"共 {len(events)} 项" in page
    days = [row.split()[0] for row in listed]
    assert days == sorted((str(event["on"]) for _, event in events), reverse=True)


def test_a_late_entry_says_when_it_was_recorded_where_an_audit_tells(demonstration: Site) -> None:
    identifier, event = written("late_entry")[0]
    how = Recorded("2026-09-28", "someone", (), "0" * 40)
    audit = Audit(None, "0" * 40, "0" * 40, recorded={identifier: {str(event["id"]): how}})
    plan = {draft.path: draft for draft in drafts(replace(demonstration, audit=audit))}["due/late-entries/"]
    before = {draft.path: draft for draft in drafts(demonstration)}["due/late-entries/"]
    assert "2026-09-28" in text(plan.make())
    assert plan.also != before.also, "the page is made anew when the audit tells more"


def test_quarters_hold_every_commitment_once(demonstration: Site, made: Made) -> None:
    promises = [promise for case in demonstration.cases.values() for promise in case.standing.promises]
    per = Counter(quarter(promise.commitment.due) for promise in promises)
    pages = {path.split("/")[1]: len(rows(page)) for path, page in made.items() if re.match(r"commitments/(2|u)", path)}
    assert pages == dict(per)
    for row in rows(made["commitments/quarters/"]):
        assert row.split()[-1] == str(per[next(name for name in per if quarter_title(name) == row.split()[0])])


def test_a_quarter_begins_on_the_first_day_of_its_month() -> None:
    assert [quarter(date(2026, month, 1)) for month in (1, 3, 4, 12)] == ["2026-q1", "2026-q1", "2026-q2", "2026-q4"]
    assert quarter(None) == "undated"


def test_sessions_and_categories_say_their_figures_above_the_first_page(demonstration: Site, made: Made) -> None:
    article = made["s/npc-17-5/"].article
    cases = [case for case in demonstration.cases.values() if case.proposal.session == "npc-17-5"]
    late = sum(case.reply_deadline is not None and case.reply_deadline.state.value == "overdue" for case in cases)
    assert f"<dt>逾期未答复</dt><dd>{late}</dd>" in article
    assert 'href="../../reports/npc-17-5/"' in article
    assert 'href="../../figures/by-category/"' in made["c/transport/"].article


def test_what_a_board_shows_is_in_what_it_is_made_from(plans: dict[str, Draft], made: Made) -> None:
    for path, page in made.items():
        shows = plans[path].shows
        named = set(re.findall(r'href="(?:\.\./)+p/([^/]+)/"', page.article))
        assert shows is None or named <= set(shows), path
