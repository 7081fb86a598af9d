"""Dropout (Srivastava et al., JMLR 2014), inverted: training scales by 1/(1−p), so that serving changes nothing."""

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
    ScalarWriter,
    TargetSpec,
    register,
)
from engine.graph.kinds.compiled import Compiled

if TYPE_CHECKING:
    from torch import Tensor


class DropoutParams(BlockParams):
    rate: float = Field(default=0.2, ge=0.0, le=0.95)


def _mask(params: DropoutParams, shape: tuple[int, int], context: Context) -> Array:
    if not context.training or context.masks is None:
        return np.ones(shape)
    return context.masks.keep(context.block_id, shape, params.rate)


class Dropout(BlockKind[DropoutParams]):
    key = "dropout"
    label = "Dropout"
    summary = "Silences random units while training, so the network doesn't rely on any one."
    icon = "dropout"
    changes_in_training = True
    silences = True
    compiled = Compiled.DROPOUT
    params_type = DropoutParams

    def width(self, params: DropoutParams, in_widths: Sequence[int], target: TargetSpec) -> int:
        return in_widths[0]

    def formula(self, params: DropoutParams) -> str:
        return r"a = m \odot z / (1 - p),\; m \sim \mathrm{Bernoulli}(1 - p)"

    def constants(self, params: DropoutParams) -> tuple[float, float]:
        return params.rate, 0.0

    def detail(self, params: DropoutParams) -> str:
        return f"{params.rate:g}"

    def forward(
        self, params: DropoutParams, inputs: Sequence[Array], weights: Mapping[str, Array], context: Context
    ) -> Forward:
        x = inputs[0]
        mask = _mask(params, (x.shape[0], x.shape[1]), context)
        return Forward(x, x * mask, {"mask": mask})

    def backward(
        self,
        params: DropoutParams,
        inputs: Sequence[Array],
        weights: Mapping[str, Array],
        result: Forward,
        upstream: Array,
    ) -> Backward:
        return Backward((upstream * result.cache["mask"],))

    def torch(
        self, params: DropoutParams, inputs: Sequence[Tensor], weights: Mapping[str, Tensor], context: Context
    ) -> tuple[Tensor, Tensor]:
        import torch

        x = inputs[0]
        mask = _mask(params, (x.shape[0], x.shape[1]), context)
        return x, x * torch.as_tensor(mask, dtype=x.dtype, device=x.device)

    def torch_source(self, params: DropoutParams, inputs: Sequence[str], weights: Mapping[str, str]) -> tuple[str, str]:
        return inputs[0], f"{{z}} * {weights['mask']}" if "mask" in weights else "{z}"

    def scalar_source(
        self, params: DropoutParams, inputs: Sequence[Sequence[str]], writer: ScalarWriter
    ) -> Sequence[str]:
        """A single row passes as an answer does: nothing is dropped."""
        return inputs[0]


register(Dropout())
