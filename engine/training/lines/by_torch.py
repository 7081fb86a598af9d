"""A number of a pass as PyTorch comes to it: its own forward pass, its own gradients, in double precision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.activations import activation
from engine.graph.kinds.base import Context, MaskSource
from engine.losses import loss
from engine.network.plan import Plan
from engine.training.lines.expression import Source
from engine.training.trace import PassTrace

if TYPE_CHECKING:
    from torch import Tensor


def value_by_torch(trace: PassTrace, source: Source) -> float | None:
    """The number that ``source`` names, worked out from the pass's inputs and weights alone; None for what is not
    worked out. Imports torch, which takes a second or more: call it in a thread."""
    if trace.plan is None or trace.update is None or source.symbol not in _READ:
        return None
    import torch

    weights = {key: torch.tensor(value, dtype=torch.float64) for key, value in trace.weights.items()}
    for slot in trace.plan.slots():
        weights[slot.key].requires_grad_()
    z, a = _forward(trace, trace.plan, weights)
    params, output = trace.plan.output.params, trace.plan.output.id
    target = torch.tensor(trace.target, dtype=torch.float64)
    for tensor in (*z.values(), *a.values()):
        if tensor.requires_grad:
            tensor.retain_grad()
    losses = loss(params.loss).torch(z[output], target, activation(params.activation), params.alpha)
    losses.mean().backward()  # type: ignore[no-untyped-call]
    return _read(source, z, a, weights)


_READ = ("z", "a", "delta", "upstream", "dW", "db", "dgamma", "dbeta")


def _read(source: Source, z: dict[str, Tensor], a: dict[str, Tensor], weights: dict[tuple[str, str], Tensor]) -> float:
    """The value or gradient that is asked for; a gradient that nothing depends on is zero."""
    symbol, index = source.symbol, (source.row, *source.index)
    if symbol in ("z", "a"):
        return float((z if symbol == "z" else a)[source.block_id][index].detach())
    if symbol in ("delta", "upstream"):
        grad = (z if symbol == "delta" else a)[source.block_id].grad
        return 0.0 if grad is None else float(grad[index])
    grad = weights[source.block_id, symbol[1:]].grad
    return 0.0 if grad is None else float(grad[source.index])


def _forward(
    trace: PassTrace, plan: Plan, weights: dict[tuple[str, str], Tensor]
) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """z and a by the block's id, in the mode that the pass was in: a mini-batch as in training, one row as served."""
    import torch

    assert trace.update is not None
    batch = trace.output.shape[0] > 1
    masks = MaskSource(trace.update.hyper.seed, trace.update.number - 1) if batch else None
    z: dict[str, Tensor] = {}
    a: dict[str, Tensor] = {}
    for node in plan.nodes:
        inputs = [a[plan.nodes[at].id] for at in node.sources]
        inputs = inputs or [torch.tensor(trace.inputs[node.id], dtype=torch.float64)]
        own = {slot.spec.name: weights[slot.key] for slot in (*node.slots, *node.buffers)}
        context = Context(node.id, training=masks is not None, masks=masks)
        z[node.id], a[node.id] = node.kind.torch(node.params, inputs, own, context)
    return z, a
