"""Room on the canvas: columns stay apart when a block is spliced into a wire."""

from __future__ import annotations

from engine.graph.arrange import make_room
from engine.graph.build import feed_forward
from engine.graph.edit import add_block, move_blocks, splice


def test_a_spliced_block_gets_a_column_of_its_own() -> None:
    graph = feed_forward([3, 3])
    wire = graph.wires_from("dense-1")[0]
    source, target = graph.block("dense-1"), graph.block("dense-2")
    graph, block_id = add_block(graph, "dropout", target.x - 20, 7.0)
    roomy = make_room(splice(graph, block_id, wire), block_id)
    stride = target.x - source.x
    assert roomy.block(block_id).x == source.x + stride
    assert roomy.block(block_id).y == 7.0
    assert roomy.block("dense-2").x == target.x + stride
    assert roomy.block("output-1").x == graph.block("output-1").x + stride
    assert roomy.block("dense-1") == graph.block("dense-1")


def test_room_that_is_there_is_left_alone() -> None:
    graph = feed_forward([3, 3])
    wire = graph.wires_from("dense-1")[0]
    far = move_blocks(graph, {"dense-2": (900.0, 0.0), "output-1": (1100.0, 0.0)})
    far, block_id = add_block(far, "dropout", 500.0, 0.0)
    spliced = splice(far, block_id, wire)
    assert make_room(spliced, block_id) == spliced
