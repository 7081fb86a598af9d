"""Sparse linear: one weight for every id, and their sum: the wide part."""

from __future__ import annotations

from collections.abc import Sequence

from engine.graph.kinds.base import Arity, BlockParams, ParameterSpec, TargetSpec, register
from engine.graph.kinds.on_torch import LookupKind, Pool


class SparseLinearParams(BlockParams):
    """Sparse linear has nothing to set; how it learns is the run's choice."""


class SparseLinear(LookupKind[SparseLinearParams]):
    """Cheng et al. 2016, §3.1: y = wᵀ[x, φ(x)], without the bias, which the joint logit has."""

    key = "sparse_linear"
    label = "Sparse linear"
    summary = "Learns one weight for every category and combination, and adds them up."
    icon = "sparse_linear"
    arity = Arity.MANY
    pool = Pool.SUM
    params_type = SparseLinearParams

    def width(self, params: SparseLinearParams, in_widths: Sequence[int], target: TargetSpec) -> int:
        return 1

    def formula(self, params: SparseLinearParams) -> str:
        return r"z = w^{\top} [x, \phi(x)]"

    def parameters(self, params: SparseLinearParams, in_widths: Sequence[int], width: int) -> tuple[ParameterSpec, ...]:
        return (ParameterSpec("W", (sum(in_widths), 1), by_row=True),)


register(SparseLinear())
