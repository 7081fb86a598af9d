"""A run and all that is shown beside it: simpler models, companions, other runs on the same data; as plain data."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from app.kit import theme
from app.kit.charts.series import Series
from app.kit.numbers import moment
from app.workspaces.recommender.words import Measure, companion_name, simple_name
from engine.formats.progress import Curve
from engine.recommenders.running.run_history import Points, RunHistory
from engine.recommenders.running.run_state import Figures
from engine.recommenders.tasks.base import NETWORK

Sort = Literal["own", "companion", "baseline", "run"]


@dataclass(frozen=True, slots=True)
class Beside:
    """One of those that are shown together. ``key``: unique among them. ``curves``: figures of the validation rows over
    the epochs, ``level``: those of what has no epochs; ``kept``: the epoch that it went back to. ``values``: what the
    table tells, of the same rows for all (:func:`is_judged`). ``losses``: of training. ``weights`` and
    ``seconds``: None where it has none of its own."""

    key: str
    name: str
    sort: Sort
    curves: Mapping[str, Points] = field(default_factory=dict)
    level: Figures = field(default_factory=dict)
    values: Figures = field(default_factory=dict)
    kept: float | None = None
    losses: Points | None = None
    weights: int | None = None
    seconds: float | None = None


def is_judged(history: RunHistory) -> bool:
    """Whether there is a verdict on a run: from then on all that stands beside it is told by the test rows."""
    return NETWORK in history.state.judged


def all_beside(history: RunHistory, others: Sequence[RunHistory]) -> tuple[Beside, ...]:
    """The run itself, its companions, what simpler models have, and the other runs: all told by the same rows."""
    state, judged = history.state, is_judged(history)
    own = _of_run(history, "own", QCoreApplication.translate("Beside", "this run"), judged=judged)
    companions = [
        Beside(
            f"companion/{which}", companion_name(which), "companion", curves,
            values=state.judged.get(which, {}) if judged else _latest(curves),
        )
        for which, curves in history.companions.items()
    ]  # fmt: skip
    beside = dict.fromkeys((*state.compared, *state.judged))
    simpler = [name for name in beside if name != NETWORK and name not in history.companions]
    baselines = [
        Beside(
            f"baseline/{name}", simple_name(name), "baseline", level=state.compared.get(name, {}),
            values=(state.judged if judged else state.compared).get(name, {}),
        )
        for name in simpler
    ]  # fmt: skip
    runs = [_of_run(other, "run", _dated(other), judged=judged) for other in others]
    return (own, *companions, *baselines, *runs)


def _of_run(history: RunHistory, sort: Sort, name: str, *, judged: bool) -> Beside:
    """``judged``: told by the test rows, on which a run that has not come to its end has no figures."""
    state = history.state
    key = "own" if sort == "own" else f"run/{state.folder.path.name}"
    return Beside(
        key, name, sort, history.figures,
        values=state.judged.get(NETWORK, {}) if judged else state.figures,
        kept=history.kept_at,
        losses=history.losses,
        weights=None if history.started is None else history.started.parameters,
        seconds=state.seconds,
    )  # fmt: skip


def _dated(history: RunHistory) -> str:
    """A run's name, and when it was planned: several may be called the same."""
    plan = history.state.plan
    return f"{plan.name} · {moment(plan.created.timestamp())}"


def _latest(curves: Mapping[str, Points]) -> Mapping[str, float | None]:
    return {name: float(points.values[-1]) for name, points in curves.items() if len(points)}


# As a chart has them ----------------------------------------------------------------------------------------------


def colours_of(keys: Sequence[str]) -> Mapping[str, QColor]:
    """A colour for each, the run's own first in the accent; orange, which means a sign elsewhere, is none of them."""
    palette = theme.current().series[1:-1]
    others = [key for key in keys if key != "own"]
    return {"own": theme.colour("accent")} | {key: QColor(palette[at % len(palette)]) for at, key in enumerate(others)}


def series_of(
    shown: Sequence[Beside], colours: Mapping[str, QColor], measure: Measure, planned: float
) -> tuple[Series, ...]:
    """A measure of all of them: measured after epochs, or level lines up to the planned end."""
    found = []
    for one in shown:
        points, level = one.curves.get(measure.key), one.level.get(measure.key)
        curve = _flat(level, planned) if points is None and level is not None else _curve(points)
        if curve is not None:
            own = one.sort == "own"
            ending = measure.text(_last(points)) if own else ""
            ring = one.kept if own else None
            found.append(
                Series(one.name, colours[one.key], curve, None, ending, first=own, dashed=not own, dots=own, ring=ring)
            )
    return tuple(found)


def losses_of(shown: Sequence[Beside], colours: Mapping[str, QColor], own: str, colour: QColor) -> tuple[Series, ...]:
    """What training lowers, of the run in a ``colour`` and under the name ``own``, and of other runs."""
    found = []
    for one in shown:
        curve = _curve(one.losses)
        if curve is not None:
            mine = one.sort == "own"
            name, hue = (own, colour) if mine else (one.name, colours[one.key])
            found.append(Series(name, hue, curve, dashed=not mine, first=mine))
    return tuple(found)


def _curve(points: Points | None) -> Curve | None:
    """The points as a chart's curve: one that was not finite counts as infinite."""
    if points is None or not len(points):
        return None
    values = np.where(np.isfinite(points.values), points.values, np.inf)
    steps = np.arange(1, len(points) + 1)
    return Curve(steps, points.epochs, np.ones(len(points), np.int64), values, values, values)


def _last(points: Points | None) -> float | None:
    """The latest value, where it was finite."""
    return None if points is None or not len(points) or not np.isfinite(points.values[-1]) else float(points.values[-1])


def value_at(points: Points | None, epoch: float) -> float | None:
    """What was measured at the very epoch."""
    if points is None:
        return None
    at = np.flatnonzero(points.epochs == epoch)
    return float(points.values[at[-1]]) if len(at) else None


def _flat(value: float, planned: float) -> Curve:
    values = np.full(2, value)
    return Curve(np.array([0, 1]), np.array([0.0, max(planned, 1.0)]), np.ones(2, np.int64), values, values, values)


def chosen(all_: Sequence[Beside], ticked: Collection[str]) -> tuple[Beside, ...]:
    """The run, and those that are ticked."""
    return tuple(one for one in all_ if one.sort == "own" or one.key in ticked)
