"""One question, three models: what each says of the row, and what each is worth on the test rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite, isnan
from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.copying import CopyButton
from app.kit.drawing.axes import Axes, AxisScale, error_bar
from app.kit.drawing.columns import Dots, Lines
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Line, Mark, Polyline, Rectangle, Text, call, text_width
from app.kit.drawing.view import DrawingView
from app.kit.export import ExportTable
from app.kit.numbers import NOTHING, counted, fixed, grouped, loss_text, probability, signed, with_error
from app.kit.translation import sentence_of
from app.kit.widgets.column import PanelColumn
from app.kit.widgets.frame import clear_layout, column_layout, fill, row_layout, rule
from app.kit.widgets.labels import ElidedLabel, Label, wrapped
from app.workspaces.recommender.explain.explainer import (
    DEEP,
    JOINT,
    WIDE,
    any_of,
    part_name,
)
from app.workspaces.recommender.words import measure_of, simple_name
from engine.recommenders.judging.metrics import CalibrationRow, Estimate
from engine.recommenders.running.run_state import Figures
from engine.recommenders.tasks.wide_deep.answers import MODEL_PARTS, LossDifference, ModelComparison

PAPER_AUC: Final[Mapping[str, float]] = {WIDE: 0.726, DEEP: 0.722, JOINT: 0.728}
"""Offline, on app store impressions of a later time."""
PAPER_GAIN: Final[Mapping[str, float]] = {WIDE: 0.0, DEEP: 0.029, JOINT: 0.039}
"""Acquisitions in the live experiment, as a share more than the wide model's."""


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

    bins: tuple[CalibrationRow, ...] = ()
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
        tip=_tr("Ten bins of equally many test rows; equal predictions share a bin. On the line: as predicted"),
        height=SIDE,
    )


def _bin_tip(bins: tuple[CalibrationRow, ...], index: int) -> str:
    bin = bins[index]
    rows = counted(bin.count, _tr("{count} {count:row|rows}"))
    return _tr("{rows}: predicted {predicted}, came {observed}").format(
        rows=rows, predicted=probability(bin.predicted), observed=probability(bin.observed)
    )


# Log losses -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ModelLoss:
    """A model's log loss; ``joint``: it is the one that is looked at."""

    name: str
    loss: Estimate
    joint: bool = False


def losses_of(shown: ModelComparison) -> tuple[ModelLoss, ...]:
    """Return the models, the joint one first, and the simpler ones last."""
    parts = [
        ModelLoss(part_name(model.parts), model.log_loss, model.parts == JOINT)
        for model in reversed(shown.parts)
        if model.parts is not None
    ]
    return (*parts, *(ModelLoss(simple_name(model.who), model.log_loss) for model in shown.simpler))


def draw_losses(models: tuple[ModelLoss, ...], frame: Frame) -> Drawing:
    """Draw a dot for each model's log loss and its standard error as whiskers."""
    if not models:
        return Drawing(height=LINE + 20)
    ends = [model.loss.value + sign * model.loss.margin for model in models for sign in (-1, 1)]
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
    if isfinite(loss.error):
        marks.append(error_bar(across, loss.value, loss.error, middle, ink))
    return [*marks, Disc(x, middle, 4.75, ink)]


def _loss_words(model: ModelLoss) -> str:
    value, error = model.loss.value, model.loss.error
    return f"{model.name} {loss_text(value) if isnan(error) else with_error(value, error, 4)}"


def _loss_table(models: tuple[ModelLoss, ...]) -> ExportTable:
    rows = [(model.name, model.loss.value, model.loss.error) for model in models]
    return ExportTable(("model", "log_loss", "standard_error"), rows)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CalibrationPlot", text)


NUMBER, BIG = "font-size: 13px; font-weight: 600;", "font-size: 18px; font-weight: 600;"


class ModelsPanel(PanelColumn):
    """Three columns, wide only, deep only and joint, and under them how they differ."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._comparison: ModelComparison | None = None
        self._probabilities: Mapping[str, float] = {}
        self._hint = ElidedLabel("", "muted")
        self._cells: dict[tuple[str, str], QLabel] = {}
        self._weights: dict[str, ElidedLabel] = {}
        self._captions: dict[str, ElidedLabel] = {}
        self.calibrations = {key: self._calibration(key) for key in MODEL_PARTS}
        name = self.tr("Log loss on the test rows")
        self.losses = DrawingView(draw_losses, (), hint=QSize(240, 46), least=QSize(160, 46), name=name)
        self.differences = QGridLayout()
        self.level = wrapped("")
        self.missing, self.judged = wrapped(""), wrapped("", "small")
        self.missing.hide()
        self.judged.hide()
        self.copier = CopyButton()
        self.copier.offer(self, self.grab, title=self.tr("One question, three models"), name="models")
        self._lay_out()
        theme.notifier().changed.connect(self._dress)
        self._dress()

    def _lay_out(self) -> None:
        self._hint.setAlignment(Qt.AlignmentFlag.AlignRight)
        heading = Label(self.tr("One question, three models"), role="heading")
        head = fill(row_layout(), heading, (self._hint, 1), self.copier)
        title, error = Label(self.tr("Log loss on the test rows"), role="title"), self.tr("± standard error")
        losses = fill(row_layout(), title, 1, Label(error, role="muted"))
        self._below = rule()
        fill(self.rows, head, self._figures(), self.missing, rule(), losses, self.losses, self.judged, rule())
        fill(self.rows, self._difference_rows(), self._below, self._paper(), 1)

    def _figures(self) -> QGridLayout:
        """Each model's figures, a column each."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(1)
        captions = {
            "row": self.tr("this row"), "log_loss": self.tr("log loss, lower is better"), "auc": self.tr("AUC"),
            "calibration": self.tr("calibration: observed against predicted"),
        }  # fmt: skip
        line = 0
        for column, key in enumerate(MODEL_PARTS):
            grid.setColumnStretch(column, 1)
            self._add(grid, 0, column, ("title", key), part_name(key).capitalize())
            self._weights[key] = ElidedLabel("", "readout")
            grid.addWidget(self._weights[key], 1, column)
        line = 2
        for what, caption in captions.items():
            said = ElidedLabel(caption, "muted")
            said.setContentsMargins(0, 8, 0, 0)
            grid.addWidget(said, line, 0, 1, len(MODEL_PARTS))
            self._captions[what] = said
            for column, key in enumerate(MODEL_PARTS):
                if what == "calibration":
                    grid.addWidget(self.calibrations[key], line + 1, column)
                else:
                    self._add(grid, line + 1, column, (what, key), NOTHING)
            line += 2
        return grid

    def _calibration(self, key: str) -> DrawingView:
        name = self.tr("Calibration, {model}").format(model=part_name(key))
        data = CalibrationCurve()
        return DrawingView(draw_calibration_curve, data, hint=QSize(SIDE, SIDE), least=QSize(60, SIDE), name=name)

    def _add(self, grid: QGridLayout, line: int, column: int, name: tuple[str, str], text: str) -> None:
        label = Label(text)
        self._cells[name] = label
        grid.addWidget(label, line, column)

    def _difference_rows(self) -> QVBoxLayout:
        self._says = Label(self.tr("What the difference says"), role="title")
        self.differences.setHorizontalSpacing(10)
        self.differences.setVerticalSpacing(4)
        self.differences.setColumnStretch(2, 1)
        return fill(column_layout(spacing=6), self._says, self.differences, self.level)

    def _paper(self) -> QVBoxLayout:
        """The figures of the paper, under the same three columns."""
        title = Label(self.tr("In the paper"), role="title")
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        for at, key in enumerate(MODEL_PARTS):
            grid.setColumnStretch(at + 1, 1)
            name = Label(part_name(key), role="muted")
            grid.addWidget(name, 0, at + 1)
            gain = PAPER_GAIN[key]
            for line, text in (
                (1, fixed(PAPER_AUC[key], 3)),
                (2, f"{signed(100 * gain, 1)} %" if gain else self.tr("control")),
            ):
                label = Label(text)
                label.setStyleSheet(NUMBER)
                grid.addWidget(label, line, at + 1)
        for line, text in ((1, self.tr("offline AUC")), (2, self.tr("online gain"))):
            label = Label(text, role="muted")
            grid.addWidget(label, line, 0)
        about = self.tr(
            "Cheng et al. 2016, Google Play: online acquisitions, compared with the wide model. The data "
            "differs from this: compare the order, not the numbers."
        )
        return fill(column_layout(spacing=4), title, grid, wrapped(about))

    # What is shown ------------------------------------------------------------------------------------------------

    def show_goal(self, goal: str) -> None:
        """What is asked of the row."""
        self._captions["row"].set_full_text(self.tr("this row: P({goal})").format(goal=goal))

    def show_row(self, probabilities: Mapping[str, float]) -> None:
        """What each model says of the chosen row; a missing model has no entry."""
        self._probabilities = dict(probabilities)
        for key in MODEL_PARTS:
            self._cells["row", key].setText(probability(probabilities[key]) if key in probabilities else NOTHING)

    def show_comparison(self, shown: ModelComparison) -> None:
        """Show what the models are worth."""
        self._comparison = shown
        self._hint.set_full_text(self.tr("{count} test rows").format(count=grouped(shown.rows)))
        for key in MODEL_PARTS:
            model = shown.of(key)
            weights = "" if model is None or model.weights is None else grouped(model.weights)
            said = self.tr("{count} weights").format(count=weights) if weights else self.tr("not there")
            self._weights[key].set_full_text(said)
            self._cells["log_loss", key].setText(NOTHING if model is None else loss_text(model.log_loss.value))
            self._cells["auc", key].setText(NOTHING if model is None else fixed(model.auc, 4))
            bins = () if model is None else tuple(model.calibration)
            self.calibrations[key].set_data(CalibrationCurve(bins, shown.most_likely, key == JOINT))
        self.losses.set_data(losses_of(shown))
        self._show_differences(shown)
        self._say_missing(shown)

    def show_judged(self, judged: Mapping[str, Figures]) -> None:
        """Say which simpler models Train shows with another log loss: a run keeps the figures that it was judged with,
        and here they are fitted anew."""
        words = self.tr("Train shows {model} at {value}, as fitted when the run was judged; here it's fitted anew.")
        said = []
        for model in () if self._comparison is None else self._comparison.simpler:
            then, now = judged.get(model.who, {}).get("log_loss"), loss_text(model.log_loss.value)
            if then is not None and loss_text(then) != now:
                said.append(words.format(model=simple_name(model.who), value=loss_text(then)))
        self.judged.setText("\n".join(said))
        self.judged.setVisible(bool(said))

    def _show_differences(self, shown: ModelComparison) -> None:
        clear_layout(self.differences)
        for line, one in enumerate(shown.between_parts):
            name = Label(self.tr("{first} − {second}").format(first=part_name(shown.own), second=part_name(one.minus)))
            value = Label(_difference_text(one))
            value.setStyleSheet(NUMBER)
            word = Label(self._word(one))
            word.setStyleSheet(f"color: {getattr(theme.current(), _COLOURS[one.standing])}; font-weight: 600;")
            for column, label in enumerate((name, value, word)):
                self.differences.addWidget(label, line, column)
        self.level.setText(self._reading(shown))
        for part in (self._says, self.level, self._below):
            part.setVisible(bool(shown.between_parts))

    def _word(self, one: LossDifference) -> str:
        return {"better": self.tr("better"), "worse": self.tr("worse"), "level": self.tr("level")}[one.standing]

    def _reading(self, shown: ModelComparison) -> str:
        """What the differences come to, in a sentence."""
        standing = {difference.minus: difference.standing for difference in shown.between_parts}
        told = self.tr("A paired test: the same rows under both models, so what is hard for both cancels out.")
        if (half := shown.half_without_loss) is not None:
            words = (
                self.tr("On these rows {part} is better than both together by {measure}.")
                if half.standing == "worse"
                else self.tr("On these rows {part} is level with both together.")
            )
            return words.format(part=part_name(half.name), measure=measure_of(half.figure).name) + " " + told
        if standing.get(WIDE) == standing.get(DEEP) == "better":
            return self.tr("Memorisation and generalisation together are better here than either alone.") + " " + told
        return told

    def _say_missing(self, shown: ModelComparison) -> None:
        said = [sentence_of(problem) for problem in shown.unopened.values()]
        if absent := [part for part in shown.missing if part not in shown.unopened]:
            words = self.tr(
                "There is no {parts} model beside this one. Start a run with companions to train each "
                "half alongside it."
            )
            said.append(words.format(parts=any_of(absent)))
        self.missing.setVisible(bool(said))
        self.missing.setText("\n".join(said))

    def _dress(self) -> None:
        """The joint model's column in the accent colour, figures larger than words."""
        colours = theme.current()
        for (what, key), label in self._cells.items():
            colour = colours.accent if key == JOINT else colours.text
            label.setStyleSheet(f"color: {colour}; {BIG if what == 'row' else NUMBER}")
        if self._comparison is not None:
            self._show_differences(self._comparison)

    def table(self) -> ExportTable:
        """A line for each model."""
        rows = []
        for model in self._comparison.parts if self._comparison is not None else ():
            said = self._probabilities.get(model.parts or "", float("nan"))
            rows.append((model.parts, model.weights or 0, said, model.log_loss.value, model.auc))
        return ExportTable(("model", "weights", "this_row", "log_loss", "auc"), rows)


_COLOURS = {"better": "good", "worse": "danger", "level": "text_muted"}


def _difference_text(one: LossDifference) -> str:
    return with_error(one.log_loss.value, one.log_loss.error, 4, sign=True)
