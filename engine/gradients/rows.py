"""The rows that every configuration of an experiment passes on."""

from __future__ import annotations

from dataclasses import dataclass

from engine.data.dataset import Dataset
from engine.graph.kinds.base import Array


@dataclass(frozen=True, slots=True)
class Rows:
    """``x`` (rows, 2), ``target`` (rows, 1) of 0 and 1; one row at least."""

    x: Array
    target: Array


def rows_from(dataset: Dataset) -> Rows:
    """The training rows of a data set of two classes."""
    return Rows(dataset.x[dataset.train], dataset.y[dataset.train][:, None])
