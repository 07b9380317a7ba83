"""A random registry full of canaries, its random disclosure changes, and what of it was ever public."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from huiyin import edit, yamltext
from tests.project import EXAMPLES, ROOT
from tests.projection.canaries import RECORD, Nest, seen_now
from tests.projection.sides import SENSITIVE

FIELDS = (*RECORD, "text", "reason", "answers", "document", "outcome")
LEVELS = (None, "full", "full", "summary", "on_request", "withheld")
SCHEMA_LINE = "# yaml-language-server: $schema={up}schema/{kind}.schema.json"


class Secretive:
    """Lays a registry into a folder and changes it; `allowed` are the canaries that some run may have shown."""

    def __init__(self, root: Path, seed: int, *, sound: bool) -> None:
        """With `sound` the records are those of the demonstration, which a site can be made from.

        Without it each type of event is there, in an order that no rule allows: a projection does not ask.
        """
        self.root = root
        self.random = random.Random(seed)  # noqa: S311 (a proof that can be repeated)
        self.nest = Nest(seed + 1)
        self.allowed: set[str] = set()
        self.records: dict[str, dict[str, Any]] = {}
        self.folders: dict[str, str] = {}
        self._lay_people()
        for data in _demonstration() if sound else _every_event():
            self._adopt(data)

    def _adopt(self, data: dict[str, Any]) -> None:
        level = self.random.choice(LEVELS)
        block = {"level": level, "ground": "third-party", "reason": "x"} if level else None
        data = {**data, **({"disclosure": block} if block else {})}
        if block is None:
            data.pop("disclosure", None)
        if self.random.random() < 0.3 and data["proposers"][0].startswith("m-"):
            data["confidential"] = [data["proposers"][0]]
        if self.random.random() < 0.5:
            data["particulars"] = [{"label": "x", "text": "x"}]
        for event in data["events"]:
            if self.random.random() < 0.3:
                event["note"] = "x"
            if event["type"] == "replied":
                own = self.random.choice(LEVELS)
                event.pop("disclosure", None)
                if own:
                    event["disclosure"] = {"level": own, "ground": "internal", "reason": "x"}
        data = self.nest.fill(data)
        deeper = f"{self.nest.new(data['id'], None, 'folder')}/" if self.random.random() < 0.5 else ""
        self.records[data["id"]] = data
        self.folders[data["id"]] = f"registry/proposals/{data['session']}/{deeper}"
        self.write(data["id"])

    def write(self, identifier: str) -> None:
        """Write one record, with a comment that has a canary of its own."""
        data, folder = self.records[identifier], self.root / self.folders[identifier]
        folder.mkdir(parents=True, exist_ok=True)
        line = SCHEMA_LINE.format(up="../" * len(folder.relative_to(self.root).parts), kind="proposal")
        comment = f"# {self.nest.new(identifier, None, 'comment')}"
        (folder / f"{identifier}.yaml").write_text(edit.compose(data, line, comment), encoding="utf-8")

    def _lay_people(self) -> None:
        """Settings, people and agencies of the demonstration, their private keys filled; and files beside them."""
        for path in sorted((ROOT / "registry").rglob("*.yaml")):
            below = path.relative_to(ROOT / "registry")
            if below.parts[0] == "proposals":
                continue
            data: dict[str, Any] = yamltext.read(path.read_text(encoding="utf-8")).data
            name = below.stem
            if below.parts[0] in ("members", "groups", "agencies"):
                data["note"] = self.nest.new(name, None, "note")
                data["people"] = [self._person(name)]
            if below.parts[0] == "exemplars":  # what is none any more may be of a proposal that is not public
                data["withdrawn"] = {"on": "2026-11-19", "by": data["by"], "reason": "内容不再公开。"}
            if below.parts[0] in OPEN_TEXTS:
                data = self._spoken(below.parts[0], name, data)
            if name == "registry":
                data = self._settings(data)
            line = SCHEMA_LINE.format(up="../" * len(below.parts), kind=_KINDS[below.parts[0]])
            target = self.root / "registry" / below
            target.parent.mkdir(parents=True, exist_ok=True)
            comment = f"# {self.nest.new(name, None, 'comment')}"
            target.write_text(edit.compose(data, line, comment), encoding="utf-8")
        for beside in ("registry/README.md", "notes/todo.txt", "schema/notes.txt", "schema/rules/README.md"):
            path = self.root / beside
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self.nest.new(beside, None, "beside"), encoding="utf-8")
        pack = self.root / "schema" / "rules" / "base.yaml"
        pack.write_text(f"{pack.read_text(encoding='utf-8')}# {self.nest.new('base', None, 'comment')}\n", "utf-8")

    def _spoken(self, folder: str, name: str, data: dict[str, Any]) -> dict[str, Any]:
        """A noun with a canary in a text that everybody may read, where it has one."""
        if folder == "scores" and not any("void" in row for row in data["batches"]):
            return data
        word = self.nest.new(name, None, folder)
        self.allowed.add(word)
        place, filled = OPEN_TEXTS[folder], dict(data)
        if folder == "scores":
            filled["batches"] = [
                {**row, **({"void": {**row["void"], "reason": word}} if "void" in row else {})}
                for row in data["batches"]
            ]
        elif folder == "signals":
            filled["title"] = {**data["title"], place: word}
        else:
            filled[place] = [word] if folder == "agencies" else word
        return filled

    def _settings(self, data: Mapping[str, Any]) -> dict[str, Any]:
        site = {key: f"https://{self.nest.new('registry', None, key)}.example/" for key in ("address", "repository")}
        rows: list[dict[str, Any]] = yamltext.read(SENSITIVE).data["projections"]
        settings = {**data, "intake": "private", "site": site, "projections": rows}
        settings["maintainers"] = [self._person("registry")]
        settings["government_office"] = {**data["government_office"], "people": [self._person("registry")]}
        return settings

    def _person(self, of: str) -> dict[str, Any]:
        number = self.random.randrange(10**9, 10**10)
        return {"host_id": number, "handle": self.nest.new(of, None, "people"), "from": "2024-01-01"}

    def change(self, share: float = 0.4) -> None:
        """Change how public some records are: withhold, disclose, a header with its event."""
        for identifier in self.records:
            if self.random.random() < share:
                self._change(identifier)
                self.write(identifier)

    def _change(self, identifier: str) -> None:
        data = self.records[identifier]
        known = [event["id"] for event in data["events"]]
        number = 1 + max(int(one[1:]) for one in known)
        base = {"id": f"e{number}", "on": "2026-11-19", "by": self._office(data)}
        what = self.random.choice(
            ["withheld", "withheld", "whole", "disclosed", "disclosed", "one", "header", "summary"]
        )
        if what in ("withheld", "whole", "header"):
            event = {**base, "type": "withheld", "ground": "third-party", "reason": "x"}
            if what == "withheld":
                names = [*self.random.sample(FIELDS, 2), f"{self.random.choice(known)}.text", self.random.choice(known)]
                event["fields"] = sorted(set(names))
            if what == "header":
                data["disclosure"] = {"level": "withheld", "ground": "third-party"}
        else:
            event = {**base, "type": "disclosed", "level": "summary" if what == "summary" else "full", "text": "x"}
            if what == "one":
                event["event"] = self.random.choice(known)
            if data.get("disclosure", {}).get("level") == "withheld" and what == "disclosed":
                data["disclosure"] = {"level": "full"}
        filled = self.nest.fill({"id": identifier, "events": [event]})["events"][0]
        data["events"] = [*data["events"], filled]

    @staticmethod
    def _office(data: Mapping[str, Any]) -> str:
        return "o-npc" if data["session"].startswith("npc") else "o-cppcc"

    def note(self, audience: str) -> None:
        """Remember what an audience may read as things stand."""
        for word, (record, event, field) in self.nest.places.items():
            data = self.records.get(record)
            if data is None or field in ("comment", "folder", "beside"):
                continue
            if event is None and field == "note":
                continue
            if seen_now(data, event, field, audience):
                self.allowed.add(word)


OPEN_TEXTS = {"agencies": "aliases", "signals": "zh", "topics": "why", "scores": "reason"}
"""A text of each other noun that is for everybody."""
_KINDS = {
    "registry.yaml": "registry", "members": "member", "groups": "group", "agencies": "agency", "sessions": "session",
    "signals": "signals", "topics": "topic", "scores": "score", "research": "research",
    "policies": "policy", "exemplars": "exemplar",
}  # fmt: skip


def _demonstration() -> list[dict[str, Any]]:
    paths = sorted((ROOT / "registry" / "proposals").rglob("*.yaml"))
    return [yamltext.read(path.read_text(encoding="utf-8")).data for path in paths]


def _every_event() -> list[dict[str, Any]]:
    """The valid examples of the schema: every property and every type of event is in one of them."""
    made = []
    for n, path in enumerate(sorted((EXAMPLES / "schema" / "proposal" / "valid").glob("*.yaml"))):
        data = yamltext.read(path.read_text(encoding="utf-8")).data
        if any(event["type"] in ("disclosed", "withheld") for event in data["events"]):
            continue  # those are what this is about: `change` adds them
        numbered = {event["id"]: f"e{k}" for k, event in enumerate(data["events"], start=1)}
        accepted = {"id": f"e{len(numbered) + 1}", "type": "accepted", "on": "2026-11-01", "by": "o-npc"}
        data.pop("taken_out", None)
        data.pop("confidential", None)
        data = {**data, "id": f"2026-x{n:04}", "kind": "suggestion", "session": "npc-17-5"}
        made.append({**data, "proposers": ["m-shi-min"], "events": [*data["events"], accepted]})
    return made
