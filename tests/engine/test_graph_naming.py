"""One name for one thing: what blocks are called."""

from __future__ import annotations

from engine.graph import NetworkGraph
from engine.graph.build import feed_forward
from engine.graph.edit import add_block, set_title
from engine.graph.kinds import TargetSpec
from engine.graph.naming import name_of, names_of
from engine.network.plan import compile_graph, redrawn
from tests.engine.test_graph_validation import graph_of


def test_layers_are_numbered_from_the_input_and_the_ends_are_not() -> None:
    names = names_of(feed_forward((4, 4)))
    assert sorted(names.values()) == ["Dense 1", "Dense 2", "Input", "Output"]


def test_a_hidden_layer_has_a_number_even_alone_and_its_title_takes_its_place_in_the_count() -> None:
    assert "Dense 1" in names_of(feed_forward((4,))).values()
    names = names_of(set_title(feed_forward((4, 4, 4)), "dense-2", "features"))
    assert (names["dense-2"], names["dense-3"]) == ("features", "Dense 3")
    assert names["dense-2"].titled and not names["dense-3"].titled


def test_a_block_that_lies_ready_renames_nothing() -> None:
    graph, spare = add_block(feed_forward((4, 4)), "dense", 0, 0)
    assert names_of(graph)[spare] == "Dense 3"
    assert names_of(graph)["dense-1"] == "Dense 1"


def test_others_are_numbered_among_several_and_activations_by_what_they_are() -> None:
    graph, first = add_block(feed_forward((4,)), "dropout", 0, 0)
    assert names_of(graph)[first] == "Dropout"
    graph, second = add_block(graph, "dropout", 0, 0)
    assert [names_of(graph)[i] for i in (first, second)] == ["Dropout 1", "Dropout 2"]
    graph, relu = add_block(graph, "activation", 0, 0)
    assert names_of(graph)[relu] == "ReLU"


def test_a_circle_and_a_block_that_is_gone_have_names_all_the_same() -> None:
    circle = graph_of({"in": "input", "a": "dense", "b": "dense", "out": "output"}, ("a", "b"), ("b", "a"))
    assert sorted(names_of(circle).values()) == ["Dense 1", "Dense 2", "Input", "Output"]
    assert name_of(NetworkGraph(), "gone") == "gone"


def test_a_plan_carries_the_names_and_takes_new_ones() -> None:
    graph = feed_forward((4,))
    plan = compile_graph(graph, TargetSpec())
    assert [node.name for node in plan.nodes] == ["Input", "Dense 1", "Output"]
    assert redrawn(plan, set_title(graph, "dense-1", "mine")).nodes[1].name == "mine"
