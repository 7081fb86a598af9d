"""The import sheet: a file becomes the data set as the person says, or one sentence says why not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.network.document import Document
from app.workspaces.playground.panels.import_sheet import ImportSheet
from engine.data import Task
from tests.app.network.document_rig import assert_one_step, new_document

ROWS = "height,colour,,weight,kind\n" + "\n".join(
    f"{150 + i},{'red' if i % 3 else 'blue'},x,{'' if i == 4 else 50 + i * i % 37},{'ab'[i % 2]}" for i in range(40)
)
ROWS = ROWS.replace(",,", ",same,", 1)

OpenSheet = Callable[[Path], ImportSheet]


@pytest.fixture
def document(qapp: object) -> Document:
    return new_document()


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    host = QWidget()
    qtbot.addWidget(host)
    return host


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(ROWS)
    return path


def opened(document: Document, path: Path, host: QWidget, qtbot: QtBot) -> ImportSheet:
    sheet = ImportSheet(document, path, host)
    sheet.show()
    qtbot.waitUntil(lambda: sheet.features.count() > 0 or sheet.message.text() != "")
    return sheet


def ticked(sheet: ImportSheet) -> list[str]:
    items = [sheet.features.item(row) for row in range(sheet.features.count())]
    return [item.text() for item in items if item.checkState() == Qt.CheckState.Checked]


def test_the_sheet_shows_rows_types_and_what_is_left_out(
    document: Document, table: Path, host: QWidget, qtbot: QtBot
) -> None:
    sheet = opened(document, table, host, qtbot)
    assert not sheet.isModal()
    assert "40 rows, 5 columns" in sheet.about.text()
    headers = [sheet.preview.horizontalHeaderItem(at).text() for at in range(5)]
    assert headers[0] == "height\nnumber" and headers[1] == "colour\ncategory"
    assert "1 missing" in headers[3]
    assert sheet.preview.item(0, 0).text() == "150"
    assert "same" not in ticked(sheet)
    assert sheet.target.key == "kind"
    sheet.close()


def test_the_file_becomes_the_data_set_in_one_step(
    document: Document, table: Path, host: QWidget, qtbot: QtBot
) -> None:
    before = document.state
    sheet = opened(document, table, host, qtbot)
    with qtbot.waitSignals([document.dataset_loaded, sheet.closed]):
        qtbot.mouseClick(sheet.use, Qt.MouseButton.LeftButton)
    assert document.dataset.columns == ("height", "colour=blue", "colour=red", "weight")
    assert document.dataset.classes == ("a", "b")
    assert_one_step(document, before)


def test_target_features_task_and_rules_are_the_persons(
    document: Document, table: Path, host: QWidget, qtbot: QtBot
) -> None:
    sheet = opened(document, table, host, qtbot)
    sheet.target.choose("weight")
    sheet.target.picked.emit("weight")
    sheet.task.choose("regression")
    sheet.missing.choose("drop")
    sheet.standardise.setChecked(False)
    item = next(sheet.features.item(row) for row in range(5) if sheet.features.item(row).text() == "colour")
    item.setCheckState(Qt.CheckState.Unchecked)
    choice = sheet.choice()
    assert (choice.target, choice.task) == ("weight", Task.REGRESSION)
    assert (choice.missing, choice.standardise) == ("drop", False)
    assert choice.features == ("height", "kind")
    with qtbot.waitSignal(document.dataset_loaded):
        sheet.accept_data()
    assert document.dataset.task is Task.REGRESSION and len(document.dataset.y) == 39
    qtbot.waitUntil(lambda: not host.findChildren(ImportSheet))


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02" * 50, b"only\n1\n2\n3\n4\n5\n"])
def test_a_bad_file_gets_one_sentence_and_changes_nothing(
    document: Document, tmp_path: Path, host: QWidget, qtbot: QtBot, content: bytes
) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    before = document.state
    sheet = opened(document, path, host, qtbot)
    assert sheet.message.text() and not sheet.use.isEnabled()
    assert document.state == before
    sheet.close()


def test_a_choice_that_cannot_be_learnt_from_keeps_the_sheet_open(
    document: Document, table: Path, host: QWidget, qtbot: QtBot
) -> None:
    before = document.state
    sheet = opened(document, table, host, qtbot)
    sheet.target.choose("same")
    with qtbot.waitSignal(document.problem_found):
        sheet.accept_data()
    assert "same" in sheet.message.text() and sheet.isVisible() and sheet.use.isEnabled()
    assert document.state == before
    sheet.close()


def test_a_header_can_be_denied(document: Document, table: Path, host: QWidget, qtbot: QtBot) -> None:
    sheet = opened(document, table, host, qtbot)
    sheet.header.choose("no")
    sheet.header.picked.emit("no")
    qtbot.waitUntil(lambda: "41 rows" in sheet.about.text())
    sheet.close()
