"""The foot of the right column: the marked function into the layer, and out of it again."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.kit.widgets.column import MARGIN
from app.kit.widgets.labels import wrapped
from app.kit.words import letters


class UseFoot(QFrame):
    """``use`` and ``undo`` are its buttons. ``resized``: it wants another height."""

    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.use = QPushButton(self.tr("Use it in the layer"))
        self.use.setProperty("role", "primary")
        self.use.setToolTip(
            self.tr(
                "Put the marked activation into the playground's layer (Ctrl+Return); Ctrl+Z takes it back while it is"
                " the newest step"
            )
        )
        self.undo = QPushButton()
        self.undo.setAccessibleName(self.tr("Undo"))
        self.undo.setToolTip(
            self.tr("Give the playground's layer back the activation that it had (Ctrl+Z while it is the newest step)")
        )
        self.undo.hide()
        self.why = wrapped()
        self.why.hide()
        buttons = self._buttons = QHBoxLayout()
        buttons.addWidget(self.use)
        buttons.addStretch(1)
        buttons.addWidget(self.undo)
        self._undo_text = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(MARGIN, 6, MARGIN, 8)
        self._column.setSpacing(6)
        self._column.addWidget(self.why)
        self._column.addLayout(buttons)

    def event(self, event: QEvent) -> bool:
        """What it says has become longer or shorter."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.resized.emit()
        return super().event(event)

    def height_for(self, width: int) -> int:
        """The height that all of it takes in this width; none where there is nothing to say or to press."""
        if all(part.isHidden() for part in (self.why, self.use, self.undo)):
            return 0
        self._fit(width - 2 * MARGIN)
        wanted = self._column.heightForWidth(width)
        return wanted if wanted > 0 else self._column.sizeHint().height()

    def _fit(self, room: int) -> None:
        """Both buttons beside each other, that of undoing with fewer words if need be; else one above the other."""
        wide = self._buttons.direction()
        texts = (self._undo_text, self.tr("Undo")) if not self.undo.isHidden() else ("",)
        for text in texts:
            if text and self.undo.text() != letters(text):
                self.undo.setText(letters(text))
            shown = [button for button in (self.use, self.undo) if not button.isHidden()]
            taken = sum(button.sizeHint().width() for button in shown) + self._buttons.spacing() * len(shown)
            wide = QBoxLayout.Direction.LeftToRight if taken <= room else QBoxLayout.Direction.TopToBottom
            if taken <= room:
                break
        if wide is not self._buttons.direction():
            self._buttons.setDirection(wide)

    def show_layer(self, function: str, layer: str, refusal: str, put_into: str) -> None:
        """``function`` may go into ``layer``, unless there is a ``refusal``, which is then said in the button's place;
        one was put into ``put_into`` just now."""
        self.why.setText(refusal)
        self.why.setVisible(bool(refusal))
        self.use.setVisible(bool(function) and bool(layer) and not refusal)
        self.use.setText(letters(self.tr("Use {function} in {layer}").format(function=function, layer=layer)))
        self.use.setEnabled(not refusal)
        self.undo.setVisible(bool(put_into))
        self._undo_text = self.tr("Undo in {layer}").format(layer=put_into)
        self.undo.setText(letters(self._undo_text))
        self.undo.setAccessibleName(self._undo_text)
