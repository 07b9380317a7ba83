"""Boards: what is due, by state, agency and member, and the commitment ledger, whole and by quarter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from huiyin.cases import Case
from huiyin.clocks import ClockState, Deadline
from huiyin.figures import by_sound
from huiyin.knowledge.duties import Duty
from huiyin.lifecycle import OPEN, AskStanding, Promise
from huiyin.model import Event
from huiyin.publish.page import Draft, Due, Page, Site
from huiyin.publish.paging import SOME, Part, ids, parts
from huiyin.wording import Chip

SHOWN = 50
"""Rows of each table of a board; what is beyond stands in lists of its own."""
DUE = ("时限", "due/")
COMMITMENTS = ("承诺", "commitments/")
"""The crumbs that lead to the two boards."""
STATES = (
    ("overdue", "逾期", ClockState.OVERDUE),
    ("near", "快到期", ClockState.NEAR),
    ("running", "期限内", ClockState.RUNNING),
)
"""What a deadline that runs can be: its address, its word and its state, the worst first."""


@dataclass(frozen=True)
class Board:
    """A list that stands on pages of its own: its address and title, what it holds, how it looks, and its rows.

    Each row is a proposal with something of it; `empty` says what it means that there is none. `also` is what the
    pages take from beyond the proposals; `duties` of other records stand on the first page.
    """

    path: str
    title: str
    about: str
    template: str
    rows: Sequence[tuple[Case, Any]]
    empty: str = "没有。"
    parent: tuple[str, str] = DUE
    also: str = ""
    duties: Sequence[tuple[Duty, Chip]] = ()

    @property
    def kind(self) -> str:
        """The kind of its pages: those below an entrance of the menu have the menu say so."""
        return self.parent[1].rstrip("/") if self.parent in (DUE, COMMITMENTS) else "list"


def paged(site: Site, board: Board, beside: Sequence[tuple[Case, Any]] = ()) -> Iterator[Draft]:
    """Yield the pages of a board; what stands `beside` its rows is shown on the first one."""
    for part in parts(board.path, board.rows):
        with_it = beside if part.number == 1 else ()
        names = [[*map(_name, rows)] for rows in (part.rows, with_it)]
        yield Draft(
            part.path,
            partial(_page, site, board, part, with_it),
            ids(case for case, _ in (*part.rows, *with_it)),
            repr((board.title, board.also, part.number, part.of, len(board.rows), names)),
            kind=board.kind,
            indexed=False,
        )


def _name(row: tuple[Case, Any]) -> str:
    """What tells one row of a proposal from its others."""
    match row[1]:
        case Deadline(key=name) | AskStanding(ask=name) | Promise(commitment=name) | Event(id=name):
            return name if isinstance(name, str) else name.id
        case _:
            return ""


def _page(site: Site, board: Board, part: Part[tuple[Case, Any]], beside: Sequence[tuple[Case, Any]]) -> Page:
    article = site.render(
        board.template, part.path, board=board, rows=part.rows, beside=beside, total=len(board.rows),
        page_number=part.number, page_count=part.of, base=board.path, duties=board.duties if part.number == 1 else (),
        shown=SHOWN,
    )  # fmt: skip
    crumbs = (board.parent, (board.title, None))
    title = f"{board.parent[0]}：{board.title}"
    return Page(part.path, title, f"{board.about}共 {len(board.rows)} 项。", article, crumbs, part.links(board.path))


def boards(site: Site) -> Iterator[Draft]:
    """Yield the deadline board and the commitment ledger with all that stands behind them."""
    yield from _due(site)
    yield from _commitments(site)


def _due(site: Site) -> Iterator[Draft]:
    """What is overdue, near and running: the first rows on one page, a list of each, and by whose it is."""
    held = {name: (title, [row for row in site.due if row.deadline.state == state]) for name, title, state in STATES}
    counted = any(case.deadlines for case in site.cases.values())
    about = "逾期、快到期和期限内的各项时限，以及各是谁的责任。"
    yield Draft(DUE[1], partial(_tables, site, (*DUE[::-1], about, "board.html"), held, counted), None, indexed=False)
    for name, (title, rows) in held.items():
        if len(rows) > SHOWN:
            yield from paged(
                site, Board(f"due/{name}/", title, f"{title}的时限，按到期日排列。", "board_rows.html", rows)
            )
    agencies = {who: rows for who, rows in site.due_by.items() if who[0] not in "mg"}
    yield from _by(
        site, "due/agencies/", "按单位", "各承办单位和办事机构还没完成的时限，按名称排列，不作排名。", agencies
    )
    about = "各位代表、委员和各团体所提的件，还有哪些时限没完成，按名称排列。"
    yield from _by(site, "due/members/", "按提出人", about, site.due_for)
    yield from due_of(site, site.due_by, "a", "时限")
    yield from due_of(site, site.due_for, "mg", "所提各件的时限")


def _by(site: Site, path: str, title: str, about: str, held: Mapping[str, Sequence[Due]]) -> Iterator[Draft]:
    """Who has what open: a line for each, with how many of its deadlines are overdue, near and in time."""
    names = sorted(((site.registry.name_of(who), who) for who in held), key=lambda row: (by_sound(row[0]), row[1]))
    rows = []
    for name, who in names:
        states = Counter(row.deadline.state for row in held[who])
        rows.append((who, name, [states[state] for *_, state in STATES]))
    for part in parts(path, rows):
        make = partial(_by_page, site, (path, title, about), part, len(rows))
        also = repr((part.rows, part.number, part.of, len(rows)))
        yield Draft(part.path, make, also=also, kind="due", indexed=False)


def _by_page(site: Site, about: tuple[str, str, str], part: Part[Any], total: int) -> Page:
    path, title, words = about
    article = site.render(
        "board_by.html", part.path, title=title, about=words, rows=part.rows, total=total,
        page_number=part.number, page_count=part.of, base=path,
    )  # fmt: skip
    return Page(part.path, f"时限：{title}", words, article, (DUE, (title, None)), part.links(path))


def due_of(site: Site, held: Mapping[str, Sequence[Due]], letters: str, title: str) -> Iterator[Draft]:
    """Yield a list of its own for everybody who has more deadlines than their page shows."""
    for who, rows in sorted(held.items()):
        if who[0] in letters and len(rows) > SOME:
            name, path = site.registry.name_of(who), f"{who[0]}/{who}/"
            about = f"{name}还没完成的时限，按到期日排列。" if letters == "a" else f"{name}{title}，按到期日排列。"
            yield from paged(site, Board(f"{path}due/", title, about, "board_rows.html", rows, parent=(name, path)))


def _commitments(site: Site) -> Iterator[Draft]:
    """The commitment ledger: what is open first, then what was kept or given up, a list of each, and by quarter."""
    rows = [(case, promise) for case in site.cases.values() for promise in case.standing.promises]
    rows.sort(key=lambda row: (row[1].commitment.due or date.max, row[0].proposal.id, row[1].commitment.id))
    held = {
        "open": ("未了结", [row for row in rows if row[1].status == OPEN]),
        "settled": ("已了结", [row for row in rows if row[1].status != OPEN]),
    }
    about = "答复中作出的承诺：谁负责、何时兑现、兑现了没有。"
    make = partial(_tables, site, (*COMMITMENTS[::-1], about, "commitments.html"), held, bool(rows))
    yield Draft(COMMITMENTS[1], make, None, indexed=False)
    for name, (title, some) in held.items():
        if len(some) > SHOWN:
            yield from _promises(site, name, title, some)
    quarters: dict[str, list[tuple[Case, Promise]]] = {}
    for row in rows:
        quarters.setdefault(quarter(row[1].commitment.due), []).append(row)
    yield Draft("commitments/quarters/", partial(_quarters, site, quarters), None, kind="commitments", indexed=False)
    for name, some in quarters.items():
        yield from _promises(site, name, quarter_title(name), some)


def _promises(site: Site, name: str, title: str, rows: Sequence[tuple[Case, Promise]]) -> Iterator[Draft]:
    about = f"{title}的承诺，按期限排列。"
    board = Board(f"commitments/{name}/", title, about, "commitments_rows.html", rows, parent=COMMITMENTS)
    return paged(site, board)


def quarter(day: date | None) -> str:
    """Return the address of a quarter, 2026-q3; `undated` for no day."""
    return f"{day.year}-q{(day.month + 2) // 3}" if day else "undated"


def quarter_title(name: str) -> str:
    """Return a quarter in words."""
    return "未写期限" if name == "undated" else f"{name[:4]}年第{'一二三四'[int(name[-1]) - 1]}季度到期"


def _quarters(site: Site, quarters: Mapping[str, Sequence[tuple[Case, Promise]]]) -> Page:
    """How many commitments fall due in each quarter, and what became of them."""
    rows = []
    for name, some in quarters.items():
        stand = Counter("overdue" if promise.overdue(site.as_of) else promise.status for _, promise in some)
        rows.append((name, quarter_title(name), [stand[key] for key in ("overdue", OPEN, "fulfilled", "dropped")]))
    path, about = "commitments/quarters/", "每个季度到期的承诺，和各自的结果。"
    article = site.render("commitments_quarters.html", path, rows=rows, about=about, base=path)
    return Page(path, "承诺：按到期季度", about, article, (COMMITMENTS, ("按到期季度", None)))


def _tables(
    site: Site,
    about: tuple[str, str, str, str],
    held: Mapping[str, tuple[str, Sequence[tuple[Case, Any]]]],
    counted: bool,
) -> Page:
    path, title, description, template = about
    total = sum(len(rows) for _, rows in held.values())
    article = site.render(template, path, held=held, counted=counted, total=total, shown=SHOWN, base=path)
    return Page(path, title, description, article)
