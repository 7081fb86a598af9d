"""Scales from values to pixels and back, and their ticks."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from app.kit.drawing.axes import LINEAR, LOG, SYMLOG, Axes, AxisScale, axis_marks, range_of
from app.kit.drawing.columns import Lines
from app.kit.drawing.marks import Text

SCALES = [
    AxisScale(-2.0, 6.0, 40.0, 240.0),
    AxisScale(0.01, 1000.0, 40.0, 240.0, LOG),
    AxisScale(-1000.0, 1000.0, 240.0, 40.0, SYMLOG, floor=0.1),
]


@pytest.mark.parametrize("scale", SCALES)
def test_a_pixel_is_taken_back_to_its_value(scale: AxisScale) -> None:
    values = np.geomspace(0.02, 5.9, 40).tolist()
    assert scale.places(values) == pytest.approx([scale.place(value) for value in values])
    assert [scale.value(pixel) for pixel in scale.places(values)] == pytest.approx(values)


@pytest.mark.parametrize("scale", SCALES)
def test_what_lies_beyond_stands_at_the_ends(scale: AxisScale) -> None:
    assert scale.place(scale.low) == scale.start and scale.place(scale.high) == scale.end
    assert scale.place(-1e9) == scale.start and scale.place(1e9) == scale.end


def test_zero_has_a_place_on_every_axis() -> None:
    assert AxisScale(0.01, 10.0, 0.0, 100.0, LOG).place(0.0) == 0.0
    assert AxisScale(-10.0, 10.0, 0.0, 100.0, SYMLOG, floor=0.1).place(0.0) == 50.0
    assert AxisScale(3.0, 3.0, 0.0, 100.0).place(3.0) == 50.0


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("apart", [20.0, 34.0, 60.0])
def test_ticks_are_round_inside_and_apart(scale: AxisScale, apart: float) -> None:
    ticks = scale.ticks(apart)
    places = sorted(scale.place(value) for value, _ in ticks)
    assert len(ticks) >= 3 and all(scale.low <= value <= scale.high for value, _ in ticks)
    assert all(right - left >= apart * 0.95 for left, right in pairwise(places))


def test_texts_of_ticks_are_written_as_everywhere() -> None:
    assert [text for _, text in AxisScale(1.0, 10000.0, 0.0, 400.0, LOG).ticks()][-1] == "10,000"
    assert ("−100" in [text for _, text in SCALES[2].ticks()]) and ("0" in [text for _, text in SCALES[2].ticks()])


def test_a_range_holds_all_finite_values_with_air() -> None:
    low, high = range_of([1.0, float("nan"), 100.0, float("inf")], LOG)
    assert low < 1.0 < 100.0 < high < 200.0
    low, high = range_of([1.0, 3.0])
    assert low < 1.0 < 3.0 < high
    assert range_of([], LOG) == (1.0, 1000.0) and range_of([]) == (0.0, 1.0)
    assert range_of([0.0, 0.0]) == (-0.5, 0.5) and math.isnan(SCALES[0].place(math.nan))
    low, high = range_of([5.0])
    assert low < 5.0 < high


def test_axes_are_a_grid_with_numbers_and_titles(qapp: object) -> None:
    axes = Axes(AxisScale(0.0, 10.0, 40.0, 240.0), AxisScale(0.0, 1.0, 100.0, 10.0))
    marks = axis_marks(axes, [(5.0, "5")], [(0.5, "0.5")], ("epoch", "loss"))
    (grid,) = [mark for mark in marks if isinstance(mark, Lines)]
    assert grid.ends == ((140.0, 10.0, 140.0, 100.0), (40.0, 55.0, 240.0, 55.0))
    assert [mark.text for mark in marks if isinstance(mark, Text)] == ["5", "0.5", "epoch", "loss"]
    assert axes.box == (40.0, 10.0, 200.0, 90.0) and axes.at(5.0, 0.5) == (140.0, 55.0)
    assert axes.points([0.0, 10.0], [0.0, 1.0]) == ((40.0, 100.0), (240.0, 10.0))
    assert AxisScale(0.0, 1.0, 0.0, 10.0, LINEAR).kind == LINEAR


@pytest.mark.parametrize("high", [0.63, 0.66, 0.79])
def test_an_axis_has_two_numbers_at_least(high: float) -> None:
    """Beside “0.6” alone nobody can tell how far apart two losses are."""
    assert len(AxisScale(0.57, high, 0.0, 150.0).ticks(48.0)) > 1
