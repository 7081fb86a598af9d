"""The playground's part of the top bar: the transport of training, and the numbers that matter most."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.kit import theme
from app.kit.actions import ActionSet
from app.kit.icons import icon, set_icon
from app.kit.numbers import NOTHING, accuracy_text, epoch_text, grouped, loss_text, speed_text
from app.kit.widgets.action_button import action_button
from app.kit.widgets.flow import give_way
from app.kit.widgets.labels import Label
from app.kit.widgets.readout import Readout
from app.kit.widgets.values import WholeSpinBox
from app.kit.words import plain_tip
from app.network.document import Document
from app.network.speed import FULL, SPEEDS, SpeedControl
from app.network.trainer import Trainer

MORE_WIDTH = 26
PLAY_WIDTH, TIGHT_PLAY_WIDTH = 94, 90
SPACING, TIGHT_SPACING, READOUT_GAP = 4, 3, 6
TIGHT_BELOW = 630
"""Pixels: a narrower bar, such as at 150 % on a small screen, is tightened so that it keeps all its readouts."""


class TransportBar(QWidget):
    """Transport, read-outs and pills. ``asked(key)``: where does this number come from?"""

    asked = Signal(str)

    def __init__(self, document: Document, trainer: Trainer, actions: ActionSet, speed: SpeedControl) -> None:
        super().__init__()
        self._document, self._trainer, self._actions = document, trainer, actions
        self._backend = ""
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACING)
        self._readout_gaps: list[QSpacerItem] = []
        self._runs = 0
        self._add_transport()
        self._add_readouts()
        self._add_pills(speed)
        self._connect(speed)
        self.show_running(trainer.running)
        self._summarise()

    # Building -----------------------------------------------------------------------------------------------------

    def _add_transport(self) -> None:
        self.play_button = QPushButton()
        self.play_button.setProperty("role", "primary")
        self.play_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.play_button.setIconSize(QSize(16, 16))
        self.play_button.setFixedWidth(PLAY_WIDTH)
        self.play_button.setToolTip(self._actions["play"].toolTip())
        self.play_button.clicked.connect(self._actions["play"].trigger)
        self._row.addWidget(self.play_button)
        self._row.addSpacing(4)
        self.step_button = self._split_button("step", "epoch")
        self.reset_button = self._split_button("reset", "reset_new_seed")

    def _split_button(self, usual: str, other: str) -> QToolButton:
        """A button that does what is usual, and has the other thing in its menu."""
        button = action_button(self._actions[usual], "pill")
        menu = QMenu(button)
        menu.addActions([self._actions[usual], self._actions[other]])
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self._row.addWidget(button)
        return button

    def _add_readouts(self) -> None:
        self._row.addSpacing(8)
        tr = self.tr
        self.readouts = {
            "epoch": Readout(tr("EPOCH"), tr("How many times each training sample has been seen"), "888.88", asks=True),
            "train_loss": Readout(
                tr("TRAIN LOSS"), tr("Mean loss over the training set: what training lowers"), "8.8·10⁻⁸⁸", accent=True,
                asks=True,
            ),
            "test_loss": Readout(
                tr("TEST LOSS"),
                tr("Mean loss over samples never used in training; if it rises while the training loss falls, the "
                    "network is memorising its samples"),
                "8.8·10⁻⁸⁸",
                asks=True,
            ),
            "accuracy": Readout(tr("TEST ACCURACY"), "", "100.0 %", asks=True),
        }  # fmt: skip
        for number, (key, readout) in enumerate(self.readouts.items()):
            if number:
                self._readout_gaps.append(QSpacerItem(READOUT_GAP, 0))
                self._row.addSpacerItem(self._readout_gaps[-1])
            self._row.addWidget(readout)
            readout.asked.connect(partial(self.asked.emit, key))
            readout.outgrown.connect(self._make_room)
        self._row.addStretch(1)

    def _add_pills(self, speed: SpeedControl) -> None:
        self.runs_pill = QToolButton()
        self.runs_pill.setProperty("role", "chip")
        self.runs_pill.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.runs_pill.setCheckable(True)
        self.runs_pill.setAccessibleName(self._actions["runs_page"].text())
        self.runs_pill.setToolTip(self._actions["runs_page"].toolTip())
        self.runs_pill.clicked.connect(self._actions["runs_page"].setChecked)
        self._actions["runs_page"].toggled.connect(self.runs_pill.setChecked)
        self.runs_pill.hide()
        self.stop_pill = self._chip(self._actions["stop_after"])
        self.speed_pill = QToolButton()
        self.speed_pill.setProperty("role", "chip")
        self.speed_pill.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.speed_pill.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.speed_pill.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        set_icon(self.speed_pill, "speed")
        self.speed_pill.setAccessibleName(self.tr("Speed"))
        self.speed_pill.setToolTip(self.tr("Training speed. Slow lets you follow every step"))
        menu = QMenu(self.speed_pill)
        for index, choice in enumerate(SPEEDS):
            action = menu.addAction(choice.label)
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, index=index: speed.choose(index))
        self.speed_pill.setMenu(menu)
        for pill in (self.runs_pill, self.stop_pill, self.speed_pill):
            pill.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            self._row.addWidget(pill)
        self.more = self._more_button(menu)
        self._row.addWidget(self.more)
        self._row.addSpacing(4)
        self._speed = speed
        self._show_speed(speed.index)

    def _more_button(self, speeds: QMenu) -> QToolButton:
        """Has what can be done by pills that have no room."""
        button = QToolButton()
        button.setProperty("role", "chip")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setText("»")
        button.setFixedWidth(MORE_WIDTH)
        button.setAccessibleName(self.tr("More of the bar"))
        button.setToolTip(self.tr("What doesn't fit in the bar: speed, and when to stop"))
        menu = QMenu(button)
        speeds.setTitle(self.tr("Speed"))
        menu.addMenu(speeds)
        menu.addActions([self._actions["stop_after"], self._actions["runs_page"]])
        button.setMenu(menu)
        button.hide()
        return button

    def _connect(self, speed: SpeedControl) -> None:
        self._trainer.legible.changed.connect(self._follow)
        self._trainer.running_changed.connect(self.show_running)
        self._document.hyper_changed.connect(self._summarise)
        self._document.dataset_loaded.connect(self._summarise)
        speed.changed.connect(self._show_speed)
        theme.notifier().changed.connect(self._retint)

    def _chip(self, action: QAction) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "chip")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        set_icon(button, "flag")
        button.setToolTip(action.toolTip())
        button.setAccessibleName(action.text())
        button.clicked.connect(action.trigger)
        return button

    # Showing ------------------------------------------------------------------------------------------------------

    @Slot()
    def _follow(self) -> None:
        """Show the numbers of the run; none while nothing is known of the network as it is now."""
        snapshot = self._trainer.legible.snapshot
        if snapshot is None:
            for readout in self.readouts.values():
                readout.say(NOTHING)
            return
        regression = self._document.target.classes == 0
        self.readouts["epoch"].say(epoch_text(snapshot.epoch))
        self.readouts["train_loss"].say(loss_text(snapshot.train_loss))
        self.readouts["test_loss"].say(loss_text(snapshot.test_loss))
        self.readouts["accuracy"].say(accuracy_text(snapshot.accuracy, regression))
        self._say_speed(snapshot.speed)
        backend = f"{snapshot.device} · {snapshot.backend}"
        if backend != self._backend:
            self._backend = backend
            what = self.tr("Training speed. Slow lets you follow every step")
            self.speed_pill.setToolTip(plain_tip(f"{what}\n{self.tr('Computed by')} {backend}"))

    @Slot(bool)
    def show_running(self, running: bool) -> None:
        """The pill shows what pressing it will do."""
        action = self._actions["play"]
        action.setText(self.tr("Pause") if running else self.tr("Play"))
        set_icon(action, "pause" if running else "play")
        self.play_button.setText(action.text())
        self.play_button.setAccessibleName(action.text())
        self._retint()
        self._say_speed(0.0)

    def show_runs(self, count: int) -> None:
        """How many trainings of the network can be compared; one alone with none."""
        if count != self._runs:
            self._runs = count
            self.runs_pill.setText(self.tr("Runs {count}").format(count=count))
            self._make_room()

    @Slot()
    def _retint(self) -> None:
        self.play_button.setIcon(icon("pause" if self._trainer.running else "play", "on_accent"))

    def _say_speed(self, measured: float) -> None:
        """The chosen speed; with the measured one at full speed, and where the machine is behind."""
        chosen, text = self._speed.speed, self._speed.speed.label
        behind = chosen.epochs is not None and measured < 0.8 * chosen.epochs
        if measured > 0 and (chosen == SPEEDS[FULL] or behind):
            text = f"{text} · {speed_text(measured)}"
        if text != self.speed_pill.text():
            self.speed_pill.setText(text)
            self.speed_pill.setAccessibleDescription(text)
            self._keep_width(self.speed_pill, anew=text == chosen.label)
            self._make_room()

    @Slot(int)
    def _show_speed(self, index: int) -> None:
        self._say_speed(0.0)
        play = self._actions["play"].toolTip()
        faster = self._actions["full_speed"].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.play_button.setToolTip(
            plain_tip(
                self.tr("{play} Speed: {speed}; {key} switches to full speed and back.").format(
                    play=play, speed=SPEEDS[index].label, key=faster
                )
            )
        )
        for number, action in enumerate(self.speed_pill.menu().actions()):
            action.setChecked(number == index)

    @Slot()
    def _summarise(self) -> None:
        stop = self._document.hyper.stop_after_epochs
        self.stop_pill.setText(grouped(stop) if stop is not None else "")
        if self._document.target.classes:
            self.readouts["accuracy"].set_caption(
                self.tr("TEST ACCURACY"), self.tr("Share of the test samples that get the right class")
            )
        else:
            self.readouts["accuracy"].set_caption(
                self.tr("TEST R²"), self.tr("Share of the test targets' variance that is explained; 1 is perfect")
            )
        for readout in self.readouts.values():
            readout.fit()
        self._make_room()

    @staticmethod
    def _keep_width(pill: QWidget, *, anew: bool) -> None:
        """A pill does not shrink as its digits change, so that no other one comes and goes with them; ``anew``: it is
        as wide as its text now."""
        pill.ensurePolished()
        if anew:
            pill.setMinimumWidth(0)
        pill.setMinimumWidth(max(pill.minimumWidth(), pill.sizeHint().width()))

    # Room ---------------------------------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        """Narrower than everything together: the pills give way."""
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as there is room for."""
        super().resizeEvent(event)
        self._set_tight(self.width() < TIGHT_BELOW)
        self._make_room()

    def _set_tight(self, tight: bool) -> None:
        self.play_button.setFixedWidth(TIGHT_PLAY_WIDTH if tight else PLAY_WIDTH)
        self._row.setSpacing(TIGHT_SPACING if tight else SPACING)
        for gap in self._readout_gaps:
            gap.changeSize(0 if tight else READOUT_GAP, 0)
        for readout in self.readouts.values():
            readout.set_tight(tight)

    def _make_room(self) -> None:
        """Hide pills and read-outs, the least important first, until the rest fits. What holds the keyboard hands it to
        what stands in for it."""
        held = self.window().focusWidget()
        last = self.readouts["accuracy"], self.readouts["test_loss"], self.readouts["epoch"]
        stops = self._document.hyper.stop_after_epochs is not None
        parts = (
            (self.stop_pill, stops),
            (self.speed_pill, True),
            (self.runs_pill, self._runs > 1),
            *((readout, True) for readout in last),
        )
        taken = 0 if self.more.isHidden() else MORE_WIDTH + self._row.spacing()
        give_way(self._row, self.width() + taken, parts)  # as if it were not there: hidden, it would lose the keyboard
        needed = any(pill.isHidden() and wanted for pill, wanted in parts[:3])
        if needed:
            self.more.show()
            give_way(self._row, self.width(), tuple((readout, not readout.isHidden()) for readout in last))
        else:
            self.more.hide()
        if needed and held in (self.speed_pill, self.stop_pill, self.runs_pill) and held.isHidden():
            self.more.setFocus()
        elif not needed and held is self.more:
            self.speed_pill.setFocus()


MOST_EPOCHS = 10**9
USUAL_EPOCHS = 1_000


class StopAfterDialog(QDialog):
    """Shows and edits the hyper-parameter ``stop_after_epochs``."""

    def __init__(self, document: Document, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self.setWindowTitle(self.tr("Stop after"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.limited = QCheckBox(self.tr("&Pause automatically after"))
        self.limited.setToolTip(self.tr("Without a limit, training goes on until you pause it"))
        self.epochs = WholeSpinBox()
        self.epochs.setRange(1, MOST_EPOCHS)
        self.epochs.setGroupSeparatorShown(True)
        self.epochs.setStepType(QSpinBox.StepType.AdaptiveDecimalStepType)
        self.epochs.setToolTip(self.tr("Counted from the start of the run"))
        self.epochs.setAccessibleName(self.tr("Epochs to stop after"))
        self.epochs.setMinimumWidth(120)
        row = QHBoxLayout()
        row.addWidget(self.limited)
        row.addWidget(self.epochs)
        unit = Label(self.tr("&epochs"))
        unit.setBuddy(self.epochs)
        row.addWidget(unit)
        hint = Label(self.tr("The same number of epochs makes two runs comparable."))
        hint.setProperty("role", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.addLayout(row)
        column.addWidget(hint)
        self.follow()
        document.hyper_changed.connect(self.follow)
        self.limited.toggled.connect(self._edit)
        self.epochs.valueChanged.connect(self._edit)

    @Slot()
    def follow(self) -> None:
        """Show what is in force."""
        stop = self._document.hyper.stop_after_epochs
        for widget in (self.limited, self.epochs):
            widget.blockSignals(True)
        self.limited.setChecked(stop is not None)
        self.epochs.setValue(stop if stop is not None else self.epochs.value() if self._asked else USUAL_EPOCHS)
        self.epochs.setEnabled(stop is not None)
        for widget in (self.limited, self.epochs):
            widget.blockSignals(False)

    @property
    def _asked(self) -> bool:
        """Return whether the person has set a number in this window already."""
        return self.epochs.value() > 1

    @Slot()
    def _edit(self) -> None:
        stop = self.epochs.value() if self.limited.isChecked() else None
        hyper = self._document.hyper.model_copy(update={"stop_after_epochs": stop})
        self._document.edit(self.tr("Stop after"), hyper=hyper, merge="stop-after")
        self.epochs.setEnabled(stop is not None)
