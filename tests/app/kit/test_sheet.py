"""The document of one value: steps, gestures, opening, saving, and what is unsaved."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict, Field
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.kit.sheet import Sheet
from app.kit.view_parts import ViewPart, section_part, view_of
from app.kit.widgets.section import Section
from app.workspaces.workspace import OpenDocument
from engine.formats.sheet import SheetFormat, SheetView
from engine.problems import EngineError


class Dot(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    x: float = Field(default=0.0, ge=-9, le=9, allow_inf_nan=False)
    y: float = Field(default=0.0, ge=-9, le=9, allow_inf_nan=False)


FORM = SheetFormat("neuroloom-dot", 1, Dot)


@pytest.fixture
def sheet(qapp: object) -> Iterator[Sheet[Dot]]:
    parent = QObject()
    yield Sheet(FORM, Dot(), "A dot", parent)
    parent.deleteLater()


def to(sheet: Sheet[Dot], x: float, merge: str | None = None) -> None:
    sheet.edit("Move", sheet.value.model_copy(update={"x": x}), merge=merge)


def steps(sheet: Sheet[Dot]) -> list[str]:
    return [sheet.undo_stack.text(i) for i in range(sheet.undo_stack.count())]


def test_the_window_can_have_it_as_a_page_s_document(sheet: Sheet[Dot]) -> None:
    wanted = [name for name in vars(OpenDocument) if not name.startswith("_")]
    assert {"changed", "undo_stack", "recover", "progressed"} <= set(wanted)
    assert all(hasattr(sheet, name) for name in wanted)


def test_an_edit_is_a_step_that_undo_takes_back_and_redo_repeats(sheet: Sheet[Dot], qtbot: QtBot) -> None:
    with qtbot.waitSignals([sheet.value_changed, sheet.changed]):
        to(sheet, 2.0)
    assert (sheet.value.x, sheet.unsaved, sheet.undo_stack.undoText()) == (2.0, True, "Move")
    with qtbot.waitSignals([sheet.value_changed, sheet.changed]):
        sheet.undo_stack.undo()
    assert (sheet.value.x, sheet.unsaved) == (0.0, False)
    sheet.undo_stack.redo()
    assert (sheet.value.x, sheet.unsaved) == (2.0, True)


def test_an_edit_that_changes_nothing_is_none(sheet: Sheet[Dot], qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(sheet.value_changed):
        to(sheet, 0.0)
    assert steps(sheet) == []


def test_a_drag_is_one_step_and_the_next_drag_another(sheet: Sheet[Dot]) -> None:
    for x in (1.0, 2.0, 3.0):
        to(sheet, x, "x")
    sheet.settle()
    for x in (4.0, 5.0):
        to(sheet, x, "x")
    assert len(steps(sheet)) == 2
    sheet.undo_stack.undo()
    assert sheet.value.x == 3.0
    sheet.undo_stack.undo()
    assert sheet.value.x == 0.0


def test_steps_of_two_numbers_do_not_merge_nor_do_those_without_a_key(sheet: Sheet[Dot]) -> None:
    to(sheet, 1.0, "x")
    sheet.edit("Move", sheet.value.model_copy(update={"y": 1.0}), merge="y")
    to(sheet, 2.0)
    to(sheet, 3.0)
    assert len(steps(sheet)) == 4


def test_a_drag_that_comes_back_to_its_start_is_no_step(sheet: Sheet[Dot]) -> None:
    to(sheet, 1.0)
    for x in (2.0, 3.0, 1.0):
        to(sheet, x, "x")
    assert len(steps(sheet)) == 1
    assert sheet.value.x == 1.0


def test_after_undo_an_edit_with_the_same_key_is_a_step_of_its_own(sheet: Sheet[Dot]) -> None:
    to(sheet, 1.0, "x")
    sheet.settle()
    to(sheet, 2.0, "x")
    sheet.undo_stack.undo()
    to(sheet, 5.0, "x")
    sheet.undo_stack.undo()
    assert sheet.value.x == 1.0


def test_saving_ends_a_gesture_so_that_undo_can_come_back_to_what_was_saved(sheet: Sheet[Dot], tmp_path: Path) -> None:
    to(sheet, 1.0, "x")
    sheet.save(tmp_path / "one.loom")
    to(sheet, 2.0, "x")
    sheet.undo_stack.undo()
    assert (sheet.value.x, sheet.unsaved) == (1.0, False)


def test_saving_and_opening_gives_the_same_value(sheet: Sheet[Dot], tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "mine.loom"
    to(sheet, 0.1 + 0.2)
    kept = sheet.value
    with qtbot.waitSignal(sheet.changed):
        sheet.save(path)
    assert (sheet.path, sheet.title, sheet.unsaved) == (path, "mine", False)
    sheet.new()
    assert (sheet.path, sheet.title, sheet.value) == (None, "A dot", Dot())
    assert sheet.open(path) == ()
    assert (sheet.path, sheet.value, sheet.unsaved) == (path, kept, False)
    sheet.open(path, copy=True)
    assert (sheet.path, sheet.value) == (None, kept)


def test_undo_brings_back_what_was_open_with_its_file_and_what_of_it_is_unsaved(
    sheet: Sheet[Dot], tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "mine.loom"
    sheet.save(path)
    to(sheet, 3.0)
    with qtbot.waitSignals([sheet.replaced, sheet.value_changed, sheet.changed]):
        sheet.load("An example", Dot(x=7.0))
    assert (sheet.title, sheet.path, sheet.unsaved) == ("An example", None, True)  # for what lies under it
    with qtbot.waitSignals([sheet.replaced, sheet.value_changed]):
        sheet.undo_stack.undo()
    assert (sheet.title, sheet.path, sheet.unsaved, sheet.value.x) == ("mine", path, True, 3.0)
    sheet.undo_stack.redo()
    assert (sheet.title, sheet.value.x) == ("An example", 7.0)


def test_a_title_holds_as_long_as_it_fits(qapp: object, tmp_path: Path) -> None:
    sheet = Sheet(FORM, Dot(), "A dot", fits=lambda named, value: named.x == value.x)
    sheet.load("An example", Dot(x=7.0))
    to(sheet, 8.0, "drag")
    assert sheet.title == "A dot"
    sheet.undo_stack.undo()
    assert sheet.title == "An example"
    to(sheet, 8.0)
    sheet.save(tmp_path / "mine.loom")
    assert sheet.title == "mine" and FORM.read(tmp_path / "mine.loom")[0] == ""
    sheet.undo_stack.clear()


def test_a_title_of_ours_is_said_in_the_language_and_kept_in_english(in_chinese: None, tmp_path: Path) -> None:
    sheet = Sheet(FORM, Dot(), "A dot")
    for title in ("Softmax with cross-entropy", "Mine"):
        sheet.load(title, Dot(x=7.0))
        sheet.save(tmp_path / "dot.loom")
        assert FORM.read(tmp_path / "dot.loom")[0] == title
        assert (sheet.title == title) is (title == "Mine")
    sheet.undo_stack.clear()


def test_a_file_that_is_wrong_changes_nothing(sheet: Sheet[Dot], tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "bad.loom"
    path.write_text('{"format": "neuroloom-dot", "version": 1, "content": {"x": 99}}')
    to(sheet, 1.0)
    with qtbot.assertNotEmitted(sheet.value_changed), pytest.raises(EngineError, match="x is 99"):
        sheet.open(path)
    assert sheet.value.x == 1.0
    assert len(steps(sheet)) == 1


def test_a_save_that_fails_leaves_it_unsaved_and_without_a_file(sheet: Sheet[Dot], tmp_path: Path) -> None:
    to(sheet, 1.0)
    with pytest.raises(EngineError, match="cannot be written"):
        sheet.save(tmp_path / "no such folder" / "mine.loom")
    assert (sheet.path, sheet.unsaved) == (None, True)


def test_a_copy_of_unsaved_work_counts_as_unsaved(sheet: Sheet[Dot], tmp_path: Path) -> None:
    copy = tmp_path / "0a1b.loom"
    sheet.load("An example", Dot(x=4.0))
    FORM.write(copy, sheet.title, sheet.value)
    sheet.new()
    sheet.recover(copy)
    assert (sheet.value.x, sheet.title, sheet.path, sheet.unsaved) == (4.0, "An example", None, True)
    sheet.save(tmp_path / "kept.loom")
    assert not sheet.unsaved


def test_a_file_to_be_handed_over_has_a_name_of_its_own_and_goes_with_the_program() -> None:
    program = (
        "from app.kit.folders import passing_file; a, b = passing_file(), passing_file();"
        "a.write_text('x'); assert a != b and a.suffix == '.loom'; print(a)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    path = Path(done.stdout.strip())
    assert path.name.startswith("passing-")
    assert not path.parent.exists()


def test_an_example_over_unsaved_work_leaves_it_unsaved_and_one_over_saved_work_does_not(
    sheet: Sheet[Dot], tmp_path: Path
) -> None:
    sheet.load("An example", Dot(x=7.0))
    assert not sheet.unsaved
    to(sheet, 8.0)
    sheet.load("Another", Dot(x=9.0))
    sheet.load("A third", Dot(x=6.0))
    assert sheet.unsaved
    sheet.undo_stack.undo()
    sheet.undo_stack.undo()
    sheet.save(tmp_path / "kept.loom")
    sheet.undo_stack.redo()
    assert (sheet.title, sheet.unsaved) == ("Another", False)


def test_what_is_opened_after_the_question_or_saved_since_is_not_unsaved(sheet: Sheet[Dot], tmp_path: Path) -> None:
    path = tmp_path / "one.loom"
    sheet.save(path)
    to(sheet, 3.0)
    sheet.open(path)
    assert not sheet.unsaved
    to(sheet, 4.0)
    sheet.load("An example", Dot(x=7.0))
    sheet.save(tmp_path / "two.loom")
    assert not sheet.unsaved
    to(sheet, 5.0)
    sheet.new()
    assert not sheet.unsaved


def test_an_edit_may_bring_another_title_which_undo_takes_back(sheet: Sheet[Dot]) -> None:
    sheet.load("epoch 1", Dot(x=1.0))
    sheet.edit("Later", Dot(x=2.0), title="epoch 2")
    assert (sheet.title, sheet.named.x, sheet.unsaved) == ("epoch 2", 2.0, True)
    sheet.undo_stack.undo()
    assert (sheet.title, sheet.named.x) == ("epoch 1", 1.0)


def test_the_same_value_under_another_title_is_a_step(sheet: Sheet[Dot]) -> None:
    to(sheet, 2.0)
    sheet.edit("Take", sheet.value, title="A later one")
    assert (sheet.title, steps(sheet)) == ("A later one", ["Move", "Take"])
    sheet.undo_stack.undo()
    assert (sheet.title, sheet.value.x) == ("A dot", 2.0)
    sheet.edit("Take", sheet.value)
    assert steps(sheet) == ["Move", "Take"] and sheet.undo_stack.canRedo()


def test_until_a_page_is_whole_a_document_is_looked_at_as_it_was_saved(sheet: Sheet[Dot], tmp_path: Path) -> None:
    saved, now = SheetView(step=3, tab="rules", switches={"table": False}), {"step": 4, "switches.table": True}
    FORM.write(tmp_path / "a.loom", "", Dot(x=1.0), saved)
    sheet.open(tmp_path / "a.loom")
    sheet.save(tmp_path / "b.loom")
    assert FORM.read_with_view(tmp_path / "b.loom")[2] == saved
    assert sheet.snapshot()()["document.loom"] == (tmp_path / "b.loom").read_bytes()
    restored: list[tuple[str, object]] = []
    sheet.keep_view(
        [
            ViewPart(name, partial(now.get, name), lambda value, name=name: restored.append((name, value)))
            for name in ("step", "switches.table", "switches.own")
        ],
        lambda: restored.append(("then", None)),
    )
    assert restored == [("step", 3), ("switches.table", False), ("then", None)]
    sheet.save(tmp_path / "b.loom")
    assert FORM.read_with_view(tmp_path / "b.loom")[2] == SheetView(step=4, switches={"table": True})
    sheet.new()
    assert restored[3:] == [("then", None)], "what a file says nothing of stays as it is"
    sheet.undo_stack.undo()
    assert restored[4:] == [("step", 4), ("switches.table", True), ("then", None)]


def test_a_part_that_changes_is_worth_keeping_and_no_edit(sheet: Sheet[Dot], qtbot: QtBot) -> None:
    section = Section("Table", QWidget())
    qtbot.addWidget(section)
    sheet.keep_view([section_part("table", section)])
    with qtbot.waitSignal(sheet.progressed):
        section.set_open(False)
    assert not sheet.unsaved and not sheet.undo_stack.count()
    assert view_of(sheet.view_parts) == SheetView(switches={"table": False})
