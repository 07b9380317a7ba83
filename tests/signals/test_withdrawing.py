"""What guard lets happen to a released month: nothing, but that it is withdrawn as a whole and for good."""

from __future__ import annotations

import pytest

from tests.project import Project

HEAD = """\
# yaml-language-server: $schema=../../schema/signals.schema.json
id: hotline-2026-05
feed: hotline
title:
  zh: 热线
channel: hotline
month: 2026-05
unit: complainants
k: 5
areas:
  - id: chengdong
    title:
      zh: 城东区
"""
ROWS = """\
rows:
  - category: transport
    total: 30
    counts:
      - area: chengdong
        tickets: 30
"""
WITHDRAWN = "withdrawn: 导出重复了一周的工单\n"
NAME = "registry/signals/hotline-2026-05.yaml"
STEPS = {
    "withdrawn": (ROWS, WITHDRAWN, True),
    "with a comment": (ROWS, f"# 说明\n{ROWS}", True),
    "another number": (ROWS, ROWS.replace("30", "31"), False),
    "back again": (WITHDRAWN, ROWS, False),
    "another reason": (WITHDRAWN, WITHDRAWN.replace("一周", "两周"), False),
}


@pytest.mark.parametrize("name", STEPS)
def test_a_released_month_is_only_withdrawn(name: str, project: Project) -> None:
    before, after, allowed = STEPS[name]
    project.with_base()
    project.write(NAME, HEAD + before)
    project.commit()
    project.write(NAME, HEAD + after)
    project.commit()

    said = project.huiyin("guard", "--base", "HEAD~1", "--head", "HEAD", "--actor", "101")

    assert ("signal-changed" not in said.out) == allowed, said.out
    assert said.code == (0 if allowed else 1), said.out


def test_a_released_month_is_not_deleted(project: Project) -> None:
    project.with_base()
    path = project.write(NAME, HEAD + ROWS)
    project.commit()
    path.unlink()
    project.commit()
    assert "record-deleted" in project.huiyin("guard", "--base", "HEAD~1", "--head", "HEAD", "--actor", "101").out
