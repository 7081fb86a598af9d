"""f and f' at one x by somebody else: PyTorch's autograd, or plain arithmetic and finite differences without it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from engine.activations.spec import Activation
from engine.extras import has_torch
from engine.value_check import CheckedValue, Oracle, slope_at


def check_activation(function: Activation, x: float, alpha: float | None = None, *, slope: bool) -> CheckedValue[float]:
    """f, or f' where ``slope``. It may import torch. Raises EngineError at a kink that only torch has a word on."""
    if has_torch():
        return CheckedValue(by_torch(function, x, alpha)[slope], Oracle.TORCH)
    plain = partial(by_arithmetic, function.key, alpha=function.alpha_or_default(alpha))
    return slope_at(plain, x) if slope else CheckedValue(plain(x), Oracle.ARITHMETIC)


def by_arithmetic(key: str, x: float, alpha: float = 0.0) -> float:
    """f by Python's ``math``. Softmax is that of (x, 0), as in :func:`by_torch`."""
    return _PLAIN[key](x, alpha)


def _logistic(x: float, alpha: float = 0.0) -> float:
    decay = math.exp(-abs(x))
    return (decay if x < 0.0 else 1.0) / (1.0 + decay)


_PLAIN: Mapping[str, Callable[[float, float], float]] = MappingProxyType(
    {
        "identity": lambda x, _: x,
        "step": lambda x, _: 1.0 if x >= 0.0 else 0.0,
        "logistic": _logistic,
        "tanh": lambda x, _: math.tanh(x),
        "relu": lambda x, _: max(x, 0.0),
        "leaky_relu": lambda x, alpha: x if x > 0.0 else alpha * x,
        "elu": lambda x, alpha: x if x > 0.0 else alpha * math.expm1(x),
        "softplus": lambda x, _: max(x, 0.0) + math.log1p(math.exp(-abs(x))),
        "silu": lambda x, _: x * _logistic(x),
        "gelu": lambda x, _: 0.5 * x * math.erfc(-x / math.sqrt(2.0)),
        "gelu_tanh": lambda x, _: 0.5 * x * (1.0 + math.tanh(math.sqrt(2.0 / math.pi) * (x + 0.044715 * x**3))),
        "softmax": _logistic,
    }
)


def by_torch(function: Activation, x: float, alpha: float | None = None) -> tuple[float, float]:
    """(f, f') of an activation. Softmax is that of (x, 0), its first share by the first of the two. Torch is imported
    here: call it where that may take a second."""
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
