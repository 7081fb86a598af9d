"""No number without company: simpler models, companions and maps beside a run, kept in its log."""

from __future__ import annotations

import errno
import json
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load_file

from engine.cli.main import run
from engine.cli.recommend.telling import part_lines
from engine.recommenders.judging.standing import part_without_loss, rival_of
from engine.recommenders.running import tensor_file
from engine.recommenders.running.checkpoints import Cursor, read
from engine.recommenders.running.events import (
    CompanionEpoch,
    Compared,
    EpochEnded,
    Event,
    Fitting,
    Judged,
    Noticed,
)
from engine.recommenders.running.plan import RunPlan
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.run_log import LogReader
from engine.recommenders.running.run_state import state_of
from engine.recommenders.tasks.base import figures_of
from engine.recommenders.tasks.companions import Companion, companions_of, trained_companions
from engine.recommenders.tasks.company import TaskCompany
from engine.recommenders.tasks.known import task_kind
from engine.recommenders.tasks.opening import opened_as_planned, reopened
from engine.recommenders.tasks.wide_deep.task import WideDeepTask
from tests.engine.recommenders.asked import asked, opened

pytestmark = pytest.mark.torch

SITE = ["--data", "video-site", "--size", "3000", "--users", "150", "--items", "150", "--device", "cpu"]
WATCHES = ["candidates", *SITE, "--dimensions", "8", "--hidden", "8", "--negatives", "20", "--epochs", "3"]
STORE = ["wide-deep", "--data", "app-store", "--size", "3000", "--users", "150", "--items", "100", "--device", "cpu"]
SIMPLE = ["the mean for all", "logistic regression", "boosted trees"]
HALVES = [*STORE, "--cross", "installed_apps,impression_app", "--hidden", "8", "--dimensions", "4", "--epochs", "3"]


def recommend(*arguments: object) -> int:
    return run(["recommend", *map(str, arguments)])


def events(folder: RunFolder) -> list[Event]:
    return [one.event for one in LogReader(folder.log).news()]


def of(folder: RunFolder, kind: type[Any]) -> list[Any]:
    return [event for event in events(folder) if isinstance(event, kind)]


def assert_same(one: Path, other: Path) -> None:
    first, second = load_file(one), load_file(other)
    assert first.keys() == second.keys()
    for name, tensor in first.items():
        if name != "model.json":
            np.testing.assert_array_equal(tensor, second[name], err_msg=name)


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    folder = RunFolder(tmp_path_factory.mktemp("films") / "run")
    assert recommend("train", *WATCHES, "--run", folder.path) == 0
    return folder


@pytest.fixture(scope="module")
def halves(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    folder = RunFolder(tmp_path_factory.mktemp("halves") / "run")
    assert recommend("train", *HALVES, "--companions", "--run", folder.path) == 0
    return folder


def test_simpler_models_are_told_once_after_the_first_figures(films: RunFolder) -> None:
    kinds = [event.kind for event in events(films) if event.kind != "step"]
    assert kinds[:6] == ["notice", "started", "epoch", "checkpoint", "fitting", "compared"]
    assert kinds[-3:] == ["fitting", "judged", "finished"]
    assert [event.rows for event in of(films, Fitting)] == ["valid", "test"] and state_of(films).fitting is None
    assert kinds.count("compared") == kinds.count("judged") == 1
    compared = of(films, Compared)[0].figures
    assert compared.keys() == {"popular", "recently popular", "ItemKNN", "EASE"}
    assert compared["popular"].keys() < of(films, EpochEnded)[0].metrics.keys()
    assert state_of(films).compared == compared


def test_the_verdict_is_what_evaluate_says(films: RunFolder, capsys: pytest.CaptureFixture[str]) -> None:
    judged = of(films, Judged)[0].figures
    assert state_of(films).judged == judged
    capsys.readouterr()
    assert recommend("evaluate", films.checkpoint, "--json") == 0
    assert json.loads(capsys.readouterr().out)["figures"] == judged


def test_evaluate_judges_the_halves_as_training_does(halves: RunFolder, capsys: pytest.CaptureFixture[str]) -> None:
    judged = of(halves, Judged)[0].figures
    assert {"wide", "deep"} < judged.keys()
    capsys.readouterr()
    assert recommend("evaluate", halves.path, "--json") == 0
    figures = json.loads(capsys.readouterr().out)["figures"]
    assert figures == judged and list(figures)[:3] == ["this network", "wide", "deep"]
    assert recommend("evaluate", halves.path) == 0
    told = part_lines(judged, {"wide", "deep"}, task_kind("wide-deep").compared_by())
    assert told and told[0] in capsys.readouterr().out


def test_a_half_that_has_not_come_as_far_is_not_judged(halves: RunFolder, tmp_path: Path) -> None:
    copy = RunFolder(Path(shutil.copytree(halves.path, tmp_path / "run")))
    assert recommend("train", "--resume", copy.path, "--epochs", "4") == 0
    for half in ("wide", "deep"):
        (copy.companions / f"{half}.safetensors").write_bytes((halves.companions / f"{half}.safetensors").read_bytes())
    checkpoint = read(copy.path)
    assert checkpoint.cursor.epoch == 4 and not trained_companions(checkpoint, reopened(checkpoint))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_the_folder_of_companions_is_its_owners_alone(halves: RunFolder) -> None:
    assert halves.companions.stat().st_mode & 0o777 == 0o700


def test_a_run_that_goes_on_is_not_compared_again_and_is_judged_anew(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = RunFolder(tmp_path / "run")
    assert recommend("train", *WATCHES[:-1], "1", "--run", folder.path) == 0
    capsys.readouterr()
    assert recommend("train", "--resume", folder.path, "--epochs", "2") == 0
    assert len(of(folder, Compared)) == 1 and len(of(folder, Judged)) == 2
    told = capsys.readouterr().out
    assert "this network" in told and "ItemKNN" in told and "±" in told
    assert state_of(folder).judged == of(folder, Judged)[1].figures


def test_no_epoch_leaves_a_map_that_nobody_reads(films: RunFolder) -> None:
    assert "map" not in [event.kind for event in events(films)] and not films.maps.exists()


def test_companions_learn_what_they_would_by_themselves(halves: RunFolder, tmp_path: Path) -> None:
    for half in ("wide", "deep"):
        alone = tmp_path / f"{half}.safetensors"
        assert recommend("train", *HALVES, "--parts", half, "--out", alone) == 0
        assert_same(halves.companions / f"{half}.safetensors", alone)
    told = of(halves, CompanionEpoch)
    assert [(event.which, event.epoch) for event in told] == [(half, n) for n in range(3) for half in ("wide", "deep")]
    assert all({"auc", "log_loss", "calibration_error"} <= event.metrics.keys() for event in told)


def test_companions_that_come_later_catch_up(halves: RunFolder, tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "run")
    assert recommend("train", *HALVES, "--run", folder.path) == 0
    assert not of(folder, CompanionEpoch) and not folder.companions.exists()
    assert recommend("train", "--resume", folder.path, "--companions") == 0
    assert [e for e in of(folder, CompanionEpoch) if e.which == "wide"] == [
        e for e in of(halves, CompanionEpoch) if e.which == "wide"
    ]
    assert of(folder, Judged)[-1] == of(halves, Judged)[0]


def test_companions_that_have_learned_nothing_are_not_judged(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "run")
    assert recommend("train", *HALVES, "--companions", "--time-limit", "1e-9", "--run", folder.path) == 0
    assert list(of(folder, Judged)[0].figures) == ["this network", *SIMPLE]


def test_the_verdict_has_companions_and_errors_on_the_same_rows(halves: RunFolder) -> None:
    judged = of(halves, Judged)[0].figures
    assert list(judged) == ["this network", "wide", "deep", *SIMPLE]
    names = {"auc", "auc.error", "log_loss", "log_loss.error", "calibration_error"}
    assert names == judged["this network"].keys()
    beside = ("wide", "deep", "logistic regression", "boosted trees")
    assert all({*names, "auc.apart", "log_loss.apart"} == judged[who].keys() for who in beside)
    assert judged["the mean for all"].keys() == {"log_loss", "log_loss.error", "log_loss.apart"}, "it ranks nothing"
    assert state_of(halves).companions.keys() == {"wide", "deep"}


def test_a_network_that_ranks_better_but_is_too_sure_is_told_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It learns single crosses by heart: their order holds on other rows, their probabilities don't."""
    draw, rows = np.random.default_rng(5), 6_000
    shop, item = draw.integers(0, 40, rows), draw.integers(0, 40, rows)
    liked = draw.random((40, 40)) < 0.5
    bought = (draw.random(rows) < np.where(liked[shop, item], 0.75, 0.25)).astype(int)
    table = tmp_path / "crosses.csv"
    np.savetxt(table, np.stack([shop, item, bought], 1), "%d", ",", header="shop,item,bought", comments="")
    read_as = ["--label", "bought", "--categories", "shop,item", "--cross", "shop,item", "--parts", "wide"]
    by_heart = ["--epochs", "20", "--alpha", "1", "--l1", "0", "--l2", "0", "--device", "cpu"]
    assert recommend("train", "wide-deep", "--data", table, *read_as, *by_heart, "--run", tmp_path / "run") == 0
    told = "The measures disagree: this network is better by auc ("
    assert told in capsys.readouterr().out
    assert recommend("evaluate", tmp_path / "run") == 0
    (line,) = (line for line in capsys.readouterr().out.splitlines() if line.startswith(told))
    assert "of boosted trees), but worse by log_loss (" in line


def test_of_a_label_that_hangs_on_nothing_no_network_is_better_than_its_mean(tmp_path: Path) -> None:
    """It was said to be better than logistic regression, which had learnt even more by heart."""
    draw, rows = np.random.default_rng(3), 1_500
    columns = [draw.integers(0, count, rows) for count in (150, 80, 6)]
    bought = (draw.random(rows) < 0.39).astype(int)
    table = tmp_path / "noise.csv"
    np.savetxt(table, np.stack([*columns, bought], 1), "%d", ",", header="user,item,day,bought", comments="")
    folder, shape = RunFolder(tmp_path / "run"), ["--hidden", "8", "--dimensions", "4", "--epochs", "4"]
    read_as = ["--label", "bought", "--categories", "user,item,day"]
    given = ["wide-deep", "--data", table, *read_as, *shape, "--device", "cpu", "--run", folder.path]
    assert recommend("train", *given) == 0
    own, others = figures_of(state_of(folder))
    rival = rival_of(own, others, "log_loss", higher=False)
    assert rival is not None
    assert rival.name == "the mean for all" and rival.standing != "better"
    share = bought.mean()
    assert rival.value == pytest.approx(-share * np.log(share) - (1 - share) * np.log(1 - share), abs=0.02)


def test_a_half_s_paired_error_is_that_of_the_rows_themselves(halves: RunFolder) -> None:
    judged = of(halves, Judged)[0].figures
    whole = opened(halves.checkpoint)
    paths = {half: str(halves.companions / f"{half}.safetensors") for half in ("wide", "deep")}
    losses = {}
    for name, path in {"this network": halves.checkpoint, **paths}.items():
        labels, predicted = opened(Path(path)).opened.task.probabilities("test")
        losses[name] = -np.where(labels > 0, np.log(predicted), np.log1p(-predicted))
    compared = asked(whole, "compare", others=paths, opponents=False)["differences"]
    for half, difference in zip(("wide", "deep"), compared, strict=True):
        apart = losses["this network"] - losses[half]
        expected = apart.std(ddof=1) / np.sqrt(len(apart))
        assert judged[half]["log_loss.apart"] == pytest.approx(expected, rel=1e-4)
        assert difference["minus"] == half and difference["log_loss"]["error"] == pytest.approx(expected, rel=1e-4)


def test_all_who_judge_the_halves_name_the_same(halves: RunFolder, capsys: pytest.CaptureFixture[str]) -> None:
    judged = of(halves, Judged)[0].figures
    parts = {half: judged[half] for half in ("wide", "deep")}
    found = part_without_loss(judged["this network"], parts, ("log_loss", "auc"))
    paths = {half: str(halves.companions / f"{half}.safetensors") for half in parts}
    compared = asked(opened(halves.checkpoint), "compare", others=paths, opponents=False)["half_without_loss"]
    capsys.readouterr()
    assert recommend("evaluate", halves.checkpoint) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if "by itself" in line]
    assert found is not None
    figure, half = found
    assert compared == {"name": half.name, "figure": figure, "standing": half.standing}
    assert [line.split(":")[1].split()[0] for line in lines] == [figure] and lines[0].startswith(f"“{half.name}”")


class After:
    """A wish to stop that comes after so many questions."""

    def __init__(self, questions: int) -> None:
        self._left = questions

    def is_set(self) -> bool:
        self._left -= 1
        return self._left < 0


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """A run and its companions that nobody stopped."""
    folder = RunFolder(tmp_path_factory.mktemp("whole") / "run")
    assert recommend("train", *HALVES, "--batch-size", "128", "--companions", "--run", folder.path) == 0
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("questions", [40, 140])
def test_companions_stopped_anywhere_go_on_to_the_same_bits(
    questions: int, whole: RunFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = RunFolder(tmp_path / "run")
    stop = After(questions)
    with monkeypatch.context() as patch:
        patch.setattr("engine.cli.recommend.stopping.Stopping.is_set", lambda self: stop.is_set())
        recommend("train", *HALVES, "--batch-size", "128", "--companions", "--run", folder.path)
    assert state_of(folder).status == "stopped"
    assert recommend("train", "--resume", folder.path) == 0
    assert_same(folder.checkpoint, whole.checkpoint)
    for half in ("wide", "deep"):
        assert_same(folder.companions / f"{half}.safetensors", whole.companions / f"{half}.safetensors")
    assert of(folder, Judged) == of(whole, Judged)


def test_a_companion_that_gets_no_better_sooner_than_the_run_is_judged_too(tmp_path: Path) -> None:
    plan = RunPlan.model_validate({**halves_plan(tmp_path), "companions": True})
    training = plan.training.model_copy(update={"epochs": "auto", "patience": 1})
    task = opened_as_planned(plan.model_copy(update={"training": training}), "cpu")
    companion = Companion("wide", task.companions()["wide"], tmp_path / "wide.safetensors", lambda _event: None, "none")
    companion.train_to(9)
    assert companion.is_at(9), "the first epoch is its best where no figure tells, and one more is tried"
    assert companion.settle()


def test_a_companion_that_diverges_is_left_and_said(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "run")
    plan = RunPlan.model_validate({**halves_plan(tmp_path), "companions": True})
    task = opened_as_planned(plan, "cpu")
    assert isinstance(task, WideDeepTask)
    wild = task.companions()["deep"]
    wild.network.theta.mul_(1e30)
    said: list[Event] = []
    companion = Companion("deep", wild, tmp_path / "deep.safetensors", said.append, "auc")
    companion.train_to(2)
    companion.train_to(3)
    assert not companion.is_at(0)
    assert len(said) == 1 and isinstance(said[0], Noticed) and "“deep”, trained alongside the run" in said[0].sentence
    folder.begin(plan)
    company = TaskCompany(task, folder, said.append, threading.Event(), [companion])
    company.judge(Cursor(1))
    assert isinstance(said[-1], Judged) and "deep" not in said[-1].figures


def test_a_companion_for_which_there_is_no_room_is_left_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = tensor_file._write

    def only_the_runs_own(file: Any, *rest: Any) -> None:
        if "wide" in file.name:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(file, *rest)

    folder = RunFolder(tmp_path / "run")
    with monkeypatch.context() as patch:
        patch.setattr(tensor_file, "_write", only_the_runs_own)
        assert recommend("train", *HALVES, "--companions", "--run", folder.path) == 0
    assert list(of(folder, Judged)[0].figures) == ["this network", "deep", *SIMPLE]
    assert "“wide”, trained alongside the run" in of(folder, Noticed)[-1].sentence


def halves_plan(tmp_path: Path) -> dict[str, Any]:
    """What flags ask for, as a plan."""
    folder = RunFolder(tmp_path / "planned")
    assert recommend("train", *HALVES, "--run", folder.path, "--time-limit", "1e-9") == 0
    return {**folder.read_plan().model_dump(mode="json"), "time_limit": None}


def test_ranking_has_companions_too(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "run")
    small = ["--hidden", "8", "--dimensions", "4", "--category-dimensions", "2", "--epochs", "1"]
    assert recommend("train", "ranking", *SITE, *small, "--companions", "--run", folder.path) == 0
    judged = of(folder, Judged)[0].figures
    assert list(judged) == [
        "this network",
        "uncured",
        "linear",
        "the truth itself",
        "each video's mean",
        "the mean for all",
    ]
    assert judged["this network"]["spearman.error"] > 0.0 and judged["the mean for all"]["spearman"] == 0.0
    for name in ("explained", "spearman", "predicted ÷ true"):
        assert judged["each video's mean"][f"{name}.apart"] > 0.0 and judged["linear"][f"{name}.apart"] > 0.0
    assert judged["uncured"]["predicted ÷ true"] > judged["this network"]["predicted ÷ true"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([*HALVES, "--companions"], 2, "give --run FOLDER"),
        (["--resume", "x", "--companions"], 2, "leave --companions away"),
        ([*WATCHES, "--companions", "--run", "{tmp}/a"], 1, "No part of this model can be trained by itself"),
        ([*HALVES, "--parts", "wide", "--companions", "--run", "{tmp}/b"], 1, "No part of this model"),
    ],
)
def test_what_is_wrong_is_one_sentence(
    arguments: list[str], code: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert recommend("train", *(one.format(tmp=tmp_path) for one in arguments)) == code
    assert said in capsys.readouterr().err


def test_companions_under_torchrun_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WORLD_SIZE", "2")
    assert recommend("train", *HALVES, "--companions", "--run", tmp_path / "run") == 2
    assert "leave --companions away under torchrun" in capsys.readouterr().err


def test_a_folder_for_companions_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    plan = RunPlan.model_validate(halves_plan(tmp_path))
    with pytest.raises(Exception, match="cannot be written"):
        companions_of(opened_as_planned(plan, "cpu"), tmp_path / "file", lambda event: None, "auc")


class Slow:
    """A task whose simpler models take so long that somebody stops the run between two of them."""

    judged_rows = 20

    def __init__(self, after: Callable[[], None]) -> None:
        self._after = after

    def figures(self, part: str) -> Mapping[str, float]:
        return {"auc": 0.5}

    def baselines(self, part: str) -> Iterator[tuple[str, Mapping[str, float]]]:
        yield "first", {"auc": 0.5}
        self._after()
        yield "second", {"auc": float("nan")}


def test_a_run_is_stopped_between_two_models(tmp_path: Path) -> None:
    stop, said = threading.Event(), list[Event]()
    company = TaskCompany(Slow(stop.set), RunFolder(tmp_path), said.append, stop)  # type: ignore[arg-type]
    assert company.keep_up(Cursor()) and not company.keep_up(Cursor(1)) and said == [Fitting("valid")]
    company.judge(Cursor(1))
    assert said.pop() == Fitting("valid") and not said
    stop.clear()
    company = TaskCompany(Slow(lambda: None), RunFolder(tmp_path), said.append, stop)  # type: ignore[arg-type]
    assert company.keep_up(Cursor(1)) and company.keep_up(Cursor(2))
    company.judge(Cursor(2))
    assert [event.kind for event in said] == ["fitting", "compared", "fitting", "judged"]
    assert isinstance(said[1], Compared) and said[1].figures["second"] == {"auc": None}
