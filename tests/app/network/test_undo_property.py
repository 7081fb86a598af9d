"""Random graphs built by random undoable edits: undoing them all gives the identical document back, redoing the end."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.network.document import Document
from engine.data.choice import DataChoice
from engine.formats.base import NetworkFile
from engine.graph import kinds
from engine.graph.build import feed_forward
from engine.graph.edit import add_block, connect, disconnect, move_blocks, paste, remove_blocks, set_params, splice
from engine.graph.model import NetworkGraph
from engine.problems import EngineError

KINDS = [kind.key for kind in kinds()]
EDITS = ("add", "connect", "disconnect", "splice", "remove", "move", "units", "paste", "rate", "noise")

Edit = tuple[str, int, int, int]


def _edited(graph: NetworkGraph, edit: Edit) -> NetworkGraph:
    """The graph after one edit; the numbers choose among what there is. Raises EngineError where it is refused."""
    name, first, second, amount = edit
    block = graph.blocks[first % len(graph.blocks)]
    other = graph.blocks[second % len(graph.blocks)]
    if name == "connect":
        return connect(graph, block.id, other.id)
    if name == "disconnect" and graph.wires:
        return disconnect(graph, graph.wires[first % len(graph.wires)])
    if name == "splice" and graph.wires:
        added, block_id = add_block(graph, KINDS[second % len(KINDS)], 0.0, 0.0)
        return splice(added, block_id, graph.wires[first % len(graph.wires)])
    if name == "remove" and len(graph.blocks) > 1:
        return remove_blocks(graph, {block.id, other.id} if len(graph.blocks) > 2 else {block.id})
    if name == "move":
        return move_blocks(graph, {block.id: (float(amount), float(second))})
    if name == "units" and block.kind == "dense":
        return set_params(graph, block.id, units=1 + amount % 12)
    if name == "paste":
        return paste(graph, NetworkGraph(blocks=(block,)), 40.0, 40.0)[0]
    return add_block(graph, KINDS[amount % len(KINDS)], float(first), float(second))[0]


def _apply(document: Document, edit: Edit) -> None:
    name, _first, _second, amount = edit
    if name == "rate":
        document.edit(name, hyper=document.hyper.model_copy(update={"learning_rate": (1 + amount) / 100}), merge="rate")
    elif name == "noise":
        document.choose_data(document.data.model_copy(update={"noise": float(amount % 50)}))
    else:
        try:
            document.edit(name, graph=_edited(document.graph, edit))
        except EngineError:
            return  # refused, as the window would


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(EDITS), *[st.integers(0, 99)] * 3), min_size=1, max_size=14))
def test_undoing_every_edit_gives_the_identical_document(qapp: object, edits: list[Edit]) -> None:
    document = Document(NetworkFile(feed_forward((3, 2)), data=DataChoice(samples=40)))
    start, dataset = document.state, document.dataset
    for edit in edits:
        _apply(document, edit)
    end, steps = document.state, document.undo_stack.count()
    for _ in range(steps):
        document.undo_stack.undo()
    assert document.state == start
    assert document.state.graph.model_dump_json() == start.graph.model_dump_json()
    assert document.dataset is dataset
    for _ in range(steps):
        document.undo_stack.redo()
    assert document.state == end
    document.undo_stack.clear()
