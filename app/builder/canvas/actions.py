"""The canvas's actions: made once, shown again by menus and the list of shortcuts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from app.builder.canvas.commands import CanvasCommands
from app.builder.canvas.edits import Align
from app.builder.canvas.geometry import BlockShape
from app.builder.canvas.selection import Selection
from app.builder.canvas.words import units_of
from app.kit.actions import describe
from app.kit.icons import set_icon

Keys = QKeySequence.StandardKey


@dataclass(frozen=True, slots=True)
class CanvasAction:
    """One action. ``needs``: the least number of selected blocks for it to make sense."""

    name: str
    text: str
    tip: str
    run: Callable[[], None]
    keys: tuple[QKeySequence | Keys | str, ...] = ()
    icon: str | None = None
    needs: int = 0


def _specs(do: CanvasCommands) -> list[CanvasAction]:
    tr = do.tr
    return [
        CanvasAction("cut", tr("Cut"), tr("Copy the selected blocks and delete them."), do.cut, (Keys.Cut,), needs=1),
        CanvasAction("copy", tr("Copy"), tr("Copy the selected blocks and the wires between them to the clipboard."),
                     do.copy, (Keys.Copy,), "copy", 1),
        CanvasAction("paste", tr("Paste"), tr("Insert the blocks from the clipboard, or open the link on it."),
                     do.paste, (Keys.Paste,)),
        CanvasAction("duplicate", tr("Duplicate"), tr("Insert a copy of the selected blocks next to them."),
                     do.duplicate, ("Ctrl+D",), needs=1),
        CanvasAction("delete", tr("Delete"),
                     tr("Delete the selected wire or blocks; their neighbours are joined where shapes allow."),
                     do.delete, (Keys.Delete, "Backspace"), "trash"),
        CanvasAction("select_all", tr("Select all"), tr("Select every block."), do.select_all, (Keys.SelectAll,)),
        CanvasAction("add_block", tr("Add block…"), tr("Add a block to the middle of the canvas."),
                     do.open_add_menu, ("A",), "plus"),
        CanvasAction("wire", tr("Draw a wire"),
                     tr("Draw a wire from the selected block: arrows choose the other end, Enter connects."),
                     do.wire, ("W",), needs=1),
        CanvasAction("more_units", tr("More units"), tr("Add a unit to the selected dense block."),
                     partial(do.change_units, 1), ("+", "="), "plus", 1),
        CanvasAction("fewer_units", tr("Fewer units"), tr("Remove a unit from the selected dense block."),
                     partial(do.change_units, -1), ("-",), "minus", 1),
        CanvasAction("neuron_details", tr("Neuron details"),
                     tr("Open a neuron's formula z = Σ w·a + b with its live numbers; Alt and arrows go to its "
                         "neighbours."),
                     do.open_neuron, ("Return", "Enter"), needs=1),
        CanvasAction("fold", tr("Unfold pixels"),
                     tr("Show each pixel of the input image as a tile, or the image again."), do.fold, ("U",)),
        CanvasAction("arrange", tr("Auto-layout"), tr("Lay the network out from left to right."),
                     do.arrange, ("L",), "arrange"),
        CanvasAction("zoom_fit", tr("Zoom to fit"), tr("Show the whole network."), do.fit, ("F",), "fit"),
        CanvasAction("zoom_in", tr("Zoom in"), tr("Show less, larger."), partial(do.zoom, 1), (Keys.ZoomIn, "Ctrl+=")),
        CanvasAction("zoom_out", tr("Zoom out"), tr("Show more, smaller."), partial(do.zoom, -1), (Keys.ZoomOut,)),
        CanvasAction("zoom_actual", tr("Zoom to 100 %"), tr("Show the network at its actual size."),
                     do.zoom_actual, ("Ctrl+0",)),
        *_align_specs(do),
    ]  # fmt: skip


def _align_specs(do: CanvasCommands) -> list[CanvasAction]:
    tr = do.tr
    aligns = [
        (Align.LEFT, tr("Align left"), tr("Align the left edges of the selected blocks."), "Shift+L"),
        (Align.CENTRE, tr("Align centres"), tr("Align the selected blocks on a vertical centre line."), "Shift+C"),
        (Align.RIGHT, tr("Align right"), tr("Align the right edges of the selected blocks."), "Shift+R"),
        (Align.TOP, tr("Align top"), tr("Align the top edges of the selected blocks."), "Shift+T"),
        (Align.MIDDLE, tr("Align middles"), tr("Align the selected blocks on a horizontal centre line."), "Shift+M"),
        (Align.BOTTOM, tr("Align bottom"), tr("Align the bottom edges of the selected blocks."), "Shift+B"),
    ]
    specs = [
        CanvasAction(f"align_{how.value}", text, tip, partial(do.align, how), (keys,), needs=2)
        for how, text, tip, keys in aligns
    ]
    return [
        *specs,
        CanvasAction("distribute_horizontally", tr("Distribute horizontally"),
                     tr("Make the gaps between the selected blocks equal from left to right."),
                     partial(do.distribute, across=True), ("Shift+H",), needs=3),
        CanvasAction("distribute_vertically", tr("Distribute vertically"),
                     tr("Make the gaps between the selected blocks equal from top to bottom."),
                     partial(do.distribute, across=False), ("Shift+V",), needs=3),
    ]  # fmt: skip


def make_actions(commands: CanvasCommands, selection: Selection, canvas: QWidget) -> dict[str, QAction]:
    """Every action by name. Their shortcuts work while the canvas has the keyboard."""
    specs = _specs(commands)
    actions = {spec.name: add_action(spec, canvas, f"canvas.{spec.name}") for spec in specs}
    needs = {spec.name: spec.needs for spec in specs if spec.needs}

    def follow(blocks: tuple[str, ...]) -> None:
        for name, least in needs.items():
            actions[name].setEnabled(len(blocks) >= least)
        actions["delete"].setEnabled(bool(blocks) or selection.wire is not None)

    selection.blocks_changed.connect(follow)
    selection.wire_changed.connect(lambda: follow(selection.blocks))
    follow(selection.blocks)
    return actions


def add_action(spec: CanvasAction, widget: QWidget, name: str) -> QAction:
    """Return the action of a declaration, added to the widget that its keys belong to. ``name``: its object's."""
    action = QAction(spec.text, widget)
    action.setObjectName(name)
    action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
    action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    describe(action, spec.tip)
    action.triggered.connect(lambda _checked=False, run=spec.run: run())
    if spec.icon is not None:
        set_icon(action, spec.icon)
    widget.addAction(action)
    return action


def mouse_gestures(do: CanvasCommands) -> tuple[tuple[str, str], ...]:
    """Return the gestures of the mouse on the canvas, each with its effect."""
    tr = do.tr
    return (
        (tr("Click a neuron"), tr("Open its arithmetic")),
        (tr("Click a wire"), tr("Select one of its weights, to type another; Delete removes the whole wire")),
        (tr("Double click a block’s name"), tr("Rename it")),
        (tr("Right click"), tr("Actions for the wire, the block or the canvas")),
        (tr("Drag a block"), tr("Move it; with Shift or Ctrl, a click adds it to the selection")),
        (tr("Drag from port to port"), tr("Draw a wire")),
        (tr("Drag the bar under a layer"), tr("More or fewer units")),
        (tr("Drag on empty canvas"), tr("Select blocks")),
        (tr("Double click on empty canvas"), tr("Zoom to fit")),
        (tr("Wheel, or drag with the middle button"), tr("Pan; with Ctrl, the wheel zooms")),
    )


def fill_menu(
    menu: QMenu, actions: Mapping[str, QAction], selection: Selection, shape: BlockShape | None, *, on_wire: bool
) -> None:
    """Put what can be done with a block, a wire or, where it is neither, the canvas into a menu."""
    groups: tuple[tuple[str, ...], ...] = (
        ("add_block", "paste", "select_all"), ("arrange", "zoom_fit", "zoom_in", "zoom_out", "zoom_actual"),
    )  # fmt: skip
    if on_wire:
        groups = (("delete",),)
    elif shape is not None:
        own = ["neuron_details"] if shape.tiles is not None and selection.neuron is None else []
        own += ["more_units", "fewer_units"] if units_of(shape.block) is not None else []
        own += ["fold"] if shape.picture is not None else []
        groups = (tuple(own), ("wire",), ("cut", "copy", "duplicate", "delete"))
    for group in groups:
        menu.addSeparator()
        menu.addActions([actions[name] for name in group])
    if shape is not None and len(selection.blocks) > 1:
        align = menu.addMenu(QCoreApplication.translate("CanvasCommands", "Align"))
        align.setToolTipsVisible(True)
        align.addActions([actions[name] for name in actions if name.startswith(("align_", "distribute_"))])
