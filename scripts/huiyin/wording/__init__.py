"""Sentences that the site and the terminal share: whose turn, how a deadline stands, what an event says. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from huiyin.cases import Case, names
from huiyin.clocks import ClockState, Deadline
from huiyin.findings import Text
from huiyin.lifecycle import Promise
from huiyin.model import Registry
from huiyin.vocabulary import Vocabulary


@dataclass(frozen=True)
class Chip:
    """A short word for a state with a mark and a tone, so that colour is never alone: ok, near, late, open, plain."""

    words: Text
    mark: str
    tone: str


def day(when: date | None) -> str:
    """Return a day as it is printed in tables, 2026-03-05; 日期不详 where it is not known."""
    return when.isoformat() if when else "日期不详"


def long_day(when: date) -> str:
    """Return a day as it is written in a sentence, 2026年3月5日."""
    return f"{when.year}年{when.month}月{when.day}日"


def deadline_chip(deadline: Deadline) -> Chip | None:
    """Return how a deadline stands; None where nothing is counted."""
    days = deadline.days
    done = Text("答复", "answered") if "replied" in deadline.clock.end.on else Text("完成", "done")
    about = Text("约", "about ") if deadline.earliest != deadline.latest else Text("", "")
    match deadline.state:
        case ClockState.RUNNING:
            return Chip(Text(f"还有{about.zh} {days} 天", f"{about.en}{days} days left"), "○", "plain")
        case ClockState.NEAR if days == 0 and deadline.earliest != deadline.latest:
            return Chip(
                Text(f"期限未定，最迟 {deadline.latest}", f"due day open, {deadline.latest} at the latest"), "◔", "near"
            )
        case ClockState.NEAR if days == 0:
            return Chip(Text("今天到期", "due today"), "◔", "near")
        case ClockState.NEAR:
            return Chip(Text(f"临近期限 · 还有{about.zh} {days} 天", f"near: {about.en}{days} days left"), "◔", "near")
        case ClockState.OVERDUE:
            return Chip(Text(f"逾期 {days} 天", f"overdue by {days} days"), "▲", "late")
        case ClockState.MET if days == 0:
            return Chip(Text(f"按期{done.zh}", f"{done.en} in time"), "●", "ok")
        case ClockState.MET:
            return Chip(Text(f"提前 {days} 天{done.zh}", f"{done.en} {days} days early"), "●", "ok")
        case ClockState.LATE:
            return Chip(Text(f"逾期 {days} 天{done.zh}", f"{done.en} {days} days late"), "▲", "late")
        case ClockState.VOID if deadline.clock.window and deadline.latest and not deadline.voided_by:
            return Chip(Text("期间已过", "the time for it has passed"), "–", "plain")
        case ClockState.VOID:
            return Chip(Text("不再计算", "not counted"), "–", "plain") if deadline.voided_by else None
        case _:
            return None


def due_day(deadline: Deadline) -> Text:
    """Return the due day, or the interval in which it lies while a year's holidays are not announced."""
    if deadline.earliest is None or deadline.latest is None:
        return Text("不计算", "not counted")
    if deadline.earliest != deadline.latest:
        return Text(
            f"{deadline.earliest} 至 {deadline.latest}（暂定）",
            f"{deadline.earliest} to {deadline.latest} (provisional)",
        )
    return (
        Text(f"{deadline.latest}（暂定）", f"{deadline.latest} (provisional)")
        if deadline.provisional
        else Text(f"{deadline.latest}", f"{deadline.latest}")
    )


LISTED = Text("、", ", ")
"""What stands between names in a row."""
ANSWERED = ("replied", "rated", "closed")
"""The states in which the class of the reply says more than the state alone."""


def state_chip(case: Case) -> Chip:
    """Return where a proposal stands, as lists say it: its state, with the class of its reply once it has one."""
    outcome = outcome_chip(case)
    if case.state is None or outcome.words == case.state.title:
        return outcome
    return replace(outcome, words=beside(case.state.title, outcome.words))


def beside(state: Text, outcome: Text) -> Text:
    """Return a state and the class of a reply in one word."""
    return Text(f"{state.zh} · {outcome.zh}", f"{state.en} · {outcome.en}")


def outcome_chip(case: Case) -> Chip:
    """Return what came of a proposal: the class of its reply once it has one, else its state."""
    reply = case.standing.reply
    state = case.state
    words = state.title if state else Text("未开始", "Not started")
    kind = case.pack.classes.get(reply.reply_class or "") if reply else None
    if state and state.id in ANSWERED and kind and kind.id != "not_stated":
        return Chip(kind.title, kind.mark, kind.tone)
    if state and state.final:
        return Chip(words, "–", "plain")
    return Chip(words, "◐" if state and state.turn == "lead" else "○", "open" if state else "plain")


def promise_chip(promise: Promise, as_of: date) -> Chip:
    """Return how a commitment stands."""
    due = promise.commitment.due
    if promise.status == "fulfilled":
        on = promise.settled.on if promise.settled else None
        late = bool(on and due and on > due)
        return Chip(Text("逾期后落实" if late else "已落实", "kept late" if late else "kept"), "●", "ok")
    if promise.status == "dropped":
        return Chip(Text("不再落实", "given up"), "○", "plain")
    if promise.overdue(as_of) and due:
        days = (as_of - due).days
        return Chip(Text(f"逾期 {days} 天", f"overdue by {days} days"), "▲", "late")
    return Chip(Text("进行中", "under way"), "◐", "open")


VERDICTS = {"holds": ("●", "ok"), "partly": ("◐", "near"), "came_back": ("▲", "late")}
"""The mark and tone of what was found when somebody looked back."""


def verdict_chip(verdict: str, vocabulary: Vocabulary) -> Chip:
    """Return what was found when somebody looked back."""
    return Chip(vocabulary.verdicts[verdict], *VERDICTS[verdict])


def turn_sentence(registry: Registry, case: Case, vocabulary: Vocabulary) -> tuple[Text, Text] | None:
    """Return whose turn it is now and what they are expected to do; None when nobody is waited for."""
    if not case.standing.turns:
        return None
    turn = case.standing.turns[0]
    who = names(registry, case.proposal, turn)
    shown = who if len(who) <= 3 else who[:1]
    more = Text("" if len(who) <= 3 else f"等 {len(who)} 人", "" if len(who) <= 3 else f" and {len(who) - 1} more")
    acts = [vocabulary.events[act] for act in turn.acts]
    return (
        Text("、".join(shown) + more.zh, ", ".join(shown) + more.en),
        Text("或".join(act.zh for act in acts), " or ".join(act.en.lower() for act in acts)),
    )


def number(case: Case, vocabulary: Vocabulary) -> Text:
    """Return the official number with the kind, or that there is none yet."""
    kind = vocabulary.kinds[case.proposal.kind]
    if not case.standing.number:
        return Text(f"{kind.zh}（尚未编号）", f"{kind.en} (no number yet)")
    plain = case.standing.number.isdigit()
    return Text(
        f"第 {case.standing.number} 号{kind.zh}" if plain else f"{kind.zh} {case.standing.number}",
        f"{kind.en} no. {case.standing.number}",
    )
