"""What pages show of signals: only what was released, hidden months marked, gaps told from zeros."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from huiyin.findings import Source, Text
from huiyin.load import Law, load_registry
from huiyin.model import SignalRow, Signals
from huiyin.signals.series import STATES, Point, Promise, State, calendar_months, categories, series
from tests.project import ROOT

AREAS = {"dongwan": Text("东湾区", "Dongwan"), "nanpu": Text("南浦区", "Nanpu"), "xiling": Text("西岭区", "Xiling")}


def month(name: str, *rows: SignalRow, feed: str = "hotline", unit: str = "complainants", why: str = "") -> Signals:
    title = Text("热线", "Hotline")
    return Signals(
        f"{feed}-{name}", feed, title, "hotline", name, unit, 5, AREAS, Source("x", ""), rows, why or None
    )  # fmt: skip


def test_a_series_runs_over_all_months_and_says_of_each_what_can_be_said() -> None:
    released = [
        month("2026-04", why="重复导出"),
        month("2026-02", SignalRow("water", (("dongwan", 30),), ("nanpu", "xiling"), 50)),
        month("2026-01", SignalRow("water", (), ("dongwan",), None)),
        month("2026-05", SignalRow("transport", (("nanpu", 9),), (), 9)),
    ]
    everywhere, dongwan, nanpu, xiling = series(released, "water")
    assert everywhere.area is None
    assert [point.month for point in xiling.points] == ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05"]
    assert everywhere.points == (
        Point("2026-01", State.SUPPRESSED),
        Point("2026-02", State.COUNTED, 50),
        Point("2026-03", State.ABSENT),
        Point("2026-04", State.WITHDRAWN),
        Point("2026-05", State.COUNTED, 0),
    )
    assert [point.tickets for point in dongwan.points] == [None, 30, None, None, 0]
    assert [point.state for point in nanpu.points[:2]] == [State.COUNTED, State.SUPPRESSED]
    assert nanpu.area_title == Text("南浦区", "Nanpu")
    assert set(STATES) == set(State)


def test_channels_stand_apart_and_say_how_many_stand_behind_a_number() -> None:
    row = SignalRow("water", (("dongwan", 30),), (), 30)
    found = series([month("2026-02", row, feed="street", unit="tickets"), month("2026-01", row)], "water")
    assert [(one.feed, one.area) for one in found[::4]] == [("hotline", None), ("street", None)]
    assert found[0].promises == (Promise(5, "complainants"),)
    assert "5 个不同的来电人" in found[0].promises[0].words.zh
    assert "分不清是几个人" in found[4].promises[0].words.zh


def test_an_area_that_a_month_does_not_list_has_no_data_there() -> None:
    later = month("2026-02", SignalRow("water", (("dongwan", 30),), (), 30))
    early = Signals("hotline-2026-01", "hotline", later.title, "hotline", "2026-01", "tickets", 5,
                    {"dongwan": AREAS["dongwan"]}, later.source, later.rows)  # fmt: skip
    found = {one.area: one for one in series([early, later], "water")}
    assert [point.state for point in found["nanpu"].points] == [State.ABSENT, State.COUNTED]
    assert found["nanpu"].promises == (Promise(5, "tickets"), Promise(5, "complainants"))


def test_months_run_over_the_turn_of_a_year() -> None:
    assert calendar_months("2025-11", "2026-02") == ["2025-11", "2025-12", "2026-01", "2026-02"]


numbers = st.dictionaries(st.sampled_from(sorted(AREAS)), st.integers(5, 99))


@given(numbers, st.sets(st.sampled_from(sorted(AREAS))), st.none() | st.integers(5, 400))
def test_every_number_of_a_page_stands_in_a_released_file(
    counts: dict[str, int], hidden: set[str], total: int | None
) -> None:
    shown = {area: n for area, n in counts.items() if area not in hidden}
    row = SignalRow("water", tuple(shown.items()), tuple(sorted(hidden)), total)
    for one in series([month("2026-01", row)], "water"):
        (point,) = one.points
        if one.area is None:
            assert point.tickets == total
        elif one.area in hidden:
            assert point == Point("2026-01", State.SUPPRESSED)
        else:
            assert point.tickets == shown.get(one.area, 0)


def test_the_demonstration_has_series_to_show(law: Law) -> None:
    registry = load_registry(ROOT / "registry", law, ROOT).registry
    assert registry
    released = registry.signals.values()
    assert "transport" in categories(released)
    everywhere, *areas = series(released, "transport")
    assert len(everywhere.points) == 31
    assert {one.area for one in areas} == set(AREAS)
    states = {point.state for kind in categories(released) for one in series(released, kind) for point in one.points}
    assert {State.COUNTED, State.SUPPRESSED} <= states
