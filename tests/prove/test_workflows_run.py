"""The real workflow files run on this machine, without containers, against an emulated host.

Actions are played by a few lines of shell, and `program.py` gives commits the names that git has for them instead of
those of the emulated host; the rest is real: the files, git, the program and what the host is told.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from huiyin import yamltext
from tests.prove.conftest import Machine

pytestmark = pytest.mark.prove

CHANGE = "registry/proposals/npc-17-5/2026-n9e3s.yaml"
API = "/repos/wanglan/huiyin"
RATING = """### 受理编号或正式编号 / Id or official number

2026-g9n6a

### 行为人 / Whose act

市人大城乡建设与环境资源保护委员会

### 评价什么 / About

答复 / The reply

### 办理态度 / Attitude

满意 / Satisfied

### 办理结果 / Result

基本满意 / Basically satisfied

### 意见 / Comment

$(touch /tmp/owned) `id` ${{ github.token }} "; exit 1; #

### 提交之前 / Before you submit

- [X] 我知道提交即公开 / I know
"""


def requested(machine: Machine, *, touch_code: bool = False) -> dict[str, Any]:
    """A request that appends one event, as the host tells of it, its commit in the origin."""
    machine.git("checkout", "--quiet", "-b", "change")
    path = machine.work / CHANGE
    text = path.read_text(encoding="utf-8").replace("status: consulting", "status: handling")
    event = "  - id: e10\n    type: contacted\n    on: 2026-11-20\n    by: a-traffic-police\n    how: phone\n"
    path.write_text(text + event, encoding="utf-8")
    if touch_code:
        (machine.work / "scripts/huiyin/commands/__init__.py").write_text(
            "raise SystemExit('code of the change ran')\n"
        )
    machine.git("commit", "--quiet", "--all", "--message", "沟通")
    row = machine.ask("POST", f"{API}/pulls", {"title": "沟通", "head": "change", "base": "main"})
    machine.git("push", "--quiet", str(machine.folder / "origin.git"), f"HEAD:refs/pull/{row['number']}/head")
    sha = machine.git("rev-parse", "HEAD")
    machine.git("checkout", "--quiet", "main")
    (machine.folder / "names").write_text(f"{row['head']['sha']} {sha}\n", encoding="utf-8")
    return {**row, "head": {**row["head"], "sha": sha}, "host_sha": row["head"]["sha"]}


def checked(machine: Machine, row: dict[str, Any]) -> Any:
    payload = {"pull_request": row, "number": row["number"], "action": "opened"}
    return machine.act("pull_request", "check.yml", payload)


def test_a_request_is_checked_with_the_code_of_main_and_its_words_are_kept(machine: Machine) -> None:
    row = requested(machine, touch_code=True)
    done = checked(machine, row)
    calls = [call for call in machine.calls() if call[0] in ("guard", "review")]
    assert [call[0] for call in calls] == ["review", "guard"], done.stdout + done.stderr
    for call in calls:
        told = dict(zip(call[1::2], call[2::2], strict=False))
        assert told["--base"] == "origin/main"
        assert told["--head"] == row["head"]["sha"]
        assert told["--actor"] == str(row["user"]["id"])
    assert "code of the change ran" not in done.stdout + done.stderr
    assert "不能合入" in (machine.artifacts / "review/review.md").read_text(encoding="utf-8")
    assert done.returncode != 0
    assert "change-mixed" in done.stdout


def test_a_sound_request_passes_and_is_told_in_words(machine: Machine) -> None:
    done = checked(machine, requested(machine))
    assert done.returncode == 0, done.stdout + done.stderr
    told = (machine.artifacts / "review/review.md").read_text(encoding="utf-8")
    assert "## 可以合入" in told
    assert "办理中" in told


def test_the_words_become_one_comment_that_does_nothing(machine: Machine) -> None:
    row = requested(machine)
    (machine.artifacts / "review").mkdir(parents=True)
    review = machine.artifacts / "review/review.md"
    run = {"id": 1, "event": "pull_request", "head_sha": row["host_sha"], "conclusion": "success"}
    for text in ("一 @maintainers <img src=x>", "二 [点](https://evil.example)"):
        review.write_text(text, encoding="utf-8")
        done = machine.act("workflow_run", "comment.yml", {"workflow_run": run, "action": "completed"})
        assert done.returncode == 0, done.stdout + done.stderr
    said = [comment["body"] for comment in machine.ask("GET", f"{API}/issues/{row['number']}/comments")]
    assert said == ["<!-- huiyin-review -->\n二 &#91;点&#93;(https<!-- -->://evil.example)"]


def test_a_commit_that_no_request_has_gets_no_comment(machine: Machine) -> None:
    row = requested(machine)
    (machine.artifacts / "review").mkdir(parents=True)
    (machine.artifacts / "review/review.md").write_text("冒充", encoding="utf-8")
    run = {"id": 1, "event": "pull_request", "head_sha": "0" * 40, "conclusion": "success"}
    done = machine.act("workflow_run", "comment.yml", {"workflow_run": run, "action": "completed"})
    assert done.returncode == 0, done.stdout + done.stderr
    assert machine.ask("GET", f"{API}/issues/{row['number']}/comments") == []


def sent(machine: Machine, body: str) -> dict[str, Any]:
    if "form-rating" not in {label["name"] for label in machine.ask("GET", f"{API}/labels?per_page=100")}:
        machine.ask("POST", f"{API}/labels", {"name": "form-rating", "color": "ffffff"})
    issue = {"title": '评价"; exit 1; #', "body": body, "labels": ["form-rating"]}
    made: dict[str, Any] = machine.ask("POST", f"{API}/issues", issue)
    return made


def taken_in(machine: Machine, issue: dict[str, Any], sender: dict[str, Any] | None = None) -> Any:
    payload = {"action": "opened", "issue": issue, "sender": sender or issue["user"]}
    return machine.act("issues", "intake.yml", payload, INTAKE_TOKEN="proof-token")  # noqa: S106 (of the emulated host)


def test_a_form_becomes_a_request_of_its_own_and_gets_an_answer(machine: Machine) -> None:
    issue = sent(machine, RATING)
    done = taken_in(machine, issue)
    assert done.returncode == 0, done.stdout + done.stderr
    branch = f"intake/{issue['number']}"
    origin = str(machine.folder / "origin.git")
    machine.git("fetch", "--quiet", origin, branch)
    changed = machine.git("diff", "--name-only", "main", "FETCH_HEAD").splitlines()
    assert changed == ["registry/proposals/npc-17-5/2026-g9n6a.yaml"]
    event = yamltext.read(machine.git("show", f"FETCH_HEAD:{changed[0]}")).data["events"][-1]
    assert (event["type"], event["by"], event["channel"]) == ("rated", "g-urban-committee", "form")
    assert event["reasons"] == '$(touch /tmp/owned) `id` ${{ github.token }} "; exit 1; #'
    rows = machine.ask("GET", f"{API}/pulls?state=open")
    assert [row["head"]["ref"] for row in rows] == [branch]
    answers = machine.ask("GET", f"{API}/issues/{issue['number']}/comments")
    assert len(answers) == 1
    assert answers[0]["body"].startswith("<!-- huiyin-review -->\n谢谢，已经转成登记")


def test_a_bad_form_gets_kind_words_and_blocks_no_other(machine: Machine) -> None:
    bad = sent(machine, RATING.replace("市人大城乡建设与环境资源保护委员会", "谁也不是 @maintainers"))
    good = sent(machine, RATING)
    assert [taken_in(machine, issue).returncode for issue in (bad, good)] == [0, 0]
    rows = machine.ask("GET", f"{API}/pulls?state=open")
    assert [row["head"]["ref"] for row in rows] == [f"intake/{good['number']}"]
    said = machine.ask("GET", f"{API}/issues/{bad['number']}/comments")[0]["body"]
    assert "这份表单还不能登记" in said
    assert "没有“谁也不是 @maintainers”" in said.split("```text\n")[1].split("```")[0]


def test_an_edit_by_somebody_else_is_not_taken_for_the_authors_word(machine: Machine) -> None:
    issue = sent(machine, RATING)
    done = taken_in(machine, issue, {"id": 99999, "login": "someone"})
    assert done.returncode == 0, done.stdout + done.stderr
    assert machine.calls() == []


def approved(machine: Machine, token: str) -> dict[str, Any]:
    row = requested(machine)
    review = {"event": "APPROVE", "body": "同意", "commit_id": row["host_sha"]}
    machine.ask("POST", f"{API}/pulls/{row['number']}/reviews", review, token)
    return row


def landed(machine: Machine) -> Any:
    return machine.act("workflow_dispatch", "land.yml", {"ref": "refs/heads/main"}, LAND_TOKEN="x")  # noqa: S106


def test_an_approved_request_lands_and_says_who_approved_it(machine: Machine) -> None:
    row = approved(machine, "other")
    done = landed(machine)
    assert done.returncode == 0, done.stdout + done.stderr
    machine.git("fetch", "--quiet", str(machine.folder / "origin.git"), "main")
    message = machine.git("log", "-1", "--format=%B", "FETCH_HEAD")
    assert row["head"]["sha"] in message
    assert machine.git("diff", "--name-only", "main", "FETCH_HEAD").splitlines() == [CHANGE]


def test_nobody_lands_what_only_its_author_approved(machine: Machine) -> None:
    approved(machine, "proof-token")
    done = landed(machine)
    assert done.returncode != 0
    machine.git("fetch", "--quiet", str(machine.folder / "origin.git"), "main")
    assert machine.git("diff", "--name-only", "main", "FETCH_HEAD") == ""


KEEPERS = "Huiyin-Actor: 70001091\nHuiyin-Approved-By: 70001092"


def published(machine: Machine, message: str, name: str, old: str, new: str) -> Any:
    """Push a commit straight to main and run what publishes."""
    path = machine.work / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    machine.git("commit", "--quiet", "--all", "--message", message)
    machine.git("push", "--quiet", str(machine.folder / "origin.git"), "main")
    return machine.act("push", "publish.yml", {"ref": "refs/heads/main"})


def test_what_was_audited_is_published_and_what_broke_a_rule_is_not(machine: Machine) -> None:
    settings, base = "registry/registry.yaml", machine.git("rev-parse", "HEAD")
    rows = (machine.work / settings).read_text(encoding="utf-8").splitlines()
    old = next(row for row in rows if row.startswith("audit_from: "))
    done = published(machine, f"Audit from here\n\n{KEEPERS}\n", settings, old, f"audit_from: {base}")
    assert done.returncode == 0, done.stdout + done.stderr
    site = machine.artifacts / "site"
    told = json.loads((site / "audit.json").read_text(encoding="utf-8"))
    assert (told["from"], told["steps"], told["level"]) == (base, 1, "stated")
    assert base[:12] in (site / "trust/index.html").read_text(encoding="utf-8")
    done = published(machine, "Pushed straight", settings, "late_entry_days: 5", "late_entry_days: 60")
    assert done.returncode != 0
    assert "step-unstated" in done.stdout
    assert json.loads((site / "audit.json").read_text(encoding="utf-8")) == told
