"""The verdict beside the dock's tabs: how the run fares, and below it buttons that mend it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from math import ceil, inf
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QCursor,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from app.kit import theme
from app.kit.announce import announce
from app.kit.numbers import grouped
from app.kit.widgets.flow import FlowLayout
from app.kit.widgets.labels import Label
from app.kit.widgets.phrase import Phrase, Piece
from app.kit.widgets.tone import mark
from app.kit.words import letters, plain_tip
from app.network.kept import same_weights
from app.network.mending import MOST_PROVEN, Mender
from app.network.trainer import Trainer
from app.workspaces.playground.plots.verdict import Finding, findings
from engine.training.snapshot import Snapshot

if TYPE_CHECKING:
    from engine.training.remedies import Case, Remedy

TWO_LINES = 34
"""Pixels that a sentence has, so that the buttons below stay where they are while it changes."""
INDENT = 8
GAP = 6
SIDES = 24
"""Pixels beside the words on a button, by the style sheet."""
USUAL_WIDTH = 430
"""Pixels that two cures take together with the buttons beside them."""
STALE_S = 3.0
"""So long after a trial a network that trains is another, and its cures are tried anew …"""
REST = 5.0
"""… and so many times as long as the trial took, which must not slow the training down."""
READ_S = 0.5
"""Within so short a time nobody has read what has come under the pointer."""
RETURN_MS = 1000
"""So long after a hand has left the cures they stay, since it may come back to press one."""


class VerdictRow(QFrame):
    """Follows the run: one finding at a time, the others a click away. The buttons stand below the sentence. There is
    room for two lines and, once there was a cure, for cures, and more only where more is said.

    ``trial_wanted(remedies, trouble, verdicts)``: try these on copies, which would mend what is said in these words and
    was seen by these verdicts.
    """

    trial_wanted = Signal(tuple, str, tuple)

    def __init__(self, mender: Mender, trainer: Trainer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trainer = trainer
        self.mender = mender
        self._findings: tuple[Finding, ...] = ()
        self.remedies: tuple[Remedy, ...] = ()
        """Those that have cured a copy of the network of the finding that is shown."""
        self.candidates: tuple[Remedy, ...] = ()
        """Those that there are for it."""
        self._snapshot: Snapshot | None = None
        self._tried: tuple[object, ...] = ()
        """Of which network the candidates are tried, and which they are."""
        self._case: Case | None = None
        """As they are tried."""
        self._tried_at = self._took = 0.0
        self._is_tried_running = False
        """Whether the case is of a network that trained when it was asked about."""
        self._proven: tuple[Remedy, ...] = ()
        self._compared: tuple[tuple[object, ...], tuple[Remedy, ...]] | None = None
        """What a comparison that is in sight holds for, and what it recommends."""
        self.mender.proven.connect(self._take_proven)
        self._mending = ""
        """The cure that is being tried before it is carried out."""
        self.mender.mending.connect(self._say_mending)
        self._shown, self._is_asked = 0, False
        self._network: tuple[object, ...] = ()
        """The one in sight, but for the weights that it has come to."""
        self._laid_for: tuple[object, ...] = ()
        """Of which network the cures are that stand there; none after one was pressed."""
        self._laid_finding: Finding | None = None
        """What they mend."""
        self._has_buttons = False
        """Whether there has ever been something to press."""
        self._is_outdated = False
        """Whether a hand holds cures of what is no more."""
        self._came = [("", -inf)] * MOST_PROVEN
        """By place, the kind of cure that stood there last, and when it came under a hand."""
        self._lay_out()
        trainer.snapshot_withdrawn.connect(self.forget)
        theme.notifier().changed.connect(self._recolour)

    def _lay_out(self) -> None:
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(INDENT, 0, 0, 0)
        column.setSpacing(GAP)
        self.sentence = Phrase(self)
        self.sentence.setProperty("role", "small")
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        column.addWidget(self.sentence)
        self._line = QWidget(self)
        self._line.setMinimumWidth(1)  # so that a long button is elided, and widens nothing
        column.addWidget(self._line)
        self._flow = FlowLayout(self._line, GAP)
        self.next = QToolButton(self._line)  # the first, so that it stays where it is while one turns to the next
        self.next.setToolTip(self.tr("The next finding about the network"))
        self.next.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.next.clicked.connect(self.show_next)
        self.looking = Label(self.tr("Looking for a cure…"), self._line, role="muted")
        self.looking.hide()
        self.buttons = [QPushButton(self._line) for _ in range(MOST_PROVEN)]
        for place, button in enumerate(self.buttons):
            button.setAccessibleName(self.tr("Remedy"))
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            button.clicked.connect(partial(self._mend, place))
        self.trial = QPushButton(self.tr("Compare…"), self._line)
        self.trial.setAccessibleName(self.tr("Try each cure on a copy"))
        self.trial.clicked.connect(self._try)
        for button in self._actions:
            button.setProperty("role", "remedy")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.installEventFilter(self)
        for widget in (self.next, self.looking, *self._actions):
            self._flow.addWidget(widget)
        self._return = QTimer(self)
        self._return.setSingleShot(True)
        self._return.setInterval(RETURN_MS)
        self._return.timeout.connect(self._let_go)
        self._say()
        self._lay_buttons()

    # What is shown ------------------------------------------------------------------------------------------------

    @property
    def finding(self) -> Finding | None:
        """The one that is shown."""
        return self._findings[self._shown] if self._findings else None

    @property
    def text(self) -> str:
        """The sentence shown; empty while nothing is known."""
        return self.finding.sentence if self.finding is not None else ""

    @property
    def _actions(self) -> tuple[QPushButton, ...]:
        return (*self.buttons, self.trial)

    @property
    def _comparable(self) -> bool:
        """Return whether there are cures to be tried side by side, on copies of a network that is sound."""
        sound = self._snapshot is not None and self._snapshot.failure is None
        return sound and len(self.candidates) > 1

    @Slot(object)
    def follow(self, snapshot: Snapshot) -> None:
        """Say how the run fares at this moment, whatever is previewed: the finding that was asked for as long as it
        lasts, and of a network that trains the one that was shown."""
        snapshot = snapshot.actual
        before = self._shown, self._findings
        self._snapshot = snapshot
        self._shown, self._findings = self._in_turn(findings(snapshot))
        if (self._shown, self._findings) != before:
            self._say()
        self._offer()

    def _in_turn(self, found: tuple[Finding, ...]) -> tuple[int, tuple[Finding, ...]]:
        """The place of what is to be shown, and the findings in the order in which they are counted. While a network
        trains, findings take turns at the head: the one that is shown stays the first as long as none is more serious,
        so that what is about to be pressed stays. Once it rests, its state alone says which is the first."""
        heads, shown = [finding.head for finding in found], self.finding
        place = heads.index(shown.head) if shown is not None and shown.head in heads else 0
        self._is_asked = self._is_asked and place > 0
        if self._is_asked:
            return place, found
        stays = self._trainer.running and found[place].is_alarm and found[place].colour == found[0].colour
        return 0, (found[place], *found[:place], *found[place + 1 :]) if stays else found

    @Slot()
    def _offer(self) -> None:
        """Have the cures of what is said tried on a copy, unless that is being done or is known."""
        case, cures = self._case_in_sight(), self.finding.cures if self.finding is not None else None
        self.candidates = cures(case) if case is not None and cures is not None else ()
        key = self._key_of(case)
        self._network = key[:-1]
        if key != self._tried:
            self._proven = ()
        if case is None or not self.candidates or not self.isVisible():
            self.mender.give_up(self._case)
            self._tried = ()
        elif self._compared is not None and self._compared[0] == key:
            self._tried, self._proven = key, self._compared[1]
        elif key != self._tried or self._is_stale(case):
            self._is_tried_running = self._trainer.running
            remedies: Sequence[Remedy] = self.candidates
            if self._is_tried_running:
                remedies = self._standing_first(key)
            else:  # what was tried on other weights may be no cure of these
                self._proven = ()
            self._tried, self._tried_at = key, monotonic()
            self._case = self.mender.prove(case, remedies, self.finding.trouble if self.finding is not None else ())
        self._show_proven()

    def _standing_first(self, key: tuple[object, ...]) -> list[Remedy]:
        """The candidates, those first that stand there: what still cures a network that trains keeps its place, and
        where the same is tried again, its rate and draw too. One that rests has the same cures whatever stood there."""
        standing = self.remedies if self._laid_for == self._network else ()
        kinds = {remedy.kind for remedy in standing}
        others = [remedy for remedy in self.candidates if remedy.kind not in kinds]
        again = [remedy for remedy in self.candidates if remedy.kind in kinds]
        return [*(standing if key == self._tried else again), *others]

    def _case_in_sight(self) -> Case | None:
        """The network as it is now, where it still is the one that something is said of."""
        case, said = self.mender.case(), self._snapshot
        return case if case is not None and said is not None and case.snapshot.plan is said.plan else None

    def _key_of(self, case: Case | None) -> tuple[object, ...]:
        """What a trial holds for: the network, but for the weights that it has come to, what is said of it, and the
        cures."""
        if case is None:
            return ()
        setup, failed = case.setup, case.snapshot.failure is not None
        said = self.finding.head if self.finding is not None else "", *(cure.kind for cure in self.candidates)
        return setup.graph, setup.dataset, setup.hyper, case.snapshot.run, failed, said

    def _is_stale(self, case: Case) -> bool:
        """Return whether the network is another than the one that was tried, and for long enough where it trains; what
        was asked while it trained counts no longer once it rests."""
        if self._trainer.running:
            wait = max(STALE_S, REST * self._took)
            return not self.mender.is_trying and monotonic() - self._tried_at > wait
        tried, now = None if self._case is None or self._is_tried_running else self._case.snapshot, case.snapshot
        return tried is None or tried.step != now.step or not same_weights(tried.weights, now.weights)

    @Slot(object, object)
    def _take_proven(self, case: Case, proven: tuple[Remedy, ...]) -> None:
        if case is self._case:
            self._proven, self._took = proven, monotonic() - self._tried_at
            self._show_proven()

    @Slot(object, object)
    def follow_comparison(self, case: Case, remedies: tuple[Remedy, ...]) -> None:
        """Offer what a comparison of all cures recommends for as long as that is in sight, and then as long as one of
        this row's own trials would hold."""
        self._compared = self._key_of(case), remedies[:MOST_PROVEN]
        self.mender.give_up(self._case)
        self._case, self._tried_at, self._is_tried_running = case, monotonic(), self._trainer.running
        self._offer()

    @Slot()
    def end_comparison(self) -> None:
        """The comparison is out of sight."""
        self._compared = None

    def _show_proven(self) -> None:
        """Lay the buttons, unless they are in a hand."""
        if self._is_held:
            self._say_if_outdated(not self._still_holds())
            return
        awaited = bool(self.candidates) and self.mender.is_trying and not self._trainer.running and not self._proven
        laid = self.remedies, not self.trial.isHidden(), not self.looking.isHidden()
        if laid != (self._proven, self._comparable, awaited) or self._is_outdated:
            self.remedies = self._proven
            self.looking.setVisible(awaited)
            self._lay_buttons()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._offer()

    @property
    def _is_in_hand(self) -> bool:
        """Whether the pointer is over a cure, or the keyboard on one."""
        return any(button.underMouse() or button.hasFocus() for button in self._actions)

    @property
    def _is_held(self) -> bool:
        """Whether what is about to be pressed must stay what and where it is: until the hand has pressed it, or has
        left for so long that it won't be back at once."""
        return bool(self.remedies and self._laid_for) and (self._is_in_hand or self._return.isActive())

    def _still_holds(self) -> bool:
        """Return whether the network is there that the cures in the hand were tried on, and what they mend."""
        mended = self._laid_finding
        return self._laid_for == self._network and any(mended and mended.is_about(found) for found in self._findings)

    def _say_if_outdated(self, is_outdated: bool) -> None:
        """Say at the cures in the hand that they are of what is no more; they keep the keyboard, and do nothing."""
        if is_outdated == self._is_outdated:
            return
        self._dress(is_outdated)
        if is_outdated:
            announce(self, self.trial.toolTip(), urgent=True)
            self._say_why_not()

    def _say_why_not(self) -> None:
        """Show the tip of the button in the hand."""
        for button in self._actions:
            if button.underMouse() or button.hasFocus():
                QToolTip.showText(button.mapToGlobal(QPoint(0, button.height())), button.toolTip(), button)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.FocusIn) or self._is_in_hand:
            self._return.stop()
        elif event.type() in (QEvent.Type.Leave, QEvent.Type.FocusOut):
            self._return.start()
        return super().eventFilter(watched, event)

    @Slot()
    def _let_go(self) -> None:
        self._show_proven()
        self._make_room(is_held=False)

    @Slot()
    def forget(self) -> None:
        """Nothing is known of the network as it is now."""
        self._findings, self._snapshot = (), None
        self._shown, self._is_asked = 0, False
        self.mender.give_up(self._case)
        self.candidates = self._proven = self._tried = self._network = ()
        self._case = None
        self._say()
        self._show_proven()

    @Slot()
    def show_next(self) -> None:
        """The next finding, and after the last the first."""
        self._shown = (self._shown + 1) % max(len(self._findings), 1)
        self._is_asked = self._shown > 0
        self._say()
        self._offer()

    @Slot(str)
    def _say_mending(self, cure: str) -> None:
        if cure != self._mending:
            self._mending = cure
            self._say()

    def _say(self) -> None:
        shown = self.finding
        if self._mending:
            trying = self.tr("Trying “{cure}” on a copy…").format(cure=self._mending)
            shown = Finding(trying, "", "text_muted")
        self._write(shown)
        self.setAccessibleName(self.text)
        alarms = sum(finding.is_alarm for finding in self._findings)
        place = self.tr("{at} of {count} ›").format(at=grouped(self._shown + 1), count=grouped(alarms))
        self.next.setText(place if alarms > 1 and self._shown < alarms else self.tr("More ›"))
        self.next.setAccessibleName(self.tr("Next finding"))
        self._make_room(self._is_held)

    @Slot()
    def _recolour(self) -> None:
        self._say()

    def _write(self, finding: Finding | None) -> None:
        """A dot in the finding's colour, what is in trouble in bold, and how one sees it."""
        pieces: list[Piece] = []
        if finding is not None and finding.head:
            dot = Piece("● ", theme.colour(finding.colour).name())
            pieces = [dot, Piece(finding.head, strong=True), Piece(f" {finding.text}".rstrip())]
        text = finding.sentence if finding is not None else ""
        self.sentence.say(pieces, text)
        before = self.sentence.toolTip()
        self.sentence.setToolTip(plain_tip(text))
        if before and plain_tip(text) != before and QToolTip.text() == before:  # it is in sight
            QToolTip.showText(QCursor.pos(), plain_tip(text), self.sentence)

    def _lay_buttons(self) -> None:
        is_near = self._line.underMouse() or self._is_in_hand
        for place, remedy in enumerate(self.remedies):
            if remedy.kind != self._came[place][0]:
                self._came[place] = remedy.kind, monotonic() if is_near else -inf
        for place, button in enumerate(self.buttons):
            button.setVisible(place < len(self.remedies))
            mark(button, "first", place == 0 and self.finding is not None and self.finding.is_alarm)
        self.trial.setVisible(self._comparable)
        self._dress(is_outdated=False)
        self._make_room(is_held=False)  # no hand holds what is only being laid
        self._laid_for, self._laid_finding = self._network, self.finding

    def _dress(self, is_outdated: bool) -> None:
        """Write on the buttons what they do, or as their tips why they no longer do it."""
        self._is_outdated = is_outdated
        compares = self.tr("Try each cure on a copy of the network and see the result")
        gone = self.tr("The network has changed since this was tried. Leave the button to see what helps now.")
        for button in self._actions:
            mark(button, "outdated", is_outdated)
            button.setToolTip(plain_tip(gone if is_outdated else compares))
            button.setAccessibleDescription(gone if is_outdated else compares)
        if self._snapshot is not None and not is_outdated:
            for button, remedy in zip(self.buttons, self.remedies, strict=False):
                _dress(button, remedy, self._snapshot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room(self._is_held)

    def _make_room(self, is_held: bool) -> None:
        """Be as high as the sentence and the buttons below it, and no less than both usually are once there was a
        button, so that nothing moves when a cure comes or goes. What a hand holds doesn't move up, and nothing comes
        before it."""
        if not is_held:
            self.next.setVisible(len(self._findings) > 1)
        width = max(self.contentsRect().width() - INDENT, 1)
        for button in self.buttons:  # whose names may hold those of layers
            label = button.fontMetrics().elidedText(button.accessibleName(), Qt.TextElideMode.ElideRight, width - SIDES)
            button.setText(letters(label))
        has_cures = self.finding is not None and self.finding.cures is not None
        self._has_buttons = self._has_buttons or has_cures or len(self._findings) > 1
        lines = ceil(USUAL_WIDTH / width) if has_cures else 1
        line = max(widget.sizeHint().height() for widget in (self.next, self.trial))
        usual = lines * (line + GAP) - GAP
        told = max(TWO_LINES, self.sentence.heightForWidth(width), self.sentence.height() if is_held else 0)
        buttons = max(usual, self._flow.heightForWidth(width)) if self._has_buttons else 0
        self._line.setVisible(self._has_buttons)  # else it keeps the gap above it
        self._line.setFixedHeight(buttons)
        self.setFixedHeight(told + GAP + buttons if self._has_buttons else told)
        for layout in (self._column, self._flow):  # while a network trains, Qt paints frames before it lays out anew
            layout.activate()

    # Mending ------------------------------------------------------------------------------------------------------

    def _mend(self, place: int, _checked: bool = False) -> None:
        snapshot = self._snapshot
        if self._is_outdated:
            self._say_why_not()
            return
        if snapshot is None or place >= len(self.remedies) or monotonic() - self._came[place][1] < READ_S:
            return
        remedy, self._laid_for = self.remedies[place], ()
        from app.workspaces.playground.plots.remedy_words import label_of

        self.mender.mend(label_of(remedy, snapshot), remedy)

    @Slot()
    def _try(self) -> None:
        if self._is_outdated:
            self._say_why_not()
        elif self.candidates and self.finding is not None:
            self.trial_wanted.emit(self.candidates, self.finding.head, self.finding.trouble)


def _dress(button: QPushButton, remedy: Remedy, snapshot: Snapshot) -> None:
    from app.workspaces.playground.plots.remedy_words import label_of, tip_of

    button.setAccessibleName(label_of(remedy, snapshot))
    button.setToolTip(plain_tip(tip_of(remedy, snapshot)))
    button.setAccessibleDescription(tip_of(remedy, snapshot))
