"""The layers that the plots speak of: their names and colours, the same in every plot."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor

from app.kit import theme
from app.kit.charts.series import Series
from app.kit.translation import worded, worded_name
from engine.formats.progress import Curve
from engine.network.plan import Node, Plan
from engine.training.ring import nothing
from engine.training.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Layer:
    """One probed block. ``short``: its name, which fits a legend; ``name`` says what it is too."""

    block_id: str
    short: str
    name: str
    index: int
    count: int

    @property
    def ink(self) -> str:
        """Return the name of its colour."""
        return f"series {self.index} of {self.count}"

    @property
    def colour(self) -> QColor:
        """The layer's colour in the present theme; the output's is always the same."""
        return theme.series_colour(self.index, self.count)


def layers_of(plan: Plan) -> tuple[Layer, ...]:
    """The probed blocks from the input's side to the output."""
    nodes = [plan.nodes[index] for index in plan.probed]
    return tuple(_layer(node, index, len(nodes)) for index, node in enumerate(nodes))


def layer_series(snapshot: Snapshot, quantity: str, chosen: str = "") -> list[Series]:
    """A curve of the history for every layer, in the layers' colours; the ``chosen`` one shows its range."""
    curves = snapshot.history.layers.get(quantity, {})
    return [_series(layer, curves.get(layer.block_id) or nothing(), chosen) for layer in layers_of(snapshot.plan)]


def _series(layer: Layer, curve: Curve, chosen: str) -> Series:
    mine = layer.block_id == chosen
    return Series(
        layer.short,
        layer.colour,
        curve,
        curve if mine else None,
        first=mine or layer.index in (0, layer.count - 1),
        averaged=True,
    )


def _layer(node: Node, index: int, count: int) -> Layer:
    short, detail = worded_name(node.name), worded(node.kind.detail(node.params))
    return Layer(node.id, short, f"{short} · {detail}" if detail else short, index, count)
