"""What can be worked out from a released row, by readers who know more and more: brute force against the suppression.

The last of them knows the program as well: of all tables that he can think of he keeps those for which it would have
released exactly what it did.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.signals.protection import Cell, Release, order, protect

AREAS = ("a", "b", "c", "d", "e", "f")
counts = st.integers(0, 14) | st.integers(0, 4)
tables = st.dictionaries(st.sampled_from(AREAS), counts.filter(bool), min_size=1)
least = st.integers(3, 6)


def released(tickets: Mapping[str, int], k: int, ranked: tuple[str, ...] = AREAS) -> Release:
    """A row of an export without a key: people are tickets."""
    cells = {area: Cell(n, n) for area, n in tickets.items()}
    return protect(cells, sum(n for n in tickets.values() if n < k), ranked, k, keyed=False)


def sums(ranges: list[range], total: int) -> Iterator[tuple[int, ...]]:
    """Every way to take one number of each range, so that they add up to the total."""
    if not ranges:
        if total == 0:
            yield ()
        return
    for first in ranges[0]:
        if first <= total:
            yield from ((first, *rest) for rest in sums(ranges[1:], total - first))


@given(tables, least)
def test_no_shown_cell_is_small_and_every_area_is_either_shown_or_hidden(tickets: dict[str, int], k: int) -> None:
    row = released(tickets, k)
    assert all(n >= k for n in row.areas.values())
    assert {area: tickets[area] for area in row.areas} == row.areas
    assert {*row.areas, *row.suppressed} == set(tickets)
    assert not set(row.areas) & set(row.suppressed)
    assert row.total in (None, sum(tickets.values()))
    assert row.total is None or row.total >= k


@given(tables, least)
def test_a_reader_who_knows_which_hidden_cells_are_small_learns_nothing_more_of_them(
    tickets: dict[str, int], k: int
) -> None:
    row = released(tickets, k)
    if row.total is None:
        return  # there is no equation
    rest = row.total - sum(row.areas.values())
    small = [area for area in row.suppressed if tickets[area] < k]
    ranges = [range(1, k) if area in small else range(k, rest + 1) for area in row.suppressed]
    possible = list(sums(ranges, rest))
    for n, area in enumerate(row.suppressed):
        values = {table[n] for table in possible}
        assert values >= set(range(1, k)) if area in small else len(values) > 1, (tickets, area)
    assert not row.suppressed or rest >= k


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(AREAS[:4]), counts.filter(bool), min_size=1), least, st.permutations(AREAS[:4]))
def test_a_reader_who_knows_the_program_cannot_tell_a_small_cell(
    tickets: dict[str, int], k: int, ranked: list[str]
) -> None:
    row = released(tickets, k, tuple(ranked))
    rest = row.total - sum(row.areas.values()) if row.total is not None else None
    most = 3 * k if rest is None else rest
    ranges = [range(1, most + 1)] * len(row.suppressed)
    tables = sums(ranges, rest) if rest is not None else product(*[range(1, k + 3)] * len(row.suppressed))
    kept = [
        table
        for table in tables
        if released({**row.areas, **dict(zip(row.suppressed, table, strict=True))}, k, tuple(ranked)) == row
    ]
    for n, area in enumerate(row.suppressed):
        if tickets[area] < k:
            assert len({table[n] for table in kept}) > 1, (tickets, area, row, kept)


@given(
    st.dictionaries(st.sampled_from(AREAS), st.sets(st.integers(0, 30), min_size=1, max_size=9), min_size=1),
    st.integers(1, 9),
    least,
)
def test_people_count_where_they_are_told_apart_however_many_tickets_they_have(
    people: dict[str, set[int]], times: int, k: int
) -> None:
    cells = {area: Cell(len(who) * times, len(who)) for area, who in people.items()}
    together = len(set().union(*(who for who in people.values() if len(who) < k)))
    row = protect(cells, together, AREAS, k, keyed=True)
    assert all(len(people[area]) >= k for area in row.areas)
    if row.total is not None and row.suppressed:
        assert len(row.suppressed) > 1
        assert len(set().union(*(people[area] for area in row.suppressed))) >= k
    if row.total is not None:
        assert len(set().union(*people.values())) >= k


@pytest.mark.parametrize(
    ("tickets", "shown", "hidden", "total"),
    [
        ({"a": 9, "b": 8}, {"a": 9, "b": 8}, (), 17),
        ({"a": 9, "b": 3, "c": 20}, {"c": 20}, ("a", "b"), 32),
        ({"a": 5, "b": 3, "c": 20}, {}, ("a", "b", "c"), 28),
        ({"a": 3}, {}, ("a",), None),
        ({"a": 30, "b": 1}, {}, ("a", "b"), 31),
        ({"a": 2, "b": 2, "c": 3, "d": 3, "e": 40}, {"e": 40}, ("a", "b", "c", "d"), 50),
        ({"a": 1, "b": 1, "c": 1, "d": 1, "e": 40, "f": 9}, {"f": 9}, ("a", "b", "c", "d", "e"), 53),
    ],
)
def test_rows_as_the_guide_explains_them(
    tickets: dict[str, int], shown: dict[str, int], hidden: tuple[str, ...], total: int | None
) -> None:
    assert released(tickets, 5) == Release(shown, hidden, total)


def test_which_area_is_hidden_for_others_depends_on_the_row_and_never_on_the_counts() -> None:
    firsts = {order(AREAS, "hotline", f"2026-{month:02}", "transport")[0] for month in range(1, 13)}
    assert len(firsts) > 2
    assert order(AREAS, "x") == order(tuple(reversed(AREAS)), "x")
