"""The cards over the canvas' foot: the rule under its node, and beside it what a group reads as in one.

Height, and the place of the second, are those that the whole pass needs: nothing moves away while one steps through it.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize

from app.workspaces.scalar_graph.canvas.view import GraphCanvas
from app.workspaces.scalar_graph.collapsed_card import CollapsedCard
from app.workspaces.scalar_graph.desk import Desk
from app.workspaces.scalar_graph.rule_card import RuleCard
from app.workspaces.scalar_graph.shape import Shape
from app.workspaces.scalar_graph.worked import Worked
from app.workspaces.scalar_graph.worked_card import AROUND, READABLE

GAP, EDGE = 12, 12
HEIGHT, FOR_FRACTION = 122, 12
"""Of a card whose local derivatives stand on a line, and so much more at most where one is a fraction: the line with
that in it is written a little smaller, for the drawing needs the room."""
ONE_OPERAND, TWO_OPERANDS = 384, 640
"""About so wide is a rule that hands something to so many operands."""


class Cards:
    """Places the two in the stage's pixels."""

    def __init__(self, desk: Desk, canvas: GraphCanvas, rule: RuleCard, collapsed: CollapsedCard) -> None:
        self._desk, self._canvas = desk, canvas
        self._rule, self._collapsed = rule, collapsed
        self._shape: Shape | None = None
        self._worked: Worked | None = None
        self._height, self._rule_needs, self._rule_width = HEIGHT, ONE_OPERAND, ONE_OPERAND

    @property
    def height(self) -> int:
        """How high they are, for all of the pass."""
        self._measure()
        return self._height

    def _measure(self) -> None:
        """What the rules of a graph need, for all moments of the pass; only their width is another for other numbers,
        and of one graph never less than before."""
        worked = self._desk.worked
        if worked is None or worked is self._worked:
            return
        self._worked, room = worked, worked.shape.rule_room
        if worked.shape is not self._shape:
            self._shape, self._rule_width = worked.shape, ONE_OPERAND
            self._height = HEIGHT + min(FOR_FRACTION, round(room.taller))
            self._rule_needs = ONE_OPERAND + (room.operands - 1) * (TWO_OPERANDS - ONE_OPERAND)
        more = worked.digits_more * room.digit * room.operands
        self._rule_width = max(self._rule_width, round(room.wide + more) + AROUND)

    def place(self, stage: QSize, *, wanted: bool) -> int | None:
        """Show what there is to be shown, if cards are ``wanted``; the upper edge of the rule's, where it is shown."""
        self._measure()
        rule = wanted and self._rule.has_something
        beside = wanted and self._collapsed.has_something and self._both_fit(stage.width())
        self._rule.setVisible(rule)
        self._collapsed.setVisible(beside)
        height = self.height
        top, taken = stage.height() - height - EDGE, 0
        if beside:
            width = min(self._collapsed.widest, stage.width() - 2 * EDGE)
            self._collapsed.setGeometry(QRect(stage.width() - width - EDGE, top, width, height))
            taken = width + GAP
        if not rule:
            return None
        if self._rule.written_of is self._shape:  # else it is still that of the graph before
            self._rule_width = max(self._rule_width, self._rule.sizeHint().width())
        width = min(self._rule_width, stage.width() - taken - 2 * EDGE)
        knot = self._canvas.shown.drawing.by_key.get(self._rule.key)
        middle = self._canvas.to_view(knot.centre).x() if knot is not None else stage.width() / 2
        left = min(max(middle - width / 2, EDGE), stage.width() - taken - width - EDGE)
        self._rule.setGeometry(QRect(round(left), top, width, height))
        return top

    def fits(self, width: int) -> bool:
        """Whether the widest rule can be read on a stage so wide."""
        self._measure()
        return READABLE * self._rule_needs <= width

    def _both_fit(self, width: int) -> bool:
        return READABLE * self._rule_needs + self._collapsed.widest + 3 * GAP <= width
