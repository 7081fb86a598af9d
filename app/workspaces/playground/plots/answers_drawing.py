"""Answers beside the truth, drawn: which classes are taken for which, and how far a regression is off."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from app.kit.drawing.axes import AxisScale, range_of
from app.kit.drawing.columns import Dots, Rectangles
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Line, Mark, Rect, Rectangle, Text, call
from app.kit.export import Table
from app.kit.inks import diverging
from app.kit.numbers import short, within
from engine.training.evaluation import Evaluation

EDGE, FOOT = 74.0, 34.0
LEAST_CELL, LEAST_NAME = 15.0, 12.0
"""Smaller cells show no number, and still smaller ones no name."""
FEW = 5
"""With so few classes a cell shows its number even where it is 0."""
MOST_POINTS, BINS = 1500, 31
GAP = 28.0


@dataclass(frozen=True, slots=True)
class ConfusionCounts:
    """``counts`` (k, k): rows by true and by predicted class."""

    counts: tuple[tuple[int, ...], ...] = ()
    classes: tuple[str, ...] = ()

    @property
    def right(self) -> int:
        """How many rows got their own class."""
        return sum(row[index] for index, row in enumerate(self.counts))

    @property
    def total(self) -> int:
        """All rows."""
        return sum(map(sum, self.counts))


def draw_confusion(data: ConfusionCounts, frame: Frame) -> Drawing:
    """Draw a cell for each pair of classes, coloured by its share of the true class: blue on the diagonal, which was
    right, orange for mistakes. Keys are true and predicted class."""
    count = max(len(data.classes), 1)
    wide, high = max(frame.width - EDGE - 2, 1.0) / count, max(frame.height - FOOT - 4, 1.0) / count
    gap = 1.0 if count <= 20 else 0.0
    marks: list[Mark] = []
    for true, row in enumerate(data.counts):
        total = max(sum(row), 1)
        for predicted, rows in enumerate(row):
            cell = (EDGE + predicted * wide + gap, 4 + true * high + gap, wide - 2 * gap, high - 2 * gap)
            ink = _cell_ink(rows / total, is_right=true == predicted)
            said = call(_cell_tip, data, true, predicted)
            marks.append(Rectangle(cell, ink, "" if rows else "border", corner=3.0, key=(true, predicted), tip=said))
            if min(wide, high) >= LEAST_CELL and (rows or count <= FEW):
                marks.append(Text(str(rows), cell, 11, f"readable {ink}" if rows else "text_muted"))
    score = _tr("{right} of {total} right").format(right=data.right, total=data.total)
    tip = _tr("Each row of cells is a true class, each column what the network took it for")
    return Drawing((*marks, *_names(data.classes, wide, high)), score, tip, numbers=call(_confusion_table, data))


def _cell_ink(share: float, *, is_right: bool) -> str:
    """The root lets single mistakes be seen beside hundreds."""
    if share == 0.0:
        return "surface"
    return diverging(0.25 + 0.75 * share if is_right else -(0.25 + 0.75 * math.sqrt(share)))


def _names(classes: tuple[str, ...], wide: float, high: float) -> list[Mark]:
    marks: list[Mark] = []
    bottom = 4 + high * max(len(classes), 1)
    for index, name in enumerate(classes):
        if high >= LEAST_NAME:
            left = (0.0, 4 + index * high, EDGE - 8, high)
            marks.append(Text(name, left, 11, "text_muted", "right middle", elide=True))
        if wide >= LEAST_NAME:
            below = (EDGE + index * wide - 1, bottom + 2, wide + 2, 14.0)
            marks.append(Text(name, below, 11, "text_muted", elide=True))
    width = wide * max(len(classes), 1)
    marks.append(Text(_tr("predicted"), (EDGE, bottom + 17, width, 15.0), 11, "text_muted"))
    marks.append(Text(_tr("true ↑"), (0, bottom + 2, EDGE - 8, 14.0), 11, "text_muted", "right middle"))
    return marks


def _cell_tip(data: ConfusionCounts, true: int, predicted: int) -> str:
    text = _tr("{count} of {total} rows of “{true}” were taken for “{predicted}”")
    return text.format(
        count=data.counts[true][predicted],
        total=sum(data.counts[true]),
        true=data.classes[true],
        predicted=data.classes[predicted],
    )


def _confusion_table(data: ConfusionCounts) -> Table:
    """One row per true class: its name, then how often it was taken for each class."""
    rows = [(name, *counts) for name, counts in zip(data.classes, data.counts, strict=True)]
    return Table((_tr("true, by predicted"), *data.classes), rows)


def draw_residuals(found: Evaluation | None, frame: Frame) -> Drawing:
    """Draw on the left a point for every row, right on the diagonal, and beside it how true − predicted is spread."""
    tip = _tr("Left: predicted against true values, right where they lie on the line. Beside it: true − predicted.")
    if found is None or not len(found.residuals):
        return Drawing(tip=tip)
    width, height = max((frame.width - GAP) / 2, 1.0), max(frame.height - 20.0, 1.0)
    marks = (
        *_scatter(found.true, found.predicted, (1.0, 1.0, width - 1, height)),
        *_histogram(found.residuals, (width + GAP, 1.0, width - 2, height)),
    )
    return Drawing(marks, tip=tip, numbers=call(_residuals_table, found.true, found.predicted, found.residuals))


def _plate(box: Rect, low: str, caption: str, high: str) -> list[Mark]:
    left, top, width, height = box
    foot = (left, top + height + 2, width, 15.0)
    ends = ((low, "left middle"), (caption, "centre"), (high, "right middle"))
    return [
        Rectangle(box, "raised", "border", corner=6.0),
        *(Text(words, foot, 11, "text_muted", align) for words, align in ends),
    ]


def _scatter(true: NDArray[np.float64], predicted: NDArray[np.float64], box: Rect) -> list[Mark]:
    step = -(-len(true) // MOST_POINTS)
    true, predicted = true[::step], predicted[::step]
    finite = np.isfinite(predicted)
    true, predicted = true[finite], predicted[finite]
    low, high = range_of([*true.tolist(), *predicted.tolist()], air=0.0)
    left, top, width, height = box
    across = AxisScale(low, high, left + 6, left + width - 6)
    up = AxisScale(low, high, top + height - 6, top + 6)
    points = tuple(zip(across.places(true.tolist()), up.places(predicted.tolist()), strict=True))
    return [
        *_plate(box, within(low, low, high), _tr("true → · predicted ↑"), within(high, low, high)),
        Line((across.start, up.start), (across.end, up.end), "text_muted", dashed=True),
        Dots(points, 2.2, "accent 65%"),
    ]


def _histogram(residuals: NDArray[np.float64], box: Rect) -> list[Mark]:
    finite = residuals[np.isfinite(residuals)]
    reach = float(np.abs(finite).max(initial=0.0)) or 1.0
    counts, _ = np.histogram(finite, bins=BINS, range=(-reach, reach))
    left, top, width, height = box
    bar, most, middle = (width - 8) / BINS, max(int(counts.max()), 1), BINS // 2
    heights = [(height - 7) * int(count) / most for count in counts]
    rects = tuple(
        (left + 4 + place * bar + 0.5, top + height - 1 - tall, bar - 1, tall) for place, tall in enumerate(heights)
    )
    inks = ("negative",) * middle + ("text_muted",) + ("positive",) * middle
    return [*_plate(box, short(-reach), _tr("true − predicted"), short(reach)), Rectangles(rects, inks)]


def _residuals_table(
    true: NDArray[np.float64], predicted: NDArray[np.float64], residuals: NDArray[np.float64]
) -> Table:
    """One row per row of the data, in the target's units."""
    header = (_tr("true"), _tr("predicted"), _tr("true − predicted"))
    return Table(header, list(zip(true.tolist(), predicted.tolist(), residuals.tolist(), strict=True)))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Answers", text)
