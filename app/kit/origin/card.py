"""The card that says where a number comes from, and that others come to the same."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from functools import partial
from typing import overload

from PySide6.QtCore import QMargins, QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.kit import look, theme
from app.kit.announce import announce
from app.kit.background import Background, Job, Work
from app.kit.capitals import in_capitals
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Mark, Rectangle, Text
from app.kit.drawing.number import NumberMark
from app.kit.drawing.view import DrawingView
from app.kit.formula.boxes import Row
from app.kit.formula.view import FormulaView
from app.kit.icons import set_icon
from app.kit.inks import sign_ink, sign_text_ink
from app.kit.numbers import to_digits
from app.kit.origin.badge import CheckBadge
from app.kit.origin.buttons import ParentRow
from app.kit.origin.facts import Fact, OracleComparison, Parent
from app.kit.origin.formula import FlowingFormula, pieces_of
from app.kit.plain_maths import plain_text
from app.kit.quiet import Quiet
from app.kit.widgets.frame import bring_into_sight
from app.kit.widgets.labels import Label, wrapped
from app.kit.words import plain_tip
from engine.value_check import CheckedValue

MOST_ROWS, PLACE_LINES = 8, 2
MARGINS = QMargins(12, 6, 8, 10)
PATH_ROW, PATH_NAME, PATH_VALUE = 19, 92, 66
PAUSE_MS, SETTLED_MS = 300, 120
"""The second: so long a number must stand still before PyTorch is asked about it."""


class OriginCard(QFrame):
    """Shows the :class:`Fact` of a key; a click on a parent goes on from there, and there is a way back.

    ``fact_of`` gives what is known now, None where there is no such number (any more). ``closed``: nothing is explained
    any more, by Escape too. ``explained(key)``: another number is, so that a drawing can mark it.
    ``onward_wanted(key)``: the link of this number's fact was clicked.
    """

    closed = Signal()
    explained = Signal(object)
    onward_wanted = Signal(object)

    def __init__(self, fact_of: Callable[[Hashable], Fact | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Where does this number come from?"))
        self._fact_of = fact_of
        self._fact: Fact | None = None
        self._trail: list[Hashable] = []
        self._background = Background("origin-check", latest_only=True, tells=True, pause_ms=PAUSE_MS, parent=self)
        self._background.done.connect(self._show_check)
        self._background.failed.connect(self._show_no_check)
        self._asking = Quiet(self)
        self._asking.come.connect(self._ask)
        self._rows: list[ParentRow] = []
        self._build()
        theme.follow(self._colour)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)  # wherever the keyboard is, while it is in sight
        escape.activated.connect(self.put_away)
        escape.activatedAmbiguously.connect(self.put_away)  # of two cards in a window, one after the other goes
        self.hide()

    def _build(self) -> None:
        heading = Label(in_capitals(self.tr("Where does this number come from?")))
        heading.setProperty("role", "heading")
        heading.setWordWrap(True)  # the card is as narrow as the panel that it lies in
        self._back = self._tool("back", self.tr("Back to the number before"), self.go_back)
        close = self._tool("close", self.tr("Close the origin of the number"), self.put_away)
        self._name, self._value = FormulaView(size_px=20.0), Label()
        self._where, self._sentence = wrapped(), wrapped("", None)
        self._formula, self._worked = FlowingFormula(16.0), FlowingFormula(15.0)
        self._parents_title, self._paths_title = wrapped(), wrapped(self.tr("share of each path"))
        self._parents = QVBoxLayout()
        self._parents.setSpacing(4)
        hint, least = QSize(200, PATH_ROW), QSize(PATH_NAME + PATH_VALUE, 0)
        self._paths = DrawingView(draw_paths, (), hint=hint, least=least, name=self.tr("share of each path"))
        self.badge = CheckBadge()
        self._copy = self._link(self.copy_code)
        self._copy.setToolTip(
            self.tr("Code for any Python with PyTorch, with these numbers filled in; it prints the one shown here")
        )
        self.onward = self._link(self._go_onward)
        self.onward.setToolTip(self.tr("Opens it in another workspace; undo there restores what was open"))
        self.onward.setAccessibleName(self.tr("Go on"))
        self._say_copied(done=False)
        head, number, self._line = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        self._number = number
        head.setSpacing(4)
        head.addWidget(self._back)
        head.addWidget(heading, 1)
        head.addWidget(close)
        number.addWidget(self._name)
        number.addWidget(self._value)
        number.addStretch()
        self._line.addLayout(number)
        self._line.addWidget(self._where, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGINS)
        column.setSpacing(5)
        column.addLayout(head)
        column.addLayout(self._line)
        above: tuple[QWidget, ...] = (self._formula, self._worked, self._sentence)
        for part in above:
            column.addWidget(part)
        column.addWidget(self.onward, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._parents_title)
        column.addLayout(self._parents)
        below: tuple[QWidget, ...] = (self._paths_title, self._paths, self.badge)
        for part in below:
            column.addWidget(part)
        column.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignRight)

    def _link(self, act: Callable[[], None]) -> QPushButton:
        button = QPushButton()
        button.setProperty("role", "link")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda _checked=False: act())
        return button

    def _tool(self, icon: str, words: str, act: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        set_icon(button, icon)
        button.setIconSize(QSize(12, 12))
        button.setFixedSize(22, 22)
        button.setAccessibleName(words)
        button.setToolTip(plain_tip(words))
        button.clicked.connect(lambda _checked=False: act())
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_line()

    def _set_line(self) -> None:
        """Where the number leaves less than two lines' room beside it, its place stands beneath it."""
        inner = self.contentsRect().marginsRemoved(MARGINS).width()
        beside = inner - self._line.spacing() - self._number.sizeHint().width()
        fits = self._where.fontMetrics().horizontalAdvance(self._where.text()) <= PLACE_LINES * beside
        ways = QBoxLayout.Direction
        self._line.setDirection(ways.LeftToRight if fits else ways.TopToBottom)

    # Which number ---------------------------------------------------------------------------------------------------

    @property
    def key(self) -> Hashable | None:
        """The number that is explained."""
        return self._fact.key if self._fact is not None else None

    @property
    def parents(self) -> tuple[Hashable, ...]:
        """The keys of the numbers to go on to."""
        shown = self._fact.parents[:MOST_ROWS] if self._fact is not None else ()
        return tuple(one.key for one in shown)

    @overload
    def show(self) -> None: ...

    @overload
    def show(self, key: Hashable) -> None: ...

    def show(self, key: Hashable = None) -> None:
        """Say where the number ``key`` comes from; without one, only come into sight."""
        if key is None:
            super().show()
            return
        self._trail = []
        self._explain(key)

    def go_on_to(self, key: Hashable) -> None:
        """Follow a parent; there is a way back."""
        before = self.key
        self._explain(key)
        if self._fact is not None and before is not None and before != key:
            self._trail.append(before)
        self._back.setVisible(bool(self._trail))

    def go_back(self) -> None:
        """To the number from which one has come."""
        if self._trail:
            self._explain(self._trail.pop())

    def refresh(self) -> None:
        """Values may have changed: the same number as it is now."""
        if self._fact is None:
            return
        fact = self._fact_of(self._fact.key)
        if fact is None:
            self.put_away()
            return
        self._write(fact, known=self._fact)
        self._asking.wait(SETTLED_MS)

    def put_away(self) -> None:
        """Explain nothing; what is asked of PyTorch is not wanted any more."""
        self._fact, self._trail = None, []
        self._asking.stop()
        self._background.cancel()
        self.hide()
        self.closed.emit()

    def _explain(self, key: Hashable) -> None:
        fact = self._fact_of(key)
        if fact is None:
            self.put_away()
            return
        self._write(fact)
        self._asking.wait(0)
        super().show()
        bring_into_sight(self)
        announce(self, f"{plain_text(fact.name)} = {self._value.text()}, {fact.place}")
        self.explained.emit(key)

    # What is said ---------------------------------------------------------------------------------------------------

    def _write(self, fact: Fact, known: Fact | None = None) -> None:
        """``known``: the same number as it stood here before; a check of that holds until the next is there."""
        self._fact = fact
        self._name.set_box(Row(pieces_of(fact.name)))
        self._value.setText(self.tr("not yet") if fact.value is None else fact.printed or to_digits(fact.value, 4))
        self._where.setText(fact.place)
        self._set_line()
        for formula, shown in ((self._formula, fact.formula), (self._worked, fact.worked)):
            formula.show_formula(shown)
            formula.setVisible(bool(shown))
        self._sentence.setText(fact.sentence)
        self._sentence.setVisible(bool(fact.sentence))
        self._fill_parents(fact)
        self._paths.set_data(fact.paths[:MOST_ROWS])
        self._paths_title.setVisible(bool(fact.paths))
        self._paths.setVisible(bool(fact.paths))
        self._back.setVisible(bool(self._trail))
        checkable = fact.check is not None and fact.value is not None
        if not checkable or known is None or (known.value, known.worked) != (fact.value, fact.worked):
            self._background.cancel()  # what is asked of other numbers says nothing of these
            self.badge.ask(wanted=checkable)
        self._copy.setVisible(bool(fact.code) and fact.value is not None)
        self.onward.setText(fact.onward)
        self.onward.setAccessibleName(fact.onward or self.tr("Go on"))
        self.onward.setVisible(bool(fact.onward))
        self._say_copied(done=False)
        self._colour()

    @Slot()
    def _colour(self) -> None:
        value = self._fact.value if self._fact is not None else None
        colour = theme.current().text_muted if value is None else look.signed_text(value).name()
        self._value.setStyleSheet(f"color: {colour}; font-size: 18px; font-weight: 700;")

    def _fill_parents(self, fact: Fact) -> None:
        shown = fact.parents[:MOST_ROWS]
        for place, one in enumerate(shown):
            self._row(place, one).show_parent(one)
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(shown))
        left = len(fact.parents) - len(shown) + fact.more
        text = self.tr("comes from these numbers: click one to continue from there")
        more = self.tr("comes from these numbers and %n more: click one to go on", "", max(left, 0))
        self._parents_title.setText(more if left > 0 else text)
        self._parents_title.setVisible(bool(shown))

    def _row(self, place: int, shown: Parent) -> ParentRow:
        """The row at a place; rows stay, for their numbers may change many times a second."""
        if place == len(self._rows):
            row = ParentRow(shown)
            row.clicked.connect(partial(self._follow_row, place))
            self._rows.append(row)
            self._parents.addWidget(row)
        return self._rows[place]

    def _follow_row(self, place: int, _checked: bool = False) -> None:
        self.go_on_to(self._rows[place].shown.key)

    def _go_onward(self) -> None:
        if self._fact is not None:
            self.onward_wanted.emit(self._fact.key)

    def copy_code(self) -> None:
        """Put the lines of PyTorch that come to the number on the clipboard."""
        code = self._fact.lines_of_code if self._fact is not None else ""
        if code:
            QGuiApplication.clipboard().setText(code)
            self._say_copied(done=True)

    def _say_copied(self, *, done: bool) -> None:
        text = self.tr("Copied") if done else self.tr("Copy the code")
        self._copy.setText(text)
        self._copy.setAccessibleName(text)

    # PyTorch --------------------------------------------------------------------------------------------------------

    @Slot()
    def _ask(self) -> None:
        fact = self._fact
        if fact is not None and fact.check is not None and fact.value is not None:
            self._background.request(_comparison(fact.key, fact.value, fact.check))

    @Slot(object)
    def _show_check(self, found: tuple[Hashable, float, CheckedValue[float] | None]) -> None:
        key, ours, theirs = found
        if self._fact is None or key != self._fact.key or not _same(ours, self._fact.value):
            return  # the number has gone on meanwhile, and is asked about again
        self.badge.show_comparison(
            None if theirs is None else OracleComparison(key, ours, theirs.value, theirs.by, theirs.error)
        )

    @Slot(object)
    def _show_no_check(self, _problem: object) -> None:
        self.badge.show_failure()


def draw_paths(paths: tuple[tuple[str, float], ...], frame: Frame) -> Drawing:
    """Draw what each path brings to a number as a bar from the middle: positive to the right, negative to the left."""
    most = max((abs(value) for _, value in paths), default=0.0) or 1.0
    room = frame.width - PATH_NAME - PATH_VALUE
    middle = PATH_NAME + room / 2
    marks: list[Mark] = []
    for row, (name, value) in enumerate(paths):
        top, length = PATH_ROW * row, room / 2 * abs(value) / most
        left, number = middle if value >= 0 else middle - length, (frame.width - PATH_VALUE, top, PATH_VALUE, PATH_ROW)
        marks += [
            Text(name, (0, top, PATH_NAME - 6, PATH_ROW), 11, "text_muted", "left middle", shrink=True),
            Rectangle((left, top + 5, max(length, 1.0), PATH_ROW - 10), sign_ink(value), corner=2),
            NumberMark(to_digits(value, 3), number, 11, sign_text_ink(value), "right middle", shrink=True, value=value,
                   key=row, tip=name),
        ]  # fmt: skip
    said = ", ".join(f"{name} {to_digits(value, 3)}" for name, value in paths)
    return Drawing(tuple(marks), said, height=PATH_ROW * len(paths))


def _same(one: float, other: float | None) -> bool:
    return one == other or (other is not None and math.isnan(one) and math.isnan(other))


def _comparison(key: Hashable, ours: float, check: Callable[[], CheckedValue[float] | None]) -> Work:
    """Both values, worked out in the background; the card is not touched there."""

    def compare(_job: Job) -> tuple[Hashable, float, CheckedValue[float] | None]:
        return key, ours, check()

    return compare
