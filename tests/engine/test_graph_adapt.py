"""A graph fitted to other data ends in an output that can reach the targets."""

from __future__ import annotations

import numpy as np
import pytest

from engine.activations import ACTIVATIONS
from engine.graph.adapt import adapt, output_replaced
from engine.graph.build import feed_forward
from engine.graph.kinds import TargetSpec
from engine.graph.kinds.input import InputParams
from engine.graph.kinds.output import OutputParams
from engine.graph.model import Block, NetworkGraph

COLUMNS = ("x1", "x2")


@pytest.mark.parametrize("key", ACTIVATIONS)
def test_a_regression_gives_up_outputs_that_are_bounded(key: str) -> None:
    graph = adapt(feed_forward((3,), output=OutputParams(activation=key)), COLUMNS, COLUMNS, TargetSpec(0))
    params = graph.block("output-1").params.model_dump()
    bounded = bool(np.isfinite(ACTIVATIONS[key].output_range).all())
    assert params["activation"] == ("identity" if bounded else key)
    assert (key in ("step", "logistic", "tanh", "softmax")) == bounded


def test_columns_that_the_data_before_did_not_have_come_in_and_those_left_out_by_hand_stay_out() -> None:
    before, columns = ("age", "city=a", "city=b", "churn"), ("age", "income", "city=a", "city=b")
    graph = feed_forward((3,), features=("city=a", "age"))  # city=b was left out by hand
    fitted = adapt(graph, columns, columns, TargetSpec(2), before)
    assert _features(fitted, "input-1") == ("age", "income", "city=a")
    same = adapt(graph, before, before, TargetSpec(0), before)  # nothing is new: order and choice stay
    assert _features(same, "input-1") == ("city=a", "age")


def test_new_columns_come_to_the_inputs_that_read_all_of_the_data_else_to_the_first() -> None:
    graph = _with_second_input(feed_forward((3,), features=("a", "b")), ("b",))
    columns = ("a", "b", "c")
    fitted = adapt(graph, columns, columns, TargetSpec(2), ("a", "b"))
    assert (_features(fitted, "input-1"), _features(fitted, "input-2")) == (columns, ("b",))
    parted = _with_second_input(feed_forward((3,), features=("a",)), ("b",))
    fitted = adapt(parted, columns, columns, TargetSpec(2), ("a", "b"))
    assert (_features(fitted, "input-1"), _features(fitted, "input-2")) == (("a", "c"), ("b",))


@pytest.mark.parametrize(("classes", "wanted"), [(2, "binary_cross_entropy"), (3, "softmax_cross_entropy")])
def test_from_a_regression_classes_go_to_a_cross_entropy(classes: int, wanted: str) -> None:
    regression = adapt(feed_forward((3,)), COLUMNS, COLUMNS, TargetSpec(0))
    fitted = adapt(regression, COLUMNS, COLUMNS, TargetSpec(classes))
    assert fitted.block("output-1").params.model_dump()["loss"] == wanted


@pytest.mark.parametrize("loss", ["squared_error", "binary_cross_entropy"])
def test_from_two_classes_more_go_to_softmax(loss: str) -> None:
    """Three classes kept the binary cross-entropy of the two before."""
    graph = feed_forward((3,), output=OutputParams.model_validate({"loss": loss}))
    fitted = adapt(graph, COLUMNS, COLUMNS, TargetSpec(3), COLUMNS, TargetSpec(2))
    assert fitted.block("output-1").params.model_dump()["loss"] == "softmax_cross_entropy"
    assert output_replaced(graph, fitted) is not None


@pytest.mark.parametrize("loss", ["squared_error", "binary_cross_entropy", "softmax_cross_entropy"])
@pytest.mark.parametrize("key", ["identity", "tanh", "relu"])
@pytest.mark.parametrize("classes", [(2, 2), (3, 5), (0, 0)])
def test_an_output_that_was_chosen_stays_while_the_task_is_of_one_kind(
    loss: str, key: str, classes: tuple[int, int]
) -> None:
    if not classes[0] and loss != "squared_error":
        pytest.skip("a regression has squared error only")
    graph = feed_forward((3,), output=OutputParams.model_validate({"loss": loss, "activation": key}))
    before, target = (TargetSpec(count) for count in classes)
    fitted = adapt(graph, COLUMNS, COLUMNS, target, COLUMNS, before)
    assert fitted.block("output-1").params == graph.block("output-1").params
    assert output_replaced(graph, fitted) is None


def test_another_loss_is_said_with_the_one_before() -> None:
    graph = feed_forward((3,), output=OutputParams(loss="binary_cross_entropy"))
    fitted = adapt(graph, COLUMNS, COLUMNS, TargetSpec(0), COLUMNS, TargetSpec(2))
    said = output_replaced(graph, fitted)
    assert said is not None
    assert said.sentence == (
        "“Output” had logistic with binary cross-entropy, which doesn't suit the new data; "
        "it now has identity with squared error."
    )


def _features(graph: NetworkGraph, block_id: str) -> tuple[str, ...]:
    found: tuple[str, ...] = graph.block(block_id).params.model_dump()["features"]
    return found


def _with_second_input(graph: NetworkGraph, features: tuple[str, ...]) -> NetworkGraph:
    second = Block(id="input-2", kind="input", params=InputParams(features=features))
    return graph.model_copy(update={"blocks": (*graph.blocks, second)})
