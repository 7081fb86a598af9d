"""The dialogs that Qt itself makes speak the window's language."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.shell.application import LACKING_IN_QT, Application
from app.shell.settings import Settings
from app.workspaces import workspaces

CHINESE, LETTERS = re.compile("[\u4e00-\u9fff]"), re.compile("[A-Za-z]{3}")


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    """A program that was started in Chinese; what it gives the whole application, it does not take back."""
    font, settings = qapp.font(), Settings()
    settings.language = "zh_CN"
    program = Application(qapp, settings, workspaces)
    yield
    program.window.close_for_good()
    program.window.deleteLater()
    for translator in program._translators:
        qapp.removeTranslator(translator)
    qapp.setFont(font)
    program.deleteLater()


def english_of(widget: QWidget) -> set[str]:
    """What stands on a dialog's labels and buttons and has no Chinese in it."""
    texts = {label.text() for label in widget.findChildren(QLabel)}
    texts |= {button.text() for button in widget.findChildren(QAbstractButton)}
    tips = {part.toolTip() for part in widget.findChildren(QWidget)}
    return {text for text in texts | tips if LETTERS.search(text) and not CHINESE.search(text)}


def test_files_are_asked_for_in_chinese(chinese: None, qtbot: QtBot) -> None:
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    dialog.show()
    assert english_of(dialog) <= {text for context, text in LACKING_IN_QT if context == "QFileDialog"}
    assert all(CHINESE.search(QCoreApplication.translate(context, text)) for context, text in LACKING_IN_QT)


def test_questions_are_answered_in_chinese(chinese: None, qtbot: QtBot) -> None:
    box, buttons = QMessageBox(), QMessageBox.StandardButton
    qtbot.addWidget(box)
    box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel | buttons.Ok | buttons.Yes | buttons.Close)
    assert all(CHINESE.search(button.text()) for button in box.buttons())


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_so_are_the_menus_of_fields(chinese: None, qtbot: QtBot, kind: type[QLineEdit | QPlainTextEdit]) -> None:
    field = kind("text")
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    assert all(CHINESE.search(action.text()) for action in menu.actions() if not action.isSeparator())
    menu.deleteLater()
