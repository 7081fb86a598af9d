"""The line over the network: how large it is or what is wrong with it, and the button that trains it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from app.kit.listing import listed
from app.kit.numbers import counted, grouped
from app.kit.translation import sentence_of
from app.kit.widgets.labels import ElidedLabel
from app.kit.words import plain_tip
from app.workspaces.recommender.model.answers import Checked, Sizes
from app.workspaces.recommender.model.draft import Draft
from engine.graph.validation import GraphProblem

HEIGHT = 46


class ModelHeader(QFrame):
    """``show_block(id)``: the person wants to see where the problem sits. ``reset_wanted``: back to the run's own."""

    show_block = Signal(str)
    reset_wanted = Signal()

    def __init__(self, draft: Draft, train: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.checked: Checked | None = None
        self._at: str | None = None
        self.setProperty("role", "panel")
        self.setFixedHeight(HEIGHT)
        self.size_line = ElidedLabel("")
        self.show_button = self._button(self.tr("Show"), self.tr("Pick the block that this is about"), "chip")
        self.show_button.clicked.connect(self._show_where)
        reset_tip = self.tr("Take back every edit, as one step that can be undone")
        self.reset = self._button(self.tr("As in this run"), reset_tip, "pill")
        self.reset.clicked.connect(self.reset_wanted)
        self.train = self._button(train.text(), train.toolTip(), "primary")
        self.train.clicked.connect(train.trigger)
        train.changed.connect(self._follow_action)
        self._action = train
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 12, 6)
        row.setSpacing(10)
        row.addWidget(self.size_line, 1)
        row.addWidget(self.show_button)
        row.addWidget(self.reset)
        row.addWidget(self.train)
        draft.changed.connect(self.refresh)
        self._follow_action()
        self.refresh()

    @staticmethod
    def _button(text: str, tip: str, role: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("role", role)
        button.setToolTip(plain_tip(tip))
        button.setAccessibleName(text)
        return button

    @Slot()
    def _follow_action(self) -> None:
        self.train.setText(self._action.text())
        self.train.setAccessibleName(self._action.text())
        self.train.setToolTip(self._action.toolTip())
        self.train.setEnabled(self._action.isEnabled())

    def set_checked(self, checked: Checked | None) -> None:
        """What the data make of the network; None while that is not known."""
        self.checked = checked
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Say how large the draft is, or the first thing that is wrong with it."""
        problem = first_problem(self._draft)
        self._at = problem.block_id if problem is not None else None
        self.show_button.setVisible(self._at is not None)
        self.reset.setVisible(self._draft.edited)
        text = self._size() if problem is None else sentence_of(problem.problem)
        self.size_line.setProperty("role", None if problem is None else "problem")
        self.size_line.style().polish(self.size_line)
        self.size_line.set_full_text(text)

    def _size(self) -> str:
        blocks = counted(len(self._draft.graph.blocks), self.tr("1 block"), self.tr("{count} blocks"))
        checked = self.checked
        if checked is None or checked.sizes is None:
            return self.tr("{blocks} · numbers to learn: not counted yet").format(blocks=blocks)
        return f"{blocks} · {self._numbers(checked.sizes)}"

    def _numbers(self, sizes: Sizes) -> str:
        """All of them, and what they are of where there are several sorts."""
        total = self.tr("{numbers} numbers to learn").format(numbers=grouped(sizes.total))
        sorts = (
            (sizes.tables, self.tr("{number} in tables")),
            (sizes.wide, self.tr("{number} in the wide part")),
            (sizes.tower, self.tr("{number} in the layers")),
        )
        named = [words.format(number=grouped(number)) for number, words in sorts if number]
        if len(named) < 2:
            return total
        return self.tr("{total}: {parts}").format(total=total, parts=listed(named))

    @Slot()
    def _show_where(self) -> None:
        if self._at is not None:
            self.show_block.emit(self._at)


def first_problem(draft: Draft) -> GraphProblem | None:
    """What keeps the draft from being trained; None where nothing is known to."""
    return next((problem for problem in draft.document.problems if problem.blocking), None)
