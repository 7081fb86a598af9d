"""The rows of the outline: places in the network, their numbers, and their words for the eye and the ear."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from app.builder.canvas.passes import UnitNumbers
from app.builder.canvas.selection import EdgeRef, NeuronRef, Selection
from app.builder.canvas.words import function_of, told_of, unit_name, units_of, units_text
from app.kit.listing import joined, listed
from app.kit.numbers import counted, significant
from app.kit.translation import sentence_of, worded
from app.kit.verdict_words import tone_of, trouble_word, verdict_words
from engine.graph import Block, GraphProblem, NetworkGraph, Wire
from engine.graph.model import topological_order
from engine.network.plan import WeightKey
from engine.training.snapshot import Snapshot
from engine.training.verdicts import Verdict

Floats = NDArray[np.float64]


class OutlinePart(Enum):
    """The kinds of rows. ``SOURCE`` and ``TARGET``: a wire as its target and as its source has it."""

    NETWORK = auto()
    BLOCK = auto()
    SOURCE = auto()
    TARGET = auto()
    UNIT = auto()
    WEIGHT = auto()


class OutlinePlace(NamedTuple):
    """A row of the outline, whatever stands in it. ``column``: of ``W``, the unit of the source that it weighs."""

    part: OutlinePart
    block_id: str = ""
    unit: int = -1
    column: int = -1
    wire: Wire | None = None

    @property
    def parent(self) -> OutlinePlace | None:
        """The row that it stands under; None for the network."""
        if self.part is OutlinePart.NETWORK:
            return None
        if self.part is OutlinePart.BLOCK:
            return NETWORK
        if self.part is OutlinePart.WEIGHT:
            return OutlinePlace(OutlinePart.UNIT, self.block_id, self.unit)
        return OutlinePlace(OutlinePart.BLOCK, self.block_id)


NETWORK = OutlinePlace(OutlinePart.NETWORK)


def weighed_wire(graph: NetworkGraph, block_id: str) -> Wire | None:
    """The wire that the block's ``W`` weighs."""
    return next(iter(graph.wires_into(block_id)), None)


@dataclass(frozen=True, slots=True)
class Readings:
    """The numbers of the moment. ``weights`` by (block id, name); ``shown`` and ``signals``: what every block's units
    show of the pass that is played, as far as it has come, z or a and δ."""

    weights: Mapping[WeightKey, Floats]
    snapshot: Snapshot | None = None
    shown: Mapping[str, UnitNumbers] = field(default_factory=dict)
    signals: Mapping[str, UnitNumbers | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Content:
    """A document as the outline has it. ``widths``: units of every block, where they are known; ``problems`` by block
    id, those of the whole network under the empty one; ``names``: what every block is called."""

    title: str
    graph: NetworkGraph
    names: Mapping[str, str]
    widths: Mapping[str, int]
    problems: Mapping[str, tuple[GraphProblem, ...]]
    readings: Readings

    # Rows ---------------------------------------------------------------------------------------------------------

    def children(self, place: OutlinePlace) -> list[OutlinePlace]:
        """The rows under one; none under a row that is no longer there."""
        if place.part is OutlinePart.NETWORK:
            ordered, stuck = topological_order(self.graph)
            return [OutlinePlace(OutlinePart.BLOCK, block_id) for block_id in (*ordered, *stuck)]
        if place.block_id not in self.graph:
            return []
        if place.part is OutlinePart.BLOCK:
            return self._of_block(place.block_id)
        if place.part is OutlinePart.UNIT:
            return [
                OutlinePlace(OutlinePart.WEIGHT, place.block_id, place.unit, column)
                for column in range(self.fan_in(place))
            ]
        return []

    def _of_block(self, block_id: str) -> list[OutlinePlace]:
        into = (OutlinePlace(OutlinePart.SOURCE, block_id, wire=wire) for wire in self.graph.wires_into(block_id))
        onward = (OutlinePlace(OutlinePart.TARGET, block_id, wire=wire) for wire in self.graph.wires_from(block_id))
        units = (OutlinePlace(OutlinePart.UNIT, block_id, unit) for unit in range(self.widths.get(block_id, 0)))
        return list(dict.fromkeys((*into, *onward, *units)))

    def fan_in(self, place: OutlinePlace) -> int:
        """How many weights lead into a unit; 0 where its block weighs nothing, or its source is not known."""
        wire = weighed_wire(self.graph, place.block_id)
        if wire is None or not self.block(place).declaration.probed:
            return 0
        return self.widths.get(wire.source, 0)

    def block(self, place: OutlinePlace) -> Block:
        """The block that a row is of. Raises KeyError where it is gone."""
        return self.graph.block(place.block_id)

    # Numbers ------------------------------------------------------------------------------------------------------

    def weight(self, place: OutlinePlace) -> float | None:
        """The weight of a row; None where it is not known."""
        return self._scalar((place.block_id, "W"), (place.unit, place.column))

    def bias(self, place: OutlinePlace) -> float | None:
        """The bias of a unit; None where it has none."""
        return self._scalar((place.block_id, "b"), (place.unit,))

    def _scalar(self, key: WeightKey, index: tuple[int, ...]) -> float | None:
        array = self.readings.weights.get(key)
        fits = array is not None and array.ndim == len(index)
        if array is None or not fits or any(i >= size for i, size in zip(index, array.shape, strict=True)):
            return None
        return float(array[index])

    def passed(self, place: OutlinePlace) -> list[tuple[str, float]]:
        """Symbol and value of what a unit shows at this moment of a pass: z or a, and δ once it is there."""
        found = []
        for numbers in (self.readings.shown, self.readings.signals):
            shown = numbers.get(place.block_id)
            if shown is not None and len(shown.values) == self.widths.get(place.block_id):
                found.append((shown.symbol, float(shown.values[place.unit])))
        return found

    def verdicts(self, place: OutlinePlace) -> tuple[Verdict, ...]:
        """What is said of a block; nothing where what was judged is not this network."""
        snapshot = self.readings.snapshot
        if snapshot is None or not self._is_judged(snapshot):
            return ()
        return told_of(self.block(place), (v for v in snapshot.verdicts if v.block_id == place.block_id))

    def _is_judged(self, snapshot: Snapshot) -> bool:
        judged = {node.id: node.width for node in snapshot.plan.nodes}
        return all(self.widths.get(block_id) == width for block_id, width in judged.items())


# What is chosen -------------------------------------------------------------------------------------------------------


def place_of(selection: Selection, graph: NetworkGraph, now: OutlinePlace | None = None) -> OutlinePlace | None:
    """Where what is chosen on the canvas stands; None when nothing is chosen.

    ``now`` stays where it is about the same thing: a wire at either end, a unit of the chosen block.
    """
    neuron, edge, wire = selection.neuron, selection.edge, selection.wire
    if neuron is not None and neuron.block_id in graph:
        return OutlinePlace(OutlinePart.UNIT, neuron.block_id, neuron.unit)
    if edge is not None and edge.target in graph:
        return OutlinePlace(OutlinePart.WEIGHT, edge.target, edge.row, edge.column)
    if wire is not None and wire in graph.wires:
        if now is not None and now.wire == wire:
            return now
        return OutlinePlace(OutlinePart.SOURCE, wire.target, wire=wire)
    focus = selection.focus
    if now is not None and now.part is OutlinePart.UNIT and selection.blocks == (now.block_id,) and focus in graph:
        return now
    return OutlinePlace(OutlinePart.BLOCK, focus) if focus is not None and focus in graph else None


def choose(selection: Selection, graph: NetworkGraph, places: list[OutlinePlace]) -> None:
    """Choose on the canvas what stands in these rows; the last is the one in focus, and several are blocks."""
    if not places:
        return
    last = places[-1]
    if len(places) > 1 or last.part is OutlinePart.BLOCK:
        selection.choose_neuron(None)
        selection.choose(dict.fromkeys(place.block_id for place in places if place.block_id))
    elif last.part is OutlinePart.UNIT:
        selection.choose_neuron(NeuronRef(last.block_id, last.unit))
    elif last.part is OutlinePart.WEIGHT:
        _choose_weight(selection, graph, last)
    elif last.wire is not None:
        selection.choose_wire(last.wire)
    else:
        selection.clear()


def _choose_weight(selection: Selection, graph: NetworkGraph, place: OutlinePlace) -> None:
    wire = weighed_wire(graph, place.block_id)
    if wire is not None:
        selection.choose_edge(EdgeRef(wire.source, place.block_id, place.unit, place.column), wire, to_edit=False)


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """One row. ``detail`` stands at the right, muted; ``alarm``: what is wrong, in the theme's colour ``tone``.

    ``spoken`` is complete in itself. ``titled``: its name can be typed over.
    """

    name: str
    detail: str = ""
    alarm: str = ""
    tone: str = "danger"
    spoken: str = ""
    titled: bool = False


def _tr(text: str) -> str:
    return QCoreApplication.translate("Outline", text)


def row(content: Content, place: OutlinePlace) -> OutlineRow:
    """A row in words; an empty one where what it was of is gone."""
    if place.part is not OutlinePart.NETWORK and place.block_id not in content.graph:
        return OutlineRow("")
    return _ROWS[place.part](content, place)


# Network and blocks -------------------------------------------------------------------------------------------------


def _network(content: Content, _place: OutlinePlace) -> OutlineRow:
    blocks = counted(len(content.graph.blocks), _tr("{count} {count:block|blocks}"))
    wrong = [sentence_of(found.problem) for found in content.problems.get("", ())]
    spoken = joined((_tr("Network {title}").format(title=content.title), blocks))
    return OutlineRow(content.title, blocks, _tr("not whole") if wrong else "", spoken=". ".join([spoken, *wrong]))


def _block(content: Content, place: OutlinePlace) -> OutlineRow:
    block, name = content.block(place), content.names[place.block_id]
    kind = worded(block.declaration.label)
    problems = content.problems.get(place.block_id, ())
    wrong, blocking = [sentence_of(fault.problem) for fault in problems], any(fault.blocking for fault in problems)
    found, units = content.verdicts(place), content.widths.get(place.block_id, 0)
    alarms = [verdict for verdict in found if verdict.is_alarm]
    health = [verdict_words(verdict, units) for verdict in found]
    function = _function(block)
    named = "" if name.startswith(kind) else kind
    spoken = joined((name, named, function, _units(content, place), _inputs(content, place), *health))
    tones = [tone_of(verdict.trouble, is_alarm=True) for verdict in alarms]
    return OutlineRow(
        name,
        " · ".join(part for part in (function, _shape(content, place)) if part),
        (_tr("problem") if blocking else _tr("left out"))
        if wrong
        else joined(
            verdict_words(verdict, units) if verdict.units else trouble_word(verdict.trouble) for verdict in alarms
        ),
        "danger" if blocking or "danger" in tones else "warning",
        ". ".join([spoken, *wrong]),
        titled=True,
    )


def _function(block: Block) -> str:
    function = function_of(block)
    return worded(function.label) if function is not None else ""


def _units(content: Content, place: OutlinePlace) -> str:
    width = content.widths.get(place.block_id)
    return _tr("number of units unknown") if width is None else units_text(width)


def _into(content: Content, place: OutlinePlace) -> int | None:
    """Units in, together; None where nothing comes in or it is not known."""
    widths = [content.widths.get(wire.source) for wire in content.graph.wires_into(place.block_id)]
    known = [width for width in widths if width is not None]
    return sum(known) if known and len(known) == len(widths) else None


def _inputs(content: Content, place: OutlinePlace) -> str:
    wires = content.graph.wires_into(place.block_id)
    if not wires:
        return ""
    names = listed(content.names.get(wire.source, wire.source) for wire in wires)
    return _tr("fed by {names}").format(names=names)


def _shape(content: Content, place: OutlinePlace) -> str:
    width, into = content.widths.get(place.block_id), _into(content, place)
    if width is None:
        return f"{units_of(content.block(place)) or ''}"
    return f"{into} → {width}" if into is not None else f"{width}"


# Wires --------------------------------------------------------------------------------------------------------------


def _source(content: Content, place: OutlinePlace) -> OutlineRow:
    assert place.wire is not None
    other = content.names.get(place.wire.source, place.wire.source)
    name = content.names[place.block_id]
    spoken = _tr("Wire from {source} into {target}").format(source=other, target=name)
    return OutlineRow(_tr("← from {name}").format(name=other), spoken=spoken)


def _target(content: Content, place: OutlinePlace) -> OutlineRow:
    assert place.wire is not None
    other = content.names.get(place.wire.target, place.wire.target)
    name = content.names[place.block_id]
    spoken = _tr("Wire from {source} to {target}").format(source=name, target=other)
    return OutlineRow(_tr("→ to {name}").format(name=other), spoken=spoken)


# Units and weights --------------------------------------------------------------------------------------------------


def _unit(content: Content, place: OutlinePlace) -> OutlineRow:
    name, bias = unit_name(content.block(place), place.unit), content.bias(place)
    said = _tr("{unit} of {block}").format(unit=name, block=content.names[place.block_id])
    passed = [f"{symbol} {significant(value)}" for symbol, value in content.passed(place)]
    found = [verdict for verdict in content.verdicts(place) if place.unit in verdict.units]
    alarms = [verdict.trouble for verdict in found if verdict.is_alarm]
    tone = "danger" if any(tone_of(trouble, is_alarm=True) == "danger" for trouble in alarms) else "warning"
    value = _tr("bias {value}").format(value=significant(bias)) if bias is not None else ""
    detail = passed or ([f"b {significant(bias)}"] if bias is not None else [])
    spoken = joined((said, *(trouble_word(verdict.trouble) for verdict in found), value, *passed))
    return OutlineRow(name, "  ".join(detail), joined(map(trouble_word, alarms)), tone, spoken)


def _weight(content: Content, place: OutlinePlace) -> OutlineRow:
    wire = weighed_wire(content.graph, place.block_id)
    if wire is None or wire.source not in content.graph:
        return OutlineRow("")
    unit = unit_name(content.block(place), place.unit)
    source = unit_name(content.graph.block(wire.source), place.column)
    value = content.weight(place)
    shown = significant(value) if value is not None else _tr("not yet")
    spoken = _tr("Weight from {source} of {source_block} to {unit} of {block}").format(
        source=source, source_block=content.names[wire.source], unit=unit, block=content.names[place.block_id]
    )
    return OutlineRow(_tr("w from {name}").format(name=source), shown, spoken=joined((spoken, shown)))


_ROWS: dict[OutlinePart, Callable[[Content, OutlinePlace], OutlineRow]] = {
    OutlinePart.NETWORK: _network,
    OutlinePart.BLOCK: _block,
    OutlinePart.SOURCE: _source,
    OutlinePart.TARGET: _target,
    OutlinePart.UNIT: _unit,
    OutlinePart.WEIGHT: _weight,
}
