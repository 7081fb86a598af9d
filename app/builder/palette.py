"""The palette: block kinds as cards, to drag onto the canvas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.builder.palette_drag import start_palette_drag
from app.kit.translation import worded
from app.kit.widgets.cards import BLOCK_HEIGHT, BLOCK_WIDTH, WIDE_BLOCK, BlockCard, MoreCard
from app.kit.widgets.flow import FlowLayout
from app.kit.words import plain_tip
from app.network.document import Document
from engine.graph.beside import add_into
from engine.graph.edit import add_block
from engine.graph.kinds import Arity, BlockKind, kind_of, playground_kinds
from engine.graph.model import NetworkGraph

CLEARANCE = 150.0


class PalettePanel(QWidget):
    """``added``: id of a block that was added by double-click or Enter. ``opened(on)``: more kinds are shown than the
    ``first``, or no longer."""

    added = Signal(str)
    opened = Signal(bool)

    def __init__(
        self,
        document: Document,
        parent: QWidget | None = None,
        *,
        offered: Iterable[BlockKind[Any]] | None = None,
        first: Sequence[str] = (),
    ) -> None:
        """``offered``: the kinds in their order; those of the playground where none are named. ``first``: keys of those
        that are shown before the others are asked for; empty for all."""
        super().__init__(parent)
        self._document = document
        self.cards: dict[str, BlockCard] = {}
        self._first = first
        flow = FlowLayout(self, 6, columns_of=WIDE_BLOCK if first else BLOCK_WIDTH)
        kinds = playground_kinds() if offered is None else tuple(offered)
        for kind in sorted(kinds, key=lambda kind: first.index(kind.key) if kind.key in first else len(first)):
            tip = self.tr("{summary}\nDrag it to the canvas, onto a wire to splice it in, or double-click.")
            card = BlockCard(kind.key, worded(kind.label), kind.icon, tip.format(summary=worded(kind.summary)))
            card.dragged.connect(start_palette_drag)
            card.activated.connect(self.add)
            self.cards[kind.key] = card
            flow.addWidget(card)
        self.more = MoreCard(self.tr("More…"), "", BLOCK_HEIGHT, self)
        self.more.clicked.connect(lambda: self.set_open(not self.is_open))
        flow.addWidget(self.more)
        self.more.setVisible(bool(first))
        self.set_open(not first)

    @property
    def is_open(self) -> bool:
        """Return whether all kinds are shown."""
        return self._is_open

    def set_open(self, on: bool) -> None:
        """Show all kinds, or the first few."""
        self._is_open = on
        for key, card in self.cards.items():
            card.setVisible(on or key in self._first)
        self.more.setText(self.tr("Fewer") if on else self.tr("More…"))
        self.more.setAccessibleName(self.tr("Fewer blocks") if on else self.tr("More blocks"))
        tip = self.tr("Show only the blocks that most networks need") if on else self.tr("Show all kinds of blocks")
        self.more.setToolTip(plain_tip(tip))
        self.opened.emit(on)

    def add(self, kind: str) -> None:
        """Add a block where it makes sense, in one undoable step."""
        graph, block_id = added_sensibly(self._document.graph, kind)
        if self._document.edit(self.tr("Add {kind}").format(kind=worded(kind_of(kind).label)), graph=graph):
            self.added.emit(block_id)


def added_sensibly(graph: NetworkGraph, kind: str) -> tuple[NetworkGraph, str]:
    """The graph with one more block and its id: into the wire before the output where the kind fits a wire,
    else below everything.
    """
    declaration = kind_of(kind)
    into = [wire for output in graph.outputs for wire in graph.wires_into(output.id)]
    if declaration.arity is Arity.NONE or declaration.is_end or not into:
        x = min((block.x for block in graph.blocks), default=0.0)
        y = max((block.y for block in graph.blocks), default=-CLEARANCE) + CLEARANCE
        return add_block(graph, kind, x, y)
    left, right = graph.block(into[0].source), graph.block(into[0].target)
    return add_into(graph, kind, into[0], (left.x + right.x) / 2, (left.y + right.y) / 2)
