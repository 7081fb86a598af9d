"""Row-sparse work on the CPU: gradients of looked-up rows added up, and the rows alone brought up to date.

A step of a recommender looks up a few thousand rows of tables that have millions, so whatever touches a whole table
is too slow, and so is sorting the ids. One scratch number per row of the table says where its gradient is being added
up; it is put back when the step is done.
"""

from __future__ import annotations

import numpy as np

from engine.network.kernels.options import Array, Index, Number, exact

UNSEEN = np.int32(-1)


@exact
def coalesce(
    keys: Array, owners: Array, each: Index, grads: Array, means: bool, places: Array, rows: Array, sums: Array
) -> int:
    """Add up the gradient of every distinct row of ``keys`` (n,); how many rows there are.

    Key i belongs to gradient row ``i // each`` of ``grads`` (m, d) or, with ``each`` 0, to the bag of ``owners``
    (m + 1,) offsets that it lies in; ``means``: the bag's gradient is shared by its keys. ``places`` (table rows,)
    is the scratch, all −1 before and after. Writes ``rows`` (n,) and ``sums`` (n, d), in the order of first use.
    """
    count, width = 0, grads.shape[1]
    bag = 0
    for i in range(keys.size):
        if each:
            bag = i // each
        else:
            while owners[bag + 1] <= i:
                bag += 1
        share = np.float32(1.0)
        if means:
            share = np.float32(1.0) / np.float32(owners[bag + 1] - owners[bag])
        key = np.uint64(keys[i])
        place = places[key]
        if place < 0:
            place = count
            places[key] = place
            rows[place] = keys[i]
            for k in range(width):
                sums[place, k] = share * grads[bag, k]
            count += 1
        else:
            for k in range(width):
                sums[place, k] += share * grads[bag, k]
    for j in range(count):
        places[np.uint64(rows[j])] = UNSEEN
    return count


@exact
def adagrad_rows(table: Array, squares: Array, rows: Array, sums: Array, rate: Number, guard: Number) -> None:
    """AdaGrad (Duchi, Hazan and Singer 2011) on some rows: n += g², w −= η g ÷ (√n + ε)."""
    for j in range(rows.size):
        row = np.uint64(rows[j])
        for k in range(table.shape[1]):
            g = sums[j, k]
            n = squares[row, k] + g * g
            squares[row, k] = n
            table[row, k] -= rate * g / (np.sqrt(n) + guard)


@exact
def ftrl_rows(
    table: Array, squares: Array, linear: Array, rows: Array, sums: Array,
    alpha: Number, beta: Number, l1: Number, l2: Number,
) -> None:  # fmt: skip
    """FTRL-proximal (McMahan et al. 2013, algorithm 1) on some rows."""
    for j in range(rows.size):
        row = np.uint64(rows[j])
        for k in range(table.shape[1]):
            g = sums[j, k]
            n = squares[row, k]
            root = np.sqrt(n + g * g)
            z = linear[row, k] + g - (root - np.sqrt(n)) / alpha * table[row, k]
            squares[row, k] = n + g * g
            linear[row, k] = z
            if abs(z) <= l1:
                table[row, k] = 0.0
            else:
                shrunk = z - l1 if z > 0.0 else z + l1
                table[row, k] = -shrunk / ((beta + root) / alpha + l2)
