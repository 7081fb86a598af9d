"""Validation names the block, the port and the mend; widths follow from the inputs; blocks come in order."""

from __future__ import annotations

import numpy as np
import pytest

from engine.data.features import design_matrix
from engine.graph import Block, NetworkGraph, Port, TargetSpec, Wire, naming, validate
from engine.graph.adapt import adapt
from engine.graph.arrange import COLUMN_GAP, arrange
from engine.graph.build import feed_forward
from engine.graph.edit import set_params
from engine.graph.kinds import kinds
from engine.graph.model import ancestors, topological_order
from engine.graph.validation import infer_widths, problems_by_block
from engine.losses import LOSSES
from engine.network.plan import compile_graph
from engine.problems import EngineError

TARGET = TargetSpec(2)


def graph_of(kinds_by_id: dict[str, str], *wires: tuple[str, str]) -> NetworkGraph:
    """Blocks with default parameters; the slots of a block count up in the order of its wires."""
    slots: dict[str, int] = {}
    made = []
    for source, target in wires:
        made.append(Wire(source=source, target=target, slot=slots.setdefault(target, 0)))
        slots[target] += 1
    blocks = tuple(Block.model_validate({"id": i, "kind": kind}) for i, kind in kinds_by_id.items())
    return NetworkGraph(blocks=blocks, wires=tuple(made))


CHAIN = {"in": "input", "d": "dense", "out": "output"}
FORWARD = (("in", "d"), ("d", "out"))

WRONG = {
    "graph.no-input": (graph_of({"out": "output"}), None, Port.BLOCK, "drag an Input"),
    "graph.no-output": (graph_of({"in": "input"}), None, Port.BLOCK, "drag an Output"),
    "graph.many-outputs": (
        graph_of({**CHAIN, "out2": "output"}, *FORWARD, ("d", "out2")),
        "out2",
        Port.BLOCK,
        "delete all but one",
    ),
    "graph.cycle": (
        graph_of({**CHAIN, "sum": "add"}, ("in", "sum"), ("d", "sum"), ("sum", "d"), ("d", "out")),
        "d",
        Port.INPUT,
        "Delete one of the wires",
    ),
    "graph.open-port": (graph_of(CHAIN, ("d", "out")), "d", Port.INPUT, "drag a wire to it"),
    "graph.crowded-port": (
        graph_of({**CHAIN, "in2": "input"}, *FORWARD, ("in2", "d")),
        "d",
        Port.INPUT,
        "join them in an Add or Concatenate",
    ),
    "graph.no-output-port": (
        graph_of({**CHAIN, "e": "dense"}, *FORWARD, ("out", "e")),
        "out",
        Port.OUTPUT,
        "delete the wire that leaves it",
    ),
    "graph.no-input-port": (
        graph_of({**CHAIN, "in2": "input"}, *FORWARD, ("in2", "in")),
        "in",
        Port.INPUT,
        "delete the wire that ends at it",
    ),
    "graph.loose-wire": (graph_of(CHAIN, *FORWARD, ("gone", "d")), None, Port.BLOCK, "delete it"),
    "graph.same-id": (
        NetworkGraph(blocks=(*graph_of(CHAIN).blocks, Block.model_validate({"id": "d", "kind": "dense"}))),
        "d",
        Port.BLOCK,
        "give one of them another",
    ),
    "graph.no-features": (
        set_params(graph_of(CHAIN, *FORWARD), "in", features=()),
        "in",
        Port.INPUT,
        "choose at least one column",
    ),
    "graph.widths-differ": (
        graph_of({**CHAIN, "sum": "add"}, ("in", "d"), ("in", "sum"), ("d", "sum"), ("sum", "out")),
        "sum",
        Port.INPUT,
        "the same number of units",
    ),
}


@pytest.mark.parametrize("code", WRONG)
def test_each_problem_names_block_port_and_mend(code: str) -> None:
    graph, block, port, mend = WRONG[code]
    found = next(p for p in validate(graph, TARGET) if p.problem.code == code)
    assert found.blocking
    assert (found.block_id, found.port) == (block, port)
    assert mend in found.problem.sentence
    with pytest.raises(EngineError):
        compile_graph(graph, TARGET)


def test_two_wires_into_one_slot() -> None:
    graph = graph_of({**CHAIN, "sum": "add"}, *FORWARD, ("in", "sum"))
    doubled = graph.with_wires((*graph.wires, Wire(source="d", target="sum")))
    assert "graph.double-wire" in {p.problem.code for p in validate(doubled, TARGET)}


def test_a_sentence_calls_a_block_by_its_title() -> None:
    graph = graph_of(CHAIN, ("d", "out"))
    titled = graph.with_blocks(b.model_copy(update={"title": "Eyes"}) if b.id == "d" else b for b in graph.blocks)
    assert "“Eyes”" in next(p for p in validate(titled, TARGET) if p.block_id == "d").problem.sentence


def test_what_does_not_reach_the_output_blocks_nothing() -> None:
    graph = graph_of({**CHAIN, "spare": "dense", "free": "input"}, *FORWARD, ("free", "spare"))
    problems = validate(graph, TARGET)
    assert {p.problem.code for p in problems} == {"graph.unused"}
    assert {p.block_id for p in problems} == {"spare", "free"}
    assert not any(p.blocking for p in problems)
    assert [node.id for node in compile_graph(graph, TARGET).nodes] == ["in", "d", "out"]


def test_problems_are_grouped_by_their_block() -> None:
    grouped = problems_by_block(validate(graph_of(CHAIN, ("d", "out")), TARGET))
    assert set(grouped) == {"in", "d"}  # the input is no longer used, the dense block is open


def test_a_sound_graph_has_no_problems() -> None:
    assert validate(feed_forward((4, 2)), TARGET) == ()


def test_widths_follow_from_the_inputs() -> None:
    graph = graph_of(
        {**CHAIN, "join": "concatenate", "norm": "layer_norm", "batch": "batch_norm"}
        | {"drop": "dropout", "f": "activation"},
        ("in", "d"), ("in", "join"), ("d", "join"), ("join", "norm"), ("norm", "batch"), ("batch", "drop"),
        ("drop", "f"), ("f", "out"),
    )  # fmt: skip
    graph = set_params(graph, "d", units=5)
    widths, problems = infer_widths(graph, TargetSpec(2))
    assert problems == ()
    assert widths == {"in": 2, "d": 5, "join": 7, "norm": 7, "batch": 7, "drop": 7, "f": 7, "out": 1}
    assert infer_widths(set_params(graph, "out", loss="softmax_cross_entropy"), TargetSpec(4))[0]["out"] == 4


def test_topological_order_puts_sources_first_and_names_the_stuck() -> None:
    graph = graph_of({"out": "output", "sum": "add", "d": "dense", "in": "input"}, *FORWARD[:1], ("in", "sum"),
                     ("d", "sum"), ("sum", "out"))  # fmt: skip
    order, stuck = topological_order(graph)
    assert stuck == ()
    assert all(order.index(w.source) < order.index(w.target) for w in graph.wires)
    order, stuck = topological_order(WRONG["graph.cycle"][0])
    assert order == ("in",)
    assert set(stuck) == {"sum", "d", "out"}


def test_ancestors_are_what_feeds_a_block() -> None:
    assert ancestors(graph_of({**CHAIN, "e": "dense"}, *FORWARD, ("d", "e")), "out") == {"in", "d", "out"}


def test_arranging_puts_every_block_right_of_its_sources() -> None:
    graph = graph_of({**CHAIN, "skip": "dense", "sum": "add"}, ("in", "d"), ("in", "skip"), ("d", "sum"),
                     ("skip", "sum"), ("sum", "out"))  # fmt: skip
    placed = arrange(graph).by_id
    for wire in graph.wires:
        assert placed[wire.target].x >= placed[wire.source].x + COLUMN_GAP
    assert len({(b.x, b.y) for b in placed.values()}) == len(placed)
    assert arrange(arrange(graph)) == arrange(graph)


@pytest.mark.parametrize("code", WRONG)
def test_a_broken_graph_can_still_be_arranged(code: str) -> None:
    arrange(WRONG[code][0])


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("activation", ["tanh", "identity", "logistic"])
@pytest.mark.parametrize("classes", [0, 2, 5])
def test_adapting_fits_any_output_to_any_task(loss: str, activation: str, classes: int) -> None:
    graph = set_params(feed_forward((3,)), "output-1", loss=loss, activation=activation)
    target = TargetSpec(classes)
    fitted = adapt(graph, ("height", "x2"), ("height",), target)
    assert validate(fitted, target) == ()
    assert fitted.block("input-1").params.model_dump()["features"] == ("x2",)
    output = fitted.block("output-1").params.model_dump()
    if classes == 0:
        assert (output["loss"], output["activation"]) == ("squared_error", "identity")
    assert adapt(fitted, ("height", "x2"), ("height",), target) == fitted


def test_an_input_that_loses_every_feature_takes_every_column() -> None:
    fitted = adapt(feed_forward((3,)), ("a", "b", "a*b"), ("a", "b"), TARGET)
    assert fitted.block("input-1").params.model_dump()["features"] == ("a", "b")


@pytest.mark.parametrize("kind", [kind.key for kind in kinds()])
def test_json_round_trip_of_every_kind(kind: str) -> None:
    graph = NetworkGraph(blocks=(Block.model_validate({"id": "a", "kind": kind, "x": 0.1, "y": -1 / 3}),))
    assert NetworkGraph.model_validate_json(graph.model_dump_json()) == graph


def test_a_recommenders_block_is_refused_in_the_playground_alone() -> None:
    chain = {"c": "categorical", "e": "embedding", "d": "dense", "o": "output"}
    graph = graph_of(chain, ("c", "e"), ("e", "d"), ("d", "o"))
    said = [p.problem.sentence for p in validate(graph, TargetSpec()) if p.blocking]
    assert len(said) == 2 and all("neuroloom-engine recommend" in sentence for sentence in said)
    assert validate(graph, None) == ()


def test_problems_are_grouped_by_block_and_those_of_the_whole_graph_left_out() -> None:
    found = validate(graph_of({"d": "dense", "d2": "dense"}, ("d", "d2")), TARGET)
    grouped = problems_by_block(found)
    assert {problem.problem.code for problem in found if problem.block_id is None} >= {"graph.no-input"}
    assert set(grouped) == {"d"}
    assert [p for p in found if p.block_id is not None] == list(grouped["d"])


def test_the_blocks_are_named_once_however_many_problems_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[NetworkGraph] = []
    real = naming._from_the_input
    monkeypatch.setattr(naming, "_from_the_input", lambda graph: (calls.append(graph), real(graph))[1])
    graph = graph_of({f"d{at}": "dense" for at in range(20)})
    assert len(validate(graph, None)) >= 20 and len(calls) == 1


def test_networks_beyond_all_bounds_are_one_sentence_soon() -> None:
    (found,) = validate(feed_forward((2,) * 5000), TargetSpec())
    assert found.blocking and found.problem.code == "graph.many-blocks"
    with pytest.raises(EngineError) as error:
        compile_graph(feed_forward((4096,) * 64), TargetSpec())
    assert error.value.problem.code == "network.too-many-weights"
    with pytest.raises(EngineError) as error:
        design_matrix(np.broadcast_to(0.0, (1000, 1)), ("x1",), ("x1",) * 100_000)
    assert error.value.problem.code == "data.features-too-many"
