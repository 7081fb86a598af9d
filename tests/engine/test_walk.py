"""A pass that lets go of what has been read: the numbers of the reference, and no results left behind."""

from __future__ import annotations

import weakref
from itertools import pairwise

import numpy as np
import pytest

from engine.data.catalogue import load
from engine.data.choice import DataChoice
from engine.graph import Block, NetworkGraph, Wire
from engine.graph.build import feed_forward
from engine.network.numpy_passes import forward_pass
from engine.network.plan import compile_graph
from engine.network.state import initial_state
from engine.training.tables import table_of, target_of
from engine.training.walk import last_z, walk


def residual() -> NetworkGraph:
    """A skip over a layer norm and a dropout, so that one result is read twice and much later."""
    kinds = {"x": "input", "a": "dense", "n": "layer_norm", "d": "dropout", "b": "dense", "s": "add", "y": "output"}
    names = list(kinds)
    wires = [Wire(source=one, target=other) for one, other in pairwise(names)]
    return NetworkGraph(
        blocks=tuple(Block(id=name, kind=kind) for name, kind in kinds.items()),
        wires=(*wires, Wire(source="a", target="s", slot=1)),
    )


@pytest.mark.parametrize("graph", [feed_forward((4, 3)), residual()])
def test_it_gives_the_numbers_of_the_reference(graph: NetworkGraph) -> None:
    dataset = load(DataChoice())
    plan = compile_graph(graph, target_of(dataset))
    state, table = initial_state(plan, 3, "adam"), table_of(plan, dataset, dataset.train)
    expected = forward_pass(plan, state, table.inputs)
    for (node, found), reference, known in zip(walk(plan, state, table.inputs), expected, plan.nodes, strict=True):
        assert node is known
        np.testing.assert_array_equal(found.z, reference.z)
        np.testing.assert_array_equal(found.a, reference.a)
    np.testing.assert_array_equal(last_z(plan, state, table.inputs), expected[-1].z)


def test_a_result_lives_until_its_last_reader_has_had_it() -> None:
    dataset = load(DataChoice())
    plan = compile_graph(residual(), target_of(dataset))
    state, table = initial_state(plan, 3, "adam"), table_of(plan, dataset, dataset.train)
    living: dict[str, weakref.ref[np.ndarray]] = {}
    for node, found in walk(plan, state, table.inputs):
        gone = [name for name, one in living.items() if one() is None]
        assert ("a" in gone) == (node.id == "y")  # the sum was the last to read it
        living[node.id] = weakref.ref(found.a)
        del found
    assert {"n", "a"} <= {name for name, one in living.items() if one() is None}
