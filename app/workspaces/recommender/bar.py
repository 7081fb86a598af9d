"""The recommenders' part of the top bar: at home the device and the way to a file; beside an open run its
sections and figures."""

from __future__ import annotations

import os
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from app.kit.background import Background, Job
from app.kit.capitals import in_capitals
from app.kit.icons import set_icon
from app.kit.numbers import counted
from app.kit.widgets.action_button import ActionButton
from app.kit.widgets.frame import clear_layout, fill, row_layout
from app.kit.widgets.readout import Readout
from app.kit.widgets.switch import Switch
from app.kit.words import plain_tip
from app.workspaces.recommender.open_run import OpenRun
from app.workspaces.recommender.section import Figure, Section
from app.workspaces.recommender.words import doing_words
from app.workspaces.workspace import Memory
from engine.recommenders.running.device import gpu_name

CPU, GPU = "cpu", "auto"
"""What a plan says: ``auto`` takes the GPU where torch can use it, and the CPU else."""
NOTE = "device"


class DeviceChip(QToolButton):
    """``key``: what the next run is to be trained on."""

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self._memory = memory
        self._gpu: str | None = None
        self.setProperty("role", "chip")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._choices = QMenu(self)
        self._group = QActionGroup(self)
        self.setMenu(self._choices)
        self._look = Background("gpu", latest_only=True, parent=self)
        self._look.done.connect(self._take)
        self._show()

    def look(self) -> None:
        """Look for a GPU; until one is found there is none."""
        self._look.request(_ask)

    @property
    def key(self) -> str:
        """``cpu`` or ``auto``."""
        return CPU if self._gpu is None or self._memory.noted(NOTE) == CPU else GPU

    @Slot(object)
    def _take(self, found: str | None) -> None:
        self._gpu = found
        self._show()

    def _show(self) -> None:
        threads = _threads()
        cpu = self.tr("CPU · {threads}").format(threads=threads)
        offered = [(CPU, cpu)] if self._gpu is None else [(GPU, self._gpu), (CPU, cpu)]
        self._choices.clear()
        for key, text in offered:
            action = self._choices.addAction(text)
            action.setCheckable(True)
            action.setChecked(key == self.key)
            self._group.addAction(action)
            action.triggered.connect(lambda _checked=False, key=key: self._choose(key))
        shown = dict(offered)[self.key]
        self.setText(f"{shown} ▾" if self._gpu is not None else shown)
        self.setAccessibleName(self.tr("Runs are trained on: {device}").format(device=shown))
        if self._gpu is None:
            tip = self.tr("No GPU that torch can use was found: runs are trained on the CPU. OMP_NUM_THREADS sets how"
                          " many threads they take; one is quickest where the processor has other work.")  # fmt: skip
        else:
            tip = self.tr("What the next run is trained on")
        self.setToolTip(plain_tip(tip))

    def _choose(self, key: str) -> None:
        self._memory.note(NOTE, key)
        self._show()

    def close_look(self) -> None:
        """Look no more."""
        self._look.close()


def _ask(_job: Job) -> str | None:
    return gpu_name()


def _threads() -> str:
    """How many a run takes, see :func:`engine.recommenders.running.device.ready`."""
    wanted = os.environ.get("OMP_NUM_THREADS", "")
    number = int(wanted) if wanted.isdecimal() and int(wanted) > 0 else 1
    one = QCoreApplication.translate("DeviceChip", "1 thread")
    return counted(number, one, QCoreApplication.translate("DeviceChip", "{count} threads"))


GAP, FIGURE_GAP = 12, 18
GO_WIDTH = 128


class RecommenderBar(QWidget):
    """``section_wanted(int)``: by hand."""

    section_wanted = Signal(int)

    def __init__(self, go: QAction, open_file: QAction, device: QWidget) -> None:
        """``go``: starts, pauses and goes on."""
        super().__init__()
        self._sections: tuple[type[Section], ...] = ()
        self._figures: tuple[Figure, ...] = ()
        self.readouts: list[Readout] = []
        self.switch: Switch | None = None
        self.row = row_layout(self, (0, 0, 6, 0), spacing=GAP)
        self._go = go
        self.go = QPushButton()
        self.go.setProperty("role", "primary")
        self.go.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.go.setFixedWidth(GO_WIDTH)
        self.go.clicked.connect(go.trigger)
        self.open = _action_button(open_file, "pill")
        self._holder = QWidget()
        self._numbers = row_layout(self._holder, (6, 0, 0, 0), spacing=FIGURE_GAP)
        self._holder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        fill(self.row, self.go, (self._holder, 1))
        self._device = device
        fill(self.row, device, self.open)
        self.show_home()

    def show_home(self) -> None:
        """No run is open."""
        self._set_sections(())
        self.set_figures(())
        self._device.show()
        self.open.show()

    def hide_tools(self) -> None:
        """Nothing can be opened or trained yet."""
        self._device.hide()
        self.open.hide()

    def show_run(self, sections: Sequence[type[Section]]) -> None:
        """A run is open that has these sections; the first is shown."""
        self._set_sections(tuple(sections))
        self.open.hide()

    @Slot()
    def follow_go(self) -> None:
        """The action that starts, pauses and goes on is another now."""
        self.go.setVisible(self._go.isVisible())
        self.go.setEnabled(self._go.isEnabled())
        self.go.setText(self._go.text())
        self.go.setAccessibleName(self._go.text())
        self.go.setToolTip(self._go.toolTip())

    def set_go_icon(self, name: str) -> None:
        """Its picture."""
        set_icon(self.go, name, "on_accent")

    def _set_sections(self, sections: tuple[type[Section], ...]) -> None:
        self._sections = sections
        if self.switch is not None:
            self.row.removeWidget(self.switch)
            self.switch.hide()
            self.switch.deleteLater()
            self.switch = None
        if len(sections) > 1:
            parts = tuple((_words(section.label), _words(section.tip)) for section in sections)
            self.switch = Switch(self.tr("What is shown of the run"), parts)
            self.switch.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            self.switch.currentChanged.connect(self.section_wanted)
            self.row.insertWidget(0, self.switch)

    def mark(self, index: int) -> None:
        """This section is shown."""
        if self.switch is not None and self.switch.currentIndex() != index:
            self.switch.setCurrentIndex(index)

    # Figures ------------------------------------------------------------------------------------------------------

    def set_figures(self, figures: Sequence[Figure]) -> None:
        """Show these; where they are the same ones as before, only their values change."""
        before = [(figure.label, figure.accent) for figure in self._figures]
        kept = [(figure.label, figure.accent) for figure in figures] == before
        self._figures = tuple(figures)
        if not kept:
            self._rebuild()
        for readout, figure in zip(self.readouts, figures, strict=True):
            readout.say(figure.text)
            readout.setToolTip(plain_tip(figure.tip))
        self._make_room()

    def _rebuild(self) -> None:
        clear_layout(self._numbers)
        self.readouts = [
            Readout(in_capitals(figure.label), figure.tip, figure.text, accent=figure.accent)
            for figure in self._figures
        ]
        for readout in self.readouts:
            readout.outgrown.connect(self._make_room)
            self._numbers.addWidget(readout)
            readout.fit()
        self._numbers.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    @Slot()
    def _make_room(self) -> None:
        """Where they do not all fit, the last ones give way."""
        room = self._holder.width() - 6
        for readout in self.readouts:
            room -= readout.width() + FIGURE_GAP
            readout.setVisible(room > -FIGURE_GAP)


def _words(text: str) -> str:
    return QCoreApplication.translate("Sections", text)


def _action_button(action: QAction, role: str) -> ActionButton:
    button = ActionButton(action)
    button.setProperty("role", role)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def is_pause(run: OpenRun | None) -> bool:
    """Whether the button is that of a run at work, which can be paused."""
    return run is not None and run.doing in ("running", "stopping", "starting")


def run_button_label(run: OpenRun | None) -> str:
    """What stands on the one strong button of an open run."""
    doing = None if run is None else run.doing
    if doing in ("starting", "stopping"):
        return f"{doing_words(doing).capitalize()} …"
    if doing == "running":
        return QCoreApplication.translate("RecommenderPage", "Pause")
    if doing == "planned":
        return QCoreApplication.translate("RecommenderPage", "Start")
    if run is not None and run.broke_before:
        return QCoreApplication.translate("RecommenderPage", "Try again")
    return QCoreApplication.translate("RecommenderPage", "Resume")


def run_button_tip(run: OpenRun | None) -> str:
    """Its tooltip."""
    if is_pause(run):
        return QCoreApplication.translate(
            "RecommenderPage", "Stop after the present batch and keep a checkpoint, from which it can go on"
        )
    if run is not None and run.broke_before:
        return QCoreApplication.translate(
            "RecommenderPage", "Begin anew, once what the sentence says has been mended; as it is, it would fail again"
        )
    return QCoreApplication.translate("RecommenderPage", "Go on from the checkpoint, to the very bit on the CPU")
