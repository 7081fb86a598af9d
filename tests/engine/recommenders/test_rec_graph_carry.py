"""Edits are kept where the spec changes: the difference between two templates, made in a graph that a person has."""

from __future__ import annotations

import random
from typing import Any, Final

import pytest

from engine.graph.edit import add_block, connect, move_blocks, remove_blocks, set_title, splice
from engine.graph.kinds import Carries
from engine.graph.kinds.dense import DenseParams
from engine.graph.kinds.pooled import PooledParams
from engine.graph.model import Block, NetworkGraph
from engine.network.plan import Plan, compile_graph
from engine.problems import EngineError
from engine.recommenders.data.tables.fields import Fields, binned_name
from engine.recommenders.model.graph_carry import carried
from engine.recommenders.model.graph_cuts import with_inputs, without_hidden
from engine.recommenders.tasks.candidates.graph import candidate_graph
from engine.recommenders.tasks.candidates.graph_spec import spec_of as candidates_of
from engine.recommenders.tasks.candidates.spec import CandidateSpec
from engine.recommenders.tasks.ranking.graph import ranking_graph
from engine.recommenders.tasks.ranking.graph_spec import spec_of as ranking_of
from engine.recommenders.tasks.ranking.spec import CATEGORIES, RankingSpec
from engine.recommenders.tasks.wide_deep.graph import wide_deep
from engine.recommenders.tasks.wide_deep.graph_spec import spec_of as wide_deep_of
from engine.recommenders.tasks.wide_deep.spec import WideDeepSpec

FIELDS: Final = Fields(("a", "b", "c"), ("x", "y"), ("tags",))
SIZES: Final = dict.fromkeys((*FIELDS.crossable, *FIELDS.bags), 5)
OF_USERS: Final = {"country": 5, "device": 4, "searches": 9}
OF_SHOWN: Final = dict.fromkeys(("video", "history", *CATEGORIES), 7)

CHOICES: Final[dict[str, dict[str, list[Any]]]] = {
    "candidates": {
        "hidden": [(), (64,), (64, 32), (16, 8, 4)], "latest": [0, 1, 3], "searches": [True, False],
        "watched": [True, False],
        "categories": [(), ("country",), ("device", "country")], "example_age": [True, False], "negatives": [0, 50],
        "dimensions": [8, 64], "log_q": [True, False], "drawn_by": ["frequency", "uniform"],
    },
    "ranking": {
        "hidden": [(), (64,), (64, 32)], "video": [True, False], "history": [True, False],
        "categories": [(), ("country",), ("device", "topic")], "numbers": [(), ("since_topic",), ("a", "since_topic")],
        "powers": [True, False], "quantiles": [0, 50], "dimensions": [8, 16], "category_dimensions": [4, 8],
    },
    "wide-deep": {
        "parts": ["joint", "wide", "deep"], "hidden": [(), (64,), (64, 32)], "buckets": [10, 1000],
        "crosses": [(), (("a", "b"),), (("c", "a"), ("tags", binned_name("x"), "a"))], "plain_wide": [True, False],
        "dropout": [0.0, 0.5], "quantiles": [0, 50], "straight": [True, False], "dimensions": [4, 16],
    },
}  # fmt: skip


def template(model: str, **choice: Any) -> NetworkGraph:
    if model == "candidates":
        return candidate_graph(20, OF_USERS, CandidateSpec(**choice))
    if model == "ranking":
        return ranking_graph(OF_SHOWN, RankingSpec(**choice))
    return wide_deep(FIELDS, SIZES, WideDeepSpec(**choice))


def told(model: str, graph: NetworkGraph) -> dict[str, Any]:
    """What a graph says of itself; what it does not tell is as a spec has it that nothing was chosen of."""
    if model == "candidates":
        return candidates_of(graph, CandidateSpec()).model_dump()
    if model == "ranking":
        return ranking_of(graph, RankingSpec()).model_dump()
    return wide_deep_of(graph, WideDeepSpec()).model_dump()


def shape(graph: NetworkGraph) -> object:
    """All that the end has of a graph, whatever its blocks' ids and places are."""
    plan = compile_graph(graph, None)

    def behind(at: int) -> object:
        node = plan.nodes[at]
        return node.block.kind, node.block.title, repr(node.params), tuple(behind(source) for source in node.sources)

    return behind(len(plan.nodes) - 1)


def drawn(model: str, draw: random.Random) -> dict[str, Any]:
    """A choice whose template is a network."""
    while True:
        choice = {name: draw.choice(values) for name, values in CHOICES[model].items()}
        try:
            compile_graph(template(model, **choice), None)
        except EngineError:
            continue  # nothing is read
        return choice


@pytest.mark.slow
@pytest.mark.parametrize("model", list(CHOICES))
def test_a_template_says_what_spec_it_is_of(model: str) -> None:
    draw = random.Random(0)
    for _ in range(40):
        graph = template(model, **drawn(model, draw))
        assert shape(template(model, **told(model, graph))) == shape(graph)


@pytest.mark.slow
@pytest.mark.parametrize("model", list(CHOICES))
def test_without_edits_the_new_template_comes_out(model: str) -> None:
    draw = random.Random(1)
    for _ in range(40):
        before, after = template(model, **drawn(model, draw)), template(model, **drawn(model, draw))
        found = carried(before, before, after)
        assert shape(found) == shape(after)
        assert len({block.id for block in found.blocks}) == len(found.blocks)
        assert len({(wire.target, wire.slot) for wire in found.wires}) == len(found.wires)


def edited(graph: NetworkGraph) -> NetworkGraph:
    """The tower's first layer wider, of another function, normalised; a layer more; all of it elsewhere."""
    (first,) = (block for block in graph.blocks if block.title == "Tower 1")
    wide = first.model_copy(update={"params": DenseParams(units=99, activation="tanh"), "title": "Mine"})
    graph = graph.with_blocks(wide if block == first else block for block in graph.blocks)
    for kind in ("layer_norm", "dense"):
        (wire,) = graph.wires_into(first.id)
        graph, new = add_block(graph, kind, 0.0, 900.0)
        graph = splice(graph, new, wire)
    return move_blocks(graph, {block.id: (block.x, block.y + 1000.0) for block in graph.blocks})


def test_skip_connections_in_a_row_are_many_ways_but_few_blocks() -> None:
    before, after = template("candidates", hidden=(8,)), template("candidates", hidden=(8,), searches=False)
    graph = before
    for _ in range(40):
        (wire,) = graph.wires_into(graph.outputs[0].id)
        graph, dense = add_block(graph, "dense", 0.0, 900.0, DenseParams(units=8))
        graph = splice(graph, dense, wire)
        graph, add = add_block(graph, "add", 0.0, 900.0)
        graph = splice(graph, add, graph.wires_into(graph.outputs[0].id)[0])
        graph = connect(graph, wire.source, add)
    found = carried(graph, before, after)
    assert len(found.blocks) == len(graph.blocks) - 2 and "Searches" not in by_title(found)


def by_title(graph: NetworkGraph) -> dict[str, Block]:
    return {block.title: block for block in graph.blocks if block.title}


def messed_up(graph: NetworkGraph, draw: random.Random) -> NetworkGraph:
    """A few edits of any sort that leave a network."""
    for _ in range(draw.randint(1, 4)):
        try:
            changed = _edit(graph, draw)
            compile_graph(changed, None)
        except (EngineError, IndexError):
            continue  # nothing there to edit, or no network any more
        graph = changed
    return graph


def _edit(graph: NetworkGraph, draw: random.Random) -> NetworkGraph:
    block = draw.choice([block for block in graph.blocks if not block.declaration.is_end])
    match draw.choice(("splice", "remove", "connect", "rename")):
        case "splice":
            wires = [wire for wire in graph.wires if graph.block(wire.source).declaration.gives is Carries.NUMBERS]
            changed, new = add_block(graph, draw.choice(["layer_norm", "dense", "dropout", "batch_norm"]), 0.0, 900.0)
            return splice(changed, new, draw.choice(wires))
        case "remove":
            return remove_blocks(graph, [block.id])
        case "connect":
            return connect(graph, block.id, draw.choice(graph.blocks).id)
        case _:
            return set_title(graph, block.id, "Mine")


@pytest.mark.slow
@pytest.mark.parametrize("model", list(CHOICES))
def test_whatever_was_edited_a_network_comes_out_where_the_template_is_one(model: str) -> None:
    draw, tried = random.Random(7), 0
    for _ in range(120):
        graph = messed_up(template(model, **drawn(model, draw)), draw)
        before = told(model, graph)
        field = draw.choice(list(CHOICES[model]))
        try:
            now = template(model, **before), template(model, **before | {field: draw.choice(CHOICES[model][field])})
            compile_graph(now[1], None)
        except EngineError:
            continue  # nothing is read
        found = carried(graph, *now)
        compile_graph(found, None)
        assert all(block.id not in graph.retired for block in found.blocks)
        tried += 1
    assert tried > 60


def carry(graph: NetworkGraph, **changes: Any) -> NetworkGraph:
    """As the ask does it."""
    before = told("candidates", graph)
    return carried(graph, template("candidates", **before), template("candidates", **before | changes))


def sources(graph: NetworkGraph, block_id: str) -> list[str]:
    return [wire.source for wire in graph.wires_into(block_id)]


def test_a_feature_switched_on_is_wired_in_and_all_else_is_as_it_was() -> None:
    graph = edited(template("candidates", latest=0, hidden=(64, 32)))
    found = carry(graph, latest=2, categories=("device",))
    assert [found.block(block.id) for block in graph.blocks] == list(graph.blocks)
    new = by_title(found).keys() - by_title(graph).keys()
    assert new == {"Latest watches", "Mean of latest watches", "device", "device vector"}
    (join,) = (block.id for block in graph.blocks if block.kind == "concatenate")
    titles = [found.block(source).title for source in sources(found, join)]
    assert titles == ["Mean of watch history", "Mean of latest watches", "Mean of searches", "device vector",
                      "Example age"]  # fmt: skip
    assert set(graph.wires) - set(found.wires) == {w for w in graph.wires_into(join) if w.slot > 0}  # moved by one
    assert told("candidates", found) == told("candidates", graph) | {"latest": 1, "categories": ("device",)}


def test_a_feature_switched_off_takes_what_reads_it_alone() -> None:
    graph = template("candidates", latest=1, hidden=(64,))
    (pooled,) = (block for block in graph.blocks if block.title == "Mean of latest watches")
    (wire,) = graph.wires_from(pooled.id)
    graph, norm = add_block(graph, "layer_norm", 0.0, 900.0)
    graph = edited(splice(graph, norm, wire))
    found = carry(graph, latest=0)
    gone = graph.by_id.keys() - found.by_id.keys()
    assert {graph.block(one).title or graph.block(one).kind for one in gone} == {
        "Latest watches", "Mean of latest watches", "layer_norm"
    }  # fmt: skip
    assert [found.block(block.id) for block in graph.blocks if block.id not in gone] == list(found.blocks)
    again = carry(found, latest=1)
    assert not gone & again.by_id.keys(), "what is known under an old id is the old block's"
    assert told("candidates", again) == told("candidates", graph)


def test_what_lies_on_another_block_comes_to_lie_beside_it() -> None:
    graph = template("candidates", latest=0, searches=True)
    found = carry(graph, latest=1)
    places = [(block.x, block.y) for block in found.blocks]
    assert len(set(places)) == len(places)
    moved = move_blocks(graph, {block.id: (block.x + 500.0, block.y - 300.0) for block in graph.blocks})
    assert [(block.x - 500.0, block.y + 300.0) for block in carry(moved, latest=1).blocks] == places


def test_parameters_that_the_spec_does_not_change_stay_a_person_s() -> None:
    graph = template("candidates", hidden=(64,), dimensions=16)
    (pooled,) = (block for block in graph.blocks if block.title == "Mean of searches")
    own = pooled.model_copy(update={"params": PooledParams(dimensions=5)})
    graph = graph.with_blocks(own if block == pooled else block for block in graph.blocks)
    found = carry(graph, negatives=7)
    assert found.block(own.id) == own
    (end,) = found.outputs
    assert end.params.model_dump()["negatives"] == 7


def test_layers_come_and_go_with_what_a_person_has_put_between() -> None:
    graph = edited(template("candidates", hidden=(64,)))
    layers = told("candidates", graph)["hidden"]
    assert layers == (4, 99)
    grown = carry(graph, hidden=(4, 99, 30))
    plan = compile_graph(grown, None)
    assert _kinds(plan) == ["layer_norm", "dense", "dense", "dense"]
    shrunk = carry(grown, hidden=(4,))
    assert _kinds(compile_graph(shrunk, None)) == ["layer_norm", "dense"]


def _kinds(plan: Plan) -> list[str]:
    """From the concatenate to the end."""
    found, at = [], plan.output.sources[0]
    while plan.nodes[at].block.kind != "concatenate":
        found.append(plan.nodes[at].block.kind)
        at = plan.nodes[at].sources[0]
    return found[::-1]


def test_what_a_person_has_put_before_a_new_layer_comes_first() -> None:
    graph = template("candidates", hidden=())
    (wire,) = graph.wires_into(graph.outputs[0].id)
    graph, norm = add_block(graph, "layer_norm", 0.0, 900.0)
    found = carry(splice(graph, norm, wire), hidden=(32,))
    assert _kinds(compile_graph(found, None)) == ["layer_norm", "dense"]


def test_crosses_of_an_edited_graph_are_those_of_the_spec() -> None:
    graph = template("wide-deep", crosses=(("a", "b"),))
    graph, other = add_block(graph, "cross", 0.0, 900.0)
    for column in ("b", "c"):
        graph = connect(graph, by_title(graph)[column].id, other)
    graph = connect(graph, other, by_title(graph)["Wide"].id)
    before = told("wide-deep", graph)
    assert before["crosses"] == (("a", "b"), ("b", "c"))
    wanted = {**before, "crosses": (("c", "a"),)}
    found = carried(graph, template("wide-deep", **before), template("wide-deep", **wanted))
    assert told("wide-deep", found)["crosses"] == (("c", "a"),)
    assert sum(block.kind == "cross" for block in found.blocks) == 1


@pytest.mark.parametrize("model", ["candidates", "ranking"])
def test_a_network_that_reads_nothing_is_said(model: str) -> None:
    off: dict[str, Any] = {"watched": False, "searches": False, "latest": 0, "example_age": False}
    if model == "ranking":
        off = {"video": False, "history": False, "categories": (), "numbers": ()}
    with pytest.raises(EngineError, match="The network has no features left"):
        template(model, **off)


# Cuts -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("half", ["wide", "deep"])
def test_half_of_a_joint_model_is_the_template_of_that_half(half: str) -> None:
    spec = {"crosses": (("a", "b"),), "hidden": (8, 4), "dropout": 0.1, "straight": True}
    joint, alone = template("wide-deep", **spec), template("wide-deep", parts=half, **spec)
    logits = sources(joint, joint.outputs[0].id)
    cut = with_inputs(joint, [logits[0 if half == "wide" else 1]])
    plans = compile_graph(cut, None), compile_graph(alone, None)
    assert [(node.id, node.params, node.sources) for node in plans[0].nodes] == [
        (node.id, node.params, node.sources) for node in plans[1].nodes
    ]


@pytest.mark.parametrize("choice", [{}, {"numbers": (), "categories": ()}, {"video": False, "history": False}])
def test_a_ranking_without_its_layers_is_the_template_without_them(choice: dict[str, Any]) -> None:
    found, alone = without_hidden(template("ranking", **choice)), template("ranking", hidden=(), **choice)
    assert found is not None and shape(found) == shape(alone)
    assert {block.id for block in found.blocks} == {block.id for block in alone.blocks}
    assert without_hidden(alone) is None and without_hidden(found) is None


def test_layers_that_nothing_joins_are_joined_where_they_are_left_out() -> None:
    graph = template("ranking", hidden=(8,), video=False, numbers=())  # history and categories
    (join,) = (block.id for block in graph.blocks if block.kind == "concatenate")
    graph, first = add_block(graph, "dense", 0.0, 900.0)
    graph = splice(graph, first, graph.wires_into(join)[0])
    found = without_hidden(graph)
    assert found is not None
    (end,) = found.outputs
    (read,) = sources(found, end.id)
    assert found.block(read).kind == "concatenate" and read != join
    assert {found.block(one).kind for one in sources(found, read)} == {"pooled", "embedding"}
    assert not [block for block in found.blocks if block.kind == "dense"]


def test_a_single_feature_is_read_as_it_is() -> None:
    graph = template("ranking", history=False, numbers=(), categories=(), hidden=(8,))
    found = without_hidden(graph)
    assert found is not None and [block.kind for block in found.blocks] == ["categorical", "embedding",
                                                                           "weighted_logistic"]  # fmt: skip
