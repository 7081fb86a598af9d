"""What the playground has, as an expression, and the line that says which moment of it is open."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QCursor
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from app.kit.numbers import epoch_text
from app.kit.sheet import Sheet
from app.kit.translation import sentence_of, worded_name
from app.kit.widgets.labels import ElidedLabel
from app.kit.words import letters, plain_tip
from app.network.open_network import OpenNetwork, Taken
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


@dataclass(frozen=True, slots=True)
class NetworkSource:
    """Where what is open was taken from. ``now``: the epoch that the network is at, None where another one is open in
    its place; ``moved_on``: its weights are others by now. ``changed_here``: numbers differ from those taken."""

    taken: Taken
    now: float | None
    moved_on: bool
    changed_here: bool

    @property
    def can_be_taken(self) -> bool:
        """Whether there are other weights to be had."""
        return self.now is not None and self.moved_on


class FromPlayground(QObject):
    """Looks for the open network among the window's documents; what it finds there takes the place of what is open, as
    an example does: undo brings that back, and nobody is asked. ``source_changed``: ``source`` is another one, what is
    open being of another moment, or the network having moved on."""

    source_changed = Signal()

    def __init__(self, host: Host, over: QWidget, document: Sheet[ExpressionSheet]) -> None:
        """``over``: the widget that menus open over."""
        super().__init__(over)
        self._host, self._over, self._document = host, over, document
        self.request = ScalarRequest(self)
        self.request.written.connect(self._open)
        self.request.failed.connect(host.messages.say_problem)
        self.later = ScalarRequest(self)
        self.later.written.connect(self._take)
        self.later.failed.connect(host.messages.say_problem)
        self.menu: QMenu | None = None
        self.source: NetworkSource | None = None
        self._followed: OpenNetwork | None = None
        self._asked_for: Taken | None = None
        for signal in (document.value_changed, document.changed):
            signal.connect(self.look)

    # Which moment is open ---------------------------------------------------------------------------------------------

    @Slot()
    def look(self) -> None:
        """Find out where what is open was taken from; the network may have moved on."""
        self._follow_network()
        taken = self._taken()
        found = self._source(taken) if taken is not None else None
        if found != self.source:
            self.source = found
            self.source_changed.emit()

    def _follow_network(self) -> None:
        network = self._open_network()
        if network is self._followed or network is None:
            return
        self._followed = network
        network.trainer.snapshot_published.connect(self._look_if_seen)
        network.changed.connect(self._look_if_seen)

    @Slot()
    def _look_if_seen(self) -> None:
        """While another page is in sight nobody reads it."""
        if self._over.isVisible():
            self.look()

    def _taken(self) -> Taken | None:
        document, network = self._document, self._followed
        if network is None or document.value.text != document.named.text:
            return None
        named, title = document.named, document.title
        return next((one for one in reversed(network.taken) if one.is_of(title, named)), None)

    def _source(self, taken: Taken) -> NetworkSource:
        network, inputs = self._followed, self._document.value.inputs
        snapshot = network.trainer.snapshot if network is not None else None
        changed = any(inputs.get(name) != value for name, value in taken.sheet.inputs.items())
        if network is None or snapshot is None or network.network.opening != taken.opening:
            return NetworkSource(taken, None, False, changed)
        return NetworkSource(taken, snapshot.epoch, not taken.still_has(snapshot.weights), changed)

    @Slot()
    def take_now(self) -> None:
        """The weights that the network has now, for what is open of it."""
        source, network = self.source, self._network()
        if source is not None and network is not None and source.can_be_taken:
            self._asked_for = source.taken
            self.later.ask(network, source.taken.unit, source.taken.row)

    @Slot(object)
    def _take(self, path: Path) -> None:
        """They have come: another number for every input of the same expression. Groups, what is chosen and the place
        of the playback stay. A network that is built otherwise by now is another expression, opened in its place."""
        if self.source is None or self.source.taken is not self._asked_for:
            return  # something else was opened meanwhile
        document = self._document
        try:
            title, value = EXPRESSION.read(path)
        except EngineError as error:
            self._host.messages.say_problem(error.problem)
            return
        if value.text == document.value.text:
            document.settle()
            there = document.value.model_copy(update={"inputs": value.inputs})
            document.edit(self.tr("Take the network's weights"), there, title=title)
        else:
            document.load(title, value)

    # What can be opened -----------------------------------------------------------------------------------------------

    def _open_network(self) -> OpenNetwork | None:
        return next((one for one in self._host.documents() if isinstance(one, OpenNetwork)), None)

    def _network(self) -> OpenNetwork | None:
        found = self._open_network()
        if found is None:
            self._host.messages.say_problem(NO_NETWORK())
        return found

    def too_large(self) -> str:
        """Why the whole network cannot be opened, in a sentence; empty where it can, or where nobody knows yet."""
        network = self._open_network()
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
        self.later.close()


EDGE = 12
"""Where the text of the field above begins."""
GAP = 10


class SourceNote(QWidget):
    """Out of sight for what is not of the playground."""

    def __init__(self, playground: FromPlayground, action: QAction, parent: QWidget | None = None) -> None:
        """``action`` takes the weights that the network has now; it can be done where the line offers it."""
        super().__init__(parent)
        self._playground, self._action = playground, action
        self.words = ElidedLabel(role="muted")
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.take = QPushButton(self.tr("Take its weights now"))
        self.take.setProperty("role", "link")
        self.take.setCursor(Qt.CursorShape.PointingHandCursor)
        self.take.setToolTip(
            plain_tip(self.tr("The same sample with the weights that the network has now; Undo brings these back"))
        )
        self.take.clicked.connect(action.trigger)
        policy = self.take.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the line is as high with it as without: nothing moves
        self.take.setSizePolicy(policy)
        line = QHBoxLayout(self)
        line.setContentsMargins(EDGE, 4, EDGE, 0)
        line.setSpacing(GAP)
        line.addWidget(self.words, 1)
        line.addWidget(self.take)
        line.addStretch()
        playground.source_changed.connect(self.follow)
        self.follow()

    @Slot()
    def follow(self) -> None:
        """Say what is open now."""
        source = self._playground.source
        self.setVisible(source is not None)
        self._action.setEnabled(source is not None and source.can_be_taken)
        if source is not None:
            said = self._said(source)
            self.words.set_full_text(said)
            self.words.setMaximumWidth(self.words.fontMetrics().horizontalAdvance(said) + GAP)
            self.take.setVisible(source.can_be_taken)

    def _said(self, source: NetworkSource) -> str:
        taken = source.taken
        words = (
            self.tr("The playground's network after epoch {epoch}, row {row}.")
            if taken.unit is None
            else self.tr("A neuron of the playground's network after epoch {epoch}, row {row}.")
        )
        said = [words.format(epoch=epoch_text(taken.epoch), row=taken.row)]
        if source.changed_here:
            said.append(self.tr("Some of its numbers were changed here."))
        if source.now is None:
            said.append(self.tr("Another network is open there by now."))
        elif source.can_be_taken:
            said.append(self.tr("It has moved on: epoch {epoch}.").format(epoch=epoch_text(source.now)))
        return " ".join(said)
