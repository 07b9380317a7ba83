"""The tables of an export: their columns with type and meaning.

Names and types of columns are stable: tools outside rely on them. A column is described here and nowhere else; the
guide's page is made from this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from huiyin.export import rows
from huiyin.export.rows import Row, Scope
from huiyin.findings import Text

TEXT, WHOLE, FLAG, DAY = "text", "integer", "boolean", "date"
"""Types of columns: text, whole number, true or false, a day."""


@dataclass(frozen=True)
class Column:
    """One column: its name, its type, and what it says."""

    name: str
    type: str
    meaning: Text


@dataclass(frozen=True)
class Table:
    """One table: its name, what a row is, its columns, and how its rows are made, each a tuple in column order."""

    name: str
    meaning: Text
    columns: tuple[Column, ...]
    rows: Callable[[Scope], Iterator[Row]]


def _columns(*described: tuple[str, str, str, str]) -> tuple[Column, ...]:
    return tuple(Column(name, kind, Text(zh, en)) for name, kind, zh, en in described)


_ID = ("proposal", TEXT, "受理编号", "id of the proposal")

TABLES = (
    Table(
        "proposals",
        Text("每件一行", "one row a proposal"),
        _columns(
            ("id", TEXT, "受理编号", "id, given at creation, never changes"),
            ("number", TEXT, "正式编号", "official number"),
            ("kind", TEXT, "种类", "kind"),
            ("body", TEXT, "机构", "body"),
            ("session", TEXT, "届次", "session"),
            ("occasion", TEXT, "提出时机", "in session or between sessions"),
            ("title", TEXT, "案由", "title"),
            ("category", TEXT, "类别", "category"),
            ("origin", TEXT, "来源", "where it comes from"),
            (
                "proposers",
                TEXT,
                "提出人编号，领衔在前，以分号隔开",
                "ids of proposers, the lead first, joined by semicolons",
            ),
            ("status", TEXT, "办理状态", "state of the process"),
            ("stage", TEXT, "阶段", "stage"),
            ("lead", TEXT, "主办单位", "lead agency"),
            ("co", TEXT, "会办单位", "co-handlers"),
            ("separate", TEXT, "分办单位", "separate agencies"),
            ("submitted_on", DAY, "提出日期", "day of submission"),
            ("accepted_on", DAY, "受理日期", "day of acceptance"),
            ("assigned_on", DAY, "首次交办日期", "day of the first assignment"),
            ("first_replied_on", DAY, "首次答复日期", "day of the first reply"),
            ("due_earliest", DAY, "答复期限（最早）", "reply due, the earliest day"),
            ("due_latest", DAY, "答复期限（最晚）", "reply due, the latest day"),
            ("due_provisional", FLAG, "期限暂定", "whether the due day is provisional"),
            ("clock", TEXT, "时限状态", "state of the reply clock"),
            ("clock_days", WHOLE, "提前、剩余或逾期天数", "days early, left, late or overdue"),
            ("class", TEXT, "最近答复类别", "class of the latest reply"),
            ("attitude", TEXT, "最近评价：办理态度", "latest rating of the attitude"),
            ("result", TEXT, "最近评价：办理结果", "latest rating of the result"),
            ("disclosure", TEXT, "公开程度", "level of disclosure"),
            ("follows", TEXT, "前案编号", "ids of earlier proposals"),
            ("situation", TEXT, "情况", "situation"),
            ("analysis", TEXT, "分析", "analysis"),
            ("source", TEXT, "导入来源", "ledger it was imported from"),
            ("source_row", WHOLE, "来源行号", "row of that ledger"),
        ),
        rows.proposals,
    ),
    Table(
        "proposers",
        Text("每件的每个提出人一行", "one row a proposer of a proposal"),
        _columns(
            _ID,
            ("place", WHOLE, "次序，1 为领衔", "place; 1 leads"),
            ("proposer", TEXT, "提出人编号", "id of the member or group"),
            ("name", TEXT, "姓名或名称", "name"),
        ),
        rows.proposers,
    ),
    Table(
        "evidence",
        Text("每条依据一行", "one row a piece of evidence"),
        _columns(
            _ID,
            ("place", WHOLE, "次序", "place"),
            ("claim", TEXT, "事实", "claim"),
            ("figure", TEXT, "数据", "figure"),
            ("comparison", TEXT, "比较", "comparison"),
            ("source", TEXT, "出处", "source"),
        ),
        rows.evidence,
    ),
    Table(
        "asks",
        Text("每项诉求一行，附最近的答复", "one row an ask, with its latest answer"),
        _columns(
            _ID,
            ("ask", TEXT, "诉求编号", "id of the ask"),
            ("text", TEXT, "诉求", "text"),
            ("agency", TEXT, "建议承办单位", "suggested agency"),
            ("answered", FLAG, "是否得到回应", "whether it was answered"),
            ("answered_by", TEXT, "答复单位", "who answered"),
            ("answered_on", DAY, "答复日期", "day of the answer"),
            ("answer", TEXT, "答复", "answer"),
            ("class", TEXT, "类别", "class of the answer"),
        ),
        rows.asks,
    ),
    Table(
        "events",
        Text("每个办理节点一行", "one row an event"),
        _columns(
            _ID,
            ("place", WHOLE, "次序", "place in the file"),
            ("event", TEXT, "节点编号", "id of the event"),
            ("type", TEXT, "节点类型", "type"),
            ("on", DAY, "发生日期", "day it happened"),
            ("by", TEXT, "行为人", "whose act"),
            ("recorded_by", TEXT, "代录人", "who entered it for them"),
            ("channel", TEXT, "渠道", "channel"),
            ("document", TEXT, "文号", "number of the document"),
            ("text", TEXT, "内容", "text, outcome, reason or evidence"),
            ("class", TEXT, "答复类别", "class of a reply"),
            ("attitude", TEXT, "办理态度", "rating of the attitude"),
            ("result", TEXT, "办理结果", "rating of the result"),
            ("commitment", TEXT, "所指承诺", "commitment it refers to"),
            ("refers_to", TEXT, "所指节点", "event it refers to"),
            ("due", DAY, "延至", "new due day of an extension"),
            ("round", WHOLE, "轮次", "round"),
            ("late_entry", FLAG, "是否补录", "whether it was recorded late"),
            ("undated", TEXT, "日期不详的原因", "why the day is not known"),
        ),
        rows.events,
    ),
    Table(
        "commitments",
        Text("每项承诺一行", "one row a commitment"),
        _columns(
            _ID,
            ("commitment", TEXT, "承诺编号", "id of the commitment"),
            ("text", TEXT, "承诺", "text"),
            ("owner", TEXT, "责任单位", "owner"),
            ("due", DAY, "兑现期限", "due day"),
            ("ask", TEXT, "对应诉求", "ask it belongs to"),
            ("made_on", DAY, "作出日期", "day of the reply that made it"),
            ("status", TEXT, "状态", "open, fulfilled or dropped"),
            ("settled_on", DAY, "了结日期", "day it was kept or given up"),
            ("overdue", FLAG, "是否逾期", "whether its day has passed while it is open"),
        ),
        rows.commitments,
    ),
    Table(
        "particulars",
        Text("导入台账的其他栏目，每栏一行", "one row a further column of an imported ledger"),
        _columns(
            _ID,
            ("place", WHOLE, "次序", "place"),
            ("label", TEXT, "栏目", "label"),
            ("text", TEXT, "内容", "text"),
        ),
        rows.particulars,
    ),
    Table(
        "members",
        Text("每位代表或委员一行", "one row a member"),
        _columns(
            ("id", TEXT, "编号", "id"),
            ("name", TEXT, "姓名", "name"),
            ("body", TEXT, "机构", "body"),
            ("terms", TEXT, "任期（届）", "terms"),
            ("groups", TEXT, "所属团体", "groups"),
            ("area", TEXT, "选区或片区", "area"),
        ),
        rows.members,
    ),
    Table(
        "groups",
        Text("每个团体一行", "one row a group"),
        _columns(
            ("id", TEXT, "编号", "id"),
            ("name", TEXT, "名称", "name"),
            ("body", TEXT, "机构", "body"),
            ("kind", TEXT, "种类", "kind"),
        ),
        rows.groups,
    ),
    Table(
        "agencies",
        Text("每个承办单位一行", "one row an agency"),
        _columns(
            ("id", TEXT, "编号", "id"),
            ("name", TEXT, "全称", "name"),
            ("short", TEXT, "简称", "short name"),
            ("level", TEXT, "层级", "level"),
            ("parent", TEXT, "上级单位", "parent"),
        ),
        rows.agencies,
    ),
    Table(
        "sessions",
        Text("每个届次一行", "one row a session"),
        _columns(
            ("id", TEXT, "编号", "id"),
            ("body", TEXT, "机构", "body"),
            ("term", WHOLE, "届", "term"),
            ("number", WHOLE, "次", "number"),
            ("title", TEXT, "名称", "title"),
            ("title_en", TEXT, "英文名称", "title in English"),
            ("opened", DAY, "开幕", "opened"),
            ("closed", DAY, "闭幕", "closed"),
        ),
        rows.sessions,
    ),
)
"""Every table of an export, in the order in which they are written."""
