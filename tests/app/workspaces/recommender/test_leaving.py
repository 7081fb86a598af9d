"""Leaving the page of the recommenders: Escape, not one too many; and a window that starts again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.workspaces.recommender.home.starts import plan_of, start_with
from app.workspaces.recommender.page import GuardedStack, RecommenderPage
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.running.runs import new_run
from tests.app.window_rig import Opened, opened_window


@pytest.mark.parametrize("edited", [False, True])
def test_escape_leaves_at_once_unless_edits_would_be_lost(qtbot: QtBot, edited: bool) -> None:
    stack, field, left, held = GuardedStack(lambda: edited), QLineEdit(), list[int](), list[int]()
    stack.addWidget(field)
    qtbot.addWidget(stack)
    QShortcut(QKeySequence("Esc"), stack).activated.connect(lambda: left.append(1))
    stack.held.connect(lambda: held.append(1))
    stack.show()
    stack.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (len(left), len(held)) == ((0, 1) if edited else (1, 0))
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert len(left) == (1 if edited else 2) and len(held) == edited
    stack.forget()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert len(held) == 2 * edited, "what is shown next asks anew"


def recommender_of(opened: Opened) -> RecommenderPage:
    page = opened.window.pages.page("recommender")
    assert isinstance(page, RecommenderPage)
    return page


@pytest.mark.parametrize("gone", [False, True])
def test_a_window_that_starts_again_shows_the_run_and_section_that_were_open(qtbot: QtBot, gone: bool) -> None:
    """After another language was chosen from another workspace."""
    from app.__main__ import _parser

    with opened_window(panes=False) as first:
        page = recommender_of(first)
        folder = new_run(page.root, plan_of(start_with(RecommenderData(source="adult")), "cpu"))
        page.open_file(folder.path)
        assert page.opened is not None
        page.opened.show_key("data")
        assert page.opened.section is not None and page.opened.section.key == "data"
        first.window.start_again()
        chosen = _parser().parse_args(first.window.successor)
    if gone:
        folder.plan.unlink()
    with opened_window(panes=False) as second:
        key, *snapshots = chosen.take_over
        with qtbot.waitSignal(second.window.recovery.taken_over):
            second.window.recovery.take_over([Path(snapshot) for snapshot in snapshots], key, chosen.bookmark)
        assert second.window.pages.key == "playground"
        opened = recommender_of(second).opened
        if gone:
            assert opened is None and second.window.messages.text
        else:
            assert opened is not None and opened.run.folder == folder.path
            assert opened.section is not None and opened.section.key == "data"
