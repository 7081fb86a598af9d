"""On which device the open run goes on, and new ones train."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.kit.widgets.choice import Choice
from app.kit.widgets.labels import wrapped
from app.workspaces.recommender.open_run import OpenRun


class DeviceRow(QWidget):
    """A run keeps the device that it was planned for until another is chosen here, while nobody works on it."""

    def __init__(self, run: OpenRun, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run = run
        entries = [("auto", self.tr("GPU, or CPU when there is none")), ("cpu", self.tr("CPU"))]
        tip = self.tr("What this run goes on with; on another device its numbers differ in the last digits")
        self.choice = Choice(self.tr("Device of this run"), entries, tip)
        self.choice.picked.connect(run.set_device)
        self.own = wrapped(self.tr("When this run goes on, it is on:"))
        self.note = wrapped()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(self.own)
        rows.addWidget(self.choice)
        rows.addWidget(self.note)
        run.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        run, plan = self._run, self._run.plan
        here = run.folder is not None and plan is not None
        for widget in (self.own, self.choice):
            widget.setVisible(here)
        fresh = self.tr("New runs train on the device that the chip at the top names.")
        if plan is None or not here:
            self.note.setText(fresh)
            return
        if self.choice.findData(plan.device) < 0:
            self.choice.addItem(plan.device, plan.device)
        self.choice.choose(plan.device)
        self.choice.setEnabled(not run.at_work)
        own = self.tr("This run cannot change its device while it trains.") if run.at_work else ""
        self.note.setText(f"{own} {fresh}".strip())
