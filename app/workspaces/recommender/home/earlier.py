"""The runs there have been, as plain rows: each beside the best simple model on the very same rows of its data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.kit.numbers import NOTHING, grouped
from app.workspaces.recommender.figures import figures_of
from app.workspaces.recommender.words import Measure, data_name, doing_words, measures_of, model_name
from engine.problems import Problem
from engine.recommenders.judging.standing import Rival, rival_of
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.run_state import RunState
from engine.recommenders.running.runs import BadRun
from engine.recommenders.tasks.base import NETWORK


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run: ``value`` by its ``measure``, and the ``rival``, each None where it is not known yet; ``problem`` where
    the run cannot be read. ``judged``: whether its figures are of the test rows.
    ``seconds``: that it has been worked on. ``order``: when it was planned, in Unix seconds.
    ``leaks``: columns that decide the label alone."""

    folder: RunFolder
    name: str
    model: str = ""
    data: str = ""
    state: str = ""
    running: bool = False
    over: bool = False
    measure: Measure | None = None
    value: float | None = None
    rival: Rival | None = None
    seconds: float = 0.0
    order: float = 0.0
    problem: Problem | None = None
    judged: bool = False
    leaks: tuple[Problem, ...] = ()

    @property
    def shown(self) -> str:
        """Its figure in words."""
        return NOTHING if self.measure is None else self.measure.text(self.value)


def row_of(run: RunState | BadRun) -> RunRow:
    """A run as a row."""
    if isinstance(run, BadRun):
        return RunRow(run.folder, run.folder.path.name, problem=run.problem)
    measures = measures_of(run.plan.model)
    own, others = figures_of(run)
    measure = next((known for known in measures if own.get(known.key) is not None), measures[0] if measures else None)
    value = None if measure is None else own.get(measure.key)
    rival = None if measure is None else rival_of(own, others, measure.key, higher=measure.higher)
    return RunRow(
        run.folder, run.plan.name, model_name(run.plan.model), data_name(run.plan.data), _state(run),
        run.status == "running", run.status == "finished", measure, value, rival, run.seconds,
        run.plan.created.timestamp(), judged=NETWORK in run.judged, leaks=run.leaks,
    )  # fmt: skip


def _state(run: RunState) -> str:
    words = QCoreApplication.translate("Runs", "out of time") if run.ended_early else doing_words(run.status)
    over = (run.status == "finished" and not run.ended_early) or (
        run.status in ("failed", "diverged") and not run.epochs
    )
    if over or not run.planned:
        return words
    done = grouped(run.epochs)
    return f"{words} · {done}" if run.auto else f"{words} · {done}/{grouped(run.planned)}"


def rows_of(runs: Sequence[RunState | BadRun]) -> tuple[RunRow, ...]:
    """The runs as rows, the latest first."""
    return tuple(sorted(map(row_of, runs), key=lambda row: -row.order))
