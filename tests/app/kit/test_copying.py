"""Copy and save of drawings: what lies in the files is what is seen, without the button."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QRectF, QSize, QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QFileDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.kit import folders
from app.kit.copying import CopyButton, CornerCopy, copy_in_corner
from app.kit.dress import use_fonts
from app.kit.export import ExportTable
from app.kit.formula.boxes import Keyed, Maths
from app.kit.formula.rows import Factor, worked_row
from app.kit.formula.view import FormulaView
from app.kit.widgets.drag_number.slider import ValueSlider

ROW = worked_row(
    (
        Factor("E", "−0.77580", "arrives", "E", -0.7758),
        r"\times",
        Factor(r"\frac{1}{1+e^{-x}}", "0.135335", "local derivative", "d", 0.135335),
        "=",
        Factor(r"\partial y/\partial v_1", "not yet", "handed on"),
    )
)


class Drawing(QWidget):
    """A page's drawing: formulas, a slider, and the numbers that it shows."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self.formula = FormulaView(ROW, 22.0)
        self.formula.light({"d"})
        column.addWidget(self.formula)
        column.addWidget(FormulaView(Keyed("x", Maths("x^2")), 40.0))
        column.addWidget(ValueSlider("$w_1$", -1.0, -2.0, 2.0, signed=True, ends=True))
        self.setFixedSize(420, 240)

    def table(self) -> ExportTable:
        return ExportTable(("name", "value"), (("w1", -1.0),))


@pytest.fixture
def drawing(qtbot: QtBot) -> Drawing:
    made = Drawing()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def button(drawing: Drawing) -> CornerCopy:
    made = copy_in_corner(drawing, drawing, title="the unit", name="unit")
    made.show()
    return made


def rendered(path: Path, size: QSize) -> QImage:
    """An SVG as a picture. Qt reads a list of families as one name, which nobody has: it is given the first."""
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    try:
        text = re.sub(r'(font-family="[^",]*),[^"]*"', r'\1"', path.read_text(encoding="utf-8"))
        renderer = QSvgRenderer(QByteArray(text.encode()))
        assert renderer.isValid()
        renderer.render(painter, QRectF(0, 0, size.width(), size.height()))
    finally:
        painter.end()
    return image


def difference(one: QImage, other: QImage) -> float:
    """The mean difference of two pictures' grey values, 0…255."""
    grey = QImage.Format.Format_Grayscale8
    first, second = bytes(one.convertToFormat(grey).constBits()), bytes(other.convertToFormat(grey).constBits())
    assert len(first) == len(second)
    return sum(abs(a - b) for a, b in zip(first, second, strict=True)) / len(first)


@pytest.fixture(params=["the system's letters", "the window's letters"])
def letters(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    """The application's font, before anything is made."""
    before = qapp.font()
    if request.param == "the window's letters":
        use_fonts(qapp)
    yield
    qapp.setFont(before)


def test_the_drawing_that_is_saved_is_the_one_that_is_seen(
    letters: None, drawing: Drawing, button: CornerCopy, tmp_path: Path
) -> None:
    button.save_drawing(str(tmp_path / "unit.svg"))
    button.hide()
    seen = drawing.grab().toImage()
    saved = rendered(tmp_path / "unit.svg", drawing.size())
    blank = QImage(seen.size(), QImage.Format.Format_RGB32)
    blank.fill(seen.pixel(1, 1))
    assert difference(seen, saved) < 0.25 * difference(seen, blank)


def test_an_svg_keeps_its_words_as_words_with_letters_for_everybody(
    drawing: Drawing, button: CornerCopy, tmp_path: Path
) -> None:
    path = tmp_path / "unit.svg"
    button.save_drawing(str(path))
    text = path.read_text(encoding="utf-8")
    assert "0.77580</text>" in text and ">not yet</text>" in text and "⋯" not in text
    assert ', Helvetica, Arial, sans-serif"' in text
    assert button.isVisible()


def test_a_picture_has_two_pixels_to_each_and_no_button(drawing: Drawing, button: CornerCopy) -> None:
    picture = button.drawn_picture()
    assert picture.size() == drawing.size() * 2 and picture.devicePixelRatio() == 2.0
    button.copy_picture()
    assert QGuiApplication.clipboard().image().size() == picture.size()
    small = picture.toImage().scaled(drawing.size(), mode=Qt.TransformationMode.SmoothTransformation)
    button.hide()
    assert difference(small.convertToFormat(QImage.Format.Format_RGB32), drawing.grab().toImage()) < 3.0


def test_numbers_are_offered_only_where_there_are_some(drawing: Drawing, button: CornerCopy) -> None:
    def offered(one: CornerCopy) -> list[str]:
        return [action.text() for action in one.menu().actions() if action.isVisible() and action.text()]

    assert any("CSV" in text for text in offered(button))
    button.copy_numbers()
    assert QGuiApplication.clipboard().text() == "name,value\nw1,-1.0\n"
    bare = copy_in_corner(drawing, title="the unit", name="unit")
    assert offered(bare) == ["Copy picture", "Save picture…", "Save drawing (SVG)…"]


def test_it_keeps_to_the_corner(drawing: Drawing, button: CornerCopy) -> None:
    drawing.setFixedSize(600, 240)
    assert button.geometry().right() > 585 and button.geometry().top() < 10


def test_a_file_that_cannot_be_written_is_said(
    qtbot: QtBot, drawing: Drawing, button: CornerCopy, tmp_path: Path
) -> None:
    for save in (button.save_drawing, button.save_picture, button.save_numbers):
        with qtbot.waitSignal(button.failed):
            save(str(tmp_path / "no" / "such" / "file"))


def test_a_dialog_begins_among_the_documents_then_where_a_file_was_chosen_last(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders._Chosen, "folder", None)
    documents, other = tmp_path / "papers", tmp_path / "pictures"
    documents.mkdir()
    other.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _place: str(documents))
    button = CopyButton()
    qtbot.addWidget(button)
    first = button._ask("Save picture", "PNG (*.png)", "png")
    assert Path(first.directory().path()) == documents
    first.fileSelected.emit(str(other / "a.png"))
    assert Path(button._ask("Save picture", "PNG (*.png)", "png").directory().path()) == other
    other.rmdir()
    assert folders.likely_folder() == documents, "what is gone is nowhere to begin"
    for dialog in button.findChildren(QFileDialog):
        dialog.close()
