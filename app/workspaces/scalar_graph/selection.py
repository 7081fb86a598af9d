"""What is looked at: nodes that are chosen or pointed at, and an input that is nudged by a little."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.kit.background import Background
from app.workspaces.scalar_graph.sight import Sight
from app.workspaces.scalar_graph.worked import Look, Worked, looked_at
from engine.autodiff.nudge import Nudge

AT_ONCE_NODES = 80
"""Of so many nodes, what is to be seen of them, or other numbers, are worked out in a few milliseconds: at once."""
FIRST_NUDGE = 0.001


class GraphSelection(QObject):
    """``chosen_changed``, ``pointed_changed``: nodes, by their keys; ``chosen_again``: the chosen one was clicked.
    ``nudge_changed``: by how much, or whether gradients are asked for. ``worked`` and ``sight`` are what is looked at,
    and come from whoever works them out."""

    chosen_changed = Signal()
    chosen_again = Signal()
    pointed_changed = Signal()
    nudge_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.worked: Worked | None = None
        self.sight = Sight()
        self.stale = False
        """Whether what is shown is of a text before the one that is there, which cannot be read or is not finished."""
        self.chosen: frozenset[Hashable] = frozenset()
        self.pointed: Hashable | None = None
        self.nudge_by = FIRST_NUDGE
        self.asking = False
        self._looking = Background("graph-look", latest_only=True, parent=self)
        self._looking.done.connect(self._take_look)

    @property
    def leaf(self) -> str | None:
        """The input that is looked at: one that is chosen, else the first; None where there is none."""
        return self.worked.leaf_among(self.chosen) if self.worked is not None else None

    @property
    def looked_at(self) -> int | None:
        """The node whose gradient is followed: a chosen one, else the first input."""
        return self.worked.node_among(self.chosen) if self.worked is not None else None

    # Nudging ------------------------------------------------------------------------------------------------------

    def nudge_of(self, name: str) -> Nudge | None:
        """The input moved by the present nudge, and how far the result moves."""
        if self.worked is None or self.stale or name not in self.worked.graph.variables:
            return None
        return self.worked.nudged(name, self.nudge_by)

    @property
    def reached(self) -> bool:
        """Whether the pass has come to the result."""
        worked, sight = self.worked, self.sight
        return worked is not None and bool(sight.values) and sight.values[worked.graph.output] is not None

    def waits(self, name: str) -> bool:
        """Whether what is measured of an input is hidden: gradients are asked for, and its own is not known yet."""
        worked, known = self.worked, self.sight.gradients
        return self.asking and worked is not None and bool(known) and known[worked.graph.index[name]] is None

    @property
    def withholds_slopes(self) -> bool:
        """Whether derivatives in symbols are hidden: gradients are asked for, and not all are known yet."""
        return self.asking and not self.sight.complete

    def measured(self, name: str) -> float | None:
        """The slope that the nudge measures; not before the result is known, nor while somebody guesses the slope."""
        found = self.nudge_of(name) if self.reached and not self.waits(name) else None
        return found.slope if found is not None else None

    def set_asking(self, asking: bool) -> None:
        """Whether gradients are asked for before they are shown: what is measured waits as well."""
        if asking is not self.asking:
            self.asking = asking
            self.nudge_changed.emit()

    def set_nudge(self, by: float) -> None:
        """Nudge by so much from now on."""
        if by != self.nudge_by:
            self.nudge_by = by
            self.nudge_changed.emit()

    # Pointing -----------------------------------------------------------------------------------------------------

    def choose(self, keys: frozenset[Hashable]) -> None:
        """Choose nodes; of a large graph, what is to be seen of them is worked out first."""
        self._looking.cancel()
        if keys == self.chosen:
            return
        if self.worked is not None and len(self.worked.graph.nodes) > AT_ONCE_NODES:
            self._looking.request(partial(looked_at, self.worked, keys, self.nudge_by))
            return
        self.chosen = keys
        self.chosen_changed.emit()

    @Slot(object)
    def _take_look(self, found: tuple[Worked, frozenset[Hashable], Look | None]) -> None:
        worked, keys, look = found
        if worked is not self.worked:  # other numbers have come meanwhile, or another graph
            known = self.worked.graph.index if self.worked is not None else {}
            self.choose(frozenset(key for key in keys if key in known))
            return
        worked.keep(look)
        self.chosen = keys
        self.chosen_changed.emit()

    def point(self, key: Hashable | None) -> None:
        """Point at a node, or at none."""
        if key != self.pointed:
            self.pointed = key
            self.pointed_changed.emit()

    def close(self) -> None:
        """Look at nothing more."""
        self._looking.close(wait=True)
