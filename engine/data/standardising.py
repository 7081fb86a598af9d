"""Standardised numbers: mean 0 and deviation 1 over the training rows; and columns that are far from that."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine.data.dataset import Dataset, InputColumn, Task
from engine.data.problems import RAW_NUMBERS
from engine.data.split import fit_scaling
from engine.problems import Problem

Floats = NDArray[np.float64]

RAW_FACTOR = 5.0
"""Numbers are raw where a column's mean lies further from 0, or its deviation by a greater factor from 1.
Networks of one hidden layer learned XOR of two columns with every deviation from 0.3 to 5, and no longer with a mean of
5 (three seeds, tanh and ReLU)."""


def standardised(dataset: Dataset) -> Dataset:
    """The data set of a file with its numbers, and the target of a regression, at mean 0 and deviation 1 over the
    training rows. Categories stay 0 and 1."""
    x, inputs, place = dataset.x.copy(), list[InputColumn](), 0
    for column in dataset.inputs:
        if not column.levels:
            values = x[:, place].copy()
            centre, scale = _fit(values[dataset.train])
            x[:, place] = (values - centre) / scale
            column = replace(column, centre=centre, scale=scale)
        inputs.append(column)
        place += len(column.columns)
    y, centre, scale = dataset.y, 0.0, 1.0
    if dataset.task is Task.REGRESSION:
        centre, scale = _fit(y[dataset.train])
        y = (y - centre) / scale
    notices = tuple(notice for notice in dataset.notices if notice.code != RAW_NUMBERS.code)
    return replace(dataset, x=x, y=y, notices=notices, inputs=tuple(inputs), target_centre=centre, target_scale=scale)


def raw_numbers_notice(dataset: Dataset) -> Problem | None:
    """The notice that a column of numbers is far from a standardised one, about the worst, or None. Columns of 0 and 1
    alone are left aside: they are categories."""
    columns, place = list[tuple[str, Floats]](), 0
    for column in dataset.inputs:
        if not column.levels:
            columns.append((column.name, dataset.x[dataset.train, place]))
        place += len(column.columns)
    if dataset.task is Task.REGRESSION:
        columns.append((dataset.target_name, dataset.y[dataset.train]))
    worst, notice = RAW_FACTOR, None
    for name, values in columns:
        if np.isin(values, (0.0, 1.0)).all() or np.ptp(values) == 0.0:
            continue
        centre, scale = _fit(values)
        distance = max(abs(centre), scale, 1.0 / scale)
        if distance > worst:
            worst, notice = distance, RAW_NUMBERS(column=name, mean=f"{centre:.3g}", deviation=f"{scale:.3g}")
    return notice


def _fit(values: Floats) -> tuple[float, float]:
    centre, scale = fit_scaling(values)
    return float(centre), float(scale)
