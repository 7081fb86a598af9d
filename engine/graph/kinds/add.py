"""Add: the sum of its inputs, the skip connection of He et al. (CVPR 2016)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

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
from engine.problems import EngineError, declare

if TYPE_CHECKING:
    from torch import Tensor

WIDTHS_DIFFER = declare(
    "graph.widths-differ",
    "Add needs inputs of one width but gets {widths}; give the blocks before it the same number of units,"
    " or use Concatenate.",
)


class AddParams(BlockParams):
    """Add has nothing to set."""


class Add(BlockKind[AddParams]):
    key = "add"
    label = "Add"
    summary = "Sums its inputs unit by unit; a skip connection ends here."
    icon = "add"
    arity = Arity.MANY
    compiled = Compiled.ADD
    params_type = AddParams

    def width(self, params: AddParams, in_widths: Sequence[int], target: TargetSpec) -> int:
        if len(set(in_widths)) > 1:
            raise EngineError(WIDTHS_DIFFER(widths=", ".join(map(str, in_widths))))
        return in_widths[0]

    def formula(self, params: AddParams) -> str:
        return r"a = \sum_k a_k"

    def forward(
        self, params: AddParams, inputs: Sequence[Array], weights: Mapping[str, Array], context: Context
    ) -> Forward:
        total = reduce(add, inputs)
        return Forward(total, total)

    def backward(
        self,
        params: AddParams,
        inputs: Sequence[Array],
        weights: Mapping[str, Array],
        result: Forward,
        upstream: Array,
    ) -> Backward:
        return Backward(tuple(upstream for _ in inputs))

    def torch(
        self, params: AddParams, inputs: Sequence[Tensor], weights: Mapping[str, Tensor], context: Context
    ) -> tuple[Tensor, Tensor]:
        total = reduce(add, inputs)
        return total, total

    def torch_source(self, params: AddParams, inputs: Sequence[str], weights: Mapping[str, str]) -> tuple[str, str]:
        return " + ".join(inputs), "{z}"

    def scalar_source(self, params: AddParams, inputs: Sequence[Sequence[str]], writer: ScalarWriter) -> Sequence[str]:
        sums = zip(*inputs, strict=True)
        return [writer.define("a", " + ".join(terms), unit) for unit, terms in enumerate(sums)]


register(Add())
