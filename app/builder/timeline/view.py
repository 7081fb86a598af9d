"""A pass as the timeline looks at it: the trace with the names that its stages do not carry."""

from __future__ import annotations

from dataclasses import dataclass

from engine.graph.model import Block, NetworkGraph
from engine.training.trace import PassTrace, Phase, Stage, unit_in_sight


@dataclass(frozen=True, slots=True)
class PassView:
    """``neuron``: the selected one as (block id, unit)."""

    trace: PassTrace
    graph: NetworkGraph
    neuron: tuple[str, int] | None = None

    def block(self, stage: Stage) -> Block | None:
        """The stage's block, None if it has been deleted since."""
        return self.graph.by_id.get(stage.block_id)

    def layer_number(self, block_id: str) -> int:
        """1, 2, … for dense and output blocks in the order of the pass; 0 for any other block."""
        numbered = self.layer_ids()
        return numbered.index(block_id) + 1 if block_id in numbered else 0

    def layer_ids(self) -> list[str]:
        """The dense and output blocks in the order of the forward pass."""
        ids = [stage.block_id for stage in self.trace.stages if stage.phase is Phase.FORWARD]
        return [i for i in ids if i in self.graph and self.graph.block(i).declaration.probed]

    def unit(self, stage: Stage) -> int:
        """The neuron whose numbers are shown: the selected one, else the strongest."""
        return unit_in_sight(stage, self.neuron)
