"""What the message of a landed commit states about who acted, who approved, and from which request. Pure."""

from __future__ import annotations

import re
from datetime import date
from zoneinfo import ZoneInfo

from huiyin.findings import Severity, rule
from huiyin.guard import CHANGE, KINDS, Asked
from huiyin.history import Step

STEP, ACTOR, AUTHOR, APPROVED, REQUEST, OPENED, HEAD = TRAILERS = (
    "Huiyin-Step",
    "Huiyin-Actor",
    "Huiyin-Author",
    "Huiyin-Approved-By",
    "Huiyin-Request",
    "Huiyin-Opened",
    "Huiyin-Head",
)
"""Lines that close the message of a landed commit."""
_ACCOUNT = re.compile(r"([1-9][0-9]{0,11})(?: \S+)?")
NOBODY = 0
"""Stands for an actor that a step does not state; no account has this number."""

UNSTATED = rule(
    "step-unstated",
    Severity.ERROR,
    """没有写明是谁的改动 / Step that states no actor

    改动登记册或规则的每一步，提交说明的最后都要写明一个提交人（Huiyin-Actor）；由 huiyin land 合入的会写，
    直接推送到主线的没有。

    Every step that changes the registry or the rules states one actor at the end of its message (Huiyin-Actor).
    `huiyin land` writes it; what is pushed straight to the branch lacks it.""",
)
UNATTESTED = rule(
    "step-unattested",
    Severity.ERROR,
    """没有合入密钥的签名 / Step without the signature of a landing key

    registry.yaml 写了合入密钥以后，写明提交人的每一步都要由其中一把签名：提交说明里的提交人和批准人由它证明。
    没有签名、签名不对，或者密钥已经停用，都算违规。

    Once registry.yaml names landing keys, every step that states its actor is signed by one of them: that key attests
    who acted and who approved. A missing or wrong signature, or one by a key that is not in force, is a violation.""",
)
REWRITTEN = rule(
    "history-rewritten",
    Severity.ERROR,
    """历史被改写 / History rewritten

    审计过的提交不在主线上了：主线被强制推送过，或者 audit_from 写的不是主线上的提交。

    A commit that was audited is not on the branch any more: it was force-pushed, or audit_from names a commit of
    another branch.""",
)


def asked_of(step: Step, timezone: str) -> Asked | None:
    """Return who wanted a landed step and who approved it, as its message states; None when it states no one actor.

    The day of landing is the day of the commit in `timezone`, for example "Asia/Shanghai".
    """
    actor = account(step.trailer(ACTOR) or "")
    kind = step.trailers.get(STEP, (CHANGE,))
    if actor is None or len(kind) != 1 or kind[0] not in KINDS:
        return None
    opened = step.trailer(OPENED)
    try:
        opened_on = date.fromisoformat(opened) if opened else None
    except ValueError:
        return None
    approvers = [account(value) for value in step.trailers.get(APPROVED, ())]
    authors = [account(value) for value in step.trailers.get(AUTHOR, ())]
    return Asked(
        actor=actor,
        day=day_of_landing(step, timezone),
        opened=opened_on,
        approvers=tuple(who for who in approvers if who is not None),
        authors=tuple(who for who in authors if who is not None),
        kind=kind[0],
        landed=True,
    )


def day_of_landing(step: Step, timezone: str) -> date:
    """Return the day on which a step was committed, in `timezone`."""
    return step.at.astimezone(ZoneInfo(timezone)).date()


def account(value: str) -> int | None:
    """Return the account of a trailer such as "70001001 wl-npc-1"; None when it does not begin with a number."""
    match = _ACCOUNT.fullmatch(value)
    return int(match[1]) if match else None


def trailer_lines(rows: list[tuple[str, str]]) -> str:
    """Return trailers as the last paragraph of a message; values lose what would break their line."""
    return "\n".join(f"{key}: {' '.join(value.split())}" for key, value in rows if value)
