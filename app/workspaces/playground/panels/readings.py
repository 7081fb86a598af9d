"""Readings of an output of the network: as a share of the diverging map, as a class colour, in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from app.kit.listing import listed
from app.kit.numbers import of_data, short, within
from app.kit.translation import worded_classes
from engine.activations import Activation, activation
from engine.data import Dataset, InputColumn, Task
from engine.losses import Loss, loss
from engine.network.plan import Plan
from engine.training.plane import Plane, held_columns


@dataclass(frozen=True, slots=True)
class OutputReading:
    """How outputs are read. ``signed``: as one value around ``middle``, ``half`` to either side; else by class.
    ``discrete``: only what is decided is shown, not how surely."""

    dataset: Dataset
    criterion: Loss
    function: Activation
    outputs: int
    signed: bool
    middle: float
    half: float
    discrete: bool = False

    def shares(self, outputs: NDArray[np.floating]) -> NDArray[np.float64]:
        """(outputs, …) as shares −1 … 1 of the diverging map; signed readings only."""
        value = outputs[0] if self.outputs == 1 else outputs[1] - outputs[0]
        share = np.nan_to_num((value - self.middle) / self.half, nan=0.0, posinf=1.0, neginf=-1.0)
        clipped: NDArray[np.float64] = np.clip(share, -1.0, 1.0)
        return clipped

    def words(self, output: tuple[float, ...]) -> str:
        """One output in words: the value, and for classes what it is taken for."""
        if self.dataset.task is Task.REGRESSION:
            value = float(self.dataset.target_in_units(np.array(output[0])))
            low, _, high = self._scale
            return f"{within(value, low, high)} ({self.dataset.target_name})"
        name = self.class_of(output)
        if not name:
            return ", ".join(map(short, output))
        if self.outputs == 1:
            return f"{short(output[0])} · {name}"
        text = QCoreApplication.translate("OutputReading", "{name}, output {value}")
        return text.format(name=name, value=short(output[worded_classes(self.dataset.classes).index(name)]))

    def class_of(self, output: tuple[float, ...]) -> str:
        """The class that one output is taken for; empty in a regression, and of what is no number."""
        classes = worded_classes(self.dataset.classes)
        if not classes or np.isnan(output).any():
            return ""
        return classes[int(self.criterion.decide(np.array([output]), self.function)[0])]

    @property
    def probabilities(self) -> bool:
        """Return whether the outputs are the probabilities of the classes."""
        return self.criterion.fixed_activation == "softmax"

    def class_shares(self, output: tuple[float, ...]) -> NDArray[np.float64] | None:
        """One output a class as shares 0 … 1 of its range, for softmax the probabilities; None without a range."""
        low, high = (0.0, 1.0) if self.probabilities else self.function.output_range
        if self.outputs != len(self.dataset.classes) or not np.isfinite([low, high]).all():
            return None
        return np.asarray(np.clip((np.nan_to_num(output) - low) / (high - low), 0.0, 1.0))

    @property
    def ends(self) -> tuple[str, str, str]:
        """The legend's texts under −1, 0 and 1 of the map."""
        low, middle, high = self._scale
        return within(low, low, high), within(middle, low, high), within(high, low, high)

    @property
    def _scale(self) -> tuple[float, float, float]:
        """The values at −1, 0 and 1 of the map, a regression's in the target's own units."""
        values = np.array([self.middle - self.half, self.middle, self.middle + self.half])
        if self.dataset.task is Task.REGRESSION:
            values = self.dataset.target_in_units(values)
        return float(values[0]), float(values[1]), float(values[2])


def reading_of(plan: Plan, dataset: Dataset, *, discrete: bool = False) -> OutputReading | None:
    """How the plan's outputs are read on this data set; None where it was made for another."""
    if plan.target.classes != len(dataset.classes):
        return None
    params, outputs = plan.output.params, plan.output.width
    criterion, function = loss(params.loss), activation(params.activation)
    middle, half = 0.0, 1.0
    if dataset.task is Task.REGRESSION:
        low, high = float(dataset.y.min()), float(dataset.y.max())
        middle, half = (low + high) / 2, (high - low) / 2 or 1.0
    elif outputs == 1:
        off, on = criterion.levels(function)
        middle, half = (off + on) / 2, (on - off) / 2
    return OutputReading(dataset, criterion, function, outputs, outputs <= 2, middle, half, discrete)


def column_label(dataset: Dataset, column: int) -> str:
    """The name of an encoded column as it is shown, such as x₁."""
    from engine.data import available_features

    return available_features(dataset)[column].label


def in_units(dataset: Dataset, column: int, value: float) -> float:
    """A value of an encoded column in its source's own units."""
    source = _source(dataset, column)
    return value if source is None or source.levels else value * source.scale + source.centre


def in_words(dataset: Dataset, column: int, value: float) -> str:
    """A value of an encoded column as its source would write it: a number, or a date."""
    own, source = in_units(dataset, column, value), _source(dataset, column)
    return source.date(own) if source is not None and source.since else of_data(own)


def _source(dataset: Dataset, column: int) -> InputColumn | None:
    at = 0
    for source in dataset.inputs:
        if at <= column < at + len(source.columns):
            return source
        at += len(source.columns)
    return None


def slice_words(dataset: Dataset, plane: Plane, most: int) -> str:
    """What a plane of more than two columns leaves out, by ``most`` names; empty where it shows all."""
    held = held_columns(dataset, plane)
    if not held:
        return ""
    names = listed(column_label(dataset, column) for column in held[:most])
    if len(held) > most:
        more = QCoreApplication.translate("OutputReading", "{names} and {count} more")
        names = more.format(names=names, count=len(held) - most)
    one = QCoreApplication.translate("OutputReading", "A slice: {names} is held at its mean")
    several = QCoreApplication.translate("OutputReading", "A slice: {names} are held at their means")
    return (one if len(held) == 1 else several).format(names=names)
