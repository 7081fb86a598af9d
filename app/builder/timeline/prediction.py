"""Predict, then reveal: which number of the pass is hidden, and what comes of the guesses."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from app.builder.timeline.quiz_card import QuizCard
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
        self._settled: set[object] = set()
        self.score = Score()
        card.answered.connect(self._take)
        card.revealed.connect(self._reveal)

    @property
    def on(self) -> bool:
        """Whether guesses are asked for."""
        return self._on

    @property
    def open(self) -> bool:
        """Whether a question waits for its answer."""
        return self._question is not None and self._key not in self._settled

    @property
    def question(self) -> Question | None:
        """What is asked at the present stage."""
        return self._question

    def set_on(self, on: bool) -> None:
        """Begin to ask, or stop."""
        self._on = on
        self._question = self._key = None

    def look_at(self, work: Callable[[int], Working], trace: PassTrace, stage: int, unit: int) -> int | None:
        """The stage in sight is another one: ask about it, once. The place of the line to hide, None if there is
        none."""
        if not self._on:
            return None
        found = question_of(work(ASKED_TERMS).lines, stage)
        if found is None or not write(found[1].line).steps:
            self._question = None
            self._card.rest()
            return None
        place, question = found
        key = (trace.rows, stage, unit, question.truth)  # of another run or step it is another question
        if key != self._key:
            self._key, self._question = key, question
            self._card.ask(question)
            if key in self._settled:
                self._card.show_outcome(write(question.line), None)
        return place if self.open else None

    def give_up(self) -> None:
        """Go on without an answer."""
        if self.open:
            self._settle(None)

    @Slot(object)
    def _take(self, answer: str | float) -> None:
        if self._question is None or not self.open:
            return
        verdict = judge(self._question, answer)
        self.score.take(self._key, verdict)
        self._card.show_score(self.score.right, self.score.asked)
        self._card.show_outcome(write(self._question.line), verdict)
        self._settle(self._key)

    @Slot()
    def _reveal(self) -> None:
        self.give_up()

    def _settle(self, answered: object) -> None:
        if answered is None and self._question is not None:
            self._card.show_outcome(write(self._question.line), None)
        self._settled.add(self._key)
        self.settled.emit()
