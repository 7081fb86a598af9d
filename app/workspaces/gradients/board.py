"""The networks side by side, over the strip that says more of them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.kit.widgets.frame import splitter
from app.workspaces.gradients.column import NetworkColumn
from app.workspaces.gradients.strip import LEAST_STRIP, Strip
from engine.gradients.experiment import Experiment

LEAST_COLUMN, STRIP = 240, 232
LOW = 600
"""In less height than this not all of a network is seen at once."""


class Board(QWidget):
    """``column_made(column)``: connect it."""

    column_made = Signal(object)

    def __init__(self, strip: Strip) -> None:
        super().__init__()
        self.columns: list[NetworkColumn] = []
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
        for ground in (self._row_widget, self._scroll.viewport()):
            ground.setAutoFillBackground(False)
        self.strip = strip
        self.split = splitter(Qt.Orientation.Vertical, self._scroll, self.strip, 0)
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
        """The columns want another height."""
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
        for column in self.columns:
            column.be_low(low=self.height() < LOW)
        title = max(column.title_height() for column in self.columns)
        tallest = max(column.verdict.wanted_height() for column in self.columns)
        found = title, tallest, self.width(), self.height()
        level = all(
            one.title.minimumHeight() == title and one.verdict.minimumHeight() == tallest for one in self.columns
        )
        if level and found == self._aligned:
            return  # most numbers that are dragged ask for the same room as before
        self._aligned = found
        for column in self.columns:
            column.title.setMinimumHeight(title)
            column.verdict.setMinimumHeight(tallest)
            column.updateGeometry()  # the row is asked for its height at once
        self._share_height()

    @Slot(bool)
    def _open_settings(self, on: bool) -> None:
        """The settings of all columns stand in the same rows."""
        for column in self.columns:
            column.settings.set_open(on)

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
            column.settings.opened.connect(self._open_settings)
            column.settings.set_open(any(one.settings.is_open for one in self.columns))
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
