"""The tree: its keys, what is chosen in it, how a row is painted and typed over."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QContextMenuEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QMenu, QStyle, QStyleOptionViewItem, QTreeView, QWidget

from app.builder.outline.content import Content, OutlinePart, OutlinePlace, OutlineRow
from app.builder.outline.model import ROW, NetworkOutlineModel
from app.kit import theme
from app.kit.numbers import no_number
from app.kit.widgets.outline_tree.delegate import Index, TypingOver, number_box
from app.kit.widgets.painted import guarded
from app.kit.widgets.say_beside import say_beside

OWN_KEYS = (Qt.Key.Key_Home, Qt.Key.Key_End)
"""Keys that the window uses elsewhere, and that go to the first and last row here."""
INDENT = 14
ROW_HEIGHT = 26
GAP = 8
MARGIN = 6
NAME_SHARE = 0.7
"""A longer name than this share of its row leaves the rest to the alarm."""
LONGEST_TITLE = 80
NUMBER_WIDTH = 84


class OutlineView(QTreeView):
    """``places_chosen(places)``: by the person, the one in focus last."""

    places_chosen = Signal(list)
    menu_wanted = Signal(QMenu)

    def __init__(self, model: NetworkOutlineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._following = False
        self.outline = model
        self.setModel(model)
        self.setItemDelegate(NetworkOutlineDelegate(self))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(INDENT)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Outline of the network"))
        self.setAccessibleDescription(self.tr("Left and right open and close a row; the menu key lists its actions."))
        self.doubleClicked.connect(self._edit_number)
        model.refused.connect(self._refuse)
        self.selectionModel().selectionChanged.connect(self._tell)
        self.expandToDepth(0)

    @property
    def seen(self) -> list[QModelIndex]:
        """The rows that are in sight."""
        found, index = [], self.indexAt(self.viewport().rect().topLeft())
        while index.isValid() and self.visualRect(index).top() < self.viewport().height():
            found.append(index)
            index = self.indexBelow(index)
        return found

    # What is chosen -----------------------------------------------------------------------------------------------

    @property
    def current(self) -> OutlinePlace | None:
        """The row that the keyboard is at."""
        return self.outline.place(self.currentIndex())

    @Slot(QItemSelection, QItemSelection)
    def _tell(self, _chosen: QItemSelection, _let_go: QItemSelection) -> None:
        if self._following:
            return
        found = [self.outline.place(index) for index in self.selectionModel().selectedRows()]
        places = [place for place in found if place is not None]
        places.sort(key=lambda place: place == self.current)
        if places:
            self.places_chosen.emit(places)

    def show_content(self, content: Content) -> None:
        """Show another state of the document; where the keyboard lands when its row goes is nobody's choice."""
        self._following = True
        self.outline.show(content)
        self._following = False
        self.scheduleDelayedItemsLayout()  # which rows have others under them is asked anew

    def show_chosen(self, place: OutlinePlace | None, blocks: tuple[str, ...]) -> None:
        """Follow what is chosen elsewhere: one row, or several blocks."""
        index = self.outline.index_of(place)
        self._following = True
        model = self.selectionModel()
        if not index.isValid():
            model.clearSelection()
        elif index != self.currentIndex() or not model.isSelected(index):
            self.setCurrentIndex(index)
        several = [self.outline.index_of(OutlinePlace(OutlinePart.BLOCK, block_id)) for block_id in blocks]
        if place is not None and place.part is OutlinePart.BLOCK and len(several) > 1:
            for index in several:
                model.select(index, QItemSelectionModel.SelectionFlag.Select)
        self._following = False

    def select_current(self) -> None:
        """Choose the row that the keyboard is at."""
        self.selectionModel().select(self.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    # Typing over --------------------------------------------------------------------------------------------------

    def edit_current(self) -> None:
        """Type over the row: a block's name, a unit's bias, a weight."""
        if self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(self.currentIndex())

    @Slot(QModelIndex)
    def _edit_number(self, index: QModelIndex) -> None:
        place = self.outline.place(index)
        if place is not None and place.part is OutlinePart.WEIGHT:
            self.edit(index)

    @Slot(str)
    def _refuse(self, text: str) -> None:
        say_beside(self.viewport(), no_number(text), place=self.visualRect(self.currentIndex()), urgent=True)

    # Events -------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Home and End are the tree's while it has the keyboard."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in OWN_KEYS:
            event.accept()
            return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the row: by the mouse where it points, by the menu key at the row."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        row = self.visualRect(self.currentIndex())
        self.open_menu(event.globalPos() if by_mouse else self.viewport().mapToGlobal(row.bottomLeft()))

    def open_menu(self, where: object) -> None:
        """Open the menu of the row at a point of the screen."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        self.menu_wanted.emit(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)  # type: ignore[arg-type]

    def take_actions(self, actions: list[QAction]) -> None:
        """Have the shortcuts of these actions while the tree has the keyboard."""
        for action in actions:
            self.addAction(action)


class NetworkOutlineDelegate(TypingOver):
    """The name keeps its room; of a long alarm as much is written as the name leaves. The detail is cut first."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), ROW_HEIGHT)

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view: QWidget = option.widget  # type: ignore[attr-defined]  # the stubs leave the option's fields out
        row = index.data(ROW)
        if not isinstance(row, OutlineRow):
            return
        ground = QStyleOptionViewItem(option)
        view.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, view)
        painter.save()
        painter.setFont(option.font)  # type: ignore[attr-defined]
        room: QRect = option.rect.adjusted(MARGIN, 0, -MARGIN, 0)  # type: ignore[attr-defined]
        metrics = painter.fontMetrics()
        name, detail, alarm = fitting_texts(row, metrics, room.width())
        painter.setPen(theme.colour("text"))
        painter.drawText(room, _MIDDLE | Qt.AlignmentFlag.AlignLeft, name)
        for text, tone in ((alarm, row.tone), (detail, "text_muted")):
            painter.setPen(theme.colour(tone))
            painter.drawText(room, _MIDDLE | Qt.AlignmentFlag.AlignRight, text)
            room.setRight(room.right() - _wide(metrics, text))
        painter.restore()

    # Typing -------------------------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setMaxLength(LONGEST_TITLE)
        editor.setAccessibleName(index.data(Qt.ItemDataRole.AccessibleTextRole))
        editor.setToolTip(self.tr("Enter accepts it, Escape cancels; you can undo it."))
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """A name is typed over the whole row, a number where it stands."""
        box: QRect = option.rect  # type: ignore[attr-defined]
        row = index.data(ROW)
        if isinstance(row, OutlineRow) and row.titled:
            editor.setGeometry(box)
            return
        editor.setGeometry(number_box(box, NUMBER_WIDTH))


_MIDDLE = Qt.AlignmentFlag.AlignVCenter


def fitting_texts(row: OutlineRow, metrics: QFontMetrics, width: int) -> tuple[str, str, str]:
    """As much of a row's name, detail and alarm as has room beside one another."""
    named = min(_wide(metrics, row.name), round(NAME_SHARE * width))
    alarm = _cut(metrics, row.alarm, width - named)
    width -= _wide(metrics, alarm)
    name = metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, width)
    return name, _cut(metrics, row.detail, width - _wide(metrics, name)), alarm


def _wide(metrics: QFontMetrics, text: str) -> int:
    """The pixels that a text takes, with the gap beside it."""
    return metrics.horizontalAdvance(text) + GAP if text else 0


def _cut(metrics: QFontMetrics, text: str, width: int) -> str:
    """As much of a text as fits; nothing where that would say nothing."""
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width) if width >= 3 * GAP else ""
