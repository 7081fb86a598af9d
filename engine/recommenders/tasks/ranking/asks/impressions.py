"""Impressions: what the network learned from, one of them as a sum, and many beside the truth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from engine.graph.columns import Bags, Columns
from engine.graph.kinds.numbers import NumbersParams
from engine.graph.kinds.transform import TransformParams
from engine.problems import EngineError
from engine.recommenders.data.sources import data_source
from engine.recommenders.data.worlds.video_site.truth import NEVER
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.base import NO_ROW
from engine.recommenders.tasks.ranking.answers import (
    AboutRanking,
    ErrorBin,
    FoundImpressions,
    Impression,
    ImpressionSum,
    JudgedImpressions,
    NumberRead,
    Scatter,
)
from engine.recommenders.tasks.ranking.opened import Floats, OpenedRanking


def tell_about(opened: OpenedRanking, parameters: Parameters) -> AboutRanking:
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


ABOUT = Ask("about", "the data, what is read, and the sizes", Parameters, tell_about)


if TYPE_CHECKING:
    from torch import Tensor


class ImpressionsParameters(Parameters):
    """``rows``: of the impressions that are judged on; without any, the first ones in this ``order``."""

    rows: Annotated[tuple[int, ...], Field(max_length=1000)] = Field(default=(), description="rows of the impressions")
    order: Literal["rows", "predicted", "too long", "too short"] = Field(
        default="rows", description="which come first: as they are, the longest expected, or the worst by seconds"
    )
    clicked: bool | None = Field(default=None, description="only those that were clicked, or that were not")
    limit: int = Field(default=20, ge=1, le=1000, description="impressions at most")


def find_impressions(opened: OpenedRanking, parameters: ImpressionsParameters) -> FoundImpressions:
    """Some impressions. Raises EngineError for a row that is none."""
    for row in parameters.rows:
        if not 0 <= row < len(opened.test):
            raise EngineError(NO_ROW(row=row, last=len(opened.test) - 1))
    rows = np.array(parameters.rows, np.int64) if parameters.rows else _ordered(opened, parameters)
    return FoundImpressions(len(rows), tuple(impression(opened, row) for row in rows[: parameters.limit].tolist()))


def _ordered(opened: OpenedRanking, parameters: ImpressionsParameters) -> NDArray[np.int64]:
    rows = np.arange(len(opened.test))
    if parameters.clicked is not None:
        rows = rows[opened.test.clicked == parameters.clicked]
    over = opened.predicted - opened.test.expected_seconds
    by = {"rows": -rows.astype(np.float64), "predicted": opened.predicted[rows], "too long": over[rows],
          "too short": -over[rows]}  # fmt: skip
    order: NDArray[np.int64] = rows[np.argsort(-by[parameters.order], kind="stable")]
    return order


def impression(opened: OpenedRanking, row: int) -> Impression:
    """One impression by its row."""
    one, site, spec = opened.test.take(np.array([row])), opened.task.site, opened.task.model.spec
    columns = one.columns
    video = int(np.asarray(columns["video"])[0]) - 1
    categories = {name: site.names(name)[int(np.asarray(columns[name])[0])] for name in spec.categories}
    numbers = {name: float(np.asarray(columns[name])[0]) for name in spec.numbers}
    history = opened.test.columns["history"]
    assert isinstance(history, Bags)
    titles = site.names("history")
    return Impression(
        row=row,
        user=f"user {int(one.users[0])}",
        video=f"video {video}",
        title=site.title(video),
        predicted=float(opened.predicted[row]),
        true=float(one.expected_seconds[0]),
        watched=float(one.watch_seconds[0]),
        clicked=bool(one.clicked[0]),
        click_rate=float(one.click_rates[0]),
        seconds_if_clicked=float(one.seconds_if_clicked[0]),
        categories=categories,
        numbers=numbers,
        history=tuple(titles[id_] for id_ in history.bag(row).tolist()),
    )


IMPRESSIONS = Ask(
    "impressions", "expected, true and watched seconds of some impressions", ImpressionsParameters, find_impressions
)


class SumParameters(Parameters):
    """``row``: of the impressions that are judged on."""

    row: int = Field(ge=0, description="the row of the impression")


def sum_up(opened: OpenedRanking, parameters: SumParameters) -> ImpressionSum:
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


SUM = Ask("sum", "how one impression's expected time comes about", SumParameters, sum_up)


class ScatterParameters(Parameters):
    """``points``: how many of the impressions are shown, from all over them; the figures are of all."""

    points: int = Field(default=1000, ge=1, le=20_000, description="impressions shown")
    bins: int = Field(default=10, ge=1, le=100, description="equally many impressions each, by what is predicted")


def scatter_points(opened: OpenedRanking, parameters: ScatterParameters) -> Scatter:
    """All of it."""
    test, predicted = opened.test, opened.predicted
    true, watched = test.expected_seconds, test.watch_seconds
    rows = np.unique(np.linspace(0, len(test) - 1, min(parameters.points, len(test))).astype(np.int64))
    return Scatter(
        tuple(rows.tolist()),
        tuple(f"user {user}" for user in test.users[rows].tolist()),
        tuple(opened.task.site.title(video - 1) for video in np.asarray(test.columns["video"])[rows].tolist()),
        tuple(predicted[rows].tolist()),
        tuple(true[rows].tolist()),
        _correlated(predicted, true),
        _correlated(predicted, watched),
        _correlated(true, watched),
        float(np.abs(predicted - true).mean()),
        tuple(_bin(opened, part) for part in np.array_split(np.argsort(predicted, kind="stable"), parameters.bins)
              if len(part)),
    )  # fmt: skip


def _bin(opened: OpenedRanking, rows: NDArray[np.int64]) -> ErrorBin:
    predicted, true = opened.predicted[rows], opened.test.expected_seconds[rows]
    watched, error = opened.test.watch_seconds[rows], np.abs(predicted - true)
    means = [float(of.mean()) for of in (predicted, true, watched, error)]
    return ErrorBin(means[0], means[1], means[2], means[3], len(rows))


def _correlated(one: Floats, other: Floats) -> float:
    """Spearman's; nan where one of the two does not vary."""
    from scipy.stats import spearmanr  # half a second, which opening a network need not take

    varies = np.ptp(one) > 0.0 and np.ptp(other) > 0.0
    return float(spearmanr(one, other).statistic) if varies else float("nan")


SCATTER = Ask(
    "scatter", "predicted against true seconds, and how far off each tenth is", ScatterParameters, scatter_points
)
