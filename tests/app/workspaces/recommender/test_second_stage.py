"""A ranking network in the funnel: chosen, shown as expected seconds, and begun where there is none."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.kit.drawing.drawing import Frame
from app.kit.drawing.marks import Text
from app.workspaces.recommender import launching
from app.workspaces.recommender.follow.list_panel import (
    ShownRows,
    draw_list_head,
    draw_shown_list,
    rows_of,
)
from app.workspaces.recommender.follow.second_stage import INNER, RankedBy
from app.workspaces.recommender.follow.session import Hues
from app.workspaces.recommender.open_run import OpenRun
from app.workspaces.recommender.other_runs import (
    RankingRun,
    RankingRuns,
    can_rank,
    ranking_plan,
)
from engine.cli.main import run as engine
from engine.graph.edit import set_params
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.tasks.candidates.answers import Recommendation
from engine.recommenders.tasks.ranking.graph import ranking_graph
from engine.recommenders.tasks.ranking.spec import CATEGORIES, RankingSpec
from tests.app.workspaces.recommender.follow_data import recommendation
from tests.app.workspaces.recommender.follow_rig import Followed
from tests.engine.recommenders.asked import SITE, asked, opened, trained

SMALL = ["--epochs", "1", "--dimensions", "4", "--device", "cpu"]


def ranked_recommendation(place: int | None = 2) -> Recommendation:
    """The shown ones by seconds, in another order than by v·u."""
    found = recommendation(place=place)
    return replace(found, shown=tuple(replace(one, score=90.0 - 30.0 * at) for at, one in enumerate(found.shown)))


def a_run(name: str, *, coming: bool = False, trained: bool = True) -> RankingRun:
    checkpoint = Path(name) / "checkpoint.safetensors" if trained else None
    planned = datetime(2026, 1, 2, 3, tzinfo=UTC).timestamp()
    return RankingRun(Path(name), "Ranking", planned, (8,), True, True, True, checkpoint, 1, coming, 2)


def test_seconds_are_told_as_such_and_v_u_as_such(qapp: object) -> None:
    rows = rows_of(ranked_recommendation(), Hues())
    assert [row.score_text for row in rows] == ["90.0 s", "60.0 s", "30.0 s"]
    assert [row.bar for row in rows] == [(0.0, pytest.approx(share)) for share in (1.0, 2 / 3, 1 / 3)]
    assert "score 60.0 s" in rows[1].spoken
    last = rows_of(ranked_recommendation(place=None), Hues())[-1]
    assert last.score_text == "–" and last.place == "2 by v·u" and last.missed
    assert rows_of(recommendation(), Hues())[0].score_text == "6.00" and not recommendation().ranked


def test_a_ranked_row_says_where_it_was_fetched_and_how_far_it_has_risen(qapp: object) -> None:
    found = ranked_recommendation()
    shown = (replace(found.shown[0], candidate=77), *found.shown[1:])
    rows = rows_of(replace(found, shown=shown), Hues())
    assert (rows[0].fetched, rows[0].risen, rows[0].inner) == ("77", 76, 6.0)
    drawn = draw_shown_list(ShownRows(rows, "alien", ranked=True), Frame(640, 81))
    texts = [mark.text for mark in drawn.marks if isinstance(mark, Text)]
    assert texts[:6] == ["1", "Title s0", "6.00", "77", "↑ 76", "90.0 s"]
    heads = [mark.text for mark in draw_list_head(True, Frame(640, 24)).marks if isinstance(mark, Text)]
    assert {"v·u", "fetched as", "expected watch time"} <= set(heads)
    plain = draw_shown_list(ShownRows(rows_of(recommendation(), Hues())), Frame(640, 81))
    assert "↑ 76" not in [mark.text for mark in plain.marks if isinstance(mark, Text)]


def test_runs_are_offered_once_they_are_trained(qtbot: QtBot) -> None:
    chooser = RankedBy()
    qtbot.addWidget(chooser)
    assert not chooser.train.isHidden() and chooser.choice.isHidden()
    with qtbot.waitSignal(chooser.train_wanted):
        chooser.train.click()
    assert not chooser.train.isEnabled()
    chooser.show_runs([a_run("a", coming=True)], INNER)
    assert "2 epochs" in chooser.training.full_text and chooser.train.isHidden() and chooser.choice.isHidden()
    chooser.show_runs([a_run("a"), a_run("b"), a_run("c", trained=False)], "b/checkpoint.safetensors")
    assert chooser.choice.count() == 3 and chooser.choice.key == "b/checkpoint.safetensors"
    assert chooser.choice.itemText(1) == "Ranking · 2026-01-02"  # two of one name are told apart
    assert chooser.train.isHidden() and chooser.training.isHidden()


def test_only_data_with_impressions_can_be_ranked() -> None:
    assert can_rank(RecommenderData(source="video-site")) and not can_rank(RecommenderData(source="movielens-small"))


def test_a_run_is_told_by_the_graph_that_it_trains(qtbot: QtBot, tmp_path: Path) -> None:
    """Its spec still says what the graph was drawn from."""
    data = RecommenderData(source="video-site")
    plan = ranking_plan(data, "Edited", "cpu", (6, 5))
    sizes = {name: 3 for name in ("video", "history", *CATEGORIES)}
    drawn = ranking_graph(sizes, RankingSpec(hidden=(6, 5)))
    graph = set_params(drawn, "transform-1", powers=("x",))
    RunFolder(tmp_path / "a").begin(plan.model_copy(update={"graph": set_params(graph, "dense-1", units=9)}))
    RunFolder(tmp_path / "b").begin(plan)
    runs = RankingRuns(tmp_path, data)
    with qtbot.waitSignal(runs.changed):
        runs.look()
    runs.close()
    told = {run.folder.name: (run.hidden, run.powers) for run in runs.runs}
    assert told == {"a": ((9, 5), False), "b": ((6, 5), True)}


# With the real child ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Candidates and a ranking of one site, and a ranking of another."""
    root = tmp_path_factory.mktemp("runs")
    train = ["recommend", "train"]
    assert engine([*train, "candidates", *SITE, *SMALL, "--run", str(root / "watches")]) == 0
    assert engine([*train, "ranking", *SITE, *SMALL, "--run", str(root / "times")]) == 0
    assert engine([*train, "ranking", *SITE, *SMALL, "--data-seed", "7", "--run", str(root / "elsewhere")]) == 0
    return root


def followed(qtbot: QtBot, path: Path) -> Iterator[Followed]:
    run = OpenRun.at(path)
    run.open_answers()
    made = Followed(qtbot, run)
    made.section.enter()
    yield made
    made.section.leave()
    run.close()


@pytest.fixture
def funnel(forked_engine: None, kept_children: None, qtbot: QtBot, root: Path) -> Iterator[Followed]:
    yield from followed(qtbot, root / "watches")


@pytest.mark.process
@pytest.mark.slow
@pytest.mark.torch
def test_the_latest_ranking_of_the_site_ranks_from_the_first(funnel: Followed, root: Path) -> None:
    times = root / "times" / "checkpoint.safetensors"
    funnel.until(lambda: funnel.session.ranked == times)
    assert [funnel.chooser.choice.itemData(at) for at in range(funnel.chooser.choice.count())] == [INNER, str(times)]
    found, user = funnel.session.recommendation, funnel.session.user
    assert found is not None and user is not None and found.ranked
    watches = opened(root / "watches" / "checkpoint.safetensors")
    history = [watch.item.name for watch in user.history]
    truth = asked(watches, "recommend", user=user.user, history=history, ranker=str(times), shown=funnel.session.length)
    assert [one.score for one in found.shown] == pytest.approx([one["score"] for one in truth["shown"]])
    funnel.until(lambda: funnel.session.why is not None and funnel.session.why.ordered is not None)
    why = funnel.session.why
    assert why is not None and why.ordered is not None and why.item.name in {one.item.name for one in found.shown}
    assert why.ordered.unit * math.exp(why.ordered.z) == pytest.approx(why.ordered.seconds)
    assert why.ordered.seconds == pytest.approx(next(one.score for one in found.shown if one.item == why.item))
    assert why.ordered.click_rate * why.ordered.seconds_if_clicked == pytest.approx(why.ordered.true_seconds)
    assert not funnel.section.why.ordered.isHidden() and "The site's own rule" in funnel.section.why.truth.text()
    # Back to v·u by hand, which holds although the runs are looked at again.
    funnel.chooser.picked.emit(INNER)
    funnel.until(lambda: funnel.session.ranked is None)
    funnel.section.second.runs.changed.emit()
    listed = funnel.session.recommendation
    assert funnel.session.ranker is None and listed is not None and not listed.ranked
    funnel.until(lambda: funnel.session.why is not None and funnel.session.why.ordered is None)
    assert funnel.section.why.ordered.isHidden()


@pytest.mark.process
@pytest.mark.slow
@pytest.mark.torch
def test_a_ranking_that_cannot_be_opened_leaves_the_list_as_it_was(funnel: Followed, root: Path) -> None:
    funnel.until(lambda: funnel.session.ranked is not None)
    problems: list[object] = []
    funnel.run.problem_found.connect(problems.append)
    funnel.session.rank_by(root / "elsewhere" / "checkpoint.safetensors")
    funnel.until(lambda: problems and funnel.session.ranked is None)
    listed = funnel.session.recommendation
    assert listed is not None and not listed.ranked and funnel.chooser.choice.key == INNER


@pytest.mark.process
@pytest.mark.slow
@pytest.mark.torch
def test_where_there_is_none_it_is_begun_here(
    forked_engine: None, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[RunFolder] = []
    monkeypatch.setattr(launching, "start", begun.append)
    path = trained(tmp_path / "watches.safetensors", "candidates", *SITE, *SMALL)
    monkeypatch.setattr(OpenRun, "root", property(lambda _run: tmp_path))
    made = followed(qtbot, path)
    funnel = next(made)
    funnel.until(lambda: funnel.session.recommendation)
    funnel.chooser.train.click()
    plan = begun[0].read_plan()
    assert plan.model == "ranking" and plan.companions and plan.data.events == 5000 and plan.data.seed == 0
    assert funnel.run.begun == {begun[0].path: plan.name}
    next(made, None)
