"""Finds what lies under a point of the canvas."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from app.builder.canvas.edge_layer import EdgeLayer
from app.builder.canvas.hit import Hit, hit_test, wire_under
from app.builder.canvas.scene import Scene
from app.builder.canvas.selection import Selection
from app.kit.scene.camera import Camera
from engine.graph import Wire


class Finder:
    """Goes by what is drawn now: the blocks as they lie, and the edges strong enough to be seen."""

    def __init__(self, scene: Scene, edges: EdgeLayer, camera: Camera, selection: Selection) -> None:
        self._scene, self._edges, self._camera, self._selection = scene, edges, camera, selection

    def hit(self, point: QPointF) -> Hit:
        """What lies under a widget pixel."""
        edges, camera = self._edges, self._camera
        at, chosen = camera.to_scene(point), self._selection.neuron
        return hit_test(self._scene.layout, edges.bundles, at, camera.scale, edges.threshold, chosen)

    def wire_under(self, point: QPointF) -> Wire | None:
        """The wire that a block dropped at a scene point would be spliced into."""
        return wire_under(self._scene.layout, self._edges.bundles, point)
