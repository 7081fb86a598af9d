"""Fits a graph to another data set: its inputs read columns that exist, its output suits the task."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from engine.activations import activation
from engine.graph.edit import set_params
from engine.graph.kinds import TargetSpec
from engine.graph.model import Block, NetworkGraph
from engine.graph.naming import name_of
from engine.problems import Problem, Word, declare

MANY_CLASSES = 3
"""From here on classes are told apart by an output unit each."""
OUTPUT_REPLACED = declare(
    "graph.output-replaced",
    "“{block}” had {was} with {was_loss}, which doesn't suit the new data; it now has {now} with {loss}.",
)


def adapt(
    graph: NetworkGraph,
    available: Sequence[str],
    columns: Sequence[str],
    target: TargetSpec,
    known: Collection[str] | None = None,
    before: TargetSpec | None = None,
) -> NetworkGraph:
    """The graph fitted to data with these ``available`` feature tokens, ``columns`` among them, and this target.

    Features that still exist stay chosen; an input that loses all of its features takes every column. ``known``: the
    columns of the data before. One that is not among them has been left out by nobody, so it comes in: to every input
    that had all of those known, or else to the first. None: what is new cannot be told, and nothing comes in.

    ``before``: the target so far. An output keeps its loss and activation while the task stays of one kind: a
    regression, two classes, or more. None: the target so far isn't known, and the output is suited to the new one.
    """
    new = () if known is None else tuple(column for column in columns if column not in known)
    takers = _takers(graph, known or ()) if new else frozenset()
    for block in graph.blocks:
        features = block.declaration.features(block.params)
        if features is not None:
            kept = {token for token in features if token in available}
            if kept and block.id in takers:  # in the data's order, as if they had come together
                chosen = tuple(token for token in available if token in kept or token in new)
            else:
                chosen = tuple(token for token in features if token in kept) or tuple(columns)
            graph = set_params(graph, block.id, features=chosen)
        elif block.declaration.criterion(block.params) is not None and not _is_same_kind(before, target):
            changes = _output_changes(block, target)
            graph = set_params(graph, block.id, **changes) if changes else graph
    return graph


def _takers(graph: NetworkGraph, known: Collection[str]) -> frozenset[str]:
    """The inputs that new columns come to."""
    read = {block.id: block.declaration.features(block.params) for block in graph.blocks}
    inputs = {block_id: features for block_id, features in read.items() if features is not None}
    whole = frozenset(block_id for block_id, features in inputs.items() if set(known) <= set(features))
    return whole or frozenset(list(inputs)[:1])


def _is_same_kind(before: TargetSpec | None, target: TargetSpec) -> bool:
    return before is not None and min(before.classes, MANY_CLASSES) == min(target.classes, MANY_CLASSES)


def output_replaced(before: NetworkGraph, after: NetworkGraph) -> Problem | None:
    """What to say where an output got another loss or activation, or None."""
    for block in after.outputs:
        if block.id in before:
            was, now = _ending(before.block(block.id)), _ending(block)
            if was != now:
                name = name_of(after, block.id)
                return OUTPUT_REPLACED(block=name, was=was[0], was_loss=was[1], now=now[0], loss=now[1])
    return None


def _ending(block: Block) -> tuple[Word, Word]:
    """The labels of an output's activation and loss."""
    function, criterion = block.declaration.function(block.params), block.declaration.criterion(block.params)
    return Word(function.label if function else ""), Word(criterion.label if criterion else "")


def _output_changes(block: Block, target: TargetSpec) -> dict[str, object]:
    """Regression ends in an unbounded squared error, from which classes go to a cross-entropy; more than two classes
    end in softmax; two keep what they have otherwise."""
    params = block.params.model_dump()
    squared = params["loss"] == "squared_error"
    if target.classes == 0:
        bounded = not squared or bool(np.isfinite(activation(params["activation"]).output_range).all())
        return {"loss": "squared_error", "activation": "identity"} if bounded else {}
    if target.classes > 2:
        return {"loss": "softmax_cross_entropy"} if params["loss"] != "softmax_cross_entropy" else {}
    return {"loss": "binary_cross_entropy"} if squared and params["activation"] == "identity" else {}
