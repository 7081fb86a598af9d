"""``recommend bench``: how fast this machine trains the recommenders and finds the nearest items."""

from __future__ import annotations

from argparse import Namespace
from time import perf_counter
from typing import Any

import numpy as np

from engine.cli.outcome import Outcome, number, table
from engine.recommenders.running.device import ready
from engine.recommenders.running.settings import Training
from engine.recommenders.serving.retrieval import ApproximateIndex, ExactIndex
from engine.recommenders.tasks.base import TaskKind
from engine.recommenders.tasks.known import task_kinds
from engine.recommenders.tasks.opening import opened

ITEMS, DIMENSIONS, NEAREST, QUERIES = 100_000, 64, 200, 32


def bench(arguments: Namespace) -> Outcome:
    """Rows per second of each model, and milliseconds of a search."""
    training = Training()
    ready(training, "cpu")
    figures = {kind.label: _rows_per_second(kind, training, arguments.seconds) for kind in task_kinds()}
    draw = np.random.default_rng(0)
    vectors = draw.normal(size=(ITEMS, DIMENSIONS)).astype(np.float32)
    queries = draw.normal(size=(QUERIES, DIMENSIONS)).astype(np.float32)
    times = {
        "exact": _milliseconds(ExactIndex(vectors), queries),
        "approximate": _milliseconds(ApproximateIndex(vectors, 0, trials=queries), queries),
    }
    rows = [(name, f"{rate:,.0f}", "rows/s") for name, rate in figures.items()]
    rows += [(f"{NEAREST} of {ITEMS:,} items, {how}", number(ms), "ms") for how, ms in times.items()]
    return Outcome({"rows_per_second": figures, "search_ms": times}, table(("", "", ""), rows)[1:])


def _rows_per_second(kind: TaskKind[Any], training: Training, seconds: float) -> float:
    task = opened(kind, kind.trial, kind.spec_type(), training)
    task.trainer.train(task.batches.batch(0, 0))  # the kernels are loaded
    rows, begin, step = 0, perf_counter(), 0
    while perf_counter() - begin < seconds:
        batch = task.batches.batch(step // task.batches.steps, step % task.batches.steps)
        task.trainer.train(batch)
        rows, step = rows + batch.rows, step + 1
    return rows / (perf_counter() - begin)


def _milliseconds(index: ExactIndex | ApproximateIndex, queries: np.ndarray) -> float:
    """Of one search at a time."""
    index.search(queries[:1], NEAREST)
    begin = perf_counter()
    for query in queries:
        index.search(query[None], NEAREST)
    return 1e3 * (perf_counter() - begin) / len(queries)
