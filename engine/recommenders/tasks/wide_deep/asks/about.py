"""``about``: what the network was trained on, what it predicts, and how large everything is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.recommenders.data.sources import data_source
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.wide_deep.opened import PARTS, OpenedWideDeep
from engine.recommenders.tasks.wide_deep.wide_terms import wide_nodes


class AboutParameters(Parameters):
    """None."""


@dataclass(frozen=True, slots=True)
class PartSize:
    """A part of the split: its rows, and the share of them whose outcome is a yes."""

    part: str
    rows: int
    rate: float


@dataclass(frozen=True, slots=True)
class Goal:
    """What is predicted: that ``column`` holds ``equals`` or, without it, a number ≥ ``at_least``."""

    column: str
    equals: str | None
    at_least: float


@dataclass(frozen=True, slots=True)
class About:
    """``weights``: trainable numbers, of which ``wide_weights`` are the wide half's and ``wide_kept`` of these not 0;
    ``deep_weights``: the others. ``updates`` and ``epochs``: how far it has been trained."""

    data: Mapping[str, Any]
    data_label: str
    notices: Sequence[str]
    goal: Goal
    parts: Sequence[PartSize]
    categories: Sequence[str]
    numbers: Sequence[str]
    bags: Sequence[str]
    crosses: Sequence[Sequence[str]]
    weights: int
    wide_weights: int
    wide_kept: int
    deep_weights: int
    spec: Mapping[str, Any]
    training: Mapping[str, Any]
    epochs: int
    updates: int


def answer(opened: OpenedWideDeep, parameters: AboutParameters) -> About:
    """What the checkpoint and its table say of themselves."""
    task, fields, spec, goal = opened.task, opened.fields, opened.model.spec, opened.goal
    network, cursor = opened.network, opened.checkpoint.cursor
    tables = [network.tables[network.plan.nodes[at].id, "W"] for at in wide_nodes(network)]
    wide = sum(table.numel() for table in tables)
    return About(
        data=task.data.model_dump(mode="json"),
        data_label=data_source(task.data.source).label,
        notices=[notice.sentence for notice in task.notices],
        goal=Goal(goal.column, goal.equals, goal.at_least),
        parts=[_part(opened, part) for part in PARTS],
        categories=fields.categories,
        numbers=fields.numbers,
        bags=fields.bags,
        crosses=spec.crosses,
        weights=network.parameter_count(),
        wide_weights=wide,
        wide_kept=sum(int((table != 0).sum()) for table in tables),
        deep_weights=network.parameter_count() - wide,
        spec=spec.model_dump(mode="json"),
        training=opened.checkpoint.training.model_dump(mode="json"),
        epochs=cursor.epoch,
        updates=cursor.updates,
    )


def _part(opened: OpenedWideDeep, part: str) -> PartSize:
    rows = getattr(opened.task.rows, part)
    return PartSize(part, len(rows), float(np.mean(opened.labels[rows], dtype=np.float64)) if len(rows) else 0.0)


ASK = Ask("about", "the data, what is predicted, and the sizes", AboutParameters, answer)
