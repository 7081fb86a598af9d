"""The page of one neuron: the drawing in the middle, what can be set on the left, its plane on the right."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.kit.actions import ActionSet, worded_action
from app.kit.announce import announce
from app.kit.copying import CopyButton
from app.kit.folders import passing_file
from app.kit.sheet import Sheet
from app.kit.view_parts import ViewPart, section_part, speed_part
from app.kit.widgets.frame import splitter
from app.kit.widgets.still import Steady
from app.kit.widgets.tabs import FOLDED
from app.workspaces.neuron.bar import ACTIONS, MENUS, TIPS, NeuronBar
from app.workspaces.neuron.control_panel import ControlPanel
from app.workspaces.neuron.dock import LEARN, OUTLINE, SETTINGS, WHY, Dock
from app.workspaces.neuron.inputs_panel import TIGHT, InputsPanel, Whole
from app.workspaces.neuron.model import ALL, NeuronModel, UnitPart
from app.workspaces.neuron.origins import NeuronOrigins
from app.workspaces.neuron.players import Learner, Walker
from app.workspaces.neuron.stage import StagePlace, StageView, SumLine
from app.workspaces.neuron.words import table_name, why_no_layer
from app.workspaces.workspace import Host, Page
from engine.formats import write_network
from engine.guesses import GuessRecord
from engine.neuron.hidden import HiddenLayer, network_of
from engine.neuron.sheet import FORM, NeuronContent
from engine.neuron.tables import TABLES
from engine.neuron.unit import Unit
from engine.problems import EngineError

DOCK_HEIGHT = 250
LEFT, LEFT_TIGHT = 216, 184
"""Pixels of the panel on the left."""
TABS = ("why", "settings", "learn", "outline", "folded")
"""Names in files of the open tab: by number, −1 for the last."""


class NeuronPage(Page):
    """One unit and its table, as a document."""

    menus = MENUS
    document: Sheet[NeuronContent]
    bar: NeuronBar

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.document = Sheet(FORM, NeuronContent(), self.tr("One neuron"), self)
        self.model = NeuronModel(self.document, self)
        self.learner = Learner(self.model, self)
        self.left = ControlPanel(self.model, host.memory)
        self.right = InputsPanel(self.model, NeuronOrigins(self.model, self.learner))
        self.stage, self.sum_line = StageView(self.model), SumLine(self.model)
        self.place = StagePlace(self.stage)
        self.dock = Dock(self.model, self.learner)
        self.widget = self._frame(host)
        self.actions = ActionSet(self.widget, ACTIONS)
        self.mouse = (
            (self.tr("Drag the line of the plane"), self.tr("Move it: the bias changes")),
            (self.tr("Drag its arrow"), self.tr("Turn it: the weights change")),
            (self.tr("Click a point of the plane"), self.tr("Look at this row")),
        )
        self.tips = {name: worded_action(tip) for name, tip in TIPS.items()}
        self.bar = NeuronBar(self.model, self.actions)
        self.walker = Walker(self.model, self.dock.guess, self._training, self)
        self.copy = CopyButton(self.stage)
        self.copy.offer(
            self.right.plane, self.copy.drawn_picture, title=self.tr("the drawing of the neuron"), name="neuron"
        )
        self.copy.offer_drawing(self.stage)
        self.copy.serve(self.stage)
        self._bind()
        self._connect()
        self._follow()
        self.document.keep_view(self._view_parts(), self.walker.ask)

    def _frame(self, host: Host) -> QWidget:
        self.ground = middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.place, 1)
        self._sum_place = QWidget()
        formula = QHBoxLayout(self._sum_place)
        formula.setContentsMargins(10, 2, 10, 8)
        formula.addWidget(Steady(self.sum_line))
        column.addWidget(self._sum_place)
        upper = QWidget()
        beside = QHBoxLayout(upper)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(1)
        beside.addWidget(middle, 1)
        beside.addWidget(self.right)
        self._split: QSplitter = splitter(Qt.Orientation.Vertical, upper, self.dock, 0)
        whole = Whole(self._make_room)
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addWidget(self.left)
        row.addWidget(self._split, 1)
        self._dock_height = int(host.memory.noted("dock height") or DOCK_HEIGHT)
        return whole

    def _make_room(self, size: QSize) -> None:
        """Leave the drawing as much of a page of this size as it needs."""
        self.left.setFixedWidth(LEFT if size.width() >= TIGHT else LEFT_TIGHT)
        self.right.make_room(size.width())
        self._limit_sum(size.height())
        if self.dock.only_asks:
            self._open_dock(True)

    def _limit_sum(self, height: int) -> None:
        """Over an open dock in a low page the sum goes first: the drawing says it too."""
        parts = self.place.minimumSizeHint(), self._sum_place.sizeHint(), self.dock.minimumSizeHint()
        self._sum_place.setVisible(height >= sum(part.height() for part in parts))

    @Slot(bool)
    def _open_dock(self, on: bool) -> None:
        """Give the dock the height that it had when it was open last, or that of its line."""
        self._limit_sum(self.widget.height())
        upper, dock = self._split.sizes()
        if not on and not self.dock.is_alone:
            self._dock_height = dock
        height = self._wanted_dock(upper + dock) if on else 0
        self._split.setSizes([upper + dock - height, height])
        if self.dock.only_asks:
            self.right.show_asked_row()

    def _wanted_dock(self, room: int) -> int:
        """Return its height in so many pixels: where nothing but a question is open, the table above goes first."""
        if self.dock.is_alone:
            return self.dock.question_height
        if not self.dock.only_asks:
            return self._dock_height
        return min(self._dock_height, max(self.dock.question_height, room - self.right.whole_height))

    @Slot()
    def _fold_dock(self) -> None:
        """Give the dock's line the height that it takes now."""
        if not self.dock.is_open:
            self._split.setSizes([sum(self._split.sizes()), 0])

    def _bind(self) -> None:
        tabs = {"neuron_why": WHY, "neuron_settings": SETTINGS, "neuron_learn": LEARN, "neuron_outline": OUTLINE}
        self.actions.bind(
            {
                "neuron_play": self._play,
                "neuron_step": self._step,
                "neuron_back": self._back,
                "neuron_reset": self._reset,
                "neuron_hidden": self._open_hidden,
                "neuron_answer": self._take_answer,
                "neuron_explain": partial(self.explain, (UnitPart.OUTPUT, ALL)),
                "neuron_target": lambda: self.model.flip_target(self.model.content.row),
                **{f"neuron_input_{n + 1}": partial(self._flip_input, n) for n in range(3)},
                **{f"neuron_table_{key}": partial(self.model.choose_table, table) for key, table in TABLES.items()},
                **{name: partial(self._show_tab, tab) for name, tab in tabs.items()},
            }
        )
        self.actions["neuron_predict"].toggled.connect(self._predict)
        self.actions["neuron_predict"].toggled.connect(self.aside_changed)

    def _connect(self) -> None:
        self.stage.title_moved.connect(lambda: self.copy.move(self.stage.beside_title))
        for view in (self.stage, self.sum_line, self.right, self.dock.learn, self.dock.outline, self.dock.why):
            view.asked.connect(self.explain)
        for button in (self.copy, self.dock.copy, self.right):
            button.failed.connect(self.host.messages.say_problem)
        self.dock.hidden.wanted.connect(self.open_layer)
        self.dock.hidden.answer_wanted.connect(self.take_answer)
        self.dock.opened.connect(self._open_dock)
        self.dock.line_changed.connect(self._fold_dock, Qt.ConnectionType.QueuedConnection)
        self.dock.front_changed.connect(self._show_playing)
        self.dock.front_changed.connect(self._see_settings)
        for change in (self.dock.front_changed, self.learner.changed):
            change.connect(self.walker.ask)
        self.dock.learn.bar.set_actions(*(self.actions[f"neuron_{name}"] for name in ("play", "back", "step")))
        self.dock.learn.set_way_out(self.actions["neuron_hidden"])
        self.learner.playback.playing_changed.connect(self._show_playing)
        self.learner.changed.connect(self._show_playing)
        self.learner.playback.playing_changed.connect(self._announce_learning)
        self.learner.playback.stepped.connect(self._see_learnt)
        self.learner.changed.connect(self.right.origin.refresh)  # a run that is over has no steps to explain
        self.walker.changed.connect(self._show_playing)
        self.document.replaced.connect(self.walker.begin_anew)
        self.model.changed.connect(self._follow)
        self.dock.guess.went_on.connect(self._go_on)
        for signal in (self.walker.changed, self.learner.changed, self.dock.front_changed, self.model.changed):
            signal.connect(self._offer_next)

    def _view_parts(self) -> tuple[ViewPart, ...]:
        """All that is saved of how the neuron is looked at."""
        model, dock, walker, learner, plane = self.model, self.dock, self.walker, self.learner, self.right.plane
        predict = self.actions["neuron_predict"]
        return (
            *(section_part(name, section) for name, section in self.left.sections.items()),
            ViewPart("tab", lambda: TABS[dock.front], self._show_tab_of, (dock.front_changed,)),
            ViewPart("guesses", walker.guesses.record, self._take_up_guesses, (walker.guesses.replied,)),
            ViewPart("predict", predict.isChecked, predict.setChecked, (predict.toggled,)),
            ViewPart("step", lambda: model.walk_step, walker.go_to, (walker.changed,)),
            ViewPart("known", lambda: model.known_rows, lambda rows: model.reveal(*rows), (model.changed,)),
            ViewPart("numbers.run", lambda: learner.place, learner.return_to, (learner.changed,)),
            ViewPart("numbers.sight", lambda: [plane.sight.yaw, plane.sight.pitch], self._see_cube, (plane.turned,)),
            speed_part(learner.playback),
        )

    def _show_tab_of(self, name: str) -> None:
        if name in TABS:
            self.dock.show_tab((*range(len(TABS) - 1), FOLDED)[TABS.index(name)])

    def _take_up_guesses(self, record: GuessRecord) -> None:
        self.model.forget_rows()
        self.walker.guesses.take_up(record)

    def _see_cube(self, sight: Sequence[float]) -> None:
        if len(sight) == 2:
            self.right.plane.see(*sight)

    # Playback --------------------------------------------------------------------------------------------------------

    @property
    def learning(self) -> bool:
        """Return whether Play and Step are those of learning: while its tab is in front."""
        return self.dock.front == LEARN

    def _training(self) -> Learner | None:
        """Return who trains the unit, while that tab is in front."""
        return self.learner if self.learning else None

    def _play(self) -> None:
        if self.learning and self._waits():
            return
        if self.learning:
            self.walker.leave()
            self.learner.toggle()
        else:
            self.learner.playback.pause()
            self.walker.toggle()

    def _step(self) -> None:
        if not self.learning:
            self.learner.playback.pause()
            self.walker.step()
        elif self._waits():
            return
        elif self.learner.learning is not None:
            self.walker.leave()
            self.learner.playback.step()

    def _back(self) -> None:
        if self.learning:
            self.learner.playback.back()
        else:
            self.walker.back()

    def _reset(self) -> None:
        if self.learning:
            self.learner.playback.pause()
            self.learner.playback.go(0)
        else:
            self.walker.leave()

    def _waits(self) -> bool:
        """Return whether the step that learning does next is still to be guessed, after asking about it."""
        row = self.learner.next_row
        if row is None or not self.model.hides_step(row):
            return False
        if self.walker.on or self.model.content.row != row:
            self.walker.leave()
            self.model.look_at(row)
        else:
            self.walker.guesses.insist()
        return True

    @Slot()
    def _go_on(self) -> None:
        """Go on after a guess: to the next stage of a walk, step of learning, or row to be guessed."""
        if self.learning or self.walker.on:
            self._play()
        elif (row := self.model.next_hidden) is not None:
            self.model.look_at(row)

    @Slot()
    def _offer_next(self) -> None:
        text = ""
        if self.learning:
            text = self.tr("Next step") if self.learner.next_row is not None else ""
        elif self.walker.on:
            text = self.tr("Go on") if not self.walker.playback.at_end else ""
        elif self.model.next_hidden is not None:
            text = self.tr("Next row")
        self.dock.guess.offer_next(text)

    @Slot()
    def _show_playing(self) -> None:
        playback = self.learner.playback if self.learning else self.walker.playback
        begun = self.learner.playback.at > 0 if self.learning else self.walker.on
        self.bar.show_playing(playing=playback.playing, learning=self.learning, begun=begun)

    @Slot(bool)
    def _announce_learning(self, playing: bool) -> None:
        if not playing and self.learner.ended and self.learner.playback.length:
            announce(self.dock, self.dock.learn.words.text())

    @Slot()
    def _see_learnt(self) -> None:
        """Played or step by step: a table has been learnt."""
        if self.learner.playback.at and self.learner.ended and self.model.reading.solved and not self.model.secret:
            self.left.lesson.tick("learn")

    @Slot(bool)
    def _predict(self, on: bool) -> None:
        self.walker.set_guessing(on)
        self.dock.show_guessing(on)
        self.learner.follow_guessing()

    @Slot()
    def _see_settings(self) -> None:
        if self.dock.front == SETTINGS and self.model.reading.table_key == "xor" and not self.model.secret:
            self.left.lesson.tick("xor")

    # Acts ------------------------------------------------------------------------------------------------------------

    @Slot(object)
    def explain(self, key: Hashable) -> None:
        """Say where the number of a part comes from."""
        self.right.explain(key)

    def _flip_input(self, index: int) -> None:
        if index < len(self.model.content.weights):
            self.model.flip_input(index)

    def _show_tab(self, tab: int) -> None:
        self.dock.show_tab(tab)
        if tab == OUTLINE:
            self.dock.outline.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _take_answer(self) -> None:
        if self.model.reading.answer is not None:
            self.take_answer(self.model.reading.answer)

    @Slot(object)
    def take_answer(self, unit: Unit) -> None:
        """Take weights that do the whole table."""
        self.model.take(unit, self.tr("Weights that do it"))

    def _open_hidden(self) -> None:
        if self.dock.hidden.layer is not None and len(self.model.content.weights) == 2:
            self.open_layer(self.dock.hidden.layer)

    @Slot(object)
    def open_layer(self, layer: HiddenLayer) -> None:
        """Open two units and a third in the playground, solved."""
        title = self.tr("{table} with a hidden layer").format(table=table_name(self.model.reading.table_key))
        file = network_of(layer, self.model.content.targets, title, self.model.content.output)
        path = passing_file()
        try:
            write_network(path, file)
        except EngineError as error:
            self.host.messages.say_problem(error.problem)
            return
        self.host.open_copy(path, lambda: self.left.lesson.tick("layer"))

    # Following -------------------------------------------------------------------------------------------------------

    @Slot()
    def _follow(self) -> None:
        inputs, possible = len(self.model.content.weights), self.model.reading.answer is not None
        spoken = (self.sum_line.formula.accessibleName(), self.sum_line.outcome.accessibleName())
        self.stage.setAccessibleDescription("; ".join(spoken))
        self.right.plane.setAccessibleDescription(self.dock.sentence.full_text)
        self.actions["neuron_answer"].setEnabled(possible)
        self.actions.refuse("neuron_hidden", why_no_layer(inputs, possible=possible), self.host.messages.say)
        for number in range(3):
            self.actions[f"neuron_input_{number + 1}"].setEnabled(number < inputs)
        self._see_settings()

    def enter(self) -> None:
        """The keyboard is the page's: Space walks."""
        self.widget.setFocus()

    def aside(self) -> Sequence[QWidget]:
        return (self.left,) if self.model.guessing or self.learning else (self.left, self.dock)

    def present(self, on: bool) -> None:
        """Of an open dock, leave the player of learning, else only the question, as low as it is."""
        if on and self.dock.is_open:
            self._dock_height = self._split.sizes()[1] or self._dock_height
        self.dock.leave_question_alone(on and not self.learning)
        self._open_dock(self.dock.is_open)

    def close(self) -> None:
        """Stand still, and remember how high the dock was."""
        height = self._split.sizes()[1] if self.dock.is_open else self._dock_height
        self.host.memory.note("dock height", str(height))
        self.walker.close()
        self.learner.close()
