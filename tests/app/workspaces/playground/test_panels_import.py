"""The import sheet: a file becomes the data set as the person says, or one sentence says why not."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.builder.canvas.words import pretty_feature
from app.kit.widgets.choice import Choice
from app.network.document import Document
from app.workspaces.playground.panels.import_sheet import ImportSheet
from app.workspaces.playground.panels.readings import column_label, in_words, reading_of
from engine.data import DataChoice, Task, load
from engine.graph.build import feed_forward
from engine.graph.kinds.output import OutputParams
from engine.network.plan import compile_graph
from engine.training.quality import quality
from engine.training.tables import table_of, target_of
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
    assert headers[0] == "height\nnumber\ninput" and headers[1] == "colour\ncategory, 2 values\ninput"
    assert headers[2] == "same\ncategory, one value\nleft out" and headers[4].endswith("\ntarget")
    assert headers[3] == "weight\nnumber\ninput, 1 missing"
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


def test_a_column_that_was_the_target_comes_in_with_the_next_import(
    document: Document, table: Path, host: QWidget, qtbot: QtBot
) -> None:
    for target in ("weight", "kind"):
        sheet = opened(document, table, host, qtbot)
        sheet.target.choose(target)
        sheet.target.picked.emit(target)
        with qtbot.waitSignals([document.dataset_loaded, sheet.closed]):
            sheet.accept_data()
    inputs, output = (document.graph.block(block_id).params.model_dump() for block_id in ("input-1", "output-1"))
    assert inputs["features"] == document.dataset.columns and "weight" in inputs["features"]
    assert output["loss"] == "binary_cross_entropy"


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
    sheet.readings.header.choose("no")
    sheet.readings.header.picked.emit("no")
    qtbot.waitUntil(lambda: "41 rows" in sheet.about.text())
    sheet.close()


UGLY = "day;price;segment;back\n" + "".join(
    f"0{1 + i % 9}/0{1 + i % 8}/2024;1.{100 + i},50 €;{'ab'[i % 2]};{'yes' if i % 3 else 'no'}\n" for i in range(40)
)


@pytest.fixture
def ugly(tmp_path: Path) -> Path:
    path = tmp_path / "ugly.csv"
    path.write_text(UGLY, encoding="utf-8")
    return path


def header_lines(sheet: ImportSheet, at: int) -> list[str]:
    return sheet.preview.horizontalHeaderItem(at).text().split("\n")


def read_again(sheet: ImportSheet, choice: Choice, key: str, qtbot: QtBot) -> None:
    """Choose and wait for the look that follows."""
    choice.choose(key)
    with qtbot.waitSignal(sheet._looker.looked):
        choice.picked.emit(key)


def test_dates_and_numerals_are_shown_for_what_they_are_and_can_be_read_otherwise(
    document: Document, ugly: Path, host: QWidget, qtbot: QtBot
) -> None:
    sheet = opened(document, ugly, host, qtbot)
    assert header_lines(sheet, 0) == ["day", "date → days", "input"] and header_lines(sheet, 1)[1] == "number"
    assert sheet.preview.item(0, 1).text() == "1.100,50 €"
    right = Qt.AlignmentFlag.AlignRight
    assert [bool(sheet.preview.item(0, at).textAlignment() & right) for at in range(4)] == [True, True, False, False]
    assert "read as 2024-01-01" in sheet.notes.toPlainText() and "read as 1100.5" in sheet.notes.toPlainText()
    sheet.features.lines()[2].setCheckState(Qt.CheckState.Unchecked)
    assert header_lines(sheet, 2)[2] == "left out"
    sheet.target.choose("segment")
    sheet.target.picked.emit("segment")
    assert header_lines(sheet, 2)[2] == "target"
    read_again(sheet, sheet.readings.dates, "month-first", qtbot)
    assert "do not tell" not in sheet.notes.toPlainText()
    read_again(sheet, sheet.readings.dates, "leave-out", qtbot)
    assert header_lines(sheet, 0)[2] == "left out" and sheet.target.key == "segment"
    read_again(sheet, sheet.readings.dates, "texts", qtbot)
    assert header_lines(sheet, 0)[1].startswith("category, ")
    assert sheet.form.isRowVisible(sheet.readings.dates) and sheet.form.isRowVisible(sheet.readings.decimal)
    sheet.close()


def test_the_window_and_the_engine_read_a_file_alike(
    document: Document, ugly: Path, host: QWidget, qtbot: QtBot
) -> None:
    sheet = opened(document, ugly, host, qtbot)
    with qtbot.waitSignals([document.dataset_loaded, sheet.closed]):
        sheet.accept_data()
    headless = load(DataChoice(source="file", path=str(ugly), train_share=document.data.train_share))
    assert document.dataset.columns == headless.columns == ("day", "price", "segment=a", "segment=b")
    assert np.array_equal(document.dataset.x, headless.x) and document.dataset.notices == headless.notices


def test_what_a_tidy_file_leaves_no_doubt_about_is_not_asked(
    document: Document, table: Path, host: QWidget, qtbot: QtBot
) -> None:
    sheet = opened(document, table, host, qtbot)
    assert not sheet.form.isRowVisible(sheet.readings.dates) and not sheet.form.isRowVisible(sheet.readings.decimal)
    assert not sheet.notes.isVisible()
    sheet.close()


def test_the_sheet_is_worked_by_the_keyboard(document: Document, ugly: Path, host: QWidget, qtbot: QtBot) -> None:
    sheet = opened(document, ugly, host, qtbot)
    labels = [label for label in sheet.findChildren(QLabel) if label.buddy() is not None]
    letters = [label.text().split("&")[1][0].lower() for label in labels]
    letters += [
        button.text().split("&")[1][0].lower() for button in sheet.findChildren(QAbstractButton) if button.text()
    ]
    assert len(labels) == 7 and len(letters) == len(set(letters)) == 10
    assert not sheet.preview.tabKeyNavigation()
    qtbot.keyClick(sheet.preview, Qt.Key.Key_Right)
    sheet.close()


def test_a_columns_name_is_never_markup(document: Document, tmp_path: Path, host: QWidget, qtbot: QtBot) -> None:
    path = tmp_path / "markup.csv"
    path.write_text(table_named('<img src="/dev/zero">'), encoding="utf-8")
    sheet = opened(document, path, host, qtbot)
    tips = [sheet.features.item(0).toolTip(), sheet.preview.horizontalHeaderItem(0).toolTip()]
    tips.append(sheet.target.itemData(0, Qt.ItemDataRole.ToolTipRole))
    assert all("<img" not in tip for tip in tips)
    sheet.close()


def table_named(name: str) -> str:
    quoted = name.replace('"', '""')
    return f'"{quoted}",y\n' + "".join(f"{at},{at % 2}\n" for at in range(8))


def test_a_date_is_shown_as_a_date(ugly: Path) -> None:
    dataset = load(DataChoice(source="file", path=str(ugly)))
    first = dataset.inputs[0]
    days = float(dataset.x[1, 0])
    assert first.since == "2024-01-01" and UGLY.splitlines()[2].startswith("02/02/2024")
    assert in_words(dataset, 0, days) == "2024-02-02"
    assert in_words(dataset, 1, float(dataset.x[0, 1])) == "1,100"


def test_the_ends_of_a_scale_far_from_zero_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_text("x,y\n" + "".join(f"{at},{10**12 + at}\n" for at in range(60)))
    dataset = load(DataChoice(source="file", path=str(path)))
    output = OutputParams(activation="identity")
    graph = feed_forward((), features=dataset.columns, output=output)
    reading = reading_of(compile_graph(graph, target_of(dataset)), dataset)
    assert reading is not None
    assert reading.ends[::2] == ("1,000,000,000,000", "1,000,000,000,059")
    answer = float((10**12 + 7 - dataset.target_centre) / dataset.target_scale)
    assert reading.words((answer,)) == "1,000,000,000,007 (y)"


def test_what_is_no_number_is_no_class_and_never_right() -> None:
    dataset = load(DataChoice(name="circle", samples=40))
    plan = compile_graph(feed_forward(()), target_of(dataset))
    reading = reading_of(plan, dataset)
    assert reading is not None and reading.class_of((0.3,))
    assert reading.class_of((math.nan,)) == "" and reading.words((math.nan,)) == "NaN"
    table = table_of(plan, dataset, dataset.train)
    z = np.full((table.rows, 1), math.nan)
    assert quality(plan, z, table, dataset.y[dataset.train]).score == 0.0


def test_a_name_of_two_lines_is_shown_in_one(tmp_path: Path) -> None:
    path = tmp_path / "lines.csv"
    path.write_text('"height\nin cm",b,y\n' + "".join(f"{at},{at % 7},{at % 2}\n" for at in range(12)))
    dataset = load(DataChoice(source="file", path=str(path)))
    assert dataset.columns[0] == "height\nin cm"
    assert column_label(dataset, 0) == pretty_feature(dataset.columns[0]) == "height in cm"


def test_a_long_name_is_elided_in_a_choice(qtbot: QtBot) -> None:
    long = "a name that is longer than its box by far"
    choice = Choice("Column", [("a", long), ("b", "y")], "which")
    qtbot.addWidget(choice)
    choice.resize(110, 30)
    painted = choice.grab().toImage()
    shorter = [f"{long[:end].rstrip()}…" for end in range(1, len(long))]
    choice.set_entries([(text, text) for text in (long, *shorter)])

    def picture(text: str) -> QImage:
        choice.choose(text)
        return choice.grab().toImage()

    assert picture(long) == painted and any(picture(text) == painted for text in shorter)
