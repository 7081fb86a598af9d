"""In which rows a conjunction of conditions holds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.graph.columns import Columns
from engine.graph.kinds.on_torch import as_bags
from engine.recommenders.data.tables.encoding import Encoder
from engine.recommenders.tasks.wide_deep.insight import Product, value_name


def rows_with(encoder: Encoder, product: Product, columns: Columns) -> NDArray[np.bool_]:
    """Whether all conditions hold, (rows,); of a bag, that the value is among its names."""
    held = np.ones(columns.rows, np.bool_)
    for term in product:
        bags = as_bags(columns[term.column])
        wanted = np.array(
            [value_name(encoder, term.column, at) == term.value for at in range(_size(bags.ids))], np.bool_
        )
        owners = np.repeat(np.arange(bags.rows), bags.lengths)
        held &= np.bincount(owners, wanted[bags.ids], minlength=bags.rows) > 0
    return held


def _size(ids: NDArray[np.int64]) -> int:
    return int(ids.max(initial=-1)) + 1
