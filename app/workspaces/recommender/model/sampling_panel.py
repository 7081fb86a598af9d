"""How candidate generation learns its softmax over all items (Covington et al. 2016, §3.1)."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.builder.inspector.parameters import word_for
from app.kit.numbers import grouped
from app.kit.widgets.choice import Choice
from app.kit.widgets.labels import ElidedLabel, wrapped
from app.kit.widgets.number_field import NumberField
from app.kit.widgets.segments import Segments
from app.workspaces.recommender.model.draft import Draft
from engine.graph.edit import set_params
from engine.graph.kinds.sampled_softmax import SampledSoftmaxParams
from engine.graph.model import Block

USUAL = 200
"""Negatives of a step where the network had the full softmax before."""

Manner = Literal["full", "sampled", "uncorrected"]


class SamplingPanel(QWidget):
    """Sets the block that ends the network; each choice is one undoable step."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.manner = Segments(
            (
                ("full", self.tr("Full softmax"), self.tr("Every item is scored in every step")),
                ("sampled", self.tr("Sampled"), self.tr("Some other items are scored in every step, each less log Q,"
                                                        " the logarithm of how often it is drawn")),
                ("uncorrected", self.tr("Without log Q"), self.tr("Sampled, and not corrected for how often an item is"
                                                                  " drawn: what is popular is pushed down")),
            )
        )  # fmt: skip
        tip = self.tr("Other items that each step is learned against")
        self.negatives = NumberField(self.tr("Negatives"), 1, 1_000_000, tip, log=True, whole=True, least=1.0)
        drawn = self.tr("How negatives are drawn: as often as they are watched, or each alike")
        self.drawn_by = Choice(self.tr("Drawn by"), [(key, word_for(key)) for key in ("frequency", "uniform")], drawn)
        self.note = wrapped()
        self.manner.chosen.connect(self._choose)
        self.negatives.edited.connect(self._draw)
        self.drawn_by.picked.connect(lambda key: self._change(self.tr("Change drawing"), {"drawn_by": key}))
        self._drawn = QWidget()
        line = QHBoxLayout(self._drawn)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(ElidedLabel(self.tr("Drawn by")), 2)
        line.addWidget(self.drawn_by, 3)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        for widget in (self.manner, self.negatives, self._drawn, self.note):
            rows.addWidget(widget)
        draft.document.graph_changed.connect(self._show)
        self._show()

    @property
    def _end(self) -> tuple[Block, SampledSoftmaxParams] | None:
        """The end of the network; None while a person has taken it out."""
        for block in self._draft.graph.outputs:
            if isinstance(block.params, SampledSoftmaxParams):
                return block, block.params
        return None

    @Slot()
    def _show(self) -> None:
        end = self._end
        self.setEnabled(end is not None)
        if end is None:
            return
        params = end[1]
        manner: Manner = "full" if not params.negatives else "sampled" if params.log_q else "uncorrected"
        self.manner.choose(manner)
        for widget in (self.negatives, self._drawn):
            widget.setVisible(manner != "full")
        self.negatives.set_value(params.negatives or USUAL)
        self.drawn_by.choose(params.drawn_by)
        self.note.setText(self._said(params, manner))

    def _said(self, params: SampledSoftmaxParams, manner: Manner) -> str:
        items = grouped(params.items)
        if manner == "full":
            return self.tr("Each step scores all {items} items.").format(items=items)
        if manner == "uncorrected" and params.drawn_by == "uniform":
            return self.tr("Drawn alike, every item has the same log Q: leaving it out changes nothing.")
        words = self.tr("Each example scores its own item and {drawn} draws from the {items} items.")
        return words.format(drawn=grouped(params.negatives), items=items)

    def _change(self, label: str, values: dict[str, object], merge: str = "") -> None:
        end = self._end
        if end is not None:
            graph = set_params(self._draft.graph, end[0].id, **values)
            self._draft.document.edit(label, graph=graph, merge=merge or None)

    @Slot(str)
    def _choose(self, manner: str) -> None:
        end = self._end
        if end is None:
            return
        drawn = end[1].negatives or min(USUAL, end[1].items)
        values: dict[str, object] = {"negatives": 0 if manner == "full" else drawn, "log_q": manner != "uncorrected"}
        self._change(self.tr("Change sampling"), values)

    @Slot(object, str)
    def _draw(self, value: float, gesture: str) -> None:
        self._change(self.tr("Change negatives"), {"negatives": round(value)}, gesture)
