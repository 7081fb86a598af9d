"""Concatenate: its inputs side by side, in the order of the wires."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from engine.graph.kinds.base import (
    Arity,
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


class ConcatenateParams(BlockParams):
    """Concatenate has nothing to set."""


class Concatenate(BlockKind[ConcatenateParams]):
    key = "concatenate"
    label = "Concat"
    summary = "Puts its inputs side by side; nothing is mixed or lost."
    icon = "concatenate"
    arity = Arity.MANY
    compiled = Compiled.CONCATENATE
    params_type = ConcatenateParams

    def width(self, params: ConcatenateParams, in_widths: Sequence[int], target: TargetSpec) -> int:
        return sum(in_widths)

    def formula(self, params: ConcatenateParams) -> str:
        return r"a = [a_1, a_2, \ldots]"

    def forward(
        self, params: ConcatenateParams, inputs: Sequence[Array], weights: Mapping[str, Array], context: Context
    ) -> Forward:
        joined = np.concatenate(inputs, axis=1)
        return Forward(joined, joined)

    def backward(
        self,
        params: ConcatenateParams,
        inputs: Sequence[Array],
        weights: Mapping[str, Array],
        result: Forward,
        upstream: Array,
    ) -> Backward:
        borders = np.cumsum([part.shape[1] for part in inputs])[:-1]
        return Backward(tuple(np.split(upstream, borders, axis=1)))

    def torch(
        self, params: ConcatenateParams, inputs: Sequence[Tensor], weights: Mapping[str, Tensor], context: Context
    ) -> tuple[Tensor, Tensor]:
        import torch

        joined = torch.cat(list(inputs), dim=1)
        return joined, joined

    def torch_source(
        self, params: ConcatenateParams, inputs: Sequence[str], weights: Mapping[str, str]
    ) -> tuple[str, str]:
        return f"torch.cat([{', '.join(inputs)}], dim=1)", "{z}"

    def scalar_source(
        self, params: ConcatenateParams, inputs: Sequence[Sequence[str]], writer: ScalarWriter
    ) -> Sequence[str]:
        return [name for one in inputs for name in one]


register(Concatenate())
