"""Who must approve a change, and whether they did: somebody entitled, who neither acts in it nor wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from huiyin.checks import Spotted
from huiyin.findings import Place, Text
from huiyin.guard.change import CHANGE, Change, at, guarded, names
from huiyin.guard.files import changes_powers
from huiyin.model import Event


@dataclass(frozen=True)
class Need:
    """An approval that a change needs: from an account of one of these offices, or from a maintainer; and for what."""

    offices: frozenset[str]
    maintainer: bool
    place: Place

    def words(self, change: Change) -> Text:
        """Return who may give it."""
        who = names(change.base, tuple(sorted(self.offices)))
        keeper = Text("维护者", "a maintainer") if self.maintainer else Text("", "")
        zh = "或".join(part for part in (who.zh, keeper.zh) if part)
        return Text(zh, " or ".join(part for part in (who.en, keeper.en) if part))

    def met_by(self, change: Change, who: int) -> bool:
        """Whether the account may give it."""
        return bool(self.offices & change.may(who)) or (self.maintainer and change.maintains(who))


def needs(change: Change) -> tuple[Need, ...]:
    """Return the approvals that a change needs, each kind once."""
    found: dict[tuple[frozenset[str], bool], Need] = {}
    for need in _needs(change):
        found.setdefault((need.offices, need.maintainer), need)
    return tuple(found.values())


def _needs(change: Change) -> Iterator[Need]:
    government = change.base.settings.government_office.id
    bodies = frozenset(body.office.id for body in change.base.settings.bodies)
    if change.asked.kind != CHANGE and change.files:
        yield Need(frozenset(), True, at(change.files[0]))
        yield Need(bodies, False, at(change.files[0]))
        return
    for pair in change.pairs:
        place = Place(pair.path)
        ours = frozenset(change.offices(pair)) or bodies
        handled = bool(pair.added) and all(_handling(event, government) for _, event in pair.added)
        yield Need(ours | {government} if handled else ours, False, place)
        for _, event in pair.added:
            if event.late_entry:
                yield Need(frozenset({event.late_entry.approved_by}), False, place)
    for file in change.files:
        if not file.path.startswith(change.folder) or changes_powers(change, file.path):
            yield Need(frozenset(), True, at(file))
        elif change.parts(file)[0] != "proposals":
            yield Need(bodies | {government}, True, at(file))


def _handling(event: Event, government: str) -> bool:
    """Whether an event is an act of an agency or of the government's office, which that office may approve."""
    return event.by.startswith("a-") or event.by == government


@guarded("approval-missing")
def missing(change: Change) -> Iterator[Spotted]:
    """没有有权的人批准 / Nobody entitled approved

    改动合入以前，要由有权的人批准：建议、提案由受理的办事机构，承办单位的节点也可以由政府办公厅（室），
    补录由写明的办事机构，设置、账号、规则和程序由维护者，批量导入和迁移由维护者和办事机构一起。

    Before a change lands, somebody entitled approves it: the body's office for proposals (for acts of agencies the
    government's office may too), the office named for a late entry, a maintainer for settings, people, rules and code,
    a maintainer and a body's office together for imports and migrations.
    """
    if change.asked.approvers is None:
        return
    others = [who for who in change.asked.approvers if who not in (change.asked.actor, *change.asked.authors)]
    for need in needs(change):
        if not any(need.met_by(change, who) for who in others):
            words = need.words(change)
            given = "、".join(change.name_of(who) for who in others)
            yield Spotted(
                need.place,
                Text(
                    f"{given}无权批准" if given else "还没有人批准",
                    f"{given} may not approve it" if given else "nobody has approved it",
                ),
                Text(f"请{words.zh}批准", f"have {words.en} approve it"),
                Text(f"{words.zh}的账号", f"an account of {words.en}"),
            )


@guarded("approval-own")
def own(change: Change) -> Iterator[Spotted]:
    """自己批准自己 / Approved by whoever acts

    批准人不能是提交人，也不能是写这次改动的人。

    Whoever approves is neither who acts in the change nor who wrote it.
    """
    involved = {change.asked.actor, *change.asked.authors}
    for who in change.asked.approvers or ():
        if who in involved and change.files:
            name = change.name_of(who)
            yield Spotted(
                at(change.files[0]),
                Text(
                    f"{name}批准了自己的改动",
                    f"{name} approved their own change",
                ),
                Text("请另一位有权的人批准", "have somebody else who is entitled approve it"),
            )
