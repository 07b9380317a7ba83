"""Reading and checking all that a site is made from, and stopping with one clear message when it is not sound."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import huiyin.checks
from huiyin.audit import FILES, Audit, AuditFileError
from huiyin.audit import read as read_audit
from huiyin.cases import cases
from huiyin.collector import paused
from huiyin.disclosure import Sight, audience_of
from huiyin.findings import Severity
from huiyin.history.revision import revision
from huiyin.load import LawError, load_coverage, load_law, load_registry
from huiyin.load.examples import load_examples
from huiyin.model import Settings
from huiyin.press.digest import engine
from huiyin.press.drawings import Drawings
from huiyin.publish import Site
from huiyin.publish.english import ByHand, EnglishError, by_hand, dictionaries
from huiyin.publish.page import environment
from huiyin.report import report
from huiyin.today import today


class PressError(Exception):
    """The site cannot be made; the message says why, in Chinese and English, and the last one stays as it is."""


@dataclass(frozen=True)
class Prepared:
    """Everything that pages are made from, the files of an audit, a digest of what makes pages, and their English."""

    site: Site
    audited: dict[str, bytes]
    engine: str
    english: dict[str, bytes]


@paused
def prepare(root: Path, folder: Path, asked: str | None, audit: str | None) -> Prepared:
    """Read the project at `root` and the registry in `folder`; `asked` is the day that counts as today.

    `audit` is the folder into which `huiyin audit` wrote its files. Raises PressError for whatever is not sound.
    """
    audited, audit_result = _audited(root, audit)
    made_by = engine(root)
    hand = _by_hand(root / "site" / "templates" / "english.yaml")
    try:
        law = load_law(root / "schema", root)
        coverage = load_coverage(root / "schema", law, root)
    except LawError as error:
        raise PressError(report(error.findings, "text", "zh", len(error.findings))) from None
    loaded = load_registry(folder, law, root, kept=root / "build" / "cache" / "records.sqlite")
    if loaded.registry is None:
        raise PressError(report(loaded.findings, "text", "zh", len(loaded.entries)))
    as_of = _day(asked, loaded.registry.settings)
    found = [*loaded.findings, *huiyin.checks.run(loaded.registry, as_of, errors_only=True)]
    errors = [finding for finding in dict.fromkeys(found) if finding.severity == Severity.ERROR]
    if errors:
        raise PressError(report(errors, "text", "zh", len(loaded.entries)))
    sight = Sight(law.shapes.schemas, audience_of(loaded.registry.settings))
    registry = sight.registry(loaded.registry)
    site = Site(
        registry=registry,
        cases=cases(registry, as_of),
        vocabulary=law.vocabulary,
        as_of=as_of,
        templates=environment(str(root / "site" / "templates")),
        examples=load_examples(root / "tests" / "examples" / "rules"),
        coverage=coverage,
        audit=audit_result,
        revision=revision(folder),
        draw=Drawings(root / "build" / "cache" / "drawings.sqlite", made_by),
    )
    return Prepared(site, audited, made_by, dictionaries(site, hand))


def _audited(root: Path, audit: str | None) -> tuple[dict[str, bytes], Audit | None]:
    """The files of an audit and what they say; neither where there is none."""
    if not audit:
        return {}, None
    try:
        files = {name: (root / audit / name).read_bytes() for name in FILES}
        return files, read_audit(files)
    except (OSError, AuditFileError) as error:
        raise PressError(
            f"HUIYIN_AUDIT {audit!r} 里没有可用的审计结果（{error}）；先运行 huiyin audit --into / "
            "there is no sound audit in that folder; run huiyin audit --into first"
        ) from None


def _by_hand(file: Path) -> dict[str, ByHand]:
    try:
        return by_hand(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, EnglishError) as error:
        raise PressError(
            f"界面英文有误：{file}：{error}；每行写成“中文: English” / "
            "the English of the interface is wrong there; write each line as 中文: English"
        ) from None


def _day(asked: str | None, settings: Settings) -> date:
    """The day that counts as today: asked for, or pinned, or the real one in the registry's time zone."""
    try:
        given = date.fromisoformat(asked) if asked else settings.as_of
        return given or today(settings.timezone)
    except (ValueError, KeyError, OSError):
        raise PressError(
            f"HUIYIN_AS_OF {asked!r} 或时区 {settings.timezone!r} 有误；日期写成 2026-11-20 / "
            "the day or the time zone is wrong; write a day like 2026-11-20"
        ) from None
