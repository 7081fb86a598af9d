"""Embedding: a vector for every id of its inputs; those of one row side by side."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from engine.graph.kinds.base import Arity, BlockParams, ParameterSpec, TargetSpec, register
from engine.graph.kinds.on_torch import LookupKind, Pool

MAX_DIMENSIONS = 1024


class EmbeddingParams(BlockParams):
    """``dimensions`` of each vector; ``scale``: the standard deviation that they start with."""

    dimensions: int = Field(default=16, ge=1, le=MAX_DIMENSIONS)
    scale: float = Field(default=0.01, ge=0.0, le=10.0)


class Embedding(LookupKind[EmbeddingParams]):
    key = "embedding"
    label = "Embedding"
    summary = "Learns a vector for every id; similar ids end up close together."
    icon = "embedding"
    arity = Arity.MANY
    pool = Pool.CONCATENATE
    params_type = EmbeddingParams

    def width(self, params: EmbeddingParams, in_widths: Sequence[int], target: TargetSpec) -> int:
        return params.dimensions * len(in_widths)

    def formula(self, params: EmbeddingParams) -> str:
        return r"a = [W_{x_1}, W_{x_2}, \ldots]"

    def parameters(self, params: EmbeddingParams, in_widths: Sequence[int], width: int) -> tuple[ParameterSpec, ...]:
        return (table(sum(in_widths), params.dimensions, params.scale),)


def table(ids: int, dimensions: int, scale: float) -> ParameterSpec:
    """``W`` (ids, dimensions), drawn from a normal distribution."""
    return ParameterSpec("W", (ids, dimensions), "normal", scale, by_row=True)


register(Embedding())
