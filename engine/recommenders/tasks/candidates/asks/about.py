"""``about``: what the network was trained on, how large everything is, and what can be said of users and items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.recommenders.data.sources import data_source
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.candidates.opened import TITLE, OpenedCandidates


class AboutParameters(Parameters):
    """None."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """``watches``: in all; ``training_watches``: without the held-out ones. ``unwatched_items``: never watched in
    training, so that their vectors have been moved by negatives alone. ``parameters``: trainable numbers."""

    watches: int
    training_watches: int
    held_out: int
    users: int
    items: int
    unwatched_items: int
    parameters: int


@dataclass(frozen=True, slots=True)
class Category:
    """A user feature that the network reads, and the values that training had; any other is unknown."""

    name: str
    values: Sequence[str]


@dataclass(frozen=True, slots=True)
class About:
    """``dimensions`` of the user's vector, and of the item vectors that it is multiplied with. ``longest``: watches of
    a history that are read. ``search_tokens``: ids of searches, 0 where none are read. ``updates`` and ``epochs``: how
    far it has been trained. ``tied``: share of the held-out watches that have another at the same second."""

    data: Mapping[str, Any]
    data_label: str
    notices: Sequence[str]
    sizes: Sizes
    dimensions: int
    longest: int
    search_tokens: int
    categories: Sequence[Category]
    titles: bool
    item_features: Sequence[str]
    user_features: Sequence[str]
    tied: float
    spec: Mapping[str, Any]
    training: Mapping[str, Any]
    epochs: int
    updates: int


def answer(opened: OpenedCandidates, parameters: AboutParameters) -> About:
    """What the checkpoint and its log say of themselves."""
    task, log, spec = opened.task, opened.log, opened.model.columns.spec
    known, cursor = opened.model.columns.vocabularies, opened.checkpoint.cursor
    return About(
        data=task.data.model_dump(mode="json"),
        data_label=data_source(task.data.source).label,
        notices=[notice.sentence for notice in task.notices],
        sizes=_sizes(opened),
        dimensions=opened.network.plan.output.width,
        longest=spec.history,
        search_tokens=opened.search_tokens,
        categories=[Category(name, known[name].names) for name in spec.categories],
        titles=TITLE in log.item_features,
        item_features=[name for name in log.item_features if name != TITLE],
        user_features=list(log.user_features),
        tied=task.split.tied,
        spec=spec.model_dump(mode="json"),
        training=opened.checkpoint.training.model_dump(mode="json"),
        epochs=cursor.epoch,
        updates=cursor.updates,
    )


def _sizes(opened: OpenedCandidates) -> Sizes:
    return Sizes(
        watches=len(opened.log),
        training_watches=len(opened.train),
        held_out=len(opened.task.split.users),
        users=opened.log.user_count,
        items=opened.log.item_count,
        unwatched_items=int((opened.watches == 0).sum()),
        parameters=opened.network.parameter_count(),
    )


ASK = Ask("about", "the data, the sizes, and what is known of users and items", AboutParameters, answer)
