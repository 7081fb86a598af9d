"""The run's figures in a table with all that it is compared with; a tick puts a line into the charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from app.kit import theme
from app.kit.export import ExportTable
from app.kit.numbers import NOTHING, duration, grouped
from app.kit.widgets.frame import dress_table
from app.kit.words import plain_tip
from app.workspaces.recommender.data.parts import plain_header
from app.workspaces.recommender.train.charts import ChartedModel
from app.workspaces.recommender.words import Measure

LINE, MOST_LINES = 28, 8
KEY = Qt.ItemDataRole.UserRole
DOT = 10


class BesideTable(QTableWidget):
    """``ticked_changed``: other lines are to be drawn."""

    ticked_changed = Signal()

    def __init__(self, measures: Sequence[Measure], parent: QWidget | None = None) -> None:
        super().__init__(0, 3 + len(measures), parent)
        self.ticked: set[str] = set()
        self._known: set[str] = set()
        self._shown: tuple[ChartedModel, ...] = ()
        self._lines: list[tuple[str, str, str, str]] = []
        self.show_measures(measures)
        dress_table(self, LINE, self.tr("What the run is compared with"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(True)  # beside the numbers there is too little width for names at 150 %
        self.verticalHeader().setMinimumSectionSize(LINE)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # a run's name ends with when it began
        head = self.horizontalHeader()
        fit = QTimer(self, singleShot=True, interval=0)  # once all columns have their widths
        fit.timeout.connect(self._fit)
        head.sectionResized.connect(lambda *_: fit.start())
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        first = self.horizontalHeaderItem(0)
        if first is not None:
            first.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        theme.follow(self.restyle)
        self.itemChanged.connect(self._note_tick)

    def show_measures(self, measures: Sequence[Measure]) -> None:
        """Tell as many figures as before, but these."""
        self._measures = tuple(measures)
        heads = (self.tr("model"), *(measure.name for measure in measures), self.tr("weights"), self.tr("time"))
        self.setHorizontalHeaderLabels(heads)

    def restyle(self) -> None:
        """Take on the colours of the theme in force."""
        self.setStyleSheet(plain_header())

    def show_beside(self, shown: Sequence[ChartedModel], colours: Mapping[str, QColor]) -> None:
        """Fill it. Simpler models and companions are drawn from the first; other runs when they are ticked."""
        for model in shown:
            if model.key not in self._known and model.sort in ("baseline", "companion"):
                self.ticked.add(model.key)
            self._known.add(model.key)
        lines = [(model.key, model.name, colours[model.key].name(), theme.current().name) for model in shown]
        if lines != self._lines:
            self._lines = lines
            self._build(shown, colours)
        for line, model in enumerate(shown):
            self._say(line, model)
        self._shown = tuple(shown)

    def _build(self, shown: Sequence[ChartedModel], colours: Mapping[str, QColor]) -> None:
        """A line for each, without its numbers."""
        self.blockSignals(True)
        try:
            self.setRowCount(0)
            self.setRowCount(len(shown))
            for line, model in enumerate(shown):
                self.setItem(line, 0, self._name(model, colours[model.key]))
                for column in range(1, self.columnCount()):
                    item = QTableWidgetItem()
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                    self.setItem(line, column, item)
                if model.sort == "own":
                    self._stress(line)
        finally:
            self.blockSignals(False)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        """Give names the lines that they need, and the table the height of its first rows."""
        self.resizeRowsToContents()
        rows = sum(self.rowHeight(row) for row in range(min(self.rowCount(), MOST_LINES)))
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows + 2)

    def _name(self, model: ChartedModel, colour: QColor) -> QTableWidgetItem:
        name = QTableWidgetItem(_dot(colour, self.devicePixelRatioF()), model.name)
        name.setData(KEY, model.key)
        about = self.tr("It was evaluated on other rows of the file, so it isn't compared.")
        name.setToolTip(plain_tip(f"{model.name}\n{about}" if model.sort == "apart" else model.name))
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if model.sort not in ("own", "apart"):
            flags |= Qt.ItemFlag.ItemIsUserCheckable
            name.setCheckState(Qt.CheckState.Checked if model.key in self.ticked else Qt.CheckState.Unchecked)
        name.setFlags(flags)
        return name

    def _say(self, line: int, model: ChartedModel) -> None:
        """Its numbers; those that are the same already cost nothing."""
        texts = [measure.text(model.values.get(measure.key)) for measure in self._measures]
        texts.append(NOTHING if model.weights is None else grouped(model.weights))
        texts.append(NOTHING if model.seconds is None else duration(model.seconds))
        for column, text in enumerate(texts, 1):
            item = self.item(line, column)
            if item is not None and item.text() != text:
                item.setText(text)

    def _stress(self, line: int) -> None:
        """The run's own line stands out."""
        for column in range(self.columnCount()):
            item = self.item(line, column)
            if item is not None:
                font = QFont(item.font())
                font.setWeight(QFont.Weight.DemiBold)
                item.setFont(font)
                item.setBackground(theme.colour("accent_soft"))

    def _note_tick(self, item: QTableWidgetItem) -> None:
        key = item.data(KEY)
        if key is None:
            return
        if item.checkState() == Qt.CheckState.Checked:
            self.ticked.add(key)
        else:
            self.ticked.discard(key)
        self.ticked_changed.emit()

    def table(self) -> ExportTable:
        """All figures of all of them."""
        names = list(dict.fromkeys(name for model in self._shown for name in model.values))
        rows = [[model.name, *(model.values.get(name, "") for name in names)] for model in self._shown]
        return ExportTable(("model", *names), rows)


def _dot(colour: QColor, ratio: float) -> QIcon:
    picture = QPixmap(round(DOT * ratio), round(DOT * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(1, 1, DOT - 2, DOT - 2)
    finally:
        painter.end()
    return QIcon(picture)
