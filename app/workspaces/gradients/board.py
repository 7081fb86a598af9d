"""The page's middle: the networks side by side over what training, the doctor and the map say of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.kit.charts.card import PlotCard
from app.kit.translation import QT_TRANSLATE_NOOP
from app.kit.widgets.frame import rule, splitter
from app.kit.widgets.labels import Label
from app.kit.widgets.outline_tree import OutlineTree
from app.kit.widgets.segments import Segments
from app.kit.widgets.tabs import UnderlinedTabs
from app.workspaces.gradients.column import NetworkColumn
from app.workspaces.gradients.doctor_panel import DoctorPanel
from app.workspaces.gradients.map_view import MapView
from app.workspaces.gradients.map_words import title_words
from app.workspaces.gradients.trend import Trend
from app.workspaces.gradients.words import LETTERS, said
from engine.gradients.experiment import MOST, Experiment

LEAST_COLUMN, LEAST_RIGHT, STRIP, LEAST_STRIP = 240, 420, 236, 150
NARROW_TREND = 320
"""In less width the curves' own controls say what they are of, in one row."""
LOW, BRIEF = 640, 800
"""In less height than this not all of a network is seen at once."""
PARTS = ("doctor", "map", "outline")
TRENDS = {
    "ratio": (
        QT_TRANSLATE_NOOP("Gradients", "ratio"),
        QT_TRANSLATE_NOOP("Gradients", "‖δ‖ of the first over that of the last hidden layer, step by step"),
    ),
    "moved": (
        QT_TRANSLATE_NOOP("Gradients", "step ‖Δθ‖"),
        QT_TRANSLATE_NOOP("Gradients", "How far all weights together move in a step: what clipping bounds"),
    ),
    "loss": (
        QT_TRANSLATE_NOOP("Gradients", "loss"),
        QT_TRANSLATE_NOOP("Gradients", "The mean loss of all points, step by step"),
    ),
}


def see_through(area: QScrollArea) -> None:
    """Let the ground of what lies round a scroll area be its own."""
    area.viewport().setAutoFillBackground(False)
    inner = area.widget()
    if inner is not None:
        inner.setAutoFillBackground(False)


class Board(QWidget):
    """``column_made(column)``: connect it. ``part_chosen(key)``, ``trend_chosen(key)``, ``subject_chosen(number)``: of
    which network the doctor and the map speak."""

    column_made = Signal(object)
    part_chosen = Signal(str)
    trend_chosen = Signal(str)
    subject_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.columns: list[NetworkColumn] = []
        self._next: NetworkColumn | None = None
        """The column that is put in its place next."""
        self._sized = self._aligning = False
        self._barred: tuple[int, int, int] | None = None
        """The width, the room in height and how many columns there were when these did not fit into it."""
        self._aligned: object = None
        """What the columns were aligned by."""
        self._level = QTimer(self)
        self._level.setSingleShot(True)
        self._level.setInterval(0)
        self._level.timeout.connect(self.align)
        self._row_widget = QWidget()
        self._row = QHBoxLayout(self._row_widget)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row_widget.installEventFilter(self)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the keyboard
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(self._row_widget)
        self._scroll.setAccessibleName(self.tr("The networks side by side"))
        see_through(self._scroll)
        self.lower_split = QSplitter(Qt.Orientation.Horizontal)
        self.lower_split.setHandleWidth(1)
        self.lower_split.setChildrenCollapsible(False)
        self.lower_split.setMinimumHeight(LEAST_STRIP)
        self.split = splitter(Qt.Orientation.Vertical, self._scroll, self.lower_split, 0)
        self.split.splitterMoved.connect(self._take_height)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.split)

    # Building -----------------------------------------------------------------------------------------------------

    def parts(self) -> tuple[Callable[[], None], ...]:
        """What lies under the columns, built one by one."""
        return self._add_trend, self._add_tabs, self._add_doctor, self._add_map, self._add_outline

    def column_parts(self, experiment: Experiment) -> Iterator[Callable[[], None]]:
        """The columns that there are to be, each in pieces."""
        for number, configuration in enumerate(experiment.configurations):
            if number < len(self.columns):
                continue  # what was opened meanwhile has brought its own
            made: list[NetworkColumn] = []
            yield partial(self._make_column, number, made)
            yield from made[0].switches.parts(configuration)
            yield partial(self._take_column, made[0], experiment)

    def _make_column(self, number: int, made: list[NetworkColumn]) -> None:
        made.append(NetworkColumn(number, self._row_widget))

    def _take_column(self, column: NetworkColumn, experiment: Experiment) -> None:
        if column.number < len(self.columns):
            column.deleteLater()
            return
        self._next = column
        self.provide_columns(experiment, column.number + 1)

    def _add_trend(self) -> None:
        self.trend = Trend()
        self.trend_card = PlotCard(self.tr("While training"), self.trend, "training")
        self.trends = Segments([(key, said(text), said(tip)) for key, (text, tip) in TRENDS.items()])
        self.trends.chosen.connect(self.trend_chosen)
        self.trend_card.add_control(self.trends)
        self.trend_card.installEventFilter(self)
        self.lower_split.addWidget(self.trend_card)

    def _add_tabs(self) -> None:
        self.tabs = UnderlinedTabs()
        for text in (self.tr("Doctor"), self.tr("Depth × scale"), self.tr("Outline")):
            self.tabs.addTab(text)
        self.tabs.setAccessibleName(self.tr("Beside the curves"))
        self.tabs.currentChanged.connect(self._show_part)
        self.subjects = Segments(
            [(letter, letter, self.tr("Of network {letter}").format(letter=letter)) for letter in LETTERS]
        )
        self.subjects.chosen.connect(lambda letter: self.subject_chosen.emit(LETTERS.index(letter)))
        self.about = Label()
        self.about.setProperty("role", "muted")
        self.stack = QStackedWidget()
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 10, 0)
        head.addWidget(self.tabs)
        head.addStretch(1)
        head.addWidget(self.about)
        head.addWidget(self.subjects, 0, Qt.AlignmentFlag.AlignVCenter)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(rule())
        column.addWidget(self.stack, 1)
        right.setMinimumWidth(LEAST_RIGHT)
        self.lower_split.addWidget(right)
        for half in range(2):
            self.lower_split.setStretchFactor(half, 1)
        self.lower_split.setSizes([500, 500])

    def _add_doctor(self) -> None:
        self.doctor = DoctorPanel()
        self.stack.addWidget(self.doctor)

    def _add_map(self) -> None:
        self.map = MapView()
        self.map_card = PlotCard(title_words("signal"), self.map, "depth-and-scale")
        self.map_kinds = Segments(
            [
                ("signal", self.tr("signal"), self.tr("What arrives at layer 1 before a step is done")),
                ("loss", self.tr("training"), self.tr("The loss after some steps: where training lives")),
            ]
        )
        self.map_card.add_control(self.map_kinds)
        self.stack.addWidget(self.map_card)

    def _add_outline(self) -> None:
        self.outline = OutlineTree(self.tr("The experiment as an outline"))
        self.stack.addWidget(self.outline)

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
            self._settle_bar(needed, self._scroll.height())
            return
        handle, most = self.split.handleWidth(), self.height() - LEAST_STRIP
        above = min(max(self.height() - STRIP, needed + handle), most)
        self._settle_bar(needed, most - handle)
        if self.split.sizes()[0] != above:
            self.split.setSizes([above, self.height() - above])

    def _settle_bar(self, needed: int, room: int) -> None:
        """Whether there is a scroll bar, said beforehand: it takes width, so that the columns ask for another height,
        and one that came and went as it is needed would do so without end. Where it was needed once it stays, until
        there is another room or another number of columns."""
        place = self.width(), room, len(self.columns)
        if needed > room:
            self._barred = place
        shown, hidden = Qt.ScrollBarPolicy.ScrollBarAlwaysOn, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self._scroll.setVerticalScrollBarPolicy(shown if place == self._barred else hidden)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The columns want another height, or the curves have another width."""
        if watched is self._row_widget and event.type() == QEvent.Type.LayoutRequest:
            self._share_height()
        elif isinstance(event, QResizeEvent) and watched is not self._row_widget:
            narrow = event.size().width() < NARROW_TREND
            self.trend_card.set_title("" if narrow else self.tr("While training"))
        return super().eventFilter(watched, event)

    @Slot()
    def align(self) -> None:
        """Let what is the same in every column stand at one height in all: titles and verdicts as tall as the tallest,
        and switches in rows of one length."""
        if self._aligning:  # a column that grows meanwhile is seen to afterwards
            self._level.start()
        elif self.columns:
            self._aligning = True
            try:
                self._align()
            finally:
                self._aligning = False

    def _align(self) -> None:
        for column in self.columns:
            column.be_low(low=self.height() < LOW, brief=self.height() < BRIEF)
        narrowest = min(column.inner_width for column in self.columns)
        title = max(column.title_height() for column in self.columns)
        needed = frozenset().union(*(column.switches.needed for column in self.columns))
        tallest = max(column.verdict.wanted_height() for column in self.columns)
        opened = tuple(column.switches.is_open for column in self.columns)
        found = title, narrowest, needed, tallest, self.width(), self.height(), opened
        level = all(
            one.title.minimumHeight() == title and one.verdict.minimumHeight() == tallest for one in self.columns
        )
        if level and found == self._aligned:
            return  # most numbers that are dragged ask for the same room as before
        self._aligned = found
        for column in self.columns:
            column.title.setMinimumHeight(title)
            column.switches.arrange(narrowest, needed)
            column.verdict.setMinimumHeight(tallest)
            column.updateGeometry()  # the row is asked for its height at once
        self._share_height()

    @Slot(bool)
    def _open_switches(self, on: bool) -> None:
        """The switches of all columns stand in the same rows."""
        for column in self.columns:
            column.switches.set_open(on)
        self.align()

    def _show_part(self, index: int) -> None:
        self.stack.setCurrentIndex(index)
        self.part_chosen.emit(PARTS[index])

    def show_part(self, key: str) -> None:
        """Bring a tab to the front."""
        self.tabs.setCurrentIndex(PARTS.index(key))

    @property
    def part(self) -> str:
        """The tab in front."""
        return PARTS[self.tabs.currentIndex()]

    def provide_columns(self, experiment: Experiment, most: int = MOST) -> None:
        """As many columns as there are networks, but no more than ``most``."""
        count = len(experiment.configurations)
        wanted = min(count, most)
        if wanted != len(self.columns):
            self._aligned = None
        while len(self.columns) < wanted:
            number = len(self.columns)
            column, self._next = self._next, None
            if column is None or column.number != number:
                column = NetworkColumn.of(number, experiment.configurations[number], self._row_widget)
            column.setMinimumWidth(LEAST_COLUMN)
            column.verdict.grown.connect(self.align)
            column.resized.connect(self.align)
            column.resized.connect(self._level.start)  # once more when the last column has its width as well
            column.switches.opened.connect(self._open_switches)
            column.switches.set_open(any(one.switches.is_open for one in self.columns))
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
        for number, letter in enumerate(LETTERS):
            self.subjects.set_shown(letter, number < count)
