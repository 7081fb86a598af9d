"""Splitting rows into training and test rows, and scaling fitted on the training rows alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.data.seeding import Stream, generator

Rows = NDArray[np.int64]


def split_rows(rows: int, train_share: float, seed: int, labels: Rows | None = None) -> tuple[Rows, Rows]:
    """Shuffle ``rows`` row indices by ``seed`` and split them into (train, test), neither being empty.

    With ``labels`` (rows,), class indices from 0, the split is stratified: each class keeps its share on both
    sides to within one row; a class of one row is trained on. Needs at least two rows.
    """
    rng = generator(seed, Stream.SPLIT)
    if labels is None:
        labels = np.zeros(rows, np.int64)
    train, test = [], []
    for label, taken in enumerate(_training_counts(np.bincount(labels), train_share)):
        members = rng.permutation(np.flatnonzero(labels == label))
        train.append(members[:taken])
        test.append(members[taken:])
    train_rows, test_rows = np.concatenate(train), np.concatenate(test)
    if not len(test_rows):  # every class has a single row
        train_rows, test_rows = train_rows[:-1], train_rows[-1:]
    return rng.permutation(train_rows), rng.permutation(test_rows)


def _training_counts(counts: Rows, share: float) -> Rows:
    """Rows of each class to train on, by the method of largest remainders; both sides get
    one where possible.
    """
    quota = counts * share
    taken = np.floor(quota).astype(np.int64)
    left = round(int(counts.sum()) * share) - int(taken.sum())
    taken[np.argsort(taken - quota, kind="stable")[:left]] += 1
    fewest = np.minimum(counts, 1)
    bounded: Rows = np.clip(taken, fewest, np.maximum(counts - 1, fewest))
    return bounded


def fit_scaling(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean and population standard deviation over axis 0; a deviation of zero becomes one."""
    # In units of a power of two, which changes no digit: the square of a tiny number would be 0.
    exponent = np.frexp(np.abs(values).max(axis=0))[1]
    unit = np.ldexp(values, -exponent)
    centre, scale = unit.mean(axis=0), unit.std(axis=0)
    # The mean of equal numbers can miss them by a rounding error, which must not be blown up to a deviation.
    negligible = scale <= 10 * np.finfo(np.float64).eps * np.abs(centre)
    return np.ldexp(centre, exponent), np.where(negligible, 1.0, np.ldexp(scale, exponent))
