"""A pass as the timeline looks at it: the trace with the names and weights that its stages do not carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.graph.kinds.base import Array
from engine.graph.model import Block, NetworkGraph
from engine.network.plan import WeightKey
from engine.training.trace import PassTrace, Phase, Stage


@dataclass(frozen=True, slots=True)
class PassView:
    """``weights`` are the network's when the trace was made, as far as known; ``neuron`` is (block id, unit)."""

    trace: PassTrace
    graph: NetworkGraph
    weights: Mapping[WeightKey, Array]
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

    def forward(self, block_id: str) -> Stage | None:
        """The forward stage of a block."""
        for stage in self.trace.stages:
            if stage.phase is Phase.FORWARD and stage.block_id == block_id:
                return stage
        return None

    def source(self, block_id: str) -> Array | None:
        """What flows into a block of one wire, (rows, width)."""
        wires = self.graph.wires_into(block_id)
        stage = self.forward(wires[0].source) if len(wires) == 1 else None
        return None if stage is None else stage.values["a"]

    def parameters(self, block_id: str) -> tuple[Array, Array] | None:
        """(W, b) of a layer, if they are those that the trace was made with: z = W a + b must hold to the last digit.

        While the network trains, its weights may be newer than the trace; then None.
        """
        stage, source, weights = self.forward(block_id), self.source(block_id), self.weights.get((block_id, "W"))
        if stage is None or source is None or weights is None:
            return None
        z = stage.values["z"]
        if weights.shape != (z.shape[1], source.shape[1]):
            return None
        bias = self.weights.get((block_id, "b"), np.zeros(len(weights)))
        return (weights, bias) if np.allclose(source @ weights.T + bias, z, rtol=1e-9, atol=1e-12) else None

    def unit(self, stage: Stage) -> int:
        """The neuron whose numbers are shown: the selected one, else the strongest."""
        values = stage.values
        shown = next((values[k] for k in ("delta", "a", "upstream", "W", "gamma") if k in values), None)
        if stage.phase is Phase.FORWARD:
            shown = values["a"]
        if shown is None or shown.size == 0:
            return 0
        units = shown.shape[0] if stage.phase is Phase.UPDATE else shown.shape[1]
        if self.neuron is not None and self.neuron[0] == stage.block_id and self.neuron[1] < units:
            return self.neuron[1]
        strength = np.abs(shown).reshape(units, -1).max(axis=1) if stage.phase is Phase.UPDATE else np.abs(shown[0])
        return int(np.argmax(np.nan_to_num(strength)))
