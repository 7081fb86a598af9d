"""The page of the dock that holds answers against the truth: confusion and mistakes, or residuals."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QSize, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.kit.copying import CopyButton
from app.kit.drawing.axes import AxisScale, range_of
from app.kit.drawing.columns import Dots, Rectangles
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Line, Mark, Rect, Rectangle, Text, call
from app.kit.drawing.view import DrawingView
from app.kit.export import ExportTable
from app.kit.inks import diverging
from app.kit.numbers import grouped, short, within
from app.kit.translation import worded_classes
from app.kit.widgets.image_grid import ImageGrid, ImageItem
from app.kit.widgets.labels import ElidedLabel, Label
from app.kit.widgets.segments import Segments
from app.network.document import Document
from app.network.evaluator import Evaluator
from app.network.watched import Legible
from engine.training.evaluation import Evaluation

SIDE = 42
MOST_MISTAKES = 200


class AnswersPage(QWidget):
    """Confusion and mistakes, or the residuals of a regression. ``picked(row)``: look at this mistake. Everything is of
    the snapshot whose numbers are written out: what is of another network is taken away."""

    picked = Signal(int)

    def __init__(self, document: Document, legible: Legible, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._legible = document, legible
        self._evaluation: Evaluation | None = None
        self._evaluator = Evaluator(self)
        self._evaluator.evaluated.connect(self._take)
        self._build_matrix()
        self._build_mistakes()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(22)
        row.addLayout(self._left, 5)
        row.addWidget(self.side, 4)
        legible.changed.connect(self._follow)
        document.dataset_loaded.connect(self.forget)
        self.forget()

    def _build_matrix(self) -> None:
        self.title, self.summary = Label(), ElidedLabel("", "muted")
        self.title.setProperty("role", "title")
        self.rows_shown = Segments(
            [
                ("test", self.tr("Test"), self.tr("Rows that the network wasn't trained on")),
                ("train", self.tr("Training"), self.tr("Rows that the network was trained on")),
            ]
        )
        self.rows_shown.chosen.connect(self._choose_rows)
        hint, least = QSize(320, 200), QSize(120, 80)
        name = self.tr("Confusion matrix")
        self.matrix = DrawingView(draw_confusion, ConfusionCounts(), hint=hint, least=least, name=name)
        self.residuals = DrawingView(draw_residuals, None, hint=hint, least=least, name=self.tr("Residuals"))
        self.copier = CopyButton()
        self.copier.failed.connect(self._document.problem_found)
        for view in (self.matrix, self.residuals):
            self.copier.serve(view)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.summary, 1)
        head.addWidget(self.rows_shown)
        head.addWidget(self.copier)
        self._left = QVBoxLayout()
        self._left.setSpacing(4)
        self._left.addLayout(head)
        self._left.addWidget(self.matrix, 1)
        self._left.addWidget(self.residuals, 1)

    def _build_mistakes(self) -> None:
        self.side = QWidget()
        self.mistakes_title = Label()
        self.mistakes_title.setProperty("role", "title")
        hint = ElidedLabel(self.tr("click to look"), "muted")
        self.mistakes = ImageGrid(SIDE)
        self.mistakes.setAccessibleName(self.tr("Mistakes"))
        self.mistakes.picked.connect(self.picked)
        self.rest = ElidedLabel("", "muted")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.mistakes_title)
        head.addWidget(hint, 1)
        column = QVBoxLayout(self.side)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(7)
        column.addLayout(head)
        column.addWidget(self.mistakes, 1)
        column.addWidget(self.rest)

    # Following ----------------------------------------------------------------------------------------------------

    @property
    def evaluation(self) -> Evaluation | None:
        """What is shown."""
        return self._evaluation

    @Slot()
    def forget(self) -> None:
        """Nothing is known of the network on these data."""
        dataset = self._document.dataset
        images = dataset.image is not None
        self._evaluation = None
        self._evaluator.forget()
        is_regression = not dataset.classes
        none = tuple((0,) * len(dataset.classes) for _ in dataset.classes)
        self.matrix.set_data(ConfusionCounts(none, worded_classes(dataset.classes)))
        self.residuals.set_data(None)
        self.matrix.setVisible(not is_regression)
        self.residuals.setVisible(is_regression)
        view, name = (self.residuals, "residuals") if is_regression else (self.matrix, "confusion")
        self.copier.offer(view, view.grab, title=view.accessibleName(), name=name)
        self.side.setVisible(images)
        self._write_titles()
        self.mistakes.set_items(())
        self._ask()

    @Slot(str)
    def _choose_rows(self, _key: str) -> None:
        self.forget()

    @Slot()
    def _follow(self) -> None:
        if self._legible.snapshot is None:
            self.forget()
        else:
            self._ask()

    def _ask(self) -> None:
        snapshot, dataset = self._legible.snapshot, self._document.dataset
        if snapshot is not None and self.isVisible():
            self._evaluator.request(snapshot, dataset, test=self.rows_shown.key == "test")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    @Slot(object)
    def _take(self, evaluation: Evaluation) -> None:
        dataset = self._document.dataset
        if evaluation.rows is not (dataset.test if self.rows_shown.key == "test" else dataset.train):
            return  # of the data or the rows before
        self._evaluation = evaluation
        if dataset.classes:
            counts = tuple(map(tuple, evaluation.confusion.tolist()))
            self.matrix.set_data(ConfusionCounts(counts, worded_classes(dataset.classes)))
        else:
            self.residuals.set_data(evaluation)
        self._write_titles()
        if dataset.image is not None:
            self._show_mistakes(evaluation)

    def _write_titles(self) -> None:
        dataset, evaluation = self._document.dataset, self._evaluation
        test, images = self.rows_shown.key == "test", dataset.image is not None
        names = {
            (True, True): self.tr("Test images"),
            (False, True): self.tr("Training images"),
            (True, False): self.tr("Test rows"),
            (False, False): self.tr("Training rows"),
        }
        self.title.setText(names[test, images])
        if evaluation is None:
            self.summary.set_full_text(self.tr("not yet"))
            self.mistakes_title.setText(self.tr("Mistakes"))
            self.rest.set_full_text("")
            return
        if not dataset.classes:
            self.summary.set_full_text("")
            return
        right, total = int(np.trace(evaluation.confusion)), int(evaluation.confusion.sum())
        text = self.tr("{right} of {total} right").format(right=grouped(right), total=grouped(total))
        self.summary.set_full_text(text)
        wrong = total - right
        one, several = self.tr("The one mistake"), self.tr("The {count} mistakes").format(count=grouped(wrong))
        self.mistakes_title.setText(self.tr("No mistakes") if not wrong else one if wrong == 1 else several)

    def _show_mistakes(self, evaluation: Evaluation) -> None:
        dataset, found = self._document.dataset, evaluation.mistakes
        shown = found[:MOST_MISTAKES]
        words = self.tr("Image {row}: a {true}, predicted as {predicted}")
        items = []
        for at, pixels in zip(shown, dataset.pictures(evaluation.rows[shown]), strict=True):
            true, predicted = (dataset.classes[int(values[at])] for values in (evaluation.true, evaluation.predicted))
            row = int(evaluation.rows[at])
            items.append(
                ImageItem(row, pixels, f"{true} → ", predicted, words.format(row=row, true=true, predicted=predicted))
            )
        self.mistakes.set_items(items)
        more = len(found) - self.mistakes.shown
        self.rest.set_full_text(self.tr("and {count} more").format(count=grouped(more)) if more > 0 else "")


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
    """Draw a cell for each pair of classes, coloured by its share of the true class: positive on the diagonal,
    which was right, negative for mistakes. Keys are true and predicted class."""
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
    tip = _tr("Rows are true classes, columns are predicted classes")
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
    text = _tr("{count} of {total} rows of “{true}” were predicted as “{predicted}”")
    return text.format(
        count=data.counts[true][predicted],
        total=sum(data.counts[true]),
        true=data.classes[true],
        predicted=data.classes[predicted],
    )


def _confusion_table(data: ConfusionCounts) -> ExportTable:
    """One row per true class: its name, then how often it was taken for each class."""
    rows = [(name, *counts) for name, counts in zip(data.classes, data.counts, strict=True)]
    return ExportTable((_tr("true, by predicted"), *data.classes), rows)


def draw_residuals(found: Evaluation | None, frame: Frame) -> Drawing:
    """Draw on the left a point for every row, right on the diagonal, and beside it how true − predicted is spread."""
    tip = _tr("Left: predicted against true values; on the line they are right. Right: true − predicted.")
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
) -> ExportTable:
    """One row per row of the data, in the target's units."""
    header = (_tr("true"), _tr("predicted"), _tr("true − predicted"))
    return ExportTable(header, list(zip(true.tolist(), predicted.tolist(), residuals.tolist(), strict=True)))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Answers", text)
