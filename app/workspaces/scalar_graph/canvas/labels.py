"""Where the numbers of an edge stand, so that they hide neither a node nor one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from app.workspaces.scalar_graph.canvas.drawing import RADIUS, Drawing, Knot, Link, Sort

WIDTH, ABOVE, BELOW = 112.0, 22.0, 42.0
"""What the numbers of an edge take: so wide, and so far over and under its middle."""
NARROW = 62.0
"""The width of the value alone."""
SHARES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)
"""Where along an edge they may stand, the best first."""
SUM_WIDTH = 140.0
MOST = 400
"""Drawings of more edges are only ever seen from afar or in part: there the middle does."""


@dataclass(frozen=True, slots=True)
class Label:
    """``at``: the point of the edge that the numbers belong to. ``deep``: along a level edge they stand lower, where
    they may be wider than the gap between two nodes."""

    at: QPointF
    deep: bool

    @property
    def below(self) -> float:
        """How far under the edge the product begins."""
        return RADIUS + 6.0 if self.deep else 10.0

    @property
    def boxes(self) -> tuple[QRectF, QRectF]:
        """The value's and the product's room."""
        above = QRectF(self.at.x() - NARROW / 2, self.at.y() - ABOVE, NARROW, ABOVE)
        return above, QRectF(self.at.x() - WIDTH / 2, self.at.y() + self.below, WIDTH, BELOW - 8.0)


def place_labels(drawing: Drawing) -> tuple[Label, ...]:
    """A label for every link, in order."""
    if len(drawing.links) > MOST:
        return tuple(Label(link.at(0.5), _level(drawing, link)) for link in drawing.links)
    taken = [knot.box.adjusted(-2, -16, 2, 2) for knot in drawing.knots]
    taken += [sum_box(drawing, knot) for knot in drawing.knots if len(drawing.out_of.get(knot.index, ())) > 1]
    boxes = np.zeros((len(taken) + 2 * len(drawing.links), 4))
    count = len(taken)
    boxes[:count] = [_edges(box) for box in taken]
    placed: list[Label] = []
    for link in drawing.links:
        label = _best(link, _level(drawing, link), boxes[:count])
        placed.append(label)
        if not link.plain:
            boxes[count : count + 2] = [_edges(box) for box in label.boxes]
            count += 2
    return tuple(placed)


def sum_box(drawing: Drawing, knot: Knot) -> QRectF:
    """Where the gradients of a node that fans out are added: under it, to the left, where no edge leaves."""
    return QRectF(knot.box.right() - SUM_WIDTH, knot.box.bottom() + 4.0, SUM_WIDTH, 34.0)


def _level(drawing: Drawing, link: Link) -> bool:
    """Whether it runs level, and alone under its nodes."""
    source, target = drawing.knots[link.source], drawing.knots[link.target]
    flat = abs(source.centre.y() - target.centre.y()) < 1.0 and len(link.line) == 1
    return flat and Sort.CONSTANT not in (source.sort, target.sort)


def _best(link: Link, deep: bool, taken: NDArray[np.float64]) -> Label:
    """The first place where nothing is hidden, else the one where least is; ``taken`` (n, 4)."""
    best, least = Label(link.at(SHARES[0]), deep), float("inf")
    for share in SHARES:
        label = Label(link.at(share), deep)
        hidden = sum(_overlap(box, taken) for box in label.boxes)
        if hidden < least:
            best, least = label, hidden
        if hidden == 0.0:
            break
    return best


def labels_box(drawing: Drawing, labels: Sequence[Label]) -> QRectF:
    """What holds all numbers of a small drawing, so that none is out of sight."""
    total = QRectF()
    if len(labels) <= MOST:
        for link, label in zip(drawing.links, labels, strict=True):
            if not link.plain:
                total = total.united(label.boxes[0]).united(label.boxes[1])
        for index, links in drawing.out_of.items():
            if len(links) > 1 and drawing.knots[index].sort is not Sort.CONSTANT:
                total = total.united(sum_box(drawing, drawing.knots[index]))
    return total


def _edges(box: QRectF) -> tuple[float, float, float, float]:
    return box.left(), box.top(), box.right(), box.bottom()


def _overlap(box: QRectF, taken: NDArray[np.float64]) -> float:
    """How much of the taken boxes (n, 4) a box covers, in square units."""
    left, top, right, bottom = _edges(box)
    across = np.minimum(taken[:, 2], right) - np.maximum(taken[:, 0], left)
    down = np.minimum(taken[:, 3], bottom) - np.maximum(taken[:, 1], top)
    return float((np.maximum(across, 0.0) * np.maximum(down, 0.0)).sum())
