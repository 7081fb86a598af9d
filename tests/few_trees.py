"""Boosted trees of few rounds. A hundred of them, fitted beside every small run, were a third of what the tests of the
recommenders take; what they are worth is held by ``test_rec_opponents`` alone, with all of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from unittest.mock import patch

ROUNDS = 8


@contextmanager
def few_trees() -> Iterator[None]:
    """Within this, whoever asks scikit-learn for boosted trees gets few."""
    ensemble = import_module("sklearn.ensemble")
    few = partial(ensemble.HistGradientBoostingClassifier, max_iter=ROUNDS)
    with patch.object(ensemble, "HistGradientBoostingClassifier", few):
        yield
