"""The Nu HTML Checker finds nothing of ours on any page of the demonstration site, nor in our stylesheet and mark."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.project import ROOT

pytestmark = pytest.mark.prove

INSTALL = "apt-get install -y default-jre-headless"
THEME = {
    "a box that opens the menu on a phone says autocomplete=off, which boxes do not have; browsers ignore it": (
        r"^Attribute “autocomplete” is only allowed when the input type is .*",
        r'class="md-toggle" data-md-toggle="\w+" type="checkbox"',
    ),
    "the heading of a table of contents is a label of a box that only pages with a menu have": (
        r"^The value of the “for” attribute of the “label” element must be the ID of a non-hidden form control\.",
        r'<label class="md-nav__title" for="__toc">',
    ),
    "a section that stands open in the menu has an empty tabindex; browsers take it as none": (
        r"^Bad value “” for attribute “tabindex” on element “label”: The empty string is not a valid integer\.",
        r'<label class="md-nav__link [^>]*tabindex="">',
    ),
}
"""What the theme writes wrong into its own parts, which no template of ours replaces: why, what is said, and where."""


def told(jar: Path, *arguments: str) -> list[dict[str, Any]]:
    """The errors that the checker tells."""
    java = shutil.which("java")
    if java is None:
        pytest.skip(f"no Java here; install it: {INSTALL}")
    command = [java, "-Xss8m", "-jar", str(jar), "--format", "json", "--exit-zero-always", "--stdout", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [said for said in json.loads(done.stdout)["messages"] if said["type"] != "info"]


def of_theme(said: dict[str, Any]) -> str | None:
    """The row of THEME that an error belongs to, if there is one."""
    for row, (message, extract) in THEME.items():
        if re.match(message, said["message"]) and re.search(extract, said.get("extract", "")):
            return row
    return None


def test_no_page_has_an_error_of_ours(modules: Path, site: Path) -> None:
    found = told(modules / "vnu-jar/build/dist/vnu.jar", "--skip-non-html", str(site))
    ours = [f"{said['url']}:{said.get('lastLine')}: {said['message']}" for said in found if not of_theme(said)]
    assert ours == []
    assert {of_theme(said) for said in found} == set(THEME), "a row of THEME is no longer needed: take it out"


@pytest.mark.parametrize(("kind", "name"), [("--css", "huiyin.css"), ("--svg", "mark.svg")])
def test_the_stylesheet_and_the_mark_have_none(modules: Path, kind: str, name: str) -> None:
    jar = modules / "vnu-jar/build/dist/vnu.jar"
    assert [said["message"] for said in told(jar, kind, str(ROOT / "site/assets" / name))] == []
