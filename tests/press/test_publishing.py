"""What changed is made anew and nothing else; whatever goes wrong, the last good site stays or is completed."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from errno import EDQUOT, ENOSPC, EROFS, errorcode
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.load.registry import schema_line
from huiyin.press import Prepared, PressError, Words, prepare, publish, words_key
from huiyin.press import manifest as manifests
from huiyin.press.manifest import STATE
from huiyin.publish import ALONE, KINDS
from huiyin.stamp import HEADS, SLOTS, sentinel, split
from tests.built import ROOT
from tests.project import BASE, lay

ADDRESS = "https://example.org/"
DAY = "2026-06-30"


def words(text: str = "menu") -> Words:
    """What a builder made: small shells, a page by hand, a file."""
    slots = "".join(f'<meta content="{sentinel(slot)}">' if slot in HEADS else sentinel(slot) for slot in SLOTS)
    shell = split(f"<nav>{text}</nav>{slots}<a href='../../'>", "", 2)
    pages = {"guide/index.html": split(f"<p>{text} {sentinel('day')}</p>")}
    return Words(dict.fromkeys((*ALONE, *KINDS), shell), pages, {"assets/x.css": text.encode()})


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with the tables and templates of this one, and the small registry of the examples."""
    made = tmp_path / "project"
    for name in ("schema", "site/templates", "tests/examples/rules/event-order"):
        shutil.copytree(ROOT / name, made / name)
    lay(BASE, made / "registry")
    return made


def look(root: Path, day: str = DAY) -> Prepared:
    return prepare(root, root / "registry", day, None)


def files(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file() and STATE not in path.parts
    }


def times(site: Path) -> dict[str, int]:
    return {path.relative_to(site).as_posix(): path.stat().st_mtime_ns for path in site.rglob("*.html")}


def test_pages_by_hand_are_made_anew_for_another_audience(root: Path) -> None:
    """Their footer tells whom the site is for."""
    shutil.copy(ROOT / "mkdocs.yml", root)
    made = look(root)
    keys = set()
    for intake, audience in (("open", None), ("private", None), ("private", "public"), ("private", "agency")):
        settings = replace(made.site.registry.settings, intake=intake, projection=audience)
        site = replace(made.site, registry=replace(made.site.registry, settings=settings))
        keys.add(words_key(root, replace(made, site=site), ADDRESS))
    assert len(keys) == 4


def test_nothing_is_touched_when_nothing_changed(root: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    first = publish(look(root), words(), site, ADDRESS)
    before = times(site)
    again = publish(look(root), words(), site, ADDRESS)
    assert first.written > 100
    assert (again.written, again.removed) == (0, 0)
    assert times(site) == before


def test_one_edit_writes_the_pages_that_tell_of_it_and_no_others(root: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(look(root), words(), site, ADDRESS)
    before = times(site)
    edit(root, "2026-m4t7k", "title: 关于", "title: 再次关于")
    publish(look(root), words(), site, ADDRESS)
    changed = {name for name, when in times(site).items() if before[name] != when}
    assert {"p/2026-m4t7k/index.html", "browse/index.html", "s/npc-9-2/index.html"} <= changed
    assert not [name for name in changed if name.startswith(("rules/", "packs/", "guide/"))]
    assert "p/2026-w8p3d/index.html" not in changed
    assert "figures/charts/index.html" not in changed, "no number of a chart has changed"


def test_files_for_programs_may_be_left_for_the_next_time(root: Path, tmp_path: Path) -> None:
    site, name = tmp_path / "site", "2026-m4t7k"
    publish(look(root), words(), site, ADDRESS)
    first = files(site)
    edit(root, name, "title: 关于", "title: 再次关于")
    copy(root, 1)
    publish(look(root), words(), site, ADDRESS, data=False)
    now = files(site)
    assert "再次关于" in now[f"p/{name}/index.html"].decode()
    for path in ("data/csv/proposals.csv", f"api/v1/proposals/{name}.json", "feeds/all.atom"):
        assert now[path] == first[path]
    assert "api/v1/proposals/2026-00001.json" in now, "what pages lead to is there"
    state = manifests.read(site)
    assert state is not None
    assert not state.complete
    publish(look(root), words(), site, ADDRESS)
    publish(look(root), words(), tmp_path / "clean", ADDRESS)
    assert files(site) == files(tmp_path / "clean")


def edit(root: Path, identifier: str, old: str, new: str) -> None:
    path = next((root / "registry" / "proposals").rglob(f"{identifier}.yaml"))
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_what_is_gone_from_the_registry_is_gone_from_the_site(root: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    copy(root, 1)
    publish(look(root), words(), site, ADDRESS)
    assert (site / "p" / "2026-00001" / "index.html").is_file()
    (site / "assets" / "note.txt").write_text("not ours")
    next((root / "registry" / "proposals").rglob("2026-00001.yaml")).unlink()
    done = publish(look(root), words(), site, ADDRESS)
    assert done.removed >= 1
    assert not (site / "p" / "2026-00001").exists()
    assert (site / "assets" / "note.txt").read_text() == "not ours"


def copy(root: Path, number: int) -> None:
    """Add a proposal: the draft of the examples under an id and a title of its own."""
    source = next((root / "registry" / "proposals").rglob("2026-m4t7k.yaml"))
    text = source.read_text(encoding="utf-8").replace("2026-m4t7k", f"2026-{number:05}")
    text = re.sub(r'number: "?(\d+)"?', lambda match: f'number: "{int(match[1]) + number}"', text)
    (source.parent / f"2026-{number:05}.yaml").write_text(text, encoding="utf-8")


STEPS: tuple[tuple[str, Callable[[Path, random.Random], None]], ...] = (
    ("edit", lambda root, dice: edit(root, "2026-m4t7k", "title: ", f"title: 第{dice.randrange(9)}次")),
    ("add", lambda root, dice: copy(root, dice.randrange(10, 90))),
    ("delete", lambda root, dice: _delete(root, dice)),
    ("rename", lambda root, _: _in(root, "registry/agencies/a-transport.yaml", "name: ", "name: 新")),
    ("rule", lambda root, _: _in(root, "schema/rules/cn-suggestion.yaml", "title: {zh: ", "title: {zh: 新")),
    ("template", lambda root, _: _in(root, "site/templates/list.html", "<h1>", "<h1>新")),
    ("moved", lambda root, _: _move(root)),
)


def _in(root: Path, name: str, old: str, new: str) -> None:
    path = root / name
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _delete(root: Path, dice: random.Random) -> None:
    added = sorted((root / "registry" / "proposals").rglob("2026-000*.yaml"))
    if added:
        dice.choice(added).unlink()


def _move(root: Path) -> None:
    path = next((root / "registry" / "proposals").rglob("2026-m4t7k.yaml"))
    target = path.parent / "deeper" / path.name
    if path.parent.name != "deeper":
        target.parent.mkdir()
        path.rename(target)
        text = target.read_text(encoding="utf-8").partition("\n")[2]
        target.write_text(f"{schema_line(target, root / 'schema' / 'proposal.schema.json')}\n{text}", encoding="utf-8")


@settings(max_examples=5)
@given(
    st.lists(st.tuples(st.sampled_from(range(len(STEPS))), st.booleans(), st.integers(0, 99)), min_size=1, max_size=3)
)
def test_building_on_gives_the_same_bytes_as_building_anew(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, bool, int]]
) -> None:
    folder = tmp_path_factory.mktemp("same")
    root = folder / "project"
    for name in ("schema", "site/templates", "tests/examples/rules/event-order"):
        shutil.copytree(ROOT / name, root / name)
    lay(BASE, root / "registry")
    publish(look(root), words(), folder / "on", ADDRESS)
    day, text = 30, "menu"
    for number, later, seed in steps:
        STEPS[number][1](root, random.Random(seed))  # noqa: S311
        day, text = (day + 1, text) if later else (day, f"menu {seed % 3}")
        made = look(root, f"2026-07-{day - 30:02}" if day > 30 else DAY)
        publish(made, words(text), folder / "on", ADDRESS)
    made = look(root, f"2026-07-{day - 30:02}" if day > 30 else DAY)
    publish(made, words(text), folder / "anew", ADDRESS)
    assert files(folder / "on") == files(folder / "anew")


@pytest.mark.parametrize("harm", ["cut", "changed", "gone", "touched file"])
def test_a_manifest_that_cannot_be_trusted_means_all_is_made_anew(root: Path, tmp_path: Path, harm: str) -> None:
    site = tmp_path / "site"
    publish(look(root), words(), site, ADDRESS)
    good = files(site)
    (site / "p" / "2026-m4t7k" / "index.html").write_text("broken")
    path = site / STATE / "manifest"
    if harm != "touched file":
        (site / "old.html").write_text("of an older build")
    if harm == "cut":
        path.write_bytes(path.read_bytes()[:-40])
    elif harm == "changed":
        path.write_bytes(path.read_bytes().replace(b"p/2026-m4t7k", b"p/2026-m4t7x"))
    elif harm == "gone":
        path.unlink()
    publish(look(root), words(), site, ADDRESS)
    assert files(site) == good


KILLED = """
import sys
from pathlib import Path
from tests.press.test_publishing import ADDRESS, look, words
from huiyin.press import publish
root, site = map(Path, sys.argv[1:3])
made = look(root)
print("ready", flush=True)
publish(made, words("menu 2"), site, ADDRESS)
"""


def test_a_build_that_was_killed_is_completed_by_the_next_one(root: Path, tmp_path: Path) -> None:
    site, clean = tmp_path / "site", tmp_path / "clean"
    publish(look(root), words(), site, ADDRESS)
    edit(root, "2026-m4t7k", "title: 关于", "title: 再次关于")
    publish(look(root), words("menu 2"), clean, ADDRESS)
    good, dice, unfinished = files(clean), random.Random(1), 0  # noqa: S311
    for turn in range(4):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(root), str(site)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(dice.random() * 0.1 * (turn + 1))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        state = manifests.read(site)
        assert state is not None
        if state.complete:
            assert set(files(site)) >= set(state.entries)
        else:
            unfinished += 1
        done = publish(look(root), words("menu 2"), site, ADDRESS)
        assert files(site) == good, done
        publish(look(root), words(), site, ADDRESS)
    assert not (site / STATE / "stage").exists()


def test_a_move_that_fails_half_way_is_completed(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site, real, left = tmp_path / "site", os.replace, iter(range(60))
    publish(look(root), words(), tmp_path / "clean", ADDRESS)

    def failing(source: str, target: str) -> None:
        if next(left, None) is None:
            raise OSError(5, "Input/output error", target)
        real(source, target)

    monkeypatch.setattr("huiyin.press.publishing.os.replace", failing)
    with pytest.raises(PressError, match="Input/output error"):
        publish(look(root), words(), site, ADDRESS)
    state = manifests.read(site)
    assert state is not None
    assert not state.complete
    monkeypatch.undo()
    publish(look(root), words(), site, ADDRESS)
    assert files(site) == files(tmp_path / "clean")


@pytest.mark.parametrize("error", [ENOSPC, EROFS, EDQUOT], ids=errorcode.get)
def test_a_disk_that_is_full_or_read_only_leaves_the_last_site(
    error: int, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    publish(look(root), words(), site, ADDRESS)
    good = files(site)

    def full(path: str, content: bytes, found: str) -> None:
        raise OSError(error, os.strerror(error), path)

    monkeypatch.setattr("huiyin.press.printing._write", full)
    with pytest.raises(PressError, match=rf"{re.escape(str(site))}.*{os.strerror(error)}"):
        publish(look(root), words("menu 2"), site, ADDRESS)
    assert files(site) == good
    state = manifests.read(site)
    assert state is not None
    assert state.complete


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_may_not_be_written_is_one_clear_error(root: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with pytest.raises(PressError, match="Permission denied"):
        publish(look(root), words(), closed / "site", ADDRESS)


def test_a_file_where_the_site_should_be_is_one_clear_error(root: Path, tmp_path: Path) -> None:
    (tmp_path / "site").write_text("x")
    with pytest.raises(PressError, match="site"):
        publish(look(root), words(), tmp_path / "site", ADDRESS)


def test_a_wrong_template_is_named_with_its_line_and_the_page(root: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(look(root), words(), site, ADDRESS)
    good = files(site)
    for wrong, line in (("\n{{ nothing.at_all }}", 2), ("\n\n{% if %}", 3)):
        (root / "site" / "templates" / "proposal.html").write_text(wrong, encoding="utf-8")
        with pytest.raises(PressError, match=rf"proposal\.html:{line}.*/p/2026-"):
            publish(look(root), words(), site, ADDRESS)
        assert files(site) == good


def test_names_that_leave_the_site_or_fall_together_are_refused(root: Path, tmp_path: Path) -> None:
    made = look(root)
    for name in ("../x.html", "a//b.html", ".hidden/x", "x\\y.css", "a\tb.css"):
        with pytest.raises(PressError, match="cannot be an address"):
            publish(made, replace(words(), files={name: b""}), tmp_path / "site", ADDRESS)
    for one, other in (("A.css", "a.css"), ("caf\u00e9.css", "cafe\u0301.css")):
        with pytest.raises(PressError, match="differ only in case or form"):
            publish(made, replace(words(), files={one: b"", other: b""}), tmp_path / "site", ADDRESS)
    assert not (tmp_path / "site" / "index.html").exists()


def test_a_text_of_200_kb_is_published(root: Path, tmp_path: Path) -> None:
    made = look(root)
    case = made.site.cases["2026-m4t7k"]
    long = case._replace(proposal=replace(case.proposal, situation="长" * 70_000))
    site = replace(made.site, cases={**made.site.cases, "2026-m4t7k": long})
    publish(replace(made, site=site), words(), tmp_path / "site", ADDRESS)
    page = (tmp_path / "site" / "p" / "2026-m4t7k" / "index.html").read_text(encoding="utf-8")
    assert "长" * 70_000 in page
