"""A number of a pass as PyTorch comes to it: its own forward pass, its own gradients, in double precision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.activations import activation
from engine.graph.kinds.base import Array, Context, MaskSource
from engine.losses import loss
from engine.network.plan import Plan
from engine.training.lines.expression import Source
from engine.training.lines.optimiser_twin import twin_of
from engine.training.lines.origin import is_of_update
from engine.training.lines.reading import alpha_of, function_of
from engine.training.trace import PassTrace

if TYPE_CHECKING:
    from torch import Tensor


def value_by_torch(trace: PassTrace, source: Source) -> float | None:
    """The number that ``source`` names, worked out from the pass's inputs and weights alone; None for what is not
    worked out. Imports torch, which takes a second or more: call it in a thread."""
    if trace.plan is None or trace.update is None:
        return None
    if is_of_update(source):
        return _updated(trace, source)
    if source.symbol not in READ:
        return None
    import torch

    weights = {key: torch.tensor(value, dtype=torch.float64) for key, value in trace.weights.items()}
    for slot in trace.plan.slots():
        weights[slot.key].requires_grad_()
    masks = MaskSource(trace.update.hyper.seed, trace.update.number - 1) if len(trace.output) > 1 else None
    z, a = forward_by_torch(trace.plan, trace.inputs, weights, masks)
    params, output = trace.plan.output.params, trace.plan.output.id
    target = torch.tensor(trace.target, dtype=torch.float64)
    for tensor in (*z.values(), *a.values()):
        if tensor.requires_grad:
            tensor.retain_grad()
    losses = loss(params.loss).torch(z[output], target, activation(params.activation), params.alpha)
    if source.symbol in ("loss", "mean_loss"):
        own = losses.detach()
        return float(own.mean() if source.symbol == "mean_loss" else own[source.row])
    if source.symbol == "slope":
        node = trace.plan.nodes[trace.plan.index_of(source.block_id)]
        function, alpha = function_of(node), alpha_of(node)
        assert function is not None
        place = z[source.block_id].detach()[source.row, source.index[0]].requires_grad_()
        (slope,) = torch.autograd.grad(function.torch(place, alpha), place, allow_unused=True)
        return 0.0 if slope is None else float(slope)
    losses.mean().backward()  # type: ignore[no-untyped-call]
    return _read(source, z, a, weights)


def _updated(trace: PassTrace, source: Source) -> float | None:
    """What torch.optim makes of the parameter's own gradient and memory; None for what it does not tell."""
    twin = twin_of(trace, source)
    if twin is None:
        return None
    import torch

    weight = torch.tensor([twin.weight], dtype=torch.float64, requires_grad=True)
    weight.grad = torch.tensor([twin.gradient], dtype=torch.float64)
    optimiser = getattr(torch.optim, twin.name)([weight], **twin.settings)
    for key, value in twin.memory.items():
        optimiser.state[weight][key] = torch.tensor(value if key == "step" else [value], dtype=torch.float64)
    optimiser.step()
    role = source.symbol.partition(".")[0]
    if role == "step":
        return float(weight.detach()) - twin.weight
    return float(optimiser.state[weight][twin.read[int(role.removeprefix("new"))]])


READ = ("loss", "mean_loss", "slope", "z", "a", "delta", "upstream", "dW", "db", "dgamma", "dbeta")
"""What is worked out of a pass, without its update."""


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


def forward_by_torch(
    plan: Plan, inputs: Mapping[str, Array], weights: Mapping[tuple[str, str], Tensor], masks: MaskSource | None = None
) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """z and a by the block's id; with ``masks`` as a mini-batch passes in training, else as a row is served."""
    import torch

    z: dict[str, Tensor] = {}
    a: dict[str, Tensor] = {}
    for node in plan.nodes:
        fed = [a[plan.nodes[at].id] for at in node.sources]
        fed = fed or [torch.tensor(inputs[node.id], dtype=torch.float64)]
        own = {slot.spec.name: weights[slot.key] for slot in (*node.slots, *node.buffers)}
        context = Context(node.id, training=masks is not None, masks=masks)
        z[node.id], a[node.id] = node.kind.torch(node.params, fed, own, context)
    return z, a
