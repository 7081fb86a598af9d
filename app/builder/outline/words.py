"""The rows of the outline in words: short ones for the eye, and whole ones for the ear."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.builder.canvas.facts import function_of, units_of
from app.builder.canvas.text import unit_name, units_text
from app.builder.outline.content import Content
from app.builder.outline.places import Part, Place, weighed_wire
from app.kit.listing import joined, listed
from app.kit.numbers import counted, percent, significant
from app.kit.translation import sentence_of, worded
from engine.graph import Block
from engine.training.verdicts import Trouble, Verdict


@dataclass(frozen=True, slots=True)
class Row:
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


def row(content: Content, place: Place) -> Row:
    """A row in words; an empty one where what it was of is gone."""
    if place.part is not Part.NETWORK and place.block_id not in content.graph:
        return Row("")
    return _ROWS[place.part](content, place)


# Network and blocks -------------------------------------------------------------------------------------------------


def _network(content: Content, _place: Place) -> Row:
    blocks = counted(len(content.graph.blocks), _tr("1 block"), _tr("{count} blocks"))
    wrong = [sentence_of(found.problem) for found in content.problems.get("", ())]
    spoken = joined((_tr("Network {title}").format(title=content.title), blocks))
    return Row(content.title, blocks, _tr("not whole") if wrong else "", spoken=". ".join([spoken, *wrong]))


def _block(content: Content, place: Place) -> Row:
    block, name = content.block(place), content.names[place.block_id]
    kind = worded(block.declaration.label)
    problems = content.problems.get(place.block_id, ())
    wrong, blocking = [sentence_of(one.problem) for one in problems], any(one.blocking for one in problems)
    found = content.verdicts(place)
    troubles = [verdict_words(verdict) for verdict in found if verdict.trouble is not Trouble.HEALTHY]
    health = [*troubles, *([_tr("healthy")] if found and not troubles else [])]
    function = _function(block)
    named = "" if name.startswith(kind) else kind
    spoken = joined((name, named, function, _units(content, place), _inputs(content, place), *health))
    exploding = any(verdict.trouble in (Trouble.EXPLODING, Trouble.DEAD) for verdict in found)
    return Row(
        name,
        " · ".join(part for part in (function, _shape(content, place)) if part),
        (_tr("problem") if blocking else _tr("left out")) if wrong else joined(troubles),
        "danger" if blocking or exploding else "warning",
        ". ".join([spoken, *wrong]),
        titled=True,
    )


def verdict_words(verdict: Verdict) -> str:
    """A verdict in two or three words."""
    share = percent(verdict.value)
    words = {
        Trouble.HEALTHY: _tr("healthy"),
        Trouble.VANISHING: _tr("gradient vanishes"),
        Trouble.EXPLODING: _tr("gradient explodes"),
        Trouble.DEAD: _tr("{share} dead").format(share=share),
        Trouble.SATURATED: _tr("{share} saturated").format(share=share),
        Trouble.OVERGROWN: _tr("values too large"),
    }
    return words.get(verdict.trouble, verdict.trouble.value)


def _function(block: Block) -> str:
    function = function_of(block)
    return worded(function.label) if function is not None else ""


def _units(content: Content, place: Place) -> str:
    width = content.widths.get(place.block_id)
    return _tr("number of units unknown") if width is None else units_text(width)


def _into(content: Content, place: Place) -> int | None:
    """Units in, together; None where nothing comes in or it is not known."""
    widths = [content.widths.get(wire.source) for wire in content.graph.wires_into(place.block_id)]
    known = [width for width in widths if width is not None]
    return sum(known) if known and len(known) == len(widths) else None


def _inputs(content: Content, place: Place) -> str:
    wires = content.graph.wires_into(place.block_id)
    if not wires:
        return ""
    names = listed(content.names.get(wire.source, wire.source) for wire in wires)
    return _tr("fed by {names}").format(names=names)


def _shape(content: Content, place: Place) -> str:
    width, into = content.widths.get(place.block_id), _into(content, place)
    if width is None:
        return f"{units_of(content.block(place)) or ''}"
    return f"{into} → {width}" if into is not None else f"{width}"


# Wires --------------------------------------------------------------------------------------------------------------


def _source(content: Content, place: Place) -> Row:
    assert place.wire is not None
    other = content.names.get(place.wire.source, place.wire.source)
    name = content.names[place.block_id]
    spoken = _tr("Wire from {source} into {target}").format(source=other, target=name)
    return Row(_tr("← from {name}").format(name=other), spoken=spoken)


def _target(content: Content, place: Place) -> Row:
    assert place.wire is not None
    other = content.names.get(place.wire.target, place.wire.target)
    name = content.names[place.block_id]
    spoken = _tr("Wire from {source} to {target}").format(source=name, target=other)
    return Row(_tr("→ to {name}").format(name=other), spoken=spoken)


# Units and weights --------------------------------------------------------------------------------------------------


def _unit(content: Content, place: Place) -> Row:
    name, bias = unit_name(content.block(place), place.unit), content.bias(place)
    said = _tr("{unit} of {block}").format(unit=name, block=content.names[place.block_id])
    passed = [f"{symbol} {significant(value)}" for symbol, value in content.passed(place)]
    found = [verdict for verdict in content.verdicts(place) if place.unit in verdict.units]
    troubles = [_unit_words(verdict.trouble) for verdict in found]
    tone = "danger" if any(verdict.trouble is not Trouble.SATURATED for verdict in found) else "warning"
    value = _tr("bias {value}").format(value=significant(bias)) if bias is not None else ""
    detail = passed or ([f"b {significant(bias)}"] if bias is not None else [])
    return Row(name, "  ".join(detail), joined(troubles), tone, joined((said, *troubles, value, *passed)))


def _unit_words(trouble: Trouble) -> str:
    words = {Trouble.DEAD: _tr("dead"), Trouble.SATURATED: _tr("saturated"), Trouble.OVERGROWN: _tr("too large")}
    return words.get(trouble, "")


def _weight(content: Content, place: Place) -> Row:
    wire = weighed_wire(content.graph, place.block_id)
    if wire is None or wire.source not in content.graph:
        return Row("")
    unit = unit_name(content.block(place), place.unit)
    source = unit_name(content.graph.block(wire.source), place.column)
    value = content.weight(place)
    shown = significant(value) if value is not None else _tr("not yet")
    spoken = _tr("Weight from {source} of {source_block} to {unit} of {block}").format(
        source=source, source_block=content.names[wire.source], unit=unit, block=content.names[place.block_id]
    )
    return Row(_tr("w from {name}").format(name=source), shown, spoken=joined((spoken, shown)))


_ROWS: dict[Part, Callable[[Content, Place], Row]] = {
    Part.NETWORK: _network,
    Part.BLOCK: _block,
    Part.SOURCE: _source,
    Part.TARGET: _target,
    Part.UNIT: _unit,
    Part.WEIGHT: _weight,
}
