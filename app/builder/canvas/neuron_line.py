"""One neuron's line with its numbers: z = Σ w·a + b, a = f(z), δ."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from app.builder.canvas.facts import alpha_of, function_of
from app.builder.canvas.passes import first_row, stage_of
from app.builder.canvas.selection import NeuronRef
from app.builder.canvas.text import unit_name
from engine.activations import Activation
from engine.graph import Block
from engine.graph.naming import BlockName
from engine.network.plan import Node
from engine.training.snapshot import Snapshot
from engine.training.trace import PassTrace, Phase

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Term:
    """One summand w·a. ``column`` is the weight's column in ``W``."""

    name: str
    column: int
    weight: float
    value: float

    @property
    def product(self) -> float:
        """w·a."""
        return self.weight * self.value


@dataclass(frozen=True)
class NeuronLine:
    """The line of one neuron. ``samples``: rows of the pass it follows; 0 for the mean over the plane shown.

    ``bias`` is None where the block has none; ``delta`` where there is no pass to take it from.
    """

    block: Block
    name: BlockName
    unit: int
    terms: tuple[Term, ...]
    bias: float | None
    a: float
    delta: float | None
    samples: int

    @cached_property
    def z(self) -> float:
        """Σ w·a + b."""
        return float(np.dot([t.weight for t in self.terms], [t.value for t in self.terms])) + (self.bias or 0.0)

    @cached_property
    def largest_first(self) -> tuple[Term, ...]:
        """The terms by the size of their product."""
        return tuple(sorted(self.terms, key=lambda term: -abs(np.nan_to_num(term.product))))

    @property
    def function(self) -> Activation | None:
        """f of a = f(z); None for an input."""
        return function_of(self.block)


def neuron_line(snapshot: Snapshot, trace: PassTrace | None, neuron: NeuronRef) -> NeuronLine | None:
    """The neuron's line with the snapshot's weights and the pass's inputs, their mean over the rows of a batch.

    Without a pass (or with one of another network) the inputs are means over the plane shown. None for a neuron that
    is not part of the running network.
    """
    node = next((n for n in snapshot.plan.nodes if n.id == neuron.block_id), None)
    if node is None or neuron.unit >= node.width:
        return None
    if trace is not None and not _fits(trace, snapshot, node):
        trace = None
    values = _outputs(snapshot, trace, node)
    if values is None:
        return None
    samples = trace.output.shape[0] if trace is not None else 0
    if not node.sources:
        return NeuronLine(node.block, node.name, neuron.unit, (), None, float(values[neuron.unit]), None, samples)
    terms, bias = _terms(snapshot, trace, node, neuron.unit)
    line = NeuronLine(
        node.block, node.name, neuron.unit, terms, bias, float(values[neuron.unit]), _delta(trace, neuron), samples
    )
    function = function_of(node.block)
    if samples == 1 and function is not None and function.elementwise:
        a = float(function.value(np.array([line.z]), alpha_of(node.block))[0])
        return NeuronLine(line.block, line.name, line.unit, terms, bias, a, line.delta, samples)
    return line


def _fits(trace: PassTrace, snapshot: Snapshot, node: Node) -> bool:
    """Whether the pass went through a network of the same shape as the snapshot's."""
    for wanted in (node, *(snapshot.plan.nodes[source] for source in node.sources)):
        stage = stage_of(trace, Phase.FORWARD, wanted.id)
        if stage is None or stage.values["a"].shape[1] != wanted.width:
            return False
    return True


def _outputs(snapshot: Snapshot, trace: PassTrace | None, node: Node) -> Floats | None:
    """The node's a, (units,): of the pass, or the mean over the plane."""
    stage = stage_of(trace, Phase.FORWARD, node.id) if trace is not None else None
    if stage is not None:
        return first_row(stage.values["a"])
    maps = snapshot.maps.get(node.id)
    return None if maps is None else maps.mean(axis=(1, 2), dtype=np.float64)


def _terms(snapshot: Snapshot, trace: PassTrace | None, node: Node, unit: int) -> tuple[tuple[Term, ...], float | None]:
    matrix, bias = snapshot.weights.get((node.id, "W")), snapshot.weights.get((node.id, "b"))
    source = snapshot.plan.nodes[node.sources[0]]
    inputs = _outputs(snapshot, trace, source)
    if matrix is None or inputs is None:
        return (), None
    terms = tuple(
        Term(unit_name(source.block, column), column, float(matrix[unit, column]), float(value))
        for column, value in enumerate(inputs)
    )
    return terms, None if bias is None else float(bias[unit])


def _delta(trace: PassTrace | None, neuron: NeuronRef) -> float | None:
    stage = stage_of(trace, Phase.BACKWARD, neuron.block_id) if trace is not None else None
    delta = stage.values.get("delta") if stage is not None else None
    return None if delta is None else float(first_row(delta)[neuron.unit])
