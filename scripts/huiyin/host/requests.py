"""Requests on the host: which one a commit belongs to, who acts in it, which are approved and in which order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from huiyin.host.api import Host
from huiyin.review import MARK

INTAKE = re.compile(r"intake/([1-9][0-9]{0,8})")
"""The branches of requests that were made of a sent form, with the number of that form."""

Row = Mapping[str, Any]


def of_head(host: Host, head: str, branch: str) -> Row | None:
    """Return the open request onto `branch` whose newest commit is `head`; None when there is none."""
    for row in host.rows("pulls", state="open", base=branch):
        if row["head"]["sha"] == head and row["base"]["ref"] == branch:
            return dict(row)
    return None


def say(host: Host, number: int, text: str, login: str) -> None:
    """Write the comment of `login` on a request or form: a new one, or ours once more in place of the last."""
    body = f"{MARK}\n{text}"
    for row in host.rows(f"issues/{number}/comments"):
        if row["user"]["login"] == login and str(row["body"]).startswith(MARK):
            host.patch(f"issues/comments/{row['id']}", {"body": body})
            return
    host.post(f"issues/{number}/comments", {"body": body})


def actor(host: Host, row: Row, login: str) -> int:
    """Return the account that acts: who opened the request or, where `login` opened it for a form, who sent that."""
    head = row["head"]
    intake = INTAKE.fullmatch(head["ref"])
    ours = bool(head.get("repo")) and head["repo"]["full_name"] == host.repository
    if intake and ours and row["user"]["login"] == login:
        return int(host.get(f"issues/{intake[1]}")["user"]["id"])
    return int(row["user"]["id"])


def queue(host: Host, branch: str, login: str, timezone: str) -> list[dict[str, Any]]:
    """Return the approved requests in the order of their approvals, as `huiyin land` takes them."""
    approved = []
    for row in host.rows("pulls", state="open", base=branch):
        if row.get("draft"):
            continue
        reviews = _approvals(host.rows(f"pulls/{row['number']}/reviews"), row["head"]["sha"])
        if reviews:
            latest = min(str(review["submitted_at"]) for review in reviews)
            approved.append((latest, int(row["number"]), row, reviews))
    return [
        {
            "head": row["head"]["sha"],
            "actor": actor(host, row, login),
            "approved_by": sorted({int(review["user"]["id"]) for review in reviews}),
            "request": row["html_url"],
            "opened": _day(str(row["created_at"]), timezone),
            "title": row["title"],
        }
        for _, _, row, reviews in sorted(approved, key=lambda one: one[:2])
    ]


def _approvals(reviews: Iterable[Row], head: str) -> list[Row]:
    """The approvals that hold: the last word of each reviewer, about the newest commit."""
    last = {}
    for review in reviews:
        if review["state"] in ("APPROVED", "CHANGES_REQUESTED", "DISMISSED"):
            last[review["user"]["id"]] = review
    return [review for review in last.values() if review["state"] == "APPROVED" and review["commit_id"] == head]


def _day(moment: str, timezone: str) -> str:
    return datetime.fromisoformat(moment.replace("Z", "+00:00")).astimezone(ZoneInfo(timezone)).date().isoformat()


def open_for_form(host: Host, branch: str, base: str, number: int) -> Row:
    """Return the open request of the branch of a form, opening it when there is none."""
    owner = host.repository.split("/")[0]
    for row in host.rows("pulls", state="open", head=f"{owner}:{branch}", base=base):
        if row["head"]["ref"] == branch:
            return dict(row)
    body = (
        f"由表单 #{number} 转成，提交人是表单的作者。 / Made of form #{number}, whose author acts.\n\nCloses #{number}"
    )
    title = f"表单 #{number} / Form #{number}"
    return dict(host.post("pulls", {"title": title, "head": branch, "base": base, "body": body}))
