"""How a network file writes down how far its run has come; every number list of a curve is one line of text.

What is read here is believed only where all of it fits: places, curves and events of one and the same run.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError

from engine.formats.loom_arrays import MEMORY, SOUND, STUCK, Arrays, Nested, array_of, nested, unnested
from engine.formats.progress import (
    MOST_SIGNAL_STEPS,
    MOST_STEPS,
    Cause,
    Curve,
    Diagnosis,
    Event,
    Floats,
    Growth,
    Moment,
    PastRun,
    Progress,
    ProgressChange,
    ProgressSignal,
)
from engine.graph.weights import WeightKey
from engine.hyperparameters import OptimizerKey
from engine.network.contract import NonFinite
from engine.network.function_gaps import FunctionGap, Lack
from engine.optimizers import OPTIMIZERS
from engine.validation import place_of

MOST_POINTS = 4096
DIGITS = 7
"""Significant digits of a curve's values in a file."""
_ROUNDED = 1.0 + 10.0 ** (1 - DIGITS)
"""So much beyond the run's own epoch a curve's may be written."""

_Numbers = Annotated[str, Field(max_length=40 * MOST_POINTS)]
_Text = Annotated[str, Field(max_length=200)]
_Size = Annotated[FiniteFloat, Field(ge=0.0)]
_Count = Annotated[int, Field(ge=0, lt=MOST_STEPS)]


class Damaged(Exception):
    """The section is no run's progress; ``where`` that was met, as a path within the file."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


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


_Norms = tuple[_Size, _Size, _Size, _Size]


class _Event(_Strict):
    step: _Count
    epoch: FiniteFloat
    kind: _Text
    parameters: Annotated[dict[_Text, FiniteFloat | _Text], Field(max_length=16)] = {}


class _Signal(_Strict):
    """‖δ‖ by block, over so many of the latest steps."""

    steps: Annotated[int, Field(ge=1, le=MOST_SIGNAL_STEPS)]
    norms: dict[str, _Size]


class _Quiet(_Strict):
    """A trouble of a block's units, or of the whole block."""

    block: _Text
    trouble: _Text
    units: list[_Count] = []


class _Change(_Strict):
    """What the latest change left for verdicts to go by."""

    drawn: dict[str, _Size] = {}
    was_well: bool | None = None
    quiet: list[_Quiet] = []


class _Moment(_Strict):
    """A value that was out of bounds; as text, for it need not be finite."""

    step: _Count
    block: _Text
    quantity: Literal["z", "delta", "update", "weights", "data"]
    value: _Text


class _Growth(_Strict):
    block: _Text
    first: _Count
    last: _Count
    factor: _Size


class _Gap(_Strict):
    """What the function of a block lacks at a weighted sum z."""

    block: _Text
    function: _Text
    lack: Lack
    z: FiniteFloat


class _Run(_Strict):
    """How far a run had come."""

    cursor: _Count
    steps_per_epoch: Annotated[int, Field(ge=1, lt=MOST_STEPS)]
    updates: _Count
    optimizer_step: _Count
    optimizer: OptimizerKey | None = None
    memory: Nested = {}
    stuck: Nested | None = None


class _Breakdown(_Strict):
    """Why a run has stopped at its latest step, and the weights and the run that it goes back to."""

    block: _Text
    what: Literal["z", "loss", "gradient", "weights", "growth"]
    gap: _Gap | None = None
    epoch: _Size
    cause: Cause
    began: _Moment | None = None
    growth: _Growth | None = None
    gradient: _Size | None = None
    weights: Nested = {}
    progress: _Run | None = None


class ProgressDocument(_Run):
    """The ``progress`` of a network file, from version 2 on."""

    curves: Annotated[list[_Curves], Field(max_length=16)] = []
    events: Annotated[list[_Event], Field(max_length=1000)] = []
    norms: dict[str, _Norms] = {}
    signal: _Signal | None = None
    change: _Change = _Change()
    breakdown: _Breakdown | None = None


def kept(progress: Progress, *, inline: bool) -> dict[str, Any]:
    """The section as plain data; its arrays only where they are not to lie beside the file."""
    groups: dict[bytes, dict[str, Any]] = {}
    counts: dict[bytes, str] = {}
    for name, curve in progress.curves.items():
        steps, count = curve.steps.tobytes(), curve.count.tobytes()
        if steps not in groups:
            groups[steps] = {"steps": text_of(curve.steps), "epochs": text_of(curve.epochs), "lines": {}}
        if count not in counts:
            counts[count] = text_of(curve.count)
        values = {"mean": text_of(curve.mean), "low": text_of(curve.low), "high": text_of(curve.high)}
        groups[steps]["lines"][name] = {"count": counts[count], **values}
    section: dict[str, Any] = _run_section(progress, inline=inline) | {
        "curves": list(groups.values()),
        "events": [
            {"step": one.step, "epoch": one.epoch, "kind": one.kind, "parameters": dict(one.parameters)}
            for one in progress.events
        ],
    }
    norms = {block: list(of) for block, of in progress.norms.items() if all(map(math.isfinite, of))}
    if norms:
        section["norms"] = norms
    signal = progress.signal
    if signal is not None and all(map(math.isfinite, signal.norms.values())):
        section["signal"] = {"steps": signal.steps, "norms": dict(signal.norms)}
    change = progress.change
    if change != ProgressChange():
        quiet = [{"block": block, "trouble": trouble, "units": list(units)} for block, trouble, units in change.quiet]
        section["change"] = {"drawn": dict(change.drawn), "was_well": change.was_well, "quiet": quiet}
    if progress.diagnosis is not None:
        section["breakdown"] = _breakdown_section(progress.diagnosis, inline=inline)
    return section


def _run_section(progress: Progress, *, inline: bool) -> dict[str, Any]:
    section: dict[str, Any] = {
        "cursor": progress.cursor,
        "steps_per_epoch": progress.steps_per_epoch,
        "updates": progress.updates,
        "optimizer_step": progress.optimizer_step,
        "memory": nested(progress.memory) if inline else {},
    }
    if progress.optimizer is not None:
        section["optimizer"] = progress.optimizer
    if progress.stuck is not None:
        section["stuck"] = nested(progress.stuck) if inline else {}
    return section


def _breakdown_section(found: Diagnosis, *, inline: bool) -> dict[str, Any]:
    """What is known of a breakdown; the curves of the run to go back to are part of those that are written already."""
    failure, gap, began, growth, run = found.failure, found.failure.gap, found.began, found.growth, found.sound.progress
    section = {
        "block": failure.block_id,
        "what": failure.what,
        "gap": gap and {"block": gap.block_id, "function": gap.function, "lack": gap.lack.value, "z": gap.z},
        "epoch": found.epoch,
        "cause": found.cause.value,
        "began": began
        and {"step": began.step, "block": began.block_id, "quantity": began.quantity, "value": repr(began.value)},
        "growth": growth
        and {"block": growth.block_id, "first": growth.first, "last": growth.last, "factor": growth.factor},
        "gradient": found.gradient,
        "weights": nested(found.sound.weights) if inline else {},
        "progress": run and _run_section(run, inline=inline),
    }
    return {name: part for name, part in section.items() if part is not None}


def parts_of(progress: Progress) -> dict[str, Mapping[WeightKey, NDArray[Any]]]:
    """The arrays of a run, and of the one that it goes back to, as :mod:`engine.formats.loom_arrays` tells them
    apart."""
    parts: dict[str, Mapping[WeightKey, NDArray[Any]]] = {MEMORY: progress.memory, STUCK: progress.stuck or {}}
    if progress.diagnosis is not None:
        sound = progress.diagnosis.sound
        parts[SOUND] = sound.weights
        if sound.progress is not None:
            parts |= {SOUND + part: arrays for part, arrays in parts_of(sound.progress).items()}
    return parts


def restored(
    content: object,
    beside: Mapping[str, Mapping[WeightKey, object]],
    weights: Mapping[WeightKey, Floats],
) -> Progress:
    """The section as the program has it; ``beside``: what of it lies in a file of its own. Raises Damaged."""
    try:
        document = ProgressDocument.model_validate(content)
    except ValidationError as error:
        raise Damaged(place_of(error, "progress")) from error
    signal, found = document.signal, document.breakdown
    return replace(
        _run(document, "progress", beside, "", weights),
        curves=_curves(document),
        events=_events(document),
        norms=document.norms,
        signal=None if signal is None else ProgressSignal(signal.steps, signal.norms),
        change=_change(document.change),
        diagnosis=None if found is None else _diagnosis(found, document.updates, beside, weights),
    )


def _run(
    document: _Run,
    where: str,
    beside: Mapping[str, Mapping[WeightKey, object]],
    part: str,
    weights: Mapping[WeightKey, Floats],
) -> Progress:
    """A run without its curves; its arrays lie beside as this ``part``."""
    memory = _arrays(f"{where}.memory", unnested(document.memory) | dict(beside.get(part + MEMORY, {})))
    stuck = None
    if document.stuck is not None:
        held = _arrays(f"{where}.stuck", unnested(document.stuck) | dict(beside.get(part + STUCK, {})))
        stuck = {key: array.astype(np.bool_) for key, array in held.items()}
    _check_shapes(where, document.optimizer, memory, stuck or {}, weights)
    counts = document.cursor, document.steps_per_epoch, document.updates, document.optimizer_step
    return Progress(*counts, memory, {}, (), document.optimizer, stuck)


def _diagnosis(
    found: _Breakdown,
    updates: int,
    beside: Mapping[str, Mapping[WeightKey, object]],
    weights: Mapping[WeightKey, Floats],
) -> Diagnosis:
    """Why a run stopped after so many ``updates``, which has these ``weights``."""
    where, gap, began, growth = "progress.breakdown", found.gap, found.began, found.growth
    sound = _arrays(f"{where}.weights", unnested(found.weights) | dict(beside.get(SOUND, {})))
    if {key: array.shape for key, array in sound.items()} != {key: array.shape for key, array in weights.items()}:
        raise Damaged(f"{where}.weights")
    run = found.progress
    progress = None if run is None else _run(run, f"{where}.progress", beside, SOUND, weights)
    if progress is not None and progress.updates > updates:
        raise Damaged(f"{where}.progress.updates")
    if began is not None and (found.cause in (Cause.STEPS, Cause.START)) != (began.quantity in ("z", "update")):
        raise Damaged(f"{where}.began.quantity")
    value = 0.0 if began is None else _number(began.value, f"{where}.began.value")
    return Diagnosis(
        NonFinite(
            updates,
            found.block,
            found.what,
            None if gap is None else FunctionGap(gap.block, gap.function, gap.lack, gap.z),
        ),
        found.epoch,
        found.cause,
        None if began is None else Moment(began.step, began.block, began.quantity, value),
        None if growth is None else Growth(growth.block, growth.first, growth.last, growth.factor),
        PastRun(sound, progress),
        found.gradient,
    )


def _change(change: _Change) -> ProgressChange:
    quiet = tuple((layer.block, layer.trouble, tuple(layer.units)) for layer in change.quiet)
    return ProgressChange(change.drawn, change.was_well, quiet)


def _check_shapes(where: str, optimizer: str | None, memory: Arrays, stuck: Arrays, weights: Arrays) -> None:
    """Raise Damaged for what does not fit the weights; weights that an edit had just outdated are in no file."""
    vectors = None if optimizer is None else OPTIMIZERS[optimizer].slots
    for (block, name), array in memory.items():
        if not array.size and not vectors:
            continue  # a list of no vectors has no shape
        shape = weights[block, name].shape if (block, name) in weights else array.shape[1:]
        if array.ndim == 0 or array.shape[1:] != shape or vectors not in (None, len(array)):
            raise Damaged(f"{where}.memory.{block}.{name}")
    for (block, name), held in stuck.items():
        if (block, name) in weights and held.shape != weights[block, name].shape:
            raise Damaged(f"{where}.stuck.{block}.{name}")


def _arrays(where: str, found: Mapping[WeightKey, object]) -> dict[WeightKey, Floats]:
    arrays = {}
    for (block, name), rows in found.items():
        array = array_of(rows)
        if array is None or (where.endswith("stuck") and not np.isin(array, (0.0, 1.0)).all()):
            raise Damaged(f"{where}.{block}.{name}")
        arrays[block, name] = array
    return arrays


def _curves(document: ProgressDocument) -> dict[str, Curve]:
    curves: dict[str, Curve] = {}
    for at, group in enumerate(document.curves):
        where = f"progress.curves[{at}]"
        steps, epochs = _integers(group.steps, f"{where}.steps"), _floats(group.epochs, f"{where}.epochs")
        if len(steps) > MOST_POINTS or not _rises(steps, document.updates):
            raise Damaged(f"{where}.steps")
        ended = document.cursor / document.steps_per_epoch * _ROUNDED
        if len(epochs) != len(steps) or not np.isfinite(epochs).all() or not _rises(epochs, ended):
            raise Damaged(f"{where}.epochs")
        for name, line in group.lines.items():
            curves[name] = _curve(steps, epochs, line, f"{where}.lines.{name}")
    return curves


def _rises(values: NDArray[Any], most: float) -> bool:
    """Whether they never fall, from 0 on, and end at ``most`` or before."""
    return not len(values) or bool(values[0] >= 0 and (values[:-1] <= values[1:]).all() and values[-1] <= most)


def _curve(steps: NDArray[np.int64], epochs: Floats, line: _Line, where: str) -> Curve:
    count = _integers(line.count, f"{where}.count")
    mean, low, high = (_floats(text, where) for text in (line.mean, line.low, line.high))
    if any(len(part) != len(steps) for part in (count, mean, low, high)):
        raise Damaged(where)
    measured = count > 0
    if np.any(count < 0) or np.any(count >= MOST_STEPS) or np.isnan([mean, low, high])[:, measured].any():
        raise Damaged(where)
    return Curve(steps, epochs, count, mean, low, high)


def _events(document: ProgressDocument) -> tuple[Event, ...]:
    ended = document.cursor / document.steps_per_epoch * _ROUNDED
    for at, one in enumerate(document.events):
        counted = isinstance(one.parameters.get("count", "" if one.kind == "several" else 1), int | float)
        if one.step > document.updates or not 0 <= one.epoch <= ended or not counted:
            raise Damaged(f"progress.events[{at}]")
    return tuple(Event(one.step, one.epoch, one.kind, one.parameters) for one in document.events)


def text_of(values: NDArray[Any]) -> str:
    """Numbers as one line of text."""
    form = "%d" if values.dtype.kind == "i" else f"%.{DIGITS}g"
    return " ".join([form] * len(values)) % tuple(values.tolist())  # in one call: there are tens of thousands


def _floats(text: str, where: str) -> Floats:
    return _array(text.split(), np.dtype(np.float64), where)


def _number(text: str, where: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise Damaged(where) from error


def _integers(text: str, where: str) -> NDArray[np.int64]:
    found: NDArray[np.int64] = _array(text.split(), np.dtype(np.int64), where)
    return found


def _array(words: list[str], dtype: np.dtype[Any], where: str) -> NDArray[Any]:
    try:
        return np.array([float(word) if dtype.kind == "f" else int(word) for word in words], dtype=dtype)
    except (ValueError, OverflowError) as error:
        raise Damaged(where) from error
