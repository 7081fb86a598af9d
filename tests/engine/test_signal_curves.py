"""The error signal of every layer over the last hidden one's, as a curve."""

from __future__ import annotations

import numpy as np

from engine.formats.progress import Curve
from engine.training.signal import ratio_curves


def curve(epochs: list[float], means: list[float], count: int = 1) -> Curve:
    mean = np.array(means)
    counts = np.where(np.isnan(mean), 0, count)
    return Curve(np.arange(len(means)), np.array(epochs), counts, mean, mean, mean)


def test_a_point_is_over_the_epoch_that_ends_there() -> None:
    epochs = [0.0, 0.5, 1.0, 1.5, 2.0]
    norms = [3.0, 4.0, 1.0, 1.0, 2.0]
    found = ratio_curves({"a": curve(epochs, norms), "b": curve(epochs, [2.0] * 5)}, "b", {}, (5, 2.5))
    squares = np.square(norms)
    by_hand = [
        np.sqrt(part.mean()) / 2.0 for part in (squares[:1], squares[:2], *(squares[i - 1 : i + 1] for i in (2, 3, 4)))
    ]
    np.testing.assert_allclose(found["a"].mean[:5], by_hand, rtol=1e-12)
    assert found["b"].mean[:5].tolist() == [1.0] * 5 and found["b"].count.tolist() == [1] * 5 + [0]


def test_it_ends_in_the_verdicts_number() -> None:
    epochs = [0.0, 3.0]
    found = ratio_curves({"a": curve(epochs, [1.0, 2.0]), "b": curve(epochs, [1.0, 1.0])}, "b", {"a": 2.5}, (2, 4.0))
    assert found["a"].mean[[0, 2]].tolist() == [1.0, 2.5] and found["a"].epochs.tolist() == [0.0, 3.0, 4.0]
    assert found["a"].steps[-1] == 2


def test_sizes_without_squares_and_gaps_are_no_trouble() -> None:
    epochs = [0.0, 2.0, 4.0, 6.0]
    tiny = curve(epochs, [1e-200, np.nan, 1e-210, 0.0])
    base = curve(epochs, [1e-200, np.nan, 1e-200, 0.0])
    found = ratio_curves({"a": tiny, "b": base}, "b", {}, (4, 8.0))["a"]
    np.testing.assert_allclose(found.mean[[0, 2, 3]], [1.0, 1e-10, 0.0], rtol=1e-9)
    assert found.count.tolist() == [1, 0, 1, 1, 0] and np.isnan(found.mean[[1, 4]]).all()


def test_where_no_layer_gets_a_signal_the_curves_are_0() -> None:
    epochs = [0.0, 1.0, 2.0]
    silent, late = curve(epochs, [0.0] * 3), curve(epochs, [0.0, 0.0, 2.0])
    found = ratio_curves({"a": silent, "b": silent}, "b", {"a": 0.0, "b": 0.0}, (3, 3.0))
    assert [ratio.mean.tolist() for ratio in found.values()] == [[0.0] * 4] * 2
    assert [ratio.count.tolist() for ratio in found.values()] == [[1] * 4] * 2
    found = ratio_curves({"a": late, "b": silent}, "b", {}, (3, 3.0))
    assert found["a"].count.tolist() == [1, 1, 0, 0]  # nothing to measure it by


def test_before_the_first_step_it_is_the_verdicts_number_alone() -> None:
    empty = curve([], [])
    found = ratio_curves({"a": empty, "b": empty}, "b", {"a": 2.0}, (0, 0.0))["a"]
    assert found.mean.tolist() == [2.0] and found.epochs.tolist() == [0.0]


def test_what_the_first_step_met_stays_at_the_start() -> None:
    """After one step the verdict's number is of the weights after it, not of epoch 0."""
    first = {"a": curve([0.0], [3.0]), "b": curve([0.0], [1.0])}
    found = ratio_curves(first, "b", {"a": 1e43}, (1, 1.0))["a"]
    assert found.mean.tolist() == [3.0, 1e43] and found.epochs.tolist() == [0.0, 1.0]
