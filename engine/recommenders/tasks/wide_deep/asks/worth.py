"""What the network is worth: beside its halves and simpler models, and how far its probabilities come true."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import Field

from engine.recommenders.judging.metrics import (
    CalibrationRow,
    Estimate,
    Floats,
    auc,
    calibration,
    log_losses,
    mean_of,
    paired,
)
from engine.recommenders.judging.standing import part_without_loss
from engine.recommenders.running.events import finite
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.base import NETWORK, task_kind
from engine.recommenders.tasks.wide_deep.answers import (
    CalibrationTable,
    ComparedModel,
    HalfWithoutLoss,
    LossDifference,
    ModelComparison,
    Part,
)
from engine.recommenders.tasks.wide_deep.insight import answers
from engine.recommenders.tasks.wide_deep.opened import OpenedWideDeep, probabilities_of
from engine.recommenders.tasks.wide_deep.task import WideDeepTask, judged_figures, paired_errors
from engine.recommenders.tasks.wide_deep.wide_terms import wide_nodes


class CompareParameters(Parameters):
    """``others``: paths of checkpoints by the names that they are to have."""

    others: Mapping[str, str] = Field(default_factory=dict, max_length=20, description="paths by name")
    row: int | None = Field(default=None, description="a row that each is asked about")
    bins: int = Field(default=10, ge=1, le=1000, description="bins of the calibration")
    opponents: bool = Field(default=True, description="simpler models too, which take seconds to fit")


def compare_models(opened: OpenedWideDeep, parameters: CompareParameters) -> ModelComparison:
    """All on the very same rows. Raises EngineError for an unknown row."""
    test, row = opened.task.rows.test, parameters.row
    at = None if row is None else opened.index(row)
    labels = opened.labels[test].astype(float)
    tasks, unopened = opened.with_others(parameters.others)
    predicted = {name: _probabilities(opened, task)[test] for name, task in tasks.items()}
    models = [_compared(name, task, labels, predicted[name], at, parameters.bins) for name, task in tasks.items()]
    for name, other in opened.opponents.items() if parameters.opponents else ():
        predicted[name] = other
        area, loss, bins = _judged(labels, other, parameters.bins)
        models.append(ComparedModel(name, None, None, None, area, loss, None, bins))
    label = None if at is None else bool(opened.labels[at] > 0)
    half = _half_without_loss(labels, predicted, tasks)
    return ModelComparison(len(test), label, tuple(models), tuple(_differences(labels, predicted)), unopened, half)


def _probabilities(opened: OpenedWideDeep, task: WideDeepTask) -> Floats:
    return opened.probabilities if task is opened.task else probabilities_of(task)


def _compared(
    name: str, task: WideDeepTask, labels: Floats, predicted: Floats, row: int | None, count: int
) -> ComparedModel:
    network = task.network
    tables = [network.tables[network.plan.nodes[at].id, "W"] for at in wide_nodes(network)]
    kept = sum(int((table != 0).sum()) for table in tables)
    probability = None if row is None else _of_row(task, row)
    area, loss, bins = _judged(labels, predicted, count)
    parts = task.model.spec.parts
    return ComparedModel(name, parts, network.parameter_count(), kept, area, loss, probability, bins)


def _of_row(task: WideDeepTask, row: int) -> float:
    prepared = task.model.prepare(task.network, task.labelled.table[row])
    return float(answers(task.network, prepared).probability[0])


def _judged(labels: Floats, predicted: Floats, bins: int) -> tuple[float, Estimate, tuple[CalibrationRow, ...]]:
    return auc(labels, predicted), mean_of(log_losses(labels, predicted)), calibration(labels, predicted, bins)


def _differences(labels: Floats, predicted: Mapping[str, Floats]) -> Iterator[LossDifference]:
    own = log_losses(labels, predicted[NETWORK])
    for name, other in predicted.items():
        if name != NETWORK:
            yield LossDifference(name, paired(own, log_losses(labels, other)))


def _half_without_loss(
    labels: Floats, predicted: Mapping[str, Floats], tasks: Mapping[str, WideDeepTask]
) -> HalfWithoutLoss | None:
    if tasks[NETWORK].model.spec.parts != "joint":
        return None
    own = predicted[NETWORK]
    figures = {name: judged_figures(labels, predicted[name], errors=False) for name in tasks}
    halves = {
        name: finite({**figures[name], **paired_errors(labels, own, predicted[name])})
        for name, task in tasks.items() if task.model.spec.parts != "joint"
    }  # fmt: skip
    found = part_without_loss(finite(figures[NETWORK]), halves, task_kind("wide-deep").compared_by())
    if found is None:
        return None
    figure, half = found
    assert half.standing is not None, "its error is known"
    return HalfWithoutLoss(half.name, figure, half.standing)


COMPARE = Ask("compare", "this network beside others of the same rows", CompareParameters, compare_models)


class CalibrationParameters(Parameters):
    """``other``: another checkpoint in place of this one, of the same rows."""

    bins: int = Field(default=10, ge=1, le=1000, description="equally full bins")
    part: Part = Field(default="test", description="which part of the split")
    other: str | None = Field(default=None, description="path of another checkpoint")


def calibrate(opened: OpenedWideDeep, parameters: CalibrationParameters) -> CalibrationTable:
    """The table. Raises EngineError for another checkpoint of other rows."""
    every = opened.probabilities if parameters.other is None else probabilities_of(opened.other(parameters.other))
    rows = getattr(opened.task.rows, parameters.part)
    predicted, labels = every[rows], opened.labels[rows].astype(float)
    bins = calibration(labels, predicted, parameters.bins)
    if not len(rows):
        return CalibrationTable(0, float("nan"), float("nan"), bins)
    return CalibrationTable(len(rows), float(predicted.mean()), float(labels.mean()), bins)


CALIBRATION = Ask("calibration", "predicted beside observed, bin by bin", CalibrationParameters, calibrate)
