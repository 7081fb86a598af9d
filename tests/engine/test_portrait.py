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
