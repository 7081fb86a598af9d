"""Shuffled epochs, number for number as numpy's ``Generator(Philox(…)).permuted`` draws them, at a tenth of the cost.

Fisher and Yates's shuffle; a place is drawn as the last bits of half a number of Philox, again while it lies beyond.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.network.kernels.masks import draw
from engine.network.kernels.options import Array, Index, exact, inner

_ZERO, _ONE, _TWO, _THREE, _FOUR, _FIVE, _SIX, _SEVEN, _EIGHT = (np.uint64(k) for k in range(9))
_HALF, _HALVES = np.uint64(32), np.uint64(32)
_WITHIN = _HALVES - _ONE
_LOWER = np.uint64(0xFFFFFFFF)


@inner
def _refill(space: Array, drawn: Index, key0: Index, key1: Index, block: Index) -> None:
    """The next so many halves, lower ones first; the numbers of several counts do not wait for each other."""
    for first in range(_ZERO, _HALVES, _EIGHT):
        a, b, c, d = draw((drawn + first) // _EIGHT + _ONE, key0, key1, block)
        space[first], space[first + _ONE] = a & _LOWER, a >> _HALF
        space[first + _TWO], space[first + _THREE] = b & _LOWER, b >> _HALF
        space[first + _FOUR], space[first + _FIVE] = c & _LOWER, c >> _HALF
        space[first + _SIX], space[first + _SEVEN] = d & _LOWER, d >> _HALF


@exact
def shuffle(
    orders: Array, halves: Array, rows: Index, epochs: Index, a_block: Index, key0: Index, key1: Index, block: Index
) -> None:
    """Fill the flat ``orders`` with ``epochs`` shuffles of 0 … rows − 1, ``a_block`` of them from each stream. The
    streams have these keys and begin after the counters (0, 0, 0, block), (0, 0, 0, block + 1) …; ``halves`` is room
    for 32 numbers. There are fewer rows than 2^32."""
    drawn = _ZERO
    for epoch in range(_ZERO, epochs):
        if epoch % a_block == _ZERO and epoch > _ZERO:
            drawn, block = _ZERO, block + _ONE
        start, mask = epoch * rows, _LOWER
        for k in range(rows):
            orders[start + np.uint64(k)] = k
        last = rows - _ONE
        while last > _ZERO:
            while mask >> _ONE >= last:
                mask >>= _ONE
            while last > mask >> _ONE:
                if drawn & _WITHIN == _ZERO:
                    _refill(halves, drawn, key0, key1, block)
                chosen = halves[drawn & _WITHIN] & mask
                drawn += _ONE
                fits = chosen <= last  # no branch, for nobody can foresee it: a number that does not fit swaps nothing
                one, other = start + last, start + (chosen if fits else last)
                orders[one], orders[other] = orders[other], orders[one]
                last -= np.uint64(fits)


def shuffle_blocks(orders: NDArray[np.int64], rows: int, a_block: int, keys: tuple[int, int], block: int) -> None:
    """Fill the flat ``orders`` with shuffles of 0 … rows − 1, ``a_block`` of them by the stream of these keys after the
    counter (0, 0, 0, block), as many by that of the next block, and so on."""
    numbers = (rows, len(orders) // rows, a_block, *keys, block)
    shuffle(orders, np.empty(int(_HALVES), np.uint64), *(np.uint64(number) for number in numbers))


def shuffled_rows(rows: int, epochs: int, keys: tuple[int, int], block: int) -> NDArray[np.int64]:
    """(epochs, rows): shuffles of 0 … rows − 1, by the stream of these keys after the counter (0, 0, 0, block)."""
    orders = np.empty(rows * epochs, np.int64)
    shuffle_blocks(orders, rows, epochs, keys, block)
    return orders.reshape(epochs, rows)
