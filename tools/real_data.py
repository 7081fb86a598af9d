"""Writes the real data sets of ``assets/data``, as scikit-learn has them: ``python -m tools.real_data``.

Each is a compressed ``.npz``: ``x`` (rows, columns) and ``y`` (rows,) with every bit, in the smallest type that holds
them, and the names of the ``columns`` and ``classes``.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn import datasets

import assets
from engine.data.dataset import Task
from engine.data.real import REAL_SETS, RealSet

TYPES = (np.uint8, np.int16, np.float64)


def arrays_of(real: RealSet) -> dict[str, NDArray[np.generic]]:
    """What the file of a set holds."""
    options = {"scaled": False} if real.key == "diabetes" else {}
    bunch = getattr(datasets, f"load_{real.key.replace('-', '_')}")(**options)
    classes = [] if real.task is Task.REGRESSION else [str(name) for name in bunch.target_names]
    columns = [str(name) for name in bunch.feature_names]
    return {
        "x": _smallest(bunch.data),
        "y": _smallest(bunch.target),
        "columns": np.array(columns, np.str_),
        "classes": np.array(classes, np.str_),
    }


def _smallest(values: NDArray[np.generic]) -> NDArray[np.generic]:
    """The same numbers in the smallest type that holds all of them."""
    with np.errstate(invalid="ignore"):
        return next(found for found in map(values.astype, TYPES) if np.array_equal(found, values))


if __name__ == "__main__":
    for each in REAL_SETS:
        np.savez_compressed(assets.path("data") / f"{each.key}.npz", **arrays_of(each))
