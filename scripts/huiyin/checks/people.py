"""People: which accounts may record for whom. Each list names an account once at a time, for a time that can be."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.checks import Spotted, whole_registry
from huiyin.findings import Path, Source, Text
from huiyin.model import Person, Registry


def _lists(registry: Registry) -> Iterator[tuple[Path, tuple[Person, ...], Source]]:
    """Every list of people with its place and its source."""
    settings = registry.settings
    yield ("maintainers",), settings.maintainers, settings.source
    yield ("government_office", "people"), settings.government_office.people, settings.source
    for n, body in enumerate(settings.bodies):
        yield ("bodies", n, "office", "people"), body.office.people, settings.source
    for table in (registry.members, registry.groups, registry.agencies):
        for noun in table.values():
            yield ("people",), noun.people, noun.source


@whole_registry("people-twice")
def twice(registry: Registry) -> Iterator[Spotted]:
    """账号重复 / Account listed twice

    同一处的同一账号，同一时间只列一次；同一用户名同一时间也只属于一个账号。

    A list names an account once at a time, and a handle belongs to one account at a time.
    """
    for at, people, source in _lists(registry):
        for n, person in enumerate(people):
            for other in people[:n]:
                same = person.host_id == other.host_id or person.handle.lower() == other.handle.lower()
                if same and _overlap(person, other):
                    yield Spotted(
                        (*at, n),
                        Text(
                            f"{person.handle}（{person.host_id}）与 {other.handle}（{other.host_id}）重复",
                            f"{person.handle} ({person.host_id}) is listed already as {other.handle} ({other.host_id})",
                        ),
                        Text(
                            "留下一条；账号改过名的，给旧的一条写 until",
                            "keep one of them; when an account was renamed, end the old row with until",
                        ),
                        source=source,
                    )
                    break


def _overlap(one: Person, other: Person) -> bool:
    return (one.until is None or other.start <= one.until) and (other.until is None or one.start <= other.until)


@whole_registry("people-period")
def periods(registry: Registry) -> Iterator[Spotted]:
    """账号的起止日期颠倒 / Account that ends before it begins

    账号的截止日期不能早于起始日期。

    An account cannot end before it begins.
    """
    for at, people, source in _lists(registry):
        for n, person in enumerate(people):
            if person.until and person.until < person.start:
                yield Spotted(
                    (*at, n, "until"),
                    Text(
                        f"从 {person.start} 起，到 {person.until} 止",
                        f"from {person.start} until {person.until}",
                    ),
                    Text("改正起止日期", "correct the days"),
                    Text(f"{person.start} 或更晚", f"{person.start} or later"),
                    source,
                )
