"""The slim strip that says what went wrong or needs to be known, without stopping anything.

What waits for an answer lies at the foot of the page's drawing and is given room there: what lies above, beside and
below the drawing stays where it is. What goes by itself lies in the top bar, where that is free: no picture becomes
smaller for it. So does what the drawing has no room for. Where the bar isn't free, it lies on the drawing's foot, for
the bar's figures must stay in sight. A message stays only as long as it takes to read: then it goes, or waits as a sign
on the rail. A lasting one that has room stays until it is answered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCursor, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from app.kit.icons import pixmap, set_icon
from app.kit.translation import sentence_of
from app.kit.widgets.labels import Label
from app.kit.words import letters, plain_tip
from app.workspaces.workspace import MessageKind, Offer
from engine.problems import Problem

MESSAGE_ICONS: dict[str, tuple[str, str]] = {
    "problem": ("warning", "danger"),
    "warning": ("warning", "warning"),
    "notice": ("info", "accent"),
    "success": ("check", "good"),
}
WIDEST, LEAST, LEAST_TEXT, WORD, GAP = 760, 320, 240, 50, 8
"""Of the strip, of its text beside buttons, of a word that doesn't fit into a line, and round the strip, in pixels."""
MOST_LINES = 5
"""Of text beside buttons."""
SHORTEST_MS, LONGEST_MS, MS_PER_LETTER = 6_000, 15_000, 60
"""How long a message lies over the page: as long as it takes to read."""
HELD_MS = 2_000
"""How much longer it stays while the pointer moves on or near it, or rests there and may press one of its buttons."""


@dataclass(frozen=True, slots=True)
class SaidMessage:
    """A message, and the page that has said it: none for the window itself."""

    text: str
    kind: MessageKind
    offers: tuple[Offer, ...]
    page: str


class MessageBar(QFrame):
    """Shows one message at a time, the latest; it never takes the focus. ``folded(said)``: the message waits out of
    sight for :meth:`unfold`; None when none does."""

    folded = Signal(object)

    def __init__(self, top_bar: QWidget, parent: QWidget | None = None) -> None:
        """``top_bar``: where a message lies that the page gives no room."""
        super().__init__(parent)
        self.setObjectName("messageBar")
        self._top_bar = top_bar
        self._icon = Label("", self)
        self._text = Label("", self)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._text.setAccessibleName(self.tr("Message"))
        self._buttons: list[QPushButton] = []
        self._lasting: tuple[str, MessageKind, tuple[Offer, ...]] | None = None
        self._shows_lasting = self._waits = False
        self._close = QToolButton(self)
        set_icon(self._close, "close")
        self._close.setToolTip(self.tr("Close this message"))
        self._close.setAccessibleName(self.tr("Close message"))
        self._close.clicked.connect(self.dismiss)
        self._ground: QWidget | None = None
        self._room = 0
        self._page = self._in_sight = ""
        self._said: SaidMessage | None = None
        self._aside: dict[str, SaidMessage] = {}
        self._offers = QWidget(self)
        self._offers_row = QHBoxLayout(self._offers)
        self._offers_row.setContentsMargins(0, 0, 0, 0)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(14, 5, 8, 5)
        self._grid.setSpacing(10)
        self._grid.addWidget(self._icon, 0, 0)
        self._grid.addWidget(self._text, 0, 1)
        self._grid.addWidget(self._offers, 0, 2)
        self._grid.addWidget(self._close, 0, 3)
        self._grid.setColumnStretch(1, 1)
        self._goes = self._is_folded = False
        self._pointer = QPoint()  # where it was when the message was last looked after
        self._reading = QTimer(self)
        self._reading.setSingleShot(True)
        self._reading.timeout.connect(self._put_by)
        self.hide()

    def move_to(self, ground: QWidget, page: str = "") -> None:
        """Lie at the foot of a widget from now on, where it gives room. ``page``: which one has come into sight.

        What the page that is left has said, and what was said in passing there, is not about what is in sight: it
        leaves with it, and what waits for an answer comes back with it. Whatever else the window itself, or a page out
        of sight, has said can still be read, and then goes; what the window waits for stays.
        """
        if self._ground is not None:
            self._ground.removeEventFilter(self)
            self._take_room(0)
        if ground is not self._ground and self.speaks:
            is_of_page_left = self._page == self._in_sight or (self._goes and not self._page)
            if is_of_page_left and page not in (self._in_sight, self._page):
                self._put_aside()
            elif not self._waits:
                self._goes = True
                self._reading.start(reading_ms(self.text, offers=bool(self._buttons)))
        self._ground, self._in_sight = ground, page
        ground.installEventFilter(self)
        self._place()
        back = self._aside.pop(page, None)
        if back is not None:
            self.say(back.text, back.kind, back.offers, page=page)

    def _put_aside(self) -> None:
        """Take a message away until its page is in sight again, where it waits for an answer; else for good."""
        said = self._said
        keep = self._waits and not self._shows_lasting and self._page and said is not None
        self.dismiss()
        if keep and said is not None:
            self._aside[said.page] = said

    @Slot()
    def _put_by(self) -> None:
        """It has been there for long enough to be read: it goes, or waits out of sight."""
        before, self._pointer = self._pointer, QCursor.pos()
        if self._is_pointer_near and (self._buttons or self._pointer != before):
            self._reading.start(HELD_MS)
        elif self._page and self._page != self._in_sight:
            self._put_aside()
        elif not (self._shows_lasting and self._room):  # without room of its own it hides something
            self._leave_or_fold()

    def _leave_or_fold(self) -> None:
        """Take away what has been read, or fold it. What asks nothing itself doesn't fold over a lasting message."""
        hides_lasting = self._lasting is not None and not self._shows_lasting and not self._buttons
        if self._goes or hides_lasting:
            self.dismiss()
        else:
            self._set_folded(True)

    @property
    def _is_pointer_near(self) -> bool:
        """Whether the pointer is on the strip, or where things move as it goes: at its height, or as much above it."""
        if self.isHidden() or self._ground is None:
            return False
        at = self.mapFromGlobal(QCursor.pos())
        beside = self._room > 0 and self._ground.rect().contains(self._ground.mapFromGlobal(QCursor.pos()))
        return self.rect().contains(at) or (beside and at.y() >= -self._room)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click says that it has been read."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._leave_or_fold()

    def _set_folded(self, folded: bool) -> None:
        if folded is self._is_folded:
            return
        self._is_folded = folded
        if folded:
            self._reading.stop()
            self._leave()
        self.folded.emit(self._said if folded else None)

    @Slot()
    def unfold(self) -> None:
        """Show again the message that waits out of sight."""
        if self._is_folded:
            self._set_folded(False)
            self.show()
            self._place()
            self._reading.start(reading_ms(self.text, offers=bool(self._buttons)))

    def waiting(self, page: str) -> str:
        """What this page has said that waits until it is in sight again; empty for nothing."""
        return self._aside[page].text if page in self._aside else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle when the ground becomes another size."""
        if watched is self._ground and event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place()
        return False

    def _place(self) -> None:
        ground, within = self._ground, self.parentWidget()
        if ground is None or within is None or self.isHidden():
            return
        self.ensurePolished()
        room = self._place_at_foot(ground, within)
        if not self._take_room(0 if self._goes else room) or self._goes:
            self._place_in_bar(within)
        self.raise_()

    def _place_in_bar(self, within: QWidget) -> None:
        """On one line or on two, where a stretch of the bar is free for that."""
        bar, beside = self._top_bar, self._width_beside_text()
        one_line, two_lines = (beside + self._width_of_text(lines) for lines in (1, 2))
        two_lines = min(two_lines, bar.width() * 3 // 5)  # a long text takes more of them
        left, right = free_stretch(bar)
        if not bar.isVisible() or right - left < two_lines + 2 * GAP:
            return
        width = min(one_line, right - left - 2 * GAP)
        height = self._lay_out(width)
        corner = QPoint((left + right - width) // 2, max(0, (bar.height() - height) // 2))
        self.setGeometry(QRect(bar.mapTo(within, corner), QSize(width, height)))

    def _place_at_foot(self, ground: QWidget, within: QWidget) -> int:
        """Return how much room it takes there."""
        least = max(LEAST, self._width_beside_text() if self._buttons else 0)
        widest = min(WIDEST, self._width_beside_text() + self._width_of_text()) if self._goes else WIDEST
        width = min(max(least, min(widest, ground.width() - 2 * GAP)), within.width() - 2 * GAP)
        height = self._lay_out(width)
        top = max(GAP, ground.height() - GAP - height)
        at = ground.mapTo(within, QPoint((ground.width() - width) // 2, top))
        at.setX(max(GAP, min(at.x(), within.width() - GAP - width)))
        self.setGeometry(QRect(at, QSize(width, height)))
        return height + 2 * GAP

    def _leave(self) -> None:
        self.hide()
        self._take_room(0)

    def _take_room(self, pixels: int) -> bool:
        """Have what is in the ground end so many pixels above its foot; return False where it can't be any lower."""
        ground = self._ground
        if ground is None:
            return False
        least = max(ground.minimumSizeHint().height() - self._room, ground.minimumHeight())
        if not (has_room := ground.height() - pixels >= least):
            pixels = 0
        margins = ground.contentsMargins()
        margins.setBottom(margins.bottom() - self._room + pixels)
        self._room = pixels
        if margins != ground.contentsMargins():
            ground.setContentsMargins(margins)
        return has_room

    def _width_of_text(self, lines: int = 1) -> int:
        """How wide the text is on so many lines; on several, a word may not fit into its line's rest."""
        widest = max(map(self._text.fontMetrics().horizontalAdvance, self._text.text().split("\n"))) + GAP
        return widest if lines == 1 else widest // lines + WORD

    def _width_beside_text(self) -> int:
        """How wide everything else on the text's line is."""
        margins, parts = self._grid.contentsMargins(), [self._icon, self._close]
        if self._buttons:
            parts.append(self._offers)
        spaces = self._grid.horizontalSpacing() * len(parts)
        return margins.left() + margins.right() + sum(part.sizeHint().width() for part in parts) + spaces

    def _lay_out(self, width: int) -> int:
        """The offers stand beside the text, or under it where it would be squeezed or stand high. Return the height."""
        beside, most = width - self._width_beside_text(), MOST_LINES * self._text.fontMetrics().lineSpacing()
        under = beside < min(LEAST_TEXT, self._width_of_text(2)) or self._text.heightForWidth(beside) > most
        self._offers.setVisible(bool(self._buttons))
        self._grid.removeWidget(self._offers)
        if under:
            self._grid.addWidget(self._offers, 1, 1, 1, 3, Qt.AlignmentFlag.AlignRight)
        else:
            self._grid.addWidget(self._offers, 0, 2)
        return max(self.heightForWidth(width), self.minimumSizeHint().height())

    @property
    def speaks(self) -> bool:
        """Whether there is a message, in sight or waiting out of it."""
        return self._is_folded or not self.isHidden()

    @property
    def text(self) -> str:
        """What is being said; empty when nothing is."""
        return self._text.text() if self.speaks else ""

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """The offers of the message shown."""
        return tuple(self._buttons)

    def say(
        self,
        text: str,
        kind: MessageKind = "notice",
        offers: Sequence[Offer] = (),
        *,
        passing: bool = False,
        lasting: bool = False,
        waits: bool = True,
        page: str = "",
    ) -> None:
        """Show a message with its offers, said by the window itself or by this ``page``; an empty one takes it away.

        A ``passing`` one goes once it has been read; any other folds away then until it is wanted. A ``lasting``
        one stays until it is answered or closed, comes back after what is said in between, and hides no problem. One
        with offers ``waits`` for an answer also while another page is in sight, or not.
        """
        if not text.strip():
            self.dismiss()
            return
        if lasting:
            self._lasting = (text, kind, tuple(offers))
            if self._shows_problem:
                return  # it comes when that has been read
        self._waits = lasting or (waits and bool(offers))
        self._page, self._said = page, SaidMessage(text, kind, tuple(offers), page)
        self._aside.pop(page, None)
        self._shows_lasting = lasting
        self._clear_buttons()
        self._set_folded(False)
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        name, colour = MESSAGE_ICONS[kind]
        self._icon.setPixmap(pixmap(name, 18, colour, self.devicePixelRatioF()))
        self._text.setText(text)
        for label, act in offers:
            self._add_button(label, act)
        self.show()
        from app.kit.announce import announce  # after the first frame there is something to say

        announce(self, text, urgent=kind in ("problem", "warning"))
        elsewhere = bool(page) and bool(self._in_sight) and page != self._in_sight
        self._goes = passing or (elsewhere and not lasting)
        self._place()
        self._pointer = QCursor.pos()
        self._reading.start(reading_ms(text, offers=bool(offers)))

    def amend(self, text: str, page: str = "", more: Sequence[Offer] = ()) -> None:
        """Put the message that is shown, or the one of this page that waits for it, in other words, its offers kept and
        ``more`` added."""
        if (waiting := self._aside.get(page)) is not None:
            self._aside[page] = replace(waiting, text=text, offers=(*waiting.offers, *more))
            return
        if not text.strip():
            self.dismiss()
            return
        if self._said is not None:
            self._said = replace(self._said, text=text, offers=(*self._said.offers, *more))
        self._text.setText(text)
        for label, act in more:
            self._add_button(label, act, place=0)  # the right end stays: a press under way meets what it was meant for
        self._place()

    def forget(self, page: str) -> None:
        """Take away what this page has said, or what is shown where nothing of it waits; a lasting one stays."""
        if self._aside.pop(page, None) is None and not self._shows_lasting:
            self.dismiss()

    @Slot(object)
    def say_problem(self, problem: Problem, offers: Sequence[Offer] = ()) -> None:
        """Show what is wrong and what would mend it."""
        self.say(sentence_of(problem), "problem", offers)

    @property
    def shows_lasting(self) -> bool:
        """Whether what is being said is to last."""
        return self._shows_lasting and self.speaks

    @property
    def _shows_problem(self) -> bool:
        return not self.isHidden() and not self._shows_lasting and self.property("kind") == "problem"

    def withdraw(self) -> None:
        """The lasting message has been answered: it goes, and comes back no more."""
        self._lasting = None
        if self._shows_lasting:
            self.dismiss()

    @Slot()
    def dismiss(self) -> None:
        """Take the message away."""
        self._reading.stop()
        if not self.speaks:
            return
        self._clear_buttons()
        self._set_folded(False)
        self._leave()
        if self._shows_lasting:
            self._lasting, self._shows_lasting = None, False
        elif self._lasting is not None:
            text, kind, offers = self._lasting
            self.say(text, kind, offers, lasting=True)

    def _add_button(self, label: str, act: Callable[[], object], place: int = -1) -> None:
        button = QPushButton(letters(label), self)
        button.setToolTip(plain_tip(label))

        def accept() -> None:
            self.dismiss()
            act()

        button.clicked.connect(accept)
        self._offers_row.insertWidget(place, button)
        button.show()  # at once, so that the layout counts it
        button.ensurePolished()  # its air counts in how many lines the text takes
        self._buttons.append(button)

    def _clear_buttons(self) -> None:
        for button in self._buttons:
            self._offers_row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []


def free_stretch(bar: QWidget) -> tuple[int, int]:
    """Return where the widest stretch of a bar begins and ends in which nothing stands."""
    parts = [part for part in bar.findChildren(QWidget) if part.isVisible() and part.layout() is None]
    spans = [(x := part.mapTo(bar, QPoint(0, 0)).x(), x + part.width()) for part in parts if type(part) is not QWidget]
    taken, free = 0, (0, 0)
    for left, right in sorted([*spans, (bar.width(), bar.width())]):
        free = max(free, (taken, left), key=lambda stretch: stretch[1] - stretch[0])
        taken = max(taken, right)
    return free


def reading_ms(text: str, *, offers: bool) -> int:
    """How long a message lies over the page, in milliseconds: longer where one chooses among offers."""
    return LONGEST_MS if offers else min(LONGEST_MS, max(SHORTEST_MS, MS_PER_LETTER * len(text)))


class PageMessages:
    """The bar as :class:`app.workspaces.workspace.Messages` of one page: what that says leaves with it."""

    def __init__(self, bar: MessageBar, page: str) -> None:
        self._bar, self._page = bar, page

    @property
    def text(self) -> str:
        """What is being said, by whomever, unless something of this page waits for it to be in sight."""
        return self._bar.waiting(self._page) or self._bar.text

    def say(
        self,
        text: str,
        kind: MessageKind = "notice",
        offers: Sequence[Offer] = (),
        *,
        passing: bool = False,
        lasting: bool = False,
    ) -> None:
        """Show a message with its offers."""
        self._bar.say(text, kind, offers, passing=passing, lasting=lasting, page=self._page)

    def say_problem(self, problem: Problem, offers: Sequence[Offer] = ()) -> None:
        """Show what is wrong and what would mend it."""
        self.say(sentence_of(problem), "problem", offers)

    def amend(self, text: str, more: Sequence[Offer] = ()) -> None:
        """Put the message that is shown in other words, its offers kept and ``more`` added."""
        self._bar.amend(text, self._page, more)

    def dismiss(self) -> None:
        """Take the message away."""
        self._bar.forget(self._page)
