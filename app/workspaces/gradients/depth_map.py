"""The map of depth × scale: where the signal arrives, where it vanishes and where it explodes; a cell is a click."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication, Qt

from app.kit.drawing.columns import Rectangles
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Group, Line, Mark, Point, Polyline, Rect, Rectangle, Text, call
from app.kit.export import ExportTable
from app.kit.inks import diverging
from app.kit.numbers import decade, fixed, power_of_ten, significant
from app.kit.verdict_words import trouble_word
from app.workspaces.gradients.words import LARGEST, ratio_text
from engine.gradients.scan import STEPS, Map, MapKind
from engine.training.verdicts import Trouble

LEFT, RIGHT, TOP, BOTTOM = 44.0, 132.0, 18.0, 34.0
"""Pixels round the cells: depths, the key, the name of the depths, and scales."""
KEY_TOP, STEP, LEAST_STEP, TOLD = 6.0, 15, 11, 34
"""Pixels above the key, of a row of it at most and at least, and of what is told of a cell beneath."""
FULL = 10.0
"""So many decades from 1 have the full colour."""
OVERLAP = 0.6
"""Pixels by which a cell reaches into the next, so that no ground is seen between them."""
GUESS = math.log(2.0)
"""The cross-entropy of an answer of one half."""

CellKey = tuple[int, float]
"""A cell by its depth and its scale."""


@dataclass(frozen=True, slots=True)
class MapData:
    """A map as far as it is known, and the depth and scale of the network; ``hidden`` until they are guessed."""

    known: Map | None = None
    here: tuple[int, float] = (1, 1.0)
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class MapGrid:
    """Where the cells of a map stand in a drawing; the deepest row is on top."""

    depths: tuple[int, ...]
    scales: tuple[float, ...]
    width: float
    height: float

    @property
    def plot(self) -> Rect:
        """Return the area of all cells."""
        return LEFT, TOP, max(self.width - LEFT - RIGHT, 20.0), max(self.height - TOP - BOTTOM, 20.0)

    def cell(self, row: int, column: int) -> Rect:
        """Return where a cell is."""
        left, top, width, height = self.plot
        wide, high = width / len(self.scales), height / len(self.depths)
        return left + column * wide, top + height - (row + 1) * high, wide, high

    def place(self, depth: float, scale: float) -> Point:
        """Return where a depth and a scale are, between the cells too."""
        row = float(np.interp(depth, self.depths, np.arange(len(self.depths))))
        scales = np.log10(self.scales)
        column = float(np.interp(math.log10(max(scale, 1e-9)), scales, np.arange(len(scales))))
        left, top, wide, high = self.cell(0, 0)
        return left + (column + 0.5) * wide, top + (0.5 - row) * high

    def nearest(self, depth: int, scale: float) -> CellKey:
        """Return the cell that is nearest to a depth and a scale."""
        off = np.abs(np.log(self.scales) - math.log(max(scale, self.scales[0])))
        return self.depths[int(np.abs(np.array(self.depths) - depth).argmin())], self.scales[int(off.argmin())]


# Drawing --------------------------------------------------------------------------------------------------------------


def draw_map(data: MapData, frame: Frame) -> Drawing:
    """Draw the cells, theory's edge, the network's place and the key. Keys are depth and scale of a cell."""
    known = data.known
    if known is None:
        words = _tr("?\nhidden while you predict: it answers the next question") if data.hidden else _tr("measuring …")
        return Drawing((Text(words, (0, 0, frame.width, frame.height), 12, "text_muted"),), description=words)
    grid = MapGrid(known.depths, known.scales, frame.width, frame.height)
    x, y = grid.place(*data.here)
    marks: list[Mark] = [
        Group(call(_still, known, grid), cached=True),
        Disc(x, y, 6, stroke="surface", width=4.0),
        Disc(x, y, 6, stroke="text", width=2.0),
    ]
    depth, scale = frame.pointed if isinstance(frame.pointed, tuple) else (0, 0.0)
    if depth in known.depths and scale in known.scales:
        row, column = known.depths.index(depth), known.scales.index(scale)
        marks.append(Rectangle(grid.cell(row, column), "", "text", 1.5))
        left, top = grid.width - RIGHT + 12, KEY_TOP + 6 + len(_key(known)) * _key_step(known, grid)
        room = (left, top, RIGHT - 14, max(grid.height - top, 0.0))
        marks.append(Text(cell_words(known, row, column), room, 10, align="left top", wrap=True))
    return Drawing(tuple(marks), current=grid.nearest(*data.here), numbers=call(_table, known))


def _still(known: Map, grid: MapGrid) -> Iterator[Mark]:
    """Draw what only the map itself changes."""
    keys = tuple((depth, scale) for depth in known.depths for scale in known.scales)
    boxes = [grid.cell(row, column) for row in range(len(grid.depths)) for column in range(len(grid.scales))]
    boxes = [(x, y, width + OVERLAP, height + OVERLAP) for x, y, width, height in boxes]
    hand = Qt.CursorShape.PointingHandCursor
    yield from _signs(known, boxes, known.values.ravel().tolist(), keys=keys, tips=call(_tip, known), cursor=hand)
    if known.beside is not None:
        yield _dots([box for box, beside in zip(boxes, _beside(known).ravel().tolist(), strict=True) if beside])
    yield from _axes(grid)
    points = tuple(
        grid.place(depth, float(scale))
        for depth, scale in zip(known.depths, known.edge, strict=True)
        if math.isfinite(scale)
    )
    if points:
        yield Polyline(points=points, stroke="surface", width=3.4)
        yield Polyline(points=points, stroke="text", width=1.6, dashed=True)
    yield from _key_marks(known, grid)
    if not known.complete:
        left, _, width, _ = grid.plot
        yield Rectangle((left, 1, width, 3), "track", crisp=True)
        yield Rectangle((left, 1, known.done * width, 3), "accent", crisp=True)


def _signs(known: Map, boxes: Sequence[Rect], values: Sequence[float], **keyed: Any) -> Iterator[Mark]:
    """Draw what stands for values. A cell that is not known yet is an empty place: a colour of the key would say
    something already."""
    pairs = list(zip(boxes, values, strict=True))
    fills = tuple("border" if value != value else _ink(known, value) for value in values)
    yield Rectangles(tuple(boxes), fills, drag=bool(keyed), **keyed)
    empty = tuple((x + 1, y + 1, width - 1, height - 1) for (x, y, width, height), value in pairs if value != value)
    yield Rectangles(empty, ("surface",) * len(empty))
    infinite = tuple(box for box, value in pairs if math.isinf(value))
    yield Rectangles(infinite, ("text_muted",) * len(infinite), pattern=Qt.BrushStyle.BDiagPattern)


def _dots(boxes: Sequence[Rect]) -> Mark:
    """Draw the sign of cells whose figure is of the layers beside a saturated one."""
    return Rectangles(tuple(boxes), ("text_muted",) * len(boxes), pattern=Qt.BrushStyle.Dense6Pattern)


def _ink(known: Map, value: float) -> str:
    """Return the ink of the signal on both sides of 1; of the loss the stronger, the further it is below a guess's."""
    if known.kind == "loss":
        share = math.sqrt(min(max(1.0 - value / GUESS, 0.0), 1.0))  # a little is seen already
        return f"sequential {round(100 * share)}%"
    return diverging(max(-1.0, min(1.0, value / FULL)))


def _axes(grid: MapGrid) -> Iterator[Mark]:
    for row, depth in enumerate(grid.depths):
        if depth % 10 == 0 or row == 0:
            _, y, _, height = grid.cell(row, 0)
            yield Text(str(depth), (0, y + height / 2 - 8, LEFT - 6, 16), 10, "text_muted", "right middle")
    left, top, width, height = grid.plot
    for column, scale in enumerate(grid.scales):
        if abs(math.log10(scale) - round(math.log10(scale))) < 1e-6:
            x, _, wide, _ = grid.cell(0, column)
            yield Text(significant(scale), (x + wide / 2 - 30, top + height + 3, 60, 12), 10, "text_muted")
    yield Text(_tr("scale"), (left, top + height + 16, width, 14), 10, "text_muted")
    yield Text(_tr("depth"), (0, top - 15, LEFT - 6, 12), 10, "text_muted", "right middle")


def _key_marks(known: Map, grid: MapGrid) -> Iterator[Mark]:
    """Draw the key, to the right of the cells."""
    x, step = grid.width - RIGHT + 12, _key_step(known, grid)
    for place, (sign, text) in enumerate(_key(known)):
        y = KEY_TOP + place * step
        box = (x, y, 12.0, step - 1.0)
        if sign == EDGE:
            yield Line((x, y + step / 2), (x + 14, y + step / 2), "text", 1.6, dashed=True, cap="flat")
        elif sign == BESIDE:
            yield _dots([box])
        else:
            yield from _signs(known, [box], [float(sign)])
        yield Text(text, (x + 18, y, RIGHT, step - 1.0), 10, "text_muted", "left middle")


def _key_step(known: Map, grid: MapGrid) -> float:
    return step_of(len(_key(known)), grid.height - KEY_TOP)


def step_of(rows: int, room: float) -> float:
    """Return the pixels from one row of the key to the next, so that beneath them a cell can be told of."""
    return min(max((room - TOLD) / rows, LEAST_STEP), STEP)


# Words ----------------------------------------------------------------------------------------------------------------

BESIDE, EDGE = "beside", "edge"
"""Signs of the key that stand for no value."""


def _key(known: Map) -> list[tuple[float | str, str]]:
    """Return what is on the map, as signs and what they stand for: five values, and what else there is."""
    rows: list[tuple[float | str, str]] = list(_values(known))
    if np.isnan(known.values).any():
        rows.append((math.nan, _tr("not yet")))
    rows += [(end, words) for end, words in _end_words(known).items() if (known.values == end).any()]
    if _beside(known).any():
        rows.append((BESIDE, _tr("beside a saturated one")))
    if np.isfinite(known.edge).any():
        rows.append((EDGE, _tr("predicted edge")))
    return rows


def _values(known: Map) -> Iterator[tuple[float, str]]:
    """Return five values and what stands beside their colours."""
    if known.kind == "loss":
        ends = {0: _tr("loss 0"), 4: _tr("a mere guess")}
        for quarter in range(5):
            value = GUESS * quarter / 4
            yield value, ends.get(quarter, significant(value, 2))
        return
    words = {10: trouble_word(Trouble.EXPLODING), 0: _tr("arrives"), -10: trouble_word(Trouble.VANISHING)}
    for exponent in (10, 5, 0, -5, -10):
        yield float(exponent), f"{decade(exponent)} {words.get(exponent, '')}".strip()


def _end_words(known: Map) -> dict[float, str]:
    """Return what stands for a figure that is no number, by the infinity that stands for it in a map."""
    if known.kind == "loss":
        return {math.inf: _tr("broke down")}
    return {-math.inf: _tr("no signal at all"), math.inf: _tr("beyond any float")}


def _beside(known: Map) -> Any:
    """Return which cells have the figure of the layers beside a saturated one, (depths, scales)."""
    return np.zeros(known.values.shape, bool) if known.beside is None else known.beside & ~np.isnan(known.values)


def title_words(kind: MapKind) -> str:
    """Return what the map is of, with the moment."""
    if kind == "loss":
        return _tr("Loss after {steps} steps").format(steps=STEPS)
    return _tr("Ratio at the start")


def progress_words(known: Map | None, *, under_way: bool) -> list[str]:
    """Return how far a map has come, the fullest first; nothing where all of it is known."""
    if known is None or known.complete:
        return [""]
    numbers = {"known": known.known, "all": known.values.size}
    full = _tr("{known} of {all} cells") if under_way else _tr("stopped at {known} of {all} cells")
    return [full.format(**numbers), _tr("{known} of {all}").format(**numbers), ""]


def cell_words(known: Map, row: int, column: int) -> str:
    """Return a cell in words."""
    words = _tr("depth {depth}, scale {scale}: {found}").format(
        depth=known.depths[row],
        scale=significant(known.scales[column]),
        found=_value_words(known, float(known.values[row, column])),
    )
    beside = _tr("{told}, of the layers beside one that is saturated")
    return beside.format(told=words) if _beside(known)[row, column] else words


def _tip(known: Map, index: int) -> str:
    return cell_words(known, *divmod(index, len(known.scales)))


def _value_words(known: Map, value: float) -> str:
    if value != value:
        return _tr("not yet")
    if value in (ends := _end_words(known)):
        return ends[value]
    if known.kind == "signal":
        return _ratio_of(value)
    return _tr("loss {loss} after {steps} steps").format(loss=ratio_text(value), steps=known.steps)


def _ratio_of(logarithm: float) -> str:
    """Return a ratio by its power of ten, be it beyond those of a float."""
    if abs(logarithm) < LARGEST - 1.0:
        return ratio_text(10.0**logarithm)
    whole = math.floor(logarithm)
    return f"{fixed(10.0 ** (logarithm - whole), 1)}·{power_of_ten(whole)}"


def _table(known: Map) -> ExportTable:
    """Return a row for every depth and a column for every scale: the figures that the cells show."""
    rows = [[depth, *map(float, line)] for depth, line in zip(known.depths, known.values, strict=True)]
    return ExportTable(("depth", *map(repr, known.scales)), rows)


def _tr(text: str) -> str:
    return QCoreApplication.translate("MapView", text)
