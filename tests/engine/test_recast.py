"""Larger edits of a graph: each leaves a network that can be trained, and does what its lesson says."""

from __future__ import annotations

import pytest

from engine.graph.build import feed_forward
from engine.graph.edit import add_block, connect
from engine.graph.kinds import TargetSpec
from engine.graph.kinds.dense import DenseParams
from engine.graph.model import NetworkGraph
from engine.graph.recast import (
    dense_blocks,
    halved,
    with_changed,
    with_dense_before_output,
    with_every,
    without_kind,
    without_last_dense,
)
from engine.graph.validation import validate


def skipped() -> NetworkGraph:
    """Two layers, the second with a skip round it."""
    graph, add = add_block(feed_forward((3, 3)), "add", 500.0, 0.0)
    for source, target in (("dense-1", add), ("dense-2", add), (add, "output-1")):
        graph = connect(graph, source, target)
    return graph


def wires(graph: NetworkGraph) -> set[tuple[str, str]]:
    return {(wire.source, wire.target) for wire in graph.wires}


def test_every_block_of_a_kind_is_changed_and_no_other() -> None:
    graph = with_every(feed_forward((3, 4)), "dense", activation="relu")
    assert [graph.block(block_id).params.activation for block_id in dense_blocks(graph)] == ["relu", "relu"]
    assert graph.block("output-1").params.activation == "tanh"


def test_a_change_by_name_passes_over_what_is_not_there() -> None:
    graph = with_changed(feed_forward((3,)), {"dense-1": {"units": 7}, "dense-9": {"units": 1}})
    assert graph.block("dense-1").params.units == 7


@pytest.mark.parametrize(("depth", "left"), [(10, 5), (5, 3), (1, 1), (0, 0)])
def test_halving_keeps_the_first_half(depth: int, left: int) -> None:
    graph = halved(feed_forward((3,) * depth))
    assert dense_blocks(graph) == tuple(f"dense-{number}" for number in range(1, left + 1))
    assert not validate(graph, TargetSpec())


def test_the_last_dense_goes_unless_it_is_the_only_one() -> None:
    graph = feed_forward((3, 4))
    assert dense_blocks(without_last_dense(graph)) == ("dense-1",)
    assert without_last_dense(without_last_dense(graph)) == without_last_dense(graph)


def test_a_layer_goes_in_before_the_output() -> None:
    graph = with_dense_before_output(feed_forward(()), DenseParams(units=4))
    assert wires(graph) == {("input-1", "dense-1"), ("dense-1", "output-1")}
    assert not validate(graph, TargetSpec())


def test_skips_are_taken_out_and_the_layers_stay_in_a_row() -> None:
    assert wires(without_kind(skipped(), "add")) == {
        ("input-1", "dense-1"), ("dense-1", "dense-2"), ("dense-2", "output-1")
    }  # fmt: skip
