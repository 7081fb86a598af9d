"""The z of a layer over the training set, held to PyTorch, and its histogram to numbers counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from engine.data import DataChoice, load
from engine.graph.build import feed_forward
from engine.hyperparameters import Hyperparameters
from engine.training import layer_z as module
from engine.training.layer_check import deviation_by_torch, mean_by_torch, share_by_torch
from engine.training.layer_z import histogram_of, layer_z, layers_of
from engine.training.session import Setup, TrainingSession

CIRCLE = load(DataChoice(name="circle", samples=60))


@pytest.fixture(scope="module")
def snapshot():  # type: ignore[no-untyped-def]
    session = TrainingSession(Setup(feed_forward((6, 4)), CIRCLE, Hyperparameters(), "numpy"))
    session.run_steps(20)
    return session.snapshot()


def test_z_is_what_pytorch_computes_from_the_same_weights(snapshot, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    torch = pytest.importorskip("torch")
    monkeypatch.setattr(module, "CHUNK", 7)  # several passes, the last one short
    nodes = {node.id: node for node in snapshot.plan.nodes}
    rows = CIRCLE.train
    a = torch.tensor(CIRCLE.x[rows])
    for block_id in ("dense-1", "dense-2"):
        weights = torch.tensor(np.array(snapshot.weights[block_id, "W"]))
        bias = torch.tensor(np.array(snapshot.weights[block_id, "b"]))
        z = torch.nn.functional.linear(a, weights, bias)
        np.testing.assert_allclose(
            layer_z(snapshot.plan, snapshot.weights, CIRCLE, block_id), z.numpy(), rtol=1e-12, atol=1e-12
        )
        a = nodes[block_id].kind.function(nodes[block_id].params).torch(z)


def test_layers_are_those_with_an_activation_from_the_inputs_side(snapshot) -> None:  # type: ignore[no-untyped-def]
    assert [node.id for node in layers_of(snapshot.plan)] == ["dense-1", "dense-2", "output-1"]


def test_a_layer_that_is_not_there_is_an_error(snapshot) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(KeyError):
        layer_z(snapshot.plan, snapshot.weights, CIRCLE, "dense-9")


def test_nothing_is_lost_of_what_is_counted() -> None:
    z = np.array([[-7.0, -6.0, -0.1], [0.1, 6.0, 8.0], [np.nan, np.inf, 0.1]])
    found = histogram_of(z, -6.0, 6.0, 12)
    assert found.counts.tolist() == [1, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 1]
    assert (found.below, found.above, found.broken, found.total) == (1, 1, 2, 9)
    finite = z[np.isfinite(z)]
    assert found.mean == pytest.approx(finite.mean())
    assert found.deviation == pytest.approx(finite.std())


def test_the_bin_at_a_place_is_the_one_that_numpy_counts_it_in() -> None:
    """Just below the first bin there is none, and the last one holds its upper end."""
    z = np.array([[-0.95, -0.95, 0.0, 1.0]])
    found = histogram_of(z, -1.0, 1.0, 10)
    assert [found.count_at(x) for x in (-1.05, -1.0, -0.9, 0.05, 1.0, 1.05, np.nan)] == [0, 2, 2, 1, 1, 0, 0]


def test_without_a_number_there_is_no_mean() -> None:
    found = histogram_of(np.full((2, 2), np.nan), -6.0, 6.0, 4)
    assert np.isnan(found.mean)
    assert found.broken == found.total == 4


@pytest.mark.torch
def test_the_figures_by_torch_are_those_by_numpy() -> None:
    z = np.random.default_rng(5).normal(size=(40, 3))
    found = histogram_of(z, -6.0, 6.0, 12)
    assert mean_by_torch(z) == pytest.approx(found.mean, abs=1e-14)
    assert deviation_by_torch(z) == pytest.approx(found.deviation, abs=1e-14)
    assert share_by_torch(np.array([[-1.0, 0.0, 2.0, 3.0]]), 0.0, 3.0, closed=True) == 0.75
    assert share_by_torch(np.array([[-1.0, 0.0, 2.0, 3.0]]), 0.0, 3.0, closed=False) == 0.25
