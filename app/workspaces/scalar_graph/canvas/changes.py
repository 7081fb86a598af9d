"""Where another moment of the playback looks other than the one before: only there the canvas is painted again."""

from __future__ import annotations

from itertools import compress
from operator import ne

from PySide6.QtCore import QMarginsF, QRectF

from app.workspaces.scalar_graph.canvas.drawing import Link
from app.workspaces.scalar_graph.canvas.shown import Shown
from app.workspaces.scalar_graph.sight import Sight

MOST_NODES = 160
"""In a larger graph looking for what has changed takes as long as painting what is in sight of it."""
LARGE_SHARE = 0.4
"""Where more of the nodes are others, all of it is painted."""
NODE = QMarginsF(62.0, 42.0, 62.0, 50.0)
"""Scene units round a node: its name, its flag, its ring."""
LANES = QMarginsF(16.0, 16.0, 16.0, 16.0)
SUM = QMarginsF(70.0, 12.0, 70.0, 40.0)
EXIT = QMarginsF(100.0, 24.0, 60.0, 50.0)
"""Its lanes come from the left, the seed stands beneath."""
NUMBER = QRectF(-60.0, -14.0, 120.0, 28.0)
"""What a number of an edge takes at most, seen from its middle."""


def changed_areas(shown: Shown, before: Sight, now: Sight) -> list[QRectF] | None:
    """Parts of the scene, which may overlap; None where it may be anywhere."""
    count = len(shown.drawing.knots)
    if not 0 < len(before.values) == len(now.values) == count <= MOST_NODES:
        return None
    if (before.faulty, before.hollow, before.largest) != (now.faulty, now.hollow, now.largest):
        return None
    values = set(compress(range(count), map(ne, before.values, now.values)))
    slopes = set(compress(range(count), map(ne, before.gradients, now.gradients)))
    at_work = {one for one in (before.current, now.current) if one is not None and before.current != now.current}
    if len(values | slopes) > LARGE_SHARE * count:
        return None
    handed = _other_products(shown, before, now)
    links = [
        link
        for number, link in enumerate(shown.drawing.links)
        if handed[number] or link.source in values or link.target in at_work
    ]
    areas = [shown.drawing.knots[index].box.marginsAdded(NODE) for index in values | slopes | at_work]
    areas += [area for link in links for area in _of_link(shown, link)]
    sums = shown.labels.sums
    areas += [sums[i].marginsAdded(SUM) for i in slopes | {link.source for link in links} if i in sums]
    if shown.drawing.output in values | slopes:
        areas.append(shown.drawing.exit.marginsAdded(EXIT))
    return areas


def _other_products(shown: Shown, before: Sight, now: Sight) -> list[bool]:
    """By link: whether something else comes back along it, or is worked out from something else."""
    links = shown.drawing.links
    if before.handed.whole is now.handed.whole:  # of the same numbers
        return [before.handed.by(link.target) is not now.handed.by(link.target) for link in links]
    edges = [(link.target, link.slot) for link in links]
    return [before.handed.get(edge) != now.handed.get(edge) for edge in edges]


def _of_link(shown: Shown, link: Link) -> list[QRectF]:
    """An edge's lanes and its two numbers."""
    label = shown.labels.links[shown.drawing.into[link.target][link.slot]]
    areas = [link.path.controlPointRect().marginsAdded(LANES)]
    areas += [NUMBER.translated(at) for at in (label.value_at, label.gradient_at) if at is not None]
    return areas
