"""Explain a row, as a section of an open run."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QStackedWidget, QWidget

from app.kit.actions import describe
from app.kit.announce import announce
from app.kit.copying import CopyButton
from app.kit.icons import set_icon
from app.kit.numbers import fixed, grouped, loss_text, probability
from app.kit.translation import QT_TRANSLATE_NOOP
from app.kit.widgets.frame import column_layout, fill, row_layout, scrolled, splitter
from app.kit.widgets.labels import ElidedLabel
from app.kit.widgets.tabs import UnderlinedTabs
from app.workspaces.recommender.explain.crosses import WANTED, HeavyView, PhiView, heavy_of
from app.workspaces.recommender.explain.editor import RowEditor
from app.workspaces.recommender.explain.explainer import Explainer, any_of, companions_of
from app.workspaces.recommender.explain.models_panel import ModelsPanel
from app.workspaces.recommender.explain.pairs import MemoryView
from app.workspaces.recommender.explain.row_sum import WhyCard
from app.workspaces.recommender.explain.rows_panel import RowsPanel
from app.workspaces.recommender.home.starts import Start
from app.workspaces.recommender.open_run import OpenRun
from app.workspaces.recommender.section import AskingStrip, Figure, RunSection, WaitingPage
from app.workspaces.recommender.words import simple_name
from engine.problems import Problem
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.tasks.wide_deep.answers import Heaviest

LEFT, RIGHT = (300, 390), (304, 340)
"""Least and most pixels of the columns beside the middle at first; more of a wider page."""
LEFT_SHARE, RIGHT_SHARE = 0.31, 0.24
LEAST_MIDDLE = 420
NARROW = 1040
"""A page that is narrower has no third column: the models are a tab then."""
WIDE = 1300
"""A page that is narrower has no room for the hint beside the tabs."""
LEAST = QSize(760, 530)
GAP = 10


class ExplainView(QWidget):
    """Shows what an explainer has, and takes its edits to it."""

    def __init__(self, explainer: Explainer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.explainer = explainer
        self._phi_key = ""
        self._placed = False
        self.undo = self._action("undo", self.tr("Undo"), QKeySequence.StandardKey.Undo)
        self.redo = self._action("redo", self.tr("Redo"), QKeySequence.StandardKey.Redo)
        self.finding = self._action("search", self.tr("Find rows"), QKeySequence.StandardKey.Find)
        self.finding.setEnabled(True)
        self.rows = RowsPanel()
        self.editor = RowEditor(self.undo, self.redo)
        self.why = WhyCard()
        self.memory, self.phi, self.heavy = MemoryView(), PhiView(), HeavyView()
        self.models = ModelsPanel()
        self._lay_out()
        self.finding.triggered.connect(self.rows.finder.setFocus)
        self._connect(explainer)

    def _action(self, icon: str, text: str, keys: QKeySequence.StandardKey) -> QAction:
        action = QAction(text, self)
        action.setShortcuts(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setEnabled(False)
        set_icon(action, icon)
        describe(action, text)
        self.addAction(action)
        return action

    def _lay_out(self) -> None:
        self._left = left = splitter(Qt.Orientation.Vertical, _panel(self.rows), _panel(self.editor), 0)
        self.editor.grown.connect(self._give_room)
        self._tabs = UnderlinedTabs()
        self._tabs.setAccessibleName(self.tr("Pairs and crosses"))
        for text in (self.tr("Memorise and generalise"), self.tr("φ of a cross"), self.tr("Top crosses")):
            self._tabs.addTab(text)
        middle = QWidget()
        fill(column_layout(middle, (GAP, GAP, GAP, GAP), spacing=GAP), (self.why, 10), (self._lower(), 8))
        outer = QSplitter(Qt.Orientation.Horizontal)
        outer.setHandleWidth(1)
        outer.setChildrenCollapsible(False)
        self._middle = scrolled(middle)
        for widget, least in ((left, LEFT[0]), (self._middle, LEAST_MIDDLE), (self.models, RIGHT[0])):
            widget.setMinimumWidth(least)
            outer.addWidget(widget)
        outer.setStretchFactor(1, 1)
        self._outer = outer
        row = QHBoxLayout(self)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)  # three columns need more than two do
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(outer)
        left.setSizes([440, 330])

    def _lower(self) -> QFrame:
        """The card with the pairs, or φ."""
        card = QFrame()
        card.setProperty("role", "card")
        self._pages = QStackedWidget()
        self._pages.addWidget(self.memory)
        self._pages.addWidget(self.phi)
        self._pages.addWidget(self.heavy)
        self._tabs.currentChanged.connect(self._pages.setCurrentIndex)
        self.copier = CopyButton()
        self.copier.offer(self.memory.matrix, self.memory.grab, title=self.tr("The pairs"), name="pairs")
        self.copier.serve(self.memory.matrix)
        self._hint = hint = ElidedLabel(self.tr("the same row with another pair"), "muted")
        hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = fill(row_layout(), self._tabs, (hint, 1), self.copier)
        fill(column_layout(card, (14, 2, 10, 10), spacing=6), head, (self._pages, 1))
        return card

    def showEvent(self, event: QShowEvent) -> None:
        """The first time: room as the page has it."""
        super().showEvent(event)
        if not self._placed:
            self._placed = True
            left, right = _within(LEFT, LEFT_SHARE * self.width()), _within(RIGHT, RIGHT_SHARE * self.width())
            self._outer.setSizes([left, self.width() - left - right, right])

    def minimumSizeHint(self) -> QSize:
        """Less than three columns need: there may be two."""
        return LEAST

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The models stand beside the rest where there is room, else behind it."""
        super().resizeEvent(event)
        narrow, behind = event.size().width() < NARROW, self._pages.indexOf(self.models) >= 0
        self._hint.setVisible(event.size().width() >= WIDE)
        if narrow and not behind:
            self._pages.addWidget(self.models)
            self._tabs.addTab(self.tr("Models"))
        elif behind and not narrow:
            self._tabs.removeTab(self._pages.indexOf(self.models))
            self._outer.addWidget(self.models)
            self.models.show()
            self._outer.setSizes([LEFT[0], self.width() - LEFT[0] - RIGHT[0], RIGHT[0]])

    # Shown --------------------------------------------------------------------------------------------------------

    def _connect(self, explainer: Explainer) -> None:
        explainer.columns_changed.connect(self._show_columns)
        explainer.kept_changed.connect(self._show_kept)
        explainer.row_changed.connect(self._show_row)
        explainer.crosses_changed.connect(self._show_crosses)
        explainer.map_changed.connect(self._show_map)
        explainer.cases_changed.connect(self._show_cases)
        explainer.said_changed.connect(self._show_said)
        explainer.comparison_changed.connect(self._show_comparison)
        self.rows.row_chosen.connect(explainer.choose_row)
        self.editor.edited.connect(explainer.change)
        self.editor.reset.connect(explainer.put_back)
        self.memory.cross_chosen.connect(explainer.choose_cross)
        self.memory.pair_picked.connect(explainer.pick_pair)
        self.phi.cross_chosen.connect(self._choose_phi)
        self.heavy.wanted.connect(lambda: explainer.ask_heaviest(WANTED, self._show_heavy))
        explainer.columns_changed.connect(self.heavy.forget)
        stack = explainer.edits
        self.undo.triggered.connect(stack.undo)
        self.redo.triggered.connect(stack.redo)
        stack.canUndoChanged.connect(self.undo.setEnabled)
        stack.canRedoChanged.connect(self.redo.setEnabled)

    @Slot(int)
    def _give_room(self, by: int) -> None:
        """The rows give the editor's notes their room, so that the field that is typed in stays where it is."""
        rows, editor = self._left.sizes()
        self._left.setSizes([rows - by, editor + by])

    @Slot()
    def _show_columns(self) -> None:
        self.editor.show_columns(self.explainer.columns)

    @Slot()
    def _show_kept(self) -> None:
        if (kept := self.explainer.kept) is not None:
            self.rows.show_kept(kept)
            self.models.show_goal(kept.goal)

    @Slot()
    def _show_row(self) -> None:
        row = self.explainer.row
        self.why.show_row(row, loading=self.explainer.is_loading)
        self.editor.show_row(row, self.explainer.data)
        if row is not None:
            self.rows.choose(row.row)
            announce(self, self.tr("{percent} now").format(percent=probability(row.probability)))
        self._show_phi()

    @Slot()
    def _show_crosses(self) -> None:
        reading = self.explainer.reading
        if reading is not None:
            chosen = self.explainer.cross.key if self.explainer.cross is not None else ""
            self.memory.show_crosses(reading.pair_crosses, chosen)
            self._phi_key = chosen or (reading.crosses[0].key if reading.crosses else "")
            self.phi.show_crosses(reading.crosses, self._phi_key)

    @Slot()
    def _show_map(self) -> None:
        if (shown := self.explainer.map) is not None:
            self.memory.chooser.choose(shown.cross.key)
            self.memory.show_map(shown, self.explainer.cases, self.explainer.own_place)
            self._choose_phi(shown.cross.key)
            self.phi.chooser.choose(shown.cross.key)

    @Slot()
    def _show_cases(self) -> None:
        if (shown := self.explainer.map) is not None:
            self.memory.show_cases(shown, self.explainer.cases, self.explainer.own_place)
        self._show_phi()

    @Slot()
    def _show_said(self) -> None:
        self.models.show_row(self.explainer.said)

    @Slot()
    def _show_comparison(self) -> None:
        shown = self.explainer.comparison
        if shown is not None:
            self.models.show_comparison(shown)
            names = any_of(shown.missing)
            self.memory.say_missing(self.tr("No {parts} model beside this one.").format(parts=names) if names else "")

    def _show_heavy(self, answer: Heaviest) -> None:
        if (reading := self.explainer.reading) is not None:
            self.heavy.take(heavy_of(answer, reading.word))

    @Slot(str)
    def _choose_phi(self, key: str) -> None:
        self._phi_key = key
        self._show_phi()

    def _show_phi(self) -> None:
        reading = self.explainer.reading
        cross = next((cross for cross in reading.crosses if cross.key == self._phi_key), None) if reading else None
        if cross is not None:
            self.phi.show_phi(cross, self.explainer.phi(cross))


def _within(ends: tuple[int, int], value: float) -> int:
    return round(min(max(value, ends[0]), ends[1]))


def _panel(content: QWidget) -> QFrame:
    panel = QFrame()
    panel.setProperty("role", "panel")
    fill(column_layout(panel), content)
    return panel


STORE = "app-store"
"""The data whose columns are those of the paper's model."""
MODEL = "model"
"""The key of the section in which crosses are made."""


class ExplainSection(RunSection):
    """Asks the trained network; what training has changed since is looked at on demand."""

    key: ClassVar[str] = "explain"
    label: ClassVar[str] = QT_TRANSLATE_NOOP("Sections", "Explain a row")
    tip: ClassVar[str] = QT_TRANSLATE_NOOP("Sections", "Why a row has its probability, and what would change it")
    models: ClassVar[frozenset[str]] = frozenset({"wide-deep"})

    @property
    def edited(self) -> bool:
        """Whether there are edits of the row, taken back or not."""
        return self.explainer.edits.count() > 0

    def show_run(self, run: OpenRun) -> None:
        """Explain this run's rows."""
        self._run = run
        kept = self.tr("Open the network's current state; the row stays, with its changes")
        self.asking = AskingStrip(run, kept, busy=False)
        self.explainer = Explainer(run.answers, self)
        self.view = ExplainView(self.explainer)
        self.before = WaitingPage(self.tr("Opening the trained network …"))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.before)
        self.stack.addWidget(self.view)
        fill(column_layout(self, spacing=0), self.asking, (self.stack, 1))
        self.explainer.kept_changed.connect(self._show)
        self.explainer.comparison_changed.connect(self._show_figures)
        self.view.memory.offer_store(offered=run.data.source != STORE)
        self.view.memory.store_wanted.connect(self._want_store)
        self.view.memory.crosses_wanted.connect(lambda: self.section_wanted.emit(MODEL))
        run.changed.connect(self._follow)
        run.answers.unanswered.connect(self._forget)
        run.answers.problem_found.connect(self._say)
        run.answers.ready.connect(self._start)
        run.answers.lost.connect(self._lose)
        run.answers.restarted.connect(self.explainer.show_loading)
        self.before.wait()
        if run.answers.model is not None:
            self._start()

    def enter(self) -> None:
        """The keyboard goes to the rows."""
        self.view.rows.view.setFocus()

    @Slot()
    def _want_store(self) -> None:
        self.latest_run_wanted.emit(Start(self._run.model, RecommenderData(source=STORE)))

    @Slot()
    def _start(self) -> None:
        """The network answers, for the first time or as it is trained by now."""
        self.explainer.start(companions_of(self._run.checkpoint))

    @Slot()
    def _follow(self) -> None:
        """The run has gone on, maybe with a half of the model."""
        if self.explainer.others.trained_on:
            self.asking.say_trained_on()

    @Slot()
    def _show(self) -> None:
        self.before.stop()
        if self.stack.currentWidget() is not self.view:
            self.stack.setCurrentWidget(self.view)
            if self.isVisible():  # before, there was nothing that could take the keyboard
                self.enter()

    @Slot(str)
    def _forget(self, key: str) -> None:
        """A change that has no answer is none."""
        if key == "change":
            self.explainer.forget_change()

    @Slot(object)
    def _say(self, problem: Problem) -> None:
        """A question has no answer; where it was the first one, nothing is coming."""
        self.before.stop()
        self._run.problem_found.emit(problem)

    @Slot(str)
    def _lose(self, _sentence: str) -> None:
        self.before.stop("")
        if self.explainer.is_loading:
            self.view.why.say_unanswered()

    @Slot()
    def _show_figures(self) -> None:
        shown, reading = self.explainer.comparison, self.explainer.reading
        self.view.models.show_judged({} if self._run.history is None else self._run.history.state.judged)
        model = shown.of(reading.parts) if shown is not None and reading is not None else None
        if shown is None or reading is None or model is None:
            return
        figures = [Figure(self.tr("Test log loss"), loss_text(model.log_loss.value), accent=True)]
        if shown.simpler:
            best = min(shown.simpler, key=lambda model: model.log_loss.value)
            tip = self.tr("Log loss of the best simple model on the same test rows")
            text = loss_text(best.log_loss.value)
            figures.append(Figure(simple_name(best.who).capitalize(), text, tip=tip))
        figures.append(Figure(self.tr("Test AUC"), fixed(model.auc, 4)))
        kept, every = reading.wide_weights
        if every:
            text = self.tr("{kept} of {all}").format(kept=grouped(kept), all=grouped(every))
            tip = self.tr("Weights of the wide part that L1 has left; the others are exactly 0")
            figures.append(Figure(self.tr("Wide weights kept"), text, tip=tip))
        self.set_figures(*figures)
