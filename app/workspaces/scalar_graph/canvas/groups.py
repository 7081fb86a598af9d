"""Groups of nodes that can be one: which there are, the ground and the pill of each, and the edits they ask for."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QObject, QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPainterPathStroker, QPen

from app.kit import look, theme
from app.kit.formula.boxes import typeset
from app.kit.icons import pixmap
from app.kit.scene.viewport import Camera
from app.workspaces.scalar_graph.computation import NamedGroup
from app.workspaces.scalar_graph.layout import ROW, GraphDrawing
from app.workspaces.scalar_graph.model import GraphModel
from app.workspaces.workspace import Messages

AROUND = 7.0
"""From the nodes and their numbers to the hull's edge: half of what others keep from them."""
HEIGHT, PADDING, ICON, GAP = 24.0, 9.0, 13, 10.0
PIXELS, FORMULA_PIXELS = 12.0, 15.0
ROUND, DASH = 10.0, 1.2
"""Pixels: of a hull's corners, and the width of its edge."""


@dataclass(frozen=True, slots=True)
class Hull:
    """``words`` and ``markup`` stand on its pill; ``name``: what the collapsed node is to be called."""

    keys: frozenset[Hashable]
    box: QRectF
    words: str
    markup: str = ""
    name: str = ""

    @property
    def pill_width(self) -> float:
        """Of its pill, in pixels."""
        width = 2 * PADDING + ICON + 6 + _width(self.words)
        return width + GAP + typeset(self.markup, FORMULA_PIXELS).width if self.markup else width


def hull_box(drawing: GraphDrawing, keys: Iterable[Hashable]) -> QRectF:
    """Return the area of these nodes with their numbers."""
    total = QRectF()
    for key in keys:
        if key in drawing.by_key:
            total = total.united(drawing.by_key[key].cell)
    return total.adjusted(-AROUND, -AROUND, AROUND, AROUND)


def paint_grounds(painter: QPainter, hulls: Iterable[Hull], camera: Camera) -> None:
    """The soft grounds, beneath the graph, in pixels of the widget."""
    for hull in hulls:
        box = camera.rect_to_view(hull.box)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.faded("accent", 0.07))
        painter.drawRoundedRect(box, ROUND, ROUND)
        painter.translate(box.topLeft())
        painter.fillPath(_dashes(box.width(), box.height()), look.faded("accent", 0.45))
        painter.translate(-box.topLeft())


@lru_cache(maxsize=16)
def _dashes(width: float, height: float) -> QPainterPath:
    """The dashes of an edge, as areas: a pen sets its own anew in every part of it that is painted by itself."""
    edge = QPainterPath()
    edge.addRoundedRect(QRectF(0.0, 0.0, width, height), ROUND, ROUND)
    stroker = QPainterPathStroker(QPen(Qt.GlobalColor.black, DASH, Qt.PenStyle.DashLine))
    return stroker.createStroke(edge)


def paint_pills(painter: QPainter, pills: Iterable[tuple[Hull, QRectF]]) -> None:
    """The pills in their places, above the graph."""
    for hull, box in pills:
        painter.setPen(QPen(theme.colour("accent"), 1.2))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(box, HEIGHT / 2, HEIGHT / 2)
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(
            QPointF(box.left() + PADDING, box.center().y() - ICON / 2), pixmap("fit", ICON, "accent", ratio)
        )
        painter.setFont(look.font(PIXELS, QFont.Weight.Medium))
        painter.setPen(theme.colour("accent"))
        left = box.left() + PADDING + ICON + 6
        painter.drawText(box.adjusted(left - box.left(), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, hull.words)
        if hull.markup:
            line = typeset(hull.markup, FORMULA_PIXELS)
            baseline = box.center().y() + (line.ascent - line.descent) / 2
            line.paint(painter, left + _width(hull.words) + GAP, baseline, colour="accent")


def _width(words: str) -> float:
    return QFontMetricsF(look.font(PIXELS, QFont.Weight.Medium)).horizontalAdvance(words)


INSET = 12.0
"""Pixels from a corner to a pill."""
Pill = tuple[Hull, QRectF]
"""A group and the place of its pill, in pixels of the widget."""


def place_pills(hulls: Iterable[Hull], drawing: GraphDrawing, camera: Camera, area: QRectF) -> tuple[Pill, ...]:
    """On the upper edge of each group's ground within ``area``, else on the lower one; a group whose pill would lie on
    a node or its numbers, or on another pill, has none."""
    found: list[Pill] = []
    for hull in hulls:
        cells = [drawing.knots[index].cell for index in drawing.knots_in(hull.box.adjusted(0.0, -ROW, 0.0, ROW))]
        taken = [*map(camera.rect_to_view, (*cells, drawing.exit)), *(pill for _, pill in found)]
        for place in _places(camera.rect_to_view(hull.box), hull.pill_width, area):
            if not any(place.intersects(other) for other in taken):
                found.append((hull, place))
                break
    return tuple(found)


def _places(frame: QRectF, width: float, area: QRectF) -> list[QRectF]:
    """At both ends and in the middle of the upper edge, over that, and of the lower edge, as far as all is in sight."""
    first = max(frame.left() + INSET, area.left())
    last = min(frame.right() - INSET, area.right()) - width
    upper, lower = max(frame.top() - HEIGHT / 2, area.top()), min(frame.bottom(), area.bottom()) - HEIGHT / 2
    over = max(frame.top() - HEIGHT + 1.0, area.top())
    boxes = [QRectF(x, y, width, HEIGHT) for y in (upper, over, lower) for x in (first, last, (first + last) / 2)]
    return [box for box in boxes if area.contains(box) and box.intersects(frame)]


MOST_HULLS = 6
"""In a drawing with more groups only the first ones have a hull; any can be chosen by hand."""
LETTERS = "fghqrs"
"""Names for groups that have none."""


def chosen_group(model: GraphModel) -> NamedGroup | None:
    """Return the chosen nodes as a group, if these are two operations or more."""
    worked = model.worked
    if worked is None:
        return None
    graph = worked.graph
    keys = frozenset(str(k) for k in model.chosen if str(k) in graph.index and graph.nodes[graph.index[str(k)]].rule)
    if len(keys) < 2:
        return None
    taken = {node.rule.symbol for node in graph.nodes if node.rule is not None}
    name = next((letter for letter in LETTERS if letter not in taken), LETTERS[0])
    return NamedGroup(keys, name, "")


def collapsed_chosen(model: GraphModel) -> str | None:
    """The key of a chosen node that is several in one."""
    worked = model.worked
    if worked is None:
        return None
    graph = worked.graph
    keys = (str(key) for key in model.chosen if str(key) in graph.index)
    return next((key for key in keys if graph.nodes[graph.index[key]].inner is not None), None)


def hulls_of(model: GraphModel, drawing: GraphDrawing) -> tuple[Hull, ...]:
    """A hull for what is chosen; else one for each node that can be opened, and for each group that has a name."""
    worked = model.worked
    if worked is None or model.stale:
        return ()
    group = chosen_group(model)
    if group is not None:
        return (_hull(group, drawing),)
    opening = tuple(_opening(node.key, drawing) for node in worked.graph.nodes if node.inner is not None)
    return (*opening, *(_hull(group, drawing) for group in model.groups))[:MOST_HULLS]


def _opening(key: str, drawing: GraphDrawing) -> Hull:
    words = QCoreApplication.translate("GraphGroups", "open again")
    return Hull(frozenset({key}), hull_box(drawing, {key}), words)


def _hull(group: NamedGroup, drawing: GraphDrawing) -> Hull:
    text = QCoreApplication.translate("GraphGroups", "{label}: collapse {count} nodes to")
    plain = QCoreApplication.translate("GraphGroups", "collapse {count} nodes")
    words = text if group.markup else plain
    if group.label and not group.markup:
        words = QCoreApplication.translate("GraphGroups", "{label}: collapse {count} nodes")
    said = words.format(label=group.label, count=len(group.keys))
    around: frozenset[Hashable] = frozenset(group.keys) | _constants_of(group, drawing)
    return Hull(frozenset(group.keys), hull_box(drawing, around), said, group.markup, group.name)


def _constants_of(group: NamedGroup, drawing: GraphDrawing) -> frozenset[Hashable]:
    """The constants that only the group uses lie within its hull."""
    found: set[Hashable] = set()
    for link in drawing.links:
        if link.plain and drawing.knots[link.target].key in group.keys:
            found.add(drawing.knots[link.source].key)
    return frozenset(found)


class GroupEdits(QObject):
    """Asks the model for the edits; says why there is nothing to be done."""

    def __init__(self, model: GraphModel, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model, self._messages = model, messages

    @Slot(object)
    def take_hull(self, hull: Hull) -> None:
        """A pill was clicked: collapse its group, or open what it stands over."""
        keys = frozenset(str(key) for key in hull.keys)
        if hull.name:
            self._model.collapse(keys, hull.name)
        else:
            self._model.open(next(iter(keys)))

    def collapse(self) -> None:
        """Collapse the chosen nodes, else the first group that has a name."""
        worked = self._model.worked
        if worked is None:
            return
        group = chosen_group(self._model) or next(iter(self._model.groups), None)
        if group is not None:
            self._model.collapse(group.keys, group.name)
            return
        self._messages.say(
            QCoreApplication.translate(
                "ScalarGraphPage", "Select two or more operations, with Shift or a frame, to collapse them."
            )
        )

    def open_again(self) -> None:
        """A chosen node; where none is, the one that was collapsed last."""
        key = collapsed_chosen(self._model)
        groups, worked = self._model.document.value.collapsed, self._model.worked
        if key is None and groups and worked is not None:
            key = next((node for node in groups[-1].nodes if node in worked.graph.index), groups[-1].nodes[0])
        if key is not None:
            self._model.open(key)
        else:
            self._messages.say(QCoreApplication.translate("ScalarGraphPage", "There is no collapsed node to open."))

    def choose_all(self) -> None:
        """Every node."""
        if self._model.worked is not None:
            self._model.choose(frozenset(node.key for node in self._model.worked.graph.nodes))
