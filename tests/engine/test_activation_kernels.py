"""What a module says of its activation, held together: formulas as numpy and kernels have them, and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from numba import njit

from engine.activations import ACTIVATIONS
from engine.network.kernels.activations import activate, backpropagate
from engine.network.kernels.layout import ACTIVATION_CODES
from engine.network.kernels.options import Array, Index
from engine.training.lines.expression import Number, evaluate
from engine.training.lines.functions import slope

UNITS, ROWS = np.uint64(6), np.uint64(16)
COUNT = int(UNITS * ROWS)
Z, A, DELTA = (np.uint64(COUNT * area) for area in range(3))


@njit(error_model="numpy")
def passed(code: Index, alpha: float, space: Array) -> None:
    activate(code, alpha, space, Z, A, UNITS, ROWS)
    backpropagate(code, alpha, space, Z, A, DELTA, UNITS, ROWS)


def area(dtype: type) -> Array:
    """z from far out to far out on the other side with 0 and NaN, and E, as kernels have them: units × rows."""
    z = np.concatenate([np.linspace(-4.0, 4.0, COUNT - 12), [0.0, -0.0, np.nan], [-800.0, -60.0, -31.0, -29.0, 1e4]])
    z = np.concatenate([z, [29.0, 31.0, 60.0, 800.0]])
    upstream = np.random.default_rng(3).normal(size=COUNT)
    return np.concatenate([z, np.zeros(COUNT), upstream]).astype(dtype)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("key", ACTIVATIONS)
def test_kernels_say_of_every_activation_what_numpy_says(key: str, dtype: type) -> None:
    one, space, alpha = ACTIVATIONS[key], area(dtype), 0.3
    z, upstream = (space[int(start) : int(start) + COUNT].reshape(UNITS, ROWS).T.copy() for start in (Z, DELTA))
    passed(np.uint64(ACTIVATION_CODES[key]), alpha, space)
    found, delta = (space[int(start) : int(start) + COUNT].reshape(UNITS, ROWS).T for start in (A, DELTA))
    a = one.value(z, alpha)
    close = {"rtol": 1e-12, "atol": 1e-14} if dtype is np.float64 else {"rtol": 1e-4, "atol": 3e-6}
    np.testing.assert_allclose(found, a, **close)
    np.testing.assert_allclose(delta, one.backward(z, a, upstream, alpha), **close)


def test_every_activation_of_the_catalogue_has_a_code_of_its_own() -> None:
    assert sorted(ACTIVATION_CODES.values()) == list(range(len(ACTIVATIONS)))
    assert list(ACTIVATION_CODES) == list(ACTIVATIONS)


@pytest.mark.parametrize("key", ACTIVATIONS)
def test_an_activation_says_all_that_is_shown_of_it(key: str) -> None:
    one = ACTIVATIONS[key]
    assert one.rule and one.fact and one.label
    for x in (-3.0, -0.2, 0.7, 2.5):
        z = np.array([x]) if one.elementwise else np.array([x, 0.0])
        assert one.plain(x, 0.3) == pytest.approx(one.value(z, 0.3)[0], rel=1e-12)


@pytest.mark.parametrize("alpha", [None, 0.3])
@pytest.mark.parametrize("key", [key for key, one in ACTIVATIONS.items() if one.elementwise])
def test_the_slope_as_it_is_written_by_hand_is_the_slope(key: str, alpha: float | None) -> None:
    one, z = ACTIVATIONS[key], np.array([-2.3, -0.4, 0.0, 0.6, 3.1])
    for x, a, wanted in zip(z, one.value(z, alpha), one.derivative(z, alpha), strict=True):
        found = slope(one, alpha, Number(float(x)), Number(float(a)))
        assert evaluate(found) == pytest.approx(wanted, rel=1e-12, abs=1e-15)
