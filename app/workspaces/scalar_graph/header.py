"""Over the canvas: the formula, what is happening in it, and what the two lanes mean."""

from __future__ import annotations

import math
from collections.abc import Hashable

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGraphicsOpacityEffect, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.kit import look, theme
from app.kit.formula.boxes import LaidOut, Row, lay_out
from app.kit.formula.view import FormulaView
from app.kit.widgets.painted import Painted, guarded, set_pixels
from app.kit.widgets.phrase import Phrase, Piece
from app.workspaces.scalar_graph.desk import Desk
from app.workspaces.scalar_graph.formula import SIZES, Formula, formula_of, tallest_of
from app.workspaces.scalar_graph.sight import Phase
from app.workspaces.scalar_graph.signs import word_of
from app.workspaces.scalar_graph.worked import Worked

WIDEST, SHARE, LEAST = 460.0, 0.42, 600
"""A formula takes so many pixels at most, and so much of the width."""
HEIGHT, OVER, UNDER = 72, 8, 4
ROOMY = 560
"""In a narrower heading there is room for the formula alone; the sentence under the canvas says the same."""
LEGEND_FIXED = 2 * 34.0 + 2.0 + 8.0 + 4.0 + 4 * 8.0
"""What the legend takes beside its words: two arrows, and the gaps."""
BESIDE_ZOOM = 12
"""Pixels between the words and the zoom, which has the right end."""


class Legend(Painted):
    """Two arrows and two colours, with what they mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(
            self.tr(
                "Thin arrows carry values forward, thick ones gradients backward; blue is positive, orange negative"
            )
        )

    def sizeHint(self) -> QSize:
        return QSize(380, 18)

    def paint(self, painter: QPainter) -> None:
        set_pixels(painter, 11)
        middle = self.height() / 2
        forward, backward = self._wordings(painter)
        x = self._arrow(painter, 2.0, middle, 1.6, forward=True)
        x = self._words(painter, x, forward, "text_muted")
        x = self._arrow(painter, x + 8.0, middle, 4.0, forward=False)
        x = self._words(painter, x, backward, "text_muted")
        signs = self.tr("positive"), self.tr("negative")
        if x + 12.0 + sum(painter.fontMetrics().horizontalAdvance(one) for one in signs) <= self.width():
            x = self._words(painter, x + 4.0, signs[0], "positive")
            self._words(painter, x, signs[1], "negative")

    def _wordings(self, painter: QPainter) -> tuple[str, str]:
        """The longest words for the two arrows that leave room for all the rest."""
        signs = f"{self.tr('positive')}{self.tr('negative')}"
        choices = (
            (self.tr("value, forward"), self.tr("gradient, backward = E × local derivative")),
            (self.tr("value, forward"), self.tr("gradient, backward")),
            (self.tr("value"), self.tr("gradient")),
        )
        metrics = painter.fontMetrics()
        room = self.width() - metrics.horizontalAdvance(signs) - LEGEND_FIXED
        fitting = (one for one in choices if metrics.horizontalAdvance("".join(one)) <= room)
        return next(fitting, choices[-1])

    @staticmethod
    def _arrow(painter: QPainter, x: float, y: float, width: float, *, forward: bool) -> float:
        painter.setPen(look.pen(theme.colour("text_muted"), width))
        painter.drawLine(QPointF(x + 3, y), QPointF(x + 25, y))
        painter.setPen(look.pen(theme.colour("text_muted"), 1.6))
        tip, side = (x + 27.0, -1.0) if forward else (x + 1.0, 1.0)
        painter.drawLine(QPointF(tip, y), QPointF(tip + 6 * side, y - 4))
        painter.drawLine(QPointF(tip, y), QPointF(tip + 6 * side, y + 4))
        return x + 34.0

    def _words(self, painter: QPainter, x: float, text: str, colour: str) -> float:
        width = painter.fontMetrics().horizontalAdvance(text)
        if x + width > self.width():
            return x
        painter.setPen(look.signed_text(-1.0) if colour == "negative" else theme.colour(colour))
        painter.drawText(QRectF(x, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
        return x + width + 8.0


class Header(QWidget):
    """The formula on the left; beside it the node at work, and the legend. ``clicked(key)``: a part of the formula."""

    clicked = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._words_height = 0
        self._shown: Formula | None = None
        self.formula = FormulaView(None, SIZES[0], walkable=True)
        self.formula.setToolTip(self.tr("Point at a part of the formula: its node lights up, and the other way round"))
        self.now = Phrase()
        self.legend = Legend()
        beside = QVBoxLayout()
        beside.setSpacing(3)
        beside.addStretch(1)
        beside.addWidget(self.now)
        beside.addWidget(self.legend)
        beside.addStretch(1)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(16, OVER, BESIDE_ZOOM, UNDER)
        row.setSpacing(26)
        row.addWidget(self.formula, 0)
        row.addLayout(beside, 1)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.now.installEventFilter(self)
        self.formula.hovered.connect(desk.point)
        self.formula.clicked.connect(self.clicked)
        desk.reshaped.connect(self._reshape)
        desk.sight_changed.connect(self._say)
        desk.sight_changed.connect(self._light)
        desk.pointed_changed.connect(self._light)
        desk.refused.connect(self._fade)
        desk.accepted.connect(self._fade)
        theme.notifier().changed.connect(self._say)
        self._faint = QGraphicsOpacityEffect(self.formula)
        self._faint.setOpacity(0.4)
        self._faint.setEnabled(False)
        self.formula.setGraphicsEffect(self._faint)
        self._reshape()

    def leave_room(self, pixels: int) -> None:
        """Leave so much of the right end to the zoom."""
        margins = self._row.contentsMargins()
        if margins.right() != pixels + BESIDE_ZOOM:
            margins.setRight(pixels + BESIDE_ZOOM)
            self._row.setContentsMargins(margins)

    def sizeHint(self) -> QSize:
        """High enough for two lines of words and the legend, so that the drawing stays where it is; for all lines of
        a longer sentence."""
        height = max(HEIGHT, self.formula.sizeHint().height() + OVER + UNDER, self._words_height)
        return QSize(super().sizeHint().width(), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._reshape()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The formula takes another width: the words take other lines."""
        if event.type() == QEvent.Type.Resize:
            self._make_room()
        return super().eventFilter(watched, event)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        """A ground that hides a graph which runs on beneath: what changes in that need not be painted here."""
        QPainter(self).fillRect(self.rect(), theme.colour("window"))

    @Slot()
    def _reshape(self) -> None:
        worked = self._desk.worked
        widest = min(WIDEST, SHARE * max(self.width(), LEAST))
        found = formula_of(worked, widest, tallest_of(worked)) if worked is not None else None
        self._shown = found
        self.formula.setVisible(found is not None)
        self.formula.set_size(found.size if found is not None else SIZES[0])
        self.formula.set_box(found.box if found is not None else Row(()))
        self._say()
        self._make_room()
        self._light()

    @Slot()
    def _say(self) -> None:
        sight, worked = self._desk.sight, self._desk.worked
        if worked is None:
            self.now.say(())
            return
        if self._desk.stale:
            head = self.tr("Not yet readable.") if self._desk.error is not None else self.tr("Not yet finished.")
            body = self.tr("This is the last expression that could be read.")
        elif sight.faulty:
            first = min(sight.faulty)
            head, body = self._fault_head(worked, first), sight.faulty[first]
        elif sight.complete:
            head, body = self.tr("Done."), self.tr("Every node has its gradient; drag a leaf and all of it follows.")
        elif sight.current is None:
            head, body = self.tr("Ready."), self.tr("Only the inputs are known.")
        elif sight.phase is Phase.SEED:
            head, body = self.tr("Turn round."), self.tr("The way back begins at the result with E = 1.")
        else:
            head = self.tr("Now: {operation}.").format(operation=word_of(worked.graph.nodes[sight.current]))
            marked = self.tr("The term that it computes is marked in the formula.")
            body = marked if self._marks(worked.graph.nodes[sight.current].key) else ""
        if self.now.say([Piece(head, strong=True), Piece(" "), Piece(body, theme.current().text_muted)]):
            self._make_room()

    def _marks(self, key: Hashable) -> bool:
        """Whether a node has a term of its own in the formula."""
        return not self.formula.isHidden() and bool(self.formula.laid_out.boxes_of(key))

    def formula_within(self, widest: float) -> LaidOut | None:
        """The formula for a picture that has so much room: with what there may be no room for here."""
        if self._shown is not None and not self._shown.left_out and not self.formula.isHidden():
            return self.formula.laid_out
        worked = self._desk.worked
        found = formula_of(worked, max(widest, WIDEST), math.inf) if worked is not None else None
        return lay_out(found.box, found.size) if found is not None else None

    def _fault_head(self, worked: Worked, first: int) -> str:
        """In short what is the matter with the first node whose number means nothing."""
        if worked.faults:
            return self.tr("This means nothing.")
        return self.tr("No derivative here.") if first in worked.corners else self.tr("This slope means nothing.")

    def _make_room(self) -> None:
        """Words that take more than two lines have the legend's room as well; of more than that, room from below."""
        roomy = self.width() >= ROOMY
        self.now.setVisible(roomy)  # which may give them another width
        height = self.now.heightForWidth(max(self.now.width(), 1))
        self.legend.setVisible(roomy and height < 2.5 * self.now.fontMetrics().lineSpacing())
        needed = height + OVER + UNDER if roomy else 0
        if needed != self._words_height:
            self._words_height = needed
            self.updateGeometry()

    @Slot()
    def _fade(self) -> None:
        """A formula that is no longer what is typed is faint, and says so."""
        self._faint.setEnabled(self._desk.stale)
        self._say()
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
