"""One network of the experiment: its switches, its layers and the verdict."""

from __future__ import annotations

import re
from collections.abc import Collection

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.copying import CopyButton
from app.kit.icons import set_icon
from app.kit.numbers import counted, power_of_ten
from app.kit.typeset import MathLabel
from app.kit.widgets.labels import Label, Sentence
from app.kit.widgets.painted import Painted, set_pixels
from app.kit.widgets.tone import mark
from app.kit.words import plain_tip
from app.workspaces.gradients.chart import SignalChart
from app.workspaces.gradients.fitting import FittingLabel
from app.workspaces.gradients.moment import Moment
from app.workspaces.gradients.shown import SYMBOLS, VARIANCE, Shown
from app.workspaces.gradients.switches import Switches
from app.workspaces.gradients.titles import title_of
from app.workspaces.gradients.verdict_card import VerdictCard
from app.workspaces.gradients.words import LETTERS, SERIES
from engine.gradients.experiment import Configuration

BADGE = 24
LOW_CHART, QWIDGETSIZE_MAX = 230, (1 << 24) - 1
SIDE, GAP, SMALL_GAP = 14, 8, 4
NARROW, COMPACT = 440, 300
"""Below so many pixels words give way to pictures, and then gaps are closed."""


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
    resized = Signal()

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        """Whole but for its switches. ``parent``: where it is to stand, for what moves there whole is given its looks
        a second time."""
        super().__init__(parent)
        self.number = number
        self.judged = False
        """Whether a verdict has ever been shown."""
        self._layers_known: tuple[object, ...] | None = None
        self._verdict_known: tuple[object, ...] | None = None
        self.badge = Badge(number)
        self.title = Sentence()
        self.title.setProperty("role", "title")
        self.open = QToolButton()
        self.open.setText(self.tr("Open in playground"))
        self.open.setAccessibleName(self.tr("Open in playground"))
        self._name_opening(0)
        self._form: int | None = None
        self._low = self._brief = False
        self._title_of: tuple[str, int, str] | None = None
        self._title_height = BADGE
        set_icon(self.open, "open")
        self.open.clicked.connect(self.opened)
        self.remove = QToolButton()
        set_icon(self.remove, "close")
        self.remove.setIconSize(QSize(12, 12))
        self.remove.setToolTip(self.tr("Take this network away"))
        self.remove.setAccessibleName(self.tr("Take network {letter} away").format(letter=LETTERS[number]))
        self.remove.clicked.connect(self.removed)
        self.switches = Switches(self)
        self.switches.edited.connect(self.edited)
        self.switches.settled.connect(self.settled)
        self.chart = SignalChart(self.tr("Layers of network {letter}").format(letter=LETTERS[number]), number)
        self.chart.asked.connect(self.asked)
        self.chart.pointed.connect(self.pointed)
        self.verdict = VerdictCard()
        self.chart.pointed.connect(self.verdict.light)
        self.verdict.doctor_wanted.connect(self.doctor_wanted)
        self.verdict.pointed.connect(self._light)
        self.verdict.asked.connect(self.asked)
        self._lay_out()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @classmethod
    def of(cls, number: int, configuration: Configuration, parent: QWidget | None = None) -> NetworkColumn:
        """With its switches."""
        made = cls(number, parent)
        for part in made.switches.parts(configuration):
            part()
        return made

    def _lay_out(self) -> None:
        self._head = head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self.badge)
        head.addWidget(self.title, 1)
        head.addWidget(self.open)
        head.addWidget(self.remove)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 10, SIDE, 10)
        column.setSpacing(7)
        column.addLayout(head)
        column.addWidget(self.switches)
        column.addLayout(self._legend())
        column.addWidget(self.chart, 1)
        column.addWidget(self.verdict)

    def be_low(self, *, low: bool, brief: bool) -> None:
        """Where there is little height the verdict stands first, and the arithmetic last; before that, what is said is
        ``brief``, so that the chart keeps its height."""
        if brief is not self._brief:
            self._brief = brief
            self._be_brief()
        if low == self._low:
            return
        self._low = low
        self._column.removeWidget(self.verdict)
        self._column.insertWidget(1 if low else self._column.count(), self.verdict)
        self._column.setStretchFactor(self.chart, 0 if low else 1)
        self.chart.setMaximumHeight(LOW_CHART if low else QWIDGETSIZE_MAX)  # as high in every column
        if low:
            for part in self.verdict.parts_apart:
                self._column.addWidget(part)
            self._column.setStretchFactor(self.verdict.why, 1)  # what is left over lies beneath, in every column
        else:
            self.verdict.take_back()

    def _be_brief(self) -> None:
        self.verdict.why.set_brief(brief=self._brief or bool(self._form))

    def _legend(self) -> QHBoxLayout:
        self.symbol = MathLabel(SYMBOLS["delta"], 14.0)
        self._per_layer = Label(self.tr("per layer"))
        self._per_layer.setProperty("role", "strong")
        self.key = FittingLabel("muted")
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

    @property
    def inner_width(self) -> int:
        """The room for what stands in it, in pixels."""
        return self.width() - 2 * SIDE

    def title_height(self) -> int:
        """What the title takes in the width that is left for it."""
        beside = [self.open, self.remove] if not self.remove.isHidden() else [self.open]
        room = self.inner_width - BADGE - sum(one.sizeHint().width() + self._head.spacing() for one in beside)
        # Not by heightForWidth, which is never less than the least height that it was given for an earlier width.
        key = (self.title.full_text, room, self.title.font().key())
        if key != self._title_of:
            lines = QRect(0, 0, max(room - self._head.spacing(), 1), 1 << 12)
            wrapped = self.title.fontMetrics().boundingRect(lines, Qt.TextFlag.TextWordWrap, self.title.full_text)
            self._title_of, self._title_height = key, max(wrapped.height(), BADGE)
        return self._title_height

    # What is shown ------------------------------------------------------------------------------------------------

    def show_configuration(self, configuration: Configuration, differing: Collection[str], *, removable: bool) -> None:
        """Show what the network is."""
        # A number stands on the line of its name.
        self.title.set_full_text(re.sub(r" (?=[\d.])", "\N{NO-BREAK SPACE}", title_of(configuration, differing)))
        self.switches.show_configuration(configuration, differing)
        self.remove.setVisible(removable)

    def show_values(self, moment: Moment, shown: Shown, decades: tuple[int, int], at: int) -> None:
        """Show its numbers, on an axis over these powers of ten, and the verdict after the ``moment``'s steps, which
        may be fewer than those ``at`` which the page is looked at."""
        self.show_layers(moment, shown, decades, at)
        figures = moment.figures
        drawn = figures.configuration, id(figures.signal), shown.measure, moment.drawn, moment.dragged
        key = drawn if _at_start(moment, shown, at) else None
        if key is None or key != self._verdict_known:  # else another network is being changed
            self._verdict_known, self.judged = key, True
            self.verdict.show_moment(moment, shown.measure)
            self._name_opening(moment.step)

    def show_layers(self, moment: Moment, shown: Shown, decades: tuple[int, int], at: int) -> None:
        """The same of the chart alone."""
        figures = moment.figures
        drawn = figures.configuration, id(figures.signal), shown.measure, decades
        key = drawn if _at_start(moment, shown, at) else None
        if key is None or key != self._layers_known:
            self._layers_known = key
            self.symbol.set_text(SYMBOLS[shown.measure])
            self.chart.show_values(shown, decades)
            self.key.set_texts(self._keys_of(shown, decades, at))

    def _name_opening(self, step: int) -> None:
        """Say with which weights the network would open."""
        start = self.tr("The same network with the same start weights, as a copy in the playground")
        after = self.tr("The same network with its weights after {count} steps, as a copy in the playground")
        one = self.tr("The same network with its weights after 1 step, as a copy in the playground")
        text = counted(step, one, after) if step else start
        self.open.setToolTip(plain_tip(text))

    def hide_values(self) -> None:
        """Show nothing of what came of an edit until it has been guessed."""
        self._layers_known = self._verdict_known = None
        self.chart.hide_values()
        self.verdict.hide_figures()
        self.key.set_texts(("",))

    def _keys_of(self, shown: Shown, decades: tuple[int, int], moment: int) -> tuple[str, ...]:
        """What is drawn, the fullest first."""
        floor = self.tr("log axis from {floor}").format(floor=power_of_ten(decades[0]))
        if shown.step > 0:
            when = counted(shown.step, self.tr("after 1 step"), self.tr("after {count} steps"))
            return f"{when} · {floor}", when
        parts = [self.tr("bar: measured · tick: predicted") if shown.ticks is not None else self.tr("bar: measured")]
        if shown.anchor is not None and shown.ticks is not None:  # what is predicted is how layers are to one another
            parts.insert(0, self.tr("{key} from layer {layer}").format(key=parts[0], layer=shown.anchor))
        short = self.tr("tick: predicted") if shown.ticks is not None else ""
        if shown.measure == VARIANCE or moment:
            parts, short = [self.tr("at the start · {key}").format(key=parts[0]), parts[0]], self.tr("at the start")
        return f"{parts[0]} · {floor}", *parts, short

    def explain(self, layer: int | None) -> None:
        """Mark the layer of which a number is explained; None: it is not one of these."""
        self.chart.light(frozenset() if layer is None else frozenset({layer}))
        self.verdict.ask(layer)

    def _light(self, key: object) -> None:
        """What a part of the arithmetic stands for: all the layers whose factors it is multiplied by."""
        shown = self.chart.shown
        if shown is not None and shown.measure == VARIANCE:  # the arithmetic is that of one layer
            self.chart.light(frozenset({self.verdict.layer}) if key is not None else frozenset())
            return
        depth = shown.depth if shown is not None else 0
        layers = frozenset(range(1, depth)) if key is not None else frozenset()
        self.chart.light(frozenset({1}) if key == "ratio" else layers)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        width = self.width()
        form = 0 if width >= NARROW else 1 if width >= COMPACT else 2
        if form != self._form:
            self._form = form
            self._take_form(narrow=form > 0, compact=form > 1)
        self.resized.emit()

    def _take_form(self, *, narrow: bool, compact: bool) -> None:
        """Let pictures do for words, and say once what the symbol says as well; ``compact`` closes the gaps besides."""
        beside, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        self.open.setToolButtonStyle(alone if narrow else beside)
        mark(self.open, "role", "" if narrow else "pill")
        self.title.setStyleSheet("font-size: 12px;" if compact else "")
        for button in (self.open, self.remove):
            button.setStyleSheet("padding: 0;" if compact else "")
        self._head.setSpacing(SMALL_GAP if compact else GAP)
        self._per_layer.setVisible(not narrow)
        self.verdict.be_narrow(narrow=narrow, compact=compact)
        self._be_brief()


def _at_start(moment: Moment, shown: Shown, at: int) -> bool:
    """Whether all that is shown is of the start, which is as it is."""
    return shown.step == moment.step == at == 0
