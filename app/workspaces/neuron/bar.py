"""The neuron's part of the top bar: the walk through the rows, and the numbers that matter most."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.kit import theme
from app.kit.actions import ActionSet
from app.kit.icons import icon
from app.kit.numbers import NOTHING
from app.kit.widgets.action_button import action_button
from app.kit.widgets.giving_way import give_way
from app.kit.widgets.labels import Label
from app.kit.widgets.readout import Readout
from app.kit.widgets.tone import restyle
from app.workspaces.neuron.model import NeuronModel
from app.workspaces.neuron.words import parameter_text, row_name, table_name


class NeuronBar(QWidget):
    """Play, step, reset; rows right, threshold, inputs; the switch that asks before it shows."""

    def __init__(self, model: NeuronModel, actions: ActionSet) -> None:
        super().__init__()
        self._model, self._actions = model, actions
        self._playing, self._learning = False, False
        self._shape: tuple[object, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 6, 0)
        self._row.setSpacing(4)
        self._add_transport()
        self._add_readouts()
        self._row.addStretch(1)
        self.table_chip = Label()
        self.table_chip.setProperty("role", "chip")
        self.table_chip.setToolTip(self.tr("The table that it should compute, and the output function"))
        self.predict = action_button(actions["neuron_predict"], "chip")
        self._row.addWidget(self.table_chip)
        self._row.addWidget(self.predict)
        model.changed.connect(self._follow)
        theme.notifier().changed.connect(self._retint)
        theme.follow(self._follow)
        self.show_playing(playing=False, learning=False)

    def _add_transport(self) -> None:
        self.play_button = QPushButton()
        self.play_button.setProperty("role", "primary")
        self.play_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.play_button.setIconSize(QSize(16, 16))
        self.play_button.clicked.connect(self._actions["neuron_play"].trigger)
        self._row.addWidget(self.play_button)
        self._row.addSpacing(4)
        self.buttons = {name: action_button(self._actions[name], "pill") for name in ("neuron_step", "neuron_reset")}
        for button in self.buttons.values():
            self._row.addWidget(button)

    def _add_readouts(self) -> None:
        self._row.addSpacing(10)
        self.readouts = {
            "right": Readout(self.tr("ROWS RIGHT"), self.tr("Rows of the truth table that it does right"), "8 of 8"),
            "theta": Readout(self.tr("THRESHOLD θ = −b"), self.tr("It fires where w·x ≥ θ"), "−88.88", asks=True),
            "input": Readout(self.tr("INPUT"), self.tr("The inputs that are on"), "x = (1, 1, 1)"),
        }
        for number, readout in enumerate(self.readouts.values()):
            if number:
                self._row.addSpacing(10)
            self._row.addWidget(readout)
            readout.outgrown.connect(self._make_room)

    # Showing ---------------------------------------------------------------------------------------------------------

    def show_playing(self, *, playing: bool, learning: bool) -> None:
        """What Play does: the walk, or while the tab of learning is in front the rule."""
        self._playing, self._learning = playing, learning
        action = self._actions["neuron_play"]
        count = len(self._model.content.targets)
        walk = self.tr("Walk the {count} rows").format(count=count)
        text = self.tr("Pause") if playing else self.tr("Learn it") if learning else walk
        action.setText(text)
        self.play_button.setText(text)
        self.play_button.setAccessibleName(text)
        self.play_button.setToolTip(action.toolTip())
        self._retint()
        self._make_room()

    def showEvent(self, event: QShowEvent) -> None:
        """Read-outs take the width that the style in force needs."""
        super().showEvent(event)
        for readout in self.readouts.values():
            readout.fit()
        self._make_room()

    @Slot()
    def _retint(self) -> None:
        self.play_button.setIcon(icon("pause" if self._playing else "play", "on_accent"))

    @Slot()
    def _follow(self) -> None:
        reading, model = self._model.reading, self._model
        right, known = model.known_right
        total = len(reading.rows)
        self.readouts["right"].say(self.tr("{right} of {total}").format(right=right, total=known) if known else NOTHING)
        self.readouts["theta"].say(parameter_text(reading.unit.threshold, reading))
        self.readouts["input"].say(f"x = {row_name(reading.content.x)}")
        tone = "text" if known < total else "good" if right == total else "danger"
        restyle(self.readouts["right"].value, f"color: {getattr(theme.current(), tone)};")
        outputs = {"step": self.tr("step"), "logistic": self.tr("logistic"), "tanh": "tanh"}
        self.table_chip.setText(f"{table_name(reading.table_key)} · {outputs[reading.content.output]}(z)")
        shape = (total, reading.table_key, reading.content.output)
        if shape != self._shape:
            self._shape = shape
            self.show_playing(playing=self._playing, learning=self._learning)

    def minimumSizeHint(self) -> QSize:
        """Narrower than everything together: read-outs give way."""
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Hide the least important first, until the rest fits."""
        parts = (self.table_chip, self.readouts["input"], self.readouts["theta"])
        give_way(self._row, self.width(), ((part, True) for part in parts))
