"""Says how many of the edges are drawn, and changes it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSlider, QVBoxLayout, QWidget

from app.kit.numbers import grouped
from app.kit.widgets.labels import Label


class ShareControl(QFrame):
    """Stands in the corner of the canvas while not every edge is drawn."""

    share_chosen = Signal(float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._text = Label()
        self._text.setProperty("role", "muted")
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(1, 100)
        self._slider.setToolTip(
            self.tr("Which share of the edges is drawn, the strongest |w| first. Drawing all of them takes longer.")
        )
        self._slider.setAccessibleName(self.tr("Share of edges drawn, in per cent"))
        self._slider.valueChanged.connect(lambda percent: self.share_chosen.emit(percent / 100))
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(11, 7, 11, 8)
        column.setSpacing(4)
        column.addWidget(self._text)
        column.addWidget(self._slider)
        self.hide()

    def fit_into(self, width: int) -> None:
        """Take no more than ``width`` pixels: in a narrow canvas the words take two lines."""
        self._text.setWordWrap(False)
        wanted = self.sizeHint().width()
        self._text.setWordWrap(wanted > width)
        self.setFixedWidth(min(wanted, width))
        self.setFixedHeight(self._column.heightForWidth(width) if wanted > width else self.sizeHint().height())

    def show_share(self, share: float, edges: int, *, chosen_by_person: bool) -> None:
        """Follow what is drawn; away while that is every edge and nobody has asked for fewer."""
        percent = max(1, round(100 * share))
        count = grouped(edges)
        self._text.setText(
            self.tr("All {count} edges are drawn").format(count=count)
            if percent >= 100
            else self.tr("The strongest {percent} % of {count} edges are drawn").format(percent=percent, count=count)
        )
        if not self._slider.isSliderDown():
            self._slider.blockSignals(True)
            self._slider.setValue(percent)
            self._slider.blockSignals(False)
        self.setVisible(percent < 100 or chosen_by_person)
