"""The card of cures tried on copies: what each would make of the network, side by side, and a button to take one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.kit.background import Background, Job
from app.kit.capitals import in_capitals
from app.kit.numbers import accuracy_text, epoch_text, grouped, significant
from app.kit.widgets.labels import ElidedLabel, Label, wrapped
from app.kit.words import plain_tip
from app.network.document import Document
from app.network.mending import Mender
from app.network.trainer import Trainer
from app.workspaces.playground.plots.remedy_words import label_of, tip_of
from engine.problems import Problem
from engine.training.snapshot import Snapshot

if TYPE_CHECKING:
    from engine.training.remedies import Case, Remedy
    from engine.training.trial import TrialOutcome
    from engine.training.verdicts import Verdict


class TrialCard(QFrame):
    """Empty and hidden until :meth:`begin`. An edit of the network or its weights, or another run, ends the trial.

    ``compared(case, remedies)``: what helped a copy of this case, the best first. ``closed``: nothing of it is shown
    any more.
    """

    compared = Signal(object, object)
    closed = Signal()

    def __init__(self, document: Document, trainer: Trainer, mender: Mender, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._trainer = document, trainer
        self._mender = mender
        self._case: Case | None = None
        self.rows: list[QWidget] = []
        self.buttons: dict[str, QPushButton] = {}
        self._background = Background("trial", latest_only=True, parent=self)
        self._background.progressed.connect(self._show_progress)
        self._background.done.connect(self._show)
        self._background.failed.connect(self._fail)
        self._lay_out()
        document.graph_changed.connect(self.close_card)
        document.hyper_changed.connect(self.close_card)
        for weights_changed in (document.weight_set, document.rows_set):
            weights_changed.connect(self.close_card)
        trainer.snapshot_withdrawn.connect(self.close_card)
        trainer.snapshot_published.connect(self._follow_run)
        self.hide()

    def _lay_out(self) -> None:
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Cures tried on copies"))
        title = Label(self.tr("Doctor"))
        title.setProperty("role", "title")
        self.about = wrapped()
        close = QToolButton()
        close.setText("×")
        close.setToolTip(self.tr("Close"))
        close.setAccessibleName(self.tr("Close the doctor"))
        close.clicked.connect(self.close_card)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch()
        head.addWidget(close)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(4)
        self.progress.setRange(0, 100)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(7)
        self.grid.setVerticalSpacing(6)
        self.grid.setColumnStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 10)
        column.setSpacing(6)
        self.trouble = ElidedLabel("", "muted")
        column.addLayout(head)
        column.addWidget(self.about)
        column.addWidget(self.trouble)
        column.addWidget(self.progress)
        column.addLayout(self.grid)

    # Trying -------------------------------------------------------------------------------------------------------

    def begin(self, remedies: tuple[Remedy, ...], trouble: str, verdicts: tuple[Verdict, ...] = ()) -> None:
        """Try these on copies of the network as it is now. ``trouble``: what they are for, in words; the run may be in
        another one by the time that somebody reads what came of them. ``verdicts``: of that trouble."""
        case = self._mender.case()
        if case is None or not remedies:
            return
        self._case = case
        self._clear()
        self.trouble.set_full_text(trouble)
        self.about.setText(self.tr("tries each cure on a copy…"))
        self.progress.setValue(0)
        self.progress.show()
        self.show()
        self._background.request(partial(_try, case, remedies, verdicts))

    @Slot()
    def close_card(self) -> None:
        """Give the trial up, and go."""
        self._background.cancel()
        self._case = None
        self._clear()
        self.hide()
        self.closed.emit()

    @Slot(object)
    def _follow_run(self, snapshot: Snapshot) -> None:
        """What was tried on a run that has begun anew says nothing of this one."""
        tried = self._case.snapshot if self._case is not None else None
        if tried is not None and (snapshot.run != tried.run or snapshot.step < tried.step):
            self.close_card()

    @Slot(object)
    def _fail(self, problem: Problem) -> None:
        """Nothing can be shown: say why, and go."""
        self.close_card()
        self._document.problem_found.emit(problem)

    @Slot(float)
    def _show_progress(self, share: float) -> None:
        self.progress.setValue(round(100 * share))

    @Slot(object)
    def _show(self, found: tuple[TrialOutcome, ...]) -> None:
        case = self._case
        if case is None or not found:
            return
        from engine.training.trial import EPOCHS

        self.progress.hide()
        base, *tried = found
        about = self.tr("on copies of epoch {at}, {epochs} more each")
        self.about.setText(about.format(at=epoch_text(case.snapshot.epoch), epochs=grouped(EPOCHS)))
        self._add_heads(case.snapshot)
        self._add_row(self.tr("as it is"), base, None)
        for number, outcome in enumerate(outcome for outcome in tried if outcome.helps):
            self._add_row(None, outcome, "first" if not number else "")
        self.compared.emit(case, tuple(outcome.remedy for outcome in tried if outcome.helps))
        rest, helped = [outcome for outcome in tried if not outcome.helps], any(outcome.helps for outcome in tried)
        needs_none = base.is_nearly_solved and not helped
        if rest and not needs_none:
            self._add_line(_heading(self.tr("Not enough on their own")))
        for outcome in rest:
            self._add_row(None, outcome, "", tone="" if needs_none and not outcome.broken else "danger")
        if needs_none:
            self._add_line(wrapped(self.tr("It needs no cure: it does as well without one as with any.")))
        elif not helped:
            is_some_better = any(self._looks_better(outcome, base, case.snapshot) for outcome in rest)
            some = self.tr("Some do better, but none well enough within these epochs.")
            none = self.tr("None of them helps within these epochs.")
            self._add_line(wrapped(some if is_some_better else none))

    def _looks_better(self, outcome: TrialOutcome, base: TrialOutcome, snapshot: Snapshot) -> bool:
        """Whether a copy's score is higher than without a cure in the digits that are shown."""
        regression = snapshot.plan.target.classes == 0
        texts = {accuracy_text(score, regression) for score in (outcome.score, base.score)}
        return not outcome.broken and outcome.score > base.score and len(texts) > 1

    # Rows ---------------------------------------------------------------------------------------------------------

    def _clear(self) -> None:
        for widget in self.rows:
            self.grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.rows, self.buttons = [], {}

    def _add_line(self, widget: QWidget) -> None:
        self.grid.addWidget(widget, self.grid.rowCount(), 0, 1, 4)
        self.rows.append(widget)

    def _add_heads(self, snapshot: Snapshot) -> None:
        regression = snapshot.plan.target.classes == 0
        heads = (self.tr("cure"), "‖δ₁‖/‖δₙ‖", "R²" if regression else self.tr("accuracy"))
        row = self.grid.rowCount()
        for place, text in enumerate(heads):
            label = Label(text)
            label.setProperty("role", "muted")
            label.setToolTip(plain_tip(self._tip_of_head(place)))
            self.grid.addWidget(label, row, place, Qt.AlignmentFlag.AlignRight if place else Qt.AlignmentFlag.AlignLeft)
            self.rows.append(label)

    def _tip_of_head(self, place: int) -> str:
        return (
            self.tr("What is changed in the copy before it trains"),
            self.tr("What of the last hidden layer's error signal reaches the first one, after the epochs"),
            self.tr("On the test points, after the epochs"),
        )[place]

    def _add_row(self, name: str | None, outcome: TrialOutcome, rank: str | None, *, tone: str = "good") -> None:
        """A copy's line: what was done, what came of it, and the button that does it here."""
        assert self._case is not None  # a line is shown for one
        snapshot, remedy = self._case.snapshot, outcome.remedy
        label = name if name is not None or remedy is None else label_of(remedy, snapshot)
        regression = snapshot.plan.target.classes == 0
        score = self.tr("broke down") if outcome.broken else accuracy_text(outcome.score, regression)
        cells = (ElidedLabel(label or ""), Label(significant(outcome.signal, 2)), Label(score))
        if remedy is not None:
            cells[2].setProperty("tone", tone)
            cells[2].setStyleSheet("font-weight: 600; font-size: 12px;")
        row = self.grid.rowCount()
        for cell in cells[:2]:
            cell.setStyleSheet("font-size: 12px;")
        for place, cell in enumerate(cells):
            if place:
                cell.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.grid.addWidget(cell, row, place)
            self.rows.append(cell)
        if remedy is not None and rank is not None and not outcome.broken:
            self._add_button(remedy, label or "", row, first=rank == "first")

    def _add_button(self, remedy: Remedy, label: str, row: int, *, first: bool) -> None:
        assert self._case is not None  # a line is shown for one
        button = QPushButton(self.tr("Apply"))
        button.setProperty("role", "remedy")
        button.setProperty("first", first)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(plain_tip(tip_of(remedy, self._case.snapshot)))
        button.setAccessibleName(self.tr("Apply {cure}").format(cure=label))
        button.clicked.connect(partial(self._apply, label, remedy))
        self.grid.addWidget(button, row, 3)
        self.rows.append(button)
        self.buttons[remedy.kind] = button

    def _apply(self, label: str, remedy: Remedy, _checked: bool = False) -> None:
        """What the card shows is of the network before."""
        self._mender.mend(label, remedy)
        self.close_card()


def _heading(text: str) -> QLabel:
    label = Label(in_capitals(text))
    label.setProperty("role", "heading")
    return label


def _try(case: Case, remedies: tuple[Remedy, ...], trouble: tuple[Verdict, ...], job: Job) -> tuple[TrialOutcome, ...]:
    """In the background thread."""
    from engine.training.trial import try_remedies

    return try_remedies(case, remedies, trouble, cancelled=job.cancelled, progress=job.progress)
