"""φ of a cross on one row of the data, factor by factor (Cheng et al. 2016, equation 1)."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from app.kit.listing import listed
from app.kit.numbers import counted, grouped, percent
from app.kit.typeset import MathLabel
from app.kit.widgets.labels import ElidedLabel, Label, wrapped
from app.kit.widgets.values import WholeSpinBox
from app.kit.words import plain_tip
from app.workspaces.recommender.model.answers import Combination, Cross, Member, Phi

TOLD = 3
"""Features of a cross of bags that are named one by one, and values of a bag."""


class PhiCard(QWidget):
    """``row_chosen(int)``: by hand only."""

    row_chosen = Signal(int)

    def __init__(self, rows: int, parent: QWidget | None = None) -> None:
        """``rows``: of the data."""
        super().__init__(parent)
        self.row = WholeSpinBox()
        self.row.setRange(0, max(0, rows - 1))
        self.row.setAccessibleName(self.tr("Row of the data"))
        self.row.setToolTip(self.tr("The row on which the cross is worked out, from 0"))
        self.row.setKeyboardTracking(False)
        self.row.valueChanged.connect(self.row_chosen)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(3)
        self.product = MathLabel("", 16.0)
        self.on = wrapped("", None)
        head = QHBoxLayout()
        head.setSpacing(6)
        label = Label(self.tr("On row"))
        label.setProperty("role", "title")
        head.addWidget(label)
        head.addWidget(self.row)
        head.addWidget(self._step("‹", self.tr("The row before"), -1))
        head.addWidget(self._step("›", self.tr("The next row"), 1))
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        column.addLayout(head)
        column.addLayout(self._lines)
        column.addWidget(self.product)
        column.addWidget(self.on)
        column.addStretch(1)

    def _step(self, text: str, tip: str, by: int) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setToolTip(plain_tip(tip))
        button.setAccessibleName(tip)
        button.setAutoRepeat(True)
        button.clicked.connect(lambda: self.row.setValue(self.row.value() + by))
        return button

    @Slot(object)
    def show_cross(self, cross: Cross | None) -> None:
        """Show φ of this cross; None while it is not known."""
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        phi = cross.phi if cross is not None else None
        self.product.setVisible(phi is not None)
        if phi is None:
            self.on.setText("")
            return
        for at, member in enumerate(phi.members, 1):
            self._lines.addWidget(self._line(at, member))
        self.product.set_text(product_text(phi))
        self.on.setText("\n".join(self._told(phi)))

    def _line(self, number: int, member: Member) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(MathLabel(f"x_{{{number}}} = ", 14.0))
        row.addWidget(ElidedLabel(self._condition(member)), 1)
        return line

    def _condition(self, member: Member) -> str:
        """``[education = Masters] = 1``"""
        if not member.values:
            return self.tr("[{column}: missing, or unknown in training] = 0").format(column=member.column)
        named = listed(member.values[:TOLD])
        more = len(member.values) - TOLD
        if more > 0:
            named = self.tr("{values} and {count} more").format(values=named, count=more)
        if len(member.values) > 1:
            return self.tr("[{column} has {values}] = {x}").format(column=member.column, values=named, x=member.x)
        return f"[{member.column} = {named}] = {member.x}"

    def _told(self, phi: Phi) -> list[str]:
        """Which features the row switches on, and how often each is on in training."""
        if not phi.product:
            return [self.tr("One factor is 0, and so is the product: none of the known combinations is on.")]
        lines = [self._feature(one) for one in phi.on[:TOLD]]
        if len(phi.on) > TOLD:
            lines.append(self.tr("{count} features are on in all, one for each pair").format(count=len(phi.on)))
        return lines

    def _feature(self, one: Combination) -> str:
        if not one.rows:
            return self.tr("On: {name}, in no training row: its weight stays 0").format(name=one.name)
        rows = counted(one.rows, self.tr("1 training row"), self.tr("{count} training rows")).replace(
            str(one.rows), grouped(one.rows)
        )
        rate = self.tr("yes in {rate}").format(rate=percent(one.rate or 0.0))
        return self.tr("On: {name}, in {rows}, {rate}").format(name=one.name, rows=rows, rate=rate)


def product_text(phi: Phi) -> str:
    """The product as mathtext: ``φ = x₁ · x₂ = 1 · 1 = 1``."""
    names = r" \cdot ".join(f"x_{{{at}}}" for at in range(1, len(phi.members) + 1))
    values = r" \cdot ".join(str(member.x) for member in phi.members)
    if len(phi.members) == 1:
        return rf"\phi = {names} = {phi.product}"
    return rf"\phi = {names} = {values} = {phi.product}"
