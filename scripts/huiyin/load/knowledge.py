"""Raw data of research and policies that their schemas allow → frozen nouns."""

from __future__ import annotations

from datetime import date

from huiyin.findings import Source
from huiyin.load.nouns import Raw, day
from huiyin.model import DataAnswer, DataRequest, LookBack, Policy, PolicyStage, Research, ResearchReport


def research(raw: Raw, source: Source) -> Research:
    """Return the research of a file."""
    lists = {key: tuple(raw.get(key, ())) for key in ("by", "proposals", "topics")}
    return Research(
        **{
            **raw,
            **lists,
            "opened": date.fromisoformat(raw["opened"]),
            "requests": tuple(map(_request, raw.get("requests", ()))),
            "report": _report(raw["report"]) if "report" in raw else None,
        },
        source=source,
    )


def _request(raw: Raw) -> DataRequest:
    days = {key: date.fromisoformat(raw[key]) for key in ("asked", "needed_by")}
    answer = raw.get("answer")
    given = DataAnswer(**{**answer, "on": date.fromisoformat(answer["on"])}) if answer else None
    return DataRequest(**{**raw, **days, "answer": given})


def _report(raw: Raw) -> ResearchReport:
    return ResearchReport(date.fromisoformat(raw["on"]), tuple(raw["findings"]), raw.get("document"))


def policy(raw: Raw, source: Source) -> Policy:
    """Return the policy of a file."""
    lists = {key: tuple(raw.get(key, ())) for key in ("co", "proposals", "topics", "research")}
    ended = raw.get("ended", {})
    return Policy(
        **{
            **raw,
            **lists,
            "stages": tuple(map(_stage, raw["stages"])),
            "looked_back": tuple(map(_look_back, raw.get("looked_back", ()))),
            "commitments": tuple((row["proposal"], row["commitment"]) for row in raw.get("commitments", ())),
            "ended": day(ended, "on"),
        },
        why_ended=ended.get("reason"),
        source=source,
    )


def _stage(raw: Raw) -> PolicyStage:
    return PolicyStage(**{**raw, "on": date.fromisoformat(raw["on"]), "areas": tuple(raw.get("areas", ()))})


def _look_back(raw: Raw) -> LookBack:
    return LookBack(**{**raw, "on": date.fromisoformat(raw["on"])})
