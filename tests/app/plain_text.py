"""Finds where a window would take a text that came from a file for markup, or its "&" for a key."""

from __future__ import annotations

import ctypes
import os
import re
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QEvent, QModelIndex, QPoint
from PySide6.QtGui import QAction, QHelpEvent, QPixmap, Qt, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QGraphicsTextItem,
    QGraphicsView,
    QGroupBox,
    QLabel,
    QMenu,
    QTabBar,
    QTextBrowser,
    QTextEdit,
    QToolTip,
    QWidget,
)
from shiboken6 import isValid

from app.kit.widgets.painted import Painting
from app.kit.words import JOINER

PICTURE = "probe.png"
HOSTILE = f"<img src='{PICTURE}'>A&B"
"""A name that draws a picture where it is taken for markup, and is "AB" where its "&" is taken for a key."""
KEY = "takes & for a key"
IN_OPEN = 0x20


def made_picture(folder: Path) -> Path:
    """The picture that :data:`HOSTILE` names, in the folder that programs run in."""
    path = folder / PICTURE
    picture = QPixmap(4, 4)
    picture.fill(Qt.GlobalColor.red)
    assert picture.save(str(path))
    return path


@contextmanager
def openings_of(path: Path) -> Iterator[list[int]]:
    """Counts, by the end, how often anybody has opened a file; only Linux tells. One number is added to the list."""
    counted: list[int] = []
    if sys.platform != "linux":
        yield counted
        counted.append(0)
        return
    libc = ctypes.CDLL(None, use_errno=True)
    told = libc.inotify_init1(os.O_NONBLOCK)
    assert told >= 0 and libc.inotify_add_watch(told, os.fsencode(path), IN_OPEN) >= 0
    try:
        yield counted
        counted.append(_told(told))
    finally:
        os.close(told)


def _told(descriptor: int) -> int:
    try:
        return len(os.read(descriptor, 1 << 16)) // struct.calcsize("iIII")
    except BlockingIOError:
        return 0


def as_shown(text: str, *, rich: bool) -> str:
    """The letters that one sees of a text which may be markup."""
    if not rich:
        return text.replace(JOINER, "")
    document = QTextDocument()
    document.setHtml(text)
    return document.toPlainText()


def misread(root: QWidget) -> Iterator[str]:
    """Where in a widget :data:`HOSTILE` is not what would be seen of it, a line each."""
    for widget in (root, *root.findChildren(QWidget)):
        if not isValid(widget):
            continue
        where = f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        for what, text, rich in _texts(widget):
            if _is_misread(text, rich=Qt.mightBeRichText(text) if rich is None else rich):
                yield f"{what} of {where}: {text!r}"
        yield from (f"{what} of {where} {KEY}: {text!r}" for what, text in _keyed(widget) if _has_key(text))
    for action in root.findChildren(QAction):  # those of its parts, too, and of whatever else belongs to them
        if _has_key(action.text()):
            yield f"action of {type(action.parent()).__name__} {KEY}: {action.text()!r}"


def _has_key(text: str) -> bool:
    return re.search("(?<!&)A&B", text) is not None


def _is_misread(text: str, *, rich: bool) -> bool:
    plain = text.replace(JOINER, "").replace("&lt;", "<")
    return "<img" in plain and "<img" not in as_shown(text, rich=rich)


def _texts(widget: QWidget) -> Iterator[tuple[str, str, bool | None]]:
    """What it is, the text, and whether that is markup; None: Qt guesses."""
    yield from (("tooltip", widget.toolTip(), None), ("hint", widget.whatsThis(), None))
    yield from (("tooltip of an action", action.toolTip(), None) for action in widget.actions())
    if isinstance(widget, QLabel):
        rich = {Qt.TextFormat.PlainText: False, Qt.TextFormat.AutoText: None}
        yield "label", widget.text(), rich.get(widget.textFormat(), True)
    elif isinstance(widget, QTextEdit | QTextBrowser):
        yield "text", widget.toHtml(), True
    elif isinstance(widget, QTabBar):
        yield from (("tooltip of a tab", widget.tabToolTip(tab), None) for tab in range(widget.count()))
    elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from (("tooltip of a cell", text, None) for text in _tips(widget.model(), QModelIndex()))
    elif isinstance(widget, QGraphicsView) and widget.scene() is not None:
        items = (item for item in widget.scene().items() if isinstance(item, QGraphicsTextItem))
        yield from (("text in a drawing", item.toHtml(), True) for item in items)


def _tips(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    role = Qt.ItemDataRole.ToolTipRole
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for section in range(columns):
        yield str(model.headerData(section, Qt.Orientation.Horizontal, role) or "")
    for row in range(min(model.rowCount(parent), 50)):
        for column in range(columns):
            yield str(model.index(row, column, parent).data(role) or "")
        yield from _tips(model, model.index(row, 0, parent))


def _keyed(widget: QWidget) -> Iterator[tuple[str, str]]:
    """Texts of which Qt takes an "&" for a key; not those of widgets that paint their text themselves."""
    if isinstance(widget, QAbstractButton) and not isinstance(widget, Painting):
        yield "text", widget.text()
    elif isinstance(widget, QTabBar) and not isinstance(widget, Painting):
        yield from (("tab", widget.tabText(tab)) for tab in range(widget.count()))
    elif isinstance(widget, QGroupBox | QMenu):
        yield "title", widget.title()
    yield from (("action", action.text()) for action in widget.actions())


def point_at_everything(root: QWidget) -> Iterator[str]:
    """Have every widget in sight show its tooltip; those that are misread."""
    for widget in root.findChildren(QWidget):
        if not isValid(widget) or not widget.isVisible():
            continue
        middle = widget.rect().center()
        for at in (middle, QPoint(min(12, middle.x()), min(12, middle.y()))):
            QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at)))
            shown = QToolTip.text()
            if shown and _is_misread(shown, rich=Qt.mightBeRichText(shown)):
                yield f"tooltip over {type(widget).__name__}: {shown!r}"
    QToolTip.hideText()
