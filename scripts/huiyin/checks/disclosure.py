"""Disclosure: what is not public must not stand in a file that is published."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.checks import Spotted, Subject, each_proposal
from huiyin.findings import Text

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
    if proposal.taken_out:
        return  # a projection has put a mark where a text was
    named: set[str] = set()
    for event in proposal.events:
        if event.type == "withheld":
            named |= set(event.fields)
        elif event.type == "disclosed" and event.level == "full":
            named.clear()
    if proposal.disclosure and proposal.disclosure.level == "withheld":
        named |= set(_TEXTS)
    for name in _TEXTS:
        if name in named and getattr(proposal, name):
            yield _present((name,))
    for n, event in enumerate(proposal.events):
        if event.disclosure and event.disclosure.level == "withheld" and event.text:
            yield _present(("events", n, "text"))


def _present(at: tuple[str | int, ...]) -> Spotted:
    return Spotted(
        at,
        Text("这一栏不予公开，但文字还在文件里", "this is withheld, but its text still stands here"),
        Text("把文字从这个文件中删去，另行保存", "take the text out of this file and keep it elsewhere"),
        key=True,
    )
