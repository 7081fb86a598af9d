"""One line of the doctor's findings: a cure, where it takes the ratio, and the button that applies it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from app.kit.widgets.labels import Label, LinkLabel, Sentence
from app.kit.widgets.tone import mark
from app.kit.words import plain_tip
from app.workspaces.gradients.doctor_origins import GAIN as GAIN_KEY
from app.workspaces.gradients.doctor_origins import LOSS as LOSS_KEY
from app.workspaces.gradients.doctor_origins import RATIO
from app.workspaces.gradients.ratio_bar import RatioChange, draw_change, ratio_view
from app.workspaces.gradients.words import LETTERS, cure_name, gain_text, gained, ratio_text, reason_of
from engine.gradients.doctor import CureKey, Trial, Why
from engine.gradients.experiment import Configuration

ROW_HEIGHT, UNTREATED_HEIGHT, AIR = 30, 22, 4
FIGURES = RATIO, GAIN_KEY, LOSS_KEY
GAIN, LOSS = 1, 2
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
        self.figures[LOSS].setVisible(loss)

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
        worse = "danger" if trial.loss > trial.untreated or trial.loss != trial.loss else "text_muted"
        self._say(((ratio_text(trial.ratio), ""), (gain, tone), (loss_text(trial.loss), worse)))
        self.figures[GAIN].setToolTip(plain_tip(gained(before, trial)))
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
