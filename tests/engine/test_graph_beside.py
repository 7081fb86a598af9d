"""A block put before or after another: into its wires, or refused with a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.graph import NetworkGraph
from engine.graph.beside import add_after, add_before, add_into
from engine.graph.build import feed_forward
from engine.graph.edit import add_block, connect, set_params
from engine.graph.kinds import TargetSpec, playground_kinds
from engine.graph.model import topological_order
from engine.graph.validation import validate
from engine.problems import EngineError

KINDS = [kind.key for kind in playground_kinds()]


def ends(graph: NetworkGraph) -> set[tuple[str, str]]:
    return {(wire.source, wire.target) for wire in graph.wires}


def test_what_comes_after_takes_over_every_wire_that_left() -> None:
    graph = connect(feed_forward((3, 2)), "dense-1", "output-1")
    grown, added = add_after(graph, "dropout", "dense-1")
    assert {target for source, target in ends(grown) if source == "dense-1"} == {added}
    assert {target for source, target in ends(graph) if source == "dense-1"} == {
        target for source, target in ends(grown) if source == added
    }


def test_what_comes_before_takes_over_the_wire_that_came_in_and_finds_room() -> None:
    grown, added = add_before(feed_forward((3, 2)), "dense", "dense-1")
    assert {("input-1", added), (added, "dense-1")} <= ends(grown) and ("input-1", "dense-1") not in ends(grown)
    assert not validate(grown, TargetSpec())
    assert grown.block("input-1").x < grown.block(added).x < grown.block("dense-1").x


def test_an_unwired_block_is_wired_to_what_is_added() -> None:
    bare, block_id = add_block(NetworkGraph(), "dense", 0.0, 0.0)
    with_source, source = add_before(bare, "input", block_id)
    whole, output = add_after(with_source, "output", block_id)
    assert ends(whole) == {(source, block_id), (block_id, output)}


def _chain(*activations: str) -> NetworkGraph:
    """Dense layers with these activations between an input and an output."""
    graph = feed_forward([3] * len(activations))
    for number, activation in enumerate(activations, 1):
        graph = set_params(graph, f"dense-{number}", activation=activation)
    return graph


@pytest.mark.parametrize(("source", "activation"), [("input-1", "relu"), ("dense-1", "relu"), ("dense-2", "logistic")])
def test_a_dense_block_in_a_wire_is_set_like_the_one_before_it_else_after_it(source: str, activation: str) -> None:
    graph = _chain("relu", "logistic")
    grown, added = add_into(graph, "dense", graph.wires_from(source)[0], 0.0, 0.0)
    assert grown.block(added).params.activation == activation


def test_a_dense_block_looks_past_blocks_of_other_kinds_and_takes_alpha_too() -> None:
    graph = set_params(_chain("leaky_relu"), "dense-1", alpha=0.2)
    graph, dropout = add_after(graph, "dropout", "dense-1")
    for put in (add_after, add_before):
        grown, added = put(graph, "dense", dropout)
        assert (grown.block(added).params.activation, grown.block(added).params.alpha) == ("leaky_relu", 0.2)


def test_a_dense_block_without_another_in_its_chain_is_tanh() -> None:
    graph = feed_forward(())
    grown, added = add_into(graph, "dense", graph.wires[0], 0.0, 0.0)
    assert grown.block(added).params.activation == "tanh"


@pytest.mark.parametrize(
    ("put", "kind", "anchor"),
    [(add_after, "input", "dense-1"), (add_after, "dense", "output-1"), (add_before, "output", "dense-1"),
     (add_before, "dense", "input-1")],
)  # fmt: skip
def test_what_has_no_port_is_refused(put, kind: str, anchor: str) -> None:
    with pytest.raises(EngineError):
        put(feed_forward((3, 2)), kind, anchor)


@given(st.sampled_from(KINDS), st.integers(0, 3), st.booleans())
def test_nothing_is_lost_and_no_circle_closed(kind: str, number: int, after: bool) -> None:
    graph = feed_forward((3, 2))
    anchor = graph.blocks[number].id
    try:
        grown, added = (add_after if after else add_before)(graph, kind, anchor)
    except EngineError:
        return
    assert set(grown.by_id) == {*graph.by_id, added}
    assert not topological_order(grown)[1]
    assert ((anchor, added) if after else (added, anchor)) in ends(grown)
