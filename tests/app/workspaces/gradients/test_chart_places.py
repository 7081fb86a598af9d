"""Where the bars of a chart stand: worked out for all layers at once, each as by itself."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from app.workspaces.gradients.places import Places
from app.workspaces.gradients.shown import DELTA, NumberRow, Shown


def _places(depth: int, width: float) -> Places:
    values = np.logspace(-12, 2, depth)
    row = NumberRow("measured", "‖δ‖", "", values, main=True)
    return Places(Shown(DELTA, values, None, (row,), 0), width, 300.0, (-9, 1))


@pytest.mark.parametrize("depth", [1, 2, 10, 50])
def test_bars_stand_where_each_would_by_itself(depth: int) -> None:
    places = _places(depth, 600.0)
    values = np.array([5e-324, 1e-9, 3.0e-4, 1.0, 10.0, 1e300, np.inf])
    assert places.ys_of(values) == pytest.approx([places.y_of(value) for value in values.tolist()], abs=1e-9)


@pytest.mark.parametrize("width", [260.0, 400.0, 700.0, 1400.0])
@pytest.mark.parametrize("depth", [1, 2, 3, 10, 50])
def test_no_two_numbers_that_are_written_overlap(depth: int, width: float) -> None:
    places = _places(depth, width)
    boxes = [places.number_box(0, layer) for layer in places.written]
    assert places.written == sorted(set(places.written)) and places.written[0] == 1 and places.written[-1] == depth
    if depth > 2:
        assert all(one.right() <= other.left() + 1e-9 for one, other in pairwise(boxes))
