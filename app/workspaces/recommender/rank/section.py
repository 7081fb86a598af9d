"""Ranking, as a section of an open run: what is expected beside the truth, one impression's sum, the cure, and what
towers are worth."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from app.kit import announce, theme
from app.kit.charts.card import PlotCard
from app.kit.drawing.view import DrawingView
from app.kit.listing import joined
from app.kit.numbers import fixed, grouped, probability
from app.kit.translation import QT_TRANSLATE_NOOP
from app.kit.widgets.frame import column_layout, fill, scrolled
from app.workspaces.recommender.open_run import OpenRun
from app.workspaces.recommender.other_runs import RANKING, RankingRuns, ranking_plan
from app.workspaces.recommender.rank.losses import Hidden, LossCard, tower_name
from app.workspaces.recommender.rank.plots import CalibrationView, ScatterData, draw_scatter
from app.workspaces.recommender.rank.ranker import RankSession
from app.workspaces.recommender.rank.sum_card import SumCard, seconds_text
from app.workspaces.recommender.section import AskingStrip, Figure, RunSection
from app.workspaces.recommender.words import data_name, model_name
from engine.problems import Problem
from engine.recommenders.tasks.base import NETWORK

MARGIN, GAP = 12, 10


class RankSection(RunSection):
    """Asks the trained network; judges other runs of the same impressions beside it."""

    key: ClassVar[str] = "rank"
    label: ClassVar[str] = QT_TRANSLATE_NOOP("Sections", "Expected time")
    tip: ClassVar[str] = QT_TRANSLATE_NOOP("Sections", "How long impressions are expected to be watched, and why")
    models: ClassVar[frozenset[str]] = frozenset({RANKING})

    def show_run(self, run: OpenRun) -> None:
        """Show this run's network."""
        self.run = run
        self.ranker = RankSession(run.answers, run.checkpoint, self)
        self.runs = RankingRuns(run.root, run.data, run.folder, self)
        self.asking = AskingStrip(run, self.tr("Open the network's current state"))
        self.scatter = DrawingView(draw_scatter, ScatterData(), hint=QSize(420, 280), least=QSize(220, 150))
        self.scatter_card = PlotCard(self.tr("Predicted against true watch time"), self.scatter, "scatter")
        self.sum_card = SumCard(self.ranker)
        self.calibration = CalibrationView()
        self.calibration_card = PlotCard(self.tr("Calibration and its cure"), self.calibration, "calibration")
        self.losses = LossCard(self.ranker, self.runs)
        self._lay_out()
        self._connect(run)
        if run.answers.model is not None:
            self.ranker.begin()

    def _lay_out(self) -> None:
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        grid.setSpacing(GAP)
        cards = (self.scatter_card, self.sum_card, self.calibration_card, self.losses)
        for at, card in enumerate(cards):
            card.setProperty("role", "card")
            grid.addWidget(card, at // 2, at % 2)
        grid.setColumnStretch(0, 10)
        grid.setColumnStretch(1, 12)
        grid.setRowStretch(0, 11)
        grid.setRowStretch(1, 10)
        fill(column_layout(self, spacing=0), self.asking, (scrolled(body), 1))

    def _connect(self, run: OpenRun) -> None:
        answers, ranker = run.answers, self.ranker
        answers.ready.connect(self._renew)
        answers.problem_found.connect(self._say)
        for card in (self.scatter_card, self.sum_card, self.calibration_card, self.losses):
            card.copier.failed.connect(self._say)
        self.scatter.chosen.connect(ranker.pick)
        ranker.picked.connect(self._follow_pick)
        ranker.points_known.connect(self._follow_points)
        ranker.calibration_known.connect(self._follow_calibration)
        ranker.losses_changed.connect(self._follow_figures)
        self.losses.body.train_wanted.connect(self._train)
        run.closed.connect(self.runs.close)

    def enter(self) -> None:
        """The keyboard is the picture's; other runs are looked for."""
        self.scatter.setFocus()
        self.runs.watch(on=True)

    def leave(self) -> None:
        """Other runs are looked for no more."""
        self.runs.watch(on=False)

    # Following ----------------------------------------------------------------------------------------------------

    @Slot(object)
    def _renew(self, _ready: object) -> None:
        """It answers, for the first time or again: maybe with what has been learnt since."""
        self.ranker.begin()

    @Slot(object)
    def _say(self, problem: Problem) -> None:
        self.run.problem_found.emit(problem)

    @Slot()
    def _follow_pick(self) -> None:
        shown = None if self.ranker.sum is None else self.ranker.sum.impression
        self.scatter.set_data(ScatterData(self.ranker.points, shown))
        if shown is not None and announce.heard():
            said = self.tr("{title}: expected {predicted} s, actually {true} s")
            times = {"predicted": seconds_text(shown.predicted), "true": seconds_text(shown.true)}
            announce.announce(self, said.format(title=shown.title, **times))

    @Slot()
    def _follow_points(self) -> None:
        points = self.ranker.points
        if points is None:
            return
        self.scatter.set_data(ScatterData(points, None if self.ranker.sum is None else self.ranker.sum.impression))
        full = self.tr(
            "{count} of the held-out impressions; rings: means of ten equal groups; click one to see its sum"
        )
        short = self.tr("click one to see its sum")
        self.scatter_card.set_subtitle((full.format(count=grouped(len(points.rows))), short, ""))
        self._follow_figures()

    @Slot()
    def _follow_calibration(self) -> None:
        found = self.ranker.calibration
        self.calibration.show_found(found)
        if found is not None:
            full = self.tr("ten bins of equally many impressions; dashed {warning}: what weighting alone would give")
            full = full.format(**theme.colour_names())
            self.calibration_card.set_subtitle((full, self.tr("ten equally full bins"), ""))
        self._follow_figures()

    @Slot()
    def _follow_figures(self) -> None:
        points, found, own = self.ranker.points, self.ranker.calibration, self.ranker.losses.get(NETWORK)
        figures: list[Figure] = []
        if own is not None:
            tip = self.tr("Share of the clicks' watch time that is ranked below something not clicked, page by page")
            figures.append(Figure(self.tr("Mispredicted"), probability(own.loss), accent=True, tip=tip))
        if points is not None:
            tip = self.tr("Rank correlation of expected and actual watch time; the true model gets {best}")
            told = tip.format(best=fixed(points.spearman_of_truth))
            figures.append(Figure(self.tr("Rank correlation"), fixed(points.spearman_watched), tip=told))
        if found is not None and found.networks:
            figures.append(Figure(self.tr("Predicted ÷ true"), fixed(found.networks[0].ratio)))
            figures.append(Figure(self.tr("Clicked"), probability(found.click_rate)))
        self.set_figures(*figures)

    @Slot(object)
    def _train(self, hidden: Hidden) -> None:
        plan, data = self.run.plan, self.run.data
        name = joined((model_name(RANKING), data_name(data), tower_name(hidden)))
        if self.run.begin_beside(ranking_plan(data, name, "auto" if plan is None else plan.device, hidden)):
            self.runs.look()
        else:
            self.losses.body.train.setEnabled(True)
