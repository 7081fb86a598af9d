"""What candidate generation learns from and is judged by: the examples, the watch held out, the length of a vector."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.kit.widgets.labels import wrapped
from app.kit.widgets.number_field import NumberField
from app.kit.widgets.segments import Segments
from app.workspaces.recommender.model.draft import Draft
from app.workspaces.recommender.model.draft_edits import DraftEdits
from engine.graph.kinds.bag import BagParams

ALL = 1_000_000
"""Examples per user: more than any has, so that each of their watches is one."""
MOST_WATCHES = 10_000
LATEST = "latest"
"""The column of the latest few watches."""


class ExamplesPanel(QWidget):
    """Values of the spec that no block holds. Each is one undoable step."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.held_out = Segments(
            (
                ("last", self.tr("Last watch"), self.tr("Each user's last watch is held out: what came after it is"
                                                        " not known")),
                ("random", self.tr("Random watch"), self.tr("A random watch of each user is held out: what came after"
                                                            " it is known, which flatters")),
            )
        )  # fmt: skip
        self.fields = {
            "history": self._field(self.tr("Longest history"), MOST_WATCHES, self.tr("Watches that a history has")),
            "latest": self._field(self.tr("Latest watches"), MOST_WATCHES,
                                  self.tr("Of how many of them there is a mean of its own")),
            "per_user": self._field(self.tr("Examples per user"), ALL - 1,
                                    self.tr("At most so many of each user, so that whoever watches much does not"
                                            " outweigh the others; empty for all"), optional=True),
        }  # fmt: skip
        for name, field in self.fields.items():
            field.edited.connect(
                lambda value, gesture, name=name: self._set(name, ALL if value is None else round(value), gesture)
            )
        self.held_out.chosen.connect(lambda key: self._set("held_out", key))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addWidget(wrapped(self.tr("Each user's figure is told by one watch that is held out:")))
        rows.addWidget(self.held_out)
        for field in self.fields.values():
            rows.addWidget(field)
        draft.changed.connect(self._show)
        self._show()

    def _field(self, label: str, most: int, tip: str, *, optional: bool = False) -> NumberField:
        return NumberField(
            label, 1, most, tip, log=True, whole=True, least=1.0, optional=optional, nothing=self.tr("all")
        )

    @Slot()
    def _show(self) -> None:
        spec = self._draft.wish.spec
        self.held_out.choose(str(spec["held_out"]))
        for name, field in self.fields.items():
            value = int(spec[name] or 1)
            field.set_value(None if value >= ALL else float(value))
        read = {block.params.column for block in self._draft.graph.blocks if isinstance(block.params, BagParams)}
        self.fields["latest"].setVisible(LATEST in read)

    def _set(self, name: str, value: object, gesture: str = "") -> None:
        label = {
            "history": self.tr("Change history"),
            "latest": self.tr("Change latest watches"),
            "per_user": self.tr("Change examples"),
            "held_out": self.tr("Change held-out watch"),
        }[name]
        self._draft.edit(label, wish=self._draft.wish.with_spec({name: value}), merge=gesture or None)


class VectorsPanel(QWidget):
    """The length of the items' vectors, and a run whose map needs no projection."""

    def __init__(self, draft: Draft, edits: DraftEdits, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edits = edits
        tip = self.tr("Numbers in the vector of each item of a history; the last layer of the tower makes the user's")
        self.dimensions = NumberField(self.tr("Dimensions"), 1, 1024, tip, log=True, whole=True, least=1.0)
        self.dimensions.edited.connect(self._set)
        self.flat = QPushButton(self.tr("Train with two dimensions"))
        self.flat.setProperty("role", "pill")
        self.flat.setToolTip(self.tr("A new run with vectors of two numbers, which a map can show as they are"))
        self.flat.setAccessibleName(self.flat.text())
        self.flat.clicked.connect(edits.train_flat)
        self.note = wrapped(self.tr("With two, the map is the truth: nothing is projected."))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        for widget in (self.dimensions, self.note, self.flat):
            rows.addWidget(widget)
        self.show_agreed(draft.wish.spec)

    def show_agreed(self, spec: Mapping[str, Any]) -> None:
        """``spec``: what the graph agrees with, whose blocks may have been edited by hand."""
        self.dimensions.set_value(float(spec["dimensions"]))

    @Slot(object, str)
    def _set(self, value: float, gesture: str) -> None:
        self._edits.switch(self.tr("Change dimensions"), {"dimensions": round(value)}, gesture)
