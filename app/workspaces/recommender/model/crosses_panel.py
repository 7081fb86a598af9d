"""The crosses of a Wide & Deep model: which there are, and which columns each has."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.kit import theme
from app.kit.numbers import counted, grouped
from app.kit.widgets.checklist import CheckList
from app.kit.widgets.labels import wrapped
from app.kit.words import plain_tip
from app.workspaces.recommender.model.answers import About, Crossed
from app.workspaces.recommender.model.cross_edits import Names, crosses_of, has_place, with_crosses
from app.workspaces.recommender.model.draft import Draft
from app.workspaces.recommender.words import column_words

LINE = 24
MOST_LINES, MOST_COLUMNS = 6, 9
MOST_MEMBERS = 6
"""More columns in one cross make more combinations than can be counted."""


class CrossesPanel(QWidget):
    """``picked(int)``: which of the crosses is looked at, by hand; ``changed``: there are others."""

    picked = Signal(int)
    changed = Signal()

    def __init__(self, draft: Draft, about: About, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft, self._about = draft, about
        self._crossed: Crossed | None = None
        self.crosses: tuple[Names, ...] = ()
        self.list = self._table()
        self.list.currentCellChanged.connect(self._pick)
        self.list.cellClicked.connect(lambda row, _column: self.picked.emit(row))
        self.add, self.change = self._button(self.tr("Add")), self._button(self.tr("Change"))
        self.remove = self._button(self.tr("Remove"))
        self.remove.setToolTip(plain_tip(self.tr("Take the picked cross out")))
        self.add.clicked.connect(self._add)
        self.change.clicked.connect(self._change_picked)
        self.remove.clicked.connect(self._remove)
        self.total = wrapped()
        self.columns = CheckList(
            self.tr("Columns to cross"),
            self.tr("Tick columns, then Add: each combination of their values becomes a feature of its own"),
        )
        for column in about.crossable:
            self.columns.add(column.name, column_words(column.name), column_words(column.name))
        self.columns.setFixedHeight(LINE * min(len(about.crossable), MOST_COLUMNS) + 6)
        self.columns.toggled.connect(self._offer)
        self._lay_out()
        theme.follow(self._style)
        draft.document.graph_changed.connect(self._follow)
        self._show_crosses(crosses_of(draft.graph))

    def _table(self) -> QTableWidget:
        """A line for each: its columns, and how many features it makes."""
        table = QTableWidget(0, 2)
        table.setAccessibleName(self.tr("Crosses"))
        table.setToolTip(self.tr("Pick a cross to see what it makes of the data"))
        table.setShowGrid(False)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(LINE)
        head = table.horizontalHeader()
        head.hide()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        return table

    @staticmethod
    def _button(text: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("role", "chip")
        button.setAccessibleName(text)
        return button

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.add)
        buttons.addWidget(self.change)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(self.total)
        rows.addWidget(self.list)
        rows.addLayout(buttons)
        rows.addWidget(self.columns)

    def _style(self) -> None:
        colours = theme.current()
        self.list.setStyleSheet(
            f"QTableWidget {{ border: 1px solid {colours.border}; border-radius: 7px; background: {colours.surface}; }}"
            f" QTableWidget::item {{ padding: 0 4px; }}"
            f" QTableWidget::item:selected {{ background: {colours.accent_soft}; color: {colours.text}; }}"
        )

    # What is shown ------------------------------------------------------------------------------------------------

    @property
    def at(self) -> int:
        """The picked cross; −1 where there is none."""
        return self.list.currentRow()

    @Slot()
    def _follow(self) -> None:
        """The graph's crosses, as they are now."""
        found = crosses_of(self._draft.graph)
        if found == self.crosses:
            self._offer()
        else:
            self._show_crosses(found)

    def _show_crosses(self, found: tuple[Names, ...]) -> None:
        at = min(max(self.at, 0), len(found) - 1)
        self.crosses, self._crossed = found, None
        blocked = self.list.blockSignals(True)
        self.list.setRowCount(len(found))
        for line, names in enumerate(found):
            item = QTableWidgetItem(title_of(names))
            item.setToolTip(plain_tip(title_of(names)))
            made = QTableWidgetItem("")
            made.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.list.setItem(line, 0, item)
            self.list.setItem(line, 1, made)
        self.list.setCurrentCell(at, 0)
        self.list.blockSignals(blocked)
        self.list.setFixedHeight(LINE * min(max(len(found), 1), MOST_LINES) + 6)
        self._show()
        self.changed.emit()

    @Slot()
    def _pick(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        names = self.crosses[self.at] if 0 <= self.at < len(self.crosses) else ()
        self.remove.setEnabled(bool(names))
        self.columns.set_ticked(names)
        self._offer()
        self._say_total()

    @Slot()
    def _offer(self) -> None:
        """Enable what can be done with the ticked columns; a tip says why not."""
        obstacle = self._obstacle()
        self.add.setEnabled(not obstacle)
        self.add.setToolTip(plain_tip(obstacle or self.tr("Cross the ticked columns")))
        self.change.setEnabled(not obstacle and self.at >= 0)
        self.change.setToolTip(plain_tip(obstacle or self.tr("Give the picked cross the ticked columns")))

    def _obstacle(self) -> str:
        """Why the ticked columns cannot be a cross of their own; empty where they can."""
        ticked = self.columns.ticked
        if not has_place(self._draft.graph):
            return self.tr("The network has no end that a wide part could be added to.")
        if not 2 <= len(ticked) <= MOST_MEMBERS:
            return self.tr("Tick two to {most} columns.").format(most=MOST_MEMBERS)
        if frozenset(ticked) in map(frozenset, self.crosses):
            return self.tr("The ticked columns are crossed already. Tick others.")
        return ""

    def show_crossed(self, crossed: Crossed) -> None:
        """How many features each makes."""
        if tuple(one.columns for one in crossed.crosses) != self.crosses:
            return
        self._crossed = crossed
        for at, one in enumerate(crossed.crosses):
            made = self.list.item(at, 1)
            if made is not None:
                made.setText(grouped(one.features))
                made.setToolTip(plain_tip(self.tr("{count} new features").format(count=grouped(one.features))))
        self._say_total()

    def _say_total(self) -> None:
        if not self.crosses:
            self.total.setText(self.tr("No crosses: the wide part has single values alone."))
        elif self._crossed is None:
            self.total.setText(counted(len(self.crosses), self.tr("1 cross"), self.tr("{count} crosses")))
        else:
            crosses = counted(len(self.crosses), self.tr("1 cross"), self.tr("{count} crosses"))
            made = self.tr("{crosses} make {features} new features")
            if len(self.crosses) == 1:
                made = self.tr("{crosses} makes {features} new features")
            self.total.setText(made.format(crosses=crosses, features=grouped(self._crossed.features)))

    # Edits --------------------------------------------------------------------------------------------------------

    def _edit(self, label: str, crosses: tuple[Names, ...], at: int) -> None:
        """One undoable step."""
        graph = with_crosses(self._draft.graph, crosses, self._about.columns)
        self._draft.document.edit(label, graph=graph)
        self.list.setCurrentCell(min(at, self.list.rowCount() - 1), 0)

    @Slot()
    def _add(self) -> None:
        self._edit(self.tr("Add cross"), (*self.crosses, self.columns.ticked), len(self.crosses))
        self.picked.emit(self.at)

    @Slot()
    def _change_picked(self) -> None:
        at = self.at
        crosses = (*self.crosses[:at], self.columns.ticked, *self.crosses[at + 1 :])
        self._edit(self.tr("Change cross"), crosses, at)
        self.picked.emit(self.at)

    @Slot()
    def _remove(self) -> None:
        at = self.at
        if 0 <= at < len(self.crosses):
            self._edit(self.tr("Remove cross"), (*self.crosses[:at], *self.crosses[at + 1 :]), at)


def title_of(names: Names) -> str:
    """``education × occupation``"""
    return " × ".join(map(column_words, names))
