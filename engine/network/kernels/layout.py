"""Where everything lies in a workspace: the tables that the kernels read and Python writes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.activations import Activation
from engine.graph.kinds.base import Array
from engine.hyperparameters import Hyperparameters
from engine.losses import LOSSES
from engine.network.plan import Node, Plan

Table = NDArray[np.uint64]

# Columns of the layer table, one row for each affine node. WEIGHT and BIAS count from the start of the parameters (or
# of their gradient), the four areas from the start of the workspace.
LAYER_FIELDS = 10
INPUTS, UNITS, WEIGHT, BIAS, BIASED, ACTIVATION, SOURCE, Z, A, DELTA = range(LAYER_FIELDS)

# Entries of the area table. FORWARD is how many numbers the inputs, z and a fill from the start of the workspace on;
# the second areas of parameters and optimiser vectors follow the first by PARAMETERS and MEMORY numbers.
AREA_FIELDS = 10
FORWARD, TARGETS, SHARES, RECIPROCALS, GRADIENT, THETA, SLOTS, PARAMETERS, MEMORY, LOSS = range(AREA_FIELDS)

# Entries of the settings, which are float64.
SETTING_FIELDS = 10
L1, L2, CLIP, FRICTION, BETA1, BETA2, RHO, EPSILON, DECAY, PULL = range(SETTING_FIELDS)

LOSS_CODES = {key: code for code, key in enumerate(LOSSES)}

ALIGNMENT = 8
"""Areas begin at multiples of so many numbers: a cache line."""


@dataclass(frozen=True, slots=True)
class Layout:
    """``layers`` (L, 10) and ``areas`` (10,) as the constants of this module number them, ``alphas`` (L,) the
    activations' parameters, ``size`` the workspace's length."""

    layers: Table
    areas: Table
    alphas: Array
    size: int


def is_chain(plan: Plan) -> bool:
    """Whether the plan is one input, then dense blocks one after another, then the output."""
    first, layers = plan.nodes[0], plan.nodes[1:]
    single = all(node.kind.probed and node.sources == (index,) for index, node in enumerate(layers))
    measured = plan.output.kind.criterion(plan.output.params) is not None
    return single and measured and first.kind.features(first.params) is not None


def _function(node: Node) -> Activation:
    """The activation that an affine node really has: the cross-entropies bring the output's own."""
    function = node.kind.function(node.params)
    assert function is not None  # :func:`is_chain` lets through no node that has none
    return function


def lay_out(plan: Plan, rows: int, slots: int = 0) -> Layout:
    """The tables for batches of up to ``rows`` rows and an optimiser with ``slots`` vectors."""
    ends = _Ends()
    outputs = [ends.take(node.width * rows) for node in plan.nodes]
    z = [ends.take(node.width * rows) for node in plan.nodes[1:]]
    forward = ends.end
    layers = np.zeros((len(z), LAYER_FIELDS), np.uint64)
    for index, (before, node) in enumerate(pairwise(plan.nodes)):
        weight, bias = node.slots[0].offset, node.slots[-1].offset
        code = _function(node).opcode
        row = [before.width, node.width, weight, bias, len(node.slots) > 1, code, outputs[index], z[index]]
        layers[index] = [*row, outputs[index + 1], ends.take(node.width * rows)]
    width = plan.output.width
    areas = np.zeros(AREA_FIELDS, np.uint64)
    areas[FORWARD] = forward
    areas[TARGETS], areas[SHARES], areas[RECIPROCALS] = ends.take(width * rows), ends.take(rows), ends.take(rows)
    areas[GRADIENT] = ends.take(plan.size)
    areas[THETA], areas[SLOTS] = ends.take(2 * plan.size), ends.take(2 * slots * plan.size)
    areas[PARAMETERS], areas[MEMORY] = plan.size, slots * plan.size
    areas[LOSS] = LOSS_CODES[plan.output.params.loss]
    alphas = [_alpha(node) for node in plan.nodes[1:]]
    return Layout(layers, areas, np.array(alphas), ends.end)


def settings_of(hyper: Hyperparameters) -> Array:
    """The hyper-parameters that the kernels read, (10,); a norm that is never reached stands for no clipping, a pull
    below 0 for an L1 that is part of the gradient."""
    settings = np.empty(SETTING_FIELDS)
    settings[L1] = hyper.l1_of_gradient
    settings[PULL] = -1.0 if hyper.l1_of_pull is None else hyper.l1_of_pull
    settings[L2] = hyper.l2
    settings[CLIP] = np.inf if hyper.clip_norm is None else hyper.clip_norm
    settings[FRICTION], settings[RHO], settings[EPSILON] = hyper.momentum, hyper.rho, hyper.epsilon
    settings[BETA1], settings[BETA2], settings[DECAY] = hyper.beta1, hyper.beta2, hyper.weight_decay
    return settings


def _alpha(node: Node) -> float:
    return _function(node).alpha_or_default(node.params.alpha)


class _Ends:
    """Hands out areas one after the other."""

    def __init__(self) -> None:
        self.end = 0

    def take(self, count: int) -> int:
        """Where an area of ``count`` numbers begins."""
        start = self.end
        self.end += -(-count // ALIGNMENT) * ALIGNMENT
        return start
