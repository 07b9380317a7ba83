"""The interface answers as it is described, tells what the registry holds, and nothing that is not for everybody."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator
from openapi_spec_validator import validate as validate_openapi

from huiyin.export.rows import Scope
from huiyin.export.tables import TABLES
from huiyin.figures import GROUPINGS, figures
from huiyin.opendata import Api, api, assets
from huiyin.opendata.describing import CHANGES, VERSION
from tests.opendata.conftest import ADDRESS
from tests.opendata.hidden import SECRET

BASE = "api/v1/"


def read(made: Mapping[str, bytes], path: str) -> Any:
    return json.loads(made[BASE + path])


def answered(made: Mapping[str, bytes], path: str) -> Any:
    """Read what a link of an answer leads to."""
    assert path.startswith(ADDRESS)
    return json.loads(made[path.removeprefix(ADDRESS)])


def pages_from(made: Mapping[str, bytes], first: str) -> Iterator[dict[str, Any]]:
    """Follow a list from its first page to its last."""
    address: str | None = first
    while address:
        page = answered(made, address)
        yield page
        address = page["next"]


def test_the_description_is_valid_openapi(made: Mapping[str, bytes]) -> None:
    described = read(made, "openapi.json")
    validate_openapi(described)
    assert described["info"]["version"] == VERSION == CHANGES["versions"][0]["version"]  # type: ignore[index]


def test_every_answer_is_described_and_as_described(made: Mapping[str, bytes]) -> None:
    described = read(made, "openapi.json")
    patterns = {}
    for path, node in described["paths"].items():
        content = node["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        pattern = re.sub(r"\\{(\w+)\\}", r"[^/]+", re.escape(path))
        schema = {**content, "components": described["components"]}
        patterns[pattern] = (path, Draft202012Validator(schema, validate_formats=True))
    seen = set()
    for path, content in made.items():
        if not path.startswith(BASE):
            continue
        asked = "/" + path.removeprefix(BASE)
        (found,) = [one for pattern, one in patterns.items() if re.fullmatch(pattern, asked)]
        errors = list(found[1].iter_errors(json.loads(content)))
        assert not errors, f"{path}: {errors[0].message} at {errors[0].instance_path}"
        seen.add(found[0])
    assert seen == set(described["paths"])


def test_one_field_has_one_type_wherever_it_stands(made: Mapping[str, bytes]) -> None:
    brief, whole = (
        read(made, "openapi.json")["components"]["schemas"][n]["properties"] for n in ("ProposalBrief", "Proposal")
    )
    for name in set(brief) & set(whole) - {"proposers"}:
        assert brief[name] == whole[name]


def test_lists_lead_to_every_proposal_once(made: Mapping[str, bytes], scope: Scope) -> None:
    index = read(made, "index.json")
    items = [item for page in pages_from(made, index["lists"]["proposals"]) for item in page["items"]]
    assert {item["id"] for item in items} == set(scope.cases)
    assert len(items) == len(scope.cases)
    for item in items:
        whole = answered(made, item["self"])
        assert (whole["id"], whole["title"], whole["due_latest"]) == (item["id"], item["title"], item["due_latest"])


def test_a_list_goes_on_in_pages(scope: Scope, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "PAGE", 7)
    made = {asset.path: asset.make() for asset in Api(scope, ADDRESS).assets()}
    pages = list(pages_from(made, f"{ADDRESS}{BASE}proposals/pages/1.json"))
    assert [page["page"] for page in pages] == list(range(1, pages[0]["pages"] + 1))
    assert [len(page["items"]) for page in pages[:-1]] == [7] * (len(pages) - 1)
    assert sum(len(page["items"]) for page in pages) == pages[0]["total"] == len(scope.cases)
    assert pages[-1]["self"] == pages[0]["last"]
    assert answered(made, pages[1]["previous"]) == pages[0]


def test_nouns_lead_to_their_proposals(made: Mapping[str, bytes], scope: Scope) -> None:
    lists = read(made, "index.json")["lists"]
    found: dict[str, set[str]] = {}
    for kind in set(lists) - {"proposals"}:
        for page in pages_from(made, lists[kind]):
            for noun in page["items"]:
                assert answered(made, noun["self"]) == noun
                ids = {item["id"] for part in pages_from(made, noun["proposals"]) for item in part["items"]}
                assert len(ids) == noun["proposal_count"]
                found[f"{kind}/{noun['id']}"] = ids
    for identifier, case in scope.cases.items():
        item = case.proposal
        assert identifier in found[f"sessions/{item.session}"]
        assert identifier in found[f"categories/{item.category}"]
        assert all(identifier in found[f"agencies/{agency}"] for agency in case.standing.assignment.agencies)
        for proposer in item.proposers:
            assert identifier in found[f"{'members' if proposer in scope.registry.members else 'groups'}/{proposer}"]


def test_a_proposal_holds_the_rows_of_every_table_about_it(made: Mapping[str, bytes], scope: Scope) -> None:
    rows: dict[str, list[dict[str, Any]]] = {}
    for table in TABLES:
        names = [column.name for column in table.columns]
        rows[table.name] = [dict(zip(names, row, strict=True)) for row in table.rows(scope)]
    for name in ("asks", "events", "deadlines", "commitments", "stays", "handlers", "proposers", "scores"):
        told = []
        for identifier in scope.cases:
            told += [{"proposal": identifier, **row} for row in read(made, f"proposals/{identifier}.json")[name]]
        plain = json.loads(json.dumps(rows[name], default=str))
        assert told == plain


def test_everybody_in_popolo_refers_to_somebody(made: Mapping[str, bytes], scope: Scope) -> None:
    everybody = read(made, "popolo.json")
    people = {one["id"] for one in everybody["persons"]}
    organizations = {one["id"] for one in everybody["organizations"]}
    events = {one["id"] for one in everybody["events"]}
    assert people == set(scope.registry.members)
    assert set(scope.registry.agencies) | set(scope.registry.groups) < organizations
    for membership in everybody["memberships"]:
        assert membership["person_id"] in people
        assert membership["organization_id"] in organizations
        assert membership["legislative_period_id"] is None or membership["legislative_period_id"] in events
    for one in (*everybody["organizations"], *everybody["events"]):
        assert one["parent_id"] is None or one["parent_id"] in organizations | events


def test_figures_are_those_of_the_site(made: Mapping[str, bytes], scope: Scope) -> None:
    told = {figure["id"]: figure for figure in read(made, "figures.json")["figures"]}
    for figure in figures(scope.cases.values(), scope.as_of):
        one = told[figure.definition.id]
        assert (one["numerator"], one["denominator"]) == (figure.counted.numerator, figure.counted.denominator)
    for by in GROUPINGS:
        assert read(made, f"figures/{by}.json")["groups"]


def test_what_a_file_is_made_from_is_said(made: Mapping[str, bytes], scope: Scope) -> None:
    """A proposal that no file names is in none of those files: leaving it out changes only what says so."""
    gone = sorted(scope.cases)[3]
    less = replace(scope, cases={name: case for name, case in scope.cases.items() if name != gone})
    before = {asset.path: asset for asset in Api(scope, ADDRESS).assets()}
    for asset in Api(less, ADDRESS).assets():
        old = before[asset.path]
        if (asset.shows, asset.also) == (old.shows, old.also) and asset.shows is not None:
            assert asset.make() == made[asset.path], asset.path


def test_nothing_is_told_that_not_everybody_may_see(secretive: Scope) -> None:
    for asset in Api(secretive, ADDRESS).assets():
        assert SECRET.encode() not in asset.make(), asset.path


def test_paths_are_names_of_files(scope: Scope) -> None:
    paths = [asset.path for asset in assets(scope, ADDRESS)]
    assert len({path.casefold() for path in paths}) == len(paths)
    assert not [path for path in paths if not re.fullmatch(r"[a-z0-9][a-z0-9_./-]*", path)]
