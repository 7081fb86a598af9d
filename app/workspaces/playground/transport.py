"""The top bar: what is open, the transport of training, and the numbers that matter most."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.kit import theme
from app.kit.icons import icon, set_icon
from app.kit.translation import worded
from app.kit.widgets.readout import NOTHING, Readout, accuracy_text, epoch_text, loss_text, speed_text
from app.network.document import Document
from app.network.speed import SPEEDS, SpeedControl
from app.network.trainer import Trainer
from app.shell.actions import ActionSet
from app.shell.files import FileManager
from engine.activations import activation
from engine.optimizers import OPTIMIZERS
from engine.training.snapshot import Snapshot

HEIGHT = 52
LEAST_WIDTH = 880
TITLE_WIDTH = 120


class TopBar(QFrame):
    """Title, undo, transport, read-outs and pills."""

    menu_wanted = Signal()

    def __init__(
        self, document: Document, trainer: Trainer, actions: ActionSet, files: FileManager, speed: SpeedControl
    ) -> None:
        super().__init__()
        self._document, self._trainer, self._actions, self._files = document, trainer, actions, files
        self.setProperty("role", "bar")
        self.setFixedHeight(HEIGHT)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(10, 0, 8, 0)
        self._row.setSpacing(4)
        self._add_title()
        self._add_transport()
        self._add_readouts()
        self._add_pills(speed)
        self._connect(speed)
        self.retitle()
        self.show_running(trainer.running)
        self._summarise()

    # Building -----------------------------------------------------------------------------------------------------

    def _add_title(self) -> None:
        self.menu_button = self._tool("menu", self.tr("Menu"), self.tr("Every command, by menu (F10)"))
        self.menu_button.clicked.connect(self.menu_wanted)
        self._row.addWidget(self.menu_button)
        self._title = QLabel()
        self._title.setProperty("role", "title")
        self._file = QLabel()
        self._file.setProperty("role", "muted")
        column = QVBoxLayout()
        column.setSpacing(0)
        column.setContentsMargins(2, 0, 0, 0)
        column.addStretch()
        column.addWidget(self._title)
        column.addWidget(self._file)
        column.addStretch()
        holder = QWidget()
        holder.setLayout(column)
        holder.setFixedWidth(TITLE_WIDTH)
        self._row.addWidget(holder)
        for name in ("undo", "redo"):
            self._row.addWidget(self._action_tool(name))

    def _add_transport(self) -> None:
        self._row.addSpacing(6)
        self.play_button = QPushButton()
        self.play_button.setProperty("role", "primary")
        self.play_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.play_button.setIconSize(QSize(16, 16))
        self.play_button.setFixedWidth(94)
        self.play_button.setToolTip(self._actions["play"].toolTip())
        self.play_button.clicked.connect(self._actions["play"].trigger)
        self._row.addWidget(self.play_button)
        self._row.addSpacing(4)
        for name in ("step", "epoch"):
            button = self._pill(self._actions[name])
            self._row.addWidget(button)
        self.reset_button = self._pill(self._actions["reset"])
        menu = QMenu(self.reset_button)
        menu.addActions([self._actions["reset"], self._actions["reset_new_seed"]])
        self.reset_button.setMenu(menu)
        self.reset_button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self._row.addWidget(self.reset_button)

    def _add_readouts(self) -> None:
        self._row.addSpacing(14)
        tr = self.tr
        self.readouts = {
            "epoch": Readout(tr("EPOCH"), tr("How often every training sample has been seen"), "000,000"),
            "train_loss": Readout(
                tr("TRAIN LOSS"), tr("Mean loss over the training set: what training lowers"), "0.0000", accent=True
            ),
            "test_loss": Readout(
                tr("TEST LOSS"),
                tr("Mean loss over samples that training never sees; when it rises while the other falls,"
                   " the network is learning the samples by heart"),
                "0.0000",
            ),
            "accuracy": Readout(tr("ACCURACY"), "", "100.0 %"),
            "speed": Readout(tr("SPEED"), tr("Epochs trained per second, in real time"), "99,900 ep/s"),
        }  # fmt: skip
        for number, readout in enumerate(self.readouts.values()):
            if number:
                self._row.addSpacing(8)
            self._row.addWidget(readout)
        self._row.addStretch(1)

    def _add_pills(self, speed: SpeedControl) -> None:
        self.stop_pill = self._chip(self._actions["stop_after"])
        self.speed_pill = QToolButton()
        self.speed_pill.setProperty("role", "chip")
        self.speed_pill.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.speed_pill.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.speed_pill.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        set_icon(self.speed_pill, "speed")
        self.speed_pill.setAccessibleName(self.tr("Speed"))
        self.speed_pill.setToolTip(self.tr("Choose how fast to train; slowly, every step can be followed"))
        menu = QMenu(self.speed_pill)
        for index, choice in enumerate(SPEEDS):
            action = menu.addAction(choice.label)
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, index=index: speed.choose(index))
        self.speed_pill.setMenu(menu)
        self.backend_pill = QLabel()
        self.backend_pill.setProperty("role", "chip")
        self.backend_pill.setToolTip(
            self.tr("What computes: the program takes the fastest backend that can train this network")
        )
        self.summary_pill = QLabel()
        self.summary_pill.setProperty("role", "chip")
        self.summary_pill.setToolTip(self.tr("Activation of the first dense block · optimiser and learning rate"))
        for pill in (self.stop_pill, self.speed_pill, self.backend_pill, self.summary_pill):
            pill.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            self._row.addWidget(pill)
        self._row.addSpacing(4)
        self._row.addWidget(self._action_tool("toggle_theme"))
        self._show_speed(speed.index)

    def _connect(self, speed: SpeedControl) -> None:
        self._trainer.snapshot_published.connect(self.show_snapshot)
        self._trainer.running_changed.connect(self.show_running)
        self._document.graph_changed.connect(self._summarise)
        self._document.hyper_changed.connect(self._summarise)
        self._document.dataset_loaded.connect(self._summarise)
        self._files.state_changed.connect(self.retitle)
        speed.changed.connect(self._show_speed)
        theme.notifier().changed.connect(self._retint)

    def _tool(self, name: str, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setIconSize(QSize(20, 20))
        button.setAccessibleName(text)
        button.setToolTip(tip)
        set_icon(button, name)
        return button

    def _action_tool(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setIconSize(QSize(20, 20))
        button.setDefaultAction(self._actions[name])
        return button

    def _pill(self, action: QAction) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "pill")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        return button

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
    def retitle(self) -> None:
        """Title, file name, and whether it is saved."""
        path = self._document.path
        metrics = self._title.fontMetrics()
        self._title.setText(metrics.elidedText(self._document.title, Qt.TextElideMode.ElideRight, TITLE_WIDTH - 4))
        self._title.setToolTip(self._document.title)
        name = path.name if path is not None else self.tr("no file yet")
        state = self.tr("unsaved") if self._files.unsaved else self.tr("saved")
        shown = f"{name} · {state}" if path is not None or self._files.unsaved else name
        self._file.setText(self._file.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideMiddle, TITLE_WIDTH - 4))
        self._file.setToolTip(str(path) if path is not None else shown)

    @Slot(object)
    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Put the latest numbers up."""
        regression = self._document.target.classes == 0
        self.readouts["epoch"].say(epoch_text(snapshot.epoch))
        self.readouts["train_loss"].say(loss_text(snapshot.train_loss))
        self.readouts["test_loss"].say(loss_text(snapshot.test_loss))
        self.readouts["accuracy"].say(accuracy_text(snapshot.accuracy, regression))
        self.readouts["speed"].say(speed_text(snapshot))
        backend = f"{snapshot.device} · {snapshot.backend}"
        if self.backend_pill.text() != backend:
            self.backend_pill.setText(backend)
            self._make_room()

    @Slot(bool)
    def show_running(self, running: bool) -> None:
        """The pill shows what pressing it will do."""
        action = self._actions["play"]
        action.setText(self.tr("Pause") if running else self.tr("Play"))
        set_icon(action, "pause" if running else "play")
        self.play_button.setText(action.text())
        self.play_button.setAccessibleName(action.text())
        self._retint()
        if not running:
            self.readouts["speed"].say(NOTHING)

    @Slot()
    def _retint(self) -> None:
        self.play_button.setIcon(icon("pause" if self._trainer.running else "play", "on_accent"))

    @Slot(int)
    def _show_speed(self, index: int) -> None:
        self.speed_pill.setText(SPEEDS[index].label)
        for number, action in enumerate(self.speed_pill.menu().actions()):
            action.setChecked(number == index)

    @Slot()
    def _summarise(self) -> None:
        hyper = self._document.hyper
        dense = self._document.graph.of_kind("dense")
        parts = [worded(activation(dense[0].params.model_dump()["activation"]).label)] if dense else []
        parts.append(f"{worded(OPTIMIZERS[hyper.optimizer].label)} {hyper.learning_rate:g}")
        self.summary_pill.setText(" · ".join(parts))
        stop = hyper.stop_after_epochs
        self.stop_pill.setText(f"{stop:,}" if stop is not None else "")
        if self._document.target.classes:
            self.readouts["accuracy"].set_caption(
                self.tr("ACCURACY"), self.tr("Share of the test samples that get the right class")
            )
        else:
            self.readouts["accuracy"].set_caption(
                "R²", self.tr("Share of the test targets' variance that is explained; 1 is perfect")
            )
        for readout in self.readouts.values():
            readout.fit()
        self._make_room()

    # Room ---------------------------------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        """Narrower than everything together: the pills give way."""
        return QSize(LEAST_WIDTH, HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many pills as there is room for."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Hide pills, the least important first, until the rest fits."""
        wanted = {
            self.summary_pill: True,
            self.backend_pill: bool(self.backend_pill.text()),
            self.stop_pill: self._document.hyper.stop_after_epochs is not None,
        }
        for pill, shown in wanted.items():
            pill.setVisible(shown)
        for pill in wanted:
            if self._row.minimumSize().width() <= self.width():
                return
            pill.hide()
