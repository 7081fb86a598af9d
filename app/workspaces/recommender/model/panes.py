"""The draft's network in the builder: what it is built of, the canvas, and the picked block."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.builder.canvas.view import NetworkCanvas
from app.builder.inspector.inspector import InspectorPanel
from app.builder.palette import PalettePanel
from app.kit.numbers import counted
from app.kit.widgets.checklist import CheckList
from app.kit.widgets.choice import Choice
from app.kit.widgets.column import MARGIN, PanelColumn
from app.kit.widgets.frame import Panel, column_layout, fill, row_layout, splitter
from app.kit.widgets.labels import wrapped
from app.kit.widgets.section import Section
from app.kit.widgets.switch import Switch
from app.network.document import Document
from app.network.watched import Untrained
from app.workspaces.recommender.model.draft import Draft
from app.workspaces.recommender.words import column_words
from engine.graph.edit import set_params, set_title
from engine.graph.kinds import BlockKind, kinds
from engine.graph.kinds.bag import BagParams
from engine.graph.kinds.categorical import CategoricalParams
from engine.graph.kinds.numbers import NumbersParams
from engine.graph.model import Block, NetworkGraph
from engine.recommenders.tasks.drafts.answers import AboutDraft, ColumnSort, DraftColumn

LINE, MOST_LINES = 24, 8


class ColumnPicker(QWidget):
    """One column for a category or a bag, several for numbers; hidden for a block that reads its wires. Each choice is
    one undoable step."""

    def __init__(self, document: Document, about: AboutDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._about = document, about
        self._ids: tuple[str, ...] = ()
        tip = self.tr("The column of the data that this block feeds in")
        self.one = Choice(self.tr("Column"), (), tip)
        self.several = CheckList(self.tr("Columns"), self.tr("Ticked columns are fed into the network"))
        self.note = wrapped()
        self.one.picked.connect(self._pick)
        self.several.toggled.connect(self._toggle)
        fill(column_layout(self, spacing=6), self.one, self.several, self.note)
        document.graph_changed.connect(self._show)
        self._show()

    @Slot(tuple)
    def set_selection(self, ids: tuple[str, ...]) -> None:
        """Follow the canvas."""
        self._ids = ids
        self._show()

    @property
    def block(self) -> Block | None:
        """The block that is picked, where it reads columns."""
        graph = self._document.graph
        picked = next((graph.block(block_id) for block_id in self._ids if block_id in graph), None)
        return picked if picked is not None and sorts_of(picked) else None

    @Slot()
    def _show(self) -> None:
        block = self.block
        self.setVisible(block is not None)
        if block is None:
            return
        params = block.params
        several = isinstance(params, NumbersParams)
        self.one.setVisible(not several)
        self.several.setVisible(several)
        if isinstance(params, NumbersParams):
            self._show_several(params.columns)
        elif isinstance(params, CategoricalParams | BagParams):
            self._show_one(block, params)

    def _show_one(self, block: Block, params: CategoricalParams | BagParams) -> None:
        known = self._about.of_sorts(*sorts_of(block))
        self.one.set_entries([(column.name, column_words(column.name)) for column in known])
        self.one.choose(params.column)
        self.note.setText(self._said(params, next((column for column in known if column.name == params.column), None)))

    def _said(self, params: CategoricalParams | BagParams, column: DraftColumn | None) -> str:
        """How many ids there are to be fed in. Bins cover every number, so that none is unknown."""
        if column is None:
            words = self.tr("The data have no column “{column}” of this sort; choose one.")
            return words.format(column=params.column)
        if column.sort == "bins":
            return counted(params.size, self.tr("1 bin of the number"), self.tr("{count} bins of the number"))
        values = counted(params.size - 1, self.tr("1 known value"), self.tr("{count} known values"))
        return self.tr("{values}, and one place for unknown ones").format(values=values)

    def _show_several(self, ticked: tuple[str, ...]) -> None:
        names = [column.name for column in self._about.of_sorts("number")]
        names += [name for name in ticked if name not in names]
        if [item.text() for item in self.several.lines()] != names:
            self.several.clear()
            for name in names:
                self.several.add(name, name, name)
            self.several.setFixedHeight(LINE * min(max(len(names), 1), MOST_LINES) + 6)
        self.several.set_ticked(ticked)
        self.note.setText(counted(len(ticked), self.tr("1 number a row"), self.tr("{count} numbers a row")))

    @Slot(str)
    def _pick(self, name: str) -> None:
        block = self.block
        size = next((column.ids for column in self._about.columns if column.name == name), None)
        if block is None or size is None:
            return
        graph = set_params(self._document.graph, block.id, column=name, size=size)
        if block.title in ("", getattr(block.params, "column", "")):
            graph = set_title(graph, block.id, name)
        self._document.edit(self.tr("Choose column"), graph=graph)

    @Slot(str, bool)
    def _toggle(self, name: str, on: bool) -> None:
        block = self.block
        if block is None or not isinstance(block.params, NumbersParams):
            return
        before = block.params.columns
        after = (*before, name) if on else tuple(known for known in before if known != name)
        self._document.edit(self.tr("Choose columns"), graph=set_params(self._document.graph, block.id, columns=after))


def sorts_of(block: Block) -> tuple[ColumnSort, ...]:
    """What sorts of columns a block reads; none for one that reads its wires."""
    params = block.params
    if isinstance(params, CategoricalParams):
        return "category", "bins"
    if isinstance(params, BagParams):
        return ("bag",)
    return ("number",) if isinstance(params, NumbersParams) else ()


LEFT_WIDTH, RIGHT_WIDTH = 252, 272
LEFT_LEAST, RIGHT_LEAST = 224, 260
DOCK_HEIGHT, DOCK_LEAST = 264, 180

Titled = tuple[str, QWidget]
"""A part of a column and its title."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab of the left column."""

    label: str
    tip: str
    parts: tuple[Titled, ...]


class ModelPanes(QWidget):
    """Canvas between two columns; a dock below it for what belongs to the picked block."""

    def __init__(
        self, draft: Draft, about: AboutDraft, first: Tab | None, last: Tab, parent: QWidget | None = None
    ) -> None:
        """``first`` and ``last``: tabs before and behind that of the blocks."""
        super().__init__(parent)
        document, nobody = draft.document, Untrained(self)
        self.canvas = NetworkCanvas(document, nobody)
        self.dock = Panel()
        self.dock.setMinimumHeight(DOCK_LEAST)
        self.dock.hide()
        left, right = Panel(), PanelColumn()
        self._lay_out(left, right)
        # Filled from the outside in: what is put into another parent has its style worked out anew, with all it holds.
        self.inspector = InspectorPanel(document, nobody)
        self.columns = ColumnPicker(document, about)
        fill(right.rows, self.inspector, self.columns, 1)
        self.palette_panel = PalettePanel(document, offered=offered(about.template))
        self._fill(left, first, last)
        self._connect()

    def _connect(self) -> None:
        canvas = self.canvas
        canvas.selection_changed.connect(self._follow_selection)
        canvas.neuron_selected.connect(self.inspector.set_neuron)
        self.palette_panel.added.connect(self.choose)
        self.inspector.show_block.connect(self.choose)

    def _lay_out(self, left: Panel, right: PanelColumn) -> None:
        left.setMinimumWidth(LEFT_LEAST)
        right.setMinimumWidth(RIGHT_LEAST)
        right.setAccessibleName(self.tr("The picked block"))
        centre = splitter(Qt.Orientation.Vertical, self.canvas, self.dock, grows=0)
        centre.setSizes([1000, DOCK_HEIGHT])
        inner = splitter(Qt.Orientation.Horizontal, centre, right, grows=0)
        outer = splitter(Qt.Orientation.Horizontal, left, inner, grows=1)
        inner.setSizes([1000, RIGHT_WIDTH])
        outer.setSizes([LEFT_WIDTH, 1000])
        fill(column_layout(self), outer)

    def _fill(self, panel: Panel, first: Tab | None, last: Tab) -> None:
        """Tabs, for all together would be taller than any screen."""
        blocks = ((self.tr("Blocks"), self.palette_panel),)
        tabs: tuple[Tab, ...] = (
            Tab(self.tr("Blocks"), self.tr("Drag one to the canvas, or double-click"), blocks),
            last,
        )
        if first is not None:
            tabs = (first, *tabs)
        self.tabs = Switch(self.tr("What the left panel shows"), tuple((tab.label, tab.tip) for tab in tabs))
        stack = QStackedWidget()
        head = fill(row_layout(margins=(MARGIN, MARGIN, MARGIN, 0)), self.tabs)
        fill(panel.column, head, (stack, 1))
        for tab in tabs:
            column = PanelColumn()
            stack.addWidget(column)
            column.setAccessibleName(tab.label)
            for title, widget in tab.parts:
                column.rows.addWidget(Section(title, widget) if len(tab.parts) > 1 else widget)
            column.rows.addStretch(1)
        self.tabs.currentChanged.connect(stack.setCurrentIndex)

    @Slot(tuple)
    def _follow_selection(self, ids: tuple[str, ...]) -> None:
        self.inspector.set_selection(ids)
        self.columns.set_selection(ids)

    @Slot(str)
    def choose(self, block_id: str) -> None:
        """Pick a block."""
        self.canvas.selection.choose([block_id])


def offered(template: NetworkGraph) -> list[BlockKind]:  # type: ignore[type-arg]
    """The kinds that a network like this one can have: neither the playground's input and output, nor the ends of other
    recommenders."""
    ends = {block.kind for block in template.outputs}
    return [
        kind for kind in kinds() if kind.features(kind.params_type()) is None and (not kind.is_end or kind.key in ends)
    ]
