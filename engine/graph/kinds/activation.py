"""An activation of its own, for use after add, a normalisation or concatenate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from engine.activations import Activation, activation
from engine.graph.kinds.base import (
    Array,
    Backward,
    BlockKind,
    BlockParams,
    Context,
    Forward,
    TargetSpec,
    register,
)
from engine.graph.kinds.compiled import Compiled
from engine.graph.kinds.names import ActivationName

if TYPE_CHECKING:
    from torch import Tensor


class ActivationParams(BlockParams):
    activation: ActivationName = "relu"
    alpha: float | None = None


class ActivationBlock(BlockKind[ActivationParams]):
    key = "activation"
    label = "Activation"
    summary = "Applies a function to each unit: a = f(z)."
    icon = "activation"
    has_delta = True
    compiled = Compiled.ACTIVATION
    params_type = ActivationParams

    def width(self, params: ActivationParams, in_widths: Sequence[int], target: TargetSpec) -> int:
        return in_widths[0]

    def formula(self, params: ActivationParams) -> str:
        return rf"a = {activation(params.activation).formula}"

    def noun(self, params: ActivationParams) -> str:
        return activation(params.activation).label

    def function(self, params: ActivationParams) -> Activation:
        return activation(params.activation)

    def constants(self, params: ActivationParams) -> tuple[float, float]:
        return self.function(params).alpha_or_default(params.alpha), 0.0

    def forward(
        self, params: ActivationParams, inputs: Sequence[Array], weights: Mapping[str, Array], context: Context
    ) -> Forward:
        return Forward(inputs[0], activation(params.activation).bare_value(inputs[0], params.alpha))

    def backward(
        self,
        params: ActivationParams,
        inputs: Sequence[Array],
        weights: Mapping[str, Array],
        result: Forward,
        upstream: Array,
    ) -> Backward:
        delta = activation(params.activation).bare_backward(result.z, result.a, upstream, params.alpha)
        return Backward((delta,), {}, delta)

    def torch(
        self, params: ActivationParams, inputs: Sequence[Tensor], weights: Mapping[str, Tensor], context: Context
    ) -> tuple[Tensor, Tensor]:
        z = inputs[0].view_as(inputs[0])  # a tensor of its own, so that δ counts this branch alone
        return z, activation(params.activation).torch(z, params.alpha)

    def torch_source(
        self, params: ActivationParams, inputs: Sequence[str], weights: Mapping[str, str]
    ) -> tuple[str, str]:
        return inputs[0], activation(params.activation).torch_source("{z}", params.alpha)


register(ActivationBlock())
