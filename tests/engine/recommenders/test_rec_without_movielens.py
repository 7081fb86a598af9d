"""A copy of the program without MovieLens, which may not be used commercially: the rest of Recommend is whole."""

from __future__ import annotations

from pathlib import Path

import pytest

import assets
from engine.cli.main import run
from engine.problems import EngineError
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.sources import Gives, data_source, data_sources
from engine.recommenders.tasks.known import task_kind, task_kinds

FILMS = "movielens-small"


@pytest.fixture
def films_run(tmp_path: Path) -> Path:
    """A network that has learned from MovieLens in a copy of the program that has it."""
    place = tmp_path / "films.safetensors"
    small = ("--dimensions", "8", "--hidden", "8", "--epochs", "1")
    assert run(["recommend", "train", "candidates", "--data", FILMS, *small, "--out", str(place)]) == 0
    return place


@pytest.fixture
def without_movielens(monkeypatch: pytest.MonkeyPatch) -> None:
    there = assets.has
    monkeypatch.setattr(assets, "has", lambda name: FILMS not in name and there(name))


@pytest.mark.usefixtures("without_movielens")
def test_every_recommender_has_data_to_learn_from() -> None:
    offered = {source.key for source in data_sources()}
    assert offered == {"adult", "app-store", "video-site", "file"}
    assert task_kind("candidates").default_source == "video-site"
    for kind in task_kinds():
        assert kind.default_source in offered
        assert kind.needs in data_source(kind.default_source).gives


@pytest.mark.usefixtures("without_movielens")
def test_reading_it_says_where_it_is_to_be_had() -> None:
    for gives in (Gives.WATCHES, Gives.EXAMPLES):
        with pytest.raises(EngineError, match=r"grouplens\.org") as error:
            getattr(data_source(FILMS), gives)(RecommenderData(source=FILMS))
        assert error.value.problem.code == "recommender.left-out"


@pytest.mark.usefixtures("without_movielens")
def test_the_command_line_does_not_offer_it_and_explains(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["recommend", "data"]) == 0
    assert "comes with it" in (listed := capsys.readouterr().out) and FILMS not in listed
    assert run(["recommend", "data", FILMS]) == 0
    assert "isn't part of this copy" in capsys.readouterr().out
    for command in (["data", FILMS, "--get", "here", "--accept-licence"], ["train", "candidates", "--data", FILMS]):
        assert run(["recommend", *command]) == 1
        assert "isn't part of this copy" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.torch
def test_a_network_that_was_trained_on_it_elsewhere_still_answers(
    films_run: Path, without_movielens: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["recommend", "ask", str(films_run), "about"]) == 0
    assert "MovieLens latest-small" in capsys.readouterr().out
