"""The window's questions and dialogs as sheets: one at a time, and nothing behind them stops."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

Button = QMessageBox.StandardButton


class Questions(QObject):
    """Shows them over a window; each takes itself away."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.window = window
        self._dialog: QWidget | None = None

    def show(self, dialog: QDialog) -> None:
        """Open a sheet, in place of the one there is."""
        if self._dialog is not None:
            self._dialog.close()
        self._dialog = dialog
        dialog.finished.connect(self._forget)
        dialog.open()

    @Slot(int)
    def _forget(self, _result: int) -> None:
        dialog = self.sender()
        if dialog is self._dialog:
            self._dialog = None
        if isinstance(dialog, QWidget):
            dialog.deleteLater()

    def ask(
        self,
        name: str,
        text: str,
        about: str,
        answers: Mapping[Button, Callable[[], object]],
        *,
        usual: Button,
        labels: Mapping[Button, str] | None = None,
    ) -> None:
        """Ask something. ``answers``: the buttons and what each does, Escape the last one; ``usual``: what Enter says;
        ``labels``: of buttons that are to be called otherwise than Qt calls them. ``name``: of the box, for tests."""
        box = QMessageBox(self.window)
        box.setObjectName(name)
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(text)
        box.setInformativeText(about)
        for button in answers:
            box.addButton(button)
        for button, label in (labels or {}).items():
            box.button(button).setText(label)
            box.button(button).setIcon(QIcon())  # it says what the button was called
        box.setDefaultButton(usual)
        box.setEscapeButton(list(answers)[-1])

        def answered(result: int) -> None:
            answers.get(Button(result), _nothing)()

        box.finished.connect(answered)
        self.show(box)


def _nothing() -> None:
    """The box was closed for another one."""
