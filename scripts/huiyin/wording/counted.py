"""How a deadline was counted, in sentences and as data: start, term, citation, days off, extensions. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from huiyin.cases import Case
from huiyin.clocks import ClockState, Deadline
from huiyin.clocks.counting import extended
from huiyin.days import Count
from huiyin.findings import Text
from huiyin.rules import Citation
from huiyin.vocabulary import Vocabulary
from huiyin.wording import deadline_chip, long_day


def explain(deadline: Deadline, words: Vocabulary) -> tuple[Text, ...]:
    """Return how the deadline was counted, a sentence a step, each with its law; `words` name the events."""
    return tuple(_steps(deadline, words))


def _steps(deadline: Deadline, words: Vocabulary) -> Iterator[Text]:
    clock, start, term, count = deadline.clock, deadline.start, deadline.term, deadline.original
    if deadline.state == ClockState.NOT_STARTED:
        yield Text(f"{clock.title.zh}期限尚未起算。", f"The clock for {clock.title.en.lower()} has not started.")
        return
    if deadline.promise:
        yield from _promised(deadline, words)
    elif start is None:
        yield Text("起算日期不详，不计算期限。", "The day that would start it is not known: nothing is counted.")
    elif term is None or count is None:
        yield Text(
            f"{long_day(start)}起算，但办理规则没有写明当日适用的期限，不计算。",
            f"It started on {start}, but the rule pack states no term in force that day: nothing is counted.",
        )
    else:
        yield _started(deadline, start, words)
        case = {"complex": Text("复杂件", " for complex items"), "ordinary": Text("一般件", " for ordinary items")}
        kind = case.get(term.case or "", Text("", ""))
        unit = words.units[term.unit]
        yield Text(
            f"{kind.zh}期限{term.value}{unit.zh}，届满为{long_day(count.nominal)}。依据：{term.source.say()}。",
            f"The term{kind.en} is {term.value} {_plural(term.value, unit.en)}: it ends on {count.nominal}. "
            f"Source: {term.source.say()}.",
        )
        yield from _days_off(deadline, count)
        yield from _provisional(count)
        yield from _moved(deadline)
        yield from _extensions(deadline, count, words)
    yield from _after(deadline, words)


def _started(deadline: Deadline, start: date, words: Vocabulary) -> Text:
    rule, event = deadline.clock.start, deadline.started_by
    if rule.law == "session_close" and not deadline.assumed:
        return Text(f"{long_day(start)}大会闭会，当日不计。", f"The session closed on {start}; that day is day zero.")
    act = words.events[event.type] if event else Text("", "")
    day = Text(f"{long_day(start)}{act.zh}，当日不计。", f"{act.en} on {start}; that day is day zero.")
    if deadline.assumed:
        law = words.starts[rule.law]
        lacking = "、".join(words.events[kind].zh for kind in rule.on) or "闭会日期"
        lacking_en = " or ".join(words.events[kind].en.lower() for kind in rule.on) or "closing day"
        return Text(
            f"{day.zh}条文自{law.zh}起算；没有登记{lacking}，暂按{act.zh}之日计。",
            f"{day.en} The article counts from {law.en}; no {lacking_en} is recorded, so this day stands in for it.",
        )
    if rule.law == "not_stated":
        return Text(
            f"{day.zh}条文没有写明起算日，本规则按{act.zh}之日计。",
            f"{day.en} The article does not say from when; this pack takes that day.",
        )
    return day


def _promised(deadline: Deadline, words: Vocabulary) -> Iterator[Text]:
    promise, event = deadline.promise, deadline.started_by
    if promise is None or event is None:
        return
    act = words.events[event.type]
    on = Text(f"{long_day(event.on)}{act.zh}", f"{act.en} on {event.on}") if event.on else act
    if promise.due is None:
        yield Text(
            f"{on.zh}时作出的承诺，没有写明期限，不计算。", f"Promised ({on.en}) without a day: nothing is counted."
        )
    else:
        yield Text(
            f"{on.zh}时承诺：{long_day(promise.due)}前完成。期限由承诺写明，节假日不顺延。",
            f"Promised ({on.en}): done by {promise.due}. The day is the promise's own and does not roll over.",
        )


def _days_off(deadline: Deadline, count: Count) -> Iterator[Text]:
    if not count.skipped:
        return
    if deadline.term and deadline.term.unit == "workday":
        off = Counter(name if name == "周末" else f"{name}假期" for _, name in count.skipped)
        shown = "、".join(f"{name}{days}天" for name, days in off.items())
        yield Text(
            f"其间休息日{len(count.skipped)}天不计：{shown}。",
            f"{len(count.skipped)} {_plural(len(count.skipped), 'day')} off in between do not count.",
        )
    elif deadline.clock.rollover:
        source = deadline.clock.rollover_source
        law = Text(f"依据：{source.say()}。", f" Source: {source.say()}.") if source else Text("", "")
        yield Text(
            f"{_spans(count.skipped)}，顺延至首个工作日{long_day(count.latest)}。{law.zh}",
            f"The last day is a day off ({len(count.skipped)} days skipped): it moves to {count.latest}.{law.en}",
        )


def _provisional(count: Count) -> Iterator[Text]:
    if not count.provisional:
        return
    years = "、".join(str(year) for year in sorted({count.earliest.year, count.latest.year, count.nominal.year}))
    within = (
        Text(
            f"期限在{long_day(count.earliest)}至{long_day(count.latest)}之间",
            f"between {count.earliest} and {count.latest}",
        )
        if count.earliest != count.latest
        else Text(f"暂按{long_day(count.latest)}计", f"{count.latest} for now")
    )
    yield Text(
        f"{years}年的放假安排尚未公布：{within.zh}，通知公布后自动确定。",
        f"The holidays of {years} are not announced yet: {within.en}; it settles when they are.",
    )


def _moved(deadline: Deadline) -> Iterator[Text]:
    """Both starts of a reassigned item: the one that counts, and what the other would give."""
    other, source = deadline.other, deadline.clock.restarts_source
    if other is None:
        return
    if deadline.first_start and source:
        yield Text(
            f"首次起算为{long_day(deadline.first_start)}（届满为{long_day(other.latest)}），其后重新起算。"
            f"依据：{source.say()}。",
            f"It first started on {deadline.first_start} (and would end on {other.latest}); it started anew since. "
            f"Source: {source.say()}.",
        )
    elif deadline.moved and deadline.moved[-1].on:
        on = deadline.moved[-1].on
        yield Text(
            f"{long_day(on)}改交，期限仍自首次起算日计；如自改交之日计，为{long_day(other.latest)}。",
            f"Reassigned on {on}; the first start is kept. Counted from the reassignment it would be {other.latest}.",
        )


def _extensions(deadline: Deadline, count: Count, words: Vocabulary) -> Iterator[Text]:
    cap = deadline.term.cap if deadline.term else None
    if cap and deadline.cap:
        unit = words.units[cap.unit]
        since = (
            Text("原期限届满后", " after that day") if cap.counted == "added" else Text("自起算日", " from the start")
        )
        consent = words.consents[cap.consent]
        whose = Text(f"（{cap.of.zh}）", f" ({cap.of.en})") if cap.of else Text("", "")
        yield Text(
            f"可以延期：{since.zh}最长{cap.value}{unit.zh}，至{long_day(deadline.cap.latest)}，{consent.zh}{whose.zh}。"
            f"依据：{cap.source.say()}。",
            f"It may be extended to at most {cap.value} {_plural(cap.value, unit.en)}{since.en}, until "
            f"{deadline.cap.latest}, {consent.en}{whose.en}. Source: {cap.source.say()}.",
        )
    for n, event in enumerate(deadline.extensions):
        told = f"，{long_day(event.proposer_told_on)}告知提出人" if event.proposer_told_on else ""
        before = extended(count, deadline.cap, deadline.extensions[:n])[1]
        overdue = (event.on - before).days if event.on and event.on > before else 0
        was = (
            Text(f"批准时已逾期{overdue}天。", f" By then it was overdue by {overdue} days.")
            if overdue
            else Text("", "")
        )
        beyond = (
            Text("超过最长期限的部分不计。", " What reaches beyond the longest term does not count.")
            if deadline.cap and event.due and event.due > deadline.cap.latest
            else Text("", "")
        )
        yield Text(
            f"{long_day(event.on) if event.on else ''}批准延期至{long_day(event.due) if event.due else ''}{told}。"
            f"{was.zh}{beyond.zh}原期限{long_day(count.latest)}。",
            f"Extended to {event.due} on {event.on}.{was.en}{beyond.en} The first due day was {count.latest}.",
        )


def _after(deadline: Deadline, words: Vocabulary) -> Iterator[Text]:
    stop = deadline.voided_by
    if stop:
        act = words.events[stop.type]
        yield Text(
            f"{long_day(stop.on) if stop.on else ''}{act.zh}，此后不再计算。",
            f"{act.en}{f' on {stop.on}' if stop.on else ''}: not counted after that.",
        )
    elif deadline.clock.window and deadline.state == ClockState.VOID and deadline.latest:
        yield Text(f"期间已于{long_day(deadline.latest)}届满。", f"The time for it ended on {deadline.latest}.")
    after = deadline.term.consequence if deadline.term else None
    if after:
        yield Text(
            f"逾期的后果：{after.words.zh}。依据：{after.source.say()}。",
            f"If it is late: {after.words.en}. Source: {after.source.say()}.",
        )


def uncovered(case: Case, words: Vocabulary) -> tuple[Text, ...]:
    """Return for each event after which the agency must reply again and for which no clock is stated, that it is so."""
    found = []
    for index, event in enumerate(case.events):
        if event.type in ("rehandling_ordered", "reopened") and index not in case.standing.refused:
            started = any(deadline.started_by == event for deadline in case.deadlines)
            if not started:
                act = words.events[event.type]
                on = long_day(event.on) if event.on else ""
                found.append(
                    Text(
                        f"{on}{act.zh}（{event.id}）：办理规则没有写明相应的期限，不计算。",
                        f"{act.en}{f' on {event.on}' if event.on else ''} ({event.id}): the rules state no time limit "
                        "for what follows, so nothing is counted.",
                    )
                )
    return tuple(found)


def told(deadline: Deadline, pack: str, words: Vocabulary, lang: str) -> dict[str, Any]:
    """Return the whole count as data for other programs; days are ISO dates, absent ones None."""
    term, count, clock = deadline.term, deadline.original, deadline.clock
    skipped = [{"day": day.isoformat(), "why": why} for day, why in count.skipped] if count else []
    workdays = bool(term and term.unit == "workday")
    chip = deadline_chip(deadline)
    return {
        "clock": deadline.key,
        "title": clock.title.say(lang),
        "pack": pack,
        "duty": clock.duty,
        "agency": deadline.agency,
        "start": {
            "day": _iso(deadline.start),
            "event": deadline.started_by.id if deadline.started_by else None,
            "law": clock.start.law,
            "stands_in": deadline.assumed,
        },
        "term": term.value if term else None,
        "unit": term.unit if term else None,
        "case": term.case if term else None,
        "source": _cited(term.source) if term else None,
        "skipped": skipped if workdays else [],
        "rollover": [] if workdays else skipped,
        "cap": _iso(deadline.cap.latest) if deadline.cap else None,
        "extensions": [{"event": e.id, "day": _iso(e.on), "due": _iso(e.due)} for e in deadline.extensions],
        "original": _iso(count.latest) if count else None,
        "due_earliest": _iso(deadline.earliest),
        "due_latest": _iso(deadline.latest),
        "provisional": deadline.provisional,
        "state": deadline.state.value,
        "days": deadline.days,
        "said": chip.words.say(lang) if chip else None,
        "steps": [step.say(lang) for step in explain(deadline, words)],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _cited(source: Citation) -> dict[str, str | None]:
    return {"document": source.document, "article": source.article, "date": source.date.isoformat()}


def _plural(number: int, unit: str) -> str:
    return unit if number == 1 else f"{unit}s"


def _spans(skipped: Iterable[tuple[date, str]]) -> str:
    """2026-05-02 … 05 of 劳动节 → "5月2日至5日为劳动节假期"."""
    groups: list[tuple[str, date, date]] = []
    for day, name in skipped:
        if groups and groups[-1][0] == name:
            groups[-1] = (name, groups[-1][1], day)
        else:
            groups.append((name, day, day))
    said = []
    for name, first, last in groups:
        until = "" if first == last else f"至{'' if first.month == last.month else f'{last.month}月'}{last.day}日"
        said.append(f"{first.month}月{first.day}日{until}为{name if name == '周末' else f'{name}假期'}")
    return "，".join(said)
