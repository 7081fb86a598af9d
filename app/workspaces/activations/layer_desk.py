"""A compared function put into a layer of the playground's network: whether it can be, the step, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from app.kit.translation import sentence_of, worded_name
from app.network.open_network import OpenNetwork
from app.workspaces.activations.compared import ComparedFunction, alpha_of
from app.workspaces.activations.layer_view import Layer, LayerWatch
from app.workspaces.workspace import Host
from engine.activations import activation
from engine.activations.comparison import Comparison
from engine.graph.edit import set_params
from engine.problems import EngineError


@dataclass(frozen=True, slots=True)
class _Place:
    """So many steps of a stack, the last of them this one."""

    stack: QUndoStack
    index: int
    last: QUndoCommand | None

    @classmethod
    def of(cls, stack: QUndoStack) -> _Place:
        """Where it stands now."""
        return cls(stack, stack.index(), stack.command(stack.index() - 1) if stack.index() else None)

    @property
    def there(self) -> bool:
        """Whether no other step has taken its place, done or undone."""
        count, index = self.stack.count(), self.index
        return count >= index and (not index or self.stack.command(index - 1) is self.last)


class PutStep:
    """``network`` and ``layer``: into which it was put, by the newest step there; ``own``: the stack of the comparison
    from which that was done."""

    def __init__(self, network: OpenNetwork, layer: Layer, own: QUndoStack) -> None:
        self.network, self.layer = network, layer
        self._put, self._own = _Place.of(network.undo_stack), _Place.of(own)

    @property
    def done(self) -> bool:
        """Whether it is in the layer, not undone."""
        return self._put.stack.index() == self._put.index

    @property
    def known(self) -> bool:
        """Whether it is the next to be undone or done again there. Undone, it is gone once the comparison goes on, as
        in any history."""
        near = self._put.stack.index() in (self._put.index - 1, self._put.index)
        return near and self._put.there and (self.done or self._own.stack.index() <= self._own.index)

    @property
    def _newest(self) -> bool:
        """Whether the comparison stands where it stood."""
        return self._own.there and self._own.stack.index() == self._own.index

    @property
    def undo_stack(self) -> QUndoStack | None:
        """The network's, where this is what undo would take back of both."""
        return self._put.stack if self._newest and self.done else None

    @property
    def redo_stack(self) -> QUndoStack | None:
        """The network's, where this is what redo would do again of both."""
        return self._put.stack if self._newest and not self.done else None


def refusal_of(candidate: ComparedFunction | None, layer: Layer | None) -> str:
    """Why a function cannot be put into a layer, in a sentence; empty where it can."""
    if candidate is None or layer is None:
        return ""
    name = worded_name(layer.name)
    if candidate.known is not None and layer.output:
        text = QCoreApplication.translate(
            "UseInLayer", "An output takes one of the tiles above; choose a layer before it for {function}."
        )
        return text.format(function=candidate.name)
    if layer.fixed:
        text = QCoreApplication.translate(
            "UseInLayer", "The loss brings the activation of {layer}; choose another layer, or another loss there."
        )
        return text.format(layer=name)
    if not candidate.by_itself:
        return QCoreApplication.translate(
            "UseInLayer",
            "Softmax belongs to an output with its loss, cross-entropy; choose that loss in the playground.",
        )
    if layer.function.key == candidate.in_layer:
        text = QCoreApplication.translate(
            "UseInLayer", "{layer} has {function} already; mark another one, or take one in from the tiles."
        )
        return text.format(layer=name, function=candidate.name)
    try:
        activation(candidate.in_layer)
    except EngineError as error:  # with its numbers in it may be too long
        return sentence_of(error.problem)
    return ""


def use(network: OpenNetwork, layer: Layer, candidate: ComparedFunction, value: Comparison) -> str:
    """Put it in, at the parameter that it is compared with, in one step of its document. Returns what is to
    be said."""
    name = worded_name(layer.name)
    alpha = alpha_of(value, candidate.key)
    graph = set_params(network.network.graph, layer.block_id, activation=candidate.in_layer, alpha=alpha)
    label = QCoreApplication.translate("UseInLayer", "Use {function} in {layer}")
    network.network.edit(label.format(function=candidate.name, layer=name), graph=graph)
    text = QCoreApplication.translate(
        "UseInLayer", "{layer} of the playground uses {function} now; Ctrl+Z takes it back."
    )
    if candidate.known is not None:
        text = QCoreApplication.translate(
            "UseInLayer",
            "{layer} of the playground uses {function} now, and trains without compiled kernels: more slowly. Ctrl+Z"
            " takes it back.",
        )
    return text.format(layer=name, function=candidate.name)


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
        self._shown: tuple[ComparedFunction, ...] = ()
        self._marked: str | None = None
        self._put: PutStep | None = None
        self._told: tuple[object, ...] = ()
        self._said = ""
        own.indexChanged.connect(self._follow)

    def compare(self, value: Comparison, shown: Sequence[ComparedFunction]) -> None:
        """What there is to choose from."""
        self._value, self._shown = value, tuple(shown)

    @property
    def candidate(self) -> ComparedFunction | None:
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
