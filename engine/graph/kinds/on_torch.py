"""What the recommenders' kinds have in common: they live on torch alone and read columns rather than one matrix.

Three sorts. A *column* block makes a column out of columns: no parameters, so it is worked out once for a whole data
set. A *lookup* block owns a table and reads, for each row, the vectors of that row's ids. An *end* block measures the
loss. What lies between them are the playground's own kinds.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from engine.graph.columns import Bags, Column, Ids
from engine.graph.kinds.base import Array, Backward, BlockKind, BlockParams, Carries, Context, Forward
from engine.problems import EngineError, declare

if TYPE_CHECKING:
    from torch import Tensor

ON_TORCH_ONLY = declare(
    "graph.on-torch-only",
    "Only the torch backend can train “{kind}” blocks. Choose torch or auto for this network.",
)

P = TypeVar("P", bound=BlockParams)


class TorchKind(BlockKind[P]):
    """A kind without a reference implementation in numpy."""

    in_playground = False

    def forward(self, params: P, inputs: Sequence[Array], weights: Mapping[str, Array], context: Context) -> Forward:
        raise EngineError(ON_TORCH_ONLY(kind=self.label))

    def backward(
        self, params: P, inputs: Sequence[Array], weights: Mapping[str, Array], result: Forward, upstream: Array
    ) -> Backward:
        raise EngineError(ON_TORCH_ONLY(kind=self.label))


class TorchColumnKind(TorchKind[P]):
    """A kind that makes one column out of columns."""

    def sources(self, params: P) -> tuple[str, ...]:
        """The names of the data's columns that the block reads; none when it reads its wires."""
        return ()

    @abstractmethod
    def column(self, params: P, inputs: Sequence[Column], in_widths: Sequence[int]) -> Column:
        """The block's column of all rows; ``inputs`` are its wires' columns, or its sources."""

    def torch(
        self, params: P, inputs: Sequence[Tensor], weights: Mapping[str, Tensor], context: Context
    ) -> tuple[Tensor, Tensor]:
        """The column as it is."""
        return inputs[0], inputs[0]


class Pool(StrEnum):
    """What becomes of the vectors that one row looks up."""

    CONCATENATE = "concatenate"
    SUM = "sum"
    MEAN = "mean"


class LookupKind(TorchKind[P]):
    """A kind that owns the table ``W`` (ids of all its wires one after the other, dimensions) and reads rows of it."""

    takes = Carries.IDS
    pool: Pool

    def keys(self, params: P, inputs: Sequence[Column], in_widths: Sequence[int]) -> Ids | Bags:
        """The rows of the table that each row of data looks up: (rows, k), or bags where a wire carries bags."""
        return side_by_side(inputs, np.concatenate([[0], np.cumsum(in_widths)[:-1]]).astype(np.int64))

    def torch(
        self, params: P, inputs: Sequence[Tensor], weights: Mapping[str, Tensor], context: Context
    ) -> tuple[Tensor, Tensor]:
        """What has been looked up and pooled, (rows, width)."""
        return inputs[0], inputs[0]


def side_by_side(inputs: Sequence[Column], shifts: Ids) -> Ids | Bags:
    """The ids of several columns as one, each column's shifted by its own number: (rows, k), or bags if any is."""
    if not any(isinstance(column, Bags) for column in inputs):
        return np.concatenate(
            [np.asarray(column, np.int64).reshape(len(column), -1) + shift  # type: ignore[arg-type]
             for column, shift in zip(inputs, shifts, strict=True)], axis=1
        )  # fmt: skip
    bags = [as_bags(column) for column in inputs]
    lengths = np.stack([bag.lengths for bag in bags])
    offsets = np.concatenate([[0], np.cumsum(lengths.sum(axis=0))])
    ids = np.empty(offsets[-1], np.int64)
    begins = offsets[:-1] + np.concatenate([np.zeros_like(lengths[:1]), np.cumsum(lengths, axis=0)[:-1]])
    for bag, begin, shift in zip(bags, begins, shifts, strict=True):
        ids[np.arange(len(bag.ids)) + np.repeat(begin - bag.offsets[:-1], bag.lengths)] = bag.ids + shift
    return Bags(ids, offsets)


def as_bags(column: Column) -> Bags:
    """A column of ids, (rows,) or (rows, k), as bags of equal size."""
    if isinstance(column, Bags):
        return column
    ids = np.asarray(column, np.int64).reshape(len(column), -1)
    return Bags(ids.ravel(), np.arange(len(ids) + 1, dtype=np.int64) * ids.shape[1])


class EndKind(TorchKind[P]):
    """A kind that ends a recommender's graph: it turns what comes in into a score and measures the loss."""

    is_end = True
    probed = True
    has_delta = True

    @abstractmethod
    def losses(self, params: P, z: Tensor, targets: Tensor) -> Tensor:
        """Each row's loss, (rows,), from z (rows, width) and what was to come out."""
