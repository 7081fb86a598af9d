"""Memory that is used again, and never while anybody still has it."""

from __future__ import annotations

import weakref

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from engine.network.spare import CACHE_LINE, SMALL, Spare, let_go
from engine.training.orders import batches


def place(array: np.ndarray) -> int:
    return int(array.ctypes.data)


def test_what_nobody_has_any_more_is_given_again() -> None:
    spare = Spare()
    first = spare.empty(1_000, np.float64)
    before = place(first)
    first.fill(3.0)
    del first
    again = spare.zeros(1_100, np.float64)
    assert place(again) == before and place(again) % CACHE_LINE == 0
    assert again.shape == (1_100,) and not again.any()


def test_what_is_asked_for_may_be_little_now_and_then() -> None:
    spare = Spare()
    before = place(spare.empty(100_000, np.float64))
    assert place(spare.empty(10, np.float64)) == before
    assert place(spare.empty(100_000, np.float64)) == before


@pytest.mark.parametrize("part", [lambda array: array, lambda array: array[5:].reshape(5, -1)[1:, :2], memoryview])
def test_what_somebody_has_a_part_of_is_given_to_nobody_else(part: object) -> None:
    spare = Spare()
    held = part(spare.zeros(100, np.float64))  # type: ignore[operator]
    other = spare.empty(100, np.float64)
    other.fill(1.0)
    assert not np.asarray(held).any()


def test_as_many_pieces_are_kept_as_take_turns() -> None:
    spare, places = Spare(2), set()
    latest = spare.empty(50, np.int64)
    for _ in range(6):
        latest = spare.empty(50, np.int64)
        places.add(place(latest))
    assert len(places) == 2


@pytest.mark.parametrize(("before", "count"), [(1_000, 100_000), (SMALL, 10)], ids=["too small", "far too large"])
def test_what_does_not_fit_is_let_go_of(before: int, count: int) -> None:
    spare = Spare()
    spare.empty(before, np.float64)
    other = spare.empty(count, np.float64)
    assert other.shape == (count,)
    assert sum(len(piece) for piece in spare._pieces) <= 2 * other.nbytes + CACHE_LINE


def test_shuffles_that_somebody_has_stay_as_they_are_while_a_run_goes_on() -> None:
    had = [batches(250, 10, 4_711, True, step, 2_000) for step in range(0, 20_000, 2_000)]
    orders = [one.order.copy() for one in had]
    for step in range(20_000, 80_000, 2_000):
        batches(250, 10, 4_711, True, step, 2_000)
    for one, order in zip(had, orders, strict=True):
        assert_array_equal(one.order, order)
        assert_array_equal(np.sort(one.order.reshape(-1, 250)), np.tile(np.arange(250), (80, 1)))


def test_nothing_is_kept_once_it_is_let_go_of_but_by_who_has_it() -> None:
    first, second = Spare(), Spare(2)
    held = first.zeros(1_000, np.float64)
    second.empty(1_000, np.int64)
    piece = weakref.ref(second._pieces[0])
    let_go()
    assert piece() is None and not first._pieces
    first.empty(1_000, np.float64).fill(1.0)
    assert not held.any()
