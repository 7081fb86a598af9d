"""What is written with three dots opens something, and what opens a dialog to choose in has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.workspaces.playground.page import PlaygroundPage
from tests.app.window_rig import Opened, opened_window

DOTS = "…"
OF_A_RUN = "Delete…"
"""Asks about the run that is chosen, and there is none here."""


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Opened]:
    with opened_window() as opened:
        qtbot.waitUntil(lambda: opened.page.trainer.snapshot is not None)
        yield opened


def windows() -> set[QWidget]:
    return {part for part in QApplication.topLevelWidgets() if part.isVisible()}


def opens(window: QWidget, act: Callable[[], object]) -> bool:
    """Whether doing it opens a dialog or a menu, which is closed again."""
    before = windows()
    act()
    QApplication.processEvents()
    new = windows() - before
    for part in new:
        part.close()
    QApplication.processEvents()
    return any(isinstance(part, QDialog | QMenu) for part in new)


def plain(text: str) -> str:
    return text.replace("&", "")


@pytest.mark.torch
def test_each_action_with_dots_opens_a_dialog_or_a_menu(opened: Opened) -> None:
    window, page = opened.window, opened.page
    opened.actions["outline_panel"].setChecked(True)
    page.canvas.selection.choose(["dense-1"])
    tried = set()
    for key in window.pages.workspaces:
        window.visit(key)
        window.pages.build_all()
        found = [action for part in (window, *window.findChildren(QWidget)) for action in part.actions()]
        dotted = {plain(action.text()): action for action in found if action.text().endswith(DOTS)}
        for text, action in dotted.items():
            if text in (*tried, OF_A_RUN) or not isValid(action) or not action.isEnabled():
                continue
            tried.add(text)
            if not opens(window, action.trigger):
                assert text == "Gallery…" and window.pages.current is not page  # a page of its own
                window.visit(key)
    assert {"Open…", "Open link…", "Save As…", "Stop after…", "Open a run…", "Add block…", "Gallery…"} <= tried
    assert {"Add block after…", "Wire to…", "Activation…", "Play the pass of a sample…"} <= tried


def test_the_entry_that_asks_for_a_table_has_dots(opened: Opened) -> None:
    page = opened.page
    assert isinstance(page, PlaygroundPage)
    action = page.panes.left.data.from_file
    assert action.text().endswith(DOTS) and opens(opened.window, action.trigger)
