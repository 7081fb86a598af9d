"""f and f' at one x by somebody else: PyTorch's autograd, or plain arithmetic and finite differences without it."""

from __future__ import annotations

from engine.activations.spec import Activation
from engine.extras import has_torch, load_torch
from engine.value_check import CheckedValue, Oracle, slope_at


def check_activation(function: Activation, x: float, alpha: float | None = None, *, slope: bool) -> CheckedValue[float]:
    """f, or f' where ``slope``. It may import torch. Raises EngineError at a kink that only torch has a word on."""
    if has_torch():
        return CheckedValue(by_torch(function, x, alpha)[slope], Oracle.TORCH)
    parameter = function.alpha_or_default(alpha)
    if slope:
        return slope_at(lambda place: function.plain(place, parameter), x)
    return CheckedValue(function.plain(x, parameter), Oracle.ARITHMETIC)


def by_torch(function: Activation, x: float, alpha: float | None = None) -> tuple[float, float]:
    """(f, f') of an activation. Softmax is that of (x, 0), its first share by the first of the two. Torch is imported
    here: call it where that may take a second."""
    load_torch()
    import torch

    place = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    if function.elementwise:
        value = function.torch(place, alpha)
    else:
        value = function.torch(torch.stack([place, torch.zeros_like(place)]), alpha)[0]
    (slope,) = torch.autograd.grad(value, place, allow_unused=True)
    return float(value.detach()), float(slope) if slope is not None else 0.0


def torch_code(function: Activation, x: float, alpha: float | None = None, *, slope: bool) -> str:
    """A few lines of Python that print the same number."""
    pair = "x" if function.elementwise else "torch.stack([x, torch.zeros_like(x)])"
    first = "" if function.elementwise else "[0]"
    lines = [
        "import torch",
        "",
        f"x = torch.tensor({x!r}, dtype=torch.float64, requires_grad=True)",
        f"y = {function.torch_source(pair, alpha)}{first}",
    ]
    lines += ["y.backward()", "print(x.grad.item())"] if slope else ["print(y.item())"]
    return "\n".join(lines) + "\n"
