"""A pass through the blocks of a plan: forward in their order, backward against it.

Tables are read number by number: a row taken out of one is an object that numba counts the users of, which costs as
much as a layer of a small network.
"""

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
from engine.network.kernels.options import Array, Index, inner

INPUT, AFFINE, ACTIVATES, ADD, CONCATENATE, DROPOUT, BATCH_NORM, LAYER_NORM = (np.uint64(kind) for kind in Compiled)
_ZERO, _ONE = np.uint64(0), np.uint64(1)


@inner
def run_forward(
    space: Array, nodes: Array, edges: Array, constants: Array, keys: Array,
    theta: Index, buffers: Index, new_buffers: Index, rows: Index, step: Index, training: bool,
) -> None:  # fmt: skip
    """z and a of every block but the inputs. In ``training`` with dropout's masks of this ``step`` and the batch's own
    statistics, from which the running ones are moved on into ``new_buffers``."""
    for k in range(_ZERO, np.uint64(nodes.shape[0])):
        kind, units, a, source = nodes[k, KIND], nodes[k, UNITS], nodes[k, A], nodes[k, SOURCE]
        if kind == AFFINE:
            forward(
                space,
                theta + nodes[k, WEIGHT],
                theta + nodes[k, BIAS],
                nodes[k, BIASED],
                source,
                nodes[k, Z],
                nodes[k, INPUTS],
                units,
                rows,
            )
        if kind <= ACTIVATES:
            if kind != INPUT:
                activate(nodes[k, ACTIVATION], constants[k, FIRST_CONSTANT], space, nodes[k, Z], a, units, rows)
        elif kind == ADD:
            blocks.add(space, edges, nodes[k, FIRST], nodes[k, LAST], a, units * rows)
        elif kind == CONCATENATE:
            blocks.concatenate(space, edges, nodes[k, FIRST], nodes[k, LAST], a, rows)
        elif kind == DROPOUT:
            if training:
                draw_mask(
                    space, nodes[k, NORMAL], units, rows, constants[k, FIRST_CONSTANT], keys[k, 0], keys[k, 1], step
                )
                blocks.multiply_by(space, source, nodes[k, NORMAL], a, units * rows)
            else:
                blocks.copy(space, source, a, units * rows)
        elif kind == BATCH_NORM:
            blocks.batch_norm(
                space, source, a, nodes[k, NORMAL], nodes[k, EXTRA], theta + nodes[k, WEIGHT], theta + nodes[k, BIAS],
                buffers + nodes[k, BUFFER], new_buffers + nodes[k, BUFFER], units, rows,
                constants[k, FIRST_CONSTANT], constants[k, MOMENTUM], training,
            )  # fmt: skip
        elif kind == LAYER_NORM:
            blocks.layer_norm(
                space, source, a, nodes[k, NORMAL], nodes[k, EXTRA], theta + nodes[k, WEIGHT], theta + nodes[k, BIAS],
                units, rows, constants[k, FIRST_CONSTANT],
            )  # fmt: skip


@inner
def run_backward(
    space: Array, nodes: Array, edges: Array, constants: Array, areas: Array, theta: Index, rows: Index, training: bool
) -> None:
    """δ of every block and ∂L/∂θ, from the output back."""
    last, gradient, spare = np.uint64(nodes.shape[0]) - _ONE, areas[GRADIENT], areas[SPARE]
    output_error(space, nodes[last, A], areas[TARGETS], areas[SHARES], nodes[last, DELTA], nodes[last, UNITS], rows)
    for passed in range(_ZERO, last + _ONE):
        k = last - passed
        kind, units, delta = nodes[k, KIND], nodes[k, UNITS], nodes[k, DELTA]
        count = units * rows
        if kind in (AFFINE, ACTIVATES) and (k != last or areas[LOSS] == SQUARED):
            backpropagate(
                nodes[k, ACTIVATION], constants[k, FIRST_CONSTANT], space, nodes[k, Z], nodes[k, A], delta, units, rows
            )
        if kind == AFFINE:
            inputs, weight = nodes[k, INPUTS], nodes[k, WEIGHT]
            gradients(
                space,
                delta,
                nodes[k, SOURCE],
                gradient + weight,
                gradient + nodes[k, BIAS],
                nodes[k, BIASED],
                inputs,
                units,
                rows,
            )
            edge = nodes[k, FIRST]
            if edges[edge, WANTED]:
                target = edges[edge, FROM_DELTA] if edges[edge, FRESH] else spare
                backward(space, theta + weight, delta, target, inputs, units, rows)
                if not edges[edge, FRESH]:
                    blocks.hand_on(space, spare, edges[edge, FROM_DELTA], inputs * rows, edges[edge, FRESH])
            continue
        if kind == DROPOUT and training:
            blocks.multiply_by(space, delta, nodes[k, NORMAL], delta, count)
        elif kind == BATCH_NORM:
            blocks.batch_norm_back(
                space, delta, nodes[k, NORMAL], nodes[k, EXTRA], theta + nodes[k, WEIGHT],
                gradient + nodes[k, WEIGHT], gradient + nodes[k, BIAS], units, rows, training,
            )  # fmt: skip
        elif kind == LAYER_NORM:
            blocks.layer_norm_back(
                space, delta, nodes[k, NORMAL], nodes[k, EXTRA], theta + nodes[k, WEIGHT],
                gradient + nodes[k, WEIGHT], gradient + nodes[k, BIAS], units, rows,
            )  # fmt: skip
        blocks.split(space, edges, nodes[k, FIRST], nodes[k, LAST], delta, rows, _ONE if kind == CONCATENATE else _ZERO)
