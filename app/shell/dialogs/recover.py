"""Recover: a list of the unsaved work that can be recovered, to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.kit.numbers import NOTHING, size_text
from app.kit.widgets.labels import wrapped
from app.kit.words import plain_tip
from engine.problems import printable

if TYPE_CHECKING:  # loaded after the first frame
    from app.shell.leftovers import Leftover


class RecoverDialog(QDialog):
    """``works``: what can be recovered, the latest first, and the name of its workspace each. ``recover_wanted(works)``
    and ``discard_wanted(works)``: what was chosen, and what for."""

    recover_wanted = Signal(list)
    discard_wanted = Signal(list)

    def __init__(self, works: Sequence[tuple[Leftover, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("recoverDialog")
        self.setWindowTitle(self.tr("Recover unsaved work"))
        self.resize(640, 360)
        self._works = [work for work, _place in works]
        self.list = QTreeWidget()
        self.list.setHeaderLabels([self.tr("Document"), self.tr("Workspace"), self.tr("Last change"), self.tr("Size")])
        self.list.setAccessibleName(self.tr("Unsaved work"))
        self.list.setRootIsDecorated(False)
        self.list.setAllColumnsShowFocus(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setStretchLastSection(False)
        self.list.addTopLevelItems([_row(work, place) for work, place in works])
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.recover = buttons.addButton(self.tr("Recover"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.discard = buttons.addButton(self.tr("Discard"), QDialogButtonBox.ButtonRole.DestructiveRole)
        self.discard.setToolTip(self.tr("Set aside what is chosen; you can bring it back"))
        for button in buttons.buttons():
            button.setIcon(QIcon())  # some desktops would put their own there
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.discard.clicked.connect(self._discard)
        self.list.itemDoubleClicked.connect(self.recover.click)
        self.list.itemSelectionChanged.connect(self._follow)
        column = QVBoxLayout(self)
        column.addWidget(wrapped(self.tr("Recovered work takes the place of what is open in its workspace.")))
        column.addWidget(self.list)
        column.addWidget(buttons)
        self.list.setCurrentIndex(self.list.model().index(0, 0))

    @property
    def chosen(self) -> list[Leftover]:
        """What is selected in the list, the latest first."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedRows())
        return [self._works[row] for row in rows]

    @Slot()
    def _follow(self) -> None:
        chosen = self.chosen
        fit = len({work.workspace for work in chosen}) == len(chosen)
        self.recover.setEnabled(bool(chosen) and fit)
        self.recover.setToolTip(
            self.tr("Open what is chosen") if fit else self.tr("A workspace opens one document: choose one of each")
        )
        self.discard.setEnabled(bool(chosen))

    def accept(self) -> None:
        """Close, and have the chosen ones recovered."""
        super().accept()
        self.recover_wanted.emit(self.chosen)

    @Slot()
    def _discard(self) -> None:
        self.reject()
        self.discard_wanted.emit(self.chosen)


def _row(work: Leftover, place: str) -> QTreeWidgetItem:
    size = sum(file.size for file in work.header.files) if work.header is not None else 0
    row = QTreeWidgetItem([printable(work.name) or NOTHING, place, f"{work.when:%Y-%m-%d %H:%M:%S}", size_text(size)])
    row.setTextAlignment(3, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    if work.header is not None and work.header.own:
        row.setToolTip(0, plain_tip(printable(work.header.own)))
    return row
