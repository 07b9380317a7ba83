"""What workflows tell the host, against a small host of our own on this machine; hostile texts come out harmless."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.host import words
from tests.project import Project

SHA = "a" * 40
OWN = "https://git.example/a/b/"


class Fake(ThreadingHTTPServer):
    """A host with one repository: requests, reviews, comments and forms, and a note of every call."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pulls: list[dict[str, Any]] = []
        self.reviews: dict[int, list[dict[str, Any]]] = {}
        self.comments: dict[int, list[dict[str, Any]]] = {}
        self.issues: dict[int, dict[str, Any]] = {}
        self.calls: list[tuple[str, str]] = []
        self.broken: tuple[int, str] | None = None

    def answer(self, method: str, path: str, query: dict[str, list[str]], body: Any) -> tuple[int, Any]:
        if self.broken:
            return self.broken
        page = int(query.get("page", ["1"])[0])
        if method == "POST" and path == "pulls":
            row = pull(len(self.pulls) + 1, SHA, ref=body["head"])
            self.pulls.append(row)
            return 201, row
        if method == "GET" and path == "pulls":
            return 200, self.pulls[100 * (page - 1) : 100 * page]
        if match := re.fullmatch(r"pulls/(\d+)/reviews", path):
            return 200, self.reviews.get(int(match[1]), [])[100 * (page - 1) :]
        if match := re.fullmatch(r"pulls/(\d+)", path):
            return 200, next(row for row in self.pulls if row["number"] == int(match[1]))
        if match := re.fullmatch(r"issues/(\d+)/comments", path):
            rows = self.comments.setdefault(int(match[1]), [])
            if method == "POST":
                rows.append({"id": 1000 + len(rows), "user": {"login": "github-actions[bot]"}, "body": body["body"]})
            return 200, rows[100 * (page - 1) : 100 * page] if method == "GET" else rows[-1]
        if match := re.fullmatch(r"issues/comments/(\d+)", path):
            row = next(row for rows in self.comments.values() for row in rows if row["id"] == int(match[1]))
            row["body"] = body["body"]
            return 200, row
        if match := re.fullmatch(r"issues/(\d+)", path):
            return 200, self.issues[int(match[1])]
        return 404, {}


class Handler(BaseHTTPRequestHandler):
    server: Fake

    def handle_any(self) -> None:
        parts = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        path = parts.path.removeprefix("/repos/a/b/")
        self.server.calls.append((str(self.command), path))
        assert self.headers["Authorization"] == "Bearer secret"
        code, data = self.server.answer(str(self.command), path, parse_qs(parts.query), body)
        raw = data.encode() if isinstance(data, str) else json.dumps(data).encode()
        self.send_response(code)
        if code == 302:
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    do_GET = do_POST = do_PATCH = handle_any  # noqa: N815 (names that the standard library asks for)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def pull(
    number: int, sha: str, *, ref: str = "change", user: int = 7, repo: str = "a/b", **more: Any
) -> dict[str, Any]:
    return {
        "number": number,
        "head": {"sha": sha, "ref": ref, "repo": {"full_name": repo}},
        "base": {"ref": "main"},
        "user": {"id": user, "login": "someone"},
        "html_url": f"{OWN}pull/{number}",
        "created_at": "2026-11-19T17:00:00Z",
        "title": "一件 <b>",
        "draft": False,
        **more,
    }


def review(user: int, state: str, sha: str = SHA, at: str = "2026-11-20T01:00:00Z") -> dict[str, Any]:
    return {"user": {"id": user}, "state": state, "commit_id": sha, "submitted_at": at}


@pytest.fixture
def host(project: Project, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fake]:
    project.with_base()
    with Fake() as fake:
        thread = threading.Thread(target=fake.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        monkeypatch.setenv("GITHUB_API_URL", f"http://127.0.0.1:{fake.server_port}")
        monkeypatch.setenv("GITHUB_SERVER_URL", "https://git.example")
        monkeypatch.setenv("GITHUB_REPOSITORY", "a/b")
        monkeypatch.setenv("GH_TOKEN", "secret")
        monkeypatch.delenv("HUIYIN_HOST_LOGIN", raising=False)
        yield fake
        fake.shutdown()
        thread.join()


# ------------------------------------------------------------------------------------------ the comment


def test_the_comment_goes_to_the_open_request_of_that_commit(host: Fake, project: Project) -> None:
    host.pulls += [pull(n, f"{n:040}") for n in range(1, 140)] + [pull(140, SHA)]
    project.write("review.md", "<!-- huiyin-review -->\n**状态** 会商中 → 办理中")
    said = project.huiyin("host", "comment", "--head", SHA, "--file", "review.md")
    assert (said.code, said.out, said.err) == (0, "#140\n", "")
    assert [row["body"] for row in host.comments[140]] == ["<!-- huiyin-review -->\n**状态** 会商中 → 办理中"]


def test_a_second_comment_takes_the_place_of_the_first(host: Fake, project: Project) -> None:
    host.pulls.append(pull(3, SHA))
    for text in ("一", "二"):
        project.write("review.md", text)
        assert project.huiyin("host", "comment", "--head", SHA, "--file", "review.md").code == 0
    assert [row["body"] for row in host.comments[3]] == ["<!-- huiyin-review -->\n二"]


def test_a_comment_of_someone_else_is_never_changed(host: Fake, project: Project) -> None:
    host.pulls.append(pull(3, SHA))
    host.comments[3] = [{"id": 5, "user": {"login": "someone"}, "body": "<!-- huiyin-review -->\n我的"}]
    project.write("review.md", "一")
    assert project.huiyin("host", "comment", "--head", SHA, "--file", "review.md").code == 0
    assert [row["body"] for row in host.comments[3]] == ["<!-- huiyin-review -->\n我的", "<!-- huiyin-review -->\n一"]


def test_without_such_a_request_nothing_is_said(host: Fake, project: Project) -> None:
    project.write("review.md", "一")
    said = project.huiyin("host", "comment", "--head", SHA, "--file", "review.md")
    assert (said.code, host.comments) == (0, {})
    assert {method for method, _ in host.calls} == {"GET"}


def test_a_link_to_a_file_is_no_file(host: Fake, project: Project) -> None:
    host.pulls.append(pull(3, SHA))
    (project.root / "review.md").symlink_to("/etc/hostname")
    assert project.huiyin("host", "comment", "--head", SHA, "--file", "review.md").code == 2
    assert host.comments == {}


TAME = {
    "@maintainers 看": "@<!-- -->maintainers 看",
    "![x](https://evil.example/x.png)": "!&#91;x&#93;(https<!-- -->://evil.example/x.png)",
    "[点这里](https://evil.example)": "&#91;点这里&#93;(https<!-- -->://evil.example)",
    "<img src=x onerror=1> &amp;": "&lt;img src=x onerror=1&gt; &amp;amp;",
    "[e1](https://git.example/a/b/blob/x#L3)": "[e1](https://git.example/a/b/blob/x#L3)",
    "[e1](https://git.example/a/b.evil/)": "&#91;e1&#93;(https<!-- -->://git.example/a/b.evil/)",
    "[e1](https://git.example/a/b/../../x)": "&#91;e1&#93;(https<!-- -->://git.example/a/b/../../x)",
    "#12 GH-3 www.evil.example": "#<!-- -->12 GH-<!-- -->3 www<!-- -->.evil.example",
    "\\[x\\](a) \\@who \\<b> 2026\\-06": "\\[x\\](a) \\@<!-- -->who \\<b&gt; 2026\\-06",
    "\\\\[x](https\\://a)": "\\\\&#91;x&#93;(https\\://a)",
    "- **好** | 表 |": "- **好** | 表 |",
    "a\u202eb": "a\\u202eb",
}


@pytest.mark.parametrize("text", TAME)
def test_a_text_from_a_change_is_tamed(text: str) -> None:
    assert words.tame(text, OWN) == TAME[text]


@given(
    st.lists(st.sampled_from([*"[]()!<>@#&ab1/.: \n`*-\\", "https://", "www.", OWN, "GH-"]), max_size=40).map("".join)
)
def test_no_text_mentions_embeds_or_leads_elsewhere(text: str) -> None:
    said = words.tame(text, OWN)
    said = re.sub(r"\\[!-/:-@\[-`{-~]", lambda m: m[0][1] if m[0][1] in "@#" else " ", said)  # Markdown does that
    left = re.sub(r"\[[^\[\]\n]*\]\(" + re.escape(OWN) + r"[^\s()<>]*\)", "", said)
    assert not re.search(r"[\[\]]", left)
    left = re.sub("&#9[13];", " ", left)
    assert not re.search(r"<(?!!-- -->)", said)
    assert not re.search(r"@\w|#\d|(?i:https?:|www\.)", left)


def test_a_huge_text_is_cut() -> None:
    assert len(words.tame("长" * 500_000, OWN)) <= words.LONGEST + 2


# ------------------------------------------------------------------------------------------ who acts, and the queue


def test_who_opened_a_request_acts_in_it(host: Fake, project: Project) -> None:
    host.pulls.append(pull(3, SHA, user=42))
    assert project.huiyin("host", "actor", "--number", "3").out == "42\n"


@pytest.mark.parametrize(
    ("ref", "login", "repo", "who"),
    [
        ("intake/9", "github-actions[bot]", "a/b", "77"),
        ("intake/9", "someone", "a/b", "42"),
        ("intake/9", "github-actions[bot]", "evil/b", "42"),
        ("intake/9x", "github-actions[bot]", "a/b", "42"),
    ],
)
def test_who_sent_a_form_acts_only_where_we_made_the_request(
    ref: str, login: str, repo: str, who: str, host: Fake, project: Project
) -> None:
    host.issues[9] = {"user": {"id": 77}}
    host.pulls.append(pull(3, SHA, ref=ref, repo=repo) | {"user": {"id": 42, "login": login}})
    assert project.huiyin("host", "actor", "--number", "3").out == f"{who}\n"


def test_the_queue_holds_what_is_approved_now_in_order_of_approval(host: Fake, project: Project) -> None:
    host.pulls += [pull(n, SHA) for n in range(1, 7)]
    host.pulls[5]["draft"] = True
    host.reviews = {
        1: [review(5, "APPROVED", at="2026-11-20T03:00:00Z")],
        2: [review(5, "APPROVED", at="2026-11-20T02:00:00Z"), review(6, "COMMENTED")],
        3: [review(5, "APPROVED", sha="b" * 40)],
        4: [review(5, "APPROVED"), review(5, "CHANGES_REQUESTED")],
        6: [review(5, "APPROVED")],
    }
    rows = json.loads(project.huiyin("host", "queue").out)
    assert [row["request"] for row in rows] == [f"{OWN}pull/2", f"{OWN}pull/1"]
    assert rows[0] == {
        "head": SHA,
        "actor": 7,
        "approved_by": [5],
        "request": f"{OWN}pull/2",
        "opened": "2026-11-20",
        "title": "一件 <b>",
    }


def test_a_form_gets_one_request_and_one_answer(host: Fake, project: Project) -> None:
    for _ in range(2):
        said = project.huiyin("host", "request", "--number", "9")
        assert (said.code, said.out) == (0, f"{OWN}pull/1\n")
        project.write("answer.md", "谢谢")
        assert project.huiyin("host", "answer", "--number", "9", "--file", "answer.md").code == 0
    assert len(host.pulls) == len(host.comments[9]) == 1


# ------------------------------------------------------------------------------------------ a host that does not answer

BROKEN: dict[str, tuple[tuple[int, str], str]] = {
    "refuses": ((403, "{}"), "答 403"),
    "leads elsewhere": ((302, ""), "答 302"),
    "answers with a page": ((200, "<html>"), "不是 JSON"),
    "answers with less than it should": ((200, '[{"number": 1}]'), "缺少内容"),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_host_that_answers_badly_is_said_in_one_line(how: str, host: Fake, project: Project) -> None:
    host.broken, expected = BROKEN[how]
    project.write("review.md", "一")
    said = project.huiyin("host", "comment", "--head", SHA, "--file", "review.md")
    assert (said.code, said.out) == (2, "")
    assert expected in said.err
    assert said.err.count("\n") == 1
    assert "secret" not in said.err


WRONG = {
    "no token": ({"GH_TOKEN": ""}, ("host", "queue"), "GH_TOKEN"),
    "an address without encryption": ({"GITHUB_API_URL": "http://git.example"}, ("host", "queue"), "https://"),
    "nobody there": ({"GITHUB_API_URL": "http://127.0.0.1:1"}, ("host", "queue"), "连不上"),
    "no number": ({}, ("host", "actor"), "--number"),
    "no file": ({}, ("host", "comment", "--head", SHA), "--file"),
}


@pytest.mark.parametrize("mistake", WRONG)
def test_what_is_missing_is_said(mistake: str, host: Fake, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    variables, argv, expected = WRONG[mistake]
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    said = project.huiyin(*argv)
    assert (said.code, said.out) == (2, "")
    assert expected in said.err
