"""A table or log of one's own, from home."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from pytestqt.qtbot import QtBot

from app.kit.folders import data_folder
from app.workspaces.recommender.data.mapping_dialog import MappingDialog
from app.workspaces.recommender.files import RUNS
from app.workspaces.recommender.home.home import Home
from app.workspaces.recommender.home.starts import Start, start_with
from app.workspaces.recommender.page import RecommenderPage
from app.workspaces.recommender.words import notice_words
from engine.problems import Problem
from engine.recommenders.data.data_choice import Mapped, RecommenderData, TableChoice
from engine.recommenders.data.sources.own_file import UNREAD_TITLE
from engine.recommenders.data.tables.labelled import HOW_TO_KEEP
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


def test_a_log_is_for_youtubednn_and_a_table_with_a_label_for_wide_and_deep(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    for model, rest in (
        ("candidates", {"mapping": Mapped(user="u", item="i")}),
        ("candidates", {}),
        ("wide-deep", {"table": TableChoice(label="bought")}),
    ):
        data = RecommenderData.model_validate({"source": "file", "path": path, **rest})
        assert start_with(data) == Start(model, data)


def drop(opened: Opened, page: RecommenderPage, path: Path) -> MappingDialog:
    """Drop a file somewhere on home: the dialog that opens."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    page.home.dropEvent(QDropEvent(QPointF(10, 10), copy, data, Qt.MouseButton.LeftButton, none))
    return cast(MappingDialog, opened.window.findChildren(MappingDialog)[-1])


@pytest.mark.parametrize(("name", "taken"), [("mine.csv", True), ("ratings.dat", True), ("films.safetensors", False)])
def test_home_is_lit_while_a_file_to_learn_from_is_above_it(qtbot: QtBot, name: str, taken: bool) -> None:
    home, data = Home(data_folder(RUNS)), QMimeData()
    qtbot.addWidget(home)
    home.show()
    data.setUrls([QUrl.fromLocalFile(f"/somewhere/{name}")])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    event = QDragEnterEvent(QPoint(10, 10), copy, data, Qt.MouseButton.LeftButton, none)
    home.dragEnterEvent(event)
    assert event.isAccepted() == home.light.isVisible() == taken
    home.dragLeaveEvent(QDragLeaveEvent())
    assert not home.light.isVisible()
    home.close_home()


@pytest.mark.slow
@pytest.mark.process
def test_a_dropped_file_is_looked_at_and_learned_from(qtbot: QtBot, tmp_path: Path) -> None:
    with opened_window(home="recommender") as opened:
        opened.window.visit("recommender")
        opened.window.pages.build_all()
        page = cast(RecommenderPage, opened.window.pages.current)
        path = tmp_path / "empty.csv"
        path.write_text("", "utf-8")
        dialog = drop(opened, page, path)
        qtbot.waitUntil(lambda: bool(dialog.said.sentences), timeout=WAIT_MS)
        assert "empty.csv" in dialog.said.sentences[0] and not dialog.use.isEnabled()
        dialog.close()
        dialog = drop(opened, page, log(tmp_path / "mine.csv"))
        qtbot.waitUntil(dialog.use.isEnabled, timeout=WAIT_MS)
        qtbot.mouseClick(dialog.use, Qt.MouseButton.LeftButton)
        assert page.opened is not None and page.opened.run.model == "candidates"
        run = page.opened.run
        mapping = Mapped(user="userId", item="itemId", time="timestamp")
        assert run.data == RecommenderData(source="file", path=tmp_path / "mine.csv", mapping=mapping)
        qtbot.waitUntil(lambda: run.doing == "running" or not run.at_work, timeout=WAIT_MS)
        run.pause()
        qtbot.waitUntil(lambda: not run.at_work, timeout=WAIT_MS)


@pytest.mark.parametrize("notice", [HOW_TO_KEEP(), UNREAD_TITLE(column="name", path="films.csv", item="id")])
def test_the_window_names_no_flags_of_the_command_line(notice: Problem) -> None:
    assert "--" in notice.sentence and "--" not in notice_words(notice)
