"""What is asked of a trained ranking, and what it answered: one question after another, a pick never far back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.workspaces.recommender.answers import Answers
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.tasks.ranking.answers import (
    AboutRanking,
    FoundImpressions,
    ImpressionSum,
    Scatter,
    TimeCalibration,
    UserLoss,
    UserLosses,
)

POINTS = 1500
LISTED = 100
"""Impressions that can be stepped through in an order."""
OTHER_CURE = ("uncured", "cured")
LINEAR = "linear"
"""Companions of a ranking run, by the names of their files."""
OTHER_LOSS = "other loss"


class RankSession(QObject):
    """``about_known``, ``points_known``, ``calibration_known``: once; ``picked``: ``sum`` is that of another
    impression, or which of the list it is; ``losses_changed``: ``losses`` has more. What is not known yet is None."""

    about_known = Signal()
    points_known = Signal()
    calibration_known = Signal()
    picked = Signal()
    losses_changed = Signal()

    def __init__(self, answers: Answers, checkpoint: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answers, self._checkpoint = answers, checkpoint
        self.about: AboutRanking | None = None
        self.points: Scatter | None = None
        self.calibration: TimeCalibration | None = None
        self.sum: ImpressionSum | None = None
        self.losses: dict[str, UserLoss] = {}
        self.order = "predicted"
        self.clicked: bool | None = None
        self.listed: tuple[int, ...] = ()
        self._kept: int | None = None
        """The row that stays picked though all is asked anew."""
        self._queue: list[tuple[str, Path]] = []
        self._asked: set[str] = set()
        self._begun = self._judging = False
        answers.problem_found.connect(self._pass_over)

    def begin(self) -> None:
        """Ask everything, as the network is by now."""
        self._answers.forget(OTHER_LOSS)
        self.losses.clear()
        self._queue.clear()
        self._asked.clear()
        self._kept = self._row
        self._answers.ask("about", {}, self._take_about, kind=AboutRanking)
        self._answers.ask("scatter", {"points": POINTS}, self._take_points, kind=Scatter)
        self.list_by(self.order, clicked=self.clicked)
        self._begun = self._judging = False

    def _go_on(self) -> None:
        """What takes longer, once a first impression is there to be looked at."""
        self._begun = True
        companions = self.companions
        other = next((companions[name] for name in OTHER_CURE if name in companions), None)
        beside = {} if other is None else {"other": str(other)}
        self._answers.ask("calibration", beside, self._take_calibration, kind=TimeCalibration)
        self._answers.ask("per_user_loss", {}, self._take_losses, kind=UserLosses)

    @property
    def companions(self) -> Mapping[str, Path]:
        """Checkpoints of the models that were trained beside this one, by name."""
        folder = RunFolder(self._checkpoint.parent).companions
        places = {name: folder / f"{name}.safetensors" for name in (*OTHER_CURE, LINEAR)}
        return {name: place for name, place in places.items() if place.exists()}

    # One impression -----------------------------------------------------------------------------------------------

    def list_by(self, order: str, *, clicked: bool | None) -> None:
        """Have the first impressions in this order, those that were ``clicked`` alone where that is wanted, and pick
        the first of them."""
        self.order, self.clicked = order, clicked
        wanted: dict[str, object] = {"order": order, "limit": LISTED}
        wanted |= {} if clicked is None else {"clicked": clicked}
        self._answers.ask("impressions", wanted, self._take_list, kind=FoundImpressions)

    def pick(self, row: int) -> None:
        """Take this impression apart."""
        self._answers.ask("sum", {"row": row}, self._take_sum, kind=ImpressionSum)

    def step(self, by: int) -> None:
        """Pick another one of the list."""
        if self.listed:
            at = self.place
            target = (0 if by > 0 else len(self.listed) - 1) if at is None else at + by
            self.pick(self.listed[min(max(target, 0), len(self.listed) - 1)])

    @property
    def place(self) -> int | None:
        """Which of the list is picked, from 0; None for one that is not in it."""
        return self.listed.index(self._row) if self._row in self.listed else None

    @property
    def _row(self) -> int | None:
        return None if self.sum is None else self.sum.impression.row

    # The loss of others -------------------------------------------------------------------------------------------

    def judge(self, others: Sequence[tuple[str, Path]]) -> None:
        """Measure these checkpoints too, by the names that they are to have; one after another, so that a pick need not
        wait for all."""
        for name, path in others:
            if name not in self._asked:
                self._asked.add(name)
                self._queue.append((name, path))
        self._judge_next()

    def _judge_next(self) -> None:
        if self.losses and self._queue and not self._judging:
            name, path = self._queue.pop(0)
            self._judging = True
            asked = {"others": {name: str(path)}, "alone": True}
            key = f"{OTHER_LOSS} {name}"
            self._answers.ask("per_user_loss", asked, self._take_other_loss, kind=UserLosses, key=key)

    @Slot()
    def _pass_over(self) -> None:
        """A question has no answer: where it was for another's loss, the next one's is asked for."""
        self._judging = False
        self._judge_next()

    # Answers ------------------------------------------------------------------------------------------------------

    def _take_about(self, about: AboutRanking) -> None:
        self.about = about
        self.about_known.emit()

    def _take_points(self, points: Scatter) -> None:
        self.points = points
        self.points_known.emit()

    def _take_list(self, found: FoundImpressions) -> None:
        self.listed, kept, self._kept = tuple(shown.row for shown in found.impressions), self._kept, None
        if kept is not None:
            self.pick(kept)
        elif self.listed:
            self.pick(self.listed[0])

    def _take_sum(self, shown: ImpressionSum) -> None:
        self.sum = shown
        self.picked.emit()
        if not self._begun:
            self._go_on()

    def _take_calibration(self, calibration: TimeCalibration) -> None:
        self.calibration = calibration
        self.calibration_known.emit()

    def _take_losses(self, found: UserLosses) -> None:
        self.losses |= {loss.who: loss for loss in found.models}
        self.losses_changed.emit()
        self._judge_next()

    def _take_other_loss(self, found: UserLosses) -> None:
        self._judging = False
        self._take_losses(found)
