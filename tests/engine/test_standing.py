"""What a snapshot says holds for the network it was taken of, and for no other."""

from __future__ import annotations

import pytest

from engine.data import DataChoice, load
from engine.graph import NetworkGraph, Wire
from engine.graph.build import feed_forward
from engine.graph.edit import add_block, connect, disconnect, move_blocks, remove_blocks, set_params, set_title, splice
from engine.hyperparameters import Hyperparameters
from engine.training.session import Setup, TrainingSession
from engine.training.snapshot import Snapshot
from engine.training.standing import stands

CIRCLE = load(DataChoice(name="circle", samples=60))
GRAPH = feed_forward((3, 3))


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return TrainingSession(Setup(GRAPH, CIRCLE, Hyperparameters(), "numpy")).snapshot(maps=False)


def test_it_holds_for_its_own_network_wherever_that_lies_and_whatever_it_is_called(snapshot: Snapshot) -> None:
    assert stands(snapshot, GRAPH, CIRCLE)
    moved = set_title(move_blocks(GRAPH, {"dense-1": (50.0, 70.0)}), "dense-2", "Second")
    assert stands(snapshot, moved, CIRCLE)


def test_a_loose_block_beside_it_changes_nothing(snapshot: Snapshot) -> None:
    assert stands(snapshot, add_block(GRAPH, "dense", 0, 0)[0], CIRCLE)


def test_other_data_have_no_snapshot_yet(snapshot: Snapshot) -> None:
    assert not stands(snapshot, GRAPH, load(DataChoice(name="circle", samples=60)))


def _spliced() -> NetworkGraph:
    graph, added = add_block(GRAPH, "dense", 0, 0)
    return splice(graph, added, Wire(source="dense-2", target="output-1"))


FOREIGN = {
    "empty": NetworkGraph(),
    "no output": remove_blocks(GRAPH, ["output-1"]),
    "two outputs": add_block(GRAPH, "output", 0, 0)[0],
    "cut": disconnect(GRAPH, Wire(source="dense-1", target="dense-2")),
    "unwired new blocks of the old names": NetworkGraph(blocks=GRAPH.blocks),
    "more units": set_params(GRAPH, "dense-1", units=4),
    "another function": set_params(GRAPH, "dense-1", activation="relu"),
    "spliced": _spliced(),
    "past a layer": connect(GRAPH, "dense-1", "output-1"),
}


@pytest.mark.parametrize("graph", FOREIGN.values(), ids=FOREIGN.keys())
def test_no_other_network(snapshot: Snapshot, graph: NetworkGraph) -> None:
    assert not stands(snapshot, graph, CIRCLE)


def test_the_order_of_wires_into_a_block_counts() -> None:
    graph, joined = add_block(feed_forward((2, 2)), "concatenate", 0, 0)
    graph = splice(graph, joined, Wire(source="dense-2", target="output-1"))
    graph = connect(graph, "dense-1", joined)
    snapshot = TrainingSession(Setup(graph, CIRCLE, Hyperparameters(), "numpy")).snapshot(maps=False)
    assert stands(snapshot, graph, CIRCLE)
    swapped = graph.with_wires(
        wire.model_copy(update={"slot": 1 - wire.slot}) if wire.target == joined else wire for wire in graph.wires
    )
    assert not stands(snapshot, swapped, CIRCLE)
