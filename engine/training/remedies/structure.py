"""Remedies that put blocks in: normalisation, and skip connections."""

from __future__ import annotations

from collections.abc import Sequence

from engine.graph.arrange import COLUMN_GAP, gap_beside
from engine.graph.edit import add_block, connect, move_blocks, splice
from engine.graph.kinds import Arity
from engine.graph.model import NetworkGraph, Wire
from engine.network.plan import Node
from engine.problems import Word
from engine.training.remedies.base import Case, Cure, Edit, Remedy
from engine.training.verdicts import Trouble, Verdict

FEWEST_NORMED = 4
"""A layer norm makes ±1 of any two units, so that no gradient passes, and leaves one direction of three."""


class AddLayerNorm(Cure):
    """A layer norm behind every hidden layer that is wide enough and has no normalisation before or behind it; linear
    units need another function instead."""

    key = "layer_norm"
    label = Word("Layer norm")
    tip = Word("Put a layer norm behind {layers}: what goes on has mean 0 and variance 1.")
    ranks = ((Trouble.EXPLODING, 20), (Trouble.VANISHING, 60), (Trouble.SATURATED, 40))

    def offer(self, case: Case, trouble: Sequence[Verdict]) -> Remedy | None:
        blocks = tuple(node.id for node in case.hidden if node.width >= FEWEST_NORMED and not _normalised(case, node))
        return Remedy(self.key, blocks) if blocks and not case.snapshot.is_held_by_lines else None

    def edit(self, case: Case, remedy: Remedy) -> Edit:
        return Edit(graph=with_behind(case.graph, remedy.blocks, "layer_norm"))


class Skip(Cure):
    """An Add behind every hidden layer as wide as what feeds it, joined to that: the signal goes round the layer."""

    key = "skip"
    label = Word("Skip connections")
    tip = Word("Lead the signal round {layers} by an Add behind each.")
    ranks = ((Trouble.VANISHING, 70),)

    def offer(self, case: Case, trouble: Sequence[Verdict]) -> Remedy | None:
        blocks = tuple(node.id for node in case.hidden if _may_be_passed(case, node))
        return Remedy(self.key, blocks) if blocks else None

    def edit(self, case: Case, remedy: Remedy) -> Edit:
        graph = case.graph
        for block_id in remedy.blocks:
            source = graph.wires_into(block_id)[0].source  # what an earlier one has put in, where it has
            wire = graph.wires_from(block_id)[0]
            graph, joint = _behind(graph, block_id, "add")
            graph = connect(splice(graph, joint, wire), source, joint)
        return Edit(graph=graph)


def only_wire(graph: NetworkGraph, block_id: str) -> Wire | None:
    """The wire out of a block; None where there are several, or none."""
    wires = graph.wires_from(block_id)
    return wires[0] if len(wires) == 1 else None


def _normalised(case: Case, node: Node) -> bool:
    """Whether a normalisation stands next to the layer, or there is no one wire to put one in."""
    wire = only_wire(case.graph, node.id)
    before = case.plan.nodes[node.sources[0]].kind.normalises
    return wire is None or before or case.graph.block(wire.target).declaration.normalises


def _may_be_passed(case: Case, node: Node) -> bool:
    wire, source = only_wire(case.graph, node.id), case.plan.nodes[node.sources[0]]
    if wire is None or not source.sources or case.graph.block(wire.target).declaration.arity is Arity.MANY:
        return False
    return source.width == node.width and only_wire(case.graph, source.id) is not None


def with_behind(graph: NetworkGraph, block_ids: Sequence[str], kind: str) -> NetworkGraph:
    """The graph with a new block of a kind put into the first wire out of each of some."""
    for block_id in block_ids:
        wire = graph.wires_from(block_id)[0]
        graph, new = _behind(graph, block_id, kind)
        graph = splice(graph, new, wire)
    return graph


def _behind(graph: NetworkGraph, block_id: str, kind: str) -> tuple[NetworkGraph, str]:
    """The graph with a new block at the right of one, and what stood there moved on."""
    at = graph.block(block_id)
    moved = {block.id: (block.x + COLUMN_GAP, block.y) for block in graph.blocks if block.x > at.x}
    return add_block(move_blocks(graph, moved), kind, at.x + gap_beside(at), at.y)


CURES = (AddLayerNorm(), Skip())
