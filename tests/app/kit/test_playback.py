"""Going through steps: the clock, the line of steps and its bar."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QAction, QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.kit import theme
from app.kit.drawing.drawing import Frame
from app.kit.drawing.marks import Text, text_width
from app.kit.drawing.view import AROUND
from app.kit.playback.bar import PlaybackBar
from app.kit.playback.playback import SPEEDS, Playback
from app.kit.playback.scrubber import LINE, Scrubber, StepLine, draw_steps


@pytest.fixture
def playback(qtbot: QtBot) -> Playback:
    made = Playback()
    made.set_length(9)
    return made


# The clock ---------------------------------------------------------------------------------------------------------


def test_nothing_is_done_at_first(qtbot: QtBot) -> None:
    empty = Playback()
    assert (empty.at, empty.length, empty.progress, empty.playing) == (0, 0, 0.0, False)
    for act in (empty.play, empty.step, empty.back, empty.toggle):
        act()
    assert empty.at == 0 and not empty.playing


def test_steps_on_and_back(playback: Playback) -> None:
    seen: list[int] = []
    playback.stepped.connect(seen.append)
    for act in (playback.step, playback.step, playback.back, playback.back, playback.back):
        act()
    assert seen == [1, 2, 1, 0] and playback.at == 0
    playback.go(99)
    assert playback.at == 9 and playback.at_end and playback.progress == 0.0
    playback.step()
    assert playback.at == 9
    playback.back()
    assert playback.at == 8


def test_it_plays_so_many_steps_a_second(playback: Playback) -> None:
    playback.set_speed(2.0)
    playback.advance(1.25)
    assert playback.at == 2 and playback.progress == pytest.approx(0.5)
    playback.step()  # finishes the one under way
    assert playback.at == 3 and playback.progress == 0.0
    playback.advance(0.25)
    playback.back()  # takes back the one under way
    assert playback.at == 3 and playback.progress == 0.0


def test_no_time_is_lost_or_won_between_steps(playback: Playback) -> None:
    playback.set_length(1000)
    for _ in range(700):
        playback.advance(0.1)
    assert playback.position == pytest.approx(70.0)


def test_it_stops_at_the_end_and_begins_anew(qtbot: QtBot, playback: Playback) -> None:
    playback.set_speed(500.0)
    with qtbot.waitSignal(playback.playing_changed, check_params_cb=lambda playing: not playing):
        playback.play()
    assert playback.at_end and not playback.playing
    playback.set_speed(0.5)
    playback.toggle()
    assert playback.playing and playback.at == 0
    playback.toggle()
    assert not playback.playing


def test_where_one_is_stays_when_there_are_more_or_fewer_steps(playback: Playback) -> None:
    lengths: list[int] = []
    playback.length_changed.connect(lengths.append)
    playback.go(5)
    playback.set_length(20)
    assert playback.at == 5
    playback.set_length(3)
    assert playback.at == 3 and playback.at_end
    playback.set_length(7, at=2)
    assert playback.at == 2
    moved: list[int] = []
    playback.moved.connect(lambda: moved.append(playback.at))
    playback.set_length(0)
    assert playback.at == 0 and moved == [0] and lengths == [20, 3, 7, 0]


@pytest.mark.parametrize("speed", [0.0, -1.0, float("inf"), float("nan")])
def test_speeds_that_cannot_be_are_refused(playback: Playback, speed: float) -> None:
    with pytest.raises(ValueError, match="cannot be played"):
        playback.set_speed(speed)


# The line of steps -------------------------------------------------------------------------------------------------


@pytest.fixture
def bar(qtbot: QtBot, playback: Playback) -> PlaybackBar:
    made = PlaybackBar(playback)
    qtbot.addWidget(made)
    made.set_sections((("forward", 4), ("backward", 5)))
    made.resize(560, made.sizeHint().height())
    with qtbot.waitExposed(made):
        made.show()
    return made


def place(bar: PlaybackBar, at: float) -> QPoint:
    return QPoint(round(bar.scrubber.line.x(at, bar.scrubber.width())), 17)


def name_box(scrubber: Scrubber, section: int) -> QRect:
    part = scrubber.drawing.part(section)
    assert part is not None
    return QRectF(*part.rect).toRect()


def names(scrubber: Scrubber) -> list[str]:
    return [mark.text for mark in scrubber.drawing.marks if isinstance(mark, Text)]


def test_a_click_and_a_drag_go_to_the_nearest_step(qtbot: QtBot, bar: PlaybackBar, playback: Playback) -> None:
    scrubber = bar.scrubber
    QTest.mouseClick(scrubber, Qt.MouseButton.LeftButton, pos=place(bar, 6.2))
    assert playback.at == 6
    QTest.mousePress(scrubber, Qt.MouseButton.LeftButton, pos=place(bar, 2))
    for at, step in ((3, 3), (3.1, 3), (8, 8), (-4, 0)):
        QTest.mouseMove(scrubber, place(bar, at))
        qtbot.waitUntil(lambda step=step: playback.at == step)
    QTest.mouseRelease(scrubber, Qt.MouseButton.LeftButton, pos=place(bar, -4))
    assert playback.at == 0


def test_a_click_on_a_name_goes_to_the_first_step_of_its_section(bar: PlaybackBar, playback: Playback) -> None:
    QTest.mouseClick(bar.scrubber, Qt.MouseButton.LeftButton, pos=name_box(bar.scrubber, 1).center())
    assert playback.at == 5 and bar.scrubber.line.section == 1


def test_the_ring_of_the_keyboard_lies_over_the_line_and_its_names_beneath(bar: PlaybackBar) -> None:
    part = bar.scrubber.drawing.part(LINE)
    assert part is not None
    ring = QRectF(*part.rect).adjusted(-AROUND, -AROUND, AROUND, AROUND)
    assert QRectF(bar.scrubber.rect()).contains(ring)
    assert ring.bottom() <= name_box(bar.scrubber, 0).top()


def test_names_say_which_steps_and_the_present_one_is_spoken(bar: PlaybackBar, playback: Playback) -> None:
    assert names(bar.scrubber) == ["forward 1 to 4", "backward 5 to 9"]
    playback.go(4)
    assert bar.scrubber.accessibleDescription() == "4 of 9 steps done, forward"
    playback.step()
    assert bar.scrubber.accessibleDescription() == "5 of 9 steps done, backward"
    bar.set_sections((("all", 1), ("none", 0)))
    assert names(bar.scrubber) == ["all 1", "none"]
    bar.set_sections(())
    assert bar.scrubber.accessibleDescription() == "5 of 9 steps done"


@pytest.mark.parametrize("counts", [(2, 20), (20, 2), (1, 1), (2, 30, 3)])
@pytest.mark.parametrize("width", [150.0, 240.0, 330.0, 600.0])
def test_names_of_sections_lie_side_by_side_however_short_a_section_is(
    qtbot: QtBot, counts: tuple[int, ...], width: float
) -> None:
    sections = tuple(zip(("forward", "backward", "update"), counts, strict=False))
    drawing = draw_steps(StepLine(1.0, sum(counts), sections), Frame(width, 40.0))
    texts = [mark for mark in drawing.marks if isinstance(mark, Text)]
    assert len(texts) == len(counts) and texts[0].rect[0] >= 0.0
    for left, right in pairwise(texts):
        assert left.ink_rect[0] + left.ink_rect[2] < right.ink_rect[0]
    for text in texts:
        assert text_width(text.text, text.size, bold=True) <= text.rect[2] and sum(text.rect[::2]) <= width + 0.01


@pytest.mark.parametrize(
    ("key", "start", "end"),
    [
        (Qt.Key.Key_Right, 3, 4),
        (Qt.Key.Key_Left, 3, 2),
        (Qt.Key.Key_PageUp, 2, 4),
        (Qt.Key.Key_PageDown, 7, 4),
        (Qt.Key.Key_PageUp, 5, 9),
        (Qt.Key.Key_PageDown, 2, 0),
        (Qt.Key.Key_Home, 6, 0),
        (Qt.Key.Key_End, 6, 9),
    ],
)
def test_keys(bar: PlaybackBar, playback: Playback, key: Qt.Key, start: int, end: int) -> None:
    playback.go(start)
    QTest.keyClick(bar.scrubber, key)
    assert playback.at == end
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
    event.ignore()
    QApplication.sendEvent(bar.scrubber, event)
    assert event.isAccepted()


@pytest.mark.parametrize("length", [0, 1, 60, 5000])
@pytest.mark.parametrize("name", ["light", "dark"])
def test_any_number_of_steps_is_painted(bar: PlaybackBar, playback: Playback, length: int, name: str) -> None:
    theme.set_theme(name)
    playback.set_length(length)
    bar.set_sections((("one", length // 2), ("two", length - length // 2)))
    before = bar.grab().toImage()
    playback.go(length)
    bar.set_marks({length // 2})
    assert (bar.grab().toImage() != before) or length == 0
    theme.set_theme("light")


@pytest.mark.parametrize("length", [9, 60, 500])
def test_a_step_paints_so_much_of_the_line_that_it_looks_as_if_all_were_painted(
    bar: PlaybackBar, playback: Playback, length: int
) -> None:
    playback.set_length(length)
    bar.set_sections((("one", length // 3), ("two", length - length // 3)))
    bar.set_marks({length // 2})

    def on_screen() -> QImage:
        QApplication.processEvents()
        return bar.screen().grabWindow(bar.winId()).toImage()

    for at in (1, 2, length // 3, length // 3 + 1, length // 2, length, length - 1, 1, 0):
        playback.go(at)
        shown = on_screen()
        bar.scrubber.update()
        assert on_screen() == shown, at


# The bar -----------------------------------------------------------------------------------------------------------


def test_its_buttons_play_and_step(bar: PlaybackBar, playback: Playback) -> None:
    assert not bar.back_button.isEnabled() and bar.step_button.isEnabled()
    bar.step_button.click()
    assert playback.at == 1 and bar.back_button.isEnabled()
    bar.back_button.click()
    assert playback.at == 0
    bar.play_button.click()
    assert playback.playing and bar.play_button.accessibleName() == "Pause"
    bar.play_button.click()
    assert not playback.playing and bar.play_button.accessibleName() == "Play"
    playback.go(9)
    assert not bar.step_button.isEnabled()
    playback.set_length(0)
    assert not bar.play_button.isEnabled()


def test_its_buttons_go_to_both_ends(bar: PlaybackBar, playback: Playback) -> None:
    assert not bar.begin_button.isEnabled() and bar.end_button.isEnabled()
    bar.end_button.click()
    assert playback.at == playback.length and not bar.end_button.isEnabled() and bar.begin_button.isEnabled()
    bar.begin_button.click()
    assert playback.at == 0 and not bar.begin_button.isEnabled() and bar.end_button.isEnabled()


def test_the_pages_actions_stand_behind_its_buttons(bar: PlaybackBar, playback: Playback) -> None:
    actions = {name: QAction(name, bar) for name in ("play", "back", "step", "begin", "end")}
    done: list[str] = []
    for name, action in actions.items():
        action.setToolTip(f"{name} (Space)")
        action.triggered.connect(lambda _on=False, name=name: done.append(name))
    bar.set_actions(**actions)
    playback.go(2)
    for button in (bar.play_button, bar.back_button, bar.step_button, bar.begin_button, bar.end_button):
        button.click()
    assert done == ["play", "back", "step", "begin", "end"] and playback.at == 2 and not playback.playing
    assert bar.step_button.toolTip() == "step (Space)"


def test_speed(qtbot: QtBot, bar: PlaybackBar, playback: Playback) -> None:
    assert bar.speed_box.currentText() == "1 step/s"
    with qtbot.waitSignal(bar.speed_chosen):
        QTest.keyClick(bar.speed_box, Qt.Key.Key_Down)
    assert playback.speed == SPEEDS[SPEEDS.index(1.0) + 1]
    playback.set_speed(100.0)
    assert bar.speed_box.currentText() == "100 steps/s"


def test_names_without_room_for_their_numbers_go_without_and_never_overlap(bar: PlaybackBar) -> None:
    scrubber = bar.scrubber
    for width in (400, 130):
        scrubber.resize(width, scrubber.height())
        assert not name_box(scrubber, 0).intersects(name_box(scrubber, 1))
    assert names(scrubber) == ["forward", "backward"]
    scrubber.resize(400, scrubber.height())
    assert names(scrubber) == ["forward 1 to 4", "backward 5 to 9"]
