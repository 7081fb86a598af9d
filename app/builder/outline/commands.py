"""Commands of the outline: its own, each from the row in focus, and the canvas' beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, QPoint, QPointF, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.builder.canvas.actions import CanvasAction, add_action
from app.builder.canvas.commands import CanvasCommands
from app.builder.canvas.edits import CanvasEdits
from app.builder.canvas.geometry import SNAP
from app.builder.canvas.selection import NeuronRef, Selection
from app.builder.canvas.words import function_of
from app.builder.outline.content import OutlinePart, OutlinePlace
from app.builder.outline.view import OutlineView
from app.kit.icons import icon
from app.kit.translation import sentence_of, worded
from app.kit.words import plain_tip
from app.network.document import Document
from engine.activations import ACTIVATIONS
from engine.graph import Block, Wire
from engine.graph.edit import set_params
from engine.graph.kinds import playground_kinds
from engine.graph.model import topological_order
from engine.problems import Problem

NOT_HERE = ("add_block", "wire", "neuron_details")
"""Actions of the canvas that the outline has in its own way."""

GROUPS = (
    ("outline_add_after", "outline_add_before", "outline_wire_to", "outline_wire_from", "outline_unwire"),
    ("outline_edit", "outline_activation", "more_units", "fewer_units"),
    ("outline_open", "outline_pass"),
    ("cut", "copy", "paste", "duplicate", "delete"),
    ("arrange",),
)
MOVES = ("outline_left", "outline_right", "outline_up", "outline_down")


class OutlineCommands(QObject):
    """One method per action. ``pass_wanted``: the person wants to choose a sample and see its pass."""

    pass_wanted = Signal()

    def __init__(
        self, document: Document, edits: CanvasEdits, selection: Selection, canvas: CanvasCommands, view: OutlineView,
        names: Callable[[], dict[str, str]],
    ) -> None:  # fmt: skip
        super().__init__(view)
        self._document, self._edits, self._selection = document, edits, selection
        self._canvas, self._view, self._names = canvas, view, names

    @property
    def block(self) -> Block | None:
        """The block that the row in focus belongs to."""
        place, graph = self._view.current, self._document.graph
        return graph.block(place.block_id) if place is not None and place.block_id in graph else None

    # Menus to choose from -----------------------------------------------------------------------------------------

    def add(self, *, after: bool) -> None:
        """Choose a kind of block to put after or before this one."""
        block = self.block
        if block is None:
            self._canvas.open_add_menu()
            return
        menu = self._menu()
        for kind in playground_kinds():
            add = partial(self._add, kind.key, block.id, after=after)
            refusal = self._edits.refusal_beside(kind.key, block.id, after=after)
            self._offer(menu, worded(kind.label), add, refusal, worded(kind.summary), kind.icon)
        self._open(menu)

    def _add(self, kind: str, anchor: str, *, after: bool) -> None:
        added = self._edits.add_beside(kind, anchor, after=after)
        if added is not None:
            self._selection.choose([added])

    def wire(self, *, onward: bool) -> None:
        """Choose the block to wire this one to, or from."""
        block, graph, names = self.block, self._document.graph, self._names()
        if block is None:
            return
        menu = self._menu()
        ordered, stuck = topological_order(graph)
        for other in (*ordered, *stuck):
            source, target = (block.id, other) if onward else (other, block.id)
            if other != block.id and not any((w.source, w.target) == (source, target) for w in graph.wires):
                join = partial(self._join, source, target)
                self._offer(menu, names[other], join, self._edits.refusal(source, target))
        self._open(menu)

    def _join(self, source: str, target: str) -> None:
        self._edits.join(source, target)

    def unwire(self) -> None:
        """Choose the wire to take away."""
        block, graph, names = self.block, self._document.graph, self._names()
        if block is None:
            return
        menu = self._menu()
        for wire in (*graph.wires_into(block.id), *graph.wires_from(block.id)):
            text = f"{names.get(wire.source, wire.source)} → {names.get(wire.target, wire.target)}"
            self._offer(menu, text, partial(self._unwire, wire))
        self._open(menu)

    def _unwire(self, wire: Wire) -> None:
        self._edits.unwire(wire)

    def choose_activation(self) -> None:
        """Choose the function of the block."""
        block = self.block
        if block is None or not self.has_activation:
            return
        menu, used = self._menu(), function_of(block)
        for choice in ACTIVATIONS.values():
            if choice.elementwise or choice is used:
                action = self._offer(menu, worded(choice.label), partial(self._use, block.id, choice.key))
                action.setCheckable(True)
                action.setChecked(choice is used)
        self._open(menu)

    def _use(self, block_id: str, key: str) -> None:
        from app.builder.inspector.parameters import with_resets

        graph = self._document.graph
        changes = with_resets(graph.block(block_id).params, {"activation": key})
        self._document.edit(self.tr("Change activation"), graph=set_params(graph, block_id, **changes))

    # At once ------------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Open the card of this unit, or of the block's first one; the open one closes. A weight is typed over."""
        place = self._view.current
        if place is None or not self.can_open:
            return
        if place.part is OutlinePart.WEIGHT:
            self.type_over()
            return
        neuron = NeuronRef(place.block_id, max(place.unit, 0))
        self._selection.choose_neuron(None if neuron == self._selection.neuron else neuron)

    def type_over(self) -> None:
        """Type another name, bias or weight."""
        self._view.edit_current()

    def move(self, direction: QPointF) -> None:
        """Move the chosen blocks on the canvas by one step."""
        self._canvas.nudge(direction * SNAP)

    def play_pass(self) -> None:
        """Have a sample chosen, and its pass played."""
        self.pass_wanted.emit()

    # What makes sense ---------------------------------------------------------------------------------------------

    @property
    def has_activation(self) -> bool:
        """Return whether the block's function can be chosen."""
        place, block = self._view.current, self.block
        criterion = block.declaration.criterion(block.params) if block is not None else None
        fixed = criterion is not None and criterion.fixed_activation is not None
        if place is None or place.wire is not None or fixed:
            return False
        return block is not None and hasattr(block.params, "activation")

    @property
    def can_open(self) -> bool:
        """Return whether the row is of a unit, a weight, or a block whose units are shown one by one."""
        place, block = self._view.current, self.block
        return place is not None and block is not None and place.wire is None and block.declaration.tiles

    @property
    def can_type(self) -> bool:
        """Return whether there is something to type over."""
        place = self._view.current
        return place is not None and (place.part is OutlinePart.BLOCK or self._view.outline.value(place) is not None)

    @staticmethod
    def is_of_block(place: OutlinePlace | None) -> bool:
        """Return whether the row belongs to a block."""
        return place is not None and place.part is not OutlinePart.NETWORK

    # Menus --------------------------------------------------------------------------------------------------------

    def _menu(self) -> QMenu:
        menu = QMenu(self._view)
        menu.setToolTipsVisible(True)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _offer(
        self, menu: QMenu, text: str, run: Callable[[], None], refusal: Problem | None = None, tip: str = "",
        picture: str = "",
    ) -> QAction:  # fmt: skip
        action = menu.addAction(text.replace("&", "&&"))
        if picture:
            action.setIcon(icon(picture))
        action.setToolTip(plain_tip(sentence_of(refusal) if refusal is not None else tip or text))
        action.setEnabled(refusal is None)
        action.triggered.connect(lambda _checked=False: run())
        return action

    def _open(self, menu: QMenu) -> None:
        """At the row; with nothing to choose, the menu says so."""
        if menu.isEmpty():
            menu.addAction(self.tr("Nothing to choose from")).setEnabled(False)
        row = self._view.visualRect(self._view.currentIndex())
        below: QPoint = self._view.viewport().mapToGlobal(row.bottomLeft())
        menu.popup(below, menu.actions()[0])


# Actions --------------------------------------------------------------------------------------------------------------


def _specs(do: OutlineCommands) -> tuple[CanvasAction, ...]:
    tr = do.tr
    return (
        CanvasAction("outline_add_after", tr("Add block after…"),
                   tr("Choose a block; it takes over this one's outgoing wires."),
                   partial(do.add, after=True), ("A",), "plus"),
        CanvasAction("outline_add_before", tr("Add block before…"),
                   tr("Choose a block to insert between this one and its source."),
                   partial(do.add, after=False), ("Shift+A",)),
        CanvasAction("outline_wire_to", tr("Wire to…"), tr("Choose the block that this one feeds."),
                   partial(do.wire, onward=True), ("W",)),
        CanvasAction("outline_wire_from", tr("Wire from…"), tr("Choose the block that feeds this one."),
                   partial(do.wire, onward=False), ("Shift+W",)),
        CanvasAction("outline_unwire", tr("Unwire…"), tr("Choose a wire of this block to remove."),
                   do.unwire, ("X",)),
        CanvasAction("outline_edit", tr("Type over"), tr("Change a block's name, a bias or a weight."),
                   do.type_over, ("F2",)),
        CanvasAction("outline_activation", tr("Activation…"), tr("Choose the block's activation."),
                   do.choose_activation, ("C",)),
        CanvasAction("outline_open", tr("Open or close its card"),
                   tr("Open or close the card of the unit, or of a block's first one; type over a weight."),
                   do.open, ("Return", "Enter")),
        CanvasAction("outline_pass", tr("Play the pass of a sample…"),
                   tr("Choose a sample and follow it through the network and back."), do.play_pass, ("P",), "play"),
        CanvasAction("outline_left", tr("Move left"), tr("Move the chosen blocks on the canvas."),
                   partial(do.move, QPointF(-1, 0)), ("Ctrl+Left",)),
        CanvasAction("outline_right", tr("Move right"), tr("Move the chosen blocks on the canvas."),
                   partial(do.move, QPointF(1, 0)), ("Ctrl+Right",)),
        CanvasAction("outline_up", tr("Move up"), tr("Move the chosen blocks on the canvas."),
                   partial(do.move, QPointF(0, -1)), ("Ctrl+Up",)),
        CanvasAction("outline_down", tr("Move down"), tr("Move the chosen blocks on the canvas."),
                   partial(do.move, QPointF(0, 1)), ("Ctrl+Down",)),
    )  # fmt: skip


def make_actions(commands: OutlineCommands, view: QWidget) -> dict[str, QAction]:
    """Every action by name. Their shortcuts work while the tree has the keyboard."""
    return {spec.name: add_action(spec, view, spec.name) for spec in _specs(commands)}


def shared(canvas_actions: Mapping[str, QAction]) -> dict[str, QAction]:
    """The canvas' actions that do the same here."""
    return {name: action for name, action in canvas_actions.items() if name not in NOT_HERE}


def fill(menu: QMenu, actions: Mapping[str, QAction]) -> None:
    """Put the actions into a menu, group by group."""
    for number, group in enumerate(GROUPS):
        if number:
            menu.addSeparator()
        menu.addActions([actions[name] for name in group])
    moves = menu.addMenu(QCoreApplication.translate("OutlineCommands", "Move"))
    moves.setToolTipsVisible(True)
    moves.addActions([actions[name] for name in MOVES])
