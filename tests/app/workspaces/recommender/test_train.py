"""What is shown of a run: its curves beside simpler models, one sentence, its gradients; and a whole journey."""

from __future__ import annotations

import html
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from app.kit.drawing.drawing import Frame
from app.kit.drawing.marks import Polyline
from app.kit.folders import data_folder
from app.kit.numbers import NOTHING, moment
from app.kit.widgets.labels import wrapped
from app.workspaces.recommender import launching
from app.workspaces.recommender.home.runs import RunColumn, RunsModel, row_of
from app.workspaces.recommender.home.starts import Start
from app.workspaces.recommender.launching import Launched
from app.workspaces.recommender.open_run import OpenRun
from app.workspaces.recommender.page import (
    RUNS,
    RecommenderPage,
)
from app.workspaces.recommender.train.charts import (
    ChartedModel,
    RunCharts,
    RunRows,
    all_beside,
    colours_of,
    series_of,
)
from app.workspaces.recommender.train.facts import (
    RunFacts,
    draw_gradients,
    epoch_words,
    norms_of,
    spread_words,
)
from app.workspaces.recommender.train.runs_table import LINE, BesideTable
from app.workspaces.recommender.train.section import TrainSection
from app.workspaces.recommender.train.sentence import caveats_of, sentence_of_run
from app.workspaces.recommender.words import measures_of
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.logs.gatherer import ROWS_INCOMPLETE
from engine.recommenders.data.profile.leaks import LEAK
from engine.recommenders.running.events import (
    CompanionEpoch,
    Compared,
    EpochEnded,
    Event,
    Failed,
    Finished,
    Fitting,
    Judged,
    Kept,
    Noticed,
    Saved,
    Started,
    Stepped,
    Stopped,
    failed,
    noticed,
    to_json,
)
from engine.recommenders.running.plan import RunPlan
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.run_history import RunHistory, RunReader, points
from engine.recommenders.running.run_lock import holder_of
from engine.recommenders.running.run_state import state_of
from engine.recommenders.running.runs import new_run
from engine.recommenders.running.settings import Training
from engine.recommenders.tasks.data_change import ROWS_ADDED
from tests.app.window_rig import Opened, opened_window

WAIT_MS = 60_000


def planned(root: Path, *, epochs: int = 4, events: int = 3_000) -> RunFolder:
    """A run of candidates on a small generated site."""
    plan = RunPlan(
        name="A small site",
        model="candidates",
        data=RecommenderData(source="video-site", events=events, items=200, users=300),
        spec={"dimensions": 8, "hidden": [8], "negatives": 20},
        training=Training(epochs=epochs, batch_size=32),
        device="cpu",
    )
    return new_run(root, plan)


def logged(folder: RunFolder, events: list[Event]) -> RunHistory:
    folder.log.write_text("".join(to_json(event, 100.0 + at) + "\n" for at, event in enumerate(events)), "utf-8")
    history = RunReader(folder).news()
    assert history is not None
    return history


BEGUN: list[Event] = [
    Started(100, 10, 4, 1000, "cpu", 1),
    Stepped(0, 10, 10, 2.0, {"dense-1": 0.1, "sampled-softmax-1": 0.01}, 500.0, 10**8, 30.0),
    EpochEnded(0, 10, 2.0, 1.0, 100.0, {"HR@50": 0.2, "HR@50.error": 0.01}),
    Saved("checkpoint.safetensors", 10),
]
COMPANY = Compared({"popular": {"HR@50": 0.1, "HR@50.error": 0.01}, "ItemKNN": {"HR@50": 0.15, "HR@50.error": 0.01}})


def sentence(history: RunHistory, doing: str) -> str:
    return sentence_of_run(history, doing, measures_of("candidates")[0])[0]  # type: ignore[arg-type]


def test_a_figure_stands_beside_the_best_simple_model(tmp_path) -> None:
    history = logged(planned(tmp_path), [*BEGUN, COMPANY])
    assert sentence(history, "running") == (
        "Better: hit rate@50 20.0 % after 1 epoch, against 15.0 % of ItemKNN on the validation rows;"
        " difference +5.0 ± 1.4 points (one standard error)."
    )
    names = [one.name for one in all_beside(history, ())]
    assert names == ["this run", "popular", "ItemKNN"]


def test_a_run_began_at_one_moment_wherever_that_is_told(tmp_path) -> None:
    """Its name beside another run said when it was planned, a minute before its first event."""
    folder = planned(tmp_path)
    first = folder.read_plan().created.timestamp() + 90.0
    folder.log.write_text("".join(to_json(event, first + at) + "\n" for at, event in enumerate(BEGUN)), "utf-8")
    history = RunReader(folder).news()
    assert history is not None and history.state.dated == first
    facts = RunFacts()
    facts.show_history(history, at_work=False)
    assert facts.numbers.values["began"].full_text == moment(first)
    (_own, beside) = all_beside(history, [RunRows(history)])
    assert beside.name == f"A small site · {moment(first)}"
    still = planned(tmp_path).read_plan().created.timestamp()
    assert state_of(RunFolder(tmp_path / "A small site 2")).dated == still


def test_a_run_of_few_items_is_told_by_the_length_that_it_chooses_by(qtbot: QtBot, tmp_path: Path) -> None:
    """Thirty items had a hit rate@50 of 100 % by construction."""
    few = replace(cast(Started, BEGUN[0]), chosen_by="HR@10")
    ended = EpochEnded(0, 10, 2.0, 1.0, 100.0, {"HR@10": 0.4, "HR@10.error": 0.01})
    history = logged(planned(tmp_path), [few, BEGUN[1], ended])
    row = row_of(history.state)
    assert row.measure is not None and (row.measure.name, row.shown) == ("hit rate@10", "40.0 %")
    assert history.state.chosen_by == "HR@10" and measures_of("candidates")[0].name == "hit rate@50", "of an older run"
    charts, table = RunCharts(measures_of("candidates")[:2]), BesideTable(measures_of("candidates")[:2])
    for widget in (charts, table):
        qtbot.addWidget(widget)
        widget.show_measures(measures_of("candidates", history.state.chosen_by)[:2])
    shown = all_beside(history, ())
    charts.show_runs(history, shown, colours_of([model.key for model in shown]))
    table.show_beside(shown, colours_of([model.key for model in shown]))
    heading, value = table.horizontalHeaderItem(1), table.item(0, 1)
    assert heading is not None and heading.text() == "hit rate@10"
    assert value is not None and value.text() == "40.0 %"
    assert charts.figure.accessibleName() == "Hit rate@10"


def test_a_run_that_begins_names_no_length_before_it_says_which(qtbot: QtBot, tmp_path: Path) -> None:
    """“Hit rate@50” stood over a run that then told its hit rate@10."""
    folder, section = planned(tmp_path), TrainSection()
    run = OpenRun.at(folder.path)
    qtbot.addWidget(section)
    section.show_run(run)
    run.follow()
    assert section.charts.figure.accessibleName() == "Hit rate"
    logged(folder, [replace(cast(Started, BEGUN[0]), chosen_by="HR@10")])
    run.follow()
    qtbot.waitUntil(lambda: section.charts.figure.accessibleName() == "Hit rate@10", timeout=10_000)
    run.close()


def test_charts_that_have_no_room_beside_one_another_stand_below(qtbot: QtBot, tmp_path: Path) -> None:
    """At 150 % of 1280 × 800 each was 34 pixels high and named three of five lines."""
    history = logged(planned(tmp_path), [*BEGUN, COMPANY])
    shown = all_beside(history, ())
    charts = RunCharts(measures_of("candidates")[:2])
    qtbot.addWidget(charts)
    charts.show_runs(history, shown, colours_of([model.key for model in shown]))
    charts.resize(700, 200)
    charts.show()
    assert charts.loss_card.geometry().top() == charts.figure_card.geometry().top()
    charts.resize(458, 100)
    qtbot.waitUntil(lambda: charts.loss_card.geometry().bottom() < charts.figure_card.geometry().top())
    assert charts.sizeHint().height() < 400
    assert charts.minimumSizeHint().height() >= 2 * 150
    many = [replace(shown[1], key=f"run/{number}", name=f"run {number}") for number in range(20)]
    charts.show_runs(history, [shown[0], *many], colours_of(["own", *(model.key for model in many)]))
    assert charts.figure.minimumHeight() == charts.figure.height_of_names > 20 * 12


def test_the_curves_of_runs_are_read_at_their_own_epochs_and_steps(qtbot: QtBot, tmp_path: Path) -> None:
    """It said “epoch 2 · step 2” where the run was at step 20, and named a run after its end."""
    second = EpochEnded(1, 20, 1.5, 1.0, 100.0, {"HR@50": 0.25, "HR@50.error": 0.01})
    fourth = EpochEnded(3, 40, 1.0, 1.0, 100.0, {"HR@50": 0.5, "HR@50.error": 0.01})
    history = logged(planned(tmp_path, epochs=2), [*BEGUN, second, COMPANY])
    longer = logged(planned(tmp_path), [*BEGUN, second, replace(fourth, epoch=2, updates=30), fourth])
    shown = all_beside(history, [RunRows(longer, alike=True)])
    charts = RunCharts(measures_of("candidates")[:2])
    qtbot.addWidget(charts)
    charts.show_runs(history, shown, colours_of([model.key for model in shown]))
    read = {reading.series.label: (reading.value, reading.step) for reading in charts.figure.read_at(2.0)}
    assert read["this run"] == (0.25, 20) and read["popular"] == (0.1, 20)
    assert "this run" not in {reading.series.label for reading in charts.figure.read_at(4.0)}
    assert {reading.step for reading in charts.figure.read_at(4.0)} == {40}  # level lines go on to the longest's end
    charts.loss.hover(2.0)
    assert "epoch 2 · step 20" in charts.loss.read_out.text()


def test_runs_of_another_day_are_told_apart_by_the_clock_too() -> None:
    """Two runs of yesterday were both “2026-12-02”."""
    noon = datetime.now().replace(hour=12, minute=0, second=0) - timedelta(days=2)
    first, second = moment(noon.timestamp()), moment(noon.timestamp() + 360.0)
    assert first.endswith(" 12:00") and second.endswith(" 12:06") and first[:5] == f"{noon:%m-%d}"


def test_a_figure_and_its_error_stay_on_one_line(qtbot: QtBot) -> None:
    """At 150 % a sentence broke after “difference −0.0574 ±”."""
    label = wrapped("log loss 0.5328; difference −0.0574 ± 0.0304 (one standard error).")
    qtbot.addWidget(label)
    assert "−0.0574\u00a0±\u00a00.0304" in QLabel.text(label) and "−0.0574 ± 0.0304" in label.text()


def test_runs_of_one_name_are_told_apart_by_when_they_began(qtbot: QtBot, tmp_path: Path) -> None:
    """At 150 % each read “YoutubeDNN …”."""
    table = BesideTable(measures_of("candidates")[:2])
    qtbot.addWidget(table)
    run = ChartedModel("run/a", "YoutubeDNN candidates, log.csv · 22:27", "run")
    table.show_beside([run], colours_of([run.key]))
    metrics = table.fontMetrics()
    assert metrics.elidedText(run.name, table.textElideMode(), 140).endswith("· 22:27")


def test_a_name_that_has_no_room_beside_the_numbers_is_wrapped(qtbot: QtBot) -> None:
    """At 150 % it read “logistic regre…”."""
    table = BesideTable(measures_of("candidates")[:2])
    qtbot.addWidget(table)
    model = ChartedModel("baseline/regression", "logistic regression", "baseline")
    table.resize(340, 200)
    table.show_beside([model], colours_of([model.key]))
    table.show()
    qtbot.waitUntil(lambda: table.rowHeight(0) > LINE)
    assert table.rowHeight(0) > 2 * table.fontMetrics().height() and table.height() > table.rowHeight(0)


JUDGED = Judged(
    {
        "this network": {"HR@50": 0.276, "HR@50.error": 0.017},
        "popular": {"HR@50": 0.1, "HR@50.error": 0.01, "HR@50.apart": 0.016},
        "ItemKNN": {"HR@50": 0.241, "HR@50.error": 0.016, "HR@50.apart": 0.0166},
    }
)


def test_the_verdict_is_told_by_pairs_and_all_beside_a_run_by_the_same_rows(tmp_path) -> None:
    auto = replace(cast(Started, BEGUN[0]), auto=True)
    later = EpochEnded(1, 20, 1.9, 1.0, 100.0, {"HR@50": 0.19, "HR@50.error": 0.01})
    kept = [Kept(1, 2, "HR@50", 0.2, 10), Saved("checkpoint.safetensors", 15), JUDGED, Finished(1, 15, 2.0)]
    history = logged(planned(tmp_path), [auto, *BEGUN[1:], COMPANY, later, *kept])
    assert sentence(history, "finished") == (
        "Better: hit rate@50 27.6 % after 1 epoch, against 24.1 % of ItemKNN on the test rows;"
        " difference +3.5 ± 1.7 points (one standard error)."
    )
    other = logged(planned(tmp_path), BEGUN)
    shown = all_beside(history, [RunRows(other)])
    assert [one.values.get("HR@50") for one in shown] == [0.276, 0.1, 0.241, None]
    colours = colours_of([one.key for one in shown])
    own, popular = series_of(shown, colours, measures_of("candidates")[0], 4.0)[:2]
    assert (own.ending, own.ring) == ("19.0 %", 1.0), "the line's end has its own value, the kept epoch a ring"
    assert popular.curve.mean[0] == 0.1
    facts = RunFacts()
    facts.show_history(history, at_work=False)
    assert facts.numbers.values["saved"].full_text == "epoch 1" and facts.spent.text().endswith("in all")


def test_a_verdict_says_what_leaks_and_which_half_is_no_worse(tmp_path: Path) -> None:
    census = {"model": "wide-deep", "data": RecommenderData(source="adult")}
    plan = planned(tmp_path).read_plan().model_copy(update=census)
    measures = measures_of("wide-deep")

    def told(deep: float, *notices: Noticed, rows: int | None = 20) -> tuple[list[str], tuple[str, str]]:
        figures = {"log_loss": 0.2951, "log_loss.error": 0.008, "auc": 0.92, "auc.error": 0.004}
        half = {"log_loss": deep, "auc": 0.9203, "log_loss.apart": 0.001, "auc.apart": 0.001}
        trees = {"log_loss": 0.31, "auc": 0.91, "log_loss.apart": 0.001, "auc.apart": 0.001}
        judged = Judged({"this network": figures, "deep": half, "boosted trees": trees}, rows)
        companion = CompanionEpoch("deep", 0, 0.3, {"log_loss": 0.3})
        folder = new_run(tmp_path, plan)
        history = logged(folder, [*notices, *BEGUN, companion, judged, Finished(1, 10, 2.0)])
        caveats = caveats_of(history.state)
        runs = RunsModel(lambda *_: False)
        runs.set_rows((row_of(history.state),))
        mark = runs.index(0, RunColumn.GAIN)
        for doubt in caveats if rows == 20 else ():  # a mark in yellow said no reason in the list of runs
            assert doubt in html.unescape(mark.data(Qt.ItemDataRole.ToolTipRole))
            assert doubt in mark.data(Qt.ItemDataRole.AccessibleTextRole)
        return caveats, sentence_of_run(history, "finished", measures[0])

    (better,), (said, colour) = told(0.2907)
    assert better == (
        "Deep only is better than this network: log loss 0.2907 against 0.2951;"
        " difference −0.0044 ± 0.0010 (one standard error)."
    )
    assert said.startswith("Better: log loss 0.2951") and "boosted trees" in said
    assert colour == "warning", "the tone is of the whole finding"
    (level,), (_, colour) = told(0.2945)
    assert colour == "good"
    assert level.startswith("Deep only is level with this network: log loss 0.2945 against 0.2951")
    assert told(0.31)[0] == []
    assert told(0.31, rows=None)[0] == [], "a log from before they were counted"
    assert told(0.31, rows=6)[0] == ["Figures on only 6 rows say little. Judge on more before you rely on them."]
    leak = noticed(LEAK(column="stage", label="won", auc="0.9991"))
    (first,), (_, colour) = told(0.31, leak, leak)
    assert first.startswith("“stage” alone predicts “won” on held-out rows (AUC 0.9991)")
    assert colour == "warning", "what reads the answer is better than nothing"


def test_a_verdict_says_that_its_measures_disagree(tmp_path: Path) -> None:
    census = {"model": "wide-deep", "data": RecommenderData(source="adult")}
    plan = planned(tmp_path).read_plan().model_copy(update=census)

    def told(log_loss: float, auc: float) -> tuple[list[str], str, str]:
        trees = {"log_loss": log_loss, "auc": auc, "log_loss.apart": 0.001, "auc.apart": 0.001}
        judged = Judged({"this network": {"log_loss": 0.2951, "auc": 0.92}, "boosted trees": trees}, 20)
        history = logged(new_run(tmp_path, plan), [*BEGUN, judged, Finished(1, 10, 2.0)])
        runs = RunsModel(lambda *_: False)
        runs.set_rows((row_of(history.state),))
        mark, caveats = runs.index(0, RunColumn.GAIN), caveats_of(history.state)
        assert all(caveat in html.unescape(mark.data(Qt.ItemDataRole.ToolTipRole)) for caveat in caveats)
        return caveats, mark.data(), sentence_of_run(history, "finished", measures_of("wide-deep")[0])[1]

    assert told(0.31, 0.93) == (
        ["The measures disagree: this network is better by log loss (0.2951 against 0.3100 of boosted trees), but worse"
         " by AUC (0.9200 against 0.9300 of boosted trees)."],
        "mixed",
        "warning",
    )  # fmt: skip
    (caveat,), word, colour = told(0.28, 0.91)
    assert "is better by AUC (0.9200 against 0.9100" in caveat and (word, colour) == ("mixed", "warning")
    assert told(0.31, 0.91) == ([], "better", "good")
    assert told(0.28, 0.92) == ([], "worse", "danger")


def test_a_network_that_no_epoch_made_better_is_told_as_what_it_began_with(tmp_path) -> None:
    auto = replace(cast(Started, BEGUN[0]), auto=True)
    kept = [Kept(0, 1, "HR@50", 0.25, 0), JUDGED, Finished(0, 0, 2.0)]
    history = logged(planned(tmp_path), [auto, *BEGUN[1:], COMPANY, *kept])
    said = sentence(history, "finished")
    assert said.startswith(
        "The network is kept as it started, when it recommended what is popular. The best epoch, 1, has hit rate@50"
        " 20.0 % on the validation rows, against 25.0 % at the start."
    )
    close = EpochEnded(1, 20, 1.9, 1.0, 100.0, {"HR@50": 0.255, "HR@50.error": 0.01})
    kept[0] = Kept(0, 2, "HR@50", 0.25, 0)
    near = sentence(logged(planned(tmp_path / "near"), [auto, *BEGUN[1:], close, COMPANY, *kept]), "finished")
    assert (
        "The best epoch, 2, has hit rate@50 25.5 ± 1.0 % on the validation rows, against 25.0 % at the start: not"
        " better by more than its standard error." in near
    )
    assert "Better: hit rate@50 27.6 %, against 24.1 % of ItemKNN on the test rows" in said and "0 epochs" not in said
    facts = RunFacts()
    facts.show_history(history, at_work=False)
    assert facts.updates.text() == "10 updates tried, 0 kept"


def test_a_run_that_failed_before_its_first_update_is_not_told_as_not_begun(qtbot: QtBot, tmp_path: Path) -> None:
    facts = RunFacts()
    qtbot.addWidget(facts)
    facts.show_history(logged(planned(tmp_path / "a"), []), at_work=False)
    assert facts.updates.text() == "not begun"
    facts.show_history(
        logged(planned(tmp_path / "b"), [Failed("recommender.no-number", "Row 3 is broken.")]), at_work=False
    )
    assert facts.updates.text() == "no update yet" and facts.numbers.values["began"].full_text != NOTHING


def test_what_became_of_the_file_is_left_to_the_notice_above(qtbot: QtBot, tmp_path: Path) -> None:
    """What the log says of it was so when the run was resumed, and need not be so any more."""
    section = TrainSection()
    qtbot.addWidget(section)
    folder = planned(tmp_path)
    told = [noticed(ROWS_ADDED(path="books.csv", added="11")), noticed(ROWS_INCOMPLETE(count="3"))]
    logged(folder, [*BEGUN, *told, Stopped(1, 0, 10)])
    run = OpenRun.at(folder.path)
    section.show_run(run)
    run.follow()
    qtbot.waitUntil(lambda: bool(section.notices.text()), timeout=WAIT_MS)
    assert section.notices.text() == "3 rows without a user, an item or a time were dropped."
    run.close()


def test_the_mark_of_the_kept_epoch_says_what_it_was_chosen_by(qtbot: QtBot, tmp_path: Path) -> None:
    """Its log loss is not the least: it is the epoch of the best AUC."""
    charts = RunCharts(measures_of("wide-deep"))
    qtbot.addWidget(charts)
    measured: list[Event] = [
        EpochEnded(at, 10 * (at + 1), 0.5, 1.0, 100.0, {"auc": auc, "log_loss": loss})
        for at, (auc, loss) in enumerate(((0.79, 0.4307), (0.78, 0.4002)))
    ]
    begun = replace(cast(Started, BEGUN[0]), auto=True)
    history = logged(planned(tmp_path), [begun, *measured, Kept(1, 2, "auc", 0.79, 10)])
    charts.show_runs(history, all_beside(history, ()), colours_of(["own"]))
    marks = {
        name: [mark.label for mark in chart.marks] for name, chart in (("loss", charts.loss), ("auc", charts.figure))
    }
    assert marks == {"loss": ["kept: 0.4307, for its AUC 0.7900"], "auc": ["kept: 0.7900"]}


@pytest.mark.parametrize(
    ("rows", "said"), [("valid", "Fitting simple models for comparison, once"), ("test", "Fitting simple models")]
)
def test_it_says_that_simple_models_are_being_fitted_until_they_are(tmp_path, rows, said: str) -> None:
    folder = planned(tmp_path)
    assert said in sentence(logged(folder, [*BEGUN, Fitting(rows)]), "running")
    assert "current simple model is fitted" in sentence(logged(folder, [*BEGUN, Fitting(rows)]), "stopping")
    assert said not in sentence(logged(folder, [*BEGUN, Fitting(rows), COMPANY]), "running")


def test_without_company_it_says_so_and_a_killed_run_what_is_kept(tmp_path) -> None:
    history = logged(planned(tmp_path), BEGUN)
    assert "aren't evaluated yet" in sentence(history, "running")
    assert sentence(history, "killed") == (
        "Its process was ended from outside. Everything up to epoch 1 is kept, and Resume continues from there."
    )


def test_gradients_are_told_by_name_and_a_block_that_gets_none_is_accused() -> None:
    even = norms_of({"dense-1": points([(0.1, 0.2)]), "sparse-linear-1": points([(0.1, 0.05)])})
    assert [block.name for block in even] == ["Dense 1", "Sparse linear 1"]
    assert "factor of 4" in spread_words(even)
    (end,) = norms_of({"sampled-softmax-1": points([(0.1, 0.2)])})
    assert end.name == "Softmax over items 1", "it may be the full one"
    still = {"dense-1": points([(0.1, 0.0)])}
    assert spread_words(norms_of(still)) == "Nothing reaches Dense 1, so it doesn't learn."
    still["dense-2"] = points([(0.1, 0.0)])
    assert spread_words(norms_of(still)) == "Nothing reaches Dense 1, Dense 2, so they don't learn."


def test_norms_are_lines_on_one_axis_that_break_where_there_is_none(qapp: QApplication) -> None:
    blocks = norms_of(
        {"dense-1": points([(0.0, 1.0), (1.0, 0.0), (2.0, 0.1)]), "dense-2": points([(0.0, 0.01), (2.0, 0.1)])}
    )
    drawing = draw_gradients(blocks, Frame(300, 54))
    first, second, other = [mark.points for mark in drawing.marks if isinstance(mark, Polyline)]
    assert len(first) == len(second) == 1 and len(other) == 2 and second[0][0] == other[1][0]
    assert first[0][1] < second[0][1] < other[0][1] and drawing.height == 54
    assert drawing.table().rows[1] == [1.0, 0.0, 0.1] and drawing.description.startswith("Dense 1: 0.1")
    assert "end of each epoch" in draw_gradients((), Frame(300, 54)).marks[0].text  # type: ignore[attr-defined]


def test_the_norms_of_a_run_are_those_of_the_epoch_whose_weights_it_has(qapp: QApplication) -> None:
    """The numbers were of the last step that the clock happened to tell of, also of a run that had gone back."""
    gradients = {"dense-1": points([(1.0, 0.5), (2.0, 0.25)]), "dense-2": points([(1.0, 0.1), (2.0, 0.125)])}
    for kept, epoch, factor, said in (
        (None, "epoch 2", "factor of 2.0", "0.25"),
        (1.0, "epoch 1", "factor of 5.0", "0.5"),
    ):
        blocks = norms_of(gradients, kept)
        assert epoch_words(blocks) == epoch and factor in spread_words(blocks)
        assert f"Dense 1: {said}" in draw_gradients(blocks, Frame(300, 54)).description
    untrained = norms_of(gradients, 0.0)
    assert epoch_words(untrained) == spread_words(untrained) == ""


def test_what_a_run_said_is_told_in_the_windows_language(qapp: QApplication, tmp_path: Path) -> None:
    """Its log holds English; the program of the run knows of no window."""

    class Upwards(QTranslator):
        def translate(self, context: str, text: str, *_: object) -> str:
            return text.upper().replace("{COUNT", "{count") if context == "Problem" and "{count}" in text else ""

    translator = Upwards()
    qapp.installTranslator(translator)
    try:
        history = logged(planned(tmp_path), [*BEGUN, failed(ROWS_INCOMPLETE(count=20))])
        assert sentence(history, "failed") == "20 ROWS WITHOUT A USER, AN ITEM OR A TIME WERE DROPPED."
    finally:
        qapp.removeTranslator(translator)


# A journey --------------------------------------------------------------------------------------------------------


@contextmanager
def recommender(qtbot: QtBot) -> Iterator[tuple[Opened, RecommenderPage]]:
    with opened_window(home="recommender") as opened:
        opened.window.visit("recommender")
        opened.window.pages.build_all()
        yield opened, cast(RecommenderPage, opened.window.pages.current)


def run_of(page: RecommenderPage) -> OpenRun:
    assert page.opened is not None
    return page.opened.run


def until(qtbot: QtBot, condition: Callable[[], bool]) -> None:
    qtbot.waitUntil(condition, timeout=WAIT_MS)


@pytest.mark.slow
@pytest.mark.process
@pytest.mark.skipif(sys.platform == "win32", reason="kills by a signal")
@pytest.mark.torch
def test_a_run_is_begun_paused_resumed_killed_and_gone_on_with(forked_engine, qtbot) -> None:
    folder = planned(data_folder(RUNS), epochs=400)
    with recommender(qtbot) as (opened, page):
        until(qtbot, lambda: len(page.home.runs) == 1)
        page.home.open_wanted.emit(folder.path)
        run = run_of(page)
        until(qtbot, lambda: run.doing == "planned")
        go = opened.actions["run_go"]
        assert go.text() == "Start"
        go.trigger()
        assert run.doing == "starting"
        until(qtbot, lambda: run.doing == "running" and run.state is not None and run.state.epochs > 0)
        section = cast(TrainSection, page.opened.section)
        until(qtbot, lambda: bool(section.charts.figure.series))
        assert section.figures[0].text.endswith("of 400")
        assert go.text() == "Pause"
        go.trigger()
        until(qtbot, lambda: run.doing == "stopped")
        assert "Paused" in section.sentence.full_text and folder.checkpoint.exists()
        before = run.state.epochs
        go.trigger()
        until(qtbot, lambda: run.doing == "running" and run.state.epochs > before)
        holder = holder_of(folder.lock)
        assert holder is not None
        os.kill(holder.pid, signal.SIGKILL)
        until(qtbot, lambda: run.doing == "killed")
        assert "ended from outside" in section.sentence.full_text
        assert go.text() == "Resume" and go.isEnabled()
        go.trigger()
        until(qtbot, lambda: run.doing == "running")
        opened.actions["run_back"].trigger()
        assert page.opened is None and page.heading[0] == "Recommend"
        until(qtbot, lambda: any(row.running for row in page.home.table.runs.rows))
        asked(qtbot, opened, "Stop and keep")
    until(qtbot, lambda: state_of(folder).status == "stopped")


def asked(qtbot: QtBot, opened: Opened, answer: str) -> None:
    """Close the window; it asks, and is answered."""
    window = opened.window
    window.close()
    assert window.isVisible()
    box = window.findChild(QMessageBox, "trainingQuestion")
    next(button for button in box.buttons() if button.text().replace("&", "") == answer).click()
    qtbot.waitUntil(lambda: not window.isVisible())


@pytest.mark.slow
@pytest.mark.process
@pytest.mark.torch
def test_closing_asks_also_while_a_run_is_starting(forked_engine, qtbot) -> None:
    folder = planned(data_folder(RUNS), epochs=400)
    with recommender(qtbot) as (opened, page):
        page.open_file(folder.path)
        run = run_of(page)
        until(qtbot, lambda: run.doing == "planned")
        opened.actions["run_go"].trigger()
        opened.actions["run_back"].trigger()
        page.open_file(folder.path)
        again = run_of(page)
        until(qtbot, lambda: again.doing is not None)
        assert again.at_work, "it is not offered to be started a second time"
        asked(qtbot, opened, "Stop and keep")
    until(qtbot, lambda: Launched.at(folder.path) is None)
    assert state_of(folder).status in ("planned", "stopped")


@pytest.mark.process
def test_a_run_that_breaks_before_it_has_begun_says_why(qtbot, monkeypatch) -> None:
    monkeypatch.setattr(launching, "engine_command", lambda *_: [sys.executable, "-c", "raise SystemExit('No disk.')"])
    with recommender(qtbot) as (opened, page):
        page.start_run(Start.usual("candidates"))
        until(qtbot, lambda: bool(opened.window.messages.text))
        assert "The run ended before it began (No disk)" in opened.window.messages.text
        assert run_of(page).doing == "planned" and run_of(page).can_go_on


@pytest.mark.torch
def test_a_run_that_failed_before_it_learned_is_not_resumed_but_tried_again(qtbot) -> None:
    root = data_folder(RUNS)
    logged(planned(root), [Failed("data.no-rows", "There are no rows.")])
    with recommender(qtbot) as (opened, page):
        until(qtbot, lambda: len(page.home.table.runs.rows) == 1)
        assert page.home.table.runs.rows[0].state == "failed"
        page.open_file(root / "A small site")
        run = run_of(page)
        until(qtbot, lambda: run.doing == "failed")
        assert run.broke_before and opened.actions["run_go"].text() == "Try again"


@pytest.mark.torch
def test_all_ticked_runs_are_compared_above_the_table(qtbot: QtBot, tmp_path: Path) -> None:
    """With two runs ticked the line told of the first alone."""
    root = data_folder(RUNS)
    ended = Stopped(1, 0, 10)
    for _number in range(3):
        logged(planned(root), [*BEGUN, ended])
    with recommender(qtbot) as (_opened, page):
        page.open_file(root / "A small site")
        until(qtbot, lambda: run_of(page).history is not None)
        section = cast(TrainSection, page.opened.section)
        until(qtbot, lambda: section.table.rowCount() == 3)
        for line in (1, 2):
            section.table.item(line, 0).setCheckState(Qt.CheckState.Checked)
        assert section.table_card._subtitle.accessibleName().count("20.0 % of “A small site") == 2


def test_other_runs_on_the_same_data_are_offered_and_drawn_when_ticked(qtbot, tmp_path) -> None:
    root = data_folder(RUNS)
    ended = Stopped(1, 0, 10)
    logged(planned(root), [*BEGUN, COMPANY, ended])
    logged(planned(root), [*BEGUN, ended])
    logged(planned(root, events=4_000), [*BEGUN, ended])
    with recommender(qtbot) as (_opened, page):
        page.open_file(root / "A small site")
        run = run_of(page)
        until(qtbot, lambda: run.history is not None)
        section = cast(TrainSection, page.opened.section)
        until(qtbot, lambda: section.table.rowCount() == 4)  # itself, two simple models, the one on the same data
        assert len(section.charts.figure.series) == 3
        section.table.item(3, 0).setCheckState(section.table.item(1, 0).checkState())
        assert len(section.charts.figure.series) == 4
        assert section.table_card._subtitle.accessibleName().startswith(
            "Hit rate@50 on the validation rows: 20.0 % of this run, 20.0 % of “A small site"
        )
        drawing = tmp_path / "curves.svg"
        section.charts.figure_card.copier.save_drawing(str(drawing))
        assert "ItemKNN" in drawing.read_text("utf-8")
        numbers = section.table.table()
        assert numbers.header[0] == "model" and numbers.rows[0][1] == pytest.approx(0.2)
