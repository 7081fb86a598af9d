"""Over the canvas: the formula, what the lanes mean, and the menu of what is drawn."""

from __future__ import annotations

import math
from collections.abc import Hashable

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGraphicsOpacityEffect, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from app.kit.actions import ActionSet
from app.kit.copying import CopyButton
from app.kit.formula.boxes import LaidOut, Row, lay_out
from app.kit.formula.view import FormulaView
from app.kit.widgets.action_button import ActionButton
from app.kit.widgets.labels import ElidedLabel
from app.kit.words import plain_tip
from app.workspaces.scalar_graph.actions import DRAWN
from app.workspaces.scalar_graph.formula import SIZES, Formula, formula_of, tallest_of
from app.workspaces.scalar_graph.model import Desk

WIDEST, SHARE, LEAST = 460.0, 0.5, 600
"""A formula takes so many pixels at most, and so much of the width."""
HEIGHT, AROUND = 44, 6
ZOOMS = ("graph_zoom_in", "graph_zoom_out", "graph_zoom_actual")


class Header(QWidget):
    """The formula on the left, the menu *View* on the right. ``clicked(key)``: a part of the formula."""

    clicked = Signal(object)

    def __init__(self, desk: Desk, actions: ActionSet, copier: CopyButton, hints: QWidget) -> None:
        super().__init__()
        self._desk = desk
        self._shown: Formula | None = None
        self._low = False
        self.formula = FormulaView(None, SIZES[0], walkable=True)
        self.formula.setToolTip(self.tr("Point at a part of the formula: its node lights up, and the other way round"))
        self.caption = ElidedLabel(role="muted")
        self.caption.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.caption.setToolTip(
            plain_tip(self.tr("Blue is positive, orange negative. The wider a gradient's line, the larger it is"))
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(16, AROUND, 8, AROUND)
        row.setSpacing(8)
        row.addWidget(self.formula)
        row.addSpacing(16)
        row.addWidget(self.caption, 1)
        row.addWidget(hints, 0, Qt.AlignmentFlag.AlignTop)
        for button in (self._view_button(actions), self._fit_button(actions), copier):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.formula.pointed.connect(desk.point)
        self.formula.chosen.connect(self.clicked)
        desk.reshaped.connect(self._reshape)
        for signal in (desk.sight_changed, desk.pointed_changed):
            signal.connect(self._light)
        for signal in (desk.refused, desk.accepted):
            signal.connect(self._fade)
        self._faint = QGraphicsOpacityEffect(self.formula)
        self._faint.setOpacity(0.4)
        self._faint.setEnabled(False)
        self.formula.setGraphicsEffect(self._faint)
        self._reshape()
        self._fade()

    def _view_button(self, actions: ActionSet) -> QToolButton:
        button = self.view = QToolButton()
        button.setText(self.tr("View"))
        button.setToolTip(plain_tip(self.tr("What is drawn, and how large")))
        button.setProperty("role", "pill")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        for names in (DRAWN, ("graph_outline",), ZOOMS):
            menu.addActions([actions[name] for name in names])
            menu.addSeparator()
        button.setMenu(menu)
        return button

    def _fit_button(self, actions: ActionSet) -> ActionButton:
        button = ActionButton(actions["graph_fit"])
        button.setProperty("role", "pill")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        return button

    def sizeHint(self) -> QSize:
        """As high as the formula, so that the drawing stays where it is through the whole pass."""
        formula = 0 if self.formula.isHidden() else self.formula.sizeHint().height() + 2 * AROUND
        return QSize(super().sizeHint().width(), max(HEIGHT, formula))

    def set_low(self, low: bool) -> None:
        """Leave the room to the drawing: without the formula."""
        if low is not self._low:
            self._low = low
            self._reshape()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._reshape()

    @Slot()
    def _reshape(self) -> None:
        worked = self._desk.worked
        widest = min(WIDEST, SHARE * max(self.width(), LEAST))
        found = formula_of(worked, widest, tallest_of(worked)) if worked is not None else None
        self._shown = found
        self.formula.setVisible(found is not None and not self._low)
        self.formula.set_size(found.size if found is not None else SIZES[0])
        self.formula.set_box(found.box if found is not None else Row(()))
        self._light()

    def formula_within(self, widest: float) -> LaidOut | None:
        """The formula for a picture that has so much room: with what there may be no room for here."""
        if self._shown is not None and not self._shown.left_out and not self.formula.isHidden():
            return self.formula.laid_out
        worked = self._desk.worked
        found = formula_of(worked, max(widest, WIDEST), math.inf) if worked is not None else None
        return lay_out(found.box, found.size) if found is not None else None

    @Slot()
    def _fade(self) -> None:
        """A formula that is no longer what is typed is faint, and says so."""
        self._faint.setEnabled(self._desk.stale)
        meaning = self.tr("value above the line, gradient beneath it")
        self.caption.set_full_text(self.tr("the last expression that could be read") if self._desk.stale else meaning)
        self._light()

    @Slot()
    def _light(self) -> None:
        """The node at work, and what is pointed at."""
        keys: set[Hashable] = set()
        worked, sight = self._desk.worked, self._desk.sight
        if worked is not None and sight.current is not None and not self._desk.stale:
            keys.add(worked.graph.nodes[sight.current].key)
        if self._desk.pointed is not None:
            keys = {self._desk.pointed}
        self.formula.light(keys)
