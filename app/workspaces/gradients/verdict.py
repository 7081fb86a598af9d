"""The verdict on one network: what happens to its signal, the arithmetic, and what is predicted and measured."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Sequence
from functools import partial
from html import escape

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.formula.boxes import Box, Row, lay_out
from app.kit.formula.view import MARGIN, FormulaView
from app.kit.widgets.labels import FittingLabel, wrapped
from app.kit.widgets.tone import mark
from app.kit.words import wrapped_tip
from app.workspaces.gradients.formulas import (
    JUMP,
    NORM,
    RATIO,
    SLOPE,
    SPREAD,
    arithmetic_lines,
    forward_lines,
    in_one_line,
)
from app.workspaces.gradients.moment import DELTA, VARIANCE, NetworkMoment, moment_words
from app.workspaces.gradients.words import compared, dead_list, dead_words, in_a_row, verdict_sentence, verdict_word
from engine.training.verdicts import WITHIN_BOUNDS

SIZE = 19.0
LEGIBLE = 0.8
"""A formula may shrink so far."""
MOST_FITS = 3
LEAST_MS = 200
"""While numbers are dragged, a formula is set anew so seldom: it takes longer than all the rest of a frame, and nobody
reads it meanwhile. The last one is always set."""
Lines = Callable[[], Sequence[Box]]


class ArithmeticView(QWidget):
    """``hovered(key)``: the part of it that is pointed at, None where there is none. ``clicked(key)``. ``grown``: it
    may take another height."""

    hovered = Signal(object)
    clicked = Signal(object)
    grown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Box, ...] = ()
        self._whole: Box = Row(())
        self._laid = lay_out(self._whole, SIZE)
        self._split: int | None = None
        self._fitting, self._room = False, 0
        self.views = (FormulaView(None, SIZE, walkable=True), FormulaView(None, SIZE, walkable=True))
        self.words = wrapped()
        self.words.setContentsMargins(0, 3, 0, 0)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (*self.views, self.words):
            part.hide()
            column.addWidget(part)
        for view in self.views:
            view.pointed.connect(self.hovered)
            view.chosen.connect(self.clicked)
        self._next: Lines | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(LEAST_MS)
        self._rest.timeout.connect(self._take_next)

    def set_lines(self, lines: Lines) -> None:
        """Show what these come to, now or as soon as it is time: the parts of one line, in order, which may stand
        beneath one another; nothing where there are none."""
        self._next = lines
        if not self._rest.isActive():
            self._take_next()

    def clear(self) -> None:
        """Show nothing, now."""
        self._next = None
        self._set(())

    @Slot()
    def _take_next(self) -> None:
        if self._next is not None:
            lines, self._next = self._next, None
            self._rest.start()
            self._set(lines())

    def _set(self, lines: Sequence[Box]) -> None:
        if tuple(lines) == self._lines:
            return
        before, self._lines, self._split = self._height, tuple(lines), None
        self.setVisible(bool(lines))
        if lines:
            self._whole = in_one_line(lines)
            self.views[0].set_box(self._whole)  # it lays it out
            self._laid = self.views[0].laid_out
            self.setAccessibleName(self.plain)
            self.fit(self.width())
        if self._height != before:
            self.grown.emit()

    @property
    def _height(self) -> int:
        """Return what it takes, in pixels; of words it is not asked."""
        return sum(view.sizeHint().height() for view in self.views if not view.isHidden()) if self._lines else 0

    @property
    def plain(self) -> str:
        """The same in plain text."""
        return self._laid.plain.strip()

    def fit(self, width: int) -> None:
        """Take the fullest form that is legible in so many pixels."""
        self._room = width
        if self._fitting or not self._lines:
            return  # to show a part lays all out anew, which gives another width meanwhile
        self._fitting = True
        for _ in range(MOST_FITS):
            split = self._split_for(self._room)
            if split == self._split:
                break
            self._take_form(split)
        self._fitting = False

    def _take_form(self, split: int) -> None:
        self._split = split
        boxes = (self._whole,) if split == 1 else self._lines if split == len(self.views) else ()
        for view, box in zip(self.views, (*boxes, None, None), strict=False):
            if box is not None:
                view.set_box(box)
            view.setVisible(box is not None)
        self.words.setVisible(not boxes)
        if self.words.text() != (text := "" if boxes else self.plain):
            self.words.setText(text)
            self.grown.emit()

    def _split_for(self, width: int) -> int:
        """Return in how many lines it is set; 0 for words."""
        room = (width - 2 * MARGIN) / LEGIBLE
        if self._laid.width <= room:
            return 1
        fits = len(self._lines) == len(self.views) and all(lay_out(line, SIZE).width <= room for line in self._lines)
        return len(self.views) if fits else 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit(self.width())

    def light(self, keys: Collection[Hashable]) -> None:
        """Give the parts of these keys a soft ground."""
        for view in self.views:
            view.light(keys)

    @property
    def lit(self) -> frozenset[Hashable]:
        """The keys whose parts are lit."""
        return self.views[0].lit


LEAST_HEIGHT = 118
"""Height of the fullest of them, so that the charts above stand on one line."""


class VerdictCard(QFrame):
    """``doctor_wanted``: try every cure. ``pointed(key)``: a part of the arithmetic, None when the pointer is gone.
    ``asked(row, layer)``: where does this number of it come from? ``grown``: it may take another height."""

    asked = Signal(str, int)
    doctor_wanted = Signal()
    grown = Signal()
    pointed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "verdict")
        self._set: tuple[object, ...] | None = None  # of what the arithmetic is
        self._tone, self._word, self._told, self._dead = "text_muted", self.tr("measuring …"), "", ""
        self._label = wrapped("", None)
        self._label.setTextFormat(Qt.TextFormat.RichText)
        self._compared = FittingLabel("muted")
        self.formula = ArithmeticView()
        self.formula.hovered.connect(self.pointed)
        self.formula.clicked.connect(self._ask_of)
        self.formula.grown.connect(self.grown)
        self.doctor = QPushButton(self.tr("What would cure it?"))
        self.doctor.setProperty("role", "remedy")
        self.doctor.setProperty("first", True)
        self.doctor.setToolTip(self.tr("Try every cure on a copy of this network"))
        self.doctor.setCursor(Qt.CursorShape.PointingHandCursor)
        self.doctor.clicked.connect(self.doctor_wanted)
        self.doctor.hide()
        self._held: dict[int, int] = {}
        self._dragged = False
        self._moment: NetworkMoment | None = None
        self._forward = False
        """True where the arithmetic is that of Var z."""
        self._asked: int | None = None
        self._lay_out()
        self.setMinimumHeight(LEAST_HEIGHT)
        theme.follow(self._write)

    def _lay_out(self) -> None:
        self._foot = foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._compared, 1)
        foot.addWidget(self.doctor)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 10, 8)
        column.setSpacing(3)
        column.addWidget(self._label)
        column.addWidget(self.formula)
        column.addStretch(1)
        column.addLayout(foot)

    def wanted_height(self) -> int:
        """Return what it says takes so many pixels in its width, and :data:`LEAST_HEIGHT` at least. While numbers are
        dragged it is never less than it was: what stands above would jump."""
        if whole := self.formula.parent() is self:
            margins = self._column.contentsMargins()
            self.formula.fit(self.width() - margins.left() - margins.right() - 2 * self.frameWidth())
            # What lies deeper in it hears of other texts with the next frame, unless it is told.
            self.formula.updateGeometry()
        self._foot.invalidate()
        least = LEAST_HEIGHT if whole else 0
        held = self._held.get(self.width(), least) if self._dragged else least
        self._held = {self.width(): max(held, self._column.totalHeightForWidth(self.width()))}
        return self._held[self.width()]

    def show_moment(self, moment: NetworkMoment, measure: str) -> None:
        """Judge a network at a moment. The verdict goes by ‖δ‖ whatever the ``measure`` that the chart shows; the
        arithmetic is that of Var z beside it."""
        figures, judgement, step = moment.figures, moment.judgement, moment.step
        told = verdict_sentence(judgement, moment.depth)
        dead = dead_words(moment.dead, figures.configuration.width)
        self._say(moment.tone, moment_words(verdict_word(judgement), step), told, dead)
        named = dead_list(moment.dead)
        self._label.setToolTip(wrapped_tip("", *named) if named else "")
        compares = compared(figures)
        if measure != DELTA:  # the numbers above are others
            compares = [self.tr("‖δ‖ {told}").format(told=words) for words in compares]
        if step:
            compares = [self.tr("at the start: {told}").format(told=words) for words in compares]
        self._compared.set_texts([*compares, ""])
        self._compared.setVisible(moment.depth > 1)
        self._moment, self._forward = moment, measure == VARIANCE
        self._show_arithmetic()
        self._dragged = moment.dragged
        self.doctor.setVisible(judgement.trouble not in WITHIN_BOUNDS)
        self.setAccessibleName(f"{self.sentence} {compares[0]}")

    def _say(self, tone: str, word: str, told: str, dead: str = "") -> None:
        self._word, self._told, self._dead = word, told, dead
        if tone != self._tone:
            self._tone = tone
            mark(self, "tone", tone)
        self._write()

    def _write(self) -> None:
        """Write the word in the verdict's colour, a sentence on the same line, and dead units in a warning's."""
        ink, warning = (theme.colour(tone).name() for tone in (self._tone, "warning"))
        told, dead = (_with_whole_numbers(escape(words)) for words in (self._told, self._dead))
        words = in_a_row((told, f'<span style="color: {warning}">{dead}</span>' if dead else ""))
        text = f'<b style="color: {ink}">{escape(self._word)}</b> {words}'
        if text != self._label.text():
            self._label.setText(text)
            self._label.setAccessibleName(self.sentence)

    def _show_arithmetic(self) -> None:
        if (moment := self._moment) is None:
            return
        figures, later = moment.figures, moment.step > 0
        key = (figures.configuration, id(figures.prediction), self._forward, later, self._forward and self.layer)
        if key != self._set:  # another network is being changed, or the moment alone
            self._set = key
            forwards = partial(forward_lines, figures, self.layer)
            self.formula.set_lines(forwards if self._forward else partial(arithmetic_lines, figures, later=later))

    @property
    def layer(self) -> int:
        """The layer whose Var z the arithmetic is of: the one that was asked about, else the last."""
        depth = 1 if self._moment is None else self._moment.depth
        return self._asked if self._asked is not None and self._asked <= depth else depth

    def ask(self, layer: int | None) -> None:
        """Have the arithmetic of Var z be that of a layer; None: of the last."""
        self._asked = layer
        self._show_arithmetic()

    @Slot(object)
    def _ask_of(self, key: str) -> None:
        """Of Var z the whole line is one number's."""
        if self._forward:
            self.asked.emit("variance_predicted", self.layer)
        else:
            self.asked.emit(key, 0)

    def light(self, layer: int | None) -> None:
        """Light what a layer's number is made of: of ‖δ‖ its factor, and of layer 1 what all of them come to as well.
        The last layer has no factor, and a layer that is far from all others one of its own. Of Var z those of the
        layer that the arithmetic is of, and of no other."""
        self.formula.light(() if layer is None or self._moment is None else self._keys_of(layer, self._moment))

    def _keys_of(self, layer: int, moment: NetworkMoment) -> tuple[str, ...]:
        if self._forward:
            return (SLOPE, SPREAD, RATIO) if layer == self.layer else ()
        line = moment.figures.line
        jump = line.jump.layer if line is not None and line.jump is not None else None
        made = (SLOPE, SPREAD, NORM) if moment.figures.configuration.normalisation == "layer" else (SLOPE, SPREAD)
        own = () if layer == moment.depth else (JUMP,) if layer == jump else made
        return (*own, RATIO) if layer == 1 else own

    def hide_figures(self, *, measured: bool) -> None:
        """Say nothing yet but to guess, or that there is nothing to guess before it is measured."""
        if measured:
            self._say("text_muted", "?", self.tr("First guess what happens to the signal, or reveal it."))
        else:
            self._say("text_muted", self.tr("measuring …"), "")
        self._label.setToolTip("")
        self.formula.clear()
        self._set = self._moment = None
        for part in (self._compared, self.doctor):
            part.hide()
        self.setAccessibleName(self._told)

    def be_compact(self, *, compact: bool) -> None:
        """Write small where there is little room."""
        self._label.setStyleSheet("font-size: 12px;" if compact else "")

    def take_back(self) -> None:
        """Have the arithmetic in it again, which may stand elsewhere."""
        self._column.insertWidget(1, self.formula)

    @property
    def sentence(self) -> str:
        """Return what is said."""
        return in_a_row((self._word, self._told, self._dead))


def _with_whole_numbers(text: str) -> str:
    """Return a text in which a number stands on the line of its name."""
    return re.sub(r" (?=[\d.])", "\N{NO-BREAK SPACE}", text)
