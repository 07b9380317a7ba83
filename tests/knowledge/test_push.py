"""What members are told to look into, against a second count from the files."""

from __future__ import annotations

from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from huiyin.cases import cases
from huiyin.findings import Source, Text
from huiyin.knowledge.push import MORE, TOP, Reason, ground, rising, said, suggestions, trends
from huiyin.load import Law, load_registry
from huiyin.model import Registry, SignalRow, Signals
from huiyin.signals.series import over
from tests.knowledge.written import cells, files
from tests.project import ROOT

DAY = date(2026, 11, 20)
AREAS = ("dongwan", "nanpu", "xiling", None)
NOW = ("2026-08", "2026-09", "2026-10")
BEFORE = ("2025-08", "2025-09", "2025-10")


@pytest.fixture(scope="module")
def registry(law: Law) -> Registry:
    found = load_registry(ROOT / "registry", law, ROOT).registry
    assert found
    return found


def counted() -> dict[tuple[str, str | None], tuple[int, int | None, set[str]]]:
    """By category and area what is told: the sum, that of a year before, and why. A plain second count."""
    known = cells()
    kinds = sorted({category for _, category, _ in known})

    def total(months: tuple[str, ...], kind: str, area: str | None) -> int | None:
        numbers = [known.get((month, kind, area), 0) for month in months]
        return None if None in numbers else sum(number or 0 for number in numbers)

    found = {}
    for area in AREAS:
        sums = {kind: n for kind in kinds if (n := total(NOW, kind, area))}
        most = sorted(sums, key=lambda kind: (-sums[kind], kind))[:2]
        for kind, n in sums.items():
            before = total(BEFORE, kind, area)
            why = {"many"} if kind in most else set()
            if before is not None and n >= before * 1.2 and n - before >= 10:
                why.add("rising")
            if why:
                found[kind, area] = (n, before, why)
    return found


def test_every_trend_is_what_a_second_count_gives(registry: Registry) -> None:
    found = {
        (one.category, one.area): (one.now, one.before, set(one.reasons))
        for one in trends(over(registry.signals.values(), DAY))
    }
    assert found == counted()
    assert found["transport", "xiling"] == (65, 38, {"rising", "many"})


def asked(category: str) -> list[str]:
    """The proposals of a category that were there on the day, the newest first, from the files."""
    found = []
    for path in (ROOT / "registry" / "proposals").rglob("*.yaml"):
        data = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 (texts only)
        days = [event["on"] for event in data["events"] if "on" in event]
        if data["category"] == category and days[0] <= DAY.isoformat():
            found.append((days[0], data["id"]))
    return [name for _, name in sorted(found, reverse=True)]


def test_members_are_told_of_their_area_or_of_what_they_proposed(registry: Registry) -> None:
    known = ground(over(registry.signals.values(), DAY), cases(registry, DAY).values())
    names = {"东湾区": "dongwan", "南浦区": "nanpu", "西岭区": "xiling"}
    second, told = counted(), 0
    for identifier, data in files("members").items():
        area = next((code for name, code in names.items() if data.get("area", "").startswith(name)), None)
        field = {
            case.proposal.category for case in cases(registry, DAY).values() if identifier in case.proposal.proposers
        }
        wanted = {key for key in second if key[1] == area and area}
        wanted |= {
            (kind, None) for kind, where in second if where is None and kind in field and (kind, area) not in wanted
        }
        found = suggestions(registry.members[identifier], known)
        assert {(one.trend.category, one.trend.area) for one in found} == wanted
        for one in found:
            same = asked(one.trend.category)
            assert one.earlier_total == len(same)
            assert one.earlier == tuple(same[:5])
        told += len(found)
    assert told > 20


def test_the_sentence_says_months_numbers_and_the_year_before(registry: Registry) -> None:
    known = {(one.category, one.area): one for one in trends(over(registry.signals.values(), DAY))}
    one = known["transport", "xiling"]
    assert said(one).zh == "望澜市 12345 热线（虚构），西岭区，2026-08 至 2026-10：65 件；上年同月 38 件。"
    assert "65 tickets; 38 in the same months a year before" in said(one).en


def test_a_day_knows_no_later_month(registry: Registry) -> None:
    (month,) = {one.months[-1] for one in trends(over(registry.signals.values(), date(2026, 9, 30)))}
    assert month == "2026-08"
    assert trends(over(registry.signals.values(), date(2024, 6, 30))) == ()


@pytest.mark.parametrize(
    ("now", "before", "told"), [(60, 50, True), (59, 50, False), (12, 3, False), (13, 3, True), (99, None, False)]
)
def test_a_rise_is_a_fifth_more_and_ten_more(now: int, before: int | None, told: bool) -> None:
    assert rising(now, before) is told
    assert (MORE, TOP) == (10, 2)


number = st.integers(5, 90)


def _month(month: str, counts: dict[str, int], hidden: list[str], total: int | None) -> Signals:
    areas = {"dongwan": Text("东湾区", "Dongwan"), "xiling": Text("西岭区", "Xiling")}
    row = SignalRow("water", tuple(counts.items()), tuple(hidden), total)
    return Signals(
        f"hotline-{month}", "hotline", Text("热线", ""), "hotline", month, "tickets", 5, areas, Source("x", ""), (row,)
    )


@given(st.lists(st.tuples(number, number, st.booleans()), min_size=3, max_size=15))
def test_what_is_hidden_in_one_month_enters_no_sum(rows: list[tuple[int, int, bool]]) -> None:
    released = []
    for n, (one, other, hide) in enumerate(rows):
        month = f"{2025 + n // 12}-{n % 12 + 1:02}"
        counts = {} if hide else {"dongwan": one, "xiling": other}
        released.append(_month(month, counts, ["dongwan", "xiling"] if hide else [], None if hide else one + other))
    found = trends(released)
    last = rows[-3:]
    if any(hide for _, _, hide in last):
        assert found == ()
        return
    assert {(one.area, one.now) for one in found} == {
        (None, sum(a + b for a, b, _ in last)),
        ("dongwan", sum(a for a, _, _ in last)),
        ("xiling", sum(b for _, b, _ in last)),
    }
    year = rows[-15:-12] if len(rows) >= 15 else []
    for trend in found:
        assert (trend.before is None) == (not year or any(hide for _, _, hide in year))
        assert (Reason.RISING in trend.reasons) == rising(trend.now, trend.before)
