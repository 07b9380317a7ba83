"""`huiyin signals ingest` from the file of an export to the released files, with every kind of bad input."""

from __future__ import annotations

import json
import re
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from huiyin.yamltext import read
from tests.project import EXAMPLES, ROOT, Project, Said
from tests.tickets.exports import CANARIES, MAPPING, UNKEYED, table, text, tickets

EXPORT = [
    *tickets(30), *tickets(20, area="南浦区"), *tickets(12, area="西岭区"),
    *tickets(30, kind="内涝"), *tickets(3, kind="内涝", area="南浦区"), *tickets(25, kind="内涝", area="西岭区"),
    *tickets(9, month="2026-06", kind="公交"), *tickets(40, month="2026-06", kind="停车", area="南浦区"),
]  # fmt: skip


@pytest.fixture
def city(project: Project) -> Project:
    """A small registry that pins no day, and the mapping of an export."""
    project.with_base()
    project.write("map.yaml", MAPPING)
    return project


def ingest(city: Project, name: str, *more: str, first: str = "2026-05", last: str = "2026-06") -> Said:
    """Run the verb, and see that nothing of a complainant comes out, in words or files."""
    argv = (name, "--mapping", "map.yaml", "--from", first, "--to", last, "--as-of", "2026-11-20", *more)
    said = city.huiyin("signals", "ingest", *argv)
    files = "".join(path.read_text(encoding="utf-8") for path in (city.registry / "signals").glob("*"))
    for canary in CANARIES:
        assert canary not in said.out + said.err + files, canary
    return said


def released(city: Project, month: str = "2026-05") -> dict[str, dict[str, object]]:
    """The rows of a released month by category, counts as a table."""
    data = read((city.registry / "signals" / f"hotline-{month}.yaml").read_text(encoding="utf-8")).data
    return {
        row["category"]: {
            "total": row.get("total"),
            "counts": {cell["area"]: cell["tickets"] for cell in row.get("counts", ())},
            "hidden": row.get("suppressed", []),
        }
        for row in data["rows"]
    }


def write_workbook(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("导出")
        for n, row in enumerate(table(EXPORT)):
            sheet.write_row(n, 0, row)


def write_parquet(path: Path) -> None:
    columns, *rows = table(EXPORT)
    with duckdb.connect() as engine:
        engine.execute(f"CREATE TABLE export ({', '.join(f'{name} VARCHAR' for name in columns)})")
        engine.executemany(f"INSERT INTO export VALUES ({', '.join('?' * len(columns))})", rows)
        engine.execute(
            f"COPY (SELECT * REPLACE (受理时间::TIMESTAMP AS 受理时间) FROM export) TO '{path}' (FORMAT parquet)"
        )


FORMS = {
    "plain.csv": lambda path: path.write_text(text(EXPORT), encoding="utf-8"),
    "marked.csv": lambda path: path.write_text(text(EXPORT), encoding="utf-8-sig"),
    "windows.csv": lambda path: path.write_bytes(text(EXPORT).replace("\n", "\r\n").encode()),
    "gbk.csv": lambda path: path.write_text(text(EXPORT), encoding="gb18030"),
    "utf16.csv": lambda path: path.write_text(text(EXPORT), encoding="utf-16"),
    "tabs.txt": lambda path: path.write_text("\n".join("\t".join(r[:5]) for r in table(EXPORT)), encoding="utf-8"),
    "titled.csv": lambda path: path.write_text("望澜市热线工单,,,,,,,\n\n" + text(EXPORT), encoding="utf-8"),
    "book.xlsx": write_workbook,
    "table.parquet": write_parquet,
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_of_an_export_gives_the_same_files(name: str, city: Project) -> None:
    FORMS[name](city.root / name)
    said = ingest(city, name)
    assert (said.code, said.err) == (0, ""), said.out
    assert said.out.startswith("读了 169 行，计 169 件\n2026-05：写了 2 类")
    may = released(city)
    assert may["transport"] == {"total": 62, "counts": {"dongwan": 30, "nanpu": 20, "xiling": 12}, "hidden": []}
    assert may["water"]["total"] == 58
    assert len(may["water"]["hidden"]) == 2
    assert "nanpu" in may["water"]["hidden"]
    assert released(city, "2026-06")["transport"]["total"] == 49
    assert city.huiyin("check", "registry/signals").code == 0
    assert city.huiyin("fmt", "--check").code == 0


def test_people_are_told_apart_only_where_the_export_has_a_key(city: Project) -> None:
    rows = [*tickets(50, people=4), *tickets(40, area="南浦区"), *tickets(40, area="西岭区")]
    city.write("export.csv", text(rows))
    assert ingest(city, "export.csv", last="2026-05").code == 0
    assert "dongwan" in released(city)["transport"]["hidden"]
    assert "unit: complainants" in (city.registry / "signals/hotline-2026-05.yaml").read_text(encoding="utf-8")

    city.write("map.yaml", UNKEYED.replace("feed: hotline", "feed: other"))
    assert ingest(city, "export.csv", last="2026-05").code == 0
    other = (city.registry / "signals/other-2026-05.yaml").read_text(encoding="utf-8")
    assert "unit: tickets" in other
    assert "suppressed" not in other


def test_a_month_is_released_once_whatever_later_exports_say(city: Project) -> None:
    city.write("export.csv", text(EXPORT))
    assert ingest(city, "export.csv", last="2026-05").code == 0
    before = (city.registry / "signals/hotline-2026-05.yaml").read_bytes()
    city.write("export.csv", text([*EXPORT, *tickets(4, kind="内涝", area="南浦区", start=100)]))
    said = ingest(city, "export.csv")
    assert "2026-05：以前已经公布，不再改动\n2026-06：写了 1 类" in said.out
    assert (city.registry / "signals/hotline-2026-05.yaml").read_bytes() == before


def test_a_dry_run_writes_nothing(city: Project) -> None:
    city.write("export.csv", text(EXPORT))
    said = ingest(city, "export.csv", "--dry-run", "--lang", "en")
    assert (said.code, "2026-05: would write 2 categories" in said.out) == (0, True)
    assert not (city.registry / "signals").exists()


BAD = {
    "columns": ("WL-9,2026-05-03,停车,东湾区,key-9,多,了,几,栏\n", 171, "栏数不对，可能错位：1 行（不计），第 171 行"),
    "shifted": (
        "WL-9,,2026-05-03,停车,东湾区,key-9,x,y\n",
        171,
        "受理时间不是日期，或晚于今天：1 行（不计），第 171 行",
    ),
    "day": ("WL-9,2026-02-30,停车,东湾区,key-9,x,y,z\n", 171, "受理时间不是日期，或晚于今天：1 行（不计），第 171 行"),
    "future": (
        "WL-9,2026-11-21,停车,东湾区,key-9,x,y,z\n",
        171,
        "受理时间不是日期，或晚于今天：1 行（不计），第 171 行",
    ),
    "category": ("WL-9,2026-05-03,漏水两年,东湾区,key-9,x,y,z\n", 171, "类别不在对照表里：1 行（不计），第 171 行"),
    "area": ("WL-9,2026-05-03,停车,幸福路88号,key-9,x,y,z\n", 171, "区域不在对照表里：1 行（不计），第 171 行"),
    "number": (",2026-05-03,停车,东湾区,key-9,x,y,z\n", 171, "没有工单编号：1 行（不计），第 171 行"),
    "quote": ('WL-9,2026-05-03,停车,东湾区,key-9,"x"y,y,z\n', 171, "这一行读不懂：1 行（不计），第 171 行"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_row_that_cannot_be_counted_is_told_by_its_number_and_stops_the_release(name: str, city: Project) -> None:
    line, number, told = BAD[name]
    flat = re.sub(r"，\d+\n请处理", "", text(EXPORT))
    assert flat.count("\n") == number - 1
    city.write("export.csv", flat + line)
    said = ingest(city, "export.csv")
    assert said.code == 1
    assert told in said.out
    assert "什么也没有写" in said.err
    assert not (city.registry / "signals").exists()
    assert ingest(city, "export.csv", "--leave-out").code == 0
    assert released(city)["transport"]["total"] == 62


COUNTED = {
    "duplicate": (tickets(1)[0], "工单编号在前面已经出现：1 行（照计）", 62),
    "phone": (("13812345678", "2026-05-03", "停车", "东湾区", "key-7"), "工单编号像电话或身份证号码：1 行（照计）", 63),
    "identity": (
        ("11010519491231002X", "2026-05-03", "停车", "东湾区", "key-7"),
        "工单编号像电话或身份证号码：1 行",
        63,
    ),
    "key": (
        ("WL-9", "2026-05-03", "停车", "东湾区", "+86 138-1234-5678"),
        "来电人代号像电话或身份证号码：1 行（照计）",
        63,
    ),
    "nobody": (("WL-9", "2026-05-03", "停车", "东湾区", ""), "没有来电人代号：1 行（照计）", 63),
}


@pytest.mark.parametrize("name", COUNTED)
def test_a_doubtful_row_is_told_and_counted(name: str, city: Project) -> None:
    row, told, total = COUNTED[name]
    city.write("export.csv", re.sub(r"，\d+\n请处理", "", text([*EXPORT, row])))
    said = ingest(city, "export.csv")
    assert said.code == 0
    assert told.removesuffix("（照计）") in said.out
    assert "第 171 行" in said.out
    assert released(city)["transport"]["total"] == total


def test_an_unknown_complainant_is_nobody_when_people_are_counted(city: Project) -> None:
    rows = [(*row[:4], "") if n > 3 else row for n, row in enumerate(tickets(40))]
    city.write("export.csv", text([*rows, *tickets(30, area="南浦区"), *tickets(30, area="西岭区")]))
    assert ingest(city, "export.csv", last="2026-05").code == 0
    assert "dongwan" in released(city)["transport"]["hidden"]


def test_bytes_that_are_in_no_encoding_lose_their_row_only(city: Project) -> None:
    flat = re.sub(r"，\d+\n请处理", "", text(EXPORT)).encode()
    city.write("export.csv", flat + "WL-9,2026-05-03,停车,东湾区,key-9,".encode() + b"\xff\xfe\xb3,y,z\n")
    said = ingest(city, "export.csv")
    assert said.code == 1
    assert "有字节不是文件的编码：1 行（不计），第 171 行" in said.out


def test_many_bad_rows_are_one_message(city: Project) -> None:
    rows = "".join(f"WL-{n},2026-05-03,停车,东湾区,多一栏,key-{n},x,y,z\n" for n in range(500))
    city.write("export.csv", text(EXPORT).split("\n", 1)[0] + "\n" + rows)
    said = ingest(city, "export.csv")
    assert said.code == 2 or "500 行" in said.out
    assert len(said.out + said.err) < 2000


REFUSED = {
    "empty.csv": (b"", "文件是空的"),
    "half.parquet": (b"PAR1" + b"\0" * 200, "文件像是 parquet，但读不懂"),
    "half.json": ('[{"工单编号": "张三丰", "受理'.encode(), "文件像是 json，但读不懂"),
    "page.csv": (b"<html><body>13812345678</body></html>", "文件其实是网页或 XML"),
    "names.csv": (
        "工单号,受理时间,类别,区域,来电人\n1,2026-05-01,停车,东湾区,key-1\n".encode(),
        "没有“工单编号”这一栏",
    ),
    "nameless.csv": ("张三丰,13812345678,漏水两年\n张三丰,13812345678,漏水两年\n".encode(), "没有数据行"),
    "open.csv": ('工单编号,受理时间,类别,区域,来电人\n1,2026-05-01,停车,"张三丰,key-1\n'.encode(), "引号没有成对"),
    "bytes.csv": ("工单编号\n".encode("gb18030") + bytes(range(128, 256)) * 40, "编码"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_export_is_refused_in_one_message(name: str, city: Project) -> None:
    raw, told = REFUSED[name]
    city.write(name, raw)
    said = ingest(city, name)
    assert (said.code, said.out) == (2, "")
    assert told in said.err
    assert not (city.registry / "signals").exists()


def test_a_folder_is_called_one(city: Project) -> None:
    said = ingest(city, "registry")
    assert (said.code, said.out) == (2, "")
    assert "registry 是文件夹，不是文件；请写导出的那个文件" in said.err
    assert "没有文件" not in said.err


def test_months_must_be_over_and_in_order(city: Project) -> None:
    city.write("export.csv", text(EXPORT))
    assert "2026-11 还没有过完（今天 2026-11-20）" in ingest(city, "export.csv", last="2026-11").err
    assert "在 --to 2026-04 之后" in ingest(city, "export.csv", last="2026-04").err
    assert "月份写成 2026-05" in ingest(city, "export.csv", last="2026-13").err
    assert "没有工单，不写" in ingest(city, "export.csv", "--dry-run", last="2026-10").out


MAPPINGS = {
    "category": (MAPPING.replace("内涝: water", "内涝: watre"), "没有类别 watre"),
    "area": (MAPPING.replace("      - 南浦\n", "      - 东湾区\n"), "和 dongwan 的代号或写法相同"),
    "column": (MAPPING.replace("area: 区域", "area: 类别"), "这一栏用了两次"),
    "k": (MAPPING + "k: 4\n", "4"),
    "person": (MAPPING.replace("热线（虚构）", "热线 13812345678"), "个人信息"),
}


@pytest.mark.parametrize("name", MAPPINGS)
def test_a_wrong_mapping_is_told_with_its_place(name: str, city: Project) -> None:
    raw, told = MAPPINGS[name]
    city.write("map.yaml", raw)
    city.write("export.csv", text(EXPORT))
    said = ingest(city, "export.csv")
    assert said.code == 2
    assert told in said.err
    assert "map.yaml:" in said.err


def test_open311_counts_in_the_time_zone_of_the_registry(city: Project) -> None:
    folder = EXAMPLES / "signals"
    rows = json.loads((folder / "open311.json").read_text(encoding="utf-8"))
    assert rows[0]["requested_datetime"] == "2026-08-31T16:30:00Z"
    argv = (str(folder / "open311.json"), "--mapping", str(folder / "open311.mapping.yaml"))
    said = city.huiyin("signals", "ingest", *argv, "--from", "2026-08", "--to", "2026-09", "--as-of", "2026-11-20")
    assert said.out == ("读了 60 行，计 60 件\n2026-08：没有工单，不写\n2026-09：写了 2 类，公布 4 个数，不公布 0 个\n")
    data = read((city.registry / "signals/street-2026-09.yaml").read_text(encoding="utf-8")).data
    assert (data["channel"], data["unit"]) == ("open311", "tickets")
    assert sum(row["total"] for row in data["rows"]) == 60


def test_the_demonstration_is_what_its_export_gives(project: Project) -> None:
    project.with_demonstration()
    first = "hotline-2026-05.yaml"  # earlier months come from an export that is not kept
    there = {path.name: path.read_bytes() for path in (ROOT / "registry/signals").iterdir() if path.name >= first}
    assert len(there) == 6
    for path in (project.registry / "signals").iterdir():
        path.unlink()
    folder = EXAMPLES / "signals"
    argv = (str(folder / "hotline.csv"), "--mapping", str(folder / "hotline.mapping.yaml"))
    said = project.huiyin("signals", "ingest", *argv, "--from", "2026-05", "--to", "2026-10")
    assert said.code == 0
    assert {path.name: path.read_bytes() for path in (project.registry / "signals").iterdir()} == there
