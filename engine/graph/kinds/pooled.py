"""Pooled: the mean of the vectors of a bag's ids."""

from __future__ import annotations

from collections.abc import Sequence

from engine.graph.kinds.base import Arity, ParameterSpec, TargetSpec, register
from engine.graph.kinds.embedding import EmbeddingParams, table
from engine.graph.kinds.on_torch import LookupKind, Pool


class PooledParams(EmbeddingParams):
    """The same as an embedding's."""


class Pooled(LookupKind[PooledParams]):
    """Covington et al. 2016, §3.2: a history of any length becomes one vector; the mean did best among sum, component-
    wise maximum and the like. An empty bag gives zeros."""

    key = "pooled"
    label = "Pooled"
    summary = "The mean of a history's vectors: one vector, whatever the history's length."
    icon = "pooled"
    arity = Arity.MANY
    pool = Pool.MEAN
    params_type = PooledParams

    def width(self, params: PooledParams, in_widths: Sequence[int], target: TargetSpec) -> int:
        return params.dimensions

    def formula(self, params: PooledParams) -> str:
        return r"a = \frac{1}{n} \sum_{i=1}^{n} W_{x_i}"

    def parameters(self, params: PooledParams, in_widths: Sequence[int], width: int) -> tuple[ParameterSpec, ...]:
        return (table(sum(in_widths), params.dimensions, params.scale),)


register(Pooled())
