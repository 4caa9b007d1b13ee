"""Several people at once, with connections of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

from engine.problems import ProblemsError
from runtime.http.errors import Conflict
from tests.support.forms import House

THREADS = 8


def _together(work: Callable[[int], object]) -> list[object]:
    """All begin at the same moment; a refused one returns its exception's class."""
    barrier = Barrier(THREADS)

    def run(number: int) -> object:
        barrier.wait()
        try:
            return work(number)
        except ProblemsError as error:
            return type(error)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


def test_no_automatic_number_is_given_twice(house: House, people) -> None:
    assert house.metadata.forms

    def work(number: int) -> object:
        return [house.create(people.rep, "deal", name=f"{number}/{n}").values["no"] for n in range(5)]

    numbers = [one for some in _together(work) for one in some]

    assert sorted(numbers) == [f"D202603-{n:04}" for n in range(1, 5 * THREADS + 1)]


def test_of_many_equal_values_one_wins(house: House, people) -> None:
    results = _together(lambda number: house.create(people.rep, "customer", name="same").id and "made")

    assert Counter(results) == {"made": 1, Conflict: THREADS - 1}


def test_changes_of_different_fields_are_all_kept(house: House, people) -> None:
    deal = house.create(people.rep, "deal", name="x")
    fields = {
        0: ("amount", 5),
        1: ("hot", True),
        2: ("closed_on", "2026-01-01"),
        3: ("discount", Decimal("0.5")),
        4: ("locked", "y"),
        5: ("external_no", "E"),
        6: ("called_at", "2026-01-01T00:00:00Z"),
        7: ("name", "z"),
    }

    results = _together(lambda n: house.update(people.rep, "deal", deal.id, 1, **dict([fields[n]])).rev)

    shown = house.get(people.rep, "deal", deal.id)
    assert sorted(results) == list(range(2, THREADS + 2))
    assert shown.rev == THREADS + 1
    assert (shown.values["hot"], shown.values["name"], shown.values["external_no"]) == (True, "z", "E")


def test_changes_of_one_field_from_one_revision_let_one_win(house: House, people) -> None:
    deal = house.create(people.rep, "deal", name="x", amount=100)

    results = _together(lambda n: house.update(people.rep, "deal", deal.id, 1, amount=n).rev)

    assert Counter(results) == {2: 1, Conflict: THREADS - 1}
