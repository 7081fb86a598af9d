"""Where there is little room: titles, messages, menus by their letters, the canvas among panels that come and go."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSizeF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.kit.widgets.column import PanelColumn
from app.kit.widgets.frame import WINDOW_FRAME
from app.shell.menus import menus_of
from app.workspaces.playground.plots.verdict_row import VerdictRow
from engine.training.verdicts import LearningState
from tests.app.window_rig import Opened, opened_window

SMALL = (853, 533)
SIZES = ((1000, 640), (1280, 800), (1440, 900))


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Opened]:
    with opened_window() as opened:
        yield opened


def test_the_window_fits_on_the_screen_with_its_frame(window: Opened) -> None:
    room = window.window.screen().availableSize() - WINDOW_FRAME
    least = window.window.minimumSize()
    assert least.boundedTo(room) == least and least.width() < window.window.screen().availableSize().width()


def place_of(widget: QWidget, window: Opened) -> QRect:
    return QRect(widget.mapTo(window.window, QPoint(0, 0)), widget.size())


def is_centred(window: Opened) -> bool:
    """Whether the whole network is in view, in the middle, or above it where the zoom bar would cover a badge."""
    canvas = window.page.canvas
    seen, whole = canvas.camera.visible(QSizeF(canvas.size())), canvas.scene.layout.bounds
    off = seen.center() - whole.center()
    return seen.contains(whole) and abs(off.x()) < 1.0 and off.y() > -1.0


def test_alt_and_a_letter_open_that_menu_and_no_two_share_one(window: Opened, qtbot: QtBot) -> None:
    menus = window.window.menus
    letters = menus.letters
    assert len(letters) == len(list(menus_of(window.window.action_set, window.page)))
    assert "" not in letters and {"Alt+F", "Alt+E", "Alt+H"} <= letters
    others = {key.toString() for action in window.actions.values() for key in action.shortcuts()}
    assert not others & letters
    window.window.activateWindow()
    QTest.keyClick(window.page.canvas, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    opened = menus.main.activeAction().menu()
    assert opened.title().replace("&", "") == "File" and opened.activeAction() is window.actions["new"]
    menus.main.close()
    window.window.visit("gallery")
    assert menus.letters < letters


@pytest.mark.parametrize("size", SIZES)
def test_a_message_lies_below_the_canvas_which_gives_it_room(window: Opened, size: tuple[int, int]) -> None:
    window.window.resize(*size)
    for outline in (False, True):
        window.actions["outline_panel"].setChecked(outline)
        QTest.qWait(200)  # until everything has its place, on a busy machine too
        dock = place_of(window.page.widget.panels["bottom"], window)
        window.window.messages.say("Dense 2 would be fed by itself: a network runs one way.", "problem")
        QTest.qWait(0)
        message, canvas = place_of(window.window.messages, window), place_of(window.page.canvas, window)
        assert canvas.bottom() < message.top() and message.bottom() < dock.top()
        assert is_centred(window) and place_of(window.page.widget.panels["bottom"], window) == dock
        window.window.messages.dismiss()
        QTest.qWait(0)
        assert place_of(window.page.canvas, window).bottom() > message.bottom()


def test_where_a_page_can_be_no_lower_a_message_lies_in_the_top_bar(window: Opened) -> None:
    ground = window.page.ground
    assert ground is not None
    ground.setMinimumHeight(ground.height() - 10)
    window.window.messages.say("Saved.")
    assert ground.contentsMargins().bottom() == 0
    assert place_of(window.window.top_bar, window).contains(place_of(window.window.messages, window))


def test_on_another_page_it_lies_in_the_top_bar(window: Opened) -> None:
    window.window.messages.say("still here")
    window.window.visit("gallery")
    message, bar = place_of(window.window.messages, window), place_of(window.window.top_bar, window)
    assert bar.contains(message) and window.window.messages.isVisible()


def test_the_canvas_fits_anew_as_panels_come_and_go_until_somebody_zooms(window: Opened) -> None:
    canvas = window.page.canvas
    full = canvas.camera.scale
    for panel in ("outline_panel", "bottom_panel", "left_panel", "right_panel"):
        before = window.actions[panel].isChecked()
        window.actions[panel].setChecked(not before)
        QTest.qWait(0)
        assert is_centred(window)
        window.actions[panel].setChecked(before)
        QTest.qWait(0)
        assert is_centred(window) and canvas.camera.scale == pytest.approx(full)
    canvas.viewport.zoom(1.5)
    zoomed = canvas.camera.scale
    window.actions["outline_panel"].setChecked(True)
    QTest.qWait(0)
    assert canvas.camera.scale == zoomed


@pytest.mark.parametrize("width", [1000, 1280])
def test_a_title_is_whole_where_chips_can_give_way(window: Opened, width: int) -> None:
    window.window.resize(width, 800)
    page, bar = window.page, window.window.top_bar
    page.document.load(replace(page.network.to_file(), title="Vanishing gradients"))
    QTest.qWait(0)
    assert bar.title.text() == "Vanishing gradients"
    assert bar.title.toolTip() == "Vanishing gradients"
    page.document.load(replace(page.network.to_file(), title="A title of more words than any bar has room for"))
    QTest.qWait(0)
    assert bar.title.text().endswith("…") and bar.title.toolTip().endswith("room for")
    assert page.bar.readouts["accuracy"].isVisible() and page.bar._row.minimumSize().width() <= page.bar.width()


def test_the_verdict_on_a_network_that_learns_is_one_line(window: Opened, qtbot: QtBot) -> None:
    window.window.resize(1280, 800)
    row = window.window.findChild(VerdictRow)
    assert isinstance(row, VerdictRow)
    qtbot.waitUntil(lambda: "0.1 to 10 is steady" in row.text)
    assert row._snapshot is not None
    row.follow(replace(row._snapshot, learning=LearningState.FALLING))
    assert row.text.startswith("Learning.")
    sentence = row.sentence
    assert sentence.heightForWidth(sentence.width()) == sentence.heightForWidth(10 * sentence.width())


def test_undo_and_redo_stay_where_they_are_whatever_the_title(window: Opened) -> None:
    page, bar = window.page, window.window.top_bar
    places = set()
    for title in ("XOR", "Vanishing gradients", "10 logistic layers, normal weights"):
        page.document.load(replace(page.network.to_file(), title=title))
        QTest.qWait(0)
        places.add(tuple(button.geometry().getRect() for button in bar._undo))
    assert len(places) == 1


def test_words_come_back_to_the_rail_where_there_is_room(window: Opened) -> None:
    shown = window.window
    shown.setMinimumSize(*SMALL)
    button = shown.rail.buttons["playground"]
    styles = []
    for height in (800, 600, 533, 600, 800):
        shown.resize(1280, height)
        assert shown.height() == height
        styles.append(button.toolButtonStyle())
    wordy, terse = Qt.ToolButtonStyle.ToolButtonTextUnderIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
    assert styles == [wordy, wordy, terse, wordy, wordy] and button.accessibleName() == "Playground"


def test_what_the_bar_has_no_room_for_is_behind_its_last_button(window: Opened, qtbot: QtBot) -> None:
    bar, shown = window.page.bar, window.window
    assert bar.speed_pill.isVisible() and not bar.more.isVisible()
    make_small(window, qtbot)
    assert bar.more.isVisible() and not bar.speed_pill.isVisible()
    speeds, stop, runs = bar.more.menu().actions()
    assert stop is window.actions["stop_after"] and runs is window.actions["runs_page"]
    choices = speeds.menu().actions()
    choices[0].trigger()
    assert window.page.speed.index == 0 and choices[0].isChecked()
    shown.resize(1280, 800)
    assert bar.speed_pill.isVisible() and not bar.more.isVisible()


def test_the_keyboard_goes_along_with_what_has_no_room_and_stays_there(window: Opened, qtbot: QtBot) -> None:
    bar, shown = window.page.bar, window.window
    hidden = list[bool]()
    bar.speed_pill.setFocus()
    make_small(window, qtbot)
    assert shown.focusWidget() is bar.more
    with watched(bar.more, QEvent.Type.Hide, hidden):
        for speed in ("9 epochs/s", "10,000 epochs/s", "9 epochs/s"):
            bar.speed_pill.setText(speed)
            bar._make_room()
            bar.resize(bar.width() - 1, bar.height())
    assert shown.focusWidget() is bar.more and not hidden
    shown.resize(1280, 800)
    assert shown.focusWidget() is bar.speed_pill and not bar.more.isVisible()


@pytest.mark.parametrize("key", ["neuron", "activations", "scalar_graph"])
def test_no_column_runs_under_its_scroll_bar_in_chinese(in_chinese: None, qtbot: QtBot, key: str) -> None:
    with opened_window(home=key) as opened:
        qtbot.waitUntil(lambda: any(one.isVisible() for one in columns(opened)))
        for column in columns(opened):
            qtbot.waitUntil(lambda one=column: one.widget().width() <= one.viewport().width())  # type: ignore[misc]


def make_small(window: Opened, qtbot: QtBot) -> None:
    """As a small screen does: whoever has no least size of his own is put back to that of the layout."""
    window.window.setMinimumSize(*SMALL)
    window.window.resize(*SMALL)
    qtbot.waitUntil(lambda: (window.window.width(), window.window.height()) == SMALL)


class Watch(QObject):
    """Calls what it was given at every event of a kind."""

    def __init__(self, kind: QEvent.Type, seen: list[bool]) -> None:
        super().__init__()
        self._kind, self._seen = kind, seen

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == self._kind:
            self._seen.append(True)
        return False


@contextmanager
def watched(widget: QWidget, kind: QEvent.Type, seen: list[bool]) -> Iterator[None]:
    """Note every event of a kind that comes to a widget."""
    watch = Watch(kind, seen)
    widget.installEventFilter(watch)
    yield
    widget.removeEventFilter(watch)


def columns(window: Opened) -> list[PanelColumn]:
    return window.window.pages.current.widget.findChildren(PanelColumn)


def test_a_small_screen_shows_every_readout_and_asks_where_there_is_room(window: Opened, qtbot: QtBot) -> None:
    """At 150 % the accuracy went from the bar, and a question of the pass lay below the edge."""
    page = window.page
    usual = page.bar.readouts["accuracy"].value.font()
    make_small(window, qtbot)
    assert all(readout.isVisible() for readout in page.bar.readouts.values())
    assert page.bar._row.minimumSize().width() <= page.bar.width()
    timeline, column = page.panes.timeline, page.panes.right
    qtbot.waitUntil(lambda: page.trainer.snapshot is not None)
    window.actions["pass_page"].trigger()
    timeline.set_predicting(True)
    timeline.load_rows((7,))
    qtbot.waitUntil(lambda: timeline.prediction.open)
    assert column.isAncestorOf(timeline.quiz) and not page.panes.plots.verdict_row.isVisible()
    qtbot.waitUntil(lambda: timeline.quiz.visibleRegion().boundingRect() == timeline.quiz.rect())
    page.panes.plots.show_tab(0)
    assert not timeline.quiz.isVisible() and page.panes.plots.verdict_row.isVisible()
    window.actions["pass_page"].trigger()
    assert timeline.quiz.isVisible()
    window.window.resize(1280, 800)
    qtbot.waitUntil(lambda: timeline.isAncestorOf(timeline.quiz))
    assert timeline.quiz.isVisible() and page.bar.readouts["accuracy"].value.font() == usual


@pytest.mark.parametrize("small", [False, True])
def test_a_question_moves_no_button_of_the_player_and_no_verdict_speaks_beside_it(
    window: Opened, qtbot: QtBot, small: bool
) -> None:
    """At 150 % the player jumped by two lines, and “Solved.” stood beside the question for the output's sign."""
    page = window.page
    if small:
        make_small(window, qtbot)
    timeline, verdict = page.panes.timeline, page.panes.plots.verdict_row
    qtbot.waitUntil(lambda: page.trainer.snapshot is not None)
    window.actions["pass_page"].trigger()
    timeline.load_rows((7,))
    qtbot.waitUntil(lambda: not timeline._work.isHidden())
    assert verdict.isVisible() is not small
    before = timeline.mapTo(window.window, timeline.rect().topLeft())
    timeline.set_predicting(True)
    qtbot.waitUntil(lambda: timeline.prediction.open)
    qtbot.wait(50)
    assert timeline.mapTo(window.window, timeline.rect().topLeft()) == before and not verdict.isVisible()
    timeline.set_predicting(False)
    assert verdict.isVisible() is not small
