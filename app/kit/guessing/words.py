"""The usual words of a question, for those that bring none of their own, and what is said of a mistake."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.kit.guessing.question import Question
from app.kit.numbers import plain, to_digits
from engine.guesses import CLOSE, Kind, Mistake, one_term_decides


def wording(question: Question) -> str:
    """What is asked; of a value also how near an answer has to be."""
    text = question.text or _usual_wording(question)
    if question.kind is not Kind.VALUE:
        return text
    near = QCoreApplication.translate("GuessCard", "±{percent} %").format(percent=plain(100.0 * CLOSE))
    if question.tolerance:
        either = QCoreApplication.translate("GuessCard", "{percent} or ±{number}")
        near = either.format(percent=near, number=plain(question.tolerance))
    return f"{text} ({near})"


def _usual_wording(question: Question) -> str:
    translate = QCoreApplication.translate
    if question.kind is Kind.SIGN:
        return translate("GuessCard", "Which sign will the result have?")
    if question.kind is Kind.SIZE:
        asked = translate("GuessCard", "Will the result be larger or smaller in size than its factor {number}?")
        worked = f"{question.than_work} = {_size_of_other(question)}" if question.than_work else ""
        return asked.format(number=worked or _other(question))
    return translate("GuessCard", "What is the result?")


def _other(question: Question) -> str:
    assert question.than is not None
    return question.than_printed or to_digits(question.than, 3)


def _size_of_other(question: Question) -> str:
    return _other(question).lstrip("−")


def hint_for(question: Question) -> str:
    """What helps with it; true for the numbers that it is about."""
    translate = QCoreApplication.translate
    if question.kind is Kind.SIGN:
        return _sign_hint(question.sums)
    if question.kind is Kind.SIZE:
        return translate("GuessCard", "Hint: a factor between −1 and 1 shrinks what it multiplies.")
    if question.function:
        return translate("GuessCard", "Hint: you need the formula of {function}.").format(function=question.function)
    if question.digits:
        enough = translate(
            "GuessCard", "Hint: everything you need is in view; {digits} digits of each number are enough."
        )
        return enough.format(digits=question.digits)
    return translate("GuessCard", "Hint: everything you need is in view.")


def _sign_hint(sums: tuple[tuple[float, ...], ...]) -> str:
    translate = QCoreApplication.translate
    if not sums or min(map(len, sums)) < 2:
        return translate("GuessCard", "Hint: two negative factors make a positive product.")
    if all(map(one_term_decides, sums)):
        return translate("GuessCard", "Hint: one term is larger than all those of the other sign together.")
    return translate("GuessCard", "Hint: add up the positive terms, then the negative ones.")


def reason_for(question: Question) -> str:
    """Why the answer is what it is, for a choice of two; empty where there is no more to say than the hint."""
    translate = QCoreApplication.translate
    terms = question.sums[0] if question.sums else ()
    if question.kind is Kind.SIGN and len(terms) > 1:
        sums = [to_digits(sum(term for term in terms if (term > 0.0) is positive), 3) for positive in (True, False)]
        said = translate("GuessCard", "The positive terms add up to {positive}, the negative ones to {negative}.")
        return said.format(positive=sums[0], negative=sums[1])
    if question.kind is Kind.SIZE and question.than:
        said = translate("GuessCard", "Its size is {factor} times {number}.")
        return said.format(factor=to_digits(abs(question.truth / question.than), 3), number=_size_of_other(question))
    return ""


def mistake_words(mistake: Mistake) -> str:
    """What has gone wrong."""
    translate = QCoreApplication.translate
    words = {
        Mistake.SIGN: translate("GuessCard", "The size is right, the sign isn't."),
        Mistake.HALF: translate("GuessCard", "That's twice as much: the ½ is missing."),
        Mistake.SQUARE: translate("GuessCard", "That's the difference itself: the square is missing."),
        Mistake.FUNCTION: translate("GuessCard", "That uses the function's value f, not its slope f′."),
        Mistake.SLOPE: translate("GuessCard", "That's what arrives. Multiply it by the slope as well."),
        Mistake.LOCAL: translate("GuessCard", "That's only the slope. Multiply it by what arrives."),
        Mistake.OWN_FACTOR: translate("GuessCard", "That uses the factor itself. A product's slope is the other one."),
        Mistake.SHARE: translate("GuessCard", "That's only one share. Add them all up."),
        Mistake.TERM: translate("GuessCard", "One term of the sum has the wrong sign."),
        Mistake.BIAS: translate("GuessCard", "That's the sum without the bias."),
        Mistake.RATE: translate("GuessCard", "The learning rate η is missing."),
    }
    return words[mistake]
