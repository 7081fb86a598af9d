"""What a pass is asked for: rows of the data set or typed values, checked and made into the network's table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.data.dataset import Dataset
from engine.network.contract import Table
from engine.network.plan import Plan
from engine.problems import EngineError, declare
from engine.training.tables import network_inputs, table_of

NO_ROWS = declare("training.trace-no-rows", "A pass needs at least one sample; choose a row of the data set.")
NO_SUCH_ROW = declare("training.trace-no-such-row", "There is no row {index}; the data set has rows 0 to {last}.")
WRONG_VALUES = declare(
    "training.trace-wrong-values",
    "The input has {found} values, but the data set has {needed} columns: {columns}; give them all.",
)
WRONG_TARGETS = declare(
    "training.trace-wrong-targets",
    "The target has {found} values, but the network has {needed} outputs; give one for each.",
)
NOT_FINITE = declare(
    "training.trace-not-finite", "{value} isn't a finite number; give finite values for the input and the target."
)


def rows_asked_for(plan: Plan, dataset: Dataset, rows: Sequence[int]) -> Table:
    """The table of rows, indices into the whole data set. Raises EngineError when there are none or one is missing."""
    if not len(rows):
        raise EngineError(NO_ROWS())
    last = len(dataset.y) - 1
    for index in rows:
        if not 0 <= index <= last:
            raise EngineError(NO_SUCH_ROW(index=index, last=last))
    return table_of(plan, dataset, np.array(rows, dtype=np.int64))


def input_asked_for(plan: Plan, dataset: Dataset, x: Sequence[float], target: Sequence[float] | None) -> Table:
    """The table of one typed input, raw columns (d,), and its encoded target (outputs,), zero in every output if None.

    Raises EngineError when there are too few or too many values, or one is not finite.
    """
    columns, width = dataset.columns, plan.output.width
    if len(x) != len(columns):
        raise EngineError(WRONG_VALUES(found=len(x), needed=len(columns), columns=", ".join(columns)))
    encoded = (0.0,) * width if target is None else tuple(target)
    if len(encoded) != width:
        raise EngineError(WRONG_TARGETS(found=len(encoded), needed=width))
    for value in (*x, *encoded):
        if not np.isfinite(value):
            raise EngineError(NOT_FINITE(value=value))
    inputs = network_inputs(plan, columns, np.array([x], dtype=np.float64))
    return Table(inputs, np.array([encoded], dtype=np.float64))
