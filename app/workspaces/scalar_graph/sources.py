"""Where expressions come from: examples, each of which shows one thing about the chain rule, and the playground."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QCursor
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from app.kit.actions import ActionSet
from app.kit.numbers import epoch_text
from app.kit.plain_maths import plain_text
from app.kit.sheet import Sheet
from app.kit.translation import QT_TRANSLATE_NOOP, sentence_of, worded_name
from app.kit.widgets.labels import FittingLabel
from app.kit.words import letters, plain_tip
from app.network.open_network import OpenNetwork, Taken
from app.network.scalar_request import ScalarRequest
from app.workspaces.workspace import Host
from engine.autodiff.document import ExpressionSheet
from engine.formats.expression import EXPRESSION
from engine.graph.naming import names_of
from engine.problems import EngineError, declare
from engine.training.scalar_graph import MOST_NODES, TOO_LARGE

# Examples -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ExpressionExample:
    """``markup``: the formula in the menu. ``title`` and ``tip`` are source strings of the context ``Expressions``."""

    key: str
    markup: str
    title: str
    tip: str
    text: str
    inputs: Mapping[str, float] = field(default_factory=dict)


NETWORK_TEXT = "\n".join(
    (
        "h1 = tanh(w11*x1 + w12*x2 + b1)",
        "h2 = tanh(w21*x1 + w22*x2 + b2)",
        "y = tanh(v1*h1 + v2*h2 + c)",
        "L = 0.5*(y - t)^2",
    )
)

EXAMPLES: tuple[ExpressionExample, ...] = (
    ExpressionExample(
        "square",
        "(x + y)^2",
        QT_TRANSLATE_NOOP("Expressions", "Chain rule, two inputs"),
        QT_TRANSLATE_NOOP("Expressions", "z = t² with t = x + y: ∂z/∂x = 2t · 1, outer slope times inner slope"),
        "t = x + y\nz = t^2",
        {"x": 2.0, "y": 1.0},
    ),
    ExpressionExample(
        "logistic",
        r"\frac{1}{1 + e^{-x}}",
        QT_TRANSLATE_NOOP("Expressions", "Logistic, worked through"),
        QT_TRANSLATE_NOOP("Expressions", "Four small steps whose slopes multiply to y(1 − y)"),
        "1/(1 + exp(-x))",
        {"x": 2.0},
    ),
    ExpressionExample(
        "neuron",
        r"\frac{1}{2}(w x + b - t)^2",
        QT_TRANSLATE_NOOP("Expressions", "A neuron with squared error"),
        QT_TRANSLATE_NOOP("Expressions", "Who contributed to the error: w gets E·x, x gets E·w, b gets E unchanged"),
        "z = w*x + b\n0.5*(z - t)^2",
        {"w": 0.8, "x": 2.0, "b": -0.5, "t": 0.5},
    ),
    ExpressionExample(
        "softmax",
        r"-\log\,\mathrm{softmax}(z)_1",
        QT_TRANSLATE_NOOP("Expressions", "Softmax with cross-entropy"),
        QT_TRANSLATE_NOOP("Expressions", "exp, sum, ÷, log and × collapse to something short: p − t"),
        "cross_entropy([z1, z2, z3], [1, 0, 0])",
        {"z1": 1.2, "z2": 0.3, "z3": -0.8},
    ),
    ExpressionExample(
        "network",
        r"\tanh(V \tanh(W x + b) + c)",
        QT_TRANSLATE_NOOP("Expressions", "A 2-2-1 network"),
        QT_TRANSLATE_NOOP("Expressions", "Nine weights and the loss: backpropagation is the chain rule, node by node"),
        NETWORK_TEXT,
        {"x1": 1.0, "x2": -1.0, "w11": 0.9, "w12": -0.7, "b1": 0.1, "w21": -0.6, "w22": 0.8, "b2": -0.2,
         "v1": 1.1, "v2": -0.9, "c": 0.05, "t": 1.0},
    ),
    ExpressionExample(
        "fan_out",
        r"x\,e^{x} + x",
        QT_TRANSLATE_NOOP("Expressions", "A value that is used three times"),
        QT_TRANSLATE_NOOP("Expressions", "x is used three times, so three gradients arrive at it, and they are added"),
        "x*exp(x) + x",
        {"x": 0.5},
    ),
    ExpressionExample(
        "vanishing",
        r"\sigma(\sigma(\sigma(\sigma(\sigma(x)))))",
        QT_TRANSLATE_NOOP("Expressions", "A gradient that vanishes"),
        QT_TRANSLATE_NOOP("Expressions", "Each logistic passes on at most a quarter: after five, little is left"),
        "sigmoid(sigmoid(sigmoid(sigmoid(sigmoid(x)))))",
        {"x": 1.0},
    ),
)  # fmt: skip
FIRST = "logistic"
"""The example that New and the first visit open."""


def example_named(key: str) -> ExpressionExample:
    """The example of this key. Raises KeyError."""
    return {example.key: example for example in EXAMPLES}[key]


class ExamplesButton(QToolButton):
    """A menu of the examples and of what the playground has. ``chosen(example)``."""

    chosen = Signal(object)

    def __init__(self, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(self.tr("Examples"))
        self.setToolTip(
            plain_tip(self.tr("Expressions to start from, and the playground's neuron or network as a graph"))
        )
        self.setProperty("role", "pill")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        self.entries: dict[str, QAction] = {}
        for example in EXAMPLES:
            title, tip = (QCoreApplication.translate("Expressions", words) for words in (example.title, example.tip))
            action = menu.addAction(f"{letters(title)}\t{letters(plain_text(example.markup))}")
            action.setToolTip(plain_tip(tip))
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, example=example: self.chosen.emit(example))
            self.entries[example.key] = action
        menu.addSeparator()
        menu.addActions([actions["graph_from_neuron"], actions["graph_from_network"]])
        self.setMenu(menu)

    def mark(self, text: str) -> None:
        """Tick the example whose text is open."""
        for example in EXAMPLES:
            self.entries[example.key].setChecked(example.text == text)


# The playground -------------------------------------------------------------------------------------------------------

NO_NETWORK = declare("app.no-network-open", "No network is open. Open one in the playground to see its neurons here.")
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
        """The network has other weights by now."""
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
        return next((taken for taken in reversed(network.taken) if taken.is_of(title, named)), None)

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
        return next((document for document in self._host.documents() if isinstance(document, OpenNetwork)), None)

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
        """Open the expression that was asked for."""
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
        self.words = FittingLabel(role="muted")
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.take = QPushButton(self.tr("Take its current weights"))
        self.take.setProperty("role", "link")
        self.take.setCursor(Qt.CursorShape.PointingHandCursor)
        self.take.setToolTip(
            plain_tip(self.tr("The same sample with the network's current weights; Undo restores these"))
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
            self.words.set_texts((" ".join(said), said[-1]))
            self.words.setMaximumWidth(self.words.fontMetrics().horizontalAdvance(" ".join(said)) + GAP)
            self.take.setVisible(source.can_be_taken)

    def _said(self, source: NetworkSource) -> list[str]:
        """What it is, and what has happened since, in sentences."""
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
            said.append(self.tr("Another network is now open there."))
        elif source.can_be_taken:
            said.append(self.tr("It has moved on: epoch {epoch}.").format(epoch=epoch_text(source.now)))
        return said
