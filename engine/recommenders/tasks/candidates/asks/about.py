"""``about``: what the network was trained on, how large everything is, and what can be said of users and items."""

from __future__ import annotations

from engine.recommenders.data.sources import data_source
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.candidates.answers import AboutCandidates, LogSizes, UserCategory
from engine.recommenders.tasks.candidates.opened import TITLE, OpenedCandidates


def answer(opened: OpenedCandidates, parameters: Parameters) -> AboutCandidates:
    """What the checkpoint and its log say of themselves."""
    task, log, spec = opened.task, opened.log, opened.model.columns.spec
    known, cursor = opened.model.columns.vocabularies, opened.checkpoint.cursor
    return AboutCandidates(
        data=task.data,
        data_label=data_source(task.data.source).label,
        notices=tuple(notice.sentence for notice in task.notices),
        sizes=_sizes(opened),
        dimensions=opened.network.plan.output.width,
        longest=spec.history,
        search_tokens=opened.search_tokens,
        categories=tuple(UserCategory(name, tuple(known[name].names)) for name in spec.categories),
        titles=TITLE in log.item_features,
        item_features=tuple(name for name in log.item_features if name != TITLE),
        user_features=tuple(log.user_features),
        tied=task.split.tied,
        spec=spec,
        training=opened.checkpoint.training,
        epochs=cursor.epoch,
        updates=cursor.updates,
    )


def _sizes(opened: OpenedCandidates) -> LogSizes:
    return LogSizes(
        watches=len(opened.log),
        training_watches=len(opened.train),
        held_out=len(opened.task.split.users),
        users=opened.log.user_count,
        items=opened.log.item_count,
        unwatched_items=int((opened.watches == 0).sum()),
        parameters=opened.network.parameter_count(),
    )


ASK = Ask("about", "the data, the sizes, and what is known of users and items", Parameters, answer)
