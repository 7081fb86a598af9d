"""``sum``: how one impression's expected time comes about: numbers brought to their place, with their powers, and in
the end e^(Wx + b), product by product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from engine.graph.columns import Columns
from engine.graph.kinds.numbers import NumbersParams
from engine.graph.kinds.transform import TransformParams
from engine.problems import EngineError
from engine.recommenders.data.worlds.video_site.truth import NEVER
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.base import NO_ROW
from engine.recommenders.tasks.ranking.asks.impressions import Impression, impression
from engine.recommenders.tasks.ranking.opened import OpenedRanking

if TYPE_CHECKING:
    from torch import Tensor

Floats = NDArray[np.float64]


class SumParameters(Parameters):
    """``row``: of the impressions that are judged on."""

    row: int = Field(ge=0, description="the row of the impression")


@dataclass(frozen=True, slots=True)
class NumberRead:
    """What the network makes of a number: its ``powers`` by name, of which ``x`` is where it is ``placed`` among those
    of the training impressions, 0 to 1, or the number itself. ``never``: it is hours since something that has not been
    watched yet."""

    name: str
    value: float
    never: bool
    placed: bool
    powers: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Sum:
    """``products`` (n,): W_k x_k of the ``inputs`` x (n,) of the last layer, whose sum and ``bias`` are ``z``;
    ``unit``: seconds; ``impression.predicted`` = unit · e^z. ``hidden``: units of the layers before."""

    impression: Impression
    numbers: Sequence[NumberRead]
    products: Floats
    bias: float
    z: float
    unit: float
    hidden: Sequence[int]


def answer(opened: OpenedRanking, parameters: SumParameters) -> Sum:
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
    return Sum(
        shown, _numbers(opened, a, one.columns), weights * inputs, bias, float(z[last][0, 0]), model.unit,
        model.spec.hidden,
    )  # fmt: skip


def _numbers(opened: OpenedRanking, a: Mapping[int, Tensor], row: Columns) -> list[NumberRead]:
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
    return found


ASK = Ask("sum", "how one impression's expected time comes about", SumParameters, answer)
