"""The edges between neurons: one bundle for every wire into a block that weighs its inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF

from app.builder.canvas.geometry import SceneLayout
from app.builder.canvas.selection import EdgeRef, NeuronRef
from app.kit.scene.curves import height_at
from engine.graph import Wire
from engine.network.plan import WeightKey


@dataclass(frozen=True, slots=True)
class Bundle:
    """The edges of one wire, in scene units. ``weights`` is the target's ``W``, (out, in).

    ``ribbon``: one of the ends is a grid of tiles, so the edges are shown as one ribbon, and only those of a chosen
    unit one by one. ``pixels``: they come from an image and are shown in the tiles.
    """

    wire: Wire
    x0: float
    y0: NDArray[np.float64]
    x1: float
    y1: NDArray[np.float64]
    weights: NDArray[np.float64]
    ribbon: bool = False
    pixels: bool = False

    def strands(self, block_id: str, unit: int) -> list[tuple[int, int]]:
        """The edges, as (row, column), into or out of one unit of either end; those out of an image are in its tile."""
        rows, columns = self.weights.shape
        if block_id == self.wire.source and unit < columns:
            return [(row, unit) for row in range(rows)]
        if block_id == self.wire.target and unit < rows and not self.pixels:
            return [(unit, column) for column in range(columns)]
        return []

    def ends(self, row: int, column: int) -> tuple[QPointF, QPointF]:
        """Where one edge begins and ends."""
        return QPointF(self.x0, self.y0[column]), QPointF(self.x1, self.y1[row])

    def edge(self, row: int, column: int) -> EdgeRef:
        """The name of one edge."""
        return EdgeRef(self.wire.source, self.wire.target, row, column)


def weighs(layout: SceneLayout, wire: Wire) -> bool:
    """Whether the wire's target multiplies it by weights of its own."""
    return wire.target in layout and wire.source in layout and layout[wire.target].block.declaration.probed


def bundles_of(layout: SceneLayout, weights: Mapping[WeightKey, NDArray[np.float64]]) -> list[Bundle]:
    """A bundle for every weighing wire whose weights are known and fit what is drawn."""
    found = []
    for wire in layout.graph.wires:
        matrix = weights.get((wire.target, "W"))
        if matrix is None or not weighs(layout, wire):
            continue
        source, target = layout[wire.source], layout[wire.target]
        if matrix.shape == (target.pins.size, source.pins.size):
            grids = [shape.tiles is not None and shape.tiles.compact for shape in (source, target)]
            found.append(
                Bundle(
                    wire, source.body.right(), source.pins, target.body.left(), target.pins, matrix,
                    any(grids), layout.picture_into(wire.target) is not None,
                )
            )  # fmt: skip
    return found


def edge_under(
    bundles: list[Bundle], point: QPointF, reach: float, threshold: float, neuron: NeuronRef | None = None
) -> EdgeRef | None:
    """The edge that passes nearest to a scene point, within ``reach``; weights below ``threshold`` do not count, and of
    a ribbon only those of the chosen ``neuron``."""
    best: tuple[float, EdgeRef] | None = None
    for bundle in bundles:
        left, right = min(bundle.x0, bundle.x1), max(bundle.x0, bundle.x1)
        if not left < point.x() < right:
            continue
        heights = height_at(point.x(), bundle.x0, bundle.y0[None, :], bundle.x1, bundle.y1[:, None])
        ahead = height_at(point.x() + 1.0, bundle.x0, bundle.y0[None, :], bundle.x1, bundle.y1[:, None])
        distance = np.abs(heights - point.y()) / np.hypot(1.0, ahead - heights)
        hidden = ~(np.abs(bundle.weights) >= threshold)
        if bundle.ribbon:
            hidden = np.ones(bundle.weights.shape, dtype=bool)
            for strand in bundle.strands(neuron.block_id, neuron.unit) if neuron is not None else ():
                hidden[strand] = False
        distance[hidden] = np.inf
        row, column = np.unravel_index(int(np.argmin(distance)), distance.shape)
        if distance[row, column] <= reach and (best is None or distance[row, column] < best[0]):
            best = float(distance[row, column]), bundle.edge(int(row), int(column))
    return best[1] if best else None
