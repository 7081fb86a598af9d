"""Which number is hidden and asked for, and what comes of the guesses; for any workspace."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from hashlib import sha256

from PySide6.QtCore import QObject, Signal, Slot

from app.kit.guessing.card import GuessCard
from app.kit.guessing.question import Question, Reply
from engine.guesses import (
    CHOICES,
    MOST_KEPT,
    GuessRecord,
    GuessVerdict,
    KeptGuess,
    Score,
    allows_second_try,
    diagnose,
    judge,
)


class Guesses(QObject):
    """Asks on ``card`` while it is on. ``settled``: the hidden number may be shown. It never stops anyone: whoever goes
    on without an answer (:meth:`give_up`) sees the number, and nothing is counted. A wrong answer has a second try
    where that is one, which does not count either."""

    settled = Signal()
    replied = Signal()
    """A question was answered, rightly or not, or given up: what a file keeps is another."""

    def __init__(self, card: GuessCard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._card = card
        self._on = False
        self._question: Question | None = None
        self._note = ""
        self._replies: dict[str, Reply | None] = {}  # by the name of each settled question; None: never asked
        self._first_tries: dict[str, Reply] = {}  # the wrong ones, by the name of the question
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
        return self._question is not None and _name_of(self._question) not in self._replies

    def settled_before(self, question: Question) -> bool:
        """Whether this question has been answered or given up."""
        return _name_of(question) in self._replies

    def record(self, turn: int = 0) -> GuessRecord | None:
        """What a file keeps of it; None where there is nothing."""
        met = [_kept(name, reply) for name, reply in self._replies.items()]
        met += [_kept(name, reply) for name, reply in self._first_tries.items() if name not in self._replies]
        if not (self._on or met):
            return None
        return GuessRecord(right=self.score.right, asked=self.score.asked, turn=turn, met=met[-MOST_KEPT:])

    def take_up(self, record: GuessRecord) -> None:
        """Go on from what a file has kept; whoever shows the numbers looks at their place again."""
        self._question = None
        self._card.clear()
        answered = {one.question: one for one in record.met if one.answer is not None}
        self._replies = {one.question: None if one.seen else Reply(one.answer) for one in record.met if not one.again}
        self._first_tries = {name: Reply(one.answer, again=True) for name, one in answered.items() if one.again}
        self.score = Score(record.right, record.asked, set(answered))
        self._card.show_score(record.right, record.asked)

    def insist(self) -> None:
        """Somebody would rather go on: say what is waited for."""
        if self.open:
            self._card.insist()

    def set_on(self, on: bool) -> None:
        """Begin to ask, or stop, which forgets all answers; whoever shows the numbers looks at their place again."""
        self._on = on
        if not on:
            self.take_up(GuessRecord())

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
            self._drop_unfit(question)
            if seen:
                self._replies.setdefault(_name_of(question), None)
            self._show()
        return self.open

    def _show(self) -> None:
        """The question, or what came of it."""
        question = self._question
        assert question is not None
        name = _name_of(question)
        reply = self._first_tries.get(name) if self.open else self._replies[name]
        if self.open or reply is not None:
            self._card.ask(question, None if reply is None else _reply_to(question, reply.answer, again=reply.again))
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
        name, verdict = _name_of(question), judge(question.asked, answer)
        self.score.take(name, verdict)
        self._card.show_score(self.score.right, self.score.asked)
        again = verdict is GuessVerdict.WRONG and allows_second_try(question.kind) and name not in self._first_tries
        reply = _reply_to(question, answer, again=again)
        if again:
            self._first_tries[name] = reply
            self._show()
            self.replied.emit()
        else:
            self._settle(reply)

    def _settle(self, reply: Reply) -> None:
        assert self._question is not None
        self._replies[_name_of(self._question)] = reply
        self._show()
        self.settled.emit()
        self.replied.emit()

    def _drop_unfit(self, question: Question) -> None:
        """Forget an answer from a file that is none to this question, and a second try that isn't one."""
        name, answers = _name_of(question), CHOICES.get(question.kind)
        for replies in (self._replies, self._first_tries):
            reply = replies.get(name)
            answer = reply.answer if reply is not None else None
            if answer is not None and (answer not in answers if answers else isinstance(answer, str)):
                del replies[name]
        if name in self._first_tries and not allows_second_try(question.kind):
            self._replies[name] = replace(self._first_tries.pop(name), again=False)


def _reply_to(question: Question, answer: str | float | None, *, again: bool) -> Reply:
    if answer is None:
        return Reply()
    return Reply(answer, judge(question.asked, answer), diagnose(question.asked, answer), again)


def _kept(name: str, reply: Reply | None) -> KeptGuess:
    if reply is None:
        return KeptGuess(question=name, seen=True)
    return KeptGuess.model_validate({"question": name, "answer": reply.answer, "again": reply.again})


def _name_of(question: Question) -> str:
    """What stands for its key, in files too: the same in every window."""
    return sha256(repr(_plain(question.key)).encode()).hexdigest()[:32]


def _plain(key: Hashable) -> Hashable:
    """The key, whose numbers are written alike whoever has worked them out."""
    if isinstance(key, tuple):
        return tuple(_plain(part) for part in key)
    return float(key) if isinstance(key, float) else key
