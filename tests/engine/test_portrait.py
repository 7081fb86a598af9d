"""Portraits of network files: what a card shows is what the file's own weights give."""

from __future__ import annotations

import numpy as np
import pytest

from engine.data import DataChoice, Task, load
from engine.formats.base import NetworkFile
from engine.graph.build import feed_forward
from engine.graph.kinds.output import OutputParams
from engine.hyperparameters import Hyperparameters
from engine.network.plan import compile_graph
from engine.network.state import initial_state, weights_of
from engine.training.plane import telling_columns
from engine.training.portrait import portrait
from engine.training.predict import predict
from engine.training.tables import target_of

SOFTMAX = OutputParams(loss="softmax_cross_entropy")


def file_of(name: str, output: OutputParams | None = None, **data: object) -> NetworkFile:
    choice = DataChoice(name=name, samples=80, **data)
    columns = load(choice).columns
    return NetworkFile(feed_forward((3,), features=columns, output=output), Hyperparameters(), choice)


def test_weights_are_counted_and_the_points_lie_in_the_plane() -> None:
    seen = portrait(file_of("circle"))
    assert seen.weights == 2 * 3 + 3 + 3 + 1
    assert (seen.at >= 0.0).all() and (seen.at <= 1.0).all()
    assert set(seen.values) == {0.0, 1.0}
    assert not seen.is_slice


def test_the_picture_and_the_score_are_what_the_weights_say() -> None:
    file = file_of("circle")
    dataset = load(file.data)
    plan = compile_graph(file.graph, target_of(dataset))
    rng = np.random.default_rng(0)
    weights = {slot.key: rng.normal(size=slot.spec.shape) for slot in plan.slots()}
    seen = portrait(NetworkFile(file.graph, file.hyper, file.data, weights))
    low, high = dataset.view
    corner = predict(plan, weights, dataset.columns, np.array([[low, high]]))[0, 0]
    assert seen.shares[0, 0] == pytest.approx(corner, abs=1e-6)
    answers = predict(plan, weights, dataset.columns, dataset.x[dataset.test])[:, 0]
    assert seen.score == pytest.approx(np.mean((answers > 0) == dataset.y[dataset.test]))


def test_several_outputs_have_winners_and_leads() -> None:
    seen = portrait(file_of("rings", SOFTMAX))
    assert seen.outputs == 3 and seen.shares is None
    assert set(np.unique(seen.winners)) <= {0, 1, 2}
    assert (seen.leads >= 0).all() and (seen.leads <= 1).all()


def test_a_regression_s_values_are_shares_of_its_range() -> None:
    seen = portrait(file_of("plane", OutputParams(activation="identity")))
    assert seen.task is Task.REGRESSION
    assert abs(seen.values).max() <= 1.0 and abs(seen.shares).max() <= 1.0


def test_the_two_most_telling_of_more_columns_are_shown() -> None:
    iris = load(DataChoice(name="iris"))
    assert [iris.columns[column] for column in telling_columns(iris)] == ["petal length (cm)", "petal width (cm)"]
    assert portrait(file_of("iris", SOFTMAX)).is_slice


def test_data_that_are_images_show_images_and_the_weights_over_them() -> None:
    choice = DataChoice(name="digits")
    dataset = load(choice)
    file = NetworkFile(feed_forward((4,), features=dataset.columns, output=SOFTMAX), Hyperparameters(), choice)
    seen = portrait(file)
    assert seen.images.shape == (9, 8, 8)
    assert seen.images.min() >= 0.0 and seen.images.max() <= 1.0
    assert seen.seen.shape == (4, 8, 8)
    plan = compile_graph(file.graph, target_of(dataset))
    state = initial_state(plan, 0, "adam")
    first = weights_of(plan, state)["dense-1", "W"][0]
    assert seen.seen[0, 0, 3] == pytest.approx(first[3] / abs(first).max())


def test_data_that_are_no_images_show_none() -> None:
    assert len(portrait(file_of("circle")).images) == 0
