"""The outline beside the canvas: the network as a tree, kept in step, from which everything can be done by keyboard."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.builder.canvas.commands import CanvasCommands
from app.builder.canvas.edits import Workbench
from app.builder.outline.commands import OutlineCommands, fill, make_actions, shared
from app.builder.outline.content import Content, OutlinePart, OutlinePlace, Readings, choose, place_of
from app.builder.outline.model import NetworkOutlineModel
from app.builder.outline.view import OutlineView
from app.kit.capitals import in_capitals
from app.kit.icons import set_icon
from app.kit.numbers import significant
from app.kit.translation import worded_name
from app.kit.widgets.labels import Label
from app.kit.widgets.values import WholeSpinBox
from app.network.document import Document
from app.network.trainer import Trainer
from engine.graph.naming import names_of
from engine.graph.validation import problems_by_block

PACE_MS = 500
"""Numbers that change more often than this can be neither read nor heard."""
MOST_VALUES = 4
"""So many columns of a sample are told."""


class OutlinePanel(QWidget):
    """``row_wanted(row)``: play the pass of this row of the data set."""

    row_wanted = Signal(int)

    def __init__(
        self, document: Document, trainer: Trainer, bench: Workbench, canvas: CanvasCommands,
        canvas_actions: Mapping[str, QAction], parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """``canvas``: what the canvas does by keyboard, and ``canvas_actions`` its actions, to be had here as well."""
        super().__init__(parent)
        self._document, self._trainer, self._bench = document, trainer, bench
        self._stale = self._choosing = False
        self.model = NetworkOutlineModel(self._content(), self)
        self.view = OutlineView(self.model)
        self.commands = OutlineCommands(
            document, bench.edits, bench.selection, canvas, self.view, lambda: dict(self.model.content.names)
        )
        self.own_actions = make_actions(self.commands, self.view)
        self.actions_by_name = self.own_actions | shared(canvas_actions)
        self.view.take_actions(list(shared(canvas_actions).values()))
        self._pace = QTimer(self)
        self._pace.setInterval(PACE_MS)
        self._pace.setSingleShot(True)
        self._pace.timeout.connect(self._refresh)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.view)
        self._follow_selection()

    def _lay_out(self) -> None:
        title = Label(in_capitals(self.tr("Outline")))
        title.setProperty("role", "heading")
        title.setBuddy(self.view)
        more = QToolButton()
        set_icon(more, "menu")
        more.setAccessibleName(self.tr("Actions for the row"))
        more.setToolTip(self.tr("Actions for the row; also with the menu key or the right mouse button"))
        more.clicked.connect(lambda: self.view.open_menu(more.mapToGlobal(QPoint(0, more.height()))))
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 8, 4)
        head.addWidget(title, 1)
        head.addWidget(more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view, 1)

    def _connect(self) -> None:
        document, selection = self._document, self._bench.selection
        for signal in (document.graph_changed, document.dataset_loaded, document.title_changed):
            signal.connect(self._follow_document)
        self._bench.scene.legible.changed.connect(self._refresh_now)
        self._trainer.weights_heard.connect(self._refresh_now)
        self._bench.scene.trace_changed.connect(self._refresh_soon)
        self._bench.scene.moment_changed.connect(self._refresh_later)
        for signal in (selection.blocks_changed, selection.detail_changed, selection.wire_changed):
            signal.connect(self._follow_selection)
        self.view.places_chosen.connect(self._choose)
        self.view.menu_wanted.connect(self._fill_menu)
        self.model.renamed.connect(self._rename)
        self.model.weight_edited.connect(document.edit_weight)
        self.commands.pass_wanted.connect(self._ask_for_sample)

    # What is shown ------------------------------------------------------------------------------------------------

    def _content(self) -> Content:
        document, graph = self._document, self._document.graph
        names = {block_id: worded_name(name) for block_id, name in names_of(graph).items()}
        of_all = tuple(found for found in document.problems if found.block_id is None)
        problems = {**problems_by_block(document.problems), "": of_all}
        return Content(document.title, graph, names, document.widths, problems, self._readings())

    def _readings(self) -> Readings:
        scene, snapshot = self._bench.scene, self._bench.scene.legible.snapshot
        weights = snapshot.weights if snapshot is not None else self._document.present_weights()
        if scene.moment is None:
            return Readings(weights, snapshot)
        shown, signals = scene.moment.numbers(scene.progress), scene.moment.signals(scene.progress)
        return Readings(weights, snapshot, shown, signals)

    @Slot()
    def _follow_document(self) -> None:
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        self.view.show_content(self._content())
        self._refresh()
        self._follow_selection()
        self._go_on()

    @Slot()
    def _refresh_now(self) -> None:
        """Newer numbers, which come at a pace that can be followed."""
        if self.isVisible():
            self._refresh()
        else:
            self._stale = True

    @Slot()
    def _refresh_soon(self) -> None:
        """Another pass: at once while nothing trains, else it is another one ten times a second."""
        if self._trainer.running:
            self._refresh_later()
        else:
            self._refresh_now()

    @Slot()
    def _refresh_later(self) -> None:
        if not self.isVisible():
            self._stale = True
        elif not self._pace.isActive():
            self._pace.start()

    @Slot()
    def _refresh(self) -> None:
        self.model.read(self._readings(), self.view.seen)

    # What is chosen -----------------------------------------------------------------------------------------------

    @Slot()
    def _follow_selection(self, _blocks: object = None) -> None:
        if self.isVisible() and not self._choosing:
            selection, graph = self._bench.selection, self._document.graph
            self.view.show_chosen(place_of(selection, graph, self.view.current), selection.blocks)
            self._enable()

    def _go_on(self) -> None:
        """Where the chosen row has gone, the one that the keyboard is at now is chosen."""
        selection, place = self._bench.selection, self.view.current
        nothing = not (selection.blocks or selection.edge or selection.wire)
        if nothing and place is not None and self.view.hasFocus():
            self.view.select_current()

    @Slot(list)
    def _choose(self, places: list[OutlinePlace]) -> None:
        self._choosing = True
        choose(self._bench.selection, self._document.graph, places)
        self._choosing = False
        self._enable()

    def _enable(self) -> None:
        """Disable what makes no sense at this row."""
        commands, place = self.commands, self.view.current
        for name, sensible in (
            ("outline_add_before", commands.is_of_block(place)),
            ("outline_wire_to", commands.is_of_block(place)),
            ("outline_wire_from", commands.is_of_block(place)),
            ("outline_unwire", commands.is_of_block(place)),
            ("outline_activation", commands.has_activation),
            ("outline_edit", commands.can_type),
            ("outline_open", commands.can_open),
        ):
            self.actions_by_name[name].setEnabled(sensible)

        names_block = place is not None and place.part is OutlinePart.BLOCK
        self.own_actions["outline_edit"].setText(self.tr("Rename") if names_block else self.tr("Change the value"))

    @Slot(QMenu)
    def _fill_menu(self, menu: QMenu) -> None:
        self._enable()
        fill(menu, self.actions_by_name)

    # What is done -------------------------------------------------------------------------------------------------

    @Slot(str, str)
    def _rename(self, block_id: str, title: str) -> None:
        if title != self.model.content.names.get(block_id):
            self._bench.edits.rename(block_id, title)

    @Slot()
    def _ask_for_sample(self) -> None:
        dialog = SampleDialog(self._document, self.window())
        dialog.row_chosen.connect(self.row_wanted)
        dialog.show()

    # Widget -------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what has changed while nobody saw it."""
        super().showEvent(event)
        if self._stale:
            self._follow_document()
        self._follow_selection()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pace.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme: the rows' colours are others."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.view.viewport().update()


class SampleDialog(QDialog):
    """Asks for a row of the data set. ``row_chosen(row)``: play its pass."""

    row_chosen = Signal(int)

    def __init__(self, document: Document, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self.setWindowTitle(self.tr("Play a pass"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.row = WholeSpinBox()
        self.row.setAccessibleName(self.tr("Number of the sample"))
        self.row.setToolTip(self.tr("Samples are counted from 0, in the order of the data set"))
        self.about = Label()
        self.about.setProperty("role", "muted")
        self.play = QPushButton(self.tr("&Play"))
        self.play.setDefault(True)
        self.play.setToolTip(self.tr("Follow this sample forward to the loss and back"))
        close = QPushButton(self.tr("&Close"))
        close.setToolTip(self.tr("Cancel"))
        buttons = QDialogButtonBox()
        buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.addButton(self.play, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.setContentsMargins(18, 16, 18, 16)
        form.addRow(self.tr("&Sample"), self.row)
        form.addRow(self.about)
        form.addRow(buttons)
        self.play.clicked.connect(self._choose)
        self.row.valueChanged.connect(self._describe)
        document.dataset_loaded.connect(self.follow)
        self.follow()
        train = document.dataset.train
        self.row.setValue(int(train[0]) if len(train) else 0)
        self.row.selectAll()

    @Slot()
    def follow(self) -> None:
        """Other data have other samples."""
        self.row.setRange(0, max(0, len(self._document.dataset.x) - 1))
        self._describe()

    @Slot()
    def _describe(self) -> None:
        """Describe the sample, so that it need not be looked up."""
        dataset, row = self._document.dataset, self.row.value()
        if row >= len(dataset.x):
            return
        values = ", ".join(significant(float(value)) for value in dataset.x[row][:MOST_VALUES])
        more = ", …" if len(dataset.columns) > MOST_VALUES else ""
        text = f"x = ({values}{more})"
        if dataset.classes:
            text = self.tr("{values}, class {name}").format(values=text, name=dataset.classes[int(dataset.y[row])])
        self.about.setText(text)
        self.row.setAccessibleDescription(text)

    @Slot()
    def _choose(self) -> None:
        self.row_chosen.emit(self.row.value())
        self.close()
