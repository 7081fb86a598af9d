"""One neuron's lines: z = Σ w·a + b and a = f(z) with the numbers of a sample, or with its weights alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.builder.canvas.passes import first_row, stage_of
from app.builder.canvas.selection import NeuronRef
from app.builder.canvas.words import unit_name
from engine.graph import Block
from engine.graph.naming import BlockName
from engine.network.plan import Node
from engine.training.lines.expression import WorkedLine
from engine.training.lines.forward import forward_lines
from engine.training.lines.reading import Reading
from engine.training.snapshot import Snapshot
from engine.training.trace import PassTrace, Phase

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class NeuronTerm:
    """One summand w·a. ``column`` is the weight's column in ``W``; ``value`` is None where no sample is picked."""

    name: str
    column: int
    weight: float
    value: float | None


@dataclass(frozen=True)
class NeuronLine:
    """The lines of one neuron. ``rows``: of the pass it follows, whose first is shown; 0 where no sample is picked.

    ``waits``: a pass is followed, but this neuron's numbers are still to be guessed in it.

    ``terms`` and ``bias`` are the live weights, in their order; ``bias`` is None where the block has none. ``lines``
    are worked out with the pass's numbers, none without one. ``delta`` is None where there is no such. ``from_input``:
    what it weighs are features, which have names of their own.
    """

    block: Block
    name: BlockName
    unit: int
    terms: tuple[NeuronTerm, ...]
    bias: float | None
    lines: tuple[WorkedLine, ...]
    delta: float | None
    rows: int
    from_input: bool = False
    waits: bool = False

    @property
    def a(self) -> float | None:
        """Its activation; None where no sample is picked."""
        return self.lines[-1].result.value if self.lines else None


def neuron_line(
    snapshot: Snapshot, trace: PassTrace | None, neuron: NeuronRef, most: int = 6, *, with_delta: bool = True
) -> NeuronLine | None:
    """The neuron's lines in the pass, ``most`` terms of a sum written out, and its δ if it may be shown.

    Without a pass (or with one of another network) its weights alone. None for a neuron that is not part of the running
    network.
    """
    node = next((n for n in snapshot.plan.nodes if n.id == neuron.block_id), None)
    if node is None or neuron.unit >= node.width:
        return None
    waits = trace is not None and _waits(trace, neuron.block_id)
    if trace is not None and (waits or not _fits(trace, snapshot, node)):
        trace = None
    terms, bias = _terms(snapshot, trace, node, neuron.unit)
    lines: tuple[WorkedLine, ...] = ()
    if trace is not None:
        reading = Reading(trace, 0, most)
        lines = forward_lines(reading, reading.node(node.id), neuron.unit)
    rows = trace.output.shape[0] if trace is not None else 0
    from_input = bool(node.sources) and not snapshot.plan.nodes[node.sources[0]].sources
    delta = _delta(trace, neuron) if with_delta else None
    return NeuronLine(node.block, node.name, neuron.unit, terms, bias, lines, delta, rows, from_input, waits)


def _waits(trace: PassTrace, block_id: str) -> bool:
    stage = stage_of(trace, Phase.FORWARD, block_id)
    return stage is not None and stage.withheld is not None


def _fits(trace: PassTrace, snapshot: Snapshot, node: Node) -> bool:
    """Return whether the pass went through a network of the same shape as the snapshot's, and has come so far."""
    if trace.plan is None:
        return False
    for wanted in (node, *(snapshot.plan.nodes[source] for source in node.sources)):
        stage = stage_of(trace, Phase.FORWARD, wanted.id)
        a = stage.values.get("a") if stage is not None else None
        if a is None or a.shape[1] != wanted.width:
            return False
    return True


def _terms(
    snapshot: Snapshot, trace: PassTrace | None, node: Node, unit: int
) -> tuple[tuple[NeuronTerm, ...], float | None]:
    matrix, bias = snapshot.weights.get((node.id, "W")), snapshot.weights.get((node.id, "b"))
    if matrix is None:
        return (), None
    source = snapshot.plan.nodes[node.sources[0]]
    stage = stage_of(trace, Phase.FORWARD, source.id) if trace is not None else None
    values = first_row(stage.values["a"]).tolist() if stage is not None else [None] * source.width
    terms = tuple(
        NeuronTerm(unit_name(source.block, column), column, float(matrix[unit, column]), value)
        for column, value in enumerate(values)
    )
    return terms, None if bias is None else float(bias[unit])


def _delta(trace: PassTrace | None, neuron: NeuronRef) -> float | None:
    stage = stage_of(trace, Phase.BACKWARD, neuron.block_id) if trace is not None else None
    delta = stage.values.get("delta") if stage is not None else None
    return None if delta is None else float(first_row(delta)[neuron.unit])
