"""How a network file writes down how far its run has come; every number list of a curve is one line of text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, FiniteFloat

from engine.formats.progress import Curve, Event, Floats, Progress
from engine.graph.weights import WeightKey
from engine.problems import EngineError, declare

MOST_POINTS = 4096
DIGITS = 7
"""Significant digits of a curve's values in a file."""
MEMORY = "/memory"
"""Ends the names of the optimiser's vectors among the tensors that lie beside a file."""

BAD_CURVE = declare(
    "file.bad-curve",
    "The curves kept in “{path}” are damaged: “{name}” is no list of numbers that fits the others;"
    " remove “progress” from the file to open it without them.",
)

_Numbers = Annotated[str, Field(max_length=40 * MOST_POINTS)]
_Text = Annotated[str, Field(max_length=200)]
_Count = Annotated[int, Field(ge=0, lt=2**62)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Line(_Strict):
    """One curve: per point how many values, their mean, least and greatest."""

    count: _Numbers
    mean: _Numbers
    low: _Numbers
    high: _Numbers


class _Curves(_Strict):
    """Curves over the same steps."""

    steps: _Numbers
    epochs: _Numbers
    lines: dict[_Text, _Line]


class _Event(_Strict):
    step: _Count
    epoch: FiniteFloat
    kind: _Text
    parameters: Annotated[dict[_Text, FiniteFloat | _Text], Field(max_length=16)] = {}


class ProgressDocument(_Strict):
    """The ``progress`` of a network file, from version 2 on."""

    cursor: _Count
    steps_per_epoch: Annotated[int, Field(ge=1, lt=2**62)]
    updates: _Count
    optimizer_step: _Count
    memory: dict[str, dict[str, list[Any]]] = {}
    curves: Annotated[list[_Curves], Field(max_length=16)] = []
    events: Annotated[list[_Event], Field(max_length=1000)] = []


def kept(progress: Progress, memory: dict[str, dict[str, list[Any]]]) -> dict[str, Any]:
    """The section as plain data; ``memory``: nested lists, empty where it lies beside the file."""
    groups: list[dict[str, Any]] = []
    for name, curve in progress.curves.items():
        steps = _text(curve.steps)
        group = next((one for one in groups if one["steps"] == steps), None)
        if group is None:
            group = {"steps": steps, "epochs": _text(curve.epochs), "lines": {}}
            groups.append(group)
        values = {"mean": _text(curve.mean), "low": _text(curve.low), "high": _text(curve.high)}
        group["lines"][name] = {"count": _text(curve.count), **values}
    return {
        "cursor": progress.cursor,
        "steps_per_epoch": progress.steps_per_epoch,
        "updates": progress.updates,
        "optimizer_step": progress.optimizer_step,
        "memory": memory,
        "curves": groups,
        "events": [
            {"step": one.step, "epoch": one.epoch, "kind": one.kind, "parameters": dict(one.parameters)}
            for one in progress.events
        ],
    }


def restored(document: ProgressDocument, memory: dict[WeightKey, Floats], path: str) -> Progress:
    """The section as the program has it. Raises EngineError where a curve is no curve."""
    curves: dict[str, Curve] = {}
    for group in document.curves:
        steps, epochs = _integers(group.steps, path, "steps"), _floats(group.epochs, path, "epochs")
        sound = len(steps) == len(epochs) <= MOST_POINTS and np.isfinite(epochs).all()
        if not sound or np.any(np.diff(steps) < 0) or np.any(np.diff(epochs) < 0) or np.any(steps < 0):
            raise EngineError(BAD_CURVE(path=path, name="steps"))
        for name, line in group.lines.items():
            values = [_floats(text, path, name) for text in (line.mean, line.low, line.high)]
            curve = Curve(steps, epochs, _integers(line.count, path, name), *values)
            if any(len(part) != len(steps) for part in (curve.count, *values)) or np.any(curve.count < 0):
                raise EngineError(BAD_CURVE(path=path, name=name))
            curves[name] = curve
    events = tuple(Event(one.step, one.epoch, one.kind, one.parameters) for one in document.events)
    place = (document.cursor, document.steps_per_epoch, document.updates, document.optimizer_step)
    return Progress(*place, memory, curves, events)


def _text(values: NDArray[Any]) -> str:
    whole = values.dtype.kind == "i"
    return " ".join(str(int(value)) if whole else f"{value:.{DIGITS}g}" for value in values)


def _floats(text: str, path: str, name: str) -> Floats:
    return _array(text.split(), np.dtype(np.float64), path, name)


def _integers(text: str, path: str, name: str) -> NDArray[np.int64]:
    found: NDArray[np.int64] = _array(text.split(), np.dtype(np.int64), path, name)
    return found


def _array(words: Iterable[str], dtype: np.dtype[Any], path: str, name: str) -> NDArray[Any]:
    try:
        return np.array([float(word) if dtype.kind == "f" else int(word) for word in words], dtype=dtype)
    except (ValueError, OverflowError) as error:
        raise EngineError(BAD_CURVE(path=path, name=name)) from error
