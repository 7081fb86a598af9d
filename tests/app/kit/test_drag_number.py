"""Numbers that are dragged, typed and nudged: what they become, what they tell, and what they refuse."""

from __future__ import annotations

import doctest
import math
from collections.abc import Iterator

import pytest
from pydantic import BaseModel, ConfigDict, Field
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.kit import numbers, theme
from app.kit.announce import recorded
from app.kit.sheet import Sheet
from app.kit.widgets.drag_number import DragNumber, NumberDrag, arithmetic
from app.kit.widgets.drag_number.editor import NumberEditor
from app.kit.widgets.drag_number.slider import ValueSlider
from app.kit.widgets.per_frame import PerFrame
from app.kit.widgets.say_beside import GAP, BesideNote
from engine.formats.sheet import SheetFormat

NONE, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


class Heard:
    """What a number or a slider has told."""

    def __init__(self, number: DragNumber | ValueSlider) -> None:
        self.moved: list[float] = []
        self.nudged: list[tuple[float, float]] = []
        self.settled = 0
        number.moved.connect(self.moved.append)
        number.nudged.connect(lambda old, new: self.nudged.append((old, new)))
        number.settled.connect(self._count)

    def _count(self) -> None:
        self.settled += 1


# Arithmetic --------------------------------------------------------------------------------------------------------


def test_the_examples_of_the_arithmetic_hold() -> None:
    for module in (arithmetic, numbers):
        found = doctest.testmod(module)
        assert found.attempted and not found.failed


def test_other_bounds_under_a_drag_leave_it_where_it_is() -> None:
    drag = NumberDrag(-5.0, 5.0, 0.05)
    drag.begin(4.5, 300.0)
    assert drag.value_at(290.0) == 4.0
    assert drag.within(-4.0, 4.0, 0.05).value_at(288.0) == 3.9


def test_a_pixel_is_a_step_and_values_stay_short() -> None:
    drag = NumberDrag(step=0.1)
    drag.begin(0.2, 50.0)
    assert [drag.value_at(50.0 + x) for x in (1, 2, 5, -3)] == [0.3, 0.4, 0.7, -0.1]


def test_shift_is_finer_and_ctrl_coarser_and_neither_leaps() -> None:
    drag = NumberDrag(step=0.1)
    drag.begin(1.0, 0.0)
    assert drag.value_at(10.0) == 2.0
    assert drag.value_at(10.0, SHIFT) == 2.0  # the key alone changes nothing
    assert drag.value_at(14.0, SHIFT) == 2.04
    assert drag.value_at(15.0, CTRL) == pytest.approx(3.0)  # on from 2.04, whole steps
    assert drag.value_at(15.0) == pytest.approx(3.0)


def test_beyond_an_end_nothing_is_saved_up() -> None:
    drag = NumberDrag(-1.0, 1.0, 0.1)
    drag.begin(0.9, 0.0)
    assert drag.value_at(500.0) == 1.0
    assert drag.value_at(499.0) == pytest.approx(0.9)
    assert drag.value_at(-500.0) == -1.0


def test_ratios() -> None:
    drag = NumberDrag(1e-4, 10.0, ratios=True)
    drag.begin(0.01, 0.0)
    assert drag.value_at(100.0) == pytest.approx(0.1)
    assert drag.value_at(1e9) == 10.0
    assert drag.value_at(-1e9) == 1e-4
    assert drag.nudged(0.1, 1.0) == pytest.approx(0.1 * 10**0.05, rel=1e-2)


@pytest.mark.parametrize("start", [math.nan, math.inf, -math.inf, 1e308])
def test_nothing_but_numbers_comes_out(start: float) -> None:
    drag = NumberDrag(step=1e290)
    drag.begin(start, 0.0)
    assert math.isfinite(drag.value_at(1e30))
    assert math.isfinite(drag.nudged(start, 1e30))


def test_huge_numbers_are_not_held_to_a_step_that_they_cannot_show() -> None:
    drag = NumberDrag(step=0.01)
    drag.begin(1e18, 0.0)
    assert drag.value_at(0.0) == 1e18


@pytest.mark.parametrize("bad", [(1.0, 1.0, 0.1), (2.0, 1.0, 0.1), (0.0, 1.0, 0.0), (0.0, 1.0, math.nan)])
def test_bounds_that_cannot_be_are_refused(bad: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="dragged"):
        NumberDrag(*bad)


def test_ratios_need_a_least_value_above_0() -> None:
    with pytest.raises(ValueError, match="dragged"):
        NumberDrag(0.0, 1.0, ratios=True)


# One value a frame -------------------------------------------------------------------------------------------------


def test_of_many_values_in_a_frame_the_latest_is_taken(qtbot: QtBot) -> None:
    frames, seen = PerFrame(), []
    frames.taken.connect(seen.append)
    for value in range(100):
        frames.offer(value)
    assert seen == [0]
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == [0, 99]
    frames.offer(100)
    frames.offer(101)
    frames.flush()
    assert seen[-1] == 101
    frames.offer(102)
    frames.drop()
    frames.flush()
    assert seen[-1] != 102


# The widget --------------------------------------------------------------------------------------------------------


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(300, 200)
    QVBoxLayout(made)
    return made


@pytest.fixture
def number(qtbot: QtBot, window: QWidget) -> DragNumber:
    made = DragNumber(1.0, -5.0, 5.0, 0.01, name="w₁", tip="the first weight")
    layout = window.layout()
    assert layout is not None
    layout.addWidget(made)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return made


@pytest.fixture
def heard(number: DragNumber) -> Heard:
    return Heard(number)


def drag(number: QWidget, *xs: int, modifiers: Qt.KeyboardModifier = NONE, release: bool = True) -> None:
    """Press at the first place, go to each of the others, and let go."""
    y = number.height() // 2
    QTest.mousePress(number, Qt.MouseButton.LeftButton, modifiers, QPoint(xs[0], y))
    for x in xs[1:]:
        QTest.mouseMove(number, QPoint(x, y))
        QApplication.processEvents()
    if release:
        QTest.mouseRelease(number, Qt.MouseButton.LeftButton, modifiers, QPoint(xs[-1], y))


def test_a_drag_moves_it_and_settles_once(number: DragNumber, heard: Heard) -> None:
    drag(number, 10, 13, 23, 63)
    assert number.value == pytest.approx(1.5)
    assert heard.moved[-1] == number.value and heard.settled == 1 and not heard.nudged


def test_a_way_too_short_is_a_click_that_opens_the_field(number: DragNumber, heard: Heard) -> None:
    drag(number, 10, 12)
    assert number.editor is not None and number.editor.text() == "1" and not heard.moved
    QTest.keyClicks(number.editor, "2,5")
    QTest.keyClick(number.editor, Qt.Key.Key_Return)
    assert number.value == 2.5 and number.editor is None
    assert heard.moved == [2.5] and heard.settled == 1
    assert number.hasFocus()


def test_a_drag_that_comes_back_has_ended_too(number: DragNumber, heard: Heard) -> None:
    drag(number, 10, 13, 63, 13)
    assert number.value == 1.0 and heard.moved and heard.settled == 1
    drag(number, 10, 13)  # as far as a drag begins, and no further
    assert heard.settled == 1


def test_escape_takes_a_drag_back(number: DragNumber, heard: Heard) -> None:
    drag(number, 10, 13, 63, release=False)
    assert number.dragging and number.value != 1.0
    QTest.keyClick(number, Qt.Key.Key_Escape)
    assert number.value == 1.0 and heard.moved[-1] == 1.0 and heard.settled == 1
    QTest.mouseRelease(number, Qt.MouseButton.LeftButton, NONE, QPoint(63, 5))
    assert number.editor is None and heard.settled == 1


def test_the_keyboard_comes_back_from_the_field(qtbot: QtBot, window: QWidget, number: DragNumber) -> None:
    layout = window.layout()
    assert layout is not None
    for _ in range(2):
        layout.addWidget(DragNumber())
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        number.setFocus()
        QTest.keyClick(number, Qt.Key.Key_4)
        assert number.editor is not None
        QTest.keyClick(number.editor, key)
        assert number.hasFocus() and number.editor is None


def test_escape_leaves_the_field(number: DragNumber, heard: Heard) -> None:
    QTest.keyClick(number, Qt.Key.Key_4)
    assert number.editor is not None and number.editor.text() == "4"
    QTest.keyClick(number.editor, Qt.Key.Key_Escape)
    assert number.editor is None and number.value == 1.0 and not heard.moved


def test_what_is_no_number_is_refused_with_what_is_wanted(number: DragNumber, heard: Heard) -> None:
    number.edit("nan")
    with recorded() as said:
        assert number.editor is not None
        QTest.keyClick(number.editor, Qt.Key.Key_Return)
    assert number.editor is not None and not heard.moved
    assert said[0][0].endswith("such as 1.")  # the number that stands there
    number.editor.clearFocus()  # whoever goes on loses nothing
    assert number.editor is None and number.value == 1.0


@pytest.mark.parametrize(("typed", "value"), [("abc", 1.0), ("3", 3.0)])
def test_a_press_on_what_takes_no_focus_leaves_the_field(
    qtbot: QtBot, window: QWidget, number: DragNumber, typed: str, value: float
) -> None:
    ground = QLabel("no focus", window)
    ground.setGeometry(0, 120, 80, 20)
    ground.show()
    number.edit(typed)
    assert number.editor is not None
    QTest.keyClick(number.editor, Qt.Key.Key_Return) if value == 1.0 else None
    assert number.editor is not None
    qtbot.mouseClick(ground, Qt.MouseButton.LeftButton)
    assert number.editor is None and number.value == value


def test_leaving_the_field_takes_what_was_typed(number: DragNumber, heard: Heard) -> None:
    number.edit()
    assert number.editor is not None
    QTest.keyClicks(number.editor, "3")
    number.editor.clearFocus()
    assert number.value == 3.0 and heard.settled == 1


def test_a_number_beyond_the_bounds_becomes_the_nearest_and_it_is_said(number: DragNumber) -> None:
    number.edit("77")
    with recorded() as said:
        assert number.editor is not None
        number.editor.take()
    assert number.value == 5.0
    assert said[-1][0] == "the maximum is 5"


def test_a_number_may_be_typed_beyond_its_slider(qtbot: QtBot) -> None:
    number = DragNumber(1.0, -3.0, 3.0, hard=(-100.0, 100.0))
    qtbot.addWidget(number)
    number.show()
    for typed_text, value, expected in (("20", 20.0, []), ("1e9", 100.0, ["the maximum is 100"])):
        number.edit(typed_text)
        with recorded() as said:
            assert number.editor is not None
            number.editor.take()
        assert number.value == value and [words for words, _urgent in said if "the m" in words] == expected


def test_of_a_number_in_a_drawing_it_is_said_beside_its_field(qtbot: QtBot) -> None:
    window = QWidget()
    window.resize(600, 400)
    drawing = QWidget(window)
    drawing.resize(580, 380)
    editor = NumberEditor(drawing)
    editor.setGeometry(40, 40, 60, 24)
    qtbot.addWidget(window)
    window.show()
    editor.done.connect(lambda value: editor.say_bounds(value, -math.inf, math.inf))
    for typed_text, expected in (("1e308", "the maximum is 1e300"), ("−1e309", "“−1e309” is out of range.")):
        editor.begin("1", typed_text)
        editor.take()
        note = window.findChildren(BesideNote)[-1]
        assert note.text().startswith(expected)
        assert 0 <= note.x() - editor.geometry().right() <= 2 * GAP and abs(note.y() - editor.y()) < 24


def test_a_whole_number_takes_the_nearest_and_says_what_it_is(qtbot: QtBot) -> None:
    number = DragNumber(10.0, 1.0, 50.0, 1.0, whole=True)
    qtbot.addWidget(number)
    number.show()
    whole = "Whole numbers from 1 to 50"
    for typed_text, value, expected in (
        ("2.5", 3.0, whole),
        ("2.4", 2.0, whole),
        ("77.3", 50.0, "the maximum is 50"),
        ("0.2", 1.0, "the minimum is 1"),
    ):
        number.edit(typed_text)
        with recorded() as said:
            assert number.editor is not None
            number.editor.take()
        assert number.value == value
        assert expected in said[-1][0]
    number.edit("7")
    with recorded() as said:
        assert number.editor is not None
        number.editor.take()
    assert number.value == 7.0 and not any("whole" in one[0] for one in said)
    QTest.keyClick(number, Qt.Key.Key_Right, SHIFT)
    assert number.value == 7.0, "a tenth of a step is no whole number"


def test_the_same_number_typed_again_changes_nothing(number: DragNumber, heard: Heard) -> None:
    number.set_value(0.1 + 0.2)
    number.edit()
    assert number.editor is not None
    number.editor.take()
    assert number.value == 0.1 + 0.2 and not heard.moved


@pytest.mark.parametrize(
    ("key", "modifiers", "value"),
    [
        (Qt.Key.Key_Right, NONE, 1.01),
        (Qt.Key.Key_Down, NONE, 0.99),
        (Qt.Key.Key_Up, SHIFT, 1.001),
        (Qt.Key.Key_Left, CTRL, 0.9),
        (Qt.Key.Key_PageUp, NONE, 1.1),
        (Qt.Key.Key_Home, NONE, -5.0),
        (Qt.Key.Key_End, NONE, 5.0),
    ],
)
def test_keys_nudge(
    number: DragNumber, heard: Heard, key: Qt.Key, modifiers: Qt.KeyboardModifier, value: float
) -> None:
    with recorded() as said:
        QTest.keyClick(number, key, modifiers)
    assert number.value == pytest.approx(value)
    assert heard.moved == [number.value] and heard.nudged == [(1.0, number.value)] and heard.settled == 1
    assert said == [(number.text, False)]


def test_a_key_held_down_settles_when_it_is_let_go(number: DragNumber, heard: Heard) -> None:
    for kind, again in (
        (QEvent.Type.KeyPress, False),
        (QEvent.Type.KeyPress, True),
        (QEvent.Type.KeyRelease, True),
        (QEvent.Type.KeyPress, True),
    ):
        QApplication.sendEvent(number, QKeyEvent(kind, Qt.Key.Key_Right, NONE, "", again))
    assert heard.moved == [1.01, 1.02, 1.03] and heard.settled == 0
    QApplication.sendEvent(number, QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_Right, NONE))
    assert heard.settled == 1


def test_its_keys_are_no_shortcuts_while_it_has_the_focus(number: DragNumber) -> None:
    def kept(key: Qt.Key, text: str = "", modifiers: Qt.KeyboardModifier = NONE) -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers, text)
        event.ignore()
        QApplication.sendEvent(number, event)
        return event.isAccepted()

    assert kept(Qt.Key.Key_Left) and kept(Qt.Key.Key_4, "4") and kept(Qt.Key.Key_Home)
    assert not kept(Qt.Key.Key_Space, " ") and not kept(Qt.Key.Key_4, "4", CTRL) and not kept(Qt.Key.Key_Escape)


def turn(number: DragNumber, notches: int) -> bool:
    place = QPointF(5, 5)
    event = QWheelEvent(
        place, place, QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton, NONE, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    event.accept()
    QApplication.sendEvent(number, event)
    return event.isAccepted()


def test_the_wheel_works_only_with_the_focus(qtbot: QtBot, number: DragNumber, heard: Heard) -> None:
    number.clearFocus()
    assert not turn(number, 1) and not heard.moved
    number.setFocus()
    assert turn(number, 1) and turn(number, -3)
    assert heard.moved == [1.01, 0.98] and heard.settled == 0
    with qtbot.waitSignal(number.settled):
        pass


def test_what_it_says_of_itself(number: DragNumber) -> None:
    assert number.accessibleName() == "w₁" and number.accessibleDescription() == "1.00"
    assert "the first weight" in number.toolTip() and "Shift" in number.toolTip()
    assert (number.minimum, number.maximum, number.step, number.ratios) == (-5.0, 5.0, 0.01, False)


def test_set_value_tells_nobody_and_keeps_to_the_bounds(number: DragNumber, heard: Heard) -> None:
    for value in (99.0, math.nan, math.inf):
        number.set_value(value)
        assert -5.0 <= number.value <= 5.0
    number.set_range(0.0, 1.0, 0.5)
    assert number.value == 1.0 and number.step == 0.5 and not heard.moved


def test_a_longer_number_asks_for_more_room(qtbot: QtBot) -> None:
    free = DragNumber(1.0, digits=3)
    qtbot.addWidget(free)
    narrow = free.sizeHint().width()
    free.set_value(-1.23e-45)
    assert free.text == "−1.23·10⁻⁴⁵" and free.sizeHint().width() > narrow


@pytest.fixture(params=["light", "dark"])
def in_theme(request: pytest.FixtureRequest) -> Iterator[str]:
    theme.set_theme(request.param)
    yield request.param
    theme.set_theme("light")


def test_it_looks_different_when_it_has_the_focus_or_is_off(qtbot: QtBot, in_theme: str) -> None:
    made = DragNumber(-0.5, signed=True)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.clearFocus()
    plain = made.grab().toImage()
    made.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(made.hasFocus)
    focused = made.grab().toImage()
    made.clearFocus()
    made.setEnabled(False)
    off = made.grab().toImage()
    assert plain != focused and plain != off


# The slider --------------------------------------------------------------------------------------------------------


@pytest.fixture
def slider(qtbot: QtBot) -> ValueSlider:
    made = ValueSlider("weight $w_1$", 0.5, -2.0, 2.0, 0.05, ends=True)
    qtbot.addWidget(made)
    made.resize(214, made.sizeHint().height())
    made.show()
    return made


def press_track(slider: ValueSlider, *values: float) -> None:
    track = slider.track
    places = [QPoint(round(track.x_of(value)), 9) for value in values]
    QTest.mousePress(track, Qt.MouseButton.LeftButton, NONE, places[0])
    for place in places[1:]:
        QTest.mouseMove(track, place)
    QTest.mouseRelease(track, Qt.MouseButton.LeftButton, NONE, places[-1])


def test_the_track_moves_the_number_and_settles_once(slider: ValueSlider) -> None:
    heard = Heard(slider)
    press_track(slider, 1.0, -1.0, -2.0)
    assert heard.moved[0] == pytest.approx(1.0, abs=0.06) and slider.value == -2.0
    assert heard.settled == 1 and not heard.nudged
    assert all(abs(value / 0.05 - round(value / 0.05)) < 1e-9 for value in heard.moved)


def test_a_knob_that_is_taken_at_its_side_does_not_leap(slider: ValueSlider) -> None:
    heard, at = Heard(slider), round(slider.track.x_of(0.5))
    QTest.mousePress(slider.track, Qt.MouseButton.LeftButton, NONE, QPoint(at + 5, 9))
    QTest.mouseRelease(slider.track, Qt.MouseButton.LeftButton, NONE, QPoint(at + 5, 9))
    assert slider.value == 0.5 and not heard.moved and not heard.settled


def test_the_number_of_a_slider_speaks_for_it(slider: ValueSlider) -> None:
    heard = Heard(slider)
    assert slider.number.accessibleName() == "weight w₁"
    QTest.keyClick(slider.number, Qt.Key.Key_Right)
    assert heard.moved == [0.55] and heard.nudged == [(0.5, 0.55)] and heard.settled == 1
    slider.set_value(9.0)
    assert slider.value == 2.0
    slider.set_range(0.0, 1.0)
    assert slider.value == 1.0 and slider.track.x_of(0.0) < slider.track.x_of(1.0)


def test_a_slider_of_ratios(qtbot: QtBot) -> None:
    made = ValueSlider("rate", 0.01, 1e-4, 1.0, ratios=True, digits=2, one_line=True)
    qtbot.addWidget(made)
    made.resize(260, 30)
    made.show()
    track = made.track
    assert track.x_of(0.01) == pytest.approx((track.x_of(1e-4) + track.x_of(1.0)) / 2)
    assert track.value_at(track.x_of(0.1)) == pytest.approx(0.1, rel=0.02)


def test_a_lit_slider_has_a_ground_and_says_who_points_at_it(qtbot: QtBot, slider: ValueSlider, in_theme: str) -> None:
    plain = slider.grab().toImage()
    slider.light(True)
    assert slider.grab().toImage() != plain
    slider.light(False)
    assert slider.grab().toImage() == plain
    with qtbot.waitSignal(slider.pointed, check_params_cb=lambda on: on is False):
        QApplication.sendEvent(slider, QEvent(QEvent.Type.Leave))


def test_a_slider_needs_both_ends() -> None:
    with pytest.raises(ValueError, match="slider"):
        ValueSlider("x", 0.0, -math.inf, 1.0)


# With a document ---------------------------------------------------------------------------------------------------


class Weight(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    w: float = Field(default=0.5, ge=-2, le=2, allow_inf_nan=False)


class Page(QWidget):
    """A slider over a document, as the workspaces wire it: what moves is an edit, what has settled ends the step."""

    def __init__(self) -> None:
        super().__init__()
        self.document = Sheet(SheetFormat("neuroloom-weight", 1, Weight), Weight(), "A weight", self)
        self.slider = ValueSlider("$w$", self.document.value.w, -2.0, 2.0)
        self.slider.moved.connect(self._edit)
        self.slider.settled.connect(self.document.settle)
        self.document.value_changed.connect(self._follow)
        QVBoxLayout(self).addWidget(self.slider)

    def _edit(self, value: float) -> None:
        self.document.edit("Change w", Weight(w=value), merge="w")

    def _follow(self) -> None:
        self.slider.set_value(self.document.value.w)


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    made = Page()
    qtbot.addWidget(made)
    made.resize(240, 80)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_a_drag_is_one_step_to_undo_and_the_next_another(page: Page) -> None:
    stack, number = page.document.undo_stack, page.slider.number
    drag(number, 10, 13, 20, 40)
    drag(number, 10, 13, 30)
    assert stack.count() == 2 and page.document.value.w == number.value == pytest.approx(0.5 + 0.27 + 0.17)
    press_track(page.slider, 0.0, -1.0, -2.0)
    assert stack.count() == 3 and page.document.value.w == -2.0
    for value in (0.94, 0.77, 0.5):
        stack.undo()
        assert number.value == pytest.approx(value)


def test_a_drag_that_is_taken_back_leaves_the_number_as_it_was(page: Page) -> None:
    drag(page.slider.number, 10, 13, 40, release=False)
    QTest.keyClick(page.slider.number, Qt.Key.Key_Escape)
    assert page.document.value.w == 0.5 == page.slider.value


def test_nudges_by_one_held_key_are_one_step(page: Page) -> None:
    number = page.slider.number
    for kind, again in ((QEvent.Type.KeyPress, False), (QEvent.Type.KeyPress, True), (QEvent.Type.KeyRelease, False)):
        QApplication.sendEvent(number, QKeyEvent(kind, Qt.Key.Key_Right, NONE, "", again))
    QTest.keyClick(number, Qt.Key.Key_Right)
    assert page.document.undo_stack.count() == 2 and number.value == pytest.approx(0.53)


def test_what_is_said_of_a_slider_s_number_leaves_the_next_one_free(qtbot: QtBot) -> None:
    window = QWidget()
    window.resize(600, 200)
    column = QVBoxLayout(window)
    sliders = [ValueSlider(name, 1.0, -3.0, 3.0) for name in ("first", "second")]
    for slider in sliders:
        slider.setFixedWidth(200)
        column.addWidget(slider)
    column.addStretch()
    qtbot.addWidget(window)
    window.show()
    number, below = sliders[0].number, sliders[1].number
    number.edit("9")
    assert number.editor is not None
    number.editor.take()
    (note,) = window.findChildren(BesideNote)
    assert number.value == 3.0 and note.text() == "the maximum is 3"
    assert not note.geometry().intersects(below.rect().translated(below.mapTo(window, QPoint())))


def test_a_whole_number_keeps_to_bounds_that_are_none() -> None:
    drag = NumberDrag(0.5, 2.5, 1.0, whole=True)
    assert [drag.bounded(value) for value in (-3.0, 0.6, 1.4, 9.0)] == [1.0, 1.0, 1.0, 2.0]
