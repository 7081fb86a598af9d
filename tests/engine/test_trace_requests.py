"""What a pass or a hand edit is asked for is refused in one sentence where it makes no sense."""

from __future__ import annotations

import numpy as np
import pytest

from engine.data import DataChoice, load
from engine.graph.build import feed_forward
from engine.hyperparameters import Hyperparameters
from engine.problems import EngineError
from engine.training.session import Setup, TrainingSession

CIRCLE = load(DataChoice(name="circle", samples=20))


@pytest.fixture
def session() -> TrainingSession:
    return TrainingSession(Setup(feed_forward((3,)), CIRCLE, Hyperparameters(), "numpy"))


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ((), "training.trace-no-rows"),
        ((20,), "training.trace-no-such-row"),
        ((-1,), "training.trace-no-such-row"),
        ((0, 99), "training.trace-no-such-row"),
    ],
)
def test_rows_that_are_not_there_are_named(session: TrainingSession, rows: tuple[int, ...], code: str) -> None:
    with pytest.raises(EngineError) as error:
        session.trace(rows)
    assert error.value.problem.code == code
    assert error.value.problem.sentence.endswith((".", "to 19."))


@pytest.mark.parametrize(
    ("x", "target", "code"),
    [
        ((), None, "training.trace-wrong-values"),
        ((1.0,), None, "training.trace-wrong-values"),
        ((1.0, 2.0, 3.0), None, "training.trace-wrong-values"),
        ((1.0, 2.0), (), "training.trace-wrong-targets"),
        ((1.0, 2.0), (1.0, 1.0), "training.trace-wrong-targets"),
        ((1.0, float("nan")), None, "training.trace-not-finite"),
        ((1.0, 2.0), (float("inf"),), "training.trace-not-finite"),
    ],
)
def test_values_that_do_not_fit_are_counted(
    session: TrainingSession, x: tuple[float, ...], target: tuple[float, ...] | None, code: str
) -> None:
    with pytest.raises(EngineError) as error:
        session.trace_at(x, target)
    assert error.value.problem.code == code
    assert "{" not in error.value.problem.sentence


@pytest.mark.parametrize("index", [(), (0,), (0, 0, 0), (3, 0), (0, 2), (-1, 0)])
def test_a_weight_that_is_not_there_is_not_set(session: TrainingSession, index: tuple[int, ...]) -> None:
    before = session.state.theta.copy()
    with pytest.raises(EngineError) as error:
        session.set_weight("dense-1", "W", index, 1.0)
    assert error.value.problem.code == "network.no-such-place"
    assert "3 × 2" in error.value.problem.sentence
    np.testing.assert_array_equal(session.state.theta, before)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_a_weight_is_a_finite_number(session: TrainingSession, value: float) -> None:
    with pytest.raises(EngineError, match="finite number"):
        session.set_weight("dense-1", "b", (0,), value)
    assert np.isfinite(session.state.theta).all()
