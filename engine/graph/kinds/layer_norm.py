"""Layer normalisation (Ba, Kiros and Hinton 2016): each sample's units to mean 0, variance 1, then scaled by γ, β."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from pydantic import Field

from engine.graph.kinds.base import (
    Array,
    Backward,
    BlockKind,
    BlockParams,
    Context,
    Forward,
    ParameterSpec,
    ScalarWriter,
    TargetSpec,
    register,
)
from engine.graph.kinds.compiled import Compiled

if TYPE_CHECKING:
    from torch import Tensor


class LayerNormParams(BlockParams):
    epsilon: float = Field(default=1e-5, gt=0.0)


class LayerNorm(BlockKind[LayerNormParams]):
    key = "layer_norm"
    label = "Layer norm"
    summary = "Brings each sample's units to mean 0 and variance 1, then scales and shifts them."
    icon = "layer_norm"
    normalises = True
    compiled = Compiled.LAYER_NORM
    params_type = LayerNormParams

    def width(self, params: LayerNormParams, in_widths: Sequence[int], target: TargetSpec) -> int:
        return in_widths[0]

    def formula(self, params: LayerNormParams) -> str:
        return r"a = \gamma\,\frac{z - \mu}{\sqrt{\sigma^2 + \varepsilon}} + \beta"

    def constants(self, params: LayerNormParams) -> tuple[float, float]:
        return params.epsilon, 0.0

    def parameters(self, params: LayerNormParams, in_widths: Sequence[int], width: int) -> tuple[ParameterSpec, ...]:
        return (ParameterSpec("gamma", (width,), "constant", 1.0), ParameterSpec("beta", (width,)))

    def forward(
        self, params: LayerNormParams, inputs: Sequence[Array], weights: Mapping[str, Array], context: Context
    ) -> Forward:
        x = inputs[0]
        deviation = x - x.mean(axis=1, keepdims=True)
        inverse = 1.0 / np.sqrt((deviation**2).mean(axis=1, keepdims=True) + params.epsilon)
        normal = deviation * inverse
        return Forward(x, weights["gamma"] * normal + weights["beta"], {"normal": normal, "inverse": inverse})

    def backward(
        self,
        params: LayerNormParams,
        inputs: Sequence[Array],
        weights: Mapping[str, Array],
        result: Forward,
        upstream: Array,
    ) -> Backward:
        normal, inverse = result.cache["normal"], result.cache["inverse"]
        e = upstream * weights["gamma"]
        centred = e - e.mean(axis=1, keepdims=True) - normal * (e * normal).mean(axis=1, keepdims=True)
        gradients = {"gamma": (upstream * normal).sum(axis=0), "beta": upstream.sum(axis=0)}
        return Backward((centred * inverse,), gradients)

    def torch(
        self, params: LayerNormParams, inputs: Sequence[Tensor], weights: Mapping[str, Tensor], context: Context
    ) -> tuple[Tensor, Tensor]:
        import torch

        x = inputs[0]
        gamma, beta = weights["gamma"], weights["beta"]
        return x, torch.nn.functional.layer_norm(x, (x.shape[1],), gamma, beta, params.epsilon)

    def torch_source(
        self, params: LayerNormParams, inputs: Sequence[str], weights: Mapping[str, str]
    ) -> tuple[str, str]:
        scale = f"{weights['gamma']}, {weights['beta']}, {params.epsilon!r}"
        return inputs[0], f"torch.nn.functional.layer_norm({{z}}, {{z}}.shape[1:], {scale})"

    def scalar_source(
        self, params: LayerNormParams, inputs: Sequence[Sequence[str]], writer: ScalarWriter
    ) -> Sequence[str]:
        units = inputs[0]
        mean = writer.define("m", f"({' + '.join(units)})/{len(units)}")
        squares = " + ".join(f"({unit} - {mean})^2" for unit in units)
        spread = writer.define("s", f"sqrt(({squares})/{len(units)} + {params.epsilon!r})")
        answers = []
        for place, unit in enumerate(units):
            gamma, beta = writer.leaf("g", "gamma", place), writer.leaf("c", "beta", place)
            answers.append(writer.define("a", f"{gamma}*({unit} - {mean})/{spread} + {beta}", place))
        return answers


register(LayerNorm())
