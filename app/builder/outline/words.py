"""The rows of the outline in words: short ones for the eye, and whole ones for the ear."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.builder.canvas.words import function_of, unit_name, units_of, units_text
from app.builder.outline.content import Content, OutlinePart, OutlinePlace, weighed_wire
from app.kit.listing import joined, listed
from app.kit.numbers import counted, significant
from app.kit.translation import sentence_of, worded
from app.kit.verdict_words import tone_of, trouble_word, verdict_words
from engine.graph import Block


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
    blocks = counted(len(content.graph.blocks), _tr("1 block"), _tr("{count} blocks"))
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
    health = [verdict_words(verdict, units) for verdict in found if verdict.units or not block.declaration.is_end]
    function = _function(block)
    named = "" if name.startswith(kind) else kind
    spoken = joined((name, named, function, _units(content, place), _inputs(content, place), *health))
    tones = [tone_of(verdict.trouble, is_alarm=True) for verdict in alarms]
    return OutlineRow(
        name,
        " · ".join(part for part in (function, _shape(content, place)) if part),
        (_tr("problem") if blocking else _tr("left out"))
        if wrong
        else joined(verdict_words(verdict, units) for verdict in alarms),
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
