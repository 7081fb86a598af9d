"""How large the picture is shown, and the buttons that change it, in a corner of the picture."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from app.kit.numbers import percent


class ZoomBar(QFrame):
    """Fit, smaller, the scale (a click shows the picture at its own size), larger: four actions of the picture's."""

    def __init__(self, fit: QAction, smaller: QAction, actual: QAction, larger: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 1, 3, 1)
        row.setSpacing(0)
        self._scale = self._button(actual, "100 %")
        self._scale.setMinimumWidth(46)
        for button in (self._button(fit, ""), self._button(smaller, "−"), self._scale, self._button(larger, "+")):
            row.addWidget(button)
        self.adjustSize()

    def _button(self, action: QAction, text: str) -> QToolButton:
        button = QToolButton()
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # each is an action with a key of its own
        button.setIconSize(QSize(15, 15))
        button.setMinimumSize(22, 22)
        button.setText(text)
        if not text:
            button.setIcon(action.icon())
            action.changed.connect(lambda: button.setIcon(action.icon()))
        button.setToolTip(action.toolTip())
        button.setAccessibleName(action.text())
        button.clicked.connect(action.trigger)
        return button

    def show_scale(self, scale: float) -> None:
        """Say how large the picture is shown."""
        self._scale.setText(percent(scale))
