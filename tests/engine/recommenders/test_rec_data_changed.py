"""A trained recommender is whole: it answers, and is judged, whatever becomes of the file that it was trained on."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from engine.cli.main import run
from engine.cli.outcome import number
from engine.data.sampling import Watch
from engine.problems import EngineError, filled_in
from engine.recommenders.data.data_choice import ItemTable, Mapped, RecommenderData, TableChoice
from engine.recommenders.data.logs.log import Log
from engine.recommenders.data.profile.shapes import TableProfile
from engine.recommenders.data.row_snapshot import (
    RowSnapshot,
    added_rows,
    frames_of_examples,
    frames_of_watches,
    packed,
    row_changes,
    unpacked,
    watches_of,
)
from engine.recommenders.data.sources import Watches, data_source
from engine.recommenders.data.tables.row_numbers import RowNumbers
from engine.recommenders.judging.next_watch import NO_ADDED_WATCHES
from engine.recommenders.running.checkpoints import load, read, restore, save
from engine.recommenders.running.plan import RunPlan, write_plan
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.run_state import state_of
from engine.recommenders.running.settings import Training
from engine.recommenders.tasks.candidates.spec import CandidateChoice
from engine.recommenders.tasks.candidates.task import HELD_OUT_KNOWN, CandidateTask
from engine.recommenders.tasks.data_change import are_judged_alike, profile_since
from engine.recommenders.tasks.opening import choice_in, kind_of, moved, reopened
from engine.recommenders.tasks.wide_deep.insight import answers
from engine.recommenders.tasks.wide_deep.task import WideDeepTask

Asked = Callable[..., dict[str, Any]]
HEAD = "user,film,when,title,stars"
TABLE_HEAD = "colour,x,age,bought"


@pytest.fixture
def asked(capsys: pytest.CaptureFixture[str]) -> Asked:
    """What a call prints as ``--json``; it must succeed."""

    def ask(*arguments: str) -> dict[str, Any]:
        capsys.readouterr()
        code = run(["recommend", *arguments, "--json"])
        told = capsys.readouterr()
        assert code == 0, told.err
        found: dict[str, Any] = json.loads(told.out)
        return found

    return ask


def watched(users: int = 60, films: int = 40) -> list[str]:
    """Lines of a log in which each user watches their way through the films."""
    draw = np.random.default_rng(3)
    lines = []
    for user in range(users):
        for at, film in enumerate(draw.permutation(films)[:12].tolist()):
            lines.append(f"u{user},f{film},{1_000_000 + 100 * user + 90_000 * at},Film {film},{film % 5 + 1}")
    return lines


def written(path: Path, lines: list[str], head: str = HEAD) -> Path:
    path.write_text("\n".join([head, *lines]) + "\n")
    return path


def examples(rows: int = 600, seed: int = 0) -> list[str]:
    draw = np.random.default_rng(seed)
    found = []
    for _ in range(rows):
        colour, number = ("red", "blue", "")[int(draw.integers(3))], draw.normal()
        yes = number + (colour == "red") + 0.5 * draw.normal() > 0.4
        found.append(f"{colour},{number:.3f},{int(draw.integers(90))},{'yes' if yes else 'no'}")
    return found


@pytest.fixture
def log(tmp_path: Path, asked: Asked) -> tuple[Path, str]:
    """A log and a checkpoint of candidate generation that has been trained on it."""
    path = written(tmp_path / "watches.csv", watched())
    columns = ["--user", "user", "--item", "film", "--time", "when", "--rating", "stars"]
    items = ["--items-file", str(path), "--item-id", "film", "--item-title", "title"]
    out = str(tmp_path / "films.safetensors")
    asked(
        "train", "candidates", "--data", str(path), *columns, *items, "--epochs", "1", "--device", "cpu", "--out", out
    )
    return path, out


@pytest.fixture
def table(tmp_path: Path, asked: Asked) -> tuple[Path, str]:
    """A table and a run of Wide & Deep that has been trained on it."""
    path = written(tmp_path / "shop.csv", examples(), "colour,x,age,bought")
    label = ["--label", "bought", "--equals", "yes"]
    folder = str(tmp_path / "run")
    asked("train", "wide-deep", "--data", str(path), *label, "--epochs", "2", "--device", "cpu", "--run", folder)
    return path, str(RunFolder(Path(folder)).checkpoint)


def trained_with_items(folder: Path) -> tuple[Path, Path, Path]:
    """A log, a table of its items beside it, and the checkpoint of a run on both."""
    path = written(folder / "ratings.csv", watched())
    items = written(folder / "items.csv", [f"f{film},Film {film}" for film in range(40)], "id,title")
    columns = ["--user", "user", "--item", "film", "--time", "when"]
    table = ["--items-file", str(items), "--item-id", "id", "--item-title", "title"]
    home = folder / "run"
    train = ["recommend", "train", "candidates", "--data", str(path), *columns, *table, "--epochs", "1"]
    assert run([*train, "--device", "cpu", "--run", str(home)]) == 0
    return path, items, RunFolder(home).checkpoint


def of_old(out: str) -> str:
    """The same checkpoint as earlier versions wrote it: without rows, without a fingerprint."""
    checkpoint = read(Path(out))
    task = reopened(checkpoint)
    cursor = restore(checkpoint, task.trainer)
    document = {name: value for name, value in task.document().items() if name != "fingerprint"}
    path = Path(out).with_name("of old.safetensors")
    save(path, task.trainer, cursor, document)
    assert read(path).rows() is None
    return str(path)


def recommended(asked: Asked, out: str) -> list[tuple[str, str, float]]:
    answer = asked("ask", out, "recommend", "user=u3", "shown=5")["answer"]
    return [(shown["item"]["item"], shown["item"]["title"], shown["score"]) for shown in answer["shown"]]


# Logs -----------------------------------------------------------------------------------------------------------------


def test_one_more_row_of_a_new_user_and_item_changes_no_answer(log: tuple[Path, str], asked: Asked) -> None:
    path, out = log
    before, shown = asked("query", out, "--user", "u3", "--shown", "5")["items"], recommended(asked, out)
    figures = asked("evaluate", out)["figures"]
    written(path, [*watched(), "nobody yet,a new film,2000000,New,5"])
    assert asked("query", out, "--user", "u3", "--shown", "5")["items"] == before
    assert recommended(asked, out) == shown
    found = asked("evaluate", out)
    assert found["figures"] == figures
    assert found["change"]["problem"]["sentence"] == (
        "One row was added to “watches.csv”; figures are for the rows it was trained and tested on."
    )


def test_only_as_many_watches_are_said_as_the_network_reads(
    tmp_path: Path, asked: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "watches.csv", watched())
    out = str(tmp_path / "short.safetensors")
    columns = ["--user", "user", "--item", "film", "--time", "when", "--longest", "5"]
    asked("train", "candidates", "--data", str(path), *columns, "--epochs", "1", "--device", "cpu", "--out", out)
    found = asked("query", out, "--user", "u3")
    assert (found["watches"], found["read"]) == (11, 5)
    assert run(["recommend", "query", out, "--user", "u3"]) == 0
    assert "From the last 5 of u3's 11 watches without the one that is held out" in capsys.readouterr().out


def test_titles_are_those_of_training(log: tuple[Path, str], asked: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = log
    path.write_text(path.read_text().replace("Film ", "Renamed "))
    assert run(["recommend", "query", out, "--user", "u3"]) == 0
    told = capsys.readouterr().out
    assert "Film " in told and "Renamed" not in told
    change = asked("evaluate", out)["change"]
    assert change["added"] == change["gone"] == 0 and "Only titles have changed" in change["problem"]["sentence"]


def test_a_log_that_is_gone_is_still_served(log: tuple[Path, str], asked: Asked) -> None:
    path, out = log
    before = recommended(asked, out)
    history = asked("ask", out, "user", "user=u7")["answer"]
    path.rename(path.with_name("elsewhere.csv"))
    assert len(before) == 5 and recommended(asked, out) == before
    assert asked("ask", out, "user", "user=u7")["answer"] == history
    assert "isn't there any more" in asked("evaluate", out)["change"]["problem"]["sentence"]
    assert asked("evaluate", out, "--data", str(path.with_name("elsewhere.csv")))["change"] is None


def test_added_watches_can_be_judged_on(
    log: tuple[Path, str], asked: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = log
    assert run(["recommend", "evaluate", out, "--rows", "new"]) == 1
    assert "“watches.csv” has no rows other than those the network was trained" in capsys.readouterr().err
    unseen = [f"u{user},f{user % 40},9000000,Film {user % 40},5" for user in range(20)]
    written(path, [*watched(), *unseen, "u30,unknown,9000000,Unknown,4"])
    found = asked("evaluate", out, "--rows", "new")
    assert found["judged_rows"] == 20 and {"this network", "popular"} <= found["figures"].keys()
    assert asked("evaluate", out)["change"]["added"] == 21
    written(path, [*watched(), unseen[0]])
    assert run(["recommend", "evaluate", out, "--rows", "new"]) == 0
    assert "Judged on the one row added since its training." in capsys.readouterr().out


def test_a_table_of_items_that_is_gone_is_named_and_found(
    tmp_path: Path, asked: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    path, items, checkpoint = trained_with_items(tmp_path)
    out = str(checkpoint)
    moved_items = items.rename(tmp_path / "there.csv")
    change = asked("evaluate", out)["change"]
    assert change["problem"]["sentence"].startswith("“items.csv” isn't there any more")
    assert asked("evaluate", out, "--data", str(moved_items))["change"] is None
    elsewhere = path.rename(tmp_path / "gone.csv")
    both = asked("evaluate", out)["change"]["problem"]["sentence"]
    assert both.startswith("“ratings.csv”, “items.csv” aren't there any more")
    assert asked("evaluate", out, "--data", str(elsewhere), "--data", str(moved_items))["change"] is None
    moved_items.rename(items)
    elsewhere.rename(path)
    old = of_old(out)
    moved_items, elsewhere = items.rename(moved_items), path.rename(elsewhere)
    assert run(["recommend", "query", old, "--user", "u3", "--data", str(elsewhere)]) == 1
    assert "The training data “items.csv” can't be found." in capsys.readouterr().err
    asked("query", old, "--user", "u3", "--data", str(elsewhere), "--data", str(moved_items))


def test_files_that_went_together_are_found_by_one(tmp_path: Path, asked: Asked) -> None:
    path, items, checkpoint = trained_with_items(tmp_path)
    (tmp_path / "there").mkdir()
    for file in (path, items):
        file.rename(tmp_path / "there" / file.name)
    assert asked("evaluate", str(checkpoint), "--data", str(tmp_path / "there" / path.name))["change"] is None


def test_the_table_of_items_is_named_where_it_has_changed(tmp_path: Path, asked: Asked) -> None:
    path, items, checkpoint = trained_with_items(tmp_path)
    items.write_text(items.read_text().replace("Film ", "Renamed "))
    sentence = asked("evaluate", str(checkpoint))["change"]["problem"]["sentence"]
    assert sentence.startswith("Only titles have changed in “items.csv”")
    items.write_text("number,title\nf1,Film 1\n")
    sentence = asked("evaluate", str(checkpoint))["change"]["problem"]["sentence"]
    assert "“items.csv” can't be read as it was" in sentence
    written(path, [*watched(), "u3,f3,9000000,Film 3,5"])
    items.write_text("id,title\nf1,Renamed\n")
    change = asked("evaluate", str(checkpoint))["change"]
    assert change["problem"]["sentence"].startswith("One row was added to “ratings.csv”")
    assert change["further"][0]["sentence"].startswith("Titles in “items.csv” have changed, too.")


# Tables ---------------------------------------------------------------------------------------------------------------


def test_added_rows_change_no_figure_and_are_said(
    table: tuple[Path, str], asked: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = table
    figures = asked("evaluate", out)
    assert figures["change"] is None and figures["judged_rows"] == 60
    written(path, [*examples(), *examples(3000, seed=5)], "colour,x,age,bought")
    found = asked("evaluate", out)
    assert found["figures"] == figures["figures"]
    assert run(["recommend", "evaluate", out]) == 0
    assert "3,000 rows were added to “shop.csv”; figures are for the rows it was trained and tested on." in (
        capsys.readouterr().out
    )
    fresh = asked("evaluate", out, "--rows", "new")
    assert fresh["judged_rows"] == 3000 and fresh["figures"]["this network"]["auc"] > 0.7
    assert fresh["figures"] != figures["figures"]


def test_rows_that_only_changed_places_are_said(table: tuple[Path, str], log: tuple[Path, str], asked: Asked) -> None:
    """A log is read in the order of its times, so nothing tells what its file's order was; a table says the same."""
    for (path, out), lines, head in ((table, examples(), TABLE_HEAD), (log, watched(), HEAD)):
        sentence = f"“{path.name}” has changed, but only in order, formatting, or rows and columns that aren't read."
        figures = asked("evaluate", out)["figures"]
        written(path, lines[::-1], head)
        found = asked("evaluate", out)
        assert found["figures"] == figures and found["change"]["added"] == found["change"]["changed"] == 0
        assert found["change"]["problem"]["sentence"].startswith(sentence)
    written(table[0], [f"{line},more" for line in examples()], f"{TABLE_HEAD},unread")
    assert "columns that aren't read" in asked("evaluate", table[1])["change"]["problem"]["sentence"]


def test_rows_that_cannot_be_read_are_said_to_be_what_changed(log: tuple[Path, str], asked: Asked) -> None:
    path, out = log
    written(path, [*watched(), "u9,f9,gestern,Film 9,5"], HEAD)
    change = asked("evaluate", out)["change"]
    assert change["problem"]["sentence"].startswith("“watches.csv” has changed, but only in order, formatting, or rows")


def test_one_row_has_no_error_and_no_footnote_of_an_auc(
    log: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = log
    written(path, [*watched(), "u1,f0,9999999,Film 0,1"], HEAD)
    assert run(["recommend", "evaluate", out, "--rows", "new"]) == 0
    told = capsys.readouterr().out
    assert "No ±: a standard error needs rows whose figures differ." in told and "AUC" not in told


def test_copies_of_known_rows_are_said_where_new_ones_are_judged(
    table: tuple[Path, str], log: tuple[Path, str], asked: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = table
    written(path, [*examples(), *examples()[:12], *examples(28, seed=5)], TABLE_HEAD)
    found = asked("evaluate", out, "--rows", "new")
    assert found["judged_rows"] == 40
    (said,) = [notice["sentence"] for notice in found["notices"] if notice["code"].endswith("copies-among-new")]
    assert said.startswith("12 of the 40 added rows equal rows known from training. They count as new cases;")
    assert run(["recommend", "evaluate", out, "--rows", "new"]) == 0
    assert said in capsys.readouterr().out
    written(path, [*examples(), *examples(28, seed=5)], TABLE_HEAD)
    notices = asked("evaluate", out, "--rows", "new")["notices"]
    assert not [notice for notice in notices if notice["code"].endswith("copies-among-new")]
    path, out = log
    written(path, [*watched(), watched()[11]])
    assert run(["recommend", "evaluate", out, "--rows", "new"]) == 1, "a watch that is repeated is read once"
    assert "has no rows other than those" in capsys.readouterr().err


def test_every_answer_says_that_the_file_has_changed(
    table: tuple[Path, str], asked: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = table
    questions = (["query", out, "--rows", "2"], ["query", out, "--rows", "2", "--trace"], ["ask", out, "row", "row=2"])
    assert [asked(*question)["change"] for question in questions] == [None] * 3
    written(path, [*examples(), *examples(40, seed=5)], "colour,x,age,bought")
    change = asked("evaluate", out)["change"]
    assert [asked(*question)["change"] for question in questions] == [change] * 3
    for question in questions:
        assert run(["recommend", *question]) == 0
        assert "40 rows were added to “shop.csv”" in capsys.readouterr().out
    other = written(path.with_name("other.csv"), examples(50, seed=9), "tint,weight,sum,sold")
    assert run(["recommend", "query", out, "--rows", "2", "--data", str(other)]) == 0
    said = capsys.readouterr().out
    assert "“other.csv” can't be read as it was; figures are for the rows" in said and "no column “bought”" in said


def test_rows_and_users_that_came_later_are_not_denied(
    table: tuple[Path, str], log: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    written(table[0], [*examples(), *examples(40, seed=5)], "colour,x,age,bought")
    written(log[0], [*watched(), "newbie,f1,2000000,Film 1,5"])
    capsys.readouterr()
    for question in (["query", table[1], "--rows", "610"], ["ask", table[1], "row", "row=610"]):
        assert run(["recommend", *question]) == 1
        said = capsys.readouterr().err
        assert "Row 610 of “shop.csv”, counting any header, wasn't read" in said
        assert "Evaluate newer rows by themselves" in said and "--" not in said, "the window says it too"
    for question in (["query", log[1], "--user", "newbie"], ["ask", log[1], "user", "user=newbie"]):
        assert run(["recommend", *question]) == 1
        assert "User “newbie” wasn't in the log when this was trained" in capsys.readouterr().err


def test_changed_rows_are_not_called_new(
    table: tuple[Path, str], asked: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = table
    changed = [line.replace("red", "crimson") for line in examples()]
    several = sum("crimson" in line for line in changed)
    written(path, changed, "colour,x,age,bought")
    assert run(["recommend", "evaluate", out, "--rows", "new"]) == 0
    told = capsys.readouterr().out
    assert "added since" not in told and "can't be taken as one on unseen rows" in told
    change = asked("evaluate", out, "--rows", "new")["change"]
    assert (change["changed"], change["added"], change["gone"]) == (several, 0, 0)
    written(path, [*examples()[:-1], *examples(40, seed=5)], "colour,x,age,bought")
    assert run(["recommend", "evaluate", out, "--rows", "new"]) == 0
    told = capsys.readouterr().out
    assert "(changed: 0, added: 40, gone: 1)" in told and "isn't surely one on unseen rows" in told
    assert asked("evaluate", out, "--rows", "new")["judged_rows"] == 40
    for lines, offer in (
        ([*examples()[:-1], *examples(1, seed=5)], "the rows that were added or changed."),
        (None, "the added rows."),
    ):
        written(path, lines or [*examples(), *examples(40, seed=5)], "colour,x,age,bought")
        for question in (["evaluate", out], ["query", out, "--rows", "2"]):
            assert run(["recommend", *question]) == 0
            assert f"“evaluate --rows new” judges it on {offer}" in capsys.readouterr().out


def test_a_figure_that_one_row_cannot_have_is_left_out_with_the_reason(
    table: tuple[Path, str], asked: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = table
    written(path, [*examples(), "red,0.123,44,yes"], "colour,x,age,bought")
    assert asked("evaluate", out, "--rows", "new")["figures"]["this network"]["auc"] is None
    assert run(["recommend", "evaluate", out, "--rows", "new"]) == 0
    told = capsys.readouterr().out
    assert "nan" not in told and "Judged on the one row added since its training." in told
    assert "the AUC needs rows of both outcomes" in told


def test_added_rows_are_found_wherever_they_stand(table: tuple[Path, str], asked: Asked) -> None:
    path, out = table
    added = examples(200, seed=8)
    written(path, [*added, *reversed(examples())], "colour,x,age,bought")
    fresh = asked("evaluate", out, "--rows", "new")
    assert fresh["judged_rows"] == 200
    checkpoint = read(Path(out))
    task = reopened(checkpoint)
    load(checkpoint, task.network)
    assert isinstance(task, WideDeepTask)
    alone = data_source("file").examples(
        choice_in(checkpoint, [written(path.with_name("added.csv"), added, "colour,x,age,bought")])
    )
    said = answers(task.network, task.model.prepare(task.network, alone.table)).probability
    expected = roc_auc_score(alone.goal.labels(alone.table), said)
    assert fresh["figures"]["this network"]["auc"] == pytest.approx(expected, abs=1e-9)


def test_halves_are_judged_on_the_added_rows_too(tmp_path: Path, asked: Asked) -> None:
    head, home = "colour,x,age,bought", tmp_path / "run"
    path, added = written(tmp_path / "shop.csv", examples(), head), examples(200, seed=8)
    train = ["train", "wide-deep", "--data", str(path), "--label", "bought", "--equals", "yes", "--device", "cpu"]
    asked(*train, "--epochs", "1", "--companions", "--run", str(home))
    written(path, [*examples(), *added], head)
    fresh = asked("evaluate", str(home), "--rows", "new")["figures"]
    for name in ("wide", "deep"):
        half = read(RunFolder(home).companions / f"{name}.safetensors")
        task = reopened(half)
        load(half, task.network)
        assert isinstance(task, WideDeepTask)
        alone = data_source("file").examples(choice_in(half, [written(tmp_path / "added.csv", added, head)]))
        said = answers(task.network, task.model.prepare(task.network, alone.table)).probability
        expected = roc_auc_score(alone.goal.labels(alone.table), said)
        assert fresh[name]["auc"] == pytest.approx(expected, abs=1e-9)


def test_a_run_goes_on_with_the_rows_that_it_began_with(
    table: tuple[Path, str], asked: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = table
    folder = Path(out).parent
    before = asked("evaluate", out)["judged_rows"]
    written(path, [*examples(), *examples(7, seed=5)], "colour,x,age,bought")
    assert run(["recommend", "train", "--resume", str(folder), "--epochs", "3"]) == 0
    assert "7 rows were added" in capsys.readouterr().err
    assert "7 rows were added" in (folder / "events.jsonl").read_text()
    assert asked("evaluate", out)["judged_rows"] == before
    path.unlink()
    assert run(["recommend", "train", "--resume", str(folder), "--epochs", "4"]) == 0
    assert "isn't there any more" in capsys.readouterr().err


def test_rows_that_are_gone_and_files_that_cannot_be_read_are_said(table: tuple[Path, str], asked: Asked) -> None:
    path, out = table
    figures = asked("evaluate", out)["figures"]
    lines = examples()
    written(path, [*lines[10:], *examples(2, seed=9)], "colour,x,age,bought")
    found = asked("evaluate", out)
    assert found["figures"] == figures and (found["change"]["added"], found["change"]["gone"]) == (2, 10)
    written(path, lines, "colour,y,age,bought")  # a column by another name
    found = asked("evaluate", out)
    assert found["figures"] == figures and "can't be read as it was" in found["change"]["problem"]["sentence"]
    assert "“x”" in found["change"]["problem"]["sentence"]
    path.write_bytes(b"\x00\x01\x02")
    assert "can't be read as it was" in asked("evaluate", out)["change"]["problem"]["sentence"]


def test_columns_that_lack_are_said_in_one_sentence_everywhere(
    table: tuple[Path, str], log: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Training named the first one alone, a checkpoint none that is there, and neither what mends it."""
    (rows, trained), (path, checkpoint) = table, log
    written(rows, examples(), "colour,y,years,bought")
    written(path, watched(), HEAD.replace("user", "customer").replace("film", "movie"))
    fields = ["--label", "bought", "--equals", "yes", "--numbers", "x,age", "--categories", "colour"]
    columns = ["--user", "user", "--item", "film", "--time", "when"]
    for place, model, out, named, told in (
        (rows, "wide-deep", trained, fields, " no columns “x”, “age”; it has “colour”, “y”, “years”, “bought”. "),
        (path, "candidates", checkpoint, columns, " no columns “user”, “film”; it has “customer”, “movie”, “when”, "),
    ):
        query = ["--rows", "2"] if model == "wide-deep" else ["--user", "u3"]
        for call in (
            ["train", model, "--data", str(place), *named, "--out", f"{out}.new"],
            ["query", out, *query],
            ["evaluate", out],
            ["evaluate", out, "--rows", "new"],
        ):
            run(["recommend", *call])
            said = "".join(capsys.readouterr())
            assert told in said and "Make the names match, or choose another file." in said, call


def test_what_the_plan_says_by_now_is_where_the_file_is(table: tuple[Path, str], asked: Asked) -> None:
    path, out = table
    folder = RunFolder(Path(out).parent)
    path.rename(path.with_name("found.csv"))
    plan = folder.read_plan()
    write_plan(folder.plan, plan.model_copy(update={"data": moved(plan.data, path.with_name("found.csv"))}))
    assert run(["recommend", "train", "--resume", str(folder.path), "--epochs", "3"]) == 0
    assert choice_in(read(Path(out))).path == path.with_name("found.csv")
    assert asked("evaluate", out)["change"] is None


def test_runs_are_compared_by_what_they_learned_from_and_not_by_what_was_asked_for(
    table: tuple[Path, str], log: tuple[Path, str], asked: Asked, tmp_path: Path
) -> None:
    path, out = table
    copy = written(tmp_path / "copy.csv", examples(), TABLE_HEAD)
    reversed_rows = written(tmp_path / "reversed.csv", examples()[::-1], TABLE_HEAD)
    label, train = ["--label", "bought", "--equals", "yes"], ["--epochs", "1", "--device", "cpu", "--out"]

    def is_alike(checkpoint: str, to: str, *arguments: str) -> bool | None:
        other = str(tmp_path / "other.safetensors")
        Path(other).unlink(missing_ok=True)
        asked("train", *arguments, *train, other)
        ours = read(Path(checkpoint))
        return are_judged_alike(kind_of(ours), ours, read(Path(to or other)))

    named = ["--numbers", "age,x", "--categories", "colour"]
    wide_deep = ["wide-deep", "--data"]
    assert is_alike(out, "", *wide_deep, str(path), *label, *named)
    assert is_alike(out, "", *wide_deep, str(copy), *label)
    assert is_alike(out, "", *wide_deep, str(copy), *label, "--hidden", "4", *named)
    assert is_alike(out, "", *wide_deep, str(path), *label, "--numbers", "x", "--categories", "colour")
    assert is_alike(out, "", *wide_deep, str(path), *label, "--categories", "colour,x,age")
    assert is_alike(out, "", *wide_deep, str(path), *label, "--data-seed", "1") is False
    assert is_alike(out, "", *wide_deep, str(path), "--label", "bought", "--equals", "no") is False
    assert is_alike(out, "", *wide_deep, str(reversed_rows), *label) is False
    path, out = log
    columns = ["--user", "user", "--item", "film", "--time", "when"]
    candidates = ["candidates", "--data", str(path), *columns]
    assert is_alike(out, "", *candidates), "neither titles nor ratings are learned from"
    assert is_alike(out, "", *candidates, "--held-out", "random") is False
    assert is_alike(out, "", *candidates, "--rating", "stars", "--least-rating", "3") is False
    assert is_alike(out, of_old(out), *candidates) is None


def test_numbers_read_as_texts_are_the_rows_that_they_were() -> None:
    """“1.50” is what 1.5 was, whichever way a column is read; another spelling that isn't that number is a change."""
    cases: list[tuple[list[Any], list[str]]] = [
        ([1.5, 2.0, None], ["1.50", "2", None]),  # type: ignore[list-item]
        ([1, 7, 2**60 + 1], ["1", "007", str(2**60 + 1)]),
        ([True, False, True], ["True", "FALSE", "true"]),
    ]
    for typed, texts in cases:
        one, other = pl.DataFrame({"x": typed}), pl.DataFrame({"x": texts})
        assert len(added_rows(one, other)) == len(added_rows(other, one)) == 0, typed
    assert len(added_rows(pl.DataFrame({"x": [1.5, 2.0]}), pl.DataFrame({"x": ["1.5", "two"]}))) == 1
    assert len(added_rows(pl.DataFrame({"x": [2**60]}), pl.DataFrame({"x": [str(2**60 + 1)]}))) == 1


def test_companions_carry_the_very_snapshot_of_the_whole(table: tuple[Path, str]) -> None:
    task = reopened(read(Path(table[1])))
    halves = task.companions()
    assert halves.keys() == {"wide", "deep"} and task.snapshot is not None
    assert all(half.snapshot is task.snapshot for half in halves.values())


# Checkpoints of old -----------------------------------------------------------------------------------------------


def test_checkpoints_of_old_still_open(
    log: tuple[Path, str], table: tuple[Path, str], asked: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    (path, out), (rows, other) = log, table
    old, older = of_old(out), of_old(other)
    assert asked("evaluate", old)["figures"] == asked("evaluate", out)["figures"]
    assert asked("evaluate", older)["figures"] == asked("evaluate", other)["figures"]
    written(path, [*watched(), "nobody yet,a new film,2000000,New,5"])
    written(rows, [*examples(), *examples(300, seed=5)], "colour,x,age,bought")
    before = asked("query", out, "--user", "u3", "--shown", "5")["items"]
    assert asked("query", old, "--user", "u3", "--shown", "5")["items"] == before
    for checkpoint in (old, older):
        assert run(["recommend", "evaluate", checkpoint]) == 0
        told = capsys.readouterr().out
        assert "has changed since training" in told and told.count("doesn't carry its rows") == 1
        assert run(["recommend", "evaluate", checkpoint, "--rows", "new"]) == 1
        assert "new ones can't be told apart" in capsys.readouterr().err
    path.rename(path.with_name("moved.csv"))
    assert run(["recommend", "query", old, "--user", "u3"]) == 1
    assert "“watches.csv” can't be found. Put it back, or find the file elsewhere.\n--data FILE" in (
        capsys.readouterr().err
    )
    found = asked("query", old, "--user", "u3", "--shown", "5", "--data", str(path.with_name("moved.csv")))
    assert found["items"] == before


def test_rows_too_many_to_be_carried_need_their_very_file(
    log: tuple[Path, str], asked: Asked, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, out = log
    monkeypatch.setattr("engine.recommenders.data.row_snapshot.MOST_BYTES", 100)
    large = str(Path(out).with_name("large.safetensors"))
    assert run(["recommend", "train", "--resume", out, "--epochs", "2", "--out", large]) == 0
    assert read(Path(large)).rows() is None
    asked("query", large, "--user", "u3")
    path.write_text(path.read_text().replace("Film 1,", "Film one,"))
    capsys.readouterr()
    assert run(["recommend", "query", large, "--user", "u3"]) == 1
    assert "Find that file" in capsys.readouterr().err


def test_a_fault_at_opening_is_told_to_the_window_too(
    log: tuple[Path, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("tensor a (300) must match tensor b (301)")

    monkeypatch.setattr("engine.cli.recommend.answer.askable", fail)
    capsys.readouterr()
    with pytest.raises(RuntimeError):
        run(["recommend", "answer", log[1]])
    told = json.loads(capsys.readouterr().out)["problem"]
    assert told["code"] == "recommend.answers-not-opened" and "tensor a (300)" in told["sentence"]


# The snapshot -----------------------------------------------------------------------------------------------------


def test_a_fingerprint_is_of_the_files_themselves(table: tuple[Path, str]) -> None:
    path, out = table
    content = path.read_bytes()
    assert read(Path(out)).model["fingerprint"] == {
        "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest(), "rows": 600,
    }  # fmt: skip


def test_every_sort_of_column_comes_back_as_it_was() -> None:
    frame = pl.DataFrame(
        {
            "text": ["a", None, "", "ü\n|\u0000", "a"],
            "whole": [2**62, None, -(2**62), 0, 1],
            "near": [1_500_000_000, 1_500_000_001, None, 1_500_000_009, 1_500_070_000],
            "number": [0.1, None, float("nan"), float("inf"), -1e300],
            "truth": [True, None, False, True, True],
            "^.*$": [1, 1, 1, 1, 1],
            "none": pl.Series([None] * 5, dtype=pl.Int64),
        }
    )
    snapshot = packed({"rows": frame, "empty": pl.DataFrame()})
    assert snapshot is not None
    found = unpacked(RowSnapshot(json.loads(json.dumps(snapshot.layout)), snapshot.arrays))
    assert found["rows"].equals(frame, null_equal=True) and found["rows"].schema == frame.schema
    assert found["empty"].is_empty()


def test_a_log_comes_back_as_it_was() -> None:
    log = Log(
        np.array([0, 0, 2]), np.array([1, 0, 1]), np.array([5, 9, 1_700_000_000]), ["a", "b", "c"], ["x", "y"],
        {"rating": np.array([4.5, np.nan, 2.0])}, {"country": ["DE", "", "CN"]},
        {"title": ["X", "Y"], "year": np.array([1999.0, np.nan])},
    )  # fmt: skip
    snapshot = packed(frames_of_watches(Watches(log)))
    assert snapshot is not None
    found = watches_of(unpacked(snapshot)).log
    for name in ("users", "items", "times"):
        np.testing.assert_array_equal(getattr(found, name), getattr(log, name))
    assert (found.user_names, found.item_names) == (log.user_names, log.item_names)
    np.testing.assert_array_equal(found.extras["rating"], log.extras["rating"])
    assert found.user_features == log.user_features and found.item_features["title"] == ["X", "Y"]
    np.testing.assert_array_equal(found.item_features["year"], log.item_features["year"])


@pytest.mark.parametrize(
    "spoil",
    [
        lambda arrays: arrays | {"rows/0/codes": arrays["rows/0/codes"] + 1},
        lambda arrays: arrays | {"rows/1/codes": arrays["rows/1/codes"][:-1]},
        lambda arrays: arrays | {"rows/0/values": np.frombuffer(b"{]", np.uint8)},
        lambda arrays: arrays | {"rows/0/codes": arrays["rows/0/codes"].astype(np.int64)},
        lambda arrays: {name: array for name, array in arrays.items() if name != "rows/0/values"},
    ],
)
def test_damaged_rows_are_told(spoil: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    snapshot = packed({"rows": pl.DataFrame({"text": ["a", "b", "a"], "age": [1, 2, 3]})})
    assert snapshot is not None
    with pytest.raises((ValueError, KeyError)):
        unpacked(RowSnapshot(snapshot.layout, spoil(dict(snapshot.arrays))))


def test_a_log_with_impossible_rows_is_told() -> None:
    log = Log(np.array([0]), np.array([0]), np.array([5]), ["a"], ["x"])
    frames = dict(frames_of_watches(Watches(log)))
    frames["rows"] = frames["rows"].with_columns(item=pl.lit(3, pl.Int64))
    with pytest.raises(EngineError, match="items are others"):
        watches_of(frames)


def test_rows_are_told_by_what_they_say_and_how_often() -> None:
    before = pl.DataFrame({"a": [1, 1, None], "b": ["x", "x", None]})
    now = pl.DataFrame({"b": [None, "x", "x", "x", None], "a": [None, 1.0, 1.0, 1.0, None], "c": [1, 2, 3, 4, 5]})
    assert added_rows(before, now).tolist() == [3, 4]
    assert added_rows(before, now, gone=True).tolist() == []
    assert added_rows(pl.DataFrame({"a": ["1", "2"]}), pl.DataFrame({"a": [1, 3]})).tolist() == [1]


def test_a_column_that_is_not_read_is_not_carried(tmp_path: Path) -> None:
    path = written(tmp_path / "shop.csv", examples(), "colour,x,age,bought")
    choice = TableChoice(label="bought", equals="yes", categories=("colour",))
    labelled = data_source("file").examples(RecommenderData(source="file", path=path, table=choice))
    assert frames_of_examples(labelled)["rows"].columns == ["colour", "bought"]


@pytest.mark.parametrize("table", [None, TableChoice(label="bought", equals="yes")])
def test_what_is_added_while_the_rows_are_read_is_a_change(table: TableChoice | None, tmp_path: Path) -> None:
    if table is None:
        path, more = written(tmp_path / "ratings.csv", watched()), "u3,f3,9000000,Film 3,5"
    else:
        path, more = written(tmp_path / "shop.csv", examples(), "colour,x,age,bought"), "red,0.1,5,yes"
    mapping = None if table is not None else Mapped(user="user", item="film", time="when")
    data = RecommenderData(source="file", path=path, table=table, mapping=mapping)
    source, told = data_source("file"), []

    def append(share: float) -> None:
        if not told:
            with path.open("a") as file:
                file.write(more + "\n")
        told.append(share)

    found = source.watches(data, append) if table is None else source.examples(data, append)
    assert told and found.fingerprint is not None and not found.fingerprint.fits(data)


def test_large_whole_numbers_are_told_apart() -> None:
    before = pl.DataFrame({"id": [2**53, 5]})
    now = pl.DataFrame({"id": pl.Series([2**53 + 1, 5], dtype=pl.Int64)})
    assert added_rows(before, now).tolist() == [0] and added_rows(before, now, gone=True).tolist() == [0]


def columns_read(profile: dict[str, Any]) -> set[str]:
    return {column["name"] for column in profile["columns"]}


def test_the_data_of_a_training_are_looked_at_whatever_becomes_of_the_file(
    log: tuple[Path, str], table: tuple[Path, str], asked: Asked
) -> None:
    path, checkpoint = log
    before = asked("data", "--profile", "--rows-of", checkpoint)
    assert (before["events"], before["users"], before["held_out"]) == (720, 60, 60)
    written(path, [*watched(), *(f"new{user},f{film},{9_000_000 + film},Film {film},3" for user in range(9)
                                 for film in range(4))])  # fmt: skip
    for _ in ("changed", "gone"):
        now = asked("data", "--profile", "--rows-of", checkpoint)
        assert now["warnings"][0]["code"] == asked("evaluate", checkpoint)["change"]["problem"]["code"]
        assert now["title"] == "watches.csv as it was in training"
        assert {**now, "title": "", "warnings": [], "head": {}, "missing": {}, "catalogue": 0} == {
            **before, "title": "", "warnings": [], "head": {}, "missing": {}, "catalogue": 0
        }  # fmt: skip
        path.unlink(missing_ok=True)
    path, checkpoint = table
    before = asked("data", "--profile", "--rows-of", checkpoint)
    flipped = [line.replace(",yes", ",YES").replace(",no", ",yes").replace(",YES", ",no") for line in examples()]
    written(path, flipped, TABLE_HEAD)
    now = asked("data", "--profile", "--rows-of", checkpoint)
    assert now["label"] == before["label"] and now["parts"] == before["parts"] and now["rows"] == before["rows"]
    assert {"colour", "x", "bought"} <= columns_read(now) <= columns_read(before)
    as_file = asked("data", "--profile", str(path), "--label", "bought", "--equals", "yes")
    assert as_file["label"]["positive"] == before["rows"] - before["label"]["positive"]


def test_a_named_file_is_looked_at_with_the_columns_of_the_training(
    log: tuple[Path, str], table: tuple[Path, str], asked: Asked, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A file that could be read was called unreadable, as no flag named its columns again."""

    def looked(path: Path, checkpoint: str, *flags: str) -> str:
        found = asked("data", str(path), "--profile", "--rows-of", checkpoint, *flags)["warnings"]
        told = asked("evaluate", checkpoint, "--data", str(path))["change"]
        assert told is None or found[0]["code"] == told["problem"]["code"]
        return str(filled_in(found[0]["template"], found[0]["parameters"])) if told else ""

    (path, checkpoint), (rows, trained) = log, table
    assert looked(path, checkpoint) == looked(rows, trained) == looked(rows, trained, "--equals", "yes") == ""
    written(path, [*watched(), "u3,f3,9000000,Film 3,5"])
    written(rows, [*examples(), "red,0.5,30,yes"], TABLE_HEAD)
    for place, out in (log, table):
        assert looked(place, out).startswith(f"One row was added to “{place.name}”;")
    moved_rows = rows.rename(tmp_path / "there.csv")
    assert looked(moved_rows, trained).startswith("One row was added to “there.csv”;")
    capsys.readouterr()
    assert run(["recommend", "data", str(moved_rows), "--profile", "--rows-of", trained]) == 0
    assert capsys.readouterr().out.startswith("there.csv as it was in training: 600 rows, ")
    written(path, watched(), HEAD.replace("user", "customer"))
    assert "can't be read as it was" in looked(path, checkpoint)


def test_a_checkpoint_that_carries_no_rows_says_that_the_file_is_shown(table: tuple[Path, str], asked: Asked) -> None:
    path, checkpoint = table
    old = of_old(checkpoint)
    written(path, examples(700), TABLE_HEAD)
    now = asked("data", "--profile", "--rows-of", old)
    assert now["rows"] == 700 and now["warnings"][0]["code"] == "recommender.other-than-trained"


@pytest.mark.parametrize("which", ["log", "table"])
def test_a_draft_goes_by_the_rows_of_the_training_where_the_file_is_gone_or_has_changed(
    which: str, request: pytest.FixtureRequest, asked: Asked, tmp_path: Path
) -> None:
    path, checkpoint = request.getfixturevalue(which)
    data = choice_in(read(Path(checkpoint)))
    model = "candidates" if which == "log" else "wide-deep"
    plan = tmp_path / "next.json"
    write_plan(plan, RunPlan(name="next", model=model, data=data, spec={}, training=Training()))
    before = asked("ask", str(plan), "about", "--draft")
    assert before["answer"]["notice"] is None
    assert asked("ask", str(plan), "about", "--draft", "--rows-of", checkpoint) == before
    lines, head = (watched(), HEAD) if which == "log" else (examples(), TABLE_HEAD)
    more = ["new,f1,9000000,Film 1,3", "new,other,9000001,Other,3"] if which == "log" else ["green,0.5,30,yes"] * 40
    for spoil in (
        lambda: written(path, [*lines, *more], head),
        lambda: written(path, ["a,b"], "name,colour"),
        path.unlink,
    ):
        spoil()
        now = asked("ask", str(plan), "about", "--draft", "--rows-of", checkpoint)
        assert now["answer"].pop("notice")["code"] == "recommender.draft-of-training"
        assert now == {**before, "answer": {key: said for key, said in before["answer"].items() if key != "notice"}}
    written(path, [*lines, *more], head)
    of_file = asked("ask", str(plan), "about", "--draft")["answer"]
    assert of_file["notice"] is None and of_file["rows"]["rows"] == before["answer"]["rows"]["rows"] + len(more)
    said = asked("ask", str(plan), "about", "--draft", "--rows-of", of_old(checkpoint))["answer"]
    assert said["rows"] == of_file["rows"] and said["notice"]["code"] == "recommender.draft-of-file"


def test_how_added_rows_are_read_is_said(
    table: tuple[Path, str], log: tuple[Path, str], asked: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rows without an outcome were dropped, and texts among numbers left out, without a word."""
    path, checkpoint = table
    added = ["red,0.5,30,", "blue,0.1,20,maybe", "red,1,abc,yes", *examples(3, seed=5)]
    written(path, [*examples(), *added], TABLE_HEAD)
    dropped = "Rows without a value for “bought” were dropped: 1."
    missing = "Values of “age” that aren't numbers (such as “abc”) count as missing: 1."
    other = "One added row's “bought” is a text that training didn't have (“maybe”); it counts as a no."
    capsys.readouterr()
    assert run(["recommend", "evaluate", checkpoint]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("5 rows were added to “shop.csv”")
    assert {dropped, missing} <= set(told[told.index("As it is now:") + 1 :])
    assert run(["recommend", "evaluate", checkpoint, "--rows", "new"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "Judged on 5 rows added since its training." and other in told
    assert told[-3:] == ["In the whole file:", missing, dropped], "they aren't of the added rows alone"
    written(log[0], [*watched(), "u3,f3,9000000,Film 3,5", ",f4,9000000,Film 4,5"])
    said = [notice["code"] for notice in asked("evaluate", log[1])["change"]["notices"]]
    new = asked("evaluate", log[1], "--rows", "new")
    assert [notice["code"] for notice in new["file_notices"]] == said
    assert said[0].startswith("recommender.notice-") and len(new["notices"]) == 2


# What the figures leave out -------------------------------------------------------------------------------------------


def test_which_added_watches_are_judged_on_is_said(log: tuple[Path, str], asked: Asked) -> None:
    path, checkpoint = log
    fresh = [f"n{user},f{film},{9_000_000 + film},Film {film},3" for user in range(4) for film in range(3)]
    fresh += [f"u{user},new,{9_900_000},New one,3" for user in range(5)]
    fresh += ["lone,f1,9000000,Film 1,3"]
    written(path, [*watched(), *fresh])
    told = asked("evaluate", checkpoint, "--rows", "new")
    notes = {note["code"]: note["parameters"] for note in told["notices"]}
    assert told["judged_rows"] == 4
    assert notes["recommender.added-watches-judged"] == {"added": "18", "judged": "4", "unknown": "5", "left": "6"}
    assert notes["recommender.added-watches-learned"] == {"count": "9"}
    written(path, [*watched(), "u3,f3,9000000,Film 3,5", "u4,new,9900000,New one,3"])
    told = asked("evaluate", checkpoint, "--rows", "new")
    assert told["judged_rows"] == 1
    assert [note["code"] for note in told["notices"]] == [
        "recommender.added-watches-judged", "recommender.few-rows-judged"
    ], "nothing is left to learn"  # fmt: skip


@pytest.mark.parametrize(("before", "after"), [(",f3,", ",renamed,"), ("u5,", "renamed,")])
def test_renamed_items_and_users_are_rows_that_changed(
    before: str, after: str, log: tuple[Path, str], asked: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    """They were told as so many new rows and as many that were gone, and as “0 users with added rows”."""
    path, checkpoint = log
    renamed = [row.replace(before, after) if row.startswith(before) or before[0] == "," else row for row in watched()]
    several = sum(row != other for row, other in zip(renamed, watched(), strict=True))
    written(path, [*renamed[1:], "u7,f7,9000000,Film 7,3", "u8,f8,9000000,Film 8,3"])
    is_first = renamed[0] != watched()[0]
    change = asked("evaluate", checkpoint)["change"]
    counts = (several - is_first, 2, 1)
    assert (change["changed"], change["added"], change["gone"]) == counts
    assert change["problem"]["sentence"].startswith(
        f"Rows of “watches.csv” have changed (changed: {counts[0]}, added: 2, gone: 1);"
    )
    fresh = asked("evaluate", checkpoint, "--rows", "new")["change"]
    assert (fresh["changed"], fresh["added"], fresh["gone"]) == counts
    assert "isn't surely one on unseen rows" in fresh["problem"]["sentence"]
    written(path, renamed)
    capsys.readouterr()
    assert run(["recommend", "evaluate", checkpoint]) == 0
    assert "evaluate --rows new" not in capsys.readouterr().out, "no row was added"
    code = run(["recommend", "evaluate", checkpoint, "--rows", "new"])
    told = capsys.readouterr()
    if code == 0:
        assert f"changed: {several}, added: 0, gone: 0" in told.out
    else:
        assert told.err.strip() == NO_ADDED_WATCHES(path=path.name).sentence


def test_rows_that_differ_in_one_column_have_changed() -> None:
    before = pl.DataFrame({"a": [1, 1, 2, 3, 4], "b": ["x", "x", "y", None, "w"]})
    now = pl.DataFrame({"b": ["x", "z", "y", None, "v"], "a": [1.0, 1.0, 2.0, 7.0, 9.0], "c": [0, 0, 0, 0, 0]})
    assert row_changes(before, before) == (0, 0, 0)
    assert row_changes(before, now) == (2, 1, 1), "(1, x) → (1, z) and (3, –) → (7, –); (4, w) is gone, (9, v) added"
    assert row_changes(before[:3], now) == (1, 2, 0) and row_changes(before, now[:2]) == (1, 0, 3)
    assert row_changes(pl.DataFrame({"a": [1, 2]}), pl.DataFrame({"a": [1, 3]})) == (0, 1, 1)


def test_held_out_watches_of_what_was_known_are_counted(tmp_path: Path, asked: Asked) -> None:
    lines = watched()
    ends = [f"u{user},{next(line for line in lines if line.startswith(f'u{user},')).split(',')[1]},9000000,Again,3"
            for user in range(20)]  # fmt: skip
    path = written(tmp_path / "again.csv", [*lines, *ends])
    columns = ["--user", "user", "--item", "film", "--time", "when"]
    (said,) = [warning for warning in asked("data", str(path), "--profile", *columns)["warnings"]
               if warning["code"] == "recommender.notice-profile-last-known"]  # fmt: skip
    assert said["parameters"] == {"share": "33 %", "users": 20}
    out = str(tmp_path / "again.safetensors")
    train = ["--epochs", "1", "--device", "cpu", "--out", out]
    asked("train", "candidates", "--data", str(path), *columns, "--repeats", *train)
    notes = {note["code"]: note["parameters"] for note in asked("evaluate", out)["notices"]}
    assert notes["recommender.notice-held-out-known"] == {"count": "20", "rows": "60"}
    told = HELD_OUT_KNOWN(count="1", rows="60").sentence
    assert told.startswith("1 of the 60 held-out watches is") and "misses it, with" in told
    assert "recommender.notice-repeats-idle" in notes, "nothing but held-out watches repeats anything"


def test_a_single_held_out_watch_is_spoken_of_as_one() -> None:
    """It said “1 of the 1 held-out watch is … every model misses them”."""
    log = Log(np.zeros(5, np.int64), np.array([0, 1, 2, 1, 0]), np.arange(5), ["a"], ["x", "y", "z"])
    task = CandidateTask(RecommenderData(source="file"), Watches(log), CandidateChoice(), Training())
    said = [notice.sentence for notice in task.notices if "held-out" in notice.sentence]
    assert task.judged_rows == 1 and len(said) == 1
    assert said[0].startswith("The only held-out watch is of what the user has watched before.")
    assert "misses it, with" in said[0]


def test_a_renamed_title_is_said_to_be_one(log: tuple[Path, str], asked: Asked) -> None:
    path, checkpoint = log
    written(path, [line.replace(",Film 3,", ",RENAMED,") for line in watched()])
    change = asked("evaluate", checkpoint)["change"]
    assert change["problem"]["code"] == "recommender.titles-changed"
    assert change["problem"]["sentence"].startswith("Only titles have changed in “watches.csv”")


def test_rows_that_were_added_and_titles_that_were_renamed_are_both_said(
    log: tuple[Path, str], asked: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    path, checkpoint = log
    written(path, [*watched(), "u1,new,9000000,New,4"])
    assert asked("evaluate", checkpoint)["change"]["further"] == [], "what is new has no title that could have changed"
    written(path, [*(line.replace(",Film 3,", ",RENAMED,") for line in watched()), "u1,new,9000000,New,4"])
    change = asked("evaluate", checkpoint)["change"]
    assert change["problem"]["code"] == "recommender.one-row-added"
    assert [also["code"] for also in change["further"]] == ["recommender.titles-changed-too"]
    assert run(["recommend", "query", checkpoint, "--user", "u1"]) == 0
    assert "Titles in “watches.csv” have changed, too." in capsys.readouterr().out


@pytest.mark.parametrize("instead", [None, os.mkfifo, Path.mkdir])
def test_a_file_that_is_gone_or_something_else_by_now_is_asked_for_in_one_sentence(
    table: tuple[Path, str], asked: Asked, capsys: pytest.CaptureFixture[str],
    instead: Callable[[Path], object] | None,
) -> None:  # fmt: skip
    path, checkpoint = table
    folder = str(Path(checkpoint).parent)
    path.unlink()
    if instead is not None:
        instead(path)
    assert asked("evaluate", checkpoint)["change"]["problem"]["code"] == "recommender.data-gone"
    find = "The training data “shop.csv” can't be found. Put it back, or find the file elsewhere.\n"
    assert run(["recommend", "evaluate", checkpoint, "--rows", "new"]) == 1
    told = capsys.readouterr().err
    assert told.startswith(find) and told.count("\n") == 2 and "--data FILE" in told
    other = [*("recommend", "train", "--plan"), f"{folder}/plan.json", "--run", f"{folder}-2"]
    drafted = ["recommend", "ask", folder, "about", "--draft"]
    for again in (drafted, *([other] if instead is None else [])):  # a new choice is told what lies there
        assert run(again) == 1
        assert capsys.readouterr().err == find


def test_a_run_is_named_by_its_folder_too(table: tuple[Path, str], asked: Asked) -> None:
    checkpoint = table[1]
    folder = str(Path(checkpoint).parent)
    for question in (("query", "--rows", "3"), ("evaluate",), ("ask", "about")):
        action, *rest = question
        assert asked(action, folder, *rest) == asked(action, checkpoint, *rest)


@pytest.mark.parametrize("rows", [1, 30])
def test_figures_on_few_rows_are_said_to_say_little(
    log: tuple[Path, str], asked: Asked, capsys: pytest.CaptureFixture[str], rows: int
) -> None:
    path, checkpoint = log
    written(path, [*watched(), *(f"u{user},f{user % 40},9000000,Film {user % 40},5" for user in range(rows))])
    codes = [notice["code"] for notice in asked("evaluate", checkpoint, "--rows", "new")["notices"]]
    assert ("recommender.few-rows-judged" in codes) is (rows < 20)


@pytest.mark.parametrize("rows", [60, 600])
def test_a_verdict_on_few_rows_says_so_after_training(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: int
) -> None:
    path = written(tmp_path / "shop.csv", examples(rows), TABLE_HEAD)
    label = ["--label", "bought", "--equals", "yes", "--epochs", "1", "--device", "cpu"]
    assert run(["recommend", "train", "wide-deep", "--data", str(path), *label, "--run", str(tmp_path / "run")]) == 0
    assert ("say little. Judge on more" in capsys.readouterr().out) is (rows == 60)


def test_a_run_is_compared_by_lists_that_suit_its_catalogue(
    tmp_path: Path, asked: Asked, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every model had the very same hit rate@50 of 48 items. An older run keeps that figure when it goes on."""
    path, home = written(tmp_path / "few.csv", watched(films=40)), str(tmp_path / "few")
    columns = ["--user", "user", "--item", "film", "--time", "when", "--epochs", "1", "--device", "cpu"]
    train = ["recommend", "train", "candidates", "--data", str(path), *columns]
    of_all = "A list of 50 holds all 40 items, so hit rate@50 says nothing."
    assert run([*train, "--run", home]) == 0
    told = capsys.readouterr().out
    assert "HR@10" in told and "HR@50" not in told and of_all not in told
    found = asked("evaluate", home)
    assert found["compared_by"] == ["HR@10", "NDCG@10"] and 0.0 < found["figures"]["this network"]["HR@10"] < 1.0
    assert state_of(RunFolder(Path(home))).chosen_by == "HR@10"

    document = CandidateTask.document
    with monkeypatch.context() as older:
        older.setattr(CandidateTask, "document", lambda task: {**document(task), "compared_at": None})
        assert run([*train, "--run", str(tmp_path / "older")]) == 0
    capsys.readouterr()
    assert run(["recommend", "train", "--resume", str(tmp_path / "older"), "--epochs", "2"]) == 0
    told = capsys.readouterr().out
    assert "epoch 2: loss" in told and "HR@50 1" in told and of_all in told
    found = asked("evaluate", str(tmp_path / "older"))
    assert found["compared_by"] == ["HR@50", "NDCG@50"]
    assert "recommender.list-holds-catalogue" in [notice["code"] for notice in found["notices"]]


def test_a_title_in_the_log_that_is_not_read_is_said(tmp_path: Path) -> None:
    path = written(tmp_path / "watches.csv", watched())
    mapping = Mapped(user="user", item="film", time="when")
    data = RecommenderData(source="file", path=path, mapping=mapping)
    (notice,) = data_source("file").watches(data).notices
    assert notice.sentence.startswith("“title” isn't read") and f"--items-file {path} --item-id film" in notice.sentence
    items = ItemTable(path=path, id="film", title="title")
    assert not data_source("file").watches(data.model_copy(update={"item_table": items})).notices


def test_a_probability_below_1_is_printed_so() -> None:
    printed = {value: number(value) for value in (0.99995, 0.9999999, 0.99984, 1.0, 1.00004, 0.25, -1.00004)}
    assert list(printed.values()) == ["0.99995", "0.9999999", "0.9998", "1", "1", "0.25", "-1"]


def test_a_run_that_was_begun_with_an_id_is_shown_with_it(tmp_path: Path) -> None:
    """Plans without columns were read so that IDs were among them."""
    draw = np.random.default_rng(1)
    ids = draw.choice(np.arange(10**7, 10**8), 200, replace=False)
    path = written(
        tmp_path / "t.csv", [f"{one},{at % 3},{int(draw.integers(2))}" for at, one in enumerate(ids)], "x,c,y"
    )
    shared = ["--data", str(path), "--label", "y", "--epochs", "1", "--device", "cpu"]
    uses = {}
    for name, columns in (("old", ["--categories", "c", "--numbers", "x"]), ("new", [])):
        out = tmp_path / f"{name}.safetensors"
        assert run(["recommend", "train", "wide-deep", *shared, *columns, "--out", str(out)]) == 0
        checkpoint = read(out)
        data = RecommenderData(source="file", path=path, table=TableChoice(label="y"))
        found = profile_since(kind_of(checkpoint), checkpoint, data, None, Watch("t"))
        assert isinstance(found, TableProfile)
        left = [said.parameters["column"] for said in found.warnings if said.code == "data.notice-column-identifier"]
        uses[name] = {column.name: column.use for column in found.columns}["x"], left
    assert uses == {"old": ("number", []), "new": ("unused", ["x"])}


def test_a_file_is_asked_for_only_where_finding_it_mends(
    table: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """It was asked for although it lay in its place, and had only grown."""
    path, checkpoint = table
    lines = path.read_text().splitlines()
    elsewhere = str(written(path.with_name("elsewhere.csv"), lines[1:], lines[0]))
    others = examples(50, seed=9)
    for now, head, told, asks in (
        ([*lines[1:], lines[1]], lines[0], "One row was added", False),
        (lines[2:], lines[0], "have changed (changed: 0, added: 0, gone: 1)", False),
        ([*lines[1:10], *others], lines[0], "have changed (", True),
        (lines[1:], "a,b,c,d", "has no column", True),
        (None, "", "isn't there any more", True),
    ):
        path.unlink(missing_ok=True) if now is None else written(path, now, head)
        for call in ("query", "evaluate") if asks else ("query",):
            for named, found in (([], asks), (["--data", elsewhere], False)):
                capsys.readouterr()
                assert run(["recommend", call, checkpoint, *named]) == 0
                said = capsys.readouterr().out
                assert (told in said) is not bool(named) and ("--data FILE says" in said) is found


@pytest.mark.parametrize("model", ["wide-deep", "candidates"])
def test_a_look_at_the_data_says_what_has_become_of_the_file_and_how_it_was_read(
    model: str, tmp_path: Path, asked: Asked
) -> None:
    """It said that the file “isn't there or has changed”, and no more how it had been read."""
    if model == "wide-deep":
        lines, head, more = ["N/A" + row.removeprefix("red") for row in examples()], TABLE_HEAD, "blue,0.1,5,yes"
        columns = ["--label", "bought", "--equals", "yes"]
    else:
        lines, head, more = [*watched(), "null,f3,9000000,Film 3,2"], HEAD, "u3,f3,9000000,Film 3,5"
        columns = ["--user", "user", "--item", "film", "--time", "when"]
    path, folder = written(tmp_path / "file.csv", lines, head), str(tmp_path / "run")
    asked("train", model, "--data", str(path), *columns, "--epochs", "1", "--device", "cpu", "--run", folder)
    checkpoint = str(RunFolder(Path(folder)).checkpoint)

    def looked() -> list[str]:
        return [said["code"] for said in asked("data", "--profile", "--rows-of", checkpoint)["warnings"]]

    told = [code for code in looked() if ".notice-" in code and code != "recommender.notice-profile-last-known"]
    assert "recommender.notice-words-missing" in told
    written(path, [*lines, more], head)
    now = asked("data", "--profile", "--rows-of", checkpoint)["warnings"]
    assert now[0]["template"].startswith("One row was added to") and set(told) <= {said["code"] for said in now}
    asked("train", "--resume", folder, "--epochs", "2")
    assert set(told) <= set(looked()), "a run that goes on with the rows that it carries knows it still"
    moved = path.rename(tmp_path / "moved.csv")
    assert looked()[0] == "recommender.data-gone" and set(told) <= set(looked())
    written(moved, lines, head)
    assert set(told) <= {
        said["code"]
        for said in asked("data", "--profile", "--rows-of", checkpoint, "--choice",
                          choice_in(read(Path(checkpoint)), [moved]).model_dump_json())["warnings"]
    }  # fmt: skip


# What rows are called -------------------------------------------------------------------------------------------------


def test_rows_are_called_as_their_file_numbers_them(
    tmp_path: Path, asked: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    """Explain counted from 0 without the rows left out, and notices counted the file's own."""
    lines = [f"{'red' if n % 2 else 'blue'},{n},{'yes' if n % 3 else 'no'}" for n in range(300)]
    lines[4], lines[9] = "red,4,", "red,9,yes,one too many"
    lines[20] = "red,1e200,yes"
    path, home = written(tmp_path / "shop.csv", lines, "colour,number,bought"), tmp_path / "run"
    table = ["--label", "bought", "--equals", "yes", "--categories", "colour", "--numbers", "number"]
    train = ["--data", str(path), *table, "--epochs", "1", "--device", "cpu", "--run", str(home)]
    assert run(["recommend", "train", "wide-deep", *train]) == 0
    told = capsys.readouterr().err
    assert "the first is row 11 of the file" in told and "1e+200 in row 22 of the file" in told
    query = ["recommend", "query", str(home / "checkpoint.safetensors")]
    assert run(query) == 0
    assert capsys.readouterr().out.splitlines()[0].startswith("row of the file")
    found = asked("query", str(home), "--rows", "2,5,7,10,12,301")["examples"]
    assert [example["row"] for example in found] == [2, 5, 7, 10, 12, 301]
    for row in (2, 5, 7, 12, 301):
        values = asked("ask", str(home), "row", f"row={row}")["answer"]["sum"]["values"]
        assert values["number"] == row - 2.0, "after the header, the first row has 0"
    for row in (1, 6, 11, 302):  # the header, the one without a label, the one that is too long, one after the last
        assert run([*query, "--rows", str(row)]) == 1
        assert f"Row {row} of “shop.csv”, counting any header, wasn't read" in capsys.readouterr().err
    rows = asked("ask", str(home), "rows", "limit=1000")["answer"]["rows"]
    assert all(row["values"]["number"] == row["row"] - 2.0 for row in rows if row["row"] != 22)


@given(st.sets(st.integers(1, 400), min_size=1))
def test_numbers_of_rows_are_kept_as_runs(numbers: set[int]) -> None:
    held = RowNumbers(len(numbers), np.array(sorted(numbers)))
    again = RowNumbers.from_json(len(numbers), held.to_json())
    assert again.of_file is not None and again.of_file.tolist() == sorted(numbers)
    assert [again.index(again.number(at)) for at in range(again.count)] == list(range(again.count))
    assert [row for row in range(402) if again.index(row) is not None] == sorted(numbers)
    for row in range(402):
        above, below = [other for other in numbers if other >= row], [other for other in numbers if other <= row]
        assert again.near(row, upwards=True) == min(above, default=max(numbers))
        assert again.near(row, upwards=False) == max(below, default=min(numbers))


@pytest.mark.parametrize("kept", [None, 7, [[1]], [[1, 2], [2, 1]], [[1, 4]], [[0, 3]], [["a", 3]], [[1, -1], [2, 4]]])
def test_numbers_that_are_none_of_these_rows_are_as_if_there_were_no_file(kept: object) -> None:
    assert RowNumbers.from_json(3, kept).of_file is None
