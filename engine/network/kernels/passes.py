"""A pass through the blocks of a plan: forward in their order, backward against it."""

from __future__ import annotations

import numpy as np

from engine.graph.kinds.compiled import Compiled
from engine.network.kernels import blocks
from engine.network.kernels.activations import activate, backpropagate
from engine.network.kernels.affine import backward, forward, gradients
from engine.network.kernels.layout import (
    ACTIVATION,
    BIAS,
    BIASED,
    BUFFER,
    DELTA,
    EXTRA,
    FIRST,
    FIRST_CONSTANT,
    FRESH,
    FROM_DELTA,
    GRADIENT,
    INPUTS,
    KIND,
    LAST,
    LOSS,
    MOMENTUM,
    NORMAL,
    SHARES,
    SOURCE,
    SPARE,
    TARGETS,
    UNITS,
    WANTED,
    WEIGHT,
    A,
    Z,
)
from engine.network.kernels.losses import SQUARED, output_error
from engine.network.kernels.masks import draw_mask
from engine.network.kernels.options import Array, Index, exact

INPUT, AFFINE, ACTIVATES, ADD, CONCATENATE, DROPOUT, BATCH_NORM, LAYER_NORM = (np.uint64(kind) for kind in Compiled)
_ZERO, _ONE = np.uint64(0), np.uint64(1)


@exact
def run_forward(
    space: Array, nodes: Array, edges: Array, constants: Array, keys: Array,
    theta: Index, buffers: Index, new_buffers: Index, rows: Index, step: Index, training: bool,
) -> None:  # fmt: skip
    """z and a of every block but the inputs. In ``training`` with dropout's masks of this ``step`` and the batch's own
    statistics, from which the running ones are moved on into ``new_buffers``."""
    for k in range(nodes.shape[0]):
        node = nodes[k]
        kind, units, a, source = node[KIND], node[UNITS], node[A], node[SOURCE]
        if kind == AFFINE:
            forward(
                space,
                theta + node[WEIGHT],
                theta + node[BIAS],
                node[BIASED],
                source,
                node[Z],
                node[INPUTS],
                units,
                rows,
            )
        if kind <= ACTIVATES:
            if kind != INPUT:
                activate(node[ACTIVATION], constants[k, FIRST_CONSTANT], space, node[Z], a, units, rows)
        elif kind == ADD:
            blocks.add(space, edges, node[FIRST], node[LAST], a, units * rows)
        elif kind == CONCATENATE:
            blocks.concatenate(space, edges, node[FIRST], node[LAST], a, rows)
        elif kind == DROPOUT:
            if training:
                draw_mask(space, node[NORMAL], units, rows, constants[k, FIRST_CONSTANT], keys[k, 0], keys[k, 1], step)
                blocks.multiply_by(space, source, node[NORMAL], a, units * rows)
            else:
                blocks.copy(space, source, a, units * rows)
        elif kind == BATCH_NORM:
            blocks.batch_norm(
                space, source, a, node[NORMAL], node[EXTRA], theta + node[WEIGHT], theta + node[BIAS],
                buffers + node[BUFFER], new_buffers + node[BUFFER], units, rows,
                constants[k, FIRST_CONSTANT], constants[k, MOMENTUM], training,
            )  # fmt: skip
        elif kind == LAYER_NORM:
            blocks.layer_norm(
                space, source, a, node[NORMAL], node[EXTRA], theta + node[WEIGHT], theta + node[BIAS], units, rows,
                constants[k, FIRST_CONSTANT],
            )  # fmt: skip


@exact
def run_backward(
    space: Array, nodes: Array, edges: Array, constants: Array, areas: Array, theta: Index, rows: Index, training: bool
) -> None:
    """δ of every block and ∂L/∂θ, from the output back."""
    last, gradient, spare = nodes.shape[0] - 1, areas[GRADIENT], areas[SPARE]
    end = nodes[last]
    output_error(space, end[A], areas[TARGETS], areas[SHARES], end[DELTA], end[UNITS], rows)
    for k in range(last, -1, -1):
        node = nodes[k]
        kind, units, delta = node[KIND], node[UNITS], node[DELTA]
        count = units * rows
        if kind in (AFFINE, ACTIVATES) and (k != last or areas[LOSS] == SQUARED):
            backpropagate(node[ACTIVATION], constants[k, FIRST_CONSTANT], space, node[Z], node[A], delta, units, rows)
        if kind == AFFINE:
            inputs, weight = node[INPUTS], node[WEIGHT]
            gradients(
                space, delta, node[SOURCE], gradient + weight, gradient + node[BIAS], node[BIASED], inputs, units, rows
            )
            edge = edges[node[FIRST]]
            if edge[WANTED]:
                target = edge[FROM_DELTA] if edge[FRESH] else spare
                backward(space, theta + weight, delta, target, inputs, units, rows)
                if not edge[FRESH]:
                    blocks.hand_on(space, spare, edge[FROM_DELTA], inputs * rows, edge[FRESH])
            continue
        if kind == DROPOUT and training:
            blocks.multiply_by(space, delta, node[NORMAL], delta, count)
        elif kind == BATCH_NORM:
            blocks.batch_norm_back(
                space, delta, node[NORMAL], node[EXTRA], theta + node[WEIGHT],
                gradient + node[WEIGHT], gradient + node[BIAS], units, rows, training,
            )  # fmt: skip
        elif kind == LAYER_NORM:
            blocks.layer_norm_back(
                space, delta, node[NORMAL], node[EXTRA], theta + node[WEIGHT],
                gradient + node[WEIGHT], gradient + node[BIAS], units, rows,
            )  # fmt: skip
        blocks.split(space, edges, node[FIRST], node[LAST], delta, rows, _ONE if kind == CONCATENATE else _ZERO)
