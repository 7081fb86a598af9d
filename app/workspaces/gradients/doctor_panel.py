"""The doctor's findings: every cure on a copy, ranked by how much nearer to 1 it brings the ratio."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.kit.widgets.labels import Label, LinkLabel, Sentence, wrapped
from app.kit.widgets.tone import mark
from app.kit.words import plain_tip
from app.workspaces.gradients.doctor_origins import GAIN, LOSS, RATIO, DoctorKey
from app.workspaces.gradients.ratio_bar import RatioChange, RatioHead, draw_change, ratio_view, span_of
from app.workspaces.gradients.words import LETTERS, cure_name, gain_text, gained, ratio_text, reason_of
from engine.gradients.doctor import CureKey, Trial, Why
from engine.gradients.experiment import Configuration

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
        label.setToolTip(plain_tip(QCoreApplication.translate("DoctorPanel", "Where does this number come from?")))
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
        self._name.setText(QCoreApplication.translate("DoctorPanel", "As it is"))
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
        text = QCoreApplication.translate("DoctorPanel", "Apply")
        if same is not None:
            text = QCoreApplication.translate("DoctorPanel", "That is {letter}").format(letter=LETTERS[same])
        self.button.setText(text)
        self.button.setEnabled(same is None)
        self.button.setToolTip(plain_tip(why))
        spoken = QCoreApplication.translate("DoctorPanel", "Apply {cure}: {why}")
        self.button.setAccessibleName(spoken.format(cure=name, why=why))


def loss_text(loss: float) -> str:
    """A loss; words where the copy broke down."""
    return QCoreApplication.translate("DoctorPanel", "broke down") if loss != loss else ratio_text(loss)


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
