"""What the keyboard and the menus can do on the canvas: the edits, applied to what is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QMenu

from app.builder.canvas import clipboard
from app.builder.canvas.edits import PASTE_SHIFT, Align
from app.builder.canvas.facts import units_of
from app.builder.canvas.gestures.wire import KeyboardWire
from app.builder.canvas.selection import NeuronRef
from app.kit.icons import icon
from app.kit.translation import worded
from engine.graph import NetworkGraph, Wire
from engine.graph.kinds import playground_kinds

if TYPE_CHECKING:
    from app.builder.canvas.view import NetworkCanvas

ZOOM_STEP = 1.25


class CanvasCommands:
    """One method per action; each acts on the selection."""

    def __init__(self, canvas: NetworkCanvas) -> None:
        self._canvas = canvas
        self._pastes = 0

    # Pieces -------------------------------------------------------------------------------------------------------

    def copy(self) -> None:
        """Put the selected blocks on the clipboard."""
        piece = self._canvas.edits.piece(self._canvas.selection.blocks)
        if piece.blocks:
            clipboard.put(piece)
            self._pastes = 0

    def cut(self) -> None:
        """Copy, then delete."""
        self.copy()
        self._canvas.edits.remove(self._canvas.selection.blocks, self._canvas.tr("Cut"))

    def paste(self) -> None:
        """Insert what is on the clipboard beside the original, or in the middle where that is out of sight."""
        piece = clipboard.take()
        if piece is None:
            self._canvas.message.emit(self._canvas.tr("There are no blocks on the clipboard; copy some first."))
            return
        self._pastes += 1
        shift = QPointF(PASTE_SHIFT, PASTE_SHIFT) * self._pastes
        self._insert(piece, shift, self._canvas.tr("Paste"))

    def duplicate(self) -> None:
        """Copy and paste in one step, leaving the clipboard alone."""
        piece = self._canvas.edits.piece(self._canvas.selection.blocks)
        if piece.blocks:
            self._insert(piece, QPointF(PASTE_SHIFT, PASTE_SHIFT), self._canvas.tr("Duplicate"))

    def _insert(self, piece: NetworkGraph, shift: QPointF, label: str) -> None:
        canvas = self._canvas
        visible = canvas.camera.visible(QRectF(canvas.rect()).size())
        middle = _middle(piece) + shift
        if not visible.contains(middle):
            shift += visible.center() - middle
        canvas.selection.choose(canvas.edits.insert(piece, shift, label))

    def delete(self) -> None:
        """Delete the selected wire, or the selected blocks, joining their neighbours."""
        canvas = self._canvas
        if canvas.chosen_wire is not None:
            wire, canvas.chosen_wire = canvas.chosen_wire, None
            canvas.selection.clear()
            canvas.edits.unwire(wire)
        else:
            canvas.edits.remove(canvas.selection.blocks)

    def select_all(self) -> None:
        """Select every block."""
        self._canvas.selection.choose(self._canvas.document.graph.by_id)

    # Building -----------------------------------------------------------------------------------------------------

    def add(self, kind: str, at: QPointF | None = None, into: Wire | None = None) -> None:
        """Add a block at a scene point (the middle of what is shown unless given) and select it."""
        canvas = self._canvas
        place = at if at is not None else canvas.camera.to_scene(QRectF(canvas.rect()).center())
        block_id = canvas.edits.add(kind, place, into)
        if block_id is not None:
            canvas.selection.choose([block_id])

    def open_add_menu(self) -> None:
        """A small menu of block kinds."""
        canvas = self._canvas
        menu = QMenu(canvas)
        menu.setToolTipsVisible(True)
        for kind in playground_kinds():
            action = menu.addAction(icon(kind.icon), worded(kind.label))
            action.setToolTip(worded(kind.summary))
            action.triggered.connect(lambda _checked=False, key=kind.key: self.add(key))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(canvas.mapToGlobal(canvas.rect().center()))

    def wire(self) -> None:
        """Begin a wire from the block in focus."""
        canvas = self._canvas
        if canvas.selection.focus is None:
            canvas.message.emit(canvas.tr("Select the block to wire from first: Tab goes from block to block."))
            return
        canvas.input.keyboard_wire = KeyboardWire(canvas, canvas.selection.focus)
        canvas.message.emit(canvas.tr("Choose the other end with the arrow keys; Enter wires, Escape gives up."))
        canvas.update()

    def change_units(self, by: int) -> None:
        """More or fewer units in every selected dense block; presses in a row are one undoable step."""
        canvas = self._canvas
        for block_id in canvas.selection.blocks:
            units = units_of(canvas.document.graph.block(block_id))
            if units is not None:
                canvas.edits.set_units(block_id, units + by, merge=f"units-key-{block_id}")

    def open_neuron(self) -> None:
        """Open the first neuron of the block in focus, or close the open one."""
        selection = self._canvas.selection
        if selection.neuron is not None:
            selection.choose_neuron(None)
        elif selection.focus is not None and self._canvas.layout_now[selection.focus].tiles is not None:
            selection.choose_neuron(NeuronRef(selection.focus, 0))

    # Places -------------------------------------------------------------------------------------------------------

    def arrange(self) -> None:
        """Lay out the network and show all of it."""
        self._canvas.edits.arrange()
        self._canvas.fit()

    def align(self, how: Align) -> None:
        """Line the selected blocks up."""
        self._canvas.edits.align(self._canvas.selection.blocks, how)

    def distribute(self, *, across: bool) -> None:
        """Space the selected blocks evenly."""
        self._canvas.edits.distribute(self._canvas.selection.blocks, across=across)

    def nudge(self, by: QPointF) -> None:
        """Move the selected blocks by one step; presses in a row are one undoable step."""
        canvas = self._canvas
        blocks = canvas.selection.blocks
        graph = canvas.document.graph
        places = {b: QPointF(graph.block(b).x, graph.block(b).y) + by for b in blocks}
        if places:
            canvas.edits.move(places, merge="nudge-" + ",".join(blocks))

    def zoom(self, steps: int) -> None:
        """In or out by a step."""
        self._canvas.zoom(ZOOM_STEP**steps)

    def zoom_actual(self) -> None:
        """100 %."""
        self._canvas.zoom(1.0 / self._canvas.camera.scale)


def _middle(piece: NetworkGraph) -> QPointF:
    xs, ys = [b.x for b in piece.blocks], [b.y for b in piece.blocks]
    return QPointF((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
