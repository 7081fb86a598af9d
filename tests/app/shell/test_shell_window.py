"""The window as a whole: transport, read-outs, panels, themes, closing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.builder.canvas.selection import NeuronRef
from app.builder.timeline.panel import PassTimeline
from app.examples import example_of, examples
from app.kit import theme
from app.network.speed import FULL, SPEEDS, TO_LOOK, index_of
from app.shell.main_window import LEAST_SIZE
from app.shell.settings import Settings
from app.workspaces.playground.panels.left_column import LeftColumn
from app.workspaces.playground.panels.right_column import RightColumn
from engine.network.contract import NonFinite
from engine.training.lines.expression import Source
from tests.app.window_rig import Opened, opened_window

QT_OWN = {"ScrollLeftButton", "ScrollRightButton"}
"""Buttons that Qt adds by itself."""


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Opened]:
    with opened_window() as opened:
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


def said_by_the_program(code: str, unset: str, folder: Path) -> list[str]:
    """What a program of its own prints, word by word; ``unset``: the variable of the environment that it does not
    have."""
    known = {name: value for name, value in os.environ.items() if name != unset}
    folders = {"XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder), "QT_QPA_PLATFORM": "offscreen"}
    child = subprocess.run(
        [sys.executable, "-c", code], env=known | folders, capture_output=True, text=True, timeout=120, check=False
    )
    assert child.returncode == 0, child.stderr
    return child.stdout.split()


@pytest.mark.process
@pytest.mark.parametrize(("size", "drawn"), [("150", "1.5"), ("100", "1.0")])
def test_the_program_is_drawn_in_the_size_that_was_chosen(size: str, drawn: str, tmp_path: Path) -> None:
    code = (
        "import PySide6.QtWidgets as w; "
        "w.QApplication.exec = lambda self: print(self.primaryScreen().devicePixelRatio()); "
        f"from app.__main__ import main; main(['--size', '{size}'])"
    )
    assert said_by_the_program(code, "QT_SCALE_FACTOR", tmp_path) == [drawn]


@pytest.mark.process
@pytest.mark.parametrize(("language", "forms"), [("zh_CN", "zh-cn"), ("en", "None")])
def test_a_chinese_window_asks_for_chinese_forms_of_signs_before_fonts_are_chosen(
    language: str, forms: str, tmp_path: Path
) -> None:
    code = (
        "import os, PySide6.QtWidgets as w; was = w.QApplication.__init__; "
        "w.QApplication.__init__ = lambda self, *a: (print(os.environ.get('FC_LANG')), was(self, *a))[1]; "
        "w.QApplication.exec = lambda self: 0; "
        f"from app.__main__ import main; main(['--language', '{language}'])"
    )
    assert said_by_the_program(code, "FC_LANG", tmp_path) == [forms]


def test_a_panel_is_hidden_and_stays_hidden_next_time(window: Opened, qtbot: QtBot) -> None:
    window.actions["bottom_panel"].trigger()
    assert window.page.widget.panels["bottom"].isHidden()
    with opened_window() as second:
        assert second.page.widget.panels["bottom"].isHidden()
        assert not second.actions["bottom_panel"].isChecked()


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
    qtbot.waitUntil(lambda: window.page.trainer.snapshot.failure is None)
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
    with opened_window() as window:
        qtbot.waitUntil(lambda: window.page.trainer.snapshot is not None)
        window.page.trainer.play()
        qtbot.waitUntil(lambda: epoch(window) > 2)
    assert not [thread for thread in threading.enumerate() if thread.name in ("training", "autosave")]


def test_picking_a_sample_plays_its_pass_on_the_canvas(window: Opened, qtbot: QtBot) -> None:
    window.window.findChild(RightColumn).sample_picked.emit(3)
    assert window.page.panes.plots.front is window.page.panes.timeline
    qtbot.waitUntil(lambda: window.page.canvas.trace is not None)
    assert window.page.canvas.trace.rows == (3,)
    window.window.findChild(PassTimeline).put_away()
    assert window.page.canvas.trace is None


@pytest.mark.slow
def test_a_number_of_the_neuron_s_card_opens_its_origin_and_goes_with_the_pass(window: Opened, qtbot: QtBot) -> None:
    page, panes = window.page, window.page.panes
    window.window.findChild(RightColumn).sample_picked.emit(3)
    qtbot.waitUntil(lambda: page.canvas.trace is not None)
    panes.timeline.to_end()
    page.canvas.selection.choose_neuron(NeuronRef("dense-2", 1))
    card = page.canvas.overlays.neuron_card
    card._result.linkActivated.emit(re.findall(r"<a href='([^']*)'", card._result.text())[-1])
    origin = panes.timeline.origin
    qtbot.waitUntil(origin.isVisible)
    assert origin.source == Source("delta", "dense-2", (1,))
    qtbot.waitUntil(lambda: origin.badge.state == "agrees")
    panes.timeline.put_away()
    assert origin.isHidden()
    panes.timeline.explain(Source("delta", "dense-2", (1,)))
    assert origin.isHidden(), "no pass is at hand"


def test_what_is_still_to_be_guessed_is_not_explained_from_elsewhere(window: Opened, qtbot: QtBot) -> None:
    timeline = window.page.panes.timeline
    timeline.set_predicting(True)
    window.window.findChild(RightColumn).sample_picked.emit(3)
    qtbot.waitUntil(lambda: window.page.canvas.trace is not None)
    timeline.go_to_stage(1)
    timeline.explain(Source("z", "dense-2", (1,)))
    assert timeline.origin.isHidden()
    timeline.set_predicting(False)
    timeline.explain(Source("z", "dense-2", (1,)))
    assert timeline.origin.source == Source("z", "dense-2", (1,))
    timeline.put_away()


def test_drawing_points_is_switched_at_both_ends(window: Opened) -> None:
    left, right = window.window.findChild(LeftColumn), window.window.findChild(RightColumn)
    left.data.draw.trigger()
    assert right.output.draw_bar.isVisibleTo(right)
    right.set_drawing(False)
    assert not left.data.draw.isChecked()


def test_the_first_play_is_slow_enough_to_look_and_the_choice_is_remembered(qtbot: QtBot) -> None:
    with opened_window(fast=False) as window:
        speed = window.page.speed
        assert speed.speed.epochs == 15
        window.actions["full_speed"].trigger()
        assert speed.index == FULL
        window.actions["full_speed"].trigger()
        assert speed.index == TO_LOOK
        window.actions["faster"].trigger()
        window.actions["stop_when_solved"].setChecked(True)
        chosen = speed.speed.key
    with opened_window(fast=False) as window:
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


@pytest.mark.parametrize("rate", [1e300, 1e-7, 0.03, 12345.0])
def test_the_line_of_the_optimiser_writes_the_rate_as_its_field_does(window: Opened, rate: float) -> None:
    network = window.page.network
    network.edit("x", hyper=network.hyper.model_copy(update={"learning_rate": rate}))
    left = window.page.panes.left
    assert left.sections["optimiser"].heading.hint.split(" · ")[1] == left.optimiser.rate.field.text()


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
