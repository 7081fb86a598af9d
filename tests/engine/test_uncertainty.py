"""A figure and its error end at the same place."""

from __future__ import annotations

import doctest

import numpy as np
import pytest

from engine import uncertainty
from engine.uncertainty import digits_with_error


def test_the_examples() -> None:
    assert doctest.testmod(uncertainty).failed == 0


def test_both_end_at_the_same_place_and_are_what_they_are_of() -> None:
    draw = np.random.default_rng(5)
    for decimals in (1, 4):
        for value, error in 10.0 ** draw.uniform(-9, 8, (500, 2)) * draw.choice([-1, 1], (500, 1)):
            text, apart, exponent = digits_with_error(value, abs(error), decimals)
            assert len(text.partition(".")[2]) == len(apart.partition(".")[2])
            place = 10.0 ** (exponent - len(apart.partition(".")[2]))
            assert float(text) * 10.0**exponent == pytest.approx(value, abs=0.51 * place)
            assert float(apart) * 10.0**exponent == pytest.approx(abs(error), abs=0.51 * place)
