"""How soon a trained candidate generation answers: an edited history, and each of fifty watches left out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle
from pathlib import Path

import numpy as np

from checks.bench.measure import Row, at_most, median_seconds
from engine.cli.outcome import as_json
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.running.checkpoints import Checkpoint, Cursor
from engine.recommenders.serving.asking import Askable
from engine.recommenders.tasks.candidates.kind import CandidateKind
from engine.recommenders.tasks.candidates.opened import OpenedCandidates
from engine.recommenders.tasks.candidates.spec import CandidateSpec
from engine.recommenders.tasks.opening import OpenedOthers, opened

FILMS = RecommenderData(source="movielens-small")
SITE = RecommenderData(source="video-site", items=1_000_000, users=20_000, events=300_000)
WATCHED, REPEAT = 50, 9


def askable(data: RecommenderData) -> Askable[OpenedCandidates]:
    """A network as it begins: an answer takes as long whatever has been learned."""
    kind = CandidateKind()
    spec = CandidateSpec(categories=("country", "device") if data is SITE else ())
    task = opened(kind, data, spec, kind.start.training)
    kept = Checkpoint(Path(), Cursor(), task.network.graph, task.training, task.document(), {}, (0, 0, 0))
    return kind.askable(task, kept, OpenedOthers())


def milliseconds(of: Askable[OpenedCandidates], name: str, histories: Sequence[Sequence[str]]) -> float:
    """The median of an answer as JSON, each time to another history."""
    turn = cycle(histories)
    return 1e3 * median_seconds(lambda: as_json({"answer": of.answer(name, {"history": next(turn)})}), REPEAT)


def rows(what: str, data: RecommenderData, bar: float) -> list[Row]:
    """An edit, and fifty watches left out one by one."""
    of = askable(data)
    draw = np.random.default_rng(0)
    items = len(of.opened.model.item_names)
    histories = [of.opened.names(draw.choice(items, WATCHED, replace=False)) for _ in range(REPEAT)]
    return [
        at_most(f"{what}, an edited history", milliseconds(of, "recommend", histories), "ms", bar),
        at_most(f"{what}, {WATCHED} watches left out", milliseconds(of, "what_if", histories), "ms", 1000.0),
    ]


def run() -> list[Row]:
    """Every row."""
    return [*rows("MovieLens small", FILMS, 100.0), *rows(f"{SITE.items:,} items", SITE, 250.0)]
