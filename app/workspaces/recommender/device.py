"""On which device runs are trained: a chip in the bar that says it, and lets one choose where there is a choice."""

from __future__ import annotations

import os

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from app.kit.background import Background, Job
from app.kit.numbers import counted
from app.kit.words import plain_tip
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
