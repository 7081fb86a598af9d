"""The outline as one sees and walks it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence

from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from app.kit import theme
from app.kit.numbers import no_number
from app.kit.widgets.frame import WholeRows
from app.kit.widgets.outline_tree.delegate import OutlineDelegate
from app.kit.widgets.outline_tree.items import OutlineItem, OutlineModel
from app.kit.widgets.say_beside import say_beside

OWN_KEYS = (
    Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right,
    Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter,
)  # fmt: skip
"""Keys that a page may use elsewhere, and that walk and edit here."""
INDENT = 14


class OutlineTree(QTreeView):
    """Rows known by their keys: what is open, chosen and in sight stays so through every change.

    ``chosen(key)``: by the person. ``pointed(key)``: the row under the pointer, None when it has gone.
    ``number_edited(key, value)``: a finite number was typed; nothing changes here until other items are shown.
    ``open_depth``: rows that lie under fewer others are open when they come.
    """

    chosen = Signal(object)
    pointed = Signal(object)
    number_edited = Signal(object, float)

    def __init__(
        self,
        name: str = "",
        parent: QWidget | None = None,
        *,
        open_depth: int = 1,
        shown: Callable[[float], str] | None = None,
    ) -> None:
        super().__init__(parent)
        self._open_depth, self._following = open_depth, False
        self._under: Hashable | None = None
        self.outline = OutlineModel(shown, self)
        self._delegate = OutlineDelegate(self)
        self.setModel(self.outline)
        self.setItemDelegate(self._delegate)
        WholeRows(self)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(INDENT)
        self.setMouseTracking(True)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.setAccessibleDescription(self.tr("Left and right open and close a row, Return types over its number."))
        self.outline.number_edited.connect(self.number_edited)
        self.outline.refused.connect(self._refuse)
        self.selectionModel().selectionChanged.connect(self._tell)
        theme.notifier().changed.connect(self._repaint)

    @Slot()
    def _repaint(self) -> None:
        self.viewport().update()

    # What is shown ------------------------------------------------------------------------------------------------

    def show_items(self, items: Sequence[OutlineItem]) -> None:
        """Show other items. Raises ValueError where two rows have one key."""
        self._following = True
        try:
            changed, new = self.outline.show(items)
        finally:
            self._following = False
        for key in self.outline.branches() if new else ():
            if key in new and self.outline.depth(key) < self._open_depth:
                self.setExpanded(self.outline.index_of(key), True)
        if not new and changed:
            self._tell_seen(frozenset(changed))

    def _tell_seen(self, changed: Collection[Hashable]) -> None:
        """Say of the rows in sight that they have changed; the others are read when they come into it."""
        index = self.indexAt(self.viewport().rect().topLeft())
        while index.isValid() and self.visualRect(index).top() < self.viewport().height():
            if self.outline.key(index) in changed:
                self.outline.tell(index)
            index = self.indexBelow(index)

    def light(self, keys: Collection[Hashable]) -> None:
        """Give the rows of these keys a soft ground, and take it from all others."""
        lit = frozenset(keys)
        if lit != self._delegate.lit:
            self._delegate.lit = lit
            self.viewport().update()

    # What is chosen -----------------------------------------------------------------------------------------------

    @property
    def current(self) -> Hashable | None:
        """The key of the row that is chosen."""
        rows = self.selectionModel().selectedRows()
        return self.outline.key(rows[0]) if rows else None

    def show_chosen(self, key: Hashable | None) -> None:
        """Choose a row, open those above it and bring it into sight; nothing is told. None chooses none."""
        index = self.outline.index_of(key)
        self._following = True
        if not index.isValid():
            self.selectionModel().clear()
        elif key != self.current:
            self.setCurrentIndex(index)
            self.scrollTo(index)
        self._following = False

    @Slot(QItemSelection, QItemSelection)
    def _tell(self, _chosen: QItemSelection, _let_go: QItemSelection) -> None:
        if not self._following and self.current is not None:
            self.chosen.emit(self.current)

    # Hands --------------------------------------------------------------------------------------------------------

    @Slot(str)
    def _refuse(self, text: str) -> None:
        say_beside(self.viewport(), no_number(text), place=self.visualRect(self.currentIndex()), urgent=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return types over the number of the row, where it has one."""
        opening = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._can_edit(self.currentIndex())
        if opening and self.state() != QAbstractItemView.State.EditingState:  # else it is the open field's own
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _can_edit(self, index: QModelIndex) -> bool:
        return bool(self.outline.flags(index) & Qt.ItemFlag.ItemIsEditable)

    def event(self, event: QEvent) -> bool:
        """Its keys are its own while it has the focus, not shortcuts of the page."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _own(event):
            event.accept()
            return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tells which row the pointer is over."""
        if event.type() == QEvent.Type.MouseMove:
            self._point_at(self.outline.key(self.indexAt(event.position().toPoint())))  # type: ignore[attr-defined]
        elif event.type() == QEvent.Type.Leave:
            self._point_at(None)
        return super().viewportEvent(event)

    def _point_at(self, key: Hashable | None) -> None:
        if key != self._under:
            self._under = key
            self.pointed.emit(key)


def _own(event: QKeyEvent) -> bool:
    with_others = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return event.key() in OWN_KEYS and not event.modifiers() & with_others
