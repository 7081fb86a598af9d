"""The card of losses: the table, what it is not to be read as, and the next tower at a click."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.kit.charts.card import PlotCard
from app.kit.drawing.view import DrawingView
from app.kit.export import Table
from app.kit.numbers import counted, fixed, grouped
from app.kit.widgets.labels import Label, wrapped
from app.workspaces.recommender.rank.loss_view import draw_tower_losses
from app.workspaces.recommender.rank.losses import lines_of, next_tower, paper_lines, variant_of
from app.workspaces.recommender.rank.papers import PAPER_UNWEIGHTED, PAPER_WITHOUT_POWERS, Hidden, tower_name
from app.workspaces.recommender.rank.ranker import Ranker
from app.workspaces.recommender.ranking_runs import RankingRun, RankingRuns


class LossBody(QWidget):
    """The table with its words. ``train_wanted(hidden)``: this tower is to be trained."""

    train_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        lines = tuple(paper_lines())
        self.view = DrawingView(draw_tower_losses, lines, hint=QSize(420, 234), least=QSize(300, 200))
        self.words = wrapped(
            self.tr(
                "The paper's data are YouTube's: compare the order, not the level. Without the powers it had {powers},"
                " with clicks that all weigh the same {unweighted}."
            ).format(powers=f"+{fixed(PAPER_WITHOUT_POWERS, 1)}", unweighted=f"+{fixed(PAPER_UNWEIGHTED, 1)}")
        )
        self.train = QPushButton()
        self.train.setProperty("role", "pill")
        self.train.setToolTip(self.tr("Train the paper's next tower on the same impressions; it goes on beside this"))
        self.train.clicked.connect(self._tell)
        self.train.hide()
        self.training = Label()
        self.training.setProperty("role", "muted")
        self._next: Hidden | None = None
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.words, 1)
        foot.addWidget(self.training, 0, Qt.AlignmentFlag.AlignBottom)
        foot.addWidget(self.train, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 4, 6)
        column.setSpacing(4)
        column.addWidget(self.view, 1)
        column.addLayout(foot)

    def offer(self, tower: Hidden | None, training: RankingRun | None) -> None:
        """Offer this tower, or say which one is trained."""
        self._next = tower
        self.train.setVisible(tower is not None and training is None)
        self.training.setVisible(training is not None)
        if training is not None:
            epochs = counted(training.epochs, self.tr("1 epoch"), self.tr("{count} epochs"))
            said = self.tr("{tower} is being trained: {epochs}")
            self.training.setText(said.format(tower=tower_name(training.hidden), epochs=epochs))
        if tower is not None:
            self.train.setText(self.tr("Train {tower}").format(tower=tower_name(tower)))

    def _tell(self) -> None:
        if self._next is not None:
            self.setFocus()  # a button that is disabled would pass it on to the next widget, wherever that is
            self.train.setEnabled(False)  # until the run is seen among the others
            self.train_wanted.emit(self._next)

    def table(self) -> Table:
        """The losses."""
        return self.view.table()


class LossCard(PlotCard):
    """Judges what there is: companions, and other runs of the same impressions, as they come."""

    def __init__(self, ranker: Ranker, runs: RankingRuns, parent: QWidget | None = None) -> None:
        self.body = LossBody()
        super().__init__(self.tr("Watch time that is mispredicted"), self.body, "losses", parent)
        self.setProperty("role", "card")
        self._ranker, self._runs = ranker, runs
        ranker.losses_changed.connect(self._follow)
        ranker.facts_known.connect(self._follow)
        runs.changed.connect(self._follow)

    @Slot()
    def _follow(self) -> None:
        facts = self._ranker.facts
        if facts is None or not self._ranker.losses:
            return
        full = self.tr("weighted per-user loss in %, over {rows} impressions kept aside")
        tip = self.tr(
            "Where something that was not clicked stands above something of its page that was, the latter's watch time"
            " is mispredicted; its share of all, on pages of ten impressions of {users} users who are not learned from"
        )
        texts = (full.format(rows=grouped(facts.impressions)), self.tr("weighted per-user loss in %"), "")
        self.set_subtitle(texts, tip.format(users=grouped(facts.users)))
        # The latest of each variant. One that goes on later is another network, and measured anew under another name.
        latest = {variant_of(run): run for run in reversed(self._runs.runs) if run.ready}
        names = {variant: f"{run.folder.name} {run.written}" for variant, run in latest.items()}
        wanted = list(self._ranker.companions.items())
        wanted += [(names[variant], run.checkpoint) for variant, run in latest.items() if run.checkpoint is not None]
        self._ranker.judge(wanted)
        lines = lines_of(facts, self._ranker.losses, names)
        self.body.view.set_data(tuple(lines))
        training = next((run for run in self._runs.runs if run.coming), None)
        self.body.train.setEnabled(True)
        self.body.offer(next_tower(lines, names), training)
