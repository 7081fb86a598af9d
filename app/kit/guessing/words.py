"""The usual words of a question, for those that bring none of their own."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.kit.guessing.question import Question
from app.kit.numbers import to_digits
from engine.guesses import Kind


def wording(question: Question) -> str:
    """What is asked."""
    translate = QCoreApplication.translate
    if question.kind is Kind.SIGN:
        return translate("GuessCard", "Which sign will the result have?")
    if question.kind is Kind.SIZE:
        assert question.than is not None
        than = question.than_printed.lstrip("−") or to_digits(abs(question.than), 3)
        return translate("GuessCard", "Will its size be larger or smaller than {number}?").format(number=than)
    return translate("GuessCard", "What does it come to, within 5 %?")


def hint_for(question: Question) -> str:
    """What helps with it."""
    translate = QCoreApplication.translate
    if question.kind is Kind.SIGN:
        return translate(
            "GuessCard", "Hint: two negative factors make a positive product; the largest term decides a sum."
        )
    if question.kind is Kind.SIZE:
        return translate("GuessCard", "Hint: a factor between −1 and 1 shrinks what it multiplies.")
    return translate("GuessCard", "Hint: all that it takes is in sight; round each number to two digits first.")
