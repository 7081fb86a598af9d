"""Where everything lies in a workspace: the tables that the kernels read and Python writes.

Every block has an area for its a and one for ∂L/∂a, which its own backward pass turns into δ; those with an activation
have one for z too, where z is not what another block puts out. All are units × rows.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.activations import ACTIVATIONS
from engine.graph.kinds.base import Array, mask_key
from engine.graph.kinds.compiled import Compiled
from engine.hyperparameters import Hyperparameters
from engine.losses import LOSSES
from engine.network.plan import Plan
from engine.optimizers import OPTIMIZERS

Table = NDArray[np.uint64]

# Columns of the node table, one row for each block. WEIGHT and BIAS count from the start of the parameters (or of their
# gradient), where a norm's γ and β are; COUNT is how many parameters there are, BUFFER where its running statistics
# begin among the buffers. FIRST and LAST bound its rows of the edge table, NORMAL and EXTRA are areas that norms and
# dropout keep for the way back. For an input, WEIGHT is where its columns begin in the flat table of all inputs.
NODE_FIELDS = 17
(
    KIND, INPUTS, UNITS, WEIGHT, BIAS, BIASED, COUNT, ACTIVATION, SOURCE, Z, A, DELTA, BUFFER, FIRST, LAST, NORMAL,
    EXTRA,
) = range(NODE_FIELDS)  # fmt: skip

# Columns of the edge table, one row for each wire, node by node: the source's areas and width; WANTED whether anything
# before it needs a gradient, FRESH whether this wire is the first on the way back to write there.
EDGE_FIELDS = 5
FROM_A, FROM_DELTA, FROM_UNITS, WANTED, FRESH = range(EDGE_FIELDS)

# Columns of the constants, which are float64, one row for each block: an activation's parameter, dropout's rate or a
# norm's ε; and batch norm's momentum.
CONSTANT_FIELDS = 2
FIRST_CONSTANT, MOMENTUM = range(CONSTANT_FIELDS)

# Entries of the area table. PARAMETERS is the number of parameters, filled up; FORWARD is how many numbers the inputs,
# z and a fill from the start of the workspace on. The second areas of parameters, optimiser vectors and buffers follow
# the first by PARAMETERS, MEMORY and STATISTICS numbers. SPARE holds a gradient that is to be added to another.
AREA_FIELDS = 13
(
    FORWARD, TARGETS, SHARES, RECIPROCALS, GRADIENT, THETA, SLOTS, PARAMETERS, MEMORY, LOSS, BUFFERS, STATISTICS, SPARE,
) = range(AREA_FIELDS)  # fmt: skip

# Entries of the settings, which are float64.
SETTING_FIELDS = 10
L1, L2, CLIP, FRICTION, BETA1, BETA2, RHO, EPSILON, DECAY, PULL = range(SETTING_FIELDS)

ACTIVATION_CODES = {key: code for code, key in enumerate(ACTIVATIONS)}
OPTIMIZER_CODES = {key: code for code, key in enumerate(OPTIMIZERS)}
LOSS_CODES = {key: code for code, key in enumerate(LOSSES)}

ALIGNMENT = 16
"""Areas begin at multiples of so many numbers, and are filled up to whole ones with zeros: the longest vector."""


class WorkspaceLayout(NamedTuple):
    """What lies where in a workspace of ``size`` numbers.

    ``nodes`` (N, 17), ``edges`` (E, 5), ``areas`` (13,) and ``constants`` (N, 2) are numbered by the constants of this
    module; ``layers`` (L, 17) are the rows of the nodes that are probed. Kernels get it as it is, since numba compiles
    named tuples.
    """

    nodes: Table
    layers: Table
    edges: Table
    areas: Table
    constants: Array
    size: int


class StepInputs(NamedTuple):
    """What the kernels read of a job; everything is flat.

    ``inputs`` lie one input after the other, each of ``table_rows`` rows; ``weights`` are empty where each row counts
    as one. Step k takes the rows ``order[offsets[k]:offsets[k + 1]]`` at the rate ``rates[k]``; ``updates`` were made
    before the first. ``keys`` (N, 2) seed the dropout masks, ``optimizer`` is one of :data:`OPTIMIZER_CODES`.
    """

    inputs: Array
    targets: Array
    weights: Array
    table_rows: np.uint64
    order: Table
    offsets: Table
    rates: Array
    updates: np.uint64
    settings: Array
    optimizer: np.uint64
    keys: Table


class StepResults(NamedTuple):
    """What the kernels write beside the workspace.

    ``losses`` (steps,); ``norms`` (4, steps, layers), of no steps where nothing is recorded; ``squares``, the memory of
    ``norms``, flat and filled up to whole vectors; ``outcome``: the steps done, what they ended with (``FINE`` …) and
    the node to blame.
    """

    losses: Array
    norms: Array
    squares: Array
    outcome: NDArray[np.int64]


def is_compiled(plan: Plan) -> bool:
    """Whether kernels can train the plan: they know every block, and the output measures a loss."""
    known = all(node.kind.compiled is not None for node in plan.nodes)
    functions = [node.kind.function(node.params) for node in plan.nodes]
    known = known and not any(function is not None and function.is_typed for function in functions)
    return known and plan.output.kind.criterion(plan.output.params) is not None


def is_chain(plan: Plan) -> bool:
    """Whether the plan is one input, then dense blocks one after another, then the output."""
    single = all(node.sources == (index,) for index, node in enumerate(plan.nodes[1:]))
    return single and all(node.kind.compiled == Compiled.AFFINE for node in plan.nodes[1:])


def lay_out(plan: Plan, rows: int, slots: int = 0) -> WorkspaceLayout:
    """The tables for batches of up to ``rows`` rows and an optimiser with ``slots`` vectors."""
    ends = _Ends()
    nodes = np.zeros((len(plan.nodes), NODE_FIELDS), np.uint64)
    _place_forward(plan, nodes, rows, ends)
    forward = ends.end
    _place_backward(plan, nodes, rows, ends)
    areas = np.zeros(AREA_FIELDS, np.uint64)
    areas[FORWARD] = forward
    width, widest = plan.output.width, max(node.width for node in plan.nodes)
    areas[TARGETS], areas[SHARES], areas[RECIPROCALS] = ends.take(width * rows), ends.take(rows), ends.take(rows)
    areas[SPARE] = ends.take(widest * rows)
    size = -(-plan.size // ALIGNMENT) * ALIGNMENT
    areas[GRADIENT] = ends.take(size + ALIGNMENT)  # whole vectors are written to where it ends
    areas[THETA], areas[SLOTS] = ends.take(2 * size), ends.take(2 * slots * size)
    areas[BUFFERS] = ends.take(2 * plan.buffer_size)
    ends.take(ALIGNMENT)  # whole vectors are read from where a row of weights ends
    areas[PARAMETERS], areas[MEMORY], areas[STATISTICS] = size, slots * size, plan.buffer_size
    areas[LOSS] = LOSS_CODES[plan.output.params.loss]
    constants = np.array([node.kind.constants(node.params) for node in plan.nodes])
    layers = nodes[list(plan.probed)]
    return WorkspaceLayout(nodes, layers, _edges(plan, nodes), areas, constants, ends.end)


def _place_forward(plan: Plan, nodes: Table, rows: int, ends: _Ends) -> None:
    """What the nodes are, and where their z and a lie, inputs first."""
    columns = 0
    for node, row in zip(plan.nodes, nodes, strict=True):
        assert node.kind.compiled is not None  # :func:`is_compiled` lets no other through
        function = node.kind.function(node.params)
        row[KIND], row[UNITS], row[INPUTS] = node.kind.compiled, node.width, sum(node.in_widths)
        row[COUNT] = sum(slot.size for slot in node.slots)
        row[ACTIVATION] = 0 if function is None else ACTIVATION_CODES[function.key]
        if node.slots:
            row[WEIGHT], row[BIAS], row[BIASED] = node.slots[0].offset, node.slots[-1].offset, len(node.slots) > 1
        if node.buffers:
            row[BUFFER] = node.buffers[0].offset
        row[A] = ends.take(node.width * rows)
        if not node.sources:
            row[WEIGHT], columns = columns, columns + node.width
            row[Z] = row[A]
    for node, row in zip(plan.nodes, nodes, strict=True):
        if not node.sources:
            continue
        row[SOURCE] = nodes[node.sources[0], A]
        joins = node.kind.compiled in (Compiled.ADD, Compiled.CONCATENATE)
        affine = node.kind.compiled == Compiled.AFFINE
        row[Z] = ends.take(node.width * rows) if affine else row[A] if joins else row[SOURCE]


def _place_backward(plan: Plan, nodes: Table, rows: int, ends: _Ends) -> None:
    """Where their gradients lie, and what the way back needs to know."""
    for node, row in zip(plan.nodes, nodes, strict=True):
        row[DELTA] = ends.take(node.width * rows)
        if node.kind.compiled in (Compiled.DROPOUT, Compiled.BATCH_NORM, Compiled.LAYER_NORM):
            row[NORMAL], row[EXTRA] = ends.take(node.width * rows), ends.take(max(node.width, 3 * rows))


def _edges(plan: Plan, nodes: Table) -> Table:
    """The edge table; enters in the node table where each node's rows begin and end."""
    edges = np.zeros((sum(len(node.sources) for node in plan.nodes), EDGE_FIELDS), np.uint64)
    wanted: list[bool] = []
    start = 0
    for node, row in zip(plan.nodes, nodes, strict=True):
        wanted.append(bool(node.slots) or node.kind.has_delta or any(wanted[source] for source in node.sources))
        for edge, source in zip(edges[start:], node.sources, strict=False):
            edge[:FRESH] = nodes[source, A], nodes[source, DELTA], nodes[source, UNITS], wanted[source]
        row[FIRST], row[LAST] = start, start + len(node.sources)
        start += len(node.sources)
    reached: set[int] = set()
    for node, row in zip(reversed(plan.nodes), reversed(nodes), strict=True):
        for edge, source in zip(edges[int(row[FIRST]) :], node.sources, strict=False):
            edge[FRESH] = source not in reached
            reached.add(source)
    return edges


def mask_keys(plan: Plan, seed: int) -> Table:
    """The keys, (N, 2), of the streams of dropout masks; 0 where nothing is dropped."""
    keys = np.zeros((len(plan.nodes), 2), np.uint64)
    for node, key in zip(plan.nodes, keys, strict=True):
        if node.kind.compiled == Compiled.DROPOUT:
            key[:] = mask_key(node.id, seed)
    return keys


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


class _Ends:
    """Hands out areas one after the other."""

    def __init__(self) -> None:
        self.end = 0

    def take(self, count: int) -> int:
        """Where an area of ``count`` numbers begins."""
        start = self.end
        self.end += -(-count // ALIGNMENT) * ALIGNMENT
        return start
