"""``sum``: how one impression's expected time comes about: numbers brought to their place, with their powers, and in
the end e^(Wx + b), product by product."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from pydantic import Field

from engine.graph.columns import Columns
from engine.graph.kinds.numbers import NumbersParams
from engine.graph.kinds.transform import TransformParams
from engine.problems import EngineError
from engine.recommenders.data.worlds.video_site.truth import NEVER
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.base import NO_ROW
from engine.recommenders.tasks.ranking.answers import ImpressionSum, NumberRead
from engine.recommenders.tasks.ranking.asks.impressions import impression
from engine.recommenders.tasks.ranking.opened import OpenedRanking

if TYPE_CHECKING:
    from torch import Tensor


class SumParameters(Parameters):
    """``row``: of the impressions that are judged on."""

    row: int = Field(ge=0, description="the row of the impression")


def answer(opened: OpenedRanking, parameters: SumParameters) -> ImpressionSum:
    """The sum. Raises EngineError for a row that is none."""
    row = parameters.row
    if row >= len(opened.test):
        raise EngineError(NO_ROW(row=row, last=len(opened.test) - 1))
    shown = impression(opened, row)  # settles the bias
    model, network = opened.task.model, opened.task.network
    one = opened.test.take(np.array([row]))
    z, a = network.outputs(model.prepare(network, one.columns))
    last = len(network.plan.nodes) - 1
    end = network.plan.nodes[last]
    inputs = np.concatenate([a[source][0].cpu().numpy().astype(np.float64) for source in end.sources])
    weights = network.view((end.id, "W")).cpu().numpy().astype(np.float64).reshape(-1)
    bias = float(network.view((end.id, "b"))[0])
    return ImpressionSum(
        impression=shown,
        numbers=_numbers(opened, a, one.columns),
        products=tuple((weights * inputs).tolist()),
        bias=bias,
        z=float(z[last][0, 0]),
        unit=model.unit,
        hidden=model.spec.hidden,
    )


def _numbers(opened: OpenedRanking, a: Mapping[int, Tensor], row: Columns) -> tuple[NumberRead, ...]:
    """What each transform has made of its numbers, power by power."""
    nodes = opened.task.network.plan.nodes
    found: list[NumberRead] = []
    for at, node in enumerate(nodes):
        source = nodes[node.sources[0]].params if len(node.sources) == 1 else None
        if not (isinstance(node.params, TransformParams) and isinstance(source, NumbersParams)):
            continue
        powers, placed = node.params.powers, node.params.quantiles > 0
        made = a[at][0].cpu().numpy().astype(np.float64).reshape(len(powers), len(source.columns))
        for number, name in enumerate(source.columns):
            value = float(np.asarray(row[name])[0])
            read = dict(zip(powers, made[:, number].tolist(), strict=True))
            found.append(NumberRead(name, value, value >= NEVER, placed, read))
    return tuple(found)


ASK = Ask("sum", "how one impression's expected time comes about", SumParameters, answer)
