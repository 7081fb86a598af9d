"""Bag of ids: as many ids per row as there are, such as a watch history."""

from __future__ import annotations

from collections.abc import Sequence

from engine.graph.columns import Bags, Column
from engine.graph.kinds.base import Arity, BlockParams, Carries, TargetSpec, register
from engine.graph.kinds.categorical import known
from engine.graph.kinds.names import ColumnName, VocabularySize
from engine.graph.kinds.on_torch import TorchColumnKind, as_bags


class BagParams(BlockParams):
    """``column``: the data's column of bags. ``size``: ids of its vocabulary, the bucket for unknown ones included."""

    column: ColumnName = "history"
    size: VocabularySize = 2


class Bag(TorchColumnKind[BagParams]):
    key = "bag"
    label = "Bag of ids"
    summary = "Feeds in any number of ids per row, such as everything a user has watched."
    icon = "bag"
    arity = Arity.NONE
    gives = Carries.IDS
    params_type = BagParams

    def width(self, params: BagParams, in_widths: Sequence[int], target: TargetSpec) -> int:
        return params.size

    def formula(self, params: BagParams) -> str:
        return r"x \subset \{0, \ldots, n-1\}"

    def sources(self, params: BagParams) -> tuple[str, ...]:
        return (params.column,)

    def column(self, params: BagParams, inputs: Sequence[Column], in_widths: Sequence[int]) -> Column:
        bags = as_bags(inputs[0])
        return Bags(known(bags.ids, params.size), bags.offsets)


register(Bag())
