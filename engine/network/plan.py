"""From a graph to a plan: blocks in topological order, their widths, and where each parameter lies in θ."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import prod
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.graph.kinds import BlockKind, TargetSpec
from engine.graph.kinds.base import ParameterSpec
from engine.graph.model import Block, NetworkGraph, reaching_output, topological_order
from engine.graph.naming import BlockName, names_of
from engine.graph.validation import infer_widths, validate
from engine.problems import EngineError, declare

Scalar = TypeVar("Scalar", bound=np.generic)

MOST_WEIGHTS = 20_000_000
"""Of a network in the playground: with gradients and an optimiser's memory some 32 bytes each."""
MOST_OF_RECOMMENDERS = 500_000_000
"""Of a recommender, its lookup tables not counted."""
TOO_MANY_WEIGHTS = declare(
    "network.too-many-weights",
    "With “{block}” the network has more than {limit} weights. Remove blocks or units.",
)

WeightKey = tuple[str, str]
"""(block id, parameter name)."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One array's place in a flat vector."""

    block_id: str
    spec: ParameterSpec
    offset: int

    @property
    def key(self) -> WeightKey:
        """(block id, name)."""
        return self.block_id, self.spec.name

    @property
    def size(self) -> int:
        """Number of scalars."""
        return prod(self.spec.shape)

    def view(self, flat: NDArray[Scalar]) -> NDArray[Scalar]:
        """The array as a view into the flat vector; writing to it writes there."""
        return flat[self.offset : self.offset + self.size].reshape(self.spec.shape)


@dataclass(frozen=True, slots=True)
class Node:
    """One block of the plan. ``sources`` are indices of earlier nodes, in slot order."""

    block: Block
    name: BlockName
    kind: BlockKind[Any]
    sources: tuple[int, ...]
    in_widths: tuple[int, ...]
    width: int
    slots: tuple[Slot, ...]  # trainable, in θ
    buffers: tuple[Slot, ...]  # running statistics, in the buffer vector
    tables: tuple[ParameterSpec, ...] = ()  # trainable by the row, each by itself

    @property
    def id(self) -> str:
        """The block's id."""
        return self.block.id

    @property
    def params(self) -> Any:
        """The block's parameters, of its kind's own type."""
        return self.block.params


@dataclass(frozen=True, slots=True)
class Plan:
    """A compiled graph. The output is the last node; ``probed`` are the nodes whose gradients are recorded."""

    nodes: tuple[Node, ...]
    target: TargetSpec
    size: int
    buffer_size: int
    decay_mask: np.ndarray[Any, np.dtype[np.bool_]]

    @property
    def output(self) -> Node:
        """The output block's node."""
        return self.nodes[-1]

    @property
    def probed(self) -> tuple[int, ...]:
        """Indices of the affine nodes, from the input's side to the output."""
        return tuple(i for i, node in enumerate(self.nodes) if node.kind.probed)

    @property
    def is_linear_inside(self) -> bool:
        """Whether all hidden units are linear and no normalisation bends what they give."""
        hidden = self.nodes[:-1]
        functions = [function for node in hidden if (function := node.kind.function(node.params)) is not None]
        is_bent = any(node.kind.normalises and not node.kind.mixes_rows for node in hidden)
        return bool(functions) and all(function.is_linear for function in functions) and not is_bent

    @property
    def inputs(self) -> tuple[Node, ...]:
        """The nodes that feed features in."""
        return tuple(node for node in self.nodes if node.kind.features(node.params) is not None)

    def index_of(self, block_id: str) -> int:
        """Index of a block's node. Raises KeyError when the block is not part of the plan."""
        for index, node in enumerate(self.nodes):
            if node.id == block_id:
                return index
        raise KeyError(block_id)

    def slots(self) -> tuple[Slot, ...]:
        """Every trainable array, in the order of θ."""
        return tuple(slot for node in self.nodes for slot in node.slots)

    def buffers(self) -> tuple[Slot, ...]:
        """Every running statistic, in the order of the buffer vector."""
        return tuple(slot for node in self.nodes for slot in node.buffers)


def redrawn(plan: Plan, graph: NetworkGraph) -> Plan:
    """The same plan with the blocks of a graph that differs in places and titles alone."""
    names = names_of(graph)
    return replace(
        plan, nodes=tuple(replace(node, block=graph.block(node.id), name=names[node.id]) for node in plan.nodes)
    )


def compile_graph(graph: NetworkGraph, target: TargetSpec | None) -> Plan:
    """Compile what reaches the output; ``target`` is None for a recommender.

    Raises EngineError with the first blocking problem of an invalid graph.
    """
    blocking = [p for p in validate(graph, target) if p.blocking]
    if blocking:
        raise EngineError(blocking[0].problem)
    output, used = graph.outputs[0].id, reaching_output(graph)
    order = [block_id for block_id in topological_order(graph)[0] if block_id in used and block_id != output]
    order.append(output)
    return _lay_out(graph, order, infer_widths(graph, target)[0], target)


def _lay_out(graph: NetworkGraph, order: list[str], widths: dict[str, int], target: TargetSpec | None) -> Plan:
    nodes: list[Node] = []
    names = names_of(graph)
    decay: list[np.ndarray[Any, np.dtype[np.bool_]]] = []
    theta = buffers = 0
    most = MOST_WEIGHTS if target is not None else MOST_OF_RECOMMENDERS
    for block_id in order:
        block = graph.block(block_id)
        sources = [wire.source for wire in graph.wires_into(block_id)]
        in_widths = tuple(widths[source] for source in sources)
        specs = block.declaration.parameters(block.params, in_widths, widths[block_id])
        trainable: list[Slot] = []
        running: list[Slot] = []
        for spec in specs:
            if spec.by_row:
                continue
            if spec.trainable:
                trainable.append(Slot(block_id, spec, theta))
                theta += trainable[-1].size
                if theta > most:
                    raise EngineError(TOO_MANY_WEIGHTS(block=names[block_id], limit=most))
                decay.append(np.full(trainable[-1].size, spec.decays))
            else:
                running.append(Slot(block_id, spec, buffers))
                buffers += running[-1].size
        indices = tuple(order.index(source) for source in sources)
        kind, tables = block.declaration, tuple(spec for spec in specs if spec.by_row)
        arrays = (tuple(trainable), tuple(running), tables)
        nodes.append(Node(block, names[block_id], kind, indices, in_widths, widths[block_id], *arrays))
    mask = np.concatenate(decay) if decay else np.zeros(0, dtype=bool)
    mask.setflags(write=False)
    return Plan(tuple(nodes), target or TargetSpec(), theta, buffers, mask)
