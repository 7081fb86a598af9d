"""A table or log of one's own, from home."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.workspaces.recommender.home.own_file import proposal_words, start_of
from app.workspaces.recommender.page import RecommenderPage
from engine.problems import EngineError
from engine.recommenders.data.proposal.proposing import propose
from tests.app.window_rig import Opened, opened_window

WAIT_MS = 60_000


def log(path: Path) -> Path:
    rows = [
        f"u{user},i{(user * item) % 17},{1_600_000_000 + 86_400 * user + item}"
        for user in range(30)
        for item in range(1, 9)
    ]
    path.write_text("userId,itemId,timestamp\n" + "\n".join(rows) + "\n", "utf-8")
    return path


def test_a_log_is_for_youtubednn_and_what_it_is_taken_for_is_said(tmp_path) -> None:
    proposal = propose(log(tmp_path / "mine.csv"))
    start = start_of(proposal)
    assert start.model == "candidates" and start.data.mapping is not None and start.data.mapping.user == "userId"
    assert proposal_words(proposal).startswith(
        "“mine.csv” is taken as a log of who did what: userId = user, itemId = item, timestamp = time."
    )


def test_a_table_with_a_label_is_for_wide_and_deep(tmp_path) -> None:
    path = tmp_path / "table.csv"
    rows = [f"{20 + at % 40},{'abc'[at % 3]},{at % 2}" for at in range(200)]
    path.write_text("age,kind,clicked\n" + "\n".join(rows) + "\n", "utf-8")
    start = start_of(propose(path))
    assert start.model == "wide-deep" and start.data.table is not None and start.data.table.label == "clicked"


def test_what_is_still_to_be_chosen_is_a_sentence(tmp_path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("a,b\n" + "\n".join(f"x{at},y{at}" for at in range(50)) + "\n", "utf-8")
    with pytest.raises(EngineError):
        start_of(propose(path))


def drop(opened: Opened, page: RecommenderPage, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    page.home.own.dropEvent(QDropEvent(QPointF(10, 10), copy, data, Qt.MouseButton.LeftButton, none))


@pytest.mark.slow
@pytest.mark.process
def test_a_dropped_file_is_looked_at_and_offered_to_be_learned_from(qtbot: QtBot, tmp_path: Path) -> None:
    with opened_window() as opened:
        opened.window.visit("recommender")
        opened.window.pages.build_all()
        page, messages = cast(RecommenderPage, opened.window.pages.current), opened.window.messages
        empty = tmp_path / "empty.csv"
        empty.write_text("", "utf-8")
        drop(opened, page, empty)
        qtbot.waitUntil(lambda: "empty.csv" in messages.text and "Looking" not in messages.text, timeout=WAIT_MS)
        qtbot.waitUntil(lambda: not page._own.busy, timeout=WAIT_MS)
        drop(opened, page, log(tmp_path / "mine.csv"))
        qtbot.waitUntil(lambda: "is taken as a log" in messages.text, timeout=WAIT_MS)
        offered = [button.text() for button in messages.findChildren(QPushButton)]
        assert any("YoutubeDNN" in text for text in offered)
