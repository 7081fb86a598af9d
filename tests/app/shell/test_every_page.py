"""What holds for the page of every workspace: its actions can be found, its widgets are named, its work is kept."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDockWidget,
    QLabel,
    QLineEdit,
    QMenu,
    QTabBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.kit import theme
from app.kit.actions import worded_action
from app.kit.background import Background
from app.kit.widgets import painted as painting
from app.kit.widgets.action_button import ActionButton
from app.kit.widgets.painted import Painting
from app.shell.actions import MENUS
from app.shell.main_window import LEAST_SIZE
from app.shell.menus import menus_of
from app.workspaces import workspaces
from app.workspaces.workspace import Page
from engine.formats.kind import document_kind, other_document
from engine.gradients.experiment import Configuration, Experiment
from tests.app.standing import settings_in, settle, until
from tests.app.window_rig import Opened, opened_window, unnamed, unnamed_parts

KEYS = tuple(workspace.key for workspace in workspaces())
QT_OWN = {"ScrollLeftButton", "ScrollRightButton"}
"""Buttons that Qt adds by itself."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=KEYS)
def shown(
    request: pytest.FixtureRequest, qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Opened]:
    """A window that shows the page of each workspace in turn, for all tests: none cares how large it is, or what lies
    in the document that another has left."""
    home = "playground" if request.param == "gallery" else request.param  # which leads back to where one came from
    with ExitStack() as stack:
        with settings_in(tmp_path_factory.mktemp(request.param)):
            opened = stack.enter_context(opened_window(home=home))
            opened.window.visit(request.param)
            opened.window.pages.build_all()
        settle()
        yield opened
    settle()


@pytest.fixture
def standing_window(shown: Opened) -> None:
    """The window stands before what each test has for itself."""


@pytest.fixture
def window(shown: Opened, qtbot: QtBot) -> Iterator[Opened]:
    yield shown
    until(lambda: not turns_to_come())
    for background in page_of(shown).findChildren(Background):
        background.cancel(wait=True)  # what it works out, it works out for none of these tests


def turns_to_come() -> bool:
    """Whether a page has put something off to a later turn, for which Qt makes a timer that is nobody's."""
    timers = [one for one in gc.get_objects() if type(one) is QTimer and isValid(one)]
    return any(timer.isActive() and timer.isSingleShot() and timer.parent() is None for timer in timers)


def wakeups_per_second(window: QWidget) -> float:
    """How often repeating timers wake a window."""
    timers = window.findChildren(QTimer)
    return sum(1000 / max(timer.interval(), 1) for timer in timers if timer.isActive() and not timer.isSingleShot())


def test_a_window_at_rest_sleeps(window: Opened, qtbot: QtBot) -> None:
    """Nothing trains, plays or moves: at most two wake-ups a second, which a laptop's battery does not notice."""
    qtbot.waitUntil(lambda: wakeups_per_second(window.window) <= 2)


def page_of(window: Opened) -> Page:
    return window.window.pages.current


def faults_of_actions(window: Opened) -> Iterator[str]:
    """Actions that nobody finds, or that say nothing of themselves."""
    menus = list(menus_of(window.window.action_set, page_of(window)))
    listed = {action for menu in menus for group in menu.groups for action in group}
    for name, action in window.actions.items():
        if not action.text().strip():
            yield f"{name} has no text"
        if not action.toolTip().strip() or action.toolTip() == action.text():
            yield f"{name} has a tooltip that teaches nothing"
        if action.isVisible() and action not in listed:
            yield f"{name} stands in no menu"
    taken = Counter(keys for a in window.actions.values() for keys in {one.toString() for one in a.shortcuts()})
    yield from (f"{keys} is the shortcut of {count} actions" for keys, count in taken.items() if count > 1)
    letters = Counter(QKeySequence.mnemonic(menu.title).toString() for menu in menus)
    yield from (f"{keys!r} opens {count} menus" for keys, count in letters.items() if count > 1 or not keys)


def test_every_action_has_a_place_a_text_and_a_tooltip_and_no_two_share_keys(window: Opened) -> None:
    found = list(faults_of_actions(window))
    assert not found, "\n".join(found)
    stack = page_of(window).undo_stack
    assert window.actions["undo"].isVisible() is (stack is not None)


def faults_of_buttons(root: QWidget) -> Iterator[str]:
    """Buttons in sight that do not say what they do."""
    for button in root.findChildren(QAbstractButton):
        if not button.isVisible() or button.objectName() in QT_OWN or button.objectName().startswith("qt_"):
            continue
        where = f"{type(button).__name__} {button.text()!r} in {type(button.parentWidget()).__name__}"
        if not button.toolTip():
            yield f"{where} has no tooltip"
        if not button.accessibleName() and not button.text():
            yield f"{where} has no name"


def test_every_widget_that_takes_the_keyboard_has_a_name_and_every_button_a_tooltip(window: Opened) -> None:
    page = page_of(window)
    parts = [page.widget, *([page.bar] if page.bar is not None else [])]
    found = [fault for part in parts for fault in (*unnamed(part), *unnamed_parts(part), *faults_of_buttons(part))]
    assert not found, "\n".join(found)


def test_the_keyboard_comes_into_the_page_and_out_of_it(window: Opened) -> None:
    """Tab goes on from where a page puts the keyboard, through its widgets and out to the rail: nothing swallows it."""
    page = page_of(window)
    page.enter()
    QApplication.processEvents()
    seen: list[QWidget] = []
    focus = window.window.focusWidget()
    while focus is not None and focus not in seen:
        seen.append(focus)
        window.window.focusNextPrevChild(True)
        focus = window.window.focusWidget()
    within = [one for one in seen if page.widget is one or page.widget.isAncestorOf(one)]
    assert within, "Tab reaches nothing of the page"
    assert len(within) < len(seen), f"Tab does not come out of {[type(one).__name__ for one in within[-3:]]}"


class PaintFault(Exception):
    """What a paint method is made to raise."""


def test_no_fault_in_painting_takes_the_window_down(window: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every class that paints itself fails in turn of Qt's sweep, with a painter left open; then all is as before."""
    told: list[BaseException] = []
    monkeypatch.setattr(painting, "announce", told.append)
    painted = [one for one in window.window.findChildren(QWidget) if isinstance(one, Painting)]
    failed: set[QWidget] = set()

    def fail(self: Painting, _painter: QPainter) -> None:
        kept = QPixmap(4, 4)
        inner = QPainter(kept)
        inner.fillRect(kept.rect(), Qt.GlobalColor.red)
        failed.add(self)
        raise PaintFault

    with monkeypatch.context() as patched:
        for kind in {type(one) for one in painted}:
            patched.setattr(kind, "paint", fail)
        window.window.grab()
        seen = set()
        for one in painted:
            one.grab()
            if not one.size().isEmpty():  # which may change as another one is laid out
                seen.add(one)
        window.window.grab()
        gc.collect()
    assert failed == seen
    assert [type(error) for error in told] == [PaintFault] * len(failed)
    window.window.grab()
    assert len(told) == len(failed)


def test_it_fits_into_the_window_and_paints_in_both_themes(window: Opened) -> None:
    for size in (QSize(1280, 800), QSize(1440, 900)):
        window.window.resize(size)
        QApplication.processEvents()
        assert window.window.size() == size
        try:
            for name in ("dark", "light"):
                theme.set_theme(name)
                assert not window.window.grab().isNull()
        finally:
            theme.set_theme("light")


def test_no_text_from_elsewhere_is_taken_for_markup_in_a_title(window: Opened) -> None:
    top = window.window.top_bar
    assert top.title.textFormat() == top.file.textFormat() == Qt.TextFormat.PlainText
    assert not window.window.findChildren(QDockWidget), "nothing floats over the page"
    assert all(menu.toolTipsVisible() for menu in window.window.menus.main.findChildren(QMenu))


def test_its_document_is_kept_and_recovered_by_its_own_workspace(window: Opened, tmp_path: Path) -> None:
    page, pages = page_of(window), window.window.pages
    document = page.document
    if document is None:
        assert not window.actions["save"].isVisible()
        return
    suffix = pages.workspace_of(page).files[0].suffixes[0]
    copy = tmp_path / f"copy{suffix}"
    document.save(copy)
    readers = [workspace.key for workspace in pages.workspaces.values() if workspace.reads(copy)]
    assert readers == [pages.key]
    told = other_document(copy, document_kind(copy))
    assert told.parameters["workspace"] == pages.workspace_of(page).label
    document.recover(copy)
    assert document.unsaved and document.path is None
    saved = tmp_path / f"saved{suffix}"
    document.save(saved)
    assert not document.unsaved and document.path == saved
    document.new()
    assert document.path is None
    window.window.files.open(saved)
    assert document.path == saved and not document.unsaved
    assert window.window.pages.current is page and window.window.messages.text == ""


def test_every_button_of_an_action_holds_to_it_by_one_connection(window: Opened) -> None:
    """Qt's own connects once more with every change: see :class:`ActionButton`."""
    buttons = [one for one in window.window.findChildren(QToolButton) if one.defaultAction() is not None]
    ours = [one for one in buttons if not isinstance(one.parent(), QLineEdit)]  # which has one of Qt's to be emptied by
    assert ours and [one for one in ours if not isinstance(one, ActionButton)] == []


def test_what_stands_round_the_picture_is_put_aside_for_presenting_and_comes_back(window: Opened, qtbot: QtBot) -> None:
    shown = window.window
    round_it = [shown.rail, *page_of(window).aside()]
    before = [part.isVisible() for part in round_it]
    shown.action_set["present"].trigger()
    assert shown.presentation.is_on and shown.action_set["present"].isChecked()
    assert not any(part.isVisible() for part in round_it)
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not shown.presentation.is_on)
    assert [part.isVisible() for part in round_it] == before
    assert not shown.action_set["present"].isChecked() and not shown.isFullScreen()


def place_of(widget: QWidget, window: Opened) -> QRect:
    return QRect(widget.mapTo(window.window, QPoint(0, 0)), widget.size())


def children_in_sight(ground: QWidget) -> list[QWidget]:
    """What lies in the part of a page that gives messages room."""
    return [part for part in ground.children() if isinstance(part, QWidget) and part.isVisible()]


def test_a_message_hides_nothing_of_the_page(window: Opened, qtbot: QtBot) -> None:
    page = page_of(window)
    ground = page.ground or page.widget
    before = {part: part.geometry() for part in children_in_sight(ground)}
    long = "A sentence that takes more than one line of the strip, whoever says it. " * 3
    for text, offers in (("Saved.", ()), (long, [("Take it back", lambda: None), ("Leave it", lambda: None)])):
        window.window.messages.say(text, offers=offers)
        size, message = window.window.size(), place_of(window.window.messages, window)
        qtbot.waitUntil(
            lambda message=message: (
                not any(message.intersects(place_of(part, window)) for part in children_in_sight(ground))
            )
        )
        assert place_of(ground, window).contains(message) and window.window.size() == size
    window.window.messages.dismiss()
    qtbot.waitUntil(lambda: {part: part.geometry() for part in children_in_sight(ground)} == before)


def test_a_message_moves_no_tabs(window: Opened, qtbot: QtBot) -> None:
    page = page_of(window)
    tabs = [tabs for tabs in page.widget.findChildren(QTabBar) if tabs.isVisible()]
    before, height = [place_of(bar, window) for bar in tabs], (page.ground or page.widget).height()
    window.window.messages.say("Saved.", passing=True)
    QApplication.processEvents()
    assert [place_of(bar, window) for bar in tabs] == before
    assert (page.ground or page.widget).height() == height
    window.window.messages.dismiss()


def test_a_passing_message_hides_nothing_of_the_bar_and_makes_no_picture_smaller(window: Opened) -> None:
    page = page_of(window)
    ground = page.ground or page.widget
    QApplication.processEvents()
    before = {part: part.geometry() for part in children_in_sight(ground)}
    window.window.messages.say("Saved as spirals.loom", "success", passing=True)
    QApplication.processEvents()
    message, bar = place_of(window.window.messages, window), window.window.top_bar
    parts = [
        part for part in bar.findChildren(QWidget) if part.isVisible() and isinstance(part, QAbstractButton | QLabel)
    ]
    assert parts and not any(message.intersects(place_of(part, window)) for part in parts)
    assert {part: part.geometry() for part in children_in_sight(ground)} == before
    window.window.messages.dismiss()


def test_the_windows_own_menus_are_one_column_on_a_screen_of_533_points(window: Opened) -> None:
    """As one of 800 pixels has at 150 %; Qt begins a second column beside what doesn't fit."""
    menus, titles = window.window.menus, {worded_action(title) for title in MENUS.values()}
    own = [menu for menu in menus.main.findChildren(QMenu) if menu.title() in titles]
    assert len(own) >= 3
    for menu in own:
        margins = 2 * menu.actionGeometry(menu.actions()[0]).top()
        assert sum(menu.actionGeometry(action).height() for action in menu.actions()) + margins <= 533, menu.title()


@contextmanager
def four_networks(page: Page, qtbot: QtBot) -> Iterator[None]:
    """The bar of the gradients has most to show where there are four networks."""
    kinds, before = ("tanh", "relu", "logistic", "gelu"), len(page.bar.ratios)
    configurations = tuple(Configuration(depth=2, width=2, activation=kind) for kind in kinds)
    page.document.edit("Add", Experiment(configurations=configurations, samples=20, steps=8))
    qtbot.waitUntil(lambda: len(page.bar.ratios) == len(kinds))
    yield
    page.document.undo_stack.undo()
    qtbot.waitUntil(lambda: len(page.bar.ratios) == before)


def stand_apart(bar: QWidget) -> bool:
    """Whether what is in a bar lies within it, and nothing on anything else."""
    places = [part.geometry() for part in bar.findChildren(QWidget) if part.parent() is bar and part.isVisible()]
    within = all(bar.rect().contains(place) for place in places)
    return within and not any(place.intersects(other) for place, other in combinations(places, 2))


def test_on_a_screen_of_853_by_533_points_nothing_of_the_bar_or_the_rail_is_cut(window: Opened, qtbot: QtBot) -> None:
    """As one of 1280 × 800 pixels is at 150 %."""
    shown, page, small = window.window, page_of(window), QSize(853, 533)
    bar = page.bar
    if bar is None or bar.layout() is None:
        return
    shown.setMinimumSize(small)
    shown.resize(small)
    qtbot.waitUntil(lambda: shown.size() == small)
    with four_networks(page, qtbot) if shown.pages.key == "gradients" else nullcontext():
        qtbot.waitUntil(lambda: stand_apart(bar))
        assert shown.size() == small
        for button in shown.rail.findChildren(QToolButton):
            assert button.height() >= button.sizeHint().height() and shown.rail.rect().contains(button.geometry())
    shown.setMinimumSize(LEAST_SIZE)
    shown.resize(1280, 800)
