"""Colours of what sort an item is: the commonest sorts have one each, the same as on the map of items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter

from app.kit import theme
from app.workspaces.recommender.follow.content import Item
from app.workspaces.recommender.map.colours import HUES


class Hues:
    """Which sort has which colour; with no items given, or items without sorts, nothing has one."""

    def __init__(self, items: Sequence[Item] = ()) -> None:
        common = Counter(item.sorts[0] for item in items if item.sorts).most_common(len(HUES))
        self.sorts: tuple[str, ...] = tuple(sort for sort, _ in common)
        counted = Counter(kind for item in items if (kind := self.kind(item)) is not None)
        self.sorts = tuple(sorted(self.sorts, key=lambda sort: -counted[sort]))

    def __bool__(self) -> bool:
        return bool(self.sorts)

    def kind(self, item: Item) -> str | None:
        """The first of an item's sorts that has a colour."""
        return next((sort for sort in item.sorts if sort in self.sorts), None)

    def of(self, item: Item) -> QColor:
        """An item's colour."""
        kind = self.kind(item)
        if kind is None:
            return theme.colour("text_muted")
        return QColor(theme.current().series[HUES[self.sorts.index(kind)]])

    def dot(self, painter: QPainter, item: Item, at: QPointF, *, hollow: bool = False) -> None:
        """Paint an item's dot; none where the data have no sorts."""
        if not self:
            return
        colour = self.of(item)
        painter.setPen(colour if hollow else Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush if hollow else colour)
        painter.drawEllipse(at, 3.5, 3.5)
