"""Edits are pure, keep what they do not touch, and refuse what would break the graph."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.graph import NetworkGraph, TargetSpec, Wire, kinds, validate
from engine.graph.arrange import arrange
from engine.graph.build import feed_forward
from engine.graph.edit import (
    add_block,
    connect,
    disconnect,
    move_blocks,
    paste,
    remove_blocks,
    set_params,
    set_title,
    splice,
    subgraph,
)
from engine.graph.model import topological_order
from engine.problems import EngineError

TARGET = TargetSpec(2)


def pairs(graph: NetworkGraph) -> set[tuple[str, str]]:
    return {(w.source, w.target) for w in graph.wires}


def test_adding_gives_a_fresh_id_and_leaves_the_old_graph_alone() -> None:
    graph = feed_forward((4,))
    larger, block_id = add_block(graph, "dense", 10.0, 20.0)
    assert block_id == "dense-2"
    assert (larger.block(block_id).x, larger.block(block_id).y) == (10.0, 20.0)
    assert block_id not in graph


def test_a_block_with_one_port_lets_go_of_its_old_wire() -> None:
    graph, other = add_block(feed_forward((4,)), "dense", 0, 0)
    rewired = connect(graph, other, "output-1")
    assert (other, "output-1") in pairs(rewired)
    assert ("dense-1", "output-1") not in pairs(rewired)


def test_a_block_that_is_gone_already_is_no_obstacle_to_removing_the_others() -> None:
    graph = feed_forward((4,))
    assert remove_blocks(graph, ["dense-9"]) == graph
    assert remove_blocks(graph, ["dense-1", "dense-9", "dense-1"]) == remove_blocks(graph, ["dense-1"])
    assert "dense-1" not in remove_blocks(graph, ["dense-1"])


def test_a_block_with_many_ports_fills_its_slots_in_order_and_closes_them_up() -> None:
    graph, join = add_block(feed_forward((4, 3)), "concatenate", 0, 0)
    for source in ("dense-1", "input-1", "dense-2"):
        graph = connect(graph, source, join)
    assert [(w.source, w.slot) for w in graph.wires_into(join)] == [("dense-1", 0), ("input-1", 1), ("dense-2", 2)]
    assert connect(graph, "input-1", join) is graph
    graph = disconnect(graph, Wire(source="dense-1", target=join, slot=0))
    assert [(w.source, w.slot) for w in graph.wires_into(join)] == [("input-1", 0), ("dense-2", 1)]


@pytest.mark.parametrize(
    ("source", "target", "code"),
    [
        ("dense-2", "dense-1", "graph.would-cycle"),
        ("dense-1", "dense-1", "graph.would-cycle"),
        ("output-1", "dense-1", "graph.no-port"),
        ("dense-1", "input-1", "graph.no-port"),
    ],
)
def test_wires_that_cannot_be_are_refused(source: str, target: str, code: str) -> None:
    with pytest.raises(EngineError) as caught:
        connect(feed_forward((4, 4)), source, target)
    assert caught.value.problem.code == code


def test_splicing_keeps_the_slot_of_the_target() -> None:
    graph, join = add_block(feed_forward((4,)), "concatenate", 0, 0)
    graph = connect(connect(graph, "input-1", join), "dense-1", join)
    graph, drop = add_block(graph, "dropout", 0, 0)
    spliced = splice(graph, drop, Wire(source="input-1", target=join, slot=0))
    assert [(w.source, w.slot) for w in spliced.wires_into(join)] == [(drop, 0), ("dense-1", 1)]
    assert ("input-1", drop) in pairs(spliced)


def test_splicing_a_block_into_its_own_wire_or_one_without_ports_is_refused() -> None:
    graph, spare = add_block(feed_forward((4, 4)), "output", 0, 0)
    wire = Wire(source="dense-1", target="dense-2")
    for block_id in ("dense-1", "dense-2", spare, "input-1"):
        with pytest.raises(EngineError):
            splice(graph, block_id, wire)


def test_removing_joins_the_neighbours() -> None:
    graph = remove_blocks(feed_forward((4, 3, 2)), ["dense-1", "dense-2"])
    assert pairs(graph) == {("input-1", "dense-3"), ("dense-3", "output-1")}
    assert validate(graph, TARGET) == ()


def test_removing_does_not_join_what_would_not_fit() -> None:
    graph, total = add_block(feed_forward((4, 4)), "add", 0, 0)  # input 2 → 4 → 4, and a skip round dense-2
    graph = connect(connect(connect(graph, "dense-1", total), "dense-2", total), total, "output-1")
    assert validate(graph, TARGET) == ()
    assert ("input-1", total) not in pairs(remove_blocks(graph, ["dense-1"]))  # would add 2 units to 4
    assert len(remove_blocks(graph, ["dense-2"]).wires_into(total)) == 1  # would run twice from dense-1


def test_removing_does_not_join_ids_to_what_takes_numbers() -> None:
    graph = NetworkGraph()
    for kind in ("bag", "pooled", "concatenate"):
        graph, new = add_block(graph, kind, 0.0, 0.0)
        if len(graph.blocks) > 1:
            graph = connect(graph, graph.blocks[-2].id, new)
    assert remove_blocks(graph, ["pooled-1"]).wires == ()


def test_removing_from_a_circle_leaves_no_wire_hanging() -> None:
    graph = feed_forward((4, 4))
    back = [Wire(source=source, target="dense-1") for source in ("dense-1", "dense-2")]
    circle = graph.with_wires((*graph.wires, *back))
    left = remove_blocks(circle, ["dense-1"])
    assert all(w.source in left and w.target in left and w.source != w.target for w in left.wires)


def test_copying_takes_the_wires_among_the_chosen_and_pasting_renames_them() -> None:
    graph = feed_forward((4, 3))
    piece = subgraph(graph, ["dense-1", "dense-2"])
    assert pairs(piece) == {("dense-1", "dense-2")}
    pasted, new = paste(graph, piece, 5.0, 7.0)
    assert new == ("dense-3", "dense-4")
    assert pairs(pasted) == pairs(graph) | {new}
    assert pasted.block("dense-3").y == graph.block("dense-1").y + 7.0
    assert pasted.block("dense-3").params == graph.block("dense-1").params


def test_pasting_a_piece_with_loose_wires_drops_them() -> None:
    piece = feed_forward((4,)).with_blocks(b for b in feed_forward((4,)).blocks if b.kind == "dense")
    pasted, new = paste(feed_forward(()), piece, 0, 0)
    assert new == ("dense-1",)
    assert pairs(pasted) == {("input-1", "output-1")}


def test_parameters_out_of_bounds_are_refused() -> None:
    from pydantic import ValidationError

    with pytest.raises(ValidationError):
        set_params(feed_forward((4,)), "dense-1", units=0)
    with pytest.raises(EngineError):
        set_params(feed_forward((4,)), "dense-1", activation="softmaxx")


# --- random edits of random graphs ------------------------------------------------------------------------------

COORDINATE = st.floats(-1e4, 1e4)


def random_edit(draw: st.DrawFn, graph: NetworkGraph) -> NetworkGraph:
    """One edit with drawn arguments; one that the graph refuses leaves it as it is."""
    ids = [block.id for block in graph.blocks]
    edits = ["add"]
    if ids:
        edits += ["connect", "connect", "remove", "move", "title", "units", "paste", "arrange"]
    if graph.wires:
        edits += ["disconnect", "splice"]
    block = st.sampled_from(ids) if ids else st.nothing()
    match draw(st.sampled_from(edits)):
        case "add":
            kind = draw(st.sampled_from([k.key for k in kinds()]))
            return add_block(graph, kind, draw(COORDINATE), draw(COORDINATE))[0]
        case "connect":
            return connect(graph, draw(block), draw(block))
        case "disconnect":
            return disconnect(graph, draw(st.sampled_from(graph.wires)))
        case "splice":
            return splice(graph, draw(block), draw(st.sampled_from(graph.wires)))
        case "remove":
            return remove_blocks(graph, draw(st.sets(block, max_size=3)), TARGET)
        case "move":
            return move_blocks(graph, {draw(block): (draw(COORDINATE), draw(COORDINATE))})
        case "title":
            return set_title(graph, draw(block), draw(st.text(max_size=100)))
        case "units":
            chosen = graph.block(draw(block))
            changes = {"units": draw(st.integers(1, 64))} if chosen.kind == "dense" else {}
            return set_params(graph, chosen.id, **changes)
        case "paste":
            return paste(graph, subgraph(graph, draw(st.sets(block, max_size=3))), 10.0, 10.0)[0]
        case _:
            return arrange(graph)


@st.composite
def edited_graphs(draw: st.DrawFn) -> list[NetworkGraph]:
    """A chain, or nothing, and the graphs that up to twelve edits make of it."""
    history = [draw(st.sampled_from([NetworkGraph(), feed_forward((3,)), feed_forward((4, 4))]))]
    for _ in range(draw(st.integers(1, 12))):
        try:
            history.append(random_edit(draw, history[-1]))
        except EngineError:
            continue
    return history


@pytest.mark.slow
@settings(max_examples=50)
@given(edited_graphs())
def test_random_edits_keep_a_graph_whole(history: list[NetworkGraph]) -> None:
    for graph in history:
        ids = [block.id for block in graph.blocks]
        assert len(set(ids)) == len(ids)
        assert all(w.source in graph and w.target in graph for w in graph.wires)
        assert topological_order(graph)[1] == ()  # an edit never closes a circle
        for block_id in ids:
            assert [w.slot for w in graph.wires_into(block_id)] == list(range(len(graph.wires_into(block_id))))
        text = graph.model_dump_json()
        again = NetworkGraph.model_validate_json(text)
        assert again == graph
        assert again.model_dump_json() == text
        for classes in (0, 2, 3):
            validate(graph, TargetSpec(classes))
