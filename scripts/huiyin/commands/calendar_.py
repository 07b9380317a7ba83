"""`huiyin calendar`: our holidays held against two libraries, and the intervals against what notices then said."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from huiyin.commands.context import UsageError, language, places
from huiyin.days import ONE, Calendar
from huiyin.days.backtest import backtest, can_be_hidden
from huiyin.findings import Text
from huiyin.load import load_law

SUMMARY = "核对放假日历 / compare the holiday calendar"
Works = Callable[[date], bool]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument(
        "what",
        choices=("compare", "backtest"),
        help="compare 与另外两个程序库逐日比较；backtest 逐年隐去放假安排，看推算的区间是否包含后来的到期日 / "
        "compare each day with two libraries; backtest: hide each year and see whether its interval held",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print every difference, or every miss."""
    root, _ = places(arguments)
    calendar = load_law(root / "schema", Path.cwd()).calendar
    lines = _compared(calendar) if arguments.what == "compare" else _tested(calendar)
    for line in lines:
        print(line.say(language(arguments)))
    return 0


def _compared(calendar: Calendar) -> Iterator[Text]:
    years = [year for year in calendar.years if calendar.published(year)]
    days = [day for year in years for day in _days(year)]
    settled = [day for day in days if calendar.works_early(day) == calendar.works_late(day)]
    for name, works in (("chinesecalendar", _chinesecalendar()), ("holidays", _holidays(years))):
        different = [day for day in settled if works(day) != calendar.works_late(day)]
        yield Text(
            f"{name}：{years[0]}年至{years[-1]}年共{len(settled)}天，不同的{len(different)}天",
            f"{name}: {len(settled)} days of {years[0]} to {years[-1]}, {len(different)} differ",
        )
        for day in different:
            ours, theirs = (_word(calendar.works_late(day)), _word(works(day)))
            yield Text(
                f"  {day}  本日历：{ours.zh}，{name}：{theirs.zh}",
                f"  {day}  here: {ours.en}, {name}: {theirs.en}",
            )
    for day in sorted(set(days) - set(settled)):
        yield Text(
            f"  {day}  待{day.year + 1}年通知公布后确定，未比较",
            f"  {day}  is settled by the notice for {day.year + 1}, not compared",
        )


def _word(works: bool) -> Text:
    return Text("上班", "worked") if works else Text("休息", "off")


def _days(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += ONE


def _chinesecalendar() -> Works:
    try:
        import chinese_calendar
    except ImportError:
        raise _not_there("chinesecalendar") from None
    return lambda day: bool(chinese_calendar.is_workday(day))


def _holidays(years: list[int]) -> Works:
    try:
        import holidays
    except ImportError:
        raise _not_there("holidays") from None
    china = holidays.country_holidays("CN", years=years)
    return lambda day: bool(china.is_working_day(day))


def _not_there(name: str) -> UsageError:
    return UsageError(
        f"没有安装 {name}，它只在开发时使用。请运行 make setup",
        f"{name} is not installed; it is for development only. Run make setup",
    )


def _tested(calendar: Calendar) -> Iterator[Text]:
    cases = missed = 0
    for year in backtest(calendar, can_be_hidden(calendar)):
        cases, missed = cases + year.cases, missed + len(year.misses)
        yield Text(
            f"{year.year}年：到期日{year.cases}个，在区间内{year.share:.2%}，"
            f"只有一天的{year.single / year.cases:.0%}，最宽{year.widest}天",
            f"{year.year}: {year.cases} due days, {year.share:.2%} inside, {year.single / year.cases:.0%} a single "
            f"day, at most {year.widest} days wide",
        )
        for miss in year.misses:
            unit = {"month": Text("个月", "months"), "day": Text("日", "days"), "workday": Text("个工作日", "workdays")}
            yield Text(
                f"  {miss.start}起{miss.value}{unit[miss.unit].zh}：推算{miss.earliest}至{miss.latest}，"
                f"实为{miss.true}",
                f"  {miss.value} {unit[miss.unit].en} from {miss.start}: {miss.earliest} to {miss.latest}, "
                f"it was {miss.true}",
            )
    yield Text(
        f"合计{cases}个，在区间内{1 - missed / cases:.3%}，不在的{missed}个",
        f"{cases} in all, {1 - missed / cases:.3%} inside, {missed} missed",
    )
