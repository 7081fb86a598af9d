"""The affine map z = W a + b that dense and output blocks share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from engine.graph.kinds.base import Array, Backward, ParameterSpec

if TYPE_CHECKING:
    from torch import Tensor


def affine_parameters(
    in_width: int, width: int, *, bias: bool, initializer: str, scale: float | None
) -> tuple[ParameterSpec, ...]:
    """``W`` of shape (out, in) and, when asked for, ``b`` of shape (out,), which starts at zero and never decays."""
    weight = ParameterSpec("W", (width, in_width), initializer, scale, decays=True)
    return (weight, ParameterSpec("b", (width,))) if bias else (weight,)


def affine_formula(*, bias: bool) -> str:
    """The layer's line as mathtext, its activation included."""
    shift = " + b^{(l)}" if bias else ""
    return rf"z^{{(l)}} = W^{{(l)}} a^{{(l-1)}}{shift},\quad a^{{(l)}} = f(z^{{(l)}})"


def affine(x: Array, weights: Mapping[str, Array]) -> Array:
    """z = x Wᵀ + b for a batch x of shape (rows, in); (rows, out)."""
    z: Array = x.dot(weights["W"].T)  # on a few rows twice as fast as the operator
    if "b" in weights:
        z += weights["b"]
    return z


def affine_backward(x: Array, weights: Mapping[str, Array], delta: Array) -> Backward:
    """∂L/∂W = δᵀ x, ∂L/∂b = Σ δ, ∂L/∂x = δ W (rows summed: δ carries the batch mean's 1/n)."""
    gradients: dict[str, Array] = {"W": delta.T.dot(x)}
    if "b" in weights:
        gradients["b"] = np.add.reduce(delta)
    return Backward((delta.dot(weights["W"]),), gradients, delta)


def affine_source(inputs: Sequence[str], weights: Mapping[str, str]) -> str:
    """The PyTorch source of :func:`affine`."""
    bias = f" + {weights['b']}" if "b" in weights else ""
    return f"{inputs[0]} @ {weights['W']}.T{bias}"


def torch_affine(inputs: Sequence[Tensor], weights: Mapping[str, Tensor]) -> Tensor:
    """The PyTorch twin of :func:`affine`."""
    import torch

    return torch.nn.functional.linear(inputs[0], weights["W"], weights.get("b"))
