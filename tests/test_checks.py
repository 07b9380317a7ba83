"""What the checks find beyond their one example: who may do what, what may be named, and what packs change.

Each sentence lays files over the small registry and names every finding as "rule: the line that it points at".
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from huiyin import edit
from huiyin.findings import RULES
from tests.project import ROOT, Project

Files = dict[str, str]
ID = "2026-r6d2x"
PLACE = f"registry/proposals/npc-9-2/{ID}.yaml"
FIRST_LINE = "# yaml-language-server: $schema=../../../schema/proposal.schema.json"
COMPLETE: dict[str, Any] = {
    "situation": "南堤路2300户，最近的公交站在1.8公里以外，全县平均0.6公里，相比过远。",
    "evidence": [{"claim": "距离过长。", "source": "走访"}],
    "asks": [{"id": "q1", "text": "设站。", "agency": "a-transport"}],
}


def event(n: int, kind: str, on: str, by: str, **more: Any) -> dict[str, Any]:
    return {"id": f"e{n}", "type": kind, "on": on, "by": by, **{key.rstrip("_"): v for key, v in more.items()}}


def item(*events: dict[str, Any], status: str, place: str = PLACE, **more: Any) -> Files:
    """A proposal that gives no hint about its text, with these events."""
    identifier = place.rsplit("/", 1)[-1].removesuffix(".yaml")
    head = {"id": identifier, "kind": "suggestion", "session": "npc-9-2", "title": "关于设站的建议"}
    head |= {"category": "transport", "proposers": ["m-lu-chunyan"], "status": status}
    return {place: edit.compose({**head, **COMPLETE, **more, "events": list(events)}, FIRST_LINE)}


SUBMITTED = event(1, "submitted", "2026-01-20", "m-lu-chunyan")
ACCEPTED = event(2, "accepted", "2026-01-26", "o-npc", number="0002")
ASSIGNED = event(3, "assigned", "2026-02-09", "o-npc", lead="a-transport", co=["a-housing"])
LIFE = (SUBMITTED, ACCEPTED, ASSIGNED)
ANSWERS = [{"ask": "q1", "text": "设站。"}]
REPLIED = event(4, "replied", "2026-04-24", "a-transport", class_="resolved", answers=ANSWERS)
OTHER = PLACE.replace("r6d2x", "b7k3m")
THIRD = PLACE.replace("r6d2x", "c9p5n")


def local_pack(**more: Any) -> Files:
    """A pack over the national one, in force for the session; keys as in a pack's file."""
    raw = {"id": "local", "title": {"zh": "本地"}, "extends": "cn-suggestion", "as_of": "2026-06-30", **more}
    session = {"id": "npc-9-2", "body": "npc", "title": {"zh": "县九届人大二次会议"}, "packs": {"suggestion": "local"}}
    return {
        "schema/rules/local.yaml": edit.compose(raw, "# yaml-language-server: $schema=../rules.schema.json"),
        "registry/sessions/npc-9-2.yaml": edit.compose(
            session, "# yaml-language-server: $schema=../../schema/session.schema.json"
        ),
    }


SOURCE = {"document": "本地办法（虚构）", "article": "第二十二条", "date": "2022-01-10"}

SENTENCES: dict[str, tuple[Files, list[str]]] = {
    # ------------------------------------------------------------------ whose act
    "another member may not act for the proposer": (
        item(*LIFE, event(4, "objected", "2026-02-12", "m-he-yuanzhi", reason="问题在照明。"), status="assigned"),
        ["event-wrong-actor: by: m-he-yuanzhi"],
    ),
    "every proposer may": (
        item(
            *LIFE,
            event(4, "objected", "2026-02-12", "g-education", reason="问题在照明。"),
            status="assigned",
            proposers=["m-lu-chunyan", "g-education"],
        ),
        [],
    ),
    "the office of another body is not this body's": (
        item(SUBMITTED, event(2, "accepted", "2026-01-26", "o-cppcc", number="0002"), status="accepted"),
        ["event-wrong-actor: by: o-cppcc"],
    ),
    "the government office assigns but does not accept": (
        item(
            SUBMITTED,
            event(2, "accepted", "2026-01-26", "o-gov", number="0002"),
            event(3, "assigned", "2026-02-09", "o-gov", lead="a-transport"),
            status="assigned",
        ),
        ["event-wrong-actor: by: o-gov"],
    ),
    "a co-handler does not reply and the lead gives no co-handler's opinion": (
        item(
            *LIFE,
            event(4, "co_opinion", "2026-03-02", "a-transport", text="同意。"),
            event(5, "replied", "2026-04-24", "a-housing", class_="resolved", answers=ANSWERS),
            status="handling",
        ),
        ["event-wrong-actor: by: a-transport", "event-wrong-actor: by: a-housing", "co-opinion-missing: type: replied"],
    ),
    "who was the lead may report progress but not reply": (
        item(
            *LIFE,
            event(4, "reassigned", "2026-02-20", "o-npc", lead="a-housing"),
            event(5, "progressed", "2026-03-02", "a-transport", text="已移交。"),
            event(6, "replied", "2026-04-24", "a-transport", class_="resolved", answers=ANSWERS),
            status="handling",
        ),
        ["event-wrong-actor: by: a-transport"],
    ),
    "who was never asked may not sign for it": (
        item(*LIFE, event(4, "signed_for", "2026-02-11", "a-civil-affairs"), status="consulting"),
        ["event-wrong-actor: by: a-civil-affairs"],
    ),
    "who owes a commitment may report on it without having been assigned": (
        item(
            *LIFE,
            {
                **REPLIED,
                "commitments": [{"id": "c1", "text": "雨棚", "owner": "a-civil-affairs", "due": "2026-05-01"}],
            },
            event(5, "fulfilled", "2026-05-01", "a-civil-affairs", commitment="c1", evidence="照片。"),
            status="replied",
        ),
        ["co-opinion-missing: type: replied"],
    ),
    "an office may record anyone's act": (
        item(SUBMITTED, {**ACCEPTED, "recorded_by": "o-gov"}, {**ASSIGNED, "recorded_by": "o-npc"}, status="assigned"),
        [],
    ),
    "but only proposers and the body's office record a rating": (
        item(
            *LIFE,
            REPLIED,
            event(
                5,
                "rated",
                "2026-05-08",
                "m-lu-chunyan",
                recorded_by="o-gov",
                attitude="satisfied",
                result="satisfied",
            ),
            event(
                6,
                "rated",
                "2026-05-09",
                "m-lu-chunyan",
                recorded_by="a-transport",
                attitude="satisfied",
                result="satisfied",
            ),
            event(
                7, "rated", "2026-05-10", "m-lu-chunyan", recorded_by="o-npc", attitude="satisfied", result="satisfied"
            ),
            status="rated",
        ),
        [
            "co-opinion-missing: type: replied",
            "event-wrong-actor: recorded_by: o-gov",
            "event-wrong-actor: recorded_by: a-transport",
        ],
    ),
    # ------------------------------------------------------------------ days
    "today is not after today and undated events are in no order": (
        item(
            event(1, "submitted", "2026-06-30", "m-lu-chunyan"),
            {"id": "e2", "type": "accepted", "undated": "不详", "by": "o-npc", "number": "0002"},
            status="accepted",
        ),
        [],
    ),
    # ------------------------------------------------------------------ references
    "everything that an item names must be there": (
        item(
            SUBMITTED,
            ACCEPTED,
            event(3, "assigned", "2026-02-09", "o-npc", lead="a-none", co=["a-housing", "a-nil"]),
            event(4, "merged", "2026-02-10", "o-npc", with_=["2026-zzzzz"]),
            status="assigned",
            category="traffic",
            proposers=["m-lu-chunyan", "g-none"],
            asks=[{"id": "q1", "text": "设站。", "agency": "a-nobody"}],
            follows=["2025-zzzzz"],
        ),
        [
            "reference-unknown: category: traffic",
            "reference-unknown: - g-none",
            "reference-unknown: agency: a-nobody",
            "reference-unknown: - 2025-zzzzz",
            "reference-unknown: lead: a-none",
            "reference-unknown: - a-nil",
            "reference-unknown: - 2026-zzzzz",
        ],
    ),
    "without its session nothing else is derived": (
        item(SUBMITTED, status="closed", session="npc-9-9"),
        ["reference-unknown: session: npc-9-9"],
    ),
    "what is there but cannot be read is not called missing": (
        {"registry/agencies/a-transport.yaml": "id: [\n"},
        ["yaml-syntax: ", "schema-line: id: ["],
    ),
    "a body that is not there": (
        {
            "registry/groups/g-education.yaml": (
                "# yaml-language-server: $schema=../../schema/group.schema.json\n"
                "id: g-education\nname: 教育界别\nbody: cpcc\nkind: sector\n"
            )
        },
        ["reference-unknown: body: cpcc"],
    ),
    "a number may be used again in another session": (
        item(SUBMITTED, {**ACCEPTED, "number": "0002"}, status="accepted")
        | item(
            event(1, "submitted", "2026-01-19", "m-he-yuanzhi"),
            event(2, "accepted", "2026-01-26", "o-cppcc", number="0002"),
            status="accepted",
            place=OTHER,
            kind="cppcc_proposal",
            session="cppcc-9-2",
            proposers=["m-he-yuanzhi"],
        ),
        [],
    ),
    # ------------------------------------------------------------------ merges and splits
    "a merge and a split recorded on both sides": (
        item(SUBMITTED, event(2, "merged", "2026-01-26", "o-npc", into="2026-b7k3m"), status="submitted")
        | item(
            SUBMITTED,
            event(2, "merged", "2026-01-26", "o-npc", with_=[ID]),
            event(3, "split", "2026-01-27", "o-npc", into=["2026-c9p5n"]),
            status="submitted",
            place=OTHER,
        )
        | item(
            SUBMITTED, event(2, "split", "2026-01-27", "o-npc", from_="2026-b7k3m"), status="submitted", place=THIRD
        ),
        [],
    ),
    "a split of which the original knows nothing": (
        item(SUBMITTED, status="submitted")
        | item(SUBMITTED, event(2, "split", "2026-01-27", "o-npc", from_=ID), status="submitted", place=THIRD),
        [f"merge-one-sided: from: {ID}"],
    ),
    "three that follow one another in a circle are one finding": (
        item(SUBMITTED, status="submitted", follows=["2026-b7k3m"])
        | item(SUBMITTED, status="submitted", follows=["2026-c9p5n"], place=OTHER)
        | item(SUBMITTED, status="submitted", follows=[ID], place=THIRD),
        ["merge-circle: - 2026-c9p5n"],
    ),
    "two that follow the same earlier one are no circle": (
        item(SUBMITTED, status="submitted", follows=["2026-c9p5n"])
        | item(SUBMITTED, status="submitted", follows=["2026-c9p5n"], place=OTHER)
        | item(SUBMITTED, status="submitted", place=THIRD),
        [],
    ),
    # ------------------------------------------------------------------ replies
    "separate agencies together cover the asks": (
        item(
            SUBMITTED,
            ACCEPTED,
            event(3, "assigned", "2026-02-09", "o-npc", separate=["a-transport", "a-housing"]),
            REPLIED,
            event(5, "replied", "2026-04-25", "a-housing", class_="resolved", answers=[{"ask": "q2", "text": "6盏。"}]),
            status="replied",
            asks=[
                {"id": "q1", "text": "设站。", "agency": "a-transport"},
                {"id": "q2", "text": "补装照明。"},
                {"id": "q3", "text": "加密班次。"},
            ],
        ),
        ["ask-unanswered: - id: q3"],
    ),
    "nothing is unanswered while one of them is still to reply": (
        item(
            SUBMITTED,
            ACCEPTED,
            event(3, "assigned", "2026-02-09", "o-npc", separate=["a-transport", "a-housing"]),
            REPLIED,
            status="handling",
            asks=[{"id": "q1", "text": "设站。", "agency": "a-transport"}, {"id": "q2", "text": "补装照明。"}],
        ),
        [],
    ),
    "a scheduled reply needs one commitment with an owner and a day": (
        item(
            *LIFE,
            {
                **REPLIED,
                "class": "scheduled",
                "commitments": [
                    {"id": "c1", "text": "雨棚", "owner": "a-transport"},
                    {"id": "c2", "text": "站牌", "due": "2026-09-01"},
                ],
            },
            status="replied",
        ),
        [
            "commitment-missing: class: scheduled",
            "commitment-no-owner: - id: c1",
            "commitment-no-owner: - id: c2",
            "co-opinion-missing: type: replied",
        ],
    ),
    # ------------------------------------------------------------------ packs
    "a pack that cites an article makes an error of a hint": (
        item(*LIFE, {**REPLIED, "answers": [{"ask": "q1", "text": "设站。"}]}, status="replied")
        | item(
            *LIFE,
            event(4, "replied", "2026-04-24", "a-transport", class_="resolved"),
            status="replied",
            place=OTHER,
        )
        | local_pack(gaps=[{"rule": "ask-unanswered", "source": SOURCE}]),
        [
            "number-duplicate: number: 0002",
            "ask-unanswered (error): - id: q1",
            "co-opinion-missing: type: replied",
            "co-opinion-missing: type: replied",
        ],
    ),
    "a pack turns a check off": (
        item(SUBMITTED, status="submitted", evidence=[{"claim": "距离过长。"}]) | local_pack(checks_off=["no-source"]),
        [],
    ),
    "a pack that is only there to be extended is not in force": (
        {
            name: text.replace("suggestion: local", "suggestion: base")
            for name, text in local_pack().items()
            if "sessions" in name
        },
        ["reference-unknown: suggestion: base"],
    ),
}


def findings(project: Project) -> list[str]:
    """Return every finding as "rule: line", with the severity where a pack changed it."""
    said = json.loads(project.huiyin("check", "--format", "json").out)["findings"]
    rows = []
    for row in said:
        lines = (project.root / row["file"]).read_text(encoding="utf-8").split("\n")
        line = lines[row["line"] - 1].strip().replace('"', "")
        changed = "" if row["severity"] == RULES[row["rule"]].severity else f" ({row['severity']})"
        rows.append(f"{row['rule']}{changed}: {line}")
    return rows


@pytest.mark.parametrize("sentence", SENTENCES)
def test_checks_find_exactly_this(sentence: str, project: Project) -> None:
    files, expected = SENTENCES[sentence]
    project.with_base()
    for name, text in files.items():
        project.write(name, text)
    assert sorted(findings(project)) == sorted(expected)


def test_a_time_zone_that_is_not_there_is_found(project: Project) -> None:
    path = project.with_base().registry / "registry.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Asia/Shanghai", "Asia/Peking"), encoding="utf-8")
    assert findings(project) == ["reference-unknown: timezone: Asia/Peking"]


def test_every_failing_example_says_what_was_found_and_what_to_do() -> None:
    for folder in sorted((ROOT / "tests" / "examples" / "rules").iterdir()):
        said = (folder / "expected.txt").read_text(encoding="utf-8")
        blocks = [block for block in said.split("\n\n") if "[" in block.split("\n")[0]]
        assert blocks, folder.name
        for block in blocks:
            assert "\n  发现: " in block
            assert "\n  处理: " in block
