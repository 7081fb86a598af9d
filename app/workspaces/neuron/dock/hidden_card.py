"""What one line cannot do, two and a third unit can: three miniature planes, and the way to the playground."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.icons import icon
from app.kit.numbers import plain
from app.kit.widgets.labels import Label, Sentence
from app.kit.widgets.tone import mark, restyle
from app.kit.words import plain_tip
from app.workspaces.neuron.dock.layer_picture import LayerPicture
from app.workspaces.neuron.model import NeuronModel
from app.workspaces.neuron.steady import Steady
from app.workspaces.neuron.words import parameter_text, weight_name
from engine.neuron.hidden import HiddenLayer, bias_there, hidden_layer

ROOMY = 320
"""Pixels from which on there is room for words beside the button."""


class HiddenCard(QFrame):
    """``wanted(layer)``: open it in the playground. ``answer_wanted(unit)``: take the setting that does the table."""

    wanted = Signal(object)
    answer_wanted = Signal(object)

    def __init__(self, model: NeuronModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._model = model
        self.layer: HiddenLayer | None = None
        self._shown: tuple[object, ...] = ()
        self._dressed: tuple[object, ...] = ()
        self._title, self._badge = Label(), Label()
        self._title.setWordWrap(True)
        self._title.setProperty("role", "title")
        self.picture = LayerPicture()
        self._about = Sentence()
        self._about.setProperty("role", "muted")
        self._words = Steady(self._about)
        self.button = QPushButton()
        self.button.setProperty("role", "proposal")
        self.button.clicked.connect(self._press)
        self._lay_out()
        model.changed.connect(self._follow)
        theme.follow(self._restyle)

    def _lay_out(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        self._foot = foot
        head.addWidget(self._title, 1)
        head.addWidget(self._badge)
        foot.addWidget(self._words, 1)
        foot.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 10)
        column.setSpacing(5)
        column.addLayout(head)
        column.addWidget(self.picture, 1)
        column.addLayout(foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, the words are in the picture's tooltip."""
        super().resizeEvent(event)
        roomy = self.width() >= ROOMY
        self._words.setVisible(roomy)
        self._badge.setVisible(roomy)
        self._foot.setDirection(QBoxLayout.Direction.LeftToRight if roomy else QBoxLayout.Direction.TopToBottom)

    @Slot()
    def _restyle(self) -> None:
        self._shown = ()
        self._follow()

    @Slot()
    def _follow(self) -> None:
        content, reading = self._model.content, self._model.reading
        known = self._model.all_known
        state = (content.targets, content.unit, reading.why_none, known)
        if state == self._shown:
            return
        self._shown = state
        solvable = reading.why_none is None
        self.layer = None if solvable else hidden_layer(content.unit, content.targets)
        self.picture.show_layer(content.unit, content.targets, self.layer, reading.answer, counted=known)
        good = theme.current().good
        restyle(self._badge, f"color: {good}; font-size: 12px; font-weight: 600;")
        if solvable:
            self._show_answer(len(content.targets))
        else:
            self._show_layer(len(content.targets))

    def _say(self, words: str) -> None:
        self._about.set_full_text(words)
        self.picture.setToolTip(plain_tip(words))
        self.picture.setAccessibleDescription(words)

    def _show_answer(self, total: int) -> None:
        answer = self._model.reading.answer
        assert answer is not None
        self._title.setText(self.tr("One unit is enough"))
        self._badge.setText(self.tr("✓ {right} of {total} right").format(right=total, total=total))
        names = [*(weight_name(index) for index in range(answer.inputs)), "b"]
        values = (*answer.weights, answer.bias)
        written = ", ".join(f"{name}\u00a0=\u00a0{plain(value)}" for name, value in zip(names, values, strict=True))
        words = self.tr("Of all weights from −2 to 2 that are whole, these keep farthest from the points: {values}.")
        if not any(answer.weights):
            words = self.tr("Without weights it does the same for every input: {values}.")
        self._say(words.format(values=written))
        content = self._model.content
        taken = (answer.weights, answer.bias) == (content.weights, content.bias)
        self._dress_button(self.tr("Set it like this"), self.tr("Take these weights; undo takes it back"), on=not taken)

    def _show_layer(self, total: int) -> None:
        layer = self.layer
        two_inputs = len(self._model.content.weights) == 2
        lines, planes = self.tr("Two lines and a third unit do it"), self.tr("Two planes and a third unit do it")
        self._title.setText(lines if two_inputs else planes)
        tip = self.tr("Open this network, solved, in the playground (H)")
        if layer is None:
            self._title.setText(self.tr("Two planes are not enough here"))
            self._badge.setText("")
            self._say(self.tr("This table takes three hidden units: try majority, or another target."))
            tip = self._about.full_text
        else:
            self._badge.setText(self.tr("✓ {right} of {total} right").format(right=total, total=total))
            kept = self.tr("It keeps your neuron as h₁. There 0 and 1 lie at −3 and 3, so b = {b} becomes {there}.")
            reading = self._model.reading
            b, there = (parameter_text(value, reading) for value in (layer.first.bias, bias_there(layer.first)))
            kept = kept.format(b=b, there=there)
            other = self.tr("Your neuron parts nothing that helps here, so h₁ is another one.")
            three = self.tr("The playground's plane has two inputs, so only tables of two open there.")
            two = kept if layer.keeps else other
            self._say(two if two_inputs else three)
            tip = tip if two_inputs else three
        self._dress_button(self.tr("Add a hidden layer"), tip, on=layer is not None and two_inputs, strong=True)

    def _dress_button(self, text: str, tip: str, *, on: bool, strong: bool = False) -> None:
        look = (text, tip, on, theme.current().name)
        if look == self._dressed:
            return
        self._dressed = look
        self.button.setText(text)
        self.button.setToolTip(plain_tip(tip))
        self.button.setAccessibleName(text)
        self.button.setEnabled(on)
        mark(self.button, "strong", strong and on)
        self.button.setIcon(icon("plus", "on_accent" if on else "text_muted") if strong else icon("check", "accent"))

    @Slot()
    def _press(self) -> None:
        if self._model.reading.answer is not None:
            self.answer_wanted.emit(self._model.reading.answer)
        elif self.layer is not None:
            self.wanted.emit(self.layer)
