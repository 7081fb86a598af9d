"""Ranges as sets, in the check list's columns: on one line each where the width can be shared out so, else on more."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.kit.formula.boxes import Box, Maths, Over, lay_out
from app.kit.formula.view import MARGIN
from app.kit.numbers import MINUS, fixed
from app.workspaces.activations.range_origins import tight

SET_PIXELS = 12.5
SQUEEZED = 0.9
"""So much smaller than that a set can still be read."""
_LONG = re.compile(r"\d+\.\d{3,}")


@dataclass(frozen=True, slots=True)
class Want:
    """What a column has to have room for: its ``head``, in pixels, and its ``sets``, as they are written."""

    head: int
    sets: tuple[str, ...]


def shortened(markup: str) -> str:
    """A set with no more digits than can be taken in at a glance, and without what else is said of it."""
    bare = markup.split(r"\ ")[0]  # behind its first space there are but words
    return _LONG.sub(lambda number: fixed(float(number[0])).replace(MINUS, "-"), bare)


def shared(wants: Sequence[Want], room: float) -> tuple[int, ...]:
    """The width of each column, in pixels. As long as all together are wider than the ``room``, be they squeezed, the
    widest has its sets taken apart: a number a line."""
    ways = [[max(want.head, _squeezed(width)) for width in _widths(want.sets)] for want in wants]
    taken = [0] * len(ways)
    while sum(widths[way] for widths, way in zip(ways, taken, strict=True)) > room:
        left = [at for at, way in enumerate(taken) if min(ways[at]) < ways[at][way]]
        if not left:
            break
        at = max(left, key=lambda one: ways[one][taken[one]])
        taken[at] = next(way for way, width in enumerate(ways[at]) if width < ways[at][taken[at]])
    given = [widths[way] for widths, way in zip(ways, taken, strict=True)]
    for at, (want, way) in enumerate(zip(wants, taken, strict=True)):
        spare = max(math.floor(room) - sum(given), 0)
        given[at] += min(spare, max(_widths(want.sets)[way] - given[at], 0))
    return tuple(given)


def set_box(markup: str, widest: int) -> Box:
    """A set on one line; where that is wider than ``widest``, a number a line."""
    rows = next((rows for rows in _rowed(markup) if _squeezed(_widest(rows)) <= widest), _rowed(markup)[-1])
    return _one_over_another(rows)


@lru_cache(maxsize=256)
def _widths(sets: tuple[str, ...]) -> tuple[int, ...]:
    """How wide they are together on few lines, and on many."""
    ways = zip(*(_rowed(markup) for markup in sets), strict=True)
    return tuple(max(_widest(rows) for rows in way) for way in ways)


def _rowed(markup: str) -> tuple[list[str], list[str]]:
    before, comma, after = markup.rpartition(", ")
    return [markup], [before + ",", after] if comma else [markup]


def _widest(rows: Sequence[str]) -> int:
    widest = max(lay_out(Maths(tight(row)), SET_PIXELS).width for row in rows)
    return math.ceil(widest + 2 * MARGIN)


def _squeezed(width: int) -> int:
    return math.ceil(SQUEEZED * width)


def _one_over_another(rows: Sequence[str]) -> Box:
    below = Maths(tight(rows[-1]))
    return below if len(rows) == 1 else Over(_one_over_another(rows[:-1]), below, gap=0.25)
