"""The page: a comparison as a document, its picture between two columns, and the layer that is looked at."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtGui import QResizeEvent, QUndoStack
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.kit.actions import ActionSet
from app.kit.announce import announce
from app.kit.origin.facts import Fact
from app.kit.sheet import Renewed, Sheet
from app.kit.view_parts import ViewPart, action_part, choice_part, section_part
from app.kit.widgets.frame import Panel
from app.kit.widgets.outline_tree import OutlineTree
from app.kit.widgets.segments import Segments
from app.workspaces.activations.bar import ACTIONS, MENUS, ActivationsBar
from app.workspaces.activations.edits import ComparisonEdits, OwnEntries
from app.workspaces.activations.functions import ComparedFunction, OwnExpression, OwnFunctions, name_of, shown_in
from app.workspaces.activations.keys import CURSOR, SLOPE, X, Y
from app.workspaces.activations.layer_use import LayerDesk
from app.workspaces.activations.layer_watch import LayerWatch
from app.workspaces.activations.left_panel import LeftPanel
from app.workspaces.activations.origins import fact_at, work_through
from app.workspaces.activations.outline import outline_of
from app.workspaces.activations.plots import ActivationPlots, cursor_text
from app.workspaces.activations.right_panel import RULE, CursorTable, RightPanel
from app.workspaces.activations.slope_guesses import SlopeGuesses
from app.workspaces.workspace import Host, Memory, Page
from engine.activations.comparison import FIRST, MOST_CHOSEN, Comparison, with_cursor_of
from engine.activations.renaming import without_younger
from engine.autodiff.younger import renamed_problem
from engine.formats.comparison import COMPARISON

LEFT_WIDTH, OUTLINE_WIDTH, RIGHT_WIDTH = 216, 250, 346
LEAST = 380
"""Pixels that the plots have before the two columns take turns in one place."""
COMPARE, FACTS = "compare", "facts"


class ComparisonFrame(QWidget):
    """Three columns; two where the window is narrow, and a switch over the second. The outline is as it was left.
    ``arranged``: other columns are in sight."""

    arranged = Signal()

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self._memory = memory
        self._is_narrow = False
        self.left, self.outline_panel, self.middle, self.right = (Panel() for _ in range(4))
        self.outline = OutlineTree(self.tr("Outline of the comparison"), open_depth=1)
        self.outline_panel.column.addWidget(self.outline)
        self.outline_panel.setFixedWidth(OUTLINE_WIDTH)
        self.outline_panel.setVisible(memory.shown("outline", False))
        self.switch = Segments(
            (
                (COMPARE, self.tr("Compare"), self.tr("Choose what is compared")),
                (FACTS, self.tr("Facts"), self.tr("Show the checklist and the numbers at the cursor")),
            )
        )
        self.switch.setContentsMargins(12, 8, 12, 0)
        self.switch.choose(FACTS)
        self.switch.chosen.connect(self.show_column)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        for panel in (self.left, self.outline_panel, self.middle, self.right):
            row.addWidget(panel)
        row.setStretch(2, 1)

    def fill(self, left: QWidget, middle: QWidget, right: QWidget) -> None:
        """Put the parts of the page into its columns."""
        for panel, part in ((self.left, left), (self.middle, middle), (self.right, right)):
            panel.column.addWidget(part)
        self.left.setFixedWidth(LEFT_WIDTH)
        self.right.setFixedWidth(RIGHT_WIDTH)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        taken = LEFT_WIDTH + RIGHT_WIDTH + (OUTLINE_WIDTH if self.outline_shown else 0)
        if (is_narrow := self.width() < taken + LEAST) is not self._is_narrow:
            self._is_narrow = is_narrow
            self._arrange()

    @Slot(str)
    def show_column(self, key: str) -> None:
        """Where there is room for one column only, show this one."""
        self.switch.choose(key)
        self._arrange()

    def _arrange(self) -> None:
        """Show both columns beside the plots, or the one that is switched to."""
        shows_left = self.switch.key == COMPARE
        self.left.setVisible(shows_left or not self._is_narrow)
        self.right.setVisible(not shows_left or not self._is_narrow)
        (self.left if shows_left else self.right).column.insertWidget(0, self.switch)
        self.switch.setVisible(self._is_narrow)
        self.arranged.emit()

    @property
    def outline_shown(self) -> bool:
        """Return whether the outline is open."""
        return not self.outline_panel.isHidden()

    @Slot(bool)
    def show_outline(self, shown: bool) -> None:
        """Open or close the outline, and remember it."""
        self.outline_panel.setVisible(shown)
        self._memory.set_shown("outline", shown)
        self._fit()


def _meant(key: Hashable) -> Hashable:
    """Return whose number a key stands for: a slope's, of its rule."""
    return (SLOPE, key[1]) if isinstance(key, tuple) and key[0] == RULE else key


ROWS = {"y": Y, "slope": SLOPE}


class Links(QObject):
    """A key is (Y, X or SLOPE, function)."""

    def __init__(self, plots: ActivationPlots, numbers: CursorTable, outline: OutlineTree, left: LeftPanel) -> None:
        super().__init__(plots)
        self._plots, self._numbers, self._outline = plots, numbers, outline
        plots.pointed.connect(lambda key: self.point_at(None if key == CURSOR else key))
        numbers.pointed.connect(lambda key: self.point_at(_meant(key)))
        self._gelus = left.gelus
        left.own.pointed.connect(self.point_at)
        left.gelus.pointed.connect(self.point_at)
        outline.pointed.connect(self._point_at_row)
        outline.chosen.connect(self._point_at_row)

    @Slot(object)
    def point_at(self, key: Hashable | None) -> None:
        """Light what stands for a key, and nothing else; None: nothing."""
        is_linked = isinstance(key, tuple) and key[0] in (Y, X, SLOPE)
        keys = frozenset({key}) if is_linked else frozenset()
        self._plots.light(keys)
        self._numbers.light(keys)
        self._gelus.light(keys)
        self._outline.light({self._row_of(lit) for lit in keys})

    @staticmethod
    def _row_of(key: Hashable) -> Hashable:
        if not isinstance(key, tuple):
            return key
        kind, function = key
        return {Y: (function, "y"), SLOPE: (function, "slope")}.get(kind, CURSOR)

    @Slot(object)
    def _point_at_row(self, row: Hashable | None) -> None:
        """A row of the outline: a function's own stands for its y."""
        if row == CURSOR:
            self.point_at((X, ""))
        elif isinstance(row, tuple):
            self.point_at((ROWS[row[1]], row[0]) if row[1] in ROWS else None)
        else:
            self.point_at((Y, row) if row is not None else None)


class ActivationsPage(Page):
    """Views show the document's value; every edit is a step on its stack."""

    menus = MENUS
    document: Sheet[Comparison]
    bar: ActivationsBar
    widget: ComparisonFrame

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.document = Sheet(COMPARISON, FIRST, self.tr("Comparison"), self, renewed=self._renewed)
        self.edits = ComparisonEdits(self.document, self)
        self.entries = OwnEntries(self.document, self.edits, self)
        self.widget = ComparisonFrame(host.memory)
        self.ground = self.widget.middle
        self.actions = ActionSet(self.widget, ACTIONS)
        self.mouse = (
            (self.tr("Drag over the curves"), self.tr("Move x; click a point to see where its number comes from")),
            (self.tr("Wheel over the curves"), self.tr("Zoom the axis; a double click resets it")),
            (self.tr("Drag with the middle button, or with Shift"), self.tr("Move the axis")),
        )
        self.watch, self.own = LayerWatch(host, self), OwnFunctions(self)
        self.desk = LayerDesk(host, self.watch, self.document.undo_stack, self)
        self.shown: tuple[ComparedFunction, ...] = ()
        self._before: Comparison | None = None
        self.plots, self.right, self.left = ActivationPlots(), RightPanel(self._fact_of), LeftPanel()
        self.widget.fill(self.left, self.plots, self.right)
        self.bar = ActivationsBar(self.actions)
        self.predicting = SlopeGuesses(self.right.guess, self)
        self.links = Links(self.plots, self.right.numbers, self.widget.outline, self.left)
        self._connect()
        self._connect_hands()
        self._bind()
        self._show()
        self.widget.installEventFilter(self)

    @property
    def undo_stack(self) -> QUndoStack:
        """The comparison's; after a function was put into a layer, that of the network: its newest step is undone."""
        return self.desk.undo_stack or self.document.undo_stack

    @property
    def redo_stack(self) -> QUndoStack:
        """The comparison's; that of the network, where what was put into a layer was undone last."""
        return self.desk.redo_stack or self.document.undo_stack

    def _connect(self) -> None:
        """Let the views follow the document, the layer and the typed functions."""
        for slot in (self.own.look_no_more, self.entries.forget, self.left.own.forgive, self._show_again):
            self.document.replaced.connect(slot)
        self.document.value_changed.connect(self._show)
        self.watch.changed.connect(self._show_layer)
        self.own.changed.connect(self._show_again)
        self.own.looked_at.connect(self._take_typed)
        self.predicting.changed.connect(self._show_slopes)
        self.desk.changed.connect(self._show_layer)
        self.desk.changed.connect(self.undo_changed)
        self.desk.used.connect(self._tell_used)
        self.plots.copier.failed.connect(self.host.messages.say_problem)

    def _connect_hands(self) -> None:
        left, plots, right, edits = self.left, self.plots, self.right, self.edits
        left.board.toggled.connect(edits.toggle)
        left.parameters.moved.connect(edits.set_parameter)
        left.gelus.wanted.connect(edits.choose_gelus)
        left.own.parameter_moved.connect(edits.set_own_parameter)
        for part in (left.parameters, left.own):
            part.settled.connect(edits.settle)
        left.layers.picked.connect(self.watch.choose)
        for plot in (plots, left.gelus.plot):
            plot.edited.connect(lambda _key, x: edits.set_cursor(x))
            plot.axis_moved.connect(lambda _key, low, high: edits.move_axis(low, high))
            plot.opened.connect(lambda key: edits.reset_axis() if key == CURSOR else None)
            plot.nudged.connect(lambda _key, old, new: right.numbers.show_nudge(old, new))
            plot.settled.connect(lambda _key: edits.settle())
        for view in (plots, left.gelus.plot, right.numbers):
            view.chosen.connect(lambda key: right.explain(_meant(key)) if key[0] != X else None)
        for asking in (right.effects.asked, right.checks.asked):
            asking.connect(right.explain)
        right.effects.marked.connect(self.desk.mark)
        right.foot.use.clicked.connect(self._use)
        right.foot.undo.clicked.connect(self._take_back)
        right.origin.onward_wanted.connect(self._work_through)
        self.bar.asked.connect(right.explain)
        self.widget.outline.number_edited.connect(edits.set_number)
        edits.replaced.connect(self._tell_replaced)
        self._connect_typing()

    def _connect_typing(self) -> None:
        own = self.left.own
        own.typed.connect(self._type)
        own.rested.connect(self._read)
        own.entered.connect(self.entries.enter)
        own.finished.connect(self._finish)
        self.entries.left_unread.connect(own.hold)

    def _bind(self) -> None:
        self.actions.bind(
            {
                "activations_use": self.desk.use,
                "activations_show": self.desk.show_network,
                "activations_reset_axis": self.edits.reset_axis,
            }
        )
        self.actions["activations_predict"].toggled.connect(self._predict)
        self.actions["activations_predict"].toggled.connect(self.aside_changed)
        self.widget.arranged.connect(self.aside_changed)
        self.widget.arranged.connect(self._show_slopes)
        for signal in (self.right.origin.explained, self.right.origin.closed):
            signal.connect(self.aside_changed)
        outline = self.actions["activations_outline"]
        outline.setChecked(self.widget.outline_shown)
        outline.toggled.connect(self._open_outline)
        self.document.keep_view(self._view_parts(), self._show)

    def _view_parts(self) -> tuple[ViewPart, ...]:
        """All that is saved of how the comparison is looked at; the cursor is part of the comparison."""
        predict, predicting, switch, watch = (
            self.actions["activations_predict"], self.predicting, self.widget.switch, self.watch,
        )  # fmt: skip
        return (
            *(section_part(name, section) for name, section in self.left.sections.items()),
            action_part("outline", self.actions["activations_outline"]),
            ViewPart("choices.layer", lambda: watch.chosen, watch.choose, (self.left.layers.picked,)),
            ViewPart("guesses", predicting.record, predicting.take_up, (predicting.replied,)),
            ViewPart("predict", predict.isChecked, predict.setChecked, (predict.toggled,)),
            choice_part("column", switch, self.widget.show_column),  # behind Predict, which turns to the facts
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A layer is looked at while the page is in sight."""
        if event.type() == QEvent.Type.Show:
            self.watch.watch()
        elif event.type() == QEvent.Type.Hide:
            self.watch.rest()
        return False

    def enter(self) -> None:
        """Give the plots the keyboard: their arrows move the cursor."""
        self.plots.setFocus()

    def aside(self) -> Sequence[QWidget]:
        is_needed = self.actions["activations_predict"].isChecked() or self.right.origin.key is not None
        return (self.widget.left,) if is_needed else (self.widget.left, self.widget.right)

    def close(self) -> None:
        """Look at nothing any more."""
        self.watch.close()
        self.own.close()
        self.right.origin.put_away()

    def _renewed(self, value: Comparison) -> Renewed[Comparison] | None:
        """In one that is older than a function, parameters of its name are renamed."""
        new, names = without_younger(value)
        return Renewed(self.tr("Rename parameters"), new, renamed_problem(names)) if names else None

    # Showing ------------------------------------------------------------------------------------------------------

    def _compared(self) -> tuple[ComparedFunction, ...]:
        """Return what the document compares, as far as it is known."""
        value = self.document.value
        return shown_in(value, self._known_own(), self.left.own.unread)

    def _known_own(self) -> dict[str, OwnExpression | None]:
        return {own.key: self.own.known(own) for own in self.document.value.own}

    @Slot()
    def _show(self) -> None:
        value, before = self.document.value, self._before
        self._before = value
        if before is None or value != with_cursor_of(value, before):
            self._show_functions(value)
        self.plots.show_comparison(value, self.shown)
        self.left.gelus.show_axis(value)
        text = cursor_text(value)
        self.right.show_cursor(self.shown, value.cursor, text)
        self.bar.show_cursor(text, can_reset=(value.low, value.high) != (FIRST.low, FIRST.high))
        self.predicting.look_at(self.shown if self.own.complete else None, value.cursor, text)
        self._show_slopes()
        self.right.origin.refresh()

    def _show_functions(self, value: Comparison) -> None:
        """More than the cursor is another."""
        self.own.want(value.own)
        known = self._known_own()
        self.left.own.show_comparison(value, known)
        self.shown = self._compared()
        self.left.show_comparison(value, self.shown, known)
        self.right.show_checks(self.shown)
        self.desk.compare(value, self.shown)
        self.watch.compare(self.shown, value.low, value.high)
        self._show_layer()

    @Slot()
    def _show_again(self) -> None:  # more is known of the same comparison
        self._before = None
        self._show()

    @Slot()
    def _show_slopes(self) -> None:
        """Slopes stand nowhere while they are to be guessed."""
        hiding = self.predicting.hiding
        self.plots.hide_slopes(hiding, asked_in_sight=not self.widget.right.isHidden())
        self.right.hide_slopes(hiding)
        self.left.hide_slopes(hiding)
        if hiding and self.right.origin.key is not None:
            self.right.origin.put_away()
        self._show_layer()

    @Slot()
    def _show_layer(self) -> None:
        watch, view, layer = self.watch, self.watch.view, self.watch.layer
        why = self.watch.why
        self.plots.show_layer(view, why)
        self.left.show_layers(watch.layers, layer, view, why)
        self.right.show_layer(layer, view, self.shown, self.desk.candidate, self.desk.refusal, self.desk.put_into)
        self.bar.show_layer(watch.network, layer, view)
        self.actions["activations_use"].setEnabled(self.desk.ready)
        self.actions["activations_show"].setEnabled(watch.network is not None)
        if self.right.origin.key is not None:
            self.right.origin.refresh()
        self._show_outline()

    @Slot(bool)
    def _open_outline(self, shown: bool) -> None:
        self.widget.show_outline(shown)
        self._show_outline()

    def _show_outline(self) -> None:
        if self.widget.outline_shown:
            value, hidden = self.document.value, self.predicting.hiding
            self.widget.outline.show_items(
                outline_of(value, self.shown, self.watch.view, self.watch.why, hidden=hidden)
            )

    # The activations of one's own ---------------------------------------------------------------------------------

    @Slot(str, str)
    def _type(self, key: str, text: str) -> None:
        """A text is read, once its last name is whole; an empty one takes the activation away."""
        if text.strip():
            self.entries.go_on(key)
            if not self.left.own.editors[key].waits_for_name(self._parameters(key)):
                self._read(key)
            return
        self.own.look_no_more_at(key)
        self.entries.empty(key)
        self.left.own.editors[key].forgive()
        self.edits.take_own_away(key)

    def _parameters(self, key: str) -> frozenset[str]:
        """The names of the parameters that an activation of one's own has."""
        own = next((own for own in self.document.value.own if own.key == key), None)
        known = self.own.known(own) if own is not None else None
        typed = known.typed.parameters if known is not None and known.typed is not None else ()
        return frozenset((*typed, *(own.parameters if own is not None else ())))

    @Slot(str)
    def _read(self, key: str) -> None:
        """Have what stands in a field read in the background."""
        editor = self.left.own.editors[key]
        editor.stop_waiting()
        values = {own.key: own.parameters for own in self.document.value.own}
        self.own.look_at(key, editor.field.text(), values.get(key, {}), self._parameters(key))

    @Slot(str)
    def _finish(self, key: str) -> None:
        """No more is typed: a name that may still have grown is meant as it stands."""
        editor = self.left.own.editors.get(key)  # which may have gone, and the keyboard with it
        if editor is not None and editor.waiting:
            self._read(key)
        self.entries.end(key)

    @Slot(object)
    def _take_typed(self, known: OwnExpression) -> None:
        if self.left.own.show_looked_at(known, self.document.value):
            if known.problem is None:
                self.edits.put_own(known)
            self.entries.take(known)
        if known.problem is not None or any(function.stale for function in self.shown):
            self._show_again()

    # What is pointed at and asked ---------------------------------------------------------------------------------

    def _fact_of(self, key: Hashable) -> Fact | None:
        cursor, hiding = self.document.value.cursor, self.predicting.hiding
        return fact_at(self.shown, self.watch.view, cursor, key, hiding=hiding)

    @Slot(object)
    def _work_through(self, key: Hashable) -> None:
        function = next((function for function in self.shown if key == (SLOPE, function.key)), None)
        if function is not None:
            work_through(self.host, function, self.document.value.cursor)

    @Slot(bool)
    def _predict(self, on: bool) -> None:
        if on:
            self.widget.show_column(FACTS)  # where it asks
        self.predicting.set_on(on)
        self._show()

    @Slot()
    def _use(self) -> None:
        """By the button, which is off afterwards and would hand the keyboard to whatever comes next."""
        if self.right.foot.use.hasFocus():
            self.plots.setFocus()
        self.desk.use()

    @Slot()
    def _take_back(self) -> None:
        """By the button, which is gone afterwards."""
        if self.right.foot.undo.hasFocus():
            self.plots.setFocus()
        self.desk.take_back()

    @Slot(str)
    def _tell_used(self, sentence: str) -> None:
        self.edits.settle()  # what is done next is a step after this one
        announce(self.widget, sentence)

    @Slot(str, str)
    def _tell_replaced(self, gone: str, new: str) -> None:
        """One more than there may be has taken the place of the first."""
        text = self.tr("{new} replaced {gone}: at most {count} are compared at a time.")
        sentence = text.format(new=name_of(new), gone=name_of(gone), count=MOST_CHOSEN)
        self.host.messages.say(sentence, "notice", ((self.tr("Undo"), self.document.undo_stack.undo),), passing=True)
        announce(self.widget, sentence)
