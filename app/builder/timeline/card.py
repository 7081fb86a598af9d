"""The player's page: controls in one row, what is worked out below; what they do is elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.builder.timeline.sheet import CalculationSheet
from app.builder.timeline.stage_cells import StageCells
from app.kit import look, theme
from app.kit.formula.view import MathLabel
from app.kit.guessing.card import WIDTH as GUESS_WIDTH
from app.kit.guessing.card import GuessCard
from app.kit.icons import set_icon
from app.kit.numbers import plain
from app.kit.widgets.choice import ComboBox
from app.kit.widgets.frame import scrolled
from app.kit.widgets.labels import Label, PartsLabel
from app.kit.widgets.play_button import RoundPlayButton
from app.kit.widgets.segments import chip
from app.kit.words import plain_tip

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0)
SPEED_WIDTH = 66
"""Pixels of the choice of a speed, which has few letters."""
RULE_PIXELS = 14.0
NARROW, SHORT_WORDS = 560, 300
"""Pixels: a narrower page has its choices, the rule and the question in rows of their own; and shorter words."""
SHEET_LEAST = 72
"""Pixels of height that the sheet has where it scrolls by itself."""
QUIZ_SHARE, QUIZ_MOST = 0.46, 400
"""The question's share of a wider page, and how many pixels it has at most."""


class TimelineCard(QWidget):
    """The widgets of the pass player and where they lie. ``sheet``: where the stage is worked out; ``quiz``: where the
    next number is asked for. ``crowded``: it is in sight and narrow, so that other parts should give way. ``asking``:
    it is in sight and asks, so that nobody else should tell."""

    crowded, asking = Signal(bool), Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lend_question: Callable[[QWidget], None] | None = None
        self.actions_by_name: dict[str, QAction] = {}
        self.setAccessibleName(self.tr("Pass player"))
        self._build()
        self._lay_out()
        theme.follow(self._restyle)

    def set_actions(self, actions: dict[str, QAction]) -> None:
        """Make the actions the page's own and put them behind its buttons."""
        self.actions_by_name = actions
        self.addActions(list(actions.values()))
        for button, name in ((self._play, "play_pass"), (self._back, "back_pass"), (self._step, "step_pass")):
            button.setToolTip(actions[name].toolTip())
            button.setAccessibleName(actions[name].text())
            button.clicked.connect(actions[name].trigger)

    def _build(self) -> None:
        self._play = RoundPlayButton()
        self._cells = StageCells()
        self._back, self._step = self._tool("back"), self._tool("step")
        self._close = self._tool("close", self.tr("Close the pass; the canvas shows only the network again"))
        self._speed = self._combo(self.tr("How fast the pass plays"), self.tr("Speed of the pass"))
        for speed in SPEEDS:
            self._speed.addItem(f"{plain(speed)}×", speed)
        self._speed.setCurrentIndex(SPEEDS.index(1.0))
        self._speed.setFixedWidth(SPEED_WIDTH)
        self._amount = self._combo(
            self.tr("One sample, or the next step's mini-batch with the update it makes"),
            self.tr("What goes through the network"),
        )
        self._amount.addItem(self.tr("1 sample"))
        self._amount.addItem(self.tr("1 mini-batch"))
        self._predict: QPushButton = chip(
            self.tr("Predict first"),
            self.tr("Hide the next number and guess it first. Switching it off forgets your answers"),
        )
        self._predict.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._title = Label()
        self._rule = MathLabel("", RULE_PIXELS, colour="text_muted")
        self._count = Label()
        self._count.setProperty("role", "muted")
        self._count.setFont(look.tabular(look.font(12)))
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._caption = PartsLabel()
        self._caption.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._hint = Label()
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setProperty("role", "muted")
        self.sheet = CalculationSheet()
        self.quiz = GuessCard()
        self.quiz.hide()

    def _tool(self, icon: str, tip: str = "") -> QToolButton:
        button = QToolButton()
        set_icon(button, icon)
        button.setIconSize(QSize(15, 15))
        button.setFixedSize(26, 26)
        button.setToolTip(plain_tip(tip))
        button.setAccessibleName(tip)
        return button

    def _combo(self, tip: str, name: str) -> ComboBox:
        box = ComboBox()
        box.setToolTip(plain_tip(tip))
        box.setAccessibleName(name)
        box.setObjectName("timelineChoice")
        box.setFixedHeight(26)
        box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToContents)
        box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return box

    def _restyle(self) -> None:
        colours = theme.current()
        self._title.setStyleSheet("font-weight: 600; font-size: 13px;")
        self._caption.setStyleSheet(f"color: {colours.text_muted}; font-size: 11px;")
        self.setStyleSheet(
            "QComboBox#timelineChoice { padding: 0 2px 0 8px; min-height: 22px; font-size: 12px; }"
            "QComboBox#timelineChoice::drop-down { width: 18px; }"
            'QPushButton[role="chip"] { min-height: 24px; border-radius: 12px; }'
        )

    def _lay_out(self) -> None:
        self._controls = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._controls.setSpacing(10)
        self._controls.addLayout(self._moves(), 1)
        self._controls.addLayout(self._choices())
        self._head = QGridLayout()
        self._head.setHorizontalSpacing(12)
        self._head.setVerticalSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._controls)
        column.addLayout(self._head)
        column.addWidget(self._hint, 1)
        column.addWidget(self._work_area(), 1)
        self._arrange(narrow=False)

    def _moves(self) -> QHBoxLayout:
        """What goes through the pass."""
        row = QHBoxLayout()
        row.setSpacing(4)
        for part in (self._play, self._back, self._step):
            row.addWidget(part)
        row.addSpacing(2)
        row.addWidget(self._cells, 1)
        row.addStretch()  # takes the room while there are no cells
        return row

    def _choices(self) -> QHBoxLayout:
        """What passes, how fast, and whether guesses are asked for."""
        row = QHBoxLayout()
        row.setSpacing(6)
        for part in (self._predict, self._amount, self._speed):
            row.addWidget(part)
        row.addStretch()
        row.addWidget(self._close)
        return row

    def _arrange(self, *, narrow: bool) -> None:
        """Beside one another, or in rows where there is no room for that."""
        self._narrow = narrow
        box = QBoxLayout.Direction
        self._controls.setDirection(box.TopToBottom if narrow else box.LeftToRight)
        self._controls.setSpacing(4 if narrow else 10)
        self._beside.setDirection(box.TopToBottom if narrow else box.LeftToRight)
        self.quiz.set_compact(narrow)
        self._scroll_sheet(alone=not narrow)
        for part in (self._title, self._rule, self._caption, self._count):
            self._head.removeWidget(part)
        self._head.addWidget(self._title, 0, 0)
        self._head.addWidget(self._caption, 0, 1 if narrow else 2)
        self._head.addWidget(self._count, 0, 3)
        self._head.addWidget(self._rule, 1 if narrow else 0, 0 if narrow else 1, 1, 4 if narrow else 1)
        self._head.setColumnStretch(1, 1 if narrow else 0)
        self._head.setColumnStretch(2, 0 if narrow else 1)
        self._place_question()

    def lend_question(self, place: Callable[[QWidget], None]) -> None:
        """Put the question elsewhere, by ``place``, whenever this page is too narrow for it beside the sheet."""
        self._lend_question = place
        self._place_question()

    def _place_question(self) -> None:
        height = QSizePolicy.Policy.Ignored
        if self._narrow and self._lend_question is not None:
            height = QSizePolicy.Policy.Preferred
            self._lend_question(self.quiz)
        else:
            self._beside.addWidget(self.quiz)
        self.quiz.setSizePolicy(QSizePolicy.Policy.Preferred, height)
        self._show_question(self.isVisible())

    def _show_question(self, in_sight: bool) -> None:
        """Show the question where one is asked. In a narrow page it takes the room of the rule, which the sheet says
        too. ``in_sight``: whether this page is."""
        is_asked, has_pass = self._predict.isChecked(), not self._work.isHidden()
        self.quiz.setVisible(is_asked and (self.isAncestorOf(self.quiz) or (in_sight and has_pass)))
        self._rule.setVisible(has_pass and not (self._narrow and is_asked))
        self.crowded.emit(self._narrow and in_sight)
        self.asking.emit(is_asked and in_sight)

    def _scroll_sheet(self, *, alone: bool) -> None:
        """Let the sheet scroll beside the question, or with all of the page: there is only one scroll bar."""
        if alone:
            self._area.setWidget(self.sheet)
            self.sheet.setAutoFillBackground(False)  # as Qt has just set it; it stands on a card
        elif self._area.widget() is self.sheet:
            self._inside.addWidget(self._area.takeWidget())
            self.sheet.show()
        self._area.setVisible(alone)
        self._paper.setMinimumHeight(SHEET_LEAST if alone else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = event.size().width()
        narrow = width < NARROW
        if narrow != self._narrow:
            self._arrange(narrow=narrow)
        is_short = width < SHORT_WORDS
        self._predict.setText(self.tr("Predict") if is_short else self.tr("Predict first"))
        self._amount.setItemText(1, self.tr("1 batch") if is_short else self.tr("1 mini-batch"))
        if not narrow:
            self.quiz.setFixedWidth(min(max(GUESS_WIDTH, round(QUIZ_SHARE * width)), QUIZ_MOST))

    def _work_area(self) -> QWidget:
        """The sheet, and the question beside it while one is asked; they scroll where both together are too tall."""
        paper = self._paper = QFrame()
        paper.setProperty("role", "card")
        paper.setMinimumHeight(SHEET_LEAST)
        inside = self._inside = QVBoxLayout(paper)
        inside.setContentsMargins(0, 0, 0, 0)
        area = self._area = scrolled(self.sheet)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName(self.tr("The stage in detail"))
        for part in (area, self.quiz):  # their heights are given by what they lie in, or follow from their widths
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        inside.addWidget(area)
        both = QWidget()
        self._work = scrolled(both)
        row = self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight, both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(paper, 1)
        row.addWidget(self.quiz)
        return self._work

    def _show_place(self, number: int, of: int, words: str) -> None:
        """``5 / 18``, in words for those who ask."""
        self._count.setMinimumWidth(self._count.fontMetrics().horizontalAdvance(f"{of} / {of}"))
        self._count.setText(f"{number} / {of}")
        self._count.setAccessibleName(words)
        self._count.setToolTip(plain_tip(words))

    def _show_nothing(self, hint: str) -> None:
        self._hint.setText(hint)
        self._set_shown(False)

    def _set_shown(self, shown: bool) -> None:
        """The pass, or in its place the hint of what to do."""
        for part in (self._work, self._title, self._caption, self._cells, self._count):
            part.setVisible(shown)
        self._hint.setVisible(not shown)
        self._show_question(self.isVisible())
