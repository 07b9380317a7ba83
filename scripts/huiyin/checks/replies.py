"""Replies: whether each ask got an answer, and whether what was promised has an owner and a day."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.checks import Spotted, Subject, each_proposal
from huiyin.findings import Severity, Text


@each_proposal("ask-unanswered", Severity.WARNING)
def unanswered(subject: Subject) -> Iterator[Spotted]:
    """诉求没有得到回应 / Ask without an answer

    已经答复，但有的诉求没有逐条回应。页面会标明；规则包引有条文的地方算错误。几家分办的，合起来要覆盖全部诉求。

    It was answered, but an ask was not. The page says so; where the pack cites an article it is an error. Separate
    agencies together cover all asks.
    """
    if not subject.standing.replies or subject.standing.owing:
        return
    article = subject.pack.errors.get("ask-unanswered")
    for n, standing in enumerate(subject.standing.asks):
        if not standing.answers:
            yield Spotted(
                ("asks", n),
                Text(f"诉求 {standing.ask.id} 没有得到回应", f"the ask {standing.ask.id} got no answer"),
                Text(
                    "请承办单位补充答复，在 answers 中写明",
                    "the agency should answer it in a further reply, under answers",
                ),
                Text(f"逐条回应，依据：{article.say()}", f"each ask answered: {article.say()}") if article else None,
            )


@each_proposal("co-opinion-missing", Severity.WARNING)
def without_co_opinion(subject: Subject) -> Iterator[Spotted]:
    """会办意见未到就答复 / Reply before a co-handler's opinion

    主办单位答复时，会办单位的意见还没有到，办事机构也没有登记会办意见逾期。规则包引有条文的地方算错误。

    The lead replied while a co-handler's opinion was neither in nor marked overdue by an office. Where the pack cites
    an article it is an error.
    """
    waiting: set[str] = set()
    article = subject.pack.errors.get("co-opinion-missing")
    for n, event in enumerate(subject.proposal.events):
        if event.type in ("assigned", "reassigned"):
            waiting = set(event.co)
        elif event.type in ("co_opinion", "co_opinion_overdue"):
            waiting.discard(event.agency or event.by)
        elif event.type == "replied":
            for agency in sorted(waiting):
                name = subject.registry.name_of(agency)
                yield Spotted(
                    ("events", n, "type"),
                    Text(f"{name}的会办意见还没有到", f"the opinion of {name} is not in"),
                    Text(
                        "先登记会办意见；逾期未到的由办事机构登记 co_opinion_overdue",
                        "record the opinion first; when it is late an office records co_opinion_overdue",
                    ),
                    Text(f"意见齐了再答复，依据：{article.say()}", f"replies after all opinions: {article.say()}")
                    if article
                    else None,
                )
            waiting.clear()


@each_proposal("commitment-missing", Severity.WARNING)
def without_commitment(subject: Subject) -> Iterator[Spotted]:
    """正在解决或列入计划，却没有承诺 / Being resolved or scheduled without a commitment

    类别是正在解决或列入计划的答复，要写明责任单位和期限。页面会标明；规则包引有条文的地方算错误。

    A reply classed as being resolved or scheduled names who will do it and by when. The page says so; where the pack
    cites an article it is an error.
    """
    for n, event in enumerate(subject.proposal.events):
        kind = subject.pack.classes.get(event.reply_class or "")
        if kind is None or not kind.needs_commitment:
            continue
        if not event.has_owned_commitment:
            yield Spotted(
                ("events", n, "class"),
                Text(
                    f"类别是“{kind.title.zh}”，但没有写明责任单位和期限的承诺",
                    f'the class is "{kind.title.en}", but no commitment has an owner and a day',
                ),
                Text("在 commitments 中写明 owner 和 due", "add commitments with owner and due"),
            )


@each_proposal("commitment-no-owner", Severity.WARNING)
def without_owner(subject: Subject) -> Iterator[Spotted]:
    """承诺没有责任单位或期限 / Commitment without an owner or a day

    没有责任单位和期限的承诺无法兑现，也无法检查。

    A promise that nobody owns and that has no day can neither be kept nor checked.
    """
    for n, event in enumerate(subject.proposal.events):
        for m, commitment in enumerate(event.commitments):
            lacking = [key for key, value in (("owner", commitment.owner), ("due", commitment.due)) if not value]
            if lacking:
                names = " 和 ".join(lacking), " and ".join(lacking)
                yield Spotted(
                    ("events", n, "commitments", m),
                    Text(
                        f"承诺 {commitment.id} 没有 {names[0]}",
                        f"the commitment {commitment.id} has no {names[1]}",
                    ),
                    Text(f"补上 {names[0]}", f"add {names[1]}"),
                )


@each_proposal("class-unknown")
def classes(subject: Subject) -> Iterator[Spotted]:
    """规则包没有这个答复类别 / Reply class not in the pack

    答复类别要在办理规则的类别表里。

    The class of a reply is one that the rule pack lists.
    """
    known = subject.pack.classes
    for n, event in enumerate(subject.proposal.events):
        if event.reply_class and event.reply_class not in known:
            yield Spotted(
                ("events", n, "class"),
                Text(
                    f"规则包 {subject.pack.id} 没有类别 {event.reply_class}",
                    f"no class {event.reply_class} in this pack",
                ),
                Text("从类别表里选一个", "choose one that it lists"),
                Text("、".join(known), ", ".join(known)),
            )
