"""The card of a unit that weighs an image: what it looks for, what it says of the image shown, what excites it most."""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from html import escape

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.builder.canvas.geometry import image_into, pixels_of
from app.builder.canvas.words import layer_name
from app.kit import theme
from app.kit.background import Background, Job
from app.kit.colourmap import diverging_image
from app.kit.drawing.columns import Cells, Lines
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Mark, Rectangle, call
from app.kit.drawing.view import DrawingView
from app.kit.numbers import MINUS, fixed, significant
from app.kit.widgets.image_grid import ImageGrid, ImageItem
from app.kit.widgets.labels import ElidedLabel, Label
from app.network.document import Document
from app.network.trainer import Trainer
from engine.data import Dataset
from engine.problems import EngineError
from engine.training.lines.expression import Source
from engine.training.lines.origin import value_of
from engine.training.lines.reading import Reading
from engine.training.snapshot import Snapshot
from engine.training.trace import PassTrace

SIDE = 112.0
"""Pixels of the image of weights."""
MOST_EXCITING = 7
SMALL = 36
PAUSE_MS = 300


@dataclass(frozen=True, slots=True, eq=False)
class Exciting:
    """The training rows that excite a unit most, and of whom that was asked."""

    block_id: str
    unit: int
    dataset: Dataset
    rows: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class WeightImage:
    """A unit's weights (height, width), and which pixels carry ink in any training image. ``explained``: a click on a
    weight says where it comes from."""

    weights: NDArray[np.float64]
    inked: NDArray[np.bool_]
    explained: bool = False


def draw_weights(image: WeightImage, _frame: Frame) -> Drawing:
    """Draw where ink excites and where it inhibits, on the unit's own scale. Pixels that never carry ink
    have weights that say nothing: they are crossed out. The keys are ("w", line, column)."""
    high, wide = image.weights.shape
    across, down = SIDE / wide, SIDE / high
    never = [(column * across, line * down) for line, column in np.argwhere(~image.inked).tolist()]
    crosses = tuple((x + 3, y + 3, x + across - 3, y + down - 3) for x, y in never)
    cursor = Qt.CursorShape.PointingHandCursor if image.explained else None
    marks: tuple[Mark, ...] = (
        Cells(
            (0, 0, SIDE, SIDE), call(_weight_colours, image), key="w", rows=high, columns=wide,
            tips=call(_weight_tip, image), cursor=cursor,
        ),
        Lines(crosses, "text_muted", 0.8),
        Rectangle((0.5, 0.5, SIDE - 1, SIDE - 1), "", "border"),
    )  # fmt: skip
    return Drawing(marks, height=SIDE)


def _weight_colours(image: WeightImage) -> QImage:
    shown = np.where(image.inked, image.weights, 0.0)
    return diverging_image(shown / (float(np.abs(np.nan_to_num(shown)).max(initial=0.0)) or 1.0))


def _weight_tip(image: WeightImage, line: int, column: int) -> str:
    text = _tr("Line {line}, column {column}: w = {weight}")
    if not image.inked[line, column]:
        text = _tr("Line {line}, column {column}: no training image has ink here, so its weight never learns")
    weight = significant(float(image.weights[line, column]))
    return text.format(line=line + 1, column=column + 1, weight=weight)


def _tr(text: str) -> str:
    return QCoreApplication.translate("WeightImage", text)


class UnitCard(QWidget):
    """Shows itself while a unit is open whose block weighs an image directly. ``picked(row)``: look at this image.
    ``number_picked``: the :class:`Source` of a number of the pass of which one wants to know where it comes from."""

    picked = Signal(int)
    number_picked = Signal(object)

    def __init__(self, document: Document, trainer: Trainer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._trainer = document, trainer
        self._unit: tuple[str, int] | None = None
        self._values: tuple[float, ...] | None = None
        self._trace: PassTrace | None = None
        self._inked: tuple[Dataset, NDArray[np.bool_]] | None = None
        self._background = Background("unit", latest_only=False, pause_ms=PAUSE_MS, parent=self)
        self._background.done.connect(self._take_exciting)
        self._build()
        trainer.legible.changed.connect(self._follow)
        document.graph_changed.connect(self._choose)
        document.dataset_loaded.connect(self._choose)
        theme.follow(self._colour)
        self.hide()

    def _build(self) -> None:
        self.title = ElidedLabel("", "title")
        self._image = WeightImage(np.zeros((1, 1)), np.ones((1, 1), dtype=bool))
        side, name = QSize(round(SIDE), round(SIDE)), self.tr("Weights as an image")
        self.weights = DrawingView(draw_weights, self._image, hint=side, least=side, name=name)
        self.weights.setFixedWidth(side.width())
        self.weights.chosen.connect(self._pick_weight)
        self.meaning = Label()
        self.meaning.setTextFormat(Qt.TextFormat.RichText)
        self.meaning.setWordWrap(True)
        self.lines: list[tuple[ElidedLabel, QLabel]] = []
        table = QGridLayout()
        table.setVerticalSpacing(2)
        table.setColumnStretch(0, 1)
        for row in range(3):
            what, value = ElidedLabel("", "muted"), Label()
            value.setTextFormat(Qt.TextFormat.RichText)
            value.linkActivated.connect(self._pick_answer)
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            table.addWidget(what, row, 0)
            table.addWidget(value, row, 1)
            self.lines.append((what, value))
        beside = QVBoxLayout()
        beside.addWidget(self.meaning)
        beside.addStretch(1)
        beside.addLayout(table)
        upper = QHBoxLayout()
        upper.setSpacing(12)
        upper.addWidget(self.weights, 0, Qt.AlignmentFlag.AlignTop)
        upper.addLayout(beside, 1)
        self.caption = ElidedLabel("", "muted")
        self.exciting = ImageGrid(SMALL, lines=1)
        self.exciting.setAccessibleName(self.tr("Training images that excite the unit most"))
        self.exciting.picked.connect(self.picked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        column.addWidget(self.title)
        column.addLayout(upper)
        column.addWidget(self.caption)
        column.addWidget(self.exciting)

    def _colour(self) -> None:
        colours = theme.current()
        inks = {"positive": colours.positive, "negative": colours.negative}
        names = {key: f"<b style='color:{ink}'>{escape(theme.colour_names()[key])}</b>" for key, ink in inks.items()}
        text = self.tr("Ink on {positive} pixels excites it, ink on {negative} ones inhibits it.")
        self.meaning.setText(text.format(**names))
        self._show_numbers()

    # What is shown ------------------------------------------------------------------------------------------------

    @Slot(str, object)
    def set_neuron(self, block_id: str, unit: int | None) -> None:
        """Follow the canvas' open neuron."""
        self._unit = None if unit is None else (block_id, unit)
        self._choose()

    @Slot(tuple)
    def set_selection(self, blocks: tuple[str, ...]) -> None:
        """A block that is let go of takes its open neuron along."""
        if self._unit is not None and self._unit[0] not in blocks:
            self._unit = None
            self._choose()

    @Slot(object)
    def look_at(self, values: tuple[float, ...] | None) -> None:
        """Another image is shown, a row of the data's columns."""
        self._values = values
        self._show_numbers()

    def follow_pass(self, trace: PassTrace | None) -> None:
        """Another pass is shown, as far as it is known: what the unit answers in it leads to where that comes from."""
        if trace is not self._trace:
            self._trace = trace
            self._show_image(explained=trace is not None)
            self._show_numbers()

    @Slot()
    def _choose(self) -> None:
        """Show or hide, for the unit that is open now."""
        self.exciting.set_items(())
        self.caption.set_full_text("")
        self.setVisible(self._matrix() is not None)
        if self._unit is not None and self.isVisible():
            name = layer_name(self._document.graph, self._unit[0])
            self.title.set_full_text(self.tr("Unit {number} of {layer}").format(number=self._unit[1] + 1, layer=name))
        self._follow()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow()

    @property
    def _snapshot(self) -> Snapshot | None:
        return self._trainer.legible.snapshot

    def _matrix(self) -> NDArray[np.float64] | None:
        """The unit's weights as an image (height, width); None where it weighs none."""
        snapshot, dataset, graph = self._snapshot, self._document.dataset, self._document.graph
        if self._unit is None or snapshot is None or self._unit[0] not in graph:
            return None
        block_id, unit = self._unit
        pixels, weights = image_into(graph, block_id, pixels_of(dataset)), snapshot.weights.get((block_id, "W"))
        if pixels is None or weights is None or unit >= len(weights) or weights.shape[1] != len(pixels.names):
            return None
        return np.asarray(weights[unit].reshape(pixels.height, pixels.width))

    @Slot()
    def _follow(self) -> None:
        snapshot, matrix = self._snapshot, self._matrix()
        if (matrix is not None) is self.isHidden():
            self._choose()  # there is a network again, or no longer
            return
        if not self.isVisible() or matrix is None or snapshot is None or self._unit is None:
            return
        self._show_image(weights=matrix, inked=self._ink())
        self._show_numbers()
        self._background.request(partial(_most_exciting, snapshot, self._document.dataset, *self._unit))

    def _show_image(self, **changes: object) -> None:
        self._image = replace(self._image, **changes)  # type: ignore[arg-type]
        self.weights.set_data(self._image)

    def _ink(self) -> NDArray[np.bool_]:
        dataset = self._document.dataset
        if self._inked is None or self._inked[0] is not dataset:
            self._inked = dataset, dataset.inked()
        return self._inked[1]

    def _show_numbers(self) -> None:
        """What the unit answers to the image shown, and what that adds to the two likeliest classes."""
        told = self._told() if self.isVisible() else None
        for place, (what, value) in enumerate(self.lines):
            text, number, signed = told[place] if told is not None and place < len(told) else ("", 0.0, False)
            what.set_full_text(text)
            shown = _value_text(number, signed=signed) if text else ""
            linked = bool(text) and place == 0 and self._is_of_pass(number)
            value.setText(f"<a href='#' style='color:{theme.current().text}'>{shown}</a>" if linked else shown)
            value.setToolTip(self.tr("Where does this number come from?") if linked else "")

    @property
    def _answer(self) -> Source | None:
        """What the unit answers, in a pass."""
        return None if self._unit is None else Source("a", self._unit[0], (self._unit[1],))

    def _is_of_pass(self, a: float) -> bool:
        """Whether the pass that is shown has this very number: it may be of another image, or of older weights."""
        if self._trace is None or self._answer is None:
            return False
        found = value_of(Reading(self._trace), self._answer)
        return found is not None and math.isclose(found, a, rel_tol=1e-9, abs_tol=1e-12)

    @Slot(object)
    def _pick_weight(self, key: tuple[str, int, int]) -> None:
        if self._unit is not None and self._image.explained:
            place = key[1] * self._image.weights.shape[1] + key[2]
            self.number_picked.emit(Source("W", self._unit[0], (self._unit[1], place)))

    @Slot(str)
    def _pick_answer(self, _link: str) -> None:
        if self._answer is not None:
            self.number_picked.emit(self._answer)

    def _told(self) -> list[tuple[str, float, bool]] | None:
        snapshot, dataset = self._snapshot, self._document.dataset
        if snapshot is None or self._unit is None or self._values is None or self._matrix() is None:
            return None
        from engine.training.predict import activations_at
        from engine.training.unit import said_to_outputs

        block_id, unit = self._unit
        try:
            found = activations_at(snapshot.plan, snapshot.weights, dataset.columns, np.array([self._values]))
        except EngineError:
            return None  # the snapshot is of the data set before
        if block_id not in found:
            return None
        a = float(found[block_id][0, unit])
        told = [(self.tr("answers this image"), a, False)]
        said = said_to_outputs(snapshot.plan, snapshot.weights, block_id, unit, a)
        if said is None or len(said) != len(dataset.classes):
            return told
        first, second = np.argsort(-found[snapshot.plan.output.id][0], kind="stable")[:2].tolist()
        texts = ((first, self.tr("adds to the z of {name}")), (second, self.tr("and to that of {name}")))
        return told + [(text.format(name=dataset.classes[at]), float(said[at]), True) for at, text in texts]

    @Slot(object)
    def _take_exciting(self, found: Exciting) -> None:
        dataset = self._document.dataset
        if self._unit != (found.block_id, found.unit) or found.dataset is not dataset or dataset.image is None:
            return
        names = [dataset.classes[int(label)] for label in dataset.y[found.rows]]
        words = self.tr("Training image {row}: {name}")
        self.exciting.set_items(
            [
                ImageItem(int(row), pixels, name, words=words.format(row=row, name=name))
                for row, pixels, name in zip(found.rows, dataset.pictures(found.rows), names, strict=True)
            ]
        )
        none, some = self.tr("no training image excites it"), self.tr("training images that excite it most")
        self.caption.set_full_text(some if len(found.rows) else none)


def _value_text(number: float, *, signed: bool) -> str:
    """A number, in the colour of its sign and with it where it is a share of a sum."""
    text = fixed(abs(number)) if signed else fixed(number)
    if not signed:
        return f"<b>{text}</b>"
    colour = theme.current().positive if number >= 0 else theme.current().negative
    return f"<b style='color:{colour}'>{MINUS if number < 0 else '+'}{text}</b>"


def _most_exciting(snapshot: Snapshot, dataset: Dataset, block_id: str, unit: int, _job: Job) -> Exciting:
    """In the background thread."""
    from engine.training.unit import most_exciting

    rows = np.zeros(0, np.int64)
    if any(node.id == block_id and unit < node.width for node in snapshot.plan.nodes):
        with suppress(EngineError):  # the snapshot may be of the data set before; the next one fits
            rows = most_exciting(snapshot.plan, snapshot.weights, dataset, block_id, unit, MOST_EXCITING)
    return Exciting(block_id, unit, dataset, rows)
