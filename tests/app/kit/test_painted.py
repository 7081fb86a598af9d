"""The base of painted widgets: the painter is ended whatever happens, and the theme is followed."""

from __future__ import annotations

import gc
from typing import ClassVar
from weakref import ref

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from app.kit import look, theme
from app.kit.widgets.painted import KeyFocus, Painted, PaintedButton, Painting, draw_elided, set_pixels, shrunk


class Plain(Painted):
    """Notes its painters, and fails when told to."""

    fails = False

    def __init__(self) -> None:
        super().__init__()
        self.used: list[QPainter] = []
        self.hints: list[bool] = []

    def paint(self, painter: QPainter) -> None:
        self.used.append(painter)
        self.hints.append(painter.testRenderHint(QPainter.RenderHint.Antialiasing))
        if self.fails:
            raise RuntimeError("no picture today")
        painter.fillRect(self.rect(), theme.colour("accent"))


class Sharp(Plain):
    antialiased = False


class Button(PaintedButton):
    def paint(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), theme.colour("accent"))


class Label(Painting, QLabel):
    def paint(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), QColor("#123456"))


class Round(KeyFocus, Button):
    pass


def test_a_widget_is_painted_with_and_without_antialiasing(qtbot: QtBot) -> None:
    for kind, smooth in ((Plain, True), (Sharp, False)):
        widget = kind()
        qtbot.addWidget(widget)
        assert widget.grab().toImage().pixelColor(5, 5) == theme.colour("accent")
        assert widget.hints == [smooth]
        assert not widget.used[0].isActive()


@pytest.mark.parametrize("kind", [Button, Label])
def test_buttons_and_other_classes_of_qt_paint_through_it(qtbot: QtBot, kind: type[QWidget]) -> None:
    widget = kind()
    qtbot.addWidget(widget)
    widget.resize(20, 20)
    expected = QColor("#123456") if kind is Label else theme.colour("accent")
    assert widget.grab().toImage().pixelColor(5, 5) == expected


def test_an_exception_ends_the_painter_and_is_reported(qtbot: QtBot) -> None:
    widget = Plain()
    qtbot.addWidget(widget)
    widget.fails = True
    with capture_exceptions() as reported:
        widget.show()
        qtbot.waitUntil(lambda: bool(reported))
    assert "no picture today" in str(reported[0][1])
    assert not any(painter.isActive() for painter in widget.used)
    widget.fails = False
    assert widget.grab().toImage().pixelColor(5, 5) == theme.colour("accent")


def test_a_change_of_theme_paints_again(qtbot: QtBot) -> None:
    widget = Plain()
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitUntil(lambda: bool(widget.used))
    painted = len(widget.used)
    theme.notifier().changed.emit()
    qtbot.waitUntil(lambda: len(widget.used) > painted)


def test_the_focus_shows_only_when_a_key_has_brought_it(qtbot: QtBot) -> None:
    button = Round()
    qtbot.addWidget(button)
    button.show()
    button.activateWindow()
    for reason, shown in ((Qt.FocusReason.MouseFocusReason, False), (Qt.FocusReason.TabFocusReason, True)):
        button.clearFocus()
        button.setFocus(reason)
        qtbot.waitUntil(button.hasFocus)
        assert button.focused_by_key is shown
    button.clearFocus()
    assert not button.focused_by_key


def test_a_line_that_does_not_fit_is_cut_within_its_box(qtbot: QtBot) -> None:
    image = QImage(200, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    try:
        set_pixels(painter, 12)
        draw_elided(painter, QRectF(0, 0, 40, 20), Qt.AlignmentFlag.AlignVCenter, "many words that do not fit")
    finally:
        painter.end()
    dark = [x for x in range(200) for y in range(20) if image.pixelColor(QPoint(x, y)).lightness() < 128]
    assert dark and max(dark) < 41


class Styled(QLabel):
    """Counts how often it has been styled."""

    styled: ClassVar[list[str]] = []

    def __init__(self) -> None:
        super().__init__()
        theme.follow(self.restyle)

    def restyle(self) -> None:
        self.styled.append(theme.current().name)


def test_following_the_theme_styles_now_and_later_and_ends_with_the_widget(qtbot: QtBot) -> None:
    Styled.styled.clear()
    widget = Styled()
    alive = ref(widget)
    assert len(Styled.styled) == 1
    theme.notifier().changed.emit()
    assert len(Styled.styled) == 2
    del widget
    gc.collect()
    assert alive() is None
    theme.notifier().changed.emit()
    assert len(Styled.styled) == 2


def test_a_text_that_is_too_wide_gets_smaller_and_stays_whole(qtbot: QtBot) -> None:
    font = look.font(13)
    assert shrunk(font, "1.50", 60.0) == font
    for text in ("−144.500", "−1,234.5678"):
        made = shrunk(font, text, 44.0)
        assert QFontMetricsF(made).horizontalAdvance(text) <= 45.0
