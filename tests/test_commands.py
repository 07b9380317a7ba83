"""The verbs: what they print, what they end with, and what they do with a command line that makes no sense.

Whole outputs on the small registry are kept in `examples/commands/` (see `golden`); on the demonstration registry
only what must be so is looked for.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from huiyin.commands import VERBS
from tests.golden import kept
from tests.project import EXAMPLES, ROOT, Project

OUTPUTS = {
    "show-rated": ("show", "2026-m4t7k"),
    "show-rated-en": ("show", "2026-m4t7k", "--lang", "en"),
    "show-consulting": ("show", "2026-w8p3d"),
    "show-on-an-earlier-day": ("show", "2026-m4t7k", "--as-of", "2026-02-10"),
    "show-overdue": ("show", "2026-w8p3d", "--as-of", "2026-08-12"),
    "due": ("due",),
    "due-all-en": ("due", "--all", "--lang", "en"),
    "due-on-a-later-day": ("due", "--as-of", "2026-08-12"),
    "due-csv": ("due", "--all", "--format", "csv"),
    "due-json-en": ("due", "--all", "--format", "json", "--lang", "en"),
    "explain": ("explain", "2026-w8p3d"),
    "explain-one-en": ("explain", "2026-w8p3d", "reply", "--lang", "en"),
    "explain-json": ("explain", "2026-m4t7k", "reply", "--format", "json"),
}


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_verb_prints_what_it_printed_before(name: str, project: Project) -> None:
    said = project.with_base().huiyin(*OUTPUTS[name])
    assert (said.code, said.err) == (0, "")
    assert said.out == kept(EXAMPLES / "commands" / f"{name}.txt", said.out)


# ------------------------------------------------------------------------------------------ help and exit codes


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(verb: str, project: Project) -> None:
    said = project.huiyin(verb, "--help")
    assert (said.code, said.err) == (0, "")
    assert re.match(rf"usage: huiyin {verb} ", said.out)
    assert "--lang" in said.out
    summary = project.huiyin("--help").out
    assert re.search(rf"^ +{verb} +\S", summary, re.MULTILINE)


WRONG = {
    "no verb": ([], "VERB"),
    "a verb that is not one": (["chekc"], "invalid choice: 'chekc'"),
    "an option that is not one": (["check", "--strict"], "--strict"),
    "a format that is not one": (["check", "--format", "xml"], "invalid choice: 'xml'"),
    "a language that is not one": (["check", "--lang", "fr"], "invalid choice: 'fr'"),
    "a day that is not one": (["show", "2026-m4t7k", "--as-of", "2026-02-30"], "日期写成 2026-11-20"),
    "a day in another form": (["due", "--as-of", "20 November"], "日期写成 2026-11-20"),
    "a day out of all bounds": (["stats", "--as-of", "0001-01-01"], "年份在 1900 至 2199 之间"),
    "a file that is not there": (["check", "registry/members/m-nobody.yaml"], "没有"),
    "a registry that is not there": (["check", "--registry", "nowhere"], "没有登记册文件夹"),
    "a registry that is a file": (["check", "--registry", "registry/registry.yaml"], "没有登记册文件夹"),
    "show without an id": (["show"], "ID"),
    "an id that nothing is near": (["show", "xyz"], "没有 xyz。"),
    "an id with a slip": (["show", "2026-m4t7x"], "没有 2026-m4t7x。是不是想写“2026-m4t7k”？"),
    "an id with a slip, in English": (["show", "2026-m4t7x", "--lang", "en"], 'Did you mean "2026-m4t7k"?'),
    "a number that two have": (["show", "0001"], "编号 0001 有几件：2026-m4t7k、2026-w8p3d，请写受理编号"),
    "a clock that is not there": (["explain", "2026-w8p3d", "replys"], "没有时限 replys"),
    "a clock that no pack has": (["due", "--clock", "replys"], "是不是想写“reply”？"),
    "an agency that is not there": (["due", "--agency", "县民正局"], "是不是想写“县民政局”？"),
    "a day since that is none": (["due", "--since", "yesterday"], "日期写成 2026-11-20"),
    "a comparison that is none": (["calendar", "guess"], "invalid choice: 'guess'"),
    "a port that is none": (["serve", "--port", "99999"], "端口 99999 不可用"),
}


@pytest.mark.parametrize("mistake", WRONG)
def test_a_mistake_on_the_command_line_ends_with_two_and_says_what(mistake: str, project: Project) -> None:
    argv, words = WRONG[mistake]
    said = project.with_base().huiyin(*argv)
    assert (said.code, said.out) == (2, "")
    assert words in said.err
    assert "Traceback" not in said.err


def test_errors_end_with_one_and_warnings_alone_with_zero(project: Project) -> None:
    path = project.with_base().registry / "proposals" / "npc-9-2" / "2026-m4t7k.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("    source: 公交线路公示牌\n", ""), encoding="utf-8")
    said = project.huiyin("check")
    assert (said.code, said.out.count("提示[")) == (0, 1)
    path.write_text(text.replace("status: rated", "status: closed"), encoding="utf-8")
    said = project.huiyin("check")
    assert (said.code, said.out.count("错误[")) == (1, 1)


def test_tables_of_our_own_that_are_wrong_end_every_verb_with_two(project: Project) -> None:
    project.with_base().write("schema/rules/cn-motion.yaml", "id: [\n")
    for argv in (["check"], ["fmt"], ["due"], ["stats"], ["show", "2026-m4t7k"]):
        said = project.huiyin(*argv)
        assert (said.code, said.out) == (2, ""), argv
        assert "schema/rules/cn-motion.yaml" in said.err


def test_outside_a_project_every_verb_says_so(
    project: Project, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    for argv in (["check"], ["fmt"], ["due"], ["stats"], ["show", "x"], ["serve"]):
        said = project.huiyin(*argv)
        assert (said.code, said.out) == (2, ""), argv
        assert "找不到 schema/" in said.err
        assert "no schema/ here" in project.huiyin(*argv, "--lang", "en").err


def test_commands_work_in_any_folder_of_the_project(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.with_base().write("registry/agencies/a-bad.yaml", "level: planet\n")
    monkeypatch.chdir(project.registry / "agencies")
    said = project.huiyin("check")
    assert said.code == 1
    assert "--> a-bad.yaml:1:8" in said.out


# ------------------------------------------------------------------------------------------ which files


def test_check_of_one_file_shows_only_its_findings_but_knows_all_others(project: Project) -> None:
    project.with_base().write("registry/agencies/a-bad.yaml", "level: planet\n")
    said = project.huiyin("check", "registry/members/m-lu-chunyan.yaml")
    assert (said.code, said.out) == (0, "检查了 1 个文件：错误 0 处，提示 0 处\n")
    said = project.huiyin("check", "registry/agencies")
    assert said.code == 1
    assert "检查了 4 个文件" in said.out


def test_a_file_outside_the_registry_is_checked_against_it(project: Project) -> None:
    text = (project.with_base().registry / "members" / "m-lu-chunyan.yaml").read_text(encoding="utf-8")
    project.write("inbox/m-lu-chunyan.yaml", text.replace("../../", "../"))
    said = project.huiyin("check", "inbox")
    assert said.code == 1
    assert "错误[id-duplicate]" in said.out
    project.write("inbox/m-lu-chunyan.yaml", "")
    (project.root / "inbox" / "m-lu-chunyan.yaml").unlink()
    project.write("inbox/m-new.yaml", text.replace("../../", "../").replace("m-lu-chunyan", "m-new"))
    assert project.huiyin("check", "inbox").code == 0


def test_a_folder_with_settings_of_its_own_is_a_registry(project: Project) -> None:
    project.with_base()
    (project.root / "registry").rename(project.root / "other")
    assert project.huiyin("check").code == 2
    said = project.huiyin("check", "other")
    assert (said.code, said.out) == (0, "检查了 11 个文件：错误 0 处，提示 0 处\n")
    assert project.huiyin("show", "2026-m4t7k", "--registry", "other").code == 0


def test_the_environment_names_registry_and_language(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.with_base()
    (project.root / "registry").rename(project.root / "other")
    monkeypatch.setenv("HUIYIN_REGISTRY", "other")
    monkeypatch.setenv("HUIYIN_LANG", "en")
    assert project.huiyin("check").out == "11 files checked: 0 errors, 0 warnings\n"
    assert project.huiyin("check", "--lang", "zh").out == "检查了 11 个文件：错误 0 处，提示 0 处\n"


@pytest.mark.parametrize(
    ("folder", "named"),
    [(".", "."), ("registry", "."), ("registry/agencies", "."), ("registry/agencies", "../agencies")],
)
def test_check_of_the_working_folder_finds_what_is_in_it(
    folder: str, named: str, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.with_base().write("registry/agencies/a-bad.yaml", "level: planet\n")
    monkeypatch.chdir(project.root / folder)
    said = project.huiyin("check", named)
    assert said.code == 1
    assert "检查了 0 个文件" not in said.out


def test_a_path_that_no_system_can_have_is_a_mistake_on_the_command_line(project: Project) -> None:
    assert project.with_base().huiyin("check", "x" * 5000).code == 2


def test_quiet_shows_errors_only(project: Project) -> None:
    project.with_demonstration()
    said = project.huiyin("check", "--quiet")
    assert said.code == 0
    assert re.fullmatch(r"检查了 \d+ 个文件：错误 0 处\n", said.out)
    assert json.loads(project.huiyin("check", "--quiet", "--format", "json").out)["findings"] == []


# ------------------------------------------------------------------------------------------ the day


@pytest.mark.parametrize("as_of", ["2025-01-12", "2025-02-14", "2025-06-30", "2026-01-12", "2026-11-19"])
def test_an_earlier_day_is_the_registry_as_it_stood_that_day(as_of: str, project: Project) -> None:
    """Cutting off every later event by hand gives the same lists and figures as --as-of."""
    project.with_demonstration()
    verbs = (["due", "--all", "--as-of", as_of], ["stats", "--format", "json", "--as-of", as_of])
    asked = [project.huiyin(*verb).out for verb in verbs]
    for path in sorted((project.registry / "proposals").rglob("*.yaml")):
        head, _, events = path.read_text(encoding="utf-8").partition("\nevents:\n")
        rows = [f"  - id: {row}" for row in events.removeprefix("  - id: ").split("\n  - id: ")]
        known = [row.rstrip("\n") for row in rows if (day := re.search(r"\n    on: (\S+)", row)) and day[1] <= as_of]
        if known:
            path.write_text("\n".join([head, "events:", *known, ""]), encoding="utf-8")
        else:
            path.unlink()
    assert [project.huiyin(*verb).out for verb in verbs] == asked


def test_show_knows_no_later_event(project: Project) -> None:
    said = project.with_base().huiyin("show", "2026-m4t7k", "--as-of", "2026-04-23")
    assert "2026-03-20  e6" in said.out
    assert "e7" not in said.out
    assert "c1" not in said.out
    assert "状态：办理中" in said.out


def test_show_knows_no_number_before_it_was_given(project: Project) -> None:
    said = project.with_base().huiyin("show", "2026-m4t7k", "--as-of", "2026-01-21")
    assert "0001" not in said.out


def test_an_item_that_was_not_there_yet_is_not_found(project: Project) -> None:
    assert project.with_base().huiyin("show", "2026-m4t7k", "--as-of", "2026-01-19").code == 2


def test_without_a_pinned_day_it_is_today_in_the_registrys_time_zone(project: Project) -> None:
    settings = project.with_base().registry / "registry.yaml"
    text = settings.read_text(encoding="utf-8").replace("as_of: 2026-06-30\n", "")
    settings.write_text(text, encoding="utf-8")
    assert re.match(r"截至 20\d\d-\d\d-\d\d\n", project.huiyin("stats").out)
    settings.write_text(text.replace("Asia/Shanghai", "Asia/Shangai"), encoding="utf-8")
    said = project.huiyin("stats")
    assert said.code == 2
    assert "没有时区 Asia/Shangai" in said.err
    assert "Asia/Shangai" in project.huiyin("check", "--as-of", "2026-06-30").out


# ------------------------------------------------------------------------------------------ the demonstration


def test_the_demonstration_registry_has_no_error(project: Project) -> None:
    assert project.with_demonstration().huiyin("check").code == 0


def test_the_demonstration_shows_what_it_is_there_to_show(project: Project) -> None:
    project.with_demonstration()
    due = project.huiyin("due", "--all").out
    assert re.search(r"▲ 逾期 \d+ 天 .*2026-n9e3s", due)
    assert re.search(r"◔ 临近期限 · 还有 \d+ 天 .*2026-k7f2q", due)
    assert re.search(r"2027-02-09 至 2027-02-15（暂定） .*2026-b4z8p", due)
    shown = project.huiyin("show", "2026-b4z8p").out
    assert "2027年的放假安排尚未公布" in shown
    closed = project.huiyin("show", "2025-m2c6j").out
    assert "状态：已办结" in closed
    assert "承诺 c1  ●" in closed


def test_every_item_of_the_demonstration_can_be_shown_in_both_languages(project: Project) -> None:
    project.with_demonstration()
    for path in sorted((ROOT / "registry" / "proposals").rglob("*.yaml")):
        for lang in ("zh", "en"):
            said = project.huiyin("show", path.stem, "--lang", lang)
            assert (said.code, said.err) == (0, "")
            assert path.stem in said.out


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_stats_prints_every_figure_with_its_counts_and_definition(lang: str, project: Project) -> None:
    project.with_demonstration()
    lines = project.huiyin("stats", "--lang", lang).out.splitlines()
    rows = json.loads(project.huiyin("stats", "--format", "json").out)["figures"]
    assert len(lines) == 1 + 2 * len(rows)
    for row, said, definition in zip(rows, lines[1::2], lines[2::2], strict=True):
        assert said.startswith(row["title"][lang])
        counts = f"{row['numerator']}" if row["denominator"] is None else f"{row['numerator']}/{row['denominator']}"
        assert re.search(rf"\s{counts}(\s|$)", said)
        assert (row["rate"] is None) == ("%" not in said)
        assert definition == f"    {row['definition'][lang]}"


def test_figures_are_internally_consistent(project: Project) -> None:
    rows = json.loads(project.with_demonstration().huiyin("stats", "--format", "json").out)["figures"]
    files = len(list((ROOT / "registry" / "proposals").rglob("*.yaml")))
    made_by_offices = 2  # one part of a split item, and one item that another became
    assert next(row["numerator"] for row in rows if row["id"] == "submitted") == files - made_by_offices
    for row in rows:
        assert row["numerator"] >= 0
        if row["denominator"] is None:
            assert row["rate"] is None
        else:
            assert row["numerator"] <= row["denominator"]
            assert (row["rate"] is None) == (row["denominator"] < 5 or row["id"].startswith("time_"))


def test_stats_groups_the_figures_that_are_asked_for(project: Project) -> None:
    project.with_demonstration()
    said = project.huiyin("stats", "on_time", "submitted", "--by", "agency")
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert [line for line in lines if "按承办单位" in line] == ["提出，按承办单位", "按期答复率，按承办单位"]
    few = next(line for line in lines if line.startswith("  东湾区政府") and "/" in line)
    assert "件数太少" in few
    assert next(line for line in reversed(lines)).startswith("  无承办单位                无")
    found = json.loads(project.huiyin("stats", "--by", "month", "--format", "json").out)
    keys = [group["key"] for group in found["groups"]]
    assert keys == sorted(keys)
    assert sum(group["figures"][0]["numerator"] for group in found["groups"]) == 78


def test_stats_as_csv_has_a_row_a_figure_and_group(project: Project) -> None:
    out = project.with_demonstration().huiyin("stats", "time_reply", "replied", "--by", "level", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
    assert out.startswith("\ufeff")
    assert [(row["key"], row["figure"]) for row in rows[:2]] == [("county", "replied"), ("county", "time_reply")]
    city = next(row for row in rows if (row["key"], row["figure"]) == ("city", "time_reply"))
    assert int(city["median_days"]) < int(city["p90_days"])
    assert city["rate"] == ""


def test_stats_of_one_session_are_those_of_its_group(project: Project) -> None:
    project.with_demonstration()
    one = json.loads(project.huiyin("stats", "--session", "npc-17-5", "--format", "json").out)
    every = json.loads(project.huiyin("stats", "--by", "session", "--format", "json").out)
    group = next(group for group in every["groups"] if group["key"] == "npc-17-5")
    assert one["figures"] == group["figures"]
    assert one["session"] == "npc-17-5"


def test_stats_says_which_figures_and_sessions_there_are(project: Project) -> None:
    project.with_demonstration()
    figure, session = project.huiyin("stats", "on_tim"), project.huiyin("stats", "--session", "npc-17-6")
    assert (figure.code, session.code) == (2, 2)
    assert "是不是想写“on_time”" in figure.err
    assert "已有：cppcc-14-5、" in session.err
    empty = project.huiyin("stats", "--by", "session", "--as-of", "1950-01-01")
    assert (empty.code, empty.err) == (0, "")


# ------------------------------------------------------------------------------------------ as a real program


def run(cwd: Path, *argv: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "huiyin.commands", *argv]
    program = Path(sys.executable).with_name("huiyin")
    if program.exists():
        command = [str(program), *argv]
    clean = {key: value for key, value in os.environ.items() if not key.startswith("HUIYIN_")}
    return subprocess.run(command, cwd=cwd, env={**clean, **environment}, capture_output=True, check=False)


def test_the_installed_program_speaks_utf8_whatever_the_terminal_says(project: Project) -> None:
    project.with_base()
    done = run(project.root, "check", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == "检查了 11 个文件：错误 0 处，提示 0 处\n"


def test_a_reader_who_has_seen_enough_is_no_error(project: Project) -> None:
    project.with_base().write("registry/agencies/a-x.yaml", "id: a-x\n" + "name: x\n" * 30_000)
    command = f"{Path(sys.executable).with_name('huiyin')} check | head -1"
    done = subprocess.run(["sh", "-c", command], cwd=project.root, capture_output=True, check=False)
    assert done.stdout.decode().startswith("错误[")
    assert done.stderr == b""


def test_a_folder_with_nothing_to_check_is_a_mistake_on_the_command_line(project: Project, tmp_path: Path) -> None:
    project.with_base()
    (tmp_path / "empty").mkdir()
    said = project.huiyin("check", "empty")
    assert said.code == 2
    assert "没有可检查的" in said.err


# ------------------------------------------------------------------------------------------ due


def test_due_lists_only_what_is_asked_for(project: Project) -> None:
    project.with_demonstration()

    def clocks(*asked: str) -> list[tuple[str, str, list[str]]]:
        rows = json.loads(project.huiyin("due", "--format", "json", *asked).out)["rows"]
        assert rows == sorted(rows, key=lambda row: (row["due_latest"], row["proposal"], row["clock"]))
        return [(row["state"], row["clock"], row["holders"]) for row in rows]

    every = clocks("--all")
    assert {state for state, _, _ in every} == {"overdue", "near", "running"}
    assert {state for state, _, _ in clocks()} == {"overdue", "near"}
    assert {state for state, _, _ in clocks("--only", "overdue")} == {"overdue"}
    assert clocks("--only", "today")
    assert {clock.split("/")[0] for _, clock, _ in clocks("--only", "unanswered")} >= {"reply", "rehandling"}
    assert {tuple(who) for _, _, who in clocks("--all", "--agency", "市教育局")} == {("市教育局",)}
    assert {tuple(who) for _, _, who in clocks("--office", "o-cppcc")} == {("市政协提案委",)}
    assert {clock.split("/")[0] for _, clock, _ in clocks("--clock", "commitment")} == {"commitment"}
    assert clocks("--proposer", "温绍衡")


def test_newly_overdue_is_what_was_not_overdue_then(project: Project) -> None:
    project.with_demonstration()

    def overdue(*asked: str) -> set[tuple[str, str]]:
        rows = json.loads(project.huiyin("due", "--only", "overdue", "--format", "json", *asked).out)["rows"]
        return {(row["proposal"], row["clock"]) for row in rows}

    since = overdue("--since", "2026-11-10")
    assert since
    assert since == overdue() - overdue("--as-of", "2026-11-10")


def test_a_title_forges_no_line_and_no_formula(project: Project) -> None:
    path = project.with_base().registry / "proposals" / "cppcc-9-2" / "2026-w8p3d.yaml"
    text = path.read_text(encoding="utf-8")
    title = "title: 关于在老旧小区增设老年助餐点的提案"
    for forged in ('"第一行\\n2026-01-01  ▲ 逾期"', '"第一行\\u20282026-01-01  ▲ 逾期"', '"第一行\\r2026-01-01"'):
        path.write_text(text.replace(title, f"title: {forged}"), encoding="utf-8")
        lines = project.huiyin("due", "--all", "--clock", "reply").out.splitlines()
        assert not [line for line in lines if line.startswith("2026-01-01")]
        if "\\n" in forged:
            assert "第一行\\u000a2026-01-01" in lines[0]
    path.write_text(text.replace(title, 'title: "=1+1"'), encoding="utf-8")
    row = project.huiyin("due", "--all", "--clock", "reply", "--format", "csv").out.split("\n")[1]
    assert row.endswith(",'=1+1")
