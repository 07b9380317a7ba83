"""Disclosure: what is not public must not stand in a file that is published, and what was taken out is said truly."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.checks import Spotted, Subject, each_proposal
from huiyin.disclosure import TAKEN_OUT, can_mean
from huiyin.disclosure.openness import EVENT_FIELDS, FIELDS
from huiyin.findings import Text, did_you_mean, hinted, one_of
from huiyin.model import Evidence

_TEXTS = ("situation", "analysis", "evidence")


@each_proposal("withheld-text-present")
def withheld_text(subject: Subject) -> Iterator[Spotted]:
    """不公开的内容还在文件里 / Withheld text still in the file

    不予公开的栏目和答复，文字不能留在会发布的文件里：页面和搜索会照样显示，git 也会永远记得。
    内部受理的登记册不公开，文字可以留着，投影时会略去。

    The text of what is withheld must not stand in a file that is published: pages and search would show it, and git
    never forgets. A registry with private intake is not published and may keep it: projections leave it out.
    """
    settings, proposal = subject.registry.settings, subject.proposal
    if settings.projection is None and settings.intake == "private":
        return  # what is withheld stays here: projections leave it out
    named: set[str] = set()
    for event in proposal.events:
        if event.type == "withheld":
            named |= set(event.fields)
        elif event.type == "disclosed" and event.level == "full":
            named.clear()
    if proposal.disclosure and proposal.disclosure.level == "withheld":
        named |= set(_TEXTS)
    for name in _TEXTS:
        if name in named and _says(getattr(proposal, name)):
            yield _present((name,))
    opened = {event.refers_to for event in proposal.events if event.type == "disclosed" and event.level == "full"}
    for n, event in enumerate(proposal.events):
        closed = event.disclosure and event.disclosure.level == "withheld" and event.id not in opened
        if closed and _says(event.text):
            yield _present(("events", n, "text"))


def _says(value: str | tuple[Evidence, ...] | None) -> bool:
    """Whether a text is there and no mark of one that a projection took out."""
    if isinstance(value, tuple):
        return any(row.claim != TAKEN_OUT for row in value)
    return bool(value) and value != TAKEN_OUT


def _present(at: tuple[str | int, ...]) -> Spotted:
    return Spotted(
        at,
        Text("这一栏不予公开，但文字还在文件里", "this is withheld, but its text still stands here"),
        Text("把文字从这个文件中删去，另行保存", "take the text out of this file and keep it elsewhere"),
        key=True,
    )


@each_proposal("withheld-field-unknown")
def withheld_fields(subject: Subject) -> Iterator[Spotted]:
    """没有可以不公开的这一栏 / No field that can be withheld

    `withheld` 的 `fields` 只能写有文字的栏目、节点编号，或者某个节点的栏目。写错一个字母，要遮的文字就照样公开；
    写 `proposers` 而没有写 `confidential`，也什么都没有遮。

    `fields` of `withheld` name what holds texts, an event, or a field of one. With a letter mistyped the text stays
    public, and `proposers` without `confidential` withholds nothing either.
    """
    proposal = subject.proposal
    known = [event.id for event in proposal.events]
    opened = [n for n, e in enumerate(proposal.events) if e.type == "disclosed" and e.level == "full"]
    inside = subject.registry.settings.projection is None  # who asked is not told in projections
    for n, event in enumerate(proposal.events):
        for k, name in enumerate(event.fields if event.type == "withheld" else ()):
            if not can_mean(name, known):
                hint = did_you_mean(name, sorted({*FIELDS, *EVENT_FIELDS, *known}))
                yield Spotted(
                    ("events", n, "fields", k),
                    Text(f"没有可以不公开的栏目 {name}", f"{name} is nothing that can be withheld"),
                    hinted(
                        hint,
                        Text(
                            "写 situation 这样的栏目、e9 这样的节点，或者 e9.text；提出人要求保密的写 confidential",
                            "write a field like situation, an event like e9, or e9.text; proposers who ask for "
                            "confidentiality stand in `confidential`",
                        ),
                    ),
                )
            elif name == "proposers" and inside and not proposal.confidential and not any(m > n for m in opened):
                yield Spotted(
                    ("events", n, "fields", k),
                    Text(
                        "proposers 不公开，却没有写 confidential，提出人照样公开",
                        "`proposers` is withheld, but without `confidential` they stay public",
                    ),
                    Text(
                        "在 confidential 写上要求保密的提出人的编号，或者从 fields 删去 proposers",
                        "name the proposers who asked in `confidential`, or take `proposers` out of `fields`",
                    ),
                )


@each_proposal("taken-out-false")
def taken_out_false(subject: Subject) -> Iterator[Spotted]:
    """没有遮去，却写了 taken_out / `taken_out` where nothing was taken out

    `taken_out` 由投影写：哪些栏目的文字换成了“（未公开）”，什么缘由。手写的、或者所说栏目里文字还在的，
    会让读者以为有东西没有公开。

    Projections write `taken_out`: which texts became “（未公开）”, and why. Where it was written by hand, or the texts
    that it names still stand, readers would believe that something is not public.
    """
    proposal = subject.proposal
    if proposal.taken_out and subject.registry.settings.projection is None:
        yield Spotted(
            ("taken_out",),
            Text("这里不是投影，什么也没有遮去", "this is no projection, and nothing was taken out"),
            Text(
                "删去 taken_out；要不公开，写 disclosure，或记 withheld 节点",
                "delete `taken_out`; to keep something from the public write `disclosure`, or record `withheld`",
            ),
            key=True,
        )
        return
    for n, row in enumerate(proposal.taken_out):
        for name in row.unmarked:
            yield Spotted(
                ("taken_out", n, "fields", row.fields.index(name)),
                Text(f"{name} 里没有“{TAKEN_OUT}”", f"{name} holds no {TAKEN_OUT}"),
                Text(
                    "投影不能手改；从内部登记册重新投影",
                    "a projection is not edited by hand; have it made anew from the private registry",
                ),
            )


@each_proposal("confidential-not-proposer")
def confidential(subject: Subject) -> Iterator[Spotted]:
    """要求保密的不是提出人 / Confidentiality for somebody who did not propose

    `confidential` 只能写这一件的提出人：投影不说他们是谁。写错编号，真正要求保密的人就会公开。

    `confidential` names proposers of this item, whom projections do not name. With a mistyped id whoever asked for
    confidentiality would be named in public.
    """
    proposal = subject.proposal
    for n, member in enumerate(proposal.confidential):
        if member not in proposal.proposers:
            hint = did_you_mean(member, proposal.proposers)
            yield Spotted(
                ("confidential", n),
                Text(f"{member} 不是这一件的提出人", f"{member} is no proposer of this item"),
                hinted(
                    hint,
                    Text(
                        "改成要求保密的提出人的编号，或者删去", "write the id of the proposer who asked, or delete it"
                    ),
                ),
                one_of(proposal.proposers),
            )
