"""Colours of what sort an item is: the commonest sorts have one each. Blue and orange stay with signs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter

from app.kit import theme
from app.workspaces.recommender.follow.answered import Item

FIRST, LAST = 1, 7
"""The places in the theme's series whose hues mean nothing else."""


class Hues:
    """Which sort has which colour; with no items given, or items without sorts, nothing has one."""

    def __init__(self, items: Iterable[Item] = ()) -> None:
        counted = Counter(item.sorts[0] for item in items if item.sorts)
        common = [sort for sort, _ in counted.most_common(LAST - FIRST + 1)]
        self._places = {sort: FIRST + at for at, sort in enumerate(common)}

    def __bool__(self) -> bool:
        return bool(self._places)

    @property
    def sorts(self) -> tuple[str, ...]:
        """Those with a colour of their own, the commonest first."""
        return tuple(self._places)

    def of(self, item: Item) -> QColor:
        """An item's colour: that of the first of its sorts that has one."""
        place = next((self._places[sort] for sort in item.sorts if sort in self._places), None)
        return theme.colour("text_muted") if place is None else QColor(theme.current().series[place])

    def dot(self, painter: QPainter, item: Item, at: QPointF, *, hollow: bool = False) -> None:
        """Paint an item's dot; none where the data have no sorts."""
        if not self:
            return
        colour = self.of(item)
        painter.setPen(colour if hollow else Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush if hollow else colour)
        painter.drawEllipse(at, 3.5, 3.5)
