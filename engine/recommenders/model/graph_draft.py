"""Drawing up a template's graph: blocks as they come, in columns from left to right."""

from __future__ import annotations

from collections.abc import Sequence

from engine.graph.kinds import BlockParams
from engine.graph.model import Block, NetworkGraph, Wire
from engine.problems import EngineError, declare

NOTHING_READ = declare("recommender.nothing-read", "The network has no features left. Switch one on, or name a column.")

COLUMN_GAP, ROW_GAP = 170.0, 90.0


class GraphDraft:
    """Blocks and wires so far."""

    def __init__(self) -> None:
        self._blocks: dict[str, Block] = {}
        self._wires: list[Wire] = []

    def add(self, kind: str, params: BlockParams | None, title: str, column: int, sources: Sequence[str] = ()) -> str:
        """Add a block wired to its sources in order; its id."""
        count = sum(block.kind == kind for block in self._blocks.values())
        row = sum(block.x == column * COLUMN_GAP for block in self._blocks.values())
        block_id = f"{kind.replace('_', '-')}-{count + 1}"
        place = {"x": column * COLUMN_GAP, "y": row * ROW_GAP}
        given = {} if params is None else {"params": params}
        self._blocks[block_id] = Block.model_validate(
            {"id": block_id, "kind": kind, "title": title[:80], **given, **place}
        )
        self._wires += [Wire(source=source, target=block_id, slot=slot) for slot, source in enumerate(sources)]
        return block_id

    def join(self, parts: Sequence[str], column: int) -> str:
        """What puts some blocks side by side: the only one itself, else a block more. Raises EngineError for none."""
        if not parts:
            raise EngineError(NOTHING_READ())
        return self.add("concatenate", None, "", column, parts) if len(parts) > 1 else parts[0]

    def title(self, block_id: str) -> str:
        """A block's title."""
        return self._blocks[block_id].title

    def graph(self) -> NetworkGraph:
        """What has been added."""
        return NetworkGraph(blocks=tuple(self._blocks.values()), wires=tuple(self._wires))
