"""Decimating rings and thinned curves: a bucket shows the mean and the range of what fell into it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.formats.progress import Curve
from engine.network.kernels import condensing as _kernels  # noqa: F401  loaded, so that they can be chosen
from engine.training import condensing
from engine.training.ring import DecimatingRing, nothing
from engine.training.thinning import by_steps, thinned

CHUNKS = st.lists(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=40), min_size=1, max_size=12)


def filled(chunks: list[list[float]], buckets: int, head: int, stride: int = 1) -> tuple[DecimatingRing, np.ndarray]:
    ring, step = DecimatingRing(1, buckets, head), 0
    for chunk in chunks:
        steps = np.arange(step, step + stride * len(chunk), stride)
        ring.append(steps, steps / 10.0, np.array(chunk)[None])
        step += stride * len(chunk)
    return ring, np.array([value for chunk in chunks for value in chunk])


@given(CHUNKS, st.integers(3, 10), st.integers(1, 7))
def test_every_bucket_has_the_mean_and_the_range_of_its_values(
    chunks: list[list[float]], spare: int, stride: int
) -> None:
    ring, values = filled(chunks, 4 + spare, 4, stride)
    curve = ring.curves([0], latest=True)[0]
    size = len(curve.steps)
    doubled = curve.count.sum() - len(values)  # the latest value stands at the end once more
    assert doubled in (0, 1)
    buckets = size - doubled
    assert buckets <= 4 + spare
    borders = [*(curve.steps[:buckets] // stride).tolist(), len(values)]
    assert borders[: min(5, buckets)] == list(range(min(5, buckets)))  # the head is kept one by one
    for at in range(buckets):
        inside = values[borders[at] : borders[at + 1]]
        assert (curve.count[at], curve.low[at], curve.high[at]) == (len(inside), inside.min(), inside.max())
        assert curve.mean[at] == pytest.approx(inside.mean(), abs=1e-9)
    assert (curve.mean[-1], curve.steps[-1]) == (values[-1], stride * (len(values) - 1)) or doubled == 0
    assert curve.mean[-1] == pytest.approx(values[-1], abs=1e-9)


@pytest.mark.parametrize("compiled", [True, False])
@given(lengths=st.lists(st.integers(1, 200), min_size=1, max_size=12), gaps=st.booleans(), seed=st.integers(0, 99))
def test_a_run_of_steps_fills_a_ring_as_values_of_any_steps_do(
    compiled: bool, lengths: list[int], gaps: bool, seed: int
) -> None:
    random, step = np.random.default_rng(seed), 0
    whole, alike = DecimatingRing(4, 24, 8), DecimatingRing(4, 24, 8)
    rows = np.array([3, 0, 2])
    for length in lengths:
        values = random.normal(size=(length, 3))
        if gaps:
            values[random.uniform(size=values.shape) < 0.3] = np.nan
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(condensing, "_COMPILED", "engine.network.kernels.condensing" if compiled else "nowhere")
            whole.append_run(step, step / 10, 10, (values[:, :2], values[:, 2:]), rows)
        steps = np.arange(step, step + length)
        alike.append(steps, steps / 10, values.T, rows)
        step += length
    for found, wanted in zip(whole.curves(range(4)), alike.curves(range(4)), strict=True):
        for name in ("steps", "count", "low", "high"):
            np.testing.assert_array_equal(getattr(found, name), getattr(wanted, name), err_msg=name)
        np.testing.assert_allclose(found.mean, wanted.mean, atol=1e-12)
        np.testing.assert_allclose(found.epochs, wanted.epochs, atol=1e-12)


def test_what_is_measured_seldom_is_kept_one_by_one() -> None:
    ring = DecimatingRing(1, 64, 8)
    for step in range(0, 50_000, 1000):
        ring.append(np.array([step]), np.array([step / 10]), np.array([[float(step)]]))
    curve = ring.curves([0])[0]
    assert curve.steps.tolist() == curve.mean.tolist() == list(range(0, 50_000, 1000))


def test_values_of_two_parts_share_no_bucket() -> None:
    ring = DecimatingRing(1, 64, 8)
    ring.append(np.arange(40), np.arange(40.0), np.full((1, 40), 1.0))
    ring.part()
    ring.append(np.arange(39, 3000), np.arange(39.0, 3000.0), np.full((1, 2961), 5.0))
    curve = ring.curves([0])[0]
    assert set(curve.mean.tolist()) == {1.0, 5.0}


def test_parts_without_end_are_merged_all_the_same() -> None:
    ring = DecimatingRing(1, 64, 8)
    for step in range(3000):
        ring.append(np.array([step]), np.array([1.0]), np.array([[float(step)]]))
        ring.part()
    curve = ring.curves([0])[0]
    assert len(curve.steps) <= 65
    assert curve.count.sum() == pytest.approx(3000, abs=1)


def test_a_row_that_comes_later_begins_there_and_an_infinite_value_stays_one() -> None:
    ring = DecimatingRing(1, 64, 8)
    ring.append(np.arange(300), np.arange(300.0), np.ones((1, 300)))
    ring.add_rows(1)
    both = np.array([[1.0, 1.0], [0.0, np.inf]])  # of every row
    ring.append(np.arange(300, 302), np.array([300.0, 301.0]), both)
    old, new = ring.curves([0, 1], latest=True)
    assert np.isnan(new.mean[new.steps < 256]).all() and new.count.sum() >= 2
    assert np.isinf(new.mean[-1]) and new.low[np.flatnonzero(new.count)[0]] == 0.0
    assert np.isfinite(old.mean).all()
    ring.append(np.array([302]), np.array([302.0]), np.array([[np.nan]]), np.array([1]))
    ring.clear_rows(np.array([1]))
    assert ring.curves([1])[0].count.sum() == 0


def test_nothing_is_nothing() -> None:
    ring = DecimatingRing(2)
    ring.append(np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros((2, 0)))
    assert len(ring.curves([0])[0].steps) == len(nothing().steps) == 0
    ring.restore([nothing(), nothing()])
    assert len(ring.curves([1])[0].steps) == 0


@given(CHUNKS)
def test_a_restored_ring_shows_the_same_and_goes_on(chunks: list[list[float]]) -> None:
    ring, values = filled(chunks, 16, 4)
    kept = ring.curves([0], latest=True)
    again = DecimatingRing(1, 32, 4)
    again.restore(kept)
    found = again.curves([0], latest=True)[0]
    np.testing.assert_allclose(found.mean[: len(kept[0].mean)], kept[0].mean, atol=1e-9)
    np.testing.assert_array_equal(found.steps[: len(kept[0].steps)], kept[0].steps)
    again.append(np.array([len(values) + 5]), np.array([99.0]), np.array([[7.0]]))
    assert again.curves([0], latest=True)[0].mean[-1] == 7.0


@given(st.lists(st.floats(1e-9, 1e9), min_size=1, max_size=300), st.integers(3, 40))
def test_thinning_keeps_ends_extremes_and_the_mean(values: list[float], points: int) -> None:
    mean, size = np.array(values), len(values)
    curve = Curve(np.arange(size), np.arange(size) / 5, np.full(size, 3), mean, mean / 2, mean * 2)
    found = thinned(curve, points)
    assert len(found.steps) <= points
    assert (found.low.min(), found.high.max()) == (curve.low.min(), curve.high.max())
    assert (found.mean[0], found.mean[-1]) == (pytest.approx(mean[0]), pytest.approx(mean[-1]))
    assert (found.steps[0], found.count.sum()) == (0, 3 * size)
    assert np.all(np.diff(found.steps) > 0)
    assert (found.mean * found.count).sum() == pytest.approx((mean * 3).sum())


def test_a_last_bucket_that_has_only_begun_does_not_stand_alone_among_means() -> None:
    steps = np.arange(5)
    count, mean = np.array([10, 10, 10, 10, 1]), np.array([1.0, 1.0, 1.0, 1.0, 0.01])
    curve = Curve(steps, steps.astype(float), count, mean, mean, mean)
    assert thinned(curve, 10).mean[-1] == 0.01
    shown = thinned(curve, 10, exact_end=False)
    assert len(shown.mean) == 4 and shown.mean[-1] == pytest.approx((10 * 1.0 + 0.01) / 11)
    assert shown.count.sum() == count.sum()


@given(st.lists(st.integers(0, 60), min_size=1, max_size=400), st.integers(4, 40), st.integers(0, 60))
def test_a_curve_condensed_twice_by_steps_is_the_same_as_condensed_once(
    gaps: list[int], points: int, more: int
) -> None:
    steps = np.cumsum(gaps)
    low = np.sin(steps * 1.7)
    curve = Curve(steps, steps / 5, np.ones_like(steps), low, low, low)
    once, twice = by_steps(curve, points), by_steps(by_steps(curve, points + more), points)
    np.testing.assert_array_equal(once.steps, twice.steps)
    np.testing.assert_array_equal(once.low, twice.low)
    assert len(once.steps) <= points + 2 and once.low.min() == low.min()
