"""Sentences of the law with what a reader then sees, in `examples/clocks/<pack>/`; `site/developers/packs.md` has the
format. Every term of every pack is shown by at least one of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from huiyin import yamltext
from huiyin.clocks import Deadline, Reckoning, deadlines
from huiyin.lifecycle import standing
from huiyin.load import Law
from huiyin.rules import Term
from huiyin.wording.counted import explain
from tests.project import EXAMPLES, ROOT
from tests.story import events, proposal

FOLDER = EXAMPLES / "clocks"
NEAR = 20
KEYS = {"source", "events", "occasion", "session_closed", "then"}
SHOWN = {"due", "state", "days", "start", "article", "provisional", "original", "cap"}
NO_EXAMPLE: dict[tuple[str, str, str], str] = {}
"""Terms that no example can show, as pack, clock and first day in force, each with the reason. There is none."""


def read(path: Path) -> Any:
    document = yamltext.read(path.read_text(encoding="utf-8"))
    assert not document.faults, (path, document.faults)
    return document.data


SENTENCES = {
    f"{path.parent.name}/{path.stem}: {sentence}": (path.parent.name, story)
    for path in sorted(FOLDER.glob("*/*.yaml"))
    for sentence, story in read(path).items()
}


def counted(story: Mapping[str, Any], pack: str, day: date, law: Law) -> dict[str, Deadline]:
    """Return every count of the story as it stands on the day, by its key."""
    rules = law.packs[pack]
    one = proposal(story["events"], rules, **({"occasion": story["occasion"]} if "occasion" in story else {}))
    closed = date.fromisoformat(story["session_closed"]) if "session_closed" in story else None
    stand = standing(one, rules, day)
    found = deadlines(one, stand.refused, Reckoning(rules, law.calendar, day, NEAR, closed))
    return {deadline.key: deadline for deadline in found}


def the(found: Mapping[str, Deadline], name: str) -> Deadline | None:
    """Return the count of that name: its key, or the one count of that clock."""
    if name in found:
        return found[name]
    alike = [deadline for key, deadline in found.items() if key.startswith(f"{name}/")]
    assert len(alike) <= 1, f"{name}: there are several, say which: {[deadline.key for deadline in alike]}"
    return alike[0] if alike else None


def told(deadline: Deadline) -> dict[str, Any]:
    """Return of a count what an example may say, in the same form."""
    ends = sorted({day.isoformat() for day in (deadline.earliest, deadline.latest) if day})
    return {
        "due": "/".join(ends) or None,
        "state": deadline.state.value,
        "days": deadline.days,
        "start": deadline.start.isoformat() if deadline.start else None,
        "article": deadline.term.source.article if deadline.term else None,
        "provisional": deadline.provisional,
        "original": deadline.original.latest.isoformat() if deadline.original else None,
        "cap": deadline.cap.latest.isoformat() if deadline.cap else None,
    }


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_of_the_law_comes_out_so(sentence: str, law: Law) -> None:
    pack, story = SENTENCES[sentence]
    assert set(story) <= KEYS
    assert story["then"]
    for day, wanted in story["then"].items():
        found = counted(story, pack, date.fromisoformat(day), law)
        for name, look in wanted.items():
            deadline = the(found, name)
            if look == "none":
                assert deadline is None, (day, name)
                continue
            assert deadline, f"{day}: no {name} among {sorted(found)}"
            assert set(look) <= SHOWN, look
            assert {key: told(deadline)[key] for key in look} == look, (day, name)
            assert all(step.zh and step.en for step in explain(deadline, law.vocabulary))


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_is_told_with_events_that_the_law_allows(sentence: str, law: Law) -> None:
    pack, story = SENTENCES[sentence]
    rules = law.packs[pack]
    definitions = law.shapes.schemas["proposal"]["$defs"]
    for event in events(story["events"], rules):
        assert set(event) <= set(definitions[f"event_{event['type']}"]["properties"]), event
    one = proposal(story["events"], rules)
    assert [f"{refusal.event.id} in {refusal.state}" for refusal in standing(one, rules).refusals] == []


def shown_terms(law: Law) -> set[tuple[str, str, Term]]:
    """The terms that an example holds to a due day, each with its pack and clock."""
    shown = set()
    for pack, story in SENTENCES.values():
        for day, wanted in story["then"].items():
            found = counted(story, pack, date.fromisoformat(day), law)
            for name, look in wanted.items():
                deadline = the(found, name)
                if deadline and deadline.term and "due" in look:
                    shown.add((pack, deadline.clock.id, deadline.term))
    return shown


def test_every_term_of_every_pack_is_shown_by_an_example(law: Law) -> None:
    shown = shown_terms(law)
    lacking = {
        (pack.id, clock.id, f"{term.start} {term.case or ''} {term.occasion or ''}".strip())
        for pack in law.packs.values()
        if not pack.abstract
        for clock in pack.clocks.values()
        for term in clock.terms
        if (pack.id, clock.id, term) not in shown
    }
    assert lacking == set(NO_EXAMPLE)


def test_the_page_on_packs_shows_an_example_that_is_there() -> None:
    text = (ROOT / "site" / "developers" / "packs.md").read_text(encoding="utf-8")
    block = re.search(r"```yaml\n# (tests/examples/clocks/\S+)\n(.*?)```", text, re.DOTALL)
    assert block
    assert block[2].strip() in (ROOT / block[1]).read_text(encoding="utf-8")
