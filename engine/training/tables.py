"""From a data set to what the network sees: design matrices per input block, encoded targets."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.activations import activation
from engine.data.dataset import Dataset
from engine.data.features import design_matrix
from engine.graph.kinds.base import Array, TargetSpec
from engine.losses import loss
from engine.network.contract import Table
from engine.network.plan import Plan


def target_of(dataset: Dataset) -> TargetSpec:
    """What there is to predict."""
    return TargetSpec(classes=len(dataset.classes))


def network_inputs(plan: Plan, columns: tuple[str, ...], x: Array) -> dict[str, Array]:
    """Features of raw rows x (n, columns) for every input block, (n, features) each."""
    return {node.id: design_matrix(x, columns, node.params.features) for node in plan.inputs}


def table_of(plan: Plan, dataset: Dataset, rows: NDArray[np.int64]) -> Table:
    """The chosen rows of the data set as the plan's table."""
    params = plan.output.params
    targets = loss(params.loss).encode(dataset.y[rows], plan.target.classes, activation(params.activation))
    return Table(network_inputs(plan, dataset.columns, dataset.x[rows]), targets)
