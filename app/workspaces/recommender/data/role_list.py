"""The columns of a file: what each is taken for, which can be changed, why, and its first values."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from app.kit.listing import listed
from app.kit.translation import sentence_of
from app.kit.widgets.choice import Choice
from app.kit.widgets.labels import ElidedLabel, Label, wrapped
from app.kit.words import plain_tip
from app.workspaces.recommender.data.words import role_words
from engine.recommenders.data.proposal.roles import Proposal, Role

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
            label = Label(head)
            label.setProperty("role", "muted")
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
            proposed = sentence_of(column.reason)
            reason = wrapped(proposed)
            reason.setMinimumHeight(1)  # as high as its width asks for, not as a narrow column would
            grid.addWidget(reason, row, 3, Qt.AlignmentFlag.AlignVCenter)
            choice.picked.connect(partial(self._say_why, choice, reason, column.role, proposed))
            self.reasons[column.name] = reason
        grid.setRowStretch(grid.rowCount(), 1)
        self._unlisted = {column.name: column.role for column in proposal.columns[MOST_COLUMNS:]}
        self.setWidget(body)
        self._fit()

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
