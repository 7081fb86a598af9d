"""The panes round the canvas, each built after the first frame and wired to the others."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.builder.canvas.selection import NeuronRef
from app.builder.canvas.view import NetworkCanvas
from app.kit.actions import ActionSet
from app.kit.widgets.frame import Panel, splitter
from app.network.document import Document
from app.network.mending import Mender
from app.network.trainer import Trainer
from app.workspaces.playground.actions import PANELS
from app.workspaces.workspace import Memory
from engine.training.trace import PassTrace

if TYPE_CHECKING:
    from app.builder.outline.panel import OutlinePanel
    from app.examples import Example
    from app.kit.origin.card import OriginCard
    from app.kit.view_parts import ViewPart
    from app.workspaces.playground.example import OpenExample
    from app.workspaces.playground.panels.trial_card import TrialCard
    from app.workspaces.playground.runs.pane import RunsPane
    from engine.training.remedies import Remedy
    from engine.training.verdicts import Verdict

LEFT_WIDTH, RIGHT_WIDTH, RIGHT_LEAST = 216, 345, 290
OUTLINE_WIDTH, OUTLINE_LEAST = 240, 168
PREDICTING = "predicting"
"""The note of whether guesses are asked for before the numbers of a pass."""
DOCK_SHARE, DOCK_LEAST = 0.38, 320
"""The dock's share of the window's height, and its height in a small window: as much as its pages need."""


class PlaygroundFrame(QWidget):
    """The canvas among its empty panels, with the splitters between them as they were left."""

    def __init__(self, canvas: NetworkCanvas, size: QSize, memory: Memory) -> None:
        """``size``: the window's, in pixels; what its rail and bar take of it, the canvas gives up."""
        super().__init__()
        self.memory = memory
        self.panels = {name: Panel() for name in PANELS}
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.splitters = self._splitters(canvas, size)
        row.addWidget(self.splitters["outer"])
        for name, halves in self.splitters.items():
            state = memory.layout(name)
            if state is not None:
                halves.restoreState(state)
        for name, panel in self.panels.items():
            panel.setVisible(memory.shown(name, PANELS[name]))

    def _splitters(self, canvas: NetworkCanvas, size: QSize) -> dict[str, QSplitter]:
        self.ground = QWidget()
        place = QVBoxLayout(self.ground)
        place.setContentsMargins(0, 0, 0, 0)
        place.addWidget(canvas)
        upper = splitter(Qt.Orientation.Horizontal, self.panels["outline"], self.ground, grows=1)
        centre = splitter(Qt.Orientation.Vertical, upper, self.panels["bottom"], grows=0)
        self.middle = QStackedWidget()
        self.middle.addWidget(centre)
        inner = splitter(Qt.Orientation.Horizontal, self.middle, self.panels["right"], grows=0)
        outer = splitter(Qt.Orientation.Horizontal, self.panels["left"], inner, grows=1)
        width, height = size.width(), size.height()
        dock = max(DOCK_LEAST, round(DOCK_SHARE * height))
        upper.setSizes([OUTLINE_WIDTH, width - LEFT_WIDTH - RIGHT_WIDTH - OUTLINE_WIDTH])
        centre.setSizes([height - dock, dock])
        inner.setSizes([width - LEFT_WIDTH - RIGHT_WIDTH, RIGHT_WIDTH])
        outer.setSizes([LEFT_WIDTH, width - LEFT_WIDTH])
        return {"outline": upper, "centre": centre, "inner": inner, "outer": outer}

    def show_panel(self, name: str, shown: bool) -> None:
        """Show or hide a panel, and remember it."""
        self.panels[name].setVisible(shown)
        self.memory.set_shown(name, shown)

    def remember(self) -> None:
        """Keep the splitters as they are for the next start."""
        for name, halves in self.splitters.items():
            self.memory.set_layout(name, QByteArray(halves.saveState()))


class Panes(QObject):
    """Left and right column, and the dock with its plots and the pass. ``explained``: another number is explained, or
    none any more. ``pass_shown``: the pass is to be in sight."""

    explained, pass_shown = Signal(), Signal()

    def __init__(
        self,
        frame: PlaygroundFrame,
        canvas: NetworkCanvas,
        document: Document,
        trainer: Trainer,
        mender: Mender,
        actions: ActionSet,
        open_copy: Callable[[Path], object],
    ) -> None:
        """``open_copy``: opens an example's file in place of the network."""
        super().__init__(frame)
        self._origins: list[OriginCard] = []
        self._panels, self._canvas, self._actions, self._middle = frame.panels, canvas, actions, frame.middle
        self._memory = frame.memory
        self._document, self._trainer, self._mender, self._open_copy = document, trainer, mender, open_copy
        self._opening = document.opening
        self._switches: dict[int, tuple[bool, bool]] = {}  # the output's, of each network that was opened
        document.weights_loaded.connect(self._follow_opening)

    def show_points(self, *, test: bool, discrete: bool) -> None:
        """Set the output's switches: test points, and decisions alone."""
        self._switches[self._opening] = test, discrete
        if self._panels["right"].column.count():
            self._set_switches()

    @property
    def points_shown(self) -> tuple[bool, bool]:
        """The output's switches: whether test points are shown, and decisions alone."""
        if not self._panels["right"].column.count():
            return self._switches.get(self._opening, (False, False))
        return self.right.output.show_test.isChecked(), self.right.output.discrete.isChecked()

    def _set_switches(self) -> None:
        test, discrete = self._switches.get(self._opening, (False, False))
        self.right.output.show_test.setChecked(test)
        self.right.output.discrete.setChecked(discrete)

    @Slot()
    def _follow_opening(self) -> None:
        """The switches belong to what is open: another network has its own, also one that undo brings back."""
        self._switches[self._opening] = self.points_shown
        self._opening = self._document.opening
        test, discrete = self._switches.get(self._opening, (False, False))
        self.show_points(test=test, discrete=discrete)

    def builders(self) -> tuple[Callable[[], None], ...]:
        """Return the functions that build them, in order."""
        return (
            self._build_left, self._build_right, self._build_dock, self._build_pass, self._build_answers,
            self._build_runs, self._fill_outline, self._fill_plots,
        )  # fmt: skip

    @cached_property
    def example(self) -> OpenExample:
        """The example that the network came from; made when it is first asked for."""
        from app.workspaces.playground.example import OpenExample

        return OpenExample(self._document, self._trainer, self._open_copy, self)

    def _build_left(self) -> None:
        """Data, palette, features, optimiser."""
        from app.workspaces.playground.panels.left_column import LeftColumn

        panel = self._panels["left"]
        self.left = LeftColumn(self._document, self.example, self._memory, panel)
        self.left.note.wanted.connect(self._open_example)
        self.left.palette_panel.added.connect(self._choose_block)
        self._canvas.selection_changed.connect(self.left.set_selection)
        panel.column.addWidget(self.left)
        panel.setMinimumWidth(LEFT_WIDTH)

    def _build_right(self) -> None:
        """Output and the selected block."""
        from app.workspaces.playground.panels.right_column import RightColumn

        panel = self._panels["right"]
        self.right = RightColumn(self._document, self._trainer, panel)
        self.right.block_wanted.connect(self._choose_block)
        self.right.unit_wanted.connect(self._choose_unit)
        self.right.add_card(self._canvas.overlays.edge_editor)
        self._canvas.overlays.card_made.connect(self.right.add_card)
        self._canvas.selection.edge_picked.connect(self._show_card)
        self._canvas.selection_changed.connect(self.right.set_selection)
        self._canvas.neuron_selected.connect(self.right.set_neuron)
        self.left.data.draw_mode.connect(self.right.set_drawing)
        self.right.drawing_changed.connect(self.left.data.set_drawing)
        self._set_switches()
        self.right.looked_at.connect(self._canvas.look_at)
        self.right.tell_image()
        self.left.data.image_picked.connect(self.right.show_image)
        panel.column.addWidget(self.right)
        panel.setMinimumWidth(RIGHT_LEAST)

    def _build_pass(self) -> None:
        """The player of passes, a page of the dock."""
        from app.builder.timeline.panel import PassTimeline

        self.timeline = PassTimeline(self._document, self._trainer, self.plots.holder)
        self.timeline.stage_shown.connect(self._canvas.show_stage)
        self.timeline.closed.connect(partial(self._canvas.show_trace, None))
        self.timeline.stage_shown.connect(self._cover_answers)
        self.timeline.stage_shown.connect(self._ring_sample)
        self.timeline.closed.connect(partial(self.right.cover, False))
        self._canvas.neuron_selected.connect(self.timeline.set_neuron)
        self.timeline.set_predicting(self._memory.noted(PREDICTING) == "yes")
        self.timeline.predicting_changed.connect(lambda on: self._memory.note(PREDICTING, "yes" if on else ""))
        self.timeline.card_made.connect(self._add_origin)
        self.timeline.lend_question(self._place_question)
        self.timeline.crowded.connect(self.plots.spare_verdict)
        self.timeline.asking.connect(self.plots.keep_verdict_back)
        self.timeline.number_picked.connect(self._show_origin)
        for picking in (self._canvas.overlays.number_picked, self.right.number_picked):
            picking.connect(self.timeline.explain)
        self.timeline.closed.connect(partial(self.right.follow_pass, None))
        self.right.sample_picked.connect(self._play_row)
        self.right.ringed.connect(self._follow_ring)
        self.right.input_picked.connect(self._play_input)
        self._actions.adopt("pass", self.timeline.actions_by_name)
        tip = self.tr("One sample or mini-batch forward, its loss, backward, and the update, with every number")
        self.plots.add_page("pass", self.tr("Pass"), tip, self.timeline, first=True)
        self._actions["pass_page"].triggered.connect(self._show_pass)

    def _build_answers(self) -> None:
        """Answers beside the truth, the last page of the dock."""
        from app.workspaces.playground.plots.answers_page import AnswersPage

        self.answers = AnswersPage(self._document, self._trainer.legible, self.plots.holder)
        self.answers.picked.connect(self.right.show_image)
        self.right.mistakes_wanted.connect(self._show_answers)
        tip = self.tr(
            "Which classes are mistaken for which (for images, every mistake), or the residuals of a regression"
        )
        self.plots.add_page("answers", self.tr("Confusion"), tip, self.answers)
        self._document.dataset_loaded.connect(self._name_answers)
        self._images = False
        self._name_answers()
        self._document.keep_view(self._view_parts())

    def _view_parts(self) -> tuple[ViewPart, ...]:
        """All that is saved of how the network is looked at: its pass, the tab in front, and what the output shows."""
        from app.kit.view_parts import ViewPart, turned_on_part  # not before the first frame

        plots, output = self.plots, self.right.output
        return (
            *self.timeline.view_parts(),
            ViewPart("tab", lambda: plots.key, self._show_tab, (plots.turned,)),
            turned_on_part("test_points", output.show_test),
            turned_on_part("discrete", output.discrete),
        )

    def _show_tab(self, key: str) -> None:
        if key == "pass":
            self._show_pass()  # whose dock may be closed
        else:
            self.plots.show_key(key)

    @Slot()
    def _name_answers(self) -> None:
        """By what it shows; images that come are seen with their mistakes first."""
        dataset = self._document.dataset
        images = dataset.image is not None
        self.plots.name_page(self.answers, self.tr("Confusion") if dataset.classes else self.tr("Residuals"))
        if images and not self._images:
            self.plots.show_page(self.answers)
        self._images = images

    def _build_dock(self) -> None:
        """Curves, the other plots, and the verdict."""
        from app.workspaces.playground.plots.panel import PlotsPanel

        self.plots = PlotsPanel(self._document, self._trainer, self._mender, self._panels["bottom"])
        self.plots.verdict_row.trial_wanted.connect(self._try_cures)
        self._canvas.selection_changed.connect(self.plots.select)
        self._canvas.selection.badge_picked.connect(self._explain_badge)
        self.plots.update_picked.connect(self._explain_update)
        self.plots.step_wanted.connect(self._trainer.go_to)
        self._panels["bottom"].column.addWidget(self.plots)

    def _build_runs(self) -> None:
        """The runs, which take the canvas' and the dock's place while they are looked at."""
        from app.workspaces.playground.runs.model import RunsModel

        self.runs = RunsModel(self._document, self._trainer, self)
        self._actions["runs_page"].toggled.connect(self._show_runs)

    @cached_property
    def runs_pane(self) -> RunsPane:
        """Made when it is first looked at."""
        from app.workspaces.playground.runs.pane import RunsPane

        pane = RunsPane(self.runs)
        self._middle.addWidget(pane)
        self._trainer.legible.changed.connect(pane.refresh)
        return pane

    @Slot(bool)
    def _show_runs(self, shown: bool) -> None:
        self._middle.setCurrentIndex(self._middle.indexOf(self.runs_pane) if shown else 0)
        if shown:
            self.runs_pane.refresh()

    def _fill_outline(self) -> None:
        """The network as a tree, if it was left open; else the moment it is opened."""
        self.outline: OutlinePanel | None = None
        shown = self._actions["outline_panel"]
        shown.toggled.connect(self._show_outline)
        if shown.isChecked():
            self._build_outline()

    def _build_outline(self) -> OutlinePanel:
        from app.builder.outline.panel import OutlinePanel

        canvas = self._canvas
        outline = self.outline = OutlinePanel(
            self._document, self._trainer, canvas.bench, canvas.commands, canvas.actions_by_name
        )
        outline.row_wanted.connect(self._play_row)
        outline.view.menu_wanted.connect(self._offer_for_unit)
        self._actions.adopt("outline", outline.own_actions)
        panel = self._panels["outline"]
        panel.column.addWidget(outline)
        panel.setMinimumWidth(OUTLINE_LEAST)
        outline.show()  # into a panel that is on the screen already
        return outline

    @Slot(object)
    def _offer_for_unit(self, menu: QMenu) -> None:
        """What the canvas offers for a unit, the menu of its row does too."""
        from app.builder.outline.content import OutlinePart

        place = self.outline.view.current if self.outline is not None else None
        if place is not None and place.part is OutlinePart.UNIT:
            menu.addSeparator()  # which is not seen where nothing follows
            self._canvas.overlays.fill_menu(menu, NeuronRef(place.block_id, place.unit))

    @Slot(bool)
    def _show_outline(self, shown: bool) -> None:
        """The keyboard goes to it when it opens, and back to the canvas when it closes."""
        if shown:
            outline = self.outline or self._build_outline()
            outline.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._canvas.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _fill_plots(self) -> None:
        """Their charts, if anybody sees them: before any thread starts, since the training thread imports as well, and
        two imports of the same package at once can fail."""
        if self.plots.isVisible():
            self.plots.build()

    @Slot(object)
    def _open_example(self, example: Example) -> None:
        self._open_copy(example.path)

    @Slot(str)
    def _choose_block(self, block_id: str) -> None:
        self._canvas.selection.choose([block_id])

    @Slot()
    def _show_card(self) -> None:
        """A card that takes the keyboard must be in sight."""
        self._actions["right_panel"].setChecked(True)
        self.right.ensureWidgetVisible(self._canvas.overlays.edge_editor)

    @cached_property
    def trial(self) -> TrialCard:
        """The card of cures tried on copies, made the first time that one is asked for."""
        from app.workspaces.playground.panels.trial_card import TrialCard

        card = TrialCard(self._document, self._trainer, self._mender)
        card.compared.connect(self.plots.verdict_row.follow_comparison)
        card.closed.connect(self.plots.verdict_row.end_comparison)
        self.right.add_card(card)
        return card

    @cached_property
    def origin(self) -> OriginCard:
        """The card of where a number of the run comes from, made the first time that one is asked about."""
        from app.kit.origin.card import OriginCard
        from app.workspaces.playground.run_origins import RunOrigins

        legible = self._trainer.legible
        card = OriginCard(RunOrigins(legible, self._document, self).of)
        self._add_origin(card)
        legible.changed.connect(card.refresh)
        return card

    @Slot(object)
    def _add_origin(self, card: OriginCard) -> None:
        self._origins.append(card)
        self.right.add_card(card)
        card.explained.connect(partial(self._put_away_others, card))
        for signal in (card.explained, card.closed):
            signal.connect(self.explained)

    def _put_away_others(self, card: OriginCard, _key: Hashable) -> None:
        """One number is explained at a time."""
        for other in self._origins:
            if other is not card and other.key is not None:
                other.put_away()

    @property
    def explains(self) -> bool:
        """Whether it is said where a number comes from."""
        return any(card.key is not None for card in self._origins)

    @Slot(str)
    def explain(self, key: Hashable) -> None:
        """Say where a number of the run comes from, once there is a place to say it."""
        if not self._panels["right"].column.count():
            return
        self._actions["right_panel"].setChecked(True)
        self.origin.show(key)

    @Slot(str)
    def _explain_badge(self, block_id: str) -> None:
        from app.workspaces.playground.layer_origins import RATIO, LayerKey

        self.explain(LayerKey(RATIO, block_id))

    @Slot(str)
    def _explain_update(self, block_id: str) -> None:
        from app.workspaces.playground.layer_origins import UPDATE, LayerKey

        self.explain(LayerKey(UPDATE, block_id))

    @Slot(tuple, str, tuple)
    def _try_cures(self, remedies: tuple[Remedy, ...], trouble: str, verdicts: tuple[Verdict, ...]) -> None:
        self._actions["right_panel"].setChecked(True)
        self.trial.begin(remedies, trouble, verdicts)

    @Slot(str, int)
    def _choose_unit(self, block_id: str, unit: int) -> None:
        self._canvas.selection.choose_neuron(NeuronRef(block_id, unit))

    def _place_question(self, question: QWidget) -> None:
        """A dock with too little room for a question has it asked in the right column."""
        self._actions["right_panel"].setChecked(True)
        self.right.add_card(question)

    @Slot(object)
    def _show_origin(self, _source: object) -> None:
        """The card of the number that is explained must be in sight."""
        self._actions["right_panel"].setChecked(True)

    @Slot(object, int, float)
    def _cover_answers(self, trace: PassTrace | None, _index: int, _progress: float) -> None:
        """What the network makes of the sample is not said beside the question for it; its numbers are told of."""
        self.right.follow_pass(trace)
        if trace is None:
            return self.right.cover(False)
        from engine.training.trace import Phase  # not for the first frame, which shows no pass
        from engine.training.withheld import is_known

        self.right.cover(not is_known(trace, Phase.FORWARD), loss=not is_known(trace, Phase.LOSS))

    @Slot(int)
    def _play_row(self, row: int) -> None:
        self._show_pass()
        self.timeline.load_rows((row,))

    @Slot(int)
    def _follow_ring(self, row: int) -> None:
        """While a pass is in sight it is that of the sample that is looked at."""
        if self.timeline.source.chosen:
            self.timeline.load_rows((row,))

    @Slot(tuple)
    def _play_input(self, values: tuple[float, ...]) -> None:
        self._show_pass()
        self.timeline.load_input(values)

    @Slot()
    def _ring_sample(self) -> None:
        """The point whose pass is in sight is the one that is ringed."""
        self.right.output.set_picked(self.timeline.source.row)

    @Slot()
    def _show_answers(self) -> None:
        self._actions["bottom_panel"].setChecked(True)
        self.plots.show_page(self.answers)

    @Slot()
    def _show_pass(self) -> None:
        self._actions["bottom_panel"].setChecked(True)
        self.plots.show_page(self.timeline)
        self.pass_shown.emit()

    @property
    def shows_pass(self) -> bool:
        """Whether the dock has the pass in front."""
        return self.plots.shows is self.timeline
