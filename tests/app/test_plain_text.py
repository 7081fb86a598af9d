"""Names of files, columns, classes, blocks and runs are letters wherever they stand: nothing in them is markup."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox, QTabBar, QWidget
from pytestqt.qtbot import QtBot

import app
from app.kit.folders import data_folder
from app.kit.words import letters, plain_tip, wrapped_tip
from app.workspaces.playground.panels.import_sheet import ImportSheet
from app.workspaces.recommender.data.mapping_dialog import MappingDialog
from app.workspaces.recommender.page import (
    RUNS,
    RecommenderPage,
)
from engine.recommenders.running.runs import list_runs, rename
from tests.app.plain_text import HOSTILE, as_shown, misread, point_at_everything
from tests.app.window_rig import Opened, opened_window
from tests.app.workspaces.recommender.test_home import finished

WAIT_MS = 60_000
KINDS = ("a", "b")
pytestmark = pytest.mark.usefixtures("unopened_picture")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Every name of it is hostile."""
    path = tmp_path / f"{HOSTILE}.csv"
    rows = [f"{n % 7},{n % 5},{HOSTILE}{KINDS[n % 3 == 0]},{HOSTILE}{n % 4},{n % 9}" for n in range(60)]
    path.write_text(f"{HOSTILE}1,{HOSTILE}2,{HOSTILE}kind,{HOSTILE}sort,A&B\n" + "\n".join(rows) + "\n", "utf-8")
    return path


def wrong_in(window: QWidget) -> list[str]:
    QApplication.processEvents()
    return sorted({*misread(window), *point_at_everything(window)})


# The words --------------------------------------------------------------------------------------------------------


TEXTS = (HOSTILE, "<b>", "<?xml version='1.0'?><b>x", "<!doctype html>", "x &lt;b&gt;", "a\n<b>b</b>", "1 < 2", "a & b")


@pytest.mark.parametrize("text", TEXTS)
def test_a_plain_tip_is_shown_letter_by_letter(text: str) -> None:
    tip = plain_tip(text)
    assert not Qt.mightBeRichText(tip) and as_shown(tip, rich=False) == text and plain_tip(tip) == tip
    assert as_shown(wrapped_tip("", text), rich=True).split() == text.split()
    assert letters(text).replace("&&", "&") == text


# The window -------------------------------------------------------------------------------------------------------


def test_the_playground_shows_names_as_letters(qtbot: QtBot, tmp_path: Path, table: Path) -> None:
    with opened_window() as opened:
        page, window = opened.page, opened.window
        window.files.open(table)
        qtbot.waitUntil(lambda: len(page.network.dataset.classes) == 2, timeout=WAIT_MS)
        for block in page.network.graph.blocks:
            page.canvas.edits.rename(block.id, f"{HOSTILE} {block.id}")
        qtbot.waitUntil(lambda: page.trainer.snapshot is not None, timeout=WAIT_MS)
        opened.actions["outline_panel"].setChecked(True)
        assert not wrong_in(window)
        for block in page.network.graph.blocks:
            page.canvas.selection.choose([block.id])
            assert not wrong_in(window)
        plots = page.panes.plots.findChildren(QTabBar)[0]
        for tab in range(plots.count()):
            plots.setCurrentIndex(tab)
            assert not wrong_in(window)


def test_files_titles_and_questions_show_names_as_letters(qtbot: QtBot, tmp_path: Path) -> None:
    with opened_window() as opened:
        window, page = opened.window, opened.page
        for key in window.pages.workspaces:
            window.visit(key)
            window.pages.build_all()
            document = window.pages.current.document
            if document is not None:
                window.files.write(document, tmp_path / f"{HOSTILE} {key}.loom")
            assert not wrong_in(window)
        window.visit("playground")
        page.document.load(replace(page.network.to_file(), title=HOSTILE), tmp_path / f"{HOSTILE} playground.loom")
        block = page.network.graph.blocks[0].id
        page.canvas.edits.rename(block, HOSTILE)
        page.network.edit(f"Set {HOSTILE}", hyper=page.network.hyper.model_copy(update={"seed": 77}))
        assert not wrong_in(window)
        window.files.when_safe(page, lambda: None)
        (box,) = window.findChildren(QMessageBox)
        assert HOSTILE in box.text() and box.textFormat() is Qt.TextFormat.PlainText
        box.done(QMessageBox.StandardButton.Cancel)
        window.files.open(tmp_path / f"{HOSTILE}, gone.loom")
        assert HOSTILE in window.messages.text
        assert not [one for menu in window.findChildren(QMenu) for one in misread(menu)]
        assert not wrong_in(window)


def test_a_table_to_be_imported_or_learned_from_shows_names_as_letters(qtbot: QtBot, table: Path) -> None:
    with opened_window() as opened:
        opened.window.files.open(table, copy=True)
        qtbot.waitUntil(lambda: _sheet(opened) is not None)
        sheet = cast(ImportSheet, _sheet(opened))
        qtbot.waitUntil(lambda: sheet.use.isEnabled(), timeout=WAIT_MS)
        assert not wrong_in(sheet)
        sheet.close()
        opened.window.visit("recommender")
        dialog = MappingDialog(table, opened.window)
        qtbot.waitUntil(lambda: not dialog._reading.busy, timeout=WAIT_MS)
        dialog.show()
        assert not wrong_in(dialog)
        dialog.close()


def _sheet(opened: Opened) -> QWidget | None:
    return opened.window.findChild(ImportSheet)


@pytest.mark.torch
def test_runs_with_hostile_names_stand_at_home_as_letters(qtbot: QtBot) -> None:
    root = data_folder(RUNS)
    rename(finished(root, 0.3), HOSTILE)
    with opened_window(home="recommender") as opened:
        page = cast(RecommenderPage, opened.window.pages.current)
        qtbot.waitUntil(lambda: len(page.home.runs) == len(list_runs(root)))
        assert page.home.table.model().index(0, 0).data() == HOSTILE
        assert not wrong_in(opened.window)


# How it stays so --------------------------------------------------------------------------------------------------

TIPS = {"setToolTip": 0, "setStatusTip": 0, "setWhatsThis": 0, "setTabToolTip": 1, "showText": 1}
"""Calls that take a tooltip, and which argument it is."""
MADE_PLAIN = {"plain_tip", "wrapped_tip", "worded", "worded_action", "_tr"}
OWN_MARKUP = {"app/builder/canvas/hit.py"}
"""Shows what :func:`wrapped_tip` has made."""


def _is_ours(node: ast.expr) -> bool:
    """Whether a text is one of our own sentences, or made plain."""
    match node:
        case ast.Constant():
            return True
        case ast.IfExp(body=one, orelse=other):
            return _is_ours(one) and _is_ours(other)
        case ast.Call(func=ast.Name(id=name)):
            return name in MADE_PLAIN
        case ast.Call(func=ast.Attribute(attr="tr" | "translate" | "toolTip" | "statusTip" | "whatsThis"), args=given):
            return all(isinstance(one, ast.Constant) for one in given)
    return False


def _modules(*names: str) -> Iterator[tuple[str, ast.Module]]:
    """The modules in which one of the names is written: to parse the others would take longer than all the rest."""
    root = Path(app.__file__).parent
    for path in sorted(root.rglob("*.py")):
        text = path.read_text("utf-8")
        if any(name in text for name in names):
            yield path.relative_to(root.parent).as_posix(), ast.parse(text)


def test_tooltips_are_ours_or_made_plain() -> None:
    wrong = [
        f"{name}:{call.lineno}"
        for name, module in _modules(*TIPS)
        if name not in OWN_MARKUP
        for call in ast.walk(module)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in TIPS
        if len(call.args) > TIPS[call.func.attr] and not _is_ours(call.args[TIPS[call.func.attr]])
    ]
    assert not wrong


def test_labels_are_the_kit_s_which_are_plain() -> None:
    wrong = [
        f"{name}:{node.lineno}"
        for name, module in _modules("QLabel")
        if name != "app/kit/widgets/labels.py"
        for node in ast.walk(module)
        if (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "QLabel")
        or (isinstance(node, ast.ClassDef) and "QLabel" in [getattr(base, "id", "") for base in node.bases])
    ]
    assert not wrong
