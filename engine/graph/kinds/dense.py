"""Dense: an affine map, then its activation; both z and a are exposed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pydantic import Field

from engine.activations import Activation, activation
from engine.graph.kinds.affine import (
    affine,
    affine_backward,
    affine_formula,
    affine_parameters,
    affine_source,
    torch_affine,
)
from engine.graph.kinds.base import (
    Array,
    Backward,
    BlockKind,
    BlockParams,
    Context,
    Forward,
    ParameterSpec,
    TargetSpec,
    register,
)
from engine.graph.kinds.compiled import Compiled
from engine.graph.kinds.names import ActivationName, InitializerName

if TYPE_CHECKING:
    from torch import Tensor

MAX_UNITS = 4096


class DenseParams(BlockParams):
    """``alpha`` is the activation's own parameter (Leaky ReLU's γ, ELU's α); None takes its default."""

    units: int = Field(default=4, ge=1, le=MAX_UNITS)
    activation: ActivationName = "tanh"
    alpha: float | None = None
    bias: bool = True
    initializer: InitializerName = "xavier_uniform"
    scale: float | None = None


class Dense(BlockKind[DenseParams]):
    key = "dense"
    label = "Dense"
    summary = "Every unit weighs every input: z = W a + b, then the activation."
    icon = "dense"
    tiles = True
    probed = True
    has_delta = True
    compiled = Compiled.AFFINE
    params_type = DenseParams

    def width(self, params: DenseParams, in_widths: Sequence[int], target: TargetSpec) -> int:
        return params.units

    def formula(self, params: DenseParams) -> str:
        return affine_formula(bias=params.bias)

    def detail(self, params: DenseParams) -> str:
        return activation(params.activation).label

    def units(self, params: DenseParams) -> int:
        return params.units

    def function(self, params: DenseParams) -> Activation:
        return activation(params.activation)

    def parameters(self, params: DenseParams, in_widths: Sequence[int], width: int) -> tuple[ParameterSpec, ...]:
        return affine_parameters(
            in_widths[0], width, bias=params.bias, initializer=params.initializer, scale=params.scale
        )

    def constants(self, params: DenseParams) -> tuple[float, float]:
        return self.function(params).alpha_or_default(params.alpha), 0.0

    def forward(
        self, params: DenseParams, inputs: Sequence[Array], weights: Mapping[str, Array], context: Context
    ) -> Forward:
        z = affine(inputs[0], weights)
        return Forward(z, activation(params.activation).bare_value(z, params.alpha))

    def backward(
        self,
        params: DenseParams,
        inputs: Sequence[Array],
        weights: Mapping[str, Array],
        result: Forward,
        upstream: Array,
    ) -> Backward:
        delta = activation(params.activation).bare_backward(result.z, result.a, upstream, params.alpha)
        return affine_backward(inputs[0], weights, delta)

    def torch(
        self, params: DenseParams, inputs: Sequence[Tensor], weights: Mapping[str, Tensor], context: Context
    ) -> tuple[Tensor, Tensor]:
        z = torch_affine(inputs, weights)
        return z, activation(params.activation).torch(z, params.alpha)

    def torch_source(self, params: DenseParams, inputs: Sequence[str], weights: Mapping[str, str]) -> tuple[str, str]:
        return affine_source(inputs, weights), activation(params.activation).torch_source("{z}", params.alpha)


register(Dense())
