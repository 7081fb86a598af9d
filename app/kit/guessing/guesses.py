"""Which number is hidden and asked for, and what comes of the guesses; for any workspace."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QObject, Signal, Slot

from app.kit.guessing.card import GuessCard
from app.kit.guessing.question import Question, Reply
from engine.guesses import Score, Verdict, diagnose, judge


class Guesses(QObject):
    """Asks on ``card`` while it is on. ``settled``: the hidden number may be shown. It never stops anyone: whoever goes
    on without an answer (:meth:`give_up`) sees the number, and nothing is counted. A wrong answer has a second try,
    which does not count either."""

    settled = Signal()

    def __init__(self, card: GuessCard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._card = card
        self._on = False
        self._question: Question | None = None
        self._note = ""
        self._replies: dict[Hashable, Reply | None] = {}  # by the key of each settled question; None: never asked
        self._first_tries: dict[Hashable, Reply] = {}  # the wrong ones, by the key of the question
        self.score = Score()
        card.answered.connect(self._take)
        card.revealed.connect(self.give_up)

    @property
    def on(self) -> bool:
        """Whether guesses are asked for."""
        return self._on

    @property
    def question(self) -> Question | None:
        """What is asked at this place."""
        return self._question

    @property
    def open(self) -> bool:
        """Whether a question waits for its answer: its number, and whatever comes of it, is hidden."""
        return self._question is not None and self._question.key not in self._replies

    def settled_before(self, question: Question) -> bool:
        """Whether this question has been answered or given up."""
        return question.key in self._replies

    def insist(self) -> None:
        """Somebody would rather go on: say what is waited for."""
        if self.open:
            self._card.insist()

    def set_on(self, on: bool) -> None:
        """Begin to ask, or stop; whoever shows the numbers looks at their place again."""
        self._on = on
        self._question = None

    def look_at(self, question: Question | None, *, seen: bool = False, note: str = "") -> bool:
        """Come to a place: ask there, once, unless its number was ``seen`` before. Whether the number is to be hidden.

        ``note``: what the card says where there is nothing to ask, or nothing any more.
        """
        if not self._on:
            return False
        self._note = note
        question = question.in_print() if question is not None else None
        if question is None:
            self._question = None
            self._card.rest(note)
            return False
        if self._question is None or question.key != self._question.key:
            self._question = question
            if seen:
                self._replies.setdefault(question.key, None)
            self._show()
        return self.open

    def _show(self) -> None:
        """The question, or what came of it."""
        question = self._question
        assert question is not None
        reply = self._replies.get(question.key)
        if self.open:
            self._card.ask(question, self._first_tries.get(question.key))
        elif reply is not None:
            self._card.ask(question, reply)
        else:
            self._card.wait_for_next(self._note)

    @Slot()
    def give_up(self) -> None:
        """Go on without an answer."""
        if self.open:
            self._settle(Reply())

    @Slot(object)
    def _take(self, answer: str | float) -> None:
        question = self._question
        if question is None or not self.open:
            return
        verdict = judge(question.asked, answer)
        self.score.take(question.key, verdict)
        self._card.show_score(self.score.right, self.score.asked)
        again = verdict is Verdict.WRONG and question.key not in self._first_tries
        reply = Reply(answer, verdict, diagnose(question.asked, answer), again)
        if again:
            self._first_tries[question.key] = reply
            self._show()
        else:
            self._settle(reply)

    def _settle(self, reply: Reply) -> None:
        assert self._question is not None
        self._replies[self._question.key] = reply
        self._show()
        self.settled.emit()
