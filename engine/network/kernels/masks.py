"""The masks of dropout, drawn as numpy's Philox draws them: see :class:`engine.graph.kinds.base.MaskSource`.

Philox 4×64 with 10 rounds (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types
from numba.extending import intrinsic

from engine.network.kernels.options import Array, Index, Kernel, Number, exact

_M0, _M1 = np.uint64(0xD2E7470EE14C6C93), np.uint64(0xCA5A826395121157)
_W0, _W1 = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBB67AE8584CAA73B)
_ROUNDS = 10
_ZERO, _ONE, _TWO, _THREE, _FOUR = (np.uint64(k) for k in range(5))
_UNUSED_BITS = np.uint64(11)
_PER_2_53 = 1.0 / 9007199254740992.0


@intrinsic
def _upper_half(context: Any, a: Any, b: Any) -> Any:
    """The upper 64 bits of a product of two unsigned numbers."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        from llvmlite import ir

        wide, narrow = ir.IntType(128), ir.IntType(64)
        product = builder.mul(*(builder.zext(argument, wide) for argument in arguments))
        return builder.trunc(builder.lshr(product, ir.Constant(wide, 64)), narrow)

    return types.uint64(types.uint64, types.uint64), generate


_high: Kernel = _upper_half  # which numba calls without the context


@exact
def draw(count: Index, key0: Index, key1: Index, step: Index) -> Number:
    """The four numbers that the stream of a step gives for this count, the first of which is 1."""
    c0, c1, c2, c3 = count, _ZERO, _ZERO, step
    for _ in range(_ROUNDS):
        h0, h1 = _high(_M0, c0), _high(_M1, c2)
        c0, c1, c2, c3 = h1 ^ c1 ^ key0, _M1 * c2, h0 ^ c3 ^ key1, _M0 * c0
        key0, key1 = key0 + _W0, key1 + _W1
    return c0, c1, c2, c3


@exact
def _kept(drawn: Index, rate: float, scale: float) -> Number:
    """0 or 1/(1 − rate), by a uniform number made of the upper 53 bits."""
    return scale if float(drawn >> _UNUSED_BITS) * _PER_2_53 >= rate else 0.0


@exact
def draw_mask(
    space: Array, mask: Index, units: Index, rows: Index, rate: float, key0: Index, key1: Index, step: Index
) -> None:
    """Fill an area of units × rows; the numbers are drawn row by row."""
    scale = 1.0 / (1.0 - rate)
    row, unit = _ZERO, _ZERO
    for first in range(_ZERO, units * rows, _FOUR):
        drawn = draw(first // _FOUR + _ONE, key0, key1, step)
        for k in range(_FOUR):
            if row < rows:
                space[mask + unit * rows + row] = _kept(drawn[k], rate, scale)
            unit += _ONE
            if unit == units:
                unit, row = _ZERO, row + _ONE
