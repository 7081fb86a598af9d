"""A graph of blocks as a recommender's network: dense parameters in one vector, and tables that are looked up.

What is looked up enters the pass as leaves: autograd gives the gradient of the vectors that a batch has used, and the
tables themselves, with their millions of rows, never take part in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.graph.columns import Bags
from engine.graph.kinds.base import Context, MaskSource
from engine.graph.kinds.on_torch import LookupKind, Pool
from engine.graph.model import NetworkGraph
from engine.network.plan import Plan, Slot, WeightKey, compile_graph
from engine.network.state import initial_array
from engine.recommenders.model.lookups import Lookups, zeros
from engine.recommenders.model.prepared_rows import PreparedRows

if TYPE_CHECKING:
    from torch import Tensor

    from engine.graph.columns import Ids


@dataclass(frozen=True, slots=True)
class Looked:
    """What one node has looked up: which rows, and the vectors made of them, (rows, width), a leaf of the pass."""

    lookups: Lookups
    vectors: Tensor


class RecommenderNetwork:
    """``theta`` (P,): all dense parameters. ``buffers`` (B,): fitted numbers. ``tables``: by (block id, name)."""

    def __init__(self, graph: NetworkGraph, device: str = "cpu", seed: int = 0) -> None:
        """Raises EngineError with the first problem of an invalid graph."""
        import torch

        self.graph, self.device = graph, device
        self.plan: Plan = compile_graph(graph, None)
        self.theta = self._flat(self.plan.slots(), self.plan.size, seed)
        self.buffers = self._flat(self.plan.buffers(), self.plan.buffer_size, seed)
        self.tables: dict[WeightKey, Tensor] = {}
        for node in self.plan.nodes:
            for spec in node.tables:
                stream = torch.Generator().manual_seed(_seed_of(seed, node.id, spec.name))
                table = zeros(spec.shape, "cpu")
                if spec.initializer == "normal":
                    table.normal_(0.0, spec.scale or 0.0, generator=stream)
                self.tables[node.id, spec.name] = table.to(device)

    def _flat(self, slots: Sequence[Slot], size: int, seed: int) -> Tensor:
        import torch

        flat = np.zeros(size)
        for slot in slots:
            slot.view(flat)[...] = initial_array(slot, seed)
        return torch.as_tensor(flat, dtype=torch.float32, device=self.device)

    def view(self, key: WeightKey) -> Tensor:
        """A dense parameter or a buffer by (block id, name), as a view. Raises KeyError."""
        for slots, flat in ((self.plan.slots(), self.theta), (self.plan.buffers(), self.buffers)):
            for slot in slots:
                if slot.key == key:
                    return flat[slot.offset : slot.offset + slot.size].view(slot.spec.shape)
        raise KeyError(key)

    def buffer_views(self) -> dict[WeightKey, Tensor]:
        """Every buffer by (block id, name)."""
        return {slot.key: self.view(slot.key) for slot in self.plan.buffers()}

    def parameter_count(self) -> int:
        """Trainable numbers, tables included."""
        return self.plan.size + sum(table.numel() for table in self.tables.values())

    # The pass -----------------------------------------------------------------------------------------------------

    def look_up(self, batch: PreparedRows) -> dict[int, Looked]:
        """What every lookup node reads for a batch, by the node's index."""
        return {at: self._look_up(at, keys) for at, keys in batch.keys.items()}

    def _look_up(self, at: int, keys: Ids | Bags) -> Looked:
        import torch

        node = self.plan.nodes[at]
        assert isinstance(node.kind, LookupKind)
        table = self.tables[node.id, "W"]
        lookups = _lookups(keys, node.kind.pool, self.device)
        with torch.no_grad():
            if node.kind.pool is Pool.CONCATENATE:
                vectors = torch.nn.functional.embedding(lookups.keys, table)
                return Looked(lookups, vectors.view(-1, node.width))
            rows = lookups.offsets if lookups.offsets is not None else lookups.each
            vectors = _pooled(table, lookups.keys, rows, node.kind.pool)
        return Looked(lookups, vectors)

    def forward(
        self, batch: PreparedRows, looked: Mapping[int, Looked], theta: Tensor, masks: MaskSource | None = None
    ) -> tuple[dict[int, Tensor], dict[int, Tensor]]:
        """z and a, (rows, width), of every node that numbers flow out of, by its index; the output is the last.

        ``masks`` are given in training alone, as to the playground's backends.
        """
        import torch

        views = {s.key: theta[s.offset : s.offset + s.size].view(s.spec.shape) for s in self.plan.slots()}
        views |= self.buffer_views()
        z: dict[int, Tensor] = {}
        a: dict[int, Tensor] = {}
        for at, node in enumerate(self.plan.nodes):
            if at in looked:
                z[at] = a[at] = looked[at].vectors
            elif at in batch.numbers:
                z[at] = a[at] = torch.from_numpy(batch.numbers[at]).to(self.device)
            elif all(source in a for source in node.sources) and node.sources:
                weights = {s.spec.name: views[s.key] for s in (*node.slots, *node.buffers)}
                inputs = [a[source] for source in node.sources]
                context = Context(node.id, training=masks is not None, masks=masks)
                z[at], a[at] = node.kind.torch(node.params, inputs, weights, context)
        return z, a

    def outputs(self, batch: PreparedRows) -> tuple[dict[int, Tensor], dict[int, Tensor]]:
        """z and a outside training, without gradients."""
        import torch

        with torch.no_grad():
            return self.forward(batch, self.look_up(batch), self.theta)


def _lookups(keys: Ids | Bags, pool: Pool, device: str) -> Lookups:
    import torch

    if isinstance(keys, Bags):
        flat, offsets = torch.from_numpy(keys.ids), torch.from_numpy(keys.offsets)
        return Lookups(flat.to(device), 0, offsets.to(device), pool is Pool.MEAN)
    flat = torch.from_numpy(np.ascontiguousarray(keys).reshape(-1)).to(device)
    if pool is Pool.CONCATENATE:
        return Lookups(flat)
    if pool is Pool.SUM:
        return Lookups(flat, keys.shape[1])
    offsets = torch.arange(len(keys) + 1, device=device) * keys.shape[1]
    return Lookups(flat, 0, offsets, means=True)


def _pooled(table: Tensor, keys: Tensor, rows: Tensor | int, pool: Pool) -> Tensor:
    """(rows, width): sums or means of each row's vectors, zeros for a row without any."""
    import torch

    if isinstance(rows, int):
        return torch.nn.functional.embedding_bag(keys.view(-1, rows), table, mode=str(pool))
    return torch.nn.functional.embedding_bag(keys, table, rows, mode=str(pool), include_last_offset=True)


def _seed_of(seed: int, block_id: str, name: str) -> int:
    import hashlib

    digest = hashlib.sha256(f"{seed}/{block_id}/{name}".encode()).digest()
    return int.from_bytes(digest[:7], "little")
