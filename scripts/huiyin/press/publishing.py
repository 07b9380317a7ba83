"""Publishing: which files a site has, which of them must be made anew, and putting those in their place.

What is new is made in a stage first, so that whatever goes wrong there leaves the last good site as it is. Then the
manifest says what is about to change, files are moved and removed, and the manifest says that all is done. A build that
is stopped at any moment is completed by the next one.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from huiyin import search
from huiyin.collector import paused
from huiyin.digests import digest
from huiyin.export.rows import Scope
from huiyin.follow import follow
from huiyin.opendata import assets
from huiyin.press import manifest
from huiyin.press.digest import of_proposals, shared
from huiyin.press.manifest import OPEN, STATE, Entry, Manifest
from huiyin.press.prepare import Prepared, PressError
from huiyin.press.printing import Item, Printed, print_all
from huiyin.press.sitemap import sitemaps
from huiyin.press.words import Words
from huiyin.publish import Draft, drafts, slots
from huiyin.publish.page import PageError
from huiyin.stamp import Shell

SEARCH = "search/"
"""The folder of the search index, which keeps itself in order."""
FIGURES = "figures/index.html"
"""The page that is old whenever a figure may be."""
ENGLISH = "assets/english/"
"""The folder of the dictionaries, fetched by those who choose English."""


@dataclass(frozen=True)
class Published:
    """How many files were written, left as they were, and removed."""

    written: int
    left: int
    removed: int


@paused
def publish(prepared: Prepared, words: Words, site: Path, address: str, *, data: bool = True) -> Published:
    """Bring the folder `site` in line with all that it is made from; `address` ends with a slash.

    Without `data`, files for programs that are there stay as they are, though they may be old; the manifest calls such
    a site unfinished, so that the next call with `data` renews them.

    Raises PressError, after which the last good site stands as it stood, or is completed by the next call.
    """
    try:
        with _alone(site):
            return _publish(prepared, words, site, address, data)
    except PageError as error:
        raise PressError(str(error)) from None
    except OSError as error:
        where = error.filename or site
        raise PressError(
            f"网站没有写成：{where}：{error.strerror}。上一次的网站还在，改正以后再生成一次 / "
            f"the site could not be written: {where}: {error.strerror}; the last one stays: correct that, build again"
        ) from None


@contextlib.contextmanager
def _alone(site: Path) -> Iterator[None]:
    """Hold the site for this process: two builds into one folder wait for one another."""
    (site / STATE).mkdir(parents=True, exist_ok=True)
    with (site / STATE / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _publish(prepared: Prepared, words: Words, site: Path, address: str, data: bool) -> Published:
    proposals = of_proposals(prepared.site.registry.proposals)
    common = digest(prepared.engine, shared(prepared.site.registry), prepared.site.as_of.isoformat(), address)
    everything = digest(common, *(part for row in sorted(proposals.items()) for part in row))
    items = list(_items(prepared, words, address, (common, everything, proposals)))
    _refuse_names(item.name for item in items)
    old = manifest.read(site)
    known = old.entries if old else {}
    safe = {name: entry for name, entry in known.items() if manifest.intact(site, name, entry)}
    stale = [item for item in items if item.name not in safe or safe[item.name].key != item.key]
    late = set() if data else {item.name for item in stale if item.data and item.name in safe}
    due = [item for item in stale if item.name not in late]
    index = f"{SEARCH}index.json"
    by_hand = {name: "".join(shell.texts) for name, shell in words.pages.items() if name.endswith("index.html")}
    searched = digest(everything, *(part for row in sorted(by_hand.items()) for part in row))
    search_is_old = index not in safe or safe[index].key != searched
    names = {item.name for item in items}
    extra = sorted((set(known) if old else set(_found(site))) - names - {index})
    if old and old.complete and not due and not extra and not search_is_old:
        return Published(0, len(items), 0)
    stage = site / STATE / "stage"
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir()
    if any(item.name == FIGURES for item in due):
        prepared.site.scope.count()  # before there are processes that would each count
    printed = print_all(due, {name: entry.content for name, entry in safe.items()}, stage)
    moved = {item.name: one for item, one in zip(due, printed, strict=True) if one.staged}
    left = {
        item.name: safe[item.name] if item.name in late else safe[item.name]._replace(key=item.key)
        for item in items
        if item.name not in moved
    }
    open_ = dict.fromkeys([*moved, *extra, index], Entry(OPEN, OPEN, -1, -1))
    manifest.write(site, Manifest({**left, **open_}))
    if search_is_old:
        made = prepared.site
        scope = (made.registry, made.cases, made.vocabulary)
        pages = (search.written(name.removesuffix("index.html"), by_hand[name]) for name in sorted(by_hand))
        others = search.records(made.registry, made.cases, made.as_of)
        search.write([*search.documents(*scope), *others, *filter(None, pages)], search.facets(*scope), site / SEARCH)
    new = {}
    for item in due:
        if one := moved.get(item.name):
            _move(one, site, item.name)
            new[item.name] = Entry(item.key, one.content, one.size, one.changed)
    for name in extra:
        _remove(site, name)
    seen = (site / index).lstat()
    new[index] = Entry(searched, OPEN, seen.st_size, seen.st_mtime_ns)
    manifest.write(site, Manifest({**left, **new}, complete=not late))
    shutil.rmtree(stage, ignore_errors=True)
    return Published(len(moved), len(left), len(extra))


def _items(
    prepared: Prepared, words: Words, address: str, digests: tuple[str, str, Mapping[str, str]]
) -> Iterator[Item]:
    """Every file of the site, with the digest of what it is made from."""
    common, everything, proposals = digests
    day = {"day": prepared.site.as_of.isoformat()}
    shells = {name: digest(*shell.texts, *shell.slots) for name, shell in words.shells.items()}
    listed, scope = [], prepared.site.scope
    for draft in drafts(prepared.site):
        shown = everything if draft.shows is None else digest(*(proposals[name] for name in draft.shows))
        name = draft.kind or draft.path
        key = digest(common, shells[name], draft.path, shown, draft.also, f"{draft.indexed}")
        yield Item(
            f"{draft.path}index.html",
            key,
            partial(_stamp, draft, words.shells[name], day, scope, address),
        )
        if draft.indexed or not draft.path:
            listed.append(draft.path)
    for asset in (*assets(scope, address), *follow(scope, address)):
        shown = everything if asset.shows is None else digest(*(proposals[name] for name in asset.shows))
        yield Item(asset.path, digest(common, asset.path, shown, asset.also), asset.make, asset.heavy, data=True)
    for name, shell in words.pages.items():
        content = shell.fill(day)
        yield Item(name, digest(content), partial(bytes, content))
        if name.endswith("index.html"):
            listed.append(name.removesuffix("index.html"))
    english = {f"{ENGLISH}{part}.json": content for part, content in prepared.english.items()}
    made = {**english, **prepared.audited, **sitemaps(sorted(listed), address)}
    for name, content in {**words.files, **made}.items():
        yield Item(name, digest(content), partial(bytes, content))


def _stamp(draft: Draft, shell: Shell, day: Mapping[str, str], scope: Scope, address: str) -> bytes:
    return shell.fill({**day, **slots(draft, draft.make(), scope, address)})


def _refuse_names(names: Iterable[str]) -> None:
    """Raise PressError for a name that would leave the site, hide in it, or fall together with another on some disk."""
    seen: dict[str, str] = {}
    for name in names:
        parts = name.split("/")
        if any(not part or part.startswith(".") or set(part) & set("\\\t\n\0") for part in parts):
            raise PressError(f"{name!r} 不能作为网址 / cannot be an address of the site")
        folded = unicodedata.normalize("NFC", name).casefold()
        if folded in seen:
            raise PressError(
                f"{name!r} 与 {seen[folded]!r} 只差大小写或写法，在有的磁盘上是同一个文件 / "
                "these differ only in case or form and are one file on some disks"
            )
        seen[folded] = name


def _found(site: Path) -> Iterator[str]:
    """The files of a folder whose manifest is lost, but for the index and for names with a dot at the top."""
    for folder, _, names in os.walk(site):
        for name in names:
            path = (Path(folder) / name).relative_to(site).as_posix()
            if not path.startswith((SEARCH, ".")):
                yield path


def _move(one: Printed, site: Path, name: str) -> None:
    target = f"{site}/{name}"
    try:
        os.replace(one.staged, target)  # noqa: PTH105 (a hundred thousand of them)
    except (FileNotFoundError, NotADirectoryError):
        os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
        os.replace(one.staged, target)  # noqa: PTH105


def _remove(site: Path, name: str) -> None:
    path = site / name
    path.unlink(missing_ok=True)
    for folder in path.parents:
        if folder == site:
            break
        try:
            folder.rmdir()
        except OSError:  # something else is in it
            break
