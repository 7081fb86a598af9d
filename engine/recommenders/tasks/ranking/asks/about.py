"""``about``: what the network was trained on, what it reads, and how large everything is."""

from __future__ import annotations

from engine.recommenders.data.sources import data_source
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.ranking.answers import AboutRanking, JudgedImpressions
from engine.recommenders.tasks.ranking.opened import OpenedRanking


def answer(opened: OpenedRanking, parameters: Parameters) -> AboutRanking:
    """What the checkpoint and its site say of themselves."""
    task, test, spec = opened.task, opened.test, opened.task.model.spec
    cursor = opened.checkpoint.cursor
    return AboutRanking(
        data=task.data,
        data_label=data_source(task.data.source).label,
        impressions=JudgedImpressions(
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
        spec=spec,
        training=opened.checkpoint.training,
        epochs=cursor.epoch,
        updates=cursor.updates,
    )


ASK = Ask("about", "the data, what is read, and the sizes", Parameters, answer)
