"""Questions about a pass: what is asked, what counts as right, and how the score is kept."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from engine.guesses import Asked, GuessVerdict, Kind, Mistake, Score, diagnose, judge, one_term_decides, outweighs
from engine.training.lines.expression import Expression, FunctionCall, Number, Product, Rest, Sum, WorkedLine
from engine.training.lines.quiz import QuizQuestion, question_of


def line(step: Expression, result: float) -> WorkedLine:
    return WorkedLine("x", "", (step,), Number(result))


PRODUCT = line(Product((Number(0.5), Number(-0.25))), -0.125)
SQUARE = line(FunctionCall("exp", (Number(1.0),), float), 2.718)
GIVEN = WorkedLine("a", "", (), Number(3.0))


def test_kinds_take_turns_as_far_as_they_make_a_question() -> None:
    kinds = [question_of((PRODUCT,), number)[1].kind for number in range(4)]
    assert kinds == [Kind.SIGN, Kind.SIZE, Kind.VALUE, Kind.SIGN]
    assert {question_of((SQUARE,), number)[1].kind for number in range(3)} == {Kind.VALUE}


def test_what_is_only_given_is_not_asked() -> None:
    assert question_of((GIVEN,), 0) is None
    assert question_of((), 0) is None
    assert question_of((line(Number(2.0), 2.0),), 0) is None
    place, question = question_of((GIVEN, PRODUCT), 2)
    assert (place, question.line) == (1, PRODUCT)


def test_a_sum_of_one_sign_has_no_sign_to_guess() -> None:
    assert question_of((line(Sum((Number(1.0), Number(2.0))), 3.0),), 0)[1].kind is Kind.VALUE
    assert question_of((line(Sum((Number(1.0), Number(-2.0))), -1.0),), 0)[1].kind is Kind.SIGN
    assert question_of((line(Sum((Number(1.0), Rest(3, -0.5))), 0.5),), 0)[1].kind is Kind.SIGN


def test_a_sign_that_lumped_terms_settle_in_sight_is_not_asked() -> None:
    whole = line(Sum((Number(1.0), Number(-3.0), Number(0.5))), -1.5)
    lumped = line(Sum((Number(1.0), Rest(2, -2.5))), -1.5)
    assert question_of((whole,), 0)[1].kind is Kind.SIGN
    assert question_of((whole,), 0, [(whole,), (lumped,)])[1].kind is Kind.VALUE
    assert question_of((lumped,), 0)[1].kind is Kind.VALUE


def test_a_question_names_the_function_whose_formula_it_takes() -> None:
    slope = line(Product((Number(0.5), FunctionCall("SiLU′", (Number(1.09),), float))), 0.5)
    assert question_of((slope,), 2)[1].function == "SiLU′" and question_of((PRODUCT,), 2)[1].function == ""


def test_sizes_are_compared_only_where_they_differ_plainly() -> None:
    near = line(Product((Number(1.05), Number(2.0))), 2.1)
    assert question_of((near,), 0)[1].kind is Kind.VALUE


@pytest.mark.parametrize(
    ("kind", "right", "wrong"), [(Kind.SIGN, "-", "+"), (Kind.SIZE, "smaller", "larger"), (Kind.VALUE, -0.13, -0.14)]
)
def test_answers_are_judged(kind: Kind, right: str | float, wrong: str | float) -> None:
    asked = QuizQuestion(kind, PRODUCT, Number(0.5)).asked
    assert judge(asked, right) is GuessVerdict.RIGHT
    assert judge(asked, wrong) is GuessVerdict.WRONG


@pytest.mark.parametrize(("answer", "verdict"), [(1e-13, GuessVerdict.RIGHT), (0.01, GuessVerdict.WRONG)])
def test_a_value_of_0_is_met_exactly_and_has_no_sign(answer: float, verdict: GuessVerdict) -> None:
    assert judge(Asked(Kind.VALUE, 0.0), answer) is verdict
    assert {judge(Asked(Kind.SIGN, 0.0), sign) for sign in "+-"} == {GuessVerdict.WRONG}


@pytest.mark.parametrize("truth", [-4.24835e-18, 1e-13])
def test_0_is_not_within_a_share_of_a_small_value(truth: float) -> None:
    """“Right: −4.24835·10⁻¹⁸” was said to 0."""
    asked = Asked(Kind.VALUE, truth)
    assert judge(asked, 0.0) is GuessVerdict.WRONG and not asked.is_exact(0.0)
    assert judge(asked, 1.04 * truth) is GuessVerdict.RIGHT


def test_a_value_that_is_no_number_is_never_right() -> None:
    assert judge(Asked(Kind.VALUE, 2.0), float("nan")) is GuessVerdict.WRONG


def test_only_the_first_answer_to_a_question_counts() -> None:
    score = Score()
    score.take("first", GuessVerdict.WRONG)
    score.take("first", GuessVerdict.RIGHT)
    score.take("second", GuessVerdict.RIGHT)
    assert (score.right, score.asked) == (1, 2)


@pytest.mark.parametrize(
    ("asked", "answers"),
    [(Asked(Kind.SIZE, -2.0, 2.0), ("larger", "smaller")), (Asked(Kind.SIGN, 0.0), ("+", "-"))],
)
def test_what_is_neither_the_one_nor_the_other_has_no_right_answer(asked: Asked, answers: tuple[str, str]) -> None:
    assert [judge(asked, answer) for answer in answers] == [GuessVerdict.WRONG, GuessVerdict.WRONG]


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [(0.5, Mistake.HALF), (0.51, Mistake.HALF), (-0.25, Mistake.SIGN), (0.7, None), (0.25, None), (float("nan"), None)],
)
def test_a_wrong_value_is_told_from_what_it_comes_from(answer: float, mistake: Mistake | None) -> None:
    assert diagnose(Asked(Kind.VALUE, 0.25, mistakes=((Mistake.HALF, 0.5),)), answer) is mistake


def test_of_two_mistakes_that_are_near_the_nearer_is_told() -> None:
    asked = Asked(Kind.VALUE, 1.0, mistakes=((Mistake.FUNCTION, 2.0), (Mistake.SLOPE, 2.04)))
    assert diagnose(asked, 2.03) is Mistake.SLOPE


def test_a_choice_has_no_diagnosis() -> None:
    assert diagnose(Asked(Kind.SIGN, 1.0), "-") is None


@pytest.mark.parametrize(
    ("terms", "decides"),
    [
        ((0.331, 0.074, -0.198, -0.264), False),
        ((0.6, -0.3, -0.2), True),
        ((1.0, -1.0), False),
        ((-0.8455, -0.2, -0.1, 0.5, 0.3), True),
    ],
)
def test_one_term_decides_where_it_is_larger_than_all_of_the_other_sign(
    terms: tuple[float, ...], decides: bool
) -> None:
    assert one_term_decides(terms) is decides


def test_a_term_decides_where_no_choice_of_the_others_can_turn_the_sum() -> None:
    generator = np.random.default_rng(7)
    for _ in range(2000):
        terms = tuple(generator.normal(size=generator.integers(2, 7)).tolist())
        for place, term in enumerate(terms):
            others = product(*((0.0, other) for other in (*terms[:place], *terms[place + 1 :])))
            stays = all((term + sum(chosen) > 0.0) is (term > 0.0) for chosen in others)
            assert outweighs(term, terms) is stays, (term, terms)
        assert one_term_decides(terms) is any(outweighs(term, terms) for term in terms)


def test_a_hint_is_of_the_terms_in_every_form() -> None:
    whole = line(Sum((Number(-0.8), Number(-0.2), Number(0.5), Number(0.2))), -0.3)
    lumped = line(Sum((Number(-0.8), Rest(3, 0.5))), -0.3)
    assert question_of((whole,), 0, [(lumped,)])[1].sums == ((-0.8, -0.2, 0.5, 0.2), (-0.8, 0.5))
    assert question_of((PRODUCT,), 0)[1].sums == ()
