"""The only module that knows MkDocs: it hands pages over and puts their articles where MkDocs renders Markdown.

Pages themselves are made by `publish` and know nothing of MkDocs, so that another builder can take over.
"""

from __future__ import annotations

import json
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.config.base import Config
from mkdocs.config.config_options import Optional, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as BuiltPage

import huiyin.checks
from huiyin import search
from huiyin.audit import FILES, AuditFileError
from huiyin.audit import read as read_audit
from huiyin.cases import cases
from huiyin.findings import Severity
from huiyin.history.revision import revision
from huiyin.load import LawError, load_coverage, load_law, load_registry
from huiyin.load.examples import load_examples
from huiyin.model import Settings
from huiyin.publish import Page, Site, pages
from huiyin.publish.page import environment
from huiyin.report import report
from huiyin.today import today


class Options(Config):
    """What mkdocs.yml may say about the plugin: the registry folder, and a day that counts as today."""

    registry = Type(str, default="registry")
    as_of = Optional(Type((str, date)))  # YAML makes a day of what the environment holds
    audit = Optional(Type(str))
    """The folder into which `huiyin audit` wrote its files."""


class HuiyinPlugin(BasePlugin[Options]):
    """Adds every page that is made from records."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load the registry, stop with its findings when it is not sound, and tell templates about it."""
        root = Path(config.config_file_path).parent
        folder = root / self.config.registry
        self.audited = self._audited(root)
        self.site = site = self._site(root, folder)
        settings = site.registry.settings
        self.pages: dict[str, Page] = {_source(page): page for page in pages(site)}
        self.watched = [folder, root / "schema", root / "site"]
        config.site_name = escape(settings.name.zh)  # MkDocs and its themes escape nothing
        config.site_url = config.site_url or settings.address  # `mkdocs serve` has set its own
        config.extra["huiyin"] = {
            "settings": settings,
            "as_of": site.as_of,
            "pinned": settings.as_of is not None,
            "revision": revision(folder),
        }
        return config

    def _site(self, root: Path, folder: Path) -> Site:
        try:
            law = load_law(root / "schema", root)
            coverage = load_coverage(root / "schema", law, root)
        except LawError as error:
            raise PluginError(report(error.findings, "text", "zh", len(error.findings))) from None
        loaded = load_registry(folder, law, root)
        if loaded.registry is None:
            raise PluginError(report(loaded.findings, "text", "zh", len(loaded.entries)))
        as_of = self._day(loaded.registry.settings)
        found = [*loaded.findings, *huiyin.checks.run(loaded.registry, as_of)]
        errors = [finding for finding in dict.fromkeys(found) if finding.severity == Severity.ERROR]
        if errors:
            raise PluginError(report(errors, "text", "zh", len(loaded.entries)))
        return Site(
            registry=loaded.registry,
            cases=cases(loaded.registry, as_of),
            vocabulary=law.vocabulary,
            as_of=as_of,
            templates=environment(str(root / "site" / "templates")),
            examples=load_examples(root / "tests" / "examples" / "rules"),
            coverage=coverage,
            audit=read_audit(self.audited) if self.audited else None,
        )

    def _audited(self, root: Path) -> dict[str, bytes]:
        """The files of the audit that the build names; raises PluginError when they are not there or broken."""
        if not self.config.audit:
            return {}
        try:
            files = {name: (root / self.config.audit / name).read_bytes() for name in FILES}
            read_audit(files)
        except (OSError, AuditFileError) as error:
            raise PluginError(
                f"HUIYIN_AUDIT {self.config.audit!r} 里没有可用的审计结果（{error}）；先运行 huiyin audit --into / "
                "there is no sound audit in that folder; run huiyin audit --into first"
            ) from None
        return files

    def _day(self, settings: Settings) -> date:
        """The day that counts as today: asked for, or pinned, or the real one in the registry's time zone."""
        try:
            asked = date.fromisoformat(str(self.config.as_of)) if self.config.as_of else settings.as_of
            return asked or today(settings.timezone)
        except (ValueError, KeyError, OSError):
            raise PluginError(
                f"HUIYIN_AS_OF {str(self.config.as_of)!r} 或时区 {settings.timezone!r} 有误；日期写成 2026-11-20 / "
                "the day or the time zone is wrong; write a day like 2026-11-20"
            ) from None

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Hand over each page as a generated file: a front matter, and no text of its own."""
        for source, page in self.pages.items():
            files.append(File.generated(config, source, content=_front_matter(page)))
        for name, contents in self.audited.items():
            files.append(File.generated(config, name, content=contents))
        return files

    @event_priority(100)
    def on_page_content(self, html: str, page: BuiltPage, config: MkDocsConfig, files: Files) -> str:
        """Put the article of a page where its Markdown would have been rendered."""
        made = self.pages.get(page.file.src_uri)
        return made.article if made else html

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Write the search index beside the pages, and make its scripts small."""
        made = self.site
        scope = (made.registry, made.cases, made.vocabulary)
        folder = Path(config.site_dir)
        search.write(search.documents(*scope), search.facets(*scope), folder / "search")
        search.thin_scripts(folder / "assets" / "search")

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Rebuild when a record, a rule or a template changes."""
        for folder in self.watched:
            server.watch(str(folder))
        return server


def _source(page: Page) -> str:
    return f"{page.path}index.md" if page.path.count("/") < 2 else f"{page.path.rstrip('/')}.md"


def _front_matter(page: Page) -> str:
    """YAML as JSON, which cannot be broken by what a title holds; themes put both texts into HTML as they are."""
    head = {
        "title": escape(page.title),
        "description": escape(page.description.replace("\n", " ")),
        "hide": ["navigation", "toc", "footer"],
        "unlisted": not page.indexed,
        "record": True,
    }
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
    return "\n".join(["---", *lines, "---", ""])
