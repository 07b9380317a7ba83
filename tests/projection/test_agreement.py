"""Pages, search, feeds, calendars and open data tell an audience the same, and nothing that it may not see.

Every text of the demonstration is a canary. What an audience may see of it is taken from the files of its projection,
or, where all is public at once, from the rules of the guide.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import asdict
from pathlib import Path

import pytest

from huiyin import edit, yamltext
from huiyin.disclosure import AUDIENCES
from huiyin.follow import follow
from huiyin.opendata import assets
from huiyin.press import prepare
from huiyin.publish import Site, pages
from huiyin.search import documents
from tests.project import ROOT, Project
from tests.projection.canaries import CANARY, NEVER, found_in
from tests.projection.proof import commit
from tests.projection.secretive import Secretive

DAY = "2026-11-25"
ADDRESS = "https://huiyin.example/"
BESIDE = {"comment", "folder", "people", "address", "repository"}
"""Places of canaries that are no fields which a page shows, the site's own address among them."""
NOT_SHOWN = {"disclosure"}
"""What pages may leave out: why something is public in full, and records that other programs read."""


def plain(text: str) -> set[str]:
    return set(CANARY.findall(text))


def on_pages(site: Site) -> set[str]:
    found: set[str] = set()
    for page in pages(site):
        found |= plain(f"{page.path} {page.title} {page.description} {page.article} {json.dumps(page.data)}")
    return found


def in_search(site: Site) -> set[str]:
    made = documents(site.registry, site.cases, site.vocabulary)
    return set().union(*(plain(json.dumps(asdict(document), default=str)) for document in made))


def outputs(site: Site) -> dict[str, set[str]]:
    """The canaries in each kind of output of a site."""
    data = [*assets(site.scope, ADDRESS), *follow(site.scope, ADDRESS)]
    packed = (".parquet", ".xlsx", ".sqlite", ".gz", ".ics")
    found: dict[str, set[str]] = {"pages": on_pages(site), "search": in_search(site)}
    for asset in data:
        kind = asset.path.split("/")[0]
        raw = asset.make()
        seen = found_in(raw) if asset.path.endswith(packed) else plain(raw.decode())
        found[kind] = found.get(kind, set()) | seen
    return found


def in_files(folder: Path) -> set[str]:
    return set().union(*(plain(path.read_text(encoding="utf-8")) for path in folder.rglob("*.yaml")))


def site_of(root: Path) -> Site:
    """What the press gathers from the registry below `root`, whatever program it has."""
    shutil.copytree(ROOT / "site" / "templates", root / "site" / "templates")
    shutil.copytree(ROOT / "tests" / "examples" / "rules", root / "tests" / "examples" / "rules", symlinks=True)
    return prepare(root, root / "registry", DAY, None).site


def open_up(registry: Secretive) -> None:
    """Make the registry one in which all is public at once, and nothing is withheld, as its rules ask."""
    path = registry.root / "registry" / "registry.yaml"
    first = path.read_text(encoding="utf-8").splitlines()[0]
    data = {**yamltext.read(path.read_text(encoding="utf-8")).data, "intake": "open"}
    del data["projections"]
    path.write_text(edit.compose(data, first), encoding="utf-8")
    for identifier, item in registry.records.items():
        events = [
            {key: value for key, value in event.items() if key != "disclosure"}
            for event in item["events"]
            if event["type"] not in ("disclosed", "withheld")
        ]
        kept = {key: value for key, value in item.items() if key not in ("disclosure", "confidential")}
        registry.records[identifier] = {**kept, "events": events}
        registry.write(identifier)


def may_see(registry: Secretive, word: str) -> bool:
    """Whether everybody may see a text of an open registry, by what the guide says of fields."""
    record, event, field = registry.nest.places[word]
    item = registry.records.get(record)
    if item is None:
        return field != "note"
    row = next((row for row in item["events"] if row["id"] == event), None)
    hidden = {field, f"{row['type']}.{field}"} if row else {field}
    return not hidden & {*NEVER, "particulars", "source"}


def agree(registry: Secretive, site: Site, sight: set[str]) -> None:
    """Assert that every output shows what is in sight, and nothing else."""
    addresses = {word for word, place in registry.nest.places.items() if place[2] == "address"}
    made = {name: registry.nest.planted(found) - addresses for name, found in outputs(site).items()}
    assert set(made) == {"pages", "search", "api", "data", "feeds", "calendars"}
    for name, found in made.items():
        assert found - sight == set(), (name, [registry.nest.places[word] for word in found - sight])
        assert len(found) > 10, name
    for name, found in made.items():
        assert found - made["pages"] == set(), (name, [registry.nest.places[word] for word in found - made["pages"]])
    missing = {word for word in sight - made["pages"] if registry.nest.places[word][2] not in NOT_SHOWN}
    assert missing == set(), [registry.nest.places[word] for word in missing]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_site_of_a_projection_shows_all_that_is_in_it_wherever_one_looks(
    audience: str, project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    registry = Secretive(project.root, 71, sound=True)
    registry.change()
    commit(project, registry)
    place = tmp_path_factory.mktemp("sides")
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", str(place / "public")], check=True)
    said = project.huiyin("project", "--audience", audience, "--to", str(place / "public"), "--as-of", DAY)
    assert said.code == 0, said.err
    subprocess.run(["git", "clone", "--quiet", str(place / "public"), str(place / "clone")], check=True)
    sight = registry.nest.planted(in_files(place / "clone" / "registry"))
    agree(registry, site_of(place / "clone"), sight)


def test_a_site_of_an_open_registry_shows_what_the_formats_let_everybody_see(project: Project) -> None:
    registry = Secretive(project.root, 72, sound=True)
    open_up(registry)
    planted = registry.nest.planted(in_files(project.registry))
    fields = {word for word in planted if registry.nest.places[word][2] not in BESIDE}
    sight = {word for word in fields if may_see(registry, word)}
    assert len(fields - sight) > 200
    agree(registry, site_of(project.root), sight)


def test_a_site_of_a_private_registry_shows_everything_that_stands_in_its_fields(project: Project) -> None:
    registry = Secretive(project.root, 73, sound=True)
    planted = registry.nest.planted(in_files(project.registry))
    agree(registry, site_of(project.root), {w for w in planted if registry.nest.places[w][2] not in BESIDE})
