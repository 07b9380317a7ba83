"""Figures of proposers' ratings, of the public's scores and of what became of commitments. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from huiyin.figures import timeliness
from huiyin.figures.definition import Count, Definition, Duty, Each, Section
from huiyin.figures.facts import HIT, MISS, OUT, Facts, Outcome
from huiyin.findings import Text
from huiyin.lifecycle import DROPPED, FULFILLED, Promise
from huiyin.scores import ENOUGH


def _rated(facts: Facts) -> Outcome | None:
    reply, rating = facts.first.get("replied"), facts.case.standing.rating
    if reply is None:
        return None
    return facts.judged(rating or reply, rating is not None) if facts.known(reply) else OUT


def _graded(axis: str, grade: str) -> Count:
    """A counter of items whose latest rating gives that grade on one axis, over those rated on it."""

    def count(facts: Facts) -> Outcome | None:
        if "replied" not in facts.first:
            return None
        rating = facts.case.standing.rating
        given = getattr(rating, axis) if rating else None
        return facts.judged(rating, given == grade) if rating and given else OUT

    return count


_ANSWERED = Text("有评价的件数", "those rated")
_SILENT = Text("已答复未评价的、评价日期不详的", "answered but not rated, day of the rating not known")
_GRADES = (
    ("satisfied", Text("满意率", "Satisfied"), Text("满意", "satisfied")),
    ("basically_satisfied", Text("基本满意率", "Basically satisfied"), Text("基本满意", "basically satisfied")),
    ("dissatisfied", Text("不满意率", "Dissatisfied"), Text("不满意", "dissatisfied")),
)
_AXES = (
    ("attitude", Text("办理态度", "the attitude")),
    ("result", Text("办理结果", "the result")),
)

RATINGS = (
    Definition(
        "rated",
        Section.RATING,
        Text("评价率", "Rated"),
        Text("提出人评价过答复的件数", "Items whose reply was rated by a proposer"),
        Text("已答复的件数", "those answered"),
        Text("答复或评价日期不详的", "day of the reply or rating not known"),
        "events.type, events.about",
        _rated,
        duty=Duty.PROPOSER,
    ),
    *(
        Definition(
            f"{grade}_{axis}",
            Section.RATING,
            Text(f"{title.zh}（{what.zh}）", f"{title.en} with {what.en}"),
            Text(f"最近一次评价为“{word.zh}”的件数", f"Items whose latest rating is “{word.en}”"),
            _ANSWERED,
            _SILENT,
            f"proposals.{axis}",
            _graded(axis, grade),
        )
        for axis, what in _AXES
        for grade, title, word in _GRADES
    ),
    Definition(
        "feedback_on_time",
        Section.RATING,
        Text("按期反馈率", "Feedback in time"),
        Text("提出人在反馈期限内评价的件数", "Items rated by the day that the rules set for feedback"),
        Text("已评价的加上逾期未评价的", "those rated plus those overdue"),
        Text("办理规则没有反馈期限的、还在期限内的、日期不详的", "no such term in the rules, in time, day not known"),
        "deadlines.ends, deadlines.state",
        timeliness.feedback_outcome,
        duty=Duty.PROPOSER,
    ),
)
"""The figures of ratings, in the order in which they are published."""


def _scored(facts: Facts) -> Outcome | None:
    reply = facts.first.get("replied")
    return facts.judged(reply, any(one.counts for one in facts.case.scores)) if reply else None


def _scores(facts: Facts) -> Iterator[tuple[None, Outcome, int]]:
    """How many scores each channel shows; the proposal's, whoever handles it."""
    for one in facts.case.scores:
        if one.counts:
            yield None, HIT, one.people


PUBLIC_SCORES = (
    Definition(
        "scored",
        Section.PUBLIC,
        Text("有公众评分的", "Scored by the public"),
        Text(
            f"至少一个渠道有 {ENOUGH} 人以上公众评分的件数，作废的不计",
            f"Items with scores of at least {ENOUGH} people in a channel, voided ones left out",
        ),
        Text("已答复的件数", "those answered"),
        Text("答复日期不详的", "day of the reply not known"),
        "scores.people",
        _scored,
    ),
    Definition(
        "public_scores",
        Section.PUBLIC,
        Text("公众评分人次", "Public scores"),
        Text(
            f"显示出来的公众评分，由愿意评分的人给出，不代表全体市民；每个渠道满 {ENOUGH} 人的才计，"
            "同一人在几个渠道评过的各计一次，不算平均分",
            "Scores that are shown, given by whoever wanted to, not representative; of each channel from "
            f"{ENOUGH} people on, of one person in several channels each; no mean is stated",
        ),
        None,
        None,
        "scores.people",
        each=_scores,
        unit=Text("人次", "scores"),
    ),
)
"""The figures of public scores; they say how many there are and never compare what they say."""


def _promises(judge: Callable[[Facts, Promise], Outcome | None]) -> Each:
    """A counter of commitments, each its owner's; the reply that made it must have a known day."""

    def each(facts: Facts) -> Iterator[tuple[str, Outcome, int]]:
        for promise in facts.case.standing.promises:
            outcome = judge(facts, promise)
            if outcome is not None:
                yield promise.owner, outcome, 1

    return each


def _fulfilled(facts: Facts, promise: Promise) -> Outcome:
    settled = promise.settled
    if not facts.known(promise.reply) or (settled is not None and not facts.known(settled)):
        return OUT
    return HIT if promise.status == FULFILLED else MISS


def _due_fulfilled(facts: Facts, promise: Promise) -> Outcome:
    """By the end of the day, whether in time or late."""
    due = promise.commitment.due
    return OUT if due is None or due >= facts.as_of else _fulfilled(facts, promise)


def _overdue(facts: Facts, promise: Promise) -> Outcome | None:
    return HIT if promise.overdue(facts.as_of) else None


def _dropped(_: Facts, promise: Promise) -> Outcome | None:
    return HIT if promise.status == DROPPED else None


COMMITMENTS = Text("项", "commitments")
_MADE = Text("答复中作出的全部承诺", "all that replies made")
_UNKNOWN = Text("作出或落实日期不详的", "day of the reply or settlement not known")

PROMISES = (
    Definition(
        "fulfilled",
        Section.PROMISES,
        Text("承诺落实率", "Fulfilment rate"),
        Text("已落实的承诺", "Commitments kept"),
        _MADE,
        _UNKNOWN,
        "commitments.status",
        each=_promises(_fulfilled),
        unit=COMMITMENTS,
        duty=Duty.AGENCY,
    ),
    Definition(
        "due_fulfilled",
        Section.PROMISES,
        Text("到期承诺落实率", "Due commitments kept"),
        Text("已落实的到期承诺，迟落实的也计", "Due commitments kept, late ones included"),
        Text("期限已过的承诺", "those whose day has passed"),
        Text(
            "期限未到的、没有期限的、作出或落实日期不详的",
            "not due yet, without a day, day of the reply or settlement not known",
        ),
        "commitments.status, commitments.due",
        each=_promises(_due_fulfilled),
        unit=COMMITMENTS,
        duty=Duty.AGENCY,
    ),
    Definition(
        "promises_overdue",
        Section.PROMISES,
        Text("逾期承诺", "Commitments overdue"),
        Text(
            "期限已过而既未落实也未说明不再落实的承诺",
            "Commitments whose day has passed, neither kept nor given up",
        ),
        None,
        None,
        "commitments.overdue",
        each=_promises(_overdue),
        unit=COMMITMENTS,
        duty=Duty.AGENCY,
    ),
    Definition(
        "dropped",
        Section.PROMISES,
        Text("不再落实的承诺", "Commitments dropped"),
        Text("说明原因后不再落实的承诺", "Commitments given up with a reason"),
        None,
        None,
        "commitments.status",
        each=_promises(_dropped),
        unit=COMMITMENTS,
    ),
)
"""The figures of commitments, in the order in which they are published."""
