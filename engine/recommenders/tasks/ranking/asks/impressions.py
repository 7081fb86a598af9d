"""``impressions``: for how long some impressions are expected to be watched, in truth, and how long they were."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from engine.graph.columns import Bags
from engine.problems import EngineError
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.base import NO_ROW
from engine.recommenders.tasks.ranking.answers import FoundImpressions, Impression
from engine.recommenders.tasks.ranking.opened import OpenedRanking


class ImpressionsParameters(Parameters):
    """``rows``: of the impressions that are judged on; without any, the first ones in this ``order``."""

    rows: Annotated[tuple[int, ...], Field(max_length=1000)] = Field(default=(), description="rows of the impressions")
    order: Literal["rows", "predicted", "too long", "too short"] = Field(
        default="rows", description="which come first: as they are, the longest expected, or the worst by seconds"
    )
    clicked: bool | None = Field(default=None, description="only those that were clicked, or that were not")
    limit: int = Field(default=20, ge=1, le=1000, description="impressions at most")


def answer(opened: OpenedRanking, parameters: ImpressionsParameters) -> FoundImpressions:
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


ASK = Ask("impressions", "expected, true and watched seconds of some impressions", ImpressionsParameters, answer)
