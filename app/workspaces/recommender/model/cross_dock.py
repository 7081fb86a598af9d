"""Below the canvas: what the picked cross makes of the training rows, and of a chosen one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QWidget

from app.kit.charts.card import PlotCard
from app.kit.numbers import grouped, percent
from app.workspaces.recommender.model.answers import Cross, Crossed
from app.workspaces.recommender.model.combinations import CombinationBars
from app.workspaces.recommender.model.crosses_panel import title_of
from app.workspaces.recommender.model.phi_card import PhiCard


class CrossDock(QWidget):
    """``closed``: by hand."""

    closed = Signal()

    def __init__(self, rows: int, parent: QWidget | None = None) -> None:
        """``rows``: of the data."""
        super().__init__(parent)
        self.bars = CombinationBars()
        self.card = PlotCard(self.tr("Cross"), self.bars, "cross")
        self.phi = PhiCard(rows)
        close = QPushButton("×")
        close.setProperty("role", "flat")
        close.setFixedWidth(26)
        close.setToolTip(self.tr("Close; a click on a cross opens it again"))
        close.setAccessibleName(self.tr("Close what the cross makes of the data"))
        close.clicked.connect(self.closed)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setProperty("role", "panel")
        inner = QHBoxLayout(inside)
        inner.setContentsMargins(4, 4, 4, 0)
        inner.addWidget(self.phi)
        scroll.setWidget(inside)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 6, 6)
        row.setSpacing(12)
        row.addWidget(self.card, 13)
        row.addWidget(scroll, 8)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)

    @Slot(object, int)
    def show_crossed(self, crossed: Crossed | None, at: int) -> None:
        """Show one of the crosses; None while it is being counted."""
        cross = crossed.crosses[at] if crossed is not None and 0 <= at < len(crossed.crosses) else None
        self.phi.show_cross(cross)
        if cross is None or crossed is None:
            self.bars.show_combinations((), 0.0)
            self.card.set_subtitle(("",))
            return
        self.card.set_title(title_of(cross.columns))
        self.card.set_subtitle(self._said(cross), self._at_length(cross, crossed))
        self.bars.show_combinations(cross.frequent, crossed.rate)

    def _said(self, cross: Cross) -> tuple[str, str]:
        words = self.tr("{features} features, {seen} of them in training rows")
        short = self.tr("{features} features")
        given = {"features": grouped(cross.features), "seen": grouped(cross.seen)}
        return words.format(**given), short.format(**given)

    def _at_length(self, cross: Cross, crossed: Crossed) -> str:
        words = self.tr(
            "{features} combinations are possible, unknown values being one more value of each column; {seen} of them"
            " are on in some of the {rows} training rows. The mark in each bar is the yes rate of all rows, {rate}."
        )
        text = words.format(
            features=grouped(cross.features), seen=grouped(cross.seen), rows=grouped(crossed.rows),
            rate=percent(crossed.rate),
        )  # fmt: skip
        if cross.weights < cross.features:
            hashed = self.tr("They share {weights} weights, by a hash.").format(weights=grouped(cross.weights))
            return f"{text} {hashed}"
        return text
