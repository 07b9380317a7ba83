"""Whatever a request holds, judging and landing it ends in words; and what lands, an audit of the result allows."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.audit.replay import audit
from huiyin.guard import Reader
from huiyin.history import Objects, Repository
from huiyin.history.writing import write_blob, write_commit, write_tree
from huiyin.landing import Lander, Request
from tests.bare import CIVIL, CONSULTING, CPPCC, event
from tests.project import BASE, Project

TEXT = (BASE / CONSULTING.removeprefix("registry/")).read_text(encoding="utf-8")
PHONED = event("e5", "contacted", "2026-06-29", "a-civil-affairs", how="phone")
LINES = [*(TEXT + PHONED).splitlines(True), "events: []\n", "  - e9\n", "  - {}\n", "  - id: e5\n", "- [\n", "\x00\n"]
AT = datetime(2026, 6, 30, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def repository(project: Project) -> Repository:
    project.with_base().commit("Begin", day="2026-06-01")
    return Repository(project.root)


@st.composite
def mangled(draw: st.DrawFn) -> bytes:
    """The file with a new event, some lines of it taken out, doubled, moved or replaced by others."""
    lines = (TEXT + PHONED).splitlines(True)
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(lines) - 1)) if lines else 0
        what = draw(st.sampled_from(["drop", "copy", "put", "cut"]))
        if what == "drop" and lines:
            del lines[place]
        elif what == "copy" and lines:
            lines.insert(draw(st.integers(0, len(lines))), lines[place])
        elif what == "put":
            lines.insert(place, draw(st.sampled_from(LINES)))
        elif lines:
            lines[place] = lines[place][: draw(st.integers(0, 12))] + "\n"
    return "".join(lines).encode()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=mangled(), moved=st.booleans())
def test_no_request_is_a_traceback_or_a_wrong_accept(repository: Repository, raw: bytes, moved: bool) -> None:
    base = repository.commit("main")
    with Objects(repository) as objects:
        tree = write_tree(objects, repository.tree(base), {CONSULTING: write_blob(repository, raw)})
        head = write_commit(repository, tree, base, "Request", AT)
        tip = base
        if moved:  # somebody else's event landed first
            other = (TEXT + PHONED.replace("phone", "visit")).replace("status: consulting", "status: handling")
            tree = write_tree(objects, repository.tree(base), {CONSULTING: write_blob(repository, other.encode())})
            stated = f"Huiyin-Actor: {CIVIL}\nHuiyin-Approved-By: {CPPCC}"
            tip = write_commit(repository, tree, base, f"Other\n\n{stated}\n", AT)
        outcome = Lander(repository, Reader(objects), tip, AT).land(Request(head, CIVIL, (CPPCC,)))
    if outcome.commit:
        assert audit(repository, outcome.commit, base, "registry/").violations == ()
    else:
        assert outcome.already or outcome.conflict or outcome.findings or raw == TEXT.encode()


def test_the_plain_request_lands(repository: Repository) -> None:
    base = repository.commit("main")
    with Objects(repository) as objects:
        raw = (TEXT + PHONED).encode()
        tree = write_tree(objects, repository.tree(base), {CONSULTING: write_blob(repository, raw)})
        head = write_commit(repository, tree, base, "Request", AT)
        assert Lander(repository, Reader(objects), base, AT).land(Request(head, CIVIL, (CPPCC,))).commit
