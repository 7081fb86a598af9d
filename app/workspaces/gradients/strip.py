"""The strip under the networks: what training, their numbers, the map and the doctor say, one at a time.

What all networks share stands as a line on the line of its tabs, and opens in place under it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.kit.charts.card import PlotCard
from app.kit.drawing.view import DrawingView
from app.kit.guessing.card import GuessCard
from app.kit.origin.card import OriginCard
from app.kit.origin.facts import Fact
from app.kit.translation import QT_TRANSLATE_NOOP
from app.kit.widgets.frame import rule, scrolled, splitter
from app.kit.widgets.outline_tree import OutlineTree
from app.kit.widgets.segments import Segments
from app.kit.widgets.tabs import UnderlinedTabs
from app.workspaces.gradients.depth_map import MapData, draw_map, title_words
from app.workspaces.gradients.doctor import DoctorPanel
from app.workspaces.gradients.layers import LayerTables
from app.workspaces.gradients.settings import SharedSettings
from app.workspaces.gradients.trend import TrendView
from app.workspaces.gradients.words import LETTERS, said
from engine.gradients.experiment import Experiment

WIDTH = 380


class Side(QWidget):
    """Hidden while there is neither."""

    def __init__(self, fact_of: Callable[[Hashable], Fact | None]) -> None:
        super().__init__()
        self.setMinimumWidth(WIDTH)
        self.guess, self.card = GuessCard(), OriginCard(fact_of)
        self.guess.set_compact(True)
        self.guess.hide()
        self.card.closed.connect(self._show_or_hide)
        inner = QWidget()
        inner.setProperty("role", "panel")
        column = QVBoxLayout(inner)
        column.setContentsMargins(8, 6, 8, 4)
        column.addWidget(self.guess)
        column.addWidget(self.card)
        column.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        self._scroll = scrolled(inner)
        self._scroll.setAccessibleName(self.tr("Where the number comes from"))
        rows.addWidget(self._scroll)
        self.hide()

    def ask(self, *, on: bool) -> None:
        """Ask for guesses, or no more."""
        self.guess.setVisible(on)
        self._show_or_hide()

    @property
    def explaining(self) -> bool:
        """Whether it says where a number comes from."""
        return self.card.key is not None

    def explain(self, key: Hashable) -> None:
        """Say where a number comes from."""
        self.card.show(key)
        self._scroll.verticalScrollBar().setValue(0)
        self._show_or_hide()

    def refresh(self) -> None:
        """The numbers are others: the same one as it is now."""
        self.card.refresh()

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
    """``part_chosen(key)``, ``trend_chosen(key)``, ``subject_chosen(number)``: of which network the doctor and the map
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
        self.stack = QStackedWidget()
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
                ("signal", self.tr("signal"), self.tr("What arrives at layer 1 before a step is done")),
                ("loss", self.tr("training"), self.tr("The loss after some steps: where training lives")),
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
        self.close_doctor()

    # What is in front ---------------------------------------------------------------------------------------------

    def _show_part(self, index: int) -> None:
        self.stack.setCurrentIndex(index)
        self.subjects.setVisible(self.part in OF_ONE)
        self.part_chosen.emit(self.part)

    def show_part(self, key: str) -> None:
        """Bring a tab to the front. The doctor's is there once it was asked for."""
        index = PARTS.index(key)
        if not self.tabs.isTabVisible(index):
            self.tabs.setTabVisible(index, True)
            self.tabs.updateGeometry()
            self._rows.activate()  # in the room of one tab less the bar would scroll to the last
        self.tabs.setCurrentIndex(index)

    def close_doctor(self) -> None:
        """Put the doctor's table away."""
        if self.part == "cures":
            self.show_part("training")
        self.tabs.setTabVisible(PARTS.index("cures"), False)

    @property
    def part(self) -> str:
        """The tab in front."""
        return PARTS[self.tabs.currentIndex()]

    def show_experiment(self, experiment: Experiment) -> None:
        """Show what all networks share, and offer as many of them as there are."""
        self.shared.show_experiment(experiment)
        for number, letter in enumerate(LETTERS):
            self.subjects.set_shown(letter, number < len(experiment.configurations))
