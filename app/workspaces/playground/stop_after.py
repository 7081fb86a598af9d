"""Stop after N epochs: a small window whose number is at once in force, and undoable."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from app.kit.widgets.labels import Label
from app.kit.widgets.values import WholeSpinBox
from app.network.document import Document

MOST_EPOCHS = 10**9
USUAL_EPOCHS = 1_000


class StopAfterDialog(QDialog):
    """Shows and edits the hyper-parameter ``stop_after_epochs``."""

    def __init__(self, document: Document, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self.setWindowTitle(self.tr("Stop after"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.limited = QCheckBox(self.tr("&Pause by itself after"))
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
        """Whether the person has set a number in this window already."""
        return self.epochs.value() > 1

    @Slot()
    def _edit(self) -> None:
        stop = self.epochs.value() if self.limited.isChecked() else None
        hyper = self._document.hyper.model_copy(update={"stop_after_epochs": stop})
        self._document.edit(self.tr("Stop after"), hyper=hyper, merge="stop-after")
        self.epochs.setEnabled(stop is not None)
