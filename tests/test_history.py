"""The reading layer: differences, steps and contents come from git objects, whatever they are called."""

from __future__ import annotations

import os

import pytest

from huiyin.history import HistoryError, Objects, Repository, diff, steps
from huiyin.history.changes import trailers
from huiyin.history.writing import move, write_blob, write_commit, write_tree
from tests.project import Project

ODD = ("a\nb", "\u202ename", ":100644 x", "tab\there", "-option", "中文")


def test_names_come_through_whatever_they_hold(project: Project) -> None:
    base = project.commit("Begin")
    for name in ODD:
        project.write(f"odd/{name}", "x")
    project.write("odd/plain", "y")
    (project.root / "odd/plain").rename(project.root / os.fsdecode(b"odd/\xff\xfe"))
    head = project.commit("Odd names")
    repository = Repository(project.root)
    wanted = sorted([*(f"odd/{name}" for name in ODD), os.fsdecode(b"odd/\xff\xfe")])
    assert [change.path for change in diff(repository, base, head)] == wanted
    (step,) = steps(repository, head, base)
    assert [change.path for change in step.changes] == wanted
    with Objects(repository) as objects:
        assert sorted(path for path, _ in objects.files(step.tree) if path.startswith("odd/")) == wanted


def test_steps_follow_first_parents_and_hold_what_a_merge_brought(project: Project) -> None:
    base = project.commit("Begin")
    project.git("checkout", "--quiet", "-b", "side")
    project.write("side", "1")
    project.commit("On the side")
    project.git("checkout", "--quiet", "main")
    project.write("here", "1")
    project.commit("Here")
    project.git("merge", "--quiet", "--no-ff", "--message", "Merge\n\nHuiyin-Actor: 7", "side")
    empty = project.commit("Nothing")
    passed = steps(Repository(project.root), empty, base)
    told = [(step.title, [c.path for c in step.changes], step.trailer("Huiyin-Actor")) for step in passed]
    assert told == [("Here", ["here"], None), ("Merge", ["side"], "7"), ("Nothing", [], None)]


def test_whoever_has_seen_enough_may_stop(project: Project) -> None:
    for number in range(5):
        project.write("file", str(number))
        last = project.commit(f"Step {number}")
    assert next(steps(Repository(project.root), last)).title == "Step 0"


def test_large_contents_are_cut_and_the_next_are_read_right(project: Project) -> None:
    project.write("large", b"x" * 3_000_000)
    project.write("small", b"y")
    commit = project.commit()
    repository = Repository(project.root)
    tree = repository.tree(commit)
    with Objects(repository) as objects:
        entries = objects.entries(tree)
        assert objects.read(entries["large"].oid, 10) == (b"x" * 10, 3_000_000)
        assert objects.read(entries["small"].oid) == (b"y", 1)
        with pytest.raises(HistoryError, match="missing"):
            objects.read("0" * 40)


def test_replacement_objects_and_other_peoples_settings_change_nothing(project: Project) -> None:
    project.write("file", "1")
    base = project.commit()
    project.write("file", "2")
    head = project.commit()
    project.git("replace", head, base)
    project.git("config", "diff.renames", "true")
    project.git("config", "log.showSignature", "true")
    assert [change.path for change in diff(Repository(project.root), base, head)] == ["file"]


@pytest.mark.parametrize(
    ("message", "found"),
    [
        ("Title\n\nA: 1\nB: 2\nA: 3\n", {"A": ("1", "3"), "B": ("2",)}),
        ("Title\n\nA: 1\n\nwords\n", {}),
        ("A: 1", {}),
        ("Title\n\nA: 1\nwords\n", {}),
        ("", {}),
    ],
)
def test_trailers_are_the_last_paragraph_and_nothing_else(message: str, found: dict[str, tuple[str, ...]]) -> None:
    assert trailers(message) == found


def test_a_tree_is_written_with_only_what_changed(project: Project) -> None:
    project.write("deep/er/one", "1")
    project.write("deep/two", "2")
    base = project.commit()
    repository = Repository(project.root)
    with Objects(repository) as objects:
        new = write_blob(repository, b"3")
        tree = write_tree(objects, repository.tree(base), {"deep/er/three": new, "deep/two": None, "other/x": new})
        there = [path for path, _ in objects.files(tree) if not path.startswith("schema/")]
        assert there == ["deep/er/one", "deep/er/three", "other/x"]
        gone = dict.fromkeys(path for path, _ in objects.files(tree))
        assert write_tree(objects, tree, gone) == ""
        first = next(steps(repository, base))
        commit = write_commit(repository, tree, base, "Title\n\nA: 1\n", first.at)
    assert not move(repository, "main", commit, commit), "it stands elsewhere"
    assert move(repository, "main", commit, base)
    assert repository.commit("main") == commit
