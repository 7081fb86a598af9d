"""The draft of the next run: its graph and all else that is asked for, edited in steps of one undo stack."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from app.workspaces.recommender.model.answers import About
from app.workspaces.recommender.model.draft_document import DraftDocument, same_network
from app.workspaces.recommender.model.wish import Wish
from engine.graph.model import NetworkGraph
from engine.recommenders.running.plan import LONGEST_NAME, RunPlan

WISH_ID = 11


@dataclass(frozen=True, slots=True)
class DraftState:
    """What a step changes."""

    wish: Wish
    graph: NetworkGraph


class Draft(QObject):
    """``changed``: the graph or the wish is another. The run that it began from is never touched."""

    changed = Signal()
    wish_changed = Signal()

    def __init__(self, base: RunPlan, about: About, parent: QObject | None = None) -> None:
        """``base``: the plan whose run is looked at, of which ``about`` tells."""
        super().__init__(parent)
        wish, graph = Wish(about.spec, base.training, base.time_limit), about.resized(about.graph)
        self.base, self.wish, self._template, self._about = base, wish, about.template, about
        self._drawn = same_network(graph, about.template)  # else the spec is told of the graph, and draws up another
        self.document = DraftDocument(graph, self)
        self._first = DraftState(wish, graph)
        self.document.graph_changed.connect(self.changed)
        self.wish_changed.connect(self.changed)

    @property
    def undo_stack(self) -> QUndoStack:
        """Every edit is a command on it."""
        return self.document.undo_stack

    @property
    def graph(self) -> NetworkGraph:
        """The network."""
        return self.document.graph

    @property
    def state(self) -> DraftState:
        """What undo covers."""
        return DraftState(self.wish, self.graph)

    @property
    def edited(self) -> bool:
        """Whether it would train anything else than the run that it began from."""
        first = self._first
        return self.wish != first.wish or not same_network(self.graph, first.graph)

    def edit(
        self, label: str, *, wish: Wish | None = None, graph: NetworkGraph | None = None, merge: str | None = None
    ) -> None:
        """One undoable step; steps of the same ``merge`` key in a row become one. What changes nothing is none."""
        after = DraftState(wish or self.wish, graph or self.graph)
        if after != self.state:
            self.undo_stack.push(WishCommand(self, label, self.state, after, merge))

    def take_up(self, kept: RunPlan) -> None:
        """Go on with what was drafted earlier, in one undoable step; what it does not say is as the run has it, and
        vocabularies are as large as the data at hand have them."""
        wish = Wish({**self._first.wish.spec, **kept.spec}, kept.training, kept.time_limit)
        graph = self._template if kept.graph is None else self._about.resized(kept.graph)
        self.edit(self.tr("Earlier draft"), wish=wish, graph=graph)

    def rebase(self, plan: RunPlan) -> None:
        """The draft is what the run itself is from now on."""
        self.base, self._first, self._drawn = plan, self.state, plan.graph is None
        self.changed.emit()

    def reset(self) -> None:
        """Take back every edit, in one undoable step."""
        self.edit(self.tr("As in this run"), wish=self._first.wish, graph=self._first.graph)

    def put(self, state: DraftState) -> None:
        """Put a state in force; for the commands."""
        other, self.wish = state.wish != self.wish, state.wish
        loaded = self.document.loaded_state
        self.document.put(replace(loaded, state=replace(loaded.state, graph=state.graph)), {})
        if other:
            self.wish_changed.emit()

    def plan(self, name: str, state: DraftState | None = None) -> RunPlan:
        """A run of the draft, or of another ``state`` of it. What the plan's own spec draws up is left to it."""
        state = state or self.state
        base, wish = self.base, state.wish
        as_first = self._drawn and wish.spec == self._first.wish.spec
        drawn = as_first and same_network(state.graph, self._template)
        return RunPlan(
            name=name[:LONGEST_NAME].strip(), model=base.model, data=base.data, spec=wish.spec, training=wish.training,
            device=base.device, time_limit=wish.time_limit, every=base.every, companions=base.companions,
            graph=None if drawn else state.graph,
        )  # fmt: skip


class WishCommand(QUndoCommand):
    """A step that may change wish and graph at once."""

    def __init__(self, draft: Draft, label: str, before: DraftState, after: DraftState, merge: str | None) -> None:
        super().__init__(label)
        self._draft, self._before, self._after, self._merge = draft, before, after, merge

    def redo(self) -> None:
        """Put what was wished for in force."""
        self._draft.put(self._after)

    def undo(self) -> None:
        """Put back what was before."""
        self._draft.put(self._before)

    def id(self) -> int:
        """Qt asks only commands of one id whether they merge."""
        return WISH_ID if self._merge else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take over a following step of the same gesture; one that comes back to its start is none."""
        if not isinstance(other, WishCommand) or other._merge != self._merge:
            return False
        self._after = other._after
        self.setObsolete(self._after == self._before)
        return True
