"""``about``: what the network was trained on, what it reads, and how large everything is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.recommenders.data.sources import data_source
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.ranking.opened import OpenedRanking


class AboutParameters(Parameters):
    """None."""


@dataclass(frozen=True, slots=True)
class Impressions:
    """Of the users that are judged on. ``click_rate``: share that was clicked; ``mean_seconds``: watched, over all;
    ``true_seconds``: expected by the generator's own truth."""

    rows: int
    users: int
    click_rate: float
    mean_seconds: float
    true_seconds: float


@dataclass(frozen=True, slots=True)
class About:
    """``training_rows``: impressions that are learned from, ``choice_rows`` those that an epoch is chosen by.
    ``unit``: the seconds that weigh as much as one negative. ``updates`` and ``epochs``: how far it has been
    trained."""

    data: Mapping[str, Any]
    data_label: str
    impressions: Impressions
    training_rows: int
    choice_rows: int
    videos: int
    categories: Sequence[str]
    numbers: Sequence[str]
    weighted: bool
    cure: bool
    unit: float
    parameters: int
    spec: Mapping[str, Any]
    training: Mapping[str, Any]
    epochs: int
    updates: int


def answer(opened: OpenedRanking, parameters: AboutParameters) -> About:
    """What the checkpoint and its site say of themselves."""
    task, test, spec = opened.task, opened.test, opened.task.model.spec
    cursor = opened.checkpoint.cursor
    return About(
        data=task.data.model_dump(mode="json"),
        data_label=data_source(task.data.source).label,
        impressions=Impressions(
            len(test),
            len(set(test.users.tolist())),
            float(test.clicked.mean()),
            float(test.watch_seconds.mean()),
            float(test.expected_seconds.mean()),
        ),
        training_rows=len(task.shown.learned),
        choice_rows=len(task.shown.valid),
        videos=task.site.spec.items,
        categories=spec.categories,
        numbers=spec.numbers,
        weighted=spec.weighted,
        cure=spec.cure,
        unit=task.model.unit,
        parameters=task.network.parameter_count(),
        spec=spec.model_dump(mode="json"),
        training=opened.checkpoint.training.model_dump(mode="json"),
        epochs=cursor.epoch,
        updates=cursor.updates,
    )


ASK = Ask("about", "the data, what is read, and the sizes", AboutParameters, answer)
