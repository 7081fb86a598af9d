"""The neuron's part of the top bar: the walk through the rows, and the switch that asks before it shows."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.kit import theme
from app.kit.actions import ActionSet
from app.kit.icons import icon
from app.kit.widgets.action_button import action_button
from app.workspaces.neuron.model import NeuronModel


class NeuronBar(QWidget):
    """Play, step, and reset once there is something to go back from; predict first."""

    def __init__(self, model: NeuronModel, actions: ActionSet) -> None:
        super().__init__()
        self._model, self._actions = model, actions
        self._state = {"playing": False, "learning": False, "begun": False}
        self._rows = 0
        self.play_button = QPushButton()
        self.play_button.setProperty("role", "primary")
        self.play_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.play_button.setIconSize(QSize(16, 16))
        self.play_button.clicked.connect(actions["neuron_play"].trigger)
        self.step, self.reset = (action_button(actions[f"neuron_{name}"], "pill") for name in ("step", "reset"))
        self.predict = action_button(actions["neuron_predict"], "chip")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 6, 0)
        row.setSpacing(4)
        for button in (self.play_button, self.step, self.reset):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.predict)
        model.changed.connect(self._follow)
        theme.notifier().changed.connect(self._retint)
        self._follow()

    def show_playing(self, *, playing: bool, learning: bool, begun: bool) -> None:
        """What Play does: the walk, or while the tab of learning is open the rule."""
        self._state = {"playing": playing, "learning": learning, "begun": begun}
        action = self._actions["neuron_play"]
        walk = self.tr("Walk the {count} rows").format(count=self._rows)
        text = self.tr("Pause") if playing else self.tr("Learn it") if learning else walk
        action.setText(text)
        self.play_button.setText(text)
        self.play_button.setAccessibleName(text)
        self.play_button.setToolTip(action.toolTip())
        self.reset.setVisible(begun)
        self._retint()

    @Slot()
    def _retint(self) -> None:
        self.play_button.setIcon(icon("pause" if self._state["playing"] else "play", "on_accent"))

    @Slot()
    def _follow(self) -> None:
        if self._rows != len(self._model.content.targets):
            self._rows = len(self._model.content.targets)
            self.show_playing(**self._state)
