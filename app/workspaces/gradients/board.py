"""The networks side by side, each a column, over the strip that says more of them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.copying import CopyButton
from app.kit.icons import set_icon
from app.kit.numbers import counted
from app.kit.widgets.frame import QWIDGETSIZE_MAX, scroll_in, splitter
from app.kit.widgets.labels import FittingLabel, Label, Sentence
from app.kit.widgets.tone import restyle
from app.kit.words import plain_tip
from app.workspaces.gradients.layers import LayerChart
from app.workspaces.gradients.moment import MEASURE_TIPS, MEASURES, VARIANCE, NetworkMoment, ShownLayers
from app.workspaces.gradients.settings import NetworkSettings
from app.workspaces.gradients.strip import LEAST_STRIP, Strip
from app.workspaces.gradients.verdict import VerdictCard
from app.workspaces.gradients.words import LETTERS, SERIES, said, title_of
from engine.gradients.experiment import Configuration, Experiment

BADGE = 24
LOW_CHART = 200
SIDE, GAP = 14, 8
COMPACT = 300
"""In fewer pixels it is written small."""


class NetworkColumn(QWidget):
    """``edited(changes, merge)``, ``settled``: of its settings. ``opened``, ``removed``, ``doctor_wanted``: by its
    buttons. ``measure_wanted(key)``: another quantity. ``asked(row, layer)``: where does this number come from?"""

    edited = Signal(dict, str)
    settled = Signal()
    opened = Signal()
    removed = Signal()
    doctor_wanted = Signal()
    measure_wanted = Signal(str)
    asked = Signal(str, int)
    resized = Signal()

    def __init__(self, number: int, configuration: Configuration, parent: QWidget | None = None) -> None:
        """``parent``: where it is to stand, for what moves there whole is given its looks a second time."""
        super().__init__(parent)
        self.number = number
        self._layers_known: tuple[object, ...] | None = None
        self._verdict_known: tuple[object, ...] | None = None
        self._low = False
        self._title_of: tuple[str, int, str] | None = None
        self._title_height = BADGE
        self.badge = Label(LETTERS[number])
        self.badge.setFixedSize(BADGE, BADGE)
        self.badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.title = Sentence()
        self.title.setProperty("role", "title")
        self.open = self._tool("open", self.tr("Open in playground"))
        self.open.clicked.connect(self.opened)
        self._name_opening(0)
        self.remove = self._tool("close", self.tr("Remove network {letter}").format(letter=LETTERS[number]))
        self.remove.setIconSize(QSize(12, 12))
        self.remove.setToolTip(self.tr("Remove this network"))
        self.remove.clicked.connect(self.removed)
        self.settings = NetworkSettings(configuration, self)
        self.settings.edited.connect(self.edited)
        self.settings.settled.connect(self.settled)
        self.chart = LayerChart(number)
        self.verdict = VerdictCard()
        self.chart.chosen.connect(self._ask_of_layer)
        self.chart.pointed.connect(self.verdict.light)
        self.verdict.doctor_wanted.connect(self.doctor_wanted)
        self.verdict.pointed.connect(self._light)
        self.verdict.asked.connect(self.asked)
        self._lay_out()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.follow(self._restyle)

    def _restyle(self) -> None:
        ground, ink = theme.series_colour(self.number, SERIES).name(), theme.current().on_accent
        restyle(
            self.badge,
            f"background: {ground}; color: {ink}; border-radius: {BADGE // 2}px; font-size: 12px; font-weight: 700;",
        )

    @staticmethod
    def _tool(icon: str, name: str) -> QToolButton:
        button = QToolButton()
        set_icon(button, icon)
        button.setAccessibleName(name)
        return button

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
        column.addWidget(self.settings)
        column.addLayout(self._heading())
        column.addWidget(self.chart, 1)
        column.addWidget(self.verdict)
        column.addStretch(0)

    def _heading(self) -> QHBoxLayout:
        """Return what the bars show, which can be another quantity, and the key to them."""
        self.measure = QToolButton()
        self.measure.setProperty("role", "heading_menu")
        self.measure.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.measure.setToolTip(self.tr("Show another quantity of the layers"))
        self.measure.setAccessibleName(self.measure.toolTip())
        menu = QMenu(self.measure)
        menu.setToolTipsVisible(True)
        self.measures: dict[str, QAction] = {}
        for key, text in MEASURES.items():
            action = self.measures[key] = menu.addAction(said(text))
            action.setCheckable(True)
            action.setToolTip(plain_tip(said(MEASURE_TIPS[key])))
            action.setData(key)
        menu.triggered.connect(self._choose_measure)
        self.measure.setMenu(menu)
        self.key = FittingLabel("muted")
        self.key.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.copier = CopyButton()
        self.copier.offer(self.chart, self._picture, title=self.chart.accessibleName(), name="layers")
        self.copier.offer_drawing(self.chart, lambda: f"{LETTERS[self.number]} · {self.title.full_text}")
        self.copier.serve(self.chart)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.measure)
        row.addWidget(self.key, 1)
        row.addWidget(self.copier)
        return row

    @Slot(object)
    def _choose_measure(self, action: QAction) -> None:
        self.measure_wanted.emit(action.data())

    def _picture(self) -> QPixmap:
        return self.copier.drawn_picture()

    def be_low(self, *, low: bool) -> None:
        """Where there is little height the verdict stands first, and the arithmetic last."""
        if low == self._low:
            return
        self._low = low
        self._column.removeWidget(self.verdict)
        foot = self._column.count() - 1
        self._column.insertWidget(1 if low else foot, self.verdict)
        self._column.setStretchFactor(self.chart, 0 if low else 1)
        self.chart.setMaximumHeight(LOW_CHART if low else QWIDGETSIZE_MAX)  # as high in every column
        self._column.setStretch(foot + 1, int(low))  # what is left over lies beneath, in every column
        if low:
            self._column.insertWidget(foot + 1, self.verdict.formula)
        else:
            self.verdict.take_back()

    def title_height(self) -> int:
        """Return what the title takes in the width that is left for it."""
        beside = [self.open, self.remove] if not self.remove.isHidden() else [self.open]
        room = self.width() - 2 * SIDE - BADGE
        room -= sum(button.sizeHint().width() + self._head.spacing() for button in beside)
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
        self.settings.show_configuration(configuration, differing)
        self.remove.setVisible(removable)

    def show_values(self, moment: NetworkMoment, shown: ShownLayers, decades: tuple[int, int], step: int) -> None:
        """Show its numbers, on an axis over these powers of ten, and the verdict after the ``moment``'s steps, which
        may be fewer than those ``at`` which the page is looked at."""
        self._show_layers(moment, shown, decades, step)
        figures = moment.figures
        drawn = figures.configuration, id(figures.signal), shown.measure, moment.drawn, moment.dragged
        key = drawn if _at_start(moment, shown, step) else None
        if key is None or key != self._verdict_known:  # else another network is being changed
            self._verdict_known = key
            self.verdict.show_moment(moment, shown.measure)
            self._name_opening(moment.step)

    def _show_layers(self, moment: NetworkMoment, shown: ShownLayers, decades: tuple[int, int], step: int) -> None:
        figures = moment.figures
        drawn = figures.configuration, id(figures.signal), shown.measure, decades
        key = drawn if _at_start(moment, shown, step) else None
        if key is None or key != self._layers_known:
            self._layers_known = key
            self.chart.set_data(
                replace(
                    self.chart.numbers,
                    shown=shown,
                    decades=decades,
                    hidden=False,
                    alarm=moment.judgement.is_alarm or not moment.step,
                )
            )
            self.measure.setText(_heading_of(shown))
            self.measures[shown.measure].setChecked(True)
            for measure, action in self.measures.items():
                action.setChecked(measure == shown.measure)
            self.key.set_texts(self._keys_of(shown, step))

    def _name_opening(self, step: int) -> None:
        """Say with which weights the network would open."""
        start = self.tr("Open in the playground: the same network with the same start weights, as a copy")
        after = self.tr(
            "Open in the playground: the same network with its weights after {count} {count:step|steps}, as a copy"
        )
        self.open.setToolTip(plain_tip(counted(step, after) if step else start))

    def hide_values(self, *, measured: bool) -> None:
        """Show nothing of what came of an edit until it is measured and has been guessed."""
        self._layers_known = self._verdict_known = None
        self.chart.set_data(replace(self.chart.numbers, shown=None, hidden=measured))
        self.verdict.hide_figures(measured=measured)
        self.key.set_texts(("",))

    def _keys_of(self, shown: ShownLayers, moment: int) -> tuple[str, ...]:
        """Return what is drawn, the fullest first."""
        if shown.step > 0:
            return (counted(shown.step, self.tr("after {count} {count:step|steps}")),)
        parts = [self.tr("bar: measured · tick: predicted") if shown.ticks is not None else self.tr("bar: measured")]
        if shown.anchor is not None and shown.ticks is not None:  # what is predicted is how layers are to one another
            parts.insert(0, self.tr("{key} from layer {layer}").format(key=parts[0], layer=shown.anchor))
        short = self.tr("tick: predicted") if shown.ticks is not None else ""
        if shown.measure == VARIANCE or moment:
            parts, short = [self.tr("at the start · {key}").format(key=parts[0]), parts[0]], self.tr("at the start")
        return *parts, short

    def explain(self, layer: int | None) -> None:
        """Mark the layer of which a number is explained; None: it is not one of these."""
        self.chart.light(frozenset() if layer is None else frozenset({layer}))
        self.verdict.ask(layer)

    @Slot(object)
    def _ask_of_layer(self, layer: int) -> None:
        shown = self.chart.numbers.shown
        if shown is not None:
            self.asked.emit(shown.main.key, layer)

    def _light(self, key: object) -> None:
        """Light the layers that a part of the arithmetic stands for."""
        shown = self.chart.numbers.shown
        if shown is not None and shown.measure == VARIANCE:  # the arithmetic is that of one layer
            self.chart.light(frozenset({self.verdict.layer}) if key is not None else frozenset())
            return
        depth = shown.depth if shown is not None else 0
        layers = frozenset(range(1, depth)) if key is not None else frozenset()
        self.chart.light(frozenset({1}) if key == "ratio" else layers)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        compact = self.width() < COMPACT
        self.title.setStyleSheet("font-size: 12px;" if compact else "")
        self.verdict.be_compact(compact=compact)
        self.resized.emit()


def _heading_of(shown: ShownLayers) -> str:
    name = said(MEASURES[shown.measure])
    if not shown.relative:
        return name
    return QCoreApplication.translate("Gradients", "{name}, layer {last} = 1").format(name=name, last=shown.depth)


def _at_start(moment: NetworkMoment, shown: ShownLayers, step: int) -> bool:
    """Return whether all that is shown is of the start, which is as it is."""
    return shown.step == moment.step == step == 0


LEAST_COLUMN, STRIP = 240, 232
LOW = 600
"""In less height than this not all of a network is seen at once."""
ASIDE = 0.4
"""Of a low window, for the strip at most while a question or an origin stands in it."""


class NetworkBoard(QWidget):
    """``column_made(column)``: connect it. ``settings_opened``: all settings of the networks are shown, or no more."""

    column_made = Signal(object)
    settings_opened = Signal()

    def __init__(self, strip: Strip) -> None:
        super().__init__()
        self.columns: list[NetworkColumn] = []
        self._sized = self._aligning = False
        self._barred: tuple[int, int, int] | None = None
        """The width, the room in height and how many columns there were when these did not fit into it."""
        self._aligned: object = None
        """Sizes by which the columns were aligned."""
        self._level = QTimer(self)
        self._level.setSingleShot(True)
        self._level.setInterval(0)
        self._level.timeout.connect(self.align)
        self._row_widget = QWidget()
        self._row = QHBoxLayout(self._row_widget)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        for grows in (self._row_widget, strip.side.content):
            grows.installEventFilter(self)
        self._scroll = QScrollArea()
        scroll_in(self._scroll, self._row_widget)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)  # four may be too wide
        self._scroll.setAccessibleName(self.tr("The networks side by side"))
        self.strip = strip
        self.upper = QWidget()
        place = QVBoxLayout(self.upper)
        place.setContentsMargins(0, 0, 0, 0)
        place.addWidget(self._scroll)
        self.split = splitter(Qt.Orientation.Vertical, self.upper, self.strip, 0)
        self.split.splitterMoved.connect(self._take_height)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.split)

    # Places -------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_height()
        if self.columns:
            self.align()

    @Slot()
    def _take_height(self) -> None:
        """The heights are a person's from now on."""
        self._sized = True
        self._share_height()

    def _share_height(self) -> None:
        """Give the columns what they need at least, and what lies beneath the rest, but for its own least."""
        if self.height() <= STRIP:
            return
        # The scroll area asks for what the row takes in its width, which may be more than its least.
        least = max((column.minimumSizeHint().height() for column in self.columns), default=0)
        needed = max(least, self._row_widget.heightForWidth(self._scroll.width()))
        if self._sized:
            self._settle_bar(needed, self.upper.height())
            return
        handle, most = self.split.handleWidth(), self.height() - self._least_strip()
        above = min(max(self.height() - STRIP, needed + handle), most)
        self._settle_bar(needed, most - handle)
        if self.split.sizes()[0] != above:
            self.split.setSizes([above, self.height() - above])

    def _least_strip(self) -> int:
        """Return the strip's least height. In a low window a question is whole, and an origin up to what leaves the
        bars in sight."""
        if self.height() >= LOW or self.strip.side.isHidden():
            return LEAST_STRIP
        return max(LEAST_STRIP, min(self.strip.wanted_height(), round(ASIDE * self.height())))

    def _settle_bar(self, needed: int, room: int) -> None:
        """Show a scroll bar or not, beforehand: it takes width, so that the columns ask for another height, and one
        that came and went as it is needed would do so without end. Where it was needed once it stays, until there is
        another room or another number of columns."""
        place = self.width(), room, len(self.columns)
        if needed > room:
            self._barred = place
        shown, hidden = Qt.ScrollBarPolicy.ScrollBarAlwaysOn, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self._scroll.setVerticalScrollBarPolicy(shown if place == self._barred else hidden)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The columns, or what stands in the strip, want another height."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._share_height()
        return super().eventFilter(watched, event)

    @Slot()
    def align(self) -> None:
        """Let what is the same in every column stand at one height in all: titles and verdicts as tall as the
        tallest."""
        if self._aligning:  # a column that grows meanwhile is seen to afterwards
            self._level.start()
        elif self.columns:
            self._aligning = True
            try:
                self._align()
            finally:
                self._aligning = False

    def _align(self) -> None:
        room = self.height() + (STRIP if self.strip.isHidden() else 0)  # a presentation puts the strip aside
        for column in self.columns:
            column.be_low(low=room < LOW)
        title = max(column.title_height() for column in self.columns)
        tallest = max(column.verdict.wanted_height() for column in self.columns)
        sizes = title, tallest, self.width(), self.height()
        level = all(
            other.title.minimumHeight() == title and other.verdict.minimumHeight() == tallest for other in self.columns
        )
        if level and sizes == self._aligned:
            return  # most numbers that are dragged ask for the same room as before
        self._aligned = sizes
        for column in self.columns:
            column.title.setMinimumHeight(title)
            column.verdict.setMinimumHeight(tallest)
            column.updateGeometry()  # the row is asked for its height at once
        self._share_height()

    @property
    def settings_open(self) -> bool:
        """Whether all settings of the networks are shown."""
        return any(column.settings.is_open for column in self.columns)

    @Slot(bool)
    def open_settings(self, on: bool) -> None:
        """The settings of all columns stand in the same rows."""
        for column in self.columns:
            column.settings.set_open(on)
        self.settings_opened.emit()

    def provide_columns(self, experiment: Experiment) -> None:
        """As many columns as there are networks."""
        wanted = len(experiment.configurations)
        if wanted != len(self.columns):
            self._aligned = None
        while len(self.columns) < wanted:
            number = len(self.columns)
            column = NetworkColumn(number, experiment.configurations[number], self._row_widget)
            column.setMinimumWidth(LEAST_COLUMN)
            column.verdict.grown.connect(self.align)
            column.resized.connect(self.align)
            column.resized.connect(self._level.start)  # once more when the last column has its width as well
            column.settings.opened.connect(self.open_settings)
            column.settings.set_open(self.settings_open)
            if number:
                line = QFrame()
                line.setProperty("role", "rule")
                line.setFixedWidth(1)
                self._row.addWidget(line)
            self._row.addWidget(column, 1)
            self.columns.append(column)
            self.column_made.emit(column)
        while len(self.columns) > wanted:
            gone = self.columns.pop()
            for _part in range(2):
                item = self._row.takeAt(self._row.count() - 1)
                widget = item.widget() if item is not None else None
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
            del gone
