"""A moment of a pass, worked out for drawing: which wires carry what, and which number each neuron shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.builder.canvas.geometry import SceneLayout
from engine.graph import Wire
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
class UnitNumbers:
    """The numbers that a block's neurons show: their symbol (z, a, δ) and a value each, (units,)."""

    symbol: str
    values: Floats


@dataclass(frozen=True, slots=True)
class LossNote:
    """The note at the output from the loss stage on: L, the mean over ``rows``, and the target of the first. The loss
    is None while it is to be guessed."""

    loss: float | None
    target: Floats
    rows: int


@dataclass(frozen=True, slots=True)
class PassMoment:
    """Everything a stage draws, of the first row of the pass. ``arriving``: what the stage's own block shows once the
    pulses are there.

    ``shown``: z or a of every block that the forward pass has reached. ``deltas``: δ of those that the backward pass
    has; ``awaited``: blocks whose δ is still to come, from the loss stage on. ``gradient`` and ``change``: ∂L/∂W and
    ΔW of the stage's block, (out, in).
    """

    stage: Stage
    shown: Mapping[str, UnitNumbers]
    arriving: tuple[UnitNumbers, ...]
    flows: tuple[Flow, ...] = ()
    deltas: Mapping[str, UnitNumbers] = field(default_factory=dict)
    awaited: frozenset[str] = frozenset()
    gradient: Floats | None = None
    change: Floats | None = None
    loss: LossNote | None = None

    def numbers(self, progress: float) -> dict[str, UnitNumbers]:
        """Each block's z or a at ``progress`` (0 … 1) of the stage."""
        numbers = dict(self.shown)
        if self.arriving and self.stage.phase is Phase.FORWARD and progress >= ARRIVE:
            last = progress >= ACTIVATE or len(self.arriving) == 1
            numbers[self.stage.block_id] = self.arriving[-1 if last else 0]
        return numbers

    def signals(self, progress: float) -> dict[str, UnitNumbers | None]:
        """Each block's δ at ``progress`` of the stage; None where it is still to come."""
        signals: dict[str, UnitNumbers | None] = dict.fromkeys(self.awaited)
        signals.update(self.deltas)
        if self.arriving and self.stage.phase is Phase.BACKWARD and progress >= ARRIVE:
            signals[self.stage.block_id] = self.arriving[-1]
        return signals


def first_row(values: Floats) -> Floats:
    """Of values (rows, units) those of the first row, whose numbers the player works out."""
    return np.asarray(values[0], dtype=np.float64)


def stage_of(trace: PassTrace, phase: Phase, block_id: str) -> Stage | None:
    """A block's stage of a phase, if it has one."""
    return next((s for s in trace.stages if s.phase is phase and s.block_id == block_id), None)


def moment_of(trace: PassTrace, index: int, layout: SceneLayout) -> PassMoment:
    """The moment of stage ``index``, with the weights that the pass found."""
    stage = trace.stages[index]
    shown: dict[str, UnitNumbers] = {}
    deltas: dict[str, UnitNumbers] = {}
    note: LossNote | None = None
    for number, earlier in enumerate(trace.stages[: index + 1]):
        numbers = _numbers(earlier)
        if number < index and numbers:
            (deltas if earlier.phase is Phase.BACKWARD else shown)[earlier.block_id] = numbers[-1]
        if earlier.phase is Phase.LOSS:
            loss = trace.loss if earlier.withheld is None else None
            note = LossNote(loss, first_row(earlier.values["target"]), max(1, trace.output.shape[0]))
    awaited = {s.block_id for s in trace.stages if s.phase is Phase.BACKWARD and s.works_out("delta")}
    gradient, change = _matrix_of(stage, Phase.BACKWARD), _matrix_of(stage, Phase.UPDATE)
    return PassMoment(
        stage, shown, _numbers(stage), _flows(trace, stage, layout), deltas,
        frozenset(awaited if note is not None else ()), gradient, change, note,
    )  # fmt: skip


def _matrix_of(stage: Stage, phase: Phase) -> Floats | None:
    return stage.values.get("W") if stage.phase is phase else None


def _flows(trace: PassTrace, stage: Stage, layout: SceneLayout) -> tuple[Flow, ...]:
    if stage.phase is Phase.FORWARD:
        return tuple(_forward(trace, layout, wire) for wire in layout.graph.wires_into(stage.block_id))
    if stage.phase is Phase.BACKWARD:
        return tuple(_backward(trace, layout, wire) for wire in layout.graph.wires_from(stage.block_id))
    return ()


def _numbers(stage: Stage) -> tuple[UnitNumbers, ...]:
    """Return the numbers that a stage makes its block show, in order."""
    symbols = {Phase.FORWARD: ("z", "a"), Phase.BACKWARD: ("delta",)}.get(stage.phase, ())
    written = {"delta": "δ"}
    return tuple(UnitNumbers(written.get(s, s), first_row(stage.values[s])) for s in symbols if s in stage.values)


def _forward(trace: PassTrace, layout: SceneLayout, wire: Wire) -> Flow:
    source = stage_of(trace, Phase.FORWARD, wire.source)
    a = source.values.get("a") if source is not None else None  # none yet where a later wire has overtaken the pass
    matrix = _matrix(trace, layout, wire)
    if a is None or matrix is None or matrix.shape[1] != a.shape[1]:
        return Flow(wire, None, backward=False)
    return Flow(wire, matrix * first_row(a), backward=False)


def _backward(trace: PassTrace, layout: SceneLayout, wire: Wire) -> Flow:
    target = stage_of(trace, Phase.BACKWARD, wire.target)
    delta = target.values.get("delta") if target is not None else None
    matrix = _matrix(trace, layout, wire)
    if delta is None or matrix is None or matrix.shape[0] != delta.shape[1]:
        return Flow(wire, None, backward=True)
    return Flow(wire, matrix * first_row(delta)[:, None], backward=True)


def _matrix(trace: PassTrace, layout: SceneLayout, wire: Wire) -> Floats | None:
    weighs = wire.target in layout and layout[wire.target].block.declaration.probed
    return trace.weights.get((wire.target, "W")) if weighs else None
