"""What a person has edited, carried over to another spec: the difference between two templates, made in their graph."""

from __future__ import annotations

from engine.graph.edit import fresh_id
from engine.graph.kinds import Arity, BlockParams, Carries
from engine.graph.model import Block, NetworkGraph, Wire
from engine.recommenders.model.graph_draft import ROW_GAP
from engine.recommenders.model.graph_roles import among_templates, in_edited

CROSS = "cross"
NEAR = 60.0
"""Blocks closer than this lie on one another."""


def carried(edited: NetworkGraph, before: NetworkGraph, after: NetworkGraph) -> NetworkGraph:
    """``edited`` with what tells the template ``after`` from the template ``before``, which is what the spec of the
    edited graph draws up: blocks that come and go, wires between those that stay, and parameters that change. All else
    stays as it is, places and titles too. Raises EngineError for an edited graph that is not valid."""
    if before == after:
        return edited
    return _Carrying(edited, before, after).done()


class _Carrying:
    """The work: ``ids`` are those of the edited graph by those of the template ``after``."""

    def __init__(self, edited: NetworkGraph, before: NetworkGraph, after: NetworkGraph) -> None:
        self.edited, self.before, self.after = edited, before, after
        self.stays = among_templates(before, after)
        self.there = in_edited(before, edited)
        self.blocks = dict(edited.by_id)
        self.inputs = {block.id: [w.source for w in edited.wires_into(block.id)] for block in edited.blocks}
        self.own = {own: old for old, own in self.there.items()}
        self.added = [block.id for block in after.blocks if block.id not in self.stays]
        self.ids = {new: self.there[old] for new, old in self.stays.items() if old in self.there}

    def done(self) -> NetworkGraph:
        """The graph."""
        self._take_out()
        self._set_parameters()
        for block_id in self.added:
            if block_id not in self.ids:
                self._put_in(block_id)
        for block_id in self.added:
            self._wire_on(block_id)
        self._wire_between()
        self._recross()
        self._clear()
        wires = [
            Wire(source=source, target=target, slot=slot)
            for target, sources in self.inputs.items()
            for slot, source in enumerate(sources)
        ]
        return self.edited.with_parts(self.blocks.values(), self._in_order(wires))

    def _in_order(self, wires: list[Wire]) -> list[Wire]:
        """The wires as the edited graph has them, then those that are new."""
        place = {(wire.source, wire.target): at for at, wire in enumerate(self.edited.wires)}
        return sorted(wires, key=lambda wire: place.get((wire.source, wire.target), len(place)))

    # Blocks that go -----------------------------------------------------------------------------------------------

    def _take_out(self) -> None:
        kept = set(self.stays.values())
        for block in self.before.blocks:
            own = self.there.get(block.id)
            if block.id not in kept and own is not None:
                self._remove(own)
                self._clear(frozenset(self.own))

    def _remove(self, block_id: str) -> None:
        """Take a block out; what flows through it flows past it then, where it is one thing."""
        block, sources = self.blocks[block_id], self.inputs[block_id]
        joins = block.declaration.takes is block.declaration.gives is Carries.NUMBERS
        template = [self.there.get(wire.source) for wire in self.before.wires_into(self.own[block_id])]
        if joins and len(sources) > 1 and len(self.edited.wires_into(block_id)) > len(template):
            return  # a person has wired more to it than the template has
        del self.blocks[block_id], self.inputs[block_id]
        for target, into in self.inputs.items():
            if block_id in into:
                past = [one for one in self._past(target, sources, template) if joins and one not in into]
                self.inputs[target] = [new for old in into for new in (past if old == block_id else [old])]

    def _past(self, target: str, sources: list[str], template: list[str | None]) -> list[str]:
        """Of what a block has read, what a block behind it reads in its place: what it does in the template, or what a
        person has put before it."""
        sources = [one for one in sources if self._reads(one)] or sources[:1]
        if len(sources) == 1:
            return sources
        new = next((new for new, own in self.ids.items() if own == target), None)
        wired = [] if new is None else [self.ids.get(wire.source) for wire in self.after.wires_into(new)]
        own = [one for one in sources if one in wired] or [one for one in sources if one not in template][:1]
        return own or sources[: self.blocks[target].declaration.arity is Arity.ONE]

    def _reads(self, block_id: str) -> bool:
        """Whether anything of the data still comes to a block."""
        return any(self.blocks[one].declaration.arity is Arity.NONE for one in self._behind(block_id))

    def _clear(self, kept: frozenset[str] = frozenset()) -> None:
        """Blocks that read nothing any more go, and what read them alone, but for those that are to be ``kept``."""
        while True:
            idle = [i for i, b in self.blocks.items() if b.declaration.arity is not Arity.NONE and not self.inputs[i]]
            idle = [i for i in idle if i not in kept and not self.blocks[i].declaration.is_end]
            if not idle:
                return
            for block_id in idle:
                del self.blocks[block_id], self.inputs[block_id]
            self.inputs = {target: [one for one in into if one in self.blocks] for target, into in self.inputs.items()}

    # Blocks that stay ---------------------------------------------------------------------------------------------

    def _set_parameters(self) -> None:
        for new, old in self.stays.items():
            own = self.blocks.get(self.ids.get(new, ""))
            if own is not None:
                then, now = self.before.block(old), self.after.block(new)
                title = now.title if own.title == then.title else own.title
                self.blocks[own.id] = own.model_copy(update={"title": title, "params": _changed(own, then, now)})

    def _wire_between(self) -> None:
        """Wires between blocks that both stay."""
        for new, old in self.stays.items():
            own = self.ids.get(new)
            if own not in self.blocks or self.blocks[own].declaration.arity is not Arity.MANY:
                continue
            then = {wire.source for wire in self.before.wires_into(old)}
            now = [wire.source for wire in self.after.wires_into(new)]
            gone = {self.there.get(one) for one in then - {self.stays.get(one) for one in now}}
            self.inputs[own] = [one for one in self.inputs[own] if one not in gone]
            fresh = [self.ids.get(one) for one in now if self.stays.get(one) not in then]
            self._add_inputs(own, new, [one for one in fresh if one is not None])

    def _recross(self) -> None:
        """A cross names its wires by number, so that other crosses are other wires: it takes all of the template's."""
        for block in self.after.blocks:
            old, own = self.stays.get(block.id), self.ids.get(block.id)
            if block.kind != CROSS or old is None or own not in self.blocks:
                continue
            wired = [wire.source for wire in self.after.wires_into(block.id)]
            same = [self.stays.get(one) for one in wired] == [w.source for w in self.before.wires_into(old)]
            if same and self.before.block(old).params == block.params:
                continue
            self.inputs[own] = self._sources(block.id)
            self.blocks[own] = self.blocks[own].model_copy(update={"params": block.params})
            for other in [b.id for b in self.blocks.values() if b.kind == CROSS and b.id != own]:
                del self.blocks[other], self.inputs[other]
                self.inputs = {target: [s for s in into if s != other] for target, into in self.inputs.items()}

    # Blocks that come ---------------------------------------------------------------------------------------------

    def _put_in(self, block_id: str) -> None:
        """A block of the template with what it reads there, as far as that is here."""
        block = self.after.block(block_id)
        taken = {*self.blocks, *self.edited.retired, *self.edited.by_id}
        own = block_id if block_id not in taken else fresh_id(self.edited, block.kind.replace("_", "-"), taken)
        self.ids[block_id] = own
        x, y = self._place(block)
        self.blocks[own] = block.model_copy(update={"id": own, "x": x, "y": y})
        self.inputs[own] = self._sources(block_id)

    def _sources(self, block_id: str) -> list[str]:
        """What a block of the template reads, as far as that is here; columns that are not come too."""
        for wire in self.after.wires_into(block_id):
            column = self.after.block(wire.source).declaration.arity is Arity.NONE
            if column and self.ids.get(wire.source) not in self.blocks:
                self._put_in(wire.source)
        sources = (self.ids.get(wire.source) for wire in self.after.wires_into(block_id))
        return [one for one in sources if one in self.blocks]

    def _place(self, block: Block) -> tuple[float, float]:
        """Where a block stands to the nearest of its column as in the template; from there downwards, on no other."""
        known = [one for one in self.after.blocks if one is not block and self.ids.get(one.id) in self.blocks]
        near = min(known, key=lambda one: (abs(one.x - block.x), abs(one.y - block.y)), default=block)
        beside = self.blocks.get(self.ids.get(near.id, ""), near)
        x, y = beside.x + block.x - near.x, beside.y + block.y - near.y
        while any(abs(one.x - x) < NEAR and abs(one.y - y) < NEAR for one in self.blocks.values()):
            y += ROW_GAP
        return x, y

    def _wire_on(self, block_id: str) -> None:
        """From a block that has come to those that were there."""
        for wire in self.after.wires_from(block_id):
            own = self.ids.get(wire.target)
            if wire.target not in self.stays or own not in self.blocks:
                continue
            if self.blocks[own].declaration.arity is Arity.MANY:
                self._add_inputs(own, wire.target, [self.ids[block_id]])
            else:
                self._splice(block_id, wire.target)

    def _splice(self, block_id: str, new: str) -> None:
        """Put a block that has come into the only wire that ends at a block; what a person has put into that wire, they
        find before what has come."""
        target, former = self.ids[new], self.before.wires_into(self.stays[new])
        current, self.inputs[target] = self.inputs[target], [self.ids[block_id]]
        source = next((one for one, old in self.stays.items() if former and old == former[0].source), None)
        if len(current) != 1 or source is None or current == [self.ids.get(source)]:
            return
        for wire in self.after.wires_from(source):
            if wire.target in self.added:
                into = [one for one in self.inputs[self.ids[wire.target]] if one != self.ids.get(source)]
                self.inputs[self.ids[wire.target]] = [*into[: wire.slot], *current, *into[wire.slot :]]

    def _comes_from(self, block_id: str, source: str) -> bool:
        """Whether a block has anything of another."""
        return source in self._behind(block_id)

    def _behind(self, block_id: str) -> set[str]:
        """The block and all that it has anything of, each visited once: skip connections make many ways to one."""
        found, todo = set[str](), [block_id]
        while todo:
            one = todo.pop()
            if one not in found:
                found.add(one)
                todo += self.inputs[one]
        return found

    def _add_inputs(self, own: str, new: str, sources: list[str]) -> None:
        """Wire sources to a block, each behind what it stands behind in the template, as far as that is there."""
        order = [self.ids.get(wire.source) for wire in self.after.wires_into(new)]
        for one in sources:
            into = self.inputs[own]
            if one in into or self._comes_from(one, own):
                continue
            before = [into.index(other) for other in order[: order.index(one)] if other in into]
            after = [into.index(other) for other in order[order.index(one) :] if other in into]
            at = before[-1] + 1 if before else min(after, default=len(into))
            self.inputs[own] = [*into[:at], one, *into[at:]]


def _changed(own: Block, then: Block, now: Block) -> BlockParams:
    """A block's parameters, with those changed that the template changes."""
    before, after = then.params.model_dump(), now.params.model_dump()
    changes = {name: value for name, value in after.items() if value != before[name]}
    return type(own.params).model_validate(own.params.model_dump() | changes)
