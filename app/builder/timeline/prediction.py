"""Predict, then reveal: which number of the pass is hidden, and what comes of the guesses."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from app.builder.timeline.quiz_card import QuizCard, Reply
from app.builder.timeline.written import write
from engine.training.lines.quiz import Question, Score, judge, question_of
from engine.training.lines.working import Working
from engine.training.trace import PassTrace

ASKED_TERMS = 4
"""Terms of a sum that a question looks at one by one."""


class Prediction(QObject):
    """Asks on ``card`` while it is on. ``settled``: the hidden number may be shown. It never stops anyone: whoever goes
    on without an answer sees the number, and nothing is counted."""

    settled = Signal()

    def __init__(self, card: QuizCard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._card = card
        self._on = False
        self._question: Question | None = None
        self._key: object = None
        self._replies: dict[object, Reply | None] = {}  # by the key of each settled question; None: never asked
        self._is_last = False
        self.score = Score()
        card.answered.connect(self._take)
        card.revealed.connect(self.give_up)

    @property
    def on(self) -> bool:
        """Whether guesses are asked for."""
        return self._on

    @property
    def open(self) -> bool:
        """Whether a question waits for its answer."""
        return self._question is not None and self._key not in self._replies

    @property
    def question(self) -> Question | None:
        """What is asked at the present stage."""
        return self._question

    def set_on(self, on: bool) -> None:
        """Begin to ask, or stop."""
        self._on = on
        self._question = self._key = None

    def look_at(
        self, work: Callable[[int], Working], trace: PassTrace, stage: int, unit: int, *, seen: bool = False
    ) -> int | None:
        """The stage in sight is another one: ask about it, once, unless its numbers were ``seen`` before. The place of
        the line to hide, None if there is none."""
        if not self._on:
            return None
        self._is_last = stage + 1 == len(trace.stages)
        found = question_of(work(ASKED_TERMS).lines, stage)
        if found is None or not write(found[1].line).steps:
            self._question = self._key = None
            self._card.rest()
            return None
        place, question = found
        key = (trace.rows, stage, unit, question.truth)  # of another run or step it is another question
        if key != self._key:
            self._key, self._question = key, question
            if seen:
                self._replies.setdefault(key, None)
            self._show()
        return place if self.open else None

    def _show(self) -> None:
        """The question, or what came of it."""
        assert self._question is not None
        reply = self._replies.get(self._key)
        if self.open:
            self._card.ask(self._question)
        elif reply is not None:
            self._card.ask(self._question)
            self._card.show_outcome(write(self._question.line), reply)
        else:
            self._card.wait_for_next(is_last=self._is_last)

    @Slot()
    def give_up(self) -> None:
        """Go on without an answer."""
        if self.open:
            self._settle(Reply())

    @Slot(object)
    def _take(self, answer: str | float) -> None:
        if self._question is None or not self.open:
            return
        verdict = judge(self._question, answer)
        self.score.take(self._key, verdict)
        self._card.show_score(self.score.right, self.score.asked)
        self._settle(Reply(answer, verdict))

    def _settle(self, reply: Reply) -> None:
        self._replies[self._key] = reply
        self._show()
        self.settled.emit()
