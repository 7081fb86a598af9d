"""Commands of the keyboard and the menus: edits of the selected blocks, and the clipboard."""

from __future__ import annotations

from functools import partial

from pydantic import ValidationError
from PySide6.QtCore import QMimeData, QObject, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from app.builder.canvas.edits import PASTE_SHIFT, Align, Workbench
from app.builder.canvas.geometry import CARD_WIDTH, COLUMN_HEIGHT, SNAP
from app.builder.canvas.gestures import KeyboardWire, Pointing
from app.builder.canvas.hit import grips_of
from app.builder.canvas.selection import NeuronRef
from app.builder.canvas.words import units_of
from app.kit.icons import icon
from app.kit.translation import worded
from engine.formats import is_link
from engine.graph import NetworkGraph, Wire
from engine.graph.kinds import playground_kinds
from engine.problems import EngineError

MIME_TYPE = "application/x-neuroloom-blocks+json"
LARGEST_TEXT = 2_000_000
"""Characters: more text than this is surely not a piece of a network."""


ZOOM_STEP = 1.25
LONGEST_TITLE = 80
LEAST_FIELD = 120
"""Pixels: the least width of the field for a block's name."""


def copy_to_clipboard(piece: NetworkGraph) -> None:
    """Put a piece of a network on the clipboard."""
    text = piece.model_dump_json()
    data = QMimeData()
    data.setData(MIME_TYPE, text.encode())
    data.setText(text)
    QGuiApplication.clipboard().setMimeData(data)


def blocks_on_clipboard() -> NetworkGraph | None:
    """The piece on the clipboard; None when what is there is something else."""
    data = QGuiApplication.clipboard().mimeData()
    if data is None:
        return None
    text = bytes(data.data(MIME_TYPE).data()).decode(errors="replace") if data.hasFormat(MIME_TYPE) else data.text()
    if not text or len(text) > LARGEST_TEXT or not text.lstrip().startswith("{"):
        return None
    try:
        piece = NetworkGraph.model_validate_json(text)
    except (ValidationError, EngineError):
        return None
    return piece if piece.blocks else None


def link_on_clipboard() -> str:
    """The link on the clipboard in which a network is said; empty where there is none."""
    text = QGuiApplication.clipboard().text()
    return text if len(text) <= LARGEST_TEXT and is_link(text) else ""


class TitleField(QLineEdit):
    """A field over a block's name. Enter, or leaving it, keeps what was typed; Escape does not."""

    typed = Signal(str)

    def __init__(self, name: str, place: QRectF, canvas: QWidget) -> None:
        super().__init__(name, canvas)
        self._name, self._canvas = name, canvas
        self.setMaxLength(LONGEST_TITLE)
        self.setAccessibleName(self.tr("Name of the block"))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.resize(max(LEAST_FIELD, round(place.width()) + 2 * self.sizeHint().height()), self.sizeHint().height())
        self.move(place.center().toPoint() - self.rect().center())
        self.editingFinished.connect(self._end)
        self.selectAll()
        self.show()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self._name)
            self._end()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _end(self) -> None:
        self.editingFinished.disconnect(self._end)
        if self.hasFocus():
            self._canvas.setFocus()
        self.hide()
        self.deleteLater()
        if self.text().strip() != self._name:
            self.typed.emit(self.text().strip())


class CanvasCommands(QObject):
    """One method per action; each acts on the selection. Menus open over ``canvas``. ``link_pasted(text)``: there is a
    link on the clipboard rather than blocks."""

    link_pasted = Signal(str)

    def __init__(self, bench: Workbench, pointing: Pointing, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._bench, self._pointing, self._canvas = bench, pointing, canvas
        self._pastes = 0

    # Pieces -------------------------------------------------------------------------------------------------------

    def copy(self) -> None:
        """Put the selected blocks on the clipboard."""
        piece = self._bench.edits.piece(self._bench.selection.blocks)
        if piece.blocks:
            copy_to_clipboard(piece)
            self._pastes = 0

    def cut(self) -> None:
        """Copy, then delete."""
        self.copy()
        self._bench.edits.remove(self._bench.selection.blocks, self.tr("Cut"))

    def paste(self) -> None:
        """Insert what is on the clipboard beside the original, or in the middle where that is out of sight."""
        piece = blocks_on_clipboard()
        if piece is None and (link := link_on_clipboard()):
            self.link_pasted.emit(link)
            return
        if piece is None:
            self._bench.say(self.tr("There are no blocks on the clipboard; copy some first."))
            return
        self._pastes += 1
        shift = QPointF(PASTE_SHIFT, PASTE_SHIFT) * self._pastes
        self._insert(piece, shift, self.tr("Paste"))

    def duplicate(self) -> None:
        """Copy and paste in one step, leaving the clipboard alone."""
        piece = self._bench.edits.piece(self._bench.selection.blocks)
        if piece.blocks:
            self._insert(piece, QPointF(PASTE_SHIFT, PASTE_SHIFT), self.tr("Duplicate"))

    def _insert(self, piece: NetworkGraph, shift: QPointF, label: str) -> None:
        visible = self._bench.viewport.visible
        middle = _middle(piece) + shift
        if not visible.contains(middle):
            shift += visible.center() - middle
        self._bench.selection.choose(self._bench.edits.insert(piece, shift, label))

    def delete(self) -> None:
        """Delete the selected wire, or the weight's; or the selected blocks, joining their neighbours."""
        selection = self._bench.selection
        wire = selection.wire
        if wire is None:
            self._bench.edits.remove(selection.blocks)
        else:
            selection.clear()
            self._bench.edits.unwire(wire)

    def select_all(self) -> None:
        """Select every block."""
        self._bench.selection.choose(self._bench.edits.graph.by_id)

    def rename(self, block_id: str) -> None:
        """Open a field over a block's name, to type another."""
        layout, camera = self._bench.scene.layout, self._bench.viewport.camera
        shape = layout[block_id]
        place = camera.rect_to_view(grips_of(layout, shape, camera.scale)[-1])
        field = TitleField(shape.name, place, self._canvas)
        field.typed.connect(partial(self._bench.edits.rename, block_id))

    # Building -----------------------------------------------------------------------------------------------------

    def add(self, kind: str, at: QPointF | None = None, into: Wire | None = None) -> None:
        """Add a block at a scene point (a free place near the middle of what is shown unless given) and select it."""
        block_id = self._bench.edits.add(kind, at if at is not None else self._free_place(), into)
        if block_id is not None:
            self._bench.selection.choose([block_id])

    def add_onto(self, kind: str, at: QPointF, into: Wire | None) -> None:
        """Add a block dropped at a scene point: into the wire there, behind the block there, or else in a free place
        beside that."""
        shapes = self._bench.scene.layout.shapes
        under = next((block_id for block_id, shape in shapes.items() if shape.bounds.contains(at)), None)
        if into is not None or under is None:
            self.add(kind, at, into)
        elif self._bench.edits.refusal_beside(kind, under, after=True) is not None:
            self.add(kind, self._free_place(at))
        elif (added := self._bench.edits.add_beside(kind, under, after=True)) is not None:
            self._bench.selection.choose([added])

    def _free_place(self, place: QPointF | None = None) -> QPointF:
        """Beside the blocks that stand there, in the middle of what is shown unless given, so that none lies on
        another."""
        viewport, layout = self._bench.viewport, self._bench.scene.layout
        place = viewport.camera.to_scene(viewport.area.center()) if place is None else QPointF(place)
        taken = [shape.bounds for shape in layout.shapes.values()]
        while any(bounds.intersects(_room_at(place)) for bounds in taken):
            place += QPointF(SNAP, 0.0)
        return place

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
        bench = self._bench
        if bench.selection.focus is None:
            bench.say(self.tr("First select the block to wire from; Tab goes from block to block."))
            return
        self._pointing.keyboard_wire = KeyboardWire(bench, bench.selection.focus)
        bench.say(self.tr("Choose the other end with the arrow keys; Enter connects, Escape cancels."))
        bench.viewport.update()

    def change_units(self, by: int) -> None:
        """More or fewer units in every selected dense block; presses in a row are one undoable step."""
        edits = self._bench.edits
        for block_id in self._bench.selection.blocks:
            units = units_of(edits.graph.block(block_id))
            if units is not None:
                edits.set_units(block_id, units + by, merge=f"units-key-{block_id}")

    def open_neuron(self) -> None:
        """Open the first neuron of the block in focus, or close the open one."""
        selection = self._bench.selection
        if selection.neuron is not None:
            selection.choose_neuron(None)
        elif selection.focus is not None and self._bench.scene.layout[selection.focus].tiles is not None:
            selection.choose_neuron(NeuronRef(selection.focus, 0))

    def fold(self) -> None:
        """Unfold the input that is an image to one tile a pixel, or fold it again."""
        bench = self._bench
        images = [shape.id for shape in bench.scene.layout.shapes.values() if shape.picture is not None]
        chosen = [block_id for block_id in images if block_id in bench.selection.blocks] or images[:1]
        for block_id in chosen:
            bench.scene.fold(block_id)
        if chosen:
            bench.viewport.picture_changed()
        else:
            bench.say(self.tr("No input here is an image."))

    # Places -------------------------------------------------------------------------------------------------------

    def arrange(self) -> None:
        """Lay out the network and show all of it."""
        self._bench.edits.arrange()
        self._bench.viewport.fit()

    def align(self, how: Align) -> None:
        """Line the selected blocks up."""
        self._bench.edits.align(self._bench.selection.blocks, how)

    def distribute(self, *, across: bool) -> None:
        """Space the selected blocks evenly."""
        self._bench.edits.distribute(self._bench.selection.blocks, across=across)

    def nudge(self, by: QPointF) -> None:
        """Move the selected blocks by one step; presses in a row are one undoable step."""
        blocks, graph = self._bench.selection.blocks, self._bench.edits.graph
        places = {b: QPointF(graph.block(b).x, graph.block(b).y) + by for b in blocks}
        if places:
            self._bench.edits.move(places, merge="nudge-" + ",".join(blocks))

    def fit(self) -> None:
        """Show the whole network."""
        self._bench.viewport.fit()

    def zoom(self, steps: int) -> None:
        """In or out by a step."""
        self._bench.viewport.zoom(ZOOM_STEP**steps)

    def zoom_actual(self) -> None:
        """100 %."""
        self._bench.viewport.zoom(1.0 / self._bench.viewport.camera.scale)


def _middle(piece: NetworkGraph) -> QPointF:
    xs, ys = [b.x for b in piece.blocks], [b.y for b in piece.blocks]
    return QPointF((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)


def _room_at(place: QPointF) -> QRectF:
    """Return the room that a new block needs round its middle."""
    room = QRectF(0.0, 0.0, CARD_WIDTH, COLUMN_HEIGHT)
    room.moveCenter(place)
    return room
