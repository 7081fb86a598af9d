"""The same numbers asked of PyTorch, so that ours need not be believed. Torch is imported when it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.neuron.learning import LearningStep
from engine.neuron.unit import OutputKey, Unit

if TYPE_CHECKING:
    from torch import Tensor


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
    import torch

    def tensor(values: object) -> Tensor:
        return torch.tensor(values, dtype=torch.float64)

    return tensor(list(unit.weights)), tensor(unit.bias), tensor([float(value) for value in x])


def _function(output: OutputKey, z: Tensor) -> Tensor:
    import torch

    if output == "step":
        return torch.heaviside(z.detach(), torch.ones_like(z.detach()))
    return torch.sigmoid(z) if output == "logistic" else torch.tanh(z)
