"""Category: one id per row, from a vocabulary whose first place is for what it has never seen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.graph.columns import UNKNOWN, Column, Ids
from engine.graph.kinds.base import Arity, BlockParams, Carries, TargetSpec, register
from engine.graph.kinds.names import ColumnName, VocabularySize
from engine.graph.kinds.on_torch import TorchColumnKind


class CategoricalParams(BlockParams):
    """``column``: the data's column. ``size``: ids of its vocabulary, the bucket for unknown ones included."""

    column: ColumnName = "item"
    size: VocabularySize = 2


class Categorical(TorchColumnKind[CategoricalParams]):
    key = "categorical"
    label = "Category"
    summary = "Feeds in one id per row, such as a country; unknown ones share a bucket."
    icon = "categorical"
    arity = Arity.NONE
    gives = Carries.IDS
    params_type = CategoricalParams

    def width(self, params: CategoricalParams, in_widths: Sequence[int], target: TargetSpec) -> int:
        return params.size

    def formula(self, params: CategoricalParams) -> str:
        return r"x \in \{0, \ldots, n-1\}"

    def sources(self, params: CategoricalParams) -> tuple[str, ...]:
        return (params.column,)

    def column(self, params: CategoricalParams, inputs: Sequence[Column], in_widths: Sequence[int]) -> Column:
        return known(np.asarray(inputs[0], np.int64), params.size)


def known(ids: Ids, size: int) -> Ids:
    """The ids, those that the vocabulary does not have in the bucket for unknown ones."""
    return np.where((ids >= 0) & (ids < size), ids, UNKNOWN)


register(Categorical())
