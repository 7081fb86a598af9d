"""A new block is never taken for one that was there before: neither its id nor its weights are those of another."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.network.document import Document
from app.network.trainer import Trainer
from engine.graph import Wire
from engine.graph.edit import add_block, paste, remove_blocks, splice, subgraph
from engine.graph.model import NetworkGraph
from engine.graph.recast import halved, with_dense_before_output
from tests.app.network.document_rig import new_document, running


@pytest.fixture
def document(qapp: object) -> Document:
    return new_document()


def with_one_more(graph: NetworkGraph) -> tuple[NetworkGraph, str]:
    grown, block_id = add_block(graph, "dense", 0.0, 0.0)
    (before,) = grown.wires_into("output-1")
    return splice(grown, block_id, Wire(source=before.source, target="output-1", slot=before.slot)), block_id


def test_one_removed_and_one_added_at_once_are_two(document: Document) -> None:
    graph = remove_blocks(document.graph, ["dense-2"])
    assert add_block(graph, "dense", 0.0, 0.0)[1] == "dense-3"
    assert paste(graph, subgraph(document.graph, ["dense-1", "dense-2"]), 0.0, 0.0)[1] == ("dense-3", "dense-4")
    swapped = with_dense_before_output(halved(document.graph), document.graph.block("dense-2").params)
    assert {block.id for block in swapped.blocks} == {"input-1", "dense-1", "dense-3", "output-1"}


def test_ids_are_not_part_of_what_a_graph_is(document: Document) -> None:
    graph = document.graph
    back = graph.with_blocks(graph.blocks[:1]).with_parts(graph.blocks, graph.wires)
    assert back == graph and hash(back) == hash(graph)
    grown, block_id = add_block(graph, "dense", 0.0, 0.0)
    assert remove_blocks(grown, [block_id]) == graph
    assert "retired" not in graph.model_dump_json()


def test_ids_are_not_given_again_after_undo_redo_and_steps_in_a_row(document: Document) -> None:
    document.edit("remove", graph=remove_blocks(document.graph, ["dense-2"]))
    grown, block_id = with_one_more(document.graph)
    assert block_id == "dense-3"
    document.edit("add", graph=grown)
    document.undo_stack.undo()
    assert with_one_more(document.graph)[1] == "dense-4"
    document.undo_stack.redo()
    assert "dense-3" in document.graph and with_one_more(document.graph)[1] == "dense-4"
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert "dense-2" in document.graph and with_one_more(document.graph)[1] == "dense-4"


@pytest.mark.parametrize("at_once", [True, False])
def test_a_new_block_has_weights_of_its_own_also_after_a_graph_that_cannot_run(
    document: Document, qtbot: QtBot, at_once: bool
) -> None:
    def weights(trainer: Trainer) -> dict:
        return dict(trainer.snapshot.weights) if trainer.snapshot is not None else {}

    with running(document) as trainer:
        qtbot.waitUntil(lambda: ("dense-2", "W") in weights(trainer))
        document.edit_weight("dense-2", "W", (0, 0), 7.0)
        qtbot.waitUntil(lambda: weights(trainer)["dense-2", "W"][0, 0] == 7.0)
        cut = document.graph.with_parts(
            [block for block in document.graph.blocks if block.id != "dense-2"],
            [wire for wire in document.graph.wires if "dense-2" not in (wire.source, wire.target)],
        )
        if not at_once:
            document.edit("remove", graph=cut)  # nothing reaches the output now
            cut = document.graph
        grown, block_id = add_block(cut, "dense", 0.0, 0.0, document.graph.block("dense-1").params)
        wires = [Wire(source="dense-1", target=block_id), Wire(source=block_id, target="output-1")]
        document.edit("add", graph=grown.with_wires([*grown.wires, *wires]))
        qtbot.waitUntil(lambda: (block_id, "W") in weights(trainer))
        assert not np.any(weights(trainer)[block_id, "W"] == 7.0)
        while document.undo_stack.index() > 1:
            document.undo_stack.undo()
        qtbot.waitUntil(lambda: ("dense-2", "W") in weights(trainer))
        assert weights(trainer)["dense-2", "W"][0, 0] == 7.0
    document.undo_stack.clear()


def test_a_weight_that_has_just_been_removed_is_not_set(document: Document, qtbot: QtBot) -> None:
    failures: list[object] = []
    with running(document) as trainer:
        trainer.failed.connect(failures.append)
        qtbot.waitUntil(lambda: trainer.snapshot is not None and ("dense-2", "W") in trainer.snapshot.weights)
        grown, _ = with_one_more(remove_blocks(document.graph, ["dense-2"]))
        document.edit("swap", graph=grown)
        assert ("dense-2", "W") in document.present_weights()  # no snapshot has come since
        document.edit_weight("dense-2", "W", (0, 0), 7.0)
        assert document.undo_stack.count() == 1
        qtbot.waitUntil(lambda: trainer.snapshot is not None and ("dense-3", "W") in trainer.snapshot.weights)
    assert failures == []
    document.undo_stack.clear()
