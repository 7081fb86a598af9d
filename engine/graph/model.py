"""The network document: an immutable graph of blocks and wires. Everything else reads it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PrivateAttr,
    SerializeAsAny,
    StringConstraints,
    model_validator,
)
from pydantic_core import CoreSchema

from engine.graph.kinds import Arity, BlockKind, BlockParams, kind_of, kinds

Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,63}$")]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Block(_Frozen):
    """One block. ``x``, ``y``: the centre on the canvas, in canvas units (pixels at zoom 1)."""

    id: Identifier
    kind: str
    title: str = Field(default="", max_length=80)
    params: SerializeAsAny[BlockParams]
    x: float = 0.0
    y: float = 0.0

    @model_validator(mode="before")
    @classmethod
    def _typed_params(cls, data: Any) -> Any:
        """Read ``params`` with the kind's own model; a block without params takes the kind's defaults."""
        if isinstance(data, dict) and isinstance(data.get("kind"), str):
            params = data.get("params", {})
            if not isinstance(params, BlockParams):
                params = kind_of(data["kind"]).params_type.model_validate(params)
            return {**data, "params": params}
        return data

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """One variant per registered kind, told apart by ``kind``, each with that kind's own ``params``."""
        common = handler.resolve_ref_schema(handler(core))
        variants = []
        for kind in kinds():
            own = {"kind": {"const": kind.key}, "params": handler(kind.params_type.__pydantic_core_schema__)}
            variants.append({**common, "title": kind.label, "properties": {**common["properties"], **own}})
            variants[-1]["required"] = ["id", "kind"]
        return {"title": "Block", "oneOf": variants, "discriminator": {"propertyName": "kind"}}

    @property
    def declaration(self) -> BlockKind[Any]:
        """The block's kind."""
        return kind_of(self.kind)


class Wire(_Frozen):
    """A wire from ``source``'s output to input number ``slot`` of ``target`` (slots order many-input blocks)."""

    source: Identifier
    target: Identifier
    slot: int = Field(default=0, ge=0)


class NetworkGraph(_Frozen):
    """Blocks and wires. Edits give a new graph (:mod:`engine.graph.edit`); the old one stays as it was."""

    blocks: tuple[Block, ...] = ()
    wires: tuple[Wire, ...] = ()
    _retired: frozenset[str] = PrivateAttr(default=frozenset())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NetworkGraph) and (self.blocks, self.wires) == (other.blocks, other.wires)

    def __hash__(self) -> int:
        return hash((self.blocks, self.wires))

    @property
    def retired(self) -> frozenset[str]:
        """Ids of blocks that were there before edits took them out: no new block is given one, for what is known under
        it, weights and curves, is the old one's. They are no part of what the graph is, nor of a file."""
        return self._retired

    @cached_property
    def by_id(self) -> dict[str, Block]:
        """Blocks by their id."""
        return {block.id: block for block in self.blocks}

    def __contains__(self, block_id: object) -> bool:
        return block_id in self.by_id

    def block(self, block_id: str) -> Block:
        """The block with this id. Raises KeyError."""
        return self.by_id[block_id]

    def wires_into(self, block_id: str) -> tuple[Wire, ...]:
        """Wires that end at the block, by slot."""
        return self.wires_by_target.get(block_id, ())

    def wires_from(self, block_id: str) -> tuple[Wire, ...]:
        """Wires that start at the block."""
        return self.wires_by_source.get(block_id, ())

    @cached_property
    def wires_by_target(self) -> dict[str, tuple[Wire, ...]]:
        """The wires that end at each block, by slot; of blocks at which any do."""
        return {target: tuple(sorted(into, key=lambda w: w.slot)) for target, into in _grouped(self.wires, "target")}

    @cached_property
    def wires_by_source(self) -> dict[str, tuple[Wire, ...]]:
        """The wires that start at each block; of blocks at which any do."""
        return {source: tuple(wires) for source, wires in _grouped(self.wires, "source")}

    @cached_property
    def inputs(self) -> tuple[Block, ...]:
        """The blocks that take no wire, in document order."""
        return tuple(block for block in self.blocks if block.declaration.arity is Arity.NONE)

    @cached_property
    def outputs(self) -> tuple[Block, ...]:
        """The blocks that no wire leaves, in document order: a whole network has one."""
        return tuple(block for block in self.blocks if block.declaration.is_end)

    @cached_property
    def order(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """See :func:`topological_order`."""
        return _sorted(self)

    @cached_property
    def kept(self) -> dict[str, Any]:
        """What functions of other modules have worked out of the graph alone, by their names: it stays as it is, and
        so does that."""
        return {}

    def with_blocks(self, blocks: Iterable[Block]) -> NetworkGraph:
        """The same wires over other blocks."""
        return self.with_parts(blocks, self.wires)

    def with_wires(self, wires: Iterable[Wire]) -> NetworkGraph:
        """The same blocks under other wires."""
        return self.with_parts(self.blocks, wires)

    def with_parts(self, blocks: Iterable[Block], wires: Iterable[Wire]) -> NetworkGraph:
        """Other blocks and other wires."""
        return NetworkGraph(blocks=tuple(blocks), wires=tuple(wires)).after(self)

    def after(self, former: NetworkGraph) -> NetworkGraph:
        """This graph in the place of a former one, whose blocks' ids are taken."""
        retired = (self._retired | former._retired | former.by_id.keys()) - self.by_id.keys()
        if retired == self._retired:
            return self
        graph = self.model_copy()
        graph._retired = retired
        return graph


def _grouped(wires: Iterable[Wire], end: Literal["source", "target"]) -> Iterable[tuple[str, list[Wire]]]:
    groups: dict[str, list[Wire]] = {}
    for wire in wires:
        groups.setdefault(getattr(wire, end), []).append(wire)
    return groups.items()


def topological_order(graph: NetworkGraph) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids in topological order, and ids left over on or behind a cycle; found once of each graph."""
    return graph.order


def _sorted(graph: NetworkGraph) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Kahn's algorithm."""
    waiting = {
        block.id: len({w.source for w in graph.wires_into(block.id)} & graph.by_id.keys()) for block in graph.blocks
    }
    ready = [block_id for block_id, count in waiting.items() if count == 0]
    order: list[str] = []
    while ready:
        current = ready.pop(0)
        order.append(current)
        for target in dict.fromkeys(w.target for w in graph.wires_from(current) if w.target in waiting):
            waiting[target] -= 1
            if waiting[target] == 0:
                ready.append(target)
    done = set(order)
    return tuple(order), tuple(block_id for block_id in waiting if block_id not in done)


def ancestors(graph: NetworkGraph, block_id: str) -> frozenset[str]:
    """Ids of the block and everything that feeds it."""
    found: set[str] = set()
    pending = [block_id]
    while pending:
        current = pending.pop()
        if current not in found and current in graph:
            found.add(current)
            pending.extend(w.source for w in graph.wires_into(current))
    return frozenset(found)


def reaching_output(graph: NetworkGraph) -> frozenset[str]:
    """Ids of the output and everything that feeds it, which is what runs; of all blocks where there is no output."""
    outputs = graph.outputs
    return ancestors(graph, outputs[0].id) if outputs else frozenset(graph.by_id)
