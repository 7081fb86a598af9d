"""Softmax over a whole catalogue, part by part: no matrix of all rows by all items is ever in memory.

A batch's logits over nine thousand items take 37 MB, and autograd would pass over them half a dozen times, each time
through main memory. Worked through in parts that stay in the cache, and worked out a second time on the way back rather
than kept, the same numbers take a fraction of the time.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor

IN_CACHE = 1 << 18
"""Logits of a part on the CPU: 1 MiB, which a core's second cache holds."""
ON_DEVICE = 1 << 26
"""Logits of a part elsewhere: 256 MiB, for there each part costs a launch and no cache is to be kept to."""


def whole_losses(u: Tensor, vectors: Tensor, targets: Tensor, at_once: int | None = None) -> Tensor:
    """Cross-entropy of each row, (rows,): log Σ_j e^{v_j·u} − v_t·u.

    ``u`` (rows, dimensions), ``vectors`` (items, dimensions), ``targets`` (rows,) ids of items. ``at_once``: logits
    that are in memory at a time. Autograd gives the gradients of ``u`` and ``vectors``, once.
    """
    import torch

    if at_once is None:
        at_once = IN_CACHE if u.device.type == "cpu" else ON_DEVICE
    with torch.autocast(u.device.type, enabled=False):  # a sum over thousands of items needs its digits
        losses: Tensor = _function().apply(u, vectors, targets, max(1, at_once // max(1, len(u))))
        return losses


@cache
def _function() -> Any:
    """The loss as autograd knows functions, made where torch is there: a subclass needs it."""
    import torch
    from torch.autograd.function import once_differentiable

    class WholeLosses(torch.autograd.Function):
        forward = staticmethod(_forward)
        backward = staticmethod(once_differentiable(_backward))  # type: ignore[assignment]

    return WholeLosses


def _forward(ctx: Any, u: Tensor, vectors: Tensor, targets: Tensor, items: int) -> Tensor:
    """``items``: of a part."""
    import torch

    parts = [torch.logsumexp(u @ vectors[part].T, dim=1) for part in _parts(len(vectors), items)]
    total = torch.logsumexp(torch.stack(parts), dim=0)
    ctx.save_for_backward(u, vectors, targets, total)
    ctx.items = items
    return total - (u * vectors[targets]).sum(dim=1)


def _backward(ctx: Any, *grad_outputs: Tensor) -> tuple[Tensor, Tensor, None, None]:
    """With p = softmax(V u): ∂loss/∂u = Σ_j p_j v_j − v_t and ∂loss/∂v_j = (p_j − [j = t]) u, times the
    upstream gradient (rows,)."""
    import torch

    u, vectors, targets, total = ctx.saved_tensors
    by_row = grad_outputs[0][:, None]
    of_vectors = torch.empty_like(vectors)
    of_u = -by_row * vectors[targets]
    for part in _parts(len(vectors), ctx.items):
        some = vectors[part]
        shares = (u @ some.T).sub_(total[:, None]).exp_().mul_(by_row)
        of_u.addmm_(shares, some)
        torch.mm(shares.T, u, out=of_vectors[part])
    return of_u, of_vectors.index_add_(0, targets, -by_row * u), None, None


def _parts(items: int, size: int) -> Iterator[slice]:
    """All items, ``size`` at a time."""
    for begin in range(0, items, size):
        yield slice(begin, min(begin + size, items))
