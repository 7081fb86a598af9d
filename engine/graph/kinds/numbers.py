"""Numbers: chosen columns of numbers side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.graph.columns import Column
from engine.graph.kinds.base import Arity, BlockParams, TargetSpec, register
from engine.graph.kinds.input import NO_FEATURES
from engine.graph.kinds.names import ColumnName
from engine.graph.kinds.on_torch import TorchColumnKind
from engine.problems import EngineError


class NumbersParams(BlockParams):
    """``columns``: the data's columns of numbers, in order."""

    columns: tuple[ColumnName, ...] = ("age",)


class Numbers(TorchColumnKind[NumbersParams]):
    key = "numbers"
    label = "Numbers"
    summary = "Feeds in columns of numbers as they are."
    icon = "numbers"
    arity = Arity.NONE
    params_type = NumbersParams

    def width(self, params: NumbersParams, in_widths: Sequence[int], target: TargetSpec) -> int:
        if not params.columns:
            raise EngineError(NO_FEATURES())
        return len(params.columns)

    def formula(self, params: NumbersParams) -> str:
        return r"a = x"

    def sources(self, params: NumbersParams) -> tuple[str, ...]:
        return params.columns

    def column(self, params: NumbersParams, inputs: Sequence[Column], in_widths: Sequence[int]) -> Column:
        return np.stack([np.asarray(column, np.float32) for column in inputs], axis=1)


register(Numbers())
