"""What is done with the layer that is looked at: which function would be put into it, and putting it there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoStack

from app.kit.translation import worded_name
from app.workspaces.activations.put_step import PutStep
from app.workspaces.activations.shown import Shown
from app.workspaces.activations.using import refusal_of, use
from app.workspaces.activations.watch import LayerWatch
from app.workspaces.workspace import Host
from engine.activations.comparison import Comparison


class LayerDesk(QObject):
    """``changed``: another function is the candidate, or what was put in can, or cannot any more, be taken back from
    here. ``used(sentence)``: it has been put into the layer."""

    changed = Signal()
    used = Signal(str)

    def __init__(self, host: Host, watch: LayerWatch, own: QUndoStack, parent: QObject | None = None) -> None:
        """``own``: the comparison's steps, among which those that are done here have their place."""
        super().__init__(parent)
        self._host, self._watch, self._own = host, watch, own
        self._value: Comparison | None = None
        self._shown: tuple[Shown, ...] = ()
        self._marked: str | None = None
        self._put: PutStep | None = None
        self._told: tuple[object, ...] = ()
        self._said = ""
        own.indexChanged.connect(self._follow)

    def compare(self, value: Comparison, shown: Sequence[Shown]) -> None:
        """What there is to choose from."""
        self._value, self._shown = value, tuple(shown)

    @property
    def candidate(self) -> Shown | None:
        """The function that would be put into the layer: the marked one, else the last taken in that can be.
        Where none can, the one that the layer has, which says so."""
        by_key = {one.key: one for one in self._shown}
        if self._marked in by_key:
            return by_key[self._marked]
        chosen = reversed(self._value.chosen) if self._value is not None else ()
        latest = [by_key[one.key] for one in chosen if one.key in by_key]
        layer = self._watch.layer
        fitting = [one for one in latest if not refusal_of(one, layer)]
        there = [one for one in latest if layer is not None and one.in_layer == layer.function.key]
        return next(iter([*fitting, *there, *latest]), None)

    @property
    def refusal(self) -> str:
        """Why the candidate cannot be put in; empty where it can."""
        return refusal_of(self.candidate, self._watch.layer)

    @property
    def ready(self) -> bool:
        """Whether there is a layer that would take the candidate: also in the graph, which may be ahead of the numbers
        that the layers are known by."""
        network, layer = self._watch.network, self._watch.layer
        there = network is not None and layer is not None and layer.block_id in network.network.graph
        return there and self.candidate is not None and not self.refusal

    @Slot(str)
    def mark(self, key: str) -> None:
        """Make a function the candidate."""
        self._marked = key
        self.changed.emit()

    @Slot()
    def use(self) -> None:
        """Put the candidate into the layer, as a step of the playground's document."""
        network, layer, candidate = self._watch.network, self._watch.layer, self.candidate
        if not self.ready or network is None or layer is None or candidate is None or self._value is None:
            return
        self._said = said = use(network, layer, candidate, self._value)
        self._forget()
        self._put = PutStep(network, layer, self._own)
        network.undo_stack.indexChanged.connect(self._follow)
        acts = ((self.tr("Undo"), self.take_back), (self.tr("Show"), self.show_network))
        self._host.messages.say(said, "success", acts, passing=True)
        self.used.emit(said)
        self._follow()

    @property
    def put_into(self) -> str:
        """The layer into which a function was put by the playground's latest step, by its name; empty where there is
        none, or something else has been done there since."""
        return worded_name(self._put.layer.name) if self._put is not None and self._put.done else ""

    @property
    def undo_stack(self) -> QUndoStack | None:
        """What undo acts on where a function in a layer is the newest step; None for the comparison's own."""
        return self._put.undo_stack if self._put is not None else None

    @property
    def redo_stack(self) -> QUndoStack | None:
        """What redo acts on where a function in a layer was undone last; None for the comparison's own."""
        return self._put.redo_stack if self._put is not None else None

    @Slot()
    def take_back(self) -> None:
        """Undo in the playground what was put in, while it is the latest step there."""
        if self._put is not None and self._put.done:
            self._put.network.undo_stack.undo()

    @Slot()
    def _follow(self) -> None:
        """Steps have been done or undone, here or in the playground."""
        if self._put is not None and not self._put.known:
            self._forget()
        if self.undo_stack is None and self._said:
            if self._host.messages.text == self._said:
                self._host.messages.dismiss()  # what was said of undo holds no more
            self._said = ""
        now = self.put_into, self.undo_stack, self.redo_stack
        if now != self._told:
            self._told = now
            self.changed.emit()

    def _forget(self) -> None:
        if self._put is not None:
            self._put.network.undo_stack.indexChanged.disconnect(self._follow)
            self._put = None

    @Slot()
    def show_network(self) -> None:
        """Go to the playground."""
        if self._watch.network is not None:
            self._host.show(self._watch.network)
