"""Counting an export in SQL, out of core: which rows cannot be counted, and how many tickets and people each cell has.

The engine keeps what it needs of a row (its number, the codes that the tables give, and salted hashes of the ticket and
of the complainant) in a temporary folder; nothing else of a row is stored anywhere, and the folder goes.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from huiyin.signals.protection import Cell
from huiyin.tickets import opening
from huiyin.tickets.mapping import ExportMap
from huiyin.tickets.opening import Export, ExportError
from huiyin.tickets.troubles import FIRST, KINDS, Refused, Trouble

MEMORY = "1GB"
"""What the engine may hold in memory; beyond that it uses the temporary folder."""
_FORMS = (
    "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y/%m/%d",
    "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S.%f", "%Y年%m月%d日 %H:%M:%S", "%Y年%m月%d日 %H:%M", "%Y年%m月%d日",
    "%Y.%m.%d", "%Y%m%d", "%Y%m%d%H%M%S",
)  # fmt: skip
"""How a moment may be written without a time zone."""
_NUMBER = (
    "^(([+]?86)?[- ]?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}"
    "|[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx])$"
)
"""What looks like a mobile's or an identity card's number."""
_FLAGS = ("ticket", "received", "category", "area", "complainant", "ticket-number", "complainant-number")
"""Kinds of trouble that a row has by itself, each a bit of its flags; the first four keep it from being counted."""
_FATAL = 0b1111

Row = tuple[str, str]
"""Month and category."""


@dataclass(frozen=True)
class Count:
    """What an export says: its cells by month and category, people behind the small ones together, and its rows.

    `together[row]` is how many different people stand behind the cells of the row with fewer than k people.
    """

    cells: Mapping[Row, Mapping[str, Cell]]
    together: Mapping[Row, int]
    rows: int
    counted: int
    troubles: tuple[Trouble, ...]


def count(path: Path, mapping: ExportMap, folder: Path, as_of: date, timezone: str) -> Count:
    """Return what the export at `path` says; `folder` is an empty one for what the engine cannot hold in memory.

    Moments with a time zone count as those of `timezone`; after `as_of` nothing can have come in. Raises ExportError
    where the export cannot be read at all.
    """
    refused = Refused()
    with _engine(folder) as engine:
        _tables(engine, mapping)
        form = opening.form(path)
        export = Export(path, form) if form != opening.TEXT else opening.plain_text(path, mapping)
        staged = export is not None and _staged(engine, export, mapping, as_of, timezone)
        if not staged and form != opening.TEXT:
            raise ExportError(
                f"文件像是 {form}，但读不懂：不完整，或者不是一个列表、一张表",
                f"the file seems to be {form}, but cannot be read: it is damaged, or no list or table",
            )
        if not staged:
            narrow = opening.narrow(path, mapping, folder / "narrow.csv", refused)
            if not _staged(engine, narrow, mapping, as_of, timezone):
                raise ExportError("文件读不懂，请重新导出", "the file cannot be read: export it again")
        return _counted(engine, mapping, refused)


@contextmanager
def _engine(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    engine = duckdb.connect(
        str(folder / "counting.duckdb"),
        config={
            "memory_limit": MEMORY,
            "temp_directory": str(folder / "spilled"),
            "autoinstall_known_extensions": False,
        },
    )
    try:
        yield engine
    finally:
        engine.close()


def _tables(engine: duckdb.DuckDBPyConnection, mapping: ExportMap) -> None:
    """The tables of the mapping; a code is its place in the list."""
    engine.execute("CREATE TABLE categories (written VARCHAR, code VARCHAR)")
    engine.executemany("INSERT INTO categories VALUES (?, ?)", list(mapping.categories.items()))
    engine.execute("CREATE TABLE areas (written VARCHAR, code VARCHAR)")
    engine.executemany("INSERT INTO areas VALUES (?, ?)", list(mapping.written.items()))


def _staged(engine: duckdb.DuckDBPyConnection, export: Export, mapping: ExportMap, as_of: date, timezone: str) -> bool:
    """Read the export into the table `staged`; False where the engine finds it out of shape."""
    try:
        source, number, columns = _source(engine, export, mapping)
        cells = [f"nullif(trim(replace({column}, '\t', ' ')), '')" for column in columns]
        names = ("ticket", "received", "category", "area", "complainant")
        cells += ["NULL"] * (len(names) - len(cells))
        chosen = ", ".join(f"{cell} AS {name}" for cell, name in zip(cells, names, strict=True))
        engine.execute(
            _STAGE.format(
                number=number,
                chosen=chosen,
                source=source,
                keyed=str(mapping.keyed).lower(),
                like=_NUMBER,
                forms=list(_FORMS),
            ),
            {"zone": timezone, "as_of": as_of, "salt": secrets.token_hex(16)},
        )
    except duckdb.OutOfMemoryException:
        raise ExportError("内存不够", "out of memory") from None
    except duckdb.Error:  # its words quote rows
        return False
    return True


_STAGE = """
CREATE OR REPLACE TABLE staged AS
WITH given AS (SELECT {number} AS number, {chosen} FROM {source}),
dated AS (
    SELECT *, CASE WHEN regexp_matches(received, 'T.*(Z|[+-][0-9]{{2}}:?[0-9]{{2}})$')
        THEN timezone($zone, try_cast(received AS TIMESTAMPTZ)) ELSE try_strptime(received, {forms}) END AS moment
    FROM given
),
coded AS (
    SELECT number, ticket, complainant, categories.code AS category, areas.code AS area,
        CASE WHEN moment >= TIMESTAMP '2000-01-01' AND moment < $as_of::DATE + INTERVAL 1 DAY THEN moment END AS moment
    FROM dated
    LEFT JOIN categories ON categories.written = dated.category
    LEFT JOIN areas ON areas.written = dated.area
)
SELECT number, hash($salt || ticket) AS ticket,
    CASE WHEN complainant IS NOT NULL THEN hash($salt || complainant) END AS who,
    (12 * year(moment) + month(moment) - 1)::USMALLINT AS month,
    category::VARCHAR AS category, area::VARCHAR AS area,
    ((ticket IS NULL)::INT + (moment IS NULL)::INT * 2 + (category IS NULL)::INT * 4 + (area IS NULL)::INT * 8
        + ({keyed} AND complainant IS NULL)::INT * 16
        + (coalesce(regexp_matches(ticket, '{like}'), false))::INT * 32
        + (coalesce(regexp_matches(complainant, '{like}'), false))::INT * 64)::UTINYINT AS flags
FROM coded
"""


def _source(engine: duckdb.DuckDBPyConnection, export: Export, mapping: ExportMap) -> tuple[str, str, list[str]]:
    """How the engine reads the export: the call, the number of a row, and the columns in the order of the mapping."""
    path, names = _quoted(str(export.path)), mapping.columns.names
    if export.form == opening.PARQUET:
        source = f"read_parquet({path}, file_row_number = true)"
        there = engine.execute(f"SELECT * FROM {source} LIMIT 0").description or []  # noqa: S608 (quoted)
        opening.demand(names, tuple(str(column[0]) for column in there))
        return source, "file_row_number + 1", [f"{_name(name)}::VARCHAR" for name in names]
    if export.form == opening.JSON:
        fields = ", ".join(f"{_quoted(name)}: 'VARCHAR'" for name in names)
        return f"read_json({path}, columns = {{{fields}}})", _COUNTED, [_name(name) for name in names]
    columns = ", ".join(f"'c{n}': 'VARCHAR'" for n in range(export.width))
    skip = 0 if export.form == opening.NARROW else 1
    source = (
        f"read_csv({path}, auto_detect = false, header = false, skip = {skip}, delim = {_quoted(export.delimiter)}, "
        f"quote = '\"', escape = '\"', columns = {{{columns}}})"
    )
    number = "c0::BIGINT" if export.form == opening.NARROW else f"{_COUNTED} + 1"
    return source, number, [f"c{place}" for place in export.places]


_COUNTED = "row_number() OVER ()"


def _counted(engine: duckdb.DuckDBPyConnection, mapping: ExportMap, refused: Refused) -> Count:
    engine.execute(
        f"CREATE TABLE twice AS SELECT ticket, min(number) AS first FROM staged WHERE flags & {_FATAL} = 0 "  # noqa: S608
        "GROUP BY ticket HAVING count(*) > 1"
    )
    engine.execute(
        "CREATE VIEW sound AS SELECT staged.* FROM staged LEFT JOIN twice ON staged.ticket = twice.ticket "  # noqa: S608
        f"WHERE flags & {_FATAL} = 0 AND (twice.first IS NULL OR twice.first = staged.number)"
    )
    engine.execute(
        "CREATE TABLE behind AS SELECT month, category, area, who, count(*) AS tickets FROM sound GROUP BY ALL"
        if mapping.keyed
        else "CREATE TABLE behind AS SELECT month, category, area, NULL::UBIGINT AS who, count(*) AS tickets "
        "FROM sound GROUP BY ALL"
    )
    people = "count(who)" if mapping.keyed else "sum(tickets)"
    engine.execute(
        f"CREATE TABLE cells AS SELECT month, category, area, sum(tickets)::BIGINT AS tickets, "  # noqa: S608
        f"{people}::BIGINT AS people FROM behind GROUP BY ALL"
    )
    cells: dict[Row, dict[str, Cell]] = {}
    for month, category, area, tickets, behind in engine.execute(
        "SELECT * FROM cells ORDER BY month, category, area"
    ).fetchall():
        cells.setdefault((_month(month), category), {})[area] = Cell(tickets, behind)
    distinct = "count(DISTINCT who)" if mapping.keyed else "sum(behind.tickets)"
    together = engine.execute(
        f"SELECT month, category, {distinct}::BIGINT FROM behind SEMI JOIN "  # noqa: S608
        f"(SELECT * FROM cells WHERE people < {mapping.k}) AS small USING (month, category, area) GROUP BY ALL"
    ).fetchall()
    rows, counted = (
        _one(engine, "SELECT count(*) FROM staged"),
        sum(cell.tickets for row in cells.values() for cell in row.values()),
    )
    return Count(
        cells=cells,
        together={(_month(month), category): people for month, category, people in together},
        rows=rows + refused.rows,
        counted=counted,
        troubles=tuple(_troubles(engine, refused)),
    )


def _troubles(engine: duckdb.DuckDBPyConnection, refused: Refused) -> Iterator[Trouble]:
    """Each kind of trouble that rows have; a row whose columns are shifted may have several and is told under each."""
    for kind in KINDS:
        if unread := refused.of(kind):
            yield unread
        elif kind == "duplicate":
            which = f"FROM staged JOIN twice USING (ticket) WHERE number <> first AND flags & {_FATAL} = 0"
            yield from _trouble(engine, kind, which)
        elif kind in _FLAGS:
            bit = 1 << _FLAGS.index(kind)
            yield from _trouble(engine, kind, f"FROM staged WHERE flags & {bit} <> 0")


def _trouble(engine: duckdb.DuckDBPyConnection, kind: str, which: str) -> Iterator[Trouble]:
    if times := _one(engine, f"SELECT count(*) {which}"):
        numbers = engine.execute(f"SELECT number {which} ORDER BY number LIMIT {FIRST}").fetchall()
        yield Trouble(kind, times, tuple(number for (number,) in numbers))


def _one(engine: duckdb.DuckDBPyConnection, query: str) -> int:
    (found,) = engine.execute(query).fetchall()
    return int(found[0])


def _month(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'
