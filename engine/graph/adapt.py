"""Fits a graph to another data set: its inputs read columns that exist, its output suits the task."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.activations import activation
from engine.graph.edit import set_params
from engine.graph.kinds import TargetSpec
from engine.graph.model import Block, NetworkGraph


def adapt(graph: NetworkGraph, available: Sequence[str], columns: Sequence[str], target: TargetSpec) -> NetworkGraph:
    """The graph fitted to data with these ``available`` feature tokens, ``columns`` among them, and this target.

    Features that still exist stay chosen; an input that loses all of its features takes every column.
    """
    for block in graph.blocks:
        features = block.declaration.features(block.params)
        if features is not None:
            kept = tuple(token for token in features if token in available)
            graph = set_params(graph, block.id, features=kept or tuple(columns))
        elif block.declaration.criterion(block.params) is not None:
            changes = _output_changes(block, target)
            graph = set_params(graph, block.id, **changes) if changes else graph
    return graph


def _output_changes(block: Block, target: TargetSpec) -> dict[str, object]:
    """Regression ends in an unbounded squared error; more than two classes in softmax; two keep what they have."""
    params = block.params.model_dump()
    squared = params["loss"] == "squared_error"
    if target.classes == 0:
        bounded = not squared or bool(np.isfinite(activation(params["activation"]).output_range).all())
        return {"loss": "squared_error", "activation": "identity"} if bounded else {}
    if target.classes > 2:
        return {"loss": "softmax_cross_entropy"} if squared else {}
    return {"activation": "tanh"} if squared and params["activation"] == "identity" else {}
