"""A neuron, or a small network, as a scalar graph has the pass' own numbers: forward and backward, unit by unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pytest
import torch

from engine.activations import ACTIVATIONS
from engine.autodiff import backward, forward, graph_of, parse
from engine.autodiff.document import ExpressionSheet
from engine.data import DataChoice, load
from engine.graph import NetworkGraph, Wire
from engine.graph.build import feed_forward
from engine.graph.edit import add_block, connect, splice
from engine.graph.kinds.base import Array
from engine.graph.kinds.output import OutputParams
from engine.hyperparameters import Hyperparameters
from engine.problems import EngineError
from engine.training.scalar_graph import MOST_NODES, network_expression, unit_expression
from engine.training.session import Setup, TrainingSession
from engine.training.trace import PassTrace, Phase

CIRCLE = load(DataChoice(name="circle", samples=40))
EXACT = 1e-12


def traced(graph: NetworkGraph, row: int = 3) -> PassTrace:
    session = TrainingSession(Setup(graph, CIRCLE, Hyperparameters(), "numpy"))
    session.run_steps(3)
    return session.trace((row,))


def of(trace: PassTrace, phase: Phase, block_id: str) -> Mapping[str, Array]:
    return next(stage.values for stage in trace.stages if (stage.phase, stage.block_id) == (phase, block_id))


def worked(sheet: ExpressionSheet) -> tuple[dict[str, float], dict[str, float | None]]:
    """Values and gradients by name."""
    graph = graph_of(parse(sheet.text))
    values = forward(graph, sheet.inputs)
    found = backward(graph, values)
    named = {node.name: index for index, node in enumerate(graph.nodes) if node.name}
    return {n: values.of[i] for n, i in named.items()}, {n: found.of[i] for n, i in named.items()}


@pytest.mark.parametrize("activation", [key for key, one in ACTIVATIONS.items() if one.scalar_expression])
def test_every_unit_has_the_numbers_of_the_pass(activation: str) -> None:
    trace = traced(feed_forward((4, 3), activation=activation))
    for block_id, width in (("dense-1", 4), ("dense-2", 3)):
        for unit in range(width):
            values, _ = worked(unit_expression(trace, block_id, unit))
            stage = of(trace, Phase.FORWARD, block_id)
            assert values["z"] == pytest.approx(stage["z"][0, unit], rel=EXACT, abs=EXACT)
            a = values.get("a", values["z"])  # of an identity they are one node
            assert a == pytest.approx(stage["a"][0, unit], rel=EXACT, abs=EXACT)


KINKS: Mapping[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "relu": torch.relu,
    "leaky_relu": lambda z: torch.nn.functional.leaky_relu(z, 0.01),
    "elu": torch.nn.functional.elu,
}


@pytest.mark.parametrize("key", KINKS)
def test_at_a_kink_the_slope_is_that_of_the_pass(key: str) -> None:
    session = TrainingSession(
        Setup(feed_forward((2,), activation=key, initializer="zeros"), CIRCLE, Hyperparameters(), "numpy")
    )
    sheet = unit_expression(session.trace((3,)), "dense-1", 0)
    _, gradients = worked(sheet)
    z = torch.zeros((), dtype=torch.float64, requires_grad=True)
    (slope,) = torch.autograd.grad(KINKS[key](z), z)
    assert gradients["b"] == float(slope)
    assert gradients["w1"] == pytest.approx(float(slope) * sheet.inputs["x1"], rel=EXACT)


def test_an_output_that_stands_alone_has_the_loss_and_its_gradients() -> None:
    trace = traced(feed_forward((4,)))
    values, gradients = worked(unit_expression(trace, "output-1", 0))
    back = of(trace, Phase.BACKWARD, "output-1")
    assert values["L"] == pytest.approx(trace.loss, rel=EXACT)
    assert gradients["z"] == pytest.approx(back["delta"][0, 0], rel=EXACT)
    assert gradients["b"] == pytest.approx(back["b"][0], rel=EXACT)
    assert [gradients[f"w{i + 1}"] for i in range(4)] == pytest.approx(list(back["W"][0]), rel=EXACT)


def softmax_output() -> NetworkGraph:
    return feed_forward((3,), output=OutputParams(loss="softmax_cross_entropy"))


def two_class_output() -> NetworkGraph:
    return feed_forward((3,), output=OutputParams(loss="binary_cross_entropy"))


def skip_network(norm: str) -> NetworkGraph:
    """2-3-3-1 with an addition round the second dense block, a norm and a dropout behind it."""
    graph, total = add_block(feed_forward((3, 3)), "add", 0, 0)
    graph = connect(connect(connect(graph, "dense-1", total), "dense-2", total), total, "output-1")
    graph, made = add_block(graph, norm, 0, 0)
    graph = splice(graph, made, Wire(source=total, target="output-1"))
    graph, silent = add_block(graph, "dropout", 0, 0)
    return splice(graph, silent, Wire(source=made, target="output-1"))


@pytest.mark.parametrize(
    "graph",
    [feed_forward((2,)), feed_forward((3, 2), activation="relu"), softmax_output(), two_class_output(),
     skip_network("layer_norm"), skip_network("batch_norm")],
    ids=["2-2-1", "2-3-2-1", "softmax", "two classes", "skip, layer norm", "skip, batch norm"],
)  # fmt: skip
def test_a_whole_network_has_the_numbers_of_the_pass(graph: NetworkGraph) -> None:
    trace = traced(graph)
    assert trace.plan is not None
    values, gradients = worked(network_expression(trace))
    assert values["L"] == pytest.approx(trace.loss, rel=EXACT)
    for index, node in enumerate(trace.plan.nodes):
        if not node.kind.probed:
            continue
        back, weights = of(trace, Phase.BACKWARD, node.id), trace.weights[(node.id, "W")]
        for unit in range(node.width):
            assert values[f"z{index}_{unit + 1}"] == pytest.approx(
                of(trace, Phase.FORWARD, node.id)["z"][0, unit], rel=EXACT, abs=EXACT
            )
            found = [gradients[f"w{index}_{unit + 1}_{i + 1}"] for i in range(weights.shape[1])]
            np.testing.assert_allclose(np.array(found, dtype=float), back["W"][unit], rtol=1e-11, atol=EXACT)


def test_what_cannot_be_written_is_said() -> None:
    with pytest.raises(EngineError, match="step, whose slope is 0 everywhere"):
        unit_expression(traced(feed_forward((2,), activation="step")), "dense-1", 0)
    with pytest.raises(EngineError, match="softmax, which takes the z of all its units together"):
        unit_expression(traced(softmax_output()), "output-1", 0)
    trace = traced(feed_forward((2,)))
    with pytest.raises(EngineError, match="no unit 9"):
        unit_expression(trace, "dense-1", 8)
    with pytest.raises(EngineError, match="no unit"):
        unit_expression(trace, "input-1", 0)


def test_a_pass_of_several_rows_is_refused() -> None:
    session = TrainingSession(Setup(feed_forward((2,)), CIRCLE, Hyperparameters(), "numpy"))
    with pytest.raises(EngineError, match="one sample"):
        network_expression(session.trace((1, 2)))


def test_a_network_of_more_than_400_nodes_is_refused_and_its_neurons_are_not() -> None:
    trace = traced(feed_forward((8, 8, 8)))
    with pytest.raises(EngineError, match=str(MOST_NODES)):
        network_expression(trace)
    assert worked(unit_expression(trace, "dense-3", 7))[0]["a"] == pytest.approx(
        of(trace, Phase.FORWARD, "dense-3")["a"][0, 7], rel=EXACT
    )


def test_features_that_are_derived_are_inputs_of_their_own() -> None:
    trace = traced(feed_forward((2,), features=("x1", "x2", "x1^2")))
    sheet = unit_expression(trace, "dense-1", 0)
    assert sheet.inputs["x3"] == trace.inputs["input-1"][0, 2]
