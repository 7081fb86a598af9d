"""The activations of one's own: a field for each, and an empty one for the next."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.workspaces.activations.own_editor import OwnEditor
from app.workspaces.activations.own_functions import Known
from app.workspaces.activations.shown import own_name
from engine.activations.comparison import Comparison, free_key


class OwnPart(QWidget):
    """``typed(key, text)``: by hand. ``parameter_moved(key, name, value)``: by hand. ``settled``: that is over.
    ``rested(key)``: a name that may still have grown is whole. ``finished(key)``: no more is typed; ``entered(key)``
    before that where it ends with Enter."""

    typed = Signal(str, str)
    parameter_moved = Signal(str, str, float)
    settled = Signal()
    rested = Signal(str)
    entered = Signal(str)
    finished = Signal(str)
    pointed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editors: dict[str, OwnEditor] = {}
        self._derivatives_hidden = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def show_comparison(self, value: Comparison, known: Mapping[str, Known | None]) -> None:
        """A field for each that there is, and one more; also those whose text is still being read."""
        owns = {one.key: one for one in value.own}
        following = free_key(value)
        reading = [key for key, editor in self.editors.items() if editor.reading]
        keys = sorted({*owns, *reading, *([following] if following is not None else ())})
        for key in [key for key in self.editors if key not in keys]:
            gone = self.editors.pop(key)
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for at, key in enumerate(keys):
            if key not in self.editors:
                self.editors[key] = self._made(key)
                self._column.insertWidget(at, self.editors[key])
            self.editors[key].show_own(owns.get(key), known.get(key))

    @property
    def unread(self) -> frozenset[str]:
        """Those that are drawn as they were before the text that is being typed, which cannot be read."""
        return frozenset(key for key, editor in self.editors.items() if editor.unread)

    def show_looked_at(self, known: Known, value: Comparison) -> bool:
        """What came of the text that is being typed; False where another one, or none, stands there by now."""
        editor = self.editors.get(known.key)
        if editor is None or editor.field.text() != known.text:
            return False
        editor.show_looked_at(known, next((one.text for one in value.own if one.key == known.key), ""))
        return True

    def hide_derivatives(self, hidden: bool) -> None:
        """Hide every derivative while slopes are to be guessed, or show them again."""
        self._derivatives_hidden = hidden
        for editor in self.editors.values():
            editor.hide_derivative(hidden)

    def hold(self, key: str, kept: str) -> None:
        """Leave a text that cannot be read where it is, while another expression is drawn."""
        if key in self.editors:
            self.editors[key].hold(kept)

    def forgive(self) -> None:
        """What has been typed and is in force nowhere is of no use any more."""
        for editor in self.editors.values():
            editor.forgive()

    def _made(self, key: str) -> OwnEditor:
        editor = OwnEditor(own_name(key))
        editor.hide_derivative(self._derivatives_hidden)
        editor.typed.connect(lambda text: self.typed.emit(key, text))
        editor.parameter_moved.connect(lambda name, value: self.parameter_moved.emit(key, name, value))
        editor.settled.connect(self.settled)
        editor.rested.connect(lambda: self.rested.emit(key))
        editor.entered.connect(lambda: self.entered.emit(key))
        editor.finished.connect(lambda: self.finished.emit(key))
        editor.pointed.connect(self.pointed)
        return editor
