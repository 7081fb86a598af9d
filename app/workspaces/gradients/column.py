"""One network of the experiment: its switches, its layers and the verdict."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.copying import CopyButton
from app.kit.icons import set_icon
from app.kit.numbers import counted, power_of_ten
from app.kit.typeset import MathLabel
from app.kit.widgets.labels import ElidedLabel
from app.kit.widgets.painted import Painted, set_pixels
from app.workspaces.gradients.chart import SignalChart
from app.workspaces.gradients.shown import SYMBOLS, VARIANCE, Shown
from app.workspaces.gradients.switches import Switches
from app.workspaces.gradients.verdict_card import VerdictCard
from app.workspaces.gradients.words import LETTERS, SERIES, title_of
from engine.gradients.experiment import Configuration
from engine.gradients.figures import Figures
from engine.gradients.verdict import Judgement

BADGE = 24
NARROW = 440
"""Below so many pixels words give way to pictures."""


class Badge(Painted):
    """The letter of a network on its colour."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self.setFixedSize(BADGE, BADGE)
        self.setAccessibleName(LETTERS[number])

    def paint(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.series_colour(self._number, SERIES))
        painter.drawEllipse(QRectF(self.rect()))
        set_pixels(painter, 12, QFont.Weight.Bold)
        painter.setPen(theme.colour("on_accent"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, LETTERS[self._number])


class NetworkColumn(QWidget):
    """``edited(changes, merge)``, ``settled``: of its switches. ``opened``, ``removed``, ``doctor_wanted``: by its
    buttons. ``asked(row, layer)``: where does this number come from?"""

    edited = Signal(dict, str)
    settled = Signal()
    opened = Signal()
    removed = Signal()
    doctor_wanted = Signal()
    asked = Signal(str, int)
    pointed = Signal(object)

    def __init__(self, number: int, configuration: Configuration) -> None:
        super().__init__()
        self.number = number
        self._known: tuple[object, ...] | None = None
        self.badge = Badge(number)
        self.title = ElidedLabel("", "title")
        self.open = QPushButton(self.tr("Open in playground"))
        self.open.setProperty("role", "pill")
        self.open.setToolTip(self.tr("The same network with the same start weights, as a copy in the playground"))
        set_icon(self.open, "open")
        self.open.clicked.connect(self.opened)
        self.remove = QToolButton()
        set_icon(self.remove, "close")
        self.remove.setIconSize(QSize(12, 12))
        self.remove.setToolTip(self.tr("Take this network away"))
        self.remove.setAccessibleName(self.tr("Take network {letter} away").format(letter=LETTERS[number]))
        self.remove.clicked.connect(self.removed)
        self.switches = Switches(configuration)
        self.switches.edited.connect(self.edited)
        self.switches.settled.connect(self.settled)
        self.chart = SignalChart(self.tr("Layers of network {letter}").format(letter=LETTERS[number]), number)
        self.chart.asked.connect(self.asked)
        self.chart.pointed.connect(self.pointed)
        self.verdict = VerdictCard()
        self.chart.pointed.connect(self.verdict.light)
        self.verdict.doctor_wanted.connect(self.doctor_wanted)
        self.verdict.pointed.connect(self._light)
        self._lay_out()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.badge)
        head.addWidget(self.title, 1)
        head.addWidget(self.open)
        head.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(7)
        column.addLayout(head)
        column.addWidget(self.switches)
        column.addLayout(self._legend())
        column.addWidget(self.chart, 1)
        column.addWidget(self.verdict)

    def _legend(self) -> QHBoxLayout:
        self.symbol = MathLabel(SYMBOLS["delta"], 14.0)
        self._per_layer = QLabel(self.tr("per layer"))
        self._per_layer.setStyleSheet("font-weight: 600; font-size: 12px;")
        self.key = ElidedLabel("", "muted")
        self.key.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.copier = CopyButton()
        self.copier.offer(self.chart, self._picture, title=self.chart.accessibleName(), name="layers")
        self.copier.offer_drawing(self.chart, lambda: f"{LETTERS[self.number]} · {self.title.full_text}")
        self.copier.serve(self.chart)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.symbol)
        row.addWidget(self._per_layer)
        row.addWidget(self.key, 1)
        row.addWidget(self.copier)
        return row

    def _picture(self) -> QPixmap:
        return self.copier.drawn_picture()

    # What is shown ------------------------------------------------------------------------------------------------

    def show_configuration(self, configuration: Configuration, differing: Collection[str], *, removable: bool) -> None:
        """Show what the network is."""
        self.title.set_full_text(title_of(configuration))
        self.switches.show_configuration(configuration, differing)
        self.remove.setVisible(removable)

    def show_values(
        self, figures: Figures, judgement: Judgement, shown: Shown, decades: tuple[int, int], step: int, moment: int
    ) -> None:
        """Show its numbers, on an axis over these powers of ten, and the verdict after so many ``step``s, which may be
        fewer than those of the ``moment`` that is looked at."""
        start = shown.step == step == moment == 0
        key = (figures.configuration, id(figures.signal), shown.measure, decades) if start else None
        if key is not None and key == self._known:
            return  # another network is being changed
        self._known = key
        self.symbol.set_text(SYMBOLS[shown.measure])
        self.chart.show_values(shown, decades)
        self.verdict.show_figures(figures, judgement, step, forward=shown.measure == VARIANCE)
        self.key.set_full_text(self._key_of(shown, decades, moment))

    def hide_values(self) -> None:
        """Show nothing of what came of an edit until it has been guessed."""
        self._known = None
        self.chart.hide_values()
        self.verdict.hide_figures()
        self.key.set_full_text("")

    def _key_of(self, shown: Shown, decades: tuple[int, int], moment: int) -> str:
        floor = self.tr("log axis from {floor}").format(floor=power_of_ten(decades[0]))
        if shown.step > 0:
            when = counted(shown.step, self.tr("after 1 step"), self.tr("after {count} steps"))
        else:
            when = self.tr("bar: measured · tick: predicted") if shown.ticks is not None else self.tr("bar: measured")
            if shown.measure == VARIANCE or moment:
                when = self.tr("at the start · {key}").format(key=when)
        return f"{when} · {floor}"

    def _light(self, key: object) -> None:
        """What a part of the arithmetic stands for: all the layers whose factors it is multiplied by."""
        depth = self.chart.shown.depth if self.chart.shown is not None else 0
        layers = frozenset(range(1, depth)) if key is not None else frozenset()
        self.chart.light(frozenset({1}) if key == "ratio" else layers)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        narrow = self.width() < NARROW
        self.open.setText("" if narrow else self.tr("Open in playground"))
        self.open.setAccessibleName(self.tr("Open in playground"))
        self.verdict.be_narrow(narrow)
