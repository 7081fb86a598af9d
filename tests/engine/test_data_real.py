"""The real data sets are scikit-learn's, to the bit, and nothing of scikit-learn is needed to have them."""

from __future__ import annotations

import numpy as np
import pytest

import assets
from engine.data import DataChoice, load
from engine.data.dataset import Task
from engine.data.real import REAL_SETS, RealSet

MOST_BYTES = 100_000


@pytest.mark.parametrize("real", REAL_SETS, ids=lambda real: real.key)
def test_a_set_is_that_of_scikit_learn(real: RealSet) -> None:
    datasets = pytest.importorskip("sklearn.datasets")
    options = {"scaled": False} if real.key == "diabetes" else {}
    theirs = getattr(datasets, f"load_{real.key.replace('-', '_')}")(**options)
    ours = load(DataChoice(name=real.key, standardise=False))
    assert ours.x.dtype == ours.y.dtype == np.float64
    assert ours.x.tobytes() == np.asarray(theirs.data, np.float64).tobytes()
    assert ours.y.tobytes() == np.asarray(theirs.target, np.float64).tobytes()
    assert ours.columns == tuple(theirs.feature_names)
    assert ours.classes == (() if real.task is Task.REGRESSION else tuple(theirs.target_names.astype(str)))


@pytest.mark.parametrize("real", REAL_SETS, ids=lambda real: real.key)
def test_a_set_has_its_rows_and_is_small(real: RealSet) -> None:
    dataset = load(DataChoice(name=real.key))
    assert len(dataset.x) == len(dataset.y) == real.rows and np.isfinite(dataset.x).all()
    assert assets.path(f"data/{real.key}.npz").stat().st_size < MOST_BYTES
    assert f"`{real.key}.npz`" in assets.path("data/README.md").read_text(encoding="utf-8")
