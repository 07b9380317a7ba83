"""What came back, in words. Pure."""

from __future__ import annotations

from huiyin.findings import Text
from huiyin.model import Registry
from huiyin.signals.series import Point
from huiyin.topics import Complaints, Return, TopicStanding, Why
from huiyin.wording import Chip, long_day
from huiyin.wording.days import day_chip

WHYS = {
    Why.NAMED: Text("写明的前案", "named as earlier"),
    Why.ALIKE: Text("文字相近，待核对", "texts alike, to be looked at"),
}
"""Why an earlier proposal is taken for the same problem."""


def why_chip(why: Why) -> Chip:
    """Return why an earlier proposal is taken for the same problem."""
    return Chip(WHYS[why], "○", "plain")


def came_back(one: Return) -> Text:
    """Return one line: which reply called it resolved on which day, and when it came back."""
    claimed = one.claimed.proposal
    if one.reply.on is None:
        raise ValueError("a return is counted from the day of a reply")
    first = f"{claimed.id} {long_day(one.reply.on)}答复已解决", f"{claimed.id} called resolved on {one.reply.on}"
    if one.complaints:
        told = complained(one.complaints)
        return Text(f"{first[0]}，{told.zh}", f"{first[1]}, {told.en}")
    if one.again is None:
        return Text(
            f"{first[0]}，{long_day(one.on)}回头看又出现", f"{first[1]}, found again by a look-back on {one.on}"
        )
    again = one.again.proposal.id
    unsure = WHYS[Why.ALIKE]
    mark = (f"（{unsure.zh}）", f" ({unsure.en})") if one.why == Why.ALIKE else ("", "")
    return Text(
        f"{first[0]}，{long_day(one.on)}又由 {again} 提出{mark[0]}",
        f"{first[1]}, asked again on {one.on} by {again}{mark[1]}",
    )


def complained(one: Complaints) -> Text:
    """Return which months running had as many complaints as the usual month before the reply, of which channel."""
    series, usual = one.series, f"{one.usual:.1f}".removesuffix(".0")
    where = series.area_title or Text("全部区域", "all areas")
    return Text(
        f"{where.zh}同类诉求{'、'.join(map(_month, one.again))}有 {_counts(one.again, '、')} 件，不少于答复前 "
        f"{len(one.before)} 个月的平均 {usual} 件（{series.title.zh}；同类诉求不一定是同一件事）",
        f"and complaints of its category in {where.en} were {_counts(one.again, ' and ')} in "
        f"{' and '.join(point.month for point in one.again)}, no fewer than {usual} in an average one of "
        f"{len(one.before)} months before the reply ({series.title.en}; they need not be about the same matter)",
    )


def _month(point: Point) -> str:
    return f"{int(point.month[:4])}年{int(point.month[5:])}月"


def _counts(points: tuple[Point, ...], joint: str) -> str:
    return joint.join(str(point.tickets) for point in points)


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
