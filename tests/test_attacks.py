"""Each attack is caught by the rule that the table in `site/developers/attacks.md` names, before landing and at it.

An attack is a request on a real branch. `huiyin guard` must name the rule, `huiyin land` must refuse it though it has
every approval, and when it is pushed past both, `huiyin audit` must find it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.bare import (
    CIVIL,
    CONSULTING,
    CPPCC,
    EXPIRED,
    GOVERNMENT,
    HOUSING,
    KEEPER,
    KEEPER_TOO,
    MEMBER,
    NEW,
    NOBODY,
    NPC,
    NPC_TOO,
    PROPOSAL,
    RATED,
    TRANSPORT,
    Bare,
    event,
    request,
)  # fmt: skip
from tests.project import ROOT, Project

TABLE = ROOT / "site" / "developers" / "attacks.md"
APPROVALS = (NPC, NPC_TOO, CPPCC, GOVERNMENT, KEEPER, KEEPER_TOO)
Make = Callable[[Path], object]


@dataclass(frozen=True)
class Attack:
    """What is tried, by which account, and the rule that catches it."""

    name: str
    actor: int
    rule: str
    make: Make


def append(name: str, *events: str) -> Make:
    def change(root: Path) -> None:
        path = root / name
        path.write_text(path.read_text(encoding="utf-8") + "".join(events), encoding="utf-8")

    return change


def replace(name: str, old: str, new: str) -> Make:
    def change(root: Path) -> None:
        text = (root / name).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (root / name).write_text(text.replace(old, new), encoding="utf-8")

    return change


def write(name: str, text: str) -> Make:
    def change(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")

    return change


def both(*makes: Make) -> Make:
    def change(root: Path) -> None:
        for make in makes:
            make(root)

    return change


def link(root: Path) -> None:
    (root / CONSULTING).unlink()
    (root / CONSULTING).symlink_to("../../../schema/categories.yaml")


def rename(root: Path) -> None:
    (root / CONSULTING).rename(root / "registry/proposals/cppcc-9-2/2026-w8p3e.yaml")


def binary(root: Path) -> None:
    (root / CONSULTING).write_bytes(b"\xff\xfe\x00\x01" * 50)


def huge(root: Path) -> None:
    with (root / CONSULTING).open("a", encoding="utf-8") as file:
        file.write("# " + "长" * 700_000 + "\n")


PHONED = event("e5", "contacted", "2026-06-29", "a-civil-affairs", how="phone")
RATING = {"event": "e7", "attitude": "satisfied", "result": "satisfied"}
MINE = "        - {host_id: 101, handle: ct-npc-1, from: 2026-01-01}\n"
SEND = event("e9", "closed", "2026-06-29", "o-npc")
CORRECTION = event("e9", "corrected", "2026-06-29", "a-transport", event="e7", text="答复日期应为4月1日。")
FRESH = PROPOSAL.format(id="2026-z9x3c", on="2026-06-29")
TAKEN = FRESH + event("e2", "accepted", "2026-06-29", "o-npc", number="0001")
REPLIED = event("e9", "replied", "2026-06-29", "a-transport", **{"class": "resolved"})

ATTACKS = (
    Attack("an event's day is changed", CIVIL, "event-changed", replace(CONSULTING, "2026-02-12", "2026-02-10")),
    Attack("an event is re-dated, with a correction as cover", TRANSPORT, "event-changed",
           both(replace(RATED, "on: 2026-04-24", "on: 2026-04-01"), append(RATED, CORRECTION))),
    Attack("an event is taken out", CIVIL, "event-missing",
           replace(CONSULTING, "  - id: e4\n    type: signed_for\n    on: 2026-02-12\n    by: a-civil-affairs\n", "")),
    Attack("a rating before any reply", CPPCC, "event-not-allowed",
           append(CONSULTING, event("e5", "rated", "2026-06-29", "m-he-yuanzhi", recorded_by="o-cppcc", channel="paper",
                                    event="e4", attitude="satisfied", result="satisfied"))),
    Attack("an agency's editor records for another agency", HOUSING, "actor-not-entitled", append(CONSULTING, PHONED)),
    Attack("an agency records the proposer's rating", TRANSPORT, "actor-not-entitled",
           append(RATED, event("e9", "rated", "2026-06-29", "m-lu-chunyan", **RATING))),
    Attack("an agency rates itself", TRANSPORT, "event-wrong-actor",
           append(RATED, event("e9", "rated", "2026-06-29", "a-transport", **RATING))),
    Attack("the government's office records a rating", GOVERNMENT, "event-wrong-actor",
           append(RATED, event("e9", "rated", "2026-06-29", "m-lu-chunyan", recorded_by="o-gov", channel="paper",
                               **RATING))),
    Attack("a co-handler replies in the lead's name", HOUSING, "actor-not-entitled", append(RATED, REPLIED)),
    Attack("an account whose time is over", EXPIRED, "actor-expired",
           append(RATED, event("e9", "contacted", "2026-06-29", "a-transport", how="phone"))),
    Attack("an unknown account, with the office's e-mail as author", NOBODY, "actor-unknown", append(RATED, SEND)),
    Attack("a bot's account", 41898282, "actor-unknown", append(CONSULTING, PHONED)),
    Attack("a reply dated back to be in time", TRANSPORT, "late-entry-missing",
           append(RATED, event("e9", "replied", "2026-05-08", "a-transport", **{"class": "resolved"}))),
    Attack("a late entry passed off as an import", CIVIL, "import-unmarked",
           append(CONSULTING, event("e5", "signed_for", "2026-03-06", "a-civil-affairs", channel="import"))),
    Attack("an event after today", CIVIL, "event-future",
           append(CONSULTING, event("e5", "contacted", "2026-07-29", "a-civil-affairs", how="phone"))),
    Attack("another changes a proposal's text", HOUSING, "proposal-changed", replace(RATED, "约900人", "约90人")),
    Attack("the proposer changes it after acceptance", MEMBER, "proposal-changed",
           replace(RATED, "约900人", "约9000人")),
    Attack("a file is deleted", KEEPER, "record-deleted", lambda root: (root / CONSULTING).unlink()),
    Attack("a file is renamed", KEEPER, "record-moved", rename),
    Attack("an id is used again in another folder", MEMBER, "id-reused",
           write("registry/proposals/npc-9-2/new/2026-m4t7k.yaml",
                 PROPOSAL.format(id="2026-m4t7k", on="2026-06-29").replace("../../../", "../../../../"))),
    Attack("an id that differs in the case of its letters", MEMBER, "id-reused",
           write("registry/proposals/npc-9-2/2026-M4T7K.yaml", PROPOSAL.format(id="2026-M4T7K", on="2026-06-29"))),
    Attack("a number that is taken", NPC, "number-duplicate", write(NEW, TAKEN)),
    Attack("a taken number in escapes", NPC, "number-written",
           write(NEW, TAKEN.replace('"0001"', '"\\x30001"'))),
    Attack("a proposal in another session's folder", MEMBER, "proposal-folder",
           write(NEW.replace("npc-9-2", "cppcc-9-2"), FRESH)),
    Attack("roles are edited and used at once", HOUSING, "maintainers-only",
           both(replace("registry/registry.yaml", MINE, MINE + MINE.replace("101, handle: ct-npc-1", "501, handle: x")),
                append(RATED, SEND))),
    Attack("a workflow is edited", HOUSING, "maintainers-only", write(".github/workflows/check.yml", "on: push\n")),
    Attack("the rules are edited", HOUSING, "maintainers-only",
           replace("schema/rules/base.yaml", "    by: [co]\n", "    by: [co, agency]\n")),
    Attack("git is told to pass over records", HOUSING, "maintainers-only",
           write("registry/.gitignore", "proposals/\n")),
    Attack("code and records in one change", KEEPER, "change-mixed",
           both(write("scripts/x.py", "1\n"),
                replace("registry/groups/g-education.yaml", "kind: sector\n", "kind: sector\nnote: 教育界。\n"))),
    Attack("a symbolic link for a record", CIVIL, "change-file-kind", link),
    Attack("a name that turns the direction of text", KEEPER, "change-file-name", write("site/\u202eok.md", "# x\n")),
    Attack("a name with a line break", KEEPER, "change-file-name", write("site/a\nb.md", "# x\n")),
    Attack("broken YAML", CIVIL, "yaml-syntax", append(CONSULTING, "  - id: e5\n   type: [\n")),
    Attack("a binary file", CIVIL, "yaml-not-utf8", binary),
    Attack("a huge file", CIVIL, "file-too-large", huge),
    Attack("hidden characters in a text", CIVIL, "yaml-hidden-character",
           append(CONSULTING, event("e5", "contacted", "2026-06-29", "a-civil-affairs", how="phone", text="a")
                  .replace('"a"', "电话\u202e沟通"))),
)  # fmt: skip
"""What is tried against the branch; the rows of the table in the docs."""


@pytest.fixture
def bare(project: Project) -> Bare:
    return Bare(project)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name.replace(" ", "-"))
def test_an_attack_is_caught_before_landing_at_landing_and_after(attack: Attack, bare: Bare) -> None:
    head = bare.submit(attack.make)
    before = bare.tip()

    said = bare.guard(head, attack.actor)
    assert said.code == 1, said.out + said.err
    assert f"error[{attack.rule}]" in said.out

    others = [who for who in APPROVALS if who != attack.actor]
    landed = bare.land(request(head, attack.actor, *others))
    assert (landed.code, landed.err) == (1, "")
    assert ": not landed" in landed.out
    assert bare.tip() == before

    stated = "".join(f"Huiyin-Approved-By: {who}\n" for who in others)
    bare.project.git("checkout", "--quiet", "--force", "--detach", head)
    bare.project.git("commit", "--quiet", "--amend", "--message", f"Forged\n\nHuiyin-Actor: {attack.actor}\n{stated}")
    bare.project.git("push", "--quiet", "origin", "HEAD:refs/heads/main")
    said = bare.audit()
    assert said.code == 1
    assert f"error[{attack.rule}]" in said.out


def test_the_table_in_the_docs_is_the_list_of_attacks() -> None:
    rows = re.findall(
        r"^\| ([^|`]+) \| \[`([a-z0-9-]+)`\]\(\.\./rules/\2\.md\) \|$", TABLE.read_text("utf-8"), re.MULTILINE
    )
    table = "\n".join(f"| {a.name} | [`{a.rule}`](../rules/{a.rule}.md) |" for a in ATTACKS)
    assert rows == [(attack.name, attack.rule) for attack in ATTACKS], table
    assert len(rows) >= 30


def test_a_submodule_is_refused(bare: Bare) -> None:
    def nest(root: Path) -> None:
        (root / "site" / "module").mkdir(parents=True)
        bare.project.git("init", "--quiet", "site/module")
        bare.project.git("-C", "site/module", "commit", "--quiet", "--allow-empty", "--message", "Inside")

    head = bare.submit(nest)
    said = bare.guard(head, KEEPER)
    assert "error[change-file-kind]" in said.out
    assert "this is a submodule" in said.out


def test_a_race_for_a_number_is_lost_by_the_second(bare: Bare) -> None:
    names = [NEW, NEW.replace("2026-z9x3c", "2026-z9x3d")]
    fork = bare.tip()
    heads = []
    for name in names:
        identifier = Path(name).stem
        heads.append(bare.submit(write(name, PROPOSAL.format(id=identifier, on="2026-06-26") + event(
            "e2", "accepted", "2026-06-29", "o-npc", number="0007")), at=fork))  # fmt: skip
    # the office records both acts, the submission on the proposer's behalf
    said = bare.land(*(request(head, NPC, NPC_TOO) for head in heads))
    assert said.code == 1
    assert "actor-not-entitled" in said.out, "the office says recorded_by"
    heads = []
    for name in names:
        text = PROPOSAL.format(id=Path(name).stem, on="2026-06-26") + "    recorded_by: o-npc\n    channel: paper\n"
        accepted = event("e2", "accepted", "2026-06-29", "o-npc", number="0007")
        heads.append(bare.submit(write(name, text + accepted), at=fork))
    said = bare.land(*(request(head, NPC, NPC_TOO) for head in heads))
    assert said.code == 1
    assert ": landed as" in said.out.splitlines()[0]
    assert "error[number-duplicate]" in said.out
    assert bare.audit().code == 0


def test_numbers_left_open_are_given_one_after_another(bare: Bare) -> None:
    fork, heads = bare.tip(), []
    for n in range(4):
        identifier = f"2026-z9x3{'cdef'[n]}"
        text = PROPOSAL.format(id=identifier, on="2026-06-26") + "    recorded_by: o-npc\n    channel: paper\n"
        name = f"registry/proposals/npc-9-2/{identifier}.yaml"
        heads.append(bare.submit(write(name, text + event("e2", "accepted", "2026-06-29", "o-npc")), at=fork))
    assert bare.guard(heads[0], NPC).code == 0, "a request may leave the number to landing"
    assert bare.land(*(request(head, NPC, NPC_TOO) for head in heads)).code == 0
    given = [re.findall(r'number: "(\d+)"', bare.text(f"registry/proposals/npc-9-2/2026-z9x3{c}.yaml")) for c in "cdef"]
    assert given == [["0002"], ["0003"], ["0004"], ["0005"]]
    assert bare.audit().code == 0


@pytest.mark.parametrize(
    ("approved", "rule"),
    [
        ((), "approval-missing"),
        ((CIVIL,), "approval-own"),
        ((HOUSING,), "approval-missing"),
        ((NPC,), "approval-missing"),
    ],
)
def test_whoever_approves_is_entitled_and_somebody_else(bare: Bare, approved: tuple[int, ...], rule: str) -> None:
    head = bare.append(CONSULTING, PHONED)
    said = bare.land(request(head, CIVIL, *approved))
    assert said.code == 1
    assert f"error[{rule}]" in said.out
    assert bare.land(request(head, CIVIL, GOVERNMENT, authors=[GOVERNMENT])).code == 1, "an author does not approve"
    assert bare.land(request(head, CIVIL, CPPCC)).code == 0


def test_a_bad_request_blocks_no_other(bare: Bare) -> None:
    good, bad = bare.append(CONSULTING, PHONED), bare.submit(ATTACKS[0].make)
    gone = "0" * 40
    said = bare.land(
        request(bad, CIVIL, CPPCC), request(gone, CIVIL, CPPCC), request("--upload-pack=x", CIVIL, CPPCC),
        request(good, CIVIL, CPPCC),
    )  # fmt: skip
    assert said.code == 1
    assert said.out.count(": not landed") == 3
    assert said.out.count(": landed as") == 1


def test_the_same_request_lands_once(bare: Bare) -> None:
    head = bare.append(CONSULTING, PHONED)
    assert bare.land(request(head, CIVIL, CPPCC)).code == 0
    before = bare.tip()
    said = bare.land(request(head, CIVIL, CPPCC))
    assert (said.code, bare.tip()) == (0, before)
    assert "is on the branch already" in said.out


def test_a_text_that_two_changed_is_a_conflict_in_words(bare: Bare) -> None:
    fork = bare.tip()
    name = "registry/agencies/a-housing.yaml"
    one = bare.replace(name, "short: 县住建局", "short: 住建局", at=fork)
    two = bare.replace(name, "short: 县住建局", "short: 县建设局", at=fork)
    said = bare.land(request(one, NPC, NPC_TOO), request(two, NPC, NPC_TOO))
    assert said.code == 1
    assert "was changed on the branch in the meantime" in said.out


def test_two_landings_at_once_do_not_run(bare: Bare, monkeypatch: pytest.MonkeyPatch) -> None:
    from huiyin.history import Repository
    from huiyin.history.writing import landing_lock

    head = bare.append(CONSULTING, PHONED)
    with landing_lock(Repository(bare.project.root)):
        said = bare.land(request(head, CIVIL, CPPCC))
    assert (said.code, said.out) == (2, "")
    assert "another landing is under way" in said.err
    assert bare.land(request(head, CIVIL, CPPCC)).code == 0


def test_a_branch_that_moves_while_landing_is_landed_on_anew(bare: Bare, monkeypatch: pytest.MonkeyPatch) -> None:
    from huiyin.commands import land

    one, two = bare.append(CONSULTING, PHONED), bare.append(RATED, SEND)
    pushed = land.push
    raced = []

    def slow(*arguments: object) -> bool:
        if not raced:
            raced.append(True)
            bare.project.git("push", "--quiet", "origin", f"{two}:refs/heads/main")
        return pushed(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(land, "push", slow)
    said = bare.land(request(one, CIVIL, CPPCC))
    assert said.code == 0, said.out + said.err
    assert bare.project.git("rev-parse", f"{bare.tip()}^") == two, "what was pushed in between stays"


def test_a_landing_that_is_killed_lands_nothing(bare: Bare, monkeypatch: pytest.MonkeyPatch) -> None:
    from huiyin.landing import Lander

    heads = [bare.append(CONSULTING, PHONED), bare.append(RATED, SEND)]
    before, real = bare.tip(), Lander.land

    def killed(self: Lander, one: object) -> object:
        if getattr(one, "head", "") == heads[1]:
            raise KeyboardInterrupt
        return real(self, one)  # type: ignore[arg-type]

    monkeypatch.setattr(Lander, "land", killed)
    said = bare.land(request(heads[0], CIVIL, CPPCC), request(heads[1], NPC, NPC_TOO))
    assert (said.code, bare.tip()) == (130, before)
    monkeypatch.setattr(Lander, "land", real)
    assert bare.land(request(heads[0], CIVIL, CPPCC), request(heads[1], NPC, NPC_TOO)).code == 0


@pytest.mark.parametrize(
    "queue",
    ["", "{", "{}", "[1]", '[{"head": "x"}]', '[{"head": 1, "actor": 1, "approved_by": []}]',
     '[{"head": "x", "actor": true, "approved_by": []}]', '[{"head": "x", "actor": 1, "approved_by": ["a"]}]',
     '[{"head": "x", "actor": 1, "approved_by": [], "opened": "soon"}]',
     '[{"head": "x", "actor": [1], "approved_by": 2}]',
     '[{"head": "x", "actor": 1, "approved_by": [], "kind": "holiday"}]'],
)  # fmt: skip
def test_a_queue_that_cannot_be_read_is_one_line(bare: Bare, queue: str) -> None:
    path = bare.project.write("../queue.json", queue)
    said = bare.project.huiyin("land", "--queue", str(path), "--remote", "origin", "--lang", "en")
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1), said.err


@pytest.mark.parametrize(
    "name", ["-x", "--all", "nothing", "HEAD:registry", "a b", "\u202e", "x" * 5000, "HEAD@{99999}"]
)
def test_a_revision_that_is_none_is_one_line(bare: Bare, name: str) -> None:
    said = bare.project.huiyin("guard", f"--base={name}", "--head", bare.start, "--actor", "1", "--lang", "en")
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1), said.err


def test_a_branch_that_is_checked_out_is_not_moved_under_its_folder(bare: Bare) -> None:
    bare.project.git("checkout", "--quiet", "-b", "main")
    said = bare.project.huiyin("land", "--head", bare.start, "--actor", "1", "--lang", "en")
    assert said.code == 2
    assert "is checked out here" in said.err
