"""Opens a window on the page of activations, alone or beside a playground, and hands to work it with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.workspaces.activations import WORKSPACE as ACTIVATIONS_PAGE
from app.workspaces.activations.page import ActivationsPage
from tests.app.window_rig import Opened, opened_window

LEFT, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@contextmanager
def activations_alone(qtbot: QtBot) -> Iterator[Opened]:
    """A window that has nothing else: there is no layer to be looked at."""
    with opened_window([ACTIVATIONS_PAGE]) as opened:
        with qtbot.waitSignal(page_of(opened).widget.revealed):
            pass  # which nothing has been able to do before
        yield opened


@contextmanager
def beside_a_playground(qtbot: QtBot) -> Iterator[Opened]:
    """The whole window, on the page of activations, once it knows the layer of the playground's network."""
    with opened_window(dock=False) as opened:
        qtbot.waitUntil(lambda: opened.page.trainer.snapshot is not None)
        opened.go("activations")
        page = page_of(opened)
        with qtbot.waitSignal(page.widget.revealed):
            opened.window.pages.build_all()
        qtbot.waitUntil(lambda: page.watch.view is not None and "tanh" in page.watch.view.shares)
        yield opened


def page_of(opened: Opened) -> ActivationsPage:
    """The page that is shown."""
    return cast(ActivationsPage, opened.window.pages.current)


def at(widget: QWidget, x: float, y: float) -> QPoint:
    return QPointF(x, y).toPoint()


def drag(widget: QWidget, start: QPoint, end: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.mousePress(widget, LEFT, modifiers, start)
    for step in range(1, 5):
        QTest.mouseMove(widget, start + (end - start) * step / 4)
    QTest.mouseRelease(widget, LEFT, modifiers, end)


def chosen(page: ActivationsPage) -> list[str]:
    return [one.key for one in page.document.value.chosen]


def type_own(page: ActivationsPage, key: str, text: str) -> None:
    field = page.left.own.editors[key].field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
