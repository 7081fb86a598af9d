"""The layers that the plots speak of: their names and colours, the same in every plot."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from app.kit import theme
from app.kit.translation import worded_caption
from engine.graph.model import Block
from engine.network.plan import Node, Plan


@dataclass(frozen=True, slots=True)
class Layer:
    """One probed block. ``short`` fits a legend; ``name`` is unique and says what it is."""

    block_id: str
    short: str
    name: str
    index: int
    count: int

    @property
    def colour(self) -> QColor:
        """The layer's colour in the present theme; the output's is always the same."""
        return theme.series_colour(self.index, self.count)


def layers_of(plan: Plan) -> tuple[Layer, ...]:
    """The probed blocks from the input's side to the output."""
    nodes = [plan.nodes[index] for index in plan.probed]
    return tuple(_layer(node, index, len(nodes)) for index, node in enumerate(nodes))


def _layer(node: Node, index: int, count: int) -> Layer:
    short = short_name(node.block, index + 1)
    caption = worded_caption(node.kind.caption(node.block.params, node.width))
    name = caption if caption.lower().startswith(short.lower()) else f"{short} · {caption}"
    return Layer(node.id, short, name, index, count)


def short_name(block: Block, number: int) -> str:
    """The block's own title, else “layer 2” or “output”."""
    if block.title:
        return block.title
    if block.declaration.is_end:
        return QCoreApplication.translate("Layers", "output")
    return QCoreApplication.translate("Layers", "layer {number}").format(number=number)
