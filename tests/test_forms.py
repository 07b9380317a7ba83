"""Forms of the git host: generated from schema and registry, and what is sent with them becomes a record or kind words.

Hostile texts are the rule here: whoever has an account of the host can send one.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin import yamltext
from huiyin.commands.form import fenced
from huiyin.draft import forms
from huiyin.load import Law
from tests.project import ROOT, Project

TEMPLATES = ROOT / ".github" / "ISSUE_TEMPLATE"
W8 = "registry/proposals/cppcc-9-2/2026-w8p3d.yaml"


def sent(law: Law, identifier: str, **answers: str) -> str:
    """What a host makes of a form: a heading a field, and what was written, or that nothing was."""
    form = next(form for form in forms.FORMS if form.id == identifier)
    schema = law.shapes.schemas["proposal"]
    parts = [f"### {forms.label(schema, form, ask)}\n\n{answers.get(ask.at, '_No response_')}\n" for ask in form.asks]
    return "\n".join([*parts, f"### {forms.labels(schema, form)[-1]}\n\n- [X] 我知道提交即公开 / I know\n"])


PROPOSAL = {
    "kind": "建议 / Suggestion",
    "session": "npc-9-2",
    "occasion": "闭会期间 / Between sessions",
    "title": "关于在学校门口增设斑马线的建议",
    "category": "交通出行 / Transport",
    "proposers": "m-lu-chunyan",
    "situation": "三所学校门口没有斑马线。\r\n\r\n每天过街1200人次。",
    "evidence": "没有斑马线 | 3所 | 邻县都有 | 实地看过\n车速快｜平均每小时52公里",
    "asks": "施划斑马线 | a-transport\n加装减速带",
}
REPLY = {
    "proposal": "2026-w8p3d",
    "by": "县民政局",
    "on": "2026年6月29日",
    "document.number": "澄民函〔2026〕3号",
    "class": "正在解决 / Being resolved",
    "text": "现答复如下。",
    "answers": "q1 | 采纳。 | 正在解决",
    "commitments": "增设3处 | 县民政局 | 2026-12-31 | q1",
}
RATING = {
    "proposal": "2026-m4t7k",
    "by": "m-lu-chunyan",
    "about": "答复 / The reply",
    "attitude": "满意 / Satisfied",
    "result": "不满意 / Dissatisfied",
    "reasons": "灯还没有装。",
}


# ------------------------------------------------------------------------------------------ the forms


def test_the_committed_forms_are_those_that_schema_and_registry_make(project: Project) -> None:
    project.with_demonstration()
    (project.root / "forms").mkdir()
    assert project.huiyin("form", "--templates", "forms").code == 0
    made = {path.name: path.read_text(encoding="utf-8") for path in (project.root / "forms").iterdir()}
    kept = {
        path.name: path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.yml") if path.name != "config.yml"
    }
    assert made == kept, "run make forms"
    assert project.huiyin("form", "--templates", "forms").out == "", "twice changes nothing"


@pytest.mark.parametrize("mode", ["open", "private"])
def test_a_form_says_how_public_it_is_before_anything_is_sent(mode: str, project: Project) -> None:
    settings = project.with_base().registry / "registry.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("intake: open", f"intake: {mode}"), encoding="utf-8"
    )
    (project.root / "forms").mkdir()
    assert project.huiyin("form", "--templates", "forms").code == 0
    for form in forms.FORMS:
        data = yamltext.read((project.root / "forms" / f"{form.id}.yml").read_text(encoding="utf-8")).data
        first = data["body"][0]
        assert first["type"] == "markdown"
        assert ("**提交即公开。**" if mode == "open" else "**内部受理。**") in first["attributes"]["value"]
        assert data["body"][-1]["attributes"]["options"][0]["required"] is True


@pytest.mark.parametrize("form", forms.FORMS, ids=lambda form: form.id)
def test_headings_of_a_form_are_all_different(form: forms.Form, law: Law) -> None:
    headings = forms.labels(law.shapes.schemas["proposal"], form)
    assert len(set(headings)) == len(headings)


def test_a_form_has_all_that_the_schema_demands(law: Law) -> None:
    schema = law.shapes.schemas["proposal"]
    for form in forms.FORMS:
        asked = {ask.at.split(".")[0] for ask in form.asks if ask.required}
        demanded = set((schema["$defs"][form.definition] if form.definition else schema)["required"])
        assert demanded - asked <= {"id", "type", "status", "events"}, form.id


# ------------------------------------------------------------------------------------------ what is sent


def test_a_proposal_becomes_a_file(project: Project, law: Law) -> None:
    project.with_base().write("body.md", sent(law, "proposal", **PROPOSAL))
    said = project.huiyin("form", "body.md", "--id", "2026-abcde")
    assert (said.code, said.err) == (0, ""), said.out
    assert said.out.startswith("谢谢，已经转成登记：新写一件建议 2026-abcde。\n\nThank you")
    data = yamltext.read((project.registry / "proposals/npc-9-2/2026-abcde.yaml").read_text(encoding="utf-8")).data
    assert data["situation"] == "三所学校门口没有斑马线。\n\n每天过街1200人次。"
    assert data["evidence"] == [
        {"claim": "没有斑马线", "figure": "3所", "comparison": "邻县都有", "source": "实地看过"},
        {"claim": "车速快", "figure": "平均每小时52公里"},
    ]
    assert data["asks"] == [
        {"id": "q1", "text": "施划斑马线", "agency": "a-transport"},
        {"id": "q2", "text": "加装减速带"},
    ]
    assert data["events"] == [
        {"id": "e1", "type": "submitted", "on": "2026-06-30", "by": "m-lu-chunyan", "channel": "form"}
    ]
    assert project.huiyin("check").code == 0


def test_a_reply_becomes_an_event(project: Project, law: Law) -> None:
    project.with_base().write("body.md", sent(law, "reply", **REPLY))
    said = project.huiyin("form", "body.md")
    assert said.code == 0, said.out
    event = yamltext.read((project.root / W8).read_text(encoding="utf-8")).data["events"][-1]
    assert (event["type"], event["class"], event["on"]) == ("replied", "in_progress", "2026-06-29")
    assert event["commitments"] == [
        {"id": "c1", "text": "增设3处", "owner": "a-civil-affairs", "due": "2026-12-31", "ask": "q1"}
    ]


def test_a_rating_becomes_an_event(project: Project, law: Law) -> None:
    project.with_base().write("body.md", sent(law, "rating", **RATING))
    assert project.huiyin("form", "body.md").code == 0
    path = project.registry / "proposals/npc-9-2/2026-m4t7k.yaml"
    event = yamltext.read(path.read_text(encoding="utf-8")).data["events"][-1]
    assert event["reasons"] == "灯还没有装。"
    assert (event["result"], event["channel"], event["about"]) == ("dissatisfied", "form", "reply")


WRONG: dict[str, tuple[str, dict[str, str], str]] = {
    "a person that is not there": ("rating", {**RATING, "by": "谁"}, "没有“谁”"),
    "a proposal that is not there": ("rating", {**RATING, "proposal": "2026-zzzzz"}, "没有 2026-zzzzz"),
    "no proposal": ("rating", {**RATING, "proposal": ""}, "没有"),
    "an act that is not allowed": ("reply", {**REPLY, "proposal": "2026-w8p3d", "by": "县住建局"}, "event-wrong-actor"),
    "dissatisfied without a reason": ("rating", {**RATING, "reasons": "_No response_"}, "缺少 reasons"),
    "a day that is none": ("reply", {**REPLY, "on": "上周五"}, "shape-pattern"),
    "a phone number": ("rating", {**RATING, "reasons": "打13812345678"}, "personal-data"),
    "a bidirectional character": ("rating", {**RATING, "reasons": "好\u202e的"}, "hidden-character"),
    "a heading inside a text": ("rating", {**RATING, "reasons": "一\n### 办理结果 / Result\n\n满意"}, "请改写那一行"),
    "a heading in a fence": ("rating", {**RATING, "reasons": "```\n### 办理结果 / Result\n```"}, "请改写那一行"),
}


@pytest.mark.parametrize("mistake", WRONG)
def test_what_is_wrong_is_said_kindly_and_nothing_is_written(mistake: str, project: Project, law: Law) -> None:
    form, answers, words = WRONG[mistake]
    project.with_base().write("body.md", sent(law, form, **answers))
    before = {path: path.read_bytes() for path in project.registry.rglob("*.yaml")}
    said = project.huiyin("form", "body.md")
    assert (said.code, said.err) == (1, "")
    assert said.out.startswith("谢谢。这份表单还不能登记")
    assert "Thank you. This cannot be recorded yet" in said.out
    assert words in said.out
    assert "13812345678" not in said.out
    assert {path: path.read_bytes() for path in project.registry.rglob("*.yaml")} == before


BROKEN = {
    "nothing": "",
    "not a form at all": "你好，我想反映一个问题。 @maintainers ![x](https://evil.example/x.png)",
    "no tick": "- [ ] ",
    "bytes that are no text": "\udcff\udcfe",
    "a megabyte": "x" * 1_000_000,
}


@pytest.mark.parametrize("mistake", BROKEN)
def test_what_is_no_form_is_answered_kindly(mistake: str, project: Project, law: Law) -> None:
    body = BROKEN[mistake]
    if mistake == "no tick":
        body = sent(law, "rating", **RATING).replace("- [X] ", body)
    project.with_base().write("body.md", body.encode("utf-8", "surrogateescape"))
    said = project.huiyin("form", "body.md")
    assert (said.code, said.err) == (1, "")
    assert said.out.startswith("谢谢。这份表单还不能登记")
    assert "evil.example" not in said.out


def test_one_bad_form_blocks_no_other(project: Project, law: Law) -> None:
    project.with_base().write("bad.md", sent(law, "rating", **{**RATING, "by": "谁"}))
    project.write("good.md", sent(law, "rating", **RATING))
    assert project.huiyin("form", "bad.md").code == 1
    assert project.huiyin("form", "good.md").code == 0


# ------------------------------------------------------------------------------------------ whatever is sent

TEXTS = st.lists(
    st.one_of(
        st.text(
            st.characters(exclude_categories=["Cs"], exclude_characters="\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"),
            max_size=30,
        ),
        st.sampled_from(
            ["```", "~~~", "<!-- ", "-->", "### ", "### 别的标题", "- [x] ", "_No response_", "</details>", "|"]
        ),
        st.sampled_from(["### 办理结果 / Result", "### 意见 / Comment"]),
    ),
    max_size=6,
).map("\n".join)


@given(reasons=TEXTS, crlf=st.booleans())
def test_a_text_comes_back_whole_or_is_refused(reasons: str, crlf: bool, law: Law) -> None:
    schema = law.shapes.schemas["proposal"]
    form = next(form for form in forms.FORMS if form.id == "rating")
    body = sent(law, "rating", **{**RATING, "reasons": reasons or "_No response_"})
    parts = forms.sections(body.replace("\n", "\r\n") if crlf else body, forms.labels(schema, form))
    headings = {f"### {name}" for name in forms.labels(schema, form)}
    if headings & set(reasons.split("\n")):
        assert isinstance(parts, list)
    else:
        assert isinstance(parts, dict)
        assert parts["意见 / Comment"].strip("\n") == (
            reasons.strip("\n") or "_No response_" if not reasons else reasons.strip("\n")
        )
        assert parts["办理结果 / Result"] == RATING["result"]


@given(
    body=st.one_of(
        TEXTS, st.text(max_size=200), st.binary(max_size=200).map(lambda raw: raw.decode("utf-8", "replace"))
    )
)
def test_no_text_makes_it_raise(body: str, law: Law) -> None:
    schema = law.shapes.schemas["proposal"]
    assert forms.answers(schema, forms.recognise(schema, body), body)


@given(text=TEXTS)
def test_nothing_leaves_the_block_of_code_that_a_comment_shows(text: str) -> None:
    lines = fenced(text).split("\n")
    fence = lines[0].removesuffix("text")
    assert set(fence) == {"`"}
    assert lines[-1] == fence
    inner: list[Any] = [re.match(r" {0,3}(`{3,})\s*$", line) for line in lines[1:-1]]
    assert not [match for match in inner if match and len(match[1]) >= len(fence)]


def test_the_forms_folder_holds_nothing_else() -> None:
    assert {path.name for path in Path(TEMPLATES).iterdir()} == {
        "config.yml",
        *(f"{form.id}.yml" for form in forms.FORMS),
    }
