"""The way from the playground to the computation graph: a neuron, or the network, with the sample of the pass."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from app.builder.canvas.view import NetworkCanvas
from app.builder.timeline.source import PassSource
from app.kit.actions import ActionSet
from app.network.open_network import OpenNetwork
from app.network.scalar_request import ScalarRequest
from app.workspaces.workspace import Host


class ScalarOpening(QObject):
    """Tells the document which neuron and which sample are in sight, and opens them as a graph when asked to."""

    def __init__(
        self, document: OpenNetwork, canvas: NetworkCanvas, actions: ActionSet, host: Host, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._document, self._canvas = document, canvas
        self.request = ScalarRequest(self)
        self.request.written.connect(host.open_copy)
        self.request.failed.connect(host.messages.say_problem)
        canvas.neuron_selected.connect(self._note_neuron)
        actions.bind({"scalar_neuron": self.open_neuron, "scalar_network": self.open_network})

    def follow_pass(self, source: PassSource) -> None:
        """The sample whose pass is shown is the one that is opened."""
        source.arrived.connect(lambda _trace: self._note_sample(source.rows))
        source.lost.connect(lambda: self._note_sample(()))

    def open_neuron(self) -> None:
        """The chosen neuron; where none is, the first of the chosen block, else the network's first output."""
        graph = self._document.network.graph
        unit = self._document.neuron
        if unit is None or unit[0] not in graph:
            chosen = next(
                (block for block in self._canvas.selection.blocks if graph.block(block).declaration.probed), None
            )
            unit = (chosen or graph.outputs[0].id, 0) if chosen or graph.outputs else None
        if unit is not None:
            self.request.ask(self._document, unit)

    def open_network(self) -> None:
        """All of it."""
        self.request.ask(self._document, None)

    @Slot(str, object)
    def _note_neuron(self, block_id: str, unit: int | None) -> None:
        self._document.neuron = (block_id, unit) if unit is not None else None

    def _note_sample(self, rows: tuple[int, ...]) -> None:
        self._document.sample = rows
