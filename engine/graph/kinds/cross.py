"""Cross-products: for each chosen set of categories one id that stands for all of them together."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from engine.graph.columns import Bags, Column, Ids
from engine.graph.kinds.base import Arity, BlockParams, Carries, TargetSpec, register
from engine.graph.kinds.on_torch import TorchColumnKind, as_bags, side_by_side
from engine.problems import EngineError, declare

NO_SUCH_WIRE = declare(
    "graph.cross-no-wire",
    "A cross names input {slot}, but only {count} are wired. Wire another category or remove that number.",
)

_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


class CrossParams(BlockParams):
    """``crosses``: sets of input numbers, from 0. ``buckets``: a cross with no more combinations than these gets an id
    for each, exactly; a larger one is hashed into so many."""

    crosses: tuple[tuple[int, ...], ...] = ((0, 1),)
    buckets: int = Field(default=100_000, ge=1, le=2**28)


class Cross(TorchColumnKind[CrossParams]):
    """Cheng et al. 2016, equation 1: φ_k(x) = Π xᵢ^{c_ki}, c ∈ {0, 1}. Of one-hot inputs exactly one of a cross's
    products is 1, and it is that one's id which comes out. An input of bags is crossed with each of its ids."""

    key = "cross"
    label = "Cross φ"
    summary = "Gives every combination of the chosen categories a feature of its own."
    icon = "cross"
    arity = Arity.MANY
    takes = Carries.IDS
    gives = Carries.IDS
    params_type = CrossParams

    def width(self, params: CrossParams, in_widths: Sequence[int], target: TargetSpec) -> int:
        return sum(self.sizes(params, in_widths))

    def formula(self, params: CrossParams) -> str:
        return r"\phi_k(x) = \prod_i x_i^{c_{ki}}"

    def sizes(self, params: CrossParams, in_widths: Sequence[int]) -> list[int]:
        """How many ids each cross has. Raises EngineError for an input that is not wired."""
        for slot in (slot for members in params.crosses for slot in members):
            if not 0 <= slot < len(in_widths):
                raise EngineError(NO_SUCH_WIRE(slot=slot + 1, count=len(in_widths)))
        return [min(prod(in_widths[slot] for slot in members), params.buckets) for members in params.crosses]

    def column(self, params: CrossParams, inputs: Sequence[Column], in_widths: Sequence[int]) -> Column:
        sizes = self.sizes(params, in_widths)
        shifts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
        crossed = [
            cross_ids([inputs[slot] for slot in members], [in_widths[slot] for slot in members], size)
            for members, size in zip(params.crosses, sizes, strict=True)
        ]
        return side_by_side(crossed, shifts)


def cross_ids(inputs: Sequence[Column], widths: Sequence[int], size: int) -> Column:
    """The id of each row's combination; with bags among the inputs, of each combination of each row, in bags."""
    if any(isinstance(column, Bags) for column in inputs):
        bags = as_bags(inputs[0])
        combined, offsets = [bags.ids], bags.offsets
        for column in inputs[1:]:
            combined, offsets = _paired(combined, offsets, as_bags(column))
        return Bags(_numbered(combined, widths, size), offsets)
    return _numbered([np.asarray(column, np.int64) for column in inputs], widths, size)


def _paired(combined: list[Ids], offsets: Ids, bags: Bags) -> tuple[list[Ids], Ids]:
    """Every combination so far with every id of one more input, row by row; the last input runs fastest."""
    here, there = np.diff(offsets), bags.lengths
    repeats = np.repeat(there, here)  # for each combination: the ids that it meets
    ends = np.cumsum(repeats)
    within = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - repeats, repeats)
    begins = np.repeat(np.repeat(bags.offsets[:-1], here), repeats)
    grown = [np.repeat(ids, repeats) for ids in combined]
    return [*grown, bags.ids[begins + within]], np.concatenate([[0], np.cumsum(here * there)])


def _numbered(ids: Sequence[Ids], widths: Sequence[int], size: int) -> Ids:
    """Mixed-radix numbers where every combination has a place, else hashes (splitmix64, Steele et al. 2014)."""
    if prod(widths) <= size:
        number = np.zeros_like(ids[0])
        for one, width in zip(ids, widths, strict=True):
            number = number * width + one
        return number
    mixed: NDArray[np.uint64] = np.zeros(len(ids[0]), np.uint64)
    for one in ids:
        mixed = (mixed ^ one.astype(np.uint64)) + _SPREAD
        mixed = (mixed ^ (mixed >> np.uint64(30))) * _FIRST
        mixed = (mixed ^ (mixed >> np.uint64(27))) * _SECOND
        mixed ^= mixed >> np.uint64(31)
    return (mixed % np.uint64(size)).astype(np.int64)


register(Cross())
