"""``about``: what the network was trained on, what it predicts, and how large everything is."""

from __future__ import annotations

import numpy as np

from engine.recommenders.data.sources import data_source
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.wide_deep.answers import AboutWideDeep, PartSize, PredictedGoal
from engine.recommenders.tasks.wide_deep.opened import PARTS, OpenedWideDeep
from engine.recommenders.tasks.wide_deep.wide_terms import wide_nodes


def answer(opened: OpenedWideDeep, parameters: Parameters) -> AboutWideDeep:
    """What the checkpoint and its table say of themselves."""
    task, fields, spec, goal = opened.task, opened.fields, opened.model.spec, opened.goal
    network, cursor = opened.network, opened.checkpoint.cursor
    tables = [network.tables[network.plan.nodes[at].id, "W"] for at in wide_nodes(network)]
    wide = sum(table.numel() for table in tables)
    return AboutWideDeep(
        data=task.data,
        data_label=data_source(task.data.source).label,
        notices=tuple(notice.sentence for notice in task.notices),
        goal=PredictedGoal(goal.column, goal.equals, goal.at_least),
        parts=tuple(_part(opened, part) for part in PARTS),
        categories=fields.categories,
        numbers=fields.numbers,
        bags=fields.bags,
        crosses=spec.crosses,
        weights=network.parameter_count(),
        wide_weights=wide,
        wide_kept=sum(int((table != 0).sum()) for table in tables),
        deep_weights=network.parameter_count() - wide,
        spec=spec,
        training=opened.checkpoint.training,
        epochs=cursor.epoch,
        updates=cursor.updates,
    )


def _part(opened: OpenedWideDeep, part: str) -> PartSize:
    rows = getattr(opened.task.rows, part)
    return PartSize(part, len(rows), float(np.mean(opened.labels[rows], dtype=np.float64)) if len(rows) else 0.0)


ASK = Ask("about", "the data, what is predicted, and the sizes", Parameters, answer)
