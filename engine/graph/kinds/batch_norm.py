"""Batch normalisation (Ioffe and Szegedy, ICML 2015): batch statistics in training, running ones otherwise."""

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


class BatchNormParams(BlockParams):
    momentum: float = Field(default=0.1, gt=0.0, le=1.0)
    epsilon: float = Field(default=1e-5, gt=0.0)


class BatchNorm(BlockKind[BatchNormParams]):
    key = "batch_norm"
    label = "Batch norm"
    summary = "Brings each unit to mean 0 and variance 1 over the batch, then scales and shifts it."
    icon = "batch_norm"
    normalises = True
    changes_in_training = True
    mixes_rows = True
    compiled = Compiled.BATCH_NORM
    params_type = BatchNormParams

    def width(self, params: BatchNormParams, in_widths: Sequence[int], target: TargetSpec) -> int:
        return in_widths[0]

    def formula(self, params: BatchNormParams) -> str:
        return r"a = \gamma\,\frac{z - \mu_B}{\sqrt{\sigma_B^2 + \varepsilon}} + \beta"

    def constants(self, params: BatchNormParams) -> tuple[float, float]:
        return params.epsilon, params.momentum

    def parameters(self, params: BatchNormParams, in_widths: Sequence[int], width: int) -> tuple[ParameterSpec, ...]:
        return (
            ParameterSpec("gamma", (width,), "constant", 1.0),
            ParameterSpec("beta", (width,)),
            ParameterSpec("mean", (width,), trainable=False),
            ParameterSpec("variance", (width,), "constant", 1.0, trainable=False),
        )

    def forward(
        self, params: BatchNormParams, inputs: Sequence[Array], weights: Mapping[str, Array], context: Context
    ) -> Forward:
        x = inputs[0]
        own_statistics = context.training and x.shape[0] > 1
        mean, variance = (x.mean(axis=0), x.var(axis=0)) if own_statistics else (weights["mean"], weights["variance"])
        inverse = 1.0 / np.sqrt(variance + params.epsilon)
        normal = (x - mean) * inverse
        if own_statistics:
            self._remember(params, weights, mean, variance, x.shape[0])
        cache = {"normal": normal, "inverse": inverse, "own": np.array(float(own_statistics))}
        return Forward(x, weights["gamma"] * normal + weights["beta"], cache)

    @staticmethod
    def _remember(
        params: BatchNormParams, weights: Mapping[str, Array], mean: Array, variance: Array, rows: int
    ) -> None:
        """Move the running statistics, in place, by ``momentum``; the variance unbiased, as torch does."""
        unbiased = variance * rows / (rows - 1)
        weights["mean"][...] += params.momentum * (mean - weights["mean"])
        weights["variance"][...] += params.momentum * (unbiased - weights["variance"])

    def backward(
        self,
        params: BatchNormParams,
        inputs: Sequence[Array],
        weights: Mapping[str, Array],
        result: Forward,
        upstream: Array,
    ) -> Backward:
        normal, inverse = result.cache["normal"], result.cache["inverse"]
        gradients = {"gamma": (upstream * normal).sum(axis=0), "beta": upstream.sum(axis=0)}
        e = upstream * weights["gamma"]
        if result.cache["own"]:
            e = e - e.mean(axis=0) - normal * (e * normal).mean(axis=0)
        return Backward((e * inverse,), gradients)

    def torch(
        self, params: BatchNormParams, inputs: Sequence[Tensor], weights: Mapping[str, Tensor], context: Context
    ) -> tuple[Tensor, Tensor]:
        import torch

        x = inputs[0]
        own_statistics = context.training and x.shape[0] > 1
        normal = torch.nn.functional.batch_norm(
            x,
            weights["mean"],
            weights["variance"],
            weights["gamma"],
            weights["beta"],
            own_statistics,
            params.momentum,
            params.epsilon,
        )
        return x, normal

    def torch_source(
        self, params: BatchNormParams, inputs: Sequence[str], weights: Mapping[str, str]
    ) -> tuple[str, str]:
        own = "mean" not in weights  # a batch passes with its own statistics
        known = "None, None" if own else f"{weights['mean']}, {weights['variance']}"
        scale = f"{weights['gamma']}, {weights['beta']}, {own}, eps={params.epsilon!r}"
        return inputs[0], f"torch.nn.functional.batch_norm({{z}}, {known}, {scale})"

    def scalar_source(
        self, params: BatchNormParams, inputs: Sequence[Sequence[str]], writer: ScalarWriter
    ) -> Sequence[str]:
        """A single row passes as an answer does: with the running statistics."""
        answers = []
        for place, unit in enumerate(inputs[0]):
            mean, variance = writer.number("mean", place), writer.number("variance", place)
            gamma, beta = writer.leaf("g", "gamma", place), writer.leaf("c", "beta", place)
            spread = f"sqrt({variance} + {params.epsilon!r})"
            answers.append(writer.define("a", f"{gamma}*({unit} - ({mean}))/{spread} + {beta}", place))
        return answers


register(BatchNorm())
