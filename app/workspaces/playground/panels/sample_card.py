"""The ringed sample: its inputs, what the network answers, its target, and its loss as arithmetic."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QHideEvent, QIcon, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.builder.timeline.source import PassSource
from app.builder.timeline.written import PLAIN, WrittenLine, write
from app.kit import theme
from app.kit.drawing.number import UNKNOWN
from app.kit.icons import icon
from app.kit.numbers import of_data, significant, to_digits
from app.kit.translation import worded_classes
from app.kit.widgets.labels import ElidedLabel
from app.kit.widgets.phrase import Phrase, Piece
from app.network.document import Document
from app.network.trainer import Trainer
from app.workspaces.playground.panels.readings import OutputReading, column_label, in_units, in_words, reading_of
from engine.activations import activation
from engine.graph.kinds.output import OutputParams
from engine.losses import loss
from engine.training.trace import PassTrace

MOST_INPUTS = 4
"""So many are named; of more, the first few."""

LEFT, RIGHT = 9, 7
"""Margins beside the words, in pixels."""


class SampleCard(QFrame):
    """Follows the network. ``play_wanted(row)``: play this sample's pass."""

    play_wanted = Signal(int)

    def __init__(self, document: Document, trainer: Trainer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._trace: PassTrace | None = None
        self._is_covered = self._is_loss_covered = self._is_small = False
        self._source = PassSource(document, trainer, self)
        self._source.arrived.connect(self._take)
        self._source.lost.connect(self._forget)
        self.setProperty("role", "card")
        self.title, self.inputs, self.answer = ElidedLabel("", "strong"), Phrase(), Phrase()
        self.loss = Phrase()
        self.play = QPushButton()
        self.play.setAccessibleName(self.tr("Play its pass"))
        self.play.setProperty("role", "remedy")
        self.play.setToolTip(self.tr("Follow this sample forward to its loss, and the error signal back"))
        self.play.clicked.connect(self._play)
        self._lay_out()
        theme.notifier().changed.connect(self._write)
        self.hide()

    def _lay_out(self) -> None:
        self._head = head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.play)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(LEFT, 6, RIGHT, 8)
        rows.setSpacing(3)
        rows.addLayout(head)
        for phrase in (self.inputs, self.answer, self.loss):
            rows.addWidget(phrase)

    @property
    def row(self) -> int | None:
        """The sample's row of the data set; None while there is none."""
        return self._source.row

    @property
    def latest_row(self) -> int | None:
        """The row that it showed last, where that still stands for the same draw."""
        return self._source.latest_row

    def set_row(self, row: int | None) -> None:
        """Show another sample, or none."""
        if row != self.row:
            self._trace = None
            if row is None:
                self._source.clear()
            else:
                self._source.choose_rows((row,))
        self.setVisible(row is not None)
        self._write()

    def set_small(self, on: bool) -> None:
        """Say it in fewer words, beside a small picture."""
        if on != self._is_small:
            self._is_small = on
            self._write()

    def cover(self, covered: bool) -> None:
        """Keep the answer back while it is to be guessed, or give it."""
        self._is_covered = covered
        self._write()

    def cover_loss(self, covered: bool) -> None:
        """Keep the loss back while that is to be guessed, or give it."""
        if covered != self._is_loss_covered:
            self._is_loss_covered = covered
            self._write()

    def showEvent(self, event: QShowEvent) -> None:
        """The network may have gone on out of sight."""
        super().showEvent(event)
        self._source.follow()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._source.rest()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_head()

    def _fit_head(self) -> None:
        """Show the button's words where the whole title fits beside them, else its icon alone."""
        self.play.setText(self.play.accessibleName())
        self.play.setIcon(QIcon())
        title = self.title.fontMetrics().horizontalAdvance(self.title.full_text)
        if title + self._head.spacing() + self.play.sizeHint().width() > self.contentsRect().width() - LEFT - RIGHT:
            self.play.setText("")
            self.play.setIcon(icon("play", "accent"))

    def _play(self) -> None:
        if self.row is not None:
            self.play_wanted.emit(self.row)

    @Slot(object)
    def _take(self, trace: PassTrace) -> None:
        self._trace = trace
        self._write()

    @Slot()
    def _forget(self) -> None:
        """What was answered is another network's."""
        self._trace = None
        self._write()

    # Words ------------------------------------------------------------------------------------------------------------

    @Slot()
    def _write(self) -> None:
        row = self.row
        if row is None or row >= len(self._document.dataset.y):
            return
        self.title.set_full_text(self.tr("Sample {row}").format(row=row))
        self._fit_head()
        self.title.set_about(self.tr("The ringed point in the picture. Click another one to see it"))
        self.inputs.say(self._inputs(row))
        written = _loss_of(self._trace) if self._trace is not None else None
        self.answer.say(self._answer(row, written))
        self.loss.say([Piece(self._loss(written), theme.colour("text_muted").name())])

    def _inputs(self, row: int) -> Iterator[Piece]:
        dataset = self._document.dataset
        count = len(dataset.columns)
        for column in range(min(count, MOST_INPUTS)):
            value = float(dataset.x[row, column])
            ink = theme.colour("positive" if in_units(dataset, column, value) >= 0.0 else "negative").name()
            yield Piece(f"{column_label(dataset, column)} ")
            yield Piece(in_words(dataset, column, value), ink, strong=True)
            yield Piece("   ")
        if count > MOST_INPUTS:
            yield Piece(self.tr("and {count} more").format(count=count - MOST_INPUTS))

    def _answer(self, row: int, written: WrittenLine | None) -> Iterator[Piece]:
        """What the network says and what is true, by the numbers of the loss, or for classes by their names."""
        dataset = self._document.dataset
        truth = worded_classes(dataset.classes)[int(dataset.y[row])] if dataset.classes else ""
        output, ink = self._output(written)
        printed = _printed(written, "t") if written is not None and not self._is_standardised else ""
        target = printed or self._target(row) or truth
        for name, text, colour in ((self.tr("output"), output, ink), (self.tr("target"), target, "text")):
            yield Piece(f"{name} ")
            yield Piece(f"{text}   ", theme.colour(colour).name(), strong=True)
        answer = self._class()
        if answer and not self._is_small:
            is_right = answer == truth
            words = self.tr("✓ right") if is_right else self.tr("✕ wrong")
            yield Piece(words, theme.colour("good" if is_right else "danger").name(), strong=True)

    def _output(self, written: WrittenLine | None) -> tuple[str, str]:
        """The network's answer, and its ink."""
        trace, reading = self._trace, self._reading
        if self._is_covered or trace is None or written is None or reading is None:
            return UNKNOWN, "text"
        if reading.outputs > 1:
            return f"{self._class()} {significant(float(trace.output[0].max()))}", "text"
        value = float(trace.output[0, 0])
        # The loss of a sure answer may need fifteen digits.
        text = self._in_units(value) if self._is_standardised else to_digits(value, min(written.digits, PLAIN))
        return text, "positive" if value >= reading.middle else "negative"

    def _target(self, row: int) -> str:
        """The one number that the output should be, known before the network has answered; empty where there are
        several, or no output says which."""
        dataset, ends = self._document.dataset, self._document.graph.outputs
        if self._is_standardised:
            return self._in_units(float(dataset.y[row]))
        if len(ends) != 1 or not isinstance(ends[0].params, OutputParams):
            return ""
        params = ends[0].params
        y, classes = dataset.y[row : row + 1], len(dataset.classes)
        targets = loss(params.loss).encode(y, classes, activation(params.activation))
        return significant(float(targets[0, 0]), 4) if targets.shape[1] == 1 else ""

    @property
    def _is_standardised(self) -> bool:
        """Whether the loss is of other numbers than the file has: output and target are said in its units."""
        dataset = self._document.dataset
        return (dataset.target_centre, dataset.target_scale) != (0.0, 1.0)

    def _in_units(self, value: float) -> str:
        return of_data(float(self._document.dataset.target_in_units(np.array(value))))

    def _class(self) -> str:
        """What the sample is taken for; empty in a regression, or while that is not to be said."""
        trace, reading = self._trace, self._reading
        if self._is_covered or trace is None or reading is None:
            return ""
        return reading.class_of(tuple(trace.output[0].tolist()))

    @property
    def _reading(self) -> OutputReading | None:
        plan = self._trace.plan if self._trace is not None else None
        return reading_of(plan, self._document.dataset) if plan is not None else None

    def _loss(self, written: WrittenLine | None) -> str:
        arithmetic = UNKNOWN if written is None or self._is_covered or self._is_loss_covered else written.text
        if self._is_standardised:
            words = (
                self.tr("standardised {arithmetic}") if self._is_small else self.tr("loss, standardised {arithmetic}")
            )
            return words.format(arithmetic=arithmetic)
        return arithmetic if self._is_small else self.tr("loss {arithmetic}").format(arithmetic=arithmetic)


def _printed(written: WrittenLine, symbol: str) -> str:
    """A number as the loss prints it; empty where that has it not."""
    tokens = (token for step in written.steps for token in step)
    return next((token.text for token in tokens if token.source and token.source.symbol == symbol), "")


def _loss_of(trace: PassTrace) -> WrittenLine:
    """The sample's loss, with as many digits as it needs to check by hand."""
    from engine.training.lines.losses import loss_lines
    from engine.training.lines.reading import Reading

    return write(loss_lines(Reading(trace))[0])
