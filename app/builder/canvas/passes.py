"""A moment of a pass, worked out for drawing: which wires carry what, and which number each neuron shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.builder.canvas.geometry import SceneLayout
from engine.graph import Wire
from engine.network.plan import WeightKey
from engine.training.trace import PassTrace, Phase, Stage

Floats = NDArray[np.float64]

ARRIVE = 0.7
"""The share of a stage's time that the pulses take; the numbers follow."""
ACTIVATE = 0.85
"""From here on a forward stage shows a in place of z."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Pulses along one wire. ``strength`` (out, in): w·a forward, δ·w backward; None on a wire without weights."""

    wire: Wire
    strength: Floats | None
    backward: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """The numbers that a block's neurons show: their symbol (z, a, δ) and a value each, (units,)."""

    symbol: str
    values: Floats


@dataclass(frozen=True, slots=True)
class LossNote:
    """What the output shows at the loss stage: L and the target, means over the rows."""

    loss: float
    target: Floats


@dataclass(frozen=True, slots=True)
class Moment:
    """Everything a stage draws. ``arriving``: what the stage's own block shows once the pulses are there.

    ``change``: ΔW of the stage's block while its update flashes. ``loss`` from the loss stage on.
    """

    stage: Stage
    shown: Mapping[str, Shown]
    arriving: tuple[Shown, ...]
    flows: tuple[Flow, ...] = ()
    change: Floats | None = None
    loss: LossNote | None = None
    samples: int = field(default=1)

    def numbers(self, progress: float) -> dict[str, Shown]:
        """Each block's numbers at ``progress`` (0 … 1) of the stage."""
        numbers = dict(self.shown)
        if self.arriving and progress >= ARRIVE:
            last = progress >= ACTIVATE or len(self.arriving) == 1
            numbers[self.stage.block_id] = self.arriving[-1 if last else 0]
        return numbers


def mean_row(values: Floats) -> Floats:
    """The mean over the rows of a pass, (units,)."""
    mean: Floats = values.mean(axis=0)
    return mean


def stage_of(trace: PassTrace, phase: Phase, block_id: str) -> Stage | None:
    """A block's stage of a phase, if it has one."""
    return next((s for s in trace.stages if s.phase is phase and s.block_id == block_id), None)


def moment_of(
    trace: PassTrace, index: int, layout: SceneLayout, weights: Mapping[WeightKey, NDArray[np.float64]]
) -> Moment:
    """The moment of stage ``index``."""
    stage = trace.stages[index]
    shown: dict[str, Shown] = {}
    note: LossNote | None = None
    for number, earlier in enumerate(trace.stages[: index + 1]):
        numbers = _numbers(earlier)
        if number < index and numbers:
            shown[earlier.block_id] = numbers[-1]
        if earlier.phase is Phase.LOSS:
            note = LossNote(float(earlier.values["loss"].mean()), mean_row(earlier.values["target"]))
    flows: tuple[Flow, ...] = ()
    if stage.phase is Phase.FORWARD:
        flows = tuple(_forward(trace, layout, weights, wire) for wire in layout.graph.wires_into(stage.block_id))
    elif stage.phase is Phase.BACKWARD:
        flows = tuple(_backward(trace, layout, weights, wire) for wire in layout.graph.wires_from(stage.block_id))
    change = stage.values.get("W") if stage.phase is Phase.UPDATE else None
    return Moment(stage, shown, _numbers(stage), flows, change, note, max(1, trace.output.shape[0]))


def _numbers(stage: Stage) -> tuple[Shown, ...]:
    """What a stage makes its block show, in order."""
    symbols = {Phase.FORWARD: ("z", "a"), Phase.BACKWARD: ("delta",)}.get(stage.phase, ())
    written = {"delta": "δ"}
    return tuple(Shown(written.get(s, s), mean_row(stage.values[s])) for s in symbols if s in stage.values)


def _forward(trace: PassTrace, layout: SceneLayout, weights: Mapping[WeightKey, Floats], wire: Wire) -> Flow:
    source = stage_of(trace, Phase.FORWARD, wire.source)
    matrix = _matrix(layout, weights, wire)
    if source is None or matrix is None or matrix.shape[1] != source.values["a"].shape[1]:
        return Flow(wire, None, backward=False)
    return Flow(wire, matrix * mean_row(source.values["a"]), backward=False)


def _backward(trace: PassTrace, layout: SceneLayout, weights: Mapping[WeightKey, Floats], wire: Wire) -> Flow:
    target = stage_of(trace, Phase.BACKWARD, wire.target)
    delta = target.values.get("delta") if target is not None else None
    matrix = _matrix(layout, weights, wire)
    if delta is None or matrix is None or matrix.shape[0] != delta.shape[1]:
        return Flow(wire, None, backward=True)
    return Flow(wire, matrix * mean_row(delta)[:, None], backward=True)


def _matrix(layout: SceneLayout, weights: Mapping[WeightKey, Floats], wire: Wire) -> Floats | None:
    weighs = wire.target in layout and layout[wire.target].block.declaration.probed
    return weights.get((wire.target, "W")) if weighs else None
