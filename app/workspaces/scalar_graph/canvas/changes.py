"""Where another moment of the playback looks other than the one before: only there the canvas is painted again."""

from __future__ import annotations

import math

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
VALUE, PRODUCT = QRectF(-80.0, -16.0, 160.0, 32.0), QRectF(-110.0, -8.0, 220.0, 48.0)
"""What the numbers of an edge take at most, seen from their points."""


def changed_areas(shown: Shown, before: Sight, now: Sight) -> list[QRectF] | None:
    """Parts of the scene, which may overlap; None where it may be anywhere."""
    count = len(shown.drawing.knots)
    if not 0 < len(before.values) == len(now.values) == count <= MOST_NODES:
        return None
    if (before.faulty, before.hollow, _largest(before)) != (now.faulty, now.hollow, _largest(now)):
        return None
    values = {i for i, (one, other) in enumerate(zip(before.values, now.values, strict=True)) if one != other}
    slopes = {i for i, (one, other) in enumerate(zip(before.gradients, now.gradients, strict=True)) if one != other}
    at_work = {one for one in (before.current, now.current) if one is not None and before.current != now.current}
    if len(values | slopes) > LARGE_SHARE * count:
        return None
    links = [
        link
        for link in shown.drawing.links
        if link.source in values or link.target in at_work or _handed(before, link) != _handed(now, link)
    ]
    areas = [shown.drawing.knots[index].box.marginsAdded(NODE) for index in values | slopes | at_work]
    areas += [area for link in links for area in _of_link(shown, link)]
    sums = shown.labels.sums
    areas += [sums[i].marginsAdded(SUM) for i in slopes | {link.source for link in links} if i in sums]
    if shown.drawing.output in values | slopes:
        areas.append(shown.drawing.exit.marginsAdded(EXIT))
    return areas


def _largest(sight: Sight) -> float:
    """The gradient that the thickest lane stands for: all others are drawn by it."""
    return max((abs(one) for one in sight.gradients if one is not None and math.isfinite(one)), default=0.0)


def _handed(sight: Sight, link: Link) -> object:
    return sight.handed.get((link.target, link.slot))


def _of_link(shown: Shown, link: Link) -> list[QRectF]:
    """An edge's lanes and its two numbers."""
    label = shown.labels.links[shown.drawing.into[link.target][link.slot]]
    areas = [link.path.controlPointRect().marginsAdded(LANES), PRODUCT.translated(label.product_at)]
    if label.value_at is not None:
        areas.append(VALUE.translated(label.value_at))
    return areas
