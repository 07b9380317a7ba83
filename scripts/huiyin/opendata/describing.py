"""The description of the interface in OpenAPI 3.1, made from the tables of the export, and what changed in it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.export.rows import Scope
from huiyin.figures import GROUPINGS
from huiyin.opendata.kinds import (
    BRIEF,
    PARTS,
    TABLE,
    URL,
    WORDS,
    Schema,
    nullable,
    of_table,
    record,
    ref,
    rows_of,
)

VERSION = "1.1.0"
CHANGES = {
    "versions": [
        {
            "version": VERSION,
            "date": "2026-11-25",
            "changes": [
                {
                    "zh": "每件增加 scores：各渠道公众评分的人数，满 10 人的才有，作废的不计，不代表全体市民。"
                    "指标增加 scored、public_scores。",
                    "en": "Proposals have scores: how many of the public gave each score in each channel, from ten "
                    "people on, without voided batches; not representative. Two figures, scored and public_scores.",
                }
            ],
        },
        {
            "version": "1.0.0",
            "date": "2026-11-24",
            "changes": [
                {
                    "zh": "第一版：建议和提案、届次、承办单位、代表和委员、团体、机构、类别、指标、用语。",
                    "en": "First version: proposals, sessions, agencies, members, groups, bodies, categories, figures, "
                    "words.",
                }
            ],
        },
    ],
    "promise": {
        "zh": "v1 里的网址、栏目和类型不会改，也不会删；新增栏目会写在这里。要改的，另开 v2，v1 至少再保留一年。",
        "en": "Addresses, fields and types of v1 stay as they are; new fields are told here. What must change becomes "
        "v2, and v1 stays for a year at least.",
    },
}
"""What changed in each version, the newest first."""
_TEXT: Schema = {"type": "string"}
_WHOLE: Schema = {"type": "integer"}
_DAY: Schema = {"type": "string", "format": "date"}
_KINDS: Mapping[str, tuple[str, str]] = {
    "members": ("Person", "代表和委员 / members"),
    "groups": ("Organization", "团体 / groups"),
    "agencies": ("Organization", "承办单位 / agencies"),
    "bodies": ("Organization", "机构 / bodies"),
    "sessions": ("Event", "届次 / sessions"),
    "categories": ("Category", "类别 / categories"),
}


def description(scope: Scope, base: str) -> dict[str, Any]:
    """Return the OpenAPI document; `base` is the address that paths in it follow."""
    settings = scope.registry.settings
    licence = settings.licence
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{settings.name.zh} / {settings.name.en}",
            "version": VERSION,
            "description": "只读的 JSON 文件，每次发布时生成；用 GET 取，不要密钥。代码的中英文说明在 words.json。"
            "Read-only JSON files, made at each publication; GET them, no key needed. words.json says what codes mean.",
            **({"license": {"name": licence.title.en, "url": licence.url}} if licence else {}),
        },
        "servers": [{"url": base.rstrip("/")}],
        "paths": _paths(),
        "components": {"schemas": {**_schemas(), **_lists()}},
    }


def _paths() -> dict[str, Any]:
    paths = {
        "/index.json": _get("从这里开始 / start here", "Index"),
        "/openapi.json": _get("本说明 / this description", "OpenApi"),
        "/changelog.json": _get("改了什么 / what changed", "Changelog"),
        "/words.json": _get("代码的中英文说明 / what codes mean", "WordList"),
        "/popolo.json": _get("Popolo 的全部人和机构 / everybody in Popolo's terms", "Popolo"),
        "/figures.json": _get("全部指标 / every figure", "Figures"),
        "/figures/{by}.json": _get("分组的指标 / figures by group", "FigureGroups", by=list(GROUPINGS)),
        "/proposals/pages/{page}.json": _get("全部建议和提案 / all proposals", "ProposalList", page=None),
        "/proposals/{id}.json": _get("一件 / one proposal", "Proposal", id=None),
    }
    for kind, (schema, words) in _KINDS.items():
        paths[f"/{kind}/pages/{{page}}.json"] = _get(words, f"{schema}List", page=None)
        paths[f"/{kind}/{{id}}.json"] = _get(words, schema, id=None)
        paths[f"/{kind}/{{id}}/proposals/{{page}}.json"] = _get(
            f"{words}: proposals", "ProposalList", id=None, page=None
        )
    return paths


def _get(summary: str, schema: str, **parameters: list[str] | None) -> dict[str, Any]:
    given = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"enum": values} if values else {"type": "integer", "minimum": 1} if name == "page" else _TEXT,
        }
        for name, values in parameters.items()
    ]
    answer = {"description": "OK", "content": {"application/json": {"schema": ref(schema)}}}
    return {"get": {"summary": summary, "parameters": given, "responses": {"200": answer}}}


def _schemas() -> dict[str, Schema]:
    links = {"page": URL, "self": URL}
    proposal = {name: schema for name, schema in of_table(TABLE["proposals"]).items() if name not in PARTS}
    inside = {name: rows_of(ref(name.capitalize())) for name in PARTS}
    turn = {"role": _TEXT, "acts": rows_of(_TEXT), "actors": rows_of(_TEXT)}
    return {
        "Words": record({"zh": _TEXT, "en": _TEXT}, "同一句话的中文和英文 / the same in Chinese and English"),
        "ProposalBrief": record(
            {**of_table(TABLE["proposals"], BRIEF), **links}, "一件，列表里的样子 / a proposal as lists show it"
        ),
        "Proposal": record(
            {**proposal, **inside, "followed_by": rows_of(_TEXT), "turns": rows_of(ref("Turn")), **links},
            "一件的全部 / all of a proposal",
        ),
        "Turn": record(turn, "轮到谁、做什么，最要紧的在前 / whose turn, and to do what; the most pressing first"),
        **{
            name.capitalize(): record(of_table(TABLE[name]), f"{TABLE[name].meaning.zh} / {TABLE[name].meaning.en}")
            for name in PARTS
        },
        **_popolo(),
        **_figures(),
        **_documents(),
    }


def _popolo() -> dict[str, Schema]:
    own = {"self": URL, "proposals": URL, "proposal_count": _WHOLE}
    empty = nullable(_TEXT)
    bilingual = {"id": _TEXT, "name": _TEXT, "name_en": _TEXT}
    person = {"id": _TEXT, "name": _TEXT, "summary": empty, "url": URL}
    organization = {
        "id": _TEXT,
        "name": _TEXT,
        "classification": _TEXT,
        "parent_id": empty,
        "other_names": rows_of(record({"name": _TEXT, "note": _TEXT}, "另一个名称 / another name")),
        "level": empty,
        "url": nullable(URL),
    }
    event = {
        **bilingual,
        "classification": _TEXT,
        "organization_id": _TEXT,
        "parent_id": empty,
        "start_date": nullable(_DAY),
        "end_date": nullable(_DAY),
        "url": nullable(URL),
    }
    membership = {
        "person_id": _TEXT,
        "organization_id": _TEXT,
        "role": _TEXT,
        "legislative_period_id": empty,
        "area": nullable(record({"name": _TEXT}, "选区或片区 / area")),
    }
    everybody = {
        "persons": rows_of(record(person, "人 / a person")),
        "organizations": rows_of(record(organization, "机构 / an organisation")),
        "memberships": rows_of(ref("Membership")),
        "events": rows_of(record(event, "届、次 / a term or session")),
    }
    return {
        "Membership": record(membership, "Popolo Membership"),
        "Person": record({**person, "memberships": rows_of(ref("Membership")), **own}, "Popolo Person"),
        "Organization": record({**organization, **own}, "Popolo Organization"),
        "Event": record({**event, **own}, "Popolo Event"),
        "Category": record({**bilingual, "url": nullable(URL), **own}, "类别 / category"),
        "Popolo": record(everybody, "Popolo"),
    }


def _figures() -> dict[str, Schema]:
    counted = {"numerator": _WHOLE, "denominator": nullable(_WHOLE)}
    figure = {
        "id": _TEXT,
        "section": _TEXT,
        "title": WORDS,
        "definition": WORDS,
        "unit": WORDS,
        "columns": _TEXT,
        **counted,
        "excluded": _WHOLE,
        "rate": nullable({"type": "number"}),
        "median": nullable(_WHOLE),
        "p90": nullable(_WHOLE),
        "imported": record(counted, "导入的往年记录 / records of the past"),
    }
    group = {"key": _TEXT, "name": WORDS, "figures": rows_of(ref("Figure"))}
    return {
        "Figure": record(figure, "一项指标 / one figure"),
        "Figures": record({"as_of": _DAY, "figures": rows_of(ref("Figure"))}, "指标 / figures"),
        "FigureGroups": record(
            {"as_of": _DAY, "by": _TEXT, "groups": rows_of(record(group, "一组 / one group"))},
            "分组的指标 / figures by group",
        ),
    }


def _documents() -> dict[str, Schema]:
    words = {"type": "object", "additionalProperties": WORDS}
    addresses = {"type": "object", "additionalProperties": URL}
    licence = record({"name": _TEXT, "title": WORDS, "url": URL}, "许可 / licence")
    change = record({"version": _TEXT, "date": _DAY, "changes": rows_of(WORDS)}, "一版 / one version")
    pack = record({"states": words, "stages": words, "classes": words}, "一个规则包 / one rule pack")
    index = {
        "version": _TEXT,
        "name": WORDS,
        "place": WORDS,
        "as_of": _DAY,
        "demonstration": {"anyOf": [WORDS, {"type": "null"}]},
        "licence": nullable(licence),
        **dict.fromkeys(("description", "changelog", "words", "popolo", "figures"), URL),
        "figures_by": addresses,
        "lists": addresses,
        "downloads": URL,
    }
    return {
        "Index": record(index, "从这里开始 / start here"),
        "Changelog": record({"versions": rows_of(change), "promise": WORDS}, "改了什么 / what changed"),
        "WordList": record(
            {
                "codes": {"type": "object", "additionalProperties": words},
                "packs": {"type": "object", "additionalProperties": pack},
            },
            "代码的说明 / what codes mean",
        ),
        "OpenApi": {
            "type": "object",
            "description": "OpenAPI 3.1",
            "properties": {"openapi": {"const": "3.1.0"}},
            "required": ["openapi", "info", "paths", "components"],
        },
    }


def _lists() -> dict[str, Schema]:
    page = {
        "total": _WHOLE,
        "page": _WHOLE,
        "pages": _WHOLE,
        "per_page": _WHOLE,
        **dict.fromkeys(("self", "first"), URL),
        **dict.fromkeys(("previous", "next"), nullable(URL)),
        "last": URL,
    }
    kinds = {"Proposal": "ProposalBrief", **{schema: schema for schema, _ in _KINDS.values()}}
    return {
        f"{name}List": record({**page, "items": rows_of(ref(item))}, f"一页 / a page: {item}")
        for name, item in kinds.items()
    }
