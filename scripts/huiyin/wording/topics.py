"""What came back, in words. Pure."""

from __future__ import annotations

from huiyin.findings import Text
from huiyin.model import Registry
from huiyin.topics import Return, TopicStanding, Why
from huiyin.wording import Chip, long_day
from huiyin.wording.days import day_chip


def came_back(one: Return) -> Text:
    """Return one line: which reply called it resolved on which day, and when it came back."""
    claimed = one.claimed.proposal
    if one.reply.on is None:
        raise ValueError("a return is counted from the day of a reply")
    first = f"{claimed.id} {long_day(one.reply.on)}答复已解决", f"{claimed.id} called resolved on {one.reply.on}"
    if one.again is None:
        return Text(
            f"{first[0]}，{long_day(one.on)}回头看又出现", f"{first[1]}, found again by a look-back on {one.on}"
        )
    again = one.again.proposal.id
    unsure = "（文字相近，待核对）", " (texts alike, to be looked at)"
    mark = unsure if one.why == Why.ALIKE else ("", "")
    return Text(
        f"{first[0]}，{long_day(one.on)}又由 {again} 提出{mark[0]}",
        f"{first[1]}, asked again on {one.on} by {again}{mark[1]}",
    )


def stands(one: TopicStanding, registry: Registry) -> Text:
    """Return one line: who leads, by when, and whether that was kept."""
    topic, lead = one.topic, registry.name_of(one.topic.lead)
    if one.closed:
        late = f"，晚 {-one.days} 天" if one.days < 0 else "", f", {-one.days} days late" if one.days < 0 else ""
        state = Text(f"{long_day(one.closed)}办结{late[0]}", f"closed on {one.closed}{late[1]}")
    elif one.overdue:
        state = Text(f"超期 {-one.days} 天", f"{-one.days} days overdue")
    else:
        state = Text(f"还有 {one.days} 天", f"{one.days} days left")
    asked, promised = len(one.cases), len(one.promises)
    return Text(
        f"{lead}牵头，时限 {long_day(topic.due)}，{state.zh}；建议、提案 {asked} 件，承诺 {promised} 项",
        f"{lead} leads, due {topic.due}, {state.en}; {asked} proposals, {promised} commitments",
    )


def topic_chip(one: TopicStanding, near_days: int) -> Chip:
    """Return how the time limit of a topic stands; it is near from `near_days` days before."""
    return day_chip(one.days, one.closed is not None, near_days, Text("办结", "closed"))
