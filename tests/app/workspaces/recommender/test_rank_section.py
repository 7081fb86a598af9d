"""The ranking page as a person meets it: with the real child behind it, companions and another run beside it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.workspaces.recommender import launching
from app.workspaces.recommender.open_run import OpenRun
from app.workspaces.recommender.opened import sections_of
from app.workspaces.recommender.rank.section import RankSection
from engine.cli.main import run as engine
from engine.problems import EngineError
from engine.recommenders.running.run_folder import RunFolder
from tests.engine.recommenders.asked import SITE, asked, opened

pytestmark = [
    pytest.mark.torch,
    pytest.mark.process,
    pytest.mark.slow,
    pytest.mark.usefixtures("kept_children", "forked_engine"),
]
WAIT_MS = 120_000
SMALL = [*SITE, "--epochs", "1", "--dimensions", "4", "--category-dimensions", "2", "--device", "cpu"]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run with its companions, and another one of the same site."""
    root = tmp_path_factory.mktemp("runs")
    train = ["recommend", "train", "ranking", *SMALL]
    assert engine([*train, "--hidden", "8", "--companions", "--run", str(root / "own")]) == 0
    assert engine([*train, "--hidden", "256", "--run", str(root / "wide")]) == 0
    return root


class Ranked:
    """A section in sight, and what a person waits for."""

    def __init__(self, qtbot: QtBot, run: OpenRun) -> None:
        self.qtbot, self.run = qtbot, run
        self.section = RankSection()
        qtbot.addWidget(self.section)
        self.section.resize(1200, 700)
        self.section.show_run(run)
        self.section.show()
        self.section.enter()

    def until(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=WAIT_MS)


@pytest.fixture
def ranked(qtbot: QtBot, root: Path) -> Iterator[Ranked]:
    run = OpenRun.at(root / "own")
    run.open_answers()
    made = Ranked(qtbot, run)
    ranker = made.section.ranker
    made.until(lambda: ranker.calibration and not run.answers.busy and len(ranker.losses) >= 7)
    yield made
    made.section.leave()
    run.close()


def ours(ranked: Ranked) -> dict[str, float]:
    return {row[0]: row[2] for row in ranked.section.losses.body.table().rows}


def test_all_four_cards_are_filled_from_the_engine(ranked: Ranked, root: Path) -> None:
    section, truth = ranked.section, opened(root / "own" / "checkpoint.safetensors")
    losses = {one["who"]: one["loss"] for one in asked(truth, "per_user_loss")["models"]}
    assert ours(ranked)["8"] == pytest.approx(100.0 * losses["this network"])
    assert {"no hidden layer", "256", "8, no cure", "the truth itself"} <= set(ours(ranked))
    assert all(0.0 < ours(ranked)[name] < 100.0 for name in ("no hidden layer", "256", "8, no cure"))
    assert section.losses.body.train.text() == "Train 512"
    assert section.calibration.plots[False].isVisible() and len(section.scatter.table().rows) > 500
    longest = asked(truth, "impressions", order="predicted", limit=2)["impressions"]
    assert section.ranker.sum is not None and section.ranker.sum.impression.row == longest[0]["row"]
    section.sum_card.after.click()
    ranked.until(lambda: section.ranker.sum.impression.row == longest[1]["row"])
    assert section.sum_card.place.text() == "2 of 100"
    labels = [figure.label for figure in section.figures]
    assert labels == ["Mispredicted", "Rank correlation", "Predicted ÷ true", "Clicked"]


def test_a_low_page_scrolls_rather_than_squeeze_its_cards(ranked: Ranked) -> None:
    """At 150 % their texts lay over one another."""
    ranked.until(lambda: ranked.section.ranker.sum is not None and ranked.section.ranker.losses)
    ranked.section.resize(870, 460)

    def is_whole(card: QWidget) -> bool:
        layout = card.layout()
        return layout is not None and card.height() >= layout.totalMinimumHeightForWidth(card.width())

    section = ranked.section
    cards = (section.scatter_card, section.sum_card, section.calibration_card, section.losses)
    ranked.until(lambda: all(map(is_whole, cards)))


def test_a_point_that_is_picked_and_another_order(ranked: Ranked) -> None:
    section = ranked.section
    row = section.ranker.points.rows[5]
    section.scatter.chosen.emit(row)
    ranked.until(lambda: section.ranker.sum.impression.row == row)
    section.sum_card.orders.picked.emit("clicked")
    ranked.until(lambda: section.ranker.sum.impression.row != row)
    assert section.ranker.sum.impression.clicked and section.ranker.clicked is True


def test_the_next_tower_is_begun_beside(ranked: Ranked, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[RunFolder] = []
    monkeypatch.setattr(launching, "start", begun.append)
    ranked.section.losses.body.train.click()
    assert not ranked.section.losses.body.train.isEnabled()
    plan = begun[0].read_plan()
    assert plan.model == "ranking" and plan.spec["hidden"] == [512] and not plan.companions
    assert plan.data.events == 5000 and plan.data.users == 300 and begun[0].path.parent == root
    assert ranked.run.begun == {begun[0].path: plan.name}
    # It is seen among the other runs as soon as they are looked at, and not begun twice.
    body = ranked.section.losses.body
    ranked.until(lambda: body.train.isHidden() and body.training.text() == "512 is being trained: 0 epochs")


def test_a_tower_that_cannot_be_begun_is_said_and_offered_again(
    ranked: Ranked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_folder: RunFolder) -> None:
        raise EngineError(launching.NOT_STARTED(reason="no"))

    monkeypatch.setattr(launching, "start", refuse)
    with ranked.qtbot.waitSignal(ranked.run.problem_found):
        ranked.section.losses.body.train.click()
    assert ranked.section.losses.body.train.isEnabled() and not ranked.run.begun


def test_what_has_been_trained_on_is_offered(ranked: Ranked) -> None:
    asking, ranker = ranked.section.asking, ranked.section.ranker
    os.utime(ranked.run.checkpoint)
    ranked.run.changed.emit()
    assert asking.trained_on.isVisible()
    asking.trained_on.wanted.click()
    assert asking.trained_on.isHidden()
    ranked.until(lambda: not ranker.losses)
    ranked.until(lambda: len(ranker.losses) >= 7 and not ranked.run.answers.busy)


def test_it_is_for_ranking_alone() -> None:
    assert [section.key for section in sections_of("ranking")] == ["train", "model", "rank"]
    assert "rank" not in [section.key for section in sections_of("candidates")]
