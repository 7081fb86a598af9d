"""The outline's own actions, and its menu, in which the canvas' actions stand beside them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from app.builder.canvas.actions import ActionSpec
from app.builder.outline.commands import OutlineCommands
from app.kit.actions import describe
from app.kit.icons import set_icon

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


def _specs(do: OutlineCommands) -> tuple[ActionSpec, ...]:
    tr = do.tr
    return (
        ActionSpec("outline_add_after", tr("Add block after…"),
                   tr("Choose a block; it takes over the wires that leave this one."),
                   partial(do.add, after=True), ("A",), "plus"),
        ActionSpec("outline_add_before", tr("Add block before…"),
                   tr("Choose a block; it comes between this one and its source."),
                   partial(do.add, after=False), ("Shift+A",)),
        ActionSpec("outline_wire_to", tr("Wire to…"), tr("Choose the block that this one feeds."),
                   partial(do.wire, onward=True), ("W",)),
        ActionSpec("outline_wire_from", tr("Wire from…"), tr("Choose the block that feeds this one."),
                   partial(do.wire, onward=False), ("Shift+W",)),
        ActionSpec("outline_unwire", tr("Unwire…"), tr("Choose a wire of this block to take away."),
                   do.unwire, ("X",)),
        ActionSpec("outline_edit", tr("Type over"), tr("Another name for a block, another bias or weight."),
                   do.type_over, ("F2",)),
        ActionSpec("outline_activation", tr("Activation…"), tr("Choose the block's activation."),
                   do.choose_activation, ("C",)),
        ActionSpec("outline_open", tr("Open or close its card"),
                   tr("Open the card of the unit, of a block's first one, or close it; type over a weight."),
                   do.open, ("Return", "Enter")),
        ActionSpec("outline_pass", tr("Play the pass of a sample…"),
                   tr("Choose a sample and follow it through the network and back."), do.play_pass, ("P",), "play"),
        ActionSpec("outline_left", tr("Move left"), tr("Move the chosen blocks on the canvas."),
                   partial(do.move, QPointF(-1, 0)), ("Ctrl+Left",)),
        ActionSpec("outline_right", tr("Move right"), tr("Move the chosen blocks on the canvas."),
                   partial(do.move, QPointF(1, 0)), ("Ctrl+Right",)),
        ActionSpec("outline_up", tr("Move up"), tr("Move the chosen blocks on the canvas."),
                   partial(do.move, QPointF(0, -1)), ("Ctrl+Up",)),
        ActionSpec("outline_down", tr("Move down"), tr("Move the chosen blocks on the canvas."),
                   partial(do.move, QPointF(0, 1)), ("Ctrl+Down",)),
    )  # fmt: skip


def make_actions(commands: OutlineCommands, view: QWidget) -> dict[str, QAction]:
    """Every action by name. Their shortcuts work while the tree has the keyboard."""
    actions = {}
    for spec in _specs(commands):
        action = QAction(spec.text, view)
        action.setObjectName(spec.name)
        action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        describe(action, spec.tip)
        action.triggered.connect(lambda _checked=False, run=spec.run: run())
        if spec.icon is not None:
            set_icon(action, spec.icon)
        view.addAction(action)
        actions[spec.name] = action
    return actions


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
