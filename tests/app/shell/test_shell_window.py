"""The window as a whole: transport, read-outs, panels, themes, closing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.examples import example_of, examples
from app.kit import theme
from app.network.speed import FULL, SPEEDS, TO_LOOK, index_of
from app.shell.application import sign_picture
from app.shell.main_window import LEAST_SIZE
from app.shell.settings import Settings
from engine.network.contract import NonFinite
from tests.app.window_rig import Opened, opened_window

QT_OWN = {"ScrollLeftButton", "ScrollRightButton"}
"""Buttons that Qt adds by itself."""


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Opened]:
    with opened_window(panes=False) as opened:
        qtbot.waitUntil(lambda: opened.page.trainer.snapshot is not None)
        yield opened


def epoch(window: Opened) -> float:
    assert window.page.trainer.snapshot is not None
    return window.page.trainer.snapshot.epoch


def readout(window: Opened, name: str) -> str:
    return window.page.bar.readouts[name].value.text()


def test_numbers_move_while_it_plays_and_stand_when_it_pauses(window: Opened, qtbot: QtBot) -> None:
    first = readout(window, "train_loss")
    with qtbot.waitSignal(window.page.trainer.running_changed):
        qtbot.mouseClick(window.page.bar.play_button, Qt.MouseButton.LeftButton)
    assert window.page.bar.play_button.text() == "Pause"
    qtbot.waitUntil(lambda: epoch(window) > 3 and readout(window, "train_loss") != first)
    with qtbot.waitSignal(window.page.trainer.running_changed):
        qtbot.mouseClick(window.page.bar.play_button, Qt.MouseButton.LeftButton)
    assert window.page.bar.play_button.text() == "Play"
    qtbot.waitUntil(lambda: window.page.bar.speed_pill.text() == SPEEDS[FULL].label)


def test_step_and_epoch_advance_by_one_step_and_one_epoch(window: Opened, qtbot: QtBot) -> None:
    window.actions["step"].trigger()
    qtbot.waitUntil(lambda: window.page.trainer.snapshot.step == 1)
    window.actions["epoch"].trigger()
    qtbot.waitUntil(lambda: epoch(window) == 1.0)
    assert readout(window, "epoch") == "1"


def test_reset_goes_back_to_the_same_start(window: Opened, qtbot: QtBot) -> None:
    start = readout(window, "train_loss")
    window.actions["epoch"].trigger()
    qtbot.waitUntil(lambda: epoch(window) == 1.0)
    assert readout(window, "train_loss") != start
    window.actions["reset"].trigger()
    qtbot.waitUntil(lambda: epoch(window) == 0.0)
    assert readout(window, "train_loss") == start


def test_a_new_seed_is_another_start_and_can_be_undone(window: Opened, qtbot: QtBot) -> None:
    start, seed = readout(window, "train_loss"), window.page.network.hyper.seed
    window.actions["reset_new_seed"].trigger()
    qtbot.waitUntil(lambda: readout(window, "train_loss") != start)
    assert window.page.network.hyper.seed != seed
    window.actions["undo"].trigger()
    assert window.page.network.hyper.seed == seed


def test_space_plays_but_is_a_letter_in_a_field(window: Opened, qtbot: QtBot) -> None:
    window.page.canvas.setFocus()
    with qtbot.waitSignal(window.page.trainer.running_changed):
        qtbot.keyClick(window.page.canvas, Qt.Key.Key_Space)
    with qtbot.waitSignal(window.page.trainer.running_changed):
        qtbot.keyClick(window.page.canvas, Qt.Key.Key_Space)
    field = QLineEdit(window.window)
    field.show()
    field.setFocus()
    qtbot.keyClicks(field, "a b")
    assert field.text() == "a b"
    assert not window.page.trainer.running


def test_space_presses_a_button_that_the_tab_key_has_reached(window: Opened, qtbot: QtBot) -> None:
    window.page.bar.play_button.setFocus()
    window.window.focusNextPrevChild(True)
    focus = window.window.focusWidget()
    assert isinstance(focus, QAbstractButton)
    pressed: list[bool] = []
    focus.pressed.connect(lambda: pressed.append(True))
    qtbot.keyClick(focus, Qt.Key.Key_Space)
    assert pressed
    assert not window.page.trainer.running


def test_the_theme_changes_at_once_and_is_remembered(window: Opened) -> None:
    window.actions["theme_dark"].trigger()
    assert theme.current().dark
    assert Settings().theme == "dark"
    window.actions["toggle_theme"].trigger()
    assert not theme.current().dark
    assert window.actions["theme_light"].isChecked()


def test_another_size_starts_the_window_again(window: Opened) -> None:
    assert window.actions["size_100"].isChecked() and Settings().size == "100"
    window.actions["size_100"].trigger()
    assert window.window.isVisible()
    window.actions["size_150"].trigger()
    assert Settings().size == "150" and not window.window.isVisible()
    chosen = ["--theme", "system", "--language", "en", "--size", "150", "--take-over", "playground"]
    assert window.window.successor[:8] == chosen


def test_every_example_opens_without_a_problem(window: Opened, qtbot: QtBot) -> None:
    for example in examples():
        window.window.files.open(example.path, copy=True)
        assert window.page.network.graph == example.content.graph
        assert not window.page.network.problems, example.key
        assert window.window.messages.text == "", example.key


def test_after_opening_the_keyboard_is_the_canvas_s(window: Opened) -> None:
    window.page.bar.play_button.setFocus()
    window.window.files.open(examples()[2].path, copy=True)
    assert window.window.focusWidget() is window.page.canvas


def test_nothing_of_the_bar_is_cut_in_the_narrowest_window(window: Opened, qtbot: QtBot) -> None:
    window.window.resize(LEAST_SIZE)
    bar = window.page.bar

    def shown() -> list[QWidget]:
        return [child for child in bar.children() if isinstance(child, QWidget) and not child.isHidden()]

    def whole(child: QWidget) -> bool:
        """Whether it has what it asks for; the width that » has been given is less than a chip's."""
        return child.width() >= min(child.sizeHint().width(), child.maximumWidth())

    qtbot.waitUntil(lambda: bar.width() < 800 and all(whole(child) for child in shown()))
    assert bar.play_button in shown()
    places = sorted((child.x(), child.x() + child.width()) for child in shown())
    assert all(end <= begin for (_, end), (begin, _) in pairwise(places))


def test_a_divergence_is_named_and_undone(window: Opened, qtbot: QtBot) -> None:
    hyper = window.page.network.hyper.model_copy(update={"learning_rate": 1e9, "optimizer": "sgd", "l2": 0.0})
    graph = example_of("multi-gaussian").content
    window.page.document.load(graph)
    window.page.network.edit("diverge", hyper=hyper)
    window.actions["bottom_panel"].setChecked(False)  # else the verdict says it
    with qtbot.waitSignal(window.page.trainer.non_finite) as told:
        window.page.trainer.play()
    failure: NonFinite = told.args[0]
    qtbot.waitUntil(lambda: window.window.messages.text != "")  # what lets it go on has been tried
    assert f"{failure.step:,}" in window.window.messages.text
    assert "{" not in window.window.messages.text
    assert window.window.messages.text.endswith("The learning rate is 1·10⁹.")
    qtbot.waitUntil(lambda: not window.page.trainer.running)
    qtbot.mouseClick(window.window.messages.buttons[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: (shown := window.page.trainer.snapshot) is not None and shown.failure is None)
    assert window.window.messages.text == ""
    assert window.page.network.hyper == hyper
    window.actions["bottom_panel"].setChecked(True)


def test_an_internal_error_is_said_and_the_window_lives(window: Opened) -> None:
    window.window.bindings.say_internal_error("ValueError: no")
    assert "ValueError: no" in window.window.messages.text
    assert window.window.isVisible()


def test_the_dialogs_open_beside_the_window(window: Opened) -> None:
    for name in ("shortcuts", "glossary", "about", "stop_after"):
        window.actions[name].trigger()
    from app.shell.dialogs.about import AboutDialog
    from app.shell.dialogs.help import GlossaryDialog, ShortcutsDialog
    from app.workspaces.playground.transport_bar import StopAfterDialog

    stop = window.window.findChild(StopAfterDialog)
    stop.limited.setChecked(True)
    stop.epochs.setValue(25)
    assert window.page.network.hyper.stop_after_epochs == 25
    assert not window.page.bar.stop_pill.isHidden()
    for kind in (ShortcutsDialog, GlossaryDialog, AboutDialog, StopAfterDialog):
        dialog = window.window.findChild(kind)
        assert not dialog.isModal()
        dialog.close()


def test_closing_while_it_trains_leaves_no_thread(qtbot: QtBot) -> None:
    with opened_window(panes=False) as window:
        qtbot.waitUntil(lambda: window.page.trainer.snapshot is not None)
        window.page.trainer.play()
        qtbot.waitUntil(lambda: epoch(window) > 2)
    assert not [thread for thread in threading.enumerate() if thread.name in ("training", "autosave")]


def test_the_first_play_is_slow_enough_to_look_and_the_choice_is_remembered(qtbot: QtBot) -> None:
    with opened_window(fast=False, panes=False) as window:
        speed = window.page.speed
        assert speed.speed.epochs == 15
        window.actions["full_speed"].trigger()
        assert speed.index == FULL
        window.actions["full_speed"].trigger()
        assert speed.index == TO_LOOK
        window.actions["faster"].trigger()
        window.actions["stop_when_solved"].setChecked(True)
        chosen = speed.speed.key
    with opened_window(fast=False, panes=False) as window:
        assert window.page.speed.speed.key == chosen
        assert window.actions["stop_when_solved"].isChecked()


def test_without_a_choice_the_speed_is_the_one_to_look_at() -> None:
    assert index_of("") == index_of("no such speed") == TO_LOOK
    assert [index_of(speed.key) for speed in SPEEDS] == list(range(len(SPEEDS)))


@pytest.mark.parametrize("size", [(1280, 800), (1440, 900)])
def test_no_number_in_the_bar_is_cut(window: Opened, size: tuple[int, int]) -> None:
    window.window.resize(*size)
    bar = window.page.bar
    assert window.page.trainer.snapshot is not None
    latest = window.page.trainer.snapshot
    large = replace(latest, epoch=1_234_567.0, train_loss=2.1e-88, test_loss=2.1e-8, speed=98765.0)
    window.page.canvas.scene.legible.follow(large, running=False)
    for one in bar.readouts.values():
        assert one.isVisibleTo(bar)
        assert one.value.fontMetrics().horizontalAdvance(one.value.text()) <= one.width()
    assert bar.speed_pill.isVisibleTo(bar)


def test_help_lists_what_the_mouse_does(window: Opened) -> None:
    from app.shell.dialogs.help import ShortcutsDialog

    window.actions["shortcuts"].trigger()
    dialog = window.window.findChild(ShortcutsDialog)
    assert dialog is not None

    def told() -> str:
        return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisibleTo(dialog))

    for gesture in ("Click a wire", "Drag a block", "Right click", "Wheel", "Double click", "Click a number"):
        assert gesture in told(), gesture
    dialog.search.setText("right click")
    assert "Right click" in told() and "Drag a block" not in told() and "MOUSE" in told()
    dialog.close()


def test_help_has_the_glossary_in_both_languages(window: Opened) -> None:
    from app.shell.dialogs.help import GlossaryDialog, glossary

    english, chinese = list(glossary("en")), list(glossary("zh_CN"))
    assert [(term, other) for term, other, _ in english] == [(other, term) for term, other, _ in chinese]
    window.actions["glossary"].trigger()
    dialog = window.window.findChild(GlossaryDialog)
    assert dialog is not None and dialog.search.accessibleName()
    assert all(term in dialog.area.toPlainText() for term, _, _ in english)
    dialog.search.setText("饱和")
    assert dialog.area.toPlainText().startswith("saturated unit") and "momentum" not in dialog.area.toPlainText()
    dialog.search.setText("no such word")
    assert "no such word" in dialog.area.toPlainText()
    dialog.close()


def test_the_list_of_shortcuts_moves_by_keys_while_letters_search(qtbot: QtBot, window: Opened) -> None:
    from app.shell.dialogs.help import ShortcutsDialog

    window.actions["shortcuts"].trigger()
    dialog = window.window.findChild(ShortcutsDialog)
    assert dialog is not None
    search, bar = dialog.search, dialog.area.verticalScrollBar()
    qtbot.waitUntil(lambda: search.hasFocus() and bar.maximum() > 0)
    QTest.keyClick(search, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    QTest.keyClick(search, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    QTest.keyClick(search, Qt.Key.Key_Home)
    assert bar.value() == 0
    QTest.keyClicks(search, "z")
    QTest.keyClick(search, Qt.Key.Key_Home)
    QTest.keyClicks(search, "a")
    assert search.text() == "az", "with something typed, Home is the field's"
    dialog.close()


def test_what_is_said_while_the_window_comes_back_is_whole(qapp: QApplication) -> None:
    for text in ("Opening …", "Opening what was open in the window before this one …"):
        assert sign_picture(text, qapp.font()).width() >= QFontMetrics(qapp.font()).horizontalAdvance(text)
