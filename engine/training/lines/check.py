"""A number of a pass by somebody else: PyTorch where it is installed, else arithmetic or finite differences."""

from __future__ import annotations

import numpy as np

from engine.activations import activation
from engine.extras import has_torch
from engine.graph.kinds.base import Array, Context, Forward, MaskSource
from engine.losses import loss
from engine.network.numpy_passes import node_inputs
from engine.network.plan import Node
from engine.training.lines.by_torch import READ, value_by_torch
from engine.training.lines.expression import Source, evaluate
from engine.training.lines.optimiser_twin import twin_of
from engine.training.lines.origin import is_of_update, origin_of
from engine.training.lines.reading import alpha_of, function_of
from engine.training.trace import PassTrace
from engine.value_check import CheckedValue, Oracle, slope_at, unanswered


def check_value(trace: PassTrace, source: Source) -> CheckedValue[float] | None:
    """The number that ``source`` names; None for what is not worked out. Imports torch where there is one, which takes
    a second or more: call it in a thread. Raises EngineError where only torch could answer and isn't installed."""
    if has_torch():
        value = value_by_torch(trace, source)
        return None if value is None else CheckedValue(value, Oracle.TORCH)
    if trace.plan is None or trace.update is None:
        return None
    if is_of_update(source):
        return _by_arithmetic(trace, source) if twin_of(trace, source) is not None else None
    if source.symbol not in READ:
        return None
    if source.symbol in ("z", "a", "loss", "mean_loss"):
        return _by_arithmetic(trace, source) or _by_reference(trace, source)
    return _slope_of(trace, source) if source.symbol == "slope" else _by_differences(trace, source)


def _by_arithmetic(trace: PassTrace, source: Source) -> CheckedValue[float] | None:
    """Its line worked out from the numbers that stand in it; None where it has none."""
    origin = origin_of(trace, source)
    if origin is None or origin.line is None:
        return None
    return CheckedValue(evaluate(origin.line.steps[0]), Oracle.ARITHMETIC)


def _by_reference(trace: PassTrace, source: Source) -> CheckedValue[float]:
    """The numpy reference's z, a or loss, from the pass's inputs and weights."""
    results = _forward(trace)
    assert trace.plan is not None
    if source.symbol in ("loss", "mean_loss"):
        losses = _losses(trace, results)
        value = losses.mean() if source.symbol == "mean_loss" else losses[source.row]
    else:
        result = results[trace.plan.index_of(source.block_id)]
        value = (result.z if source.symbol == "z" else result.a)[(source.row, *source.index)]
    return CheckedValue(float(value), Oracle.NUMPY)


def _by_differences(trace: PassTrace, source: Source) -> CheckedValue[float]:
    """∂L/∂ of a z, an a or a parameter: the mean loss with that one number moved."""
    name = {"delta": "z", "upstream": "a"}.get(source.symbol, source.symbol[1:])
    return slope_at(lambda by: float(_losses(trace, _forward(trace, source, name, by)).mean()), 0.0)


def _slope_of(trace: PassTrace, source: Source) -> CheckedValue[float]:
    """f′(z) of a unit."""
    assert trace.plan is not None
    place = trace.plan.index_of(source.block_id)
    node = trace.plan.nodes[place]
    function, alpha = function_of(node), alpha_of(node)
    if function is None or not function.elementwise:
        raise unanswered()
    z = float(_forward(trace)[place].z[source.row, source.index[0]])
    return slope_at(lambda x: float(function.value(np.array([x]), alpha)[0]), z)


def _forward(trace: PassTrace, moved: Source | None = None, name: str = "", by: float = 0.0) -> list[Forward]:
    """The reference's forward pass; with ``name`` (z, a or a parameter) of one unit moved ``by`` so much."""
    assert trace.plan is not None and trace.update is not None
    masks = MaskSource(trace.update.hyper.seed, trace.update.number - 1) if len(trace.output) > 1 else None
    results: list[Forward] = []
    with np.errstate(all="ignore"):
        for node in trace.plan.nodes:
            own = {slot.spec.name: trace.weights[slot.key].copy() for slot in (*node.slots, *node.buffers)}
            is_moved = moved is not None and moved.block_id == node.id
            if moved is not None and is_moved and name in own:
                own[name][moved.index] += by
            context = Context(node.id, masks is not None, masks)
            result = node.kind.forward(node.params, node_inputs(node, results, trace.inputs), own, context)
            if moved is not None and is_moved and name not in own:
                result = _moved(node, result, (moved.row, *moved.index), name, by)
            results.append(result)
    return results


def _moved(node: Node, result: Forward, place: tuple[int, ...], name: str, by: float) -> Forward:
    """A node's result with one z, and the a that follows from it, or one a moved."""
    z, a = result.z.copy(), result.a.copy()
    if name == "a":
        a[place] += by
        return Forward(z, a)
    z[place] += by
    function = function_of(node)
    return Forward(z, z if function is None else function.value(z, alpha_of(node)))


def _losses(trace: PassTrace, results: list[Forward]) -> Array:
    """Each row's loss, (rows,)."""
    assert trace.plan is not None
    params = trace.plan.output.params
    losses: Array = loss(params.loss).per_sample(
        results[-1].z, trace.target, activation(params.activation), params.alpha
    )
    return losses
