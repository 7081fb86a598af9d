"""Calibration curves, and log losses with their standard errors."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.kit.drawing.axes import Axes, AxisScale, error_bar
from app.kit.drawing.columns import Dots, Lines
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Line, Mark, Polyline, Rectangle, Text, call, text_width
from app.kit.export import Table
from app.kit.numbers import counted, loss_text, probability
from app.workspaces.recommender.explain.content import JOINT, CalibrationBin, Comparison, Measured
from app.workspaces.recommender.explain.part_words import part_name
from app.workspaces.recommender.words import simple_name

SIDE = 96
REACH = 9.0
"""Pixels round a point in which its tooltip is shown."""
LINE = 26.0
NAMES = 120.0
"""Pixels for the names of the models."""
ENDS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
"""Where the axes of calibration may end: what is rare has curves, too."""


# Calibration ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CalibrationCurve:
    """A model's bins, lowest first, on axes that reach ``most``, the greatest share of all models."""

    bins: tuple[CalibrationBin, ...] = ()
    most: float = 1.0
    joint: bool = False


def draw_calibration_curve(data: CalibrationCurve, frame: Frame) -> Drawing:
    """Draw predicted to the right, observed upwards, both from 0 to a round share; on the diagonal is as promised."""
    end = next(end for end in ENDS if data.most <= end or end == ENDS[-1])
    side, ink = min(frame.width, frame.height) - 2.0, "accent" if data.joint else "text_muted"
    axes = Axes(AxisScale(0.0, end, 5.0, side - 3.0), AxisScale(0.0, end, side - 3.0, 5.0))
    places = axes.points([bin.predicted for bin in data.bins], [bin.observed for bin in data.bins])
    dots = Dots(places, 2.4, ink, keys=tuple(range(len(places))), tips=call(_bin_tip, data.bins), reach=REACH)
    return Drawing(
        (
            Rectangle((1, 1, side, side), "raised", "border", corner=4),
            Line(axes.at(0.0, 0.0), axes.at(end, end), "text_muted", dashed=True),
            Text(probability(end), (5, 5, side - 7, side - 5), 9, "text_muted", "right bottom"),
            Polyline(points=places, stroke=ink, width=1.5),
            dots,
        ),
        description="; ".join(_bin_tip(data.bins, index) for index in range(len(data.bins))),
        tip=_tr("Ten equally full bins of the test rows; on the line is as promised"),
        height=SIDE,
    )


def _bin_tip(bins: tuple[CalibrationBin, ...], index: int) -> str:
    bin = bins[index]
    rows = counted(bin.count, _tr("1 row"), _tr("{count} rows"))
    return _tr("{rows}: predicted {predicted}, came {observed}").format(
        rows=rows, predicted=probability(bin.predicted), observed=probability(bin.observed)
    )


# Log losses -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ModelLoss:
    """A model's log loss; ``joint``: it is the one that is looked at."""

    name: str
    loss: Measured
    joint: bool = False


def losses_of(shown: Comparison) -> tuple[ModelLoss, ...]:
    """Return the models, the joint one first, and the simpler ones last."""
    parts = [
        ModelLoss(part_name(model.key), model.log_loss, model.key == JOINT)
        for model in reversed(shown.parts)
        if model.key is not None
    ]
    return (*parts, *(ModelLoss(simple_name(model.who), model.log_loss) for model in shown.simpler))


def draw_losses(models: tuple[ModelLoss, ...], frame: Frame) -> Drawing:
    """Draw a dot for each model's log loss and its standard error as whiskers."""
    if not models:
        return Drawing(height=LINE + 20)
    ends = [model.loss.value + sign * (model.loss.error or 0.0) for model in models for sign in (-1, 1)]
    air, bottom = 0.12 * (max(ends) - min(ends)) or 0.01, LINE * len(models)
    across = AxisScale(min(ends) - air, max(ends) + air, NAMES, NAMES + max(40.0, frame.width - NAMES - 54))
    marks = [mark for row, model in enumerate(models) for mark in _loss_line(row, model, across, frame.width)]
    return Drawing(
        (*_loss_axis(across, bottom), *marks),
        description="; ".join(_loss_words(model) for model in models),
        numbers=call(_loss_table, models),
        height=bottom + 20,
    )


def _loss_axis(across: AxisScale, bottom: float) -> list[Mark]:
    places = [(across.place(value), text) for value, text in across.ticks(48.0)]
    marks: list[Mark] = [Lines(tuple((x, 0.0, x, bottom) for x, _ in places), "border")]
    end = 0.0
    for x, text in places:
        half = text_width(text, 11) / 2 + 5
        if x - half >= end:
            marks.append(Text(text, (x - 30, bottom + 2, 60, 16), 11, "text_muted"))
            end = x + half
    return marks


def _loss_line(row: int, model: ModelLoss, across: AxisScale, width: float) -> list[Mark]:
    top, loss, ink = row * LINE, model.loss, "accent" if model.joint else "text_muted"
    middle, x = top + LINE / 2, across.place(model.loss.value)
    marks: list[Mark] = [
        Rectangle((0, top, width, LINE), key=row, tip=_loss_words(model)),
        Text(model.name, (0, top, NAMES - 8, LINE), 12, align="right middle", bold=model.joint, elide=True),
        Text(loss_text(loss.value), (0, top, width, LINE), 12, align="right middle", bold=model.joint),
    ]
    if loss.error is not None:
        marks.append(error_bar(across, loss.value, loss.error, middle, ink))
    return [*marks, Disc(x, middle, 4.75, ink)]


def _loss_words(model: ModelLoss) -> str:
    loss, error = loss_text(model.loss.value), model.loss.error
    return f"{model.name} {loss}" if error is None else f"{model.name} {loss} ± {loss_text(error)}"


def _loss_table(models: tuple[ModelLoss, ...]) -> Table:
    rows = [(model.name, model.loss.value, model.loss.error or float("nan")) for model in models]
    return Table(("model", "log_loss", "standard_error"), rows)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CalibrationPlot", text)
