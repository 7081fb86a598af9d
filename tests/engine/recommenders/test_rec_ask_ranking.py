"""What a trained ranking answers, and candidates that it ranks: held to the site's own truth and impressions."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.stats import spearmanr

from engine.cli.main import run
from engine.graph.columns import Bags
from engine.problems import EngineError
from engine.recommenders.data.worlds.generated import joined
from engine.recommenders.data.worlds.video_site.impressions import RankingChunk
from engine.recommenders.data.worlds.video_site.truth import NEVER
from engine.recommenders.serving.asking import Askable
from engine.recommenders.serving.two_stage import Visitor
from engine.recommenders.tasks.ranking.opened import OpenedRanking
from engine.recommenders.tasks.ranking.site_columns import FEATURES, SiteColumns
from tests.engine.recommenders.asked import SITE, asked, opened, trained

pytestmark = pytest.mark.torch


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="module")
def path(folder: Path) -> Path:
    return trained(folder / "times.safetensors", "ranking", *SITE, "--epochs", "2")


@pytest.fixture(scope="module")
def uncured(folder: Path) -> Path:
    return trained(folder / "uncured.safetensors", "ranking", *SITE, "--epochs", "2", "--no-cure")


@pytest.fixture(scope="module")
def elsewhere(folder: Path) -> Path:
    """A ranking of a site of another seed."""
    return trained(folder / "elsewhere.safetensors", "ranking", *SITE, "--epochs", "1", "--data-seed", "7")


@pytest.fixture(scope="module")
def films(folder: Path) -> Path:
    return trained(folder / "watches.safetensors", "candidates", *SITE, "--epochs", "1", "--user-categories", "country")


@pytest.fixture(scope="module")
def times(path: Path) -> Askable[Any]:
    return opened(path)


@pytest.fixture(scope="module")
def candidates(films: Path) -> Askable[Any]:
    return opened(films)


def of(askable: Askable[Any]) -> OpenedRanking:
    found: OpenedRanking = askable.opened
    return found


def test_about_counts_what_is_there(times: Askable[Any]) -> None:
    about, test = asked(times, "about"), of(times).test
    assert about["impressions"]["rows"] + about["training_rows"] + about["choice_rows"] == 5000
    assert about["videos"] == 200 and about["choice_rows"] == len(of(times).task.shown.valid)
    assert about["impressions"]["click_rate"] == pytest.approx(test.clicked.mean())
    assert about["cure"] and about["unit"] > 0.0 and "since_topic" in about["numbers"]


def test_impressions_are_the_site_s_own(times: Askable[Any]) -> None:
    test = of(times).test
    answer = asked(times, "impressions", rows=[3, 11])
    for row, one in zip((3, 11), answer["impressions"], strict=True):
        assert one["true"] == pytest.approx(test.expected_seconds[row])
        assert one["true"] == pytest.approx(one["click_rate"] * one["seconds_if_clicked"])
        assert one["video"] == f"video {test.columns['video'][row] - 1}" and one["watched"] == test.watch_seconds[row]
        assert len(one["history"]) == test.columns["history"].lengths[row] and one["categories"]["topic"] != "(unknown)"
    predicted = of(times).task.predicted(test)
    longest = asked(times, "impressions", order="predicted", limit=5)["impressions"]
    np.testing.assert_allclose([one["predicted"] for one in longest], np.sort(predicted)[::-1][:5])
    clicked = asked(times, "impressions", clicked=True, order="too long")
    assert clicked["found"] == test.clicked.sum() and all(one["clicked"] for one in clicked["impressions"])
    with pytest.raises(EngineError, match="no row"):
        asked(times, "impressions", rows=[10**6])


def test_the_scatter_s_figures_are_of_all_impressions(times: Askable[Any]) -> None:
    answer, test = asked(times, "scatter", points=50, bins=4), of(times).test
    predicted = of(times).task.predicted(test)
    assert len(answer["rows"]) == 50 and answer["rows"][-1] == len(test) - 1
    video = test.columns["video"][answer["rows"][0]] - 1
    assert answer["titles"][0] == of(times).task.site.title(video) and answer["users"][0] == f"user {test.users[0]}"
    np.testing.assert_allclose(answer["true"], test.expected_seconds[answer["rows"]])
    assert answer["spearman_truth"] == pytest.approx(spearmanr(predicted, test.expected_seconds).statistic)
    assert answer["error"] == pytest.approx(np.abs(predicted - test.expected_seconds).mean())
    assert sum(one["count"] for one in answer["bins"]) == len(test)
    means = [one["predicted"] for one in answer["bins"]]
    assert means == sorted(means)
    whole = sum(one["error"] * one["count"] for one in answer["bins"]) / len(test)
    assert whole == pytest.approx(answer["error"])


def test_a_sum_is_the_expected_time_product_by_product(times: Askable[Any]) -> None:
    found, test = asked(times, "sum", row=7), of(times).test
    assert len(found["products"]) == found["hidden"][-1] == 64
    assert sum(found["products"]) + found["bias"] == pytest.approx(found["z"], abs=1e-4)
    assert found["unit"] * np.exp(found["z"]) == pytest.approx(found["impression"]["predicted"], rel=1e-5)
    assert found["impression"]["true"] == pytest.approx(test.expected_seconds[7])
    for number in found["numbers"]:
        powers = number["powers"]
        assert number["placed"] and 0.0 <= powers["x"] <= 1.0 and number["value"] == test.columns[number["name"]][7]
        assert powers["x^2"] == pytest.approx(powers["x"] ** 2, abs=1e-6)
        assert powers["sqrt(x)"] == pytest.approx(powers["x"] ** 0.5, abs=1e-6)
    with pytest.raises(EngineError, match="no row"):
        asked(times, "sum", row=10**6)


def test_without_the_cure_it_expects_too_much(times: Askable[Any], uncured: Path) -> None:
    answer, test = asked(times, "calibration", other=str(uncured), bins=5), of(times).test
    cured, other = answer["networks"]
    assert (cured["cure"], other["cure"]) == (True, False)
    assert cured["ratio"] == pytest.approx(of(times).task.predicted(test).sum() / test.expected_seconds.sum())
    exact = (test.expected_seconds / (1.0 - test.click_rates)).sum() / test.expected_seconds.sum()
    assert answer["uncured_ratio"] == pytest.approx(exact) and other["ratio"] > cured["ratio"]
    for network in answer["networks"]:
        assert sum(one["count"] for one in network["bins"]) == len(test)
        whole = sum(one["true"] * one["count"] for one in network["bins"]) / len(test)
        assert whole == pytest.approx(test.expected_seconds.mean())


def test_the_truth_loses_least_and_a_constant_half(times: Askable[Any], uncured: Path) -> None:
    answer = asked(times, "per_user_loss", others={"uncured": str(uncured)})
    losses = {one["who"]: one["loss"] for one in answer["models"]}
    assert list(losses) == ["this network", "uncured", "the truth itself", "each video's mean", "the mean for all"]
    assert losses["the truth itself"] < losses["this network"] < losses["the mean for all"] == 0.5
    alone = asked(times, "per_user_loss", others={"uncured": str(uncured)}, alone=True)["models"]
    assert [(one["who"], one["loss"]) for one in alone] == [("uncured", losses["uncured"])]
    errors = {one["who"]: one["error"] for one in answer["models"]}
    assert errors["the mean for all"] == pytest.approx(0.0, abs=1e-12) and 0.0 < errors["the truth itself"] < 0.2
    test = of(times).test
    assert answer["clicks"] == test.clicked.sum()
    assert answer["pages"] == sum(-(-count // 10) for count in np.unique(test.users, return_counts=True)[1])


def test_another_checkpoint_has_to_be_of_the_same_site(times: Askable[Any], elsewhere: Path, films: Path) -> None:
    with pytest.raises(EngineError, match="another site"):
        asked(times, "calibration", other=str(elsewhere))
    with pytest.raises(EngineError, match="isn't a checkpoint of ranking"):
        asked(times, "per_user_loss", others={"films": str(films)})


# --- The second stage -----------------------------------------------------------------------------------------------


def test_columns_of_a_visitor_are_those_of_the_site_s_own_impressions(times: Askable[Any]) -> None:
    """Impressions before which the user had watched something, made again from the log up to their very moment."""
    task = of(times).task
    site, log = task.site, task.site.log()
    shown: RankingChunk = joined(list(site.impressions(10_000)))
    columns = SiteColumns(site, task.usual_hours)
    for row in range(40, 4000, 397):
        user, now = int(shown.users[row]), int(shown.times[row])
        rows = np.flatnonzero((log.users == user) & (log.times < now))
        features = {name: str(log.user_features[name][user]) for name in FEATURES}
        visitor = Visitor(log.items[rows].tolist(), features, (), log.times[rows].tolist(), now)
        made = columns(visitor, np.array([shown.columns["video"][row] - 1]))
        for name, expected in shown.columns.of.items():
            if name == "previous_impressions":
                continue  # a log of watches does not have them
            if isinstance(expected, Bags):
                found = made[name]
                assert isinstance(found, Bags) and found.bag(0).tolist() == expected.bag(row).tolist()
            else:
                assert made[name][0] == pytest.approx(expected[row], rel=1e-5), (row, name)
        assumed = columns.assumed(visitor)
        assert not assumed.unknown and not assumed.hours


def test_what_is_not_known_of_a_visitor_is_unknown_or_usual(times: Askable[Any]) -> None:
    task = of(times).task
    columns = SiteColumns(task.site, task.usual_hours)
    visitor = Visitor(["video 3", "never heard of"], {"country": "CN", "gender": "none of these", "age": "27.0"})
    made = columns(visitor, np.array([3, 4]))
    assert list(columns.assumed(visitor).unknown) == ["user_language", "device", "gender"]
    assert columns.assumed(visitor).hours == task.usual_hours
    assert made["age_group"].tolist() == [3, 3] and made["gender"].tolist() == [0, 0]
    history = made["history"]
    assert isinstance(history, Bags) and history.bag(1).tolist() == [4, 0]
    assert made["since_creator"][0] == pytest.approx(task.usual_hours["since_creator"])
    forth, back = (
        columns(Visitor([3, 3], {}, (), times, 7200), np.array([3]))["since_topic"].tolist()
        for times in ([0, 3600], [3600, 0])
    )
    assert forth == back == [1.0]
    nobody = Visitor()
    assert columns(nobody, np.array([3]))["since_topic"].tolist() == [NEVER]
    assert columns.assumed(nobody).hours == {}


def test_candidates_are_shown_by_expected_seconds(candidates: Askable[Any], path: Path, times: Askable[Any]) -> None:
    plain = asked(candidates, "recommend", user="user 5", candidates=30, shown=30)
    ranked = asked(candidates, "recommend", user="user 5", candidates=30, shown=30, ranker=str(path))
    assert ranked["candidates"] == plain["candidates"] and ranked["assumed"]["unknown"] == []
    scores = [one["score"] for one in ranked["shown"]]
    assert scores == sorted(scores, reverse=True) and min(scores) > 0.0 and plain["assumed"] is None
    assert {one["item"]["item"] for one in ranked["shown"]} == {one["item"]["item"] for one in plain["shown"]}
    assert [one["candidate"] for one in ranked["shown"]] != [one["candidate"] for one in plain["shown"]]
    task = of(times).task
    log = task.site.log()
    user = asked(candidates, "user", user="user 5")
    features = {name: str(log.user_features[name][5]) for name in FEATURES}
    history = [int(watch["item"]["item"][6:]) for watch in user["history"]]
    whole = Visitor(history, features, (), [watch["time"] for watch in user["history"]], user["held_out"]["time"])
    items = np.array([int(one["item"]["item"][6:]) for one in ranked["shown"]])
    chunk = replace(
        task.test.take(np.zeros(30, np.int64)), columns=SiteColumns(task.site, task.usual_hours)(whole, items)
    )
    np.testing.assert_allclose(scores, task.predicted(chunk), rtol=1e-4)


def test_an_edited_history_keeps_the_times_that_are_known(candidates: Askable[Any], path: Path) -> None:
    history = [watch["item"]["item"] for watch in asked(candidates, "user", user="user 5")["history"]]
    kept = asked(candidates, "recommend", user="user 5", history=history[1:], ranker=str(path))
    assert kept["assumed"]["hours"] == {}
    new = next(name for name in ("video 1", "video 2", "video 3") if name not in history)
    added = asked(candidates, "recommend", user="user 5", history=[*history, new], ranker=str(path))
    assert added["assumed"]["hours"].keys() == {"since_topic", "since_creator"}
    nobody = asked(candidates, "recommend", categories={"device": "phone"}, ranker=str(path))
    assert nobody["assumed"]["unknown"] == ["user_language", "country", "gender", "age_group"]


def test_why_explains_the_seconds_that_order_the_list(candidates: Askable[Any], path: Path) -> None:
    ranked = asked(candidates, "recommend", user="user 5", candidates=30, shown=30, ranker=str(path))
    for shown in (ranked["shown"][0], ranked["shown"][-1]):
        why = asked(candidates, "why", user="user 5", item=shown["item"]["item"], ranker=str(path))
        time = why["ordered"]
        assert time["seconds"] == pytest.approx(shown["score"]) and why["rank"] == shown["candidate"]
        assert time["unit"] * np.exp(time["z"]) == pytest.approx(time["seconds"])
        assert time["click_rate"] * time["seconds_if_clicked"] == pytest.approx(time["true_seconds"])
        assert time["categories"]["topic"] == shown["item"]["features"]["topic"]
        assert set(time["never"]) <= set(time["numbers"]) and time["numbers"]["previous_impressions"] == 0.0
    assert asked(candidates, "why", user="user 5", item="video 1")["ordered"] is None


def test_a_ranker_of_another_site_is_refused(
    candidates: Askable[Any], elsewhere: Path, films: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(EngineError, match="another site"):
        asked(candidates, "recommend", ranker=str(elsewhere))
    with pytest.raises(EngineError, match="isn't a checkpoint of ranking"):
        asked(candidates, "recommend", ranker=str(films))
    assert run(["recommend", "query", str(films), "--ranker", str(elsewhere)]) == 1
    assert "another site" in capsys.readouterr().err


def test_query_takes_a_ranker_too(films: Path, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    arguments = ["recommend", "query", str(films), "--ranker", str(path), "--shown", "5"]
    assert run([*arguments, "--user", "user 5", "--json"]) == 0
    known = json.loads(capsys.readouterr().out)
    assert known["assumed"]["unknown"] == [] and len(known["items"]) == 5
    assert run([*arguments, "--history", "video 3", "--category", "country=CN"]) == 0
    said = capsys.readouterr().out
    assert "expected seconds" in said and "ranked as unknown: user_language, device, gender, age_group." in said
