"""Toy sets: the facts of their distributions, seeds, splits; drawn points; the real sets."""

from __future__ import annotations

import numpy as np
import pytest

from engine.data import DataChoice, Dataset, DrawnPoint, Task, catalogue, load
from engine.problems import EngineError

TOYS = [entry.key for entry in catalogue() if entry.kind == "toy"]
REALS = [entry for entry in catalogue() if entry.kind == "real"]


def toy(name: str, samples: int = 2000, **settings: object) -> Dataset:
    return load(DataChoice.model_validate({"name": name, "samples": samples, **settings}))


@pytest.mark.parametrize("name", TOYS)
@pytest.mark.parametrize("noise", [0, 25, 50])
def test_every_toy_set_is_whole_seeded_and_read_only(name: str, noise: float) -> None:
    data, again = toy(name, noise=noise, seed=3), toy(name, noise=noise, seed=3)
    other = toy(name, noise=noise, seed=4)
    assert data.x.shape == (2000, 2) and data.y.shape == (2000,) and data.columns == ("x1", "x2")
    assert np.isfinite(data.x).all() and np.isfinite(data.y).all()
    for ours, theirs in ((data.x, again.x), (data.y, again.y), (data.train, again.train)):
        assert np.array_equal(ours, theirs) and not ours.flags.writeable
    assert not np.array_equal(data.train, other.train)
    assert sorted([*data.train, *data.test]) == list(range(2000))
    low, high = data.bounds()
    assert low.tolist() == [-6, -6] and high.tolist() == [6, 6]
    if data.task is Task.REGRESSION:
        assert data.classes == ()
    else:
        assert set(data.y) == set(range(len(data.classes)))


@pytest.mark.parametrize("name", TOYS)
def test_without_noise_every_point_is_in_view(name: str) -> None:
    assert np.abs(toy(name, noise=0).x).max() <= (6 if name != "two-gaussians" else 7)


def test_the_default_is_two_clean_spirals_half_for_training() -> None:
    data = load(DataChoice())
    assert (data.name, data.task, data.classes) == ("two-spirals", Task.BINARY, ("negative", "positive"))
    assert len(data.train) == len(data.test) == 250
    assert np.bincount(data.y[data.train].astype(int)).tolist() == [125, 125]


@pytest.mark.parametrize("name", ["circle", "two-gaussians", "two-spirals", "moons", "rings", "five-spirals"])
def test_classes_are_balanced(name: str) -> None:
    counts = np.bincount(toy(name, samples=1001).y.astype(int))
    assert counts.max() - counts.min() <= 1


def test_circle_is_a_disc_inside_a_ring() -> None:
    data = toy("circle")
    radius = np.linalg.norm(data.x, axis=1)
    blue = data.y == 1
    assert radius[blue].max() <= 2.5
    assert radius[~blue].min() >= 3.5 and radius[~blue].max() <= 5
    assert np.mean(radius[blue]) == pytest.approx(1.25, abs=0.1)  # uniform in the radius


def test_noise_changes_the_circles_labels_and_not_its_points() -> None:
    clean, noisy = toy("circle"), toy("circle", noise=50)
    assert np.array_equal(clean.x, noisy.x)
    assert 0.05 < np.mean(clean.y != noisy.y) < 0.5


def test_exclusive_or_keeps_clear_of_the_axes_and_goes_by_the_product() -> None:
    data = toy("exclusive-or")
    assert np.abs(data.x).min() >= 0.3 and np.abs(data.x).max() <= 5.3
    assert np.array_equal(data.y == 1, data.x.prod(axis=1) >= 0)


@pytest.mark.parametrize(("noise", "variance"), [(0, 0.5), (25, 2.25), (50, 4.0)])
def test_gaussian_clouds_have_the_centres_and_variances_of_the_playground(noise: float, variance: float) -> None:
    data = toy("two-gaussians", samples=20_000, noise=noise)
    for label, centre in ((1, 2.0), (0, -2.0)):
        cloud = data.x[data.y == label]
        assert cloud.mean(axis=0) == pytest.approx([centre, centre], abs=0.08)
        assert cloud.var(axis=0) == pytest.approx([variance, variance], rel=0.06)


def test_spirals_follow_their_equation() -> None:
    data = toy("two-spirals", samples=500)
    for label, turn in ((1, 0.0), (0, np.pi)):
        along = np.arange(250) / 250
        angle = 1.75 * along * 2 * np.pi + turn
        expected = 5 * along[:, None] * np.column_stack([np.sin(angle), np.cos(angle)])
        assert data.x[data.y == label] == pytest.approx(expected, abs=1e-12)


def test_noise_moves_the_spirals_by_at_most_its_share() -> None:
    moved = toy("two-spirals", noise=30).x - toy("two-spirals").x
    assert 0.29 < np.abs(moved).max() <= 0.3


def test_plane_and_hills_have_the_playgrounds_heights() -> None:
    plane = toy("plane")
    assert plane.y == pytest.approx((plane.x[:, 0] + plane.x[:, 1]) / 10)
    hills = toy("multi-gaussian", samples=20_000)
    assert np.abs(hills.y).max() <= 1
    for centre, sign in (((-4, 2.5), 1), ((0, 2.5), -1), ((4, 2.5), 1), ((-4, -2.5), -1), ((0, -2.5), 1)):
        distance = np.linalg.norm(hills.x - centre, axis=1)
        near = distance < 2
        assert hills.y[near] == pytest.approx(sign * (1 - distance[near] / 2))


def test_checkerboard_neighbours_differ() -> None:
    data = toy("checkerboard")
    squares = np.floor(data.x / 2.5).astype(int)
    assert np.array_equal(data.y == 0, squares.sum(axis=1) % 2 == 0)


@pytest.mark.parametrize("entry", REALS, ids=lambda entry: entry.key)
def test_real_sets_load_standardised(entry) -> None:  # type: ignore[no-untyped-def]
    data = load(DataChoice(name=entry.key, train_share=0.8))
    assert len(data.x) == entry.samples and data.task is entry.task
    assert len(data.columns) == data.x.shape[1] == len(data.inputs)
    trained = data.x[data.train]
    if entry.key == "digits":  # pixels share one unit
        assert (trained.mean(), trained.std()) == pytest.approx((0, 1))
    else:
        assert trained.std(axis=0) == pytest.approx(np.ones(len(data.columns)))
        assert data.column_means == pytest.approx(np.zeros(len(data.columns)), abs=1e-9)
    raw = load(DataChoice(name=entry.key, train_share=0.8, standardise=False))
    assert data.target_in_units(data.y) == pytest.approx(raw.y)
    row = dict(zip(raw.columns, raw.x[5], strict=True))
    assert data.encode_row(row) == pytest.approx(data.x[5])


def test_an_unknown_name_lists_the_known() -> None:
    with pytest.raises(EngineError, match=r"no data set “spiral”.*two-spirals"):
        load(DataChoice(name="spiral"))


# --- drawn points -------------------------------------------------------------------------------------------
def drawn(labels: list[float], **settings: object) -> DataChoice:
    points = [DrawnPoint(x1=at, x2=-at, label=label) for at, label in enumerate(labels)]
    return DataChoice.model_validate({"source": "points", "points": points, **settings})


def test_drawn_points_are_classes_or_values() -> None:
    two = load(drawn([0, 1, 0, 1, 1]))
    assert two.task is Task.BINARY and two.classes == ("negative", "positive") and two.y.tolist() == [0, 1, 0, 1, 1]
    three = load(drawn([0, 2, 0, 1, 1, 2]))
    assert three.task is Task.MULTICLASS and len(three.classes) == 3
    values = load(drawn([0.5, -1, 0, 1], task=Task.REGRESSION))
    assert values.task is Task.REGRESSION and values.y.tolist() == [0.5, -1, 0, 1]


@pytest.mark.parametrize(
    ("labels", "sentence"),
    [
        ([0, 1], "points are drawn .2."),
        ([1, 1, 1, 1], "one class"),
        ([0, 1, 0.5, 1], "label 0.5"),
        ([0, 1, 99, 0], "label 99"),
    ],
)
def test_points_that_cannot_be_learnt_from(labels: list[float], sentence: str) -> None:
    with pytest.raises(EngineError, match=sentence):
        load(drawn(labels))
