"""The crosses of a Wide & Deep draft: which there are, and what the picked one makes of the training rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.kit import theme
from app.kit.charts.card import PlotCard
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Line, Mark, Rect, Rectangle, Text, call
from app.kit.drawing.view import DrawingView
from app.kit.export import ExportTable
from app.kit.formula.view import MathLabel
from app.kit.listing import listed
from app.kit.numbers import NOTHING, counted, grouped, percent, probability
from app.kit.widgets.checklist import CheckList
from app.kit.widgets.frame import clear_layout, column_layout, dress_table, fill, push_button, row_layout, scrolled
from app.kit.widgets.labels import ElidedLabel, Label, wrapped
from app.kit.widgets.values import WholeSpinBox
from app.kit.words import plain_tip
from app.workspaces.recommender.model.draft import RunDraft
from app.workspaces.recommender.words import column_words
from engine.graph.edit import add_block, move_blocks, set_params, set_title
from engine.graph.kinds.bag import BagParams
from engine.graph.kinds.categorical import CategoricalParams
from engine.graph.kinds.cross import CrossParams
from engine.graph.kinds.sparse_linear import SparseLinearParams
from engine.graph.model import Block, NetworkGraph, Wire
from engine.problems import filled_in
from engine.recommenders.data.tables.row_numbers import RowNumbers
from engine.recommenders.tasks.drafts.answers import AboutDraft, DraftColumn
from engine.recommenders.tasks.wide_deep.answers import Combination, CrossMember, DraftCross, DraftCrosses, RowProduct

Names = tuple[str, ...]
"""The columns of one cross, in their order."""
APART = 68.0
BEFORE = 180.0
"""Scene units between a new block and its neighbours."""
WIDE_DOCK = 520
"""Pixels of the view of a cross, from which φ has room beside the bars."""


def cross_block(graph: NetworkGraph) -> Block | None:
    """The block that holds the crosses: the first of its kind."""
    return next((block for block in graph.blocks if isinstance(block.params, CrossParams)), None)


def buckets_of(graph: NetworkGraph) -> int:
    """Weights that a cross of the graph has at most; those of a new block where there is none."""
    block = cross_block(graph)
    return block.params.buckets if block and isinstance(block.params, CrossParams) else CrossParams().buckets


def has_place(graph: NetworkGraph) -> bool:
    """Whether there is somewhere for crosses to go: a wide part, or an end that one can be made for."""
    return bool(graph.outputs) or any(
        isinstance(block.params, CrossParams | SparseLinearParams) for block in graph.blocks
    )


def crosses_of(graph: NetworkGraph) -> tuple[Names, ...]:
    """Every cross of the graph by the names of its columns; one of what is wired no more leaves that out."""
    block = cross_block(graph)
    if block is None or not isinstance(block.params, CrossParams):
        return ()
    sources = [_column_of(graph.block(wire.source)) for wire in graph.wires_into(block.id) if wire.source in graph]
    return tuple(
        tuple(sources[slot] or "" for slot in members if slot < len(sources) and sources[slot])
        for members in block.params.crosses
    )


def with_crosses(graph: NetworkGraph, crosses: Sequence[Names], columns: Iterable[DraftColumn]) -> NetworkGraph:
    """The graph with these crosses and no others: the block rewired, made where there is none and taken out where there
    is nothing left to cross. ``columns``: that the data have, for those that no block reads yet."""
    wanted = [cross for cross in crosses if cross]
    block = cross_block(graph)
    if not wanted:
        return graph if block is None else _without(graph, block.id)
    names = list(dict.fromkeys(name for cross in wanted for name in cross))
    known = {column.name: column for column in columns}
    sources: dict[str, str] = {}
    for name in names:
        graph, sources[name] = _reader(graph, name, known)
    graph, block_id = _crossing(graph) if block is None else (graph, block.id)
    kept = [wire for wire in graph.wires if wire.target != block_id]
    wires = [Wire(source=sources[name], target=block_id, slot=slot) for slot, name in enumerate(names)]
    slots = tuple(tuple(names.index(name) for name in cross) for cross in wanted)
    return set_params(graph.with_wires((*kept, *wires)), block_id, crosses=slots)


def _column_of(block: Block) -> str | None:
    """The column that a block reads; None where it reads none, or several."""
    return block.params.column if isinstance(block.params, CategoricalParams | BagParams) else None


def _reader(graph: NetworkGraph, name: str, known: dict[str, DraftColumn]) -> tuple[NetworkGraph, str]:
    """A block that reads a column, put below the others where there is none yet."""
    found = next((block.id for block in graph.blocks if _column_of(block) == name), None)
    if found is not None:
        return graph, found
    column = known[name]
    kind, params = (
        ("bag", BagParams(column=name, size=column.ids))
        if column.sort == "bag"
        else ("categorical", CategoricalParams(column=name, size=column.ids))
    )
    readers = [block for block in graph.blocks if _column_of(block) is not None]
    x = min((block.x for block in readers), default=0.0)
    y = max((block.y for block in graph.blocks if block.x == x), default=0.0) + APART
    graph, block_id = add_block(graph, kind, x, y, params)
    return set_title(graph, block_id, name), block_id


def _crossing(graph: NetworkGraph) -> tuple[NetworkGraph, str]:
    """A new cross, wired into the wide part, which is made where there is none and added to the logit."""
    wide = next((block for block in graph.blocks if isinstance(block.params, SparseLinearParams)), None)
    if wide is None:
        end = graph.outputs[0]
        graph, wide_id = add_block(graph, "sparse_linear", end.x - BEFORE, end.y - 2 * APART)
        graph = _wired(set_title(graph, wide_id, "Wide"), wide_id, end.id)
        wide = graph.block(wide_id)
    graph, block_id = add_block(graph, "cross", wide.x - BEFORE, wide.y - APART)
    graph = move_blocks(graph, {block_id: _free(graph, block_id)})
    return _wired(set_title(graph, block_id, "Crosses"), block_id, wide.id), block_id


def _free(graph: NetworkGraph, block_id: str) -> tuple[float, float]:
    """The first place above its own that no other block takes."""
    block = graph.block(block_id)
    others = [other for other in graph.blocks if other.id != block_id and abs(other.x - block.x) < BEFORE / 2]
    y = block.y
    while any(abs(other.y - y) < APART - 1.0 for other in others):
        y -= APART
    return block.x, y


def _wired(graph: NetworkGraph, source: str, target: str) -> NetworkGraph:
    slot = len(graph.wires_into(target))
    return graph.with_wires((*graph.wires, Wire(source=source, target=target, slot=slot)))


def _without(graph: NetworkGraph, block_id: str) -> NetworkGraph:
    """The graph without the block and its wires; those behind it close up. Its columns are not joined to what it fed:
    they have wires of their own where they are read."""
    targets = {wire.target for wire in graph.wires_from(block_id)}
    wires = [wire for wire in graph.wires if block_id not in (wire.source, wire.target)]
    for target in targets:
        into = sorted((wire for wire in wires if wire.target == target), key=lambda wire: wire.slot)
        wires = [wire for wire in wires if wire.target != target]
        wires += [wire.model_copy(update={"slot": slot}) for slot, wire in enumerate(into)]
    return graph.with_parts((block for block in graph.blocks if block.id != block_id), wires)


LIST_LINE = 24
MOST_LINES, MOST_COLUMNS = 6, 9
MOST_MEMBERS = 6
"""More columns in one cross make more combinations than can be counted."""


class CrossesPanel(QWidget):
    """``picked(int)``: which of the crosses is looked at, by hand; ``changed``: there are others."""

    picked = Signal(int)
    changed = Signal()

    def __init__(self, draft: RunDraft, about: AboutDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft, self._about = draft, about
        self._crossed: DraftCrosses | None = None
        self.crosses: tuple[Names, ...] = ()
        self.list = self._table()
        self.list.currentCellChanged.connect(self._pick)
        self.list.cellClicked.connect(lambda row, _column: self.picked.emit(row))
        self.add, self.change = push_button(self.tr("Add"), "chip"), push_button(self.tr("Change"), "chip")
        self.remove = push_button(self.tr("Remove"), "chip", self.tr("Remove the selected cross"))
        self.add.clicked.connect(self._add)
        self.change.clicked.connect(self._change_picked)
        self.remove.clicked.connect(self._remove)
        self.total = wrapped()
        self.columns = CheckList(
            self.tr("Columns to cross"),
            self.tr("Tick columns, then Add: each combination of their values becomes a feature"),
        )
        for column in about.crossable:
            self.columns.add(column.name, column_words(column.name), column_words(column.name))
        self.columns.setFixedHeight(LIST_LINE * min(len(about.crossable), MOST_COLUMNS) + 6)
        self.columns.toggled.connect(self._offer)
        self._lay_out()
        theme.follow(self._style)
        draft.document.graph_changed.connect(self._follow)
        self._show_crosses(crosses_of(draft.graph))

    def _table(self) -> QTableWidget:
        """A line for each: its columns, and how many features it makes."""
        table = QTableWidget(0, 2)
        dress_table(table, LIST_LINE, self.tr("Crosses"))
        table.setToolTip(self.tr("Select a cross to see what it does with the data"))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = table.horizontalHeader()
        head.hide()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        return table

    def _lay_out(self) -> None:
        buttons = fill(row_layout(spacing=6), self.add, self.change, self.remove, 1)
        fill(column_layout(self, spacing=6), self.total, self.list, buttons, self.columns)

    def _style(self) -> None:
        colours = theme.current()
        self.list.setStyleSheet(
            f"QTableWidget {{ border: 1px solid {colours.border}; border-radius: 7px; background: {colours.surface}; }}"
            f" QTableWidget::item {{ padding: 0 4px; }}"
            f" QTableWidget::item:selected {{ background: {colours.accent_soft}; color: {colours.text}; }}"
        )

    # What is shown ------------------------------------------------------------------------------------------------

    @property
    def at(self) -> int:
        """The picked cross; −1 where there is none."""
        return self.list.currentRow()

    @Slot()
    def _follow(self) -> None:
        """The graph's crosses, as they are now."""
        found = crosses_of(self._draft.graph)
        if found == self.crosses:
            self._offer()
        else:
            self._show_crosses(found)

    def _show_crosses(self, found: tuple[Names, ...]) -> None:
        at = min(max(self.at, 0), len(found) - 1)
        self.crosses, self._crossed = found, None
        blocked = self.list.blockSignals(True)
        self.list.setRowCount(len(found))
        for line, names in enumerate(found):
            item = QTableWidgetItem(title_of(names))
            item.setToolTip(plain_tip(title_of(names)))
            made = QTableWidgetItem("")
            made.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.list.setItem(line, 0, item)
            self.list.setItem(line, 1, made)
        self.list.setCurrentCell(at, 0)
        self.list.blockSignals(blocked)
        self.list.setFixedHeight(LIST_LINE * min(max(len(found), 1), MOST_LINES) + 6)
        self._show()
        self.changed.emit()

    @Slot()
    def _pick(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        names = self.crosses[self.at] if 0 <= self.at < len(self.crosses) else ()
        self.remove.setEnabled(bool(names))
        self.columns.set_ticked(names)
        self._offer()
        self._say_total()

    @Slot()
    def _offer(self) -> None:
        """Enable what can be done with the ticked columns; a tip says why not."""
        obstacle = self._obstacle()
        self.add.setEnabled(not obstacle)
        self.add.setToolTip(plain_tip(obstacle or self.tr("Cross the ticked columns")))
        self.change.setEnabled(not obstacle and self.at >= 0)
        self.change.setToolTip(plain_tip(obstacle or self.tr("Use the ticked columns for the selected cross")))

    def _obstacle(self) -> str:
        """Why the ticked columns cannot be a cross of their own; empty where they can."""
        ticked = self.columns.ticked
        if not has_place(self._draft.graph):
            return self.tr("The network has no end block to add a wide part to.")
        if not 2 <= len(ticked) <= MOST_MEMBERS:
            return self.tr("Tick two to {most} columns.").format(most=MOST_MEMBERS)
        if frozenset(ticked) in map(frozenset, self.crosses):
            return self.tr("The ticked columns are crossed already. Tick others.")
        return ""

    def show_crossed(self, crossed: DraftCrosses) -> None:
        """How many features each makes."""
        if tuple(cross.columns for cross in crossed.crosses) != self.crosses:
            return
        self._crossed = crossed
        for at, one in enumerate(crossed.crosses):
            made = self.list.item(at, 1)
            if made is not None:
                made.setText(grouped(one.features))
                made.setToolTip(plain_tip(self.tr("{count} new features").format(count=grouped(one.features))))
        self._say_total()

    def _say_total(self) -> None:
        if not self.crosses:
            self.total.setText(self.tr("No crosses: the wide part has only single values."))
        elif self._crossed is None:
            self.total.setText(counted(len(self.crosses), self.tr("{count} {count:cross|crosses}")))
        else:
            made = self.tr("{crosses} {crosses:cross makes|crosses make} {features} new {features:feature|features}")
            counts = {"crosses": grouped(len(self.crosses)), "features": grouped(self._crossed.features)}
            self.total.setText(filled_in(made, counts))

    # Edits --------------------------------------------------------------------------------------------------------

    def _edit(self, label: str, crosses: tuple[Names, ...], at: int) -> None:
        """One undoable step."""
        graph = with_crosses(self._draft.graph, crosses, self._about.columns)
        self._draft.document.edit(label, graph=graph)
        self.list.setCurrentCell(min(at, self.list.rowCount() - 1), 0)

    @Slot()
    def _add(self) -> None:
        self._cross_ticked(self.tr("Add cross"), len(self.crosses))

    @Slot()
    def _change_picked(self) -> None:
        self._cross_ticked(self.tr("Change cross"), self.at)

    def _cross_ticked(self, label: str, at: int) -> None:
        """Make the ticked columns the cross at a place."""
        self.columns.setFocus()  # Add and Change go off, and Qt would hand the focus on to Remove
        self._edit(label, (*self.crosses[:at], self.columns.ticked, *self.crosses[at + 1 :]), at)
        self.picked.emit(self.at)

    @Slot()
    def _remove(self) -> None:
        at = self.at
        if 0 <= at < len(self.crosses):
            self._edit(self.tr("Remove cross"), (*self.crosses[:at], *self.crosses[at + 1 :]), at)


def title_of(names: Names) -> str:
    """``education × occupation``"""
    return " × ".join(map(column_words, names))


HEAD, LINE = 20, 20
NAME, SHARE = 0.44, 0.55
"""Of the width: for the name; of the bars' room: for the bar of rows, the rest being for that of the yes rate."""
ROWS_WIDTH, RATE_WIDTH = 48.0, 40.0
WIDE, SHARE_WIDTH = 460, 54.0
"""From this width on the share of all rows stands behind their number."""
GAP = 8.0


@dataclass(frozen=True, slots=True)
class CombinationBars:
    """The combinations, the most frequent first; ``rate``: of a yes among all training rows."""

    combinations: tuple[Combination, ...] = ()
    rate: float = 0.0


def draw_combinations(data: CombinationBars, frame: Frame) -> Drawing:
    """Draw a line for each combination: a bar of its rows, and one of its yes rate with a mark at that of all rows."""
    heads = (_tr("combination"), _tr("rows"), "", _tr("yes"), "")
    places = _columns(frame)
    marks: list[Mark] = [
        Text(head, (left, 0, width, LINE), 10, "text_muted", "left middle", elide=True)
        for (left, width), head in zip(places, heads, strict=True)
        if head
    ]
    most = max((combination.rows for combination in data.combinations), default=0)
    for row, combination in enumerate(data.combinations):
        marks += _line(row, combination, most, data.rate, frame)
    said = "; ".join(_said(combination) for combination in data.combinations)
    numbers = call(_table, data.combinations)
    return Drawing(tuple(marks), said, numbers=numbers, height=HEAD + LINE * max(3, len(data.combinations)))


def _columns(frame: Frame) -> list[tuple[float, float]]:
    """Return left edge and width of name, bar of rows, rows, bar of the rate, and rate."""
    name = NAME * frame.width
    rows = ROWS_WIDTH + SHARE_WIDTH if frame.width >= WIDE else ROWS_WIDTH
    bars = max(40.0, frame.width - name - rows - RATE_WIDTH - 4 * GAP)
    widths = (name, SHARE * bars, rows, (1 - SHARE) * bars, RATE_WIDTH)
    lefts = accumulate((width + GAP for width in widths[:-1]), initial=0.0)
    return list(zip(lefts, widths, strict=True))


def _line(row: int, combination: Combination, most: int, average: float, frame: Frame) -> Iterator[Mark]:
    top = HEAD + row * LINE
    (name, wide), (share, bar), (rows, count), (rate, rate_bar), (number, last) = _columns(frame)
    yield Rectangle((0, top, frame.width, LINE), key=row, tip=_said(combination))
    ink = "text_muted" if combination.unknown else "text"
    yield Text(combination.title, (name, top, wide, LINE), 12, ink, "left middle", elide=True)
    yield from _bar((share, top + 6, bar, LINE - 12), combination.rows / most if most else 0.0, "accent")
    yield Text(grouped(combination.rows), (rows, top, ROWS_WIDTH, LINE), 12, align="right middle")
    if frame.width >= WIDE:
        yield Text(probability(combination.share), (rows, top, count, LINE), 12, "text_muted", "right middle")
    if combination.rate is not None:
        yield from _bar((rate, top + 6, rate_bar, LINE - 12), combination.rate, "positive")
        x = rate + rate_bar * average
        yield Line((x, top + 3), (x, top + LINE - 3), "text", 1.4)
    yield Text(_rate_text(combination), (number, top, last, LINE), 12, align="right middle")


def _bar(track: Rect, share: float, ink: str) -> Iterator[Mark]:
    yield Rectangle(track, "track", corner=3)
    if share > 0:
        yield Rectangle((track[0], track[1], max(2.0, track[2] * share), track[3]), ink, corner=3)


def _said(combination: Combination) -> str:
    told = {
        "name": combination.title,
        "rows": grouped(combination.rows),
        "share": probability(combination.share),
        "rate": _rate_text(combination),
    }
    return filled_in(_tr("{name}: {rows} {rows:row|rows}, {share} of all; yes in {rate}"), told)


def _rate_text(combination: Combination) -> str:
    return NOTHING if combination.rate is None else percent(combination.rate)


def _table(combinations: tuple[Combination, ...]) -> ExportTable:
    rows = [
        (combination.title, combination.rows, combination.share, "" if combination.rate is None else combination.rate)
        for combination in combinations
    ]
    return ExportTable(("combination", "rows", "share", "yes rate"), rows)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CombinationBars", text)


TOLD = 3
"""Features of a cross of bags that are named one by one, and values of a bag."""


class PhiCard(QWidget):
    """``row_chosen(int)``: by hand only."""

    row_chosen = Signal(int)

    def __init__(self, numbering: RowNumbers, parent: QWidget | None = None) -> None:
        """``numbering``: of the data's rows."""
        super().__init__(parent)
        self._numbering = numbering
        self.row = WholeSpinBox()
        self.row.setRange(numbering.number(0), numbering.number(max(0, numbering.count - 1)))
        self._shown = self.row.value()
        self.row.setAccessibleName(self.tr("Row of the data"))
        self.row.setToolTip(
            self.tr("The row the cross is computed for, counted from 0")
            if numbering.of_file is None
            else self.tr("The row of the file the cross is computed for, counting any header")
        )
        self.row.setKeyboardTracking(False)
        self.row.valueChanged.connect(self._choose)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(3)
        self.product = MathLabel("", 16.0)
        self.on = wrapped("", None)
        head = QHBoxLayout()
        head.setSpacing(6)
        label = Label(self.tr("On row"), role="title")
        fill(
            head,
            label,
            self.row,
            self._step("‹", self.tr("The row before"), -1),
            self._step("›", self.tr("The next row"), 1),
            1,
        )
        fill(column_layout(self, spacing=7), head, self._lines, self.product, self.on, 1)

    @Slot(int)
    def _choose(self, number: int) -> None:
        """Rows of the file that weren't read are passed over."""
        near = self._numbering.near(number, upwards=number > self._shown)
        if near != number:
            self.row.setValue(near)
            return
        self._shown = number
        self.row_chosen.emit(number)

    def _step(self, text: str, tip: str, by: int) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setToolTip(plain_tip(tip))
        button.setAccessibleName(tip)
        button.setAutoRepeat(True)
        button.clicked.connect(lambda: self.row.setValue(self.row.value() + by))
        return button

    @Slot(object)
    def show_cross(self, cross: DraftCross | None) -> None:
        """Show φ of this cross; None while it is not known."""
        clear_layout(self._lines)
        phi = cross.phi if cross is not None else None
        self.product.setVisible(phi is not None)
        if phi is None:
            self.on.setText("")
            return
        for at, member in enumerate(phi.members, 1):
            self._lines.addWidget(self._line(at, member))
        self.product.set_text(product_text(phi))
        self.on.setText("\n".join(self._told(phi)))

    def _line(self, number: int, member: CrossMember) -> QWidget:
        line = QWidget()
        fill(
            row_layout(line, spacing=4),
            MathLabel(f"x_{{{number}}} = ", 14.0),
            (ElidedLabel(self._condition(member)), 1),
        )
        return line

    def _condition(self, member: CrossMember) -> str:
        """``[education = Masters] = 1``"""
        if not member.values:
            return self.tr("[{column}: missing, or unknown in training] = 0").format(column=member.column)
        named = listed(member.values[:TOLD])
        more = len(member.values) - TOLD
        if more > 0:
            named = self.tr("{values} and {count} more").format(values=named, count=more)
        if len(member.values) > 1:
            return self.tr("[{column} has {values}] = {x}").format(column=member.column, values=named, x=member.x)
        return f"[{member.column} = {named}] = {member.x}"

    def _told(self, phi: RowProduct) -> list[str]:
        """Which features the row switches on, and how often each is on in training."""
        if not phi.product:
            return [self.tr("One factor is 0, so the product is too: no known combination is on.")]
        lines = [self._feature(combination) for combination in phi.on[:TOLD]]
        if len(phi.on) > TOLD:
            lines.append(self.tr("{count} features are on in all, one for each pair").format(count=len(phi.on)))
        return lines

    def _feature(self, one: Combination) -> str:
        if not one.rows:
            return self.tr("On: {name}, in no training row: its weight stays 0").format(name=one.title)
        rows = counted(one.rows, self.tr("{count} training {count:row|rows}"))
        rate = self.tr("yes in {rate}").format(rate=percent(one.rate or 0.0))
        return self.tr("On: {name}, in {rows}, {rate}").format(name=one.title, rows=rows, rate=rate)


def product_text(phi: RowProduct) -> str:
    """The product as mathtext: ``φ = x₁ · x₂ = 1 · 1 = 1``."""
    names = r" \cdot ".join(f"x_{{{at}}}" for at in range(1, len(phi.members) + 1))
    values = r" \cdot ".join(str(member.x) for member in phi.members)
    if len(phi.members) == 1:
        return rf"\phi = {names} = {phi.product}"
    return rf"\phi = {names} = {values} = {phi.product}"


class CrossDock(QWidget):
    """``closed``: by hand."""

    closed = Signal()

    def __init__(self, numbering: RowNumbers, parent: QWidget | None = None) -> None:
        """``numbering``: of the data's rows."""
        super().__init__(parent)
        least = QSize(200, HEAD + 3 * LINE)
        self.bars = DrawingView(draw_combinations, CombinationBars(), hint=QSize(360, least.height()), least=least)
        self.card = PlotCard(self.tr("Cross"), self.bars, "cross")
        self.phi = PhiCard(numbering)
        close = push_button("×", "flat")
        close.setFixedWidth(26)
        close.setToolTip(self.tr("Close; a click on a cross opens it again"))
        close.setAccessibleName(self.tr("Close the view of the cross"))
        close.clicked.connect(self.closed)
        both, inside = QWidget(), QWidget()
        fill(row_layout(inside, (4, 4, 4, 0)), self.phi)
        self._beside = fill(row_layout(both, spacing=12), (self.card, 13), (inside, 8))
        fill(row_layout(self, (8, 4, 6, 6)), (scrolled(both), 1), (close, 0, Qt.AlignmentFlag.AlignTop))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What has no room beside the bars stands below them."""
        super().resizeEvent(event)
        is_wide = event.size().width() >= WIDE_DOCK
        self._beside.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)

    @Slot(object, int)
    def show_crossed(self, crossed: DraftCrosses | None, at: int) -> None:
        """Show one of the crosses; None while it is being counted."""
        cross = crossed.crosses[at] if crossed is not None and 0 <= at < len(crossed.crosses) else None
        self.phi.show_cross(cross)
        if cross is None or crossed is None:
            self.bars.set_data(CombinationBars())
            self.card.set_subtitle(("",))
            return
        self.card.set_title(title_of(cross.columns))
        self.card.set_subtitle(self._said(cross), self._at_length(cross, crossed))
        self.bars.set_data(CombinationBars(cross.frequent, crossed.rate))

    def _said(self, cross: DraftCross) -> tuple[str, str]:
        words = self.tr("{features} features, {seen} of them in training rows")
        short = self.tr("{features} features")
        given = {"features": grouped(cross.features), "seen": grouped(cross.seen)}
        return words.format(**given), short.format(**given)

    def _at_length(self, cross: DraftCross, crossed: DraftCrosses) -> str:
        words = self.tr(
            "{features} combinations are possible, counting “unknown” as a value of each column; {seen} of "
            "them occur in the {rows} training rows. The mark in each bar is the yes rate of all rows, {rate}."
        )
        text = words.format(
            features=grouped(cross.features), seen=grouped(cross.seen), rows=grouped(crossed.rows),
            rate=percent(crossed.rate),
        )  # fmt: skip
        if cross.weights < cross.features:
            hashed = self.tr("They share {weights} weights through a hash.").format(weights=grouped(cross.weights))
            return f"{text} {hashed}"
        return text
