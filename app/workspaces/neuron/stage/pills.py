"""The names between cell and unit: what the part is called up there, and what it became down here."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, Qt

from app.kit.drawing.marks import Line, Mark, Rectangle, Text, text_width
from app.kit.translation import QT_TRANSLATE_NOOP
from app.workspaces.neuron.parts import ALL, Key, Part
from app.workspaces.neuron.stage.geometry import PILL, PILLS, Geometry

NAMES = {
    Part.INPUT: (QT_TRANSLATE_NOOP("Neuron", "signal"), QT_TRANSLATE_NOOP("Neuron", "input")),
    Part.WEIGHT: (QT_TRANSLATE_NOOP("Neuron", "synapse"), QT_TRANSLATE_NOOP("Neuron", "weight")),
    Part.WIRE: (QT_TRANSLATE_NOOP("Neuron", "dendrite"), QT_TRANSLATE_NOOP("Neuron", "wire")),
    Part.SUM: (QT_TRANSLATE_NOOP("Neuron", "soma"), QT_TRANSLATE_NOOP("Neuron", "sum")),
    Part.THRESHOLD: (QT_TRANSLATE_NOOP("Neuron", "hillock"), QT_TRANSLATE_NOOP("Neuron", "threshold")),
    Part.OUTPUT: (QT_TRANSLATE_NOOP("Neuron", "axon"), QT_TRANSLATE_NOOP("Neuron", "output")),
}
ABOUT = {
    Part.INPUT: QT_TRANSLATE_NOOP(
        "Neuron", "Another cell's axon brings a spike, or none: the unit's input is 1, or 0."
    ),
    Part.WEIGHT: QT_TRANSLATE_NOOP(
        "Neuron", "A synapse scales what it passes on, and may excite or inhibit: the weight, with its sign."
    ),
    Part.WIRE: QT_TRANSLATE_NOOP("Neuron", "Dendrites carry it to the body: the wire brings w·x to the sum."),
    Part.SUM: QT_TRANSLATE_NOOP("Neuron", "The body adds up all that arrives at the time: Σ, with the bias."),
    Part.THRESHOLD: QT_TRANSLATE_NOOP(
        "Neuron", "Where the axon begins, a spike starts once the voltage passes a threshold: θ = −b."
    ),
    Part.OUTPUT: QT_TRANSLATE_NOOP("Neuron", "One axon tells all the next cells the same: one output, 1 or 0."),
}
PILL_SIZES = ((12.0, 22.0), (11.0, 14.0), (10.0, 10.0), (9.0, 8.0))
"""Sizes of the writing and of what is round it, of which the first is taken that leaves room for all pills."""
GAP = 4.0


def names_of(part: Part) -> tuple[str, str]:
    """Return what it is called in the cell, and in the unit."""
    biological, artificial = NAMES[part]
    return QCoreApplication.translate("Neuron", biological), QCoreApplication.translate("Neuron", artificial)


def about(part: Part) -> str:
    """Return a sentence on what the two have in common."""
    return QCoreApplication.translate("Neuron", ABOUT[part])


def guides(g: Geometry) -> Iterator[Mark]:
    """Draw faint lines down the columns."""
    for part in Part:
        yield _guide(g, part, ALL, "border", 1.0, dashed=True)


def pills(g: Geometry, lit: Key | None) -> Iterator[Mark]:
    """Draw what each part is called up there, and what it became down here; and a line through the chain that is lit.
    Keys: (``PILL``, part, ``ALL``)."""
    if lit is not None:
        yield _guide(g, *lit, "accent", 1.8)
    size, boxes = _pill_boxes(g)
    for part, (left, width) in boxes.items():
        on = lit is not None and lit[0] is part
        before, name = _words(g, part)
        box = (left, g.pills_y - PILL / 2, width, PILL)
        first, second = text_width(before, size), text_width(name, size, True)
        start = left + (width - first - second) / 2
        yield Rectangle(
            box, "accent" if on else "surface", "accent" if on else "border", corner=PILL / 2,
            key=(PILLS, part, ALL), tip=about(part), cursor=Qt.CursorShape.PointingHandCursor,
        )  # fmt: skip
        for words, x, wide, ink in ((before, start, first, "text_muted"), (name, start + first, second, "text")):
            place = (x, box[1], wide + 1, PILL)
            yield Text(words, place, size, "on_accent" if on else ink, "left middle", bold=words is name)


def _words(g: Geometry, part: Part) -> tuple[str, str]:
    """Return the two names; where it is narrow, that of the unit alone."""
    biological, artificial = names_of(part)
    return "" if g.narrow else f"{biological} = ", artificial


def _pill_boxes(g: Geometry) -> tuple[float, dict[Part, tuple[float, float]]]:
    """Return the size of the writing, and left end and width of each pill; neighbours keep apart."""
    names = {part: _words(g, part) for part in Part}
    size, widths = 0.0, dict[Part, float]()
    for size, padding in PILL_SIZES if g.width >= 720 else PILL_SIZES[1:]:
        widths = {p: padding + text_width(a, size) + text_width(b, size, True) for p, (a, b) in names.items()}
        if sum(widths.values()) + GAP * (len(widths) + 1) <= g.width:
            break
    boxes: dict[Part, tuple[float, float]] = {}
    start = GAP
    for part, width in widths.items():
        left = max(start, min(max(g.x(part) - width / 2, GAP), g.width - width - GAP))
        boxes[part], start = (left, width), left + width + GAP
    end = g.width
    for part, (left, width) in reversed(list(boxes.items())):
        left = min(left, end - GAP - width)
        boxes[part], end = (left, width), left
    return size, boxes


def _guide(g: Geometry, part: Part, chosen: int, ink: str, width: float, *, dashed: bool = False) -> Mark:
    top, bottom = _guide_ends(g, part, chosen)
    if g.folded:
        top = g.pills_y  # there is no cell to come from
    x = g.x(part)
    return Line((x, top), (x, bottom), ink, width, dashed=dashed, cap="flat")


def _guide_ends(g: Geometry, part: Part, chosen: int) -> tuple[float, float]:
    """Return where the line of a column begins in the cell and ends in the unit; ``chosen``: the input's number."""
    last, s = g.inputs - 1, g.scale
    index, first = (last, 0) if chosen == ALL else (chosen, chosen)
    tops = {
        Part.INPUT: g.synapse(index).y() + 10 * s,
        Part.WEIGHT: g.synapse(index).y() + 14 * s,
        Part.WIRE: g.synapse(index).y() * 0.5 + g.soma.y() * 0.5 + 14 * s,
        Part.SUM: g.soma.y() + g.soma_radius * 1.1,
        Part.THRESHOLD: g.soma.y() + 12 * s,
        Part.OUTPUT: g.soma.y() + 12 * s,
    }
    bottoms = {
        Part.INPUT: g.input(first).y() - g.node_radius,
        Part.WEIGHT: g.weight_box(first).top(),
        Part.WIRE: g.product(first).y() - 4 * s,
        Part.SUM: g.sum.y() - g.sum_radius,
        Part.THRESHOLD: g.threshold.top(),
        Part.OUTPUT: g.output.y() - g.sum_radius,
    }
    return tops[part], bottoms[part]
