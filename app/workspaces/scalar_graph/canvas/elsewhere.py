"""Numbers that found no free place beside their edge are moved to one a little further off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from app.workspaces.scalar_graph.canvas.ways import Coordinates, LanePoints, Taken, Way

CROSSED, OVERPRINTED, ASTRAY = 30.0, 3.0, 4.0
"""What is bad about a place: a point of a lane under a number, each square unit of another number or a node, and each
unit that another edge is nearer than its own."""
ON_LANE = 60.0
"""The same of a point of another edge's lane for a number that is moved: it stands on the other side of its edge, or
further off, rather than there, where it would be taken for that one's."""
SHARES = (0.5, 0.35, 0.65, 0.22, 0.78, 0.12, 0.88)
"""Where along an edge they are looked for."""
ACROSS, DOWN = np.linspace(-96.0, 96.0, 9), np.linspace(-66.0, 66.0, 12)
"""So far from there, to the sides and up or down, is the middle of a place."""
FAR, RANKED, OTHER_SIDE = 2.5, 3.0, 50.0
"""How bad it is, for each unit, that a place does not touch its edge; to be further from its middle; and to be over it
for what stands under edges, or under it for what stands over them."""
AIR, LANES = 6.0, 5.0
"""Kept free at both sides of a number, and towards lanes, which run to both sides of an edge's middle."""
OVERLAP, CROSSINGS = 4.0, 1.0
"""So many square units and points of lanes are let pass."""
BATCH = 48
MOST_MOVED = 60
"""Of more that are to be moved, the rest stays: such a drawing is only seen part by part."""


@dataclass(frozen=True, slots=True)
class Number:
    """One of the boxes that are taken, by its ``row``: a number that stands along a ``way``, over or ``under`` it."""

    row: int
    way: Way
    under: bool


def move_apart(numbers: Sequence[Number], taken: Taken, points: LanePoints) -> None:
    """Give each number that lies on another, on a node or on lanes the best place about its edge."""
    if not numbers:
        return
    rows = np.array([one.row for one in numbers])
    boxes = taken.rows[rows]
    worse = OVERPRINTED * _hidden(boxes, taken) + CROSSED * np.maximum(points.inside(boxes) - CROSSINGS, 0)
    worse += [
        ASTRAY * points.astray(box[None], one.way, under=one.under)[0] for one, box in zip(numbers, boxes, strict=True)
    ]
    order = np.argsort(-worse, kind="stable")
    for place in order[: min(MOST_MOVED, int((worse > 0.0).sum()))]:
        _move(numbers[int(place)], taken, points)


def widen(numbers: Iterable[Number], taken: Taken, points: LanePoints, by: Sequence[float]) -> None:
    """Make boxes wider by the first of these that leaves what they cover, lanes under them, and the edge that they
    belong to, as they are: to both sides, or to one."""
    sides = [(share * more, more - share * more) for more in (*by, 0.0) for share in (0.5, 0.0, 1.0)]
    grown = np.array([[-left, 0.0, right, 0.0] for left, right in sides])
    for number in numbers:
        boxes = taken.rows[number.row] + grown
        taken.rows[number.row] = 0.0
        bad = taken.covered(boxes), points.inside(boxes), points.astray(boxes, number.way, under=number.under)
        taken.rows[number.row] = boxes[int(np.argmax(np.all([part <= part[-1] for part in bad], axis=0)))]


def lost(numbers: Sequence[Number], taken: Taken, points: LanePoints) -> list[Number]:
    """Those that lie on another, on a node, or where they are taken for another edge's."""
    if not numbers:
        return []
    boxes = taken.rows[[one.row for one in numbers]]
    hidden = _hidden(boxes, taken) > 0.0
    return [
        one
        for one, box, covers in zip(numbers, boxes, hidden, strict=True)
        if covers or points.lost(box, one.way, under=one.under)
    ]


def _hidden(boxes: Coordinates, taken: Taken) -> Coordinates:
    """How much each of the boxes that are taken covers of others, beyond what is let pass."""
    hidden: Coordinates = np.maximum(taken.covered(boxes) - _areas(boxes) - OVERLAP, 0.0)  # each covers itself
    return hidden


def _move(number: Number, taken: Taken, points: LanePoints) -> None:
    before = taken.rows[number.row].copy()
    width, height = before[2] - before[0], before[3] - before[1]
    taken.rows[number.row] = 0.0  # it is not in its own way
    about, alone = _offsets(round(width), round(height), under=number.under)
    on = np.tile(number.way.at(np.array(SHARES)), 2)
    found = np.concatenate([(on[:, None] + about).reshape(-1, 4), before[None]])
    costs = np.append(alone, 0.0) + OVERPRINTED * taken.covered(found + np.array([-AIR, 0.0, AIR, 0.0]))
    taken.rows[number.row] = found[_least_crossed(found, costs, points, number)]


def _least_crossed(boxes: Coordinates, costs: Coordinates, points: LanePoints, number: Number) -> int:
    """Which of the boxes (n, 4) is best with what lanes under it and near it cost, that of its own way less than
    others. They are asked for in batches, the best first: no lane makes one better."""
    own = LanePoints([number.way])
    order = np.argsort(costs, kind="stable")
    best, least = int(order[0]), np.inf
    for start in range(0, len(order), BATCH):
        batch = order[start : start + BATCH]
        if costs[batch[0]] >= least:
            break
        wide = boxes[batch] + np.array([-LANES, 3.0 - LANES, LANES, LANES - 3.0])
        whole = costs[batch] + ON_LANE * points.inside(wide) - (ON_LANE - CROSSED) * own.inside(wide)
        whole += ASTRAY * points.astray(boxes[batch], number.way, under=number.under)
        at = int(np.argmin(whole))
        if whole[at] < least:
            best, least = int(batch[at]), float(whole[at])
    return best


@lru_cache(maxsize=16)
def _offsets(width: float, height: float, *, under: bool) -> tuple[Coordinates, Coordinates]:
    """Where boxes of a size lie about a point (n, 4), and what is bad about each, at each share of an edge in turn
    (shares · n,)."""
    across, down = (part.ravel() for part in np.meshgrid(ACROSS, DOWN, indexing="ij"))
    off = np.hypot(np.maximum(np.abs(across) - width / 2, 0.0), np.maximum(np.abs(down) - height / 2, 0.0))
    costs = FAR * off + OTHER_SIDE * ((down < 0.0) if under else (down > 0.0))
    boxes = np.stack([across - width / 2, down - height / 2, across + width / 2, down + height / 2], axis=1)
    ranked = RANKED * np.arange(len(SHARES), dtype=np.float64)[:, None]
    whole: Coordinates = (ranked + costs).reshape(-1).astype(np.float64)
    return boxes, whole


def _areas(boxes: Coordinates) -> Coordinates:
    found: Coordinates = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    return found
