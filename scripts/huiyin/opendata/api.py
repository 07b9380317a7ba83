"""The interface at `/api/v1/`: a file for each proposal and noun, and lists of them in pages. Pure.

Nothing in a file changes by the day alone, but where a count of days does: what did not change is not written again.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from huiyin.cases import Case
from huiyin.export.jsontext import rower, text
from huiyin.export.rows import Row, Scope
from huiyin.export.tables import TABLES
from huiyin.figures import GROUPINGS, as_data
from huiyin.opendata import popolo
from huiyin.opendata.asset import Asset
from huiyin.opendata.describing import CHANGES, VERSION, description
from huiyin.opendata.kinds import BRIEF, OF, PARTS, TABLE

BASE = "api/v1/"
PAGE = 200
"""Items of a page of a list, about 100 KB."""
_PROPOSALS = TABLE["proposals"]
_BRIEF = rower(_PROPOSALS.columns, [c.name for c in _PROPOSALS.columns if c.name not in BRIEF], lists=True)
_WHOLE = rower(_PROPOSALS.columns, PARTS, lists=True)
_INSIDE = [(table, rower(table.columns, [OF], lists=True)) for table in TABLES if table.name in PARTS]


def encoded(data: object) -> bytes:
    """Return data as JSON in UTF-8, a line's end behind it."""
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


class Api:
    """Makes the files of the interface; `address` is the site's and ends with a slash."""

    def __init__(self, scope: Scope, address: str) -> None:
        self.scope = scope
        self.root = address
        self.base = address + BASE
        self._briefs: dict[str, str] = {}
        later: dict[str, list[str]] = defaultdict(list)
        for identifier, case in scope.cases.items():
            for earlier in case.proposal.follows:
                later[earlier].append(identifier)
        self._later: Mapping[str, Sequence[str]] = later

    def assets(self) -> Iterator[Asset]:
        """Yield every file."""
        yield Asset(f"{BASE}index.json", self._index, None)
        yield Asset(f"{BASE}openapi.json", lambda: encoded(description(self.scope, self.base)))
        yield Asset(f"{BASE}changelog.json", lambda: encoded(CHANGES))
        yield Asset(f"{BASE}words.json", lambda: encoded(self._words()))
        yield Asset(f"{BASE}popolo.json", lambda: encoded(popolo.everybody(self.scope, self.root)))
        yield Asset(f"{BASE}figures.json", self._figures, None)
        for by in GROUPINGS:
            yield Asset(f"{BASE}figures/{by}.json", partial(self._grouped, by), None, heavy=True)
        for identifier, case in self.scope.cases.items():
            shows = (identifier, *self._later.get(identifier, ()))
            yield Asset(f"{BASE}proposals/{identifier}.json", partial(self._proposal, case), shows)
        yield from self._pages("proposals/pages/", list(self.scope.cases.values()))
        yield from self._nouns()

    # ------------------------------------------------------------------------------------------ proposals

    def _proposal(self, case: Case) -> bytes:
        identifier = case.proposal.id
        one = replace(self.scope, cases={identifier: case})
        (row,) = _PROPOSALS.rows(one)
        parts = [_WHOLE(row)]
        for table, members in _INSIDE:
            rows = ",".join([f"{{{members(inner)}}}" for inner in table.rows(one)])
            parts.append(f'"{table.name}":[{rows}]')
        later = ",".join(map(text, self._later.get(identifier, ())))
        parts.append(f'"followed_by":[{later}]')
        turns = [turn._asdict() for turn in case.standing.turns]
        parts.append(f'"turns":{json.dumps(turns, ensure_ascii=False, separators=(",", ":"))}')
        return f"{{{','.join(parts)},{self._links(row)}}}\n".encode()

    def _links(self, row: Row) -> str:
        identifier = row[0]
        return f'"page":"{self.root}p/{identifier}/","self":"{self.base}proposals/{identifier}.json"'

    def _brief(self, case: Case) -> str:
        identifier = case.proposal.id
        if identifier not in self._briefs:
            (row,) = _PROPOSALS.rows(replace(self.scope, cases={identifier: case}))
            self._briefs[identifier] = f"{{{_BRIEF(row)},{self._links(row)}}}"
        return self._briefs[identifier]

    def _pages(self, path: str, rows: Sequence[Case]) -> Iterator[Asset]:
        """A list of proposals, those that came first at the beginning, so that new ones change the last page only."""
        rows = sorted(rows, key=_first)
        for number, start in enumerate(range(0, max(1, len(rows)), PAGE), start=1):
            part = rows[start : start + PAGE]
            make = partial(self._page, path, number, len(rows), part)
            yield Asset(f"{BASE}{path}{number}.json", make, tuple(c.proposal.id for c in part), f"{len(rows)}")

    def _page(self, path: str, number: int, total: int, part: Iterable[Case]) -> bytes:
        return self._list(path, number, total, map(self._brief, part))

    def _list(self, path: str, number: int, total: int, items: Iterable[str]) -> bytes:
        pages = max(1, -(-total // PAGE))
        head = {
            "total": total,
            "page": number,
            "pages": pages,
            "per_page": PAGE,
            "self": self._at(path, number),
            "first": self._at(path, 1),
            "previous": self._at(path, number - 1) if number > 1 else None,
            "next": self._at(path, number + 1) if number < pages else None,
            "last": self._at(path, pages),
        }
        return f'{json.dumps(head, separators=(",", ":"))[:-1]},"items":[{",".join(items)}]}}\n'.encode()

    def _at(self, path: str, number: int) -> str:
        return f"{self.base}{path}{number}.json"

    # ------------------------------------------------------------------------------------------ nouns

    def _nouns(self) -> Iterator[Asset]:
        """Sessions, agencies, members, groups, bodies and categories, each with its own list of proposals."""
        homes = self._homes()
        for kind, made in popolo.nouns(self.scope, self.root).items():
            whole = [{**noun, **self._of(kind, noun["id"], homes[kind])} for noun in made]
            for number, start in enumerate(range(0, max(1, len(whole)), PAGE), start=1):
                part = whole[start : start + PAGE]
                make = partial(self._noun_page, kind, number, len(whole), part)
                counts = " ".join(str(noun["proposal_count"]) for noun in part)
                yield Asset(f"{BASE}{kind}/pages/{number}.json", make, also=f"{len(whole)} {counts}")
            for noun in whole:
                also = f"{noun['proposal_count']}"
                yield Asset(f"{BASE}{kind}/{noun['id']}.json", partial(encoded, noun), also=also)
                yield from self._pages(f"{kind}/{noun['id']}/proposals/", homes[kind].get(noun["id"], ()))

    def _of(self, kind: str, identifier: str, homes: Mapping[str, Sequence[Case]]) -> dict[str, Any]:
        own = f"{self.base}{kind}/{identifier}"
        links = {"self": f"{own}.json", "proposals": f"{own}/proposals/1.json"}
        return {**links, "proposal_count": len(homes.get(identifier, ()))}

    def _noun_page(self, kind: str, number: int, total: int, part: Iterable[Mapping[str, Any]]) -> bytes:
        items = (json.dumps(noun, ensure_ascii=False, separators=(",", ":")) for noun in part)
        return self._list(f"{kind}/pages/", number, total, items)

    def _homes(self) -> Mapping[str, Mapping[str, Sequence[Case]]]:
        """For each kind of noun the proposals of each."""
        homes: dict[str, dict[str, list[Case]]] = defaultdict(lambda: defaultdict(list))
        registry = self.scope.registry
        for case in self.scope.cases.values():
            item, body = case.proposal, registry.body_of(case.proposal)
            homes["sessions"][item.session].append(case)
            homes["categories"][item.category].append(case)
            if body:
                homes["bodies"][body.id].append(case)
            for agency in case.standing.assignment.agencies:
                homes["agencies"][agency].append(case)
            for proposer in item.proposers:
                homes["members" if proposer in registry.members else "groups"][proposer].append(case)
        return homes

    # ------------------------------------------------------------------------------------------ figures and words

    def _figures(self) -> bytes:
        found = [as_data(figure) for figure in self.scope.figures]
        return encoded({"as_of": f"{self.scope.as_of}", "figures": found})

    def _grouped(self, by: str) -> bytes:
        rows = [
            {"key": group.key, "name": group.name._asdict(), "figures": [as_data(figure) for figure in group.figures]}
            for group in self.scope.groups[by]
        ]
        return encoded({"as_of": f"{self.scope.as_of}", "by": by, "groups": rows})

    def _words(self) -> dict[str, Any]:
        """The words for every code, and for the states and stages of each rule pack."""
        packs = {case.pack.id: case.pack for case in self.scope.cases.values()}
        return {
            "codes": {
                name: {code: text._asdict() for code, text in getattr(self.scope.words, name).items()}
                for name in self.scope.words.__dataclass_fields__
            },
            "packs": {
                name: {
                    "states": {state.id: state.title._asdict() for state in pack.states.values()},
                    "stages": {stage.id: stage.title._asdict() for stage in pack.stages},
                    "classes": {kind.id: kind.title._asdict() for kind in pack.classes.values()},
                }
                for name, pack in sorted(packs.items())
            },
        }

    def _index(self) -> bytes:
        settings = self.scope.registry.settings
        licence = settings.licence
        kinds = ("proposals", *popolo.KINDS)
        return encoded(
            {
                "version": VERSION,
                "name": settings.name._asdict(),
                "place": settings.place._asdict(),
                "as_of": self.scope.as_of.isoformat(),
                "demonstration": settings.demonstration._asdict() if settings.demonstration else None,
                "licence": {"name": licence.name, "title": licence.title._asdict(), "url": licence.url}
                if licence
                else None,
                "description": f"{self.base}openapi.json",
                "changelog": f"{self.base}changelog.json",
                "words": f"{self.base}words.json",
                "popolo": f"{self.base}popolo.json",
                "figures": f"{self.base}figures.json",
                "figures_by": {by: f"{self.base}figures/{by}.json" for by in GROUPINGS},
                "lists": {kind: f"{self.base}{kind}/pages/1.json" for kind in kinds},
                "downloads": f"{self.root}data/datapackage.json",
            }
        )


def _first(case: Case) -> tuple[str, str]:
    day = next((event.on.isoformat() for event in case.events if event.on), "")
    return day, case.proposal.id
