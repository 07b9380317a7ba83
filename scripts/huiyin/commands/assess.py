"""`huiyin assess`: agencies, proposers and offices by the weights of the rule pack, each point with its grounds."""

from __future__ import annotations

import argparse
import json
from typing import Any

from huiyin.assessment import Assessment, Counts, Tally, assess, by_actor, together
from huiyin.assessment.say import NOTE, criterion, total
from huiyin.commands.context import Context, UsageError, add_day, gather, tell_unread
from huiyin.figures import by_sound
from huiyin.findings import Text, did_you_mean
from huiyin.report import visible
from huiyin.rules import DUTIES

SUMMARY = "按规则包的权重考核，每一分指到依据 / assessment by the weights of the pack, each point with its grounds"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    who = parser.add_mutually_exclusive_group()
    who.add_argument("--agency", metavar="ID", help="承办单位 / an agency")
    who.add_argument("--member", metavar="ID", help="代表、委员或团体 / a member or group")
    who.add_argument("--office", metavar="ID", help="办事机构 / an office")
    parser.add_argument("--session", metavar="ID", help="只看这一届次 / this session only")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式 / output format")
    add_day(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print everybody's totals by name, or one actor's criteria with what each point rests on."""
    context = gather(arguments)
    tell_unread(context)
    registry = context.registry
    sessions = registry.sessions
    if arguments.session and arguments.session not in sessions:
        hint = did_you_mean(arguments.session, sessions) or Text("", "")
        raise UsageError(
            f"没有届次 {arguments.session}。{hint.zh}".rstrip("。"),
            f"there is no session {arguments.session}. {hint.en}",
        )
    found = assess(registry, context.cases, context.as_of)
    if not any(registry.weights_of(session) for session in sessions.values()):
        raise UsageError(
            "没有写明按哪个规则包考核；在 registry.yaml 的机构里写 assessment",
            "no pack with weights is named; say assessment for a body in registry.yaml",
        )
    chosen = {name: rows for name, rows in found.items() if arguments.session in (None, name)}
    assessed = {actor: together(rows) for actor, rows in by_actor(chosen).items()}
    who = _asked(context, arguments)
    rows = [assessed[who]] if who in assessed else [] if who else list(assessed.values())
    if who and not rows:
        raise UsageError(f"{registry.name_of(who)}没有可以考核的记录", f"nothing of {who} can be assessed")
    if arguments.format == "json":
        print(json.dumps([_json(context, one, grounds=bool(who)) for one in rows], ensure_ascii=False, indent=2))
    elif who:
        _one(context, rows[0])
    else:
        _all(context, rows)
    return 0


def _asked(context: Context, arguments: argparse.Namespace) -> str:
    """The id that was asked for, "" for everybody; raises UsageError for one that is not there."""
    registry = context.registry
    for asked, known, zh, en in (
        (arguments.agency, registry.agencies, "承办单位", "agency"),
        (arguments.member, {**registry.members, **registry.groups}, "代表、委员或团体", "member or group"),
        (arguments.office, registry.settings.offices, "办事机构", "office"),
    ):
        if asked and asked not in known:
            hint = did_you_mean(asked, known) or Text("", "")
            raise UsageError(f"没有{zh} {asked}。{hint.zh}".rstrip("。"), f"there is no {en} {asked}. {hint.en}")
        if asked:
            return str(asked)
    return ""


def _all(context: Context, rows: list[Assessment]) -> None:
    lang, registry = context.lang, context.registry
    for duty in DUTIES:
        own = [one for one in rows if one.duty == duty]
        if own:
            print(context.law.vocabulary.duties[duty].say(lang))
        for one in sorted(own, key=lambda one: (by_sound(registry.name_of(one.actor)), one.actor)):
            print(visible(f"  {registry.name_of(one.actor)} {one.actor}  {total(one).say(lang)}"))
    print(NOTE.say(lang))


def _one(context: Context, one: Assessment) -> None:
    lang = context.lang
    print(visible(f"{context.registry.name_of(one.actor)} {one.actor}  {total(one).say(lang)}"))
    print(Text(f"  届次 {'、'.join(one.sessions)}", f"  sessions {', '.join(one.sessions)}").say(lang))
    for tally in one.tallies:
        print(visible(f"  {tally.weight.title.say(lang)}  {criterion(tally).say(lang)}"))
        for counts in tally.counts:
            if not counts.earned:
                print(visible(f"    ▲ {_grounds(counts, lang)}"))
    print(NOTE.say(lang))


def _grounds(counts: Counts, lang: str) -> str:
    day = counts.on.isoformat() if counts.on else ""
    told = (counts.proposal, counts.at, day, counts.said.say(lang), " / ".join(counts.sentences))
    return " ".join(part for part in told if part)


def _json(context: Context, one: Assessment, *, grounds: bool) -> dict[str, Any]:
    return {
        "actor": one.actor,
        "name": context.registry.name_of(one.actor),
        "duty": one.duty,
        "sessions": list(one.sessions),
        "points": None if one.tenths is None else one.tenths / 10,
        "of": one.of,
        "whole": one.whole,
        "criteria": [_criterion(tally, grounds=grounds) for tally in one.tallies],
    }


def _criterion(tally: Tally, *, grounds: bool) -> dict[str, Any]:
    weight = tally.weight
    told: dict[str, Any] = {
        "id": weight.id,
        "title": weight.title._asdict(),
        "measure": weight.measure,
        "source": weight.source.say(),
        "weight": weight.points,
        "earned": tally.earned,
        "counted": tally.counted,
        "points": None if tally.tenths is None else tally.tenths / 10,
    }
    if grounds:
        told["grounds"] = [
            {
                "proposal": one.proposal,
                "at": one.at,
                "on": one.on.isoformat() if one.on else None,
                "earned": one.earned,
                "said": one.said._asdict(),
                "sentences": list(one.sentences),
            }
            for one in tally.counts
        ]
    return told
