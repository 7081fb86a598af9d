"""What the playground has, as an expression: the neuron that is chosen there, one from a menu, or all of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QWidget

from app.kit.sheet import Sheet
from app.kit.translation import sentence_of, worded_name
from app.kit.words import letters
from app.network.open_network import OpenNetwork
from app.network.scalar_request import ScalarRequest
from app.workspaces.workspace import Host
from engine.autodiff.document import ExpressionSheet
from engine.formats.expression import EXPRESSION
from engine.graph.naming import names_of
from engine.problems import EngineError, declare
from engine.training.scalar_graph import MOST_NODES, TOO_LARGE

NO_NETWORK = declare(
    "app.no-network-open", "No network is open; open one in the playground, then its neurons can be seen here."
)
MOST_UNITS = 40
"""So many units of a block stand in the menu; any other is chosen in the playground."""


class FromPlayground(QObject):
    """Looks for the open network among the window's documents; what it finds there takes the place of what is open, as
    an example does: undo brings that back, and nobody is asked."""

    def __init__(self, host: Host, over: QWidget, document: Sheet[ExpressionSheet]) -> None:
        """``over``: the widget that menus open over."""
        super().__init__(over)
        self._host, self._over, self._document = host, over, document
        self.request = ScalarRequest(self)
        self.request.written.connect(self._open)
        self.request.failed.connect(host.messages.say_problem)
        self.menu: QMenu | None = None

    def _network(self) -> OpenNetwork | None:
        found = next((one for one in self._host.documents() if isinstance(one, OpenNetwork)), None)
        if found is None:
            self._host.messages.say_problem(NO_NETWORK())
        return found

    def too_large(self) -> str:
        """Why the whole network cannot be opened, in a sentence; empty where it can, or where nobody knows yet."""
        network = next((one for one in self._host.documents() if isinstance(one, OpenNetwork)), None)
        snapshot = network.trainer.snapshot if network is not None else None
        if snapshot is None or snapshot.plan.size <= MOST_NODES:
            return ""
        return sentence_of(TOO_LARGE(limit=MOST_NODES))

    @Slot()
    def open_network(self) -> None:
        """All of it, with its loss."""
        network = self._network()
        if network is not None:
            self.request.ask(network, None)

    @Slot()
    def open_neuron(self) -> None:
        """The neuron that is chosen in the playground; where none is, one from a menu."""
        network = self._network()
        if network is None:
            return
        if network.neuron is not None and network.neuron[0] in network.network.graph:
            self.request.ask(network, network.neuron)
        else:
            self._offer(network)

    @Slot(object)
    def _open(self, path: Path) -> None:
        """What was asked for has come."""
        try:
            title, value = EXPRESSION.read(path)
        except EngineError as error:  # the folder of files that pass may be gone by now
            self._host.messages.say_problem(error.problem)
        else:
            self._document.load(title, value)

    def _offer(self, network: OpenNetwork) -> None:
        menu = self.menu = QMenu(self._over)
        names = names_of(network.network.graph)
        widths = network.trainer.snapshot.plan.nodes if network.trainer.snapshot is not None else ()
        for node in widths:
            if not node.kind.probed:
                continue
            units = menu.addMenu(letters(worded_name(names[node.id])))
            for unit in range(min(node.width, MOST_UNITS)):
                action = units.addAction(self.tr("unit {number}").format(number=unit + 1))
                action.triggered.connect(lambda _checked=False, place=(node.id, unit): self.request.ask(network, place))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(QCursor.pos())

    def close(self) -> None:
        """Ask no more."""
        self.request.close()
