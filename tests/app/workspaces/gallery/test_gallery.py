"""The gallery in the window: cards with what their files hold, found and walked over, and the way back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.examples import examples
from app.kit import theme
from app.kit.numbers import accuracy_text
from app.workspaces.gallery.board import Board, matches, words_of
from app.workspaces.gallery.cards import Card, ExampleCard
from app.workspaces.gallery.page import Cards, GalleryPage
from engine.data import Task
from engine.training.portrait import portrait
from tests.app.window_rig import Opened, opened_window


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Opened]:
    with opened_window(panes=False) as opened:
        opened.go("gallery")
        opened.window.pages.build_all()
        yield opened


@pytest.fixture
def beside_panes(qtbot: QtBot) -> Iterator[Opened]:
    with opened_window(dock=False) as opened:
        opened.go("gallery")
        opened.window.pages.build_all()
        yield opened


def page(window: Opened) -> GalleryPage:
    shown = window.window.pages.current
    assert isinstance(shown, GalleryPage)
    return shown


def board(window: Opened) -> Board:
    return page(window).cards.board


def card(window: Opened, key: str) -> ExampleCard:
    return next(one for one in board(window).cards if isinstance(one, ExampleCard) and one.example.key == key)


def test_every_card_shows_what_its_file_s_own_weights_give(window: Opened, qtbot: QtBot) -> None:
    cards = [one for one in board(window).cards if isinstance(one, ExampleCard)]
    qtbot.waitUntil(lambda: all(one.portrait is not None for one in cards))
    for one in cards:
        if one.example.content.weights:
            seen = portrait(one.example.content)
            assert one.foot[1] == accuracy_text(seen.score, seen.task is Task.REGRESSION), one.example.key
    assert card(window, "blank").foot == ("2 inputs → 1 output", "")
    assert "petal length (cm) and petal width (cm)" in card(window, "iris").toolTip()
    for name in ("dark", "light"):
        theme.set_theme(name)
        for one in cards:
            assert not one.grab().isNull()


def test_a_card_opens_its_example_untrained(window: Opened, qtbot: QtBot) -> None:
    qtbot.mouseClick(card(window, "xor"), Qt.MouseButton.LeftButton)
    assert window.window.pages.key == "playground"
    assert window.page.network.title == "XOR"
    assert not window.page.network.initial_run.run.weights


def test_arrows_walk_over_the_cards_and_enter_opens(window: Opened, qtbot: QtBot) -> None:
    first = board(window).cards[0]
    qtbot.waitUntil(first.hasFocus)
    assert not first.focused_by_key  # nothing looks open
    qtbot.keyClick(first, Qt.Key.Key_Right)
    qtbot.keyClick(board(window).cards[1], Qt.Key.Key_Right)
    xor = board(window).cards[2]
    assert xor.hasFocus() and xor.focused_by_key
    qtbot.keyClick(xor, Qt.Key.Key_Down)
    below = window.window.focusWidget()
    assert isinstance(below, Card) and below.y() > xor.y() and below.x() == xor.x()
    qtbot.keyClick(below, Qt.Key.Key_Up)
    qtbot.keyClick(xor, Qt.Key.Key_Return)
    assert window.page.network.title == "XOR"


@pytest.mark.parametrize(("wanted", "key"), [("softmax rings", "rings"), ("SPIRAL silu", "two-spirals")])
def test_cards_are_found_by_name_and_by_idea(window: Opened, qtbot: QtBot, wanted: str, key: str) -> None:
    find = page(window).cards.finder
    qtbot.keyClicks(find, wanted)
    assert [one.example.key for one in board(window).shown] == [key]
    qtbot.keyClick(find, Qt.Key.Key_Return)
    assert card(window, key).hasFocus()
    find.setText("no such words")
    assert not board(window).shown and page(window).cards.nothing.isVisible()
    qtbot.keyClick(find, Qt.Key.Key_Escape)
    assert len(board(window).shown) == len(examples()) + 1


def test_words_are_looked_up_in_every_language() -> None:
    """Whatever the window is shown in; «鸢尾» is the Chinese for iris."""
    found = words_of(next(one for one in examples() if one.key == "iris"))
    assert matches(found, "iris FISHER")
    assert matches(found, "鸢尾")


def test_the_bar_leads_back_and_says_whether_it_trains(window: Opened, qtbot: QtBot) -> None:
    back = page(window).bar.back
    qtbot.waitUntil(lambda: "epoch 0, paused" in back.text())
    assert back.text().startswith("Back to Two spirals")
    window.page.trainer.play()
    qtbot.waitUntil(lambda: "running" in back.text() and "epoch 0," not in back.text())
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert window.window.pages.key == "playground"
    window.page.trainer.pause()


def test_a_table_of_one_s_own_goes_through_the_import_sheet(beside_panes: Opened, qtbot: QtBot, tmp_path) -> None:
    window, path = beside_panes, tmp_path / "mine.csv"
    path.write_text("a,b,c\n" + "".join(f"{i},{i % 7},{i % 2}\n" for i in range(30)))
    qtbot.mouseClick(board(window).cards[-1], Qt.MouseButton.LeftButton)
    dialog = window.window.findChild(QFileDialog)
    assert any("*.csv" in name for name in dialog.nameFilters())
    data = window.page.network.data
    dialog.fileSelected.emit(str(path))
    dialog.close()
    sheet = window.page.panes.left.data.sheet
    assert sheet is not None and sheet.isVisible()
    assert window.page.network.data == data
    sheet.close()


@pytest.mark.parametrize("width", [1180, 1340, 2000, 420])
def test_nothing_overlaps_and_no_thought_is_cut(qtbot: QtBot, width: int) -> None:
    cards = Cards()
    qtbot.addWidget(cards)
    cards.portraits.close()
    cards.resize(width, 800)
    cards.show()
    shown = cards.board.cards
    places = [one.geometry() for one in shown]
    assert not any(a.intersects(b) for i, a in enumerate(places) for b in places[:i])
    assert all(place.right() <= cards.board.width() and place.bottom() <= cards.board.height() for place in places)
    for one in shown:
        assert one.height() >= Card.height_of(one.width(), one.idea_height(one.width()))
        font = one.font()
        font.setPixelSize(14)
        assert QFontMetrics(font).horizontalAdvance(one.text()) <= one.width() - 20, one.text()
