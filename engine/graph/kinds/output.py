"""Output: a trainable affine map, its activation and the loss; its width is taken from the target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

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
from engine.graph.kinds.names import InitializerName, LossName, OutputActivationName
from engine.losses import Loss, loss
from engine.problems import EngineError

if TYPE_CHECKING:
    from torch import Tensor


class OutputParams(BlockParams):
    """``activation`` counts for squared error only; the cross-entropies bring their own (logistic, softmax)."""

    loss: LossName = "squared_error"
    activation: OutputActivationName = "tanh"
    alpha: float | None = None
    bias: bool = True
    initializer: InitializerName = "xavier_uniform"
    scale: float | None = None


class Output(BlockKind[OutputParams]):
    key = "output"
    label = "Output"
    summary = "Turns the last layer into predictions and measures the loss."
    icon = "output"
    is_end = True
    tiles = True
    probed = True
    has_delta = True
    compiled = Compiled.AFFINE
    params_type = OutputParams

    def width(self, params: OutputParams, in_widths: Sequence[int], target: TargetSpec) -> int:
        unsupported = loss(params.loss).supports(target.classes)
        if unsupported is not None:
            raise EngineError(unsupported)
        return loss(params.loss).width(target.classes, activation(params.activation))

    def formula(self, params: OutputParams) -> str:
        return affine_formula(bias=params.bias)

    def detail(self, params: OutputParams) -> str:
        return loss(params.loss).label

    def function(self, params: OutputParams) -> Activation:
        return loss(params.loss).output_activation(activation(params.activation))

    def criterion(self, params: OutputParams) -> Loss:
        return loss(params.loss)

    def parameters(self, params: OutputParams, in_widths: Sequence[int], width: int) -> tuple[ParameterSpec, ...]:
        return affine_parameters(
            in_widths[0], width, bias=params.bias, initializer=params.initializer, scale=params.scale
        )

    def constants(self, params: OutputParams) -> tuple[float, float]:
        return self.function(params).alpha_or_default(params.alpha), 0.0

    def forward(
        self, params: OutputParams, inputs: Sequence[Array], weights: Mapping[str, Array], context: Context
    ) -> Forward:
        z = affine(inputs[0], weights)
        return Forward(z, self.function(params).bare_value(z, params.alpha))

    def backward(
        self,
        params: OutputParams,
        inputs: Sequence[Array],
        weights: Mapping[str, Array],
        result: Forward,
        upstream: Array,
    ) -> Backward:
        """``upstream`` is δ = ∂L/∂z itself: the loss collapses its activation (p − t) before it reaches here."""
        return affine_backward(inputs[0], weights, upstream)

    def torch(
        self, params: OutputParams, inputs: Sequence[Tensor], weights: Mapping[str, Tensor], context: Context
    ) -> tuple[Tensor, Tensor]:
        z = torch_affine(inputs, weights)
        return z, self.function(params).torch(z, params.alpha)

    def torch_source(self, params: OutputParams, inputs: Sequence[str], weights: Mapping[str, str]) -> tuple[str, str]:
        return affine_source(inputs, weights), self.function(params).torch_source("{z}", params.alpha)


register(Output())
