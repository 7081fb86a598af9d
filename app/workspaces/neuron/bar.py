"""The actions of the neuron, and its part of the top bar: the walk, and the switch that asks first."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.kit import theme
from app.kit.actions import ActionSet, ActionSpec
from app.kit.icons import icon
from app.kit.translation import QT_TRANSLATE_NOOP
from app.kit.widgets.action_button import action_button
from app.workspaces.neuron.model import NeuronModel
from engine.neuron.tables import TABLES

MENUS = {"neuron": QT_TRANSLATE_NOOP("Actions", "&Neuron")}
TIPS = {
    "new": QT_TRANSLATE_NOOP("Actions", "Start over with XOR"),
    "save": QT_TRANSLATE_NOOP("Actions", "Save this neuron and its table"),
}

_TABLE_KEYS = ("Alt+A", "Alt+O", "Alt+T", "Alt+D", "Alt+R", "Alt+X", "Alt+J")
_TABLE_TEXTS = {
    "and": QT_TRANSLATE_NOOP("Actions", "Table AND"),
    "or": QT_TRANSLATE_NOOP("Actions", "Table OR"),
    "not": QT_TRANSLATE_NOOP("Actions", "Table NOT"),
    "nand": QT_TRANSLATE_NOOP("Actions", "Table NAND"),
    "nor": QT_TRANSLATE_NOOP("Actions", "Table NOR"),
    "xor": QT_TRANSLATE_NOOP("Actions", "Table XOR"),
    "majority": QT_TRANSLATE_NOOP("Actions", "Table majority"),
}
_TABLE_TIP = QT_TRANSLATE_NOOP("Actions", "Set this table as the target; the weights stay")

ACTIONS = (
    ActionSpec("neuron_play", "neuron", 0, QT_TRANSLATE_NOOP("Actions", "Walk the rows"),
               QT_TRANSLATE_NOOP("Actions", "Step through the rows, or let it learn while Train it is open; press "
                                            "again to pause"), ("Space",), "play"),
    ActionSpec("neuron_step", "neuron", 0, QT_TRANSLATE_NOOP("Actions", "Step"),
               QT_TRANSLATE_NOOP("Actions", "One stage forward; one row while Train it is open"), (".", "Shift+Space"),
               "step", repeats=True),
    ActionSpec("neuron_back", "neuron", 0, QT_TRANSLATE_NOOP("Actions", "Step back"),
               QT_TRANSLATE_NOOP("Actions", "One stage back, or unlearn the last row"), (",",), "step_back",
               repeats=True),
    ActionSpec("neuron_reset", "neuron", 0, QT_TRANSLATE_NOOP("Actions", "Reset"),
               QT_TRANSLATE_NOOP("Actions", "End the walk and show all rows (except those to be guessed), or go back "
                                            "to where learning began"), ("Ctrl+R",), "reset"),
    ActionSpec("neuron_predict", "neuron", 1, QT_TRANSLATE_NOOP("Actions", "Predict first"),
               QT_TRANSLATE_NOOP("Actions", "Hide every sum and its result until you've guessed it. Switching "
                                            "it off forgets your answers"), ("G",),
               checkable=True),
    ActionSpec("neuron_hidden", "neuron", 1, QT_TRANSLATE_NOOP("Actions", "Add a hidden layer"),
               QT_TRANSLATE_NOOP("Actions", "Open two units and a third in the playground, solved"), ("H",), "plus"),
    ActionSpec("neuron_answer", "neuron", 1, QT_TRANSLATE_NOOP("Actions", "Set weights that do it"),
               QT_TRANSLATE_NOOP("Actions", "Use weights that get the whole table right, if there are "
                                            "any"), ("Alt+S",)),
    ActionSpec("neuron_explain", "neuron", 1, QT_TRANSLATE_NOOP("Actions", "Where does the output come from?"),
               QT_TRANSLATE_NOOP("Actions", "Show how the output is computed, and check it"), ("O",)),
    *(ActionSpec(f"neuron_input_{number}", "neuron", 2, text,
                 QT_TRANSLATE_NOOP("Actions", "Turn this input from 0 to 1, or back"), (str(number),))
      for number, text in ((1, QT_TRANSLATE_NOOP("Actions", "Flip x₁")), (2, QT_TRANSLATE_NOOP("Actions", "Flip x₂")),
                           (3, QT_TRANSLATE_NOOP("Actions", "Flip x₃")))),
    ActionSpec("neuron_target", "neuron", 2, QT_TRANSLATE_NOOP("Actions", "Flip the target"),
               QT_TRANSLATE_NOOP("Actions", "Flip the target for the current inputs"), ("T",)),
    *(ActionSpec(f"neuron_table_{key}", "neuron", 3, _TABLE_TEXTS[key], _TABLE_TIP, (keys,))
      for key, keys in zip(TABLES, _TABLE_KEYS, strict=True)),
    ActionSpec("neuron_why", "view", 1, QT_TRANSLATE_NOOP("Actions", "Why"),
               QT_TRANSLATE_NOOP("Actions", "Why a line can separate this table, or why none can"), ("Alt+1",)),
    ActionSpec("neuron_settings", "view", 1, QT_TRANSLATE_NOOP("Actions", "All settings"),
               QT_TRANSLATE_NOOP("Actions", "Every setting on a grid, and how many rows each gets right"), ("Alt+2",)),
    ActionSpec("neuron_learn", "view", 1, QT_TRANSLATE_NOOP("Actions", "Train it"),
               QT_TRANSLATE_NOOP("Actions", "Let the perceptron rule learn it, step by step"), ("Alt+3",)),
    ActionSpec("neuron_outline", "view", 1, QT_TRANSLATE_NOOP("Actions", "Outline"),
               QT_TRANSLATE_NOOP("Actions", "The neuron as a tree, for keyboard and screen reader"), ("F4", "Alt+4")),
)  # fmt: skip


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
        """Name what Play does: the walk, or while the tab of learning is open the rule."""
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
