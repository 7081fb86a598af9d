"""The output for data of images: draw one, or take one of the test images, and read what the network says it is."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.capitals import in_capitals
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Mark, Rectangle, Text, text_width
from app.kit.drawing.number import NumberMark
from app.kit.drawing.view import DrawingView
from app.kit.numbers import probability, short
from app.kit.widgets.image_grid import ImageGrid, ImageItem
from app.kit.widgets.labels import Label
from app.kit.widgets.segments import Segments, chip
from app.kit.words import plain_tip
from app.network.document import Document
from app.network.trainer import Trainer
from app.workspaces.playground.panels.drawing_pad import DrawingPad
from app.workspaces.playground.panels.readings import OutputReading, reading_of
from engine.data import Dataset
from engine.data.images import image_of

LINE = 21.0
VALUE_WIDTH = 54.0
STRONG = 0.05
"""From this share on a bar's number is written strongly."""


@dataclass(frozen=True, slots=True)
class ClassShares:
    """``shares``: 0 … 1 for each name; empty while there is no answer."""

    names: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()


def draw_class_bars(data: ClassShares, frame: Frame) -> Drawing:
    """Draw names, bars and shares, one line a class; the likeliest stands out."""
    best = max(range(len(data.shares)), key=data.shares.__getitem__, default=-1)
    room = min(max((text_width(name, 12) for name in data.names), default=0.0) + 10.0, 0.35 * frame.width)
    track = max(frame.width - room - VALUE_WIDTH, 0.0)
    marks: list[Mark] = []
    for line, name in enumerate(data.names):
        share, top, is_best = data.shares[line] if data.shares else 0.0, line * LINE, line == best
        bold, ink = is_best or share >= STRONG, "accent" if is_best else "text"
        marks += [
            Text(name, (0, top, room, LINE), 12, ink, "left middle", bold=bold, elide=True),
            Rectangle((room, top + LINE / 2 - 5, track, 10), "track", corner=5),
        ]
        if (width := track * share) >= 0.8:
            bar = (room, top + LINE / 2 - 5, width, 10.0)
            marks.append(Rectangle(bar, "accent" if is_best else "text_muted", corner=min(5.0, width / 2)))
        if data.shares:
            place, ink = (frame.width - VALUE_WIDTH, top, VALUE_WIDTH, LINE), "text" if bold else "text_muted"
            number = NumberMark(
                probability(share), place, 12, ink, "right middle", bold, value=share, key=line, tip=name
            )
            marks.append(number)
    return Drawing(tuple(marks), height=LINE * max(len(data.names), 1))


SMALL = 84
"""Side of the picture of what the network sees."""
PAD_LEAST, PAD_MOST = 150, 230


class ImageOutput(QWidget):
    """``sample_picked(row)``, ``input_picked(values)``: play this pass. ``looked_at(values)``: the image that is shown,
    as a row of the data's columns; None while there is none."""

    sample_picked = Signal(int)
    input_picked = Signal(tuple)
    looked_at = Signal(object)

    def __init__(self, document: Document, trainer: Trainer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._trainer = document, trainer
        self._dataset: Dataset | None = None
        self._row: int | None = None
        self._values: tuple[float, ...] | None = None
        self._covered = False
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(7)
        self._build_head()
        self._build_sheet()
        self.answer = Label()
        self.answer.setTextFormat(Qt.TextFormat.RichText)
        hint, least = QSize(200, 210), QSize(120, 21)
        name = self.tr("Probability of every class")
        self.bars = DrawingView(draw_class_bars, ClassShares(), hint=hint, least=least, name=name)
        self._rows.addWidget(self.answer)
        self._rows.addWidget(self.bars)
        document.dataset_loaded.connect(self._new_data)
        trainer.legible.changed.connect(self._follow)
        theme.follow(self._answer)
        self._new_data()

    # Building -----------------------------------------------------------------------------------------------------

    def _build_head(self) -> None:
        title = Label(in_capitals(self.tr("Try it: draw one")))
        title.setProperty("role", "heading")
        self.source = Segments(
            [
                ("draw", self.tr("Draw"), self.tr("Draw an image and see which class the network predicts")),
                ("test", self.tr("Test image"), self.tr("Show an image that the network wasn't trained on")),
            ]
        )
        self.source.chosen.connect(self._choose_source)
        row = QHBoxLayout()
        row.addWidget(title)
        row.addStretch(1)
        row.addWidget(self.source)
        self._rows.addLayout(row)

    def _build_sheet(self) -> None:
        self.pad = DrawingPad(self.tr("Draw here"))
        self.pad.began.connect(self._drawn_over)
        self.pad.changed.connect(self._look)
        self.sees = Label()
        self.sees.setProperty("role", "muted")
        self.seen = ImageGrid(SMALL, lines=1, captions=False)
        self.seen.setFixedSize(SMALL, SMALL)
        self.seen.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.seen.setAccessibleName(self.tr("What the network sees"))
        self.clear = chip(self.tr("Clear"), self.tr("Clear the drawing (Delete)"), checkable=False)
        self.clear.clicked.connect(self.pad.clear)
        self.undo = chip(self.tr("Undo"), self.tr("Remove the last stroke (Backspace)"), checkable=False)
        self.undo.clicked.connect(self.pad.undo)
        self.another = chip(self.tr("Another"), self.tr("The next test image"), checkable=False)
        self.another.clicked.connect(self.next_image)
        self.play = chip(self.tr("Its pass"), self.tr("Play the pass of this image, stage by stage"), checkable=False)
        self.play.clicked.connect(self._play)
        self._tips = {button: button.toolTip() for button in (self.undo, self.clear, self.play)}
        side = QVBoxLayout()
        side.setSpacing(5)
        side.addWidget(self.sees)
        side.addWidget(self.seen)
        side.addStretch(1)
        for button in (self.another, self.undo, self.clear, self.play):
            button.setMinimumHeight(26)
            side.addWidget(button)
        row = QGridLayout()
        row.setHorizontalSpacing(12)
        row.addWidget(self.pad, 0, 0)
        row.addLayout(side, 0, 1)
        row.setColumnStretch(1, 1)
        self._rows.addLayout(row)

    def set_room(self, width: int, height: int) -> None:
        """Fit the sheet into so many pixels."""
        side = min(max(min(width - SMALL - 24, height), PAD_LEAST), PAD_MOST)
        self.pad.setFixedSize(side, side)

    # What is looked at --------------------------------------------------------------------------------------------

    @property
    def row(self) -> int | None:
        """The row of the image that is shown; None of a drawing."""
        return self._row

    @property
    def values(self) -> tuple[float, ...] | None:
        """The image as a row of the data's columns."""
        return self._values

    @Slot()
    def _new_data(self) -> None:
        dataset = self._document.dataset
        if dataset is self._dataset:
            return
        self._dataset, self._row = dataset, None
        if dataset.image is None:
            self._values = None
            self.looked_at.emit(None)
            return
        self.sees.setText(
            self.tr("it sees, {height} × {width}").format(height=dataset.image.height, width=dataset.image.width)
        )
        self.pad.clear()
        self.bars.set_data(ClassShares(dataset.classes))
        self.show_row(int(dataset.test[0]))

    def show_row(self, row: int) -> None:
        """Show an image of the data set."""
        self._row = row
        self.source.choose("test")
        self.pad.show_pixels(self._document.dataset.pictures(np.array([row]))[0])
        self._look()

    @Slot()
    def next_image(self) -> None:
        """The test image after the one shown."""
        test = self._document.dataset.test
        at = np.flatnonzero(test == self._row)
        self.show_row(int(test[(int(at[0]) + 1) % len(test)] if at.size else test[0]))

    def _choose_source(self, key: str) -> None:
        if key == "test":
            self.show_row(int(self._document.dataset.test[0]))
            return
        self._row = None
        self.pad.show_pixels(None)
        self.pad.setFocus()
        self._look()

    @Slot()
    def _drawn_over(self) -> None:
        """A stroke has begun on a test image: from here on it is a drawing."""
        self._row = None
        self.source.choose("draw")

    def _look(self) -> None:
        dataset = self._document.dataset
        if dataset.image is None:
            return
        if self._row is not None:
            pixels, values = dataset.pictures(np.array([self._row]))[0], dataset.x[self._row]
        else:
            counted = image_of(dataset.image, self.pad.strokes)
            pixels, values = counted / dataset.image.full, dataset.encode_picture(counted)
        nothing = self._row is None and self.pad.empty
        self.seen.set_items([ImageItem(0, pixels, words=self._seen_words(pixels))])
        self._values = None if nothing else tuple(values.tolist())
        for button, shown in ((self.another, self._row is not None), (self.undo, self._row is None)):
            button.setVisible(shown)
        for button, tip in self._tips.items():
            button.setEnabled(not nothing)
            button.setToolTip(plain_tip(self.tr("Nothing is drawn yet") if nothing else tip))
        self.clear.setVisible(self._row is None)
        self.looked_at.emit(self._values)
        self._answer()

    def _seen_words(self, pixels: NDArray[np.float64]) -> str:
        text = self.tr(
            "The image as the network sees it: each pixel is the amount of ink in its square. {share} is ink."
        )
        return text.format(share=probability(float(pixels.mean())))

    @Slot()
    def _play(self) -> None:
        if self._row is not None:
            self.sample_picked.emit(self._row)
        elif self._values is not None:
            self.input_picked.emit(self._values)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._answer()

    # The answer ---------------------------------------------------------------------------------------------------

    @Slot()
    def _follow(self) -> None:
        if self.isVisible():
            self._answer()

    def cover(self, covered: bool) -> None:
        """Keep the answer back while it is to be guessed, or give it."""
        self._covered = covered
        self._answer()

    def _reading(self) -> OutputReading | None:
        snapshot = self._trainer.legible.snapshot
        return reading_of(snapshot.plan, self._document.dataset) if snapshot is not None else None

    def _answer(self) -> None:
        dataset, reading = self._document.dataset, self._reading()
        if dataset.image is None:
            return
        asked = self._values is not None and not self._covered
        output = self._trainer.predict(self._values) if asked and self._values is not None else None
        self._say(output, reading if output is not None else None)

    def _say(self, output: tuple[float, ...] | None, reading: OutputReading | None) -> None:
        names = self._document.dataset.classes
        shares = reading.class_shares(output) if reading is not None and output is not None else None
        self.bars.set_data(ClassShares(names, tuple(shares.tolist()) if shares is not None else ()))
        if output is None or reading is None or len(output) != len(names):
            self.answer.setText(f"<span style='color:{theme.current().text_muted}'>{self._waiting_words()}</span>")
            return
        order = np.argsort(-np.array(output), kind="stable")
        best, second = int(order[0]), int(order[1])
        written = [probability(value) if reading.probabilities else short(value) for value in output]
        rest = self.tr("{share}, next: {name} with {next}").format(
            share=written[best], name=names[second], next=written[second]
        )
        head = self.tr("It is: {name}").format(name=names[best])
        colours = theme.current()
        text = f"<b style='color:{colours.accent};font-size:17px'>{escape(head)}</b>&nbsp; "
        text += f"<span style='color:{colours.text_muted}'>{escape(rest)}</span>"
        if self._row is not None:
            text += self._truth(best)
        self.answer.setText(text)
        self.answer.setAccessibleName(f"{head}, {rest}")

    def _truth(self, best: int) -> str:
        """Return whether a test image was read aright."""
        dataset = self._document.dataset
        true = int(dataset.y[self._row or 0])
        if true == best:
            return f"<br><span style='color:{theme.current().good}'>{escape(self.tr('right'))}</span>"
        wrong = self.tr("wrong: it is {name}").format(name=dataset.classes[true])
        return f"<br><span style='color:{theme.current().negative}'>{escape(wrong)}</span>"

    def _waiting_words(self) -> str:
        if self._values is None:
            return escape(self.tr("Draw, and see here which class the network predicts."))
        return escape(self.tr("no answer yet"))
