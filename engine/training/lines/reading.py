"""Reads a pass: which node, which row, which value, as numbers that know where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.activations import Activation
from engine.graph.kinds.base import Array
from engine.network.plan import Node, Plan
from engine.training.lines.expression import Number, Source
from engine.training.trace import PassTrace, Phase, Stage


@dataclass(frozen=True)
class Reading:
    """One row of a pass of a playground's network. ``most``: the terms of a sum that are written one by one."""

    trace: PassTrace
    row: int = 0
    most: int = 4

    @property
    def plan(self) -> Plan:
        """The network as the pass found it."""
        assert self.trace.plan is not None
        return self.trace.plan

    @property
    def rows(self) -> int:
        """How many samples pass together."""
        return int(self.trace.output.shape[0])

    @cached_property
    def _stages(self) -> dict[tuple[Phase, str], Stage]:
        return {(stage.phase, stage.block_id): stage for stage in self.trace.stages}

    def values(self, phase: Phase, block_id: str) -> Mapping[str, Array]:
        """A stage's values; none where there is no such stage."""
        stage = self._stages.get((phase, block_id))
        return stage.values if stage is not None else {}

    def kept(self, phase: Phase, block_id: str) -> Mapping[str, Array]:
        """What a stage has kept besides its values."""
        stage = self._stages.get((phase, block_id))
        return stage.kept if stage is not None else {}

    def node(self, block_id: str) -> Node:
        """A block's node."""
        return self.plan.nodes[self.plan.index_of(block_id)]

    def sources(self, node: Node) -> tuple[Node, ...]:
        """The nodes that feed a node, in the order of its wires."""
        return tuple(self.plan.nodes[index] for index in node.sources)

    def consumers(self, node: Node) -> tuple[Node, ...]:
        """The nodes that a node feeds."""
        index = self.plan.index_of(node.id)
        return tuple(other for other in self.plan.nodes if index in other.sources)

    @cached_property
    def layers(self) -> dict[str, int]:
        """1, 2, … by the id of each affine node, in the order of the pass."""
        affine = [node.id for node in self.plan.nodes if node.kind.probed]
        return {block_id: place + 1 for place, block_id in enumerate(affine)}

    # Numbers --------------------------------------------------------------------------------------------------

    def a(self, node: Node, unit: int, row: int | None = None) -> Number:
        """A unit's activation."""
        return self._of(Phase.FORWARD, node, "a", unit, row)

    def z(self, node: Node, unit: int) -> Number:
        """A unit's pre-activation."""
        return self._of(Phase.FORWARD, node, "z", unit, None)

    def delta(self, node: Node, unit: int, row: int | None = None) -> Number:
        """A unit's error signal, of the mean loss."""
        return self._of(Phase.BACKWARD, node, "delta", unit, row)

    def upstream(self, node: Node, unit: int, row: int | None = None) -> Number:
        """E = ∂L/∂a of a unit."""
        return self._of(Phase.BACKWARD, node, "upstream", unit, row)

    def _of(self, phase: Phase, node: Node, name: str, unit: int, row: int | None) -> Number:
        row = self.row if row is None else row
        value = float(self.values(phase, node.id)[name][row, unit])
        return Number(value, Source(name, node.id, (unit,), row))

    def weight(self, node: Node, name: str, *index: int) -> Number:
        """One scalar of a parameter or a running statistic."""
        return Number(float(self.trace.weights[node.id, name][index]), Source(name, node.id, index))

    def has(self, node: Node, name: str) -> bool:
        """Whether the node has this parameter."""
        return (node.id, name) in self.trace.weights

    def target(self, unit: int) -> Number:
        """What the output was to be."""
        return Number(float(self.trace.target[self.row, unit]), Source("t", self.plan.output.id, (unit,), self.row))

    # Names ----------------------------------------------------------------------------------------------------

    def mark(self, node: Node) -> str:
        """``^{(2)}`` where the node is a numbered layer, ``^{(0)}`` for an input, else nothing."""
        if node.id in self.layers:
            return f"^{{({self.layers[node.id]})}}"
        return "^{(0)}" if not node.sources else ""


def indexed(symbol: str, *index: int, mark: str = "") -> str:
    """``w_{12}^{(3)}`` from indices that count from 0; a comma where two figures would run together."""
    shown = [str(one + 1) for one in index]
    return rf"{symbol}_{{{('' if all(len(s) == 1 for s in shown) else ',').join(shown)}}}{mark}"


def delta_of(unit: int, *, mark: str = "") -> str:
    r"""``\\delta_{2}^{(1)}`` of a unit that counts from 0."""
    return indexed(r"\delta", unit, mark=mark)


def function_of(node: Node) -> Activation | None:
    """The f of the node's a = f(z), its loss's own where it ends in one."""
    return node.kind.function(node.params)


def alpha_of(node: Node) -> float | None:
    """The activation's own parameter where the block sets one."""
    alpha: float | None = getattr(node.params, "alpha", None)
    return alpha
