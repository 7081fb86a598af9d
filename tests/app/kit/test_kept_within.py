"""What is kept: the latest results, no more of them than fit, whoever asks."""

from __future__ import annotations

import threading

from app.kit.formula.boxes import typeset
from app.kit.formula.laid_out import MOST_BYTES
from app.kit.formula.markup import set_markup
from app.kit.kept_within import kept_within


def test_the_latest_are_kept_as_far_as_they_fit() -> None:
    made: list[str] = []

    @kept_within(10, len)
    def said(word: str, times: int) -> str:
        """Say it."""
        made.append(word)
        return times * word

    assert said.__doc__ == "Say it."
    assert [said("a", 4), said("b", 4), said("a", 4)] == ["aaaa", "bbbb", "aaaa"]
    assert made == ["a", "b"] and said.size == 8
    said("c", 4)  # takes the place of b, which was not asked for since
    said("a", 4)
    assert made == ["a", "b", "c"] and said.size == 8
    said("b", 4)
    assert made == ["a", "b", "c", "b"] and said.made == 4


def test_one_that_is_too_large_is_kept_until_the_next() -> None:
    made: list[int] = []

    @kept_within(10, len)
    def long(number: int) -> str:
        made.append(number)
        return number * "x"

    long(30), long(30)
    assert made == [30] and long.size == 30
    long(2)
    assert long.size == 2 and long(30) == 30 * "x" and made == [30, 2, 30]


def test_what_two_threads_ask_for_at_once_is_counted_once() -> None:
    both = threading.Barrier(2)

    @kept_within(100, len)
    def slow(word: str) -> str:
        both.wait(60.0)
        return word

    threads = [threading.Thread(target=slow, args=("word",)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert slow("word") == "word" and slow.size == 4


def test_no_number_of_long_formulas_takes_more_than_is_kept(qapp: object) -> None:
    for number in range(150):
        rule = rf"z_{{{number}}} = " + " + ".join(rf"w_{{{number},{k}}} x_{{{k}}}" for k in range(40))
        (piece,) = typeset(rule, 14.0).pieces
        assert piece.path is not None and piece.path.elementCount() > 1000
    for kept in (typeset, set_markup):
        assert 0.8 * MOST_BYTES < kept.size <= MOST_BYTES
