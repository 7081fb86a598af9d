"""The doctor's findings: every cure on a copy, ranked by how much nearer to 1 it brings the ratio."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, inf, isnan, log10

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QScrollArea, QWidget

from app.kit import theme
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Key, Line, Mark, Rect, Rectangle, Text, call, text_width
from app.kit.drawing.number import NumberMark
from app.kit.drawing.view import DrawingView
from app.kit.export import ExportTable
from app.kit.numbers import counted, decade
from app.kit.origin.facts import Fact, Parent
from app.kit.verdict_words import thresholds, trouble_words
from app.kit.widgets.frame import column_layout, scroll_in
from app.kit.widgets.labels import wrapped
from app.workspaces.gradients.formulas import fraction, printed
from app.workspaces.gradients.origins import DELTA_NAME
from app.workspaces.gradients.words import LETTERS, cure_name, gain_text, gained, ratio_text, reason_of
from engine.gradients.check import check_figures
from engine.gradients.doctor import CureKey, Trial, Why
from engine.gradients.experiment import Configuration, Experiment
from engine.gradients.figures import figures_of
from engine.gradients.torch_code import torch_code
from engine.gradients.verdict import decades
from engine.training.verdicts import STEADY_RATIOS
from engine.value_check import CheckedValue

LEAST = 2
"""Powers of ten on either side at least: the band round 1 is one of them."""
REACH, EDGE = 0.46, 0.02
"""The share of the width from the middle to the last power of ten; and where 0 and ∞ stand, beyond it."""
APART, SIZE = 5.0, 10.0
"""Pixels between two numbers of the axis, and of their print."""


def span_of(before: float, others: Iterable[float]) -> int:
    """The powers of ten that the axis has on either side of 1: as many as the ratio ``before`` is off; where that is no
    positive number, as many as the farthest of the others is."""
    known = [off for ratio in ([before] if decades(before) < inf else others) if (off := decades(ratio)) < inf]
    return max(LEAST, ceil(max(known, default=0.0)))


def share_of(ratio: float, span: int) -> float | None:
    """Return where a ratio lies, as a share of the width: 1 in the middle, what is beyond an end at it, 0 and ∞ outside
    of both. None for what is no number."""
    if isnan(ratio):
        return None
    if ratio == 0.0 or ratio == inf:
        return EDGE if ratio == 0.0 else 1.0 - EDGE
    return 0.5 + REACH * min(max(log10(ratio) / span, -1.0), 1.0)


@dataclass(frozen=True, slots=True)
class RatioChange:
    """From the ratio of the untreated network to that of a cure, in the ``tone`` of what it is worth, on an axis of
    ``span`` powers of ten to both sides of 1."""

    before: float = 1.0
    after: float = 1.0
    tone: str = "text_muted"
    span: int = LEAST


def change_marks(change: RatioChange, place: Rect) -> Iterator[Mark]:
    """Draw a tick where the ratio was, a bar from it to where it is, and a band of what is steady."""
    x, top, width, height = place
    middle = top + height / 2
    shares = [share_of(ratio, change.span) for ratio in (*STEADY_RATIOS, change.before, change.after)]
    low, high, start, end = (None if share is None else x + share * width for share in shares)
    assert low is not None and high is not None
    yield Rectangle((x, middle - 2.5, width, 5), "track", corner=2.5)
    yield Rectangle((low, middle - 6, high - low, 12), "good 22%", corner=3.0)
    if end is not None:
        begun = end if start is None else start
        yield Rectangle((min(begun, end), middle - 2.5, max(abs(end - begun), 3.0), 5), change.tone, corner=2.5)
    yield Line((x + width / 2, middle - 7), (x + width / 2, middle + 7), "text_muted", cap="flat")
    if start is not None:
        yield Line((start, middle - 7), (start, middle + 7), "danger", 2.0, cap="flat")


def axis_marks(span: int, place: Rect) -> list[Text]:
    """Draw the numbers over the bars: 1, and the power of ten at either end where there is room for it."""
    left, top, width, height = place
    boxes: list[tuple[float, float, str]] = []
    for share, text in ((0.5, decade(0)), (0.5 - REACH, decade(-span)), (0.5 + REACH, decade(span))):
        wide = text_width(text, SIZE)
        boxes.append((min(max(share * width - wide / 2, 0.0), width - wide), wide, text))
    (start, wide, _), *ends = boxes
    if any(start - APART < x + other and x < start + wide + APART for x, other, _ in ends):
        boxes = boxes[:1]
    return [Text(text, (left + x, top, wide, height), SIZE, "text_muted") for x, wide, text in boxes]


RATIO, GAIN, LOSS = "ratio", "gain", "loss"


@dataclass(frozen=True, slots=True)
class DoctorKey:
    """The ``quantity`` of a cure of network ``number`` (from 0); without a cure of the network as it is."""

    number: int
    quantity: str
    cure: CureKey | None = None


def doctor_fact(experiment: Experiment, trials: Sequence[Trial], key: DoctorKey) -> Fact | None:
    """Return what there is to say of a number of the doctor's; None where that cure is not tried (any more)."""
    trial = next((tried for tried in trials if tried.key == key.cure), None)
    if not trials or (trial is None and key.cure is not None):
        return None
    if key.quantity == RATIO:
        return _ratio(experiment, trial, key)
    if key.quantity == LOSS:
        return _loss(trials[0], trial, key)
    return _gain(experiment, trial, key) if trial is not None else None


def _place(trial: Trial | None, key: DoctorKey, steps: int = 0) -> str:
    """Where and when it was measured: at the start, or after so many steps."""
    letter = LETTERS[key.number]
    if trial is None:
        place = _tr("network {letter} as it is").format(letter=letter)
    else:
        cure = cure_name(trial.key, trial.configuration)
        place = _tr("{cure}, on a copy of network {letter}").format(cure=cure, letter=letter)
    if not steps:
        return _tr("{place}, at the start").format(place=place)
    moment = counted(steps, _tr("after {count} {count:step|steps}"))
    return _tr("{place}, {moment}").format(place=place, moment=moment)


def _ratio(experiment: Experiment, trial: Trial | None, key: DoctorKey) -> Fact:
    configuration = experiment.configurations[key.number] if trial is None else trial.configuration
    return ratio_fact(experiment, configuration, key, _place(trial, key))


def ratio_fact(experiment: Experiment, configuration: Configuration, key: DoctorKey, place: str) -> Fact:
    """‖δ‖ of the first of the layers that are judged by over that of the last, at the start of any configuration."""
    alone = experiment.model_copy(update={"configurations": (configuration,)})
    figures = figures_of(alone)[0]
    delta, judged = figures.signal.delta, figures.judgement
    first, last = judged.first - 1, (judged.last or configuration.depth) - 1
    above, below = (DELTA_NAME.format(layer=index + 1) for index in (first, last))
    name = rf"\frac{{{above}}}{{{below}}}"
    sentence = _tr("Measured on all samples before the first step; the copy has the same data and seed.")
    return Fact(
        key,
        name,
        place,
        judged.judged,
        name,
        fraction(float(delta[first]), float(delta[last])),
        sentence=sentence,
        check=lambda: _theirs(alone, first, last),
        code=lambda: torch_code(alone, 0, f"delta[{first}] / delta[{last}]"),
        printed=printed(judged.judged),
    )


def _theirs(alone: Experiment, first: int, last: int) -> CheckedValue[float]:
    return check_figures(alone, 0).pick(lambda figures: float(figures.delta[first] / figures.delta[last]))


def _gain(experiment: Experiment, trial: Trial, key: DoctorKey) -> Fact:
    parents = []
    for of, cure in ((None, None), (trial, trial.key)):
        fact = _ratio(experiment, of, DoctorKey(key.number, RATIO, cure))
        parents.append(Parent(fact.name, fact.place, fact.value, fact.key, fact.printed))
    before = parents[0].value
    assert before is not None
    return Fact(
        key,
        _tr("nearer to 1 by") + "$$",
        _place(trial, key),
        trial.gain,
        parents=tuple(parents),
        sentence=gained(before, trial),
        printed=gain_text(before, trial),
    )


def _loss(any_trial: Trial, trial: Trial | None, key: DoctorKey) -> Fact:
    value, steps = any_trial.untreated, any_trial.steps
    if trial is not None:
        value, steps = trial.loss, trial.steps
    words = _tr(
        "The mean cross-entropy of all samples after {steps} steps of training, with the copy’s own optimiser and rate."
    )
    return Fact(key, "L", _place(trial, key, steps), value, sentence=words.format(steps=steps), printed=printed(value))


def loss_text(loss: float) -> str:
    """A loss; words where the copy broke down."""
    return _tr("broke down") if loss != loss else ratio_text(loss)


def loss_tone(trial: Trial) -> str:
    """Danger where the loss is worse than without the cure in the digits that are shown."""
    is_worse = trial.loss > trial.untreated and loss_text(trial.loss) != loss_text(trial.untreated)
    return "danger" if is_worse or trial.loss != trial.loss else "text_muted"


# The table ------------------------------------------------------------------------------------------------------------

FIGURES, BARS = (RATIO, GAIN, LOSS), "bar"
HEAD, APPLY = "head", "apply"
"""First in keys of heads and buttons: (HEAD, quantity), (APPLY, cure). Numbers have a :class:`DoctorKey`."""
TONES = {Why.WORKS: "good", Why.HELPS: "warning", Why.UNLEARNT: "warning"}
TOP, LINE, ROW, UNTREATED = 5.0, 13.0, 32.0, 22.0
"""Pixels: air above, a line of the heads or of a note, a cure's row at least, and the row of the network as it is."""
NAME, BAR, GAP, BUTTON = 96.0, 72.0, 8.0, 26.0
"""Pixels: of a name and of a bar at least, between columns, and the height of a button."""
ROOMS = ((BARS, *FIGURES), FIGURES, (RATIO, GAIN))
"""Columns shown in less and less room: the bar, which the numbers say too, goes first, and then the loss."""


@dataclass(frozen=True, slots=True)
class DoctorData:
    """The cures of network ``number`` (from 0), whose ratio is ``before``; ``others``: the networks there are.
    ``is_covered``: what comes of each cure is to be guessed, so they stand in no order of merit."""

    number: int = 0
    before: float = 1.0
    trials: tuple[Trial, ...] = ()
    others: tuple[Configuration, ...] = ()
    is_covered: bool = False


@dataclass(frozen=True, slots=True)
class DoctorFigure:
    """A number of a row: as it is written, in an ink, with its tip."""

    text: str
    value: float
    ink: str
    tip: str


@dataclass(frozen=True, slots=True)
class DoctorRow:
    """The network as it is (no ``trial``), or a cure. ``button``: its words; ``same``: another network is that cure.
    ``is_covered``: what comes of it is hidden."""

    name: str
    ratio: float
    figures: tuple[DoctorFigure | None, ...]
    trial: Trial | None = None
    button: str = ""
    same: bool = False
    is_covered: bool = False

    @property
    def note(self) -> str:
        """Return why a cure is not enough, where that is so."""
        return "" if self.trial is None or self.trial.works or self.is_covered else reason_of(self.trial)

    @property
    def tone(self) -> str:
        """Return the ink of what a cure is worth."""
        return "text_muted" if self.trial is None or self.is_covered else TONES.get(self.trial.why, "text_muted")


def rows_of(data: DoctorData) -> tuple[DoctorRow, ...]:
    """Return the network as it is, and its cures."""
    if not data.trials:
        return ()
    asks, untreated = _tr("Where does this number come from?"), data.trials[0].untreated
    loss = DoctorFigure(loss_text(untreated), untreated, "text_muted", asks)
    rows = [DoctorRow(_tr("As it is"), data.before, (_ratio_figure(data.before, asks), None, loss))]
    order = list(CureKey)
    trials = sorted(data.trials, key=lambda trial: order.index(trial.key)) if data.is_covered else data.trials
    for trial in trials:
        gain = DoctorFigure(
            gain_text(data.before, trial), trial.gain, TONES.get(trial.why, "text_muted"), gained(data.before, trial)
        )
        loss = DoctorFigure(loss_text(trial.loss), trial.loss, loss_tone(trial), asks)
        same = next((number for number, other in enumerate(data.others) if other == trial.configuration), None)
        button = _tr("Apply") if same is None else _tr("That is {letter}").format(letter=LETTERS[same])
        figures = _ratio_figure(trial.ratio, asks), gain, loss
        name = cure_name(trial.key, trial.configuration)
        ratio = data.before if data.is_covered else trial.ratio
        rows.append(DoctorRow(name, ratio, figures, trial, button, same is not None, data.is_covered))
    return tuple(rows)


def _ratio_figure(ratio: float, tip: str) -> DoctorFigure:
    return DoctorFigure(ratio_text(ratio), ratio, "text", tip)


def draw_doctor(data: DoctorData, frame: Frame) -> Drawing:
    """Draw the table of cures."""
    rows = rows_of(data)
    heads = _heads(max((trial.steps for trial in data.trials), default=0))
    columns = _columns(rows, {quantity: text for quantity, (text, _) in heads.items()}, frame.width)
    span = span_of(data.before, (row.ratio for row in rows))
    marks, top = [*_head_marks(heads, columns, span)], TOP + 2 * LINE + 2.0
    for row in rows:
        height = UNTREATED if row.trial is None else _row_height(row, columns["name"][1])
        marks += _row_marks(data, row, columns, (top, height), span, frame.pointed)
        top += height
    keys = [part.key for mark in marks for part in mark.keyed()]
    order = tuple(key for key in keys if not (isinstance(key, tuple) and key[0] == HEAD))
    return Drawing(tuple(marks), order=order, numbers=call(_doctor_table, rows), height=top + 2.0)


def _heads(steps: int) -> dict[str, tuple[str, str]]:
    """Return the heads of the columns, with their tips."""
    return {
        "name": (_tr("EACH CURE ON A COPY"), _tr("A copy of the network at its start, whatever step is shown above")),
        BARS: (
            _tr("RATIO"),
            _tr(
                "On a log axis: left of 1 the signal is {vanishing_word}, right of 1 {exploding_word}. In {danger}: the"
                " network as it is. The band: {low} to {high}."
            ).format(**theme.colour_names(), **thresholds(), **trouble_words()),
        ),
        RATIO: (
            _tr("AT THE\nSTART"), _tr("The copy’s ‖δ‖ of the first hidden layer over the last, before the first step")
        ),
        GAIN: (
            _tr("NEARER\nTO 1 BY"),
            _tr(
                "By what factor the ratio was off 1, over the factor it's off now. 0.01 and 100 are both off "
                    "by 100, so this isn't the quotient of the two ratios."
            ),
        ),
        LOSS: (
            _tr("LOSS AFTER\n{steps} STEPS").format(steps=steps) if steps else _tr("LOSS"),
            _tr("The copy’s mean loss after {steps} steps").format(steps=steps),
        ),
    }  # fmt: skip


def _columns(rows: Sequence[DoctorRow], heads: Mapping[str, str], width: float) -> dict[str, tuple[float, float]]:
    """Return left end and width of the columns that there is room for, in pixels."""
    widths = {
        quantity: max(
            *(text_width(line, SIZE) for line in heads[quantity].split("\n")),
            *(text_width(figure.text, 12, True) for row in rows if (figure := row.figures[place]) is not None), 0.0,
        )
        for place, quantity in enumerate(FIGURES)
    }  # fmt: skip
    button = ceil(max((text_width(row.button, 12, True) for row in rows), default=0.0)) + 28.0
    name = max([NAME, *(text_width(row.name, 12, True) for row in rows)])
    for shown in ROOMS:
        figures = [quantity for quantity in FIGURES if quantity in shown]
        room = width - button - sum(widths[quantity] + GAP for quantity in figures) - GAP
        if room >= name + (BAR + GAP if BARS in shown else 0.0):
            break
    columns = {"name": (0.0, room)}
    if BARS in shown:
        named = max(name, room / 2)
        columns = {"name": (0.0, named), BARS: (named + GAP, room - named - GAP)}
    left = room + GAP
    for quantity in figures:
        columns[quantity] = (left, widths[quantity])
        left += widths[quantity] + GAP
    return {**columns, APPLY: (width - button, button)}


def _head_marks(
    heads: Mapping[str, tuple[str, str]], columns: Mapping[str, tuple[float, float]], span: int
) -> Iterator[Mark]:
    for quantity, (text, tip) in heads.items():
        if quantity in columns:
            (left, wide), is_figure = columns[quantity], quantity in FIGURES
            place = (left, TOP, wide, 2 * LINE)
            align = "right bottom" if is_figure else "left top" if quantity == BARS else "left bottom"
            yield Rectangle(place, key=(HEAD, quantity), tip=tip)
            yield Text(text, place, SIZE, "text_muted", align)
    if BARS in columns:
        left, wide = columns[BARS]
        yield from axis_marks(span, (left, TOP + LINE, wide, LINE))


def _row_height(row: DoctorRow, width: float) -> float:
    lines = ceil(1.05 * text_width(row.note, 11) / max(width, 1.0))
    return max(ROW, 2 * 4.0 + 16.0 + LINE * lines)


def _row_marks(
    data: DoctorData, row: DoctorRow, columns: Mapping[str, tuple[float, float]], reach: tuple[float, float], span: int,
    pointed: Key | None,
) -> Iterator[Mark]:  # fmt: skip
    (top, height), hand = reach, Qt.CursorShape.PointingHandCursor
    middle, is_cure = top + height / 2, row.trial is not None
    left, wide = columns["name"]
    high = 16.0 if row.note else height
    yield Text(
        row.name, (left, top + 4.0 if row.note else top, wide, high), 12, "text" if is_cure else "text_muted",
        "left middle", bold=is_cure,
    )  # fmt: skip
    if row.note:
        yield Text(row.note, (left, top + 20.0, wide, height - 22.0), 11, "text_muted", "left top", wrap=True)
    if BARS in columns:
        left, wide = columns[BARS]
        yield from change_marks(RatioChange(data.before, row.ratio, row.tone, span), (left, middle - 9.0, wide, 18.0))
    cure = row.trial.key if row.trial is not None else None
    for quantity, figure in zip(FIGURES, row.figures, strict=True):
        if quantity in columns and figure is not None:
            key = DoctorKey(data.number, quantity, cure)
            yield NumberMark(
                figure.text, (columns[quantity][0], top, columns[quantity][1], height), 12,
                "accent" if pointed == key else "text" if row.is_covered else figure.ink, "right middle", bold=True,
                value=figure.value, key=key, tip=row.name if row.is_covered else figure.tip, cursor=hand,
                hidden=row.is_covered,
            )  # fmt: skip
    if row.trial is not None:
        yield from _button_marks(row, row.trial, columns[APPLY], middle, is_pointed=pointed == (APPLY, row.trial.key))


def _button_marks(
    row: DoctorRow, trial: Trial, column: tuple[float, float], middle: float, *, is_pointed: bool
) -> Iterator[Mark]:
    place, ink = (column[0] + 0.5, middle - BUTTON / 2, column[1] - 1.0, BUTTON), "text_muted" if row.same else "accent"
    tip = row.name if row.is_covered else _tr("Apply {cure}: {why}").format(cure=row.name, why=reason_of(trial))
    if row.same:
        yield Rectangle(place, "", "border", corner=BUTTON / 2)
    else:
        yield Rectangle(
            place, "accent_soft" if is_pointed else "", "accent", corner=BUTTON / 2, key=(APPLY, trial.key), tip=tip,
            cursor=Qt.CursorShape.PointingHandCursor,
        )  # fmt: skip
    yield Text(row.button, place, 12, ink, bold=True)


def _doctor_table(rows: Sequence[DoctorRow]) -> ExportTable:
    values = [[None if figure is None or row.is_covered else figure.value for figure in row.figures] for row in rows]
    return ExportTable(("cure", *FIGURES), [[row.name, *numbers] for row, numbers in zip(rows, values, strict=True)])


class DoctorPanel(QScrollArea):
    """``applied(configuration)``: this cure for the network that is looked at. ``asked(key)``: where does this number
    come from?"""

    applied = Signal(object)
    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        name = self.tr("What the doctor tried")
        self.view = DrawingView(draw_doctor, DoctorData(), hint=QSize(420, 100), least=QSize(240, 1), name=name)
        self.view.chosen.connect(self._choose)
        self._foot, body = wrapped(), QWidget()
        column = column_layout(body, (12, 0, 10, 6), 4)
        column.addWidget(self.view)
        column.addWidget(self._foot)
        column.addStretch(1)
        scroll_in(self, body)

    @property
    def shown(self) -> DoctorData:
        """Return what is drawn."""
        assert isinstance(self.view.data, DoctorData)
        return self.view.data

    def show_trials(self, data: DoctorData, *, busy: bool, share: float = 0.0, hidden: bool = False) -> None:
        """Show what is known of the cures. ``share``: of the work that is done; ``hidden``: until a guess is made."""
        self.view.set_data(data)
        going = self.tr("Trying the next cure on a copy … {share} % done").format(share=round(100 * share))
        none = self.tr("Hidden until you guess.") if hidden else self.tr("Nothing has been tried yet.")
        text = going if busy else "" if data.trials else none
        if text != self._foot.text():
            self._foot.setText(text)
            self._foot.setVisible(bool(text))

    @Slot(object)
    def _choose(self, key: object) -> None:
        if isinstance(key, DoctorKey):
            self.asked.emit(key)
        elif isinstance(key, tuple) and key[0] == APPLY:
            self.applied.emit(next(trial.configuration for trial in self.shown.trials if trial.key is key[1]))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Gradients", text)
