"""Nothing private reaches the public side: canaries in everything, through random changes of disclosure.

The small version of the proof, on the repository alone; `make prove` adds the built site and downloads.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from huiyin.disclosure import AUDIENCES
from tests.project import Project
from tests.projection.canaries import found_in, in_repository
from tests.projection.proof import project_rounds


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_canary_reaches_the_repository_of_a_projection(
    audience: str, project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    public = tmp_path_factory.mktemp("public") / "public.git"
    proof = project_rounds(project, public, 1, rounds=3, sound=False, audience=audience)
    found = proof.registry.nest.planted(in_repository(public))
    assert found - proof.registry.allowed == set(), [
        proof.registry.nest.places[w] for w in found - proof.registry.allowed
    ]
    assert len(found) > 100, "what is public arrives, and the search sees it"
    assert proof.registry.allowed - found == set(), "and all that may be public is"
    secret = set(proof.registry.nest.places) - proof.registry.allowed
    assert len(secret) > 200
    assert not secret & found_in(proof.said.encode())
    seen = in_repository(project.root / ".git")
    assert secret <= seen, "the search sees each of them where it is"


@pytest.mark.parametrize(
    ("where", "leaky"),
    [
        ("huiyin.disclosure.record.seen", lambda *_: True),
        ("huiyin.disclosure.openness.Openness.closed", lambda *_: None),
    ],
    ids=["a field that nobody decided on", "texts whatever their level"],
)
def test_a_leak_that_is_planted_is_found(
    where: str,
    leaky: Callable[..., object],
    project: Project,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    public = tmp_path_factory.mktemp("public") / "public.git"
    monkeypatch.setattr(where, leaky)
    proof = project_rounds(project, public, 1, rounds=1, sound=False)
    assert proof.registry.nest.planted(in_repository(public)) - proof.registry.allowed


@pytest.mark.parametrize(
    "form",
    [
        "ZQ0123456789AB", "ｚｑ0123456789ab", "zq01 2345\n6789ab", "zq0123<mark>456789</mark>ab",
        "zq0123\u200b456789ab", "\\u007aq0123456789ab", "%7aq0123456789ab", "&#122;q0123456789ab",
        "enEwMTIzNDU2Nzg5YWI=",
        "eHpxMDEyMzQ1Njc4OWFi",
        "7a71303132333435363738396162",
    ],
)  # fmt: skip
def test_the_search_sees_a_canary_however_it_is_written(form: str) -> None:
    assert found_in(f"x {form} y".encode()) == {"zq0123456789ab"}
    assert found_in("zq0123456789ab".encode("utf-16-le")) == {"zq0123456789ab"}
