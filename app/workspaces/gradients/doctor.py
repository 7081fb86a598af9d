"""The doctor's findings: every cure on a copy, ranked by how much nearer to 1 it brings the ratio."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil, inf, isnan, log10

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Line, Mark, Rectangle, Text, text_width
from app.kit.drawing.view import Draw, DrawingView
from app.kit.numbers import power_of_ten
from app.kit.origin.facts import Fact, Parent
from app.kit.widgets.labels import Label, LinkLabel, Sentence, wrapped
from app.kit.widgets.tone import mark
from app.kit.words import plain_tip
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
GAP, WIDTH, SIZE = 5.0, 72, 10.0
"""Pixels between two numbers of the axis, that it takes at least, for those of two figures, and of their print."""


def span_of(before: float, others: Iterable[float]) -> int:
    """The powers of ten that the axis has on either side of 1: as many as the ratio ``before`` is off; where that is no
    positive number, as many as the farthest of the others is."""
    known = [off for one in ([before] if decades(before) < inf else others) if (off := decades(one)) < inf]
    return max(LEAST, ceil(max(known, default=0.0)))


def share_of(ratio: float, span: int) -> float | None:
    """Where a ratio lies, as a share of the width: 1 in the middle, what is beyond an end at it, 0 and ∞ outside of
    both. None for what is no number."""
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


def draw_change(change: RatioChange, frame: Frame) -> Drawing:
    """Draw a tick where the ratio was, a bar from it to where it is, and a band within a decade of 1."""
    middle, width = frame.height / 2, frame.width
    shares = [share_of(ratio, change.span) for ratio in (*STEADY_RATIOS, change.before, change.after)]
    low, high, start, end = (None if share is None else share * width for share in shares)
    assert low is not None and high is not None
    marks: list[Mark] = [
        Rectangle((0, middle - 2.5, width, 5), "track", corner=2.5),
        Rectangle((low, middle - 6, high - low, 12), "good 22%", corner=3.0),
    ]
    if end is not None:
        begun = end if start is None else start
        marks.append(Rectangle((min(begun, end), middle - 2.5, max(abs(end - begun), 3.0), 5), change.tone, corner=2.5))
    marks.append(Line((width / 2, middle - 7), (width / 2, middle + 7), "text_muted", cap="flat"))
    if start is not None:
        marks.append(Line((start, middle - 7), (start, middle + 7), "danger", 2.0, cap="flat"))
    return Drawing(tuple(marks), description=_tr("Ratio {ratio}").format(ratio=ratio_text(change.after)))


def draw_axis(span: int, frame: Frame) -> Drawing:
    """Draw the numbers over the bars: 1, and the power of ten at either end where there is room for it."""
    boxes: list[tuple[float, float, str]] = []
    for share, text in ((0.5, "1"), (0.5 - REACH, power_of_ten(-span)), (0.5 + REACH, power_of_ten(span))):
        wide = text_width(text, SIZE)
        boxes.append((min(max(share * frame.width - wide / 2, 0.0), frame.width - wide), wide, text))
    (left, wide, _), *ends = boxes
    if any(left - GAP < x + other and x < left + wide + GAP for x, other, _ in ends):
        boxes = boxes[:1]
    texts = tuple(Text(text, (x, 0, wide, frame.height), SIZE, "text_muted") for x, wide, text in boxes)
    return Drawing(texts, description=", ".join(text for _, _, text in boxes))


def ratio_view(draw: Draw, data: object, least: QSize, parent: QWidget) -> DrawingView:
    """Make a view of one of these that takes no keyboard: the numbers beside it say the same."""
    view = DrawingView(draw, data, hint=QSize(110, least.height()), least=least, parent=parent)
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return view


class RatioHead(QWidget):
    """What the column of bars is of, over its axis."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        label = Label(text, self)
        label.setProperty("role", "readout")
        self.axis = ratio_view(draw_axis, LEAST, QSize(WIDTH, 13), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(label)
        column.addWidget(self.axis)


RATIO, GAIN, LOSS = "ratio", "gain", "loss"


@dataclass(frozen=True, slots=True)
class DoctorKey:
    """The number ``what`` of a cure of network ``number`` (from 0); without a cure of the network as it is."""

    number: int
    what: str
    cure: CureKey | None = None


def doctor_fact(experiment: Experiment, trials: Sequence[Trial], key: DoctorKey) -> Fact | None:
    """What there is to say of a number of the doctor's; None where that cure is not tried (any more)."""
    trial = next((one for one in trials if one.key == key.cure), None)
    if not trials or (trial is None and key.cure is not None):
        return None
    if key.what == RATIO:
        return _ratio(experiment, trial, key)
    if key.what == LOSS:
        return _loss(trials[0], trial, key)
    return _gain(experiment, trial, key) if trial is not None else None


def _place(trial: Trial | None, key: DoctorKey) -> str:
    letter = LETTERS[key.number]
    if trial is None:
        return _tr("network {letter} as it is, at the start").format(letter=letter)
    cure = cure_name(trial.key, trial.configuration)
    return _tr("{cure}, on a copy of network {letter}, at the start").format(cure=cure, letter=letter)


def _ratio(experiment: Experiment, trial: Trial | None, key: DoctorKey) -> Fact:
    configuration = experiment.configurations[key.number] if trial is None else trial.configuration
    return ratio_fact(experiment, configuration, key, _place(trial, key))


def ratio_fact(experiment: Experiment, configuration: Configuration, key: DoctorKey, place: str) -> Fact:
    """‖δ‖ of the first of the layers that are judged by over that of the last, at the start of any configuration."""
    alone = experiment.model_copy(update={"configurations": (configuration,)})
    figures = figures_of(alone)[0]
    delta, judged = figures.signal.delta, figures.judgement
    first, last = judged.first - 1, (judged.last or configuration.depth) - 1
    above, below = (DELTA_NAME.format(layer=at + 1) for at in (first, last))
    name = rf"\frac{{{above}}}{{{below}}}"
    sentence = _tr("Measured on all samples, before a step is done; the copy has the same data and the same seed.")
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
    return check_figures(alone, 0).pick(lambda found: float(found.delta[first] / found.delta[last]))


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
        "The mean cross-entropy of all samples after {steps} steps of training, by the copy’s own optimiser and rate."
    )
    return Fact(key, "L", _place(trial, key), value, sentence=words.format(steps=steps), printed=printed(value))


ROW_HEIGHT, UNTREATED_HEIGHT, AIR = 30, 22, 4
FIGURES = RATIO, GAIN, LOSS
GAIN_PLACE, LOSS_PLACE = 1, 2
NAME, BAR_COLUMN, LOSS_COLUMN = 96, 0, 3
"""Pixels for a cure's name at least; and of the columns behind it, these."""
ROOMS = (True,) * 5, (False, True, True, True, True), (False, True, True, False, True)
"""What is shown in less and less room: the bar, which the numbers say too, goes first, and then the loss."""
UNTREATED, FIRST = 1, 2
"""Lines under the headings: the network as it is, and the first cure."""
Ask = Callable[[str, CureKey | None], None]
TONES = {Why.WORKS: "good", Why.HELPS: "warning", Why.UNLEARNT: "warning"}


class UntreatedRow:
    """The network as it is: what every cure is compared with."""

    def __init__(self, grid: QGridLayout, line: int, parent: QWidget, ask: Ask) -> None:
        self._name = Label("", parent)
        self._name.setProperty("role", "muted")
        self.bar = ratio_view(draw_change, RatioChange(), QSize(50, 18), parent)
        self.figures = tuple(self._figure(what, parent, ask) for what in FIGURES)
        self._grid, self._line, self._height = grid, line, UNTREATED_HEIGHT
        self._place(grid, line)

    def _figure(self, what: str, parent: QWidget, ask: Ask) -> LinkLabel:
        """A number that says where it comes from."""
        label = LinkLabel("", parent)
        label.setProperty("role", "strong")
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        label.setToolTip(plain_tip(_tr("Where does this number come from?")))
        label.clicked.connect(lambda: ask(what, self._cure))
        return label

    @property
    def _cure(self) -> CureKey | None:
        return None

    @property
    def _widgets(self) -> tuple[QWidget, ...]:
        return self._name, self.bar, *self.figures

    def put(self, *, on: bool) -> None:
        """Bring it into its place, or put it by. It is kept: its own button may be what has it put by, and one that is
        deleted within its click crashes the program."""
        for widget in self._widgets:
            widget.setVisible(on)
        self._grid.setRowMinimumHeight(self._line, self._height if on else 0)

    @property
    def widths(self) -> tuple[int, ...]:
        """What its parts take at least, in pixels, column by column."""
        parts = (self._name, self.bar, *self.figures)
        return tuple(max(part.minimumSizeHint().width(), part.minimumWidth()) for part in parts)

    def show_columns(self, *, bar: bool, loss: bool) -> None:
        """Whether there is room for the bar and for the loss."""
        self.bar.setVisible(bar)
        self.figures[LOSS_PLACE].setVisible(loss)

    def _place(self, grid: QGridLayout, line: int) -> None:
        grid.addWidget(self._name, line, 0)
        grid.addWidget(self.bar, line, 1)
        for at, figure in enumerate(self.figures, 2):
            grid.addWidget(figure, line, at)
        grid.setRowMinimumHeight(line, self._height)

    def show_network(self, before: float, loss: float, span: int) -> None:
        """Show its ratio, on an axis of so many powers of ten, and what its loss comes to."""
        self._name.setText(_tr("As it is"))
        self.bar.set_data(RatioChange(before, before, "text_muted", span))
        self._say(((ratio_text(before), ""), ("", "text_muted"), (loss_text(loss), "text_muted")))

    def _say(self, figures: Sequence[tuple[str, str]]) -> None:
        for label, (text, tone) in zip(self.figures, figures, strict=True):
            label.setText(text)
            mark(label, "tone", tone)


class TrialRow(UntreatedRow):
    """Shows one cure after another, so that a new finding among them costs no new widgets. ``apply``: what its button
    is for."""

    def __init__(
        self, grid: QGridLayout, line: int, parent: QWidget, ask: Ask, apply: Callable[[Configuration], object]
    ) -> None:
        self._note = Sentence("", parent)
        self._note.setProperty("role", "note")
        self.button = QPushButton(parent)
        self.button.setProperty("role", "remedy")
        self.button.clicked.connect(lambda _checked=False: apply(self._trial.configuration))
        self._trial: Trial
        self._shown: tuple[object, ...] = ()
        super().__init__(grid, line, parent, ask)
        self._name.setProperty("role", "strong")

    @property
    def _cure(self) -> CureKey | None:
        return self._trial.key

    @property
    def _widgets(self) -> tuple[QWidget, ...]:
        return *super()._widgets, self._note, self.button

    @property
    def widths(self) -> tuple[int, ...]:
        return *super().widths, self.button.minimumSizeHint().width()

    def put(self, *, on: bool) -> None:
        super().put(on=on)
        self._shown = ()  # what is seen of it depends on what it shows

    def _place(self, grid: QGridLayout, line: int) -> None:
        self._height = ROW_HEIGHT
        super()._place(grid, line)
        lines = QVBoxLayout()
        lines.setSpacing(1)
        lines.setContentsMargins(0, AIR, 0, AIR)
        lines.addWidget(self._name)
        lines.addWidget(self._note)
        grid.addLayout(lines, line, 0)
        grid.addWidget(self.button, line, 5)

    def show_trial(self, before: float, trial: Trial, others: Sequence[Configuration], span: int) -> None:
        """Show what came of a cure, for a network whose ratio is ``before``; see ``DoctorPanel.show_trials``. ``span``:
        of the axis."""
        shown = (before, trial, tuple(others), span)
        if shown == self._shown:
            return
        self._shown, self._trial = shown, trial
        tone, why = TONES.get(trial.why, "text_muted"), reason_of(trial)
        name = cure_name(trial.key, trial.configuration)
        self._name.setText(name)
        self._name.setToolTip(plain_tip(why))
        self._note.set_full_text("" if trial.works else why)
        self._note.setVisible(not trial.works)  # beneath it why it is not enough, where that is so
        self.bar.set_data(RatioChange(before, trial.ratio, tone, span))
        gain = gain_text(before, trial)
        self._say(((ratio_text(trial.ratio), ""), (gain, tone), (loss_text(trial.loss), loss_tone(trial))))
        self.figures[GAIN_PLACE].setToolTip(plain_tip(gained(before, trial)))
        self._show_button(name, why, next((n for n, one in enumerate(others) if one == trial.configuration), None))

    def _show_button(self, name: str, why: str, same: int | None) -> None:
        """``same``: the network of the experiment that this cure is already, if it is one."""
        text = _tr("Apply")
        if same is not None:
            text = _tr("That is {letter}").format(letter=LETTERS[same])
        self.button.setText(text)
        self.button.setEnabled(same is None)
        self.button.setToolTip(plain_tip(why))
        spoken = _tr("Apply {cure}: {why}")
        self.button.setAccessibleName(spoken.format(cure=name, why=why))


def loss_text(loss: float) -> str:
    """A loss; words where the copy broke down."""
    return _tr("broke down") if loss != loss else ratio_text(loss)


def loss_tone(trial: Trial) -> str:
    """Red where the loss is worse than without the cure in the digits that are shown."""
    is_worse = trial.loss > trial.untreated and loss_text(trial.loss) != loss_text(trial.untreated)
    return "danger" if is_worse or trial.loss != trial.loss else "text_muted"


class DoctorPanel(QScrollArea):
    """``applied(configuration)``: this cure for the network that is looked at. ``asked(key)``: where does this number
    come from?"""

    applied = Signal(object)
    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("What the doctor has tried"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body = body = QWidget()
        self._number = 0
        self._shown: tuple[object, ...] | None = None
        self._grid = self._headed(body)
        self._untreated: UntreatedRow | None = None
        self._rows: list[TrialRow] = []
        self._spare: list[TrialRow] = []
        """Those that are put by, the one of the first line last."""
        self._holding = False
        """Whether the keyboard is here for want of a button."""
        self._foot = wrapped()
        self.buttons: dict[str, QPushButton] = {}
        column = QVBoxLayout(body)
        column.setContentsMargins(12, 0, 10, 6)
        column.setSpacing(4)
        column.addLayout(self._grid)
        column.addWidget(self._foot)
        column.addStretch(1)
        self.setWidget(body)
        body.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def _headed(self, body: QWidget) -> QGridLayout:
        grid = QGridLayout()
        self._heads: list[QWidget] = []
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, NAME)
        heads = (
            (
                self.tr("RATIO"),
                self.tr(
                    "On a log axis: left of 1 the signal vanishes, right of it it explodes. Red: the network as it is;"
                    " the band: within a decade of 1."
                ),
            ),
            (
                self.tr("AT THE\nSTART"),
                self.tr("The copy’s ‖δ‖ of the first over the last hidden layer, before a step is done"),
            ),
            (
                self.tr("NEARER\nTO 1 BY"),
                self.tr(
                    "How many times off 1 the ratio was, over how many times it is off now. 0.01 and 100 are both 100"
                    " times off, so it is no quotient of the two ratios."
                ),
            ),
            ("", ""),
        )
        about = Label(self.tr("EACH CURE ON A COPY"), body)
        about.setToolTip(plain_tip(self.tr("A copy of the network as it starts, whatever step is shown above")))
        about.setProperty("role", "readout")
        grid.addWidget(about, 0, 0, Qt.AlignmentFlag.AlignBottom)
        for at, (text, tip) in enumerate(heads, 1):
            head = RatioHead(text, body) if at == 1 else Label(text, body)
            self._heads.append(head)
            head.setToolTip(plain_tip(tip))
            if isinstance(head, RatioHead):
                self.axis = head.axis
            else:
                head.setProperty("role", "readout")
                head.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
                self._loss_head = head
            grid.addWidget(head, 0, at)
        return grid

    def show_trials(
        self,
        number: int,
        before: float,
        trials: Sequence[Trial],
        others: Sequence[Configuration],
        *,
        busy: bool,
        share: float = 0.0,
        hidden: bool = False,
    ) -> None:
        """Show what is known of the cures of network ``number``, whose ratio is ``before``. ``others``: the
        configurations of the experiment, to say where a cure is one of them; ``share``: of the work that is done;
        ``hidden``: until a guess is made."""
        self._number = number
        shown = (number, before, tuple(trials), tuple(others)) if trials else ()
        if shown != self._shown:
            self._shown = shown
            self._show_rows(before, trials, others)
        going = self.tr("Trying the next cure on a copy … {share} % done").format(share=round(100 * share))
        none = self.tr("Hidden until you guess.") if hidden else self.tr("Nothing has been tried yet.")
        text = going if busy else "" if trials else none
        if text != self._foot.text():
            self._foot.setText(text)
            self._foot.setVisible(bool(text))
        if not busy:
            self._hand_keyboard_on()

    def _ask(self, what: str, cure: CureKey | None) -> None:
        if self._shown:
            self.asked.emit(DoctorKey(self._number, what, cure))

    def _keep_keyboard(self, trials: Sequence[Trial], others: Sequence[Configuration]) -> None:
        """Have the keyboard here where its button goes or can be pressed no more, as after a cure was applied: else it
        goes wherever is next in the window, and the same key leaves the workspace."""
        line = next((at for at, row in enumerate(self._rows) if row.button.hasFocus()), None)
        if line is not None and (line >= len(trials) or trials[line].configuration in others):
            self.setFocus()
            self._holding = True

    def _hand_keyboard_on(self) -> None:
        """Once no line changes places any more, the keyboard that was kept goes to the first that can be applied."""
        button = next((row.button for row in self._rows if row.button.isEnabled()), None)
        if self._holding and button is not None:
            self._holding = False
            if self.hasFocus():
                button.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_rows(self, before: float, trials: Sequence[Trial], others: Sequence[Configuration]) -> None:
        steps = max((one.steps for one in trials), default=0)
        self._loss_head.setText(self.tr("LOSS AFTER\n{steps} STEPS").format(steps=steps) if steps else self.tr("LOSS"))
        self._loss_head.setToolTip(plain_tip(self.tr("The copy’s mean loss after {steps} steps").format(steps=steps)))
        span = span_of(before, (one.ratio for one in trials))
        self.axis.set_data(span)
        if trials:
            self._untreated = self._untreated or UntreatedRow(self._grid, UNTREATED, self._body, self._ask)
            self._untreated.show_network(before, trials[0].untreated, span)
        if self._untreated is not None:
            self._untreated.put(on=bool(trials))
        while len(self._rows) < len(trials):
            before_it = self._rows[-1].button if self._rows else self
            line = FIRST + len(self._rows)
            spare = self._spare.pop() if self._spare else None
            self._rows.append(spare or TrialRow(self._grid, line, self._body, self._ask, self.applied.emit))
            self._rows[-1].put(on=True)
            self.setTabOrder(before_it, self._rows[-1].button)  # not last in the window, where they were made
        self._keep_keyboard(trials, others)
        while len(self._rows) > len(trials):
            self._spare.append(self._rows.pop())
            self._spare[-1].put(on=False)
        self.buttons = {}
        for row, trial in zip(self._rows, trials, strict=True):
            row.show_trial(before, trial, others, span)
            self.buttons[str(trial.key)] = row.button
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Show as many columns as there is room for."""
        rows = [*self._rows, *([self._untreated] if self._untreated is not None and self._rows else [])]
        room = self._room_for(rows)
        for row in rows:
            row.show_columns(bar=room[BAR_COLUMN], loss=room[LOSS_COLUMN])
        for at in (BAR_COLUMN, LOSS_COLUMN):
            self._heads[at].setVisible(room[at])

    def _room_for(self, rows: Sequence[UntreatedRow]) -> tuple[bool, ...]:
        """Which of the columns behind the name are shown, by what all of them would take."""
        widths = [*([head.minimumSizeHint().width()] for head in self._heads), [0]]  # over the buttons there is none
        name = [NAME]
        for row in rows:
            own, *others = row.widths
            name.append(own)
            for column, width in zip(widths, others, strict=False):
                column.append(width)
        layout = self._body.layout()
        assert layout is not None
        margins = layout.contentsMargins()
        room = self.viewport().width() - margins.left() - margins.right() - max(name)
        for shown in ROOMS:
            needed = [
                max(column) + self._grid.horizontalSpacing() for column, on in zip(widths, shown, strict=True) if on
            ]
            if sum(needed) <= room:
                return shown
        return ROOMS[-1]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Gradients", text)
