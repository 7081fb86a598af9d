"""The same numbers asked of PyTorch, so that ours need not be believed; without it plain arithmetic and finite
differences answer. Torch is imported when it is asked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.activations import ACTIVATIONS
from engine.extras import has_torch, load_torch
from engine.neuron.learning import LearningStep
from engine.neuron.unit import OutputKey, Unit
from engine.value_check import CheckedValue, Oracle, slope_at

if TYPE_CHECKING:
    from torch import Tensor


def check_z(unit: Unit, x: Sequence[float]) -> CheckedValue[float]:
    """``w·x + b``."""
    return CheckedValue(z_by_torch(unit, x), Oracle.TORCH) if has_torch() else _arithmetic(unit.binary_z(x))


def check_output(unit: Unit, x: Sequence[float]) -> CheckedValue[float]:
    """``f(z)``."""
    return CheckedValue(output_by_torch(unit, x), Oracle.TORCH) if has_torch() else _arithmetic(_output(unit, x))


def check_slope(unit: Unit, x: Sequence[float], index: int) -> CheckedValue[float]:
    """``∂y/∂wᵢ``, or ``∂y/∂b`` after the last weight. Raises EngineError at the step's jump without torch."""
    if has_torch():
        return CheckedValue(slopes_by_torch(unit, x)[index], Oracle.TORCH)
    return slope_at(lambda value: _output(_with_parameter(unit, index, value), x), _parameters(unit)[index])


def check_change(step: LearningStep, rate: float, index: int) -> CheckedValue[float]:
    """What one step of the rule adds to a weight, or to the bias after the last; see :func:`change_by_torch`."""
    if has_torch():
        return CheckedValue(change_by_torch(step, rate)[index], Oracle.TORCH)
    unit, x = step.before, step.x
    if unit.output == "step":
        return _arithmetic(rate * (step.target - _output(unit, x)) * (*x, 1.0)[index])
    slope = slope_at(
        lambda value: _cross_entropy(_with_parameter(unit, index, value), x, step.target), _parameters(unit)[index]
    )
    return replace(slope, value=-rate * slope.value, error=rate * slope.error)


def _arithmetic(value: float) -> CheckedValue[float]:
    return CheckedValue(value, Oracle.ARITHMETIC)


def _output(unit: Unit, x: Sequence[float]) -> float:
    return ACTIVATIONS[unit.output].plain(unit.binary_z(x), 0.0)


def _parameters(unit: Unit) -> tuple[float, ...]:
    return (*unit.weights, unit.bias)


def _with_parameter(unit: Unit, index: int, value: float) -> Unit:
    values = [*_parameters(unit)]
    values[index] = value
    return Unit(tuple(values[:-1]), values[-1], unit.output)


def _cross_entropy(unit: Unit, x: Sequence[float], target: float) -> float:
    """``ln(1 + eᶻ) − t·z`` of the logistic; for tanh that of (1 + y)/2 = σ(2z)."""
    is_tanh, z = unit.output == "tanh", unit.binary_z(x)
    logit, wanted = (2.0 * z, (1.0 + target) / 2.0) if is_tanh else (z, target)
    return max(logit, 0.0) - wanted * logit + math.log1p(math.exp(-abs(logit)))


def z_by_torch(unit: Unit, x: Sequence[float]) -> float:
    """``w·x + b`` in float64."""
    import torch

    w, b, at = _tensors(unit, x)
    return float(torch.dot(w, at) + b)


def output_by_torch(unit: Unit, x: Sequence[float]) -> float:
    """``f(z)`` in float64."""
    import torch

    w, b, at = _tensors(unit, x)
    return float(_function(unit.output, torch.dot(w, at) + b))


def slopes_by_torch(unit: Unit, x: Sequence[float]) -> tuple[float, ...]:
    """``∂y/∂wᵢ`` and ``∂y/∂b`` by autograd; 0 for the step, which it has no gradient of."""
    import torch

    w, b, at = _tensors(unit, x)
    w.requires_grad_()
    b.requires_grad_()
    y = _function(unit.output, torch.dot(w, at) + b)
    if y.requires_grad:
        y.backward()  # type: ignore[no-untyped-call]
    found = [grad if grad is not None else torch.zeros_like(of) for grad, of in ((w.grad, w), (b.grad, b))]
    return tuple(float(value) for value in torch.cat([part.reshape(-1) for part in found]))


def change_by_torch(step: LearningStep, rate: float) -> tuple[float, ...]:
    """What one step of the rule adds to the weights, then to the bias.

    For the logistic and tanh it is autograd's gradient of the cross-entropy, times −η; for the step, which has none,
    the rule itself in torch's arithmetic.
    """
    import torch

    w, b, at = _tensors(step.before, step.x)
    if step.before.output == "step":
        push = rate * (step.target - _function("step", torch.dot(w, at) + b))
        return (*(float(value) for value in push * at), float(push))
    w.requires_grad_()
    b.requires_grad_()
    z = torch.dot(w, at) + b
    tanh = step.before.output == "tanh"
    wanted = torch.tensor((1 + step.target) / 2 if tanh else step.target, dtype=torch.float64)
    logit = 2 * z if tanh else z  # tanh(z) = 2σ(2z) − 1
    loss = torch.nn.functional.binary_cross_entropy_with_logits(logit, wanted)
    loss.backward()  # type: ignore[no-untyped-call]
    assert w.grad is not None and b.grad is not None
    return (*(float(-rate * value) for value in w.grad), float(-rate * b.grad))


def code_of(unit: Unit, x: Sequence[float]) -> str:
    """Lines of PyTorch that work z and the output out."""
    functions = {"step": "torch.heaviside(z, torch.ones_like(z))", "logistic": "torch.sigmoid(z)", "tanh": "z.tanh()"}
    return "\n".join(
        (
            "import torch",
            f"w = torch.tensor({list(unit.weights)!r}, dtype=torch.float64)",
            f"x = torch.tensor({[float(value) for value in x]!r}, dtype=torch.float64)",
            f"z = w @ x + {unit.bias!r}",
            f"y = {functions[unit.output]}",
            "print(z.item(), y.item())",
        )
    )


def _tensors(unit: Unit, x: Sequence[float]) -> tuple[Tensor, Tensor, Tensor]:
    load_torch()
    import torch

    def tensor(values: object) -> Tensor:
        return torch.tensor(values, dtype=torch.float64)

    return tensor(list(unit.weights)), tensor(unit.bias), tensor([float(value) for value in x])


def _function(output: OutputKey, z: Tensor) -> Tensor:
    import torch

    if output == "step":
        return torch.heaviside(z.detach(), torch.ones_like(z.detach()))
    return torch.sigmoid(z) if output == "logistic" else torch.tanh(z)
