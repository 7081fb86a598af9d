"""Whether an edited graph can be trained: each thing that may not fit, the block that it is at, and the mend."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from engine.graph.kinds import BlockParams
from engine.graph.kinds.bag import BagParams
from engine.graph.kinds.categorical import CategoricalParams
from engine.graph.kinds.cross import CrossParams
from engine.graph.kinds.dense import DenseParams
from engine.graph.kinds.numbers import NumbersParams
from engine.graph.kinds.sampled_softmax import SampledSoftmaxParams
from engine.graph.kinds.transform import TransformParams
from engine.graph.model import NetworkGraph
from engine.problems import EngineError
from engine.recommenders.model.graph_draft import GraphDraft
from engine.recommenders.model.graph_fit import Readable, fitting, misfit

Given = tuple[str, BlockParams | None, Sequence[str]]
TABLE = Readable("joint_logit", {"colour": 4, "shape": 3}, {"tags": 6}, ("x",))
LOG = Readable("sampled_softmax", {}, {"history": 6}, ("age",), 5, quantiles=False)

COLOUR: Given = ("categorical", CategoricalParams(column="colour", size=4), ())
LOGIT: Given = ("dense", DenseParams(units=1), ["numbers-1"])
X: Given = ("numbers", NumbersParams(columns=("x",)), ())
END: Given = ("joint_logit", None, ["dense-1"])


def graph_of(*blocks: Given) -> NetworkGraph:
    draft = GraphDraft()
    for at, (kind, params, sources) in enumerate(blocks):
        draft.add(kind, params, "", at, sources)
    return draft.graph()


def said(graph: NetworkGraph, readable: Readable = TABLE) -> str:
    """What is wrong, which :func:`fitting` raises too."""
    found = misfit(graph, readable)
    assert found is not None
    with pytest.raises(EngineError) as error:
        fitting(graph, readable)
    assert error.value.problem == found.problem
    return found.problem.sentence


def test_a_graph_that_fits_is_compiled() -> None:
    graph = graph_of(X, LOGIT, END)
    assert misfit(graph, TABLE) is None
    assert [node.id for node in fitting(graph, TABLE).nodes] == ["numbers-1", "dense-1", "joint-logit-1"]


def test_it_has_to_end_in_the_block_that_its_task_learns_by() -> None:
    assert said(NetworkGraph()).startswith("The network has no end; add a “Joint logit” block")
    wrong = graph_of(X, ("dense", DenseParams(units=1), ["numbers-1"]), ("weighted_logistic", None, ["dense-1"]))
    assert said(wrong) == (
        "The network ends in “Weighted logistic”, but this model needs a “Joint logit” block. Put one there."
    )
    found = misfit(wrong, TABLE)
    assert found is not None and found.block_id == "weighted-logistic-1"
    assert "weighted" in said(graph_of(X, LOGIT, END, ("weighted_logistic", None, ["dense-1"]))).lower()


def test_what_any_graph_may_have_wrong_is_said_as_everywhere() -> None:
    assert "outputs" in said(graph_of(X, LOGIT, END, ("joint_logit", None, ["dense-1"])))
    assert "end it in a Dense 1" in said(graph_of(X, ("dense", DenseParams(units=2), ["numbers-1"]), END))
    assert "not wired" in said(graph_of(X, ("dense", DenseParams(units=1), []), END))


@pytest.mark.parametrize(
    ("blocks", "sentence"),
    [
        (
            [("numbers", NumbersParams(columns=("y",)), ()), LOGIT, END],
            "“Numbers” reads the column “y”, which the data does not have; choose one of colour, shape, tags, x.",
        ),
        (
            [("numbers", NumbersParams(columns=("colour",)), ()), LOGIT, END],
            "“Numbers” needs one number per row, and “colour” doesn't have that. Choose another column.",
        ),
        (
            [("categorical", CategoricalParams(column="tags", size=6), ()), ("sparse_linear", None, ["categorical-1"]),
             ("joint_logit", None, ["sparse-linear-1"])],
            "“Category” needs one id per row, and “tags” doesn't have that. Choose another column.",
        ),
        (
            [("bag", BagParams(column="shape", size=3), ()), ("sparse_linear", None, ["bag-1"]),
             ("joint_logit", None, ["sparse-linear-1"])],
            "“Bag of ids” needs a bag of ids per row, and “shape” doesn't have that. Choose another column.",
        ),
        (
            [("categorical", CategoricalParams(column="colour", size=9), ()),
             ("sparse_linear", None, ["categorical-1"]), ("joint_logit", None, ["sparse-linear-1"])],
            "“Category” has 9 ids for “colour”, whose vocabulary has 4 in this data; set its size to that.",
        ),
        (
            [("bag", BagParams(column="tags", size=6), ()), ("embedding", None, ["bag-1"]),
             ("dense", DenseParams(units=1), ["embedding-1"]), END],
            "“Embedding” takes one id per row from each wire, and “Bag of ids” gives any number; use a Pooled block "
            "for it.",
        ),
        (
            [COLOUR, ("categorical", CategoricalParams(column="shape", size=3), ()),
             ("cross", CrossParams(crosses=((0, 1), (0,))), ["categorical-1", "categorical-2"]),
             ("embedding", None, ["cross-1"]), ("dense", DenseParams(units=1), ["embedding-1"]), END],
            "“Embedding” takes one id per row from each wire, and “Cross φ” gives any number; use a Pooled block for "
            "it.",
        ),
        (
            [COLOUR, ("cross", CrossParams(crosses=((0,),)), ["categorical-1"]),
             ("cross", CrossParams(crosses=((0,),)), ["cross-1"]), ("sparse_linear", None, ["cross-2"]),
             ("joint_logit", None, ["sparse-linear-1"])],
            "“Cross φ 2” crosses what “Cross φ 1” already crossed. Wire the columns to it directly and cross them "
            "all at "
            "once.",
        ),
        (
            [COLOUR, ("cross", CrossParams(crosses=((0,), ())), ["categorical-1"]),
             ("sparse_linear", None, ["cross-1"]), ("joint_logit", None, ["sparse-linear-1"])],
            "“Cross φ” has a cross without inputs. Name one or more, or remove it.",
        ),
        (
            [(*END[:2], ())],
            "The network has no inputs. Add a Category, a Bag of ids or Numbers, and wire it up.",
        ),
        (
            [X, ("dense", DenseParams(units=3), ["numbers-1"]), ("transform", TransformParams(), ["dense-1"]),
             ("dense", DenseParams(units=1), ["transform-1"]), ("joint_logit", None, ["dense-2"])],
            "“Transform” uses the quantiles of its input, which change as the blocks before it learn. Wire it to "
            "the data's numbers, or set its quantiles to 0.",
        ),
        (
            [("input", None, ()), ("dense", DenseParams(units=1), ["input-1"]), END],
            "“Input” reads the points of the playground; put a Category, a Bag of ids or Numbers in its place.",
        ),
    ],
)  # fmt: skip
def test_blocks_read_what_there_is_and_as_it_is(blocks: list[Given], sentence: str) -> None:
    assert said(graph_of(*blocks)) == sentence


def test_blocks_that_do_not_reach_the_end_may_be_anything() -> None:
    assert (
        misfit(graph_of(X, LOGIT, END, ("categorical", CategoricalParams(column="nothing", size=2), ())), TABLE) is None
    )


def test_an_embedding_may_read_a_single_cross_of_single_ids() -> None:
    shape: Given = ("categorical", CategoricalParams(column="shape", size=3), ())
    cross: Given = ("cross", CrossParams(), ["categorical-1", "categorical-2"])
    rest: list[Given] = [("embedding", None, ["cross-1"]), ("dense", DenseParams(units=1), ["embedding-1"]), END]
    assert misfit(graph_of(COLOUR, shape, cross, *rest), TABLE) is None


def log_graph(units: int, items: int, *between: Given) -> NetworkGraph:
    before = "dense-1" if not between else f"{between[-1][0]}-1"
    return graph_of(
        ("numbers", NumbersParams(columns=("age",)), ()), ("dense", DenseParams(units=units), ["numbers-1"]), *between,
        ("sampled_softmax", SampledSoftmaxParams(items=items), [before]),
    )  # fmt: skip


def test_the_softmax_is_over_the_catalogue_and_no_wider_than_an_item_s_vector() -> None:
    assert misfit(log_graph(1024, 5), LOG) is None
    assert said(log_graph(8, 7), LOG) == (
        "“Softmax over items” is over 7 items, and this data has 5; set its items to that."
    )
    assert said(log_graph(1025, 5), LOG) == (
        "The tower outputs 1025 numbers, but an item's vector can have at most 1024. End it in a narrower layer."
    )


def test_quantiles_are_refused_where_nobody_looks_for_them() -> None:
    graph = log_graph(8, 5, ("transform", TransformParams(quantiles=4), ["dense-1"]))
    assert said(graph, LOG) == ("“Transform” uses quantiles, which this model doesn't compute. Set its quantiles to 0.")
    assert misfit(log_graph(8, 5, ("transform", TransformParams(quantiles=0), ["dense-1"])), LOG) is None
