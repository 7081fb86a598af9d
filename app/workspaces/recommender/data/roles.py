"""What the columns of a file are taken for, and what counts as a yes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QScrollArea, QWidget

from app.kit.listing import listed
from app.kit.numbers import grouped, read, written
from app.kit.translation import sentence_of
from app.kit.widgets.choice import Choice
from app.kit.widgets.frame import fill, row_layout
from app.kit.widgets.labels import ElidedLabel, Label, wrapped
from app.kit.words import plain_tip
from app.workspaces.recommender.data.words import role_words
from engine.problems import filled_in
from engine.recommenders.data.profile.shapes import Head
from engine.recommenders.data.proposal.roles import Proposal, ProposedColumn, Role, Yes

EXAMPLES, MOST_COLUMNS = 3, 400
ROLE_WIDTH = 170


class RoleList(QScrollArea):
    """``changed``: a column was taken for something else, by hand."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.choices: dict[str, Choice] = {}
        self.reasons: dict[str, QLabel] = {}
        self._unlisted: dict[str, Role] = {}

    @property
    def roles(self) -> dict[str, Role]:
        """What each column is taken for."""
        listed: dict[str, Role] = {name: choice.key for name, choice in self.choices.items()}  # type: ignore[misc]  # the entries' keys are roles
        return {**listed, **self._unlisted}

    def show_proposal(self, proposal: Proposal, offered: Sequence[Role]) -> None:
        """Offer these roles for the columns of a proposal, those beyond the first few hundred by what is proposed."""
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(10, 8, 10, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for at, (stretch, head) in enumerate(zip((2, 0, 3, 6), self._heads(), strict=True)):
            grid.setColumnStretch(at, stretch)
            label = Label(head, role="muted")
            grid.addWidget(label, 0, at)
        entries = [(role, role_words(role)) for role in offered]
        self.choices, self.reasons = {}, {}
        for row, column in enumerate(proposal.columns[:MOST_COLUMNS], 1):
            said = self.tr("What “{column}” is taken for").format(column=column.name)
            choice = Choice(said, entries, plain_tip(said))
            choice.setFixedWidth(ROLE_WIDTH)
            choice.choose(column.role)
            choice.picked.connect(self.changed)
            self.choices[column.name] = choice
            name = ElidedLabel(column.name)
            name.setStyleSheet("font-weight: 600;")
            grid.addWidget(name, row, 0)
            grid.addWidget(choice, row, 1)
            grid.addWidget(ElidedLabel(_examples(proposal, row - 1), "muted"), row, 2)
            proposed = self._why(column, proposal.rows)
            reason = wrapped(proposed)
            reason.setMinimumHeight(1)  # as high as its width asks for, not as a narrow column would
            grid.addWidget(reason, row, 3, Qt.AlignmentFlag.AlignVCenter)
            choice.picked.connect(partial(self._say_why, choice, reason, column.role, proposed))
            self.reasons[column.name] = reason
        grid.setRowStretch(grid.rowCount(), 1)
        self._unlisted = {column.name: column.role for column in proposal.columns[MOST_COLUMNS:]}
        self.setWidget(body)
        self._fit()

    def _why(self, column: ProposedColumn, rows: int) -> str:
        """Why it is proposed, and in how many rows it says nothing; of a label the reason itself tells that."""
        why = sentence_of(column.reason)
        if not column.missing or column.missing == rows or column.role == "label":
            return why
        missing = self.tr("Missing in {count} of the first {rows} {rows:row|rows}.")
        return f"{why} {filled_in(missing, {'count': grouped(column.missing), 'rows': grouped(rows)})}"

    def _say_why(self, choice: Choice, reason: QLabel, role: Role, proposed: str, *_picked: object) -> None:
        """What was proposed has a reason; what was chosen by hand instead has another."""
        reason.setText(proposed if choice.key == role else self.tr("Chosen by hand."))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The body, which the area watches by itself, needs another height: fonts and styles come late."""
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """No higher than all columns need: the room is for what stands below."""
        body = self.widget()
        if body is not None:
            self.setMaximumHeight(body.heightForWidth(self.viewport().width()) + 2 * self.frameWidth())

    def _heads(self) -> tuple[str, str, str, str]:
        return self.tr("column"), self.tr("taken as"), self.tr("first values"), self.tr("because")


def _examples(proposal: Proposal, at: int) -> str:
    """The first different values of a column."""
    values = dict.fromkeys(row[at] for row in proposal.head.rows if row[at])
    return listed(list(values)[:EXAMPLES])


MOST_VALUES = 40
FROM = ""
"""The key of “a number from … on”; the keys of values begin with a mark."""
VALUE = "="


class YesField(QWidget):
    """``changed``: something else counts as a yes, by hand."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.how = Choice(
            self.tr("What counts as a yes"), [], self.tr("The value of the label that is to be predicted")
        )
        self.least = QLineEdit()
        self.least.setFixedWidth(90)
        self.least.setAccessibleName(self.tr("The number from which on it is a yes"))
        self.least.setToolTip(self.tr("The number from which on it is a yes"))
        label = Label(self.tr("A &yes is"))
        label.setBuddy(self.how)
        fill(row_layout(self, spacing=8), label, (self.how, 1), self.least)
        self.how.picked.connect(self._pick)
        self.least.textEdited.connect(self.changed)

    def show_label(self, head: Head, column: str, yes: Yes) -> None:
        """Offer the values of a column."""
        at = head.columns.index(column)
        values = list(dict.fromkeys(row[at] for row in head.rows if row[at]))[:MOST_VALUES]
        if yes.equals is not None and yes.equals not in values:
            values.insert(0, yes.equals)
        entries = [(VALUE + value, self.tr("“{value}”").format(value=value)) for value in values]
        numeric = bool(values) and all(read(value) is not None for value in values)
        self.how.set_entries([*([(FROM, self.tr("a number from here on:"))] if numeric else []), *entries])
        self.how.choose(FROM if yes.equals is None and numeric else VALUE + (yes.equals or ""))
        self.least.setText(written(yes.at_least))
        self._follow()

    @property
    def yes(self) -> Yes | None:
        """What counts; None where that is no number."""
        key = self.how.key or FROM
        if key != FROM:
            return Yes(equals=key.removeprefix(VALUE))
        least = read(self.least.text())
        return None if least is None else Yes(at_least=least)

    def _follow(self) -> None:
        self.least.setVisible((self.how.key or FROM) == FROM)

    @Slot()
    def _pick(self) -> None:
        self._follow()
        self.changed.emit()
