"""What the canvas of the computation graph shows, and which parts of it are painted again."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from itertools import compress
from operator import ne

from PySide6.QtCore import QMarginsF, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QWidget

from app.kit.scene.backdrop import paint_backdrop
from app.kit.widgets.painted import Painting, guarded
from app.workspaces.scalar_graph.canvas.drawing import Drawing, Link
from app.workspaces.scalar_graph.canvas.far import FarPainter, crowded
from app.workspaces.scalar_graph.canvas.hulls import HEIGHT, Hull, Pill, paint_grounds, paint_pills, place_pills
from app.workspaces.scalar_graph.canvas.labels import Labels
from app.workspaces.scalar_graph.canvas.painter import NUMBERS_FROM, Motion, NearPainter, paint_motion
from app.workspaces.scalar_graph.canvas.shown import Faces, Hit, Shown, hit_at
from app.workspaces.scalar_graph.canvas.viewport import GraphViewport, PassFollower
from app.workspaces.scalar_graph.canvas.writing import Stamps
from app.workspaces.scalar_graph.sight import Sight

MOST_NODES = 160
"""In a larger graph looking for what has changed takes as long as painting what is in sight of it."""
LARGE_SHARE = 0.4
"""Where more of the nodes are others, all of it is painted."""
NODE = QMarginsF(62.0, 42.0, 62.0, 50.0)
"""Scene units round a node: its name, its flag, its ring."""
LANES = QMarginsF(16.0, 16.0, 16.0, 16.0)
SUM = QMarginsF(70.0, 12.0, 70.0, 40.0)
EXIT = QMarginsF(100.0, 24.0, 60.0, 50.0)
"""Its lanes come from the left, the seed stands beneath."""
NUMBER = QRectF(-60.0, -14.0, 120.0, 28.0)
"""What a number of an edge takes at most, seen from its middle."""


def changed_areas(shown: Shown, before: Sight, now: Sight) -> list[QRectF] | None:
    """Parts of the scene, which may overlap; None where it may be anywhere."""
    count = len(shown.drawing.knots)
    if not 0 < len(before.values) == len(now.values) == count <= MOST_NODES:
        return None
    if (before.faulty, before.hollow, before.largest) != (now.faulty, now.hollow, now.largest):
        return None
    values = set(compress(range(count), map(ne, before.values, now.values)))
    slopes = set(compress(range(count), map(ne, before.gradients, now.gradients)))
    at_work = {one for one in (before.current, now.current) if one is not None and before.current != now.current}
    if len(values | slopes) > LARGE_SHARE * count:
        return None
    links = [
        link
        for link in shown.drawing.links
        if before.handed.get((link.target, link.slot)) != now.handed.get((link.target, link.slot))
        or link.source in values
        or link.target in at_work
    ]
    areas = [shown.drawing.knots[index].box.marginsAdded(NODE) for index in values | slopes | at_work]
    areas += [area for link in links for area in _of_link(shown, link)]
    sums = shown.labels.sums
    areas += [sums[i].marginsAdded(SUM) for i in slopes | {link.source for link in links} if i in sums]
    if shown.drawing.output in values | slopes:
        areas.append(shown.drawing.exit.marginsAdded(EXIT))
    return areas


def _of_link(shown: Shown, link: Link) -> list[QRectF]:
    """An edge's lanes and its two numbers."""
    label = shown.labels.links[shown.drawing.into[link.target][link.slot]]
    areas = [link.path.controlPointRect().marginsAdded(LANES)]
    areas += [NUMBER.translated(at) for at in (label.value_at, label.gradient_at) if at is not None]
    return areas


AROUND = 40.0
"""Scene units: rings, flags and numbers of a drawing reach no further beyond it."""


MOST_PIECES = 16
"""Of so many rectangles each is looked up in the drawing by itself; of more, what holds them all."""


class GraphPicture(Painting, QWidget):
    """Shows a drawing and what is known of it; knows what is under a pixel."""

    antialiased = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = Shown()
        self.hulls: tuple[Hull, ...] = ()
        """The groups that have a ground."""
        self.pills: tuple[Pill, ...] = ()
        """The groups that have a pill, each with its place in pixels of the widget."""
        self._inner = QRectF()
        self._region = QRegion()
        self.motion: Motion | None = None
        self.viewport = GraphViewport(self, self)
        self.following = PassFollower(self.viewport, self.shown)
        self._stamps = Stamps()
        self._near, self._far = NearPainter(self.shown, self._stamps), FarPainter(self.shown)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 150)
        self.viewport.moved.connect(self._move)

    # What is shown ------------------------------------------------------------------------------------------------

    @property
    def bounds(self) -> QRectF:
        """What the viewport fits."""
        total = self._inner
        for hull in self.hulls:
            total = total.united(hull.box.adjusted(0.0, -HEIGHT / 2, 0.0, 0.0))
        return total

    @property
    def drawn(self) -> QRectF:
        """What the graph and its numbers take."""
        return self._inner

    def show_drawing(self, drawing: Drawing, labels: Labels, faces: Faces, *, afresh: bool) -> None:
        """Show another drawing; ``afresh``: it is another expression, to be seen whole."""
        shown = self.shown
        shown.drawing, shown.labels, shown.faces = drawing, labels, faces
        self._inner = drawing.bounds.united(labels.box)
        shown.chosen = frozenset(key for key in shown.chosen if key in drawing.by_key)
        if shown.focus not in drawing.by_key:
            shown.focus = None
        self._near, self._far = NearPainter(shown, self._stamps), FarPainter(shown)
        if afresh:
            self.following.open()
        else:
            self.viewport.picture_changed()
        self._move()

    def show_sight(self, sight: Sight, *, follow: bool = True) -> None:
        """Show what is known at another moment; with ``follow``, the node at work comes into sight, large enough to be
        read, unless the whole was asked for."""
        before, self.shown.sight = self.shown.sight, sight
        if follow and sight.step != before.step:
            self.following.follow()
        areas = changed_areas(self.shown, before, sight)
        if areas is None:
            self.update_drawing()
        else:
            self._update_areas(areas)

    def show_motion(self, motion: Motion | None) -> None:
        """Show what is on its way, or that nothing is."""
        if motion != self.motion:
            self.motion = motion
            self.update_drawing()

    def show_hulls(self, hulls: tuple[Hull, ...]) -> None:
        """Show which groups of nodes can be collapsed."""
        if hulls != self.hulls:
            self.hulls = hulls
            self.viewport.picture_changed()
            self._move()

    def show_stale(self, stale: bool) -> None:
        """Whether the drawing is of an expression before the one that is being typed."""
        if stale is not self.shown.stale:
            self.shown.stale = stale
            self.update()

    def light(self, keys: Collection[Hashable]) -> None:
        """Light the nodes of these keys."""
        lit = frozenset(keys)
        if lit != self.shown.lit:
            self.shown.lit = lit
            self.update_drawing()

    def update_drawing(self) -> None:
        """Have painted anew what may have changed while everything stays in its place: not what lies upon the canvas
        beside the drawing, which would be painted as well."""
        reach = self._inner.adjusted(-AROUND, -AROUND, AROUND, AROUND)
        self.update(self.viewport.camera.rect_to_view(reach).toAlignedRect())

    def _move(self) -> None:
        """All of it lies elsewhere, or it is another drawing."""
        viewport, numbers = self.viewport, self.shown.labels if self.legible else Labels()
        self.pills = place_pills(self.hulls, self.shown.drawing, numbers, viewport.camera, viewport.area)
        self.update()

    def _update_areas(self, areas: Iterable[QRectF]) -> None:
        """The same of parts of the scene alone."""
        region, camera = QRegion(), self.viewport.camera
        for area in areas:
            region += camera.rect_to_view(area).toAlignedRect()
        self.update(region)

    def to_view(self, point: QPointF) -> QPointF:
        """A scene point in pixels of the widget."""
        return self.viewport.camera.to_view(point)

    # Looking ------------------------------------------------------------------------------------------------------

    @property
    def legible(self) -> bool:
        """Whether numbers of edges are drawn."""
        return self.viewport.camera.scale >= NUMBERS_FROM and not self._crowded()

    def _crowded(self) -> bool:
        drawing = self.shown.drawing
        return crowded(drawing, len(drawing.knots_in(self._visible)), self.viewport.camera.scale)

    @property
    def _visible(self) -> QRectF:
        return self.viewport.camera.visible(self.rect().toRectF().size())

    def hit(self, point: QPointF) -> Hit:
        """What is under a pixel."""
        return hit_at(self.shown, self.viewport.camera.to_scene(point), numbers=self.legible)

    def hull(self, point: QPointF) -> Hull | None:
        """The hull whose pill is under a pixel."""
        return next((hull for hull, box in self.pills if box.contains(point)), None)

    # Painting -----------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(640, 320)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        self._region = event.region()
        super().paintEvent(event)

    def _wanted(self) -> list[QRectF]:
        """The parts of the scene that are to be painted."""
        region = self._region
        pieces: list[QRect] = [region.boundingRect()]
        if 1 < region.rectCount() <= MOST_PIECES:
            pieces = list(region)  # type: ignore[call-overload]  # the stubs do not know that it can be walked
        camera = self.viewport.camera
        return [camera.rect_to_scene(QRectF(piece)) for piece in pieces]

    def paint(self, painter: QPainter) -> None:
        """Ground, hulls, the graph from near or from afar, and the hands."""
        camera = self.viewport.camera
        paint_backdrop(painter, QRectF(self.rect()), camera, self.devicePixelRatioF())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        far = self._crowded()
        paint_grounds(painter, self.hulls, camera)
        painter.save()
        painter.setTransform(camera.transform, combine=True)
        if far:
            self._far.paint(painter, camera.scale)
        else:
            self._near.paint(painter, self._visible, camera.scale, self._wanted())
        if self.motion is not None and not far and self.motion.node < len(self.shown.drawing.knots):
            paint_motion(painter, self.motion, self.shown.drawing)
        painter.restore()
        paint_pills(painter, self.pills)
        self.paint_hands(painter)

    def paint_hands(self, painter: QPainter) -> None:
        """Over all of it, what hands are at."""
