"""Defaults from a log's shape, a network that begins as what is popular, and what is held out to choose an epoch by."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from checks.bench.rec_laws import LAWS, Law, log_of
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.logs.log import Log
from engine.recommenders.data.sources import Watches
from engine.recommenders.judging.baselines import Popular
from engine.recommenders.judging.next_watch import evaluate_full, hold_out_to_choose
from engine.recommenders.running.run import Run
from engine.recommenders.running.settings import Training
from engine.recommenders.tasks.candidates.graph import LATEST
from engine.recommenders.tasks.candidates.histories import examples_of, first_watches
from engine.recommenders.tasks.candidates.rules import EVERY_WATCH, LogShape, settled
from engine.recommenders.tasks.candidates.spec import CandidateChoice, CandidateSpec
from engine.recommenders.tasks.candidates.task import CandidateTask
from engine.recommenders.tasks.known import task_kind
from engine.recommenders.tasks.wide_deep.kind import ANY

DAY = 86_400
SMALL = Law(users=120, items=60, shortest=3, longest=9)


@pytest.fixture(scope="module")
def log() -> Log:
    return log_of(SMALL, 1)


def a_task(log: Log, **chosen: object) -> CandidateTask:
    choice = CandidateChoice.model_validate(chosen)
    return CandidateTask(RecommenderData(source="file"), Watches(log), choice, task_kind("candidates").start.training)


# The rules --------------------------------------------------------------------------------------------------------

SHAPE = LogShape(items=1500, watches=100_000, ties=0.0, days=30.0)


def test_what_is_left_open_is_settled_and_what_is_chosen_stays() -> None:
    found = settled(CandidateChoice(dimensions=16), SHAPE)
    assert type(found) is CandidateSpec and found.dimensions == 16
    assert (found.negatives, found.per_user, found.latest, found.example_age) == (0, EVERY_WATCH, 1, True)
    chosen = CandidateChoice(negatives=7, per_user=3, latest=0, example_age=False)
    assert settled(chosen, SHAPE).model_dump() == chosen.model_dump()
    assert settled(CandidateSpec(), SHAPE) == CandidateSpec()


def test_sittings_have_no_latest_watch_and_no_age() -> None:
    found = settled(CandidateChoice(), replace(SHAPE, ties=0.22, days=0.05))
    assert found.latest == 0 and not found.example_age


def test_large_logs_are_sampled() -> None:
    assert settled(CandidateChoice(), replace(SHAPE, items=1_000_000)).negatives == 1000
    assert settled(CandidateChoice(), replace(SHAPE, watches=5_000_000)).per_user == 100
    assert settled(CandidateChoice(), replace(SHAPE, watches=5_000_000)).negatives == 1000


def test_the_shape_is_that_of_the_log() -> None:
    users, times = np.array([0, 0, 0, 1, 1, 2]), np.array([0, 0, 4 * DAY, 0, 2 * DAY, 5])
    log = Log(users, np.arange(6), times, ["a", "b", "c", "d"], [f"i{item}" for item in range(8)])
    assert LogShape.of(log) == LogShape(items=8, watches=6, ties=1 / 3, days=3.0)
    assert LogShape.of(log.take(np.zeros(6, np.bool_))) == LogShape(items=8, watches=0, ties=0.0, days=0.0)


@pytest.mark.parametrize("rows", [1, 455, 3000, 10**6])
def test_few_rows_are_several_steps(rows: int) -> None:
    size = Training(batch_size="auto").rows_of_step(rows)
    assert size == 1 << size.bit_length() - 1 and 16 <= size <= 1024
    assert rows > 1024 * 64 or rows < 16 * 64 or 64 <= rows / size < 128
    assert Training(batch_size=7).rows_of_step(rows) == 7
    assert ANY.training.batch_size == "auto"


# Popular at first ---------------------------------------------------------------------------------------------------


@pytest.mark.torch
def test_a_network_begins_by_recommending_what_is_popular(log: Log) -> None:
    task = a_task(log, scale=0.0)
    popular = evaluate_full(Popular.fit(task.choice.train).scores, task.choice)
    assert task.model.evaluation(task.network, task.choice).ranks == pytest.approx(popular.ranks)


@pytest.mark.torch
def test_what_was_withheld_is_counted_once_an_epoch_is_chosen(log: Log) -> None:
    task = a_task(log, scale=0.0)
    task.withheld.join()
    began, now = (np.log1p(np.bincount(part.train.items, minlength=60)) for part in (task.choice, task.split))
    scores = task.model.scores(task.network, task.split.train, np.arange(3))
    assert scores == pytest.approx(np.tile(now - began.mean(), (3, 1)), abs=1e-6)
    assert now.sum() > began.sum()


@pytest.mark.torch
def test_without_a_layer_there_is_nothing_to_begin_by(log: Log) -> None:
    task = a_task(log, hidden=(), scale=0.0, dimensions=4)
    task.withheld.join()
    assert not task.model.item_vectors(task.network).any()


# What is held out ---------------------------------------------------------------------------------------------------


@pytest.mark.torch
def test_the_last_watch_is_judged_on_and_the_one_before_it_is_chosen_by(log: Log) -> None:
    task, offsets = a_task(log), log.offsets()
    assert (task.split.rows == offsets[1:] - 1).all()
    chosen = np.flatnonzero(np.diff(offsets) >= 4)
    assert (task.choice.users == chosen).all() and (task.choice.items == log.items[offsets[chosen + 1] - 2]).all()
    assert task.figures()["users"] == len(chosen)
    assert task.withheld.rows == len(chosen)
    learned = task.batches.at(np.arange(task.batches.rows))
    assert learned.rows == len(task.choice.train) - log.user_count
    hit_rate = f"HR@{task.compared_at}"
    assert task.figures("test")[hit_rate] == pytest.approx(task.model.evaluate(task.network, task.split)[hit_rate])


def test_at_most_so_many_users_are_chosen_by_and_where_all_are_tiny_every_other_one(log: Log) -> None:
    few = hold_out_to_choose(log, most=10)
    assert len(few.users) == 10 and np.ptp(few.users) > log.user_count // 2
    offsets = log.offsets()
    two = log.take(np.sort(np.concatenate([offsets[:-1], offsets[:-1] + 1])))
    assert hold_out_to_choose(two).users.tolist() == list(range(0, log.user_count, 2))
    assert len(hold_out_to_choose(log.take(offsets[:-1])).users) == 0


# Examples -----------------------------------------------------------------------------------------------------------


def test_what_was_watched_before_is_no_example() -> None:
    log = log_of(replace(SMALL, repeat=0.5), 1)
    first = first_watches(log)
    rows = examples_of(log, EVERY_WATCH, 50, repeats=False).rows
    assert 0 < len(rows) < len(examples_of(log, EVERY_WATCH, 50).rows)
    for row in range(len(log)):
        before = log.items[log.offsets()[log.users[row]] : row]
        assert first[row] == (log.items[row] not in before)
        assert (row in rows) == (first[row] and len(before) > 0)


@pytest.mark.torch
def test_the_latest_watches_have_a_bag_of_their_own(log: Log) -> None:
    task = a_task(log, latest=2, history=5)
    examples = examples_of(log, EVERY_WATCH, 5)
    columns = task.model.columns.of_examples(log, examples, {})
    long, short = columns["history"], columns[LATEST]
    for row in range(columns.rows):
        assert short.bag(row).tolist() == long.bag(row)[-2:].tolist()  # type: ignore[union-attr]
    served = task.model.columns.serving(log, np.arange(3))
    assert (
        [served[LATEST].bag(row).tolist() for row in range(3)]
        == [  # type: ignore[union-attr]
            served["history"].bag(row)[-2:].tolist()
            for row in range(3)  # type: ignore[union-attr]
        ]
    )


# Laws ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LAWS)
def test_a_generated_log_follows_its_law(name: str) -> None:
    law = replace(LAWS[name], users=60)
    log, again, other = log_of(law, 5), log_of(law, 5), log_of(law, 6)
    assert (log.items == again.items).all() and (len(log) != len(other) or (log.items != other.items).any())
    counts = np.diff(log.offsets())
    assert law.shortest <= counts.min() and counts.max() <= law.longest
    assert (np.diff(log.times)[np.diff(log.users) == 0] >= 0).all()
    repeated = 1.0 - first_watches(log).mean()
    assert repeated == 0.0 if law.repeat == 0.0 else repeated > law.repeat / 2


@pytest.mark.torch
def test_in_default_settings_a_small_log_is_trained_to_its_best_epoch(log: Log) -> None:
    task = a_task(log)
    hit_rate = f"HR@{task.compared_at}"
    ending = Run(
        task.trainer, task.batches, task.training, task.document(), task.figures, choose_by=hit_rate,
        withheld=task.withheld,
    ).go()  # fmt: skip
    best = ending.cursor.best
    assert best is not None and best.value is not None and ending.cursor.stage == "done"
    assert best.value == pytest.approx(task.model.evaluate(task.network, task.choice)[hit_rate], abs=0.1)
