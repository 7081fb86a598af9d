"""One typed activation: its field with the place that is wrong, its problem, derivative and parameters."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import QEvent, QMimeData, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.announce import announce
from app.kit.formula.boxes import lay_out
from app.kit.formula.trees import markup_of_name
from app.kit.formula.view import FormulaView
from app.kit.origin.formula import FlowingFormula
from app.kit.translation import sentence_of
from app.kit.widgets.drag_number.slider import ValueSlider
from app.kit.widgets.growing_text import GrowingText
from app.kit.widgets.labels import wrapped
from app.kit.words import plain_tip
from app.workspaces.activations.functions import OwnExpression, own_name
from app.workspaces.activations.rules import derivative_of
from engine.activations.comparison import Comparison, OwnActivation, free_key
from engine.activations.typed import VARIABLES
from engine.autodiff import CONSTANTS, FUNCTIONS
from engine.autodiff.half_names import functions_from, name_at_end

PASSING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
"""The keyboard is elsewhere for a while, and comes back."""
UNDO_KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class OwnField(GrowingText):
    """A text field of one line. ``edited(text)``: by hand. ``finished``: by Enter, which is ``entered`` before that, or
    the keyboard has gone elsewhere.

    Undo is of letters while what is typed is not in force, and the window's afterwards.
    """

    edited = Signal(str)
    entered = Signal()
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quiet = False
        self.textChanged.connect(self._changed)

    def text(self) -> str:
        """Return what stands in it."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show another text, which is in force; nothing is told."""
        self._quiet = True
        try:
            self.setPlainText(text)
        finally:
            self._quiet = False
        self.take_on()

    @property
    def before_cursor(self) -> str:
        """Return what stands before the cursor; nothing where a letter or a bracket follows it, which belongs to
        that."""
        place, text = self.textCursor().position(), self.text()
        following = text[place : place + 1]
        return "" if following.isalnum() or following in ("_", "(") else text[:place]

    @property
    def waits(self) -> bool:
        """Return whether what has been typed is not in force yet."""
        return self.document().isModified()

    def take_on(self) -> None:
        """Take the text as in force: from now on undo is the window's."""
        self.document().setModified(False)

    def mark(self, start: int, length: int) -> None:
        """Draw a wave under the letters from ``start`` on; under the last one where that is their end, under none for a
        length of 0."""
        marked = QTextEdit.ExtraSelection()
        cursor, last = QTextCursor(self.document()), len(self.text())
        cursor.setPosition(max(min(start, last - 1), 0))
        cursor.setPosition(min(max(start + length, cursor.position() + 1), last), QTextCursor.MoveMode.KeepAnchor)
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        look.setUnderlineColor(theme.colour("danger"))
        marked.cursor, marked.format = cursor, look  # type: ignore[attr-defined]
        self.setExtraSelections([marked] if length > 0 and last else [])

    @Slot()
    def _changed(self) -> None:
        if not self._quiet:
            self.edited.emit(self.text())

    # Hands --------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """The keys of undo are the window's where there is nothing of one's own to be undone."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._is_the_windows(event)
        ):
            event.ignore()
            return False
        return super().event(event)

    def _is_the_windows(self, event: QKeyEvent) -> bool:
        return not self.waits and any(event.matches(key) for key in UNDO_KEYS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter begins no line: what was typed is what is meant."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            self.finished.emit()
        elif self._is_the_windows(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste as one line."""
        self.insertPlainText(" ".join(source.text().splitlines()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in PASSING:
            self.finished.emit()


EXAMPLE = "x*sigmoid(1.7*x)"
FORMULA_PIXELS, WIDEST = 14.0, 190.0
LOWEST, HIGHEST = -5.0, 5.0
REST_MS = 700
"""After so long without a letter, a name that begins no function's is taken as a parameter's."""
MOST_OFFERED = 4
"""So many functions are named that a name may become."""


class OwnEditor(QWidget):
    """``typed(text)``: another text, by hand. ``parameter_moved(name, value)``: by hand, until ``settled``.
    ``rested``: a name that may still have grown is whole. ``finished``: no more is typed; ``entered`` before that where
    it ends with Enter. ``pointed(key or None)``: at a symbol of the derivative. ``reading``: nobody knows yet what the
    text means, so that it stays, wherever the keyboard has gone."""

    typed = Signal(str)
    parameter_moved = Signal(str, float)
    pointed = Signal(object)
    settled = Signal()
    rested = Signal()
    entered = Signal()
    finished = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.field = OwnField()
        self.field.setPlaceholderText(EXAMPLE)
        self.field.setAccessibleName(self.tr("Expression of {name}").format(name=name))
        tip = self.tr(
            "An expression in x, such as x*sigmoid(b*x). It may use + − × ÷ ^, pi, e and {functions}.\nOther "
            "names become sliders. Clear it to remove the activation."
        )
        self.field.setToolTip(plain_tip(tip.format(functions=", ".join(FUNCTIONS))))
        self.field.edited.connect(self._type)
        self.field.entered.connect(self.entered)
        self.field.finished.connect(self.finished)
        self.problem = wrapped("", "problem")
        self.problem.hide()
        self.hint = wrapped()
        self.hint.hide()
        self.waiting = False
        """True while a name in the field may still grow, so that it is not read yet."""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.rested)
        self._wrong = ""
        self._held: str | None = None
        self.reading = False
        self.about = FlowingFormula(FORMULA_PIXELS)
        self.derivative = FormulaView(None, FORMULA_PIXELS, walkable=True)
        brackets = self.tr(
            "A comparison in square brackets, such as [x > 0], is 1 where it's true and 0 where it isn't; for "
            "a max or min, ½ where both sides are equal."
        )
        self.derivative.setToolTip(plain_tip(brackets))
        self.about.setToolTip(plain_tip(brackets))
        self.derivative.pointed.connect(self.pointed)
        self.about.hide()
        self.derivative.hide()
        self._known: OwnExpression | None = None
        self._derivative_hidden = False
        self.sliders: dict[str, ValueSlider] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        for widget in (self.field, self.problem, self.hint, self.derivative, self.about):
            self._column.addWidget(widget)

    @property
    def unread(self) -> bool:
        """Return whether what stands in the field cannot be read, so that what is drawn is another text."""
        return bool(self.problem.text())

    def show_own(self, own: OwnActivation | None, known: OwnExpression | None) -> None:
        """Show what the document has; what is being typed stays as it is typed."""
        text = own.text if own is not None else ""
        same = self.field.text().strip() == text.strip()
        typing = self.reading or (self.field.hasFocus() and (self.unread or self.field.waits or same))
        held = self.unread and self._held == text
        if not typing and not held and self.field.text() != text:
            self.field.set_text(text)
            self.forgive()
        if known is not None and known.problem is not None:
            self._say(sentence_of(known.problem))
            self.field.mark(*known.wrong)
        self._show_parameters(own, known)
        self._known = known
        self._tell()

    def show_looked_at(self, known: OwnExpression, kept: str) -> None:
        """Show what came of the text that is being typed. ``kept``: the expression that is still drawn meanwhile."""
        self.reading = False
        if known.problem is None:
            self.forgive()
            return
        self._wrong = sentence_of(known.problem)
        self.field.mark(*known.wrong)
        self._say_wrong(kept)

    def hold(self, kept: str) -> None:
        """Leave what cannot be read where it is, to be mended, as long as this expression is drawn instead."""
        self._held = kept
        self._say_wrong(kept)

    def _say_wrong(self, kept: str) -> None:
        still = self.tr("Still drawn: {text}").format(text=kept)
        self._say(f"{self._wrong}\n{still}" if kept else self._wrong)

    def forgive(self) -> None:
        """Nothing is wrong."""
        self._held, self.reading = None, False
        self.stop_waiting()
        self.field.take_on()
        self._say("")
        self.field.mark(0, 0)

    @Slot(str)
    def _type(self, text: str) -> None:
        self.reading = bool(text.strip())  # an empty one needs none
        self.typed.emit(text)

    def waits_for_name(self, known: Collection[str]) -> bool:
        """Return whether the name at the cursor is new and may still grow. Functions that it may become are said;
        ``rested`` follows where there are none. ``known``: the parameters that there are already."""
        self.stop_waiting()
        name = name_at_end(self.field.before_cursor)
        if not name or name in known or name in VARIABLES or name in CONSTANTS:
            return False
        self.waiting = True
        self._say("")
        self.field.mark(0, 0)
        functions = functions_from(name)
        if not functions:
            self._rest.start()
            return True
        offer = " ".join(f"{function}(…)" for function in functions[:MOST_OFFERED])
        self.hint.setText(f"{offer} ?" if len(functions) <= MOST_OFFERED else f"{offer} … ?")
        self.hint.show()
        return True

    def stop_waiting(self) -> None:
        """Wait no longer: the text is whole."""
        self.waiting = False
        self._rest.stop()
        self.hint.hide()

    def _say(self, sentence: str) -> None:
        if sentence != self.problem.text():
            self.problem.setText(sentence)
            self.problem.setVisible(bool(sentence))
            announce(self.field, sentence)

    def hide_derivative(self, hidden: bool) -> None:
        """Hide the derivative while it is to be guessed, or show it again."""
        if hidden is not self._derivative_hidden:
            self._derivative_hidden = hidden
            self._tell()

    def _tell(self) -> None:
        """The derivative: on one line where it can be read at this width, else over several."""
        known = None if self._derivative_hidden else self._known
        box = derivative_of(known) if known is not None else None
        wide = box is not None and bool(lay_out(box, FORMULA_PIXELS).width > WIDEST)
        if box is not None and wide:
            self.about.show_formula(box)  # before it is seen: it asks for another height only where its width is known
        elif box is not None:
            self.derivative.set_box(box)
        self.derivative.setVisible(box is not None and not wide)
        self.about.setVisible(wide)

    def _show_parameters(self, own: OwnActivation | None, known: OwnExpression | None) -> None:
        names = known.typed.parameters if known is not None and known.typed is not None else ()
        if tuple(self.sliders) != names:
            for slider in self.sliders.values():
                self._column.removeWidget(slider)
                slider.hide()
                slider.deleteLater()
            self.sliders = {name: self._slider(name) for name in names}
            for slider in self.sliders.values():
                self._column.addWidget(slider)
        for name, slider in self.sliders.items():
            if own is not None and name in own.parameters:
                value = own.parameters[name]
                if abs(value) > slider.number.maximum:  # of a file, or typed into the outline
                    slider.set_range(-abs(value), abs(value))
                slider.set_value(value)

    def _slider(self, name: str) -> ValueSlider:
        tip = self.tr("A parameter of {name}").format(name=self._name)
        slider = ValueSlider(f"${markup_of_name(name)}$", 1.0, LOWEST, HIGHEST, 0.01, name=name, tip=tip)
        slider.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        slider.moved.connect(lambda value, name=name: self.parameter_moved.emit(name, value))
        slider.settled.connect(self.settled)
        return slider


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

    def show_comparison(self, value: Comparison, known: Mapping[str, OwnExpression | None]) -> None:
        """A field for each that there is, and one more; also those whose text is still being read."""
        owns = {own.key: own for own in value.own}
        following = free_key(value)
        reading = [key for key, editor in self.editors.items() if editor.reading]
        keys = sorted({*owns, *reading, *([following] if following is not None else ())})
        for key in [key for key in self.editors if key not in keys]:
            gone = self.editors.pop(key)
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for place, key in enumerate(keys):
            if key not in self.editors:
                self.editors[key] = self._made(key)
                self._column.insertWidget(place, self.editors[key])
            self.editors[key].show_own(owns.get(key), known.get(key))

    @property
    def unread(self) -> frozenset[str]:
        """Those that are drawn as they were before the text that is being typed, which cannot be read."""
        return frozenset(key for key, editor in self.editors.items() if editor.unread)

    def show_looked_at(self, known: OwnExpression, value: Comparison) -> bool:
        """Return what came of the text that is being typed; False where another one, or none, stands there by now."""
        editor = self.editors.get(known.key)
        if editor is None or editor.field.text() != known.text:
            return False
        editor.show_looked_at(known, next((own.text for own in value.own if own.key == known.key), ""))
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
        """Forget texts that are not in force."""
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
