"""Lines of many points for Qt: nothing is lost, and nothing lies outside."""

from __future__ import annotations

import numpy as np
import pytest

from app.kit.charts.polyline import polyline, within
from app.kit.drawing.axes import round_ticks


def test_a_line_has_the_points_that_it_was_given() -> None:
    line = polyline(np.array([0.0, 1.5]), np.array([2.0, -3.25]))
    assert [point.toTuple() for point in line.toList()] == [(0.0, 2.0), (1.5, -3.25)]
    assert polyline(np.zeros(0), np.zeros(0)).isEmpty()


def test_a_line_is_cut_where_it_leaves_and_comes_back() -> None:
    x = np.arange(5.0)
    y = np.array([0.0, 4.0, 0.0, -4.0, 0.0])
    parts = within(x, y, -2.0, 2.0)
    assert [(xs[0], xs[-1]) for xs, _ in parts] == [(0.0, 0.5), (1.5, 2.5), (3.5, 4.0)]
    for xs, ys in parts:
        assert (np.abs(ys) <= 2.0).all()
        np.testing.assert_allclose(ys, np.interp(xs, x, y))


def test_what_lies_within_stays_as_it_is_and_what_lies_without_is_gone() -> None:
    x = np.linspace(0.0, 1.0, 7)
    ((xs, ys),) = within(x, np.sin(x), -2.0, 2.0)
    np.testing.assert_array_equal(xs, x)
    np.testing.assert_array_equal(ys, np.sin(x))
    assert within(x, x + 9.0, -2.0, 2.0) == []


def test_ticks_are_round_and_as_far_apart_as_is_wished() -> None:
    for low, high, pixels in ((-6.0, 6.0, 600.0), (-0.03, 1.27, 200.0), (2.001, 2.004, 500.0), (-1e3, 1e3, 80.0)):
        places = [place for place, _ in round_ticks(low, high, pixels, 34.0)]
        assert all(low <= place <= high for place in places)
        steps = np.diff(places)
        assert (steps * pixels / (high - low) >= 34.0 * 0.99).all()
    assert round_ticks(0.0, 0.0, 100.0, 10.0) == []


@pytest.mark.parametrize(("low", "high"), [(9.99e19, 1.001e20), (12345.0, 12349.0), (-1e6 - 1.0, -1e6), (0.0, 10000.0)])
def test_ticks_at_two_heights_read_unlike(low: float, high: float) -> None:
    texts = [text for _, text in round_ticks(low, high, 300.0, 34.0)]
    assert len(texts) > 2 and len(set(texts)) == len(texts)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("huge", [1.7e308, np.inf])
def test_what_is_nearly_too_large_for_a_number_is_cut_as_well(huge: float) -> None:
    found = within(np.arange(4.0), np.array([-huge, 0.5, huge, 0.5]), 0.0, 1.0)
    assert [list(zip(*map(np.ndarray.tolist, part), strict=True)) for part in found] == [
        [(1.0, 0.0), (1.0, 0.5), (1.0, 1.0)],
        [(3.0, 1.0), (3.0, 0.5)],
    ]


def test_ticks_of_a_tiny_range_are_apart() -> None:
    assert [place for place, _ in round_ticks(0.0, 1e-14, 100.0, 40.0)] == [0.0, 5e-15, 1e-14]
