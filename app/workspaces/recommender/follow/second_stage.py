"""What puts the candidates in order: their inner products, or a ranking network that has learned from the same site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit.listing import joined
from app.kit.numbers import counted, moment
from app.kit.widgets.choice import Choice
from app.kit.widgets.frame import fill, push_button, row_layout
from app.kit.widgets.labels import ElidedLabel
from app.workspaces.recommender.follow.session import FollowSession
from app.workspaces.recommender.open_run import OpenRun
from app.workspaces.recommender.other_runs import RANKING, RankingRun, RankingRuns, can_rank, ranking_plan
from app.workspaces.recommender.words import data_name, model_name

INNER = ""
"""The key of the entry without a network."""
LEAST, MOST = 120, 260
"""Pixels of the choice."""


class RankedBy(QWidget):
    """The choice; where there is no such network, the way to one. ``picked(str)``: the key of an entry, by hand;
    ``train_wanted``."""

    picked = Signal(str)
    train_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: list[tuple[str, str]] = []
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        tip = self.tr(
            "How the candidates are ordered. A ranking network gives the seconds each is expected to be "
            "watched by someone who hasn't been shown it before; what a log doesn't record is assumed to be "
            "typical."
        )
        self.choice = Choice(self.tr("Ranked by"), (), tip)
        self.choice.setMinimumWidth(LEAST)
        self.choice.setMaximumWidth(MOST)
        self.choice.picked.connect(self.picked)
        self.train = push_button(self.tr("Train the ranking network"), "link")
        self.train.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.train.setToolTip(
            self.tr("Train a second network on the same site's impressions to rank the candidates here")
        )
        self.train.clicked.connect(self._ask_to_train)
        self.training = ElidedLabel("", "muted")
        self.training.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = row_layout(self, (8, 0, 0, 0), spacing=6)
        self.training.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        fill(row, 1, (self.training, 2), self.train, (self.choice, 4))
        self.show_runs((), INNER)

    def show_runs(self, runs: Sequence[RankingRun], chosen: str, *, opening: bool = False) -> None:
        """Offer those that are trained; say how far one is that is not yet. ``opening``: the list is not yet in the
        chosen one's order."""
        ready = [run for run in runs if run.ready]
        training = next((run for run in runs if run.coming), None)
        names = Counter(run.name for run in ready)
        entries = [(INNER, self.tr("by inner product"))]
        entries += [(str(run.checkpoint), _named(run, alone=names[run.name] == 1)) for run in ready]
        if entries != self._entries:
            self._entries = entries
            self.choice.set_entries(entries)
            self.choice.view().setMinimumWidth(self.choice.view().sizeHintForColumn(0) + 28)
        self.choice.choose(chosen)
        self.choice.setVisible(bool(ready))
        self.train.setVisible(not ready and training is None)
        self.training.setVisible(opening or (not ready and training is not None))
        if opening:
            self.training.set_full_text(self.tr("being opened …"))
        elif training is not None:
            self.train.setEnabled(True)
            epochs = counted(training.epochs, self.tr("{count} {count:epoch|epochs}"))
            self.training.set_full_text(self.tr("The ranking network trains: {epochs}").format(epochs=epochs))

    def _ask_to_train(self) -> None:
        self.setFocus()  # a button that is disabled would pass it on to the next widget, wherever that is
        self.train.setEnabled(False)  # until the run is seen
        self.train_wanted.emit()


class RankerChooser(QObject):
    """Looks for ranking networks of the run's site while the funnel is in sight; the latest one ranks from the first,
    until something else is chosen."""

    def __init__(self, session: FollowSession, run: OpenRun, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._run = session, run
        self._by_hand = False
        self.possible = can_rank(run.data)
        self.chooser = RankedBy()
        self.chooser.setVisible(self.possible)
        self.runs = RankingRuns(run.root, run.data, parent=self)
        self.chooser.picked.connect(self._pick)
        self.chooser.train_wanted.connect(self._train)
        self.runs.changed.connect(self._follow)
        session.recommended.connect(self._follow)
        run.answers.problem_found.connect(self._give_up)
        run.closed.connect(self.runs.close)

    def watch(self, *, on: bool) -> None:
        """The funnel is in sight, or no more."""
        self.runs.watch(on=on and self.possible)

    @Slot(str)
    def _pick(self, key: str) -> None:
        self._by_hand = True
        self._session.rank_by(Path(key) if key else None)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        ready = [run.checkpoint for run in self.runs.runs if run.ready]
        session = self._session
        if session.recommendation is not None:  # a first list comes sooner without a second network
            if session.ranker is not None and session.ranker not in ready:
                session.rank_by(None)
            elif ready and not self._by_hand and session.ranker is None:
                self._by_hand = True
                session.rank_by(ready[0])
        chosen, opening = INNER if session.ranker is None else str(session.ranker), session.ranker != session.ranked
        self.chooser.show_runs(self.runs.runs, chosen, opening=opening)

    @Slot()
    def _give_up(self) -> None:
        """Something has no answer: where it was the list of a newly chosen network, back to the one before."""
        if self._session.ranker != self._session.ranked:
            self._by_hand = True
            self._session.rank_by(None)
            self._follow()

    @Slot()
    def _train(self) -> None:
        plan, data = self._run.plan, self._run.data
        name = joined((model_name(RANKING), data_name(data)))
        if self._run.begin_beside(ranking_plan(data, name, "auto" if plan is None else plan.device)):
            self.runs.look()
        else:
            self.chooser.train.setEnabled(True)


def _named(run: RankingRun, *, alone: bool) -> str:
    return run.name if alone else f"{run.name} · {moment(run.dated)}"
