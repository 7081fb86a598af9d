"""A list of choices: how much of it is seen when it is open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import app
from app.kit import theme
from app.kit.stylesheet import stylesheet
from app.kit.widgets.choice import Choice, ComboBox


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[None]:
    """The program's own looks, which are what asks for the air round a list."""
    before = qapp.styleSheet()
    qapp.setStyleSheet(stylesheet(theme.current()))
    yield
    qapp.setStyleSheet(before)


@pytest.fixture(params=["choice", "box"])
def box(request: pytest.FixtureRequest, qtbot: QtBot, dressed: None) -> ComboBox:
    made = Choice("of all", [], "") if request.param == "choice" else ComboBox()
    ground = QWidget()
    qtbot.addWidget(ground)
    QVBoxLayout(ground).addWidget(made)
    made.setParent(ground)
    return made


@pytest.mark.parametrize("count", [2, 3, 10, 20, 100])
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0], ids=["top", "middle", "foot"])
def test_all_entries_of_an_open_list_are_seen_where_they_fit_the_screen(
    qtbot: QtBot, box: ComboBox, count: int, share: float
) -> None:
    box.addItems([f"entry {number}" for number in range(count)])
    box.setCurrentIndex(count - 1)
    ground, screen = box.parentWidget(), QApplication.primaryScreen().availableGeometry()
    ground.move(40, 40 + round(share * (screen.height() - 120)))
    ground.show()
    qtbot.waitExposed(ground)
    box.showPopup()
    view = box.view()
    qtbot.waitUntil(view.isVisible)
    fits = count * view.sizeHintForRow(0) < screen.height() - 60
    assert fits == (count <= 20)
    assert (view.verticalScrollBar().maximum() == 0) == fits
    seen = count if fits else 14
    rows = [view.visualRect(view.model().index(row, 0)) for row in range(count)]
    height = view.viewport().height()
    assert sum(row.top() >= 0 and row.bottom() < height for row in rows) == seen
    assert screen.contains(view.window().geometry())
    box.hidePopup()


def test_a_box_needs_no_more_than_its_present_entries(box: ComboBox) -> None:
    box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToContents)
    box.addItem("a very long entry")
    before = box.minimumSizeHint().width()
    box.setItemText(0, "short")
    assert box.minimumSizeHint() == box.sizeHint() and box.minimumSizeHint().width() < before


def test_every_box_of_the_program_is_one_of_these() -> None:
    sources = [path for path in Path(app.__file__).parent.rglob("*.py") if path.name != "choice.py"]
    assert len(sources) > 100
    assert [path.name for path in sources if "QComboBox(" in path.read_text(encoding="utf-8")] == []
    assert [path.name for path in sources if "(QComboBox)" in path.read_text(encoding="utf-8")] == []
