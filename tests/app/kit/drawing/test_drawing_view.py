"""The widget that shows drawings, tested once for all views: pointer, keyboard, typing, voice, pictures."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QAccessible, QImage, QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from app.kit import theme
from app.kit.announce import recorded
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Group, Mark, NumberInput, Text, call
from app.kit.drawing.number import NumberMark
from app.kit.drawing.view import DrawingView

LEFT = Qt.MouseButton.LeftButton


@dataclass(frozen=True)
class Desk:
    """Two numbers that can be changed, one that can't, and a disc that can be dragged."""

    values: tuple[float, float] = (0.5, -1.0)
    place: tuple[float, float] = (200.0, 100.0)
    hidden: bool = False
    language: str = "sum"
    typed: bool = True


def draw_desk(desk: Desk, frame: Frame) -> Drawing:
    numbers = [
        NumberMark(f"{value:.2f}", (20.0 + 100 * at, 20, 60, 20), value=value, key=at, tip=f"weight {at}",
               input=NumberInput(0.01, (-2.0, 2.0), typed=desk.typed), hidden=desk.hidden)
        for at, value in enumerate(desk.values)
    ]  # fmt: skip
    total = sum(desk.values)
    fixed = NumberMark(f"{total:.2f}", (20, 80, 60, 20), value=total, key="sum", tip=desk.language)
    disc = Disc(*desk.place, 10, "accent", key="disc", tip="a disc", drag=True)
    actions = {Qt.Key.Key_R: "reset"}
    return Drawing((*numbers, fixed, disc), description=f"{len(numbers)} weights", tip="a desk", actions=actions)


@dataclass
class Page:
    """Holds the data of a view, as a page does."""

    view: DrawingView
    desk: Desk
    heard: list[tuple[object, ...]] = field(default_factory=list)

    def listen(self) -> None:
        view = self.view
        for name in ("chosen", "opened", "pointed", "grabbed", "settled", "acted"):
            getattr(view, name).connect(lambda key, name=name: self.heard.append((name, key)))
        view.edited.connect(self.edit)
        view.dragged.connect(self.move)

    def edit(self, key: int, value: float) -> None:
        self.heard.append(("edited", key, value))
        values = tuple(value if at == key else old for at, old in enumerate(self.desk.values))
        self.show(replace(self.desk, values=values))

    def move(self, key: str, place: QPointF) -> None:
        self.heard.append(("dragged", key))
        self.show(replace(self.desk, place=(place.x(), place.y())))

    def show(self, desk: Desk) -> None:
        self.desk = desk
        self.view.set_data(desk)

    def place(self, key: object) -> QPoint:
        part = self.view.drawing.part(key)
        assert part is not None
        left, top, width, height = part.rect
        return QPointF(left + width / 2, top + height / 2).toPoint()

    def take(self) -> list[tuple[object, ...]]:
        heard, self.heard[:] = list(self.heard), []
        return [one for one in heard if one[0] != "pointed"]


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    window = QWidget()
    qtbot.addWidget(window)
    view = DrawingView(draw_desk, Desk(), hint=QSize(300, 200), least=QSize(100, 80), name="desk", ground="surface")
    before, after = QLineEdit(), QLineEdit()
    column = QVBoxLayout(window)
    for part in (before, view, after):
        column.addWidget(part)
    window.resize(340, 320)
    window.show()
    qtbot.waitExposed(window)
    before.setFocus()
    page = Page(view, Desk())
    page.listen()
    return page


def drag(page: Page, key: object, by: int) -> None:
    start = page.place(key)
    QTest.mousePress(page.view, LEFT, pos=start)
    QTest.mouseMove(page.view, start + QPoint(5, 0))
    QTest.mouseMove(page.view, start + QPoint(5 + by, 0))
    QTest.mouseRelease(page.view, LEFT, pos=start + QPoint(5 + by, 0))


def test_a_number_is_dragged_where_it_stands(page: Page) -> None:
    drag(page, 0, 25)
    assert page.desk.values == (0.75, -1.0)
    heard = page.take()
    assert heard[0] == ("grabbed", 0) and heard[-1] == ("settled", 0)
    assert {one[0] for one in heard[1:-1]} == {"edited"}


def test_another_button_during_a_drag_changes_nothing(page: Page) -> None:
    middle = Qt.MouseButton.MiddleButton
    start = page.place(0)
    QTest.mousePress(page.view, LEFT, pos=start)
    QTest.mouseMove(page.view, start + QPoint(20, 0))
    QTest.mouseClick(page.view, middle, pos=start + QPoint(20, 0))
    assert ("settled", 0) not in page.take()
    QTest.mouseMove(page.view, start + QPoint(40, 0))
    QTest.mouseRelease(page.view, LEFT, pos=start + QPoint(40, 0))
    heard = [name for name, *_ in page.take()]
    assert heard[-1] == "settled" and heard.count("settled") == 1 and "edited" in heard


def test_escape_takes_a_drag_back(page: Page) -> None:
    start = page.place(0)
    QTest.mousePress(page.view, LEFT, pos=start)
    for by in (5, 45):
        QTest.mouseMove(page.view, start + QPoint(by, 0))
    QApplication.processEvents()
    assert page.desk.values[0] != 0.5
    QTest.keyClick(page.view, Qt.Key.Key_Escape)
    assert page.desk.values[0] == 0.5 and page.take()[-1] == ("settled", 0)
    QTest.mouseRelease(page.view, LEFT, pos=start)
    assert page.take() == []


def test_escape_tells_whose_drag_it_took_back(page: Page) -> None:
    taken_back: list[object] = []
    page.view.taken_back.connect(taken_back.append)
    QTest.mousePress(page.view, LEFT, pos=page.place("disc"))
    QTest.keyClick(page.view, Qt.Key.Key_Escape)  # nothing was dragged yet
    QTest.mouseRelease(page.view, LEFT, pos=page.place("disc"))
    drag(page, 0, 25)
    assert taken_back == []
    for key in (0, "disc"):
        start = page.place(key)
        QTest.mousePress(page.view, LEFT, pos=start)
        for by in (5, 25):
            QTest.mouseMove(page.view, start + QPoint(by, 0))
        QTest.keyClick(page.view, Qt.Key.Key_Escape)
        QTest.mouseRelease(page.view, LEFT, pos=start)
    assert taken_back == [0, "disc"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Period, Qt.Key.Key_Comma, Qt.Key.Key_1])
def test_keys_that_type_are_claimed_only_of_a_number_that_is_typed(page: Page, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    for is_typed in (True, False):
        page.show(replace(page.desk, typed=is_typed))
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier, chr(key))
        event.ignore()
        QApplication.sendEvent(page.view, event)
        assert event.isAccepted() is is_typed


def test_a_click_opens_a_field_and_tab_goes_to_the_next_number(page: Page) -> None:
    QTest.mouseClick(page.view, LEFT, pos=page.place(0))
    editor = page.view.editor
    assert editor is not None and editor.text() == "0.5" and editor.accessibleName() == "weight 0"
    QTest.keyClicks(editor, "1.25")
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert page.take() == [("edited", 0, 1.25), ("settled", 0)]
    assert page.view.editor is editor and editor.text() == "−1" and editor.accessibleName() == "weight 1"
    QTest.keyClicks(editor, "7")  # beyond the limit
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert page.desk.values == (1.25, 2.0) and page.view.editor is None and page.view.hasFocus()


def test_what_is_no_number_changes_nothing(page: Page) -> None:
    page.view.type_over(0)
    editor = page.view.editor
    assert editor is not None
    editor.setText("abc")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert page.view.editor is editor and page.take() == []
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert page.view.editor is None and page.desk.values[0] == 0.5


def test_a_field_goes_with_its_number(page: Page) -> None:
    page.view.type_over(1)
    assert page.view.editor is not None
    page.show(replace(page.desk, hidden=True))
    assert page.view.editor is None  # it would show what is to be predicted
    page.show(replace(page.desk, hidden=False))
    page.view.type_over(1)
    page.show(replace(page.desk, values=(0.5,)))  # type: ignore[arg-type]
    assert page.view.editor is None


def test_the_keyboard_walks_changes_and_types(page: Page) -> None:
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert page.view.hasFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Right)
    QTest.keyClick(page.view, Qt.Key.Key_Plus)
    assert page.desk.values == (0.5, -0.99) and page.take() == [("edited", 1, -0.99), ("settled", 1)]
    QTest.keyClick(page.view, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert page.desk.values == (0.5, -1.09)
    QTest.keyClick(page.view, Qt.Key.Key_Up)  # nothing is above
    assert page.desk.values == (0.5, -1.09)
    QTest.keyClick(page.view, Qt.Key.Key_3)
    assert page.view.editor is not None and page.view.editor.text() == "3"
    QTest.keyClick(page.view.editor, Qt.Key.Key_Escape)
    page.take()
    QTest.keyClick(page.view, Qt.Key.Key_Left)
    QTest.keyClick(page.view, Qt.Key.Key_Down)
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    QTest.keyClick(page.view, Qt.Key.Key_R)
    assert page.take() == [("chosen", "sum"), ("acted", "reset"), ("settled", "reset")]


def test_what_the_keyboard_comes_to_is_said(page: Page) -> None:
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    with recorded() as said:
        QTest.keyClick(page.view, Qt.Key.Key_Right)
        QTest.keyClick(page.view, Qt.Key.Key_Plus)
    assert [text for text, _ in said] == ["weight 1: -1.00", "weight 1: -0.99"]


def test_a_place_is_chosen_by_a_click_alone(page: Page) -> None:
    places: list[QPointF | None] = []
    page.view.chosen.connect(lambda _key: places.append(page.view.pointer))
    QTest.mouseClick(page.view, LEFT, pos=page.place("sum"))
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert places == [QPointF(page.place("sum")), None]


def test_a_hidden_number_is_neither_dragged_nor_typed_nor_said(page: Page) -> None:
    page.show(replace(page.desk, hidden=True))
    drag(page, 0, 25)
    assert page.desk.values == (0.5, -1.0) and page.view.editor is None and page.take() == [("chosen", 0)]
    assert [row[0] for row in page.view.table().rows] == ["sum"]


def test_a_number_that_is_explained_is_chosen_by_a_click_and_dragged(page: Page) -> None:
    page.show(replace(page.desk, typed=False))
    QTest.mouseClick(page.view, LEFT, pos=page.place(0))
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert page.view.editor is None and page.take() == [("chosen", 0), ("chosen", 0)]
    drag(page, 0, 25)
    assert page.desk.values == (0.75, -1.0)


def test_a_mark_is_dragged_and_a_click_chooses(page: Page) -> None:
    start = page.place("disc")
    QTest.mousePress(page.view, LEFT, pos=start)
    QTest.mouseMove(page.view, start + QPoint(30, 10))
    QTest.mouseRelease(page.view, LEFT, pos=start + QPoint(30, 10))
    assert page.desk.place == (230.0, 110.0)
    assert [one[0] for one in page.take()] == ["grabbed", "dragged", "settled"]
    QTest.mouseClick(page.view, LEFT, pos=page.place("disc"))
    assert page.take() == [("chosen", "disc")]
    QTest.mouseClick(page.view, LEFT, pos=page.place("sum"))
    QTest.mouseDClick(page.view, LEFT, pos=page.place("sum"))
    assert ("opened", "sum") in page.take()


def test_a_mark_that_is_gripped_at_its_side_does_not_leap_and_goes_back_where_it_was(page: Page, qtbot: QtBot) -> None:
    side = page.place("disc") + QPoint(6, 0)
    QTest.mousePress(page.view, LEFT, pos=side)
    QTest.mouseMove(page.view, side + QPoint(20, 0))
    qtbot.waitUntil(lambda: page.desk.place != (200.0, 100.0))
    assert page.desk.place == (220.0, 100.0)
    QTest.keyClick(page.view, Qt.Key.Key_Escape)
    assert page.desk.place == (200.0, 100.0)
    QTest.mouseRelease(page.view, LEFT, pos=side)


def test_a_drag_ends_where_its_number_goes_or_the_view_is_hidden(page: Page) -> None:
    for end in (lambda: page.show(replace(page.desk, hidden=True)), page.view.hide):
        start = page.place(0)
        QTest.mousePress(page.view, LEFT, pos=start)
        QTest.mouseMove(page.view, start + QPoint(9, 0))
        end()
        assert page.take()[-1] == ("settled", 0)
        QTest.mouseMove(page.view, start + QPoint(40, 0))
        QTest.mouseRelease(page.view, LEFT, pos=start + QPoint(40, 0))
        assert page.desk.values == (0.5, -1.0)
        page.show(replace(page.desk, hidden=False))


def test_what_is_pointed_at_goes_by_what_is_there_now(page: Page) -> None:
    QTest.mouseMove(page.view, page.place(1))
    QTest.mouseMove(page.view, page.place(1) + QPoint(1, 0))
    assert page.heard[-1] == ("pointed", 1)
    page.show(replace(page.desk, values=(0.5,)))  # type: ignore[arg-type]
    assert page.heard[-1] == ("pointed", None) and page.view.cursor().shape() == Qt.CursorShape.ArrowCursor
    page.show(replace(page.desk, values=(0.5, -1.0)))
    assert page.heard[-1] == ("pointed", 1)  # it has come back under a pointer that stood still


def test_the_ring_stays_where_it_is_while_a_mark_under_the_pointer_goes(page: Page) -> None:
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    QTest.mouseMove(page.view, page.place(1))
    QTest.mouseMove(page.view, page.place(1) + QPoint(1, 0))
    assert page.heard[-1] == ("pointed", 1)
    page.show(replace(page.desk, values=(0.5,)))  # type: ignore[arg-type]
    assert page.heard[-1] == ("pointed", 0)


def test_the_ring_stays_after_typing_and_goes_with_its_mark(page: Page) -> None:
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(page.view, Qt.Key.Key_3)
    assert page.view.editor is not None
    QTest.keyClick(page.view.editor, Qt.Key.Key_Return)
    assert page.view.hasFocus() and page.view.focused_by_key and page.desk.values[0] == 2.0
    QTest.keyClick(page.view, Qt.Key.Key_End)
    page.show(replace(page.desk, place=(60.0, 150.0)))
    fresh = DrawingView(draw_desk, page.desk, hint=QSize(1, 1), least=QSize(1, 1), ground="surface", parent=page.view)
    fresh.resize(page.view.size())
    ringless, ringed = grabbed(fresh), grabbed(page.view)
    assert ringless.copy(150, 60, 100, 80) == ringed.copy(150, 60, 100, 80)  # nothing is left where it was
    assert ringless.copy(40, 130, 40, 40) != ringed.copy(40, 130, 40, 40)
    fresh.setParent(None)
    fresh.deleteLater()


def test_the_pointer_is_told_and_its_shape_says_what_can_be_done(page: Page) -> None:
    QTest.mouseMove(page.view, page.place(0))
    QTest.mouseMove(page.view, page.place(0) + QPoint(1, 0))
    assert page.view.cursor().shape() == Qt.CursorShape.SizeHorCursor
    QTest.mouseMove(page.view, QPoint(5, 190))
    assert page.view.cursor().shape() == Qt.CursorShape.ArrowCursor
    assert [one for one in page.heard if one[0] == "pointed"] == [("pointed", 0), ("pointed", None)]


def test_a_screen_reader_finds_every_part_with_name_role_and_value(page: Page) -> None:
    interface = QAccessible.queryAccessibleInterface(page.view)
    assert interface.childCount() == 4 and page.view.accessibleDescription() == "2 weights"
    parts = [interface.child(at) for at in range(4)]
    assert [part.text(QAccessible.Text.Name) for part in parts] == ["weight 0", "weight 1", "sum", "a disc"]
    assert parts[1].text(QAccessible.Text.Value) == "-1.00" and "type" in parts[1].text(QAccessible.Text.Help)
    roles = QAccessible.Role
    assert [part.role() for part in parts] == [roles.SpinBox, roles.SpinBox, roles.StaticText, roles.ListItem]
    place = page.view.mapFromGlobal(parts[3].rect().center())
    assert (QPointF(place) - QPointF(*page.desk.place)).manhattanLength() <= 3
    assert interface.child(9) is None
    page.show(replace(page.desk, hidden=True))
    assert "predict" in parts[0].text(QAccessible.Text.Value)


def grabbed(view: DrawingView) -> QImage:
    return view.grab().toImage()


def test_repainting_what_differs_looks_like_painting_it_all(page: Page) -> None:
    for desk in (Desk((0.1, 0.2)), Desk((0.1, 0.2), (50.0, 60.0)), Desk((0.1, 0.2), hidden=True), Desk((1.0, 1.0))):
        grabbed(page.view)
        page.show(desk)
        fresh = DrawingView(
            draw_desk, desk, hint=QSize(1, 1), least=QSize(1, 1), ground="surface", parent=page.view.window()
        )
        fresh.resize(page.view.size())
        assert grabbed(page.view) == grabbed(fresh)
        fresh.deleteLater()


def test_another_theme_only_paints_again(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    light, drawing = grabbed(page.view), page.view.drawing
    try:
        theme.set_theme("dark")
        dark = grabbed(page.view)
        assert dark != light and page.view.drawing is drawing
    finally:
        theme.set_theme("light")
    assert grabbed(page.view) == light


WORDS = {"text": "one"}


def worded(_data: object, frame: Frame) -> Drawing:
    return Drawing((Group(call(words), cached=True),))


def words() -> list[Mark]:
    return [Text(WORDS["text"], (0, 0, 100, 20), key="word", tip=WORDS["text"])]


def test_another_language_or_font_draws_everything_again(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    view = DrawingView(worded, None, hint=QSize(100, 40), least=QSize(10, 10))
    qtbot.addWidget(view)
    view.show()
    monkeypatch.setitem(WORDS, "text", "two")
    view.set_data(None)
    assert view.drawing.keyed[0].tip == "one"  # nothing that was drawn goes by the language
    font = view.font()
    font.setPointSize(font.pointSize() + 2)
    view.setFont(font)
    assert view.drawing.keyed[0].tip == "two"


def broken(_data: object, frame: Frame) -> Drawing:
    return Drawing((Text("x", (0, 0, 10, 10), ink="nothing"),))


def test_a_fault_in_painting_is_a_sentence_and_no_crash(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[BaseException] = []
    monkeypatch.setattr("app.kit.widgets.painted.announce", told.append)
    view = DrawingView(broken, None, hint=QSize(100, 40), least=QSize(10, 10))
    qtbot.addWidget(view)
    view.show()
    view.grab()
    assert told and isinstance(told[0], AttributeError)


def disc(_data: object, _frame: Frame) -> Drawing:
    return Drawing((Disc(20, 20, 10, "accent", key="disc"),))


class Below(QWidget):
    """What a drawing lies in."""

    released = 0

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.released += 1


def test_the_release_of_a_press_that_chose_goes_to_nobody_else(qtbot: QtBot) -> None:
    below = Below()
    view = DrawingView(disc, None, hint=QSize(60, 60), least=QSize(60, 60), parent=below)
    qtbot.addWidget(below)
    below.resize(60, 60)
    below.show()
    with qtbot.waitSignal(view.chosen) as chosen:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert chosen.args == ["disc"] and not below.released


def test_a_function_that_fails_is_told_once_and_said_in_its_place_until_it_does_not(qtbot: QtBot) -> None:
    def draw(dividend: int, frame: Frame) -> Drawing:
        return Drawing((Text(str(dividend // int(frame.width - 100)), (0, 0, 50, 20), key="quotient"),))

    view = DrawingView(draw, 6, hint=QSize(103, 40), least=QSize(10, 10), name="quotient")
    qtbot.addWidget(view)
    with capture_exceptions() as told:
        view.show()
        for width in (103, 100, 102, 100):
            view.resize(width, 40)
            texts = [mark.printed for mark in view.drawing.marks if isinstance(mark, Text)]
            assert texts == ([str(6 // (width - 100))] if width > 100 else ["This can't be drawn. The log says why."])
    assert [found[0] for found in told] == [ZeroDivisionError]
