"""What guard judges: the difference between two commits, with what both sides say. Plain data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from huiyin.checks import Spotted
from huiyin.findings import Finding, Place, Rule, Severity, Text, rule
from huiyin.history import FileChange
from huiyin.lifecycle import standing
from huiyin.model import Event, Person, Proposal, Registry
from huiyin.rules import NONE

CHANGE, IMPORT, MIGRATE = "change", "import", "migrate"
KINDS = (CHANGE, IMPORT, MIGRATE)
"""Kinds of step: an ordinary change, records of the past in bulk, and a change of the schema with all that follows."""


@dataclass(frozen=True)
class Asked:
    """Who wants a change to land, on which day, and what is known of the request.

    `approvers` is None while nobody has been asked. `landed` says that the head is what stands on the branch: what
    landing puts right by itself is then an error.
    """

    actor: int
    day: date
    opened: date | None = None
    approvers: tuple[int, ...] | None = None
    authors: tuple[int, ...] = ()
    kind: str = CHANGE
    landed: bool = False

    @property
    def recorded(self) -> date:
        """The day that counts as the day of recording: when the request was opened, where that is stated."""
        return min(self.opened or self.day, self.day)


@dataclass(frozen=True)
class Pair:
    """A proposal on both sides; None where it is not there, or cannot be read."""

    path: str
    before: Proposal | None
    after: Proposal | None

    @property
    def added(self) -> tuple[tuple[int, Event], ...]:
        """The new events with their index in the file: those whose id the base does not have."""
        if self.after is None:
            return ()
        known = {event.id for event in self.before.events} if self.before else set()
        return tuple((n, event) for n, event in enumerate(self.after.events) if event.id not in known)


Accounts = Mapping[int, tuple[tuple[str, Person], ...]]
"""For each account whom it may record for, with the row that says so."""


@dataclass(frozen=True)
class Change:
    """A change as guard sees it. Both registries hold all nouns, but only the proposals that matter here.

    `folder` is where the registry stands in the repository ("registry/"). `found` is what reading the head found.
    `taken` gives for each new proposal the path at which the base has its id already, whatever the case of its letters.
    """

    files: tuple[FileChange, ...]
    folder: str
    base: Registry
    head: Registry
    found: tuple[Finding, ...]
    pairs: tuple[Pair, ...]
    asked: Asked
    accounts: Accounts
    taken: Mapping[str, str] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    """Paths of proposals that the base has and that cannot be read there."""

    @property
    def records(self) -> tuple[FileChange, ...]:
        """The changed files of the registry."""
        return tuple(file for file in self.files if file.path.startswith(self.folder))

    @property
    def outside(self) -> tuple[FileChange, ...]:
        """The changed files beside the registry: code, rules, words."""
        return tuple(file for file in self.files if not file.path.startswith(self.folder))

    def parts(self, file: FileChange) -> tuple[str, ...]:
        """The parts of a file's path inside the registry."""
        return tuple(file.path.removeprefix(self.folder).split("/"))

    def state(self, pair: Pair) -> str:
        """The state in which the base has a proposal; "none" for a new one."""
        pack = self.base.pack_of(pair.before) if pair.before else None
        return standing(pair.before, pack).state if pair.before and pack else NONE

    def may(self, who: int) -> frozenset[str]:
        """Members, groups, agencies and offices for which an account may record on the day, by the base's roles."""
        return frozenset(noun for noun, person in self.accounts.get(who, ()) if person.valid(self.asked.day))

    def maintains(self, who: int) -> bool:
        """Whether an account maintains the registry on the day, by the base's roles."""
        return any(p.host_id == who and p.valid(self.asked.day) for p in self.base.settings.maintainers)

    def known(self, who: int) -> bool:
        """Whether any list of the base has the account, valid or not."""
        return who in self.accounts or any(p.host_id == who for p in self.base.settings.maintainers)

    def name_of(self, who: int) -> str:
        """Return the handle of an account with its number, or the number alone when nobody lists it."""
        people = [person for _, person in self.accounts.get(who, ())]
        people += [person for person in self.base.settings.maintainers if person.host_id == who]
        return f"{people[-1].handle}（{who}）" if people else str(who)

    def offices(self, pair: Pair) -> tuple[str, ...]:
        """The office of the body that a proposal belongs to, in the base or, for a new one, in the head."""
        proposal = pair.before or pair.after
        body = (self.base.body_of(proposal) or self.head.body_of(proposal)) if proposal else None
        return (body.office.id,) if body else ()


def accounts_of(registry: Registry) -> Accounts:
    """Return for each account the members, groups, agencies and offices that list it, with the rows, valid or not."""
    found: dict[int, list[tuple[str, Person]]] = {}
    for table in (registry.members, registry.groups, registry.agencies, registry.settings.offices):
        for identifier, noun in table.items():
            for person in noun.people:
                found.setdefault(person.host_id, []).append((identifier, person))
    return {who: tuple(rows) for who, rows in found.items()}


Guarding = Callable[[Change], Iterator[Spotted]]
GUARDS: list[tuple[Rule, Guarding]] = []
"""Every rule about changes, with its generator, in the order of their pages."""


def guarded(identifier: str) -> Callable[[Guarding], Guarding]:
    """Declare a rule about changes; its docstring is the rule, as for checks."""

    def declare(guard: Guarding) -> Guarding:
        GUARDS.append((rule(identifier, Severity.ERROR, guard.__doc__ or ""), guard))
        return guard

    return declare


def at(file: FileChange) -> Place:
    """Return the place of a file as a whole."""
    return Place(file.path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"))


def names(registry: Registry, actors: Iterator[str] | tuple[str, ...]) -> Text:
    """Return the names of members, agencies or offices, joined in both languages."""
    shown = [registry.name_of(actor) for actor in actors]
    return Text("、".join(shown), ", ".join(shown))
