"""The draft on the screen: its line, its network between two columns, and what can be switched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from app.builder.canvas.view import NetworkCanvas
from app.builder.inspector.inspector import InspectorPanel
from app.builder.palette import PalettePanel
from app.kit.listing import listed
from app.kit.numbers import counted, grouped
from app.kit.translation import sentence_of
from app.kit.widgets.checklist import CheckList
from app.kit.widgets.choice import Choice
from app.kit.widgets.column import MARGIN, PanelColumn
from app.kit.widgets.frame import Panel, column_layout, fill, push_button, row_layout, rule, splitter
from app.kit.widgets.labels import ElidedLabel, wrapped
from app.kit.widgets.section import Section
from app.kit.widgets.switch import Switch
from app.network.document import Document
from app.network.watched import Untrained
from app.workspaces.recommender.model.crosses import CrossDock, CrossesPanel, Names, buckets_of, cross_block
from app.workspaces.recommender.model.draft import RunDraft
from app.workspaces.recommender.model.drafting import DraftEdits, Drafting
from app.workspaces.recommender.model.run_panels import (
    ExamplesPanel,
    FeatureSwitches,
    SamplingPanel,
    TrainingPanel,
    VectorsPanel,
    WatchTimePanel,
)
from app.workspaces.recommender.words import column_words
from engine.graph.edit import set_params, set_title
from engine.graph.kinds import BlockKind, kinds
from engine.graph.kinds.bag import BagParams
from engine.graph.kinds.categorical import CategoricalParams
from engine.graph.kinds.numbers import NumbersParams
from engine.graph.model import Block, NetworkGraph
from engine.graph.validation import GraphProblem
from engine.recommenders.data.tables.row_numbers import RowNumbers
from engine.recommenders.tasks.drafts.answers import AboutDraft, ColumnSort, DraftColumn, GraphCheck, ParameterCounts
from engine.recommenders.tasks.wide_deep.answers import DraftCrosses

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
            words = self.tr("The data has no such column “{column}”. Choose one.")
            return words.format(column=params.column)
        if column.sort == "bins":
            return counted(params.size, self.tr("{count} {count:bin|bins} of the number"))
        values = counted(params.size - 1, self.tr("{count} known {count:value|values}"))
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
        self.note.setText(counted(len(ticked), self.tr("{count} {count:number|numbers} a row")))

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
class LeftTab:
    """A tab of the left column."""

    label: str
    tip: str
    parts: tuple[Titled, ...]


class ModelPanes(QWidget):
    """Canvas between two columns; a dock below it for what belongs to the picked block."""

    def __init__(
        self, draft: RunDraft, about: AboutDraft, first: LeftTab | None, last: LeftTab, parent: QWidget | None = None
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

    def _fill(self, panel: Panel, first: LeftTab | None, last: LeftTab) -> None:
        """Tabs, for all together would be taller than any screen."""
        blocks = ((self.tr("Blocks"), self.palette_panel),)
        tabs: tuple[LeftTab, ...] = (
            LeftTab(self.tr("Blocks"), self.tr("Drag one to the canvas, or double-click"), blocks),
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


HEIGHT = 46


class ModelHeader(QFrame):
    """``show_block(id)``: the person wants to see where the problem sits. ``reset_wanted``: back to the run's own."""

    show_block = Signal(str)
    reset_wanted = Signal()

    def __init__(self, draft: RunDraft, train: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.checked: GraphCheck | None = None
        self._at: str | None = None
        self.setProperty("role", "panel")
        self.setFixedHeight(HEIGHT)
        self.size_line = ElidedLabel("")
        self.show_button = push_button(self.tr("Show"), "chip", self.tr("Pick the block that this is about"))
        self.show_button.clicked.connect(self._show_where)
        reset_tip = self.tr("Undo every edit, as one step that can be undone")
        self.reset = push_button(self.tr("As in this run"), "pill", reset_tip)
        self.reset.clicked.connect(self.reset_wanted)
        self.train = push_button(train.text(), "primary")
        self.train.clicked.connect(train.trigger)
        train.changed.connect(self._follow_action)
        self._action = train
        fill(
            row_layout(self, (14, 6, 12, 6), spacing=10), (self.size_line, 1), self.show_button, self.reset, self.train
        )
        draft.changed.connect(self.refresh)
        self._follow_action()
        self.refresh()

    @Slot()
    def _follow_action(self) -> None:
        self.train.setText(self._action.text())
        self.train.setAccessibleName(self._action.text())
        self.train.setToolTip(self._action.toolTip())
        self.train.setEnabled(self._action.isEnabled())

    def set_checked(self, checked: GraphCheck | None) -> None:
        """What the data make of the network; None while that is not known."""
        self.checked = checked
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Say how large the draft is, or the first thing that is wrong with it."""
        problem = first_problem(self._draft)
        self._at = problem.block_id if problem is not None else None
        self.show_button.setVisible(self._at is not None)
        self.reset.setVisible(self._draft.can_reset)
        text = self._size() if problem is None else sentence_of(problem.problem)
        self.size_line.setProperty("role", None if problem is None else "problem")
        self.size_line.style().polish(self.size_line)
        self.size_line.set_full_text(text)

    def _size(self) -> str:
        blocks = counted(len(self._draft.graph.blocks), self.tr("{count} {count:block|blocks}"))
        checked = self.checked
        if checked is None or checked.parameters is None:
            return self.tr("{blocks} · numbers to learn: not counted yet").format(blocks=blocks)
        return f"{blocks} · {self._numbers(checked.parameters)}"

    def _numbers(self, sizes: ParameterCounts) -> str:
        """All of them, and what they are of where there are several sorts."""
        total = self.tr("{numbers} numbers to learn").format(numbers=grouped(sizes.total))
        sorts = (
            (sizes.tables, self.tr("{number} in tables")),
            (sizes.wide, self.tr("{number} in the wide part")),
            (sizes.tower, self.tr("{number} in the layers")),
        )
        named = [words.format(number=grouped(number)) for number, words in sorts if number]
        if len(named) < 2:
            return total
        return self.tr("{total}: {parts}").format(total=total, parts=listed(named))

    @Slot()
    def _show_where(self) -> None:
        if self._at is not None:
            self.show_block.emit(self._at)


def first_problem(draft: RunDraft) -> GraphProblem | None:
    """What keeps the draft from being trained; None where nothing is known to."""
    return next((problem for problem in draft.document.problems if problem.blocking), None)


class Counting(NamedTuple):
    """What is counted: crosses, hashed to so many buckets at most, and the row that they are worked out on."""

    crosses: tuple[Names, ...]
    buckets: int
    row: int


class ModelDesk(QWidget):
    """``judged``: whether the draft can be trained may be another. ``features`` and ``crosses`` are there for models
    that have them."""

    judged = Signal()

    def __init__(
        self, draft: RunDraft, about: AboutDraft, drafting: Drafting, train: QAction, device: QWidget,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._draft, self._drafting = draft, drafting
        self._checking: NetworkGraph | None = None
        self._counted: Counting | None = None
        self._crossed: DraftCrosses | None = None
        self.edits = DraftEdits(draft, drafting, self)
        self.header = ModelHeader(draft, train)
        self.warnings = wrapped("", "small")
        self.warnings.setContentsMargins(14, 0, 14, 8)
        self.warnings.hide()
        self.features: FeatureSwitches | None = None
        self.crosses: CrossesPanel | None = None
        self.training = TrainingPanel(draft)
        self.vectors: VectorsPanel | None = None
        self.panes = ModelPanes(draft, about, self._first_tab(about), self._run_tab(device), self)
        self.dock = CrossDock(RowNumbers.from_json(about.rows.rows, about.rows.file_rows))
        self.panes.dock.column.addWidget(self.dock)
        self._lay_out()
        self._connect()
        self.follow()
        self._count()

    def _first_tab(self, about: AboutDraft) -> LeftTab | None:
        """What can be switched of a model besides its blocks."""
        draft = self._draft
        if draft.base.model == "wide-deep":
            self.crosses = CrossesPanel(draft, about)
            tip = self.tr("Which columns are crossed, and what that makes of the data")
            return LeftTab(self.tr("Crosses"), tip, ((self.tr("Crosses"), self.crosses),))
        if not about.features:
            return None
        self.features = FeatureSwitches(about.features)
        self.features.switched.connect(self.edits.switch_feature)
        self.features.compared.connect(self.edits.compare)
        tip = self.tr("What the network reads, and what it learns")
        learns: Titled = (
            (self.tr("Softmax"), SamplingPanel(draft))
            if draft.base.model == "candidates"
            else (self.tr("Watch time"), WatchTimePanel(draft, self.edits))
        )
        return LeftTab(self.tr("Features"), tip, (learns, (self.tr("Features"), self.features)))

    def _run_tab(self, device: QWidget) -> LeftTab:
        """How the next run is to go."""
        parts: list[Titled] = [(self.tr("Training"), self.training)]
        if self._draft.base.model == "candidates":
            parts.append((self.tr("Examples"), ExamplesPanel(self._draft)))
            self.vectors = VectorsPanel(self._draft, self.edits)
            parts.append((self.tr("Vectors"), self.vectors))
        parts.append((self.tr("Device"), device))
        return LeftTab(self.tr("Run"), self.tr("How long it trains, from what, and on which device"), tuple(parts))

    def _lay_out(self) -> None:
        fill(column_layout(self, spacing=0), self.header, self.warnings, rule(), (self.panes, 1))

    def _connect(self) -> None:
        self.header.show_block.connect(self.panes.choose)
        self.header.reset_wanted.connect(self._draft.reset)
        self._draft.changed.connect(self.follow)
        self.panes.canvas.selection_changed.connect(self._follow_selection)
        self.dock.closed.connect(self._close_dock)
        self.dock.phi.row_chosen.connect(self._count)
        if self.crosses is not None:
            self.crosses.changed.connect(self._count)
            self.crosses.picked.connect(self._open_dock)

    # What the data make of it -------------------------------------------------------------------------------------

    @Slot()
    def follow(self) -> None:
        """Another graph: the data say what they make of it."""
        graph = self._draft.graph
        if graph != self._checking:
            self._checking = graph
            self.header.set_checked(None)
            self._drafting.check(graph, self._take_check)
            if self._counted is not None and self._counted.buckets != buckets_of(graph):
                self._count()
        self.judged.emit()

    def _take_check(self, checked: GraphCheck) -> None:
        if self._draft.graph != self._checking:
            return
        if checked.problem is not None and first_problem(self._draft) is None:
            self._draft.document.remark(GraphProblem(checked.problem, checked.block))
        if self.features is not None and checked.switches:
            self.features.show_features(checked.switches)
        if self.vectors is not None and checked.spec is not None:
            self.vectors.show_agreed(checked.spec)
        self.header.set_checked(checked)
        self.warnings.setText("\n".join(map(sentence_of, checked.warnings)))
        self.warnings.setVisible(bool(checked.warnings))
        self.judged.emit()

    # Crosses ------------------------------------------------------------------------------------------------------

    @Slot()
    def _count(self) -> None:
        """Count the crosses, and work the picked one out on the chosen row; what is known already is shown at once."""
        panel = self.crosses
        if panel is None:
            return
        wanted = Counting(panel.crosses, buckets_of(self._draft.graph), self.dock.phi.row.value())
        if not panel.crosses:
            self._counted, self._crossed = None, None
            self.panes.dock.hide()
        elif wanted != self._counted:
            self._counted, self._crossed = wanted, None
            self._drafting.cross(*wanted, self._take_crossed)
        else:
            self._show_crossed()

    def _take_crossed(self, crossed: DraftCrosses) -> None:
        panel = self.crosses
        if panel is None or tuple(cross.columns for cross in crossed.crosses) != panel.crosses:
            return
        self._crossed = crossed
        panel.show_crossed(crossed)
        self._show_crossed()

    def _show_crossed(self) -> None:
        if self.crosses is not None:
            self.dock.show_crossed(self._crossed, self.crosses.at)

    @Slot()
    def _open_dock(self) -> None:
        self.panes.dock.show()
        self._count()

    @Slot()
    def _close_dock(self) -> None:
        self.panes.dock.hide()
        self.panes.canvas.setFocus()

    @Slot(tuple)
    def _follow_selection(self, ids: tuple[str, ...]) -> None:
        """The block that holds the crosses is picked: what they make of the data is shown."""
        block = cross_block(self._draft.graph)
        if block is not None and ids == (block.id,) and self.crosses is not None and self.crosses.crosses:
            self._open_dock()
