"""The whole way of a proposal in a real bare repository: every step a request that is judged, approved and landed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bare import (
    GOVERNMENT,
    HOUSING,
    MEMBER,
    NEW,
    NPC,
    NPC_TOO,
    PROPOSAL,
    TRANSPORT,
    Bare,
    event,
    request,
)  # fmt: skip
from tests.project import Project


@pytest.fixture
def bare(project: Project) -> Bare:
    return Bare(project)


def propose(root: Path) -> None:
    (root / NEW).write_text(PROPOSAL.format(id="2026-z9x3c", on="2026-06-02"), encoding="utf-8")


def land(bare: Bare, head: str, actor: int, approver: int, day: str, **more: object) -> None:
    said = bare.guard(head, actor, day)
    assert said.code == 0, said.out + said.err
    said = bare.land(request(head, actor, approver, **more), day=day)
    assert (said.code, said.err) == (0, ""), said.out + said.err
    assert ": landed as " in said.out


def test_a_proposal_goes_the_whole_way_through_requests(bare: Bare) -> None:
    land(bare, bare.submit(propose), MEMBER, NPC, "2026-06-02", request="https://git.huiyin.example/r/1")
    land(bare, bare.append(NEW, event("e2", "accepted", "2026-06-03", "o-npc")), NPC, NPC_TOO, "2026-06-03")
    assert '    number: "0002"\n' in bare.text(NEW)

    assigned = event("e3", "assigned", "2026-06-04", "o-npc", lead="a-transport", co=["a-housing", "a-civil-affairs"])
    land(bare, bare.append(NEW, assigned), NPC, NPC_TOO, "2026-06-04")
    land(bare, bare.append(NEW, event("e4", "signed_for", "2026-06-05", "a-transport")), TRANSPORT, NPC, "2026-06-05")
    contacted = event("e5", "contacted", "2026-06-08", "a-transport", how="visit", text="到校门口看停车。")
    land(bare, bare.append(NEW, contacted), TRANSPORT, GOVERNMENT, "2026-06-08")

    fork = bare.tip()  # both co-handlers begin here, each with the id e6
    one = bare.append(NEW, event("e6", "co_opinion", "2026-06-09", "a-housing", text="校门人行道可退让一米。"), at=fork)
    two = bare.append(NEW, event("e6", "co_opinion", "2026-06-09", "a-civil-affairs", text="接送点可共用。"), at=fork)
    said = bare.land(request(one, HOUSING, NPC), request(two, 521, NPC), day="2026-06-09")
    assert said.code == 0, said.out
    text = bare.text(NEW)
    assert text.index("id: e6") < text.index("by: a-housing") < text.index("id: e7") < text.index("by: a-civil-affairs")

    replied = event(
        "e8", "replied", "2026-06-15", "a-transport", answers=[{"ask": "q1", "text": "8月底前划停靠位3处。"}],
        commitments=[{"id": "c1", "text": "划停靠位3处", "owner": "a-transport", "due": "2026-08-31", "ask": "q1"}],
        **{"class": "scheduled"},
    )  # fmt: skip
    land(bare, bare.append(NEW, replied), TRANSPORT, NPC, "2026-06-15")
    rated = event("e9", "rated", "2026-06-16", "m-lu-chunyan", event="e8", attitude="satisfied",
                  result="dissatisfied", reasons="暑期施工不影响上学，希望提前到7月。")  # fmt: skip
    land(bare, bare.append(NEW, rated), MEMBER, NPC, "2026-06-16")
    again = event("e10", "rehandling_ordered", "2026-06-17", "o-npc", round=1, reason="结果不满意。")
    land(bare, bare.append(NEW, again), NPC, NPC_TOO, "2026-06-17")
    reply = event("e11", "replied", "2026-06-24", "a-transport", answers=[{"ask": "q1", "text": "已划好停靠位3处。"}],
                  **{"class": "resolved"})  # fmt: skip
    land(bare, bare.append(NEW, reply), TRANSPORT, NPC, "2026-06-24")
    content = event("e12", "rated", "2026-06-25", "m-lu-chunyan", event="e11", attitude="satisfied", result="satisfied")
    land(bare, bare.append(NEW, content), MEMBER, NPC, "2026-06-25")
    land(bare, bare.append(NEW, event("e13", "closed", "2026-06-26", "o-npc")), NPC, NPC_TOO, "2026-06-26")

    assert "\nstatus: closed\n" in bare.text(NEW)
    said = bare.audit()
    assert said.code == 0, said.out
    assert "13 steps audited, 13 of them changed the registry; 0 violations" in said.out
    message = bare.project.git("log", "-1", "--format=%B", "FETCH_HEAD")
    assert message.startswith("2026-z9x3c closed\n\nHuiyin-Actor: 101 ct-npc-1\nHuiyin-Approved-By: 102 ct-npc-2\n")


def test_a_late_entry_lands_with_a_reason_and_the_office_that_it_names(bare: Bare) -> None:
    late = {"reason": "经办人休假。", "approved_by": "o-cppcc"}
    name = "registry/proposals/cppcc-9-2/2026-w8p3d.yaml"
    head = bare.append(name, event("e5", "contacted", "2026-05-06", "a-civil-affairs", how="phone", late_entry=late))
    said = bare.land(request(head, 521, GOVERNMENT))
    assert "approval-missing" in said.out
    assert bare.land(request(head, 521, 111)).code == 0
    assert bare.audit().code == 0


def test_a_withheld_text_is_taken_out_with_the_event_that_names_it(bare: Bare) -> None:
    name = "registry/proposals/npc-9-2/2026-m4t7k.yaml"
    analysis = "analysis: 线路按白天客流排班，夜间客流没有统计过。\n"
    withheld = event(
        "e9", "withheld", "2026-06-29", "o-npc", ground="internal", fields=["analysis"], reason="过程信息。"
    )

    def change(root: Path) -> None:
        text = (root / name).read_text(encoding="utf-8")
        (root / name).write_text(text.replace(analysis, "") + withheld, encoding="utf-8")

    land(bare, bare.submit(change), NPC, NPC_TOO, "2026-06-30")
    assert analysis not in bare.text(name)
    assert bare.audit().code == 0


def test_roles_are_changed_by_maintainers_and_hold_from_then_on(bare: Bare) -> None:
    people = "  - {host_id: 501, handle: ct-housing, from: 2026-01-01}\n"
    added = people + "  - {host_id: 502, handle: ct-housing-2, from: 2026-06-01}\n"
    land(bare, bare.replace("registry/agencies/a-housing.yaml", people, added), 901, 902, "2026-06-29")
    name = "registry/proposals/npc-9-2/2026-m4t7k.yaml"
    progressed = event("e9", "contacted", "2026-06-29", "a-housing", how="phone")
    assert "actor-not-entitled" not in bare.guard(bare.append(name, progressed), 502).out
    assert bare.audit().code == 0


def test_a_lead_waits_for_co_handlers_where_the_pack_cites_an_article(bare: Bare) -> None:
    name = "registry/proposals/cppcc-9-2/2026-w8p3d.yaml"
    again = event(
        "e5", "reassigned", "2026-06-22", "o-gov", lead="a-civil-affairs", co=["a-housing"], reason="增加会办。"
    )
    land(bare, bare.append(name, again), GOVERNMENT, 111, "2026-06-22")
    answers = [{"ask": "q1", "text": "年内增设3处。"}]
    replied = event("e6", "replied", "2026-06-24", "a-civil-affairs", answers=answers, **{"class": "resolved"})
    early = bare.append(name, replied)
    assert "error[co-opinion-missing]" in bare.guard(early, 521, "2026-06-24").out
    said = bare.land(request(early, 521, 111), day="2026-06-24")
    assert "error[co-opinion-missing]" in said.out
    overdue = event("e6", "co_opinion_overdue", "2026-06-25", "o-gov", agency="a-housing")
    land(bare, bare.append(name, overdue), GOVERNMENT, 111, "2026-06-25")
    replied = replied.replace("id: e6", "id: e7").replace("2026-06-24", "2026-06-26")
    land(bare, bare.append(name, replied), 521, 111, "2026-06-26")
    assert bare.audit().code == 0


def test_imports_and_migrations_are_marked_and_approved_by_two(bare: Bare) -> None:
    past = PROPOSAL.format(id="2019-z9x3c", on="2019-03-06").replace(
        "events:\n", "source:\n  name: 2019.csv\n  row: 7\n  digest: r0123456789abcde\nevents:\n"
    )
    name = "registry/proposals/npc-9-2/2019-z9x3c.yaml"
    head = bare.submit(lambda root: (root / name).write_text(past + "    channel: import\n", encoding="utf-8"))
    assert "import-unmarked" in bare.land(request(head, 901, 902, NPC)).out
    assert "approval-missing" in bare.land(request(head, 901, 902, kind="import")).out
    assert bare.land(request(head, 901, 902, NPC, kind="import")).code == 0
    rules = bare.replace("schema/rules/cn-motion.yaml", "as_of: 2026-11-24", "as_of: 2026-11-25")
    assert bare.land(request(rules, 901, 902, kind="migrate")).code == 1
    assert bare.land(request(rules, 901, 902, NPC, kind="migrate")).code == 0
    said = bare.project.huiyin("audit", "--head", bare.tip(), "--from", bare.start, "--into", "out", "--lang", "en")
    assert said.code == 0, said.out
    marks = json.loads((bare.project.root / "out" / "audit.json").read_text(encoding="utf-8"))["marks"]
    assert [mark["kind"] for mark in marks] == ["import", "rules", "migrate"]
