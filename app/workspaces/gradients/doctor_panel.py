"""The doctor's findings: every cure on a copy, ranked by how much nearer to 1 it brings the ratio."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.kit import theme
from app.kit.widgets.labels import ElidedLabel, Label, wrapped
from app.kit.widgets.painted import Painted
from app.kit.words import plain_tip
from app.workspaces.gradients.words import LETTERS, cure_name, gained, ratio_text, reason_of
from engine.gradients.doctor import Trial, Why
from engine.gradients.experiment import Configuration
from engine.gradients.verdict import DECADE, decades

ROW_HEIGHT, GAIN_COLUMN = 30, 3
TONES = {Why.WORKS: "good", Why.HELPS: "warning", Why.UNLEARNT: "warning"}


class RatioBar(Painted):
    """Where a ratio lies on a log axis from the ratio of the untreated network to 1: a bar from it to what the cure
    leads to, and a band round 1."""

    def __init__(self, before: float, after: float, tone: str) -> None:
        super().__init__()
        self._before, self._after, self._tone = before, after, tone
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Ratio {ratio}").format(ratio=ratio_text(after)))

    def sizeHint(self) -> QSize:
        return QSize(110, 18)

    def minimumSizeHint(self) -> QSize:
        return QSize(50, 18)

    def _x(self, value: float) -> float:
        """1 lies at 85 %, the untreated ratio at 8 %, whichever side it is on; what is beyond an end lies there."""
        span = max(min(decades(self._before), 300.0), 1.0)
        off = min(decades(value), 300.0)
        same_side = (value < 1.0) == (self._before < 1.0)
        share = 0.85 - 0.77 * off / span if same_side else 0.85 + 0.77 * off / span
        return min(max(share, 0.02), 0.99) * self.width()

    def paint(self, painter: QPainter) -> None:
        middle = self.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("track"))
        painter.drawRoundedRect(QRectF(0, middle - 2.5, self.width(), 5), 2.5, 2.5)
        ends = sorted((self._x(1.0 / DECADE), self._x(DECADE)))
        band = QColor(theme.colour("good"))
        band.setAlphaF(0.22)
        painter.setBrush(band)
        painter.drawRoundedRect(QRectF(ends[0], middle - 6, ends[1] - ends[0], 12), 3, 3)
        start, end = self._x(self._before), self._x(self._after)
        painter.setBrush(theme.colour(self._tone))
        painter.drawRoundedRect(QRectF(min(start, end), middle - 2.5, max(abs(end - start), 2), 5), 2.5, 2.5)
        painter.setPen(QPen(theme.colour("danger"), 2.0))
        painter.drawLine(QPointF(start, middle - 7), QPointF(start, middle + 7))


class DoctorPanel(QScrollArea):
    """``applied(configuration)``: this cure for the network that is looked at."""

    applied = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("What the doctor has tried"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._shown: tuple[object, ...] | None = None
        self._foot = wrapped()
        self.buttons: dict[str, QPushButton] = {}

    def show_trials(
        self,
        number: int,
        before: float,
        trials: Sequence[Trial],
        others: Sequence[Configuration],
        *,
        busy: bool,
        share: float = 0.0,
    ) -> None:
        """Show what is known of the cures of network ``number``, whose ratio is ``before``. ``others``: the
        configurations of the experiment, to say where a cure is one of them; ``share``: of the work that is done."""
        shown = (number, before, tuple(trials), tuple(others), theme.current().name) if trials else ()
        if shown != self._shown:
            self._shown = shown
            self._build(before, trials, others)
        going = self.tr("Trying the next cure on a copy … {share} % done").format(share=round(100 * share))
        text = going if busy else "" if trials else self.tr("Nothing has been tried yet.")
        if text != self._foot.text():
            self._foot.setText(text)
            self._foot.setVisible(bool(text))

    def _build(self, before: float, trials: Sequence[Trial], others: Sequence[Configuration]) -> None:
        self.buttons = {}
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(12, 0, 14, 6)
        column.setSpacing(4)
        column.addLayout(self._rows(before, trials, others))
        self._foot = wrapped()
        column.addWidget(self._foot)
        column.addStretch(1)
        self.setWidget(body)
        body.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def _rows(self, before: float, trials: Sequence[Trial], others: Sequence[Configuration]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        grid.setColumnMinimumWidth(0, 126)
        steps = max((one.steps for one in trials), default=0)
        loss = self.tr("LOSS AT {steps}").format(steps=steps) if steps else self.tr("LOSS")
        heads = (
            ("", ""),
            (self.tr("RATIO"), self.tr("On a log axis: red where it is now, the band within a decade of 1")),
            (
                self.tr("AFTER"),
                self.tr("The copy’s ‖δ‖ of the first over the last hidden layer, at the start"),
            ),
            (
                self.tr("GAIN"),
                self.tr("How many times nearer to 1: how far off it was, over how far off it is"),
            ),
            (loss, self.tr("The copy’s mean loss after {steps} steps").format(steps=steps)),
            ("", ""),
        )
        for at, (text, tip) in enumerate(heads):
            label = Label(text)
            label.setToolTip(plain_tip(tip))
            label.setProperty("role", "readout")
            label.setAlignment(Qt.AlignmentFlag.AlignRight if at in (2, 3, 4) else Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(label, 0, at)
        if trials:
            self._untreated(grid, before, trials[0].untreated)
        for line, trial in enumerate(trials, 2):
            self._row(grid, line, before, trial, others)
        return grid

    def _untreated(self, grid: QGridLayout, before: float, loss: float) -> None:
        """The network as it is: what every cure is compared with."""
        name = Label(self.tr("As it is"))
        name.setProperty("role", "muted")
        grid.addWidget(name, 1, 0)
        grid.addWidget(RatioBar(before, before, "text_muted"), 1, 1)
        self._figures(grid, 1, ((ratio_text(before), "text"), ("", "text_muted"), (self._loss(loss), "text_muted")))
        grid.setRowMinimumHeight(1, 22)

    def _row(self, grid: QGridLayout, line: int, before: float, trial: Trial, others: Sequence[Configuration]) -> None:
        tone = TONES.get(trial.why, "text_muted")
        why = reason_of(trial)
        grid.addLayout(self._name(trial, why), line, 0)
        grid.addWidget(RatioBar(before, trial.ratio, tone), line, 1)
        gain = "× 1" if trial.gain == 1.0 else f"× {ratio_text(trial.gain)}"
        worse = "danger" if trial.loss > trial.untreated or trial.loss != trial.loss else "text_muted"
        figures = ((ratio_text(trial.ratio), "text"), (gain, tone), (self._loss(trial.loss), worse))
        self._figures(grid, line, figures, gained(before, trial))
        grid.addWidget(self._button(trial, why, others), line, 5)
        grid.setRowMinimumHeight(line, ROW_HEIGHT)

    def _loss(self, loss: float) -> str:
        return self.tr("broke down") if loss != loss else ratio_text(loss)

    def _figures(self, grid: QGridLayout, line: int, figures: Sequence[tuple[str, str]], tip: str = "") -> None:
        for at, (text, ink) in enumerate(figures, 2):
            label = Label(text)
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            label.setStyleSheet(f"color: {theme.colour(ink).name()}; font-weight: 600; font-size: 12px;")
            if at == GAIN_COLUMN:
                label.setToolTip(plain_tip(tip))
            grid.addWidget(label, line, at)

    def _name(self, trial: Trial, why: str) -> QVBoxLayout:
        """The cure, and beneath it why it is not enough, where that is so."""
        lines = QVBoxLayout()
        lines.setSpacing(0)
        name = Label(cure_name(trial.key, trial.configuration))
        name.setStyleSheet("font-weight: 600; font-size: 12px;")
        name.setToolTip(plain_tip(why))
        lines.addWidget(name)
        if not trial.works:
            note = ElidedLabel(why)
            note.setStyleSheet(f"color: {theme.current().text_muted}; font-size: 11px;")
            lines.addWidget(note)
        return lines

    def _button(self, trial: Trial, why: str, others: Sequence[Configuration]) -> QPushButton:
        same = next((n for n, one in enumerate(others) if one == trial.configuration), None)
        text = self.tr("Apply") if same is None else self.tr("That is {letter}").format(letter=LETTERS[same])
        button = QPushButton(text)
        button.setProperty("role", "remedy")
        button.setEnabled(same is None)
        button.setToolTip(plain_tip(why))
        button.setAccessibleName(
            self.tr("Apply {cure}: {why}").format(cure=cure_name(trial.key, trial.configuration), why=why)
        )
        button.clicked.connect(lambda _checked=False: self.applied.emit(trial.configuration))
        self.buttons[str(trial.key)] = button
        return button
