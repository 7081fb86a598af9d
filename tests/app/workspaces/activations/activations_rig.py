"""Opens a window on the page of activations, alone or beside a playground, and hands to work it with."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import cast

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLayout, QScrollBar, QWidget

from app.kit.drawing.view import DrawingView
from app.shell.main_window import MainWindow
from app.workspaces.activations import WORKSPACE as ACTIVATIONS_PAGE
from app.workspaces.activations.layer_use import CHOOSE, ActivationEffect
from app.workspaces.activations.page import ActivationsPage
from app.workspaces.activations.plots import axes_of
from app.workspaces.playground.page import PlaygroundPage, first_network
from tests.app.standing import forget_guesses, let_go, settle, until
from tests.app.window_rig import Opened, opened_window

LEFT, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
Opener = Callable[[], AbstractContextManager[Opened]]


@contextmanager
def activations_alone() -> Iterator[Opened]:
    """A window that has nothing else: there is no layer to be looked at."""
    with opened_window([ACTIVATIONS_PAGE]) as opened:
        yield opened


@contextmanager
def beside_a_playground() -> Iterator[Opened]:
    """The whole window, on the page of activations, once it knows the layer of the playground's network."""
    with opened_window(panes=False) as opened:
        until(lambda: opened.page.trainer.snapshot is not None)
        opened.go("activations")
        page = page_of(opened)
        until_counted(page)
        yield opened


def until_counted(page: ActivationsPage) -> None:
    """Wait until it is known what the compared functions make of the layer."""
    until(lambda: page.watch.view is not None and "tanh" in page.watch.view.shares)


def window_of(opened: Opened) -> MainWindow:
    """Its window."""
    return opened.window


def page_of(opened: Opened) -> ActivationsPage:
    """The page that is shown."""
    return cast(ActivationsPage, opened.window.pages.current)


def put_back(opened: Opened) -> None:
    """As it was opened."""
    window = opened.window
    page = page_of(opened)
    for name in ("activations_predict", "activations_outline"):
        page.actions[name].setChecked(False)
    window.resize(1280, 800)
    page.right.origin.put_away()
    page.left.sections["gelu"].set_open(False)
    page.document.new()
    page.document.undo_stack.clear()
    page.desk._marked = page.watch.chosen = None
    if isinstance(opened.page, PlaygroundPage):
        put_network_back(opened.page, page)
    window.messages.dismiss()
    forget(page)
    for layout in page.left.findChildren(QLayout):
        layout.invalidate()
    for bar in page.widget.findChildren(QScrollBar):
        bar.setValue(bar.minimum())
    page.enter()
    let_go(page.widget)


def put_network_back(playground: PlaygroundPage, page: ActivationsPage) -> None:
    """The network that is open beside it, untrained, and counted anew where anything was done with it."""
    trainer, watch, steps = playground.trainer, page.watch, playground.network.undo_stack
    trainer.pause()
    until(lambda: not trainer.running and trainer.knows_weights)
    watch._failed, watch._problem, watch._rested = None, None, 0.0
    if steps.count() or trainer.snapshot is None or trainer.snapshot.step:
        playground.document.load(first_network())
        steps.clear()
    playground.announcements._offers_undo = False
    page._show_again()
    until(lambda: trainer.snapshot is not None and trainer.snapshot.run == trainer.run)
    settle()  # what else the trainer still has to tell of its first step
    watch.look()
    until(lambda: watch.view is not None and watch.view.wanted.snapshot is trainer.snapshot)
    until_counted(page)


def forget(page: ActivationsPage) -> None:
    """What was typed, answered and pointed at."""
    forget_guesses(page.predicting._guesses)
    page.predicting._turn = 0
    for reader in page.own._readers.values():
        reader.close()
        reader.deleteLater()
    page.own._readers.clear()
    for view in (page.plots, page.right.numbers):
        QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    page.links.point_at(None)
    for editor in page.left.own.editors.values():
        editor._wrong = ""
    for readout in (page.bar.cursor_x, page.bar.function, page.bar.saturated):
        readout.fit()


def at(widget: QWidget, x: float, y: float) -> QPoint:
    return QPointF(x, y).toPoint()


def place_of(view: DrawingView, key: Hashable) -> QPoint:
    """The middle of a part of a drawing."""
    part = view.drawing.part(key)
    assert part is not None
    x, y, width, height = part.rect
    return at(view, x + width / 2, y + height / 2)


def place_at(page: ActivationsPage, x: float, plot: int = 0) -> QPoint:
    """The middle of f (0), f′ (1) or z (2) at an x."""
    view = page.plots
    axes = axes_of(view.plots, view.width(), view.height())[plot]
    return at(view, axes.across.place(x), (axes.up.start + axes.up.end) / 2)


def tabled(page: ActivationsPage) -> set[str]:
    """The functions in the table of numbers at the cursor."""
    return {one.key for one in page.right.numbers.numbers.shown}


def note_of(page: ActivationsPage, key: str) -> str:
    """The small print beneath a slope at the cursor."""
    numbers = page.right.numbers.numbers
    return numbers.beside(next(one for one in numbers.shown if one.key == key))


def text_of(page: ActivationsPage, key: Hashable) -> str:
    """A number at the cursor as it is printed."""
    part = page.right.numbers.drawing.part(key)
    assert part is not None
    return part.text


def press_part(view: DrawingView, key: Hashable) -> None:
    """Click a part of a drawing where it is."""
    QTest.mouseClick(view, LEFT, NONE, place_of(view, key))


def mark_function(page: ActivationsPage, key: str) -> None:
    """Click a function's row in the list of what the layer would make of it, left of its number."""
    part = page.right.effects.drawing.part((CHOOSE, key))
    assert part is not None
    QTest.mouseClick(page.right.effects, LEFT, NONE, at(page.right.effects, 30.0, part.rect[1] + 12.0))


def effect_on(page: ActivationsPage, key: str) -> ActivationEffect:
    """What is shown of a function in that list."""
    effects = cast(tuple[ActivationEffect, ...], page.right.effects.data)
    return next(effect for effect in effects if effect.key == key)


def listed(page: ActivationsPage) -> list[str]:
    """The functions in that list."""
    return [effect.key for effect in cast(tuple[ActivationEffect, ...], page.right.effects.data)]


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
