"""Input features: chosen columns of the data set and, for two-dimensional data, the derived x², xy and sin x."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from engine.graph.kinds.base import (
    Arity,
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
from engine.problems import EngineError, declare

if TYPE_CHECKING:
    from torch import Tensor

NO_FEATURES = declare("graph.no-features", "The input has no features; choose at least one column for it.")


class InputParams(BlockParams):
    """``features``: tokens such as ``x1``, ``x1^2``, ``x1*x2`` or ``sin(x1)``; see :mod:`engine.data.features`."""

    features: tuple[str, ...] = ("x1", "x2")


class Input(BlockKind[InputParams]):
    key = "input"
    label = "Input"
    summary = "Feeds chosen columns of the data set into the network."
    icon = "input"
    arity = Arity.NONE
    tiles = True
    compiled = Compiled.INPUT
    params_type = InputParams

    def width(self, params: InputParams, in_widths: Sequence[int], target: TargetSpec) -> int:
        if not params.features:
            raise EngineError(NO_FEATURES())
        return len(params.features)

    def formula(self, params: InputParams) -> str:
        return r"a^{(0)} = x"

    def features(self, params: InputParams) -> tuple[str, ...]:
        return params.features

    def forward(
        self, params: InputParams, inputs: Sequence[Array], weights: Mapping[str, Array], context: Context
    ) -> Forward:
        return Forward(inputs[0], inputs[0])

    def backward(
        self,
        params: InputParams,
        inputs: Sequence[Array],
        weights: Mapping[str, Array],
        result: Forward,
        upstream: Array,
    ) -> Backward:
        return Backward((upstream,))

    def torch(
        self, params: InputParams, inputs: Sequence[Tensor], weights: Mapping[str, Tensor], context: Context
    ) -> tuple[Tensor, Tensor]:
        return inputs[0], inputs[0]


register(Input())
