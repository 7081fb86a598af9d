"""Whose rule is read: that of the node at work, until another one is chosen or made; with the next step, again."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QObject, Signal, Slot

from app.workspaces.scalar_graph.desk import Desk
from app.workspaces.scalar_graph.shape import Shape
from app.workspaces.scalar_graph.sight import Phase


class Reading(QObject):
    """``changed``: the rule of another node is read, for another reason than a step of the playback."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._picked: Hashable | None = None
        self._shape: Shape | None = None
        desk.chosen_changed.connect(self._choose)
        desk.chosen_again.connect(self._choose)
        desk.stepped.connect(self._let_go)
        desk.reshaped.connect(self._reshape)

    @property
    def index(self) -> int | None:
        """The operation that is read; None before the first one is at work, where none is picked."""
        worked, at_work = self._desk.worked, self._desk.sight.current
        if worked is None:
            return None
        picked = worked.graph.index.get(str(self._picked)) if self._picked is not None else None
        index = at_work if picked is None else picked
        return index if index is not None and worked.graph.nodes[index].rule is not None else None

    @property
    def phase(self) -> Phase:
        """What of it: what it hands on where that is known, else its value; of the node at work, what it does now."""
        sight, index = self._desk.sight, self.index
        if index == sight.current or index is None or self._desk.worked is None:
            return sight.phase
        slots = range(len(self._desk.worked.graph.nodes[index].parents))
        known = any((index, slot) in sight.handed for slot in slots)
        return Phase.BACKWARD if known else Phase.FORWARD

    @Slot()
    def _choose(self) -> None:
        """One operation is chosen, and nothing else: it is read."""
        worked, chosen = self._desk.worked, self._desk.chosen
        one = next(iter(chosen)) if len(chosen) == 1 else None
        index = worked.graph.index.get(str(one)) if worked is not None and one is not None else None
        self._pick(one if worked is not None and index is not None and worked.graph.nodes[index].rule else None)

    @Slot()
    def _let_go(self) -> None:
        self._pick(None)

    @Slot()
    def _reshape(self) -> None:
        """A node that several have just become is read: what they read as in one is what it was made for."""
        former, worked = self._shape, self._desk.worked
        self._shape = worked.shape if worked is not None else None
        if former is None or self._shape is None or former.text != self._shape.text:
            self._pick(None)
            return
        made = [group for group in self._shape.collapsed if group not in former.collapsed]
        keys = (key for group in made for key in group.nodes if key in self._shape.graph.index)
        self._pick(next(keys, None))

    def _pick(self, key: Hashable | None) -> None:
        if key != self._picked:
            self._picked = key
            self.changed.emit()
