"""Everything that a window tells in words at a moment, whether it is read, pointed at or heard."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QLineEdit, QTabBar, QTextEdit, QWidget

from app.kit.drawing.marks import Group, Mark, Text
from app.kit.drawing.view import DrawingView
from app.kit.guessing.card import GuessCard

ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


def everything_told(root: QWidget) -> str:
    """The words of all that is in sight in a widget: texts, tooltips, accessible names and descriptions, and all cells
    of its tables and trees, a line each."""
    widgets = [widget for widget in (root, *root.findChildren(QWidget)) if widget.isVisibleTo(root)]
    return "\n".join(text for widget in widgets for text in _of_widget(widget) if text)


def _of_widget(widget: QWidget) -> Iterator[str]:
    yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.statusTip())
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        yield widget.text()
    elif isinstance(widget, QTextEdit):
        yield widget.toPlainText()
    elif isinstance(widget, QTabBar):
        yield from (widget.tabText(tab) for tab in range(widget.count()))
    elif isinstance(widget, DrawingView):
        yield written(widget)
    elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _of_model(widget.model(), QModelIndex())


def every_mark(view: DrawingView) -> list[Mark]:
    """The marks of a drawing, those of its groups included."""
    return [found for mark in view.drawing.marks for found in _within(mark)]


def _within(mark: Mark) -> list[Mark]:
    return [found for inner in mark.marks for found in _within(inner)] if isinstance(mark, Group) else [mark]


def written(view: DrawingView) -> str:
    """What stands in a drawing, and what is said of its parts, a line each."""
    texts = [mark.printed for mark in every_mark(view) if isinstance(mark, Text)]
    return "\n".join([view.drawing.tip, *texts, *(part.spoken for part in view.drawing.keyed)])


def _of_model(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for row in range(model.rowCount(parent)):
        for column in range(columns):
            index = model.index(row, column, parent)
            yield from (str(found) for role in ROLES if (found := index.data(role)) is not None)
        yield from _of_model(model, model.index(row, 0, parent))


def shown_choices(card: GuessCard) -> tuple[str, ...]:
    """The answers to choose from, as they are written."""
    return tuple(button.text() for button in card._choices.values() if not button.isHidden())
