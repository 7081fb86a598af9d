"""The verdict on one network: what happens to its signal, the numbers side by side, and the arithmetic."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.kit.icons import set_icon
from app.kit.verdict_words import tone_of
from app.kit.widgets.labels import Label, wrapped
from app.kit.widgets.tone import mark
from app.kit.words import wrapped_tip
from app.workspaces.gradients.arithmetic_view import ArithmeticView
from app.workspaces.gradients.fitting import FittingLabel
from app.workspaces.gradients.formulas import JUMP, NORM, RATIO, SLOPE, SPREAD, arithmetic_lines, forward_lines
from app.workspaces.gradients.moment import Moment
from app.workspaces.gradients.reasons import moment_words
from app.workspaces.gradients.reasons_view import ReasonsView
from app.workspaces.gradients.shown import DELTA, VARIANCE
from app.workspaces.gradients.words import (
    compared,
    dead_list,
    dead_words,
    in_a_row,
    verdict_sentence,
    verdict_word,
)
from engine.training.verdicts import WITHIN_BOUNDS

LEAST_HEIGHT = 118
"""What the fullest of them takes, so that the charts above stand on one line."""


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
        self._word = Label(self.tr("measuring …"))
        self._word.setProperty("role", "judged")
        self._set_tone("text_muted")
        self._sentence = wrapped("", None)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._compared = FittingLabel("muted")
        self.formula = ArithmeticView()
        self.formula.hovered.connect(self.pointed)
        self.formula.clicked.connect(self._ask_of)
        self.why = ReasonsView()
        for part in (self.formula, self.why):
            part.grown.connect(self.grown)
        self.doctor = QPushButton(self.tr("Doctor"))
        self.doctor.setProperty("role", "remedy")
        self.doctor.setProperty("first", True)
        self.doctor.setToolTip(self.tr("Try every cure on a copy of this network"))
        self.doctor.setCursor(Qt.CursorShape.PointingHandCursor)
        set_icon(self.doctor, "plus", "on_accent")
        self.doctor.clicked.connect(self.doctor_wanted)
        self.doctor.hide()
        self._held: dict[int, int] = {}
        self._dragged = False
        self._moment: Moment | None = None
        self._forward = False
        """Whether the arithmetic is that of Var z."""
        self._asked: int | None = None
        self._lay_out()
        self.setMinimumHeight(LEAST_HEIGHT)

    def _lay_out(self) -> None:
        self._head, self._body = head, body = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._word)
        head.addWidget(self._compared, 1)
        body.setSpacing(8)
        body.addWidget(self._sentence, 1)
        body.addWidget(self.doctor, 0, Qt.AlignmentFlag.AlignTop)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(14, 6, 8, 5)
        column.setSpacing(1)
        column.addLayout(head)
        column.addLayout(body)
        column.addWidget(self.formula)
        column.addWidget(self.why)
        column.addStretch(1)

    def wanted_height(self) -> int:
        """What it says takes so many pixels in its width, and :data:`LEAST_HEIGHT` at least. While numbers are dragged
        it is never less than it was: what stands above would jump."""
        if whole := self.formula.parent() is self:
            margins = self._column.contentsMargins()
            self.formula.fit(self.width() - margins.left() - margins.right() - 2 * self.frameWidth())
            # What lies deeper in it hears of other texts with the next frame, unless it is told.
            self.formula.updateGeometry()
        for row in (self._head, self._body):
            row.invalidate()
        least = LEAST_HEIGHT if whole else 0
        held = self._held.get(self.width(), least) if self._dragged else least
        self._held = {self.width(): max(held, self._column.totalHeightForWidth(self.width()))}
        return self._held[self.width()]

    def show_moment(self, moment: Moment, measure: str) -> None:
        """Judge a network at a moment. The verdict goes by ‖δ‖ whatever the ``measure`` that the chart shows; the
        arithmetic is that of Var z beside it."""
        figures, judgement, step = moment.figures, moment.judgement, moment.step
        self._set_tone(tone_of(judgement.trouble, is_alarm=judgement.is_alarm))
        self._word.setText(moment_words(verdict_word(judgement), step))
        dead = dead_words(moment.dead, figures.configuration.width)
        self._sentence.setText(in_a_row((verdict_sentence(judgement, moment.depth), dead)))
        named = dead_list(moment.dead)
        self._sentence.setToolTip(wrapped_tip("", *named) if named else "")
        forward, told = measure == VARIANCE, compared(figures)
        if measure != DELTA:  # the numbers above are others
            told = [self.tr("‖δ‖ {told}").format(told=one) for one in told]
        if step:
            told = [self.tr("at the start: {told}").format(told=one) for one in told]
        self._compared.set_texts([*told, ""])
        self._compared.setVisible(moment.depth > 1)
        self._moment, self._forward = moment, forward
        self._show_arithmetic()
        self.why.show_moment(moment)
        self._dragged = moment.dragged
        self.doctor.setVisible(judgement.trouble not in WITHIN_BOUNDS)
        self.setAccessibleName(f"{self._word.text()} {self._sentence.text()} {told[0]}")

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

    def _keys_of(self, layer: int, moment: Moment) -> tuple[str, ...]:
        if self._forward:
            return (SLOPE, SPREAD, RATIO) if layer == self.layer else ()
        line = moment.figures.line
        jump = line.jump.layer if line is not None and line.jump is not None else None
        made = (SLOPE, SPREAD, NORM) if moment.figures.configuration.normalisation == "layer" else (SLOPE, SPREAD)
        own = () if layer == moment.depth else (JUMP,) if layer == jump else made
        return (*own, RATIO) if layer == 1 else own

    def hide_figures(self) -> None:
        """Say nothing yet."""
        self._set_tone("text_muted")
        self._word.setText("?")
        self._sentence.setText(self.tr("Guess first what becomes of the signal; or reveal it."))
        self._sentence.setToolTip("")
        self.formula.clear()
        self._set = self._moment = None
        self.why.clear()
        for part in (self._compared, self.doctor):
            part.hide()
        self.setAccessibleName(self._sentence.text())

    def be_narrow(self, *, narrow: bool, compact: bool) -> None:
        """Let the button stand above the sentence, beside a word that takes two lines where it must; the sentence is in
        small print where it is ``compact``."""
        self._word.setWordWrap(narrow)
        self._head.setStretchFactor(self._word, int(narrow))
        self._head.setStretchFactor(self._compared, int(not narrow))
        (self._head if narrow else self._body).addWidget(self.doctor, 0, Qt.AlignmentFlag.AlignTop)
        self._sentence.setStyleSheet("font-size: 12px;" if compact else "")

    @property
    def parts_apart(self) -> tuple[QWidget, ...]:
        """What may stand elsewhere: the arithmetic, and why it is so."""
        return self.formula, self.why

    def take_back(self) -> None:
        """Have them in it again."""
        for at, part in enumerate(self.parts_apart):
            self._column.insertWidget(2 + at, part)

    @property
    def sentence(self) -> str:
        """What is said."""
        return f"{self._word.text()} {self._sentence.text()}"

    def _set_tone(self, tone: str) -> None:
        for part in (self, self._word):
            mark(part, "tone", tone)
