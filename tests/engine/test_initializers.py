"""Initialisers against torch.nn.init: the same distribution, the same spread, and seeded row by row."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest
import torch
from matplotlib.mathtext import MathTextParser
from scipy import stats
from torch import Tensor, nn

from engine.initializers import INITIALIZERS, initializer, seeded_rows
from engine.problems import EngineError

SHAPE = (120, 200)
TORCH: dict[str, Callable[[Tensor], object]] = {
    "uniform": lambda w: nn.init.uniform_(w, -0.5, 0.5),
    "normal": lambda w: nn.init.normal_(w, std=0.5),
    "xavier_uniform": nn.init.xavier_uniform_,
    "xavier_normal": nn.init.xavier_normal_,
    "he_uniform": lambda w: nn.init.kaiming_uniform_(w, nonlinearity="relu"),
    "he_normal": lambda w: nn.init.kaiming_normal_(w, nonlinearity="relu"),
    "lecun_normal": lambda w: nn.init.kaiming_normal_(w, nonlinearity="linear"),
    "orthogonal": nn.init.orthogonal_,
}


def by_torch(key: str) -> np.ndarray:
    torch.manual_seed(5)
    weight = torch.empty(SHAPE, dtype=torch.float64)
    TORCH[key](weight)
    return weight.numpy()


@pytest.mark.parametrize("key", TORCH)
def test_same_distribution_as_torch(key: str) -> None:
    ours = initializer(key).draw(SHAPE, np.random.default_rng(6))
    theirs = by_torch(key)
    assert ours.shape == SHAPE and ours.dtype == np.float64
    assert ours.std() == pytest.approx(theirs.std(), rel=0.03)
    assert abs(ours.mean()) < 5.0 * theirs.std() / np.sqrt(ours.size)
    assert stats.ks_2samp(ours.ravel(), theirs.ravel()).pvalue > 1e-3


@pytest.mark.parametrize("key", TORCH)
def test_scale_multiplies_the_draw(key: str) -> None:
    chosen = initializer(key)
    assert chosen.parameter is not None
    default = chosen.draw(SHAPE, np.random.default_rng(1))
    tripled = chosen.draw(SHAPE, np.random.default_rng(1), 3.0 * chosen.parameter.default)
    np.testing.assert_allclose(tripled, 3.0 * default, rtol=1e-12)


@pytest.mark.parametrize("key", INITIALIZERS)
def test_size_is_the_root_mean_square_of_what_is_drawn(key: str) -> None:
    drawn = initializer(key).draw(SHAPE, np.random.default_rng(2), -2.0)
    assert initializer(key).size(SHAPE, -2.0) == pytest.approx(np.sqrt(np.mean(drawn**2)), rel=0.02)


def test_zeros_and_constant() -> None:
    assert not seeded_rows("zeros", (3, 2), 0, "a").any()
    assert (seeded_rows("constant", (3, 2), 0, "a", -0.25) == -0.25).all()


@pytest.mark.parametrize("shape", [(4, 4), (3, 7), (7, 3), (1, 5), (5, 1)])
def test_orthogonal_is_orthogonal(shape: tuple[int, int]) -> None:
    w = seeded_rows("orthogonal", shape, 0, "a", 2.0)
    gram = w @ w.T if shape[0] <= shape[1] else w.T @ w
    np.testing.assert_allclose(gram, 4.0 * np.eye(min(shape)), atol=1e-12)


@pytest.mark.parametrize("key", [key for key, one in INITIALIZERS.items() if one.by_rows])
def test_a_unit_more_leaves_the_rows_before_it(key: str) -> None:
    chosen = initializer(key)
    small, large = seeded_rows(key, (4, 6), 9, "hidden"), seeded_rows(key, (5, 6), 9, "hidden")
    kept = small / chosen.factor((4, 6)) * chosen.factor((5, 6))
    np.testing.assert_allclose(large[:4], kept, rtol=1e-12)
    if "xavier" not in key:
        np.testing.assert_array_equal(large[:4], small)


@pytest.mark.parametrize("key", [key for key in INITIALIZERS if key not in ("zeros", "constant")])
def test_seed_block_and_row_each_make_another_stream(key: str) -> None:
    drawn = seeded_rows(key, (3, 3), 1, "a")
    np.testing.assert_array_equal(drawn, seeded_rows(key, (3, 3), 1, "a"))
    assert not np.allclose(drawn, seeded_rows(key, (3, 3), 2, "a"))
    assert not np.allclose(drawn, seeded_rows(key, (3, 3), 1, "b"))
    assert not np.allclose(drawn[0], drawn[1])


def test_rows_together_are_distributed_as_one_draw() -> None:
    drawn = seeded_rows("normal", (2000, 3), 0, "a", 1.0)
    assert stats.kstest(drawn.ravel(), "norm").pvalue > 1e-3
    assert abs(np.corrcoef(drawn[:-1, 0], drawn[1:, 0])[0, 1]) < 0.1


@pytest.mark.process
def test_the_same_numbers_in_another_process() -> None:
    code = "from engine.initializers import seeded_rows\nprint(seeded_rows('he_normal', (2, 3), 4, 'd1').tolist())"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == str(seeded_rows("he_normal", (2, 3), 4, "d1").tolist())


def test_formulas_can_be_typeset() -> None:
    for one in INITIALIZERS.values():
        MathTextParser("path").parse(f"${one.formula}$")


def test_unknown_key_names_the_known_ones() -> None:
    with pytest.raises(EngineError, match=r"'kaiming'.*he_normal"):
        seeded_rows("kaiming", (2, 2), 0, "a")
