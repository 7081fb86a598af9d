"""The activations as PyTorch functions, for the torch backend and as the oracle of the others.

A caller that holds a tensor has already imported torch, so the imports inside cost nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor


def identity(z: Tensor, alpha: float) -> Tensor:
    return z


def step(z: Tensor, alpha: float) -> Tensor:
    """Written with floor, whose gradient torch knows to be zero; ``heaviside`` has none and would raise."""
    import torch

    return torch.clamp(torch.floor(z) + 1, 0, 1)


def logistic(z: Tensor, alpha: float) -> Tensor:
    import torch

    return torch.sigmoid(z)


def tanh(z: Tensor, alpha: float) -> Tensor:
    import torch

    return torch.tanh(z)


def relu(z: Tensor, alpha: float) -> Tensor:
    import torch

    return torch.relu(z)


def leaky_relu(z: Tensor, alpha: float) -> Tensor:
    from torch.nn import functional

    return functional.leaky_relu(z, alpha)


def elu(z: Tensor, alpha: float) -> Tensor:
    from torch.nn import functional

    return functional.elu(z, alpha)


def softplus(z: Tensor, alpha: float) -> Tensor:
    """Torch's default threshold of 20 would cut off 2e-9, more than the backends may differ by."""
    from torch.nn import functional

    return functional.softplus(z, threshold=40.0)


def silu(z: Tensor, alpha: float) -> Tensor:
    from torch.nn import functional

    return functional.silu(z)


def gelu(z: Tensor, alpha: float) -> Tensor:
    from torch.nn import functional

    return functional.gelu(z)


def gelu_tanh(z: Tensor, alpha: float) -> Tensor:
    from torch.nn import functional

    return functional.gelu(z, approximate="tanh")


def softmax(z: Tensor, alpha: float) -> Tensor:
    import torch

    return torch.softmax(z, dim=-1)
