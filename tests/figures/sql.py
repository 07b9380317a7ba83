"""Every figure a second way: as SQL over the tables of an export, by someone who has nothing but those.

For each figure there are a table, whose agency a row is, and three conditions: which rows the figure is about, which of
them count, and which of those are hits. A row is known when it has a day, or was imported.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

TYPES = (
    *("submitted", "accepted", "refused", "withdrawn", "converted", "merged", "split", "assigned", "replied"),
    *("closed", "contacted", "rated", "disclosed", "rehandling_ordered", "key_supervised"),
)

VIEWS = f"""
CREATE VIEW event AS
    SELECT e.*, p.source IS NOT NULL AS imported, e."on" IS NOT NULL OR p.source IS NOT NULL AS known
    FROM events e JOIN proposals p ON p.id = e.proposal;
CREATE VIEW first_of AS SELECT * FROM event QUALIFY row_number() OVER (PARTITION BY proposal, type ORDER BY place) = 1;
CREATE VIEW last_of AS
    SELECT * FROM event QUALIFY row_number() OVER (PARTITION BY proposal, type ORDER BY place DESC) = 1;
CREATE VIEW had AS SELECT proposal, {
    ", ".join(
        f"bool_or(type = '{t}') AS has_{t}, coalesce(bool_or(type = '{t}' AND known), false) AS ok_{t}" for t in TYPES
    )
} FROM first_of GROUP BY proposal;
CREATE VIEW rating AS
    SELECT * FROM event WHERE type = 'rated' AND about IS DISTINCT FROM 'fulfilment'
    QUALIFY row_number() OVER (PARTITION BY proposal ORDER BY place DESC) = 1;
CREATE VIEW met AS
    SELECT proposal, bool_or(known) AS known FROM event
    WHERE type = 'contacted' AND how IN ('visit', 'meeting', 'round_table') GROUP BY proposal;
CREATE VIEW shown AS
    SELECT r.proposal, coalesce(d.level, r.level) AS level, r.known AND coalesce(d.known, true) AS known
    FROM (SELECT * FROM last_of WHERE type = 'replied') r
    LEFT JOIN (SELECT * FROM last_of WHERE type = 'disclosed') d ON d.proposal = r.proposal AND d.place > r.place;
CREATE VIEW item AS
    SELECT p.*, p.source IS NOT NULL AS imported, had.*,
        p.id IN (SELECT other FROM events WHERE type = 'converted' AND other IS NOT NULL)
        OR p.id IN (SELECT proposal FROM first_of WHERE type = 'split' AND other IS NOT NULL) AS again,
        reply.known AS reply_known, rating.known AS rating_known, met.known AS met_known,
        opened.level AS opened_level, opened.known AS opened_known,
        shown.level AS shown_level, shown.known AS shown_known,
        d.state, d.due_original, d.extended, d.ended, d.ended_on, f.state AS feedback
    FROM proposals p JOIN had ON had.proposal = p.id
    LEFT JOIN (SELECT * FROM last_of WHERE type = 'replied') reply ON reply.proposal = p.id
    LEFT JOIN rating ON rating.proposal = p.id
    LEFT JOIN met ON met.proposal = p.id
    LEFT JOIN (SELECT * FROM last_of WHERE type = 'disclosed') opened ON opened.proposal = p.id
    LEFT JOIN shown ON shown.proposal = p.id
    LEFT JOIN (SELECT * FROM deadlines WHERE clock = 'reply' AND decisive) d ON d.proposal = p.id
    LEFT JOIN (SELECT * FROM deadlines WHERE ends LIKE '%rated%' AND decisive) f ON f.proposal = p.id;
CREATE VIEW ask AS
    SELECT a.*, p.reply_complete, p.itemised, p.source IS NOT NULL AS imported,
        a.answered_on IS NOT NULL OR p.source IS NOT NULL AS known
    FROM asks a JOIN proposals p ON p.id = a.proposal;
CREATE VIEW given AS
    SELECT i.*, p.source IS NOT NULL AS imported,
        i."on" IS NOT NULL OR p.source IS NOT NULL AS known FROM inputs i JOIN proposals p ON p.id = i.proposal;
CREATE VIEW promise AS
    SELECT c.*, p.source IS NOT NULL AS imported, p.source IS NOT NULL
        OR (c.made_on IS NOT NULL AND (c.status = 'open' OR c.settled_on IS NOT NULL)) AS known
    FROM commitments c JOIN proposals p ON p.id = c.proposal;
CREATE VIEW vote AS
    SELECT s.proposal, p.source IS NOT NULL AS imported, unnest(range(s.people))
    FROM scores s JOIN proposals p ON p.id = s.proposal;
CREATE VIEW entry AS
    SELECT *, CASE WHEN starts_with("by", 'a-') THEN "by" ELSE '' END AS agency FROM event
    WHERE channel IS DISTINCT FROM 'import' OR imported;
"""

ONCE = "has_submitted AND NOT again"
KNOWN_CLOCK = "coalesce(state IN ('met', 'late', 'overdue'), false)"
CLASS = "coalesce(reply_known AND \"class\" <> 'not_stated', false)"
PUBLIC = "IN ('full', 'summary')"
BY_ORIGINAL = "extended AND due_original IS NOT NULL"


def _having(kind: str) -> tuple[str, str, str, str, str]:
    return "item", "NULL", f"has_{kind}", "true", "true"


def _graded(axis: str, grade: str) -> tuple[str, str, str, str, str]:
    return "item", "NULL", "has_replied", f"coalesce(rating_known AND {axis} IS NOT NULL, false)", f"{axis} = '{grade}'"


FIGURES: dict[str, tuple[str, str, str, str, str]] = {
    "submitted": ("item", "NULL", ONCE, "true", "true"),
    "in_session": ("item", "NULL", ONCE, "occasion IS NOT NULL AND ok_submitted", "occasion = 'in_session'"),
    "accepted": ("item", "NULL", ONCE, "ok_submitted AND (ok_accepted OR NOT has_accepted)", "has_accepted"),
    "refused": _having("refused"),
    "withdrawn": _having("withdrawn"),
    "converted": _having("converted"),
    "merged": _having("merged"),
    "assigned": _having("assigned"),
    "answered": _having("replied"),
    "replied": ("item", "NULL", "has_assigned", "ok_assigned AND (ok_replied OR NOT has_replied)", "has_replied"),
    "closed": ("item", "NULL", "has_assigned", "ok_assigned AND (ok_closed OR NOT has_closed)", "has_closed"),
    "on_time": ("item", "NULL", "has_assigned", KNOWN_CLOCK, "state = 'met'"),
    "on_time_original": (
        "item",
        "NULL",
        "has_assigned",
        f"""CASE WHEN {BY_ORIGINAL} THEN CASE WHEN ended THEN ended_on IS NOT NULL
            ELSE state IN ('running', 'near', 'overdue') AND $day > due_original END ELSE {KNOWN_CLOCK} END""",
        f"CASE WHEN {BY_ORIGINAL} THEN coalesce(ended_on <= due_original, false) ELSE state = 'met' END",
    ),
    "extended": ("item", "NULL", "has_assigned", "due_original IS NOT NULL", "extended"),
    "overdue": ("item", "NULL", "coalesce(state = 'overdue', false)", "true", "true"),
    "contacted": ("item", "NULL", "has_replied", "ok_replied AND coalesce(met_known, true)", "met_known"),
    "rehandled": _having("rehandling_ordered"),
    "key_supervised": _having("key_supervised"),
    **{
        name: ("item", "NULL", "has_replied", CLASS, f"\"class\" = '{name}'")
        for name in (
            "resolved",
            "partly_resolved",
            "in_progress",
            "scheduled",
            "reference",
            "infeasible",
            "escalated",
        )
    },
    "asks_answered": ("ask", "NULL", "true", "reply_complete AND itemised AND (known OR NOT answered)", "answered"),
    "inputs_taken_up": ("given", "NULL", "true", "known", "taken_up <> 'no'"),
    "rated": ("item", "NULL", "has_replied", "ok_replied AND coalesce(rating_known, true)", "rating_known IS NOT NULL"),
    **{
        f"{grade}_{axis}": _graded(axis, grade)
        for axis in ("attitude", "result")
        for grade in ("satisfied", "basically_satisfied", "dissatisfied")
    },
    "feedback_on_time": (
        "item",
        "NULL",
        "has_replied",
        "coalesce(feedback IN ('met', 'late', 'overdue'), false)",
        "feedback = 'met'",
    ),
    "scored": ("item", "NULL", "has_replied", "ok_replied", "id IN (SELECT proposal FROM scores)"),
    "public_scores": ("vote", "NULL", "true", "true", "true"),
    "fulfilled": ("promise", "owner", "true", "known", "status = 'fulfilled'"),
    "due_fulfilled": ("promise", "owner", "true", "known AND coalesce(due < $day, false)", "status = 'fulfilled'"),
    "promises_overdue": ("promise", "owner", "overdue", "true", "true"),
    "dropped": ("promise", "owner", "status = 'dropped'", "true", "true"),
    "disclosed_content": (
        "item",
        "NULL",
        "has_accepted",
        "ok_accepted AND coalesce(opened_known, disclosure IS NOT NULL)",
        f"coalesce(opened_level, disclosure) {PUBLIC}",
    ),
    "disclosed_reply": (
        "item",
        "NULL",
        "has_replied",
        "shown_known AND shown_level IS NOT NULL",
        f"shown_level {PUBLIC}",
    ),
    "late_entries": ("entry", "agency", "true", "known", "late_entry"),
    "late_agencies": ("entry", "agency", "agency <> ''", "known", "late_entry"),
    "late_proposers": ("entry", "agency", "\"by\" LIKE 'm-%' OR \"by\" LIKE 'g-%'", "known", "late_entry"),
    "recorded_for_others": ("entry", "agency", "true", "known", 'coalesce(recorded_by <> "by", false)'),
}
"""For each figure that is no time: the table, the agency whose a row is, and the three conditions."""

SPANS = """
CREATE TABLE span AS
SELECT 'time_' || stage AS figure, proposal, days, "end" = 'left' AS done FROM stays
UNION ALL
SELECT 'time_to_reply', proposal,
    date_diff('day', started_on, CASE WHEN ended THEN ended_on
        WHEN state IN ('running', 'near', 'overdue') THEN $day END),
    ended FROM deadlines WHERE clock = 'reply' AND decisive AND started
UNION ALL
SELECT 'time_to_feedback', r.proposal,
    date_diff('day', r."on", CASE WHEN g.proposal IS NOT NULL THEN g."on" WHEN c.proposal IS NOT NULL THEN c."on"
        ELSE $day END), g.proposal IS NOT NULL
FROM (SELECT * FROM first_of WHERE type = 'replied') r
LEFT JOIN (
    SELECT * FROM event WHERE type = 'rated' AND about IS DISTINCT FROM 'fulfilment'
    QUALIFY row_number() OVER (PARTITION BY proposal ORDER BY place) = 1
) g ON g.proposal = r.proposal
LEFT JOIN (SELECT * FROM first_of WHERE type = 'closed') c ON c.proposal = r.proposal;
DELETE FROM span WHERE proposal IN (SELECT id FROM proposals WHERE source IS NOT NULL);
"""
"""Stretches of time, those of imported records left aside."""

HOMES = """
CREATE TABLE home AS
SELECT 'all' AS "by", id AS proposal, '' AS key FROM proposals
UNION ALL SELECT 'session', id, session FROM proposals
UNION ALL SELECT 'category', id, category FROM proposals
UNION ALL SELECT 'origin', id, coalesce(origin, '') FROM proposals
UNION ALL SELECT 'kind', id, kind FROM proposals
UNION ALL SELECT 'month', p.id, coalesce(strftime(e."on", '%Y-%m'), '') FROM proposals p
    LEFT JOIN (SELECT * FROM first_of WHERE type = 'submitted') e ON e.proposal = p.id
UNION ALL SELECT 'agency', p.id, coalesce(h.agency, '') FROM proposals p
    LEFT JOIN (SELECT * FROM handlers WHERE role <> 'co') h ON h.proposal = p.id
UNION ALL SELECT DISTINCT 'level', p.id, coalesce(a.level, '') FROM proposals p
    LEFT JOIN (SELECT * FROM handlers WHERE role <> 'co') h ON h.proposal = p.id
    LEFT JOIN agencies a ON a.id = h.agency
UNION ALL SELECT 'delegation', p.id, coalesce((
    SELECT min(g.id) FROM groups g LEFT JOIN members m ON m.id = l.proposer
    WHERE g.kind = 'delegation' AND (g.id = l.proposer OR list_contains(string_split(m.groups, ';'), g.id))), '')
    FROM proposals p LEFT JOIN (SELECT * FROM proposers WHERE place = 1) l ON l.proposal = p.id;
"""
"""The groups that each proposal belongs to."""

COUNT = """
SELECT figure, "by", key, imported,
    count(*) FILTER (outcome = 0), count(*) FILTER (outcome = 1), count(*) FILTER (outcome = 2)
FROM (
    SELECT o.*, h."by", h.key FROM outcome o JOIN home h ON h.proposal = o.proposal
        WHERE o.agency IS NULL OR h."by" NOT IN ('agency', 'level')
    UNION ALL SELECT *, 'agency', agency FROM outcome WHERE agency IS NOT NULL
    UNION ALL SELECT o.*, 'level', coalesce(a.level, '') FROM outcome o LEFT JOIN agencies a ON a.id = o.agency
        WHERE o.agency IS NOT NULL
) GROUP BY ALL
"""

TIME = """
WITH placed AS (SELECT s.*, h."by", h.key FROM span s JOIN home h ON h.proposal = s.proposal),
per_day AS (
    SELECT figure, "by", key, days, count(*) FILTER (done) AS done, count(*) AS n FROM placed
    WHERE days IS NOT NULL GROUP BY ALL
),
risk AS (SELECT *, sum(n) OVER (PARTITION BY figure, "by", key ORDER BY days DESC) AS at_risk FROM per_day),
curve AS (
    SELECT *, product(1 - done / at_risk) OVER (PARTITION BY figure, "by", key ORDER BY days) AS surviving FROM risk
)
SELECT figure, "by", key, sum(done), sum(n),
    (SELECT count(*) FROM placed p
     WHERE p.figure = c.figure AND p."by" = c."by" AND p.key = c.key AND p.days IS NULL),
    min(days) FILTER (surviving <= 0.5 + 1e-9), min(days) FILTER (surviving <= 0.1 + 1e-9)
FROM curve c GROUP BY ALL
"""


def opened(folder: Path, day: str) -> duckdb.DuckDBPyConnection:
    """Return a database over an export in Parquet, with every outcome and stretch in it."""
    database = duckdb.connect()
    for path in sorted(folder.glob("*.parquet")):
        database.execute(f"CREATE VIEW {path.stem} AS SELECT * FROM '{path}'")
    database.execute(VIEWS)
    database.execute(
        "CREATE TABLE outcome (figure VARCHAR, proposal VARCHAR, agency VARCHAR, imported BOOL, outcome INT)"
    )
    for figure, (table, agency, about, counted, hit) in FIGURES.items():
        outcome = f"CASE WHEN NOT ({counted}) THEN 2 WHEN {hit} THEN 0 ELSE 1 END"
        of = "id" if table == "item" else "proposal"
        rows = f"SELECT '{figure}', {of}, {agency}, imported, {outcome} FROM {table} WHERE {about}"
        database.execute(f"INSERT INTO outcome {rows}".replace("$day", f"DATE '{day}'"))
    database.execute(SPANS.replace("$day", f"DATE '{day}'"))
    database.execute(HOMES)
    return database
