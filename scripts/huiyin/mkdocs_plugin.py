"""The only module that knows MkDocs: it has it render the pages by hand and one shell for each kind of page.

From then on it is the press that makes the site: it stamps the pages of records, and puts everything in its place.
"""

from __future__ import annotations

import json
import logging
import re
import shutil
import tempfile
from datetime import date
from html import escape
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any, Literal

from mkdocs.config.base import Config
from mkdocs.config.config_options import Optional, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as BuiltPage
from mkdocs.utils import CountHandler

from huiyin import search
from huiyin.press import PressError, keep, prepare, publish, read_words, shell_path, words_key
from huiyin.publish import ALONE, KINDS, drafts
from huiyin.stamp import ShellError, sentinel

LINK = re.compile(r"\]\(([^)#\s]+\.md)(?:#[^)\s]*)?\)")
"""A link to another page in Markdown."""
TABLE = '<div class="hy-scroll hy-written" role="group" aria-label="表格" tabindex="0"><table class="hy-table">'
"""How a table of a page by hand begins: on a phone it scrolls inside its frame, which the keyboard reaches."""


class Options(Config):
    """What mkdocs.yml may say about the plugin: the registry folder, and a day that counts as today."""

    registry = Type(str, default="registry")
    as_of = Optional(Type((str, date)))  # YAML makes a day of what the environment holds
    audit = Optional(Type(str))
    """The folder into which `huiyin audit` wrote its files."""


class HuiyinPlugin(BasePlugin[Options]):
    """Has MkDocs build into a folder of its own, with shells, and publishes from there."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether pages are served while somebody writes; then files for programs are made once."""
        self.serving = command == "serve"
        self.published = False

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load the registry, stop with its findings when it is not sound, and tell templates about it."""
        self.root = root = Path(config.config_file_path).parent
        folder = root / self.config.registry
        try:
            self.prepared = prepare(root, folder, str(self.config.as_of or ""), self.config.audit)
        except PressError as error:
            raise PluginError(str(error)) from None
        settings = self.prepared.site.registry.settings
        self.watched = [folder, root / "schema", root / "site"]
        config.site_name = escape(settings.name.zh)  # MkDocs and its themes escape nothing
        config.site_url = config.site_url or settings.address  # `mkdocs serve` has set its own
        config.extra["huiyin"] = {
            "settings": settings,
            "as_of": sentinel("day"),
            "pinned": settings.as_of is not None,
            "slot": sentinel,
            "tabs": TABS | {shell_path(kind): tab for kind, tab in KINDS.items()},
        }
        self.target = Path(config.site_dir)
        store = root / "build" / "cache"
        store.mkdir(parents=True, exist_ok=True)
        config.site_dir = tempfile.mkdtemp(prefix="mkdocs-", dir=store)
        self.warnings = CountHandler()
        self.warnings.setLevel(logging.WARNING)
        logging.getLogger("mkdocs").addHandler(self.warnings)
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Hand over a shell for each kind of page, and the pages that pages by hand lead to."""
        self.shells = [*map(_source, ALONE), *(_source(shell_path(kind)) for kind in KINDS)]
        for source in self.shells:
            files.append(File.generated(config, source, content=_front_matter(source in BESIDE_THE_GUIDE)))
        made = {_source(draft.path) for draft in drafts(self.prepared.site)} - set(self.shells)
        self.led_to = sorted(made & set(_links(files)))
        for source in self.led_to:
            files.append(File.generated(config, source, content=""))
        return files

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """Give shells a place in the menu beside the page that lists their pages."""
        for source, beside in BESIDE_THE_GUIDE.items():
            shell, listing = files.get_file_from_path(source), files.get_file_from_path(beside)
            if shell and shell.page and listing and listing.page and shell is not listing:
                shell.page.parent = listing.page.parent
        return nav

    @event_priority(100)
    def on_page_content(self, html: str, page: BuiltPage, config: MkDocsConfig, files: Files) -> str:
        """Put the sentinels of a shell where its Markdown would have been rendered; frame tables of the others."""
        if page.file.src_uri in self.shells:
            return f"{sentinel('crumbs')}\n{sentinel('article')}"
        return html.replace("<table>", TABLE).replace("</table>", "</table></div>")

    def on_env(self, env: Any, config: MkDocsConfig, files: Files) -> Any:
        """Take out again what was there for links only: their pages are stamped."""
        for source in self.led_to:
            found = files.get_file_from_path(source)
            if found:
                files.remove(found)
        return env

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Publish, and keep what MkDocs made for the next time."""
        logging.getLogger("mkdocs").removeHandler(self.warnings)
        warned = sum(self.warnings.counts.values())
        if config.strict and warned:
            shutil.rmtree(config.site_dir, ignore_errors=True)
            return  # MkDocs says so itself and stops; the last good site stays
        built, address = Path(config.site_dir), f"{(config.site_url or '').rstrip('/')}/"
        search.thin_scripts(built / "assets" / "search")
        try:
            data = not (self.serving and self.published)
            publish(self.prepared, read_words(built, address), self.target, address, data=data)
            self.published = True
        except (PressError, ShellError) as error:
            shutil.rmtree(built, ignore_errors=True)
            raise PluginError(str(error)) from None
        if config.strict:
            keep(self.root, words_key(self.root, self.prepared, address), built)
        else:
            shutil.rmtree(built, ignore_errors=True)

    def on_build_error(self, error: Exception) -> None:
        """Leave nothing behind."""
        if hasattr(self, "warnings"):
            logging.getLogger("mkdocs").removeHandler(self.warnings)

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Rebuild when a record, a rule or a template changes."""
        for folder in self.watched:
            server.watch(str(folder))
        return server


def _source(path: str) -> str:
    return f"{path}index.md" if path.count("/") < 2 else f"{path.rstrip('/')}.md"


GUIDED = ("packs/", "coverage/", "rules/", "tables/", "trust/", "figures/definitions/")
"""Pages that stand in the menu of the guide."""
BESIDE_THE_GUIDE = {
    **{_source(path): _source(path) for path in GUIDED},
    **{_source(shell_path(kind)): _source(f"{kind}s/") for kind in ("rule", "pack")},
}
"""Shells that have the menu of the guide beside them, with the page whose place in it is theirs."""


TABS = {"assessment/": "figures/"}
"""Pages of the guide's menu that belong to another entrance, which the header then shows as the current one."""


def _links(files: Files) -> set[str]:
    """The sources that the pages by hand lead to."""
    found = set()
    for file in files.documentation_pages():
        if file.abs_src_path:
            for match in LINK.finditer(Path(file.abs_src_path).read_text(encoding="utf-8")):
                found.add(normpath(join(dirname(file.src_uri), match[1])))
    return found


def _front_matter(beside_the_guide: bool) -> str:
    """YAML as JSON; the menu of the guide stands beside pages about rules and figures, and beside no others."""
    head = {
        "title": sentinel("title"),
        "description": sentinel("description"),
        "hide": ["toc", "footer"] if beside_the_guide else ["navigation", "toc", "footer"],
        "record": True,
    }
    lines = [f"{key}: {json.dumps(value)}" for key, value in head.items()]
    return "\n".join(["---", *lines, "---", ""])
