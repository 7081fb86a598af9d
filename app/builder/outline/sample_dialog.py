"""Which sample to follow through the network: a small window that stays out of the way."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QPushButton, QWidget

from app.kit.numbers import significant
from app.kit.widgets.labels import Label
from app.kit.widgets.values import WholeSpinBox
from app.network.document import Document

MOST_VALUES = 4


class SampleDialog(QDialog):
    """Asks for a row of the data set. ``row_chosen(row)``: play its pass."""

    row_chosen = Signal(int)

    def __init__(self, document: Document, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self.setWindowTitle(self.tr("Play a pass"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.row = WholeSpinBox()
        self.row.setAccessibleName(self.tr("Number of the sample"))
        self.row.setToolTip(self.tr("Samples are counted from 0, as the data set has them"))
        self.about = Label()
        self.about.setProperty("role", "muted")
        self.play = QPushButton(self.tr("&Play"))
        self.play.setDefault(True)
        self.play.setToolTip(self.tr("Follow this sample forward to the loss and back"))
        close = QPushButton(self.tr("&Close"))
        close.setToolTip(self.tr("Leave the pass as it is"))
        buttons = QDialogButtonBox()
        buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.addButton(self.play, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.setContentsMargins(18, 16, 18, 16)
        form.addRow(self.tr("&Sample"), self.row)
        form.addRow(self.about)
        form.addRow(buttons)
        self.play.clicked.connect(self._choose)
        self.row.valueChanged.connect(self._describe)
        document.dataset_loaded.connect(self.follow)
        self.follow()
        train = document.dataset.train
        self.row.setValue(int(train[0]) if len(train) else 0)
        self.row.selectAll()

    @Slot()
    def follow(self) -> None:
        """Other data have other samples."""
        self.row.setRange(0, max(0, len(self._document.dataset.x) - 1))
        self._describe()

    @Slot()
    def _describe(self) -> None:
        """What the sample is, so that it need not be looked up."""
        dataset, row = self._document.dataset, self.row.value()
        if row >= len(dataset.x):
            return
        values = ", ".join(significant(float(value)) for value in dataset.x[row][:MOST_VALUES])
        more = ", …" if len(dataset.columns) > MOST_VALUES else ""
        text = f"x = ({values}{more})"
        if dataset.classes:
            text = self.tr("{values}, class {name}").format(values=text, name=dataset.classes[int(dataset.y[row])])
        self.about.setText(text)
        self.row.setAccessibleDescription(text)

    @Slot()
    def _choose(self) -> None:
        self.row_chosen.emit(self.row.value())
        self.close()
