"""A drafted mapping can be tried at once, and says what headers and cells plainly say."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from huiyin.ledger.columns import roles
from huiyin.yamltext import read
from tests.ledger.conftest import Run
from tests.project import ROOT

SHEET = """\
望澜市人大代表建议办理情况一览表,,,,,,,,,,,
序号,会议届次,建议编号,建议标题,建议内容,领衔代表,附议代表,类别,承办单位,交办日期,办理结果,满意度
1,十七届四次,0042,关于加装充电桩的建议,不足一成。,沈婉青,马立诚、柯行敏,城建,住建局（主办）、供电公司（会办）,2025/1/28,正在解决,满意
2,十七届四次,0043,关于延长开放时间的建议,开放到九点。,柯行敏,,文化,文旅局,2025/1/28,已解决,基本满意
3,十七届五次,0001,关于公交的建议,班次太少。,马立诚,,交通,交通局,2026/1/20,,
"""


def drafted(huiyin: Run, path: Path) -> dict[str, Any]:
    said = huiyin("import", path, "--propose-mapping")
    assert (said.code, said.err) == (0, "")
    path.with_name("map.yaml").write_text(said.out, encoding="utf-8")
    document = read(said.out)
    assert not document.faults
    return dict(document.data)


def test_a_sheet_with_common_headers_comes_in_by_its_draft(huiyin: Run, tmp_path: Path, assert_sound: Any):
    ledger = tmp_path / "ledger.csv"
    ledger.write_bytes(SHEET.encode("gb18030"))
    mapping = drafted(huiyin, ledger)
    assert mapping["format"] == {"type": "csv", "encoding": "gb18030"}
    assert mapping["session"]["form"] == "{term}届{number}次"
    assert mapping["session"]["words"] == {"十七": "17", "四": "4", "五": "5"}
    assert mapping["proposers"]["columns"] == ["领衔代表", "附议代表"]
    assert mapping["fields"]["category"]["values"] == {
        "城建": "urban-construction",
        "文化": "culture",
        "交通": "transport",
    }
    assert mapping["events"]["assigned"]["handlers"] == {"column": "承办单位"}
    assert mapping["events"]["replied"]["class"]["values"] == {"已解决": "resolved", "正在解决": "in_progress"}
    assert mapping["events"]["rated"]["attitude"]["values"]["基本满意"] == "basically_satisfied"
    said = huiyin("import", ledger, "--mapping", tmp_path / "map.yaml", "--into", tmp_path / "out")
    assert said.code == 0, said.err
    assert said.out.startswith("共 3 行\n  导入 3\n")
    assert_sound(tmp_path / "out")


@pytest.mark.parametrize(
    ("parts", "rows", "column"),
    [
        # The second row alone names every column; or it takes both to know what a column is.
        (("主办", "会办"), {}, "主办"),
        (("名称", "配合"), {"header_rows": 2}, "承办单位.名称"),
    ],
)
def test_a_workbook_with_two_rows_of_names_and_totals_comes_in_by_its_draft(
    parts: tuple[str, str], rows: dict[str, int], column: str, huiyin: Run, tmp_path: Path, assert_sound: Any
):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for year, session in ((2024, "十七届三次"), (2025, "十七届四次")):
        sheet = book.create_sheet(f"{year}年")
        sheet["A1"] = f"望澜市人大代表建议办理情况统计表（{year}年）"
        sheet.merge_cells("A1:I1")
        names = ["序号", "届次", "建议\n编号", "建议标题", "领衔代表", "承办单位", "", "答复日期", "代表满意度"]
        for place, name in enumerate(names, start=1):
            sheet.cell(2, place, name)
        sheet.merge_cells("F2:G2")
        sheet["F3"], sheet["G3"] = parts
        for letter in "ABCDEHI":
            sheet.merge_cells(f"{letter}2:{letter}3")
        row = [1, session, "001", f"关于{year}年的建议", "沈婉青", "住建局", "财政局", date(year, 4, 20), "不满意"]
        for place, value in enumerate(row, start=1):
            sheet.cell(4, place, value)
        sheet["A5"] = "合计"
        sheet["A6"] = "注：另有三件转为日常工作。"
    ledger = tmp_path / "ledger.xlsx"
    book.save(ledger)
    mapping = drafted(huiyin, ledger)
    assert mapping["format"] == {"type": "xlsx", "sheets": "all", **rows, "stop": ["合计", "注："]}
    assert f"column: {column}\n" in (tmp_path / "map.yaml").read_text(encoding="utf-8")
    said = huiyin("import", ledger, "--mapping", tmp_path / "map.yaml", "--into", tmp_path / "out")
    assert said.out.startswith("共 2 行\n  导入 2\n"), said.out + said.err
    files = (tmp_path / "out" / "proposals").rglob("*.yaml")
    sources = {read(path.read_text("utf-8")).data["source"]["sheet"] for path in files}
    assert sources == {"2024年", "2025年"}
    assert_sound(tmp_path / "out")


def test_every_column_has_a_place(huiyin: Run, tmp_path: Path):
    ledger = tmp_path / "ledger.csv"
    ledger.write_text(SHEET.replace("满意度\n", "满意度,备注\n").replace("0042,", "0042,"), encoding="utf-8")
    text = ledger.read_text(encoding="utf-8").splitlines()
    ledger.write_text("\n".join([text[0] + ",", text[1], *(f"{line},见附件" for line in text[2:])]), encoding="utf-8")
    drafted(huiyin, ledger)
    said = (tmp_path / "map.yaml").read_text(encoding="utf-8")
    for name in next(csv.reader(io.StringIO(text[1]))):
        assert name in said


@pytest.mark.parametrize("name", ["hlcc", "suggestions", "tcc", "tccc"])
def test_the_excerpts_of_real_ledgers_get_a_draft_that_can_be_tried(name: str, huiyin: Run, tmp_path: Path):
    source = ROOT / "tests" / "ledger" / "excerpts" / f"{name}.jsonl"
    ledger = tmp_path / source.name
    ledger.write_bytes(source.read_bytes())
    drafted(huiyin, ledger)
    said = huiyin("import", ledger, "--mapping", tmp_path / "map.yaml", "--dry-run")
    assert said.code == 0, said.err


def test_a_header_plays_one_role_and_the_commonest_word_wins():
    found = roles(["序号", "名称", "案由", "主办单位", "会办单位", "办理情况.答复日期", "标题（全称）"])
    assert found["title"] == "案由"
    assert found["ignore"] == "序号"
    assert found["lead_agency"] == "主办单位"
    assert found["co_agencies"] == "会办单位"
    assert found["replied_on"] == "办理情况.答复日期"
    assert len(set(found.values())) == len(found)


def test_a_file_that_is_no_ledger_gets_one_message(huiyin: Run, tmp_path: Path):
    path = tmp_path / "ledger.csv"
    path.write_bytes(b"")
    said = huiyin("import", path, "--propose-mapping")
    assert said.code == 2
    assert said.out == ""
    assert "文件是空的" in said.err


def test_without_a_mapping_the_message_says_how_to_get_one(huiyin: Run, tmp_path: Path):
    path = tmp_path / "ledger.csv"
    path.write_text(SHEET, encoding="utf-8")
    said = huiyin("import", path)
    assert said.code == 2
    assert "--propose-mapping" in said.err


MESSY = """\
临江区第十八届人民代表大会第五次会议代表建议办理情况（2026年）,,,,,,,,
序号,建议编号,建议标题,领衔代表,承办单位,交办日期,沟通日期,答复日期,答复文号
1,1号,关于修路的建议,沈婉青等5人,分办：住建局、财政局,2月10日,4月1日,2026-05-01,临函1号
2,2号,关于种树的建议,柯行敏,水务局,2026-02-11,,/,/
3,3号,关于路灯的建议,马立诚,主办：住建局 会办：财政局,2.12,,5月8日,临函3号
"""


def test_days_without_a_year_take_that_of_the_title_and_nothing_is_lost(huiyin: Run, tmp_path: Path, assert_sound: Any):
    ledger = tmp_path / "ledger.csv"
    ledger.write_text(MESSY, encoding="utf-8")
    mapping = drafted(huiyin, ledger)
    assert mapping["constants"] == {"年度": "2026"}
    assert mapping["session"] == {"title": {"zh": "临江区第十八届人民代表大会第五次会议"}}
    assert mapping["format"]["blanks"] == ["/"]
    said = huiyin("import", ledger, "--mapping", tmp_path / "map.yaml", "--into", tmp_path / "out")
    assert said.out.startswith("共 3 行\n  导入 3\n"), said.out + said.err
    files = (tmp_path / "out" / "proposals").rglob("*.yaml")
    found = sorted((read(path.read_text("utf-8")).data for path in files), key=lambda data: data["source"]["row"])
    days = [[(event["type"], event.get("on")) for event in data["events"][2:]] for data in found]
    assert days == [
        [
            *[("assigned", "2026-02-10"), ("contacted", "2026-04-01"), ("contacted", "2026-04-01")],
            *[("replied", "2026-05-01"), ("replied", "2026-05-01")],
        ],
        [("assigned", "2026-02-11")],
        [("assigned", "2026-02-12"), ("replied", "2026-05-08")],
    ]
    assert_sound(tmp_path / "out")


def test_a_column_of_days_that_cannot_be_read_is_kept_as_it_is(huiyin: Run, tmp_path: Path):
    ledger = tmp_path / "ledger.csv"
    ledger.write_text(MESSY.replace("（2026年）", ""), encoding="utf-8")
    mapping = drafted(huiyin, ledger)
    assert mapping["events"]["assigned"]["day"] == {"unknown": "台账没有写交办日期"}
    assert {"label": "交办日期", "column": "交办日期"} in mapping["fields"]["particulars"]


def test_answers_of_separate_agencies_in_columns_of_their_own(huiyin: Run, tmp_path: Path, assert_sound: Any):
    ledger = tmp_path / "ledger.csv"
    ledger.write_text(
        "案号,案由,提案者,不立案理由,主办单位,分办单位1,分办单位1答复时间,分办单位1答复摘要,分办单位2,分办单位2答复时间,"
        "分办单位2答复摘要,答复摘要,办理结果,委员评价\n"
        "001,关于甲的提案,沈婉青,,住建局,,,,,,,已修。,已解决,满意\n"
        "002,关于乙的提案,沈婉青,,,教育局,2026-4-1,已办。,民政局,2026-5-1,已列。,,已解决,满意\n"
        ",关于丙的提案,沈婉青,属于个人问题,,,,,,,,,,\n",
        encoding="utf-8",
    )
    drafted(huiyin, ledger)
    said = huiyin("import", ledger, "--mapping", tmp_path / "map.yaml", "--into", tmp_path / "out")
    assert said.out.startswith("共 3 行\n  导入 3\n"), said.out + said.err
    files = (tmp_path / "out" / "proposals").rglob("*.yaml")
    found = sorted((read(path.read_text("utf-8")).data for path in files), key=lambda data: data["source"]["row"])
    assert [[event["type"] for event in data["events"]] for data in found] == [
        ["submitted", "accepted", "assigned", "replied", "rated"],
        ["submitted", "accepted", "assigned", "replied", "replied", "rated"],
        ["submitted", "refused"],
    ]
    assert_sound(tmp_path / "out")


def test_worksheets_that_are_alike_are_taken_and_may_be_the_agencies(huiyin: Run, tmp_path: Path, assert_sound: Any):
    book = openpyxl.Workbook()
    book.active.title = "汇总"
    book.active.append(["单位", "件数"])
    book.active.append(["住建局", 2])
    for n, agency in enumerate(("住建局", "教育局"), start=1):
        sheet = book.create_sheet(agency)
        sheet.append(["建议号", "标题", "代表", "交办日期", "首次答复", "催办情况", "办结日期"])
        sheet.append([f"{n:03}", "关于修路的建议", "沈婉青", 46060, 46120, "3月5日", 46130])
    ledger = tmp_path / "ledger.xlsx"
    book.save(ledger)
    mapping = drafted(huiyin, ledger)
    assert mapping["format"]["sheets"] == ["住建局", "教育局"]
    assert mapping["events"]["assigned"]["lead"] == {"column": "@sheet"}
    assert mapping["events"]["replied"]["day"]["column"] == "首次答复"
    assert [row["column"] for row in mapping["fields"]["particulars"]] == ["催办情况", "办结日期"]
    said = huiyin("import", ledger, "--mapping", tmp_path / "map.yaml", "--into", tmp_path / "out")
    assert said.out.startswith("共 2 行\n  导入 2\n"), said.out + said.err
    assert_sound(tmp_path / "out")


def test_a_councils_ledger_in_traditional_characters(huiyin: Run, tmp_path: Path):
    ledger = tmp_path / "ledger.csv"
    ledger.write_bytes(
        "屆別,案號,提案人,案由,提案類別,主辦機關,協辦機關,函復日期,函復文號\n"
        "第20屆,建設01,陳建國,建請縣府改善道路排水案,建設,工務處,財政處,1140915,府工字第1號\n".encode("big5")
    )
    mapping = drafted(huiyin, ledger)
    assert (mapping["kind"], mapping["registry"]["bodies"][0]["kind"]) == ({"always": "motion"}, "council")
    assert mapping["fields"]["category"]["values"] == {"建設": "urban-construction"}
    assert mapping["events"]["replied"]["day"]["form"] == ["roc"]


def test_words_that_come_late_in_a_long_ledger_are_in_the_draft(huiyin: Run, tmp_path: Path):
    head, late = SHEET.replace("十七届五次", "十七届四次"), "3,十八届一次,0001,关于公交的建议,,马立诚,,交通,交通局,,,\n"
    early = late.replace("十八届一次", "十七届四次")
    ledger = tmp_path / "ledger.csv"
    ledger.write_text(head + early * 4000 + late * 4000, encoding="utf-8")
    assert "十八" in drafted(huiyin, ledger)["session"]["words"]


@pytest.mark.parametrize(
    ("word", "number"),
    [("二〇", "20"), ("第二0", None), ("二0", "20"), ("十", "10"), ("十四", "14"), ("二十", "20"), ("三十一", "31")],
)
def test_a_session_in_chinese_numerals_is_a_number(huiyin: Run, tmp_path: Path, word: str, number: str | None):
    ledger = tmp_path / "ledger.csv"
    ledger.write_text(SHEET.replace("十七届四次", f"十七届{word}次"), encoding="utf-8")
    words = drafted(huiyin, ledger)["session"].get("words", {})
    assert words.get(word) == number
