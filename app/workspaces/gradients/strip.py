"""The strip under the networks: what training, their numbers, the map and the doctor say, one at a time.

What all networks share stands as a line on the line of its tabs, and opens in place under it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.kit.actions import describe
from app.kit.charts.card import PlotCard
from app.kit.drawing.view import DrawingView
from app.kit.guessing.card import GuessCard
from app.kit.origin.card import OriginCard
from app.kit.origin.facts import Fact
from app.kit.translation import QT_TRANSLATE_NOOP
from app.kit.widgets.action_button import action_button
from app.kit.widgets.frame import rule, scrolled, splitter
from app.kit.widgets.outline_tree import OutlineTree
from app.kit.widgets.segments import Segments
from app.kit.widgets.tabs import UnderlinedTabs
from app.workspaces.gradients.bench import Bench
from app.workspaces.gradients.depth_map import CellKey, MapData, draw_map, progress_words, title_words
from app.workspaces.gradients.doctor import DoctorData, DoctorKey, DoctorPanel, doctor_fact
from app.workspaces.gradients.layers import LayerTables
from app.workspaces.gradients.moment import NetworkMoment, ShownLayers, outline_of
from app.workspaces.gradients.settings import SharedSettings
from app.workspaces.gradients.trend import TrendView
from app.workspaces.gradients.words import (
    LETTERS,
    said,
)
from engine.gradients.experiment import Experiment
from engine.gradients.scan import MapKind

WIDTH = 380


class Side(QWidget):
    """The question to predict and the card of a number's origin; hidden while there is neither."""

    def __init__(self, fact_of: Callable[[Hashable], Fact | None]) -> None:
        super().__init__()
        self.setMinimumWidth(WIDTH)
        self.guess, self.card = GuessCard(), OriginCard(fact_of)
        self.guess.set_compact(True)
        self.guess.hide()
        self.card.closed.connect(self._show_or_hide)
        self.content = QWidget()
        self.content.setProperty("role", "panel")
        self._column = column = QVBoxLayout(self.content)
        column.setContentsMargins(8, 6, 8, 4)
        column.addWidget(self.guess)
        column.addWidget(self.card)
        column.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        self._scroll = scrolled(self.content)
        self._scroll.setAccessibleName(self.tr("Where the number comes from"))
        rows.addWidget(self._scroll)
        self.hide()

    def ask(self, *, on: bool) -> None:
        """Ask for guesses, or no more."""
        self.guess.setVisible(on)
        self._show_or_hide()

    @property
    def explaining(self) -> bool:
        """Return whether it says where a number comes from."""
        return self.card.key is not None

    def explain(self, key: Hashable) -> None:
        """Say where a number comes from."""
        self.card.show(key)
        self._show_or_hide()

    def refresh(self) -> None:
        """The numbers are others: the same one as it is now."""
        self.card.refresh()

    def wanted_height(self) -> int:
        """Return what all of it takes in its width."""
        return self._column.totalHeightForWidth(max(self.width(), WIDTH))

    @Slot()
    def _show_or_hide(self) -> None:
        self.setVisible(self.explaining or not self.guess.isHidden())


LEAST_STRIP = 150
PARTS = ("training", "layers", "map", "outline", "cures")
"""As files name them. Older ones say "doctor", which was in front unless another was chosen: nobody asked for it."""
OF_ONE = ("map", "cures")
"""Parts that speak of one network."""
TRENDS = {
    "ratio": (
        QT_TRANSLATE_NOOP("Gradients", "ratio"),
        QT_TRANSLATE_NOOP("Gradients", "‖δ‖ of the first over that of the last hidden layer, step by step"),
    ),
    "moved": (
        QT_TRANSLATE_NOOP("Gradients", "step ‖Δθ‖"),
        QT_TRANSLATE_NOOP("Gradients", "How far all weights together move in a step: what clipping bounds"),
    ),
    "loss": (
        QT_TRANSLATE_NOOP("Gradients", "loss"),
        QT_TRANSLATE_NOOP("Gradients", "The mean loss of all points, step by step"),
    ),
}


class Strip(QWidget):
    """The tabs below the networks: training, layers, map, outline and cures; with the settings that all share.

    ``part_chosen(key)``, ``trend_chosen(key)``, ``subject_chosen(number)``: of which network the doctor and the map
    speak."""

    part_chosen = Signal(str)
    trend_chosen = Signal(str)
    subject_chosen = Signal(int)

    def __init__(self, experiment: Experiment, side: Side) -> None:
        """``side``: what stands beside the part in front."""
        super().__init__()
        self.setMinimumHeight(LEAST_STRIP)
        self.shared = SharedSettings(experiment)
        self.tabs = UnderlinedTabs()
        self.tabs.setUsesScrollButtons(False)  # it would scroll rather than ask for the room of one more tab
        self.tabs.setAccessibleName(self.tr("Under the networks"))
        self.subjects = Segments(
            [(letter, letter, self.tr("Of network {letter}").format(letter=letter)) for letter in LETTERS]
        )
        self.subjects.chosen.connect(lambda letter: self.subject_chosen.emit(LETTERS.index(letter)))
        self.subjects.hide()
        self.stack, self.side = QStackedWidget(), side
        self.split: QSplitter = splitter(Qt.Orientation.Horizontal, self.stack, side, 0)
        self._lay_out()
        self.tabs.currentChanged.connect(self._show_part)
        for add in (self._add_trend, self._add_layers, self._add_map, self._add_outline, self._add_doctor):
            add()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 14, 0)
        head.setSpacing(6)
        head.addWidget(self.tabs)
        head.addWidget(self.subjects, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.shared.line, 1)
        head.addWidget(self.shared.change)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addLayout(head)
        for part in (rule(), self.shared):
            self._rows.addWidget(part)
        self._rows.addWidget(self.split, 1)

    def wanted_height(self) -> int:
        """Return what it takes to show all that stands at its side."""
        around = self._rows.minimumSize().height() - self.split.minimumSizeHint().height()
        return around + self.side.wanted_height()

    def _add_part(self, title: str, part: QWidget) -> None:
        self.stack.addWidget(part)
        self.tabs.addTab(title)

    def _add_trend(self) -> None:
        self.trend = TrendView()
        self.trend_card = PlotCard(self.tr("While training"), self.trend, "training")
        self.trend_card.set_title("")
        self.trends = Segments([(key, said(text), said(tip)) for key, (text, tip) in TRENDS.items()])
        self.trends.chosen.connect(self.trend_chosen)
        self.trend_card.add_control(self.trends)
        self._add_part(self.tr("While training"), self.trend_card)

    def _add_layers(self) -> None:
        self.layers = LayerTables()
        self._add_part(self.tr("Layer by layer"), scrolled(self.layers))

    def _add_map(self) -> None:
        self.map = DrawingView(draw_map, MapData(), hint=QSize(360, 200), least=QSize(240, 110))
        self.map_card = PlotCard(title_words("signal"), self.map, "depth-and-scale")
        self.map_kinds = Segments(
            [
                ("signal", self.tr("signal"), self.tr("What arrives at layer 1 before the first step")),
                ("loss", self.tr("training"), self.tr("The loss after some steps: where training works")),
            ]
        )
        self.map_card.add_control(self.map_kinds)
        self._add_part(self.tr("Depth × scale"), self.map_card)

    def _add_outline(self) -> None:
        self.outline = OutlineTree(self.tr("The experiment as an outline"))
        self._add_part(self.tr("Outline"), self.outline)

    def _add_doctor(self) -> None:
        self.doctor = DoctorPanel()
        self._add_part(self.tr("What would cure it?"), self.doctor)
        self.offer_doctor(False)

    # What is in front ---------------------------------------------------------------------------------------------

    def _show_part(self, index: int) -> None:
        self.stack.setCurrentIndex(index)
        self.subjects.setVisible(self.part in OF_ONE)
        self.part_chosen.emit(self.part)

    def show_part(self, key: str) -> None:
        """Bring a tab to the front. The doctor's is there once it was asked for."""
        if key == "cures":
            self.offer_doctor(True)
        self.tabs.setCurrentIndex(PARTS.index(key))

    @property
    def has_doctor(self) -> bool:
        """Whether there is a tab for the doctor's table."""
        return self.tabs.isTabVisible(PARTS.index("cures"))

    def offer_doctor(self, on: bool) -> None:
        """Have a tab for the doctor's table, or put it away."""
        if not on and self.part == "cures":
            self.show_part("training")
        if on is not self.has_doctor:
            self.tabs.setTabVisible(PARTS.index("cures"), on)
            self.tabs.updateGeometry()
            self._rows.activate()  # in the room of one tab less the bar would scroll to the last

    @property
    def part(self) -> str:
        """The tab in front."""
        return PARTS[self.tabs.currentIndex()]

    def show_experiment(self, experiment: Experiment) -> None:
        """Show what all networks share, and offer as many of them as there are."""
        self.shared.show_experiment(experiment)
        for number, letter in enumerate(LETTERS):
            self.subjects.set_shown(letter, number < len(experiment.configurations))


class MapViews(QObject):
    """Of the network ``subject`` (from 0), which is ``hidden`` as long as it is to be guessed.

    ``chosen(depth, scale)``: by a click, a key, or moment by moment while the place is dragged, until ``settled``.
    """

    chosen = Signal(int, float)
    settled = Signal()

    def __init__(self, bench: Bench, strip: Strip, action: QAction, parent: QObject) -> None:
        """``action``: stops the map that is being worked out, or has it gone on with."""
        super().__init__(parent)
        self._bench, self._strip, self._action = bench, strip, action
        self._kind: MapKind = "signal"
        self._subject, self._hidden = 0, False
        self._button = action_button(action, "chip")
        strip.map_card.add_control(self._button)
        self._view = strip.map
        self._before: CellKey = (1, 1.0)  # as it was when the place was taken hold of
        self._view.chosen.connect(self._choose)
        self._view.grabbed.connect(self._grab)
        self._view.dragged.connect(self._drag)
        self._view.taken_back.connect(lambda _key: self.chosen.emit(*self._before))
        self._view.settled.connect(self.settled)
        strip.map_kinds.chosen.connect(self.choose_kind)
        bench.mapper.changed.connect(self._show)
        self._show_state()

    @property
    def _in_sight(self) -> bool:
        return self._strip.part == "map"

    @Slot(str)
    def choose_kind(self, key: str) -> None:
        """Let the map show the signal at the start, or what training comes to."""
        self._kind = "loss" if key == "loss" else "signal"
        self._strip.map_kinds.choose(key)
        self.want()
        self._show()

    def want(self) -> None:
        """Have worked out what is in sight."""
        if self._in_sight:
            self._bench.mapper.chart(self._subject, self._kind)

    def follow(self, subject: int, *, hidden: bool) -> None:
        """Show that of this network."""
        self._subject, self._hidden = subject, hidden
        self._show()

    def stop_or_go_on(self) -> None:
        """Leave the map as far as it has come, or work out the rest of it."""
        if self._bench.mapper.under_way(self._subject, self._kind):
            self._bench.mapper.stop()
        else:
            self._bench.mapper.go_on(self._subject, self._kind)

    @Slot()
    def _show(self) -> None:
        self._show_state()
        if not self._in_sight:
            return
        configuration = self._bench.experiment.configurations[self._subject]
        known = None if self._hidden else self._bench.mapper.map_of(self._subject, self._kind)
        self._view.set_data(MapData(known, (configuration.depth, configuration.scale), self._hidden))

    @Slot(object)
    def _choose(self, key: CellKey) -> None:
        self.chosen.emit(*key)
        self.settled.emit()

    @Slot()
    def _grab(self) -> None:
        configuration = self._bench.experiment.configurations[self._subject]
        self._before = configuration.depth, configuration.scale

    @Slot()
    def _drag(self) -> None:
        part = self._view.part_at(self._view.pointer) if self._view.pointer is not None else None
        if part is not None and isinstance(part.key, tuple):
            self.chosen.emit(*part.key)

    def _show_state(self) -> None:
        """Say what the map is of and how far it has come, and offer what can be done about that."""
        mapper, is_told = self._bench.mapper, self._in_sight and not self._hidden
        known = mapper.map_of(self._subject, self._kind) if is_told else None
        under_way = is_told and mapper.under_way(self._subject, self._kind)
        halted = known is not None and not known.complete and not under_way
        card = self._strip.map_card
        card.set_title(title_words(self._kind))
        card.set_subtitle(progress_words(known, under_way=under_way))
        self._action.setText(self.tr("Go on") if halted else self.tr("Stop"))
        rest, stop = self.tr("Compute the rest of the map"), self.tr("Keep the map as it is")
        describe(self._action, rest if halted else stop)
        self._action.setEnabled(under_way or halted)
        self._button.setVisible(under_way or halted)


REST_MS = 300
"""So long an experiment must stand still before cures are tried and the map is drawn: while a number is dragged, the
layers have the processor to themselves."""


class StripViews(QObject):
    """Fills the tabs of the strip with what the bench knows.

    ``rested``: the experiment has stood still for a while. ``hidden``: the networks that are not to be told of."""

    rested = Signal()

    def __init__(
        self,
        bench: Bench,
        strip: Strip,
        map_action: QAction,
        shown: Callable[[], tuple[ShownLayers, ...]],
        parent: QObject,
    ) -> None:
        """``map_action``: see :class:`MapViews`. ``shown``: what the charts show."""
        super().__init__(parent)
        self._bench, self._strip, self._shown = bench, strip, shown
        self.subject = 0
        self.map = MapViews(bench, strip, map_action, self)
        self.hidden: frozenset[int] = frozenset()
        self.is_predicting = False
        """Whether what comes of a change is to be guessed first, and so of a cure too."""
        self._moments: tuple[NetworkMoment, ...] = ()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._look_for_part)
        self._rest.timeout.connect(bench.spread.want)
        self._rest.timeout.connect(self.rested)
        bench.treated.connect(self._show_trials)
        strip.part_chosen.connect(self._look_for_part)
        strip.subject_chosen.connect(self.choose_subject)

    def follow(self) -> None:
        """The experiment is another: show what is known of it, and have the rest worked out once it stands still."""
        self.subject = min(self.subject, len(self._bench.experiment.configurations) - 1)
        self._strip.subjects.choose(LETTERS[self.subject])
        self._show_trials()
        self._show_map()
        self._rest.start()

    def show_figures(self, moments: Sequence[NetworkMoment]) -> None:
        """The numbers of the layers are others, and so may be the verdicts on them."""
        self._moments = tuple(moments)
        self._show_layers()
        self._show_outline()
        self._show_trials()
        self._show_map()

    def _show_layers(self) -> None:
        if self._strip.part == "layers" and self._moments:
            self._strip.layers.show_numbers(self._moments, self._shown(), self.hidden)

    def _show_outline(self) -> None:
        if self._strip.part == "outline" and self._bench.current:
            items = outline_of(self._moments, self._shown(), self.hidden)
            self._strip.outline.show_items(items)

    def ask_doctor(self, number: int) -> None:
        """Have every cure of a network tried."""
        self.choose_subject(number)
        self._strip.show()  # which a presentation has put aside
        self._strip.show_part("cures")
        self._look_for_part()

    @Slot(int)
    def choose_subject(self, number: int) -> None:
        """Let the doctor and the map speak of another network."""
        self.subject = number
        self._strip.subjects.choose(LETTERS[number])
        self._look_for_part()

    @Slot()
    @Slot(str)
    def _look_for_part(self, _key: str = "") -> None:
        """Have worked out what is in sight."""
        self._show_map()
        if self._strip.part == "cures":
            self._bench.treat(self.subject)
        elif self._strip.part == "map":
            self.map.want()
        self._show_trials()
        self._show_layers()
        self._show_outline()

    @Slot()
    def _show_trials(self) -> None:
        if self._strip.part != "cures" or not self._bench.current:
            return
        if self.subject in self.hidden:
            self._strip.doctor.show_trials(DoctorData(), busy=False, hidden=True)
            return
        before, others = self._bench.figures[self.subject].judgement.judged, self._bench.experiment.configurations
        data = DoctorData(self.subject, before, self._bench.trials_of(self.subject), others, self.is_predicting)
        busy, share = self._bench.treating(self.subject), self._bench.treated_share
        self._strip.doctor.show_trials(data, busy=busy, share=share)

    def doctor_fact(self, key: DoctorKey) -> Fact | None:
        """Return where a number of the doctor's comes from; None where it is not shown (any more)."""
        is_covered = key.number in self.hidden or (self.is_predicting and key.cure is not None)
        if not self._bench.current or is_covered or key.number != self.subject:
            return None
        return doctor_fact(self._bench.experiment, self._bench.trials_of(key.number), key)

    def _show_map(self) -> None:
        # Its cells are what other depths and scales come to: the answers of the next questions.
        self.map.follow(self.subject, hidden=self.is_predicting or self.subject in self.hidden)
