"""What stands under the networks: their numbers, the doctor, the map and the outline."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAction

from app.kit.origin.facts import Fact
from app.workspaces.gradients.bench import Bench
from app.workspaces.gradients.board import Board
from app.workspaces.gradients.doctor_origins import DoctorKey, doctor_fact
from app.workspaces.gradients.map_part import MapPart
from app.workspaces.gradients.moment import Moment
from app.workspaces.gradients.outline import outline_of
from app.workspaces.gradients.shown import Shown
from app.workspaces.gradients.words import LETTERS
from engine.gradients.experiment import Configuration
from engine.gradients.figures import DataKey, data_key

REST_MS = 300
"""So long an experiment must stand still before cures are tried and the map is drawn: while a number is dragged, the
layers have the processor to themselves."""


class Aside(QObject):
    """``rested``: the experiment has stood still for a while. ``hidden``: the networks that are not to be told of."""

    rested = Signal()

    def __init__(
        self,
        bench: Bench,
        board: Board,
        map_action: QAction,
        shown: Callable[[], tuple[Shown, ...]],
        parent: QObject,
    ) -> None:
        """``map_action``: see :class:`MapPart`. ``shown``: what the charts show."""
        super().__init__(parent)
        self._bench, self._board, self._shown = bench, board, shown
        self.subject = 0
        self.map = MapPart(bench, board, map_action, self)
        self.hidden: frozenset[int] = frozenset()
        self._moments: tuple[Moment, ...] = ()
        self._told: set[tuple[int, Configuration, DataKey]] = set()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._look_for_part)
        self._rest.timeout.connect(bench.spread.want)
        self._rest.timeout.connect(self.rested)
        bench.treated.connect(self._show_trials)
        board.strip.part_chosen.connect(self._look_for_part)
        board.strip.subject_chosen.connect(self.choose_subject)

    def follow(self) -> None:
        """The experiment is another: show what is known of it, and have the rest worked out once it stands still."""
        self.subject = min(self.subject, len(self._bench.experiment.configurations) - 1)
        self._board.strip.subjects.choose(LETTERS[self.subject])
        self._show_trials()
        self._show_map()
        self._rest.start()

    def show_figures(self, moments: Sequence[Moment]) -> None:
        """The numbers of the layers are others, and so may be the verdicts on them."""
        self._moments = tuple(moments)
        self._show_layers()
        self._show_outline()
        self._show_trials()
        self._show_map()

    def _show_layers(self) -> None:
        if self._board.strip.part == "layers" and self._moments:
            self._board.strip.layers.show_numbers(self._moments, self._shown(), self.hidden)

    def _show_outline(self) -> None:
        if self._board.strip.part == "outline" and self._bench.current:
            items = outline_of(self._moments, self._shown(), self.hidden)
            self._board.strip.outline.show_items(items)

    def ask_doctor(self, number: int) -> None:
        """Have every cure of a network tried."""
        self.choose_subject(number)
        self._board.strip.show()  # which a presentation has put aside
        self._board.strip.show_part("cures")
        self._look_for_part()

    @Slot(int)
    def choose_subject(self, number: int) -> None:
        """Let the doctor and the map speak of another network."""
        self.subject = number
        self._board.strip.subjects.choose(LETTERS[number])
        self._look_for_part()

    @Slot()
    @Slot(str)
    def _look_for_part(self, _key: str = "") -> None:
        """Have worked out what is in sight."""
        if self._board.strip.part == "cures":
            self._bench.treat(self.subject)
        elif self._board.strip.part == "map":
            self._show_map()
            self.map.want()
        self._show_trials()
        self._show_map()
        self._show_layers()
        self._show_outline()

    @Slot()
    def _show_trials(self) -> None:
        if self._board.strip.part != "cures" or not self._bench.current:
            return
        if self.subject in self.hidden:
            self._board.strip.doctor.show_trials(self.subject, 1.0, (), (), busy=False, hidden=True)
            return
        before = self._bench.figures[self.subject].judgement.judged
        others = self._bench.experiment.configurations
        trials, busy = self._bench.trials_of(self.subject), self._bench.treating(self.subject)
        share = self._bench.treated_share
        self._board.strip.doctor.show_trials(self.subject, before, trials, others, busy=busy, share=share)

    def note_applied(self, configuration: Configuration) -> None:
        """A cure is applied: the doctor has shown already what the ratio comes to."""
        self._told.add((self.subject, configuration, data_key(self._bench.experiment)))

    @property
    def told(self) -> frozenset[int]:
        """The networks that are an applied cure, whose ratio has been shown already."""
        experiment = self._bench.experiment
        data = data_key(experiment)
        return frozenset(n for n, one in enumerate(experiment.configurations) if (n, one, data) in self._told)

    def doctor_fact(self, key: DoctorKey) -> Fact | None:
        """Where a number of the doctor's comes from; None where it is not shown (any more)."""
        if not self._bench.current or key.number in self.hidden or key.number != self.subject:
            return None
        return doctor_fact(self._bench.experiment, self._bench.trials_of(key.number), key)

    def _show_map(self) -> None:
        self.map.follow(self.subject, hidden=self.subject in self.hidden)
